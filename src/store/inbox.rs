//! Raw deliveries: stored once before they are answered, claimed once, kept for a while.

use crate::db::{Bulk, Run, Sql, Tx, sql};
use crate::store::Result;

/// A webhook request as it came in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Delivery {
    pub id: String,
    pub channel: String,
    pub key: String,
    pub received_at: i64,
    pub content_type: String,
    pub body: String,
    /// The body is base64, because it was no clean text.
    pub encoded: bool,
    pub worker: String,
    pub epoch: i64,
    pub due_at: i64,
    pub tries: i64,
    pub crashes: i64,
}

const COLUMNS: &str = "id, channel, key, received_at, content_type, body, encoded, worker, epoch, \
     due_at, tries, crashes";

/// Stores deliveries, claimed by their worker or waiting, and returns the ids of those that are
/// new; of equal ones in the same batch only the first is.
pub async fn insert(
    tx: &mut Tx,
    deliveries: &[Delivery],
    state: &'static str,
) -> Result<Vec<String>> {
    let mut bulk = Bulk::new(
        "INSERT INTO delivery (id, channel, key, received_at, content_type, body, encoded, worker, \
         epoch, due_at, tries, crashes, state)",
        13,
    )
    .tail("ON CONFLICT (key) DO NOTHING");
    for one in deliveries {
        bulk.row([
            (&one.id).into(),
            (&one.channel).into(),
            (&one.key).into(),
            one.received_at.into(),
            (&one.content_type).into(),
            (&one.body).into(),
            one.encoded.into(),
            (&one.worker).into(),
            one.epoch.into(),
            one.due_at.into(),
            one.tries.into(),
            one.crashes.into(),
            state.into(),
        ]);
    }
    // Rows that come back cost more than rows that go in, and nearly always all are new.
    if bulk.write(tx).await? == deliveries.len() as u64 {
        return Ok(deliveries.iter().map(|one| one.id.clone()).collect());
    }
    let ids: Vec<&str> = deliveries.iter().map(|one| one.id.as_str()).collect();
    let rows: Vec<(String,)> = tx
        .all(sql("SELECT id FROM delivery WHERE").push_in(" id IN", &ids))
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who claims, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'a> {
    pub worker: &'a str,
    pub now: i64,
    pub until: i64,
}

/// Claims deliveries whose time has come, oldest first: waiting ones, and those whose worker has
/// not finished within its lease.
pub async fn claim(tx: &mut Tx, lease: Lease<'_>, limit: i64) -> Result<Vec<Delivery>> {
    let mut rows: Vec<Delivery> = tx
        .all(
            sql("UPDATE delivery SET state = 'claimed', worker = $1, epoch = epoch + 1, \
                 due_at = $3 WHERE id IN (SELECT id FROM delivery \
                 WHERE state IN ('waiting', 'claimed') AND due_at <= $2 ORDER BY due_at, id LIMIT $4) \
                 AND state IN ('waiting', 'claimed') AND due_at <= $2 RETURNING ")
            .push(COLUMNS)
            .bind(lease.worker)
            .bind(lease.now)
            .bind(lease.until)
            .bind(limit),
        )
        .await?;
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(rows)
}

/// Claims one delivery that waits, whenever its turn would be.
pub async fn claim_one(tx: &mut Tx, lease: Lease<'_>, id: &str) -> Result<Option<Delivery>> {
    let update = sql(
        "UPDATE delivery SET state = 'claimed', worker = $1, epoch = epoch + 1, \
         due_at = $2 WHERE id = $3 AND state = 'waiting' RETURNING ",
    )
    .push(COLUMNS)
    .bind(lease.worker)
    .bind(lease.until)
    .bind(id);
    Ok(tx.first(update).await?)
}

/// Notes what a worker of this name was working when it died. Several at once are suspects, and
/// are worked alone from now on; one that was worked alone counts a crash each time.
pub async fn blame(tx: &mut Tx, worker: &str, ids: &[&str]) -> Result<u64> {
    let update = match ids {
        [_] => sql("UPDATE delivery SET crashes = crashes + 1"),
        _ => sql("UPDATE delivery SET crashes = 1"),
    };
    let update = update.push_bind(" WHERE state = 'claimed' AND worker = ", worker);
    let update = match ids {
        [_] => update,
        _ => update.push(" AND crashes = 0"),
    };
    Ok(tx.execute(update.push_in(" AND id IN", ids)).await?)
}

/// Gives back what a worker of this name has claimed: after its death, and at a graceful stop.
pub async fn release(tx: &mut Tx, worker: &str, now: i64) -> Result<u64> {
    let update = sql(
        "UPDATE delivery SET state = 'waiting', due_at = $2, epoch = epoch + 1 \
         WHERE state IN ('waiting', 'claimed') AND state = 'claimed' \
         AND worker = $1",
    );
    Ok(tx.execute(update.bind(worker).bind(now)).await?)
}

/// Marks deliveries as done and returns how many of them this worker still held, under the epoch
/// in which it claimed them.
pub async fn done(tx: &mut Tx, worker: &str, batch: &[Delivery]) -> Result<u64> {
    let mut done = 0;
    for same in batch.chunk_by(|one, next| one.epoch == next.epoch) {
        let ids: Vec<&str> = same.iter().map(|delivery| delivery.id.as_str()).collect();
        let update = sql("UPDATE delivery SET state = 'done' WHERE state = 'claimed'")
            .push_bind(" AND worker = ", worker)
            .push_bind(" AND epoch = ", same[0].epoch)
            .push_in(" AND id IN", &ids);
        done += tx.execute(update).await?;
    }
    Ok(done)
}

/// Narrows a statement to a delivery that its claimer still holds.
fn still_held(update: Sql, delivery: &Delivery) -> Sql {
    update
        .push_bind(" WHERE state = 'claimed' AND id = ", &delivery.id)
        .push_bind(" AND epoch = ", delivery.epoch)
}

/// Puts a delivery back for another try, unless somebody else has it by now.
pub async fn put_back(tx: &mut Tx, delivery: &Delivery, due_at: i64, reason: &str) -> Result<u64> {
    let update = sql("UPDATE delivery SET state = 'waiting', tries = tries + 1, \
         epoch = epoch + 1, due_at = $1, reason = $2")
    .bind(due_at)
    .bind(reason);
    Ok(tx.execute(still_held(update, delivery)).await?)
}

/// Sets a delivery aside, unless somebody else has it by now: it is kept, shown and can be
/// replayed, but not tried again by itself.
pub async fn quarantine(tx: &mut Tx, delivery: &Delivery, reason: &str) -> Result<u64> {
    let update = sql("UPDATE delivery SET state = 'quarantined', tries = tries + 1, reason = $1")
        .bind(reason);
    Ok(tx.execute(still_held(update, delivery)).await?)
}

/// Returns one delivery.
pub async fn find(run: impl Run, id: &str) -> Result<Option<Delivery>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM delivery WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Lets a finished or quarantined delivery be worked again from the start.
pub async fn replay(tx: &mut Tx, id: &str, now: i64) -> Result<u64> {
    let update = sql(
        "UPDATE delivery SET state = 'waiting', tries = 0, crashes = 0, due_at = $2, \
         epoch = epoch + 1 WHERE id = $1 AND state IN ('done', 'quarantined')",
    );
    Ok(tx.execute(update.bind(id).bind(now)).await?)
}

/// How much waits, and since when the oldest has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct Backlog {
    pub waiting: i64,
    pub oldest_at: Option<i64>,
}

/// Returns the deliveries that nobody has finished yet.
pub async fn backlog(run: impl Run) -> Result<Backlog> {
    let select = sql(
        "SELECT COUNT(*) AS waiting, MIN(received_at) AS oldest_at FROM delivery \
         WHERE state IN ('waiting', 'claimed')",
    );
    Ok(run.first(select).await?.unwrap_or_default())
}

/// Returns how many deliveries are set aside.
pub async fn quarantined(run: impl Run) -> Result<i64> {
    let row: Option<(i64,)> = run
        .first(sql(
            "SELECT COUNT(*) FROM delivery WHERE state = 'quarantined'",
        ))
        .await?;
    Ok(row.map_or(0, |(n,)| n))
}
