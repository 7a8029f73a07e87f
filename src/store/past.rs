//! Rows of what is over: brought in whole, with their history, instead of written as it happens.

use crate::db::{Bulk, Tx, search};
use crate::store::assignment::Assignment;
use crate::store::message::Message;
use crate::store::outbox::Letter;
use crate::store::progress::Progress;
use crate::store::report::Report;
use crate::store::step::Step;
use crate::store::{Result, step};

/// Rows on their way into the tables.
#[derive(Debug)]
pub struct Past {
    messages: Bulk,
    keys: Bulk,
    reports: Bulk,
    words: Vec<(i64, String)>,
    steps: Bulk,
    assignments: Bulk,
    progress: Bulk,
    letters: Bulk,
}

impl Default for Past {
    fn default() -> Self {
        Self {
            messages: Bulk::new(MESSAGES, 19),
            keys: Bulk::new("INSERT INTO message_key (key)", 1).tail("ON CONFLICT DO NOTHING"),
            reports: Bulk::new(REPORTS, 37),
            words: Vec::new(),
            steps: step::bulk(),
            assignments: Bulk::new(ASSIGNMENTS, 9),
            progress: Bulk::new(PROGRESS, 11),
            letters: Bulk::new(LETTERS, 26),
        }
    }
}

const MESSAGES: &str = "INSERT INTO message (id, delivery_id, channel, contact_id, address, name, \
     phone, at, sent_at, kind, text, gateway_id, location, extra, reason, report_id, track_id, \
     handled_at, handled_by)";
const REPORTS: &str = "INSERT INTO report (id, track_id, status, category, priority, text, note, \
     search, channel, contact_id, address, message_id, reporter_name, reporter_phone, employee_id, \
     department, unit, created_at, updated_at, touched_at, read, step_count, response_due_at, \
     responded_at, near_at, due_at, paused_at, paused_work_ms, finished_at, work_ms, confirmed_at, \
     rating, comment, awaiting_validation, reopened, parent_id, deleted_at)";
const ASSIGNMENTS: &str = "INSERT INTO assignment (id, report_id, staff_id, at, by, note, status, \
     started_at, done_at)";
const PROGRESS: &str = "INSERT INTO progress (id, report_id, staff_id, by, at, text, public, \
     message_id, validated_by, validated_at, correction)";
const LETTERS: &str = "INSERT INTO outbox (id, channel, address, contact_id, staff_id, report_id, \
     message_id, kind, text, payload, quote, source, lane, state, created_at, due_at, worker, \
     epoch, attempts, ambiguous, last_error, gateway_id, sent_at, delivered_at, read_at, by)";

impl Past {
    /// Adds a message and the key by which a repeat of it is known.
    pub fn message(&mut self, message: &Message, key: &str) {
        self.keys.row([key.into()]);
        self.messages.row([
            message.id.into(),
            (&message.delivery_id).into(),
            (&message.channel).into(),
            message.contact_id.into(),
            (&message.address).into(),
            (&message.name).into(),
            message.phone.as_deref().into(),
            message.at.into(),
            message.sent_at.into(),
            (&message.kind).into(),
            (&message.text).into(),
            message.gateway_id.as_deref().into(),
            message.location.as_deref().into(),
            message.extra.as_deref().into(),
            message.reason.as_deref().into(),
            message.report_id.into(),
            message.track_id.as_deref().into(),
            message.handled_at.into(),
            message.handled_by.as_deref().into(),
        ]);
    }

    /// Adds a report as it stands, to the search index too; the sums are for the caller to keep.
    pub fn report(&mut self, report: &Report) {
        self.words.push((report.id, report.search.clone()));
        self.reports.row([
            report.id.into(),
            (&report.track_id).into(),
            report.status.as_str().into(),
            report.category.as_deref().into(),
            report.priority.as_str().into(),
            (&report.text).into(),
            (&report.note).into(),
            (&report.search).into(),
            (&report.channel).into(),
            report.contact_id.into(),
            report.address.as_deref().into(),
            report.message_id.into(),
            (&report.reporter_name).into(),
            report.reporter_phone.as_deref().into(),
            report.employee_id.as_deref().into(),
            (&report.department).into(),
            (&report.unit).into(),
            report.created_at.into(),
            report.updated_at.into(),
            report.touched_at.into(),
            report.read.into(),
            report.step_count.into(),
            report.response_due_at.into(),
            report.responded_at.into(),
            report.near_at.into(),
            report.due_at.into(),
            report.paused_at.into(),
            report.paused_work_ms.into(),
            report.finished_at.into(),
            report.work_ms.into(),
            report.confirmed_at.into(),
            report.rating.into(),
            report.comment.as_deref().into(),
            report.awaiting_validation.into(),
            report.reopened.into(),
            report.parent_id.into(),
            report.deleted_at.into(),
        ]);
    }

    /// Adds a step.
    pub fn step(&mut self, step: &Step) {
        step::add(&mut self.steps, step);
    }

    /// Adds a task as it stands.
    pub fn assignment(&mut self, task: &Assignment) {
        self.assignments.row([
            task.id.into(),
            task.report_id.into(),
            (&task.staff_id).into(),
            task.at.into(),
            (&task.by).into(),
            (&task.note).into(),
            task.status.as_str().into(),
            task.started_at.into(),
            task.done_at.into(),
        ]);
    }

    /// Adds a progress entry with its verdict.
    pub fn progress(&mut self, entry: &Progress) {
        self.progress.row([
            entry.id.into(),
            entry.report_id.into(),
            entry.staff_id.as_deref().into(),
            (&entry.by).into(),
            entry.at.into(),
            (&entry.text).into(),
            entry.public.into(),
            entry.message_id.into(),
            entry.validated_by.as_deref().into(),
            entry.validated_at.into(),
            entry.correction.as_deref().into(),
        ]);
    }

    /// Adds a letter as it ended.
    pub fn letter(&mut self, letter: &Letter) {
        self.letters.row([
            letter.id.into(),
            (&letter.channel).into(),
            (&letter.address).into(),
            letter.contact_id.into(),
            letter.staff_id.as_deref().into(),
            letter.report_id.into(),
            letter.message_id.into(),
            (&letter.kind).into(),
            (&letter.text).into(),
            letter.payload.as_deref().into(),
            letter.quote.as_deref().into(),
            (&letter.source).into(),
            letter.lane.into(),
            (&letter.state).into(),
            letter.created_at.into(),
            letter.due_at.into(),
            (&letter.worker).into(),
            letter.epoch.into(),
            letter.attempts.into(),
            letter.ambiguous.into(),
            letter.last_error.as_deref().into(),
            letter.gateway_id.as_deref().into(),
            letter.sent_at.into(),
            letter.delivered_at.into(),
            letter.read_at.into(),
            (&letter.by).into(),
        ]);
    }

    /// Writes everything into the transaction.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        self.keys.write(tx).await?;
        self.messages.write(tx).await?;
        self.reports.write(tx).await?;
        search::add(tx, self.words).await?;
        self.steps.write(tx).await?;
        self.assignments.write(tx).await?;
        self.progress.write(tx).await?;
        self.letters.write(tx).await?;
        Ok(())
    }
}
