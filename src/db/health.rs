//! What a database can tell about itself: its version, whether it keeps what it was given, and
//! whether it is whole.

use super::{Db, Run as _, sql};

/// How many faults of one sort are told; more of them say nothing new.
const MOST: usize = 20;

/// Whether a commit survives a loss of power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    pub safe: bool,
    /// The settings that decide it, as the engine calls them.
    pub settings: String,
}

/// Returns engine and version.
pub async fn version(db: &Db) -> sqlx::Result<String> {
    let (name, statement) = match db {
        Db::Sqlite { .. } => ("SQLite", sql("SELECT sqlite_version()")),
        Db::Postgres(_) => (
            "PostgreSQL",
            sql("SELECT current_setting('server_version')"),
        ),
    };
    let row: Option<(String,)> = db.first(statement).await?;
    Ok(format!(
        "{name} {}",
        row.map(|(version,)| version).unwrap_or_default()
    ))
}

/// Tells whether what is committed is on the disk.
pub async fn durability(db: &Db) -> sqlx::Result<Durability> {
    match db {
        Db::Sqlite { .. } => {
            let journal: Option<(String,)> = db.first(sql("PRAGMA journal_mode")).await?;
            let synchronous: Option<(i64,)> = db.first(sql("PRAGMA synchronous")).await?;
            let journal = journal.map(|(mode,)| mode).unwrap_or_default();
            let level = synchronous.map_or(0, |(level,)| level);
            let settings = format!("journal_mode = {journal}, synchronous = {level}");
            Ok(Durability {
                safe: journal == "wal" && level >= 2,
                settings,
            })
        }
        Db::Postgres(_) => {
            let row: Option<(String, String)> = db
                .first(sql(
                    "SELECT current_setting('synchronous_commit'), current_setting('fsync')",
                ))
                .await?;
            let (commit, fsync) = row.unwrap_or_default();
            let settings = format!("synchronous_commit = {commit}, fsync = {fsync}");
            Ok(Durability {
                safe: commit != "off" && fsync == "on",
                settings,
            })
        }
    }
}

/// Fails where nothing can be written; leaves nothing behind.
pub async fn try_write(db: &Db) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.execute(sql("UPDATE counter SET value = value WHERE name = 'row'"))
        .await?;
    tx.rollback().await
}

/// Returns the clock of a database on another machine, in milliseconds since 1970 UTC.
pub async fn clock(db: &Db) -> sqlx::Result<Option<i64>> {
    if !db.is_shared() {
        return Ok(None);
    }
    let select = sql("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
    let row: Option<(i64,)> = db.first(select).await?;
    Ok(row.map(|(at,)| at))
}

/// Returns how many programs of this name are connected to a server.
pub async fn connected(db: &Db, program: &str) -> sqlx::Result<i64> {
    if !db.is_shared() {
        return Ok(0);
    }
    let select = sql(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = $1 \
         AND datname = current_database()",
    );
    let row: Option<(i64,)> = db.first(select.bind(program)).await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Looks for damage as far as that is quick, and returns what was found.
pub async fn quick_check(db: &Db) -> sqlx::Result<Vec<String>> {
    match db {
        Db::Sqlite { .. } => lines(db, "PRAGMA quick_check(20)").await,
        Db::Postgres(_) => catalogue(db).await,
    }
}

/// Looks for damage everywhere, and returns what was found.
pub async fn full_check(db: &Db) -> sqlx::Result<Vec<String>> {
    match db {
        Db::Sqlite { .. } => {
            let mut found = lines(db, "PRAGMA integrity_check(20)").await?;
            found.extend(orphans(db).await?);
            Ok(found)
        }
        Db::Postgres(_) => {
            let mut found = catalogue(db).await?;
            found.extend(checksums(db).await?);
            Ok(found)
        }
    }
}

async fn lines(db: &Db, pragma: &'static str) -> sqlx::Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(sql(pragma)).await?;
    Ok(rows
        .into_iter()
        .map(|(line,)| line)
        .filter(|line| line != "ok")
        .collect())
}

/// Returns rows that name others which are not there.
async fn orphans(db: &Db) -> sqlx::Result<Vec<String>> {
    let rows: Vec<(String, Option<i64>, String, i64)> =
        db.all(sql("PRAGMA foreign_key_check")).await?;
    let told = rows.into_iter().take(MOST).map(|(table, row, parent, _)| {
        let row = row.map_or_else(|| "?".to_owned(), |row| row.to_string());
        format!("row {row} of {table} names a row of {parent} that is not there")
    });
    Ok(told.collect())
}

/// Returns indexes and rules that PostgreSQL itself does not trust.
async fn catalogue(db: &Db) -> sqlx::Result<Vec<String>> {
    let select = sql(
        "SELECT 'index ' || c.relname || ' is invalid' FROM pg_index i \
         JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE NOT i.indisvalid AND n.nspname = current_schema() \
         UNION ALL SELECT 'constraint ' || k.conname || ' is not validated' FROM pg_constraint k \
         JOIN pg_namespace n ON n.oid = k.connamespace \
         WHERE NOT k.convalidated AND n.nspname = current_schema()",
    );
    let rows: Vec<(String,)> = db.all(select).await?;
    Ok(rows.into_iter().map(|(line,)| line).take(MOST).collect())
}

/// Returns whether the server has met pages that are not what was written.
async fn checksums(db: &Db) -> sqlx::Result<Vec<String>> {
    let select = sql(
        "SELECT COALESCE(checksum_failures, 0) FROM pg_stat_database \
         WHERE datname = current_database()",
    );
    let row: Option<(i64,)> = db.first(select).await?;
    let failures = row.map_or(0, |(count,)| count);
    let told = (failures > 0).then(|| format!("{failures} pages failed their checksum"));
    Ok(told.into_iter().collect())
}
