//! The known word that a mistyped one was probably meant to be.

/// Returns the known word nearest to the given one, if any is near enough to be worth naming.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.chars().count().max(3) / 3 + 1;
    let ranked = known
        .into_iter()
        .map(|other| (distance(word, other), other));
    ranked
        .min_by_key(|(distance, _)| *distance)
        .filter(|(far, _)| *far <= limit)
        .map(|near| near.1)
}

/// Counts the letters to change, add, drop or swap with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut before = None;
    for (row, c) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, &d) in right.iter().enumerate() {
            let kept = above[column] + usize::from(c != d);
            let best = kept.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = column > 0 && before == Some(d) && right[column - 1] == c;
            let best = if swapped {
                best.min(older[column - 1] + 1)
            } else {
                best
            };
            current.push(best);
        }
        older = std::mem::replace(&mut above, current);
        before = Some(c);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn every_slip_of_the_finger_counts_one() {
        for (left, right, far) in [
            ("", "", 0),
            ("", "abc", 3),
            ("guests", "guests", 0),
            ("guest", "guests", 1),
            ("guetss", "guests", 1),
            ("gaests", "guests", 1),
            ("prefix", "quests", 5),
        ] {
            assert_eq!(distance(left, right), far, "{left} {right}");
            assert_eq!(distance(right, left), far, "{right} {left}");
        }
    }

    #[test]
    fn the_nearest_word_is_named_only_when_it_is_near() {
        let known = ["desk.guests", "desk.groups", "org.name"];
        assert_eq!(nearest("desk.guest", known), Some("desk.guests"));
        assert_eq!(nearest("org.nmae", known), Some("org.name"));
        assert_eq!(nearest("warna_latar", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
