//! The orders of the list of reports.
//!
//! The first key of an order cuts the list into parts that follow one another: each status, what
//! is finished and what is not. Within a part an index gives the order, without sorting a million
//! rows, and no missing value has to be put before or behind the others.

use crate::domain::filter::{Field, Sort};
use crate::domain::lang::Lang;
use crate::domain::priority::Priority;
use crate::domain::status::Status;
use crate::store::page::Value;
use crate::store::page::keyset::Key;

use super::Listed;
use super::cond::{Column, Cond, Test};

/// A part of the list and the order in it.
#[derive(Debug)]
pub(super) struct Part {
    /// What the reports of this part have in common.
    pub(super) only: Cond,
    pub(super) keys: Vec<Key<Listed>>,
}

impl Part {
    /// Returns what an index that has the order of this part was made for.
    pub(super) fn hint(&self) -> &'static str {
        let Some(first) = self.keys.first() else {
            return "";
        };
        if first.expr == FINISHED.expr {
            " AND r.finished_at IS NOT NULL"
        } else if first.expr == RESPONSE.expr {
            " AND r.responded_at IS NOT NULL"
        } else if self.only == Cond::Is(Test::Running) {
            " AND r.finished_at IS NULL"
        } else if self.only == Cond::Is(Test::Unanswered) {
            " AND r.responded_at IS NULL"
        } else {
            ""
        }
    }

    /// Tells whether the newest come first, which some ways have for nothing.
    pub(super) fn newest(&self) -> bool {
        matches!(self.keys.as_slice(), [key] if key.expr == ID.expr && key.descending)
    }
}

/// Later than anything that happens.
const NEVER: i64 = 9_000_000_000_000_000;

const ID: Key<Listed> = Key::new("r.id", |row| Value::Int(row.report.id));
const CREATED: Key<Listed> = Key::new("r.created_at", |row| Value::Int(row.report.created_at));
const UPDATED: Key<Listed> = Key::new("r.updated_at", |row| Value::Int(row.report.updated_at));
const FINISHED: Key<Listed> = Key::new("r.finished_at", finished);
/// What has no value comes last, whichever way the values run.
const IS_OPEN: Key<Listed> = Key::new("CASE WHEN r.finished_at IS NULL THEN 1 ELSE 0 END", |row| {
    Value::Int(i64::from(row.report.finished_at.is_none()))
});
const ANY_FINISHED: Key<Listed> = Key::new("COALESCE(r.finished_at, 0)", finished);
const RESPONSE: Key<Listed> = Key::new("(r.responded_at - r.created_at)", response);
const ANY_RESPONSE: Key<Listed> = Key::new(
    "COALESCE(r.responded_at - r.created_at, 9000000000000000)",
    response,
);
const DUE: Key<Listed> = Key::new("r.due_at", due);
const ANY_DUE: Key<Listed> = Key::new(
    "CASE WHEN COALESCE(r.finished_at, r.paused_at, -1) = -1 THEN r.due_at \
     ELSE 9000000000000000 END",
    due,
);
const UNIT: Key<Listed> = Key::new("r.unit", |row| Value::Text(row.report.unit.clone()));
const CATEGORY: Key<Listed> = Key::new("r.category", category);
const HAS_NO_CATEGORY: Key<Listed> = Key::new(
    "CASE WHEN COALESCE(r.category, '') = '' THEN 1 ELSE 0 END",
    |row| Value::Int(i64::from(row.report.category.is_none())),
);
const ANY_CATEGORY: Key<Listed> = Key::new("COALESCE(r.category, '')", category);
const REPORTER: Key<Listed> = Key::new("lower(r.reporter_name)", |row: &Listed| {
    Value::Text(row.report.reporter_name.clone())
})
.around("lower(", ")");
const PRIORITY: Key<Listed> = Key::new(
    "CASE r.priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 WHEN 'high' THEN 2 ELSE 3 END",
    |row| place(&Priority::ALL, row.report.priority),
);
const STATUS: Key<Listed> = Key::new(
    "CASE r.status WHEN 'new' THEN 0 WHEN 'in_progress' THEN 1 WHEN 'pending' THEN 2 \
     WHEN 'done' THEN 3 WHEN 'cancelled' THEN 4 WHEN 'rejected' THEN 5 ELSE 6 END",
    |row| place(&Status::ALL, row.report.status),
);
const ASSIGNEE: Key<Listed> = Key::new(super::FIRST_STAFF, |row| {
    Value::Text(row.first_staff.clone())
});

const HAS_NO_STAFF: Key<Listed> = Key::new(
    "CASE WHEN EXISTS (SELECT 1 FROM assignment a WHERE a.report_id = r.id \
     AND a.removed_at IS NULL) THEN 0 ELSE 1 END",
    |row| Value::Int(i64::from(row.first_staff.is_empty())),
);

fn finished(row: &Listed) -> Value {
    Value::Int(row.report.finished_at.unwrap_or(0))
}

fn response(row: &Listed) -> Value {
    let report = &row.report;
    Value::Int(
        report
            .responded_at
            .map_or(NEVER, |at| at - report.created_at),
    )
}

fn due(row: &Listed) -> Value {
    let report = &row.report;
    let runs = report.finished_at.is_none() && report.paused_at.is_none();
    Value::Int(if runs { report.due_at } else { NEVER })
}

fn category(row: &Listed) -> Value {
    Value::Text(row.report.category.clone().unwrap_or_default())
}

fn place<T: PartialEq>(all: &[T], one: T) -> Value {
    let index = all
        .iter()
        .position(|known| *known == one)
        .unwrap_or(all.len());
    Value::Int(i64::try_from(index).unwrap_or(i64::MAX))
}

/// Returns the name of an order, by which a cursor is told from those of other orders.
pub(super) fn name(sort: &[Sort]) -> String {
    let keys = sort.iter().map(|sort| {
        let sign = if sort.descending { "-" } else { "" };
        format!("{sign}{}", sort.by.name(Lang::En))
    });
    keys.fold("reports".to_owned(), |name, key| format!("{name} {key}"))
}

/// Returns the parts of the list in an order; `staff` are the ids of all officers, sorted.
pub(super) fn parts(sort: &[Sort], staff: &[String]) -> Vec<Part> {
    let (first, rest) = match sort.split_first() {
        Some((first, rest)) => (cuts(*first, staff), rest),
        None => (vec![(Cond::All, None)], sort),
    };
    let part = |(only, key): (Cond, Option<Key<Listed>>)| {
        let keys = key
            .into_iter()
            .chain(rest.iter().flat_map(|sort| later(*sort)));
        Part {
            only,
            keys: closed(keys),
        }
    };
    first.into_iter().map(part).collect()
}

/// Ends an order with the id, which no two reports share; it runs the way of the key before it,
/// so that one index can serve both.
fn closed(keys: impl Iterator<Item = Key<Listed>>) -> Vec<Key<Listed>> {
    let mut kept: Vec<Key<Listed>> = Vec::new();
    for key in keys {
        kept.push(key);
        if key.expr == ID.expr {
            return kept;
        }
    }
    let descending = kept.last().is_none_or(|key| key.descending);
    kept.push(ID.turned(descending));
    kept
}

/// Cuts the list by its first key.
fn cuts(sort: Sort, staff: &[String]) -> Vec<(Cond, Option<Key<Listed>>)> {
    let down = sort.descending;
    let halves = |test: Test, yes: Option<Key<Listed>>, no: Option<Key<Listed>>| {
        let not = Cond::Not(Box::new(Cond::Is(test.clone())));
        vec![(Cond::Is(test), yes), (not, no)]
    };
    match sort.by {
        Field::Status => each(
            Column::Status,
            Status::ALL.map(Status::as_str).as_slice(),
            down,
        ),
        Field::Priority => each(
            Column::Priority,
            Priority::ALL.map(Priority::as_str).as_slice(),
            down,
        ),
        Field::Closed => turned(
            halves(Test::Unfinished, None, Some(FINISHED.turned(down))),
            true,
        ),
        Field::Category => halves(Test::Categorised, Some(CATEGORY.turned(down)), None),
        // The longest answers are those that have not been given.
        Field::Response => turned(
            halves(
                Test::Unanswered,
                Some(CREATED.turned(!down)),
                Some(RESPONSE.turned(down)),
            ),
            !down,
        ),
        Field::Sla => turned(halves(Test::Running, Some(DUE.turned(down)), None), down),
        Field::Assignee => officers(staff, down),
        other => vec![(Cond::All, Some(key(other).turned(down)))],
    }
}

fn turned<T>(mut parts: Vec<T>, turn: bool) -> Vec<T> {
    if turn {
        parts.reverse();
    }
    parts
}

/// Cuts the list by the values of a column.
fn each(column: Column, values: &[&str], down: bool) -> Vec<(Cond, Option<Key<Listed>>)> {
    let one = |value: &&str| {
        (
            Cond::Is(Test::Column(column, vec![(*value).to_owned()])),
            None,
        )
    };
    turned(values.iter().map(one).collect(), down)
}

/// Cuts the list by the first officer of each report; those without one come last.
fn officers(staff: &[String], down: bool) -> Vec<(Cond, Option<Key<Listed>>)> {
    let one = |(index, id): (usize, &String)| {
        let mine = Cond::Is(Test::Assigned(vec![id.clone()]));
        let earlier = Cond::Is(Test::Assigned(staff[..index].to_vec()));
        (Cond::and([mine, Cond::Not(Box::new(earlier))]), None)
    };
    let mut parts = turned(staff.iter().enumerate().map(one).collect(), down);
    parts.push((Cond::Is(Test::Unassigned), None));
    parts
}

/// Returns the keys that order within what an earlier key leaves equal.
fn later(sort: Sort) -> Vec<Key<Listed>> {
    let (missing, key) = match sort.by {
        Field::Closed => (Some(IS_OPEN), ANY_FINISHED),
        Field::Category => (Some(HAS_NO_CATEGORY), ANY_CATEGORY),
        Field::Assignee => (Some(HAS_NO_STAFF), ASSIGNEE),
        Field::Response => (None, ANY_RESPONSE),
        Field::Sla => (None, ANY_DUE),
        other => (None, key(other)),
    };
    missing
        .into_iter()
        .chain([key.turned(sort.descending)])
        .collect()
}

/// Returns the key of a field that every report has.
fn key(field: Field) -> Key<Listed> {
    match field {
        Field::Created => CREATED,
        // The oldest have been there longest.
        Field::Age => CREATED.turned(true),
        Field::Updated => UPDATED,
        Field::Unit => UNIT,
        Field::Reporter => REPORTER,
        Field::Priority => PRIORITY,
        Field::Status => STATUS,
        // The list cannot be sorted by anything else.
        _ => ID,
    }
}

#[cfg(test)]
mod tests {
    use super::{closed, name, parts};
    use crate::domain::filter::parse;
    use crate::domain::lang::Lang;

    fn order(sort: &str) -> Vec<Vec<(&'static str, bool)>> {
        let query = parse(sort, Lang::En).unwrap();
        let parts = parts(&query.sort, &["ADM01".into(), "ADM02".into()]);
        let keys = parts
            .iter()
            .map(|part| part.keys.iter().map(|key| (key.expr, key.descending)));
        keys.map(Iterator::collect).collect()
    }

    #[test]
    fn the_newest_come_first() {
        assert_eq!(order(""), [[("r.id", true)]]);
    }

    #[test]
    fn the_id_runs_the_way_of_the_key_before_it() {
        assert_eq!(order("sort:unit"), [[("r.unit", false), ("r.id", false)]]);
        assert_eq!(
            order("sort:-age"),
            [[("r.created_at", false), ("r.id", false)]]
        );
        assert_eq!(
            order("sort:age"),
            [[("r.created_at", true), ("r.id", true)]]
        );
    }

    #[test]
    fn nothing_is_ordered_behind_the_id() {
        assert_eq!(order("sort:-id,unit"), [[("r.id", true)]]);
        assert_eq!(closed(std::iter::empty()).len(), 1);
    }

    #[test]
    fn a_few_values_cut_the_list_into_parts() {
        assert_eq!(order("sort:status").len(), 7);
        assert_eq!(order("sort:assignee").len(), 3);
        assert_eq!(
            order("sort:-response"),
            [
                vec![("r.created_at", false), ("r.id", false)],
                vec![("(r.responded_at - r.created_at)", true), ("r.id", true)],
            ]
        );
    }

    #[test]
    fn orders_have_different_names() {
        let query = |text| parse(text, Lang::En).unwrap().sort;
        assert_eq!(name(&query("sort:-age,unit")), "reports -age unit");
        assert_eq!(name(&[]), "reports");
    }
}
