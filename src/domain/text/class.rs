//! Kinds of characters, as the text policy sees them.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) const ZWJ: char = '\u{200d}';
pub(super) const VS16: char = '\u{fe0f}';
pub(super) const KEYCAP: char = '\u{20e3}';

/// Tells whether a character is shown as it is and never joins its neighbour.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

/// Tells whether a character leaves no trace on the screen, or turns the text around.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        // The last two of every plane are no characters.
        || c as u32 & 0xfffe == 0xfffe
}

/// Tells whether a character stacks on the one before it; the emoji selector does not count.
pub(super) fn is_mark(c: char) -> bool {
    c != VS16 && is_combining_mark(c)
}

/// Tells whether a character is a picture that may be joined to another.
pub(super) fn is_emoji(c: char) -> bool {
    !c.is_ascii() && !is_mark(c) && takes_joiner(c.encode_utf8(&mut [0; 4]))
}

/// Tells whether a joiner and an emoji would continue this grapheme as one picture.
pub(super) fn takes_joiner(grapheme: &str) -> bool {
    // The segmentation rule for joined pictures is asked itself: no table of our own to age.
    let mut probe = String::with_capacity(grapheme.len() + 7);
    probe.extend([grapheme, "\u{200d}😀"]);
    !grapheme.is_empty() && probe.graphemes(true).nth(1).is_none()
}

/// Returns what a character is in the search copy, if anything.
pub(super) fn searchable(c: char) -> Option<char> {
    match c {
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() || is_invisible(c) || is_accent(c) => None,
        _ => Some(c),
    }
}

/// Marks that only decorate a letter; vowel signs of other scripts are letters to a reader.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
