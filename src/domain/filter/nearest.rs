//! The known word that an unknown one was probably meant to be.

/// Returns the known word with the fewest slips of the finger, if it is near enough to offer.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let near_enough = word.len().div_ceil(2).min(3);
    let rated = known.map(|candidate| (distance(&word, candidate), candidate));
    let (slips, best) = rated.min_by_key(|&(slips, _)| slips)?;
    (!word.is_empty() && slips <= near_enough).then_some(best)
}

/// Counts the letters to insert, delete or change; a mere beginning of a word is one slip.
fn distance(word: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.chars().collect();
    if word.len() > 1 && candidate.starts_with(word) {
        return usize::from(candidate.len() > word.len());
    }
    let mut row: Vec<usize> = (0..=candidate.len()).collect();
    for (line, letter) in word.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in candidate.iter().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[candidate.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["status", "assignee", "kategori", "umur", "unit"];

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let cases = [
            ("statu", "status"),
            ("sttaus", "status"),
            ("STATUS", "status"),
            ("kat", "kategori"),
            ("asignee", "assignee"),
            ("umr", "umur"),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, KNOWN.into_iter()), Some(expected), "{word}");
        }
    }

    #[test]
    fn a_word_unlike_all_others_finds_nothing() {
        for word in ["", "10", "http", "zzzzzzzzzz"] {
            assert_eq!(nearest(word, KNOWN.into_iter()), None, "{word}");
        }
    }
}
