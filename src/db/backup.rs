//! Copies of a whole database: `SQLite` writes them itself, PostgreSQL has programs for it.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::{Db, hide_password};

/// What a file of `SQLite` and a dump of PostgreSQL begin with.
const SQLITE: &[u8] = b"SQLite format 3\0";
const POSTGRES: &[u8] = b"PGDMP";

/// Why a copy could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("the program {0} is not on the PATH")]
    NoProgram(&'static str),
    #[error("{0}: {1}")]
    Program(&'static str, String),
    #[error("the name of the file is no text")]
    Name,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    File(#[from] std::io::Error),
}

/// Tells whether a file begins like a copy of this kind of database.
pub fn is_copy(db: Kind, begin: &[u8]) -> bool {
    begin.starts_with(match db {
        Kind::Sqlite => SQLITE,
        Kind::Postgres => POSTGRES,
    })
}

/// The engines, for files that belong to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// Returns the engine that an address belongs to.
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }
}

/// Copies a database as it is at this moment into an empty file; others go on writing meanwhile.
pub async fn copy(db: &Db, url: &str, file: &Path) -> Result<(), CopyError> {
    match db {
        Db::Sqlite { write, .. } => {
            let name = file.to_str().ok_or(CopyError::Name)?;
            sqlx::query("VACUUM INTO $1")
                .bind(name)
                .execute(write)
                .await?;
            Ok(())
        }
        Db::Postgres(_) => {
            let mut command = client("pg_dump", url);
            command
                .args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
                .arg(file);
            run("pg_dump", command).await
        }
    }
}

/// Reads a dump of PostgreSQL from end to end without changing anything.
pub async fn verify_dump(file: &Path) -> Result<(), CopyError> {
    let mut command = Command::new("pg_restore");
    command.args(["--file", "/dev/null"]).arg(file);
    run("pg_restore", command).await
}

/// Puts a dump in the place of what a PostgreSQL database holds, all of it or nothing.
pub async fn load_dump(url: &str, file: &Path) -> Result<(), CopyError> {
    let mut command = client("pg_restore", url);
    command
        .args([
            "--single-transaction",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
        ])
        .arg(file);
    run("pg_restore", command).await
}

/// Makes a call of a PostgreSQL program. Whoever lists the processes sees no password.
fn client(program: &'static str, url: &str) -> Command {
    let mut command = Command::new(program);
    command.arg("--dbname").arg(hide_password(url));
    if let Some(password) = password(url) {
        command.env("PGPASSWORD", password);
    }
    command
}

async fn run(program: &'static str, mut command: Command) -> Result<(), CopyError> {
    let done = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .await;
    let done = done.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => CopyError::NoProgram(program),
        _ => CopyError::File(error),
    })?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let line = said
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    Err(CopyError::Program(program, line.trim().to_owned()))
}

/// Returns the password in an address, without the signs that stand for others.
fn password(url: &str) -> Option<String> {
    let (login, _) = url
        .split_once("://")?
        .1
        .split('?')
        .next()?
        .rsplit_once('@')?;
    let (_, secret) = login.split_once(':')?;
    // The reader of forms takes a plus for a space, which an address does not.
    let form = format!("p={}", secret.replace('+', "%2B").replace('&', "%26"));
    form_urlencoded::parse(form.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_copy, password};

    #[test]
    fn a_password_is_read_out_of_an_address() {
        for (url, wanted) in [
            ("postgres://rina@db.example/brt", None),
            ("postgres://db.example/brt", None),
            ("postgres://rina:buku@db.example/brt", Some("buku")),
            (
                "postgres://rina:a%40b+c%25&d=e@db.example/brt?sslmode=disable",
                Some("a@b+c%&d=e"),
            ),
        ] {
            assert_eq!(password(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn a_copy_is_known_by_its_first_bytes() {
        assert!(is_copy(Kind::Sqlite, b"SQLite format 3\0\x10"));
        assert!(is_copy(Kind::Postgres, b"PGDMP\x01"));
        assert!(!is_copy(Kind::Sqlite, b"PGDMP\x01"));
        assert!(!is_copy(Kind::Postgres, b""));
    }

    #[test]
    fn an_address_names_its_engine() {
        assert_eq!(Kind::of("postgresql://db/brt"), Kind::Postgres);
        assert_eq!(Kind::of("sqlite:brt.db"), Kind::Sqlite);
    }
}
