//! What goes out: enqueued in the transaction of the act that causes it, claimed by lease, marked
//! with what became of it.

use crate::db::{Bulk, Run, Sql, Tx, sql};
use crate::store::Result;

pub mod list;

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Letter {
    pub id: i64,
    pub channel: String,
    pub address: String,
    pub contact_id: Option<i64>,
    pub staff_id: Option<String>,
    pub report_id: Option<i64>,
    pub message_id: Option<i64>,
    /// `text`, `image`, `document`, `audio`, `video` or `location`.
    pub kind: String,
    pub text: String,
    /// What `kind` needs besides the text, as JSON.
    pub payload: Option<String>,
    /// The gateway's id of the message it answers.
    pub quote: Option<String>,
    pub source: String,
    /// 0 for answers and what people send, 1 for notices.
    pub lane: i64,
    pub state: String,
    pub created_at: i64,
    pub due_at: i64,
    pub worker: String,
    pub epoch: i64,
    pub attempts: i64,
    /// How many attempts may have been sent although nobody said so.
    pub ambiguous: i64,
    pub last_error: Option<String>,
    pub gateway_id: Option<String>,
    pub sent_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub read_at: Option<i64>,
    pub by: String,
}

/// The columns of [`Letter`].
pub const COLUMNS: &str = "id, channel, address, contact_id, staff_id, report_id, message_id, \
     kind, text, payload, quote, source, lane, state, created_at, due_at, worker, epoch, \
     attempts, ambiguous, last_error, gateway_id, sent_at, delivered_at, read_at, by";

/// Starts rows for new letters.
pub fn bulk() -> Bulk {
    Bulk::new(
        "INSERT INTO outbox (id, channel, address, contact_id, staff_id, report_id, message_id, \
         kind, text, payload, quote, source, lane, state, created_at, due_at, worker, epoch, \
         attempts, ambiguous, by)",
        21,
    )
}

/// Adds a letter to the rows.
pub fn add(bulk: &mut Bulk, letter: &Letter) {
    bulk.row([
        letter.id.into(),
        (&letter.channel).into(),
        (&letter.address).into(),
        letter.contact_id.into(),
        letter.staff_id.as_deref().into(),
        letter.report_id.into(),
        letter.message_id.into(),
        (&letter.kind).into(),
        (&letter.text).into(),
        letter.payload.as_deref().into(),
        letter.quote.as_deref().into(),
        (&letter.source).into(),
        letter.lane.into(),
        (&letter.state).into(),
        letter.created_at.into(),
        letter.due_at.into(),
        "".into(),
        0_i64.into(),
        0_i64.into(),
        0_i64.into(),
        (&letter.by).into(),
    ]);
}

/// What a letter `o` has to wait for: the earlier ones of its lane to the same address, and any
/// that is being sent there.
///
/// The list of open states stands in every condition as the indexes spell it; `SQLite` uses a
/// partial index only then.
const BLOCKED: &str = " EXISTS (SELECT 1 FROM outbox e WHERE e.address = o.address \
     AND e.id <> o.id AND e.state IN ('held', 'pending', 'sending', 'unknown', 'retry') \
     AND (e.state = 'sending' OR (e.id < o.id AND e.lane = o.lane AND e.state <> 'held')))";

/// Who claims letters, for which channel and lane, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    pub worker: &'a str,
    pub channel: &'a str,
    pub lane: i64,
    pub now: i64,
    pub until: i64,
    pub limit: i64,
}

/// Claims letters whose time has come, oldest first and never two for one address: a letter waits
/// for the earlier ones of its lane, and for any that is being sent.
pub async fn claim(tx: &mut Tx, claim: Claim<'_>) -> Result<Vec<Letter>> {
    let mut letters: Vec<Letter> = tx
        .all(
            sql(
                "UPDATE outbox SET state = 'sending', worker = $1, epoch = epoch + 1, \
                 attempts = attempts + 1, due_at = $5 WHERE id IN (SELECT o.id FROM outbox o \
                 WHERE o.channel = $2 AND o.lane = $3 AND o.due_at <= $4 \
                 AND o.state IN ('held', 'pending', 'sending', 'unknown', 'retry') \
                 AND o.state <> 'sending' AND NOT",
            )
            .push(BLOCKED)
            .push(
                " ORDER BY o.due_at, o.id LIMIT $6) \
                 AND state IN ('held', 'pending', 'retry', 'unknown') AND due_at <= $4 RETURNING ",
            )
            .push(COLUMNS)
            .bind(claim.worker)
            .bind(claim.channel)
            .bind(claim.lane)
            .bind(claim.now)
            .bind(claim.until)
            .bind(claim.limit),
        )
        .await?;
    letters.sort_by_key(|letter| letter.id);
    Ok(letters)
}

/// Returns when the next letter of a channel and lane is due that waits for no other.
pub async fn next_due(run: impl Run, channel: &str, lane: i64) -> Result<Option<i64>> {
    let select = sql(
        "SELECT o.due_at FROM outbox o WHERE o.channel = $1 AND o.lane = $2 \
         AND o.state IN ('held', 'pending', 'sending', 'unknown', 'retry') \
         AND o.state <> 'sending' AND NOT",
    )
    .push(BLOCKED)
    .push(" ORDER BY o.due_at, o.id LIMIT 1");
    let row: Option<(i64,)> = run.first(select.bind(channel).bind(lane)).await?;
    Ok(row.map(|(due,)| due))
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub id: i64,
    pub epoch: i64,
    pub state: &'static str,
    pub due_at: i64,
    pub ambiguous: bool,
    pub error: Option<String>,
    pub gateway_id: Option<String>,
    pub sent_at: Option<i64>,
}

/// Marks attempts with what became of them and returns the ids that were still the sender's.
pub async fn settle(tx: &mut Tx, outcomes: &[Outcome]) -> Result<Vec<i64>> {
    let mut bulk = Bulk::new(
        "WITH o (id, epoch, state, due_at, ambiguous, error, gateway_id, sent_at) AS (",
        8,
    )
    .typed(&[
        "BIGINT", "BIGINT", "TEXT", "BIGINT", "BIGINT", "TEXT", "TEXT", "BIGINT",
    ])
    .tail(
        ") UPDATE outbox SET state = o.state, due_at = o.due_at, \
             ambiguous = outbox.ambiguous + o.ambiguous, last_error = o.error, \
             gateway_id = COALESCE(o.gateway_id, outbox.gateway_id), \
             sent_at = COALESCE(o.sent_at, outbox.sent_at) FROM o \
             WHERE outbox.id = o.id AND outbox.epoch = o.epoch AND outbox.state = 'sending' \
             RETURNING outbox.id",
    );
    for one in outcomes {
        bulk.row([
            one.id.into(),
            one.epoch.into(),
            one.state.into(),
            one.due_at.into(),
            i64::from(one.ambiguous).into(),
            one.error.as_deref().into(),
            one.gateway_id.as_deref().into(),
            one.sent_at.into(),
        ]);
    }
    let rows: Vec<(i64,)> = bulk.write_returning(tx).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What an attempt becomes of which nobody knows whether it was sent: unknown the first time and
/// then repeated; given up the second time, so that nobody gets a letter three times.
const MAY_BE_SENT: &str = " SET state = CASE WHEN ambiguous = 0 THEN 'unknown' ELSE 'failed' END, \
     ambiguous = ambiguous + 1, epoch = epoch + 1, due_at = $2";

/// Letters that are being sent, by the index of those that need a look; see [`BLOCKED`].
const IN_FLIGHT: &str = " WHERE state = 'sending' \
     AND state IN ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled')";

/// Gives up on attempts that nobody finished within their lease: they may have been sent.
pub async fn expire(tx: &mut Tx, now: i64, settle_until: i64) -> Result<u64> {
    let update = sql("UPDATE outbox")
        .push(MAY_BE_SENT)
        .push(", last_error = 'lease-expired'")
        .push(IN_FLIGHT)
        .push(" AND due_at <= $1");
    Ok(tx.execute(update.bind(now).bind(settle_until)).await?)
}

/// Does the same at once for what a worker of this name was sending when it died.
pub async fn orphan(tx: &mut Tx, worker: &str, settle_until: i64) -> Result<u64> {
    let update = sql("UPDATE outbox")
        .push(MAY_BE_SENT)
        .push(", last_error = 'worker-died'")
        .push(IN_FLIGHT)
        .push(" AND worker = $1");
    Ok(tx.execute(update.bind(worker).bind(settle_until)).await?)
}

/// Gives claimed letters that were not handed to the gateway back.
pub async fn put_back(tx: &mut Tx, ids: &[i64], due_at: i64) -> Result<u64> {
    let update = sql("UPDATE outbox SET state = 'pending', epoch = epoch + 1, \
         attempts = attempts - 1, due_at = $1 WHERE state = 'sending'")
    .bind(due_at)
    .push_in(" AND id IN", ids);
    Ok(tx.execute(update).await?)
}

/// Returns one letter.
pub async fn find(run: impl Run, id: i64) -> Result<Option<Letter>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Cancels the notices of a channel that are due to people who want none any more: one that was
/// on its way when its reader opted out may have come back for another try.
pub async fn cancel_unwanted(tx: &mut Tx, channel: &str, now: i64) -> Result<u64> {
    let update = sql(
        "UPDATE outbox SET state = 'cancelled', last_error = 'opted-out', epoch = epoch + 1 \
         WHERE channel = $1 AND lane = 1 AND due_at <= $2 \
         AND state IN ('held', 'pending', 'sending', 'unknown', 'retry') AND state <> 'sending' \
         AND EXISTS (SELECT 1 FROM contact c WHERE c.id = outbox.contact_id \
         AND c.opted_out_at IS NOT NULL)",
    );
    Ok(tx.execute(update.bind(channel).bind(now)).await?)
}

/// Cancels the notices to a contact that have not been handed over, and returns how many.
pub async fn cancel_notices(tx: &mut Tx, contact: i64) -> Result<u64> {
    let update = sql(
        "UPDATE outbox SET state = 'cancelled', last_error = 'opted-out', \
         epoch = epoch + 1 WHERE contact_id = $1 AND lane = 1 AND staff_id IS NULL \
         AND state IN ('held', 'pending', 'retry', 'unknown')",
    );
    Ok(tx.execute(update.bind(contact)).await?)
}

/// Changes the state of letters that are in one of the states `from`; `due_at` is set too.
pub async fn change(
    tx: &mut Tx,
    ids: &[i64],
    from: &[&str],
    (state, due_at): (&'static str, i64),
) -> Result<u64> {
    let update = sql("UPDATE outbox SET state = $1, due_at = $2, epoch = epoch + 1 WHERE TRUE")
        .bind(state)
        .bind(due_at)
        .push_in(" AND id IN", ids)
        .push_in(" AND state IN", from);
    Ok(tx.execute(update).await?)
}

/// Replaces the text of a letter that has not gone out.
pub async fn rewrite(tx: &mut Tx, id: i64, text: &str) -> Result<u64> {
    let update = sql(
        "UPDATE outbox SET text = $2, epoch = epoch + 1 WHERE id = $1 \
         AND state IN ('held', 'pending', 'retry', 'failed', 'unknown')",
    );
    Ok(tx.execute(update.bind(id).bind(text)).await?)
}

/// Remembers the second name that a gateway gives a letter.
pub async fn remember_alias(tx: &mut Tx, channel: &str, (id, alias): (&str, &str)) -> Result<()> {
    let update = sql("UPDATE outbox SET gateway_alias = $3 WHERE channel = $1 AND gateway_id = $2");
    tx.execute(update.bind(channel).bind(id).bind(alias))
        .await?;
    Ok(())
}

/// Adds the condition that a letter goes by one of a gateway's names for it.
fn named(statement: Sql, channel: &str, ids: &[&str]) -> Sql {
    statement
        .push_bind(" WHERE channel = ", channel)
        .push_in(" AND (gateway_id IN", ids)
        .push_in(" OR gateway_alias IN", ids)
        .push(")")
}

/// Moves a letter forward by what the gateway reports later; never backwards.
pub async fn progress(
    tx: &mut Tx,
    channel: &str,
    ids: &[&str],
    (reached, at): (&'static str, i64),
) -> Result<u64> {
    let update = match reached {
        "read" => sql("UPDATE outbox SET read_at = COALESCE(read_at, $1), \
             delivered_at = COALESCE(delivered_at, $1), sent_at = COALESCE(sent_at, $1), \
             state = 'sent', epoch = epoch + 1"),
        "delivered" => sql(
            "UPDATE outbox SET delivered_at = COALESCE(delivered_at, $1), \
             sent_at = COALESCE(sent_at, $1), state = 'sent', epoch = epoch + 1",
        ),
        _ => sql("UPDATE outbox SET sent_at = COALESCE(sent_at, $1), \
             state = CASE WHEN state IN ('unknown', 'retry', 'sending') THEN 'sent' \
             ELSE state END, epoch = epoch + 1"),
    };
    Ok(tx.execute(named(update.bind(at), channel, ids)).await?)
}

/// Marks a letter that the gateway took and then could not deliver.
pub async fn bounce(tx: &mut Tx, channel: &str, ids: &[&str], reason: &str) -> Result<u64> {
    let update = sql("UPDATE outbox SET state = 'failed', last_error = $1, epoch = epoch + 1");
    let update = named(update.bind(reason), channel, ids);
    Ok(tx
        .execute(update.push(" AND delivered_at IS NULL AND state <> 'cancelled'"))
        .await?)
}

/// How many letters are in each state that is not final.
pub async fn open_states(run: impl Run) -> Result<Vec<(String, i64)>> {
    let select = sql("SELECT state, COUNT(*) FROM outbox \
         WHERE state IN ('held', 'pending', 'sending', 'unknown', 'retry') GROUP BY state");
    Ok(run.all(select).await?)
}

/// Returns how many letters were given up.
pub async fn failed(run: impl Run) -> Result<i64> {
    let row: Option<(i64,)> = run
        .first(sql("SELECT COUNT(*) FROM outbox WHERE state = 'failed'"))
        .await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Returns the letters that a message has caused: answers to it, and notices about its report.
pub async fn caused_by(run: impl Run, message: i64, report: Option<i64>) -> Result<Vec<Letter>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE id > $1 AND (message_id = $1 OR report_id = $2) ORDER BY id")
        .bind(message)
        .bind(report);
    Ok(run.all(select).await?)
}

/// Returns what messages were answered, with the ids of the messages; oldest first.
pub async fn answers(run: impl Run, messages: &[i64]) -> Result<Vec<(i64, String)>> {
    let select = sql("SELECT message_id, text FROM outbox WHERE state <> 'cancelled'")
        .push_in(" AND message_id IN", messages)
        .push(" ORDER BY id");
    Ok(run.all(select).await?)
}

/// Returns the letters about a report, oldest first.
pub async fn of_report(run: impl Run, report: i64) -> Result<Vec<Letter>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE report_id = $1 ORDER BY id")
        .bind(report);
    Ok(run.all(select).await?)
}

/// Returns these letters in the order of their ids.
pub async fn by_ids(run: impl Run, ids: &[i64]) -> Result<Vec<Letter>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox WHERE")
        .push_in(" id IN", ids)
        .push(" ORDER BY id");
    Ok(run.all(select).await?)
}
