//! Characters that nobody sees and that have no place in a file people write.

/// Returns the first hidden character with the number of its line.
pub(crate) fn first_hidden(text: &str) -> Option<(usize, char)> {
    text.split('\n')
        .zip(1..)
        .find_map(|(line, number)| line.chars().find(|&c| is_hidden(c)).map(|c| (number, c)))
}

/// Returns a text without hidden characters and on one line, for use within a message.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_hidden(c) && !matches!(c, '\n' | '\r'))
        .collect()
}

/// Tells whether a character moves the cursor, colours the screen or turns the text around.
/// The joiner of emoji and the sign that picks their form are not meant.
fn is_hidden(c: char) -> bool {
    let bidi = matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}');
    let blank = matches!(
        c,
        '\u{200b}' | '\u{2028}'..='\u{2029}' | '\u{2060}' | '\u{feff}'
    );
    bidi || blank || (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::{first_hidden, visible};

    #[test]
    fn escapes_turned_text_and_blanks_of_no_width_are_found_with_their_line() {
        for c in [
            '\u{1b}', '\0', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}',
        ] {
            let text = format!("satu\ndua\nti{c}ga\n");
            assert_eq!(first_hidden(&text), Some((3, c)), "{c:?}");
        }
    }

    #[test]
    fn what_is_quoted_in_a_message_shows_no_hidden_characters() {
        assert_eq!(visible("a\u{1b}[31m\nb\u{202e}c"), "a[31mbc");
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "",
            "a\tb\r\n",
            "– “kutip” é 👩\u{200d}🔧 ☎\u{fe0f}",
            "日本 العربية",
        ] {
            assert_eq!(first_hidden(text), None, "{text:?}");
        }
    }
}
