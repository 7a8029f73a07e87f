//! Lists of people, rules and settings: which rows are wanted, and how they are printed.

use clap::Args;
use serde::Serialize;

use crate::cli::shell::Shell;
use crate::cli::view::Table;

/// How much of a list is wanted.
#[derive(Debug, Clone, Args)]
pub(super) struct Cut {
    /// Rows at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Go on where the last list was cut
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

impl Cut {
    /// Makes what a command with flags of its own wants.
    pub(super) fn new(limit: u32, after: Option<String>) -> Self {
        Self { limit, after }
    }

    /// Returns the most rows to show; none for all.
    pub(super) fn limit(&self) -> Option<i64> {
        (self.limit > 0).then(|| self.limit.into())
    }

    /// Returns the cursor to go on from.
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Cuts a list whose rows each have a name of their own, and returns the cursor behind it.
    pub(super) fn apply<T>(
        &self,
        rows: &mut Vec<T>,
        name: impl Fn(&T) -> String,
    ) -> crate::store::Result<Option<String>> {
        if let Some(after) = self.after() {
            let last = rows.iter().position(|row| name(row) == after);
            rows.drain(..=last.ok_or(crate::store::Error::Cursor)?);
        }
        let limit = self.limit().and_then(|limit| usize::try_from(limit).ok());
        let has_more = limit.is_some_and(|limit| rows.len() > limit);
        rows.truncate(limit.unwrap_or(usize::MAX));
        Ok(rows.last().filter(|_| has_more).map(name))
    }
}

/// Prints a list: JSON lines, or a table; then where it goes on.
pub(super) fn print<T: Serialize>(
    shell: &Shell,
    rows: &[T],
    next: Option<&str>,
    table: impl FnOnce() -> Table,
) {
    if shell.global.json {
        for row in rows {
            shell.json(row);
        }
    } else if rows.is_empty() {
        shell.note(&shell.say("word-nothing-found", &[]));
    } else {
        shell.print(&(), || table().text());
    }
    if let Some(cursor) = next {
        shell.cursor(cursor);
    }
}

#[cfg(test)]
mod tests {
    use super::Cut;

    #[test]
    fn a_cut_list_goes_on_behind_its_cursor() {
        let list = |limit, after: Option<&str>| {
            let mut rows = vec!["c", "b", "a"];
            let next =
                Cut::new(limit, after.map(str::to_owned)).apply(&mut rows, |row| (*row).to_owned());
            next.map(|next| (rows, next))
        };
        let (rows, next) = list(2, None).unwrap();
        assert_eq!((rows, next.as_deref()), (vec!["c", "b"], Some("b")));
        assert_eq!(list(2, Some("b")).unwrap(), (vec!["a"], None));
        assert_eq!(list(0, None).unwrap(), (vec!["c", "b", "a"], None));
        assert!(list(2, Some("x")).is_err());
    }
}
