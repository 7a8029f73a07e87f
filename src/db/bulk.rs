//! Many rows for one table in few statements.

use super::{Arg, Record, Run as _, Sql, Tx};

/// How many rows one statement may carry; few sizes, so that each stays prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// Rows on their way into one table.
///
/// An awaited statement costs more than the rows in it, so a batch of messages collects its rows
/// here and writes them together.
#[derive(Debug)]
pub struct Bulk {
    insert: &'static str,
    tail: &'static str,
    width: usize,
    types: &'static [&'static str],
    args: Vec<Arg>,
}

impl Bulk {
    /// Starts rows for `insert`, which reads `INSERT INTO t (a, b)`.
    pub fn new(insert: &'static str, width: usize) -> Self {
        Self {
            insert,
            tail: "",
            width,
            types: &[],
            args: Vec::new(),
        }
    }

    /// Sets what follows the values, such as `ON CONFLICT DO NOTHING`.
    #[must_use]
    pub fn tail(mut self, tail: &'static str) -> Self {
        self.tail = tail;
        self
    }

    /// Names the columns' types, for values that do not go straight into a table's columns.
    #[must_use]
    pub fn typed(mut self, types: &'static [&'static str]) -> Self {
        self.types = types;
        self
    }

    /// Adds one row.
    pub fn row<const N: usize>(&mut self, values: [Arg; N]) {
        debug_assert_eq!(N, self.width, "{}", self.insert);
        self.args.extend(values);
    }

    /// Returns true when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.args.is_empty()
    }

    /// Writes all rows, in order, and returns how many the table took.
    pub async fn write(mut self, tx: &mut Tx) -> sqlx::Result<u64> {
        let mut written = 0;
        while let Some(statement) = self.next(tx) {
            written += tx.execute(statement).await?;
        }
        Ok(written)
    }

    /// Writes all rows, in order, and returns what the tail's `RETURNING` names.
    pub async fn write_returning<T: Record>(mut self, tx: &mut Tx) -> sqlx::Result<Vec<T>> {
        let mut returned = Vec::new();
        while let Some(statement) = self.next(tx) {
            returned.extend(tx.all::<T>(statement).await?);
        }
        Ok(returned)
    }

    /// Takes as many rows as the largest size that they fill.
    fn next(&mut self, tx: &Tx) -> Option<Sql> {
        let rows = self.args.len() / self.width;
        let size = SIZES.into_iter().find(|size| *size <= rows)?;
        let rest = self.args.split_off(size * self.width);
        let args = std::mem::replace(&mut self.args, rest);
        Some(Sql::from_parts(self.text(size, Marks::of(tx)), args))
    }

    fn text(&self, rows: usize, marks: Marks) -> String {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(rows * self.width * 5 + 200);
        text.push_str(self.insert);
        text.push_str(" VALUES ");
        for index in 0..rows * self.width {
            let before = match (index, index % self.width) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            };
            text.push_str(before);
            let kind = self.types.get(index);
            text.push_str(if kind.is_some() { "CAST(" } else { "" });
            match marks {
                Marks::Bare => text.push('?'),
                Marks::Numbered => {
                    write!(text, "${}", index + 1).expect("writing to a string does not fail");
                }
            }
            if let Some(kind) = kind {
                write!(text, " AS {kind})").expect("writing to a string does not fail");
            }
        }
        text.push_str(") ");
        text.push_str(self.tail);
        text
    }
}

/// How an engine likes its placeholders.
#[derive(Debug, Clone, Copy)]
enum Marks {
    /// `?`: `SQLite` looks a numbered one up in a list, once for every value, which made a third
    /// of the cost of a large statement.
    Bare,
    /// `$n`, the only way on PostgreSQL.
    Numbered,
}

impl Marks {
    fn of(tx: &Tx) -> Self {
        match tx {
            Tx::Sqlite(_) => Self::Bare,
            Tx::Postgres(_) => Self::Numbered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bulk, Marks};

    #[test]
    fn placeholders_count_through_all_rows() {
        let bulk = Bulk::new("INSERT INTO t (a, b)", 2).tail("ON CONFLICT DO NOTHING");
        assert_eq!(
            bulk.text(2, Marks::Numbered),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            bulk.text(2, Marks::Bare),
            "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING"
        );
    }

    #[test]
    fn the_first_row_names_the_types() {
        let bulk = Bulk::new("WITH t (a) AS (", 1).typed(&["BIGINT"]);
        assert_eq!(
            bulk.text(2, Marks::Numbered),
            "WITH t (a) AS ( VALUES (CAST($1 AS BIGINT)), ($2) "
        );
    }
}
