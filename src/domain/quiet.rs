//! Quiet hours: the part of the day in which nobody is written to unasked.

use jiff::civil::Time;
use jiff::{ToSpan as _, Zoned};

/// A span of the day, which may run over midnight; the default is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quiet(Option<(Time, Time)>);

impl Quiet {
    /// Reads `21:00-05:00`; an empty text means none, anything else is refused with `None`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self(None));
        }
        let (from, until) = text.split_once('-')?;
        let from: Time = clock_time(from)?;
        let until = clock_time(until)?;
        (from != until).then_some(Self(Some((from, until))))
    }

    /// Returns when the quiet ends, if it is quiet at this moment.
    pub fn ends_after(&self, at: &Zoned) -> Option<Zoned> {
        let (from, until) = self.0?;
        let now = at.time();
        let over_midnight = until < from;
        let (begun, not_over) = (now >= from, now < until);
        let quiet = if over_midnight {
            begun || not_over
        } else {
            begun && not_over
        };
        if !quiet {
            return None;
        }
        let day = if over_midnight && now >= from {
            at.date() + 1.day()
        } else {
            at.date()
        };
        day.to_datetime(until).to_zoned(at.time_zone().clone()).ok()
    }
}

fn clock_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::Quiet;

    fn end(quiet: &str, at: &str) -> Option<String> {
        let at: jiff::Zoned = format!("2024-09-17T{at}[Asia/Jakarta]")
            .parse()
            .expect("a time");
        let end = Quiet::parse(quiet).expect("a span").ends_after(&at)?;
        Some(end.datetime().to_string())
    }

    #[test]
    fn a_night_runs_over_midnight() {
        let night = "21:00-05:00";
        assert_eq!(end(night, "20:59"), None);
        assert_eq!(end(night, "21:00").as_deref(), Some("2024-09-18T05:00:00"));
        assert_eq!(end(night, "04:59").as_deref(), Some("2024-09-17T05:00:00"));
        assert_eq!(end(night, "05:00"), None);
    }

    #[test]
    fn a_siesta_ends_the_same_day() {
        assert_eq!(
            end("12:00-13:00", "12:30").as_deref(),
            Some("2024-09-17T13:00:00")
        );
        assert_eq!(end("12:00-13:00", "13:00"), None);
    }

    #[test]
    fn no_span_is_never_quiet_and_nonsense_is_refused() {
        assert_eq!(end("", "03:00"), None);
        for wrong in ["21:00", "25:00-05:00", "a-b", "05:00-05:00", "21:00-05:60"] {
            assert_eq!(Quiet::parse(wrong), None, "{wrong}");
        }
    }
}
