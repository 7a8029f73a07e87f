//! Patterns of `LIKE` that mean the same on both engines, and the words that are looked for.
//!
//! `SQLite` takes small and capital ASCII letters for the same and PostgreSQL does not, so columns
//! are compared in `lower(…)`, which does that much on both.

use crate::domain::text::fold;

/// Returns the pattern of texts that start with this; to be used with `ESCAPE '\'`.
pub fn start(text: &str) -> String {
    format!("{}%", literal(&text.to_ascii_lowercase()))
}

/// Returns the pattern of texts that end with this.
pub fn end(text: &str) -> String {
    format!("%{}", literal(text))
}

/// Returns the pattern of texts that hold this.
pub fn part(text: &str) -> String {
    format!("%{}%", literal(&text.to_ascii_lowercase()))
}

/// Like [`start`] and [`part`], for columns whose letters are not folded: the case of a letter
/// beyond ASCII cannot be compared there, so any one letter is taken for it.
pub fn loose(pattern: &str) -> String {
    pattern
        .chars()
        .map(|letter| if letter.is_ascii() { letter } else { '_' })
        .collect()
}

fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '%' | '_') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Returns the folded words of a text as the search index knows them: letters and digits.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{end, loose, part, start, words};

    #[test]
    fn signs_of_a_pattern_stand_for_themselves() {
        assert_eq!(start("100%_A\\"), "100\\%\\_a\\\\%");
        assert_eq!(end("009"), "%009");
        assert_eq!(part("Ä%"), "%Ä\\%%");
        assert_eq!(loose(&part("Ä%")), "%_\\%%");
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(words("Lampu (R.203) MATI!"), ["lampu", "r", "203", "mati"]);
        assert_eq!(words(" - "), [""; 0]);
    }
}
