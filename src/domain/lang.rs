//! The two languages of the desk, and the error for a word that neither of them knows.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The language that texts are shown in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Indonesian, the language of the desk.
    #[default]
    Id,
    /// English, one key or flag away.
    En,
}

impl Lang {
    /// Both languages, the desk's own first.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// Returns the two-letter code used in settings and flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Chooses between an Indonesian and an English text.
    pub const fn pick(self, id: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Id => id,
            Self::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|lang| lang.as_str() == word);
        known.ok_or_else(|| UnknownWord::new("language", word))
    }
}

/// A word that names no value of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is no {kind}")]
pub struct UnknownWord {
    /// What the word should have named, such as `status`.
    pub kind: &'static str,
    /// The word as it came.
    pub word: String,
}

impl UnknownWord {
    /// Makes the error for a word that should have named a `kind`.
    pub fn new(kind: &'static str, word: &str) -> Self {
        Self {
            kind,
            word: word.to_owned(),
        }
    }
}

/// Returns a typed word in the form that tables compare: lower case, single hyphens for gaps.
pub(crate) fn plain(word: &str) -> String {
    let spaced = word.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_its_code() {
        for lang in Lang::ALL {
            assert_eq!(lang.as_str().parse(), Ok(lang));
        }
    }

    #[test]
    fn a_third_language_is_refused_by_name() {
        let error = "fr".parse::<Lang>().unwrap_err();
        assert_eq!(error.to_string(), "\"fr\" is no language");
    }

    #[test]
    fn gaps_and_case_of_a_word_do_not_matter() {
        for word in [
            "In progress",
            "in-progress",
            "IN_PROGRESS",
            "  in   progress ",
        ] {
            assert_eq!(plain(word), "in-progress", "{word}");
        }
    }
}
