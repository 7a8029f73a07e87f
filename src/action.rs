//! The acts of the desk. Console, worker and command line change data through here and in no
//! other way: every act checks who may do it, happens in one transaction, leaves an audit row,
//! and puts what people are told into the outbox of that same transaction.

use crate::domain::permission::{Act, Level, Reach, may};
use crate::domain::status::MoveError;
use crate::store;
use crate::store::staff::Staff;

pub mod assign;
pub mod chat;
pub mod delivered;
pub mod message;
pub mod notice;
pub mod open;
pub mod outbox;
pub mod people;
pub mod progress;
pub mod report;
pub mod rule;
pub mod setting;
pub mod undo;
pub mod work;

pub use work::Work;

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name in audit and steps: a staff id, `cli:root`, `reporter`.
    pub name: String,
    /// The staff member behind it, if it is one.
    pub staff: Option<String>,
    /// What it may do; none for reporters and the program itself, whose acts check for themselves.
    pub level: Option<Level>,
    pub origin: Origin,
}

/// Where an act comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The command line: what it sends is not held back.
    Shell,
    /// The console: what it sends is held for a moment, so that it can be taken back.
    Console,
    /// A chat message.
    Chat,
    /// The program itself.
    Worker,
}

impl Origin {
    /// Returns the word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shell => "cli",
            Self::Console => "console",
            Self::Chat => "chat",
            Self::Worker => "worker",
        }
    }
}

impl Actor {
    /// Returns the shell's user, who owns the database and so may do everything.
    pub fn shell(user: &str) -> Self {
        Self {
            name: format!("cli:{user}"),
            staff: None,
            level: Some(Level::Administrator),
            origin: Origin::Shell,
        }
    }

    /// Returns a staff member who acts from there.
    pub fn staff(staff: &Staff, origin: Origin) -> Self {
        Self {
            name: staff.id.clone(),
            staff: Some(staff.id.clone()),
            level: Some(staff.level),
            origin,
        }
    }

    /// Returns a reporter who writes by chat.
    pub fn reporter() -> Self {
        Self {
            name: "reporter".into(),
            staff: None,
            level: None,
            origin: Origin::Chat,
        }
    }

    /// Returns the program itself.
    pub fn worker() -> Self {
        Self {
            name: "tanggap".into(),
            staff: None,
            level: None,
            origin: Origin::Worker,
        }
    }

    /// Checks that the actor may do this to everything.
    pub fn check(&self, act: Act) -> Result<()> {
        match self.reach(act) {
            Reach::All => Ok(()),
            Reach::Own | Reach::None => Err(Error::Forbidden {
                act,
                level: self.level,
            }),
        }
    }

    /// Returns how far the actor's right goes.
    pub fn reach(&self, act: Act) -> Reach {
        self.level.map_or(Reach::All, |level| may(level, act))
    }
}

/// Why an act did not happen; nothing of it has been kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("there is no {what} '{name}'")]
    NotFound { what: &'static str, name: String },
    /// The actor's level does not allow it.
    #[error("this needs a higher level: {act:?}")]
    Forbidden { act: Act, level: Option<Level> },
    /// The status does not allow it.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// Nobody said why.
    #[error("this needs a reason")]
    ReasonMissing,
    /// The officer does not work on it.
    #[error("{staff} is not assigned to {number}")]
    NotAssigned { staff: String, number: String },
    /// The officer has to begin first.
    #[error("{number} has not been started")]
    NotStarted { number: String },
    /// Something given cannot be used; `why` is the id of a text.
    #[error("{what} '{value}' cannot be used: {why}")]
    Invalid {
        what: &'static str,
        value: String,
        why: &'static str,
    },
    /// Another one has it already.
    #[error("{what} '{value}' is taken already")]
    Taken { what: &'static str, value: String },
    /// Somebody has to be left who may do everything.
    #[error("{name} is the last active administrator")]
    LastAdministrator { name: String },
    /// A setting cannot be what was asked for.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// There is nothing that may be taken back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Somebody changed it since.
    #[error("{0} was changed since")]
    Changed(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What an act returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Says that there is no such thing.
    pub fn missing(what: &'static str, name: impl Into<String>) -> Self {
        Self::NotFound {
            what,
            name: name.into(),
        }
    }

    /// Returns true when the same act may succeed if it is tried again.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
