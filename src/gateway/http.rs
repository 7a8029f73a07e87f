//! The shared client: limits, no redirects, no proxies, and one way to judge a failed call.
//!
//! What matters after a failure is whether the request may have been read by the other side; only
//! a failure to connect rules that out.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{ClientBuilder, Method, RequestBuilder, Response, StatusCode};

use super::{Error, ErrorKind, Retry};
use crate::clock::Clock;
use crate::domain::text;
use crate::fault;

mod fetch;
mod reach;

pub use fetch::{Fetched, Source};
pub use reach::{BaseUrlFault, base_url};
use reach::{Reach, Resolver, is_local_host};

/// Shorter than any server's own limit, so that no request is written to a closing connection.
const IDLE: Duration = Duration::from_secs(4);
/// How much of a gateway's words is kept in an error.
const SAID_GRAPHEMES: usize = 300;

/// The limits on what we ask for from outside.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Until a connection stands, TLS included.
    pub connect: Duration,
    /// For a whole call.
    pub total: Duration,
    /// The shortest and the longest pause that a gateway can ask for.
    pub pauses: (Duration, Duration),
    /// The longest answer to a call.
    pub answer_bytes: usize,
    /// For a whole download.
    pub fetch_total: Duration,
    /// The largest download.
    pub fetch_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(20),
            pauses: (Duration::from_secs(1), Duration::from_hours(1)),
            answer_bytes: 1024 * 1024,
            fetch_total: Duration::from_secs(30),
            fetch_bytes: 16 * 1024 * 1024,
        }
    }
}

/// The client that all gateways share; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    calls: reqwest::Client,
    media: reqwest::Client,
    local_media: reqwest::Client,
    limits: Limits,
    clock: Clock,
}

/// What came back from a call, whole and within the limits.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
    /// The pause that the gateway asked for.
    pub retry_after: Option<Duration>,
}

impl Client {
    /// Makes the client; fails only when the machine offers no certificates to trust.
    pub fn new(limits: Limits, clock: Clock) -> Result<Self, Error> {
        // A second call finds the provider in place, which is just as good.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let media = |reach| builder(&limits, limits.fetch_total).dns_resolver(Resolver(reach));
        Ok(Self {
            calls: build(builder(&limits, limits.total))?,
            media: build(media(Reach::Public))?,
            local_media: build(media(Reach::Local))?,
            limits,
            clock,
        })
    }

    /// Begins a call.
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.calls.request(method, url)
    }

    /// Makes a call and reads its answer; a request to slow down is an error here already.
    pub async fn call(&self, request: RequestBuilder) -> Result<Answer, Error> {
        let response = request.send().await.map_err(|error| transport(&error))?;
        fault::point("k11");
        let (status, retry_after) = (response.status(), self.pause(response.headers()));
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(rate_limited(retry_after));
        }
        let body = read(response, self.limits.answer_bytes).await?;
        Ok(Answer {
            status,
            body,
            retry_after,
        })
    }

    fn pause(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
        pause(text, self.clock.now(), self.limits.pauses)
    }
}

/// Says whether an address leads to this machine or its own network.
pub fn is_local(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| is_local_host(&url))
}

fn builder(limits: &Limits, total: Duration) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("tanggap/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(total)
        .pool_idle_timeout(IDLE)
}

fn build(builder: ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        Error::new(
            ErrorKind::Unreachable,
            Retry::Later,
            format!("no TLS: {}", chain(&error)),
        )
    })
}

async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| transport(&error))? {
        if body.len() + chunk.len() > limit {
            let text = format!("the answer is longer than {limit} bytes");
            return Err(Error::ambiguous(ErrorKind::Unreadable, text));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn transport(error: &reqwest::Error) -> Error {
    let text = chain(error);
    if error.is_connect() || error.is_builder() {
        Error::new(ErrorKind::Unreachable, Retry::Later, text)
    } else if error.is_decode() || error.is_body() && !error.is_timeout() {
        Error::ambiguous(ErrorKind::Unreadable, text)
    } else {
        Error::ambiguous(ErrorKind::Unreachable, text)
    }
}

fn rate_limited(pause: Option<Duration>) -> Error {
    let retry = pause.map_or(Retry::Later, Retry::After);
    Error::new(ErrorKind::RateLimited, retry, "too many requests")
}

/// Reads a `Retry-After` of seconds or of a date; what is neither says nothing.
fn pause(text: &str, now: i64, (least, most): (Duration, Duration)) -> Option<Duration> {
    let text = text.trim();
    let seconds = text.parse::<i64>().ok();
    let milliseconds = seconds.map(|it| it.saturating_mul(1000)).or_else(|| {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        let until = parser.parse_timestamp(text).ok()?;
        Some(until.as_millisecond().saturating_sub(now))
    })?;
    // What lies in the past comes out as the shortest pause.
    let pause = Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0));
    Some(pause.clamp(least, most))
}

/// Tells an error with its causes, without the address, which may hold a secret.
fn chain(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() {
        "timed out"
    } else {
        "failed"
    }
    .to_owned();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    said(&text, &[])
}

/// Makes a gateway's words fit for a log and a screen: one short line without our secrets.
pub fn said(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|it| !it.is_empty()) {
        text = text.replace(secret, "…");
    }
    text::line(&text, SAID_GRAPHEMES)
}

#[cfg(test)]
pub(in crate::gateway) mod tests;
