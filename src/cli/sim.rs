//! `tanggap sim`: a phone without a phone. A message takes the whole path, and what would go out
//! is printed instead.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::worker::client;
use crate::desk::Desk;
use crate::domain::phone::{Address, Phone};
use crate::gateway::{self, Gateway, build};
use crate::i18n::Phrase;
use crate::store;
use crate::store::inbox::Delivery;
use crate::worker::{Holds, Metrics, Shared, media, receiver, sender, webhook};

/// Play a phone.
#[derive(Debug, Subcommand)]
pub enum Sim {
    /// Send one message as if somebody had written it, and print the replies
    #[command(
        after_help = "Example: tanggap sim send --from 62811-0000-1234 '#req lampu ruang 203 mati'"
    )]
    Send(Send),
}

/// One message.
#[derive(Debug, Args)]
pub struct Send {
    /// The phone it comes from
    #[arg(long, value_name = "PHONE")]
    from: String,
    /// The name that the sender goes by
    #[arg(long, default_value = "")]
    name: String,
    /// A photo or document to go with it
    #[arg(long, value_name = "FILE")]
    media: Option<PathBuf>,
    /// A place to go with it
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    location: Option<String>,
    /// What is written
    #[arg(default_value = "", allow_hyphen_values = true)]
    text: String,
}

impl Sim {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        match self {
            Self::Send(send) => send.run(shell).await,
        }
    }
}

/// What came of a message.
#[derive(Debug, Serialize)]
struct Told {
    message_id: Option<String>,
    track_id: Option<String>,
    replies: Vec<Reply>,
}

#[derive(Debug, Serialize)]
struct Reply {
    to: String,
    text: String,
}

impl Send {
    async fn run(self, shell: &Shell) -> Result<(), Failure> {
        let desk = Arc::new(shell.desk().await?);
        let note = self.note(&desk)?;
        let shared = Arc::new(phone_network(shell, Arc::clone(&desk))?);
        let delivery = deliver(&shared, &note).await?;
        receiver::work(&shared, vec![delivery.clone()]).await;
        media::drain(&shared).await;
        sender::drain(&shared, build::SIMULATED).await;
        let told = told(&desk, &delivery.id).await?;
        shell.print(&told, || text(&told));
        desk.db.close().await;
        Ok(())
    }

    /// Makes the delivery that the simulated gateway understands.
    fn note(&self, desk: &Desk) -> Result<String, Failure> {
        let country = &desk.settings().config.org.country_code;
        let phone = Phone::parse(&self.from, country).map_err(|_| {
            let values = [
                ("what", "phone".into()),
                ("value", self.from.clone().into()),
            ];
            Failure::new(super::Code::Usage, Phrase::new("why-phone", values))
        })?;
        let media: Vec<_> = self
            .media
            .iter()
            .map(|path| attachment(path))
            .collect::<Result<_, _>>()?;
        let location = self.location.as_deref();
        let location = location
            .map(|text| place(text, "tanggap sim send"))
            .transpose()?;
        let note = json!({
            "id": uuid::Uuid::new_v4().to_string(),
            "from": Address::Phone(phone).canonical().trim_start_matches("phone:"),
            "name": self.name,
            "text": self.text,
            "sent_at": desk.clock.now(),
            "location": location,
            "media": media,
        });
        Ok(note.to_string())
    }
}

fn attachment(path: &std::path::Path) -> Result<serde_json::Value, Failure> {
    let bytes =
        std::fs::read(path).map_err(|error| Failure::file("error-file-read", path, &error))?;
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let kind = match crate::media::kind(&bytes) {
        mime if mime.starts_with("image/") => "image",
        mime if mime.starts_with("video/") => "video",
        mime if mime.starts_with("audio/") => "audio",
        _ => "document",
    };
    let filename = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(json!({"kind": kind, "path": absolute, "filename": filename}))
}

/// Reads a place on the map.
pub(super) fn place(text: &str, command: &'static str) -> Result<serde_json::Value, Failure> {
    let parsed = text.split_once(',').and_then(|(latitude, longitude)| {
        let latitude: f64 = latitude.trim().parse().ok()?;
        let longitude: f64 = longitude.trim().parse().ok()?;
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        on_earth.then(|| json!({"latitude": latitude, "longitude": longitude}))
    });
    parsed.ok_or_else(|| {
        Failure::usage(
            format!("'{text}' is no place; write LAT,LON such as -6.2,106.8"),
            command,
        )
    })
}

/// A worker's tools without its loops: what one message needs is done here and now.
fn phone_network(shell: &Shell, desk: Arc<Desk>) -> Result<Shared, Failure> {
    let config = &desk.settings().config;
    let country = config.org.country_code.clone();
    let gateway: Arc<dyn Gateway> = Arc::new(build::simulator(Vec::new(), true, country));
    Ok(Shared {
        client: client(config, shell.clock.clone())?,
        desk: Arc::clone(&desk),
        channels: [(build::SIMULATED.to_owned(), gateway)].into(),
        metrics: Metrics::default(),
        holds: Holds::default(),
        name: format!("sim:{}", std::process::id()),
        stop: CancellationToken::new(),
    })
}

/// Stores a delivery as claimed by this process.
async fn deliver(shared: &Shared, note: &str) -> Result<Delivery, Failure> {
    let raw = gateway::Delivery {
        content_type: "application/json".into(),
        body: note.as_bytes().to_vec(),
        received_at: shared.desk.clock.now(),
    };
    let gateway = &shared.channels[build::SIMULATED];
    let mut delivery = webhook::row(build::SIMULATED, &**gateway, raw);
    delivery.worker.clone_from(&shared.name);
    delivery.due_at = shared.desk.clock.now() + 60_000;
    let mut tx = shared.desk.db.begin().await?;
    store::inbox::insert(&mut tx, std::slice::from_ref(&delivery), "claimed").await?;
    tx.commit().await?;
    Ok(delivery)
}

async fn told(desk: &Desk, delivery: &str) -> Result<Told, Failure> {
    let Some(message) = store::message::of_delivery(&desk.db, delivery).await? else {
        return Ok(Told {
            message_id: None,
            track_id: None,
            replies: Vec::new(),
        });
    };
    let letters = store::outbox::caused_by(&desk.db, message.id, message.report_id).await?;
    let replies = letters
        .into_iter()
        .map(|letter| Reply {
            to: shown(&letter.address),
            text: letter.text,
        })
        .collect();
    Ok(Told {
        message_id: Some(message.id.to_string()),
        track_id: message.track_id,
        replies,
    })
}

/// Returns an address as people write it.
fn shown(address: &str) -> String {
    address.strip_prefix("phone:").unwrap_or(address).to_owned()
}

fn text(told: &Told) -> String {
    let lines: Vec<String> = told
        .replies
        .iter()
        .map(|reply| format!("→ {}\n{}", reply.to, reply.text))
        .collect();
    lines.join("\n\n")
}
