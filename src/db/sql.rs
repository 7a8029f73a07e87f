//! A statement and its parameters.

use std::borrow::Cow;

use sqlx::postgres::PgArguments;
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Postgres, Sqlite};

/// A parameter. A missing value keeps its kind, because PostgreSQL types its NULLs.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Bool(Option<bool>),
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
}

/// A statement and its parameters; its text is made of literals only, so no user text gets in.
#[derive(Debug, Clone)]
pub struct Sql {
    text: Cow<'static, str>,
    args: Vec<Arg>,
    once: bool,
}

/// Starts a statement.
pub fn sql(text: &'static str) -> Sql {
    Sql {
        text: Cow::Borrowed(text),
        args: Vec::new(),
        once: false,
    }
}

impl Sql {
    /// Keeps the statement from being kept prepared: there are too many like it, and PostgreSQL
    /// has to plan each for its own parameters.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Gives the next `$n` its value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Arg>) -> Self {
        self.args.push(value.into());
        self
    }

    /// Adds text.
    #[must_use]
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds text and a placeholder with its value behind it.
    #[must_use]
    pub fn push_bind(self, text: &'static str, value: impl Into<Arg>) -> Self {
        let mut next = self.push(text).bind(value);
        let number = next.args.len();
        next.placeholder(number);
        next
    }

    /// Adds `text (…)` with a placeholder for every value; an empty list matches nothing.
    ///
    /// The list is filled up to a power of two with its last value, so that the engines see few
    /// different statements and keep them prepared.
    #[must_use]
    pub fn push_in<T: Into<Arg> + Clone>(mut self, text: &'static str, values: &[T]) -> Self {
        self = self.push(text).push(" (");
        let Some(last) = values.last() else {
            return self.push("NULL)");
        };
        let width = values.len().next_power_of_two();
        for index in 0..width {
            let value = values.get(index).unwrap_or(last).clone();
            self = self.push_bind(if index == 0 { "" } else { ", " }, value);
        }
        self.push(")")
    }

    /// Adds another statement's text and parameters; its placeholders must come from `push_bind`
    /// calls on this one, so it may hold none of its own.
    pub(super) fn placeholder(&mut self, number: usize) {
        use std::fmt::Write as _;
        write!(self.text.to_mut(), "${number}").expect("writing to a string does not fail");
    }

    pub(super) fn from_parts(text: String, args: Vec<Arg>) -> Self {
        Self {
            text: Cow::Owned(text),
            args,
            once: false,
        }
    }

    pub(super) fn sqlite(self) -> Query<'static, Sqlite, SqliteArguments> {
        let mut query = sqlx::query(AssertSqlSafe(self.text)).persistent(!self.once);
        for arg in self.args {
            query = match arg {
                Arg::Bool(value) => query.bind(value),
                Arg::Int(value) => query.bind(value),
                Arg::Real(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
            };
        }
        query
    }

    pub(super) fn postgres(self) -> Query<'static, Postgres, PgArguments> {
        let mut query = sqlx::query(AssertSqlSafe(self.text)).persistent(!self.once);
        for arg in self.args {
            query = match arg {
                Arg::Bool(value) => query.bind(value),
                Arg::Int(value) => query.bind(value),
                Arg::Real(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
            };
        }
        query
    }

    pub(super) fn sqlite_as<T: super::Record>(
        self,
    ) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
        let mut query = sqlx::query_as(AssertSqlSafe(self.text)).persistent(!self.once);
        for arg in self.args {
            query = match arg {
                Arg::Bool(value) => query.bind(value),
                Arg::Int(value) => query.bind(value),
                Arg::Real(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
            };
        }
        query
    }

    pub(super) fn postgres_as<T: super::Record>(
        self,
    ) -> QueryAs<'static, Postgres, T, PgArguments> {
        let mut query = sqlx::query_as(AssertSqlSafe(self.text)).persistent(!self.once);
        for arg in self.args {
            query = match arg {
                Arg::Bool(value) => query.bind(value),
                Arg::Int(value) => query.bind(value),
                Arg::Real(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
            };
        }
        query
    }
}

/// Lets plain values and `Option`s of them be parameters.
macro_rules! arg_from {
    ($($kind:ident: $($plain:ty),+;)+) => {$($(
        impl From<$plain> for Arg {
            fn from(value: $plain) -> Self {
                Self::$kind(Some(value.into()))
            }
        }
        impl From<Option<$plain>> for Arg {
            fn from(value: Option<$plain>) -> Self {
                Self::$kind(value.map(Into::into))
            }
        }
    )+)+};
}

arg_from! {
    Bool: bool;
    Int: i64, i32, u32;
    Real: f64;
    Text: String, &str, &String;
}

#[cfg(test)]
mod tests {
    use super::{Arg, sql};

    #[test]
    fn a_list_is_filled_up_to_a_power_of_two() {
        let made = sql("SELECT 1 WHERE x = $1")
            .bind(7_i64)
            .push_in(" AND y IN", &["a", "b", "c"]);
        assert_eq!(made.text, "SELECT 1 WHERE x = $1 AND y IN ($2, $3, $4, $5)");
        assert_eq!(made.args[4], Arg::Text(Some("c".into())));
    }

    #[test]
    fn an_empty_list_matches_nothing() {
        assert_eq!(sql("y IN").push_in("", &[] as &[&str]).text, "y IN (NULL)");
    }

    #[test]
    fn a_missing_value_keeps_its_kind() {
        assert_eq!(Arg::from(None::<i64>), Arg::Int(None));
        assert_eq!(Arg::from(None::<&str>), Arg::Text(None));
    }
}
