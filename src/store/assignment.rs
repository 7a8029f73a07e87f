//! Who works on what.

use crate::db::{Run, Tx, sql};
use crate::domain::status::AssignmentStatus;
use crate::store::Result;

/// An officer's task.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Assignment {
    pub id: i64,
    pub report_id: i64,
    pub staff_id: String,
    pub at: i64,
    pub by: String,
    pub note: String,
    #[sqlx(try_from = "String")]
    pub status: AssignmentStatus,
    pub started_at: Option<i64>,
    pub done_at: Option<i64>,
}

const COLUMNS: &str = "id, report_id, staff_id, at, by, note, status, started_at, done_at";

/// Stores a new task; an officer has a report once.
pub async fn insert(tx: &mut Tx, assignment: &Assignment) -> Result<()> {
    let insert = sql(
        "INSERT INTO assignment (id, report_id, staff_id, at, by, note, status) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(assignment.id)
    .bind(assignment.report_id)
    .bind(&assignment.staff_id)
    .bind(assignment.at)
    .bind(&assignment.by)
    .bind(&assignment.note)
    .bind(assignment.status.as_str());
    tx.execute(insert).await?;
    Ok(())
}

/// Returns the tasks of these reports, oldest first.
pub async fn of_reports(run: impl Run, reports: &[i64]) -> Result<Vec<Assignment>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM assignment WHERE removed_at IS NULL")
        .push_in(" AND report_id IN", reports)
        .push(" ORDER BY id");
    Ok(run.all(select).await?)
}

/// Takes a task away and returns whether there was one.
pub async fn remove(tx: &mut Tx, report: i64, staff: &str, at: i64) -> Result<bool> {
    let update = sql(
        "UPDATE assignment SET removed_at = $3 WHERE report_id = $1 \
         AND staff_id = $2 AND removed_at IS NULL",
    );
    Ok(tx.execute(update.bind(report).bind(staff).bind(at)).await? > 0)
}

/// Sets the state of one officer's task.
pub async fn set_status(
    tx: &mut Tx,
    (report, staff): (i64, &str),
    status: AssignmentStatus,
    at: i64,
) -> Result<()> {
    let update = sql("UPDATE assignment SET status = $3, \
         started_at = CASE WHEN $4 THEN COALESCE(started_at, $6) ELSE started_at END, \
         done_at = CASE WHEN $5 THEN $6 ELSE NULL END \
         WHERE report_id = $1 AND staff_id = $2 AND removed_at IS NULL")
    .bind(report)
    .bind(staff)
    .bind(status.as_str())
    .bind(status == AssignmentStatus::InProgress)
    .bind(status == AssignmentStatus::Done)
    .bind(at);
    tx.execute(update).await?;
    Ok(())
}

/// Sets the state of all tasks of a report that are in one of the states `from`.
pub async fn set_all(
    tx: &mut Tx,
    report: i64,
    from: &[&str],
    (status, at): (AssignmentStatus, i64),
) -> Result<()> {
    let update = sql("UPDATE assignment SET status = $2, \
         done_at = CASE WHEN $3 THEN $4 ELSE NULL END \
         WHERE report_id = $1 AND removed_at IS NULL")
    .bind(report)
    .bind(status.as_str())
    .bind(status == AssignmentStatus::Done)
    .bind(at)
    .push_in(" AND status IN", from);
    tx.execute(update).await?;
    Ok(())
}

/// Returns the ids of the reports that an officer has open, earliest deadline first.
pub async fn open_of(run: impl Run, staff: &str, limit: i64) -> Result<Vec<i64>> {
    let select = sql(
        "SELECT r.id FROM assignment a JOIN report r ON r.id = a.report_id \
         WHERE a.staff_id = $1 AND a.removed_at IS NULL AND a.status <> 'done' \
         AND r.deleted_at IS NULL AND r.status IN ('new', 'in_progress', 'pending') \
         ORDER BY r.due_at, r.id LIMIT $2",
    );
    let rows: Vec<(i64,)> = run.all(select.bind(staff).bind(limit)).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Returns how many open tasks each officer has.
pub async fn loads(run: impl Run) -> Result<Vec<(String, i64)>> {
    let select = sql("SELECT a.staff_id, COUNT(*) FROM assignment a \
         JOIN report r ON r.id = a.report_id WHERE a.removed_at IS NULL AND a.status <> 'done' \
         AND r.deleted_at IS NULL GROUP BY a.staff_id");
    Ok(run.all(select).await?)
}
