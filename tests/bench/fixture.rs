//! Databases to run on: fresh ones, and seeded ones that are made once and copied.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use crate::options::Options;
use crate::postgres::Server;

/// Which engine a worker runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Returns the name that the table shows.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A database of a run, in a folder that goes with it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) url: String,
}

/// Makes databases.
#[derive(Debug)]
pub(crate) struct Fixture {
    pub(crate) options: Options,
    pub(crate) server: Option<Server>,
    seeded: tempfile::TempDir,
}

impl Fixture {
    /// Finds what there is to run on.
    pub(crate) fn new(options: Options) -> anyhow::Result<Self> {
        let server = if options.postgres {
            Server::start()?
        } else {
            None
        };
        let seeded = tempfile::Builder::new()
            .prefix("tanggap-seeded")
            .tempdir()?;
        Ok(Self {
            options,
            server,
            seeded,
        })
    }

    /// Returns the engines that there are.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        let postgres = self.server.as_ref().map(|_| Engine::Postgres);
        std::iter::once(Engine::Sqlite).chain(postgres).collect()
    }

    /// Makes an empty database.
    pub(crate) async fn fresh(&mut self, engine: Engine) -> anyhow::Result<Place> {
        let folder = tempfile::Builder::new().prefix("tanggap-bench").tempdir()?;
        let url = match (engine, &mut self.server) {
            (Engine::Postgres, Some(server)) => server.database().await?,
            _ => format!("sqlite:{}", folder.path().join("desk.db").display()),
        };
        Ok(Place { folder, url })
    }

    /// Makes a `SQLite` database that holds so many reports already.
    pub(crate) async fn seeded(&mut self, reports: u64) -> anyhow::Result<Place> {
        let place = self.fresh(Engine::Sqlite).await?;
        if reports > 0 {
            let from = self.seed(reports)?;
            for name in ["desk.db", "audit.key"] {
                std::fs::copy(from.join(name), place.folder.path().join(name))?;
            }
        }
        Ok(place)
    }

    fn seed(&self, reports: u64) -> anyhow::Result<PathBuf> {
        let folder = self.options.keep.as_deref().unwrap_or(self.seeded.path());
        let folder = folder.join(reports.to_string());
        let whole = folder.join("whole");
        if !whole.exists() {
            std::fs::create_dir_all(&folder)?;
            std::fs::remove_file(folder.join("desk.db")).ok();
            fill(&self.options.binary, &folder, reports)?;
            std::fs::write(whole, "")?;
        }
        Ok(folder)
    }

    /// Lets a place go.
    pub(crate) async fn clear(&self, place: Place) -> anyhow::Result<()> {
        match &self.server {
            Some(server) if place.url.starts_with("postgres") => {
                server.drop_database(&place.url).await
            }
            _ => Ok(()),
        }
    }
}

fn fill(binary: &Path, folder: &Path, reports: u64) -> anyhow::Result<()> {
    println!("seeding {reports} reports …");
    let url = format!("sqlite:{}", folder.join("desk.db").display());
    let began = std::time::Instant::now();
    let done = Command::new(binary)
        .args([
            "seed",
            "--quiet",
            "--reports",
            &reports.to_string(),
            "--database",
            &url,
        ])
        .status()?;
    if !done.success() {
        bail!("tanggap seed failed");
    }
    println!("  seeded in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}
