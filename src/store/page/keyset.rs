//! Orders of a list, and the condition that a row stands behind another one.

use super::{Cursor, Value};
use crate::db::Sql;
use crate::store::{Error, Result};

/// Something that rows of type `T` are ordered by.
#[derive(Debug)]
pub struct Key<T> {
    /// The expression in SQL.
    pub expr: &'static str,
    /// What stands around a value that is compared with it.
    pub around: (&'static str, &'static str),
    /// The value of a row.
    pub value: fn(&T) -> Value,
    pub descending: bool,
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T> Key<T> {
    /// Orders by an expression, smallest first.
    pub const fn new(expr: &'static str, value: fn(&T) -> Value) -> Self {
        Self {
            expr,
            around: ("", ""),
            value,
            descending: false,
        }
    }

    /// Puts SQL around the values that the expression is compared with.
    #[must_use]
    pub const fn around(self, before: &'static str, after: &'static str) -> Self {
        Self {
            around: (before, after),
            ..self
        }
    }

    /// Turns the order round if asked to.
    #[must_use]
    pub const fn turned(self, turn: bool) -> Self {
        Self {
            descending: self.descending != turn,
            ..self
        }
    }

    fn compared(&self, statement: Sql, sign: &'static str, value: &Value) -> Sql {
        statement
            .push(self.expr)
            .push(sign)
            .push_bind(self.around.0, value)
            .push(self.around.1)
    }

    const fn beyond(&self) -> &'static str {
        if self.descending { " < " } else { " > " }
    }

    const fn not_before(&self) -> &'static str {
        if self.descending { " <= " } else { " >= " }
    }
}

/// Returns the values of a cursor, if it was made by this list in this order and part.
pub fn values<'c>(cursor: &'c Cursor, list: &str, keys: usize) -> Result<&'c [Value]> {
    if cursor.list == list && cursor.values.len() == keys {
        Ok(&cursor.values)
    } else {
        Err(Error::Cursor)
    }
}

/// Adds the condition that a row stands behind the one with these values.
///
/// The first key stands alone in front, because an index can serve only that.
pub fn behind<T>(mut statement: Sql, keys: &[Key<T>], values: &[Value]) -> Sql {
    let Some((first, value)) = keys.first().zip(values.first()) else {
        return statement;
    };
    if keys.len() == 1 {
        return first.compared(statement.push(" AND "), first.beyond(), value);
    }
    statement = first.compared(statement.push(" AND "), first.not_before(), value);
    statement = statement.push(" AND (");
    for last in 0..keys.len() {
        statement = statement.push(if last == 0 { "(" } else { " OR (" });
        for (key, value) in keys.iter().zip(values).take(last) {
            statement = key.compared(statement, " = ", value).push(" AND ");
        }
        statement = keys[last]
            .compared(statement, keys[last].beyond(), &values[last])
            .push(")");
    }
    statement.push(")")
}

/// Adds `ORDER BY`.
pub fn ordered<T>(mut statement: Sql, keys: &[Key<T>]) -> Sql {
    for (index, key) in keys.iter().enumerate() {
        statement = statement
            .push(if index == 0 { " ORDER BY " } else { ", " })
            .push(key.expr)
            .push(if key.descending { " DESC" } else { "" });
    }
    statement
}
