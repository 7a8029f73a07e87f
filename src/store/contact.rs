//! People as WhatsApp knows them: contacts and their addresses.

use std::collections::HashMap;

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::Result;

/// Somebody who wrote to us or was written to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Contact {
    pub id: i64,
    pub name: String,
    pub phone: Option<String>,
    pub opted_out_at: Option<i64>,
    pub guide_sent_at: Option<i64>,
    pub limit_told_at: Option<i64>,
    pub last_in_at: Option<i64>,
    pub misses: i64,
    pub misses_since: Option<i64>,
    pub forget_at: Option<i64>,
    pub created_at: i64,
}

const COLUMNS: &str = "c.id, c.name, c.phone, c.opted_out_at, c.guide_sent_at, c.limit_told_at, \
     c.last_in_at, c.misses, c.misses_since, c.forget_at, c.created_at";

/// A contact under one of its addresses.
#[derive(Debug, sqlx::FromRow)]
struct Addressed {
    address: String,
    #[sqlx(flatten)]
    contact: Contact,
}

/// Returns the contacts behind these addresses.
pub async fn by_addresses(run: impl Run, addresses: &[&str]) -> Result<HashMap<String, Contact>> {
    let rows: Vec<Addressed> = run
        .all(
            sql("SELECT a.address, ")
                .push(COLUMNS)
                .push(" FROM contact_address a JOIN contact c ON c.id = a.contact_id WHERE")
                .push_in(" a.address IN", addresses),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.address, row.contact))
        .collect())
}

/// Returns one contact.
pub async fn find(run: impl Run, id: i64) -> Result<Option<Contact>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM contact c WHERE c.id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Returns the contact with this phone, the first if there are several.
pub async fn by_phone(run: impl Run, phone: &str) -> Result<Option<Contact>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM contact c WHERE c.phone = $1 ORDER BY c.id LIMIT 1")
        .bind(phone);
    Ok(run.first(select).await?)
}

/// Stores new contacts with their first address.
pub async fn insert(tx: &mut Tx, contacts: &[(Contact, String)]) -> Result<()> {
    let mut people = Bulk::new(
        "INSERT INTO contact (id, name, phone, last_in_at, misses, created_at)",
        6,
    );
    let mut addresses = Bulk::new("INSERT INTO contact_address (address, contact_id)", 2);
    for (contact, address) in contacts {
        people.row([
            contact.id.into(),
            (&contact.name).into(),
            contact.phone.as_deref().into(),
            contact.last_in_at.into(),
            0_i64.into(),
            contact.created_at.into(),
        ]);
        addresses.row([address.into(), contact.id.into()]);
    }
    people.write(tx).await?;
    addresses.write(tx).await?;
    Ok(())
}

/// Notes that these contacts wrote just now.
pub async fn heard(tx: &mut Tx, ids: &[i64], at: i64) -> Result<()> {
    let update = sql("UPDATE contact SET last_in_at = $1 WHERE")
        .bind(at)
        .push_in(" id IN", ids);
    tx.execute(update).await?;
    Ok(())
}

/// Notes that these contacts were sent the guide.
pub async fn guided(tx: &mut Tx, ids: &[i64], at: i64) -> Result<()> {
    let update = sql("UPDATE contact SET guide_sent_at = $1 WHERE")
        .bind(at)
        .push_in(" id IN", ids);
    tx.execute(update).await?;
    Ok(())
}

/// Notes that a contact was told of its limit.
pub async fn limit_told(tx: &mut Tx, id: i64, at: i64) -> Result<()> {
    tx.execute(
        sql("UPDATE contact SET limit_told_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at),
    )
    .await?;
    Ok(())
}

/// Takes a contact out of notices, or back in with `None`.
pub async fn opt_out(tx: &mut Tx, id: i64, at: Option<i64>) -> Result<()> {
    tx.execute(
        sql("UPDATE contact SET opted_out_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at),
    )
    .await?;
    Ok(())
}

/// Notes that a contact asked to be forgotten; the first time counts.
pub async fn ask_forget(tx: &mut Tx, id: i64, at: i64) -> Result<()> {
    let update = sql("UPDATE contact SET forget_at = COALESCE(forget_at, $2) WHERE id = $1");
    tx.execute(update.bind(id).bind(at)).await?;
    Ok(())
}

/// Stores how many unknown numbers a contact has asked for since when.
pub async fn misses(tx: &mut Tx, id: i64, misses: i64, since: Option<i64>) -> Result<()> {
    let update = sql("UPDATE contact SET misses = $2, misses_since = $3 WHERE id = $1");
    tx.execute(update.bind(id).bind(misses).bind(since)).await?;
    Ok(())
}
