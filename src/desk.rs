//! What every part of the program has at hand: the database, the clock, the settings as they are
//! now, and the bells that wake the worker's loops.

mod zone;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::tz::TimeZone;
use tokio::sync::{Notify, Semaphore};

use crate::clock::Clock;
use crate::config::{Config, ConfigError, Layers};
use crate::db::Db;
use crate::domain::category::Categories;
use crate::domain::lang::Lang;
use crate::domain::target::Targets;
use crate::domain::worktime::Calendar;
use crate::i18n::{TextError, Texts};
use crate::store;

/// The desk of one organisation.
#[derive(Debug)]
pub struct Desk {
    pub db: Db,
    pub clock: Clock,
    /// Keys the audit chain and the tags in logs; lives outside the database.
    pub key: Vec<u8>,
    /// Where photos and files are kept.
    pub media: PathBuf,
    pub bells: Bells,
    /// Lets few passwords be hashed at once, because each takes much memory.
    pub hashing: Arc<Semaphore>,
    /// Flags, environment and file; what the database says is laid over them.
    layers: Layers,
    stored: Mutex<Vec<(String, String)>>,
    settings: RwLock<Arc<Settings>>,
}

/// Bells for the worker's loops; ringing one that nobody hears costs nothing.
#[derive(Debug, Default)]
pub struct Bells {
    /// There may be something to send.
    pub outbox: Notify,
    /// There may be something to fetch.
    pub media: Notify,
    /// There may be a delivery to work.
    pub inbox: Notify,
}

/// The settings, prepared for use.
#[derive(Debug)]
pub struct Settings {
    pub config: Config,
    pub zone: TimeZone,
    pub calendar: Calendar,
    pub targets: Targets,
    pub categories: Categories,
    /// Texts in the organisation's language: what chats and steps are written in.
    pub chat: Texts,
}

impl Settings {
    /// Returns the language that the organisation writes in.
    pub fn lang(&self) -> Lang {
        self.chat.lang()
    }

    /// Returns a moment in the organisation's zone.
    pub fn local(&self, at: i64) -> jiff::Zoned {
        timestamp(at).to_zoned(self.zone.clone())
    }

    /// Returns the organisation's date of a moment, as `2024-11-30`.
    pub fn day(&self, at: i64) -> String {
        self.zone.to_datetime(timestamp(at)).date().to_string()
    }
}

/// Why a desk cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Texts(#[from] TextError),
    #[error("the chat texts in {} cannot be read: {}", .0.display(), .1)]
    TextFile(PathBuf, std::io::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Settings {
    /// Prepares settings for use.
    pub fn prepare(config: Config) -> Result<Self, Fault> {
        let zone = TimeZone::get(&config.org.timezone).expect("the zone was checked");
        Ok(Self {
            calendar: Calendar::new(&config.calendar, &zone),
            targets: config.targets,
            categories: Categories::new(config.category.clone()),
            chat: Texts::load(config.org.language, own_texts(&config)?.as_deref())?,
            zone,
            config,
        })
    }
}

fn own_texts(config: &Config) -> Result<Option<String>, Fault> {
    if config.chat.file.is_empty() {
        return Ok(None);
    }
    let path = PathBuf::from(&config.chat.file);
    std::fs::read_to_string(&path)
        .map(Some)
        .map_err(|error| Fault::TextFile(path, error))
}

impl Desk {
    /// Puts a desk together on an open database.
    pub async fn new(at: At) -> Result<Self, Fault> {
        let stored = stored(&at.db).await?;
        let layers = at.layers.clone().with_database(&stored);
        for fault in layers.ignored() {
            tracing::warn!(%fault, "a setting in the database is left out");
        }
        let settings = Settings::prepare(layers.config()?)?;
        let hashes = settings.config.password.parallel as usize;
        Ok(Self {
            settings: RwLock::new(Arc::new(settings)),
            stored: Mutex::new(stored),
            layers: at.layers,
            db: at.db,
            clock: at.clock,
            key: at.key,
            media: at.media,
            bells: Bells::default(),
            hashing: Arc::new(Semaphore::new(hashes)),
        })
    }

    /// Returns the settings as they are now.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns flags, environment and file with what the database says laid over them.
    pub async fn layers(&self) -> Result<Layers, Fault> {
        Ok(self.layers.clone().with_database(&stored(&self.db).await?))
    }

    /// Tells the database when the organisation's clock changes, unless it knows.
    pub async fn remember_zone(&self) -> Result<(), Fault> {
        let spans = zone::spans(&self.settings().zone);
        if store::zone::all(&self.db).await? == spans {
            return Ok(());
        }
        let mut tx = self.db.begin().await.map_err(store::Error::from)?;
        store::zone::replace(&mut tx, &spans).await?;
        Ok(tx.commit().await.map_err(store::Error::from)?)
    }

    /// Reads the settings in the database again and returns whether they have changed.
    pub async fn refresh(&self) -> Result<bool, Fault> {
        let now = stored(&self.db).await?;
        if *self.stored.lock().unwrap_or_else(PoisonError::into_inner) == now {
            return Ok(false);
        }
        let config = self.layers.clone().with_database(&now).config()?;
        let settings = Settings::prepare(config)?;
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = now;
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        Ok(true)
    }
}

/// What a desk is put together from.
#[derive(Debug)]
pub struct At {
    pub db: Db,
    pub clock: Clock,
    pub layers: Layers,
    /// Keys the audit chain and the tags in logs.
    pub key: Vec<u8>,
    pub media: PathBuf,
}

/// Settings of the database that the program reads; what begins with a dot is its own.
async fn stored(db: &Db) -> store::Result<Vec<(String, String)>> {
    let rows = store::setting::all(db).await?;
    let told = rows.into_iter().filter(|row| !row.key.starts_with('.'));
    Ok(told.map(|row| (row.key, row.value)).collect())
}

/// Returns a stored time as a moment; times beyond the calendar become its ends.
pub fn timestamp(at: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at).unwrap_or(if at < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}
