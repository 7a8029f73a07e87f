//! What a command has at hand: the settings, the reader's language, and the ways to print.

use serde::Serialize;

use crate::action::{Actor, Origin};
use crate::cli::Global;
use crate::cli::failure::{Code, Failure};
use crate::clock::Clock;
use crate::config::{Folders, Given, Layers, output_language};
use crate::db::{self, Limits, Open};
use crate::desk::{At, Desk};
use crate::domain::lang::Lang;
use crate::i18n::{Phrase, Texts, Value};
use crate::log::{self, Form, Loudness};
use crate::{secret, store};

/// What a command has at hand.
pub struct Shell {
    pub global: Global,
    pub layers: Layers,
    /// Texts in the reader's language.
    pub texts: Texts,
    pub clock: Clock,
}

/// Who opens the database, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// A command that expects a desk that is ready.
    Ready,
    /// One that makes it ready: creates the file, brings the schema up to date.
    Prepared,
    /// One that looks at it whatever state it is in.
    AsIs,
}

impl Shell {
    /// Reads the settings that a command starts with.
    pub fn new(global: Global) -> Result<Self, Failure> {
        let mut flags = Vec::new();
        if let Some(url) = &global.database {
            flags.push(("database.url", url.clone()));
        }
        Self::with_flags(global, flags)
    }

    /// Reads the settings with some given as flags.
    pub fn with_flags(global: Global, flags: Vec<(&'static str, String)>) -> Result<Self, Failure> {
        let lang = output_language(global.lang, &secret::environment)?;
        let layers = Layers::load(Given {
            file: global.config.clone(),
            flags,
            env: &secret::environment,
            folders: Folders::platform(),
        })?;
        let config = layers.config()?;
        let lang = lang.unwrap_or(config.org.language);
        let texts = Texts::load(lang, None).map_err(crate::desk::Fault::from)?;
        Ok(Self {
            global,
            layers,
            texts,
            clock: Clock::System,
        })
    }

    /// Starts the log: short text for people at a terminal, JSON lines for the worker.
    pub fn start_log(&self, form: Form) -> Result<(), Failure> {
        let loudness = match (self.global.quiet, self.global.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Usual,
        };
        let level = self.layers.config()?.log.level;
        let directives = (!level.is_empty()).then_some(level.as_str());
        log::start(form, loudness, directives).map_err(Failure::bug)
    }

    /// Returns the language of the output.
    pub fn lang(&self) -> Lang {
        self.texts.lang()
    }

    /// Returns a text in the reader's language.
    pub fn say(&self, id: &str, values: &[(&'static str, Value<'_>)]) -> String {
        self.texts.say(id, values)
    }

    /// Opens the desk for a command.
    pub async fn desk(&self) -> Result<Desk, Failure> {
        self.open(Opened::Ready, "tanggap").await
    }

    /// Opens the desk for somebody.
    pub async fn open(&self, opened: Opened, program: &'static str) -> Result<Desk, Failure> {
        let db = self.database(opened, program).await?;
        let known = db::schema(&db).await?;
        if opened == Opened::Prepared && known.applied <= known.known {
            db::migrate(&db)
                .await
                .map_err(|error| database_failed(&error))?;
            self.share_file(&db).await?;
        } else if !known.fits() {
            return Err(self.unfit(known));
        }
        let folder = self.layers.data_dir()?;
        let key = crate::key::read_or_make(&folder)
            .map_err(|error| Failure::file("error-file-write", &folder, &error))?;
        let at = At {
            db,
            clock: self.clock.clone(),
            layers: self.layers.clone(),
            key,
            media: folder.join("media"),
        };
        let desk = Desk::new(at).await?;
        if opened == Opened::Prepared {
            desk.remember_zone().await?;
        }
        Ok(desk)
    }

    /// Opens the database as the settings say.
    pub async fn database(&self, opened: Opened, program: &'static str) -> Result<db::Db, Failure> {
        let config = self.layers.config()?;
        let folder = self.layers.data_dir()?;
        if opened == Opened::Prepared {
            std::fs::create_dir_all(&folder)
                .map_err(|error| Failure::file("error-file-write", &folder, &error))?;
        }
        let url = config
            .database
            .url
            .open("database.url", &secret::environment)?;
        let seconds = |count: u32| std::time::Duration::from_secs(count.into());
        let worker = program == "tanggap-worker";
        let (pool, wait) = match (url_is_postgres(&url), worker) {
            (true, true) => (config.postgres.pool, config.postgres.wait_seconds),
            (true, false) => (
                config.postgres.console_pool,
                config.postgres.console_wait_seconds,
            ),
            _ => (1, config.sqlite.busy_seconds),
        };
        let open = Open {
            url: secrecy::ExposeSecret::expose_secret(&url).to_owned(),
            folder,
            create: opened == Opened::Prepared,
            program,
            limits: Limits {
                readers: config.sqlite.readers,
                pool,
                wait: seconds(wait),
                statement: seconds(config.postgres.statement_seconds),
                lock: seconds(config.postgres.lock_seconds),
                idle: seconds(config.postgres.idle_in_transaction_seconds),
                life: seconds(config.postgres.life_minutes * 60),
                journal_bytes: u64::from(config.sqlite.journal_limit_mb) << 20,
            },
        };
        Ok(db::open(&open).await?)
    }

    /// Copies the shared settings of the file into the database, their home.
    async fn share_file(&self, db: &db::Db) -> Result<(), Failure> {
        let shared = self.layers.shared_of_file();
        if shared.is_empty() {
            return Ok(());
        }
        let mut tx = db.begin().await?;
        for (key, value) in shared {
            let setting = store::setting::Setting {
                key,
                value,
                updated_at: self.clock.now(),
                updated_by: "file".into(),
            };
            store::setting::set(&mut tx, &setting).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    fn unfit(&self, schema: db::Schema) -> Failure {
        let place = self.place();
        let id = match schema.applied.cmp(&schema.known) {
            std::cmp::Ordering::Greater => "error-database-newer",
            _ if schema.applied == 0 => "error-database-missing",
            _ => "error-database-older",
        };
        Failure::new(Code::Setup, Phrase::new(id, [("place", place.into())]))
    }

    /// Returns the database's address as it may be shown.
    pub fn place(&self) -> String {
        let url = self.layers.config().map(|config| config.database.url);
        let open = url
            .ok()
            .and_then(|url| url.open("database.url", &secret::environment).ok());
        open.map(|url| db::hide_password(secrecy::ExposeSecret::expose_secret(&url)))
            .unwrap_or_default()
    }

    /// Returns who acts: the staff member of `--as`, or whoever sits at this shell.
    pub async fn actor(&self, desk: &Desk) -> Result<Actor, Failure> {
        let Some(name) = &self.global.as_user else {
            let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
            return Ok(Actor::shell(user.as_deref().unwrap_or("root")));
        };
        match store::staff::find_either(&desk.db, name).await? {
            Some(staff) if staff.active => Ok(Actor::staff(&staff, Origin::Shell)),
            Some(staff) => {
                let values = [("name", staff.name.into())];
                Err(Failure::new(
                    Code::Refused,
                    Phrase::new("error-staff-inactive", values),
                ))
            }
            None => Err(Failure::not_found("staff", name)),
        }
    }

    /// Prints a line for people; JSON output leaves it out.
    pub fn note(&self, text: &str) {
        if !self.global.json && !self.global.quiet {
            write_line(&mut std::io::stdout().lock(), text);
        }
    }

    /// Prints the result of a command: as one JSON document, or as text.
    pub fn print<T: Serialize>(&self, value: &T, text: impl FnOnce() -> String) {
        if self.global.json {
            self.json(value);
        } else {
            write_line(&mut std::io::stdout().lock(), &text());
        }
    }

    /// Prints one JSON document on a line.
    pub fn json<T: Serialize>(&self, value: &T) {
        match serde_json::to_string(value) {
            Ok(text) => write_line(&mut std::io::stdout().lock(), &text),
            Err(error) => tracing::error!(%error, "a result cannot be written as JSON"),
        }
    }

    /// Says on standard error where a list that was cut goes on.
    pub fn cursor(&self, cursor: &str) {
        let line = if self.global.json {
            serde_json::json!({"cursor": cursor}).to_string()
        } else {
            format!("cursor: {cursor}")
        };
        write_line(&mut std::io::stderr().lock(), &line);
    }

    /// Tells why a command failed and returns its exit code.
    pub(super) fn report(&self, failure: &Failure) -> Code {
        let text = failure.text(&self.texts);
        let error = &mut std::io::stderr().lock();
        if self.global.json {
            write_line(error, &as_json(failure.code, &text));
        } else {
            let line = self.say("error-line", &[("text", text.as_str().into())]);
            write_line(error, &line);
        }
        if let Some(cause) = failure.cause.as_ref().filter(|_| self.global.verbose) {
            write_line(error, &format!("  {cause}"));
        }
        failure.code
    }
}

fn database_failed(error: &dyn std::error::Error) -> Failure {
    let values = [("why", error.to_string().into())];
    Failure::new(Code::Setup, Phrase::new("error-database", values))
}

fn url_is_postgres(url: &secrecy::SecretString) -> bool {
    secrecy::ExposeSecret::expose_secret(url).starts_with("postgres")
}

/// Tells of a failure before the settings could be read.
pub(super) fn report_early(global: &Global, failure: &Failure) -> Code {
    let lang = output_language(global.lang, &secret::environment)
        .ok()
        .flatten();
    let text = Texts::load(lang.unwrap_or_default(), None).map_or_else(
        |_| failure.phrase.id.to_owned(),
        |texts| {
            let text = failure.text(&texts);
            if global.json {
                text
            } else {
                texts.say("error-line", &[("text", text.into())])
            }
        },
    );
    let line = if global.json {
        as_json(failure.code, &text)
    } else {
        text
    };
    write_line(&mut std::io::stderr().lock(), &line);
    failure.code
}

fn as_json(code: Code, text: &str) -> String {
    serde_json::json!({"error": {"code": code.as_str(), "message": text}}).to_string()
}

/// A reader who closes the pipe has seen enough.
fn write_line(to: &mut impl std::io::Write, text: &str) {
    writeln!(to, "{text}").ok();
}
