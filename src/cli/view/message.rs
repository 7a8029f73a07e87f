//! A message, one that came in or one that went out.

use std::collections::HashMap;

use serde::Serialize;

use super::report::answers;
use super::{Media, Page, Table};
use crate::cli::shell::Shell;
use crate::desk::{Desk, Settings};
use crate::domain::show::date_time;
use crate::gateway::Location;
use crate::store;
use crate::store::message::Message as Row;
use crate::store::outbox;

/// A message in JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    pub id: String,
    pub at: String,
    pub direction: &'static str,
    pub channel: String,
    pub phone: Option<String>,
    /// The name that the person goes by.
    pub contact: String,
    pub kind: String,
    pub text: String,
    /// What it was answered.
    pub reply: Option<String>,
    pub track_id: Option<String>,
    pub gateway_id: Option<String>,
    pub location: Option<Place>,
    /// Why it was not understood or not followed, or why it could not be sent.
    pub reason: Option<String>,
    pub media: Vec<Media>,
    /// When somebody dealt with it, and who.
    pub handled_at: Option<String>,
    pub handled_by: Option<String>,
    #[serde(skip)]
    pub at_ms: i64,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    pub latitude: f64,
    pub longitude: f64,
    pub name: Option<String>,
    pub address: Option<String>,
}

/// Returns messages that came in as they are printed, in their order.
pub async fn of_messages(desk: &Desk, rows: Vec<Row>) -> store::Result<Vec<Message>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut answers = answers(desk, &ids).await?;
    let mut media: HashMap<i64, Vec<Media>> = HashMap::new();
    for file in store::media::of_messages(&desk.db, &ids).await? {
        media
            .entry(file.message_id.unwrap_or_default())
            .or_default()
            .push((&file).into());
    }
    let settings = desk.settings();
    let message = |row: Row| {
        let (reply, media) = (answers.remove(&row.id), media.remove(&row.id));
        incoming(&settings, row, (reply, media.unwrap_or_default()))
    };
    Ok(rows.into_iter().map(message).collect())
}

fn incoming(settings: &Settings, row: Row, around: (Option<String>, Vec<Media>)) -> Message {
    let (reply, media) = around;
    Message {
        id: row.id.to_string(),
        at: super::time(settings, row.at),
        direction: "in",
        location: row.location.as_deref().and_then(place),
        handled_at: row.handled_at.map(|at| super::time(settings, at)),
        at_ms: row.at,
        channel: row.channel,
        phone: row.phone,
        contact: row.name,
        kind: row.kind,
        text: row.text,
        reply,
        track_id: row.track_id,
        gateway_id: row.gateway_id,
        reason: row.reason,
        media,
        handled_by: row.handled_by,
    }
}

fn place(stored: &str) -> Option<Place> {
    let location: Location = serde_json::from_str(stored).ok()?;
    Some(Place {
        latitude: location.latitude,
        longitude: location.longitude,
        name: location.name,
        address: location.address,
    })
}

/// Returns a letter as a message that went out, with its report's number and its reader's name.
pub fn of_letter(
    settings: &Settings,
    row: outbox::Letter,
    (track_id, contact): (Option<String>, String),
) -> Message {
    let is_place = row.kind == "location";
    let place = row.payload.as_deref().filter(|_| is_place).and_then(place);
    Message {
        id: row.id.to_string(),
        at: super::time(settings, row.created_at),
        direction: "out",
        phone: super::phone(&row.address),
        at_ms: row.created_at,
        channel: row.channel,
        contact,
        kind: row.kind,
        text: row.text,
        reply: None,
        track_id,
        gateway_id: row.gateway_id,
        location: place,
        reason: row.last_error,
        media: Vec::new(),
        handled_at: None,
        handled_by: None,
    }
}

/// The columns of a list.
const COLUMNS: [&str; 7] = [
    "column-id",
    "column-time",
    "column-kind",
    "column-contact",
    "column-phone",
    "column-number",
    "column-text",
];

impl Message {
    /// Returns a list of messages for people.
    pub fn table(shell: &Shell, settings: &Settings, messages: &[Self]) -> String {
        let mut table = Table::new(shell, &COLUMNS);
        for message in messages {
            table.row([
                message.id.clone(),
                date_time(&settings.local(message.at_ms), shell.lang()),
                message.kind.clone(),
                message.contact.clone(),
                message.phone.clone().unwrap_or_default(),
                message.track_id.clone().unwrap_or_default(),
                message.text.clone(),
            ]);
        }
        table.text()
    }

    /// Returns the page about the message for people.
    pub fn page(&self, shell: &Shell, settings: &Settings) -> String {
        let heading = shell.say("heading-message", &[("id", self.id.as_str().into())]);
        let way = if self.direction == "in" {
            "word-incoming"
        } else {
            "word-outgoing"
        };
        let files: Vec<&str> = self
            .media
            .iter()
            .map(|file| file.filename.as_str())
            .collect();
        let mut page = Page::new(shell, &heading);
        page.field(
            "column-time",
            date_time(&settings.local(self.at_ms), shell.lang()),
        );
        page.field("column-direction", shell.say(way, &[]));
        page.field("column-kind", &self.kind);
        page.field("column-contact", &self.contact);
        page.field("column-phone", self.phone.as_deref().unwrap_or_default());
        page.field("column-channel", &self.channel);
        page.field(
            "column-number",
            self.track_id.as_deref().unwrap_or_default(),
        );
        page.field("column-text", &self.text);
        page.field(
            "column-place",
            self.location.as_ref().map(Place::line).unwrap_or_default(),
        );
        page.field("column-media", files.join(", "));
        page.field("column-reason", self.reason.as_deref().unwrap_or_default());
        page.field("column-reply", self.reply.as_deref().unwrap_or_default());
        page.text()
    }
}

impl Place {
    fn line(&self) -> String {
        let names = [self.name.as_deref(), self.address.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        format!("{},{}  {}", self.latitude, self.longitude, names.join(", "))
    }
}

#[cfg(test)]
mod tests;
