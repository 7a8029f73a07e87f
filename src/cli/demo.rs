//! `tanggap demo`: a whole desk to try, on a database of its own, with a phone that is none.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use secrecy::SecretString;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::action::people::{password, staff};
use crate::action::{Actor, Work};
use crate::cli::Global;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::cli::worker::{channels, client, serve, start};
use crate::config::write_new;
use crate::desk::Desk;
use crate::domain::permission::Level;
use crate::i18n::Phrase;
use crate::log::Form;
use crate::seed::{self, Plan};
use crate::store;
use crate::worker::Worker;

/// How much there is to see.
const PLAN: Plan = Plan {
    reports: 400,
    employees: 48,
    staff: 9,
    seed: 2024,
};
/// Who looks after the demo.
const ADMIN: &str = "admin";
/// Signs of a password that nobody mistakes for each other.
const SIGNS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Try everything on a desk with sample people and reports.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap demo --headless --dir /tmp/meja\n\n\
                  Nothing has to be set up and nothing outside is contacted. Without --dir \
                  everything is gone at the end.")]
pub struct Demo {
    /// Keep the desk in this folder, and go on with the one that is there
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Print one line of JSON and serve until SIGTERM
    #[arg(long)]
    headless: bool,
    /// Where to listen for webhooks, on this machine; a free port when left out
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

/// The folder of a demo; one that was made for it goes with it.
struct Folder {
    path: PathBuf,
    made: bool,
}

/// What the demo tells about itself.
#[derive(Debug, Serialize)]
struct Up {
    url: String,
    database: String,
    admin: Admin,
}

#[derive(Debug, Serialize)]
struct Admin {
    username: &'static str,
    password: String,
}

impl Demo {
    /// Runs until it is told to stop.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        let mut term = signal(SignalKind::terminate()).map_err(Failure::bug)?;
        let mut int = signal(SignalKind::interrupt()).map_err(Failure::bug)?;
        let folder = Folder::open(self.dir.as_deref())?;
        let (worker, up) = tokio::select! {
            done = self.prepare(shell, &folder.path) => done?,
            _ = term.recv() => return Ok(()),
            _ = int.recv() => return Ok(()),
        };
        self.tell(shell, &up);
        serve(worker).await?;
        if !folder.made && !self.headless {
            let place = folder.path.display().to_string();
            shell.note(&shell.say("demo-kept", &[("folder", place.into())]));
        }
        Ok(())
    }

    /// Makes the desk and starts its worker.
    async fn prepare(&self, shell: &Shell, folder: &Path) -> Result<(Worker, Up), Failure> {
        let listen = self.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0)));
        if !listen.ip().is_loopback() {
            let values = [("address", listen.to_string().into())];
            return Err(Failure::new(
                Code::Usage,
                Phrase::new("error-demo-open", values),
            ));
        }
        let database = format!("sqlite:{}", folder.join("tanggap.db").display());
        let inner = inner(shell, folder, &database)?;
        inner.start_log(if self.headless {
            Form::Json
        } else {
            Form::Short
        })?;
        let desk = Arc::new(inner.open(Opened::Prepared, "tanggap-worker").await?);
        let password = administrator(&desk).await?;
        fill(&desk).await?;
        let config = &desk.settings().config;
        let client = client(config, desk.clock.clone())?;
        let channels = channels(config, &client)?;
        let worker = start(&inner, Arc::clone(&desk), channels, (client, listen)).await?;
        let url = format!("http://{}", worker.address);
        Ok((
            worker,
            Up {
                url,
                database,
                admin: Admin {
                    username: ADMIN,
                    password,
                },
            },
        ))
    }

    fn tell(&self, shell: &Shell, up: &Up) {
        if self.headless || shell.global.json {
            return shell.json(up);
        }
        let values = [
            (
                "reports",
                i64::try_from(PLAN.reports).unwrap_or_default().into(),
            ),
            ("url", up.url.as_str().into()),
            ("database", up.database.as_str().into()),
            ("username", up.admin.username.into()),
            ("password", up.admin.password.as_str().into()),
        ];
        shell.note(&shell.say("demo-up", &values));
    }
}

/// Returns a shell with the demo's own settings, whatever else this machine has.
fn inner(shell: &Shell, folder: &Path, database: &str) -> Result<Shell, Failure> {
    let file = folder.join("config.toml");
    if !file.exists() {
        write_new(&file, &settings(folder, database))?;
    }
    let global = Global {
        config: Some(file),
        database: None,
        ..shell.global.clone()
    };
    Shell::with_flags(global, vec![("database.url", database.to_owned())])
}

fn settings(folder: &Path, database: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let folder = quoted(&folder.display().to_string());
    format!(
        "# The settings of a demo.\ndata_dir = {folder}\n\n[database]\nurl = {}\n\n\
         [worker]\nlisten = \"127.0.0.1:0\"\n\n\
         [[channel]]\nname = \"utama\"\ngateway = \"simulator\"\nallow_unsigned = true\n",
        quoted(database)
    )
}

/// Makes the administrator, or gives the one who is there a new password.
async fn administrator(desk: &Desk) -> Result<String, Failure> {
    let words = new_password();
    let secret = SecretString::from(words.clone());
    let hash = password::hash(desk, &secret, &[ADMIN]).await?;
    let known = store::staff::by_username(&desk.db, ADMIN).await?;
    let mut work = Work::begin(desk, Actor::shell("demo")).await?;
    if known.is_some() {
        staff::passwd(&mut work, ADMIN, &hash).await?;
    } else {
        let form = staff::Form {
            name: Some("Administrator Demo".to_owned()),
            level: Some(Level::Administrator),
            username: Some(ADMIN.to_owned()),
            ..staff::Form::default()
        };
        staff::add(&mut work, None, form, Some(hash)).await?;
    }
    work.commit().await?;
    Ok(words)
}

fn new_password() -> String {
    let sign = |_| char::from(SIGNS[rand::random_range(0..SIGNS.len())]);
    let group = |_| (0..5).map(sign).collect::<String>();
    (0..4).map(group).collect::<Vec<_>>().join("-")
}

/// Fills a desk that is still empty.
async fn fill(desk: &Desk) -> Result<(), Failure> {
    if store::tally::total(&desk.db, "status").await? == 0 {
        let stop = CancellationToken::new();
        seed::sow((desk, Actor::shell("demo")), PLAN, &stop, |_| {}).await?;
    }
    Ok(())
}

impl Folder {
    fn open(wanted: Option<&Path>) -> Result<Self, Failure> {
        let made = wanted.is_none();
        let path = wanted.map_or_else(
            || std::env::temp_dir().join(format!("tanggap-demo-{:016x}", rand::random::<u64>())),
            Path::to_owned,
        );
        let failed = |error| Failure::file("error-file-write", &path, &error);
        let mut folder = std::fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.recursive(!made).create(&path).map_err(failed)?;
        let path = path.canonicalize().map_err(failed)?;
        Ok(Self { path, made })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.made {
            std::fs::remove_dir_all(&self.path).ok();
        }
    }
}
