//! `tanggap db backup`: a copy that is whole or not there at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::db::backup::{self, CopyError};
use crate::i18n::Phrase;
use crate::secret;

/// A copy of the whole database.
#[derive(Debug, Args)]
pub struct Backup {
    /// Where to write it; a file that is there stays
    file: PathBuf,
}

impl Backup {
    /// Runs the command.
    pub(super) async fn run(&self, shell: &Shell) -> Result<(), Failure> {
        if self.file.symlink_metadata().is_ok() {
            return Err(exists(&self.file));
        }
        let db = shell.database(Opened::AsIs, "tanggap").await?;
        let part = beside(&self.file, ".part");
        let made = self.fill(&db, &address(shell)?, &part).await;
        db.close().await;
        if made.is_err() {
            fs::remove_file(&part).ok();
        }
        let bytes = made?;
        let path = self.file.display().to_string();
        shell.print(&json!({"path": path, "bytes": bytes}), || {
            shell.say("done-backup", &[("path", path.as_str().into())])
        });
        Ok(())
    }

    /// Writes the copy under another name first, so that half a copy never passes for one.
    async fn fill(&self, db: &crate::db::Db, url: &str, part: &Path) -> Result<u64, Failure> {
        let unwritable = |error: &std::io::Error| Failure::file("error-file-write", part, error);
        // What a broken run left behind is nobody's.
        fs::remove_file(part).ok();
        new_file(part).map_err(|error| unwritable(&error))?;
        backup::copy(db, url, part)
            .await
            .map_err(|error| failed(&error))?;
        let bytes = kept(part, &self.file).map_err(|error| unwritable(&error))?;
        Ok(bytes)
    }
}

/// Makes an empty file that only its owner can read.
pub(super) fn new_file(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Gives a finished file its name once it is on the disk.
pub(super) fn kept(part: &Path, file: &Path) -> std::io::Result<u64> {
    let open = File::open(part)?;
    open.sync_all()?;
    let bytes = open.metadata()?.len();
    fs::rename(part, file)?;
    sync_folder(file)?;
    Ok(bytes)
}

/// Makes the names in a file's folder durable.
pub(super) fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Returns a path with something behind its name.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Returns the address of the database with whatever it holds.
pub(super) fn address(shell: &Shell) -> Result<String, Failure> {
    let url = shell.layers.config()?.database.url;
    Ok(url
        .open("database.url", &secret::environment)?
        .expose_secret()
        .to_owned())
}

pub(super) fn exists(path: &Path) -> Failure {
    let values = [("path", path.display().to_string().into())];
    Failure::new(Code::Refused, Phrase::new("error-file-exists", values))
}

/// Says why a copy could not be made or read.
pub(super) fn failed(error: &CopyError) -> Failure {
    let phrase = match error {
        CopyError::NoProgram(program) => {
            Phrase::new("error-no-program", [("program", (*program).into())])
        }
        _ => Phrase::new("error-copy", [("why", error.to_string().into())]),
    };
    Failure::new(Code::Failed, phrase)
}
