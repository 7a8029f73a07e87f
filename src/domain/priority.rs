//! How urgent a report is. The order of the variants is the order of urgency.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::lang::{Lang, UnknownWord, plain};

/// The urgency of a report, least urgent first.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// May wait.
    Low,
    /// What a report has unless somebody says otherwise.
    #[default]
    Normal,
    /// Before the normal ones.
    High,
    /// At once.
    Urgent,
}

impl Priority {
    /// Every priority, least urgent first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// Returns the word stored in the database and written to JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Returns the word shown to people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Low => lang.pick("rendah", "low"),
            Self::Normal => "normal",
            Self::High => lang.pick("tinggi", "high"),
            Self::Urgent => lang.pick("darurat", "urgent"),
        }
    }

    /// Reads a word of either language, in any case.
    pub fn read(word: &str) -> Option<Self> {
        let word = plain(word);
        let known = |priority: &Self| Lang::ALL.iter().any(|&lang| priority.label(lang) == word);
        Self::ALL.into_iter().find(known)
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Priority {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL
            .into_iter()
            .find(|priority| priority.as_str() == word);
        known.ok_or_else(|| UnknownWord::new("priority", word))
    }
}

impl TryFrom<String> for Priority {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        word.parse()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("rendah", Priority::Low)]
    #[case("LOW", Priority::Low)]
    #[case("Normal", Priority::Normal)]
    #[case("tinggi", Priority::High)]
    #[case("high", Priority::High)]
    #[case("Darurat", Priority::Urgent)]
    #[case("urgent", Priority::Urgent)]
    fn a_priority_is_read_in_either_language(#[case] word: &str, #[case] priority: Priority) {
        assert_eq!(Priority::read(word), Some(priority));
    }

    #[test]
    fn the_start_of_a_word_is_no_priority() {
        for word in ["", "dar", "penting"] {
            assert_eq!(Priority::read(word), None, "{word}");
        }
    }

    #[test]
    fn only_the_stored_word_is_taken_from_storage() {
        for priority in Priority::ALL {
            assert_eq!(
                Priority::try_from(priority.as_str().to_owned()),
                Ok(priority)
            );
            assert_eq!(serde_json::to_value(priority).unwrap(), priority.as_str());
        }
        assert!("darurat".parse::<Priority>().is_err());
        assert!("Low".parse::<Priority>().is_err());
    }

    #[test]
    fn an_emergency_outranks_everything() {
        assert_eq!(Priority::ALL.into_iter().max(), Some(Priority::Urgent));
        assert!(Priority::High > Priority::Normal && Priority::Normal > Priority::Low);
    }
}
