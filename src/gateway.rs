//! The seam to WhatsApp: what a gateway can do, what comes in from it and what goes out to it.
//!
//! An adapter translates one provider's dialect and nothing else: it knows neither the database
//! nor the desk. Reading a delivery is pure, so that it can be repeated after a crash.

use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq as _};

use crate::domain::phone::{Address, Phone, Sender};

pub mod build;
pub mod fonnte;
pub mod http;
pub mod simulator;

/// A webhook request as it came in, before anybody looked inside.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The `Content-Type` header, empty when there was none.
    pub content_type: String,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// When it arrived, in milliseconds since 1970 UTC.
    pub received_at: i64,
}

/// What the worker hands over for the check of a webhook request.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// The secret from `?key=` or from the path.
    pub key: Option<&'a str>,
    /// The request's headers.
    pub headers: &'a axum::http::HeaderMap,
    /// The request's content type and body.
    pub delivery: &'a Delivery,
}

/// One thing a delivery tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Somebody wrote.
    Message(Box<Incoming>),
    /// One of our messages got further.
    Status(StatusEvent),
    /// The number was linked or lost.
    Device { connected: bool, reason: String },
    /// Nothing to do, with the reason (our own echo, a form we did not send).
    Ignored(&'static str),
    /// Genuine but not understood: kept raw and shown with the reason.
    Unparsed(String),
}

/// A message that somebody sent to us.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incoming {
    /// Names of this very message, unique within the channel; it is a repeat when any of them is
    /// known. The first one is what gets remembered.
    pub keys: Vec<String>,
    /// The gateway's id of it, when it can be quoted.
    pub gateway_id: Option<String>,
    /// Who wrote, and in which group.
    pub sender: Option<Sender>,
    /// The name the sender gave himself; hostile.
    pub name: String,
    /// When it was sent, in milliseconds since 1970 UTC, where the gateway tells.
    pub sent_at: Option<i64>,
    /// The text or caption; empty when there is none. Hostile.
    pub text: String,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// A shared place.
    pub location: Option<Location>,
    /// What else it holds (poll, contact, button) as JSON text.
    pub extra: Option<String>,
}

/// A file that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What sort of file the gateway says it is.
    pub kind: MediaKind,
    /// Where it can be fetched.
    pub url: String,
    /// Its name as the sender gave it; hostile.
    pub filename: String,
}

/// The sorts of files that travel over WhatsApp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

impl MediaKind {
    /// Returns the word that is stored and printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Sticker => "sticker",
        }
    }

    /// Reads the stored word.
    pub fn read(word: &str) -> Option<Self> {
        [
            Self::Image,
            Self::Video,
            Self::Audio,
            Self::Document,
            Self::Sticker,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// A place on earth, as shared in a chat.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// How far one of our messages got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEvent {
    /// The gateway's id as it was given when we sent, or a name from an earlier `alias`.
    pub gateway_id: Option<String>,
    /// Another name of the same message: later events may carry only this one.
    pub alias: Option<String>,
    /// Our own id, where the gateway carries it back.
    pub outbox_id: Option<String>,
    pub reached: Reached,
    /// When it happened, where the gateway tells.
    pub at: Option<i64>,
}

/// The steps of a message on its way, in order; they only move forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// The gateway has it and has not sent it yet.
    Queued,
    Sent,
    Delivered,
    Read,
    /// It will not arrive, with the gateway's reason.
    Failed(String),
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// Our id of it; adapters that can carry it along do so.
    pub id: String,
    pub to: Address,
    pub body: Body,
    /// The gateway's id of the message that this one answers.
    pub quote: Option<String>,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Text(String),
    File(File),
    Location(Location),
}

/// A file to be sent: our own bytes, or a public link.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub kind: MediaKind,
    pub content: Content,
    pub filename: String,
    pub caption: String,
}

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Bytes(Vec<u8>),
    Link(String),
}

/// The gateway took the message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The gateway's id for later status events.
    pub gateway_id: Option<String>,
    /// How many messages are left, where it tells.
    pub quota_left: Option<i64>,
}

/// Why a call failed and what to do about it; nothing above reads a gateway's own codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    pub kind: ErrorKind,
    pub retry: Retry,
    /// True when the message may have been sent all the same.
    pub ambiguous: bool,
    /// What the gateway said, cleaned and without secrets.
    pub text: String,
}

impl Error {
    /// Makes an error after which it is certain that nothing was sent.
    pub fn new(kind: ErrorKind, retry: Retry, text: impl Into<String>) -> Self {
        Self {
            kind,
            retry,
            ambiguous: false,
            text: text.into(),
        }
    }

    /// Makes the error of a call whose outcome nobody knows: it may have gone through.
    pub fn ambiguous(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            retry: Retry::Later,
            ambiguous: true,
            text: text.into(),
        }
    }

    /// Makes the error of a message that will never be acceptable.
    pub fn refused(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, Retry::Never, text)
    }

    /// Makes the error of a fault that stops the whole channel.
    pub fn not_allowed(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotAllowed, Retry::HoldChannel, text)
    }

    /// Drops the doubt from the error of a question, which sends nothing.
    #[must_use]
    pub fn of_a_question(self) -> Self {
        Self {
            ambiguous: false,
            ..self
        }
    }
}

/// The sorts of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// This message is not acceptable.
    Refused,
    /// We are not: token, quota, device.
    NotAllowed,
    RateLimited,
    Unreachable,
    /// An answer came that nobody can read.
    Unreadable,
}

/// When to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    Never,
    /// By the usual schedule.
    Later,
    /// Not before this much time has passed.
    After(Duration),
    /// The fault is not this message's: stop the whole channel until it is mended.
    HoldChannel,
}

/// The state of the number behind a channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    pub connected: bool,
    /// The number as the gateway knows it.
    pub number: Option<String>,
    pub name: Option<String>,
    pub quota_left: Option<i64>,
    /// Package, expiry and the like, in the gateway's words.
    pub note: Option<String>,
}

/// A way to link the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairing {
    /// The eight-letter code to type on the phone.
    Code(String),
    /// A picture of the QR code (PNG).
    QrPng(Vec<u8>),
    /// It is linked already.
    Connected,
}

/// How a number is to be linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginBy {
    Qr,
    Code,
}

/// What a gateway can do; screens and commands ask this and never which gateway it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a list of independent abilities"
)]
pub struct Capability {
    pub send_file: bool,
    pub send_location: bool,
    pub quote: bool,
    pub login_qr: bool,
    pub login_code: bool,
    pub logout: bool,
    pub device_state: bool,
    pub number_check: bool,
    /// Messages are delivered by webhook, so a secret is needed.
    pub webhook: bool,
    /// Requests are signed over the raw body, so no other secret counts.
    pub signs: bool,
    /// How long to wait for a status before an unknown outcome is repeated once.
    pub settle: Duration,
}

/// Tells whether one of the given words is one of the secrets, in a time that tells nothing.
pub fn knows_secret<'a>(
    given: impl IntoIterator<Item = &'a str>,
    secrets: &[SecretString],
) -> bool {
    let mut known = Choice::from(0);
    for word in given {
        for secret in secrets
            .iter()
            .map(ExposeSecret::expose_secret)
            .filter(|it| !it.is_empty())
        {
            known |= word.as_bytes().ct_eq(secret.as_bytes());
        }
    }
    known.into()
}

/// One provider, as one configured channel sees it.
pub trait Gateway: Send + Sync {
    /// Says what it can do.
    fn capability(&self) -> Capability;
    /// Checks that a webhook request is genuine, in constant time.
    fn genuine(&self, proof: &Proof<'_>) -> bool;
    /// Names a delivery so that a repeat of it is recognised; equal bodies need not be repeats.
    fn delivery_key(&self, delivery: &Delivery) -> String;
    /// Reads what a stored delivery tells; pure, and may be called again for the same one.
    fn read(&self, delivery: &Delivery) -> Vec<Event>;
    /// Sends one message.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<Accepted, Error>>;
    /// Asks for the state of the number.
    fn device(&self) -> BoxFuture<'_, Result<Device, Error>>;
    /// Starts linking the number.
    fn login(&self, by: LoginBy) -> BoxFuture<'_, Result<Pairing, Error>>;
    /// Takes the number off the gateway.
    fn logout(&self) -> BoxFuture<'_, Result<(), Error>>;
    /// Tells which of these numbers are on WhatsApp.
    fn check<'a>(&'a self, phones: &'a [Phone]) -> BoxFuture<'a, Result<Vec<bool>, Error>>;
    /// Says whether media may be fetched from this host.
    fn media_host(&self, host: &str) -> bool;
    /// Says whether the gateway stands in our own network, so that its media may come from there.
    fn is_local(&self) -> bool {
        false
    }
    /// Says whether it only plays a gateway, on this machine.
    fn is_simulated(&self) -> bool {
        false
    }
}
