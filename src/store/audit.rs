//! The audit trail: who did what, chained so that an edit, a cut or a swap shows.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::Result;

pub mod list;

/// One act as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub act: &'static str,
    /// What it was done to: a tracking number, an id.
    pub object: String,
    /// Before and after, as JSON.
    pub detail: String,
    /// It only changed the database, so its author may take it back for a while.
    pub undoable: bool,
}

/// One act as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    pub seq: i64,
    pub at: i64,
    pub actor: String,
    pub origin: String,
    pub act: String,
    pub object: String,
    pub detail: Option<String>,
    pub detail_hash: String,
    pub undoable: bool,
    pub hash: String,
}

/// The columns of [`Row`].
pub const COLUMNS: &str =
    "seq, at, actor, origin, act, object, detail, detail_hash, undoable, hash";

/// Who acted, from where and when.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub name: &'a str,
    pub origin: &'a str,
    pub at: i64,
}

/// The newest link of the chain.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// Appends entries to the chain.
pub async fn append(
    tx: &mut Tx,
    key: &[u8],
    author: Author<'_>,
    entries: Vec<Entry>,
) -> Result<()> {
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let taken = sql("UPDATE audit_head SET seq = seq + $1 WHERE name = 'head' RETURNING seq, hash");
    let Some(head) = tx.first::<Head>(taken.bind(count)).await? else {
        return Err(sqlx::Error::RowNotFound.into());
    };
    let mut bulk = Bulk::new(
        "INSERT INTO audit (seq, at, actor, origin, act, object, detail, detail_hash, undoable, \
         hash)",
        10,
    );
    let mut last = head.hash;
    for (seq, entry) in (head.seq - count + 1..).zip(entries) {
        let row = link(key, &last, (seq, author), entry);
        last.clone_from(&row.hash);
        add(&mut bulk, &row);
    }
    bulk.write(tx).await?;
    tx.execute(sql("UPDATE audit_head SET hash = $1 WHERE name = 'head'").bind(last))
        .await?;
    Ok(())
}

fn link(key: &[u8], last: &str, (seq, author): (i64, Author<'_>), entry: Entry) -> Row {
    let mut row = Row {
        seq,
        at: author.at,
        actor: author.name.to_owned(),
        origin: author.origin.to_owned(),
        act: entry.act.to_owned(),
        object: entry.object,
        detail_hash: digest(key, &entry.detail),
        detail: Some(entry.detail),
        undoable: entry.undoable,
        hash: String::new(),
    };
    row.hash = seal(key, last, &row);
    row
}

fn add(bulk: &mut Bulk, row: &Row) {
    bulk.row([
        row.seq.into(),
        row.at.into(),
        (&row.actor).into(),
        (&row.origin).into(),
        (&row.act).into(),
        (&row.object).into(),
        row.detail.as_deref().into(),
        (&row.detail_hash).into(),
        row.undoable.into(),
        (&row.hash).into(),
    ]);
}

/// Returns the hash that a row must have behind the row with the hash `last`.
///
/// Every field is led by its length, so that no two rows read the same.
pub fn seal(key: &[u8], last: &str, row: &Row) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    let (seq, at) = (row.seq.to_string(), row.at.to_string());
    let undoable = if row.undoable { "1" } else { "0" };
    let fields: [&str; 9] = [
        last,
        &seq,
        &at,
        &row.actor,
        &row.origin,
        &row.act,
        &row.object,
        &row.detail_hash,
        undoable,
    ];
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

/// Returns the keyed hash of a row's detail, which tells nothing once the detail is gone.
pub fn digest(key: &[u8], detail: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(detail.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string does not fail");
            text
        })
}

/// Returns rows in order, from a sequence number on.
pub async fn from(run: impl Run, seq: i64, limit: i64) -> Result<Vec<Row>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2")
        .bind(seq)
        .bind(limit);
    Ok(run.all(select).await?)
}

/// Returns the name under which an act is known to have been taken back.
pub fn undo_name(seq: i64) -> String {
    format!("audit:{seq}")
}

/// Returns an actor's newest act since then that may be taken back and has not been.
pub async fn undoable(run: impl Run, actor: &str, since: i64) -> Result<Option<Row>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(
            " FROM audit a WHERE a.actor = $1 AND a.at >= $2 AND a.undoable AND NOT EXISTS ( \
             SELECT 1 FROM audit u WHERE u.object = 'audit:' || CAST(a.seq AS TEXT) \
             AND u.act = 'undo') ORDER BY a.seq DESC LIMIT 1",
        )
        .bind(actor)
        .bind(since);
    Ok(run.first(select).await?)
}

/// Returns the newest link of the chain.
pub async fn head(run: impl Run) -> Result<Head> {
    let select = sql("SELECT seq, hash FROM audit_head WHERE name = 'head'");
    Ok(run.first(select).await?.ok_or(sqlx::Error::RowNotFound)?)
}
