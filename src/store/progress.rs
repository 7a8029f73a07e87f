//! What officers did, as they or the desk wrote it down.

use crate::db::{Run, Tx, sql};
use crate::store::Result;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Progress {
    pub id: i64,
    pub report_id: i64,
    pub staff_id: Option<String>,
    pub by: String,
    pub at: i64,
    pub text: String,
    pub public: bool,
    pub message_id: Option<i64>,
    pub validated_by: Option<String>,
    pub validated_at: Option<i64>,
    /// What an administrator put in the text's place.
    pub correction: Option<String>,
}

const COLUMNS: &str = "id, report_id, staff_id, by, at, text, public, message_id, validated_by, \
     validated_at, correction";

/// Stores a new entry.
pub async fn insert(tx: &mut Tx, entry: &Progress) -> Result<()> {
    let insert = sql(
        "INSERT INTO progress (id, report_id, staff_id, by, at, text, public, \
         message_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(entry.id)
    .bind(entry.report_id)
    .bind(entry.staff_id.as_deref())
    .bind(&entry.by)
    .bind(entry.at)
    .bind(&entry.text)
    .bind(entry.public)
    .bind(entry.message_id);
    tx.execute(insert).await?;
    Ok(())
}

/// Returns a report's entries, oldest first.
pub async fn of_report(run: impl Run, report: i64) -> Result<Vec<Progress>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM progress WHERE report_id = $1 ORDER BY id")
        .bind(report);
    Ok(run.all(select).await?)
}

/// Stores an administrator's verdict on an entry; `None` takes it back.
pub async fn validate(
    tx: &mut Tx,
    id: i64,
    by: Option<(&str, i64)>,
    correction: Option<&str>,
) -> Result<u64> {
    let update = sql(
        "UPDATE progress SET validated_by = $2, validated_at = $3, correction = $4 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(by.map(|(name, _)| name))
    .bind(by.map(|(_, at)| at))
    .bind(correction);
    Ok(tx.execute(update).await?)
}
