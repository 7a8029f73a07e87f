//! `tanggap config`: every setting, where its value comes from, and changing those that live in
//! the database.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::action;
use crate::cli::act::at_desk;
use crate::cli::cut::{self, Cut};
use crate::cli::entry;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::cli::view::Table;
use crate::config::{Entry, Layers};
use crate::db::{self, Db};
use crate::store;

/// Look at the settings and change them.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Show every setting with its origin
    #[command(after_help = "Example: tanggap config show desk --json")]
    Show(Show),
    /// Show one setting
    #[command(after_help = "Example: tanggap config get org.timezone")]
    Get(Get),
    /// Change a setting in the database, for every machine
    #[command(after_help = "Example: tanggap config set desk.quiet_hours 21:00-05:00")]
    Set(Set),
    /// Take a setting out of the database, so that file or default hold again
    #[command(after_help = "Example: tanggap config unset desk.quiet_hours")]
    Unset(Get),
}

/// Which settings.
#[derive(Debug, Args)]
pub struct Show {
    /// Only keys that begin so
    #[arg(value_name = "KEY")]
    start: Option<String>,
    /// Rows at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 0)]
    limit: u32,
    /// Go on where the last list was cut
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

/// One setting.
#[derive(Debug, Args)]
pub struct Get {
    /// Dotted key, such as org.timezone
    key: String,
}

/// A setting and its new value.
#[derive(Debug, Args)]
pub struct Set {
    /// Dotted key, such as desk.guests
    key: String,
    /// Text, number, true, false or JSON
    #[arg(allow_hyphen_values = true)]
    value: String,
}

impl Config {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        match self {
            Self::Show(show) => show.run(shell).await,
            Self::Get(get) => get.run(shell).await,
            Self::Set(set) => set.run(shell).await,
            Self::Unset(get) => unset(shell, &get.key).await,
        }
    }
}

impl Show {
    async fn run(&self, shell: &Shell) -> Result<(), Failure> {
        let layers = match layers(shell).await {
            Ok(layers) => layers,
            // Whoever looks for what is wrong needs this list most when nothing can be opened.
            Err(failure) => {
                entry::tell(&failure.text(&shell.texts));
                shell.layers.clone()
            }
        };
        let start = self.start.as_deref().unwrap_or_default();
        let mut entries = layers.entries();
        entries.retain(|entry| entry.key.starts_with(start));
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        let cut = Cut::new(self.limit, self.after.clone());
        let next = cut.apply(&mut entries, |entry| entry.key.clone())?;
        let values: Vec<Value> = entries.iter().map(shape).collect();
        cut::print(shell, &values, next.as_deref(), || table(shell, &entries));
        Ok(())
    }
}

impl Get {
    async fn run(&self, shell: &Shell) -> Result<(), Failure> {
        let entry = layers(shell).await?.entry(&self.key).map_err(typed)?;
        shell.print(&shape(&entry), || plain(&entry.value));
        Ok(())
    }
}

impl Set {
    async fn run(&self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| {
            let layers = session.desk.layers().await?;
            let set = session
                .act(async |work| action::setting::set(work, &layers, &self.key, &self.value).await)
                .await
                .map_err(typed)?;
            told(shell, &session.desk.layers().await?, &set.key)
        })
        .await
    }
}

async fn unset(shell: &Shell, key: &str) -> Result<(), Failure> {
    at_desk(shell, async |session| {
        let layers = session.desk.layers().await?;
        session
            .act(async |work| action::setting::unset(work, &layers, key).await)
            .await?;
        told(shell, &session.desk.layers().await?, key)
    })
    .await
}

/// What somebody typed is no fault of the settings.
fn typed(error: impl Into<Failure>) -> Failure {
    let mut failure = error.into();
    failure.code = match failure.phrase.id {
        "config-unknown" | "config-unknown-far" => Code::NotFound,
        "config-value" | "config-conflict" | "config-later" => Code::Usage,
        id if id.starts_with("config-elsewhere") => Code::Refused,
        _ => failure.code,
    };
    failure
}

/// Tells what holds now, which a flag or the environment may still outrank.
fn told(shell: &Shell, layers: &Layers, key: &str) -> Result<(), Failure> {
    let entry = layers.entry(key)?;
    let (value, origin) = (plain(&entry.value), entry.origin.to_string());
    let values = [
        ("key", key.into()),
        ("value", value.as_str().into()),
        ("origin", origin.as_str().into()),
    ];
    shell.print(&shape(&entry), || shell.say("done-setting-now", &values));
    Ok(())
}

/// Returns the settings with those of the database, where it can be opened.
async fn layers(shell: &Shell) -> Result<Layers, Failure> {
    let db = shell.database(Opened::AsIs, "tanggap").await?;
    let layers = with_stored(shell, &db).await?;
    db.close().await;
    Ok(layers)
}

/// Lays what an open database holds over the settings; an empty one holds nothing yet.
pub(super) async fn with_stored(shell: &Shell, db: &Db) -> Result<Layers, Failure> {
    let rows = match db::schema(db).await?.applied {
        0 => Vec::new(),
        _ => store::setting::all(db).await?,
    };
    let told = rows.into_iter().filter(|row| !row.key.starts_with('.'));
    let rows: Vec<_> = told.map(|row| (row.key, row.value)).collect();
    Ok(shell.layers.clone().with_database(&rows))
}

fn shape(entry: &Entry) -> Value {
    json!({
        "key": entry.key,
        "value": entry.value,
        "origin": entry.origin.to_string(),
        "shared": entry.shared,
    })
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn table(shell: &Shell, entries: &[Entry]) -> Table {
    let mut table = Table::new(shell, &["column-key", "column-value", "column-origin"]);
    for entry in entries {
        table.row([
            entry.key.clone(),
            entry.value.to_string(),
            entry.origin.to_string(),
        ]);
    }
    table
}
