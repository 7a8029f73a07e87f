//! The page about a report, for people.

use super::{Assignment, Message, Progress, Proposal, Shown, Step};
use crate::cli::shell::Shell;
use crate::cli::view::{Media, Page};
use crate::desk::Settings;
use crate::domain::filter::{Choice as _, SendWord};
use crate::domain::show::{self, date_time};

impl Shown {
    /// Returns the page about the report for people.
    pub fn text(&self, shell: &Shell, settings: &Settings) -> String {
        let number = self.report.track_id.as_str();
        let heading = shell.say("heading-report", &[("number", number.into())]);
        let mut page = Page::new(shell, &heading);
        self.facts(&mut page, shell, settings);
        page.section(
            "heading-proposal",
            self.proposal.iter().map(Proposal::line).collect(),
        );
        let time = |at: i64| date_time(&settings.local(at), shell.lang());
        let tasks = self.assignments.iter().map(|task| task.line(shell));
        page.section("heading-assignments", tasks.collect());
        let files = self.report.media.iter().map(|file| file.line(shell));
        page.section("heading-media", files.collect());
        let steps = self
            .steps
            .iter()
            .map(|step| step.line(shell, &time(step.at_ms)));
        page.section("heading-steps", steps.collect());
        let entries = self.progress.iter().zip(1..);
        let entries = entries.map(|(entry, number)| entry.line(number, &time(entry.at_ms)));
        page.section("heading-progress", entries.collect());
        let messages = self.messages.iter();
        let messages = messages.map(|message| message.line(shell, &time(message.at_ms)));
        page.section("heading-messages", messages.collect());
        page.text()
    }

    fn facts(&self, page: &mut Page<'_>, shell: &Shell, settings: &Settings) {
        let (report, row, lang) = (&self.report, &self.report.row, shell.lang());
        let time = |at: Option<i64>| {
            at.map(|at| date_time(&settings.local(at), lang))
                .unwrap_or_default()
        };
        let lasted = |seconds: Option<i64>| {
            seconds
                .map(|it| show::age(it * 1000, lang))
                .unwrap_or_default()
        };
        page.field("column-status", report.status.label(lang));
        page.field(
            "column-category",
            report.category.as_deref().unwrap_or_default(),
        );
        page.field("column-priority", report.priority.label(lang));
        page.field("column-reporter", &report.reporter.name);
        page.field(
            "column-phone",
            report.reporter.phone.as_deref().unwrap_or_default(),
        );
        page.field("column-department", &report.reporter.department);
        page.field("column-unit", &report.reporter.unit);
        page.field("column-created", time(Some(row.created_at)));
        page.field("column-due", time(Some(row.due_at)));
        page.field("column-sla", report.sla.label(lang));
        page.field("column-finished", time(row.finished_at));
        page.field("column-confirmed", time(row.confirmed_at));
        page.field("column-duration", lasted(report.duration_seconds));
        page.field("column-work-duration", lasted(report.work_seconds));
        page.field(
            "column-rating",
            report.rating.map(|it| it.to_string()).unwrap_or_default(),
        );
        page.field(
            "column-parent",
            report.parent.as_deref().unwrap_or_default(),
        );
        page.field("column-officer", report.officer_names());
        page.field("column-note", report.note.as_deref().unwrap_or_default());
        page.field("column-text", &report.text);
        page.field("column-reply", report.reply.as_deref().unwrap_or_default());
    }
}

impl Proposal {
    fn line(&self) -> String {
        match (&self.id, &self.name) {
            (Some(id), Some(name)) => format!("{name} ({id}): {}", self.reason),
            _ => self.reason.clone(),
        }
    }
}

impl Assignment {
    fn line(&self, shell: &Shell) -> String {
        let note = if self.note.is_empty() {
            String::new()
        } else {
            format!(" – {}", self.note)
        };
        format!(
            "{} ({}) {}{note}",
            self.name,
            self.to,
            self.status.label(shell.lang())
        )
    }
}

impl Step {
    fn line(&self, shell: &Shell, at: &str) -> String {
        let seen = if self.public {
            String::new()
        } else {
            format!(" [{}]", shell.say("word-internal", &[]))
        };
        format!("{at}  {}  {}{seen}", self.by, self.text)
    }
}

impl Progress {
    fn line(&self, number: usize, at: &str) -> String {
        let verdict = match (&self.validated_by, &self.validation) {
            (Some(by), Some(said)) => format!(" [{by}: {said}]"),
            _ => String::new(),
        };
        format!("{number}. {at}  {}  {}{verdict}", self.by, self.text)
    }
}

impl Message {
    fn line(&self, shell: &Shell, at: &str) -> String {
        let phone = self.phone.as_deref().unwrap_or_default();
        let state = SendWord::read(&self.state).map(|word| word.label(shell.lang()));
        match state.filter(|_| self.direction == "out") {
            Some(state) => format!("→ {at}  {phone}  {state}  {}", self.text),
            None => format!("← {at}  {phone}  {}", self.text),
        }
    }
}

impl Media {
    fn line(&self, shell: &Shell) -> String {
        let size = self.bytes.and_then(|count| u64::try_from(count).ok());
        let size = size
            .map(|count| show::bytes(count, shell.lang()))
            .unwrap_or_default();
        format!("{}  {}  {size}", self.kind, self.filename)
    }
}
