//! Photos and other files: where they come from, and where their bytes are once they are here.

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::Result;

/// A file that belongs to a message, a report or a progress entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Media {
    pub id: i64,
    pub message_id: Option<i64>,
    pub report_id: Option<i64>,
    pub progress_id: Option<i64>,
    pub kind: String,
    pub filename: String,
    pub url: String,
    pub channel: String,
    /// `waiting`, `stored` or `failed`.
    pub state: String,
    pub sha256: Option<String>,
    pub bytes: Option<i64>,
    pub mime: Option<String>,
    pub at: i64,
    pub due_at: i64,
    pub tries: i64,
    pub worker: String,
    pub reason: Option<String>,
}

const COLUMNS: &str = "id, message_id, report_id, progress_id, kind, filename, url, channel, \
     state, sha256, bytes, mime, at, due_at, tries, worker, reason";

/// Starts rows for new files.
pub fn bulk() -> Bulk {
    Bulk::new(
        "INSERT INTO media (id, message_id, report_id, progress_id, kind, filename, url, channel, \
         state, sha256, bytes, mime, at, due_at, tries, worker)",
        16,
    )
}

/// Adds a file to the rows.
pub fn add(bulk: &mut Bulk, media: &Media) {
    bulk.row([
        media.id.into(),
        media.message_id.into(),
        media.report_id.into(),
        media.progress_id.into(),
        (&media.kind).into(),
        (&media.filename).into(),
        (&media.url).into(),
        (&media.channel).into(),
        (&media.state).into(),
        media.sha256.as_deref().into(),
        media.bytes.into(),
        media.mime.as_deref().into(),
        media.at.into(),
        media.due_at.into(),
        0_i64.into(),
        "".into(),
    ]);
}

/// Returns the files of these reports, oldest first.
pub async fn of_reports(run: impl Run, reports: &[i64]) -> Result<Vec<Media>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM media WHERE")
        .push_in(" report_id IN", reports)
        .push(" ORDER BY id");
    Ok(run.all(select).await?)
}

/// Returns the files of these messages, oldest first.
pub async fn of_messages(run: impl Run, messages: &[i64]) -> Result<Vec<Media>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM media WHERE")
        .push_in(" message_id IN", messages)
        .push(" ORDER BY id");
    Ok(run.all(select).await?)
}

/// Ties a message's files to a report.
pub async fn link(tx: &mut Tx, message: i64, report: i64, progress: Option<i64>) -> Result<()> {
    let update = sql("UPDATE media SET report_id = $2, progress_id = $3 WHERE message_id = $1");
    tx.execute(update.bind(message).bind(report).bind(progress))
        .await?;
    Ok(())
}

/// Takes a message's files off their report.
pub async fn unlink(tx: &mut Tx, message: i64) -> Result<()> {
    let update = sql("UPDATE media SET report_id = NULL, progress_id = NULL WHERE message_id = $1");
    tx.execute(update.bind(message)).await?;
    Ok(())
}

/// Claims files that wait to be fetched; the claim ends by itself at `until`.
pub async fn claim(
    tx: &mut Tx,
    worker: &str,
    (now, until): (i64, i64),
    limit: i64,
) -> Result<Vec<Media>> {
    let update = sql(
        "UPDATE media SET worker = $1, due_at = $3, tries = tries + 1 \
         WHERE id IN (SELECT id FROM media WHERE state = 'waiting' AND due_at <= $2 \
         ORDER BY due_at, id LIMIT $4) AND state = 'waiting' AND due_at <= $2 RETURNING ",
    )
    .push(COLUMNS)
    .bind(worker)
    .bind(now)
    .bind(until)
    .bind(limit);
    Ok(tx.all(update).await?)
}

/// What a fetched file turned out to be.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    pub sha256: &'a str,
    pub bytes: i64,
    pub mime: &'a str,
}

/// Notes that a file is in the store.
pub async fn stored(tx: &mut Tx, id: i64, file: Stored<'_>) -> Result<()> {
    let update = sql(
        "UPDATE media SET state = 'stored', sha256 = $2, bytes = $3, mime = $4, \
         reason = NULL WHERE id = $1",
    );
    tx.execute(
        update
            .bind(id)
            .bind(file.sha256)
            .bind(file.bytes)
            .bind(file.mime),
    )
    .await?;
    Ok(())
}

/// Notes that a fetch failed; with `due_at` it is tried again then.
pub async fn missed(tx: &mut Tx, id: i64, due_at: Option<i64>, reason: &str) -> Result<()> {
    let state = if due_at.is_some() {
        "waiting"
    } else {
        "failed"
    };
    let update = sql("UPDATE media SET state = $2, due_at = $3, reason = $4 WHERE id = $1");
    tx.execute(
        update
            .bind(id)
            .bind(state)
            .bind(due_at.unwrap_or(0))
            .bind(reason),
    )
    .await?;
    Ok(())
}

/// Returns when the next fetch is due.
pub async fn next_due(run: impl Run) -> Result<Option<i64>> {
    let row: Option<(Option<i64>,)> = run
        .first(sql("SELECT MIN(due_at) FROM media WHERE state = 'waiting'"))
        .await?;
    Ok(row.and_then(|(due,)| due))
}
