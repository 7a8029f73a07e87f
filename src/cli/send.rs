//! `tanggap send`: a message by hand.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use crate::action::outbox::{self, Parcel};
use crate::action::{Error, Work};
use crate::cli::act::{Session, at_desk};
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::cli::{file, sim};
use crate::i18n::Phrase;

/// Send a message by hand.
#[derive(Debug, Subcommand)]
pub enum Send {
    /// Send a text
    #[command(after_help = "Example: tanggap send text 0811-0000-1234 'Petugas sudah di jalan.'")]
    Text(Text),
    /// Send a picture
    #[command(
        after_help = "Example: tanggap send image 0811-0000-1234 denah.png --caption 'Lantai 2'"
    )]
    Image(File),
    /// Send a document
    #[command(after_help = "Example: tanggap send document 0811-0000-1234 jadwal.pdf")]
    Document(File),
    /// Send a sound
    #[command(after_help = "Example: tanggap send audio 0811-0000-1234 pesan.ogg")]
    Audio(File),
    /// Send a film
    #[command(after_help = "Example: tanggap send video 0811-0000-1234 pompa.mp4")]
    Video(File),
    /// Send a place on the map
    #[command(
        after_help = "Example: tanggap send location 0811-0000-1234 -6.2,106.8 --name 'Gedung B'"
    )]
    Location(Location),
}

/// Where it goes.
#[derive(Debug, Args)]
struct To {
    /// The channel that it takes; the first one when left out
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// A phone number, or a group's id
    #[arg(value_name = "TO")]
    to: String,
}

/// A text.
#[derive(Debug, Args)]
pub struct Text {
    #[command(flatten)]
    to: To,
    /// What is written
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    words: String,
}

/// A file.
#[derive(Debug, Args)]
pub struct File {
    #[command(flatten)]
    to: To,
    /// The file
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// What is written below it
    #[arg(long, value_name = "T", default_value = "", allow_hyphen_values = true)]
    caption: String,
}

/// A place.
#[derive(Debug, Args)]
pub struct Location {
    #[command(flatten)]
    to: To,
    /// Where it is
    #[arg(value_name = "LAT,LON", allow_hyphen_values = true)]
    place: String,
    /// What it is called
    #[arg(long, value_name = "N")]
    name: Option<String>,
}

impl Send {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| {
            let parcel = self.parcel(session)?;
            let ids = session
                .act(async |work: &mut Work<'_>| outbox::send(work, parcel.clone()).await)
                .await?;
            session.sent(&ids).await
        })
        .await
    }

    fn parcel(self, session: &Session<'_>) -> Result<Parcel, Failure> {
        match self {
            Self::Text(text) => written(text),
            Self::Image(file) => attached(session, file, "image"),
            Self::Document(file) => attached(session, file, "document"),
            Self::Audio(file) => attached(session, file, "audio"),
            Self::Video(file) => attached(session, file, "video"),
            Self::Location(location) => placed(location),
        }
    }
}

fn written(text: Text) -> Result<Parcel, Failure> {
    if text.words.trim().is_empty() {
        let value = String::new();
        return Err(Error::Invalid {
            what: "text",
            value,
            why: "why-empty",
        }
        .into());
    }
    let To { channel, to } = text.to;
    Ok(Parcel {
        channel,
        to,
        kind: "text",
        text: text.words,
        payload: None,
    })
}

fn attached(session: &Session<'_>, it: File, kind: &'static str) -> Result<Parcel, Failure> {
    let given = file::keep(session, &it.path)?;
    let fits = kind == "document" || given.kept.mime.split('/').next() == Some(kind);
    if !fits {
        return Err(wrong_kind(session, &it.path, kind));
    }
    let payload = json!({"sha256": given.kept.sha256, "filename": given.name}).to_string();
    let To { channel, to } = it.to;
    Ok(Parcel {
        channel,
        to,
        kind,
        text: it.caption,
        payload: Some(payload),
    })
}

fn wrong_kind(session: &Session<'_>, path: &Path, kind: &'static str) -> Failure {
    let kind = match kind {
        "image" => session.shell.say("kind-image", &[]),
        "audio" => session.shell.say("kind-audio", &[]),
        _ => session.shell.say("kind-video", &[]),
    };
    let values = [
        ("path", path.display().to_string().into()),
        ("kind", kind.into()),
    ];
    Failure::new(Code::Usage, Phrase::new("error-file-kind", values))
}

fn placed(it: Location) -> Result<Parcel, Failure> {
    let mut place = sim::place(&it.place, "tanggap send location")?;
    let text = it.name.clone().unwrap_or_default();
    if let Some(name) = it.name {
        place["name"] = name.into();
    }
    let To { channel, to } = it.to;
    Ok(Parcel {
        channel,
        to,
        kind: "location",
        text,
        payload: Some(place.to_string()),
    })
}
