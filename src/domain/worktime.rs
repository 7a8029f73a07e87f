//! Office hours: how much working time lies in a span, and when a given amount of it has passed.
//!
//! A moment is working time when the clock on the office wall reads inside a slot of that weekday
//! and the day is no holiday. Inside a stretch of constant offset that is plain arithmetic on
//! whole weeks, so neither the length of a span nor the zone costs anything worth counting.

mod slot;
mod tally;

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use slot::{Slot, SlotError};
use tally::Tally;

/// The last year whose clock changes are known; later moments keep the offset then in force.
const LAST_YEAR: i16 = 2200;

/// The opening hours of the desk, as the settings hold them.
///
/// A day left out keeps its start value; an empty list closes it. When every day is closed the
/// desk has no hours at all, and time counts round the clock, holidays included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfficeHours {
    /// Slots of Monday.
    pub monday: Vec<Slot>,
    /// Slots of Tuesday.
    pub tuesday: Vec<Slot>,
    /// Slots of Wednesday.
    pub wednesday: Vec<Slot>,
    /// Slots of Thursday.
    pub thursday: Vec<Slot>,
    /// Slots of Friday.
    pub friday: Vec<Slot>,
    /// Slots of Saturday.
    pub saturday: Vec<Slot>,
    /// Slots of Sunday.
    pub sunday: Vec<Slot>,
    /// Days on which the office is closed whatever the weekday.
    pub holidays: Vec<Holiday>,
}

/// A day off with the name people know it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day, in the organisation's zone.
    pub date: Date,
    /// What is celebrated.
    #[serde(default)]
    pub name: String,
}

impl Default for OfficeHours {
    fn default() -> Self {
        let whole = vec![Slot::DAY_SHIFT];
        Self {
            monday: whole.clone(),
            tuesday: whole.clone(),
            wednesday: whole.clone(),
            thursday: whole,
            friday: vec![Slot::FRIDAY_MORNING, Slot::FRIDAY_AFTERNOON],
            saturday: Vec::new(),
            sunday: Vec::new(),
            holidays: Vec::new(),
        }
    }
}

impl OfficeHours {
    fn week(&self) -> [&[Slot]; 7] {
        [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ]
    }

    fn tally(&self) -> Tally {
        let week = self.week();
        if week.iter().all(|slots| slots.is_empty()) {
            return Tally::new([&[Slot::ROUND_THE_CLOCK]; 7], &BTreeSet::new());
        }
        let days = self
            .holidays
            .iter()
            .map(|holiday| tally::day_of(holiday.date))
            .collect();
        Tally::new(week, &days)
    }
}

/// Office hours made ready for one zone; build it once and ask it often.
#[derive(Debug, Clone)]
pub struct Calendar {
    tally: Tally,
    stretches: Vec<Stretch>,
}

/// A stretch of time with one offset from UTC.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Its first millisecond since the epoch.
    start: i64,
    /// What the wall clock shows more than UTC, in milliseconds.
    offset: i64,
    /// Working time passed at `start`, counted from an arbitrary origin.
    worked: i64,
    /// What has to be added to the tally's figures to arrive at that same origin.
    base: i64,
}

impl Calendar {
    /// Prepares `hours` for a zone.
    pub fn new(hours: &OfficeHours, zone: &TimeZone) -> Self {
        let tally = hours.tally();
        let stretches = stretches(&tally, zone);
        Self { tally, stretches }
    }

    /// Returns the working time between two moments, negative when `to` comes first.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let worked = self.worked(to.as_millisecond()) - self.worked(from.as_millisecond());
        SignedDuration::from_millis(worked)
    }

    /// Returns the earliest moment at which `working` time has passed since `from`.
    ///
    /// What ends with the day ends at closing time, not at the next opening. A duration that is
    /// not positive gives `from` itself, one beyond the year 9999 the last moment there is.
    pub fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        let working = i64::try_from(working.as_millis()).unwrap_or(i64::MAX);
        if working <= 0 {
            return from;
        }
        let start = from.as_millisecond();
        self.reach(start, self.worked(start).saturating_add(working))
            .and_then(|at| Timestamp::from_millisecond(at).ok())
            .unwrap_or(Timestamp::MAX)
    }

    /// Returns the working time passed at `at` since the arbitrary origin; it never falls.
    fn worked(&self, at: i64) -> i64 {
        let index = self
            .stretches
            .partition_point(|stretch| stretch.start <= at)
            - 1;
        let stretch = self.stretches[index];
        stretch.base + self.tally.at(at + stretch.offset)
    }

    /// Returns the first moment after `from` at which `worked` reaches `target`.
    fn reach(&self, from: i64, target: i64) -> Option<i64> {
        let index = self
            .stretches
            .partition_point(|stretch| stretch.worked < target)
            - 1;
        let Stretch {
            start,
            offset,
            base,
            ..
        } = self.stretches[index];
        let local = self.tally.reach(from.max(start) + offset, target - base)?;
        Some(local - offset)
    }
}

/// Cuts time at every clock change from 1970 on; the first stretch has no beginning.
fn stretches(tally: &Tally, zone: &TimeZone) -> Vec<Stretch> {
    let offset = millis(zone.to_offset(Timestamp::UNIX_EPOCH).seconds());
    let mut all = vec![Stretch {
        start: i64::MIN,
        offset,
        worked: i64::MIN,
        base: 0,
    }];
    let mut last = all[0];
    for change in zone.following(Timestamp::UNIX_EPOCH) {
        if change.offset().to_datetime(change.timestamp()).year() > LAST_YEAR {
            break;
        }
        let (start, offset) = (
            change.timestamp().as_millisecond(),
            millis(change.offset().seconds()),
        );
        // Some entries of the zone database change only the abbreviation.
        if offset != last.offset {
            let worked = last.base + tally.at(start + last.offset);
            last = Stretch {
                start,
                offset,
                worked,
                base: worked - tally.at(start + offset),
            };
            all.push(last);
        }
    }
    all
}

fn millis(seconds: i32) -> i64 {
    i64::from(seconds) * 1000
}

#[cfg(test)]
mod tests;
