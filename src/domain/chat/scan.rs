//! Finding the pieces of a command in a text: where it may start, its word, a number, the rest.
//! All of it looks through `text::letters` and gives back slices of the original.

use unicode_normalization::char::is_combining_mark;

use super::vocabulary::{is_filler, is_rating_word};
use crate::domain::text;
use crate::domain::track::{self, TrackId};

/// No word of the grammar, nor a number glued to one, is as long.
const LONGEST_WORD: usize = 32;
/// How far behind a command a number is looked for, in bytes.
const LOOK_AHEAD: usize = 300;

/// A place where a command may stand: the word there and what follows it.
pub(super) struct Head<'a> {
    pub(super) word: String,
    /// Whether the word carries its `#`.
    pub(super) signed: bool,
    /// The text behind the word, untouched.
    pub(super) rest: &'a str,
    /// The text from the word on.
    whole: &'a str,
    /// The bold or italic marks that were opened before the word and not closed behind it.
    open: String,
}

/// Yields the start of the message, then of each later line that carries a `#`.
pub(super) fn heads(message: &str) -> impl Iterator<Item = Head<'_>> {
    let start = text::letters(message).find(|&(_, c)| !is_blank(c));
    let first = start.and_then(|(at, _)| Head::read(&message[at..]));
    let lines = message
        .match_indices(is_line_end)
        .map(|(at, end)| &message[at + end.len()..]);
    first
        .into_iter()
        .chain(lines.filter_map(Head::read).filter(|head| head.signed))
}

impl<'a> Head<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (mut open, mut signed) = (String::new(), false);
        for (at, c) in text::letters(line) {
            match c {
                '#' => signed = true,
                '*' | '_' | '~' | '`' => open.push(c),
                // A line that has only marks is left for the next one to be read.
                _ if is_line_end(c) => return None,
                _ if is_blank(c) || is_quotation(c) => {}
                _ => return Some(Self::at_word(&line[at..], signed, open)),
            }
        }
        None
    }

    fn at_word(whole: &'a str, signed: bool, mut open: String) -> Self {
        let (word, rest) = word(whole);
        if rest.starts_with(is_mark) {
            open.clear();
        }
        Self {
            word,
            signed,
            rest,
            whole,
            open,
        }
    }

    /// Cuts a word that has its number glued to it (`cekBRT2411001`) in two.
    pub(super) fn unglued(&self, is_word: impl Fn(&str) -> bool) -> Option<Self> {
        let digit = self.word.find(|c: char| c.is_ascii_digit())?;
        let cut = (1..digit).find(|&cut| self.word.get(..cut).is_some_and(&is_word))?;
        let (at, _) = text::letters(self.whole).nth(cut)?;
        let (word, rest) = (self.word[..cut].to_owned(), &self.whole[at..]);
        track::read_from(rest)?;
        Some(Self {
            word,
            rest,
            open: self.open.clone(),
            ..*self
        })
    }

    /// Tells whether a hyphen or the like makes the word a part of a longer one. Behind a `#`
    /// a hyphen or a dot is taken for the separator it probably is.
    pub(super) fn is_compound(&self) -> bool {
        let mut after = text::letters(self.rest).map(|(_, c)| c);
        let joins = |c| is_hyphen(c) && !(self.signed && is_separator(c));
        after.next().is_some_and(joins) && after.next().is_some_and(char::is_alphanumeric)
    }

    /// Returns a trailing text without the separators before it and the marks left open.
    pub(super) fn tail(&self, rest: &'a str) -> &'a str {
        let mut text = clean_start(rest);
        for mark in self.open.chars() {
            text = text
                .strip_suffix(mark)
                .unwrap_or(text)
                .trim_end_matches(is_blank);
        }
        text
    }
}

/// Reads the word a text starts with; one too long to matter comes back empty.
pub(super) fn word(text: &str) -> (String, &str) {
    let mut word = String::new();
    for (at, c) in text::letters(text) {
        if !(c.is_alphanumeric() || is_combining_mark(c)) {
            return (word, &text[at..]);
        }
        if word.len() >= LONGEST_WORD {
            return (String::new(), text);
        }
        word.push(c);
    }
    (word, "")
}

/// Reads the word behind any separators.
pub(super) fn next_word(text: &str) -> (String, &str) {
    let passed = |c| is_blank(c) || is_separator(c) || is_mark(c) || is_quotation(c);
    let start = text::letters(text).find(|&(_, c)| !passed(c));
    start.map_or_else(|| (String::new(), ""), |(at, _)| word(&text[at..]))
}

/// Returns what stands behind a word that comes next, fillers aside.
pub(super) fn after_word<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let (word, after) = next_word(skip_fillers(text));
    (word == wanted).then_some(after)
}

/// Returns a short message as bare words, and whether it carries a `#`.
pub(super) fn bare_words(message: &str) -> Option<(String, bool)> {
    const LONGEST: usize = 64;
    let (mut words, mut signed) = (String::new(), false);
    for (seen, (_, c)) in text::letters(message.trim_matches(is_blank)).enumerate() {
        if seen >= LONGEST {
            return None;
        }
        signed |= c == '#';
        let is_bare = is_blank(c) || is_mark(c) || is_quotation(c) || is_separator(c);
        words.push(if is_bare || matches!(c, '#' | '!') {
            ' '
        } else {
            c
        });
    }
    Some((
        words.split_whitespace().collect::<Vec<_>>().join(" "),
        signed,
    ))
}

/// Tells whether nothing is left that says something: no letter, no digit.
pub(super) fn is_silent(text: &str) -> bool {
    !text::letters(text).any(|(_, c)| c.is_alphanumeric())
}

/// Passes over words without a meaning of their own.
pub(super) fn skip_fillers(text: &str) -> &str {
    let mut rest = text;
    loop {
        let (word, after) = next_word(rest);
        if !is_filler(&word) {
            return rest;
        }
        rest = after;
    }
}

/// Reads a number at the start, or behind a few words without meaning.
pub(super) fn number_at_start(text: &str) -> Option<(TrackId, &str)> {
    let mut starts = vec![clean_start(text)];
    while starts.len() <= 6 {
        let (word, after) = next_word(starts[starts.len() - 1]);
        if !is_filler(&word) {
            break;
        }
        starts.push(clean_start(after));
    }
    // A prefix may itself be such a word (`LAP2411001`): the last start that reads, wins.
    starts.into_iter().rev().find_map(track::read_from)
}

/// Reads the first number that stands anywhere in the next few sentences.
pub(super) fn number_anywhere(text: &str) -> Option<(TrackId, &str)> {
    let near = own_part(&text[..text.floor_char_boundary(LOOK_AHEAD)]);
    let blanks = near.char_indices().filter(|(_, c)| c.is_whitespace());
    let starts = std::iter::once(0).chain(blanks.map(|(at, c)| at + c.len_utf8()));
    let mut found: Option<(TrackId, &str)> = None;
    for start in starts {
        let read = track::read_from(&text[start..]);
        match (&found, read) {
            // `di BRT2411001` reads as a prefix of five letters too; the shorter one is meant.
            (Some((_, rest)), Some(shorter)) if shorter.1.len() == rest.len() => {
                found = Some(shorter);
            }
            (Some(_), _) => break,
            (None, read) => found = read,
        }
    }
    found
}

/// Cuts a text before a later line that carries a `#` which is not that of a number.
fn own_part(text: &str) -> &str {
    let is_other = |line: &str| {
        line.trim_start_matches(is_blank).starts_with(['#', '＃'])
            && track::read_from(line).is_none()
    };
    let ends = text.match_indices(is_line_end);
    let cut = ends
        .map(|(at, end)| at + end.len())
        .find(|&at| is_other(&text[at..]));
    &text[..cut.unwrap_or(text.len())]
}

/// Tells whether a text starts with something that was meant to be a number.
pub(super) fn looks_like_number(text: &str) -> bool {
    let mut tokens = clean_start(text).split_whitespace();
    let first = Token::read(tokens.next().unwrap_or_default());
    let second = Token::read(tokens.next().unwrap_or_default());
    first.is_number() || (first.is_prefix() && second.digits >= 4 && second.letters == 0)
}

/// Reads a rating of 1 to 5 (`5`, `5/5`, `bintang 5`) and returns what follows it.
pub(super) fn rating(text: &str) -> (Option<u8>, &str) {
    let (mut first, mut rest) = next_word(text);
    if is_rating_word(&first) {
        (first, rest) = next_word(rest);
    }
    let value = match first.as_bytes() {
        [digit @ b'1'..=b'5'] => digit - b'0',
        _ => return (None, text),
    };
    let after = rest.strip_prefix("/5").unwrap_or(rest);
    if continues_number(after) {
        return (None, text);
    }
    let (next, behind) = next_word(after);
    (Some(value), if next == "bintang" { behind } else { after })
}

/// Drops what may stand between a command and its text: closing marks, then `:` and the like.
pub(super) fn clean_start(text: &str) -> &str {
    let closed =
        text.trim_start_matches(|c| is_mark(c) || matches!(c, '"' | '\'' | ')' | ']' | '”' | '’'));
    let start = text::letters(closed).find(|&(_, c)| !is_blank(c) && !is_separator(c));
    start.map_or("", |(at, _)| closed[at..].trim_end_matches(is_blank))
}

/// `5.5`, `4-5`, `5/10` and `5%` are no rating of one digit.
fn continues_number(text: &str) -> bool {
    let mut after = text::letters(text).map(|(_, c)| c);
    match after.next() {
        Some('.' | ',' | '-' | '/' | ':') => after.next().is_some_and(|c| c.is_ascii_digit()),
        next => next == Some('%'),
    }
}

/// The make-up of one blank-separated word.
struct Token {
    letters: usize,
    digits: usize,
    others: usize,
}

impl Token {
    fn read(word: &str) -> Self {
        let mut token = Self {
            letters: 0,
            digits: 0,
            others: 0,
        };
        for (_, c) in text::letters(word).take(LONGEST_WORD) {
            match c {
                'a'..='z' => token.letters += 1,
                '0'..='9' => token.digits += 1,
                _ => token.others += 1,
            }
        }
        token
    }

    /// `2411001`, `001`, `BRT24`, `BRT-2411` – but not `10.30`, `lt2` or `100%`.
    fn is_number(&self) -> bool {
        match self.letters {
            0 => self.digits >= 3 && self.others == 0,
            2..=8 => self.digits >= 2,
            _ => false,
        }
    }

    fn is_prefix(&self) -> bool {
        (2..=8).contains(&self.letters) && self.digits == 0 && self.others == 0
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

fn is_quotation(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '>')
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ':' | ',' | ';' | '.' | '-' | '=' | '|' | '\u{2010}'..='\u{2015}'
    )
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '.' | '_' | '\'' | '’' | '/' | '@' | '&' | '\\' | '\u{2010}'..='\u{2015}'
    )
}
