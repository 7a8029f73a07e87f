//! Durations of the filter language: numbers with units, the same in ISO 8601, and in words.

use std::fmt;

use super::Bound;
use crate::domain::lang::Lang;

/// The largest number before a unit; far beyond any desk, and no sum of them overflows.
const MAX_COUNT: u32 = 99_999;

/// A length of time, unit by unit as it was typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "a part is what its unit says")]
pub struct Span {
    pub months: u32,
    pub weeks: u32,
    pub days: u32,
    pub hours: u32,
    pub minutes: u32,
}

#[derive(Clone, Copy)]
enum Unit {
    Month,
    Week,
    Day,
    Hour,
    Minute,
}

impl Span {
    /// Returns the length in milliseconds, with 30 days to the month.
    pub fn millis(&self) -> i64 {
        let days = i64::from(self.months) * 30 + i64::from(self.weeks) * 7 + i64::from(self.days);
        ((days * 24 + i64::from(self.hours)) * 60 + i64::from(self.minutes)) * 60_000
    }

    /// Reads `3h`, `1j 30m`, `3 hari` or `PT3H`; only `h` depends on the language.
    pub(super) fn read(text: &str, lang: Lang) -> Option<Self> {
        let text = text.to_lowercase();
        let mut span = Self::default();
        let pairs = if let Some(iso) = text.strip_prefix('p') {
            let (date, time) = iso.split_once('t').unwrap_or((iso, ""));
            span.add_all(date, Unit::of_date)? + span.add_all(time, Unit::of_time)?
        } else {
            span.add_all(&text, |unit| Unit::typed(unit, lang))?
        };
        (pairs > 0).then_some(span)
    }

    /// Adds every number and unit of a text, and returns how many there were.
    fn add_all(&mut self, text: &str, unit: impl Fn(&str) -> Option<Unit>) -> Option<usize> {
        let mut rest = text.trim();
        let mut pairs = 0;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, tail) = rest.split_at(digits);
            let tail = tail.trim_start();
            let end = tail
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(tail.len());
            self.add(number.parse().ok()?, unit(&tail[..end])?)?;
            rest = tail[end..].trim_start();
            pairs += 1;
        }
        Some(pairs)
    }

    fn add(&mut self, count: u32, unit: Unit) -> Option<()> {
        let part = match unit {
            Unit::Month => &mut self.months,
            Unit::Week => &mut self.weeks,
            Unit::Day => &mut self.days,
            Unit::Hour => &mut self.hours,
            Unit::Minute => &mut self.minutes,
        };
        *part = part.checked_add(count).filter(|sum| *sum <= MAX_COUNT)?;
        Some(())
    }

    /// Returns the length in words, such as `3 hari` or `1 hour 30 minutes`.
    pub(super) fn words(&self, lang: Lang) -> String {
        let parts = [
            (self.months, "bulan", "month"),
            (self.weeks, "minggu", "week"),
            (self.days, "hari", "day"),
            (self.hours, "jam", "hour"),
            (self.minutes, "menit", "minute"),
        ];
        let said = parts
            .into_iter()
            .filter(|part| part.0 > 0)
            .map(|(count, id, en)| match lang {
                Lang::Id => format!("{count} {id}"),
                Lang::En if count == 1 => format!("1 {en}"),
                Lang::En => format!("{count} {en}s"),
            });
        let said: Vec<_> = said.collect();
        if said.is_empty() {
            lang.pick("0 menit", "0 minutes").to_owned()
        } else {
            said.join(" ")
        }
    }
}

impl fmt::Display for Span {
    /// Writes the length in ISO 8601, weeks beside the other units.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |count: u32, sign: &str| match count {
            0 => String::new(),
            _ => format!("{count}{sign}"),
        };
        let date = part(self.months, "M") + &part(self.weeks, "W") + &part(self.days, "D");
        let time = part(self.hours, "H") + &part(self.minutes, "M");
        match (date.is_empty(), time.is_empty()) {
            (true, true) => f.write_str("PT0M"),
            (_, true) => write!(f, "P{date}"),
            _ => write!(f, "P{date}T{time}"),
        }
    }
}

impl Unit {
    fn of_date(sign: &str) -> Option<Self> {
        match sign {
            "m" => Some(Self::Month),
            "w" => Some(Self::Week),
            "d" => Some(Self::Day),
            _ => None,
        }
    }

    fn of_time(sign: &str) -> Option<Self> {
        match sign {
            "h" => Some(Self::Hour),
            "m" => Some(Self::Minute),
            _ => None,
        }
    }

    fn typed(word: &str, lang: Lang) -> Option<Self> {
        match (word, lang) {
            ("h", Lang::Id) | ("d" | "hari" | "day" | "days", _) => Some(Self::Day),
            ("h", Lang::En) | ("j" | "jam" | "hour" | "hours", _) => Some(Self::Hour),
            ("m" | "menit" | "minute" | "minutes", _) => Some(Self::Minute),
            ("mg" | "w" | "minggu" | "week" | "weeks", _) => Some(Self::Week),
            ("bl" | "mo" | "bulan" | "month" | "months", _) => Some(Self::Month),
            _ => None,
        }
    }
}

impl Bound<Span> {
    /// Says whether the limit can hold for anything: a range must not run backwards.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(self, Self::Between(first, last) if first.millis() > last.millis())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("3h", "P3D", "PT3H")]
    #[case("3j", "PT3H", "PT3H")]
    #[case("30m", "PT30M", "PT30M")]
    #[case("2mg", "P2W", "P2W")]
    #[case("2w", "P2W", "P2W")]
    #[case("1bl", "P1M", "P1M")]
    #[case("1mo", "P1M", "P1M")]
    #[case("5d", "P5D", "P5D")]
    #[case("1j30m", "PT1H30M", "PT1H30M")]
    #[case("1j 30m", "PT1H30M", "PT1H30M")]
    #[case("3 hari", "P3D", "P3D")]
    #[case("1 hour 5 minutes", "PT1H5M", "PT1H5M")]
    #[case("2minggu1HARI", "P2W1D", "P2W1D")]
    #[case("1d1d", "P2D", "P2D")]
    #[case("P1M2W3DT4H5M", "P1M2W3DT4H5M", "P1M2W3DT4H5M")]
    #[case("p3d", "P3D", "P3D")]
    #[case("0m", "PT0M", "PT0M")]
    fn a_duration_is_read_in_each_language(#[case] text: &str, #[case] id: &str, #[case] en: &str) {
        let read = |lang| Span::read(text, lang).map(|span| span.to_string());
        assert_eq!(read(Lang::Id).as_deref(), Some(id));
        assert_eq!(read(Lang::En).as_deref(), Some(en));
    }

    #[test]
    fn what_lacks_a_number_or_a_unit_is_no_duration() {
        let cases = [
            "",
            "3",
            "h",
            "3x",
            "-3d",
            "1.5d",
            "3d4",
            "P",
            "PT",
            "P3",
            "PT3D",
            "P3H",
            "100000d",
            "99999d1d",
            "99999999999d",
            "é3d",
            "3é",
            "P3DT4H!",
        ];
        for text in cases {
            for lang in Lang::ALL {
                assert_eq!(Span::read(text, lang), None, "{text} in {lang}");
            }
        }
    }

    #[test]
    fn a_length_in_milliseconds_counts_thirty_days_to_the_month() {
        let cases = [
            ("1m", 60_000),
            ("1d", 86_400_000),
            ("1w", 604_800_000),
            ("1mo", 2_592_000_000),
        ];
        for (text, millis) in cases {
            let span = Span::read(text, Lang::En).unwrap();
            assert_eq!(span.millis(), millis, "{text}");
        }
    }

    #[test]
    fn words_use_the_plural_only_in_english() {
        let span = Span {
            days: 1,
            hours: 2,
            ..Span::default()
        };
        assert_eq!(span.words(Lang::Id), "1 hari 2 jam");
        assert_eq!(span.words(Lang::En), "1 day 2 hours");
        assert_eq!(Span::default().words(Lang::En), "0 minutes");
    }
}
