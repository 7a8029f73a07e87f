//! A fake of Fonnte that counts: it keeps every message, answers by a script and alone knows
//! which messages it took.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// A grey picture of 8 × 8 points.
const PHOTO: &str = concat!(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ",
    "EBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI",
    "CQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwDqH//Z",
);
/// What a QR code comes as: the beginning of a PNG.
const QR: &str = "iVBORw0KGgo=";

/// What the fake says to a message; without a script it says `Ok`.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Takes it.
    Ok,
    /// Turns it down with HTTP 200 and this reason.
    Refuse(&'static str),
    /// Turns it down with this status and no JSON.
    Status(u16),
    /// Turns it down with 429 and this `Retry-After`.
    TooMany(Option<&'static str>),
    /// Takes it and answers with this status all the same.
    TakeThenStatus(u16),
    /// Takes it and answers 200 with this text, which is no yes.
    TakeThenText(&'static str),
    /// Takes it and answers after this long.
    Late(Duration),
    /// Takes it and never answers.
    Hang,
}

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) at: Instant,
    pub(crate) token: String,
    /// The form's texts.
    pub(crate) fields: BTreeMap<String, String>,
    /// The uploaded file's name and bytes.
    pub(crate) file: Option<(String, Vec<u8>)>,
    /// The id it was given, where it was taken.
    pub(crate) id: Option<u64>,
}

impl Sent {
    /// Returns a field of the form, empty when it is missing.
    pub(crate) fn field(&self, key: &str) -> &str {
        self.fields.get(key).map_or("", String::as_str)
    }
}

#[derive(Debug, Default)]
struct Record {
    sends: Vec<Sent>,
    script: VecDeque<Reply>,
    calls: BTreeMap<&'static str, usize>,
    disconnected: bool,
    unregistered: HashSet<String>,
}

#[derive(Debug, Default)]
struct Shared {
    record: Mutex<Record>,
    news: Notify,
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, Record> {
        self.record
            .lock()
            .expect("no test panicked with the record open")
    }

    fn count(&self, call: &'static str) {
        *self.open().calls.entry(call).or_default() += 1;
    }
}

/// The fake; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct FakeFonnte {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Drop for FakeFonnte {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl FakeFonnte {
    /// Begins to listen on a free port of this machine.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound port"));
        let shared = Arc::new(Shared::default());
        let app = router(Arc::clone(&shared));
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

    /// Returns the address of a picture that can be fetched.
    pub(crate) fn photo_url(&self) -> String {
        format!("{}/file/photo.jpg", self.url)
    }

    /// Adds answers for the messages to come.
    pub(crate) fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.open().script.extend(replies);
    }

    /// Loses or finds the number.
    pub(crate) fn set_connected(&self, connected: bool) {
        self.shared.open().disconnected = !connected;
    }

    /// Takes numbers off WhatsApp for `/validate`.
    pub(crate) fn unregister(&self, numbers: impl IntoIterator<Item = String>) {
        self.shared.open().unregistered.extend(numbers);
    }

    /// Returns every message that arrived, taken or not.
    pub(crate) fn sends(&self) -> Vec<Sent> {
        self.shared.open().sends.clone()
    }

    /// Returns how many messages were taken.
    pub(crate) fn taken(&self) -> usize {
        self.shared
            .open()
            .sends
            .iter()
            .filter(|it| it.id.is_some())
            .count()
    }

    /// Returns how often `send`, `device`, `qr`, `disconnect`, `validate` or `file` was called.
    pub(crate) fn calls(&self, call: &str) -> usize {
        self.shared.open().calls.get(call).copied().unwrap_or(0)
    }

    /// Waits until so many messages arrived; fails the test when they do not in time.
    pub(crate) async fn wait_for(&self, count: usize, limit: Duration) -> Vec<Sent> {
        let waited = timeout(limit, self.enough(count)).await;
        waited.unwrap_or_else(|_| panic!("{count} messages wanted, came: {:#?}", self.sends()))
    }

    async fn enough(&self, count: usize) -> Vec<Sent> {
        loop {
            let news = self.shared.news.notified();
            let sends = self.sends();
            if sends.len() >= count {
                return sends;
            }
            news.await;
        }
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/send", post(send))
        .route("/device", post(device))
        .route("/qr", post(qr))
        .route("/disconnect", post(disconnect))
        .route("/validate", post(validate))
        .route("/file/photo.jpg", get(photo))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(shared)
}

async fn send(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let (fields, file) = form(&headers, body).await;
    let at = Instant::now();
    let token = header_text(&headers, header::AUTHORIZATION);
    let (reply, id) = {
        let mut record = shared.open();
        *record.calls.entry("send").or_default() += 1;
        let reply = record.script.pop_front().unwrap_or(Reply::Ok);
        let refused = matches!(
            reply,
            Reply::Refuse(_) | Reply::Status(_) | Reply::TooMany(_)
        );
        let id = (!refused).then_some(151_000_000 + record.sends.len() as u64);
        record.sends.push(Sent {
            at,
            token,
            fields: fields.clone(),
            file,
            id,
        });
        (reply, id)
    };
    shared.news.notify_waiters();
    answer(reply, id, &fields).await
}

async fn answer(reply: Reply, id: Option<u64>, fields: &BTreeMap<String, String>) -> Response {
    match reply {
        Reply::Ok => {}
        Reply::Refuse(reason) => return no(reason),
        Reply::Status(code) | Reply::TakeThenStatus(code) => {
            return StatusCode::from_u16(code)
                .expect("a status")
                .into_response();
        }
        Reply::TooMany(None) => return StatusCode::TOO_MANY_REQUESTS.into_response(),
        Reply::TooMany(Some(pause)) => {
            let pause = [(header::RETRY_AFTER, pause)];
            return (StatusCode::TOO_MANY_REQUESTS, pause).into_response();
        }
        Reply::TakeThenText(text) => return text.into_response(),
        Reply::Late(pause) => sleep(pause).await,
        Reply::Hang => std::future::pending().await,
    }
    json_text(&json!({
        "detail": "success! message in queue", "id": [id], "process": "pending", "status": true,
        "target": [fields.get("target")], "requestid": 1,
        "quota": {"6281100000009": {"quota": 1000, "remaining": 999, "used": 1}},
    }))
}

async fn device(State(shared): State<Arc<Shared>>) -> Response {
    shared.count("device");
    let state = if shared.open().disconnected {
        "disconnect"
    } else {
        "connect"
    };
    json_text(&json!({
        "status": true, "device": "6281100000009", "device_status": state, "name": "BRT",
        "package": "Super", "quota": "999", "messages": 1, "expired": "1 Januari 2030",
    }))
}

async fn qr(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    shared.count("qr");
    if !shared.open().disconnected {
        return no("device already connect");
    }
    match pairs(&body).get("type").map(String::as_str) {
        Some("code") => json_text(&json!({"status": true, "code": "ABCD-1234"})),
        _ => json_text(&json!({"status": true, "url": QR})),
    }
}

async fn disconnect(State(shared): State<Arc<Shared>>) -> Response {
    shared.count("disconnect");
    shared.open().disconnected = true;
    json_text(&json!({"status": true, "detail": "device disconnected"}))
}

async fn validate(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    shared.count("validate");
    let fields = pairs(&body);
    let targets = fields.get("target").map_or("", String::as_str).split(',');
    let record = shared.open();
    let (no, yes): (Vec<_>, Vec<_>) = targets.partition(|it| record.unregistered.contains(*it));
    json_text(&json!({"status": true, "registered": yes, "not_registered": no}))
}

async fn photo(State(shared): State<Arc<Shared>>) -> Response {
    shared.count("file");
    let bytes = STANDARD.decode(PHOTO).expect("base64");
    ([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response()
}

type Form = (BTreeMap<String, String>, Option<(String, Vec<u8>)>);

/// Reads either form that the API takes.
async fn form(headers: &HeaderMap, body: Bytes) -> Form {
    let content_type = header_text(headers, header::CONTENT_TYPE);
    let Ok(border) = multer::parse_boundary(&content_type) else {
        return (pairs(&body), None);
    };
    let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut parts = multer::Multipart::new(stream, border);
    let (mut fields, mut file) = (BTreeMap::new(), None);
    while let Some(part) = parts.next_field().await.expect("a whole form") {
        let name = part.name().unwrap_or_default().to_owned();
        let filename = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.expect("a whole part").to_vec();
        match filename {
            Some(filename) => file = Some((filename, bytes)),
            None => drop(fields.insert(name, String::from_utf8(bytes).expect("a text"))),
        }
    }
    (fields, file)
}

fn pairs(body: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(body).into_owned().collect()
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> String {
    let value = headers
        .get(name)
        .map(|it| it.to_str().expect("a plain header").to_owned());
    value.unwrap_or_default()
}

fn no(reason: &str) -> Response {
    json_text(&json!({"status": false, "reason": reason, "requestid": 2}))
}

fn json_text(value: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        value.to_string(),
    )
        .into_response()
}
