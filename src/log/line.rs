//! One event, one line: line ends and escapes inside it are spelled out, and none is too long.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use super::Form;

/// The longest line, in bytes.
const MAX_BYTES: usize = 8 << 10;

/// Makes writers that keep every event on one line.
pub(super) struct Lines<W> {
    pub(super) form: Form,
    pub(super) writer: W,
}

/// Writes one event; it arrives in a single piece.
pub(super) struct Line<W> {
    form: Form,
    writer: W,
}

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Lines<W> {
    type Writer = Line<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Line {
            form: self.form,
            writer: self.writer.make_writer(),
        }
    }
}

impl<W: Write> Write for Line<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = match self.form {
            Form::Json if text.len() >= MAX_BYTES => shorter_json(text),
            _ => shorter(spelled_out(text)),
        };
        self.writer.write_all(format!("{text}\n").as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn spelled_out(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c.is_control() {
            write!(out, "{}", c.escape_default()).expect("a string takes everything");
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn shorter(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() < MAX_BYTES {
        return text;
    }
    let end = text.floor_char_boundary(MAX_BYTES - '…'.len_utf8() - 1);
    Cow::Owned(format!("{}…", &text[..end]))
}

/// Shortens the texts inside until the whole fits, so that it stays JSON.
fn shorter_json(text: &str) -> Cow<'_, str> {
    let Ok(mut event) = serde_json::from_str::<Value>(text) else {
        return shorter(spelled_out(text));
    };
    for limit in [2000, 500, 100] {
        shorten(&mut event, limit);
        let text = event.to_string();
        if text.len() < MAX_BYTES {
            return text.into();
        }
    }
    serde_json::json!({"level": event["level"], "message": "an event was too long"})
        .to_string()
        .into()
}

fn shorten(value: &mut Value, limit: usize) {
    match value {
        Value::String(text) if text.len() > limit => {
            text.truncate(text.floor_char_boundary(limit));
            text.push('…');
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shorten(item, limit)),
        Value::Object(fields) => fields.values_mut().for_each(|field| shorten(field, limit)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(form: Form, text: &str) -> String {
        let mut line = Line {
            form,
            writer: Vec::new(),
        };
        line.write_all(text.as_bytes()).unwrap();
        String::from_utf8(line.writer).unwrap()
    }

    #[test]
    fn line_ends_and_escapes_inside_a_line_are_spelled_out() {
        let said = line(Form::Short, "WARN a\nb\r\u{1b}[31m\u{9b}\n");
        assert_eq!(said, "WARN a\\nb\\r\\u{1b}[31m\\u{9b}\n");
    }

    #[test]
    fn a_line_is_at_most_eight_kibibytes_and_json_stays_json() {
        let long = "é".repeat(9000);
        let many: Vec<_> = (0..20_000).collect();
        for (form, text) in [
            (Form::Short, long.clone()),
            (
                Form::Json,
                serde_json::json!({"level": "INFO", "message": long}).to_string(),
            ),
            (
                Form::Json,
                serde_json::json!({"a": vec![&long; 12], "level": "INFO"}).to_string(),
            ),
            (
                Form::Json,
                serde_json::json!({"level": "INFO", "many": many}).to_string(),
            ),
        ] {
            let said = line(form, &format!("{text}\n"));
            assert!(
                said.len() <= MAX_BYTES && said.len() > 30,
                "{} bytes",
                said.len()
            );
            if form == Form::Json {
                let event: Value = serde_json::from_str(&said).unwrap();
                assert_eq!(event["level"], "INFO", "{said}");
            }
        }
    }

    #[test]
    fn a_line_that_just_fits_is_left_alone() {
        let text = format!("{}\n", "x".repeat(MAX_BYTES - 1));
        assert_eq!(line(Form::Short, &text), text);
        let over = format!("{}\n", "x".repeat(MAX_BYTES));
        assert_ne!(line(Form::Short, &over), over);
    }
}
