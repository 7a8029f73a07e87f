//! Messages from people.

use serde_json::{Map, Value, json};

use super::super::field::Fields;
use super::super::settings::Settings;
use super::{BUCKET_MS, at, digest};
use crate::domain::phone::{Address, Sender};
use crate::gateway::{Attachment, Event, Incoming, Location, MediaKind};

/// Where the sender may stand, the new name before the old one.
pub(super) const SENDER: [&str; 3] = ["sender", "pengirim", "senderlid"];
/// What Fonnte writes where there is no text.
const PLACEHOLDERS: [&str; 2] = ["non-button message", "non-text message"];
/// What Fonnte's cheaper packages write under a text.
const ADVERTISEMENT: &str = "> _sent via fonnte.com_";

/// Reads a message; our own echo is none.
pub(super) fn event(settings: &Settings, fields: &Fields, received_at: i64) -> Event {
    let sender = match sender(settings, fields) {
        Ok(sender) => sender,
        Err(reason) => return Event::Unparsed(reason),
    };
    if is_echo(settings, fields, &sender) {
        return Event::Ignored("our own message");
    }
    let inbox = fields.number("inboxid").filter(|it| *it > 0);
    let (text, label) = text_and_label(fields);
    let mut message = Incoming {
        keys: keys(settings, fields, received_at),
        gateway_id: inbox.map(|it| it.to_string()),
        sender: Some(sender),
        name: fields
            .first(&["name", "pushname", "username"])
            .unwrap_or_default(),
        sent_at: at(fields),
        text,
        attachments: attachment(fields).into_iter().collect(),
        location: location(fields),
        extra: None,
    };
    message.extra = extra(fields, &message, label);
    Event::Message(Box::new(message))
}

fn sender(settings: &Settings, fields: &Fields) -> Result<Sender, String> {
    let raw = fields.first(&SENDER).unwrap_or_default();
    let hidden = fields.text("mode").trim().eq_ignore_ascii_case("lid");
    let read = |raw: &str, hidden| {
        address(settings, raw, hidden).ok_or_else(|| format!("unknown sort of sender: {raw:?}"))
    };
    if let Some(group) = group(&raw, fields.flag("isgroup")) {
        let group = Some(read(&group, false)?);
        let member = fields.first(&["member", "memberlid"]);
        let member = member.ok_or("a group message without its writer")?;
        return Ok(Sender {
            group,
            person: read(&member, hidden)?,
        });
    }
    // Where the number is hidden, the real one may stand beside it.
    let person = match read(&raw, hidden)? {
        lid @ Address::Lid(_) => fields
            .first(&["sender_pn"])
            .and_then(|it| settings.phone(&it))
            .map_or(lid, Address::Phone),
        other => other,
    };
    Ok(Sender {
        group: None,
        person,
    })
}

/// Returns the group's whole id where the sender is a group.
fn group(raw: &str, flagged: bool) -> Option<String> {
    let ends = raw.ends_with("@g.us");
    let digits = raw.len() >= 15 && raw.bytes().all(|it| it.is_ascii_digit());
    let looks = ends || digits && raw.starts_with("120363");
    (looks || flagged).then(|| {
        if raw.contains('@') {
            raw.to_owned()
        } else {
            format!("{raw}@g.us")
        }
    })
}

/// Reads one identity; digits that are too many for a number are a hidden one.
fn address(settings: &Settings, raw: &str, hidden: bool) -> Option<Address> {
    let bare = !raw.is_empty() && raw.bytes().all(|it| it.is_ascii_digit());
    let spelled = if bare && (hidden || raw.len() >= 15) {
        format!("{raw}@lid")
    } else {
        raw.to_owned()
    };
    Address::parse(&spelled, &settings.country_code).ok()
}

fn is_echo(settings: &Settings, fields: &Fields, sender: &Sender) -> bool {
    let named = fields.first(&["device"]).and_then(|it| settings.phone(&it));
    let ours = [named, settings.own_number()];
    sender
        .person
        .phone()
        .is_some_and(|it| ours.iter().flatten().any(|own| own == it))
}

/// Returns the user's own words and the label of a button he pressed, which stands in for them.
fn text_and_label(fields: &Fields) -> (String, Option<String>) {
    let words = ["message", "pesan"].map(|key| user_text(&fields.text(key)));
    let text = words.into_iter().find(|it| !it.is_empty());
    let label = Some(user_text(&fields.text("text"))).filter(|it| !it.is_empty());
    (text.or_else(|| label.clone()).unwrap_or_default(), label)
}

fn user_text(raw: &str) -> String {
    let lines = raw.trim_end();
    let last = lines.rfind('\n').map_or(0, |at| at + 1);
    let advertised = lines[last..].trim().eq_ignore_ascii_case(ADVERTISEMENT);
    let text = if advertised {
        lines[..last].trim_end()
    } else {
        raw
    };
    let placeholder = PLACEHOLDERS
        .iter()
        .any(|it| text.trim().eq_ignore_ascii_case(it));
    let nothing = placeholder || text.trim().is_empty();
    if nothing {
        String::new()
    } else {
        text.to_owned()
    }
}

fn attachment(fields: &Fields) -> Option<Attachment> {
    let url = fields.first(&["url"])?;
    let filename = fields.text("filename");
    let kind = kind(fields, &filename, &url);
    Some(Attachment {
        kind,
        url,
        filename,
    })
}

fn kind(fields: &Fields, filename: &str, url: &str) -> MediaKind {
    let told = MediaKind::read(fields.text("type").trim().to_lowercase().as_str());
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let endings = [fields.text("extension"), ending(filename), ending(path)];
    let by_ending = || endings.iter().find_map(|it| by_ending(it));
    told.or_else(by_ending).unwrap_or(MediaKind::Document)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_owned()
}

fn by_ending(ending: &str) -> Option<MediaKind> {
    match ending
        .trim()
        .trim_start_matches('.')
        .to_ascii_lowercase()
        .as_str()
    {
        "jpg" | "jpeg" | "png" | "webp" | "gif" => Some(MediaKind::Image),
        "mp4" | "3gp" | "mov" => Some(MediaKind::Video),
        "mp3" | "ogg" | "oga" | "opus" | "m4a" | "aac" | "amr" => Some(MediaKind::Audio),
        "pdf" | "doc" | "docx" | "xls" | "xlsx" | "csv" | "txt" => Some(MediaKind::Document),
        _ => None,
    }
}

/// Reads a place: `lat,lng`, or an object, which in a form is JSON text.
fn location(fields: &Fields) -> Option<Location> {
    let value = fields.value("location")?;
    let unwrapped = value.as_str().and_then(|it| serde_json::from_str(it).ok());
    let (latitude, longitude) = match unwrapped.as_ref().unwrap_or(value) {
        Value::Object(map) => {
            let one = |keys: [&str; 3]| keys.iter().find_map(|key| degrees(map.get(*key)?));
            (
                one(["latitude", "lat", "Latitude"])?,
                one(["longitude", "lng", "Longitude"])?,
            )
        }
        Value::String(text) => {
            let (latitude, longitude) = text.split_once(',')?;
            (
                latitude.trim().parse().ok()?,
                longitude.trim().parse().ok()?,
            )
        }
        _ => return None,
    };
    let on_earth = f64::abs(latitude) <= 90.0 && f64::abs(longitude) <= 180.0;
    on_earth.then_some(Location {
        latitude,
        longitude,
        name: None,
        address: None,
    })
}

fn degrees(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// Keeps what has no field of its own; of a message that shows nothing at least its sort.
fn extra(fields: &Fields, message: &Incoming, label: Option<String>) -> Option<String> {
    let mut extra = Map::new();
    let choices = fields.list("choices");
    if let poll @ Some(_) = fields.first(&["pollname"]) {
        extra.insert(
            "poll".to_owned(),
            json!({ "name": poll, "choices": choices }),
        );
    }
    if let Some(label) = label {
        extra.insert("button".to_owned(), Value::from(label));
    }
    if fields.flag("isforwarded") {
        extra.insert("forwarded".to_owned(), Value::from(true));
    }
    let shown = !message.text.is_empty()
        || !message.attachments.is_empty()
        || message.location.is_some()
        || extra.contains_key("poll");
    if !shown {
        let sort = fields
            .first(&["type"])
            .unwrap_or_else(|| "unknown".to_owned());
        extra.insert("type".to_owned(), Value::from(sort));
    }
    (!extra.is_empty()).then(|| Value::Object(extra).to_string())
}

/// Names the message. Without the inbox feature every message has the inbox id 0, so its content
/// must do; without a time, equal messages are one only when they come close together, and the
/// second name finds the one that came just before the clock's turn.
fn keys(settings: &Settings, fields: &Fields, received_at: i64) -> Vec<String> {
    let device = fields
        .first(&["device"])
        .map(|it| settings.digits(&it))
        .unwrap_or_default();
    if let Some(inbox) = fields.number("inboxid").filter(|it| *it > 0) {
        return vec![format!("inbox:{device}:{inbox}")];
    }
    let content = content(fields);
    let name = |time: String| {
        let mut texts: Vec<&str> = content.iter().map(String::as_str).collect();
        texts.extend([device.as_str(), &time]);
        digest(&texts)
    };
    if let Some(at) = at(fields) {
        return vec![name(at.to_string())];
    }
    let bucket = received_at.div_euclid(BUCKET_MS);
    [bucket, bucket - 1]
        .map(|it| name(format!("bucket {it}")))
        .to_vec()
}

fn content(fields: &Fields) -> [String; 7] {
    let first = |keys: &[&str]| fields.first(keys).unwrap_or_default();
    let whole = |key| {
        fields
            .value(key)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    [
        first(&SENDER),
        first(&["member", "memberlid"]),
        first(&["message", "pesan"]),
        fields.text("url"),
        whole("location"),
        fields.text("pollname"),
        whole("choices"),
    ]
}
