//! A page about one thing for people: a heading, fields with their titles, sections.

use unicode_width::UnicodeWidthStr as _;

use crate::cli::shell::Shell;
use crate::domain::text;

/// A page under way.
pub struct Page<'s> {
    shell: &'s Shell,
    fields: Vec<(String, String)>,
    text: String,
}

impl<'s> Page<'s> {
    /// Starts a page under a heading.
    pub fn new(shell: &'s Shell, heading: &str) -> Self {
        Self {
            shell,
            fields: Vec::new(),
            text: heading.to_owned(),
        }
    }

    /// Adds a field under the title with this id; an empty one is left out.
    pub fn field(&mut self, title: &str, value: impl AsRef<str>) {
        let value = text::display(value.as_ref()).text;
        if !value.trim().is_empty() {
            self.fields.push((self.shell.say(title, &[]), value));
        }
    }

    /// Adds a section of lines under the heading with this id; an empty one is left out.
    pub fn section(&mut self, heading: &str, lines: Vec<String>) {
        self.end_fields();
        if lines.is_empty() {
            return;
        }
        self.text.push_str("\n\n");
        self.text.push_str(&self.shell.say(heading, &[]));
        for line in lines {
            self.text.push_str("\n  ");
            self.text
                .push_str(&text::display(&line).text.replace('\n', "\n    "));
        }
    }

    /// Returns the page as text, without a line end.
    pub fn text(mut self) -> String {
        self.end_fields();
        self.text
    }

    fn end_fields(&mut self) {
        let width = self
            .fields
            .iter()
            .map(|(title, _)| title.width())
            .max()
            .unwrap_or_default();
        for (title, value) in std::mem::take(&mut self.fields) {
            let gap = " ".repeat(width - title.width());
            let indent = format!("\n{}", " ".repeat(width + 2));
            let value = value.trim_end().replace('\n', &indent);
            for part in ["\n", &title, &gap, "  ", &value] {
                self.text.push_str(part);
            }
        }
    }
}
