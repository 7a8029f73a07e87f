//! A report with all that happened to it.

use std::collections::HashMap;

use serde::Serialize;

use super::report::staff_names;
use super::{Media, Report, of_reports};
use crate::action;
use crate::cli::shell::Shell;
use crate::config::Assign;
use crate::desk::{Desk, Settings};
use crate::domain::rule::Subject;
use crate::domain::status::{AssignmentStatus, Status};
use crate::store;
use crate::store::report::Report as Row;

mod text;

/// A report in JSON with its history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub report: Report,
    pub steps: Vec<Step>,
    pub progress: Vec<Progress>,
    pub assignments: Vec<Assignment>,
    pub messages: Vec<Message>,
    /// Who should get it, where the desk asks the rules for proposals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// A step of its life, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub at: String,
    pub by: String,
    pub kind: String,
    pub text: String,
    pub public: bool,
    pub status: Option<Status>,
    #[serde(skip)]
    pub at_ms: i64,
}

/// What was done on it; numbered from 1 in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub at: String,
    pub by: String,
    pub text: String,
    pub media: Vec<Media>,
    pub validated_by: Option<String>,
    /// The correction, or `ok` for an entry that was accepted as it is.
    pub validation: Option<String>,
    #[serde(skip)]
    pub at_ms: i64,
}

/// An officer's task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    pub at: String,
    pub by: String,
    pub to: String,
    pub name: String,
    pub note: String,
    pub status: AssignmentStatus,
}

/// A message about it, in or out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    pub id: String,
    pub at: String,
    pub direction: &'static str,
    pub phone: Option<String>,
    pub text: String,
    /// How far it got; `received` for what came in.
    pub state: String,
    #[serde(skip)]
    pub at_ms: i64,
}

/// Whom the rules propose, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    pub id: Option<String>,
    pub name: Option<String>,
    pub reason: String,
}

/// Returns a report with all that happened to it.
pub async fn show(desk: &Desk, shell: &Shell, row: Row) -> action::Result<Shown> {
    let settings = desk.settings();
    let names = staff_names(desk).await?;
    let proposal = proposal(desk, shell, &row, &names).await?;
    let id = row.id;
    let report = of_reports(desk, vec![row]).await?.remove(0);
    let suggested = proposal.filter(|_| report.assignees.is_empty());
    Ok(Shown {
        steps: steps(desk, &settings, id).await?,
        progress: progress(desk, &settings, id).await?,
        assignments: assignments(desk, &settings, id, &names).await?,
        messages: messages(desk, &settings, id).await?,
        proposal: suggested,
        report,
    })
}

async fn steps(desk: &Desk, settings: &Settings, report: i64) -> store::Result<Vec<Step>> {
    let rows = store::step::of_report(&desk.db, report).await?;
    let step = |row: store::step::Step| Step {
        at: super::time(settings, row.at),
        at_ms: row.at,
        status: row.status(),
        by: row.by,
        kind: row.kind,
        text: row.text,
        public: row.public,
    };
    Ok(rows.into_iter().map(step).collect())
}

async fn progress(desk: &Desk, settings: &Settings, report: i64) -> store::Result<Vec<Progress>> {
    let rows = store::progress::of_report(&desk.db, report).await?;
    let files = store::media::of_reports(&desk.db, &[report]).await?;
    let entry = |row: store::progress::Progress| {
        let own = files.iter().filter(|file| file.progress_id == Some(row.id));
        let accepted = || row.validated_at.map(|_| "ok".to_owned());
        Progress {
            at: super::time(settings, row.at),
            at_ms: row.at,
            media: own.map(Media::from).collect(),
            validation: row.correction.clone().or_else(accepted),
            by: row.by,
            text: row.text,
            validated_by: row.validated_by,
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn assignments(
    desk: &Desk,
    settings: &Settings,
    report: i64,
    names: &HashMap<String, String>,
) -> store::Result<Vec<Assignment>> {
    let rows = store::assignment::of_reports(&desk.db, &[report]).await?;
    let task = |row: store::assignment::Assignment| Assignment {
        at: super::time(settings, row.at),
        by: row.by,
        name: names.get(&row.staff_id).cloned().unwrap_or_default(),
        to: row.staff_id,
        note: row.note,
        status: row.status,
    };
    Ok(rows.into_iter().map(task).collect())
}

/// Returns what came in and what went out about a report, in the order in which it was written.
async fn messages(desk: &Desk, settings: &Settings, report: i64) -> store::Result<Vec<Message>> {
    let received = store::message::of_report(&desk.db, report).await?;
    let letters = store::outbox::of_report(&desk.db, report).await?;
    let incoming = received.into_iter().map(|row| {
        let message = Message {
            id: row.id.to_string(),
            at: super::time(settings, row.at),
            at_ms: row.at,
            direction: "in",
            phone: row.phone,
            text: row.text,
            state: "received".into(),
        };
        (row.id, message)
    });
    let outgoing = letters.into_iter().map(|row| {
        let message = Message {
            id: row.id.to_string(),
            at: super::time(settings, row.created_at),
            at_ms: row.created_at,
            direction: "out",
            phone: super::phone(&row.address),
            text: row.text,
            state: row.state,
        };
        (row.id, message)
    });
    let mut all: Vec<(i64, Message)> = incoming.chain(outgoing).collect();
    all.sort_by_key(|(id, _)| *id);
    Ok(all.into_iter().map(|(_, message)| message).collect())
}

async fn proposal(
    desk: &Desk,
    shell: &Shell,
    row: &Row,
    names: &HashMap<String, String>,
) -> action::Result<Option<Proposal>> {
    if desk.settings().config.desk.assign != Assign::Suggest || row.status.is_closed() {
        return Ok(None);
    }
    let subject = Subject {
        text: &row.text,
        category: row.category.as_deref(),
        unit: Some(row.unit.as_str()).filter(|unit| !unit.is_empty()),
    };
    let found = action::rule::test(desk, &subject).await?;
    let reason = found.reason(shell.lang());
    let name = found.officer.as_ref().and_then(|id| names.get(id)).cloned();
    Ok(Some(Proposal {
        id: found.officer,
        name,
        reason,
    }))
}
