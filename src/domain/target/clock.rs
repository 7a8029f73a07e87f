//! The clock of a report: when it started, what it rested, when it stopped.

use jiff::{SignedDuration, Timestamp};

use crate::domain::worktime::Calendar;

/// What a report's deadlines are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When the report was accepted.
    pub accepted_at: Timestamp,
    /// Since when it has been Pending, if it is.
    pub paused_at: Option<Timestamp>,
    /// Working time that ended pauses have taken, in milliseconds.
    pub paused_work_ms: i64,
    /// When it was finished, if it is.
    pub finished_at: Option<Timestamp>,
}

impl Clock {
    /// Starts a clock that has never rested.
    pub fn started(accepted_at: Timestamp) -> Self {
        Self {
            accepted_at,
            paused_at: None,
            paused_work_ms: 0,
            finished_at: None,
        }
    }

    /// Lets the clock rest from `at` on; one that rests or has stopped stays as it is.
    pub fn pause(&mut self, at: Timestamp) {
        if self.finished_at.is_none() {
            self.paused_at.get_or_insert(at);
        }
    }

    /// Ends a rest; the deadlines have to be computed anew.
    pub fn resume(&mut self, calendar: &Calendar, at: Timestamp) {
        if let Some(since) = self.paused_at.take() {
            self.rest(calendar, since, at);
        }
    }

    /// Stops the clock, which ends a rest too; the deadlines have to be computed anew.
    pub fn finish(&mut self, calendar: &Calendar, at: Timestamp) {
        self.resume(calendar, at);
        self.finished_at.get_or_insert(at);
    }

    /// Starts a stopped clock again; the time it stood still counts as rest.
    pub fn reopen(&mut self, calendar: &Calendar, at: Timestamp) {
        if let Some(since) = self.finished_at.take() {
            self.rest(calendar, since, at);
        }
    }

    /// Returns since when the clock has not been running, if it rests or has stopped.
    pub fn stopped_at(&self) -> Option<Timestamp> {
        self.finished_at.into_iter().chain(self.paused_at).min()
    }

    /// Returns the working time used up to `now`, rests left out.
    pub fn used(&self, calendar: &Calendar, now: Timestamp) -> SignedDuration {
        let until = self.stopped_at().map_or(now, |stopped| stopped.min(now));
        let passed = calendar.between(self.accepted_at, until);
        (passed - SignedDuration::from_millis(self.paused_work_ms)).max(SignedDuration::ZERO)
    }

    /// A step that came late may carry an earlier time; it takes nothing back.
    fn rest(&mut self, calendar: &Calendar, since: Timestamp, until: Timestamp) {
        let rested = calendar.between(since, until).as_millis().max(0);
        self.paused_work_ms += i64::try_from(rested).expect("working time of our era fits");
    }
}
