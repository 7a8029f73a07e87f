//! What people wrote, one row a message, and the keys that tell a repeat.

use std::collections::HashSet;

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::{Error, Result};

/// A message that came in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    pub id: i64,
    pub delivery_id: String,
    pub channel: String,
    pub contact_id: Option<i64>,
    /// Where an answer goes: the person, or the group it was written in.
    pub address: String,
    pub name: String,
    pub phone: Option<String>,
    pub at: i64,
    pub sent_at: Option<i64>,
    pub kind: String,
    pub text: String,
    pub gateway_id: Option<String>,
    pub location: Option<String>,
    pub extra: Option<String>,
    /// Why it was not understood or not followed.
    pub reason: Option<String>,
    pub report_id: Option<i64>,
    pub track_id: Option<String>,
    pub handled_at: Option<i64>,
    pub handled_by: Option<String>,
}

/// The columns of [`Message`].
pub const COLUMNS: &str = "id, delivery_id, channel, contact_id, address, name, phone, at, \
     sent_at, kind, text, gateway_id, location, extra, reason, report_id, track_id, handled_at, \
     handled_by";

/// Starts rows for new messages.
pub fn bulk() -> Bulk {
    Bulk::new(
        "INSERT INTO message (id, delivery_id, channel, contact_id, address, name, phone, at, \
         sent_at, kind, text, gateway_id, location, extra, reason, report_id, track_id)",
        17,
    )
}

/// Adds a message to the rows.
pub fn add(bulk: &mut Bulk, message: &Message) {
    bulk.row([
        message.id.into(),
        (&message.delivery_id).into(),
        (&message.channel).into(),
        message.contact_id.into(),
        (&message.address).into(),
        (&message.name).into(),
        message.phone.as_deref().into(),
        message.at.into(),
        message.sent_at.into(),
        (&message.kind).into(),
        (&message.text).into(),
        message.gateway_id.as_deref().into(),
        message.location.as_deref().into(),
        message.extra.as_deref().into(),
        message.reason.as_deref().into(),
        message.report_id.into(),
        message.track_id.as_deref().into(),
    ]);
}

/// A stored key, as the database returns it.
#[derive(Debug, sqlx::FromRow)]
struct Key {
    key: String,
}

/// Returns which of these keys are known.
pub async fn known(run: impl Run, keys: &[&str]) -> Result<HashSet<String>> {
    let select = sql("SELECT key FROM message_key WHERE").push_in(" key IN", keys);
    let rows: Vec<Key> = run.all(select).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

/// Remembers keys for good. Fails, to be tried again, when another worker has just remembered one
/// of them.
pub async fn remember(tx: &mut Tx, keys: &[&str]) -> Result<()> {
    let mut bulk =
        Bulk::new("INSERT INTO message_key (key)", 1).tail("ON CONFLICT (key) DO NOTHING");
    for key in keys {
        bulk.row([(*key).into()]);
    }
    if bulk.write(tx).await? == keys.len() as u64 {
        Ok(())
    } else {
        Err(Error::Raced)
    }
}

/// Lets a message be taken for new again; for a replay.
pub async fn forget_keys(tx: &mut Tx, keys: &[&str]) -> Result<u64> {
    Ok(tx
        .execute(sql("DELETE FROM message_key WHERE").push_in(" key IN", keys))
        .await?)
}

/// Returns one message.
pub async fn find(run: impl Run, id: i64) -> Result<Option<Message>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM message WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Returns how many ordinary messages these contacts wrote since then.
pub async fn ordinary_since(
    run: impl Run,
    contacts: &[i64],
    since: i64,
) -> Result<Vec<(i64, i64)>> {
    let select =
        sql("SELECT contact_id, COUNT(*) FROM message WHERE kind = 'ordinary' AND at >= $1")
            .bind(since)
            .push_in(" AND contact_id IN", contacts)
            .push(" GROUP BY contact_id");
    Ok(run.all(select).await?)
}

/// Ties a message to a report.
pub async fn link(tx: &mut Tx, id: i64, report: (i64, &str)) -> Result<u64> {
    let update = sql("UPDATE message SET report_id = $2, track_id = $3 WHERE id = $1");
    Ok(tx
        .execute(update.bind(id).bind(report.0).bind(report.1))
        .await?)
}

/// Takes a message off its report.
pub async fn unlink(tx: &mut Tx, id: i64) -> Result<u64> {
    let update = sql("UPDATE message SET report_id = NULL, track_id = NULL WHERE id = $1");
    Ok(tx.execute(update.bind(id)).await?)
}

/// Marks a message as dealt with, or as open again with `None`.
pub async fn handled(tx: &mut Tx, id: i64, by: Option<(&str, i64)>) -> Result<u64> {
    let update = sql("UPDATE message SET handled_by = $2, handled_at = $3 WHERE id = $1");
    Ok(tx
        .execute(
            update
                .bind(id)
                .bind(by.map(|(name, _)| name))
                .bind(by.map(|(_, at)| at)),
        )
        .await?)
}

/// Changes what a message counts as.
pub async fn set_kind(tx: &mut Tx, id: i64, kind: &str) -> Result<u64> {
    Ok(tx
        .execute(
            sql("UPDATE message SET kind = $2 WHERE id = $1")
                .bind(id)
                .bind(kind),
        )
        .await?)
}

/// Returns the newest message of a contact.
pub async fn last_of(run: impl Run, contact: i64) -> Result<Option<Message>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM message WHERE contact_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(contact);
    Ok(run.first(select).await?)
}

/// Marks every ordinary message of a contact as dealt with.
pub async fn handle_all(tx: &mut Tx, contact: i64, by: (&str, i64)) -> Result<u64> {
    let update = sql(
        "UPDATE message SET handled_by = $2, handled_at = $3 WHERE contact_id = $1 \
         AND kind = 'ordinary' AND handled_at IS NULL",
    );
    Ok(tx
        .execute(update.bind(contact).bind(by.0).bind(by.1))
        .await?)
}

/// Removes a message with its files; for a replay, which brings them again.
pub async fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    tx.execute(sql("DELETE FROM media WHERE message_id = $1").bind(id))
        .await?;
    tx.execute(sql("DELETE FROM message WHERE id = $1").bind(id))
        .await?;
    Ok(())
}

/// Returns the newest message that a delivery brought; the newest messages are looked at first.
pub async fn of_delivery(run: impl Run, delivery: &str) -> Result<Option<Message>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM message WHERE delivery_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(delivery);
    Ok(run.first(select).await?)
}

/// Returns the messages that belong to a report, oldest first.
pub async fn of_report(run: impl Run, report: i64) -> Result<Vec<Message>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM message WHERE report_id = $1 ORDER BY id")
        .bind(report);
    Ok(run.all(select).await?)
}
