//! A PostgreSQL for the run: the one of `TEST_DATABASE_URL`, or one that is started here on a
//! socket of its own and gone afterwards. What is committed is on the disk, as it is in earnest.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use tanggap::db::{self, Limits, Open, Run as _, sql};

/// A server with databases of ours.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    /// The programs and the folder of a server of ours.
    own: Option<(PathBuf, tempfile::TempDir)>,
    made: u32,
}

impl Server {
    /// Finds or starts a server; there may be none.
    pub(crate) fn start() -> anyhow::Result<Option<Self>> {
        if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
            return Ok(Some(Self {
                url,
                own: None,
                made: 0,
            }));
        }
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let folder = tempfile::Builder::new()
            .prefix("tanggap-bench")
            .tempdir_in("/tmp")?;
        let path = folder.path().to_owned();
        hand_over(&path)?;
        let data = path.join("data");
        let (folder_text, data_text) = (path.display().to_string(), data.display().to_string());
        let initdb = [
            "-D",
            &data_text,
            "-U",
            "tanggap",
            "--auth=trust",
            "--locale=C",
            "-E",
            "UTF8",
        ];
        quietly(&programs.join("initdb"), &initdb)?;
        let log = path.join("log").display().to_string();
        let settings = format!("-c unix_socket_directories='{folder_text}' -c listen_addresses=''");
        let start = [
            "start", "-w", "-s", "-D", &data_text, "-l", &log, "-o", &settings,
        ];
        quietly(&programs.join("pg_ctl"), &start)?;
        let url = format!(
            "postgres://tanggap@{}/postgres",
            folder_text.replace('/', "%2F")
        );
        Ok(Some(Self {
            url,
            own: Some((programs, folder)),
            made: 0,
        }))
    }

    /// Makes an empty database and returns its address.
    pub(crate) async fn database(&mut self) -> anyhow::Result<String> {
        self.made += 1;
        let name = format!("tanggap_bench_{}_{}", std::process::id(), self.made);
        self.admin(format!("CREATE DATABASE {name}")).await?;
        let (server, rest) = self
            .url
            .rsplit_once('/')
            .context("an address with a database")?;
        let options = rest
            .split_once('?')
            .map(|(_, it)| format!("?{it}"))
            .unwrap_or_default();
        Ok(format!("{server}/{name}{options}"))
    }

    /// Drops a database again.
    pub(crate) async fn drop_database(&self, url: &str) -> anyhow::Result<()> {
        let name = url.rsplit('/').next().unwrap_or_default();
        let name = name.split('?').next().unwrap_or_default();
        self.admin(format!("DROP DATABASE {name} WITH (FORCE)"))
            .await
    }

    async fn admin(&self, statement: String) -> anyhow::Result<()> {
        use sqlx::Connection as _;
        let mut link = sqlx::PgConnection::connect(&self.url).await?;
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut link)
            .await?;
        link.close().await?;
        Ok(())
    }

    /// Says which server it is and how it commits.
    pub(crate) async fn about(&self) -> anyhow::Result<String> {
        let open = Open {
            url: self.url.clone(),
            folder: PathBuf::new(),
            create: false,
            program: "tanggap-bench",
            limits: Limits::default(),
        };
        let db = db::open(&open).await?;
        let select = sql("SELECT current_setting('server_version'), \
             current_setting('synchronous_commit'), current_setting('fsync')");
        let row: Option<(String, String, String)> = (&db).first(select).await?;
        db.close().await;
        let (version, commit, sync) = row.context("a server tells its settings")?;
        Ok(format!(
            "PostgreSQL {version} synchronous_commit={commit} fsync={sync}"
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some((programs, folder)) = &self.own {
            let data = folder.path().join("data").display().to_string();
            quietly(
                &programs.join("pg_ctl"),
                &["stop", "-m", "immediate", "-s", "-D", &data],
            )
            .ok();
        }
    }
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.flatten().map(|entry| entry.path().join("bin"));
    folders
        .filter(|folder| folder.join("initdb").exists())
        .max()
}

fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

/// PostgreSQL refuses to run as root, so the folder goes to its own user.
fn hand_over(folder: &Path) -> anyhow::Result<()> {
    if is_root() {
        let done = Command::new("chown").arg("postgres").arg(folder).status()?;
        if !done.success() {
            bail!("{} cannot be given to postgres", folder.display());
        }
    }
    Ok(())
}

fn quietly(program: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    let done = command
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if done.success() {
        Ok(())
    } else {
        bail!("{} failed", program.display())
    }
}
