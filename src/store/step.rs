//! The life of a report, step by step.

use crate::db::{Bulk, Run, sql};
use crate::domain::status::Status;
use crate::store::Result;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    pub id: i64,
    pub report_id: i64,
    pub at: i64,
    pub by: String,
    /// What sort of step it is, as the timeline shows it.
    pub kind: String,
    pub text: String,
    /// The reporter sees it.
    pub public: bool,
    /// The status that it led to, when it changed.
    pub status: Option<String>,
}

const COLUMNS: &str = "id, report_id, at, by, kind, text, public, status";

impl Step {
    /// Returns the status that this step led to, when it changed.
    pub fn status(&self) -> Option<Status> {
        self.status.as_deref().and_then(|word| word.parse().ok())
    }
}

/// Starts rows for new steps.
pub fn bulk() -> Bulk {
    Bulk::new(
        "INSERT INTO step (id, report_id, at, by, kind, text, public, status)",
        8,
    )
}

/// Adds a step to the rows.
pub fn add(bulk: &mut Bulk, step: &Step) {
    bulk.row([
        step.id.into(),
        step.report_id.into(),
        step.at.into(),
        (&step.by).into(),
        (&step.kind).into(),
        (&step.text).into(),
        step.public.into(),
        step.status.as_deref().into(),
    ]);
}

/// Returns a report's steps, oldest first.
pub async fn of_report(run: impl Run, report: i64) -> Result<Vec<Step>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM step WHERE report_id = $1 ORDER BY id")
        .bind(report);
    Ok(run.all(select).await?)
}

/// Returns a report's public steps, oldest first.
pub async fn public_of_report(run: impl Run, report: i64) -> Result<Vec<Step>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM step WHERE report_id = $1 AND public ORDER BY id")
        .bind(report);
    Ok(run.all(select).await?)
}
