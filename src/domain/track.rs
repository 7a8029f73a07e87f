//! Tracking numbers: prefix, year and month, running number (`BRT2411001`).
//! Reading forgives decoration, never letters or digits: a near miss is no number.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::text;

const PREFIX: std::ops::RangeInclusive<usize> = 2..=8;
const MONTH_DIGITS: usize = 4;
const SHORTEST: usize = MONTH_DIGITS + 3;
const LONGEST: usize = MONTH_DIGITS + 9;

/// A tracking number in its one stored spelling: upper-case ASCII without separators.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrackId(String);

/// The text is no tracking number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a tracking number")]
pub struct NotANumber;

impl TrackId {
    /// Builds the number of the `n`th report of a month; the prefix is a checked setting.
    pub fn compose(prefix: &str, year: i16, month: i8, n: u64) -> Self {
        Self(format!("{}{n:03}", month_key(prefix, year, month)))
    }

    /// Reads one number and nothing else, however it is decorated.
    pub fn parse(raw: &str) -> Option<Self> {
        let mut spelled = String::with_capacity(LONGEST);
        for (_, c) in text::letters(raw).filter(|&(_, c)| !is_separator(c)) {
            if spelled.len() >= PREFIX.end() + LONGEST {
                return None;
            }
            spelled.push(c);
        }
        let (prefix, digits) = spelled.split_at(spelled.find(|c: char| c.is_ascii_digit())?);
        Self::from_parts(prefix, digits)
    }

    /// Returns the canonical spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_parts(prefix: &str, digits: &str) -> Option<Self> {
        let month = digits.get(2..MONTH_DIGITS)?;
        let strict = is_prefix(prefix)
            && (SHORTEST..=LONGEST).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && ("01"..="12").contains(&month);
        strict.then(|| Self(format!("{}{digits}", prefix.to_ascii_uppercase())))
    }
}

impl fmt::Display for TrackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl TryFrom<String> for TrackId {
    type Error = NotANumber;

    fn try_from(stored: String) -> Result<Self, NotANumber> {
        Self::parse(&stored).ok_or(NotANumber)
    }
}

impl From<TrackId> for String {
    fn from(id: TrackId) -> Self {
        id.0
    }
}

/// Tells whether a setting can be the prefix of numbers: 2 to 8 ASCII letters.
pub fn is_prefix(prefix: &str) -> bool {
    PREFIX.contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Returns what the running numbers of one month have in common: `BRT2411`.
pub fn month_key(prefix: &str, year: i16, month: i8) -> String {
    format!(
        "{}{:02}{month:02}",
        prefix.to_ascii_uppercase(),
        year.rem_euclid(100)
    )
}

/// Reads a number at the start of a text, even one spelled with blanks and marks, and returns
/// it with the text behind it.
pub fn read_from(text: &str) -> Option<(TrackId, &str)> {
    let mut reader = Reader::default();
    for (at, c) in text::letters(text) {
        match reader.take(c) {
            Step::More => {}
            Step::End => return Some((reader.finish()?, &text[at..])),
            Step::Never => return None,
        }
    }
    Some((reader.finish()?, ""))
}

/// What a character means for the number that is being read.
enum Step {
    More,
    End,
    Never,
}

/// A number half read. `group` counts the letters since the last blank.
#[derive(Default)]
struct Reader {
    letters: String,
    digits: String,
    first_group: Option<usize>,
    group: usize,
}

impl Reader {
    fn take(&mut self, c: char) -> Step {
        let complete = self.digits.len() >= SHORTEST;
        match c {
            _ if is_separator(c) && complete => Step::End,
            _ if is_separator(c) => self.separate(c),
            'a'..='z' => self.letter(c),
            '0'..='9' => self.digit(c),
            _ if complete && !is_word(c) => Step::End,
            _ => Step::Never,
        }
    }

    fn separate(&mut self, c: char) -> Step {
        if c.is_whitespace() && self.group > 0 && self.digits.is_empty() {
            self.first_group.get_or_insert(self.group);
            self.group = 0;
        }
        Step::More
    }

    fn letter(&mut self, c: char) -> Step {
        if !self.digits.is_empty() || self.letters.len() >= *PREFIX.end() {
            return Step::Never;
        }
        self.letters.push(c);
        self.group += 1;
        Step::More
    }

    fn digit(&mut self, c: char) -> Step {
        if self.letters.len() < *PREFIX.start() || self.digits.len() >= LONGEST {
            return Step::Never;
        }
        self.digits.push(c);
        Step::More
    }

    /// Two whole words before the digits are a sentence, not a prefix with a blank in it.
    fn finish(&self) -> Option<TrackId> {
        let sentence = self.first_group.is_some_and(|first| first >= 3) && self.group >= 3;
        if sentence {
            None
        } else {
            TrackId::from_parts(&self.letters, &self.digits)
        }
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '#' | '*' | '+' | '_' | '~' | '-' | '.' | ':' | ',' | ';' | '/' | '=' | '|'
        )
        || matches!(c, '\'' | '"' | '`' | '(' | ')' | '[' | ']' | '<' | '>')
        || matches!(
            c,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '‘' | '’' | '‚' | '“' | '”' | '„'
        )
        || matches!(c, '«' | '»' | '‹' | '›')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

#[cfg(test)]
mod tests;
