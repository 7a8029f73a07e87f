//! Dates of the filter language. They stay symbolic, so that a saved `today` is always today;
//! [`resolve`] turns one into instants once the present and its time zone are known.

use std::fmt;

use jiff::{
    ToSpan as _, Zoned,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};

use super::Bound;
use crate::domain::lang::{Lang, plain};

/// A day, a minute or a longer stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a word is what its name says")]
pub enum DateWord {
    Day(Date),
    Minute(DateTime),
    Month {
        year: i16,
        month: i8,
    },
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    /// The latest such day, today included.
    Weekday(Weekday),
}

/// A date, or a limit made of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSpec {
    /// Within this day, minute or stretch.
    On(DateWord),
    /// On one side of a date, or between two.
    Bound(Bound<DateWord>),
}

/// The symbolic dates with their words: canonical, Indonesian, then others.
const SYMBOLS: [(DateWord, &[&str]); 13] = [
    (DateWord::Today, &["today", "hari-ini"]),
    (DateWord::Yesterday, &["yesterday", "kemarin"]),
    (DateWord::ThisWeek, &["this-week", "minggu-ini"]),
    (DateWord::LastWeek, &["last-week", "minggu-lalu"]),
    (DateWord::ThisMonth, &["this-month", "bulan-ini"]),
    (DateWord::LastMonth, &["last-month", "bulan-lalu"]),
    (DateWord::Weekday(Weekday::Monday), &["monday", "senin"]),
    (DateWord::Weekday(Weekday::Tuesday), &["tuesday", "selasa"]),
    (
        DateWord::Weekday(Weekday::Wednesday),
        &["wednesday", "rabu"],
    ),
    (DateWord::Weekday(Weekday::Thursday), &["thursday", "kamis"]),
    (
        DateWord::Weekday(Weekday::Friday),
        &["friday", "jumat", "jum'at"],
    ),
    (DateWord::Weekday(Weekday::Saturday), &["saturday", "sabtu"]),
    (
        DateWord::Weekday(Weekday::Sunday),
        &["sunday", "minggu", "ahad"],
    ),
];

const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

impl DateWord {
    /// Reads a date or a word for one, of either language.
    pub(super) fn read(text: &str) -> Option<Self> {
        let word = plain(text);
        let symbol = SYMBOLS
            .iter()
            .find(|(_, words)| words.contains(&word.as_str()));
        symbol
            .map(|(date, _)| *date)
            .or_else(|| Self::absolute(text))
    }

    /// Returns every symbolic word, for suggestions.
    pub(super) fn symbols() -> impl Iterator<Item = &'static str> {
        SYMBOLS.iter().flat_map(|(_, words)| words.iter().copied())
    }

    fn absolute(text: &str) -> Option<Self> {
        match text.len() {
            7 => {
                let first = day(&format!("{text}-01"))?;
                Some(Self::Month {
                    year: first.year(),
                    month: first.month(),
                })
            }
            10 => day(text).map(Self::Day),
            16 => minute(text).map(Self::Minute),
            _ => None,
        }
    }

    /// Returns the first instant of the stretch and the first one after it.
    fn stretch(self, now: &Zoned) -> (i64, i64) {
        let zone = now.time_zone();
        match self {
            Self::Minute(at) => (
                instant(at, zone),
                instant(at.saturating_add(1.minute()), zone),
            ),
            other => {
                let (first, after) = other.days(now.date());
                (instant(first.into(), zone), instant(after.into(), zone))
            }
        }
    }

    /// Returns the first day of the stretch and the first one after it.
    fn days(self, today: Date) -> (Date, Date) {
        let monday = latest(Weekday::Monday, today);
        let day = |date: Date| (date, date.saturating_add(1.day()));
        let month = |date: Date| {
            (
                date.first_of_month(),
                date.last_of_month().saturating_add(1.day()),
            )
        };
        match self {
            Self::Day(date) => day(date),
            Self::Minute(at) => day(at.date()),
            Self::Month {
                year,
                month: number,
            } => month(Date::new(year, number, 1).unwrap_or(Date::MAX)),
            Self::Today => day(today),
            Self::Yesterday => day(today.saturating_sub(1.day())),
            Self::ThisWeek => (monday, monday.saturating_add(1.week())),
            Self::LastWeek => (monday.saturating_sub(1.week()), monday),
            Self::ThisMonth => month(today),
            Self::LastMonth => month(today.first_of_month().saturating_sub(1.day())),
            Self::Weekday(weekday) => day(latest(weekday, today)),
        }
    }

    /// Returns the moment at which a written date starts; none for a word like `today`.
    fn fixed_start(self) -> Option<DateTime> {
        match self {
            Self::Minute(at) => Some(at),
            Self::Day(_) | Self::Month { .. } => Some(self.days(Date::MAX).0.into()),
            _ => None,
        }
    }

    /// Returns the date as people write it.
    pub(super) fn words(self, lang: Lang) -> String {
        match self {
            Self::Day(date) => short_date(date, lang),
            Self::Minute(at) => {
                let dot = lang.pick(".", ":");
                format!(
                    "{} {:02}{dot}{:02}",
                    short_date(at.date(), lang),
                    at.hour(),
                    at.minute()
                )
            }
            Self::Month { year, month } => format!("{} {year}", month_name(month, lang)),
            Self::Weekday(weekday) => weekday_name(weekday, lang).to_owned(),
            Self::Today => lang.pick("hari ini", "today").to_owned(),
            Self::Yesterday => lang.pick("kemarin", "yesterday").to_owned(),
            Self::ThisWeek => lang.pick("minggu ini", "this week").to_owned(),
            Self::LastWeek => lang.pick("minggu lalu", "last week").to_owned(),
            Self::ThisMonth => lang.pick("bulan ini", "this month").to_owned(),
            Self::LastMonth => lang.pick("bulan lalu", "last month").to_owned(),
        }
    }
}

impl fmt::Display for DateWord {
    /// Writes the canonical form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Minute(at) => write!(f, "{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            symbol => {
                let known = SYMBOLS.iter().find(|(date, _)| date == symbol);
                f.write_str(known.map_or("", |(_, words)| words[0]))
            }
        }
    }
}

impl Bound<DateWord> {
    /// Says whether the limit can hold for anything, as far as it is known without the present.
    pub(super) fn is_ordered(&self) -> bool {
        let Self::Between(first, last) = self else {
            return true;
        };
        match (first.fixed_start(), last.fixed_start()) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        }
    }
}

/// Turns a date or a limit into milliseconds since 1970: the first one in, the first one out.
///
/// Days, weeks (from Monday) and months are those of the time zone of `now`. An open side is
/// `i64::MIN` or `i64::MAX`.
pub fn resolve(spec: &DateSpec, now: &Zoned) -> (i64, i64) {
    match *spec {
        DateSpec::On(date) => date.stretch(now),
        DateSpec::Bound(Bound::Over(date)) => (date.stretch(now).1, i64::MAX),
        DateSpec::Bound(Bound::AtLeast(date)) => (date.stretch(now).0, i64::MAX),
        DateSpec::Bound(Bound::Under(date)) => (i64::MIN, date.stretch(now).0),
        DateSpec::Bound(Bound::AtMost(date)) => (i64::MIN, date.stretch(now).1),
        DateSpec::Bound(Bound::Between(first, last)) => (first.stretch(now).0, last.stretch(now).1),
    }
}

fn instant(at: DateTime, zone: &TimeZone) -> i64 {
    let zoned = at.to_zoned(zone.clone());
    zoned.map_or(i64::MAX, |zoned| zoned.timestamp().as_millisecond())
}

fn latest(weekday: Weekday, today: Date) -> Date {
    let back = today.weekday().since(weekday);
    today.saturating_sub(i64::from(back).days())
}

/// Reads `YYYY-MM-DD`, within the years that a desk can have.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-').map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let sane = parts.next().is_none() && (1970..3000).contains(&year) && text.len() == 10;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    sane.then_some(date)
}

/// Reads `YYYY-MM-DDTHH:MM`.
fn minute(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once(['T', 't'])?;
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (number(hour)?, number(minute)?);
    let sane = (0..24).contains(&hour) && (0..60).contains(&minute) && time.len() == 5;
    let at = day(date)?.at(0, 0, 0, 0);
    sane.then(|| {
        at.saturating_add(hour.hours())
            .saturating_add(minute.minutes())
    })
}

fn number(digits: &str) -> Option<i16> {
    let all_digits = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| all_digits)
}

fn short_date(date: Date, lang: Lang) -> String {
    let month: String = match (date.month(), lang) {
        // "Agustus" is shortened against its first letters.
        (8, Lang::Id) => "Agu".to_owned(),
        (number, lang) => month_name(number, lang).chars().take(3).collect(),
    };
    format!("{} {month} {}", date.day(), date.year())
}

fn month_name(number: i8, lang: Lang) -> &'static str {
    let index = usize::try_from(number - 1).unwrap_or(usize::MAX);
    MONTHS.get(index).map_or("", |(id, en)| lang.pick(id, en))
}

fn weekday_name(weekday: Weekday, lang: Lang) -> &'static str {
    match weekday {
        Weekday::Monday => lang.pick("Senin", "Monday"),
        Weekday::Tuesday => lang.pick("Selasa", "Tuesday"),
        Weekday::Wednesday => lang.pick("Rabu", "Wednesday"),
        Weekday::Thursday => lang.pick("Kamis", "Thursday"),
        Weekday::Friday => lang.pick("Jumat", "Friday"),
        Weekday::Saturday => lang.pick("Sabtu", "Saturday"),
        Weekday::Sunday => lang.pick("Minggu", "Sunday"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Tuesday 17 September 2024, 18:12 in Jakarta.
    fn now() -> Zoned {
        "2024-09-17T18:12[Asia/Jakarta]".parse().unwrap()
    }

    fn at(local: &str) -> i64 {
        let local: DateTime = local.parse().unwrap();
        local
            .in_tz("Asia/Jakarta")
            .unwrap()
            .timestamp()
            .as_millisecond()
    }

    #[rstest]
    #[case("hari-ini", "2024-09-17", "2024-09-18")]
    #[case("today", "2024-09-17", "2024-09-18")]
    #[case("kemarin", "2024-09-16", "2024-09-17")]
    #[case("minggu-ini", "2024-09-16", "2024-09-23")]
    #[case("last-week", "2024-09-09", "2024-09-16")]
    #[case("bulan-ini", "2024-09-01", "2024-10-01")]
    #[case("bulan-lalu", "2024-08-01", "2024-09-01")]
    #[case("senin", "2024-09-16", "2024-09-17")]
    #[case("selasa", "2024-09-17", "2024-09-18")]
    #[case("rabu", "2024-09-11", "2024-09-12")]
    #[case("minggu", "2024-09-15", "2024-09-16")]
    #[case("Sunday", "2024-09-15", "2024-09-16")]
    #[case("2024-02", "2024-02-01", "2024-03-01")]
    #[case("2024-12", "2024-12-01", "2025-01-01")]
    #[case("2024-12-31", "2024-12-31", "2025-01-01")]
    #[case("2024-09-01T10:30", "2024-09-01T10:30", "2024-09-01T10:31")]
    fn a_date_covers_its_stretch(#[case] word: &str, #[case] start: &str, #[case] end: &str) {
        let date = DateWord::read(word).unwrap();
        assert_eq!(resolve(&DateSpec::On(date), &now()), (at(start), at(end)));
    }

    #[test]
    fn limits_leave_out_or_take_in_the_whole_day() {
        let day = DateWord::read("2024-09-01").unwrap();
        let last = DateWord::read("2024-09-03").unwrap();
        let (start, end) = (at("2024-09-01"), at("2024-09-02"));
        let cases = [
            (Bound::Over(day), (end, i64::MAX)),
            (Bound::AtLeast(day), (start, i64::MAX)),
            (Bound::Under(day), (i64::MIN, start)),
            (Bound::AtMost(day), (i64::MIN, end)),
            (Bound::Between(day, last), (start, at("2024-09-04"))),
        ];
        for (bound, expected) in cases {
            assert_eq!(
                resolve(&DateSpec::Bound(bound), &now()),
                expected,
                "{bound:?}"
            );
        }
    }

    #[test]
    fn a_day_with_a_skipped_hour_is_shorter() {
        let now: Zoned = "2024-03-31T12:00[Europe/Berlin]".parse().unwrap();
        let (start, end) = resolve(&DateSpec::On(DateWord::Today), &now);
        assert_eq!(end - start, 23 * 3_600_000);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let cases = [
            "",
            "2024",
            "2024-13",
            "2024-00",
            "2024-02-30",
            "2024-9-1",
            "24-09-01",
            "1969-12-31",
            "2024-09-01T24:00",
            "2024-09-01T10:60",
            "2024-09-01T1:030",
            "2024-09-01 10:30",
            "+024-09-01",
            "besok",
            "2024-09-01T",
            "éééééa",
            "-2024-09",
        ];
        for word in cases {
            assert_eq!(DateWord::read(word), None, "{word}");
        }
    }

    #[test]
    fn a_written_range_that_runs_backwards_is_noticed() {
        let date = |word| DateWord::read(word).unwrap();
        assert!(!Bound::Between(date("2024-09"), date("2024-08-31")).is_ordered());
        assert!(Bound::Between(date("2024-09-01"), date("2024-09-01")).is_ordered());
        assert!(Bound::Between(date("2024-09-01"), date("today")).is_ordered());
    }

    #[test]
    fn a_date_is_said_as_the_desk_writes_it() {
        let cases = [
            ("2024-09-17", "17 Sep 2024", "17 Sep 2024"),
            ("2024-08-01", "1 Agu 2024", "1 Aug 2024"),
            ("2024-05", "Mei 2024", "May 2024"),
            ("2024-09-17T08:05", "17 Sep 2024 08.05", "17 Sep 2024 08:05"),
            ("minggu", "Minggu", "Sunday"),
            ("minggu-ini", "minggu ini", "this week"),
        ];
        for (word, id, en) in cases {
            let date = DateWord::read(word).unwrap();
            assert_eq!(
                (date.words(Lang::Id), date.words(Lang::En)),
                (id.into(), en.into())
            );
        }
    }
}
