//! Opening a database by its address, with the settings its engine needs.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Executor as _, Row as _};

use super::Db;

/// How many statements a connection keeps prepared.
const PREPARED: usize = 512;
/// How many rows `SQLite`'s thread may be ahead of the reader: a batch comes over in one go.
const ROWS: usize = 512;

/// Which database, and what to do when it is not there.
#[derive(Debug, Clone)]
pub struct Open {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// The folder that a relative `SQLite` path starts from.
    pub folder: PathBuf,
    /// Make a missing `SQLite` file.
    pub create: bool,
    /// Shown to the database's own monitors.
    pub program: &'static str,
    pub limits: Limits,
}

/// What a process may ask of the database.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Reading connections on `SQLite`.
    pub readers: u32,
    /// Connections on PostgreSQL.
    pub pool: u32,
    /// How long to wait for a connection or a lock.
    pub wait: Duration,
    /// How long one statement may take on PostgreSQL, wait for a lock, and idle in a transaction.
    pub statement: Duration,
    pub lock: Duration,
    pub idle: Duration,
    /// How long a connection to PostgreSQL lives.
    pub life: Duration,
    /// How large the `SQLite` log may stay, in bytes.
    pub journal_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            readers: 4,
            pool: 10,
            wait: Duration::from_secs(10),
            statement: Duration::from_secs(5),
            lock: Duration::from_secs(2),
            idle: Duration::from_secs(15),
            life: Duration::from_mins(30),
            journal_bytes: 64 << 20,
        }
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("'{0}' is no database address; use sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    #[error("there is no database at {0}; 'tanggap setup' or 'tanggap db migrate' makes it")]
    Missing(PathBuf),
    #[error(
        "PostgreSQL at {0} is not on this machine and would be reached without a checked \
             certificate; add ?sslmode=verify-full to the address"
    )]
    Plain(String),
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, sqlx::Error),
}

/// Opens the database.
pub async fn open(want: &Open) -> Result<Db, OpenError> {
    if let Some(path) = want.url.strip_prefix("sqlite:") {
        let path = want.folder.join(path.trim_start_matches("//"));
        return sqlite(&path, want).await;
    }
    if want.url.starts_with("postgres://") || want.url.starts_with("postgresql://") {
        return postgres(want).await;
    }
    Err(OpenError::Address(hide_password(&want.url)))
}

async fn sqlite(path: &Path, want: &Open) -> Result<Db, OpenError> {
    if !want.create && !path.exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let unreachable = |error| OpenError::Unreachable(path.display().to_string(), error);
    if want.create && !path.exists() {
        private(path).map_err(|error| unreachable(error.into()))?;
    }
    let options = sqlite_options(path, want);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(want.limits.wait)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await
        .map_err(unreachable)?;
    let read = SqlitePoolOptions::new()
        .max_connections(want.limits.readers)
        .acquire_timeout(want.limits.wait)
        .test_before_acquire(false)
        .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
    Ok(Db::Sqlite { read, write })
}

/// Makes an empty file that only its owner can read; the log beside it gets the same rights.
fn private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn sqlite_options(path: &Path, want: &Open) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(want.create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(want.limits.wait)
        .statement_cache_capacity(PREPARED)
        .row_buffer_size(ROWS)
        .pragma("journal_size_limit", want.limits.journal_bytes.to_string())
        .pragma("trusted_schema", "OFF")
        .pragma("cache_size", "-4000")
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging()
}

async fn postgres(want: &Open) -> Result<Db, OpenError> {
    let shown = hide_password(&want.url);
    let options = PgConnectOptions::from_str(&want.url)
        .map_err(|error| OpenError::Unreachable(shown.clone(), error))?;
    let options = checked_tls(options, &shown)?
        .application_name(want.program)
        .statement_cache_capacity(PREPARED)
        .options([
            (
                "statement_timeout",
                want.limits.statement.as_millis().to_string(),
            ),
            ("lock_timeout", want.limits.lock.as_millis().to_string()),
            (
                "idle_in_transaction_session_timeout",
                want.limits.idle.as_millis().to_string(),
            ),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(want.limits.pool)
        .acquire_timeout(want.limits.wait)
        .max_lifetime(want.limits.life)
        .test_before_acquire(false)
        .before_acquire(|link, _| Box::pin(is_writable(link)))
        .connect_with(options)
        .await
        .map_err(|error| OpenError::Unreachable(shown, error))?;
    Ok(Db::Postgres(pool))
}

/// A demoted primary still answers `SELECT 1`, so the check asks what matters.
async fn is_writable(link: &mut sqlx::PgConnection) -> sqlx::Result<bool> {
    let row = link.fetch_one("SHOW transaction_read_only").await?;
    Ok(row.try_get::<String, _>(0)? == "off")
}

fn checked_tls(options: PgConnectOptions, shown: &str) -> Result<PgConnectOptions, OpenError> {
    let host = options.get_host().to_owned();
    let near = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match options.get_ssl_mode() {
        PgSslMode::VerifyFull | PgSslMode::VerifyCa => Ok(options),
        PgSslMode::Prefer if !near => Ok(options.ssl_mode(PgSslMode::VerifyFull)),
        _ if near => Ok(options),
        _ => Err(OpenError::Plain(shown.to_owned())),
    }
}

/// Returns the address as it may be shown: without its password.
pub fn hide_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((login, place)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::hide_password;

    #[test]
    fn a_shown_address_has_no_password() {
        assert_eq!(hide_password("postgres://a:b@c/d"), "postgres://a@c/d");
        assert_eq!(hide_password("postgres://a@c/d"), "postgres://a@c/d");
        assert_eq!(hide_password("sqlite:x.db"), "sqlite:x.db");
    }
}
