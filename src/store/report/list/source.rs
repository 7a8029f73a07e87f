//! Where an index knows which reports a question is true of: statements whose `hit`s are ids.
//!
//! They are written as the indexes are: `SQLite` uses a partial index only for the condition it
//! was made with, and the fittest one only if its first column is compared with something. A hit
//! may come twice, may be deleted, and may for some questions be wrong, so every report found this
//! way is still asked the whole condition.

use crate::db::{Db, Sql, search};
use crate::domain::filter::{DateField, HasWord, SendWord, SlaWord};
use crate::store::page::like;

use super::DAY_MS;
use super::cond::{Column, Test};
use super::test::{Asking, sent};

/// Every report that is listed.
const LISTED: &str = "SELECT r.id AS hit FROM report r WHERE r.deleted_at IS NULL";

/// The reports that are not finished.
const OPEN: &str = "SELECT r.id AS hit FROM report r WHERE r.finished_at IS NULL \
     AND r.deleted_at IS NULL";

/// The reports whose clock rests, which only one that waits for something does.
const RESTING: &str = " AND r.paused_at IS NULL UNION ALL SELECT r.id AS hit FROM report r \
     WHERE r.deleted_at IS NULL AND r.status = 'pending' AND r.finished_at IS NULL";

/// The reports that were finished late, or nearly so.
const TIGHT: &str = " UNION ALL SELECT r.id AS hit FROM report r \
     WHERE r.finished_at >= r.near_at \
     AND (CASE WHEN r.finished_at > r.due_at THEN 1 ELSE 0 END) = ";

/// The reports with a letter that did not go out as it should.
const TROUBLE: &str = "SELECT o.report_id AS hit FROM outbox o \
     WHERE COALESCE(o.report_id, 0) <> 0 \
     AND o.state IN ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled') AND ";

/// The reports with a letter that has not gone out.
const WAITING: &str = "SELECT o.report_id AS hit FROM outbox o \
     WHERE COALESCE(o.report_id, 0) <> 0 AND o.address > '' \
     AND o.state IN ('held', 'pending', 'sending', 'unknown', 'retry') AND ";

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
        Some(match test {
            Test::Words(words) => self.words(statement, words)?,
            Test::Reporter(start) => self.words(statement, &like::words(start))?,
            Test::Column(column, values) => column_in(statement, *column, values)?,
            Test::Assigned(staff) => assigned(statement, staff),
            Test::Phone(first, last) => phone(statement, first, last),
            Test::Track(number) => {
                let statement = statement.push(LISTED);
                statement.push_bind(" AND r.track_id = ", number)
            }
            Test::Tail(digits) => tail(statement, digits)?,
            Test::Between(field, from, to) => between(statement, *field, (*from, *to)),
            Test::Response(least, most) => self.response_source(statement, *least, *most),
            Test::Sla(word) => self.sla_source(statement, *word)?,
            Test::Has(word) => has(statement, *word),
            Test::Sent(word) => letters(statement, *word)?,
            Test::Read(read) => {
                let read = if *read {
                    " AND r.read = TRUE"
                } else {
                    " AND r.read = FALSE"
                };
                statement.push(LISTED).push(read)
            }
            Test::WindowOpen => statement
                .push("SELECT r.id AS hit FROM contact c CROSS JOIN report r ")
                .push("WHERE r.contact_id = c.id")
                .push_bind(" AND c.last_in_at > ", self.scope.now_ms() - DAY_MS),
            Test::Running => {
                let statement = statement.push(OPEN);
                statement.push(" AND r.paused_at IS NULL AND r.due_at >= 0")
            }
            Test::Unfinished => statement.push(OPEN).push(" AND r.due_at >= 0"),
            Test::Unanswered => {
                let statement = statement.push(LISTED);
                statement.push(" AND r.responded_at IS NULL AND r.created_at >= 0")
            }
            Test::Phrase(_) | Test::Unassigned | Test::Categorised => return None,
        })
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
        Some(match word {
            SlaWord::Ok => return None,
            SlaWord::Breached => {
                let running = statement.push(OPEN).push_bind(" AND r.due_at < ", now);
                let resting = running.push(RESTING).push(" AND r.paused_at > r.due_at");
                resting.push(TIGHT).push("1")
            }
            SlaWord::Near => {
                let running = statement.push(OPEN).push_bind(" AND r.due_at >= ", now);
                let resting = running.push_bind(" AND r.near_at <= ", now).push(RESTING);
                let resting = resting.push(" AND r.paused_at >= r.near_at");
                resting
                    .push(" AND r.paused_at <= r.due_at")
                    .push(TIGHT)
                    .push("0")
            }
        })
    }
}

fn column_in(statement: Sql, column: Column, values: &[String]) -> Option<Sql> {
    let statement = statement.push(LISTED);
    let statement = match column {
        _ if values.is_empty() => statement.push(" AND 1 = 0"),
        Column::Status => statement.push_in(" AND r.status IN", values),
        Column::Priority if values.iter().all(|value| value != "normal") => {
            let statement = statement.push(" AND r.priority <> 'normal'");
            statement.push_in(" AND r.priority IN", values)
        }
        Column::Unit => statement.push_in(" AND r.unit IN", values),
        Column::Category if values.iter().all(|value| !value.is_empty()) => {
            statement.push_in(" AND r.category IN", values)
        }
        // What most reports are is found by going through them.
        Column::Priority | Column::Category => return None,
    };
    Some(statement)
}

fn assigned(statement: Sql, staff: &[String]) -> Sql {
    if staff.is_empty() {
        return statement.push(LISTED).push(" AND 1 = 0");
    }
    statement
        .push("SELECT a.report_id AS hit FROM assignment a WHERE a.removed_at IS NULL")
        .push_in(" AND a.staff_id IN", staff)
}

fn phone(statement: Sql, first: &str, last: &str) -> Sql {
    statement
        .push("SELECT r.id AS hit FROM contact c CROSS JOIN report r ")
        .push("WHERE r.contact_id = c.id")
        .push_bind(" AND c.phone >= ", first)
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
        .push_bind(" AND substr(r.track_id, length(r.track_id) - 2) = ", last);
    Some(if digits.len() == last.len() {
        statement
    } else {
        statement.push_bind(" AND r.track_id LIKE ", like::end(digits))
    })
}

/// Adds the condition that something happened in a stretch of time, as the indexes have it.
pub(super) fn within(statement: Sql, field: DateField, (from, to): (i64, i64)) -> Sql {
    let (least, below) = match field {
        DateField::Created => (" AND r.created_at >= ", " AND r.created_at < "),
        DateField::Updated => (" AND r.updated_at >= ", " AND r.updated_at < "),
        DateField::Closed => (
            " AND r.finished_at IS NOT NULL AND r.finished_at >= ",
            " AND r.finished_at < ",
        ),
    };
    statement.push_bind(least, from).push_bind(below, to)
}

fn between(statement: Sql, field: DateField, times: (i64, i64)) -> Sql {
    within(statement.push(LISTED), field, times)
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
        HasWord::FailedSend => statement.push(TROUBLE).push("o.state = 'failed'"),
    }
}

fn letters(statement: Sql, word: SendWord) -> Option<Sql> {
    let from = match word {
        // Most letters were sent.
        SendWord::Sent => return None,
        SendWord::Pending => WAITING,
        SendWord::Delivered | SendWord::Read => {
            "SELECT o.report_id AS hit FROM outbox o WHERE o.report_id IS NOT NULL \
             AND o.delivered_at IS NOT NULL AND "
        }
        _ => TROUBLE,
    };
    Some(sent(statement.push(from), word))
}
