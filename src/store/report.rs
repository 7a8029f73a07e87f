//! Reports: the row of each, and the statements that find and change it. Lists with filters are
//! in [`list`].

use crate::db::{Bulk, Run, Tx, sql};
use crate::domain::priority::Priority;
use crate::domain::status::Status;
use crate::store::Result;

pub mod list;

/// A report as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct Report {
    pub id: i64,
    pub track_id: String,
    #[sqlx(try_from = "String")]
    pub status: Status,
    pub category: Option<String>,
    #[sqlx(try_from = "String")]
    pub priority: Priority,
    #[serde(skip)]
    pub text: String,
    pub note: String,
    #[serde(skip)]
    pub search: String,
    #[serde(skip)]
    pub channel: String,
    #[serde(skip)]
    pub contact_id: Option<i64>,
    /// Where the reporter is answered; none for a report typed in without a phone.
    #[serde(skip)]
    pub address: Option<String>,
    #[serde(skip)]
    pub message_id: Option<i64>,
    #[serde(skip)]
    pub reporter_name: String,
    #[serde(skip)]
    pub reporter_phone: Option<String>,
    #[serde(skip)]
    pub employee_id: Option<String>,
    pub department: String,
    pub unit: String,
    pub created_at: i64,
    pub updated_at: i64,
    /// When the reporter last said something about it; photos join within minutes of it.
    pub touched_at: i64,
    pub read: bool,
    pub step_count: i64,
    pub response_due_at: i64,
    pub responded_at: Option<i64>,
    pub near_at: i64,
    pub due_at: i64,
    pub paused_at: Option<i64>,
    pub paused_work_ms: i64,
    pub finished_at: Option<i64>,
    /// Working time from acceptance to finish, without pauses.
    pub work_ms: Option<i64>,
    pub confirmed_at: Option<i64>,
    pub rating: Option<i64>,
    #[serde(skip)]
    pub comment: Option<String>,
    pub awaiting_validation: bool,
    pub reopened: i64,
    pub parent_id: Option<i64>,
    pub deleted_at: Option<i64>,
}

/// The columns of [`Report`].
pub const COLUMNS: &str = "id, track_id, status, category, priority, text, note, search, channel, \
     contact_id, address, message_id, reporter_name, reporter_phone, employee_id, department, \
     unit, created_at, updated_at, touched_at, read, step_count, response_due_at, responded_at, \
     near_at, due_at, paused_at, paused_work_ms, finished_at, work_ms, confirmed_at, rating, \
     comment, awaiting_validation, reopened, parent_id, deleted_at";

/// Starts rows for new reports; a new one has no history yet, so the rest are its start values.
pub fn bulk() -> Bulk {
    Bulk::new(
        "INSERT INTO report (id, track_id, status, category, priority, text, note, search, \
         channel, contact_id, address, message_id, reporter_name, reporter_phone, employee_id, \
         department, unit, created_at, updated_at, touched_at, read, step_count, response_due_at, \
         near_at, due_at, paused_work_ms, awaiting_validation, reopened)",
        28,
    )
}

/// Adds a new report to the rows.
pub fn add(bulk: &mut Bulk, report: &Report) {
    bulk.row([
        report.id.into(),
        (&report.track_id).into(),
        report.status.as_str().into(),
        report.category.as_deref().into(),
        report.priority.as_str().into(),
        (&report.text).into(),
        (&report.note).into(),
        (&report.search).into(),
        (&report.channel).into(),
        report.contact_id.into(),
        report.address.as_deref().into(),
        report.message_id.into(),
        (&report.reporter_name).into(),
        report.reporter_phone.as_deref().into(),
        report.employee_id.as_deref().into(),
        (&report.department).into(),
        (&report.unit).into(),
        report.created_at.into(),
        report.updated_at.into(),
        report.touched_at.into(),
        report.read.into(),
        report.step_count.into(),
        report.response_due_at.into(),
        report.near_at.into(),
        report.due_at.into(),
        report.paused_work_ms.into(),
        report.awaiting_validation.into(),
        report.reopened.into(),
    ]);
}

/// Returns one report by its number, deleted ones excepted.
pub async fn find(run: impl Run, track_id: &str) -> Result<Option<Report>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM report WHERE track_id = $1 AND deleted_at IS NULL")
        .bind(track_id);
    Ok(run.first(select).await?)
}

/// Returns one report by its row id, deleted ones too.
pub async fn by_id(run: impl Run, id: i64) -> Result<Option<Report>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM report WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Returns these reports in the order of the ids.
pub async fn by_ids(run: impl Run, ids: &[i64]) -> Result<Vec<Report>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM report WHERE")
        .push_in(" id IN", ids);
    let mut rows: Vec<Report> = run.all(select).await?;
    rows.sort_by_key(|report| ids.iter().position(|id| *id == report.id));
    Ok(rows)
}

/// Returns one report and keeps everybody else from changing it until the transaction ends.
pub async fn lock(tx: &mut Tx, track_id: &str) -> Result<Option<Report>> {
    let update = sql(
        "UPDATE report SET read = read WHERE track_id = $1 AND deleted_at IS NULL \
         RETURNING ",
    )
    .push(COLUMNS)
    .bind(track_id);
    Ok(tx.first(update).await?)
}

/// Like [`lock`], by row id and for deleted reports too.
pub async fn lock_id(tx: &mut Tx, id: i64) -> Result<Option<Report>> {
    let update = sql("UPDATE report SET read = read WHERE id = $1 RETURNING ")
        .push(COLUMNS)
        .bind(id);
    Ok(tx.first(update).await?)
}

/// Writes back everything about a locked report that can change.
pub async fn save(tx: &mut Tx, report: &Report) -> Result<()> {
    let update = sql(
        "UPDATE report SET status = $2, category = $3, priority = $4, note = $5, \
         unit = $6, department = $7, updated_at = $8, touched_at = $9, read = $10, \
         step_count = $11, responded_at = $12, near_at = $13, due_at = $14, paused_at = $15, \
         paused_work_ms = $16, finished_at = $17, work_ms = $18, confirmed_at = $19, \
         rating = $20, comment = $21, awaiting_validation = $22, reopened = $23, \
         parent_id = $24, deleted_at = $25, search = $26, response_due_at = $27 WHERE id = $1",
    )
    .bind(report.id)
    .bind(report.status.as_str())
    .bind(report.category.as_deref())
    .bind(report.priority.as_str())
    .bind(&report.note)
    .bind(&report.unit)
    .bind(&report.department)
    .bind(report.updated_at)
    .bind(report.touched_at)
    .bind(report.read)
    .bind(report.step_count)
    .bind(report.responded_at)
    .bind(report.near_at)
    .bind(report.due_at)
    .bind(report.paused_at)
    .bind(report.paused_work_ms)
    .bind(report.finished_at)
    .bind(report.work_ms)
    .bind(report.confirmed_at)
    .bind(report.rating)
    .bind(report.comment.as_deref())
    .bind(report.awaiting_validation)
    .bind(report.reopened)
    .bind(report.parent_id)
    .bind(report.deleted_at)
    .bind(&report.search)
    .bind(report.response_due_at);
    tx.execute(update).await?;
    Ok(())
}

/// Returns how many reports these contacts made since the later and since the earlier time.
pub async fn made_since(
    run: impl Run,
    contacts: &[i64],
    (later, earlier): (i64, i64),
) -> Result<Vec<(i64, i64, i64)>> {
    let select = sql("SELECT contact_id, \
         CAST(SUM(CASE WHEN created_at >= $1 THEN 1 ELSE 0 END) AS BIGINT), COUNT(*) \
         FROM report WHERE created_at >= $2")
    .bind(later)
    .bind(earlier)
    .push_in(" AND contact_id IN", contacts)
    .push(" GROUP BY contact_id");
    Ok(run.all(select).await?)
}

/// Returns a contact's reports, newest first.
pub async fn of_contact(run: impl Run, contact: i64, limit: i64) -> Result<Vec<Report>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM report WHERE contact_id = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2")
        .bind(contact)
        .bind(limit);
    Ok(run.all(select).await?)
}

/// Returns a contact's newest open report that it touched since then.
pub async fn touched_since(run: impl Run, contact: i64, since: i64) -> Result<Option<Report>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(
            " FROM report WHERE contact_id = $1 AND deleted_at IS NULL AND touched_at >= $2 \
             AND status IN ('new', 'in_progress', 'pending') ORDER BY touched_at DESC, id DESC \
             LIMIT 1",
        )
        .bind(contact)
        .bind(since);
    Ok(run.first(select).await?)
}
