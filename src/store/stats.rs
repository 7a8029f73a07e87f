//! Figures for charts and the dashboard. They come from sums that are kept, or are counted up to a
//! limit; nothing here reads all reports.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::db::{Db, Run, sql};
use crate::domain::status::Status;
use crate::store::Result;
use crate::store::tally::ALWAYS;

/// What a figure is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Reports accepted a day, as `2024-09-17`.
    Day,
    /// Reports accepted a week of ISO 8601, as `2024-W38`.
    Week,
    /// Reports accepted a month, as `2024-09`.
    Month,
    /// Reports by category; empty for none.
    Category,
    /// Reports by the reporter's unit; empty for none.
    Unit,
    /// Tasks by the officer's id, on the day they were given.
    Tbo,
    /// Reports by what their status is now.
    Status,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    pub key: String,
    pub count: i64,
}

/// What needs looking at, counted to a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Every status and how many reports are in it.
    pub statuses: Vec<(Status, i64)>,
    pub unread: i64,
    /// Past their deadline while their clock runs.
    pub overdue: i64,
    /// Close to it.
    pub near: i64,
    /// Past the time of a first answer without one.
    pub unanswered: i64,
    /// Not finished and nobody's task.
    pub unassigned: i64,
    /// Letters that need a person.
    pub failed: i64,
}

impl By {
    /// Every way to count.
    pub const ALL: [Self; 7] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Category,
        Self::Unit,
        Self::Tbo,
        Self::Status,
    ];

    /// Returns the word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Category => "category",
            Self::Unit => "unit",
            Self::Tbo => "tbo",
            Self::Status => "status",
        }
    }

    /// Returns the sum that it is counted from.
    const fn metric(self) -> &'static str {
        match self {
            Self::Day | Self::Week | Self::Month => "created",
            other => other.as_str(),
        }
    }

    const fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month)
    }

    /// Returns the stretch of time that a day is in.
    fn stretch(self, day: Date) -> String {
        match self {
            Self::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
            _ => day.to_string(),
        }
    }
}

/// Returns the first and the last day on which a report was accepted.
pub async fn days(run: impl Run) -> Result<Option<(Date, Date)>> {
    let select = sql("SELECT MIN(day), MAX(day) FROM tally WHERE metric = 'created' AND n <> 0");
    let row: Option<(Option<String>, Option<String>)> = run.first(select).await?;
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Ok(row.and_then(|(first, last)| day(first).zip(day(last))))
}

/// Returns the figures of the days from the first to the last.
///
/// Stretches of time come in their order and without gaps, statuses in theirs, everything else by
/// falling count.
pub async fn stats(run: impl Run, (from, to): (Date, Date), by: By) -> Result<Vec<Row>> {
    let select = sql(
        "SELECT CASE WHEN metric = 'created' THEN day ELSE key END AS name, \
         CAST(SUM(n) AS BIGINT) AS total FROM tally \
         WHERE metric = $1 AND day >= $2 AND day <= $3 \
         GROUP BY CASE WHEN metric = 'created' THEN day ELSE key END",
    );
    let select = select
        .bind(by.metric())
        .bind(from.to_string())
        .bind(to.to_string());
    let sums: Vec<(String, i64)> = run.all(select).await?;
    Ok(rows(sums, (from, to), by))
}

fn rows(sums: Vec<(String, i64)>, days: (Date, Date), by: By) -> Vec<Row> {
    if by.is_time() {
        return stretches(&sums, days, by);
    }
    let mut rows: Vec<Row> = if by == By::Status {
        let known = |status: Status| sums.iter().find(|(key, _)| key == status.as_str());
        let row = |status: Status| Row {
            key: status.as_str().to_owned(),
            count: known(status).map_or(0, |(_, count)| *count),
        };
        return Status::ALL.into_iter().map(row).collect();
    } else {
        sums.into_iter()
            .map(|(key, count)| Row { key, count })
            .collect()
    };
    rows.retain(|row| row.count != 0);
    rows.sort_by(|one, other| {
        other
            .count
            .cmp(&one.count)
            .then_with(|| one.key.cmp(&other.key))
    });
    rows
}

/// Adds the days up to the stretches they are in; one in which nothing happened is there too.
fn stretches(sums: &[(String, i64)], (from, to): (Date, Date), by: By) -> Vec<Row> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for day in from.series(1.day()).take_while(|day| *day <= to) {
        counts.entry(by.stretch(day)).or_default();
    }
    for (day, count) in sums {
        if let Ok(day) = day.parse() {
            *counts.entry(by.stretch(day)).or_default() += count;
        }
    }
    counts
        .into_iter()
        .map(|(key, count)| Row { key, count })
        .collect()
}

/// Returns what the dashboard shows; what is counted is counted to one more than `up_to`.
pub async fn board(db: &Db, now: i64, up_to: i64) -> Result<Board> {
    let (statuses, unread) = totals(db).await?;
    let late = sql(
        "SELECT COUNT(*) FROM (SELECT r.paused_at FROM report r WHERE r.finished_at IS NULL \
         AND r.deleted_at IS NULL AND r.due_at < $1 ORDER BY r.due_at LIMIT $2) o \
         WHERE o.paused_at IS NULL",
    );
    let near = sql(
        "SELECT COUNT(*) FROM (SELECT r.paused_at, r.near_at FROM report r \
         WHERE r.finished_at IS NULL AND r.deleted_at IS NULL AND r.due_at >= $1 \
         ORDER BY r.due_at LIMIT $2) o WHERE o.paused_at IS NULL AND o.near_at <= $1",
    );
    let unanswered = sql(
        "SELECT COUNT(*) FROM (SELECT r.response_due_at, r.finished_at, r.deleted_at \
         FROM report r WHERE r.responded_at IS NULL ORDER BY r.created_at DESC LIMIT $2) o \
         WHERE o.finished_at IS NULL AND o.deleted_at IS NULL AND o.response_due_at < $1",
    );
    let unassigned = sql(
        "SELECT COUNT(*) FROM (SELECT r.id FROM report r WHERE r.finished_at IS NULL \
         AND r.deleted_at IS NULL ORDER BY r.due_at LIMIT $1) o WHERE NOT EXISTS \
         (SELECT 1 FROM assignment a WHERE a.report_id = o.id AND a.removed_at IS NULL)",
    );
    let failed = sql(
        "SELECT COUNT(*) FROM (SELECT o.id FROM outbox o WHERE o.state = 'failed' AND o.state IN \
         ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled') LIMIT $1) f",
    );
    let most = up_to.saturating_add(1);
    Ok(Board {
        statuses,
        unread,
        overdue: one(db, late.bind(now).bind(most)).await?,
        near: one(db, near.bind(now).bind(most)).await?,
        unanswered: one(db, unanswered.bind(now).bind(most)).await?,
        unassigned: one(db, unassigned.bind(most)).await?,
        failed: one(db, failed.bind(most)).await?,
    })
}

async fn one(db: &Db, count: crate::db::Sql) -> Result<i64> {
    let row: Option<(i64,)> = db.first(count).await?;
    Ok(row.map_or(0, |(n,)| n))
}

/// Returns how many reports are in each status, and how many nobody has read.
async fn totals(db: &Db) -> Result<(Vec<(Status, i64)>, i64)> {
    let select =
        sql("SELECT metric, key, n FROM tally WHERE metric IN ('status', 'unread') AND day = $1");
    let sums: Vec<(String, String, i64)> = db.all(select.bind(ALWAYS)).await?;
    let sum = |metric: &str, key: &str| {
        let found = sums.iter().find(|sum| sum.0 == metric && sum.1 == key);
        found.map_or(0, |sum| sum.2)
    };
    let statuses = Status::ALL.map(|status| (status, sum("status", status.as_str())));
    Ok((statuses.to_vec(), sum("unread", "")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{By, Row, rows};

    fn counted(sums: &[(&str, i64)], by: By) -> Vec<(String, i64)> {
        let sums = sums
            .iter()
            .map(|(key, n)| ((*key).to_owned(), *n))
            .collect();
        let rows = rows(sums, (date(2024, 12, 28), date(2025, 1, 7)), by);
        rows.into_iter()
            .map(|Row { key, count }| (key, count))
            .collect()
    }

    #[test]
    fn weeks_are_those_of_the_iso_calendar_and_empty_ones_are_there() {
        let weeks = counted(
            &[("2024-12-30", 2), ("2025-01-01", 3), ("2025-01-06", 4)],
            By::Week,
        );
        let expected = [("2024-W52", 0), ("2025-W01", 5), ("2025-W02", 4)];
        assert_eq!(weeks, expected.map(|(key, n)| (key.to_owned(), n)));
    }

    #[test]
    fn months_and_days_have_no_gaps() {
        let months = counted(&[("2025-01-02", 1)], By::Month);
        assert_eq!(
            months,
            [("2024-12".to_owned(), 0), ("2025-01".to_owned(), 1)]
        );
        assert_eq!(counted(&[], By::Day).len(), 11);
    }

    #[test]
    fn names_come_by_falling_count_and_statuses_in_their_order() {
        let units = counted(&[("A", 1), ("B", 3), ("C", 0), ("D", 3)], By::Unit);
        assert_eq!(
            units,
            [("B", 3), ("D", 3), ("A", 1)].map(|(k, n)| (k.to_owned(), n))
        );
        let statuses = counted(&[("done", 7)], By::Status);
        assert_eq!(statuses[0], ("new".to_owned(), 0));
        assert_eq!(statuses[3], ("done".to_owned(), 7));
    }
}
