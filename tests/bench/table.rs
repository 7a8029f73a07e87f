//! The table that a run prints.

use std::fmt::Write as _;

/// The rows of a run.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

/// How a figure is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// Only told.
    None,
}

impl Goal {
    fn judge(self, figure: f64) -> (String, &'static str) {
        let (text, met) = match self {
            Self::AtLeast(goal) => (format!("≥ {goal}"), figure >= goal),
            Self::AtMost(goal) => (format!("≤ {goal}"), figure <= goal),
            Self::None => return ("–".into(), ""),
        };
        (text, if met { "pass" } else { "MISS" })
    }
}

impl Table {
    /// Adds a figure and prints it at once, so that a long run can be watched.
    pub(crate) fn row(&mut self, what: impl Into<String>, figure: f64, goal: Goal) {
        let (goal, verdict) = goal.judge(figure);
        let row = [what.into(), shown(figure), goal, verdict.to_owned()];
        println!("  {}: {} {} {}", row[0], row[1], row[2], row[3]);
        self.rows.push(row);
    }

    /// Adds a heading.
    pub(crate) fn head(&mut self, text: &str) {
        println!("{text}");
        self.rows.push([
            format!("**{text}**"),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }

    /// Returns the table as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = "| what | figure | goal | |\n|---|---|---|---|\n".to_owned();
        for [what, figure, goal, verdict] in &self.rows {
            writeln!(text, "| {what} | {figure} | {goal} | {verdict} |").ok();
        }
        text
    }
}

fn shown(figure: f64) -> String {
    if figure >= 100.0 {
        format!("{figure:.0}")
    } else {
        format!("{figure:.2}")
    }
}

/// Returns the figure in the middle.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
