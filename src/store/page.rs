//! Pages of a list: found by the last row seen, never by counting rows.

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
        Page { rows, has_more }
    }
}
