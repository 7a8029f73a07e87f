//! `tanggap setup`: a new desk out of a few answers. Nothing that is there is overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::entry;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::config::{ConfigError, Folders, write_new};
use crate::i18n::Phrase;

mod answer;
mod desk;
mod known;
mod question;
mod text;

use answer::Answers;
use desk::Made;

/// The largest file of answers, in bytes.
const LARGEST: u64 = 256 << 10;

/// Ask what a new desk needs and make it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tanggap setup --answers answers.json\n\nThe file of answers, all of it \
                  optional:\n  {\"org\": {\"name\": \"BRT\", \"timezone\": \"Asia/Jakarta\", \
                  \"track_prefix\": \"BRT\"},\n   \"database\": {\"url\": \"sqlite:tanggap.db\"},\n   \
                  \"admin\": {\"name\": \"Rina\", \"username\": \"rina\", \"phone\": \
                  \"62811-0000-0001\"},\n   \"channel\": {\"name\": \"utama\", \"gateway\": \
                  \"fonnte\", \"token\": \"…\"}}"
)]
pub struct Setup {
    /// Answers as JSON; without it they are asked at the terminal
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
}

/// What a run found and made.
#[derive(Debug, Default)]
struct Outcome {
    config: PathBuf,
    config_made: bool,
    made: Made,
}

impl Setup {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        let path = place(shell)?;
        let mut answers = if let Some(file) = &self.answers {
            read(shell, file)?
        } else {
            entry::need_terminal("--answers FILE.json")?;
            question::ask(shell, path.exists())?
        };
        answers.complete(shell)?;
        let outcome = make(shell, path, &answers).await?;
        if !outcome.config_made && !outcome.made.anything() {
            tell(shell, &outcome);
            return Err(ConfigError::Exists {
                path: outcome.config,
            }
            .into());
        }
        tell(shell, &outcome);
        Ok(())
    }
}

/// Returns where the settings go: where every other command will look for them.
fn place(shell: &Shell) -> Result<PathBuf, Failure> {
    let named = shell.global.config.clone();
    let named = named.or_else(|| crate::secret::environment("TANGGAP_CONFIG").map(PathBuf::from));
    if let Some(path) = named {
        return Ok(std::path::absolute(&path).unwrap_or(path));
    }
    let folder = Folders::platform().config.ok_or(ConfigError::NoFolder)?;
    Ok(folder.join("config.toml"))
}

fn read(shell: &Shell, file: &Path) -> Result<Answers, Failure> {
    let unreadable = |error: std::io::Error| Failure::file("error-file-read", file, &error);
    let mut text = String::new();
    let open = fs::File::open(file).map_err(unreadable)?;
    std::io::Read::read_to_string(&mut std::io::Read::take(open, LARGEST), &mut text)
        .map_err(unreadable)?;
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let values = [
            ("path", file.display().to_string().into()),
            ("why", error.to_string().into()),
        ];
        Failure::new(Code::Usage, Phrase::new("setup-no-json", values))
    })?;
    Answers::read(shell, &value)
}

/// Writes the settings if there are none, then makes what they name and what is still missing. A
/// settings file of this run goes again when that fails, so that setup can simply be repeated.
async fn make(shell: &Shell, path: PathBuf, answers: &Answers) -> Result<Outcome, Failure> {
    let is_new = path.symlink_metadata().is_err();
    if is_new {
        write_new(&path, &text::settings(answers))?;
    }
    let made = desk::make(shell, &path, answers).await;
    if made.is_err() && is_new {
        fs::remove_file(&path).ok();
    }
    Ok(Outcome {
        made: made?,
        config: path,
        config_made: is_new,
    })
}

fn tell(shell: &Shell, outcome: &Outcome) {
    let made = &outcome.made;
    let path = outcome.config.display().to_string();
    let value = json!({
        "config": path,
        "config_made": outcome.config_made,
        "database": made.database,
        "database_made": made.has_new_database,
        "admin": made.admin.as_ref().map(|admin| json!({
            "id": admin.id, "name": admin.name, "username": admin.username,
            "password": made.password, "made": made.has_new_admin,
        })),
        "channel": made.channel,
        "webhook": made.webhook,
        "next": next(shell, outcome),
    });
    shell.print(&value, || lines(shell, outcome).join("\n"));
}

fn lines(shell: &Shell, outcome: &Outcome) -> Vec<String> {
    let made = &outcome.made;
    let path = outcome.config.display().to_string();
    let pick = |done: bool, ids: [&'static str; 2]| ids[usize::from(!done)];
    let id = pick(
        outcome.config_made,
        ["setup-config-made", "setup-config-there"],
    );
    let mut lines = vec![shell.say(id, &[("path", path.as_str().into())])];
    let id = pick(
        made.has_new_database,
        ["setup-database-made", "setup-database-there"],
    );
    lines.push(shell.say(id, &[("place", made.database.as_str().into())]));
    if let Some(admin) = &made.admin {
        let values = [
            ("id", admin.id.as_str().into()),
            ("name", admin.name.as_str().into()),
            (
                "username",
                admin.username.as_deref().unwrap_or_default().into(),
            ),
        ];
        let id = pick(
            made.has_new_admin,
            ["setup-admin-made", "setup-admin-there"],
        );
        lines.push(shell.say(id, &values));
    }
    if let Some(password) = &made.password {
        lines.push(shell.say("setup-password", &[("password", password.as_str().into())]));
    }
    match &made.webhook {
        Some(url) => lines.push(shell.say("done-ready", &[("url", url.as_str().into())])),
        None => lines.push(shell.say("setup-no-channel", &[])),
    }
    lines.push(shell.say("done-next", &[("command", next(shell, outcome).into())]));
    lines
}

/// Returns the next command, which finds these settings again.
fn next(shell: &Shell, outcome: &Outcome) -> String {
    match shell.global.config {
        Some(_) => format!("tanggap --config {} worker", outcome.config.display()),
        None => "tanggap worker".to_owned(),
    }
}
