//! The database: the only place that knows there are two engines.
//!
//! Statements are portable SQL written once (`Sql`); they run on a `Db` to read and in a
//! `Tx` to write. `SQLite` has one writing connection, which is the one queue for all writers.

use std::future::Future;

use sqlx::postgres::{PgPool, PgRow};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{FromRow, Postgres, Sqlite, Transaction};

pub mod backup;
mod bulk;
pub mod health;
mod migrate;
mod open;
pub mod search;
mod sql;

pub use bulk::Bulk;
pub use migrate::{Schema, migrate, schema};
pub use open::{Limits, Open, OpenError, hide_password, open};
pub use sql::{Arg, Sql, sql};

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// A transaction; dropped without [`Tx::commit`] it leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A row type that both engines can produce; derive it with `sqlx::FromRow`.
pub trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// Where a statement runs: `&Db` to read, `&mut Tx` for everything.
pub trait Run: Send {
    /// Returns every row.
    fn all<T: Record>(self, sql: Sql) -> impl Future<Output = sqlx::Result<Vec<T>>> + Send;
    /// Returns the first row, if there is one.
    fn first<T: Record>(self, sql: Sql) -> impl Future<Output = sqlx::Result<Option<T>>> + Send;
    /// Runs a statement and returns how many rows it touched.
    fn execute(self, sql: Sql) -> impl Future<Output = sqlx::Result<u64>> + Send;
}

impl Db {
    /// Starts a transaction that may write; on `SQLite` it waits here for its turn.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        match self {
            Self::Sqlite { write, .. } => {
                Ok(Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?))
            }
            Self::Postgres(pool) => Ok(Tx::Postgres(pool.begin().await?)),
        }
    }

    /// Gives the writer more memory and rarer clean-ups until it is closed, for work that touches
    /// much of the database at once.
    pub async fn make_room(&self) -> sqlx::Result<()> {
        if let Self::Sqlite { write, .. } = self {
            sqlx::query("PRAGMA cache_size = -262144")
                .execute(write)
                .await?;
            sqlx::query("PRAGMA wal_autocheckpoint = 16384")
                .execute(write)
                .await?;
        }
        Ok(())
    }

    /// Returns true for the engine that several machines may share.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Closes every connection and waits until they are closed.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in it durable.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    /// Takes everything in it back.
    pub async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await,
            Self::Postgres(tx) => tx.rollback().await,
        }
    }
}

impl Run for &Db {
    async fn all<T: Record>(self, sql: Sql) -> sqlx::Result<Vec<T>> {
        match self {
            Db::Sqlite { read, .. } => sql.sqlite_as().fetch_all(read).await,
            Db::Postgres(pool) => sql.postgres_as().fetch_all(pool).await,
        }
    }

    async fn first<T: Record>(self, sql: Sql) -> sqlx::Result<Option<T>> {
        match self {
            Db::Sqlite { read, .. } => sql.sqlite_as().fetch_optional(read).await,
            Db::Postgres(pool) => sql.postgres_as().fetch_optional(pool).await,
        }
    }

    async fn execute(self, sql: Sql) -> sqlx::Result<u64> {
        match self {
            Db::Sqlite { write, .. } => Ok(sql.sqlite().execute(write).await?.rows_affected()),
            Db::Postgres(pool) => Ok(sql.postgres().execute(pool).await?.rows_affected()),
        }
    }
}

impl Run for &mut Tx {
    async fn all<T: Record>(self, sql: Sql) -> sqlx::Result<Vec<T>> {
        match self {
            Tx::Sqlite(tx) => sql.sqlite_as().fetch_all(&mut **tx).await,
            Tx::Postgres(tx) => sql.postgres_as().fetch_all(&mut **tx).await,
        }
    }

    async fn first<T: Record>(self, sql: Sql) -> sqlx::Result<Option<T>> {
        match self {
            Tx::Sqlite(tx) => sql.sqlite_as().fetch_optional(&mut **tx).await,
            Tx::Postgres(tx) => sql.postgres_as().fetch_optional(&mut **tx).await,
        }
    }

    async fn execute(self, sql: Sql) -> sqlx::Result<u64> {
        match self {
            Tx::Sqlite(tx) => Ok(sql.sqlite().execute(&mut **tx).await?.rows_affected()),
            Tx::Postgres(tx) => Ok(sql.postgres().execute(&mut **tx).await?.rows_affected()),
        }
    }
}

/// Returns true when trying the same work again may succeed: a lost link, a lock, a conflict.
pub fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(fault) => fault.code().is_some_and(|code| {
            let code = code.as_ref();
            match fault.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                Some(_) => code.parse().is_ok_and(is_transient_sqlite),
                None => is_transient_postgres(code),
            }
        }),
        _ => false,
    }
}

/// Busy, locked, input or output, full, protocol; the upper bytes tell them finer.
fn is_transient_sqlite(code: i32) -> bool {
    [5, 6, 10, 13, 15].contains(&(code & 0xff))
}

/// Lost links, locks and conflicts, a server without a place or without the right to write, and
/// time limits, which crowds run into.
fn is_transient_postgres(code: &str) -> bool {
    let codes = [
        "25006", "25P03", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014",
    ];
    code.starts_with("08") || code.starts_with("57P") || codes.contains(&code)
}
