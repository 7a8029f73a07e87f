//! Walking the audit trail: every row must seal the one before it, no number may be missing, and
//! the last one must be what the head says.

use crate::db::Db;
use crate::i18n::Phrase;
use crate::store;
use crate::store::audit::{self, Row};

/// How many rows are read at once.
const BATCH: i64 = 1000;

/// What a walk has found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Chain {
    pub(in crate::cli) rows: i64,
    /// The last number that was read.
    pub(in crate::cli) last: i64,
    /// Numbers of the rows that are not what they were, smallest first.
    pub(in crate::cli) broken: Vec<i64>,
    /// First and last number of what is missing.
    pub(in crate::cli) gaps: Vec<(i64, i64)>,
    /// The head names the last row.
    pub(in crate::cli) head_fits: bool,
    hash: String,
}

impl Chain {
    /// Walks the trail from a row on; what lies before it is taken as it is.
    pub(in crate::cli) async fn walk(db: &Db, key: &[u8], start: i64) -> store::Result<Self> {
        let mut chain = Self::before(db, start).await?;
        loop {
            let rows = audit::from(db, chain.last + 1, BATCH).await?;
            if !rows.is_empty() {
                chain.add_all(key, &rows);
                continue;
            }
            // Rows and head are committed together, so a head that is ahead names rows that came
            // in the meantime, or rows that somebody cut off.
            let head = audit::head(db).await?;
            if head.seq > chain.last && !audit::from(db, chain.last + 1, 1).await?.is_empty() {
                continue;
            }
            chain.head_fits = head.seq == chain.last && head.hash == chain.hash;
            if head.seq > chain.last {
                chain.gaps.push((chain.last + 1, head.seq));
            }
            return Ok(chain);
        }
    }

    async fn before(db: &Db, start: i64) -> store::Result<Self> {
        let mut chain = Self {
            last: start - 1,
            ..Self::default()
        };
        if start > 1 {
            let anchor = audit::from(db, start - 1, 1).await?;
            let anchor = anchor.into_iter().find(|row| row.seq == start - 1);
            chain.hash = anchor.map(|row| row.hash).unwrap_or_default();
        }
        Ok(chain)
    }

    fn add_all(&mut self, key: &[u8], rows: &[Row]) {
        for row in rows {
            self.add(key, row);
        }
    }

    /// Adds a row. A broken one does not break those behind it: each is held against the seal
    /// that stands in the row before.
    fn add(&mut self, key: &[u8], row: &Row) {
        let has_gap = row.seq != self.last + 1;
        if has_gap {
            self.gaps.push((self.last + 1, row.seq - 1));
        }
        let sealed = row.hash == audit::seal(key, &self.hash, row);
        let told = row
            .detail
            .as_ref()
            .is_none_or(|detail| audit::digest(key, detail) == row.detail_hash);
        // Behind a gap nobody knows the seal before; the gap itself is told.
        if !told || !sealed && !has_gap {
            self.broken.push(row.seq);
        }
        self.rows += 1;
        self.last = row.seq;
        self.hash.clone_from(&row.hash);
    }

    /// Tells whether nobody has tampered with what was read.
    pub(in crate::cli) fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.gaps.is_empty() && self.head_fits
    }

    /// Returns what is wrong, the worst first.
    pub(in crate::cli) fn fault(&self) -> Option<Phrase> {
        if let Some(first) = self.broken.first() {
            let values = [
                ("seq", (*first).into()),
                ("count", self.broken.len().into()),
            ];
            return Some(Phrase::new("error-audit-broken", values));
        }
        if let Some((first, last)) = self.gaps.first() {
            let values = [("first", (*first).into()), ("last", (*last).into())];
            return Some(Phrase::new("error-audit-gap", values));
        }
        let values = [("seq", self.last.into())];
        (!self.head_fits).then(|| Phrase::new("error-audit-head", values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"kunci";

    type Edit = fn(&mut Row);

    fn rows() -> Vec<Row> {
        let mut last = String::new();
        let row = |seq: i64| {
            let detail = format!("{{\"n\":{seq}}}");
            let mut row = Row {
                seq,
                at: seq * 1000,
                actor: "ADM01".into(),
                origin: "cli".into(),
                act: "note".into(),
                object: format!("BRT24110{seq:02}"),
                detail_hash: audit::digest(KEY, &detail),
                detail: Some(detail),
                undoable: true,
                hash: String::new(),
            };
            row.hash = audit::seal(KEY, &last, &row);
            last.clone_from(&row.hash);
            row
        };
        (1..=5).map(row).collect()
    }

    fn walked(rows: &[Row]) -> Chain {
        let mut chain = Chain {
            head_fits: true,
            ..Chain::default()
        };
        chain.add_all(KEY, rows);
        chain
    }

    #[test]
    fn a_trail_that_nobody_touched_is_whole() {
        let chain = walked(&rows());
        assert!(chain.is_whole(), "{chain:?}");
        assert_eq!((chain.rows, chain.last, chain.fault()), (5, 5, None));
    }

    #[test]
    fn an_edit_of_any_field_is_found_and_its_row_named() {
        let edits: [(&str, Edit); 6] = [
            ("at", |row| row.at += 1),
            ("actor", |row| row.actor = "ADM02".into()),
            ("act", |row| row.act = "assign".into()),
            ("object", |row| row.object = "BRT2411009".into()),
            ("detail", |row| row.detail = Some("{}".into())),
            ("undoable", |row| row.undoable = false),
        ];
        for (field, edit) in edits {
            let mut rows = rows();
            edit(&mut rows[2]);
            let chain = walked(&rows);
            assert_eq!(chain.broken, [3], "{field}");
            assert_eq!(chain.fault().unwrap().id, "error-audit-broken", "{field}");
        }
    }

    #[test]
    fn a_detail_that_was_erased_is_no_fault() {
        let mut rows = rows();
        rows[2].detail = None;
        assert!(walked(&rows).is_whole());
    }

    #[test]
    fn rows_that_were_taken_out_or_swapped_are_found() {
        let mut cut = rows();
        cut.remove(1);
        cut.remove(1);
        let chain = walked(&cut);
        assert_eq!((chain.gaps, chain.broken), (vec![(2, 3)], vec![]));
        let mut swapped = rows();
        let (two, three) = (swapped[1].clone(), swapped[2].clone());
        (swapped[1], swapped[2]) = (Row { seq: 2, ..three }, Row { seq: 3, ..two });
        assert_eq!(walked(&swapped).broken.first(), Some(&2));
    }

    #[test]
    fn without_the_key_no_row_can_be_forged() {
        let mut rows = rows();
        rows[4].object = "BRT2411009".into();
        rows[4].hash = audit::seal(b"lain", &rows[3].hash, &rows[4]);
        assert_eq!(walked(&rows).broken, [5]);
    }
}
