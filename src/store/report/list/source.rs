//! Where an index knows which reports a question is true of: statements whose `hit`s are ids.
//!
//! They are written as the indexes are; `SQLite` uses a partial index only for the condition it
//! was made with. A hit may come twice, may be deleted, and may for some questions be wrong, so
//! every report found this way is still asked the whole condition.

use crate::db::{Db, Sql, search};
use crate::domain::filter::{DateField, HasWord, SendWord, SlaWord};
use crate::store::page::like;

use super::DAY_MS;
use super::cond::{Column, Test};
use super::test::{Asking, sent};

impl Test {
    /// Tells whether the hits are exactly the reports that are listed, each once.
    pub(super) const fn is_counted_by_index(&self) -> bool {
        matches!(
            self,
            Self::Column(..) | Self::Between(..) | Self::Read(_) | Self::Response(..)
        )
    }
}

impl Asking<'_> {
    /// Adds the statement that finds the reports of a question, or returns `None` where no index
    /// helps.
    pub(super) fn source(self, statement: Sql, test: &Test) -> Option<Sql> {
        let statement = match test {
            Test::Words(words) => self.words(statement, words)?,
            Test::Reporter(start) => self.words(statement, &like::words(start))?,
            Test::Column(column, values) => column_in(statement, *column, values)?,
            Test::Assigned(staff) => assigned(statement, staff)?,
            Test::Phone(first, last) => phone(statement, first, last),
            Test::Track(number) => statement.push_bind(
                "SELECT r.id AS hit FROM report r WHERE r.track_id = ",
                number,
            ),
            Test::Tail(digits) => tail(statement, digits)?,
            Test::Between(field, from, to) => between(statement, *field, (*from, *to)),
            Test::Response(least, most) => self.response_source(statement, *least, *most),
            Test::Sla(word) => self.sla_source(statement, *word)?,
            Test::Has(word) => has(statement, *word),
            Test::Sent(word) => letters(statement, *word)?,
            Test::Read(read) => statement
                .push("SELECT r.id AS hit FROM report r WHERE ")
                .push(if *read {
                    "r.read = TRUE"
                } else {
                    "r.read = FALSE"
                }),
            Test::WindowOpen => statement
                .push("SELECT r.id AS hit FROM contact c JOIN report r ON r.contact_id = c.id")
                .push_bind(" WHERE c.last_in_at > ", self.scope.now_ms() - DAY_MS),
            Test::Running => statement.push(OPEN).push(" AND r.paused_at IS NULL"),
            Test::Phrase(_)
            | Test::Unassigned
            | Test::Finished
            | Test::Responded
            | Test::Categorised => return None,
        };
        Some(statement)
    }

    fn words(self, statement: Sql, words: &[String]) -> Option<Sql> {
        match self.db {
            Db::Sqlite { .. } if !words.is_empty() => Some(search::hits(statement, words)),
            _ => None,
        }
    }

    fn response_source(self, statement: Sql, least: i64, most: i64) -> Sql {
        let now = self.scope.now_ms();
        statement
            .push(LISTED)
            .push(" AND r.responded_at IS NOT NULL")
            .push_bind(" AND r.responded_at - r.created_at >= ", least)
            .push_bind(" AND r.responded_at - r.created_at <= ", most)
            .push(" UNION ALL ")
            .push(LISTED)
            .push(" AND r.responded_at IS NULL")
            .push_bind(" AND r.created_at >= ", now.saturating_sub(most))
            .push_bind(" AND r.created_at <= ", now.saturating_sub(least))
    }

    fn sla_source(self, statement: Sql, word: SlaWord) -> Option<Sql> {
        let now = self.scope.now_ms();
        let running = match word {
            SlaWord::Ok => return None,
            SlaWord::Breached => statement.push(OPEN).push_bind(" AND r.due_at < ", now),
            SlaWord::Near => statement
                .push(OPEN)
                .push_bind(" AND r.due_at >= ", now)
                .push_bind(" AND r.near_at <= ", now),
        };
        Some(running.push(
            " AND r.paused_at IS NULL UNION ALL SELECT r.id AS hit FROM report r \
             WHERE r.deleted_at IS NULL AND COALESCE(r.finished_at, r.paused_at) >= r.near_at",
        ))
    }
}

const LISTED: &str = "SELECT r.id AS hit FROM report r WHERE r.deleted_at IS NULL";

/// The reports that are not finished, as `report_due` has them.
const OPEN: &str = "SELECT r.id AS hit FROM report r WHERE r.finished_at IS NULL \
     AND r.deleted_at IS NULL";

fn column_in(statement: Sql, column: Column, values: &[String]) -> Option<Sql> {
    let statement = statement.push("SELECT r.id AS hit FROM report r WHERE");
    let statement = match column {
        _ if values.is_empty() => return Some(statement.push(" 1 = 0")),
        Column::Status => statement
            .push(" r.deleted_at IS NULL")
            .push_in(" AND r.status IN", values),
        Column::Priority if values.iter().all(|value| value != "normal") => statement
            .push(" AND r.priority <> 'normal'")
            .push_in(" AND r.priority IN", values),
        Column::Unit => statement.push_in(" AND r.unit IN", values),
        Column::Category if values.iter().all(|value| !value.is_empty()) => {
            statement.push_in(" AND r.category IN", values)
        }
        // What most reports are is found by going through them.
        Column::Priority | Column::Category => return None,
    };
    Some(statement)
}

fn assigned(statement: Sql, staff: &[String]) -> Option<Sql> {
    if staff.is_empty() {
        return Some(statement.push("SELECT r.id AS hit FROM report r WHERE 1 = 0"));
    }
    let statement = statement
        .push("SELECT a.report_id AS hit FROM assignment a WHERE a.removed_at IS NULL")
        .push_in(" AND a.staff_id IN", staff);
    Some(statement)
}

fn phone(statement: Sql, first: &str, last: &str) -> Sql {
    statement
        .push("SELECT r.id AS hit FROM contact c JOIN report r ON r.contact_id = c.id WHERE")
        .push_bind(" c.phone >= ", first)
        .push_bind(" AND c.phone <= ", last)
        .push(" UNION ALL SELECT r.id AS hit FROM report r WHERE r.contact_id IS NULL")
        .push_bind(" AND r.reporter_phone >= ", first)
        .push_bind(" AND r.reporter_phone <= ", last)
}

/// The index has the last three digits; fewer are those of very many reports.
fn tail(statement: Sql, digits: &str) -> Option<Sql> {
    let last = digits.get(digits.len().checked_sub(3)?..)?;
    let statement = statement
        .push(LISTED)
        .push_bind(" AND substr(r.track_id, length(r.track_id) - 2) = ", last)
        .push_bind(" AND r.track_id LIKE ", like::end(digits));
    Some(statement)
}

fn between(statement: Sql, field: DateField, (from, to): (i64, i64)) -> Sql {
    let (least, below) = match field {
        DateField::Created => (" AND r.created_at >= ", " AND r.created_at < "),
        DateField::Updated => (" AND r.updated_at >= ", " AND r.updated_at < "),
        DateField::Closed => (
            " r.finished_at IS NOT NULL AND r.finished_at >= ",
            " AND r.finished_at < ",
        ),
    };
    statement
        .push(LISTED)
        .push_bind(least, from)
        .push_bind(below, to)
}

fn has(statement: Sql, word: HasWord) -> Sql {
    match word {
        HasWord::Photo => {
            statement.push("SELECT m.report_id AS hit FROM media m WHERE m.report_id IS NOT NULL")
        }
        HasWord::Note => statement.push(
            "SELECT r.id AS hit FROM report r WHERE r.note <> '' \
             UNION ALL SELECT p.report_id AS hit FROM progress p",
        ),
        HasWord::Reply => statement.push(
            "SELECT o.report_id AS hit FROM outbox o WHERE o.source = 'manual' \
             AND o.report_id IS NOT NULL",
        ),
        HasWord::FailedSend => statement.push(TROUBLE).push(" AND o.state = 'failed'"),
    }
}

const TROUBLE: &str = "SELECT o.report_id AS hit FROM outbox o WHERE o.report_id IS NOT NULL \
     AND o.state IN ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled')";

const WAITING: &str = "SELECT o.report_id AS hit FROM outbox o WHERE o.report_id IS NOT NULL \
     AND o.state IN ('held', 'pending', 'sending', 'unknown', 'retry')";

fn letters(statement: Sql, word: SendWord) -> Option<Sql> {
    let from = match word {
        SendWord::Sent => return None,
        SendWord::Pending => WAITING,
        SendWord::Delivered | SendWord::Read => {
            "SELECT o.report_id AS hit FROM outbox o WHERE o.report_id IS NOT NULL \
             AND o.delivered_at IS NOT NULL"
        }
        _ => TROUBLE,
    };
    Some(sent(statement.push(from).push(" AND "), word))
}
