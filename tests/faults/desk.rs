//! A desk of its own: database, settings, and workers that are real processes.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tanggap::config::write_new;
use tanggap::db::{self, Db, Limits, Open};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::signal::{self, Signal};

/// The desk's own number.
pub(crate) const DEVICE: &str = "6281100000009";
/// What proves a webhook.
pub(crate) const KEY: &str = "kunci-webhook-uji";
/// How long a worker may take to come up or to go down.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder, a database and the settings that all workers share.
#[derive(Debug)]
pub(crate) struct Desk {
    folder: TempDir,
    url: String,
    settings: PathBuf,
}

/// Returns the address of PostgreSQL, if the rig is to run there.
pub(crate) fn server() -> Option<String> {
    let url = std::env::var("TEST_DATABASE_URL").ok();
    url.filter(|url| url.starts_with("postgres"))
}

impl Desk {
    /// Makes a desk whose only channel is the fake gateway.
    pub(crate) async fn new(gateway: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match server() {
            Some(server) => schema(&server).await,
            None => format!("sqlite:{}", folder.path().join("desk.db").display()),
        };
        let settings = folder.path().join("config.toml");
        let text = settings_text(folder.path(), &url, gateway);
        write_new(&settings, &text).expect("a settings file");
        Self {
            folder,
            url,
            settings,
        }
    }

    /// Returns the engine's name.
    pub(crate) fn engine(&self) -> &'static str {
        if self.url.starts_with("sqlite:") {
            "SQLite"
        } else {
            "PostgreSQL"
        }
    }

    /// Opens the database beside the workers.
    pub(crate) async fn open(&self) -> Db {
        let want = Open {
            url: self.url.clone(),
            folder: PathBuf::new(),
            create: false,
            program: "tanggap-faults",
            limits: Limits {
                pool: 2,
                statement: Duration::from_secs(30),
                ..Limits::default()
            },
        };
        db::open(&want).await.expect("the desk's database")
    }

    /// Returns the key of the audit trail.
    pub(crate) fn audit_key(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("audit.key")).expect("the key of the audit trail")
    }

    /// Starts a worker on this port.
    pub(crate) fn worker(&self, port: u16) -> Worker {
        self.worker_with(port, &[])
    }

    /// Starts a worker with more in its environment.
    pub(crate) fn worker_with(&self, port: u16, environment: &[(&str, &str)]) -> Worker {
        let log = self.folder.path().join(format!("worker-{port}.log"));
        let to = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&log);
        let child = Command::new(env!("CARGO_BIN_EXE_tanggap"))
            .arg("--config")
            .arg(&self.settings)
            .args(["worker", "--listen", &format!("127.0.0.1:{port}")])
            .env_clear()
            .env("HOME", self.folder.path())
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(to.expect("a log"))
            .kill_on_drop(true)
            .spawn();
        Worker {
            child: child.expect("a worker"),
            port,
            log,
        }
    }
}

fn settings_text(folder: &Path, url: &str, gateway: &str) -> String {
    let folder = folder.display();
    format!(
        r#"
data_dir = "{folder}"
[database]
url = "{url}"
[limits]
reports_per_hour = 0
guest_reports_per_hour = 0
guest_reports_per_day = 0
messages_per_10_minutes = 0
misses_per_10_minutes = 0
[inbox]
first_wait_seconds = 1
longest_wait_seconds = 2
[outbox]
connect_seconds = 2
send_seconds = 2
first_wait_seconds = 1
longest_wait_seconds = 2
lease_seconds = 10
sweep_seconds = 1
parallel = 8
[circuit]
failures = 100
first_pause_seconds = 1
longest_pause_seconds = 1
[[channel]]
name = "utama"
gateway = "fonnte"
base_url = "{gateway}"
token = "token-uji"
webhook_secret = "{KEY}"
device = "{DEVICE}"
rate_per_minute = 100000
notice_gap_seconds = [0, 0]
notices_per_day = 0
"#
    )
}

async fn schema(server: &str) -> String {
    let name = format!("faults_{:016x}", rand::random::<u64>());
    let mut link = PgConnection::connect(server).await.expect("PostgreSQL");
    let create = sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {name}")));
    create.execute(&mut link).await.expect("a schema");
    link.close().await.expect("a clean end");
    let joint = if server.contains('?') { '&' } else { '?' };
    format!("{server}{joint}options=-c%20search_path%3D{name}")
}

/// Returns a port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound port").port()
}

/// A worker's process; it is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Worker {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Worker {
    /// Kills it without a warning and waits until it is gone.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it could be killed");
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        signal::send(self.child.id().expect("a running worker"), signal);
    }

    /// Waits until it ends by itself.
    pub(crate) async fn end(&mut self, limit: Duration) -> Option<ExitStatus> {
        let ended = timeout(limit, self.child.wait()).await.ok()?;
        Some(ended.expect("a process of ours"))
    }

    /// Stops it in order, which must take no longer than ten seconds, and returns how long it took.
    pub(crate) async fn stop(mut self) -> Duration {
        let start = Instant::now();
        self.signal(Signal::Term);
        let ended = self.end(PATIENCE).await;
        let status = ended.unwrap_or_else(|| panic!("it goes on: {}", self.log()));
        assert!(status.success(), "{status}: {}", self.log());
        let took = start.elapsed();
        assert!(took <= Duration::from_secs(10), "stopping took {took:?}");
        took
    }

    /// Waits until it answers.
    pub(crate) async fn ready(&mut self) {
        let start = Instant::now();
        let address = ("127.0.0.1", self.port);
        while tokio::net::TcpStream::connect(address).await.is_err() {
            let ended = self.child.try_wait().expect("a process of ours");
            assert!(ended.is_none(), "it ended: {ended:?}: {}", self.log());
            assert!(
                start.elapsed() < PATIENCE,
                "it does not come up: {}",
                self.log()
            );
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Returns what it has written, and those before it on this port.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }
}
