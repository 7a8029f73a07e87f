//! What a message means: the grammar of reporters and officers.
//! A command stands at the start of the message, or of a later line that carries its `#`;
//! the first one counts and the rest is its text. Everything else is an ordinary message.

mod scan;
mod vocabulary;

use scan::Head;
use vocabulary::Verb;

use super::text;
use super::track::{self, TrackId};

/// Whose words a message is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anyone who writes to the desk.
    Reporter,
    /// An active member of staff: a reporter's words and the officers' own.
    Officer,
}

/// What a message asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A new report, with the word that opened it.
    Report {
        /// What is wrong, in the sender's own characters.
        text: String,
        /// The word as the grammar spells it.
        word: &'static str,
    },
    /// A report word without a report.
    HowToReport,
    /// The guide for reporters.
    Guide,
    /// The newest step of one report.
    Check(Number),
    /// All steps of one report.
    Track(Number),
    /// The sender's last reports.
    Recent,
    /// The reporter says it is done.
    Confirm {
        /// Which report.
        number: Number,
        /// 1 to 5, where one was given.
        rating: Option<u8>,
        /// Further text.
        comment: Option<String>,
    },
    /// The reporter says it is not done.
    Refuse {
        /// Which report.
        number: Number,
        /// What is still wrong; empty where nothing was said.
        why: String,
    },
    /// The reporter takes an own report back.
    Withdraw {
        /// Which report.
        number: Number,
    },
    /// No more notices.
    OptOut,
    /// Notices again.
    OptIn,
    /// The person's data are to be erased.
    ForgetMe,
    /// The guide for officers.
    OfficerGuide,
    /// The officer's open tasks.
    Jobs,
    /// The officer begins a task.
    Start(Number),
    /// The officer tells how a task goes.
    Progress {
        /// Which report.
        number: Number,
        /// The note; empty where a photo says it all.
        text: String,
    },
    /// The officer has done a task.
    Finish {
        /// Which report.
        number: Number,
        /// A closing note.
        text: Option<String>,
    },
    /// No command.
    Ordinary,
}

/// The tracking number a command speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// One that can be looked up.
    Read(TrackId),
    /// None was written.
    Missing,
    /// Something else was written: cleaned, one short line.
    Unreadable(String),
}

/// Reads what a message means.
pub fn read(message: &str, who: Who) -> Command {
    whole(message, who)
        .or_else(|| scan::heads(message).find_map(|head| command(&head, who)))
        .unwrap_or(Command::Ordinary)
}

/// Reads the words that count only as the whole message.
fn whole(message: &str, who: Who) -> Option<Command> {
    let (words, signed) = scan::bare_words(message)?;
    match words.as_str() {
        "stop" | "unsubscribe" | "berhenti" => Some(Command::OptOut),
        "start" if signed && who == Who::Officer => None,
        "start" | "mulai" => Some(Command::OptIn),
        "hapus data saya" => Some(Command::ForgetMe),
        _ if !words.is_empty() && words.chars().all(|c| c == '?') => Some(Command::Guide),
        _ => None,
    }
}

fn command(head: &Head<'_>, who: Who) -> Option<Command> {
    let Some(verb) = verb(&head.word, who) else {
        let takes_number = |word: &str| verb(word, who).is_some_and(Verb::takes_number);
        let head = head.unglued(takes_number)?;
        return obey(verb(&head.word, who)?, &head, who);
    };
    let numbered = || verb.takes_number() && track::read_from(head.rest).is_some();
    if head.is_compound() && !numbered() {
        return None;
    }
    obey(verb, head, who)
}

fn verb(word: &str, who: Who) -> Option<Verb> {
    let officer = if who == Who::Officer {
        Verb::of_officer(word)
    } else {
        None
    };
    officer.or_else(|| Verb::of_reporter(word))
}

/// Carries out the verb's own grammar; `None` means that the sentence only looked like one.
fn obey(verb: Verb, head: &Head<'_>, who: Who) -> Option<Command> {
    match verb {
        Verb::Report(word) => Some(report(word, head, who)),
        Verb::Guide => scan::is_silent(head.rest).then_some(Command::Guide),
        Verb::Check => Some(look_up(head, Command::Check)),
        Verb::Track => Some(look_up(head, Command::Track)),
        Verb::Confirm => confirm(head),
        Verb::Refuse => refuse(
            head,
            scan::after_word(head.rest, "selesai").unwrap_or(head.rest),
        ),
        Verb::Not => refuse(head, scan::after_word(head.rest, "selesai")?),
        Verb::Withdraw => about(head, head.rest).map(|(number, _)| Command::Withdraw { number }),
        Verb::OfficerGuide => Some(Command::OfficerGuide),
        Verb::Jobs => (head.signed || scan::is_silent(head.rest)).then_some(Command::Jobs),
        Verb::Start => start(head),
        Verb::Progress => about(head, head.rest).map(|(number, rest)| Command::Progress {
            number,
            text: head.tail(rest).to_owned(),
        }),
        Verb::Finish => about(head, head.rest).map(|(number, rest)| Command::Finish {
            number,
            text: said(head.tail(rest)),
        }),
    }
}

fn report(word: &'static str, head: &Head<'_>, who: Who) -> Command {
    let text = head.tail(head.rest);
    if scan::is_silent(text) {
        return if word == "help" {
            Command::Guide
        } else {
            Command::HowToReport
        };
    }
    if who == Who::Officer && word == "help" && text::fold(text) == "2" {
        return Command::OfficerGuide;
    }
    Command::Report {
        text: text.to_owned(),
        word,
    }
}

fn look_up(head: &Head<'_>, command: fn(Number) -> Command) -> Command {
    let found = scan::number_at_start(head.rest).or_else(|| scan::number_anywhere(head.rest));
    match found {
        Some((id, _)) => command(Number::Read(id)),
        None if scan::is_silent(scan::skip_fillers(head.rest)) => Command::Recent,
        None => command(unreadable(head.rest)),
    }
}

fn confirm(head: &Head<'_>) -> Option<Command> {
    let (first, after) = scan::next_word(head.rest);
    if vocabulary::is_negation(&first) {
        return refuse(head, after);
    }
    let (number, rest) = about(head, head.rest)?;
    if !matches!(number, Number::Read(_)) {
        return Some(Command::Confirm {
            number,
            rating: None,
            comment: None,
        });
    }
    if denies(rest) {
        return Some(Command::Refuse {
            number,
            why: head.tail(rest).to_owned(),
        });
    }
    let (rating, rest) = scan::rating(rest);
    Some(Command::Confirm {
        number,
        rating,
        comment: said(head.tail(rest)),
    })
}

fn refuse(head: &Head<'_>, body: &str) -> Option<Command> {
    let (number, rest) = match about(head, body)? {
        (Number::Unreadable(shown), _) => match scan::number_anywhere(body) {
            Some((id, _)) => (Number::Read(id), body),
            None => (Number::Unreadable(shown), body),
        },
        read => read,
    };
    Some(Command::Refuse {
        number,
        why: head.tail(rest).to_owned(),
    })
}

/// A bare `start` alone is the word for notices, so the task's own needs a number or its `#`.
fn start(head: &Head<'_>) -> Option<Command> {
    let (number, _) = about(head, head.rest)?;
    (head.signed || number != Number::Missing).then_some(Command::Start(number))
}

/// Reads the number a command speaks of and returns what follows it. `None`: without its `#`
/// and without anything like a number the word is one of an ordinary sentence.
fn about<'a>(head: &Head<'_>, body: &'a str) -> Option<(Number, &'a str)> {
    if let Some((id, rest)) = scan::number_at_start(body) {
        return Some((Number::Read(id), rest));
    }
    let behind = scan::skip_fillers(body);
    if scan::is_silent(if head.signed { behind } else { body }) {
        return Some((Number::Missing, ""));
    }
    let meant =
        head.signed || scan::looks_like_number(behind) || scan::number_anywhere(body).is_some();
    meant.then(|| (unreadable(body), body))
}

/// `selesai NO belum …` and `selesai NO tidak selesai` take back what they began with.
fn denies(rest: &str) -> bool {
    let (first, after) = scan::next_word(rest);
    matches!(first.as_str(), "belum" | "blm")
        || (vocabulary::is_negation(&first) && scan::after_word(after, "selesai").is_some())
}

fn unreadable(body: &str) -> Number {
    const SHOWN: usize = 40;
    Number::Unreadable(text::line(scan::clean_start(body), SHOWN))
}

fn said(text: &str) -> Option<String> {
    let silent = text
        .chars()
        .all(|c| c.is_whitespace() || c.is_ascii_punctuation());
    (!silent).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
