//! What comes in from Fonnte: one flat body an event, told apart by the keys it has.

use sha2::{Digest as _, Sha256};

use super::field::Fields;
use super::settings::Settings;
use crate::gateway::{Delivery, Event, Proof, Reached, StatusEvent, knows_secret};

mod message;

/// Where the dashboard's secret may stand in a body; its name is not documented.
const SECRETS: [&str; 4] = ["secret", "webhook_secret", "secret_key", "token"];
/// How close two equal events without a time must be to be one.
const BUCKET_MS: i64 = 180_000;

/// Checks the secret, and that a device that is named is ours.
pub(super) fn genuine(settings: &Settings, proof: &Proof<'_>) -> bool {
    let delivery = proof.delivery;
    let fields = Fields::read(&delivery.content_type, &delivery.body).unwrap_or_default();
    if !is_ours(settings, &fields) {
        return false;
    }
    if settings.webhook_secrets.is_empty() {
        return settings.allow_unsigned;
    }
    let in_body = SECRETS.map(|key| fields.text(key));
    let given = in_body.iter().map(String::as_str).chain(proof.key);
    knows_secret(given, &settings.webhook_secrets)
}

fn is_ours(settings: &Settings, fields: &Fields) -> bool {
    match (fields.first(&["device"]), &settings.device) {
        (Some(named), Some(ours)) => settings.digits(&named) == settings.digits(ours),
        _ => true,
    }
}

/// Names a delivery: a message by its own key, anything else by its bytes.
pub(super) fn key(settings: &Settings, delivery: &Delivery) -> String {
    match event(settings, delivery) {
        Event::Message(message) => message.keys.into_iter().next().unwrap_or_default(),
        // The number may be lost and found several times, each time in the same words.
        Event::Device { .. } => {
            let bucket = delivery.received_at.div_euclid(BUCKET_MS).to_string();
            digest(&[&String::from_utf8_lossy(&delivery.body), &bucket])
        }
        _ => digest(&[&String::from_utf8_lossy(&delivery.body)]),
    }
}

/// Names some texts; their lengths go in, so that no two lists meet.
fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    let hex = |name: String, byte: &u8| format!("{name}{byte:02x}");
    hash.finalize().iter().fold("digest:".to_owned(), hex)
}

/// Reads a delivery.
pub(super) fn event(settings: &Settings, delivery: &Delivery) -> Event {
    let Some(fields) = Fields::read(&delivery.content_type, &delivery.body) else {
        return Event::Unparsed("the body is no JSON and no form".to_owned());
    };
    if fields.value("submission").is_some() {
        return Event::Ignored("an answer to a form");
    }
    if fields.first(&message::SENDER).is_some() {
        return message::event(settings, &fields, delivery.received_at);
    }
    let word = fields.text("status").trim().to_lowercase();
    if let "connect" | "disconnect" = word.as_str() {
        let reason = fields.text("reason");
        return Event::Device {
            connected: word == "connect",
            reason,
        };
    }
    status(&fields)
}

/// Reads how far a message got; the number of the message and the name of its state come
/// together at least once, and later only one of them may come.
fn status(fields: &Fields) -> Event {
    let id = fields.first(&["id"]).map(|it| format!("id:{it}"));
    let state = fields.first(&["stateid"]).map(|it| format!("stateid:{it}"));
    let (gateway_id, alias) = if id.is_some() {
        (id, state)
    } else {
        (state, None)
    };
    if gateway_id.is_none() {
        return Event::Unparsed("neither a sender nor a message id".to_owned());
    }
    let words = ["status", "state"].map(|key| fields.text(key).trim().to_lowercase());
    let Some(reached) = words.iter().filter_map(|it| reached(it)).max_by_key(rank) else {
        return Event::Unparsed(format!("unknown state {:?}", words.join("/")));
    };
    Event::Status(StatusEvent {
        gateway_id,
        alias,
        outbox_id: None,
        reached,
        at: at(fields),
    })
}

fn reached(word: &str) -> Option<Reached> {
    match word {
        "pending" | "waiting" | "processing" => Some(Reached::Queued),
        "sent" => Some(Reached::Sent),
        "delivered" => Some(Reached::Delivered),
        "read" => Some(Reached::Read),
        "invalid" | "expired" | "url unreachable" | "failed" => {
            Some(Reached::Failed(word.to_owned()))
        }
        _ => None,
    }
}

/// Orders two words about one message: what arrived has not failed, whatever the other one says.
fn rank(reached: &Reached) -> u8 {
    match reached {
        Reached::Queued => 0,
        Reached::Sent => 1,
        Reached::Failed(_) => 2,
        Reached::Delivered => 3,
        Reached::Read => 4,
    }
}

/// Reads the time of an event: seconds, or milliseconds where seconds would lie far ahead.
fn at(fields: &Fields) -> Option<i64> {
    const FAR_AHEAD: i64 = 100_000_000_000;
    match fields.number("timestamp")? {
        ..=0 => None,
        seconds @ ..FAR_AHEAD => Some(seconds * 1000),
        milliseconds => Some(milliseconds),
    }
}

#[cfg(test)]
mod tests;
