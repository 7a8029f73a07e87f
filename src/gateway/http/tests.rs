use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::*;

/// What a server on the wire does with a connection.
#[derive(Clone)]
pub(in crate::gateway) enum Deed {
    /// Reads the request, writes these bytes and closes.
    Answer(Vec<u8>),
    /// Reads the request, then writes these bytes one by one.
    Drip(Vec<u8>),
    /// Reads the request and says nothing more.
    Hang,
    /// Closes at once, with the request unread.
    Reset,
    /// Answers with this many bytes of body.
    Flood(usize),
}

/// A server on the wire; it keeps what it was asked.
pub(in crate::gateway) struct Wire {
    pub(in crate::gateway) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub(in crate::gateway) async fn new(deed: Deed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, deed.clone(), Arc::clone(&log)));
            }
        });
        Self { port, asked }
    }

    /// Answers everything with one status line, headers and a body.
    pub(in crate::gateway) async fn says(status: u16, headers: &str, body: &str) -> Self {
        Self::new(Deed::Answer(response(status, headers, body))).await
    }

    pub(in crate::gateway) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(in crate::gateway) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

pub(in crate::gateway) fn response(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}").into_bytes()
}

async fn serve(mut stream: TcpStream, deed: Deed, log: Arc<Mutex<Vec<String>>>) {
    if matches!(deed, Deed::Reset) {
        stream.readable().await.unwrap();
        return;
    }
    let request = request(&mut stream).await;
    log.lock().unwrap().push(request);
    match deed {
        Deed::Answer(bytes) => drop(stream.write_all(&bytes).await),
        Deed::Drip(bytes) => {
            for byte in bytes {
                sleep(Duration::from_millis(50)).await;
                if stream.write_all(&[byte]).await.is_err() {
                    return;
                }
            }
        }
        Deed::Flood(bytes) => flood(&mut stream, bytes).await,
        Deed::Hang | Deed::Reset => sleep(Duration::from_mins(1)).await,
    }
    stream.shutdown().await.ok();
}

async fn flood(stream: &mut TcpStream, bytes: usize) {
    let block = vec![b'x'; 64 * 1024];
    stream
        .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    for _ in 0..bytes / block.len() {
        if stream.write_all(&block).await.is_err() {
            return;
        }
    }
}

/// Reads a request as far as its own length says.
async fn request(stream: &mut TcpStream) -> String {
    let (mut read, mut block) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|it| it.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |it| it.parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut block).await {
            Ok(some @ 1..) => read.extend_from_slice(&block[..some]),
            _ => return text,
        }
    }
}

pub(in crate::gateway) fn client() -> Client {
    let limits = Limits {
        connect: Duration::from_millis(400),
        total: Duration::from_millis(700),
        fetch_total: Duration::from_millis(700),
        fetch_bytes: 100_000,
        ..Limits::default()
    };
    Client::new(limits, Clock::fixed(1_767_925_800_000)).unwrap()
}

async fn call(url: &str) -> Result<Answer, Error> {
    let client = client();
    let request = client.request(Method::POST, url).body("isi");
    client.call(request).await
}

#[tokio::test]
async fn after_the_request_may_have_been_read_every_failure_is_ambiguous() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"status\":".to_vec();
    let drip = response(200, "", &"x".repeat(500));
    for (name, deed, kind) in [
        (
            "closed without an answer",
            Deed::Answer(Vec::new()),
            ErrorKind::Unreachable,
        ),
        ("reset", Deed::Reset, ErrorKind::Unreachable),
        ("silent", Deed::Hang, ErrorKind::Unreachable),
        ("cut body", Deed::Answer(cut), ErrorKind::Unreadable),
        ("drip", Deed::Drip(drip), ErrorKind::Unreachable),
        ("50 MB", Deed::Flood(50_000_000), ErrorKind::Unreadable),
        (
            "no HTTP",
            Deed::Answer(b"halo\r\n\r\n".to_vec()),
            ErrorKind::Unreachable,
        ),
    ] {
        let wire = Wire::new(deed).await;
        let begun = Instant::now();
        let error = call(&wire.url()).await.unwrap_err();
        let found = (error.kind, error.retry, error.ambiguous);
        assert_eq!(found, (kind, Retry::Later, true), "{name}: {error}");
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let refused = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plain = Wire::says(200, "", "ok").await;
    for (name, url) in [
        ("closed port", format!("http://{refused}")),
        ("no such name", "https://tidak-ada.invalid".to_owned()),
        (
            "TLS to a silent server",
            format!("https://{}", silent.local_addr().unwrap()),
        ),
        (
            "TLS to a plain server",
            format!("https://127.0.0.1:{}", plain.port),
        ),
        ("no address", "https://".to_owned()),
    ] {
        let error = call(&url).await.unwrap_err();
        let found = (error.kind, error.retry, error.ambiguous);
        assert_eq!(
            found,
            (ErrorKind::Unreachable, Retry::Later, false),
            "{name}: {error}"
        );
    }
    assert!(
        plain.asked().iter().all(|it| !it.contains("POST")),
        "{:?}",
        plain.asked()
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let other = Wire::says(200, "", "{}").await;
    let location = format!("location: {}/\r\n", other.url());
    let wire = Wire::says(307, &location, "").await;
    assert_eq!(call(&wire.url()).await.unwrap().status, 307);
    assert_eq!((wire.asked().len(), other.asked().len()), (1, 0));
}

#[tokio::test]
async fn a_call_says_who_we_are() {
    let wire = Wire::says(200, "", "{}").await;
    assert_eq!(call(&wire.url()).await.unwrap().body, b"{}");
    let agent = concat!("user-agent: tanggap/", env!("CARGO_PKG_VERSION"), "\r\n");
    assert!(wire.asked()[0].contains(agent), "{:?}", wire.asked());
}

#[tokio::test]
async fn too_many_requests_is_no_doubt_and_names_the_pause() {
    for (headers, retry) in [
        ("retry-after: 120\r\n", Retry::After(Duration::from_mins(2))),
        ("", Retry::Later),
        (
            "retry-after: 1000000000\r\n",
            Retry::After(Duration::from_hours(1)),
        ),
        ("retry-after: -1\r\n", Retry::After(Duration::from_secs(1))),
    ] {
        let wire = Wire::says(429, headers, "{\"status\":true}").await;
        let error = call(&wire.url()).await.unwrap_err();
        let found = (error.kind, error.retry, error.ambiguous);
        assert_eq!(found, (ErrorKind::RateLimited, retry, false), "{headers}");
    }
}

#[test]
fn a_pause_is_seconds_or_a_date_within_bounds() {
    let now = 1_767_925_800_000; // Fri, 09 Jan 2026 02:30:00 GMT
    for (text, seconds) in [
        ("0", Some(1)),
        (" 90 ", Some(90)),
        ("-5", Some(1)),
        ("9223372036854775807", Some(3600)),
        ("-9223372036854775808", Some(1)),
        ("Fri, 09 Jan 2026 02:31:30 GMT", Some(90)),
        ("Fri, 09 Jan 2026 02:29:00 GMT", Some(1)),
        ("Sun, 09 Jan 2028 02:30:00 GMT", Some(3600)),
        ("nanti", None),
        ("inf", None),
        ("", None),
    ] {
        let bounds = Limits::default().pauses;
        assert_eq!(
            pause(text, now, bounds).map(|it| it.as_secs()),
            seconds,
            "{text:?}"
        );
    }
}

#[test]
fn what_is_told_holds_no_secret_and_no_control_character() {
    let told = said("a\u{1b}[31m kunci\n\nb", &["kunci", ""]);
    assert!(
        told.ends_with("… b") && !told.contains(char::is_control),
        "{told}"
    );
    assert!(said(&"panjang ".repeat(900), &[]).chars().count() <= SAID_GRAPHEMES);
}

async fn fetch(url: &str, allow_local: bool) -> Result<(Fetched, Vec<u8>), Error> {
    let host_allowed = |host: &str| !host.contains("asing");
    let headers = HeaderMap::new();
    let source = Source {
        url,
        headers,
        host_allowed: &host_allowed,
        allow_local,
    };
    let mut sink = Vec::new();
    client()
        .fetch(&source, &mut sink)
        .await
        .map(|fetched| (fetched, sink))
}

#[tokio::test]
async fn a_file_is_fetched_whole() {
    let wire = Wire::says(200, "content-type: image/jpeg\r\n", "isi foto").await;
    let (fetched, bytes) = fetch(&wire.url(), true).await.unwrap();
    assert_eq!(
        fetched,
        Fetched {
            bytes: 8,
            content_type: "image/jpeg".to_owned()
        }
    );
    assert_eq!(bytes, b"isi foto");
}

#[tokio::test]
async fn addresses_that_are_not_for_media_are_refused_before_anybody_is_asked() {
    let wire = Wire::says(200, "", "rahasia").await;
    let port = wire.port;
    for (url, allow_local) in [
        (format!("http://127.0.0.1:{port}/"), false),
        (format!("https://127.0.0.1:{port}/"), false),
        (format!("https://localhost:{port}/"), false),
        (format!("https://[::1]:{port}/"), false),
        (format!("https://[::ffff:127.0.0.1]:{port}/"), false),
        (format!("https://2130706433:{port}/"), false),
        (format!("https://0x7f.1:{port}/"), false),
        (format!("https://127.0.0.1.:{port}/"), false),
        ("https://169.254.169.254/latest".to_owned(), false),
        ("https://169.254.169.254/latest".to_owned(), true),
        ("http://example.org/".to_owned(), true),
        ("https://asing.example.org/".to_owned(), true),
        (format!("http://u:p@127.0.0.1:{port}/"), true),
        ("file:///etc/passwd".to_owned(), true),
        ("ftp://127.0.0.1/".to_owned(), true),
        ("bukan alamat".to_owned(), true),
    ] {
        let error = fetch(&url, allow_local).await.unwrap_err();
        let found = (error.kind, error.retry, error.ambiguous);
        assert_eq!(
            found,
            (ErrorKind::Refused, Retry::Never, false),
            "{url}: {error}"
        );
    }
    assert!(wire.asked().is_empty(), "{:?}", wire.asked());
}

#[tokio::test]
async fn a_file_that_cannot_be_had_says_whether_later_helps() {
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 100001\r\n\r\n".to_vec();
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc".to_vec();
    let redirect = response(302, "location: http://127.0.0.1/\r\n", "");
    for (name, deed, retry) in [
        ("announced too large", Deed::Answer(announced), Retry::Never),
        ("grows too large", Deed::Flood(1_000_000), Retry::Never),
        ("redirect", Deed::Answer(redirect), Retry::Never),
        ("gone", Deed::Answer(response(404, "", "")), Retry::Never),
        ("empty", Deed::Answer(response(204, "", "")), Retry::Never),
        ("broken", Deed::Answer(response(500, "", "")), Retry::Later),
        ("busy", Deed::Answer(response(429, "", "")), Retry::Later),
        ("cut", Deed::Answer(cut), Retry::Later),
        ("silent", Deed::Hang, Retry::Later),
        (
            "drip",
            Deed::Drip(response(200, "", &"x".repeat(500))),
            Retry::Later,
        ),
        ("reset", Deed::Reset, Retry::Later),
    ] {
        let wire = Wire::new(deed).await;
        let error = fetch(&wire.url(), true).await.unwrap_err();
        assert_eq!(
            (error.retry, error.ambiguous),
            (retry, false),
            "{name}: {error}"
        );
    }
}
