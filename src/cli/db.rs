//! `tanggap db`: looking after the database.

use clap::Subcommand;
use serde_json::json;

use crate::cli::failure::Failure;
use crate::cli::shell::{Opened, Shell};
use crate::db;

/// Look after the database.
#[derive(Debug, Subcommand)]
pub enum Db {
    /// Make the database if it is missing and bring it up to date
    #[command(after_help = "Example: tanggap db migrate --database sqlite:/srv/tanggap/desk.db")]
    Migrate,
    /// Tell which database this is and how far it is
    #[command(after_help = "Example: tanggap db status --json")]
    Status,
}

impl Db {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        match self {
            Self::Migrate => migrate(shell).await,
            Self::Status => status(shell).await,
        }
    }
}

async fn migrate(shell: &Shell) -> Result<(), Failure> {
    let desk = shell.open(Opened::Prepared, "tanggap").await?;
    let schema = db::schema(&desk.db).await?;
    let place = shell.place();
    shell.print(&json!({"database": place, "version": schema.applied}), || {
        shell.say("done-migrated", &[("place", place.as_str().into())])
    });
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
    shell.print(&value, || format!("{place}  {} / {}", schema.applied, schema.known));
    db.close().await;
    Ok(())
}
