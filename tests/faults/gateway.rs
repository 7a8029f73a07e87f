//! A fake of Fonnte that alone knows which messages it took, and plays a script of good and bad
//! answers.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How the gateway behaves.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Script {
    /// Takes everything after this long.
    Good(Duration),
    /// Takes most of it, some slowly; fails in every way, and leaves unclear what it took.
    Rough,
}

/// A message that somebody wanted to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Send {
    pub(crate) target: String,
    pub(crate) text: String,
    pub(crate) taken: bool,
    /// Its answer said neither yes nor no.
    pub(crate) unclear: bool,
}

/// What happens to one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Taken(Duration),
    TakenThenError,
    TakenThenCut,
    TakenThenSilence,
    ErrorOnly,
    TooMany,
}

#[derive(Debug)]
struct Record {
    script: Script,
    dice: StdRng,
    sends: Vec<Send>,
    /// Who was turned away once is taken the next time.
    turned_away: HashSet<(String, String)>,
}

type Shared = Arc<Mutex<Record>>;

/// The fake; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Gateway {
    url: String,
    shared: Shared,
    server: JoinHandle<()>,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Gateway {
    /// Begins to listen on a free port of this machine.
    pub(crate) async fn start(script: Script, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound port"));
        let shared = Arc::new(Mutex::new(Record {
            script,
            dice: StdRng::seed_from_u64(seed),
            sends: Vec::new(),
            turned_away: HashSet::new(),
        }));
        let routes = Router::new()
            .route("/send", post(send))
            .route("/device", post(device));
        let app = routes.with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, app).await.expect("serves") });
        Self {
            url,
            shared,
            server,
        }
    }

    /// Returns the address to configure as `base_url`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Behaves otherwise from now on.
    pub(crate) fn play(&self, script: Script) {
        open(&self.shared).script = script;
    }

    /// Returns every message that arrived, taken or not.
    pub(crate) fn sends(&self) -> Vec<Send> {
        open(&self.shared).sends.clone()
    }

    /// Returns how many messages were taken.
    #[cfg(feature = "faults")]
    pub(crate) fn taken(&self) -> usize {
        open(&self.shared)
            .sends
            .iter()
            .filter(|send| send.taken)
            .count()
    }
}

fn open(shared: &Shared) -> MutexGuard<'_, Record> {
    shared.lock().expect("nobody panicked with the record open")
}

impl Record {
    fn decide(&mut self, name: &(String, String)) -> Fate {
        let fate = match self.script {
            Script::Good(pause) => return Fate::Taken(pause),
            Script::Rough => rough(&mut self.dice),
        };
        let turns_away = matches!(fate, Fate::ErrorOnly | Fate::TooMany);
        if turns_away && !self.turned_away.insert(name.clone()) {
            return Fate::Taken(Duration::ZERO);
        }
        fate
    }
}

fn rough(dice: &mut StdRng) -> Fate {
    match dice.random_range(0..100) {
        0..70 => Fate::Taken(Duration::ZERO),
        70..84 => Fate::Taken(Duration::from_millis(dice.random_range(20..300))),
        84..88 => Fate::TakenThenError,
        88..91 => Fate::TakenThenCut,
        91..92 => Fate::TakenThenSilence,
        92..96 => Fate::ErrorOnly,
        _ => Fate::TooMany,
    }
}

async fn send(State(shared): State<Shared>, body: Bytes) -> Response {
    let field = |key: &str| {
        let found = form_urlencoded::parse(&body).find(|(name, _)| name == key);
        found.map_or_else(String::new, |(_, value)| value.into_owned())
    };
    let (target, text) = (field("target"), field("message"));
    let (fate, number) = {
        let mut record = open(&shared);
        let fate = record.decide(&(target.clone(), text.clone()));
        let taken = !matches!(fate, Fate::ErrorOnly | Fate::TooMany);
        let unclear = !matches!(fate, Fate::Taken(_) | Fate::TooMany);
        record.sends.push(Send {
            target: target.clone(),
            text,
            taken,
            unclear,
        });
        (fate, record.sends.len())
    };
    answer(fate, number, &target).await
}

async fn answer(fate: Fate, number: usize, target: &str) -> Response {
    match fate {
        Fate::Taken(pause) => sleep(pause).await,
        Fate::TakenThenError | Fate::ErrorOnly => {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        Fate::TakenThenCut => return cut(),
        Fate::TakenThenSilence => std::future::pending().await,
        Fate::TooMany => {
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")]).into_response();
        }
    }
    let yes = json!({
        "status": true, "id": [151_000_000 + number], "process": "pending", "target": [target],
        "detail": "success! message in queue",
    });
    (
        [(header::CONTENT_TYPE, "application/json")],
        yes.to_string(),
    )
        .into_response()
}

/// An answer that breaks off, and the connection with it.
fn cut() -> Response {
    let parts = [
        Ok(Bytes::from_static(b"{\"sta")),
        Err(std::io::Error::other("cut")),
    ];
    Body::from_stream(futures_util::stream::iter(parts)).into_response()
}

async fn device() -> Response {
    let body = json!({"status": true, "device_status": "connect", "name": "BRT"});
    (
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}
