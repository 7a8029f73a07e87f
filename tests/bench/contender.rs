//! What the worker is measured against: a bare axum server that only parses, and one that makes
//! an insert of its own for every request. Each is a process of its own, as the worker is.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use tanggap::db::{self, Db, Limits, Open, Run as _, sql};
use tokio::net::TcpListener;

/// What a child process of ours serves.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    /// Parses and answers.
    Bare,
    /// Parses, inserts into this database in a transaction of its own, and answers.
    Insert(String),
}

impl Role {
    /// Reads the role from the arguments that [`start`] gives.
    pub(crate) fn of(arguments: &[String]) -> Option<Self> {
        match arguments {
            [role] if role == "--serve-bare" => Some(Self::Bare),
            [role, url] if role == "--serve-insert" => Some(Self::Insert(url.clone())),
            _ => None,
        }
    }

    fn arguments(&self) -> Vec<String> {
        match self {
            Self::Bare => vec!["--serve-bare".into()],
            Self::Insert(url) => vec!["--serve-insert".into(), url.clone()],
        }
    }
}

/// A webhook as Fonnte sends it.
#[derive(Debug, Deserialize)]
struct Note {
    device: String,
    sender: String,
    message: String,
    name: String,
    inboxid: i64,
    timestamp: i64,
}

impl Note {
    fn is_whole(&self) -> bool {
        let texts = [&self.device, &self.sender, &self.message, &self.name];
        texts.iter().all(|it| !it.is_empty()) && self.inboxid > 0 && self.timestamp > 0
    }
}

/// Serves a role on a free port, which is printed, until the parent goes.
pub(crate) async fn serve(role: Role) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let app = match role {
        Role::Bare => Router::new().route("/webhook/utama", post(parse)),
        Role::Insert(url) => {
            let store = Arc::new((table(&url).await?, AtomicI64::new(0)));
            Router::new()
                .route("/webhook/utama", post(insert))
                .with_state(store)
        }
    };
    println!("{}", listener.local_addr()?);
    std::thread::spawn(|| {
        // The parent holds the other end for as long as it lives.
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).ok();
        std::process::abort();
    });
    axum::serve(listener, app).await?;
    Ok(())
}

const YES: &str = r#"{"status":true}"#;

async fn parse(Json(note): Json<Note>) -> (StatusCode, &'static str) {
    if note.is_whole() {
        (StatusCode::OK, YES)
    } else {
        (StatusCode::BAD_REQUEST, "")
    }
}

type Store = Arc<(Db, AtomicI64)>;

async fn insert(State(store): State<Store>, Json(note): Json<Note>) -> StatusCode {
    let id = store.1.fetch_add(1, Ordering::Relaxed);
    match write(&store.0, id, &note).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn write(db: &Db, id: i64, note: &Note) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let insert = sql("INSERT INTO hook (id, sender, message) VALUES ($1, $2, $3)");
    tx.execute(insert.bind(id).bind(&note.sender).bind(&note.message))
        .await?;
    tx.commit().await
}

async fn table(url: &str) -> anyhow::Result<Db> {
    let open = Open {
        url: url.to_owned(),
        folder: PathBuf::new(),
        create: true,
        program: "tanggap-bench",
        limits: Limits::default(),
    };
    let db = db::open(&open).await?;
    let mut tx = db.begin().await?;
    tx.execute(sql(
        "CREATE TABLE hook (id BIGINT PRIMARY KEY, sender TEXT, message TEXT)",
    ))
    .await?;
    tx.commit().await?;
    Ok(db)
}

/// A contender's process; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Contender {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Contender {
    /// Starts a process of ours for a role.
    pub(crate) fn start(role: &Role) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(role.arguments())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let output = child.stdout.as_mut().context("the child has an output")?;
        std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line)?;
        let address = line.trim().parse().context("the child tells its address")?;
        Ok(Self { address, child })
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A gateway in Fonnte's dialect that takes everything after a while and counts it.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) url: String,
    taken: Arc<std::sync::atomic::AtomicU64>,
    server: tokio::task::JoinHandle<()>,
}

impl Gateway {
    /// Starts a gateway that answers after so long.
    pub(crate) async fn start(latency: Duration) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let taken = Arc::new(std::sync::atomic::AtomicU64::new(0));
        let counter = Arc::clone(&taken);
        let app = Router::new()
            .route("/send", post(move || take(Arc::clone(&counter), latency)))
            .route(
                "/device",
                post(|| async { r#"{"status":true,"device_status":"connect"}"# }),
            );
        let server = tokio::spawn(async move {
            axum::serve(listener, app).await.ok();
        });
        Ok(Self { url, taken, server })
    }

    /// Returns how many messages it took.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}

async fn take(counter: Arc<std::sync::atomic::AtomicU64>, latency: Duration) -> String {
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let id = counter.fetch_add(1, Ordering::Relaxed);
    format!(
        r#"{{"detail":"success! message in queue","id":["{id}"],"process":"pending","status":true}}"#
    )
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}
