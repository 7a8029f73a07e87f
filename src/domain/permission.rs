//! Who may do what: one table of levels and acts. It knows nothing of any particular person;
//! whoever asks compares `Reach::Own` with the reports that are the person's own.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::lang::{Lang, UnknownWord, plain};

/// The level of a staff member, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A field officer, who works by chat and reads own tasks at the console.
    Tbo,
    /// Runs the desk.
    Staf,
    /// Runs the desk and the installation.
    Administrator,
}

impl Level {
    /// Every level, weakest first.
    pub const ALL: [Self; 3] = [Self::Tbo, Self::Staf, Self::Administrator];

    /// Returns the word stored in the database and written to JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tbo => "tbo",
            Self::Staf => "staf",
            Self::Administrator => "administrator",
        }
    }

    /// Returns the word shown to people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Tbo => lang.pick("TBO", "Field worker"),
            Self::Staf => lang.pick("Staf", "Staff"),
            Self::Administrator => "Administrator",
        }
    }

    /// Reads a stored word or a label of either language, in any case and spacing.
    pub fn read(word: &str) -> Option<Self> {
        let word = plain(word);
        let known = Self::ALL.into_iter().find(|level| {
            let labels = Lang::ALL.map(|lang| plain(level.label(lang)));
            level.as_str() == word || labels.contains(&word)
        });
        known.or((word == "admin").then_some(Self::Administrator))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|level| level.as_str() == word);
        known.ok_or_else(|| UnknownWord::new("level", word))
    }
}

impl TryFrom<String> for Level {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        word.parse()
    }
}

/// Something that a staff member may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read reports and what belongs to them.
    SeeReports,
    /// Add a progress note.
    Note,
    /// Mark an assignment as being worked.
    Start,
    /// Finish the work on a report.
    Finish,
    /// Give a report to officers, or take it from them.
    Assign,
    /// Change category, unit or priority, or take up a report by hand.
    Edit,
    /// Put a report on hold.
    Pending,
    /// Make a report the duplicate of another.
    Merge,
    /// Refuse a report.
    Reject,
    /// Withdraw a report.
    Cancel,
    /// Confirm a finished report in the reporter's place.
    Confirm,
    /// Read and answer ordinary messages by chat.
    Reply,
    /// Write lists to files.
    Export,
    /// Print reports and lists.
    Print,
    /// Accept an officer's progress.
    Validate,
    /// Correct an officer's progress.
    Correct,
    /// Take up a closed report again.
    Reopen,
    /// Delete a report so that it can be brought back.
    Delete,
    /// Look after staff accounts.
    ManageStaff,
    /// Look after the list of employees.
    ManageEmployees,
    /// Change settings.
    ManageSettings,
    /// Change assignment rules.
    ManageRules,
    /// Read the audit log.
    SeeAudit,
    /// Retry, edit, cancel and pause what waits to be sent.
    ManageOutbox,
    /// Pair, test and log out gateway channels.
    ManageChannels,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Self; 25] = [
        Self::SeeReports,
        Self::Note,
        Self::Start,
        Self::Finish,
        Self::Assign,
        Self::Edit,
        Self::Pending,
        Self::Merge,
        Self::Reject,
        Self::Cancel,
        Self::Confirm,
        Self::Reply,
        Self::Export,
        Self::Print,
        Self::Validate,
        Self::Correct,
        Self::Reopen,
        Self::Delete,
        Self::ManageStaff,
        Self::ManageEmployees,
        Self::ManageSettings,
        Self::ManageRules,
        Self::SeeAudit,
        Self::ManageOutbox,
        Self::ManageChannels,
    ];

    /// Returns the weakest level that may do this with every report.
    const fn wants(self) -> Level {
        match self {
            Self::Correct
            | Self::Reopen
            | Self::Delete
            | Self::ManageStaff
            | Self::ManageEmployees
            | Self::ManageSettings
            | Self::ManageRules
            | Self::SeeAudit
            | Self::ManageChannels => Level::Administrator,
            _ => Level::Staf,
        }
    }

    /// Says whether a field officer may do this with own tasks.
    const fn belongs_to_the_officer(self) -> bool {
        matches!(
            self,
            Self::SeeReports | Self::Note | Self::Start | Self::Finish
        )
    }
}

/// How far a permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    All,
    /// Only the person's own tasks.
    Own,
    /// Nothing.
    None,
}

/// Decides how far a level's permission for an act goes.
pub fn may(level: Level, act: Act) -> Reach {
    if level >= act.wants() {
        Reach::All
    } else if act.belongs_to_the_officer() {
        Reach::Own
    } else {
        Reach::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What tbo, staf and administrator may, one row per act: `a` all, `o` own tasks, `-` nothing.
    const TABLE: [(Act, &str); 25] = [
        (Act::SeeReports, "oaa"),
        (Act::Note, "oaa"),
        (Act::Start, "oaa"),
        (Act::Finish, "oaa"),
        (Act::Assign, "-aa"),
        (Act::Edit, "-aa"),
        (Act::Pending, "-aa"),
        (Act::Merge, "-aa"),
        (Act::Reject, "-aa"),
        (Act::Cancel, "-aa"),
        (Act::Confirm, "-aa"),
        (Act::Reply, "-aa"),
        (Act::Export, "-aa"),
        (Act::Print, "-aa"),
        (Act::Validate, "-aa"),
        (Act::Correct, "--a"),
        (Act::Reopen, "--a"),
        (Act::Delete, "--a"),
        (Act::ManageStaff, "--a"),
        (Act::ManageEmployees, "--a"),
        (Act::ManageSettings, "--a"),
        (Act::ManageRules, "--a"),
        (Act::SeeAudit, "--a"),
        (Act::ManageOutbox, "-aa"),
        (Act::ManageChannels, "--a"),
    ];

    #[test]
    fn every_level_and_act_follows_the_table() {
        for (act, row) in TABLE {
            for (level, cell) in Level::ALL.into_iter().zip(row.chars()) {
                let expected = match cell {
                    'a' => Reach::All,
                    'o' => Reach::Own,
                    _ => Reach::None,
                };
                assert_eq!(may(level, act), expected, "{level} {act:?}");
            }
        }
    }

    #[test]
    fn the_table_names_every_act_once() {
        assert_eq!(TABLE.map(|(act, _)| act), Act::ALL);
    }

    #[test]
    fn a_level_is_read_in_either_language() {
        let cases = [
            ("TBO", Level::Tbo),
            ("field worker", Level::Tbo),
            ("Staf", Level::Staf),
            ("staff", Level::Staf),
            ("ADMINISTRATOR", Level::Administrator),
            ("admin", Level::Administrator),
        ];
        for (word, level) in cases {
            assert_eq!(Level::read(word), Some(level), "{word}");
        }
        assert_eq!(Level::read("boss"), None);
    }

    #[test]
    fn only_the_stored_word_is_taken_from_storage() {
        for level in Level::ALL {
            assert_eq!(Level::try_from(level.as_str().to_owned()), Ok(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
        assert!("Staf".parse::<Level>().is_err());
        assert!("staff".parse::<Level>().is_err());
    }
}
