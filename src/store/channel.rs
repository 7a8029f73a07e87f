//! Channels as they stand: connected or not, held back or not, and since when they are known.

use crate::db::{Run, sql};
use crate::store::Result;

/// A channel of the settings, with what was learnt about it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Channel {
    pub name: String,
    pub gateway: String,
    pub connected: bool,
    /// Why nothing is sent; none while things are sent.
    pub held_reason: Option<String>,
    pub held_at: Option<i64>,
    /// Attempts in a row that failed.
    pub failures: i64,
    /// Messages that the gateway still takes, where it says so.
    pub quota_left: Option<i64>,
    /// Our own number.
    pub number: Option<String>,
    /// Since when this number sends; a new one may send less.
    pub first_at: i64,
    pub changed_at: i64,
}

const COLUMNS: &str = "name, gateway, connected, held_reason, held_at, failures, quota_left, \
     number, first_at, changed_at";

/// Returns every channel, by name.
pub async fn all(run: impl Run) -> Result<Vec<Channel>> {
    Ok(run
        .all(
            sql("SELECT ")
                .push(COLUMNS)
                .push(" FROM channel ORDER BY name"),
        )
        .await?)
}

/// Returns one channel.
pub async fn find(run: impl Run, name: &str) -> Result<Option<Channel>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM channel WHERE name = $1")
        .bind(name);
    Ok(run.first(select).await?)
}

/// Notes a channel of the settings; one that is known already keeps its history.
pub async fn seen(run: impl Run, name: &str, gateway: &str, at: i64) -> Result<()> {
    let insert = sql(
        "INSERT INTO channel (name, gateway, connected, failures, first_at, \
         changed_at) VALUES ($1, $2, $3, 0, $4, $4) ON CONFLICT (name) DO UPDATE \
         SET gateway = excluded.gateway, changed_at = excluded.changed_at \
         WHERE channel.gateway <> excluded.gateway",
    )
    .bind(name)
    .bind(gateway)
    .bind(false)
    .bind(at);
    run.execute(insert).await?;
    Ok(())
}

/// Notes whether the gateway is signed in, and returns whether that is news.
pub async fn set_connected(run: impl Run, name: &str, connected: bool, at: i64) -> Result<bool> {
    let update = sql("UPDATE channel SET connected = $2, changed_at = $3 \
         WHERE name = $1 AND connected <> $2");
    Ok(run
        .execute(update.bind(name).bind(connected).bind(at))
        .await?
        > 0)
}

/// Stops a channel for a reason, and returns whether it was sending until now.
pub async fn hold(run: impl Run, name: &str, reason: &str, at: i64) -> Result<bool> {
    let update = sql(
        "UPDATE channel SET held_reason = $2, held_at = $3, changed_at = $3 \
         WHERE name = $1 AND held_at IS NULL",
    );
    Ok(run.execute(update.bind(name).bind(reason).bind(at)).await? > 0)
}

/// Lets a channel send again, and returns whether it was held.
pub async fn release(run: impl Run, name: &str, at: i64) -> Result<bool> {
    let update = sql(
        "UPDATE channel SET held_reason = NULL, held_at = NULL, failures = 0, \
         changed_at = $2 WHERE name = $1 AND held_at IS NOT NULL",
    );
    Ok(run.execute(update.bind(name).bind(at)).await? > 0)
}

/// Stores how many attempts in a row have failed.
pub async fn set_failures(run: impl Run, name: &str, failures: i64) -> Result<()> {
    let update = sql("UPDATE channel SET failures = $2 WHERE name = $1 AND failures <> $2");
    run.execute(update.bind(name).bind(failures)).await?;
    Ok(())
}

/// Stores how many messages the gateway still takes.
pub async fn set_quota(run: impl Run, name: &str, left: Option<i64>) -> Result<()> {
    let update = sql("UPDATE channel SET quota_left = $2 WHERE name = $1");
    run.execute(update.bind(name).bind(left)).await?;
    Ok(())
}

/// Stores our own number; another number than before is a new one.
pub async fn set_number(run: impl Run, name: &str, number: &str, at: i64) -> Result<()> {
    let update = sql("UPDATE channel SET number = $2, changed_at = $3, \
         first_at = CASE WHEN number IS NULL THEN first_at ELSE $3 END \
         WHERE name = $1 AND (number IS NULL OR number <> $2)");
    run.execute(update.bind(name).bind(number).bind(at)).await?;
    Ok(())
}
