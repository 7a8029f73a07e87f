//! Whether a report is within its target.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::lang::{Lang, UnknownWord, plain};

/// How a report stands against its completion target, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sla {
    /// There is time.
    Ok,
    /// At least four fifths of the working time are used.
    Near,
    /// The deadline has passed.
    Breached,
}

impl Sla {
    /// Every standing, best first.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Near, Self::Breached];

    /// Returns the word written to JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Near => "near",
            Self::Breached => "breached",
        }
    }

    /// Returns the word shown to people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Ok => lang.pick("aman", "ok"),
            Self::Near => lang.pick("dekat", "near"),
            Self::Breached => lang.pick("lewat", "breached"),
        }
    }

    /// Reads a word of either language, in any case.
    pub fn read(word: &str) -> Option<Self> {
        let word = plain(word);
        let known = |sla: &Self| Lang::ALL.iter().any(|&lang| sla.label(lang) == word);
        Self::ALL.into_iter().find(known)
    }
}

impl fmt::Display for Sla {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Sla {
    type Err = UnknownWord;

    /// Reads as `read` does, since no table stores the word.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::read(word).ok_or_else(|| UnknownWord::new("SLA", word))
    }
}

/// Returns the standing at `now` of a report with these deadlines.
///
/// `stopped_at` is when its clock stopped or began to rest (`Clock::stopped_at`); from then on
/// the standing stays what it was.
pub fn sla_at(
    now: Timestamp,
    near_at: Timestamp,
    due_at: Timestamp,
    stopped_at: Option<Timestamp>,
) -> Sla {
    let at = stopped_at.map_or(now, |stopped| stopped.min(now));
    if at > due_at {
        Sla::Breached
    } else if at >= near_at {
        Sla::Near
    } else {
        Sla::Ok
    }
}
