//! What the desk remembers: one module an aggregate, each with its types and every statement on
//! its tables. Nothing here decides anything; rules live in `domain` and acts in `action`.

pub mod assignment;
pub mod audit;
pub mod channel;
pub mod contact;
pub mod counter;
pub mod dialogue;
pub mod employee;
pub mod inbox;
pub mod media;
pub mod message;
pub mod outbox;
pub mod page;
pub mod past;
pub mod progress;
pub mod report;
pub mod rule;
pub mod setting;
pub mod staff;
pub mod stats;
pub mod step;
pub mod tally;
pub mod zone;

/// What can go wrong in the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something of this name is there already.
    #[error("{0} is taken already")]
    Conflict(&'static str),
    /// The place where a page should begin is none of this list.
    #[error("this cursor is not one of this list; leave it out to begin with the first row")]
    Cursor,
    /// Another worker was faster; a second look shows what it did.
    #[error("another worker was faster")]
    Raced,
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

impl Error {
    /// Turns a broken uniqueness rule into a conflict about `what`.
    pub fn conflict(what: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |error| match &error {
            sqlx::Error::Database(fault) if fault.is_unique_violation() => Self::Conflict(what),
            _ => Self::Database(error),
        }
    }

    /// Returns true when the same work may succeed if it is tried again.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Raced => true,
            Self::Database(error) => crate::db::is_transient(error),
            _ => false,
        }
    }
}

/// What a store function returns.
pub type Result<T> = std::result::Result<T, Error>;
