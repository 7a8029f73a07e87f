//! The settings as they lie over each other, and what can be asked of them one by one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::fault::ConfigError;
use super::folder::Folders;
use super::place::{elsewhere, is_path, is_secret, is_shared};
use super::schema::{Schema, channel_field};
use super::{Config, cross, document, file};
use crate::domain::lang::Lang;
use crate::i18n::visible;
use crate::secret::Environment;

mod build;
mod mask;
mod read;

/// Variables that set something.
const VARIABLES: [(&str, &str); 2] = [
    ("TANGGAP_DATABASE_URL", "database.url"),
    ("TANGGAP_LOG", "log.level"),
];

/// What a program run was given besides its database.
pub struct Given<'a> {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// Settings that were given as flags, such as `database.url` by `--database`.
    pub flags: Vec<(&'static str, String)>,
    pub env: &'a Environment<'a>,
    pub folders: Folders,
}

/// Where a setting has its value from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Flag,
    /// A variable of the environment, by its name.
    Env(&'static str),
    File(PathBuf),
    Database,
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Env(name) => write!(f, "env {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Database => f.write_str("database"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One setting as it may be shown; of a secret at most the last four characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub value: Value,
    pub origin: Origin,
    /// It belongs to the whole organisation and lives in the database.
    pub shared: bool,
}

/// A shared setting of which file and database tell different things.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    pub key: String,
    pub file: Value,
    pub database: Value,
}

/// A value with where it stands. It cannot be printed, for it may be a secret.
#[derive(Clone)]
struct Setting {
    value: Value,
    origin: Origin,
    line: Option<usize>,
}

type Layer = BTreeMap<String, Setting>;

/// Settings from every source, not yet merged.
#[derive(Clone)]
pub struct Layers {
    schema: Schema,
    folders: Folders,
    path: Option<PathBuf>,
    /// Names of channels in the order of the file.
    channels: Vec<String>,
    /// Flags and environment.
    run: Layer,
    file: Layer,
    database: Layer,
    ignored: Vec<ConfigError>,
}

impl Layers {
    /// Reads flags, environment and file; the file is optional unless it was named.
    pub fn load(given: Given<'_>) -> Result<Self, ConfigError> {
        let mut layers = Self {
            schema: Schema::built_in(),
            path: read::find_file(&given),
            folders: given.folders,
            channels: Vec::new(),
            run: Layer::new(),
            file: Layer::new(),
            database: Layer::new(),
            ignored: Vec::new(),
        };
        if let Some(path) = layers.path.clone() {
            layers.read_file(&path)?;
        }
        for (name, key) in VARIABLES {
            if let Some(text) = (given.env)(name) {
                layers.put(key, &text, Origin::Env(name))?;
            }
        }
        for (key, text) in given.flags {
            layers.put(key, &text, Origin::Flag)?;
        }
        layers.config()?;
        Ok(layers)
    }

    /// Lays what the database holds (key and JSON text) in its place.
    ///
    /// A row that makes no sense to this version is left out and told by `ignored`, so that a
    /// newer program on the same database stops nobody.
    #[must_use]
    pub fn with_database(mut self, rows: &[(String, String)]) -> Self {
        self.database.clear();
        self.ignored.clear();
        for (key, json) in rows {
            if let Err(fault) = self.lay(key, json) {
                self.ignored.push(fault);
            }
        }
        if self.config().is_err() {
            self.drop_clashes();
        }
        self
    }

    /// Returns what is wrong with settings of the database, which are left out.
    pub fn ignored(&self) -> &[ConfigError] {
        &self.ignored
    }

    /// Returns the path of the settings file in use.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns where setup writes a new settings file when no other was named.
    pub fn default_path(&self) -> Result<PathBuf, ConfigError> {
        let folder = self.folders.config.as_ref().ok_or(ConfigError::NoFolder)?;
        Ok(folder.join("config.toml"))
    }

    /// Returns the folder of database, files and spool.
    ///
    /// What the file says holds for the database that the file names. A `SQLite` file given by
    /// its whole path has its key and its files beside it, whoever opens it from wherever.
    pub fn data_dir(&self) -> Result<PathBuf, ConfigError> {
        let named = self.file.get("database.url");
        let same = |run: &Setting| named.is_some_and(|it| it.value == run.value);
        let beside = self.beside_database();
        let foreign =
            beside.is_some() && self.run.get("database.url").is_some_and(|run| !same(run));
        let said = self.value("data_dir");
        let said = said
            .as_str()
            .filter(|folder| !folder.is_empty() && !foreign);
        said.map(|folder| self.beside_file(folder))
            .or(beside)
            .or_else(|| self.folders.data.clone())
            .ok_or(ConfigError::NoFolder)
    }

    /// Returns the folder of a `SQLite` file that is given by its whole path.
    fn beside_database(&self) -> Option<PathBuf> {
        let url = self.value("database.url");
        let path = url.as_str()?.strip_prefix("sqlite:")?;
        let path = Path::new(path.trim_start_matches("//"));
        path.parent()
            .filter(|_| path.is_absolute())
            .map(Path::to_owned)
    }

    /// Returns where a setting has its value from.
    pub fn origin(&self, key: &str) -> Origin {
        self.find(key)
            .map_or(Origin::Default, |setting| setting.origin.clone())
    }

    /// Returns every setting as it may be shown, by key.
    pub fn entries(&self) -> Vec<Entry> {
        let plain = self.schema.defaults().keys().cloned();
        let fields = self.channels.iter().flat_map(|name| {
            let fields = self
                .channel_defaults(name)
                .into_iter()
                .flat_map(BTreeMap::keys);
            fields.map(move |field| format!("channel.{name}.{field}"))
        });
        let entry = |key: String| {
            let value = mask::shown(&key, self.value(&key));
            Entry {
                origin: self.origin(&key),
                shared: is_shared(&key),
                value,
                key,
            }
        };
        plain.chain(fields).map(entry).collect()
    }

    /// Returns one setting as it may be shown.
    pub fn entry(&self, key: &str) -> Result<Entry, ConfigError> {
        let found = self.entries().into_iter().find(|entry| entry.key == key);
        found.ok_or_else(|| self.unknown("config get".to_owned(), key))
    }

    /// Checks a typed value for `config set` and returns the JSON text that the database keeps.
    pub fn check_set(&self, key: &str, text: &str) -> Result<String, ConfigError> {
        let value = self.schema.parse(key, text);
        let json = value.to_string();
        let mut tried = self.clone();
        tried.lay(key, &json)?;
        tried.config()?;
        Ok(json)
    }

    /// Returns the shared settings of the file, which setup, `db migrate` and the worker copy
    /// into the database.
    pub fn shared_of_file(&self) -> Vec<(String, String)> {
        let shared = self.file.iter().filter(|(key, _)| is_shared(key));
        shared
            .map(|(key, setting)| (key.clone(), setting.value.to_string()))
            .collect()
    }

    /// Returns the shared settings of which file and database tell different things.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let shared = self.file.iter().filter(|(key, _)| is_shared(key));
        let both = shared.filter_map(|(key, file)| Some((key, file, self.database.get(key)?)));
        both.filter(|(_, file, database)| file.value != database.value)
            .map(|(key, file, database)| Disagreement {
                key: key.clone(),
                file: file.value.clone(),
                database: database.value.clone(),
            })
            .collect()
    }

    /// Lays the database's settings anew, without those that do not go with the ones before.
    fn drop_clashes(&mut self) {
        for (key, setting) in std::mem::take(&mut self.database) {
            self.database.insert(key.clone(), setting);
            if let Err(clash) = self.config() {
                self.database.remove(&key);
                self.ignored.push(clash);
            }
        }
    }

    fn put(&mut self, key: &str, text: &str, origin: Origin) -> Result<(), ConfigError> {
        let value = self.schema.parse(key, text);
        let at = match &origin {
            Origin::Env(name) => (*name).to_owned(),
            _ => "flag".to_owned(),
        };
        self.check_leaf(&at, key, &value)?;
        self.run.insert(
            key.to_owned(),
            Setting {
                value,
                origin,
                line: None,
            },
        );
        Ok(())
    }

    fn lay(&mut self, key: &str, json: &str) -> Result<(), ConfigError> {
        let at = "config set".to_owned();
        let unknown_channel =
            channel_field(key).is_some_and(|(name, _)| !self.channels.iter().any(|it| it == name));
        if unknown_channel || !self.schema.is_value(key) {
            return Err(self.unknown(at, key));
        }
        if let Some(why) = elsewhere(key) {
            return Err(ConfigError::elsewhere(key, why));
        }
        let value = serde_json::from_str(json).unwrap_or_else(|_| Value::from(json));
        self.check_leaf(&at, key, &value)?;
        let setting = Setting {
            value,
            origin: Origin::Database,
            line: None,
        };
        self.database.insert(key.to_owned(), setting);
        Ok(())
    }

    fn check_leaf(&self, at: &str, key: &str, value: &Value) -> Result<(), ConfigError> {
        let later = key.ends_with(".gateway") && value.as_str().is_some_and(super::rule::is_later);
        if later || Schema::is_later(key) {
            let key = if later {
                value.as_str().unwrap_or(key)
            } else {
                key
            };
            return Err(ConfigError::Later {
                at: at.to_owned(),
                key: key.to_owned(),
            });
        }
        if !self.schema.is_value(key) && !self.schema.is_section(key) && key != "channel.name" {
            return Err(self.unknown(at.to_owned(), key));
        }
        let checked = self.schema.check(key, value);
        checked.map_err(|refusal| ConfigError::value(at.to_owned(), key, refusal))
    }

    fn unknown(&self, at: String, key: &str) -> ConfigError {
        let near = self.schema.near(key).filter(|near| near != key);
        ConfigError::Unknown {
            at,
            key: visible(key),
            near,
        }
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layers")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Returns the language that flag or environment ask for; else profile and organisation decide.
pub fn output_language(
    flag: Option<Lang>,
    env: &Environment<'_>,
) -> Result<Option<Lang>, ConfigError> {
    let Some(word) = env("TANGGAP_LANG").filter(|_| flag.is_none()) else {
        return Ok(flag);
    };
    word.parse().map(Some).map_err(|_| ConfigError::Value {
        at: "TANGGAP_LANG".to_owned(),
        key: "TANGGAP_LANG".to_owned(),
        found: word,
        allowed: "id, en".to_owned(),
    })
}
