//! A table for people: columns as wide as their widest cell, strangers' text on one line.

use unicode_width::UnicodeWidthStr as _;

use crate::cli::shell::Shell;
use crate::domain::text;

/// How much of a cell is shown.
const CELL: usize = 60;

/// A table under way.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Starts a table with the titles of its columns, given as ids of texts.
    pub fn new(shell: &Shell, titles: &[&str]) -> Self {
        let titles = titles.iter().map(|id| shell.say(id, &[]));
        Self {
            rows: vec![titles.collect()],
        }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows
            .push(cells.iter().map(|cell| text::line(cell, CELL)).collect());
    }

    /// Returns the table as text, without a line end.
    pub fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        let lines: Vec<String> = self.rows.iter().map(|row| line(row, &widths)).collect();
        lines.join("\n")
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let padded = row.iter().zip(widths).map(|(cell, width)| {
        let gap = width.saturating_sub(cell.width());
        format!("{cell}{}", " ".repeat(gap))
    });
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let titles = vec!["Nomor".to_owned(), "Isi".to_owned()];
        let mut table = Table { rows: vec![titles] };
        table.row(["BRT2411001".to_owned(), "電球\nmati\u{1b}[31m".to_owned()]);
        table.row(["B".to_owned(), "x".repeat(80)]);
        let text = table.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Nomor       Isi");
        assert!(lines[1].starts_with("BRT2411001  電球 mati"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text:?}");
        assert_eq!(lines[2].chars().count(), 12 + 60, "{text}");
    }
}
