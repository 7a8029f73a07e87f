//! What a person is told when a command fails: one line with what, why and what to do, and an
//! exit code that scripts can rely on.

use std::process::ExitCode;

mod word;

pub use word::Word;

use crate::action;
use crate::config::ConfigError;
use crate::db::OpenError;
use crate::desk::Fault;
use crate::domain::permission::{Act, Level, Reach, may};
use crate::i18n::{Phrase, Texts};
use crate::secret::SecretError;
use crate::{gateway, store, worker};

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Failed,
    Usage,
    NotFound,
    /// A rule says no: a permission, an illegal status.
    Refused,
    /// The settings or the connection.
    Setup,
}

impl Code {
    /// Returns the word that stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "not-found",
            Self::Refused => "refused",
            Self::Setup => "setup",
        }
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(match code {
            Code::Failed => 1,
            Code::Usage => 2,
            Code::NotFound => 3,
            Code::Refused => 4,
            Code::Setup => 5,
        })
    }
}

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    pub code: Code,
    /// What happened, to be said in the reader's language.
    pub phrase: Phrase,
    /// Words of the desk in it, which are said in the reader's language too.
    pub words: Vec<(&'static str, Word)>,
    /// What lies behind it, for those who ask.
    pub cause: Option<String>,
}

impl Failure {
    /// Makes a failure from its text.
    pub fn new(code: Code, phrase: Phrase) -> Self {
        Self {
            code,
            phrase,
            words: Vec::new(),
            cause: None,
        }
    }

    /// Puts a word of the desk into a placeholder.
    #[must_use]
    pub fn with(mut self, placeholder: &'static str, word: Word) -> Self {
        self.words.push((placeholder, word));
        self
    }

    /// Returns what a person is told.
    pub fn text(&self, texts: &Texts) -> String {
        let mut values = self.phrase.values.clone();
        let words = self.words.iter();
        values.extend(words.map(|(placeholder, word)| (*placeholder, word.say(texts).into())));
        texts.say(self.phrase.id, &values)
    }

    /// Says that the arguments make no sense.
    pub fn usage(what: impl Into<String>, command: &'static str) -> Self {
        let values = [("what", what.into().into()), ("command", command.into())];
        Self::new(Code::Usage, Phrase::new("error-usage", values))
    }

    /// Says that there is no such thing.
    pub fn not_found(what: &'static str, id: impl Into<String>) -> Self {
        let values = [("id", id.into().into())];
        Self::new(Code::NotFound, Phrase::new("error-not-found", values))
            .with("what", Word::Thing(what))
    }

    /// Says that something is wrong in the program itself.
    pub fn bug(why: impl std::fmt::Display) -> Self {
        let values = [("why", why.to_string().into())];
        Self::new(Code::Failed, Phrase::new("error-bug", values))
    }

    /// Says that a file cannot be read or written.
    pub fn file(id: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        let values = [
            ("path", path.display().to_string().into()),
            ("why", error.to_string().into()),
        ];
        Self::new(Code::Failed, Phrase::new(id, values))
    }

    /// Says that a fault was found; for commands that look for faults.
    pub fn found(phrase: Phrase) -> Self {
        Self::new(Code::Failed, phrase)
    }

    fn because(mut self, cause: impl std::fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }
}

impl From<action::Error> for Failure {
    fn from(error: action::Error) -> Self {
        let cause = error.to_string();
        told(error).because(cause)
    }
}

fn told(error: action::Error) -> Failure {
    use action::Error as E;
    match error {
        E::NotFound { what, name } => Failure::not_found(what, name),
        E::Forbidden { act, level } => forbidden(act, level),
        E::Move(error) => refused("error-move", [])
            .with("from", Word::Status(error.from))
            .with("to", Word::Status(error.to)),
        E::ReasonMissing => refused("error-why", []),
        E::NotAssigned { staff, number } => refused(
            "error-not-assigned",
            [("officer", staff), ("number", number)],
        ),
        E::NotStarted { number } => refused("error-not-started", [("number", number)]),
        E::Invalid { what, value, why } => invalid(what, value, why),
        E::Taken { what, value } => {
            refused("error-exists", [("id", value)]).with("what", Word::Thing(what))
        }
        E::LastAdministrator { name } => refused("error-last-administrator", [("name", name)]),
        E::Config(error) => error.into(),
        E::NothingToUndo => refused("error-nothing-to-undo", []),
        E::Changed(number) => refused("error-undo-changed", [("number", number)]),
        E::Store(error) => error.into(),
    }
}

fn refused<const N: usize>(id: &'static str, values: [(&'static str, String); N]) -> Failure {
    let values = values.map(|(name, value)| (name, value.into()));
    Failure::new(Code::Refused, Phrase::new(id, values))
}

fn forbidden(act: Act, level: Option<Level>) -> Failure {
    let enough = |level: &Level| may(*level, act) == Reach::All;
    let needed = Level::ALL
        .into_iter()
        .find(enough)
        .unwrap_or(Level::Administrator);
    let who = level.map_or(Word::Thing("–"), Word::Level);
    refused("error-permission", [])
        .with("who", who)
        .with("act", Word::Act(act))
        .with("level", Word::Level(needed))
}

/// What is well written and yet cannot be is refused; the rest is wrong usage.
fn invalid(what: &'static str, value: String, why: &'static str) -> Failure {
    let rules = [
        "why-parent",
        "why-inactive",
        "why-letter-gone",
        "why-message-filed",
    ];
    let code = if rules.contains(&why) {
        Code::Refused
    } else {
        Code::Usage
    };
    let phrase = Phrase::new(why, [("value", value.into())]);
    Failure::new(code, phrase).with("what", Word::Thing(what))
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        let failure = match &error {
            store::Error::Cursor => Self::new(Code::Usage, Phrase::new("error-cursor", [])),
            store::Error::Conflict(what) => {
                Self::new(Code::Failed, Phrase::new("error-conflict", []))
                    .with("what", Word::Thing(what))
            }
            why @ (store::Error::Database(_) | store::Error::Raced) => {
                let values = [("why", why.to_string().into())];
                Self::new(Code::Setup, Phrase::new("error-database", values))
            }
        };
        failure.because(&error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        store::Error::from(error).into()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Code::Setup, error.phrase()).because(&error)
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::new(Code::Setup, error.phrase()).because(&error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Config(error) => error.into(),
            Fault::Texts(error) => Self::new(Code::Setup, error.phrase()).because(&error),
            Fault::TextFile(path, error) => {
                let mut failure = Self::file("error-file-read", &path, &error);
                failure.code = Code::Setup;
                failure
            }
            Fault::Store(error) => error.into(),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let phrase = match &error {
            OpenError::Missing(path) => Phrase::new(
                "error-database-missing",
                [("place", path.display().to_string().into())],
            ),
            OpenError::Unreachable(place, why) => Phrase::new(
                "error-database-unreachable",
                [
                    ("place", place.clone().into()),
                    ("why", why.to_string().into()),
                ],
            ),
            OpenError::Address(place) => {
                Phrase::new("error-database-address", [("place", place.clone().into())])
            }
            OpenError::Plain(place) => {
                Phrase::new("error-database-plain", [("place", place.clone().into())])
            }
        };
        Self::new(Code::Setup, phrase).because(&error)
    }
}

impl From<gateway::Error> for Failure {
    fn from(error: gateway::Error) -> Self {
        let values = [("channel", "".into()), ("why", error.text.into())];
        Self::new(Code::Failed, Phrase::new("error-gateway", values))
    }
}

impl From<worker::lock::LockError> for Failure {
    fn from(error: worker::lock::LockError) -> Self {
        let phrase = match &error {
            worker::lock::LockError::Taken(path) => Phrase::new(
                "error-worker-taken",
                [("path", path.display().to_string().into())],
            ),
            worker::lock::LockError::Failed(path, why) => Phrase::new(
                "error-file-write",
                [
                    ("path", path.display().to_string().into()),
                    ("why", why.to_string().into()),
                ],
            ),
        };
        Self::new(Code::Failed, phrase).because(&error)
    }
}
