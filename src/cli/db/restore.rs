//! `tanggap db restore`: a backup takes the place of the database, once it has proved whole.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::db::copy::{self, beside};
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::db::backup::{self, Kind};
use crate::db::{self, health};
use crate::i18n::Phrase;
use crate::worker::Lock;

/// How many bytes tell what a file is.
const BEGIN: u64 = 16;

/// A backup that is to be the database.
#[derive(Debug, Args)]
pub struct Restore {
    /// What `db backup` wrote
    file: PathBuf,
    /// Take the place of a database that is there; its file is kept under another name
    #[arg(long)]
    force: bool,
}

impl Restore {
    /// Runs the command.
    pub(super) async fn run(&self, shell: &Shell) -> Result<(), Failure> {
        let url = copy::address(shell)?;
        let kind = Kind::of(&url);
        if !backup::is_copy(kind, &self.begin()?) {
            return Err(self.refused("error-no-backup"));
        }
        let old = match kind {
            Kind::Sqlite => self.file_back(shell, &database_file(shell, &url)?).await?,
            Kind::Postgres => self.dump_back(shell, &url).await?,
        };
        self.told(shell, old.as_deref());
        Ok(())
    }

    fn begin(&self) -> Result<Vec<u8>, Failure> {
        let mut begin = Vec::new();
        let read = File::open(&self.file).and_then(|file| file.take(BEGIN).read_to_end(&mut begin));
        read.map_err(|error| Failure::file("error-file-read", &self.file, &error))?;
        Ok(begin)
    }

    fn refused(&self, id: &'static str) -> Failure {
        let values = [("path", self.file.display().to_string().into())];
        Failure::new(Code::Failed, Phrase::new(id, values))
    }

    /// Puts a file of `SQLite` in place and returns where the old one is.
    async fn file_back(&self, shell: &Shell, target: &Path) -> Result<Option<PathBuf>, Failure> {
        let is_there = target.symlink_metadata().is_ok();
        if is_there && !self.force {
            return Err(there("error-database-there", &target.display().to_string()));
        }
        let unwritable = |error: std::io::Error| Failure::file("error-file-write", target, &error);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(unwritable)?;
        }
        let _lock = Lock::take(target)?;
        let part = beside(target, ".restore");
        let whole = self.proven(&part).await;
        if whole.is_err() {
            remove_all(&part);
        }
        whole?;
        let old = if is_there {
            Some(set_aside(shell, target).await.map_err(unwritable)?)
        } else {
            None
        };
        copy::kept(&part, target).map_err(unwritable)?;
        Ok(old)
    }

    /// Copies the backup beside its place and looks at every page of the copy.
    async fn proven(&self, part: &Path) -> Result<(), Failure> {
        remove_all(part);
        let copied = copy::new_file(part).and_then(|mut file| {
            std::io::copy(&mut File::open(&self.file)?, &mut file)?;
            file.sync_all()
        });
        copied.map_err(|error| Failure::file("error-file-write", part, &error))?;
        let open = db::Open {
            url: format!("sqlite:{}", part.display()),
            folder: PathBuf::new(),
            create: false,
            program: "tanggap",
            limits: db::Limits::default(),
        };
        let copy = db::open(&open).await?;
        let schema = db::schema(&copy).await?;
        let faults = health::full_check(&copy).await?;
        copy.close().await;
        match (schema.applied, faults.is_empty()) {
            (0, _) => Err(self.refused("error-no-backup")),
            (applied, _) if applied > schema.known => {
                let values = [("place", self.file.display().to_string().into())];
                Err(Failure::new(
                    Code::Setup,
                    Phrase::new("error-database-newer", values),
                ))
            }
            (_, false) => {
                tracing::error!(?faults, "the backup is damaged");
                let values = [
                    ("place", self.file.display().to_string().into()),
                    ("count", faults.len().into()),
                ];
                Err(Failure::found(Phrase::new("error-damaged", values)))
            }
            _ => Ok(()),
        }
    }

    /// Loads a dump into PostgreSQL; what was there goes with the same transaction.
    async fn dump_back(&self, shell: &Shell, url: &str) -> Result<Option<PathBuf>, Failure> {
        let db = shell.database(Opened::AsIs, "tanggap").await?;
        let applied = db::schema(&db).await?.applied;
        let workers = health::connected(&db, "tanggap-worker").await?;
        db.close().await;
        if workers > 0 {
            let values = [("path", shell.place().into())];
            return Err(Failure::new(
                Code::Failed,
                Phrase::new("error-worker-taken", values),
            ));
        }
        if applied > 0 && !self.force {
            return Err(there("error-database-filled", &shell.place()));
        }
        backup::verify_dump(&self.file)
            .await
            .map_err(|error| copy::failed(&error))?;
        backup::load_dump(url, &self.file)
            .await
            .map_err(|error| copy::failed(&error))?;
        Ok(None)
    }

    fn told(&self, shell: &Shell, old: Option<&Path>) {
        let (path, place) = (self.file.display().to_string(), shell.place());
        let old = old.map(|old| old.display().to_string());
        shell.print(
            &json!({"database": place, "from": path, "old": old}),
            || {
                let values = [
                    ("place", place.as_str().into()),
                    ("path", path.as_str().into()),
                ];
                let done = shell.say("done-restored", &values);
                match &old {
                    Some(old) => {
                        let kept = shell.say("done-old-kept", &[("path", old.as_str().into())]);
                        format!("{done}\n{kept}")
                    }
                    None => done,
                }
            },
        );
    }
}

/// Returns the file of a `SQLite` database.
pub(in crate::cli) fn database_file(shell: &Shell, url: &str) -> Result<PathBuf, Failure> {
    let path = url
        .strip_prefix("sqlite:")
        .unwrap_or(url)
        .trim_start_matches("//");
    Ok(shell.layers.data_dir()?.join(path))
}

fn there(id: &'static str, place: &str) -> Failure {
    let values = [("place", place.to_owned().into())];
    Failure::new(Code::Refused, Phrase::new(id, values))
}

/// Gives the old database another name. Its log is written into it first where that is possible;
/// otherwise the log keeps it company, for the new database must not read it.
async fn set_aside(shell: &Shell, target: &Path) -> std::io::Result<PathBuf> {
    if let Ok(old) = shell.database(Opened::AsIs, "tanggap").await {
        old.close().await;
    }
    let aside = free_name(target, shell.clock.now());
    for end in ["-wal", "-shm"] {
        match fs::rename(beside(target, end), beside(&aside, end)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(target, &aside)?;
    Ok(aside)
}

fn free_name(target: &Path, now: i64) -> PathBuf {
    let day = crate::desk::timestamp(now)
        .strftime("%Y%m%d-%H%M%S")
        .to_string();
    let names = (0..).map(|n| match n {
        0 => beside(target, &format!(".before-{day}")),
        _ => beside(target, &format!(".before-{day}-{n}")),
    });
    let mut free = names.filter(|name| name.symlink_metadata().is_err());
    free.next().expect("numbers do not run out")
}

fn remove_all(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        fs::remove_file(beside(path, end)).ok();
    }
}
