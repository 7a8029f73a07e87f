//! Fresh databases: a `SQLite` file, or a schema of its own where `TEST_DATABASE_URL` names
//! PostgreSQL.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tanggap::db::{self, Db, Limits, Open};
use tempfile::TempDir;

thread_local! {
    /// A test has a thread of its own, so its folders end with the test.
    static FOLDERS: RefCell<Vec<TempDir>> = const { RefCell::new(Vec::new()) };
}

/// Makes a folder that lasts as long as the test.
pub(crate) fn folder() -> PathBuf {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_owned();
    FOLDERS.with_borrow_mut(|folders| folders.push(folder));
    path
}

/// Opens a fresh database with every table in it.
pub(crate) async fn db() -> Db {
    open(&address().await).await
}

/// Returns the address of PostgreSQL, if these tests are to run there.
pub(crate) fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL")
        .ok()
        .filter(|url| url.starts_with("postgres"))
}

/// Returns the address of a database that nobody else uses.
pub(crate) async fn address() -> String {
    match server() {
        Some(server) => schema(&server).await,
        None => format!("sqlite:{}", folder().join("desk.db").display()),
    }
}

async fn schema(server: &str) -> String {
    let name = format!("it_{:016x}", rand::random::<u64>());
    let mut link = PgConnection::connect(server).await.expect("PostgreSQL");
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {name}")))
        .execute(&mut link)
        .await
        .expect("a schema");
    link.close().await.expect("a clean end");
    let joint = if server.contains('?') { '&' } else { '?' };
    format!("{server}{joint}options=-c%20search_path%3D{name}")
}

/// Opens a database and brings it up to date.
pub(crate) async fn open(address: &str) -> Db {
    let want = Open {
        url: address.to_owned(),
        folder: PathBuf::new(),
        create: true,
        program: "tanggap-tests",
        limits: Limits {
            pool: 5,
            statement: Duration::from_secs(20),
            ..Limits::default()
        },
    };
    let db = db::open(&want).await.expect("a database");
    db::migrate(&db).await.expect("all tables");
    db
}
