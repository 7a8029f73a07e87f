//! One word or phrase to be found in a text, whole words only.

use crate::domain::text::fold;

/// A folded word or phrase; when open, its last word may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    words: Vec<String>,
    open: bool,
}

/// Returns the words of a folded text.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

impl Pattern {
    /// Reads `stop kontak` or `korslet*`; a text without letters and digits is no pattern.
    ///
    /// A star after a single letter counts for nothing, since it would take half a dictionary.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let open = text.trim_end().ends_with('*');
        let words: Vec<String> = words(&fold(text)).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { words, open })
    }

    /// Returns what `start_of` gives for every word it can match.
    pub(crate) fn start(&self) -> [u8; 2] {
        start_of(&self.words[0])
    }

    /// Returns whether these words begin with it.
    pub(crate) fn begins(&self, words: &[&str]) -> bool {
        let last = self.words.len() - 1;
        words.len() > last
            && self.words[..last]
                .iter()
                .zip(words)
                .all(|(own, word)| own == word)
            && self.ends(&self.words[last], words[last])
    }

    /// Returns whether it stands anywhere in these words.
    pub(crate) fn is_in(&self, words: &[&str]) -> bool {
        (0..words.len()).any(|at| self.begins(&words[at..]))
    }

    /// People write `lampunya` for "the lamp", so that ending is no other word.
    fn ends(&self, own: &str, word: &str) -> bool {
        let may_end = |rest: &str| own.len() > 1 && (self.open || rest == "nya");
        word.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || may_end(rest))
    }
}

/// Returns the first two bytes of a word, by which patterns are looked up.
pub(crate) fn start_of(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes();
    [(); 2].map(|()| bytes.next().unwrap_or_default())
}
