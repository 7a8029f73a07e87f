//! A condition in SQL, asked of a report `r` that is already at hand.
//!
//! Columns are written so that no index serves them (`r.unit || ''`): which way to go through the
//! reports is chosen in [`plan`](super::plan), and the engines' planners are not to be tempted by
//! a second one. Every question is answered by true or false, because `NOT` of an unknown answer
//! would lose rows.

use crate::db::{Db, Sql, search};
use crate::domain::filter::{DateField, HasWord, SendWord, SlaWord};
use crate::store::page::like;

use super::cond::{Column, Cond, Test};
use super::{DAY_MS, Scope};

/// What conditions are written with.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) db: &'a Db,
    pub(super) scope: &'a Scope,
}

impl Asking<'_> {
    /// Adds a condition.
    pub(super) fn cond(self, statement: Sql, cond: &Cond) -> Sql {
        match cond {
            Cond::All => statement.push("1 = 1"),
            Cond::And(all) => self.joined(statement, all, " AND "),
            Cond::Or(any) => self.joined(statement, any, " OR "),
            Cond::Not(part) => self.cond(statement.push("NOT ("), part).push(")"),
            Cond::Is(test) => self.test(statement, test),
        }
    }

    fn joined(self, mut statement: Sql, parts: &[Cond], between: &'static str) -> Sql {
        for (index, part) in parts.iter().enumerate() {
            statement = statement.push(if index == 0 { "(" } else { between });
            statement = self.cond(statement, part);
        }
        statement.push(")")
    }

    fn test(self, statement: Sql, test: &Test) -> Sql {
        match test {
            Test::Words(words) => search::matching(self.db, statement, words),
            Test::Phrase(words) => statement
                .push_bind("r.search LIKE ", like::part(words))
                .push(" ESCAPE '\\'"),
            Test::Column(column, values) => column_in(statement, *column, values),
            Test::Assigned(staff) => assigned(statement, staff),
            Test::Unassigned => statement.push(
                "NOT EXISTS (SELECT 1 FROM assignment a WHERE a.report_id = r.id \
                 AND a.removed_at IS NULL)",
            ),
            Test::Phone(first, last) => phone(statement, first, last),
            Test::Reporter(start) => self.reporter(statement, start),
            Test::Track(number) => statement.push_bind("r.track_id || '' = ", number),
            Test::Tail(digits) => statement.push_bind("r.track_id LIKE ", like::end(digits)),
            Test::Between(field, from, to) => between(statement, *field, (*from, *to)),
            Test::Response(least, most) => self.response(statement, *least, *most),
            Test::Sla(word) => self.sla(statement, *word),
            Test::Has(word) => has(statement, *word),
            Test::Sent(word) => {
                let statement =
                    statement.push("EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = r.id AND ");
                sent(statement, *word).push(")")
            }
            Test::Read(read) => statement.push(if *read { "r.read" } else { "NOT r.read" }),
            Test::WindowOpen => statement
                .push("EXISTS (SELECT 1 FROM contact c WHERE c.id = r.contact_id")
                .push_bind(" AND c.last_in_at > ", self.scope.now_ms() - DAY_MS)
                .push(")"),
            Test::Running => statement.push(RUNNING),
            Test::Unfinished => statement.push("COALESCE(r.finished_at, -1) = -1"),
            Test::Categorised => statement.push("COALESCE(r.category, '') <> ''"),
            Test::Unanswered => statement.push("COALESCE(r.responded_at, -1) = -1"),
        }
    }

    /// The words of a name are in the searched text; PostgreSQL finds them there.
    fn reporter(self, statement: Sql, start: &str) -> Sql {
        if start.is_empty() {
            return statement.push("r.reporter_name = ''");
        }
        let words = like::words(start);
        let statement = match self.db {
            Db::Postgres(_) if !words.is_empty() => {
                search::matching(self.db, statement.push("("), &words).push(" AND ")
            }
            _ => statement.push("("),
        };
        statement
            .push_bind(
                "lower(r.reporter_name) LIKE ",
                like::loose(&like::start(start)),
            )
            .push(" ESCAPE '\\')")
    }

    fn response(self, statement: Sql, least: i64, most: i64) -> Sql {
        let now = self.scope.now_ms();
        statement
            .push_bind("(COALESCE(r.responded_at, ", now)
            .push_bind(") - r.created_at >= ", least)
            .push_bind(" AND COALESCE(r.responded_at, ", now)
            .push_bind(") - r.created_at <= ", most)
            .push(")")
    }

    fn sla(self, statement: Sql, word: SlaWord) -> Sql {
        let now = self.scope.now_ms();
        let at = statement.push_bind("(COALESCE(r.finished_at, r.paused_at, ", now);
        match word {
            SlaWord::Breached => at.push(") > r.due_at)"),
            SlaWord::Near => at
                .push_bind(
                    ") >= r.near_at AND COALESCE(r.finished_at, r.paused_at, ",
                    now,
                )
                .push(") <= r.due_at)"),
            SlaWord::Ok => at
                .push_bind(
                    ") < r.near_at AND COALESCE(r.finished_at, r.paused_at, ",
                    now,
                )
                .push(") <= r.due_at)"),
        }
    }
}

/// The clock of a report runs until it rests or stops.
pub(super) const RUNNING: &str = "COALESCE(r.finished_at, r.paused_at, -1) = -1";

fn column_in(statement: Sql, column: Column, values: &[String]) -> Sql {
    if values.is_empty() {
        return statement.push("1 = 0");
    }
    let name = match column {
        Column::Status => "r.status || '' IN",
        Column::Priority => "r.priority || '' IN",
        Column::Unit => "r.unit || '' IN",
        Column::Category => "COALESCE(r.category, '') IN",
    };
    statement.push_in(name, values)
}

fn assigned(statement: Sql, staff: &[String]) -> Sql {
    if staff.is_empty() {
        return statement.push("1 = 0");
    }
    statement
        .push("EXISTS (SELECT 1 FROM assignment a WHERE a.report_id = r.id ")
        .push("AND a.removed_at IS NULL AND")
        .push_in(" a.staff_id IN", staff)
        .push(")")
}

/// The phone is that of the contact; a report without one has its own.
fn phone(statement: Sql, first: &str, last: &str) -> Sql {
    statement
        .push("(EXISTS (SELECT 1 FROM contact c WHERE c.id = r.contact_id")
        .push_bind(" AND c.phone >= ", first)
        .push_bind(" AND c.phone <= ", last)
        .push(") OR (r.contact_id IS NULL")
        .push_bind(" AND COALESCE(r.reporter_phone, '') >= ", first)
        .push_bind(" AND COALESCE(r.reporter_phone, '') <= ", last)
        .push("))")
}

fn between(statement: Sql, field: DateField, (from, to): (i64, i64)) -> Sql {
    let (least, below) = match field {
        DateField::Created => ("(r.created_at + 0 >= ", " AND r.created_at + 0 < "),
        DateField::Updated => ("(r.updated_at + 0 >= ", " AND r.updated_at + 0 < "),
        // What has not been closed is before every moment and none of them.
        DateField::Closed => (
            "(COALESCE(r.finished_at, -1) <> -1 AND r.finished_at + 0 >= ",
            " AND r.finished_at + 0 < ",
        ),
    };
    statement
        .push_bind(least, from)
        .push_bind(below, to)
        .push(")")
}

fn has(statement: Sql, word: HasWord) -> Sql {
    match word {
        HasWord::Photo => statement.push("EXISTS (SELECT 1 FROM media m WHERE m.report_id = r.id)"),
        HasWord::Note => statement.push(
            "(r.note || '' <> '' OR EXISTS (SELECT 1 FROM progress p WHERE p.report_id = r.id))",
        ),
        HasWord::Reply => statement.push(
            "EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = r.id AND o.source = 'manual' \
             AND o.staff_id IS NULL)",
        ),
        HasWord::FailedSend => statement.push(
            "EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = r.id AND o.state = 'failed')",
        ),
    }
}

/// Adds the condition that a letter `o` is in a state. What the phone has, was sent too.
pub(in crate::store) fn sent(statement: Sql, word: SendWord) -> Sql {
    statement.push(match word {
        SendWord::Held => "o.state = 'held'",
        SendWord::Pending => "o.state = 'pending'",
        SendWord::Sending => "o.state = 'sending'",
        SendWord::Retry => "o.state = 'retry'",
        SendWord::Unknown => "o.state = 'unknown'",
        SendWord::Sent => "o.state = 'sent'",
        SendWord::Delivered => "(o.state = 'sent' AND o.delivered_at IS NOT NULL)",
        SendWord::Read => "(o.state = 'sent' AND o.read_at IS NOT NULL)",
        SendWord::Failed => "o.state = 'failed'",
        SendWord::Cancelled => "o.state = 'cancelled'",
    })
}
