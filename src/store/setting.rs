//! Settings that live in the database, each a key and a value in JSON. What they mean and which
//! ones may stand here is the business of `config`.

use crate::db::{Run, Tx, sql};
use crate::store::Result;

/// One setting and who set it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Setting {
    pub key: String,
    /// JSON.
    pub value: String,
    pub updated_at: i64,
    pub updated_by: String,
}

const COLUMNS: &str = "key, value, updated_at, updated_by";

/// Returns every setting, by key.
pub async fn all(run: impl Run) -> Result<Vec<Setting>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM setting ORDER BY key");
    Ok(run.all(select).await?)
}

/// Returns one setting.
pub async fn find(run: impl Run, key: &str) -> Result<Option<Setting>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM setting WHERE key = $1")
        .bind(key);
    Ok(run.first(select).await?)
}

/// Stores a setting in place of what it was.
pub async fn set(tx: &mut Tx, setting: &Setting) -> Result<()> {
    let insert = sql("INSERT INTO setting (key, value, updated_at, updated_by) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO UPDATE SET value = excluded.value, \
         updated_at = excluded.updated_at, updated_by = excluded.updated_by")
    .bind(&setting.key)
    .bind(&setting.value)
    .bind(setting.updated_at)
    .bind(&setting.updated_by);
    tx.execute(insert).await?;
    Ok(())
}

/// Takes a setting out and returns whether there was one.
pub async fn remove(tx: &mut Tx, key: &str) -> Result<bool> {
    Ok(tx
        .execute(sql("DELETE FROM setting WHERE key = $1").bind(key))
        .await?
        > 0)
}
