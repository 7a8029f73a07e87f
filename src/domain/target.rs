//! Targets in working time by priority, the deadlines they give a report, and its SLA.
//!
//! Deadlines are instants stored with the report, so that a query can compare them with the
//! clock; they move on only when a pause ends. What a moment in between means says `Sla`.

mod clock;
mod sla;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::priority::Priority;
use super::worktime::Calendar;

pub use clock::Clock;
pub use sla::{Sla, sla_at};

/// How much of the completion target may be used before a report counts as near its deadline.
const NEAR_PERCENT: i64 = 80;

/// How fast a report is to be answered and finished, in minutes of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// Until the first response.
    pub response_minutes: u32,
    /// Until the work is done.
    pub completion_minutes: u32,
}

impl Default for Target {
    fn default() -> Self {
        Self {
            response_minutes: 2 * 60,
            completion_minutes: 48 * 60,
        }
    }
}

/// The target of every priority, as the settings hold them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// For what may wait.
    pub low: Target,
    /// For ordinary reports.
    pub normal: Target,
    /// For what goes first.
    pub high: Target,
    /// For emergencies.
    pub urgent: Target,
}

impl Targets {
    /// Returns the target of a priority.
    pub fn of(&self, priority: Priority) -> Target {
        match priority {
            Priority::Low => self.low,
            Priority::Normal => self.normal,
            Priority::High => self.high,
            Priority::Urgent => self.urgent,
        }
    }
}

/// The moments by which something should have happened to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// When the first response is due.
    pub respond_at: Timestamp,
    /// When it becomes near: most of the completion target is used.
    pub near_at: Timestamp,
    /// When the work is due.
    pub due_at: Timestamp,
}

/// Returns the deadlines of a report just accepted.
pub fn due(
    calendar: &Calendar,
    targets: &Targets,
    priority: Priority,
    accepted_at: Timestamp,
) -> Deadlines {
    due_after_pause(calendar, targets.of(priority), &Clock::started(accepted_at))
}

/// Returns the deadlines of a report that has rested for some working time since acceptance.
///
/// Also right after a change of priority: pass the new target.
pub fn due_after_pause(calendar: &Calendar, target: Target, clock: &Clock) -> Deadlines {
    let response = minutes(target.response_minutes);
    let completion = minutes(target.completion_minutes);
    let rested = SignedDuration::from_millis(clock.paused_work_ms.max(0));
    let after = |working: SignedDuration| calendar.add(clock.accepted_at, rested + working);
    Deadlines {
        respond_at: after(response),
        near_at: after(SignedDuration::from_secs(
            completion.as_secs() * NEAR_PERCENT / 100,
        )),
        due_at: after(completion),
    }
}

fn minutes(count: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(count))
}

/// Returns n of the book's `H+n`: whole days of 24 hours from acceptance to `until`.
pub fn ts_days(accepted_at: Timestamp, until: Timestamp) -> i64 {
    until.duration_since(accepted_at).as_hours().max(0) / 24
}

#[cfg(test)]
mod tests;
