//! When reports come in: by the semester, the day of the week and the hour, more with the years.

use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};

use super::dice::Dice;

/// How many days the desk has been at work.
const DAYS: i64 = 548;
/// The newest days bring more, so that there is something to do.
const BUSY_DAYS: i64 = 14;

const WEEK: [u64; 7] = [100, 105, 100, 95, 80, 35, 20];
const MONTHS: [u64; 12] = [70, 100, 110, 105, 105, 90, 60, 85, 120, 120, 115, 80];
const HOURS: [u64; 24] = [
    1, 1, 0, 0, 1, 2, 6, 20, 60, 80, 75, 60, 30, 55, 65, 50, 30, 15, 12, 10, 8, 6, 4, 2,
];
const HOUR: i64 = 3_600_000;

/// One day with the reports it brings.
#[derive(Debug, Clone, Copy)]
struct Day {
    starts_at: i64,
    reports: u64,
}

/// The moments of all reports, in order.
#[derive(Debug)]
pub(super) struct Season {
    days: std::vec::IntoIter<Day>,
    today: std::vec::IntoIter<i64>,
    until: i64,
    dice: Dice,
}

impl Season {
    /// Spreads so many reports over the time up to now.
    pub(super) fn new(now: &Zoned, reports: u64, dice: Dice) -> Self {
        let weights: Vec<(i64, u64)> = (0..DAYS).map(|index| weigh(now, index)).collect();
        let sum: u128 = weights.iter().map(|(_, weight)| u128::from(*weight)).sum();
        let (mut passed, mut given) = (0_u128, 0);
        let mut days = Vec::with_capacity(weights.len());
        for (starts_at, weight) in weights {
            passed += u128::from(weight);
            let due = u64::try_from(u128::from(reports) * passed / sum.max(1)).unwrap_or(reports);
            days.push(Day {
                starts_at,
                reports: due - given,
            });
            given = due;
        }
        Self {
            days: days.into_iter(),
            today: Vec::new().into_iter(),
            until: now.timestamp().as_millisecond(),
            dice,
        }
    }

    fn draw(&mut self, day: Day) -> Vec<i64> {
        let mut moments: Vec<i64> = (0..day.reports).map(|_| self.moment(day)).collect();
        moments.sort_unstable();
        moments
    }

    fn moment(&mut self, day: Day) -> i64 {
        let hour = i64::try_from(self.dice.weighted(&HOURS)).unwrap_or_default();
        let at = day.starts_at + hour * HOUR + self.dice.between(0, HOUR);
        if at < self.until {
            return at;
        }
        self.dice
            .between(day.starts_at.min(self.until - 1), self.until)
    }
}

impl Iterator for Season {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        loop {
            if let Some(at) = self.today.next() {
                return Some(at);
            }
            let day = self.days.next()?;
            self.today = self.draw(day).into_iter();
        }
    }
}

/// Returns when a day begins and how much of all reports it brings.
fn weigh(now: &Zoned, index: i64) -> (i64, u64) {
    let back = DAYS - 1 - index;
    let day = now.date().saturating_sub(back.days());
    let starts_at = day
        .to_zoned(now.time_zone().clone())
        .map_or(0, |it| it.timestamp().as_millisecond());
    let growth = 70 + u64::try_from(60 * index / DAYS).unwrap_or_default();
    let busy = if back < BUSY_DAYS { 2 } else { 1 };
    let weight = usual(day) * growth * busy;
    let hours = if back == 0 {
        i64::from(now.hour()) + 1
    } else {
        24
    };
    (starts_at, weight * u64::try_from(hours).unwrap_or(24))
}

fn usual(day: Date) -> u64 {
    let week = WEEK[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default()];
    week * MONTHS[usize::try_from(day.month() - 1).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::{DAYS, Season};
    use crate::seed::dice::Dice;

    #[test]
    fn exactly_as_many_come_as_were_asked_for_in_order_and_none_in_the_future() {
        let now: jiff::Zoned = "2025-06-18T10:20:00[Asia/Jakarta]".parse().unwrap();
        let until = now.timestamp().as_millisecond();
        for wanted in [0, 1, 7, 400, 20_000] {
            let moments: Vec<i64> = Season::new(&now, wanted, Dice::new(5)).collect();
            assert_eq!(moments.len() as u64, wanted);
            assert!(moments.is_sorted(), "{wanted}");
            assert!(moments.iter().all(|at| *at < until), "{wanted}");
            assert!(
                moments.iter().all(|at| until - at <= DAYS * 86_400_000),
                "{wanted}"
            );
        }
    }

    #[test]
    fn sundays_are_quieter_than_tuesdays() {
        let now: jiff::Zoned = "2025-06-18T10:20:00[Asia/Jakarta]".parse().unwrap();
        let mut week = [0; 7];
        for at in Season::new(&now, 20_000, Dice::new(5)) {
            let day = crate::desk::timestamp(at).to_zoned(now.time_zone().clone());
            week[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap()] += 1;
        }
        assert!(week[6] * 3 < week[1], "{week:?}");
    }
}
