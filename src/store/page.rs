//! Pages of a list: found by the last row seen, never by counting rows.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::db::{Arg, Sql};
use crate::store::{Error, Result};

pub mod keyset;
pub mod like;

/// Which rows of a list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// How many rows; `None` for all.
    pub limit: Option<i64>,
    /// Rows behind this id only.
    pub after: Option<i64>,
}

/// A page and whether there is more behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_more: bool,
    /// Where the next page begins, in the lists that are paged by a cursor.
    pub next: Option<Cursor>,
}

/// Where a page begins: behind the row with these values. Its text is for nobody to read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    /// The list and its order, so that a cursor is not taken for one of another list.
    pub(super) list: String,
    /// The part of the list that the row is in.
    pub(super) part: usize,
    /// What the row is ordered by, its id last.
    pub(super) values: Vec<Value>,
}

/// A value that rows are ordered by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Value {
    Int(i64),
    Text(String),
}

impl Want {
    /// Returns the number of rows to ask for: one too many, to learn whether there is more.
    pub fn ask(self) -> i64 {
        self.limit.map_or(i64::MAX, |limit| limit.saturating_add(1))
    }

    /// Cuts the row too many off.
    pub fn page<T>(self, mut rows: Vec<T>) -> Page<T> {
        let limit = self
            .limit
            .and_then(|limit| usize::try_from(limit).ok())
            .unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        Page {
            rows,
            has_more,
            next: None,
        }
    }
}

impl<T> Page<T> {
    /// Turns every row into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        let rows = self.rows.into_iter().map(turn).collect();
        Page {
            rows,
            has_more: self.has_more,
            next: self.next,
        }
    }

    /// Adds the cursor behind the last row, if there is more.
    #[must_use]
    pub fn with_next(mut self, cursor: impl FnOnce(&T) -> Cursor) -> Self {
        self.next = self.rows.last().filter(|_| self.has_more).map(cursor);
        self
    }
}

impl Cursor {
    /// Returns the text that stands for the cursor.
    pub fn text(&self) -> String {
        let json = serde_json::to_string(&(&self.list, self.part, &self.values))
            .expect("strings and numbers can be written as JSON");
        URL_SAFE_NO_PAD.encode(json)
    }

    /// Reads the text of a cursor.
    pub fn read(text: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text.trim())
            .map_err(|_| Error::Cursor)?;
        let (list, part, values) = serde_json::from_slice(&bytes).map_err(|_| Error::Cursor)?;
        Ok(Self { list, part, values })
    }
}

impl From<&Value> for Arg {
    fn from(value: &Value) -> Self {
        match value {
            Value::Int(number) => Self::Int(Some(*number)),
            Value::Text(text) => Self::Text(Some(text.clone())),
        }
    }
}

/// Adds `LIMIT` where there is one; the number is one too many.
pub(super) fn limited(statement: Sql, want: Want) -> Sql {
    match want.limit {
        Some(_) => statement.push_bind(" LIMIT ", want.ask()),
        None => statement,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cursor, Value};

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<i64>().prop_map(Value::Int),
            ".*".prop_map(Value::Text)
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_as_it_was_written(
            list in ".*",
            part in 0_usize..9,
            values in proptest::collection::vec(value(), 0..4),
        ) {
            let cursor = Cursor { list, part, values };
            prop_assert_eq!(Cursor::read(&cursor.text()).unwrap(), cursor);
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "x", "e30", "BRT2409001", "WyJhIiwwXQ", "é"] {
            assert!(Cursor::read(text).is_err(), "{text}");
        }
    }
}
