//! A report's clock: its deadlines move when it rests, and stop when it ends.

use jiff::Timestamp;

use crate::action::Work;
use crate::desk::{Settings, timestamp};
use crate::domain::status::Status;
use crate::domain::target::{self, Clock};
use crate::store::report::Report;

/// Turns the clock of a report that goes to another status.
pub(super) fn turn(work: &Work<'_>, report: &mut Report, to: Status) {
    let (calendar, now) = (&work.settings.calendar, work.moment());
    let mut clock = clock_of(report);
    match to {
        Status::Pending => clock.pause(now),
        Status::InProgress if report.status.is_closed() => clock.reopen(calendar, now),
        Status::New | Status::InProgress => clock.resume(calendar, now),
        _ => clock.finish(calendar, now),
    }
    report.paused_at = clock.paused_at.map(Timestamp::as_millisecond);
    report.finished_at = clock.finished_at.map(Timestamp::as_millisecond);
    report.paused_work_ms = clock.paused_work_ms;
    report.work_ms = clock
        .finished_at
        .map(|at| i64::try_from(clock.used(calendar, at).as_millis()).unwrap_or(i64::MAX));
    deadlines(&work.settings, report);
}

/// Computes a report's deadlines anew, after a pause or a change of priority.
pub fn deadlines(settings: &Settings, report: &mut Report) {
    let target = settings.targets.of(report.priority);
    let deadlines = target::due_after_pause(&settings.calendar, target, &clock_of(report));
    report.response_due_at = deadlines.respond_at.as_millisecond();
    report.near_at = deadlines.near_at.as_millisecond();
    report.due_at = deadlines.due_at.as_millisecond();
}

fn clock_of(report: &Report) -> Clock {
    Clock {
        accepted_at: timestamp(report.created_at),
        paused_at: report.paused_at.map(timestamp),
        paused_work_ms: report.paused_work_ms,
        finished_at: report.finished_at.map(timestamp),
    }
}
