//! `tanggap db`: looking after the database.

use clap::Subcommand;
use serde_json::json;

use crate::cli::failure::Failure;
use crate::cli::shell::{Opened, Shell};
use crate::db;
use crate::i18n::Phrase;

mod copy;
mod restore;

/// Look after the database.
#[derive(Debug, Subcommand)]
pub enum Db {
    /// Make the database if it is missing and bring it up to date
    #[command(after_help = "Example: tanggap db migrate --database sqlite:/srv/tanggap/desk.db")]
    Migrate,
    /// Tell which database this is and how far it is
    #[command(after_help = "Example: tanggap db status --json")]
    Status,
    /// Look for damage; takes a while on a large database
    #[command(after_help = "Example: tanggap db check")]
    Check,
    /// Copy the whole database to a file while everybody goes on working
    #[command(after_help = "Example: tanggap db backup /srv/backup/desk-2024-11-18.db")]
    Backup(copy::Backup),
    /// Put a backup in the place of the database; the old file stays beside it
    #[command(after_help = "Example: tanggap db restore /srv/backup/desk-2024-11-18.db --force")]
    Restore(restore::Restore),
}

impl Db {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        match self {
            Self::Migrate => migrate(shell).await,
            Self::Status => status(shell).await,
            Self::Check => check(shell).await,
            Self::Backup(backup) => backup.run(shell).await,
            Self::Restore(restore) => restore.run(shell).await,
        }
    }
}

async fn migrate(shell: &Shell) -> Result<(), Failure> {
    let desk = shell.open(Opened::Prepared, "tanggap").await?;
    let schema = db::schema(&desk.db).await?;
    let place = shell.place();
    shell.print(
        &json!({"database": place, "version": schema.applied}),
        || shell.say("done-migrated", &[("place", place.as_str().into())]),
    );
    desk.db.close().await;
    Ok(())
}

async fn status(shell: &Shell) -> Result<(), Failure> {
    let db = shell.database(Opened::AsIs, "tanggap").await?;
    let schema = db::schema(&db).await?;
    let place = shell.place();
    let value = json!({
        "database": place,
        "version": schema.applied,
        "newest": schema.known,
        "ready": schema.fits(),
    });
    shell.print(&value, || {
        format!("{place}  {} / {}", schema.applied, schema.known)
    });
    db.close().await;
    Ok(())
}

async fn check(shell: &Shell) -> Result<(), Failure> {
    let db = shell.database(Opened::AsIs, "tanggap").await?;
    let version = db::health::version(&db).await?;
    let faults = db::health::full_check(&db).await?;
    db.close().await;
    let place = shell.place();
    let value = json!({"database": place, "engine": version, "ok": faults.is_empty(),
        "faults": faults});
    shell.print(&value, || {
        if faults.is_empty() {
            shell.say("done-check", &[("place", place.as_str().into())])
        } else {
            faults.join("\n")
        }
    });
    if faults.is_empty() {
        return Ok(());
    }
    let values = [("place", place.into()), ("count", faults.len().into())];
    Err(Failure::found(Phrase::new("error-damaged", values)))
}
