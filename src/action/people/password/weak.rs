//! Which passwords are refused: short ones, those with the owner's name, and those that are long
//! only to the eye, such as a common word with a year behind it.

use crate::action::people::password::root;
use crate::domain::text::fold;

/// What a password must be worth, counted in signs that cannot be foreseen.
const LEAST: usize = 10;
/// What a common word and a year are worth of it.
const WORD: usize = 2;
const YEAR: usize = 1;
/// Names shorter than this are parts of too many words.
const NAME: usize = 4;

/// Signs that follow each other on a keyboard, along and across.
const KEYS: [&str; 15] = [
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "0p;/",
];

/// What is asked of a password.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy<'a> {
    pub(super) min_chars: usize,
    pub(super) max_bytes: usize,
    /// Names of whoever it belongs to.
    pub(super) owner: &'a [&'a str],
    /// Words that everybody around here would try.
    pub(super) local: &'a [&'a str],
}

impl Policy<'_> {
    /// Returns the id of the text that says what is wrong with a password, if anything is.
    pub(super) fn fault(&self, password: &str) -> Option<&'static str> {
        if password.chars().count() < self.min_chars {
            return Some("why-password-short");
        }
        if password.len() > self.max_bytes {
            return Some("why-password-long");
        }
        let folded = fold(password);
        if parts(self.owner).any(|name| name.len() >= NAME && folded.contains(&name)) {
            return Some("why-password-name");
        }
        let local: Vec<String> = parts(self.local).collect();
        (worth(&folded, &local) < LEAST).then_some("why-password-common")
    }
}

/// Returns the folded words of some names.
fn parts<'a>(names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    names.iter().flat_map(|name| {
        let folded = fold(name);
        let words: Vec<String> = folded
            .split(|c: char| !c.is_alphanumeric())
            .map(ToOwned::to_owned)
            .collect();
        words.into_iter().filter(|word| !word.is_empty())
    })
}

/// Returns how many signs of a folded password somebody would have to guess who knows common
/// words, years, keyboards and the habit of writing things twice.
fn worth(folded: &str, local: &[String]) -> usize {
    let signs: Vec<char> = folded.chars().collect();
    let signs = &signs[..period(&signs)];
    let roots: Vec<Vec<char>> = root::all()
        .chain(local.iter().map(String::as_str))
        .map(|root| root.chars().collect())
        .collect();
    // The cheapest way to each place: a sign more, or a whole word that ends there.
    let mut cheapest = vec![0; signs.len() + 1];
    for end in 1..=signs.len() {
        let mut cost = cheapest[end - 1] + usize::from(!continues(&signs[..end]));
        for root in roots.iter().filter(|root| ends_with(&signs[..end], root)) {
            cost = cost.min(cheapest[end - root.len()] + WORD);
        }
        if ends_with_year(&signs[..end]) {
            cost = cost.min(cheapest[end - 4] + YEAR);
        }
        cheapest[end] = cost;
    }
    cheapest[signs.len()]
}

/// Returns the length of what is written over and over, or of the whole.
fn period(signs: &[char]) -> usize {
    let repeats = |&length: &usize| signs[length..].iter().zip(signs).all(|(a, b)| a == b);
    (1..=signs.len() / 2).find(repeats).unwrap_or(signs.len())
}

/// Tells whether the last sign follows from the one before it.
fn continues(signs: &[char]) -> bool {
    let [.., before, last] = signs else {
        return false;
    };
    let in_a_row = before.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && u32::from(*before).abs_diff(u32::from(*last)) == 1;
    before == last || in_a_row || KEYS.iter().any(|keys| are_neighbours(keys, *before, *last))
}

fn are_neighbours(keys: &str, a: char, b: char) -> bool {
    match (keys.find(a), keys.find(b)) {
        (Some(a), Some(b)) => a.abs_diff(b) == 1,
        _ => false,
    }
}

fn ends_with(signs: &[char], root: &[char]) -> bool {
    let Some(start) = signs.len().checked_sub(root.len()) else {
        return false;
    };
    signs[start..]
        .iter()
        .zip(root)
        .all(|(sign, letter)| stands_for(*sign, *letter))
}

/// Tells whether a sign is a letter or what people write in its place.
fn stands_for(sign: char, letter: char) -> bool {
    sign == letter
        || matches!(
            (sign, letter),
            ('0', 'o')
                | ('1' | '!' | '|', 'i' | 'l')
                | ('3', 'e')
                | ('4' | '@', 'a')
                | ('5' | '$', 's')
                | ('6' | '9', 'g')
                | ('7' | '+', 't')
                | ('8', 'b')
                | ('2', 'z')
        )
}

fn ends_with_year(signs: &[char]) -> bool {
    match signs {
        [.., '1', '9', a, b] | [.., '2', '0', a, b] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
