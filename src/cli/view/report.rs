//! A report as lists print it.

use std::collections::HashMap;

use serde::Serialize;

use super::Table;
use crate::cli::shell::Shell;
use crate::desk::{Desk, Settings, timestamp};
use crate::domain::priority::Priority;
use crate::domain::show;
use crate::domain::status::Status;
use crate::domain::target::{Sla, sla_at};
use crate::store::report::Report as Row;
use crate::store::{self, staff};

/// A report in JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub track_id: String,
    pub status: Status,
    pub category: Option<String>,
    pub text: String,
    /// What the message that opened it was answered.
    pub reply: Option<String>,
    pub reporter: Reporter,
    pub channel: String,
    pub created_at: String,
    pub read: bool,
    pub step_count: i64,
    pub assignees: Vec<Officer>,
    pub priority: Priority,
    pub due_at: String,
    pub sla: Sla,
    pub rating: Option<i64>,
    pub confirmed_at: Option<String>,
    pub note: Option<String>,
    /// The number of the report that this one is a duplicate of.
    pub parent: Option<String>,
    pub duration_seconds: Option<i64>,
    pub work_seconds: Option<i64>,
    pub finished_at: Option<String>,
    pub media: Vec<Media>,
    /// The row behind it.
    #[serde(skip)]
    pub row: Row,
}

/// Who reported, as known at that time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reporter {
    pub name: String,
    pub phone: Option<String>,
    pub employee_id: Option<String>,
    pub department: String,
    pub unit: String,
}

/// Who works on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Officer {
    pub id: String,
    pub name: String,
}

/// A file that belongs to it; hash and size are known once it has been fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Media {
    pub id: String,
    pub kind: String,
    pub filename: String,
    pub sha256: Option<String>,
    pub bytes: Option<i64>,
}

impl From<&store::media::Media> for Media {
    fn from(row: &store::media::Media) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            filename: row.filename.clone(),
            sha256: row.sha256.clone(),
            bytes: row.bytes,
        }
    }
}

/// What stands around reports in other tables.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) officers: HashMap<i64, Vec<Officer>>,
    pub(super) media: HashMap<i64, Vec<Media>>,
    pub(super) parents: HashMap<i64, String>,
    /// Answers by the message that they belong to.
    pub(super) answers: HashMap<i64, String>,
}

/// Returns reports as they are printed, in their order.
pub async fn of_reports(desk: &Desk, rows: Vec<Row>) -> store::Result<Vec<Report>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let around = Around::of(desk, &rows).await?;
    let (settings, now) = (desk.settings(), desk.clock.now());
    Ok(rows
        .into_iter()
        .map(|row| Report::new(&settings, now, row, &around))
        .collect())
}

impl Around {
    async fn of(desk: &Desk, rows: &[Row]) -> store::Result<Self> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let messages: Vec<i64> = rows.iter().filter_map(|row| row.message_id).collect();
        let parents: Vec<i64> = rows.iter().filter_map(|row| row.parent_id).collect();
        let mut media: HashMap<i64, Vec<Media>> = HashMap::new();
        for file in store::media::of_reports(&desk.db, &ids).await? {
            let report = file.report_id.unwrap_or_default();
            media.entry(report).or_default().push((&file).into());
        }
        Ok(Self {
            officers: officers(desk, &ids).await?,
            media,
            parents: tracks(desk, &parents).await?,
            answers: answers(desk, &messages).await?,
        })
    }
}

async fn officers(desk: &Desk, ids: &[i64]) -> store::Result<HashMap<i64, Vec<Officer>>> {
    let tasks = store::assignment::of_reports(&desk.db, ids).await?;
    let names = if tasks.is_empty() {
        HashMap::new()
    } else {
        staff_names(desk).await?
    };
    let mut officers: HashMap<i64, Vec<Officer>> = HashMap::new();
    for task in tasks {
        let name = names.get(&task.staff_id).cloned().unwrap_or_default();
        officers.entry(task.report_id).or_default().push(Officer {
            id: task.staff_id,
            name,
        });
    }
    Ok(officers)
}

/// Returns the names of the staff by id.
pub(super) async fn staff_names(desk: &Desk) -> store::Result<HashMap<String, String>> {
    let all = staff::page(&desk.db, &staff::Filter::default(), None, None).await?;
    Ok(all.rows.into_iter().map(|one| (one.id, one.name)).collect())
}

async fn tracks(desk: &Desk, ids: &[i64]) -> store::Result<HashMap<i64, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = store::report::by_ids(&desk.db, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.track_id)).collect())
}

/// Returns what messages were answered, the parts of an answer joined.
pub(super) async fn answers(desk: &Desk, messages: &[i64]) -> store::Result<HashMap<i64, String>> {
    let mut answers: HashMap<i64, String> = HashMap::new();
    if messages.is_empty() {
        return Ok(answers);
    }
    for (message, text) in store::outbox::answers(&desk.db, messages).await? {
        let answer = answers.entry(message).or_default();
        if !answer.is_empty() {
            answer.push_str("\n\n");
        }
        answer.push_str(&text);
    }
    Ok(answers)
}

impl Report {
    pub(super) fn new(settings: &Settings, now: i64, row: Row, around: &Around) -> Self {
        let time = |at: i64| super::time(settings, at);
        let answer = row
            .message_id
            .and_then(|message| around.answers.get(&message));
        Self {
            track_id: row.track_id.clone(),
            status: row.status,
            category: row.category.clone(),
            text: row.text.trim().to_owned(),
            reply: answer.cloned(),
            reporter: Reporter::of(&row),
            channel: row.channel.clone(),
            created_at: time(row.created_at),
            read: row.read,
            step_count: row.step_count,
            assignees: around.officers.get(&row.id).cloned().unwrap_or_default(),
            priority: row.priority,
            due_at: time(row.due_at),
            sla: sla(&row, now),
            rating: row.rating,
            confirmed_at: row.confirmed_at.map(time),
            note: Some(row.note.clone()).filter(|note| !note.is_empty()),
            parent: row
                .parent_id
                .and_then(|parent| around.parents.get(&parent))
                .cloned(),
            duration_seconds: row.finished_at.map(|at| (at - row.created_at) / 1000),
            work_seconds: row.work_ms.map(|worked| worked / 1000),
            finished_at: row.finished_at.map(time),
            media: around.media.get(&row.id).cloned().unwrap_or_default(),
            row,
        }
    }

    /// Returns the names of the officers.
    pub fn officer_names(&self) -> String {
        let names: Vec<&str> = self.assignees.iter().map(|one| one.name.as_str()).collect();
        names.join(", ")
    }
}

impl Reporter {
    fn of(row: &Row) -> Self {
        Self {
            name: row.reporter_name.clone(),
            phone: row.reporter_phone.clone(),
            employee_id: row.employee_id.clone(),
            department: row.department.clone(),
            unit: row.unit.clone(),
        }
    }
}

impl Reporter {
    /// Returns the name, or the phone of one who has none.
    fn shown(&self) -> String {
        match &self.phone {
            Some(phone) if self.name.is_empty() => phone.clone(),
            _ => self.name.clone(),
        }
    }
}

/// Returns the standing against the target; it rests while the clock of the report does.
fn sla(row: &Row, now: i64) -> Sla {
    let stopped = row.finished_at.or(row.paused_at).map(timestamp);
    sla_at(
        timestamp(now),
        timestamp(row.near_at),
        timestamp(row.due_at),
        stopped,
    )
}

/// The columns of a list.
const COLUMNS: [&str; 8] = [
    "column-number",
    "column-status",
    "column-priority",
    "column-sla",
    "column-age",
    "column-reporter",
    "column-officer",
    "column-text",
];

impl Report {
    /// Returns a list of reports for people.
    pub fn table(shell: &Shell, now: i64, reports: &[Self]) -> String {
        let (lang, mut table) = (shell.lang(), Table::new(shell, &COLUMNS));
        for report in reports {
            let unread = if report.read { "" } else { "*" };
            table.row([
                format!("{}{unread}", report.track_id),
                report.status.label(lang).to_owned(),
                report.priority.label(lang).to_owned(),
                report.sla.label(lang).to_owned(),
                show::age(
                    report.row.finished_at.unwrap_or(now) - report.row.created_at,
                    lang,
                ),
                report.reporter.shown(),
                report.officer_names(),
                report.text.clone(),
            ]);
        }
        table.text()
    }
}

#[cfg(test)]
mod tests;
