//! What a report is about: categories, each with the words that recognise it.

mod pattern;
mod start;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::fold;

use pattern::start_of;
pub(crate) use pattern::{Pattern, words};

/// A kind of work, as the settings hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name shown to people.
    pub name: String,
    /// Words or phrases that speak for it; a `*` at the end takes every word that begins so.
    #[serde(default)]
    pub words: Vec<String>,
}

/// The categories of a desk, made ready for reading texts.
#[derive(Debug, Clone, Default)]
pub struct Categories {
    list: Vec<Category>,
    /// Patterns by the start of the words they match, each with the place of its category.
    patterns: BTreeMap<[u8; 2], Vec<(Pattern, usize)>>,
}

/// How much a text speaks for a category; the greatest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    hits: usize,
    first: Reverse<usize>,
    place: Reverse<usize>,
}

impl Categories {
    /// Prepares a list; words without a letter or digit are passed over.
    pub fn new(list: Vec<Category>) -> Self {
        let mut patterns: BTreeMap<[u8; 2], Vec<(Pattern, usize)>> = BTreeMap::new();
        for (place, category) in list.iter().enumerate() {
            for pattern in category.words.iter().filter_map(|word| Pattern::new(word)) {
                patterns
                    .entry(pattern.start())
                    .or_default()
                    .push((pattern, place));
            }
        }
        Self { list, patterns }
    }

    /// Returns the categories a new installation starts with.
    pub fn start() -> Self {
        Self::new(start::categories())
    }

    /// Returns the list it was made from.
    pub fn list(&self) -> &[Category] {
        &self.list
    }

    /// Returns the name of the category a text speaks for most, if for any.
    ///
    /// Most hits win; with equal hits the one mentioned first, then the one listed first.
    pub fn recognise(&self, text: &str) -> Option<&str> {
        let folded = fold(text);
        let words: Vec<&str> = words(&folded).collect();
        let mut scores = vec![None; self.list.len()];
        for at in 0..words.len() {
            for place in self.hits(&words[at..]) {
                let score = scores[place].get_or_insert(Score {
                    hits: 0,
                    first: Reverse(at),
                    place: Reverse(place),
                });
                score.hits += 1;
            }
        }
        let best = scores.into_iter().flatten().max()?;
        Some(&self.list[best.place.0].name)
    }

    /// Returns the places of the categories that the first of these words speaks for.
    fn hits(&self, words: &[&str]) -> impl Iterator<Item = usize> {
        let start = words.first().map(|word| start_of(word));
        let patterns = start.and_then(|start| self.patterns.get(&start));
        let begins = |(pattern, _): &&(Pattern, usize)| pattern.begins(words);
        let found = patterns.into_iter().flatten().filter(begins);
        found.map(|&(_, place)| place)
    }
}

#[cfg(test)]
mod tests;
