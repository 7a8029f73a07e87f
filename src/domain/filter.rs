//! The filter language of every list: a line of text becomes a typed [`Query`], which can be
//! written back in its one canonical form and read back in words. It knows no store; whoever
//! lists something turns the query into a statement.

mod cursor;
mod date;
mod fault;
mod field;
#[cfg(test)]
mod law;
mod nearest;
mod print;
mod read;
mod say;
mod span;
mod value;
mod word;

pub use self::{
    date::{DateSpec, DateWord, resolve},
    fault::{FilterError, FilterFault},
    field::{DateField, Field, NameField, PersonField, Schema, SpanField},
    span::Span,
    word::{Choice, HasWord, SendWord, SlaWord, StatusWord, WindowWord, YesNo},
};
use super::{lang::Lang, permission::Level, priority::Priority};

/// The longest line a person may type, in characters.
pub const MAX_CHARS: usize = 512;
/// The most conditions in one query.
pub const MAX_TERMS: usize = 32;
/// The deepest nesting of parentheses.
pub const MAX_DEPTH: usize = 5;
/// The canonical form writes out what the typed line may shorten, at most this far.
const MAX_SAVED_CHARS: usize = 8 * MAX_CHARS;

/// Reads a filter over the list of reports.
pub fn parse(text: &str, lang: Lang) -> Result<Query, FilterError> {
    parse_with(&Schema::REPORTS, text, lang)
}

/// Reads a filter over the list that a schema describes.
pub fn parse_with(schema: &Schema, text: &str, lang: Lang) -> Result<Query, FilterError> {
    let limited = read::Source {
        text,
        limit: MAX_CHARS,
    };
    read::query(limited, schema, lang)
}

/// Reads back what [`Query::canonical`] wrote, which may be longer than a typed line.
pub fn parse_saved(schema: &Schema, text: &str) -> Result<Query, FilterError> {
    let limited = read::Source {
        text,
        limit: MAX_SAVED_CHARS,
    };
    read::query(limited, schema, Lang::En)
}

/// A whole filter: what to keep and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The condition that rows meet.
    pub expr: Expr,
    /// The order of rows, most important key first; empty means the list's own order.
    pub sort: Vec<Sort>,
}

impl Query {
    /// Returns the query as text that reads the same in either language; saved views keep this.
    pub fn canonical(&self) -> String {
        print::query(self)
    }

    /// Returns the query in words, for the line under the prompt.
    pub fn words(&self, lang: Lang) -> String {
        say::query(self, lang)
    }
}

/// One key of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// What rows are compared by.
    pub by: Field,
    /// Largest, latest or last first.
    pub descending: bool,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Every row; stands alone, never inside another condition.
    All,
    /// All of these, at least two.
    And(Vec<Self>),
    /// Any of these, at least two.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// A single condition.
    Term(Term),
}

impl Expr {
    /// Joins conditions that must all hold, without needless nesting.
    pub fn and(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::And(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        if all.len() > 1 {
            Self::And(all)
        } else {
            all.pop().unwrap_or(Self::All)
        }
    }

    /// Joins conditions of which one must hold, without needless nesting.
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::All => return Self::All,
                Self::Or(inner) => any.extend(inner),
                other => any.push(other),
            }
        }
        if any.len() > 1 {
            Self::Or(any)
        } else {
            any.pop().unwrap_or(Self::All)
        }
    }

    /// Turns the condition round; twice gives the condition itself.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

/// One condition on a row. A list of values means any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word of the searched text starts with this.
    Word(String),
    /// These words stand in the searched text one after the other.
    Phrase(String),
    /// The status of a report.
    Status(Vec<StatusWord>),
    /// The urgency of a report.
    Priority(Vec<Priority>),
    /// A person of the desk.
    Person(PersonField, Vec<Person>),
    /// A name that starts with one of these.
    Name(NameField, Vec<Name>),
    /// Digits of a phone number as typed, without signs; the caller normalises `08…` and `62…`.
    Phone(Vec<String>),
    /// The number of a row.
    Id(Vec<IdWord>),
    /// When something happened.
    Date(DateField, Vec<DateSpec>),
    /// How long something lasts.
    Span(SpanField, Vec<Bound<Span>>),
    /// The state of the completion target.
    Sla(Vec<SlaWord>),
    /// What belongs to the report.
    Has(Vec<HasWord>),
    /// Whether the desk has read it.
    Read(Vec<YesNo>),
    /// The state of an outgoing message.
    Sent(Vec<SendWord>),
    /// Whether free text may still be sent.
    Window(Vec<WindowWord>),
    /// The level of a staff member.
    Level(Vec<Level>),
    /// Whether the person is active.
    Active(Vec<YesNo>),
}

/// A person of the desk as a filter names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Whoever asks.
    Me,
    /// Nobody.
    Nobody,
    /// A staff id in capitals, such as `ADM04`.
    Id(String),
    /// The start of a name.
    Name(String),
}

/// A name as a filter gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// There is none.
    Empty,
    /// The start of the name, as typed.
    Text(String),
}

/// The number of a row as a filter gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdWord {
    /// The whole number, in capitals if it is letters and digits.
    Whole(String),
    /// The last digits of a number.
    Tail(String),
}

/// A limit on one or both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound<T> {
    /// More than this.
    Over(T),
    /// This or more.
    AtLeast(T),
    /// Less than this.
    Under(T),
    /// This or less.
    AtMost(T),
    /// From the first to the second, both included.
    Between(T, T),
}

impl<T> Bound<T> {
    /// Turns both ends into another type, and stops at the first that cannot be.
    fn try_map<U, E>(self, mut turn: impl FnMut(T) -> Result<U, E>) -> Result<Bound<U>, E> {
        Ok(match self {
            Self::Over(end) => Bound::Over(turn(end)?),
            Self::AtLeast(end) => Bound::AtLeast(turn(end)?),
            Self::Under(end) => Bound::Under(turn(end)?),
            Self::AtMost(end) => Bound::AtMost(turn(end)?),
            Self::Between(first, last) => Bound::Between(turn(first)?, turn(last)?),
        })
    }
}

#[cfg(test)]
mod tests;
