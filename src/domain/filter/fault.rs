//! What can be wrong with a filter, where, and how to say so in either language.

use super::{Field, MAX_DEPTH, MAX_TERMS};
use crate::domain::lang::Lang;

/// A filter that cannot be read, with the place to mark under the prompt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.describe(Lang::En))]
pub struct FilterError {
    /// The byte at which the fault starts; the end of the text if something is missing there.
    pub at: usize,
    /// The length of the fault in bytes, zero if something is missing.
    pub len: usize,
    /// What is wrong.
    pub kind: FilterFault,
    /// The known field, value or sort key that is nearest to the one written.
    pub suggestion: Option<String>,
}

/// The ways in which a filter can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterFault {
    /// More characters than the limit given.
    TooLong(usize),
    /// More than [`MAX_TERMS`] conditions.
    TooManyTerms,
    /// Parentheses nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A quote that nothing closes.
    UnclosedQuote,
    /// A parenthesis that nothing closes.
    UnclosedGroup,
    /// A parenthesis that nothing opened.
    StrayParenthesis,
    /// A condition should stand here.
    Missing,
    /// Quotes with nothing between them.
    EmptyPhrase,
    /// A colon without a field before it.
    NoField,
    /// A field that the list does not have.
    UnknownField(String),
    /// A field without a value.
    EmptyValue(Field),
    /// A value that the field does not have.
    BadValue(Field, String),
    /// A comparison or range with a field that has no order.
    NotCompared(Field),
    /// A duration without a comparison.
    NeedsComparison(Field),
    /// A text that is no date.
    BadDate(String),
    /// A text that is no duration.
    BadSpan(String),
    /// A range that runs backwards or has more than two ends.
    BadRange,
    /// An order inside parentheses or behind a minus sign.
    SortInside,
    /// A key that the list cannot be sorted by.
    UnknownSort(String),
}

impl FilterError {
    pub(super) const fn new(at: usize, len: usize, kind: FilterFault) -> Self {
        Self {
            at,
            len,
            kind,
            suggestion: None,
        }
    }

    pub(super) fn with_suggestion(mut self, word: Option<&str>) -> Self {
        self.suggestion = word.map(str::to_owned);
        self
    }

    /// Returns what is wrong and what to write instead.
    pub fn describe(&self, lang: Lang) -> String {
        let fault = match lang {
            Lang::Id => self.kind.in_indonesian(),
            Lang::En => self.kind.in_english(),
        };
        match &self.suggestion {
            Some(word) => format!(
                "{fault}; {} {word}?",
                lang.pick("maksudnya", "did you mean")
            ),
            None => fault,
        }
    }
}

impl FilterFault {
    fn in_indonesian(&self) -> String {
        let name = |field: &Field| field.name(Lang::Id);
        match self {
            Self::TooLong(limit) => format!("saringan lebih dari {limit} huruf"),
            Self::TooManyTerms => format!("lebih dari {MAX_TERMS} syarat"),
            Self::TooDeep => format!("kurung lebih dari {MAX_DEPTH} tingkat"),
            Self::UnclosedQuote => "tanda kutip belum ditutup".to_owned(),
            Self::UnclosedGroup => "kurung belum ditutup".to_owned(),
            Self::StrayParenthesis => "kurung tutup tanpa kurung buka".to_owned(),
            Self::Missing => "di sini harus ada syarat".to_owned(),
            Self::EmptyPhrase => "tanda kutip kosong".to_owned(),
            Self::NoField => {
                "titik dua tanpa bidang; pakai tanda kutip untuk mencarinya".to_owned()
            }
            Self::UnknownField(word) => {
                format!("bidang \"{word}\" tidak ada; pakai tanda kutip untuk mencari titik dua")
            }
            Self::EmptyValue(field) => format!("{} belum punya nilai", name(field)),
            Self::BadValue(field, word) => format!("{} tidak punya nilai \"{word}\"", name(field)),
            Self::NotCompared(field) => format!("{} tidak bisa dibandingkan", name(field)),
            Self::NeedsComparison(field) => {
                format!("{0} harus dibandingkan, misalnya {0}:>3h", name(field))
            }
            Self::BadDate(word) => {
                format!("\"{word}\" bukan tanggal, misalnya 2024-09-17 atau kemarin")
            }
            Self::BadSpan(word) => format!("\"{word}\" bukan durasi, misalnya 30m, 3j atau 2h"),
            Self::BadRange => "rentang harus dari..sampai, yang kecil dulu".to_owned(),
            Self::SortInside => "urut hanya boleh di luar kurung dan tanpa minus".to_owned(),
            Self::UnknownSort(word) => format!("tidak bisa diurutkan menurut \"{word}\""),
        }
    }

    fn in_english(&self) -> String {
        let name = |field: &Field| field.name(Lang::En);
        match self {
            Self::TooLong(limit) => format!("more than {limit} characters"),
            Self::TooManyTerms => format!("more than {MAX_TERMS} conditions"),
            Self::TooDeep => format!("parentheses deeper than {MAX_DEPTH} levels"),
            Self::UnclosedQuote => "the quote is not closed".to_owned(),
            Self::UnclosedGroup => "the parenthesis is not closed".to_owned(),
            Self::StrayParenthesis => "nothing opens this parenthesis".to_owned(),
            Self::Missing => "a condition is missing here".to_owned(),
            Self::EmptyPhrase => "nothing between the quotes".to_owned(),
            Self::NoField => "a colon without a field; quote it to search it".to_owned(),
            Self::UnknownField(word) => {
                format!("there is no field \"{word}\"; quote a colon to search it")
            }
            Self::EmptyValue(field) => format!("{} has no value yet", name(field)),
            Self::BadValue(field, word) => format!("{} has no value \"{word}\"", name(field)),
            Self::NotCompared(field) => format!("{} cannot be compared", name(field)),
            Self::NeedsComparison(field) => {
                format!("{0} needs a comparison, such as {0}:>3d", name(field))
            }
            Self::BadDate(word) => {
                format!("\"{word}\" is no date, such as 2024-09-17 or yesterday")
            }
            Self::BadSpan(word) => format!("\"{word}\" is no duration, such as 30m, 3h or 2d"),
            Self::BadRange => "a range is from..to, the smaller end first".to_owned(),
            Self::SortInside => "sort stands outside parentheses and without a minus".to_owned(),
            Self::UnknownSort(word) => format!("cannot sort by \"{word}\""),
        }
    }
}
