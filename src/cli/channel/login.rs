//! Linking a number with its gateway.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::act::Session;
use crate::cli::channel::line::Line;
use crate::cli::failure::Failure;
use crate::gateway::{LoginBy, Pairing};

/// A number that is to be linked.
#[derive(Debug, Args)]
pub struct Login {
    /// Name of the channel
    name: String,
    /// By a code to type on the phone, a QR picture to scan, or a code that comes to the phone;
    /// a code when left out, if the gateway can
    #[arg(long)]
    by: Option<By>,
    /// The code that came to the phone
    #[arg(long)]
    code: Option<String>,
    /// Where to write the QR picture (PNG); in the data folder when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a number is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Qr,
    Code,
    Sms,
    Call,
}

impl Login {
    /// Runs the command.
    pub(super) async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let line = Line::open(session, &self.name)?;
        let by = self.way(session, &line)?;
        let pairing = line
            .gateway
            .login(by)
            .await
            .map_err(|error| line.failed(&error))?;
        let way = if by == LoginBy::Qr { "qr" } else { "code" };
        line.note("channel-login", json!({"by": way})).await?;
        self.told(session, &pairing)
    }

    /// Chooses the way, as far as the gateway knows it.
    fn way(&self, session: &Session<'_>, line: &Line<'_>) -> Result<LoginBy, Failure> {
        if self.code.is_some() {
            line.can("can-login-phone", |_| false)?;
        }
        match self.by {
            Some(By::Qr) => line.can("can-login-qr", |can| can.login_qr)?,
            Some(By::Code) => line.can("can-login-code", |can| can.login_code)?,
            Some(By::Sms | By::Call) => line.can("can-login-phone", |_| false)?,
            None => line.can("can-login", |can| can.login_qr || can.login_code)?,
        }
        let can = line.gateway.capability();
        let settings = session.desk.settings();
        let mut channels = settings.config.channel.iter();
        let has_number = channels.any(|it| it.name == self.name && !it.device.is_empty());
        Ok(match self.by {
            Some(By::Code) => LoginBy::Code,
            None if can.login_code && (has_number || !can.login_qr) => LoginBy::Code,
            _ => LoginBy::Qr,
        })
    }

    fn told(&self, session: &Session<'_>, pairing: &Pairing) -> Result<(), Failure> {
        let (shell, name) = (session.shell, self.name.as_str());
        match pairing {
            Pairing::Connected => {
                let value = json!({"channel": name, "state": "connected"});
                let values = [("channel", name.into())];
                shell.print(&value, || shell.say("done-channel-linked", &values));
            }
            Pairing::Code(code) => {
                let value = json!({"channel": name, "state": "code", "code": code});
                let values = [("channel", name.into()), ("code", code.as_str().into())];
                shell.print(&value, || shell.say("done-channel-code", &values));
            }
            Pairing::QrPng(picture) => {
                let path = self.picture(session);
                write(&path, picture)?;
                let path = path.display().to_string();
                let png = STANDARD.encode(picture);
                let value = json!({"channel": name, "state": "qr", "path": path, "png": png});
                let values = [("channel", name.into()), ("path", path.as_str().into())];
                shell.print(&value, || shell.say("done-channel-qr", &values));
            }
        }
        Ok(())
    }

    fn picture(&self, session: &Session<'_>) -> PathBuf {
        let folder = session.desk.media.parent().unwrap_or(Path::new("."));
        self.output
            .clone()
            .unwrap_or_else(|| folder.join(format!("login-{}.png", self.name)))
    }
}

/// Whoever scans the picture is linked, so it is nobody else's to see.
fn write(path: &Path, picture: &[u8]) -> Result<(), Failure> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, picture));
    written.map_err(|error| Failure::file("error-file-write", path, &error))
}
