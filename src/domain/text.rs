//! Cleaning of strangers' text: what may be shown, searched, quoted and sent.
//! The raw bytes stay in the inbox; everything that leaves it goes through here once.
//! It knows nothing of screens or gateways, only of characters.

mod class;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use class::{KEYCAP, VS16, ZWJ};

/// Characters of a message that are kept; what is longer is cut with a mark.
pub const MAX_IN: usize = 65_536;
/// Characters of one outgoing message; what is longer is split.
pub const MAX_OUT: usize = 4_096;

const MARKS_A_GRAPHEME: usize = 4;
const BYTES_A_GRAPHEME: usize = 32;
const CUT_MARK: &str = " […]";

/// Text that may be drawn, and how many characters had to go for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The text as it may be shown; line feeds are the only controls in it.
    pub text: String,
    /// How many invisible or surplus characters were taken out.
    pub removed: u32,
}

/// Returns the display copy of a text, its lines kept.
pub fn display(raw: &str) -> Cleaned {
    if raw.chars().all(class::is_plain) {
        return Cleaned {
            text: raw.to_owned(),
            removed: 0,
        };
    }
    let mut cleaner = Cleaner::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        cleaner.take(c, chars.peek().copied());
    }
    cleaner.finish()
}

/// Returns the display copy as one line of at most so many graphemes, cut with `…`.
pub fn line(raw: &str, max_graphemes: usize) -> String {
    // A cell is drawn many times a second: a giant is cut before it is cleaned.
    let raw = raw.trim_start();
    let head = &raw[..raw.floor_char_boundary(max_graphemes.saturating_mul(64).max(256))];
    let text = one_line(&display(head).text);
    if head.len() == raw.len() && text.graphemes(true).nth(max_graphemes).is_none() {
        return text;
    }
    let Some(kept) = max_graphemes.checked_sub(1) else {
        return String::new();
    };
    let end = text
        .grapheme_indices(true)
        .nth(kept)
        .map_or(text.len(), |(at, _)| at);
    format!("{}…", text[..end].trim_end())
}

/// Returns at most so many characters of a text; a longer one ends with a mark.
pub fn cut(text: &str, max_chars: usize) -> Cow<'_, str> {
    if text.len() <= max_chars || text.chars().nth(max_chars).is_none() {
        return Cow::Borrowed(text);
    }
    let kept = max_chars.saturating_sub(CUT_MARK.chars().count());
    let end = boundary_before(text, byte_of_char(text, kept));
    let mark: String = CUT_MARK.chars().take(max_chars).collect();
    Cow::Owned(format!("{}{mark}", text[..end].trim_end()))
}

/// Returns the search copy: compatibility forms resolved, lower case, no accents, one blank.
pub fn fold(raw: &str) -> String {
    if raw.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
        return one_line(&raw.to_ascii_lowercase());
    }
    let letters = raw
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter_map(class::searchable);
    one_line(&letters.nfkc().collect::<String>())
}

/// Returns strangers' text as it may stand in our replies: one line, no marks, no links.
pub fn quote(raw: &str) -> String {
    let shown = display(raw).text;
    let bare = without_marks(&shown);
    // Taking a mark out can bring two graphemes together, so the limits are applied again.
    without_links(&one_line(&display(&bare).text))
}

/// Splits an outgoing text into pieces, at line or word ends and never inside a grapheme.
pub fn split(text: &str, max_chars: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = skip_blank(text);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(piece_end(rest, max_chars.max(1)));
        pieces.push(without_blank_end(piece).to_owned());
        rest = skip_blank(after);
    }
    // A blank that carries marks is torn apart where not even one grapheme fits.
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Yields each character in compatibility form and ASCII lower case, with where it came from.
/// Invisible ones are passed over. Readers of commands and numbers look through this.
pub fn letters(raw: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    raw.char_indices()
        .filter(|&(_, c)| !class::is_invisible(c) && c != KEYCAP)
        .flat_map(|(at, c)| {
            std::iter::once(c)
                .nfkc()
                .map(move |folded| (at, folded.to_ascii_lowercase()))
        })
}

/// Builds the display copy character by character; its last grapheme begins at `start`.
struct Cleaner {
    out: String,
    start: usize,
    marks: usize,
    joiner: bool,
    removed: u32,
}

impl Cleaner {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes),
            start: 0,
            marks: 0,
            joiner: false,
            removed: 0,
        }
    }

    fn take(&mut self, c: char, next: Option<char>) {
        match c {
            '\r' if next == Some('\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => self.put('\n'),
            '\t' => (0..4).for_each(|_| self.put(' ')),
            ZWJ if self.ends_in_emoji() => self.join(),
            VS16 if self.may_vary(next) => self.put(c),
            _ if class::is_invisible(c) => self.removed += 1,
            _ if c.is_control() => self.picture(c),
            _ => self.put(c),
        }
    }

    /// Shows a control; one of the second set as the escape pair it stands for.
    fn picture(&mut self, c: char) {
        match c {
            '\u{7f}' => self.put('␡'),
            '\u{80}'.. => {
                self.put('␛');
                self.put(char::from_u32(c as u32 - 0x40).expect("C1 less 0x40 is ASCII"));
            }
            _ => self.put(char::from_u32(c as u32 + 0x2400).expect("C0 has its pictures")),
        }
    }

    fn put(&mut self, c: char) {
        if self.joiner && self.put_joined(c) {
            return;
        }
        let mark = usize::from(class::is_mark(c));
        if self.continues(c) {
            let bytes = self.out.len() - self.start + c.len_utf8();
            if bytes > BYTES_A_GRAPHEME || self.marks + mark > MARKS_A_GRAPHEME {
                self.removed += 1;
                return;
            }
            self.marks += mark;
        } else {
            self.start = self.out.len();
            self.marks = mark;
        }
        self.out.push(c);
    }

    /// Notes a joiner; it is written only when an emoji follows.
    fn join(&mut self) {
        self.removed += u32::from(self.joiner);
        self.joiner = true;
    }

    fn put_joined(&mut self, c: char) -> bool {
        self.joiner = false;
        let bytes = self.out.len() - self.start + ZWJ.len_utf8() + c.len_utf8();
        if class::is_emoji(c) && bytes <= BYTES_A_GRAPHEME {
            self.out.extend([ZWJ, c]);
            return true;
        }
        self.removed += 1;
        false
    }

    /// Tells whether `c` would belong to the last grapheme written.
    fn continues(&mut self, c: char) -> bool {
        let Some(last) = self.out.chars().next_back() else {
            return false;
        };
        if class::is_plain(last) && class::is_plain(c) {
            return false;
        }
        self.out.push(c);
        let one = self.out[self.start..].graphemes(true).nth(1).is_none();
        self.out.pop();
        one
    }

    fn ends_in_emoji(&self) -> bool {
        class::takes_joiner(&self.out[self.start..])
    }

    fn may_vary(&self, next: Option<char>) -> bool {
        let Some(last) = self.out.chars().next_back() else {
            return false;
        };
        if self.joiner {
            return false;
        }
        match last {
            '0'..='9' | '#' | '*' => next == Some(KEYCAP),
            _ => class::is_emoji(last),
        }
    }

    fn finish(self) -> Cleaned {
        Cleaned {
            text: self.out,
            removed: self.removed + u32::from(self.joiner),
        }
    }
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Takes out what chat programs read as bold, italic, struck or code; `a_b` becomes `a b`.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = |c: char| c.is_alphanumeric();
        match c {
            '_' if out.ends_with(inside) && chars.peek().is_some_and(|&c| inside(c)) => {
                out.push(' ');
            }
            '*' | '_' | '~' | '`' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Breaks what a chat program would make clickable: `https://` and `name.tld`.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let inside = out.ends_with(char::is_alphanumeric);
        out.push(c);
        let domain =
            c == '.' && inside && after.chars().take(2).filter(|c| c.is_alphabetic()).count() == 2;
        if domain || (c == ':' && after.starts_with("//")) {
            out.push(' ');
        }
    }
    out
}

fn byte_of_char(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

/// Returns the grapheme boundary at or just before `at`, or `at` within a monster.
fn boundary_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    let before = cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(at);
    if at - before > 2 * BYTES_A_GRAPHEME {
        at
    } else {
        before
    }
}

/// Returns where the first piece ends: after a line, a word, or a grapheme.
fn piece_end(text: &str, max_chars: usize) -> usize {
    let (mut chars, mut end, mut word, mut line) = (0, 0, 0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        chars += grapheme.chars().count();
        if chars > max_chars {
            let end = if end == 0 {
                byte_of_char(text, max_chars)
            } else {
                end
            };
            return [line, word]
                .into_iter()
                .find(|&at| at * 2 >= end)
                .unwrap_or(end);
        }
        end = at + grapheme.len();
        if is_blank(grapheme) {
            word = end;
            line = if grapheme.ends_with('\n') { end } else { line };
        }
    }
    text.len()
}

fn skip_blank(text: &str) -> &str {
    let blank: usize = text
        .graphemes(true)
        .take_while(|g| is_blank(g))
        .map(str::len)
        .sum();
    &text[blank..]
}

/// Whole graphemes only: some marks stand before the blank they belong to.
fn without_blank_end(text: &str) -> &str {
    let blank: usize = text
        .graphemes(true)
        .rev()
        .take_while(|g| is_blank(g))
        .map(str::len)
        .sum();
    &text[..text.len() - blank]
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests;
