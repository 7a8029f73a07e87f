//! Working time on a wall clock that never jumps: whole weeks by multiplication, the rest by table.
//!
//! Local times are milliseconds since 1970-01-01 00:00 on that clock, days are numbered likewise.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::slot::Slot;

const MINUTE: i64 = 60_000;
const DAY: i64 = 1440 * MINUTE;
/// 1970-01-01 was a Thursday; adding this numbers the days from a Monday.
const THURSDAY: i64 = 3;
/// The first day after the year 9999, where searching ends.
const END_OF_DAYS: i64 = 2_932_897;

/// The cumulated working time of a week and its exceptions.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Disjoint spans of each weekday in milliseconds of the day, in order.
    spans: [Vec<(i64, i64)>; 7],
    /// Working time of a week before each weekday; the eighth is the whole week.
    before: [i64; 8],
    /// Holidays in order.
    holidays: Vec<i64>,
    /// Working time lost to the first n holidays.
    lost: Vec<i64>,
}

/// Returns the number of a date's day.
pub(super) fn day_of(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

impl Tally {
    /// Adds up a week, Monday first, and what its holidays take away.
    pub(super) fn new(week: [&[Slot]; 7], holidays: &BTreeSet<i64>) -> Self {
        let spans = week.map(merge);
        let mut before = [0; 8];
        for (day, spans) in spans.iter().enumerate() {
            before[day + 1] = before[day] + length(spans);
        }
        let mut tally = Self {
            spans,
            before,
            holidays: holidays.iter().copied().collect(),
            lost: vec![0],
        };
        let mut lost = 0;
        for &day in holidays {
            lost += length(tally.spans_of(day));
            tally.lost.push(lost);
        }
        tally
    }

    /// Returns the working time passed at a local time since an arbitrary origin.
    pub(super) fn at(&self, local: i64) -> i64 {
        let (day, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let passed = self
            .open_spans(day)
            .iter()
            .map(|&(from, to)| time.clamp(from, to) - from);
        self.at_start_of(day) + passed.sum::<i64>()
    }

    /// Returns the earliest local time at which `at` gives `target`, which `from` is short of.
    pub(super) fn reach(&self, from: i64, target: i64) -> Option<i64> {
        let day = self.day_reaching(from.div_euclid(DAY), target)?;
        let mut missing = target - self.at_start_of(day);
        for &(from, to) in self.open_spans(day) {
            if missing <= to - from {
                return Some(day * DAY + from + missing);
            }
            missing -= to - from;
        }
        None
    }

    /// Returns the first day at or after `first` at whose end `target` is reached.
    fn day_reaching(&self, first: i64, target: i64) -> Option<i64> {
        let (mut short, mut stride) = (first, 1);
        while self.at_start_of(short + stride) < target {
            short += stride;
            stride *= 2;
            if short > END_OF_DAYS {
                return None;
            }
        }
        let mut reached = short + stride;
        while reached - short > 1 {
            let middle = short + (reached - short) / 2;
            let side = if self.at_start_of(middle) < target {
                &mut short
            } else {
                &mut reached
            };
            *side = middle;
        }
        Some(short)
    }

    fn at_start_of(&self, day: i64) -> i64 {
        let weeks = (day + THURSDAY).div_euclid(7) * self.before[7];
        weeks + self.before[weekday(day)] - self.lost[self.holidays_before(day)]
    }

    fn open_spans(&self, day: i64) -> &[(i64, i64)] {
        let closed = self.holidays.get(self.holidays_before(day)) == Some(&day);
        if closed { &[] } else { self.spans_of(day) }
    }

    fn spans_of(&self, day: i64) -> &[(i64, i64)] {
        &self.spans[weekday(day)]
    }

    fn holidays_before(&self, day: i64) -> usize {
        self.holidays.partition_point(|&holiday| holiday < day)
    }
}

fn weekday(day: i64) -> usize {
    usize::try_from((day + THURSDAY).rem_euclid(7)).expect("a remainder by seven is an index")
}

/// Joins slots that touch or overlap, so that no minute counts twice.
fn merge(slots: &[Slot]) -> Vec<(i64, i64)> {
    let mut slots = slots.to_vec();
    slots.sort_unstable();
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for slot in slots {
        let from = i64::from(slot.from_minute()) * MINUTE;
        let to = i64::from(slot.to_minute()) * MINUTE;
        match spans.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => spans.push((from, to)),
        }
    }
    spans
}

fn length(spans: &[(i64, i64)]) -> i64 {
    spans.iter().map(|(from, to)| to - from).sum()
}
