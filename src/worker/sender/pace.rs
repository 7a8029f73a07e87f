//! How fast a channel may send: a ceiling for all, and pauses and a daily limit for what nobody
//! asked for. Answers wait for nothing but the ceiling.

use crate::action::notice;
use crate::desk::Desk;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// A new number reaches its daily limit over this many days, from this share of it on.
const WARM_UP_DAYS: i64 = 14;
const FIRST_SHARE: i64 = 10;

/// What a channel has sent lately, as far as its pace goes.
#[derive(Debug)]
pub(super) struct Pace {
    rate: f64,
    tokens: f64,
    counted_at: i64,
    gap: (i64, i64),
    notice_at: i64,
    per_day: i64,
    first_at: i64,
    day: i64,
    today: i64,
}

impl Pace {
    /// Starts with a full allowance.
    pub(super) fn new(desk: &Desk, channel: &str) -> Self {
        let settings = desk.settings();
        let found = settings
            .config
            .channel
            .iter()
            .find(|one| one.name == channel);
        let rate = found.map_or(0.0, |one| f64::from(one.rate_per_minute));
        let gap = found.map_or([0, 0], |one| one.notice_gap_seconds);
        let now = desk.clock.now();
        Self {
            rate,
            tokens: burst(rate),
            counted_at: now,
            gap: (i64::from(gap[0]) * 1000, i64::from(gap[1]) * 1000),
            notice_at: 0,
            per_day: found.map_or(0, |one| i64::from(one.notices_per_day)),
            first_at: now,
            day: now / DAY,
            today: 0,
        }
    }

    /// Tells since when the number has been sending and how many notices it sent today.
    pub(super) fn recall(&mut self, first_at: i64, today: i64) {
        self.first_at = first_at;
        self.today = today;
    }

    /// Returns how many letters of a lane may go now.
    pub(super) fn allows(&mut self, lane: i64, now: i64) -> usize {
        self.refill(now);
        let free = if self.rate > 0.0 {
            whole(self.tokens)
        } else {
            usize::MAX
        };
        if lane == notice::ANSWERS {
            return free;
        }
        if now < self.notice_at || (lane == notice::NOTICES && self.is_spent(now)) {
            return 0;
        }
        if self.gap.1 > 0 { free.min(1) } else { free }
    }

    /// Returns when the next letter of a lane may go.
    pub(super) fn ready_at(&self, lane: i64, now: i64) -> i64 {
        let passed = as_ms(now - self.counted_at);
        let tokens = self.tokens + passed * self.rate / as_ms(MINUTE);
        let wait = if self.rate > 0.0 && tokens < 1.0 {
            millis((1.0 - tokens) * as_ms(MINUTE) / self.rate)
        } else {
            0
        };
        let ready = now + wait;
        match lane {
            notice::ANSWERS => ready,
            notice::NOTICES if self.is_spent(now) => ready.max((now / DAY + 1) * DAY),
            _ => ready.max(self.notice_at),
        }
    }

    /// Returns true when the number of notices a day is limited.
    pub(super) fn counts_days(&self) -> bool {
        self.per_day > 0
    }

    /// Counts letters that were claimed.
    pub(super) fn took(&mut self, lane: i64, letters: usize, now: i64) {
        let letters = i64::try_from(letters).unwrap_or(i64::MAX);
        self.tokens -= as_ms(letters);
        if lane == notice::ANSWERS || letters == 0 {
            return;
        }
        self.notice_at = now + rand::random_range(self.gap.0..=self.gap.1.max(self.gap.0));
        if lane == notice::NOTICES {
            self.today += letters;
        }
    }

    fn refill(&mut self, now: i64) {
        let passed = (now - self.counted_at).max(0);
        self.tokens =
            (self.tokens + as_ms(passed) * self.rate / as_ms(MINUTE)).min(burst(self.rate));
        self.counted_at = now;
        if now / DAY != self.day {
            self.day = now / DAY;
            self.today = 0;
        }
    }

    fn is_spent(&self, now: i64) -> bool {
        self.per_day > 0 && now / DAY == self.day && self.today >= self.limit(now)
    }

    /// A number that suddenly writes to many people is taken for a nuisance.
    fn limit(&self, now: i64) -> i64 {
        let age = ((now - self.first_at) / DAY).clamp(0, WARM_UP_DAYS);
        let first = self.per_day / FIRST_SHARE;
        (first + (self.per_day - first) * age / WARM_UP_DAYS).max(1)
    }
}

/// A minute's allowance may go at once, in part: half of it, and never less than one letter.
fn burst(rate: f64) -> f64 {
    (rate / 2.0).max(1.0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times and counts of a few days are exact"
)]
fn as_ms(value: i64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a wait of less than a minute"
)]
fn millis(value: f64) -> i64 {
    value.ceil() as i64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small allowance"
)]
fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::{DAY, MINUTE, Pace};
    use crate::action::notice::{ANSWERS, NOTICES, STAFF};

    fn pace(rate: f64, gap: (i64, i64), per_day: i64) -> Pace {
        Pace {
            rate,
            tokens: super::burst(rate),
            counted_at: 0,
            gap,
            notice_at: 0,
            per_day,
            first_at: 0,
            day: 0,
            today: 0,
        }
    }

    #[test]
    fn answers_wait_only_for_the_ceiling() {
        let mut pace = pace(30.0, (5_000, 15_000), 200);
        assert_eq!(pace.allows(ANSWERS, 0), 15);
        pace.took(ANSWERS, 15, 0);
        assert_eq!(
            (pace.allows(ANSWERS, 1_999), pace.ready_at(ANSWERS, 1_999)),
            (0, 2_000)
        );
        assert_eq!(pace.allows(ANSWERS, 2_000), 1);
        assert_eq!(pace.allows(ANSWERS, 10 * MINUTE), 15);
    }

    #[test]
    fn notices_go_one_by_one_with_a_pause_between() {
        let mut pace = pace(0.0, (5_000, 15_000), 0);
        assert_eq!(pace.allows(NOTICES, 0), 1);
        pace.took(NOTICES, 1, 0);
        assert_eq!(
            (pace.allows(NOTICES, 4_999), pace.allows(STAFF, 4_999)),
            (0, 0)
        );
        assert_eq!(
            (pace.allows(NOTICES, 15_000), pace.allows(ANSWERS, 1)),
            (1, usize::MAX)
        );
    }

    #[test]
    fn a_new_number_reaches_its_daily_limit_in_two_weeks_and_staff_do_not_count() {
        for (age, limit) in [(0, 20), (7, 110), (14, 200), (90, 200)] {
            let now = age * DAY;
            let mut pace = pace(0.0, (0, 0), 200);
            pace.allows(NOTICES, now);
            pace.recall(0, limit - 1);
            assert!(pace.allows(NOTICES, now) > 0, "day {age}");
            pace.took(NOTICES, 1, now);
            assert_eq!(
                (pace.allows(NOTICES, now), pace.ready_at(NOTICES, now)),
                (0, now + DAY)
            );
            assert!(pace.allows(STAFF, now) > 0, "day {age}");
        }
    }
}
