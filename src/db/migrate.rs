//! Bringing a database to the shape this program needs.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Executor as _, SqlSafeStr as _};

use super::{Db, Run as _, sql};

/// A step: its number, its name, and its text on `SQLite` and on PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

const DESK: &str = include_str!("../../migrations/0001_desk.sql");

const INDEXES: &str = include_str!("../../migrations/0004_indexes.sql");

const STEPS: &[Step] = &[
    (1, "desk", DESK, DESK),
    (
        2,
        "search",
        include_str!("../../migrations/sqlite/0002_search.sql"),
        include_str!("../../migrations/postgres/0002_search.sql"),
    ),
    (4, "indexes", INDEXES, INDEXES),
    (
        5,
        "book_views",
        include_str!("../../migrations/sqlite/0005_book_views.sql"),
        include_str!("../../migrations/postgres/0005_book_views.sql"),
    ),
];

/// How a database's shape compares with what this program needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The newest step that was applied; 0 for an empty database.
    pub applied: i64,
    /// The newest step that this program knows.
    pub known: i64,
}

impl Schema {
    /// Returns true when this program may work on the database.
    pub fn fits(self) -> bool {
        self.applied == self.known
    }
}

/// Applies the missing steps, each in a transaction of its own.
pub async fn migrate(db: &Db) -> Result<Schema, sqlx::migrate::MigrateError> {
    match db {
        Db::Sqlite { write, .. } => migrator(|step| step.2).run(write).await?,
        Db::Postgres(pool) => {
            let mut link = pool.acquire().await?.detach();
            link.execute("SET statement_timeout = 0").await?;
            link.execute("SET lock_timeout = '30s'").await?;
            migrator(|step| step.3).run(&mut link).await?;
        }
    }
    Ok(Schema {
        applied: newest(),
        known: newest(),
    })
}

/// Tells how far the database is.
pub async fn schema(db: &Db) -> sqlx::Result<Schema> {
    let table: Option<(i64,)> = db
        .first(match db {
            Db::Sqlite { .. } => sql("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' \
                 AND name = '_sqlx_migrations'"),
            Db::Postgres(_) => sql(
                "SELECT COUNT(*) FROM pg_tables WHERE tablename = '_sqlx_migrations' \
                 AND schemaname = current_schema()",
            ),
        })
        .await?;
    let applied = match table {
        Some((1..,)) => newest_applied(db).await?,
        _ => 0,
    };
    Ok(Schema {
        applied,
        known: newest(),
    })
}

async fn newest_applied(db: &Db) -> sqlx::Result<i64> {
    let row: Option<(Option<i64>,)> = db
        .first(sql(
            "SELECT MAX(version) FROM _sqlx_migrations WHERE success",
        ))
        .await?;
    Ok(row.and_then(|(version,)| version).unwrap_or(0))
}

fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.0)
}

fn migrator(text: impl Fn(&Step) -> &'static str) -> Migrator {
    let steps = STEPS.iter().map(|step| {
        Migration::new(
            step.0,
            step.1.into(),
            MigrationType::Simple,
            text(step).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}
