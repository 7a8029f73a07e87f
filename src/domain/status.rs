//! The life of a report: its seven states, the legal moves between them, and the words for both.
//! The state of an assignment stands beside it, because the two share their words.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::lang::{Lang, UnknownWord, plain};

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Accepted, nobody works on it yet.
    New,
    /// Somebody works on it.
    InProgress,
    /// Waits for something, with a reason.
    Pending,
    /// Finished.
    Done,
    /// Withdrawn.
    Cancelled,
    /// Refused by the desk.
    Rejected,
    /// Says the same as another report, its parent.
    Duplicate,
}

impl Status {
    /// Every status, in the order in which lists show them.
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::InProgress,
        Self::Pending,
        Self::Done,
        Self::Cancelled,
        Self::Rejected,
        Self::Duplicate,
    ];

    /// Returns the word stored in the database and written to JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
            Self::Duplicate => "duplicate",
        }
    }

    /// Returns the word shown to people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::New => lang.pick("Baru", "New"),
            Self::InProgress => lang.pick("Proses", "In progress"),
            Self::Pending => lang.pick("Pending", "On hold"),
            Self::Done => lang.pick("Selesai", "Done"),
            Self::Cancelled => lang.pick("Batal", "Cancelled"),
            Self::Rejected => lang.pick("Ditolak", "Rejected"),
            Self::Duplicate => lang.pick("Duplikat", "Duplicate"),
        }
    }

    /// Returns the two letters that stand for the label on narrow screens.
    pub const fn short(self, lang: Lang) -> &'static str {
        match self {
            Self::New => lang.pick("Ba", "Ne"),
            Self::InProgress => lang.pick("Pr", "Ip"),
            Self::Pending => lang.pick("Pe", "Oh"),
            Self::Done => lang.pick("Se", "Do"),
            Self::Cancelled => lang.pick("Bt", "Ca"),
            Self::Rejected => lang.pick("Di", "Re"),
            Self::Duplicate => lang.pick("Du", "Du"),
        }
    }

    /// Reads a stored word or a label of either language, in any case and spacing.
    pub fn read(word: &str) -> Option<Self> {
        let word = plain(word);
        let known = Self::ALL.into_iter().find(|status| {
            let labels = Lang::ALL.map(|lang| plain(status.label(lang)));
            plain(status.as_str()) == word || labels.contains(&word)
        });
        known.or((word == "canceled").then_some(Self::Cancelled))
    }

    /// Says whether there is still work to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::InProgress | Self::Pending)
    }

    /// Says whether the report has ended, in whichever way.
    pub const fn is_closed(self) -> bool {
        !self.is_open()
    }

    /// Decides whether a report may go from this status to another, and what the move asks for.
    pub fn move_to(self, to: Self) -> Result<Move, MoveError> {
        let legal = match to {
            Self::New => false,
            Self::InProgress => self != Self::InProgress,
            Self::Pending => matches!(self, Self::New | Self::InProgress),
            _ => self.is_open(),
        };
        let reopens = self.is_closed();
        let needs_reason = reopens || matches!(to, Self::Pending | Self::Rejected);
        let allowed = Move {
            reopens,
            needs_reason,
        };
        if legal {
            Ok(allowed)
        } else {
            Err(MoveError { from: self, to })
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == word);
        known.ok_or_else(|| UnknownWord::new("status", word))
    }
}

impl TryFrom<String> for Status {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        word.parse()
    }
}

/// What a legal change of status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The report had ended and is taken up again.
    pub reopens: bool,
    /// Somebody has to say why.
    pub needs_reason: bool,
}

/// A change of status that the life of a report does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a report cannot go from {from} to {to}")]
pub struct MoveError {
    /// The status that the report has.
    pub from: Status,
    /// The status that was asked for.
    pub to: Status,
}

/// Where one officer's assignment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentStatus {
    /// Given to the officer, not begun.
    Assigned,
    /// The officer works on it.
    InProgress,
    /// Waits for something.
    Pending,
    /// The officer has finished.
    Done,
}

impl AssignmentStatus {
    /// Every state of an assignment, in the order of its life.
    pub const ALL: [Self; 4] = [Self::Assigned, Self::InProgress, Self::Pending, Self::Done];

    /// Returns the word stored in the database and written to JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::Pending => "pending",
            Self::Done => "done",
        }
    }

    /// Returns the word shown to people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Assigned => lang.pick("Penugasan", "Assigned"),
            Self::InProgress => lang.pick("Proses", "Working"),
            Self::Pending => lang.pick("Pending", "On hold"),
            Self::Done => lang.pick("Selesai", "Done"),
        }
    }
}

impl fmt::Display for AssignmentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AssignmentStatus {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == word);
        known.ok_or_else(|| UnknownWord::new("assignment status", word))
    }
}

impl TryFrom<String> for AssignmentStatus {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        word.parse()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// One row per status left, one column per status entered, in the order of `ALL`:
    /// `.` refused, `y` allowed, `w` allowed with a reason, `r` reopens with a reason.
    const MOVES: [&str; 7] = [
        ".ywyywy", "..wyywy", ".y.yywy", ".r.....", ".r.....", ".r.....", ".r.....",
    ];

    #[test]
    fn every_pair_of_statuses_follows_the_table() {
        for (from, row) in Status::ALL.into_iter().zip(MOVES) {
            for (to, cell) in Status::ALL.into_iter().zip(row.chars()) {
                let expected = match cell {
                    'y' => Ok(Move {
                        reopens: false,
                        needs_reason: false,
                    }),
                    'w' => Ok(Move {
                        reopens: false,
                        needs_reason: true,
                    }),
                    'r' => Ok(Move {
                        reopens: true,
                        needs_reason: true,
                    }),
                    _ => Err(MoveError { from, to }),
                };
                assert_eq!(from.move_to(to), expected, "{from} to {to}");
            }
        }
    }

    #[test]
    fn a_refused_move_names_both_ends() {
        let error = Status::Done.move_to(Status::Pending).unwrap_err();
        assert_eq!(error.to_string(), "a report cannot go from done to pending");
    }

    #[test]
    fn three_statuses_are_open_and_four_are_closed() {
        let open: Vec<_> = Status::ALL
            .into_iter()
            .filter(|status| status.is_open())
            .collect();
        assert_eq!(open, [Status::New, Status::InProgress, Status::Pending]);
        assert!(
            Status::ALL
                .into_iter()
                .all(|status| status.is_open() != status.is_closed())
        );
    }

    #[rstest]
    #[case("baru", Status::New)]
    #[case("NEW", Status::New)]
    #[case("Proses", Status::InProgress)]
    #[case("in-progress", Status::InProgress)]
    #[case("In progress", Status::InProgress)]
    #[case("in_progress", Status::InProgress)]
    #[case("pending", Status::Pending)]
    #[case("On hold", Status::Pending)]
    #[case("selesai", Status::Done)]
    #[case("batal", Status::Cancelled)]
    #[case("Canceled", Status::Cancelled)]
    #[case("ditolak", Status::Rejected)]
    #[case("duplikat", Status::Duplicate)]
    fn a_status_is_read_in_either_language(#[case] word: &str, #[case] status: Status) {
        assert_eq!(Status::read(word), Some(status));
    }

    #[test]
    fn a_word_of_neither_language_is_no_status() {
        for word in ["", "-", "bar", "selesaikan", "inprogress"] {
            assert_eq!(Status::read(word), None, "{word}");
        }
    }

    #[test]
    fn only_the_stored_word_is_taken_from_storage() {
        for status in Status::ALL {
            assert_eq!(Status::try_from(status.as_str().to_owned()), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        for word in ["Baru", "New", "in-progress", "canceled"] {
            assert!(word.parse::<Status>().is_err(), "{word}");
        }
    }

    #[test]
    fn short_labels_are_two_letters_and_tell_statuses_apart() {
        for lang in Lang::ALL {
            let mut shorts = Status::ALL.map(|status| status.short(lang));
            assert!(shorts.iter().all(|short| short.len() == 2), "{shorts:?}");
            shorts.sort_unstable();
            assert!(
                shorts.windows(2).all(|pair| pair[0] != pair[1]),
                "{shorts:?}"
            );
        }
    }

    #[test]
    fn assignment_states_survive_storage() {
        for status in AssignmentStatus::ALL {
            assert_eq!(
                AssignmentStatus::try_from(status.as_str().to_owned()),
                Ok(status)
            );
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert!("new".parse::<AssignmentStatus>().is_err());
        assert_eq!(AssignmentStatus::Assigned.label(Lang::Id), "Penugasan");
        assert_eq!(AssignmentStatus::InProgress.label(Lang::En), "Working");
    }
}
