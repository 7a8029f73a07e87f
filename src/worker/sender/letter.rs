//! A letter of the outbox as the gateway wants it, and what the gateway says as an outcome.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::domain::phone::Address;
use crate::gateway::{
    Accepted, Body, Content, Error, ErrorKind, File, Location, MediaKind, Outgoing, Retry,
};
use crate::store::outbox::{Letter, Outcome};

/// A file in a letter's payload: one of the media store, or a public link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attached {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub filename: String,
}

/// Makes the message that a letter stands for.
pub(super) async fn outgoing(
    letter: &Letter,
    media: &Path,
    country: &str,
) -> Result<Outgoing, Error> {
    let to = Address::from_canonical(&letter.address)
        .or_else(|_| Address::parse(&letter.address, country))
        .map_err(|error| refused(error.to_string()))?;
    let payload = letter.payload.as_deref().unwrap_or_default();
    let body = match (letter.kind.as_str(), MediaKind::read(&letter.kind)) {
        ("location", _) => {
            Body::Location(serde_json::from_str::<Location>(payload).map_err(unreadable)?)
        }
        (_, Some(kind)) => {
            let attached: Attached = serde_json::from_str(payload).map_err(unreadable)?;
            Body::File(file(kind, attached, letter, media).await?)
        }
        _ => Body::Text(letter.text.clone()),
    };
    Ok(Outgoing {
        id: letter.id.to_string(),
        to,
        body,
        quote: letter.quote.clone(),
    })
}

async fn file(
    kind: MediaKind,
    attached: Attached,
    letter: &Letter,
    media: &Path,
) -> Result<File, Error> {
    let content = match (attached.url, attached.sha256) {
        (Some(url), _) => Content::Link(url),
        (None, Some(hash)) => {
            let path = crate::media::path(media, &hash);
            let bytes = tokio::fs::read(&path).await;
            Content::Bytes(bytes.map_err(|error| refused(format!("the file is gone: {error}")))?)
        }
        (None, None) => return Err(refused("the letter names no file".into())),
    };
    Ok(File {
        kind,
        content,
        filename: attached.filename,
        caption: letter.text.clone(),
    })
}

fn unreadable(error: serde_json::Error) -> Error {
    refused(format!("the letter's payload cannot be read: {error}"))
}

fn refused(text: String) -> Error {
    Error {
        kind: ErrorKind::Refused,
        retry: Retry::Never,
        ambiguous: false,
        text,
    }
}

/// Turns a gateway's answer into what is written down.
pub(super) fn outcome(
    desk: &Desk,
    letter: &Letter,
    result: Result<Accepted, Error>,
    settle: Duration,
) -> Outcome {
    let now = desk.clock.now();
    let mut outcome = Outcome {
        id: letter.id,
        epoch: letter.epoch,
        state: "sent",
        due_at: now,
        ambiguous: false,
        error: None,
        gateway_id: None,
        sent_at: None,
    };
    match result {
        Ok(accepted) => {
            outcome.gateway_id = accepted.gateway_id;
            outcome.sent_at = Some(now);
        }
        Err(error) => {
            outcome.ambiguous = error.ambiguous;
            (outcome.state, outcome.due_at) = next(desk, letter, &error, settle);
            outcome.error = Some(error.text);
        }
    }
    outcome
}

/// Decides what comes after a failure: another try, a wait for the truth, or the end.
fn next(desk: &Desk, letter: &Letter, error: &Error, settle: Duration) -> (&'static str, i64) {
    let now = desk.clock.now();
    let config = &desk.settings().config.outbox;
    if error.ambiguous {
        // One repeat at most: it may have been sent each time.
        let wait = i64::try_from(settle.as_millis()).unwrap_or(i64::MAX);
        return if letter.ambiguous == 0 {
            ("unknown", now + wait)
        } else {
            ("failed", now)
        };
    }
    let age = now - letter.created_at;
    let spent = letter.attempts >= i64::from(config.tries)
        || age > i64::from(config.give_up_minutes) * 60_000;
    let first = u64::from(config.first_wait_seconds) * 1000;
    let most = u64::from(config.longest_wait_seconds) * 1000;
    match error.retry {
        Retry::Never => ("failed", now),
        // The fault is the channel's: the letter keeps its tries and its place.
        Retry::HoldChannel => ("retry", now),
        _ if spent => ("failed", now),
        Retry::After(wait) => (
            "retry",
            now + i64::try_from(wait.as_millis()).unwrap_or(60_000),
        ),
        Retry::Later => (
            "retry",
            now + super::backoff(letter.attempts - 1, first, most),
        ),
    }
}
