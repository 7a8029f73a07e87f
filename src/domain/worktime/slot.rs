//! One opening slot of a day, written `08:00-16:00`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A span of the day in minutes after midnight; it may end at 24:00 but not cross it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot {
    from: u16,
    to: u16,
}

/// Why a text is no slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// The text does not read as two times of day.
    #[error("`{0}` is no span of the day; write it like 08:00-16:00")]
    Form(String),
    /// The end is not after the beginning.
    #[error("`{0}` ends before it begins; a night is written as two slots, up to and from 24:00")]
    Order(String),
}

impl Slot {
    pub(super) const DAY_SHIFT: Self = Self {
        from: 8 * 60,
        to: 16 * 60,
    };
    pub(super) const FRIDAY_MORNING: Self = Self {
        from: 8 * 60,
        to: 11 * 60 + 30,
    };
    pub(super) const FRIDAY_AFTERNOON: Self = Self {
        from: 13 * 60,
        to: 16 * 60,
    };
    pub(super) const ROUND_THE_CLOCK: Self = Self {
        from: 0,
        to: 24 * 60,
    };

    /// Returns the minute of the day at which it opens.
    pub fn from_minute(self) -> u16 {
        self.from
    }

    /// Returns the minute of the day at which it closes, 1440 for midnight.
    pub fn to_minute(self) -> u16 {
        self.to
    }
}

impl FromStr for Slot {
    type Err = SlotError;

    fn from_str(text: &str) -> Result<Self, SlotError> {
        let form = || SlotError::Form(text.to_owned());
        let (from, to) = text.split_once(['-', '–']).ok_or_else(form)?;
        let (from, to) = (minute(from).ok_or_else(form)?, minute(to).ok_or_else(form)?);
        if from < to {
            Ok(Self { from, to })
        } else {
            Err(SlotError::Order(text.to_owned()))
        }
    }
}

/// Reads `8:00`, `08.00` or `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    let (hour, minute) = (digits(hour, 1)?, digits(minute, 2)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

/// Reads a number of at least `least` and at most two digits.
fn digits(text: &str, least: usize) -> Option<u16> {
    let wanted = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    wanted.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

impl TryFrom<String> for Slot {
    type Error = SlotError;

    fn try_from(text: String) -> Result<Self, SlotError> {
        text.parse()
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> Self {
        slot.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_reads_as_it_is_written() {
        for (text, from, to, written) in [
            ("08:00-16:00", 480, 960, "08:00-16:00"),
            ("8.00 – 11.30", 480, 690, "08:00-11:30"),
            ("00:00-24:00", 0, 1440, "00:00-24:00"),
            (" 22:15-24:00 ", 1335, 1440, "22:15-24:00"),
        ] {
            let slot: Slot = text.parse().expect(text);
            assert_eq!((slot.from_minute(), slot.to_minute()), (from, to), "{text}");
            assert_eq!(slot.to_string(), written, "{text}");
        }
    }

    #[test]
    fn what_is_no_span_of_one_day_is_refused() {
        for text in [
            "",
            "08:00",
            "8-16",
            "08:60-16:00",
            "08:00-24:01",
            "a:00-b:00",
            "+8:00-9:00",
        ] {
            let form = SlotError::Form(text.to_owned());
            assert_eq!(text.parse::<Slot>(), Err(form), "{text}");
        }
        for text in ["22:00-06:00", "08:00-08:00"] {
            let order = SlotError::Order(text.to_owned());
            assert_eq!(text.parse::<Slot>(), Err(order), "{text}");
        }
    }
}
