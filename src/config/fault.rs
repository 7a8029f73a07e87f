//! What can be wrong with settings, said so that a person can mend it.

use std::path::{Path, PathBuf};

use super::place::Elsewhere;
use super::rule::Refusal;
use crate::i18n::Phrase;

/// Why settings cannot be used. `at` is where the fault stands: `config.toml:12`, a variable, a
/// flag, or `config set`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error(
        "{path} cannot be read ({why}). Check where it is and who may read it.",
        path = path.display()
    )]
    Unreadable { path: PathBuf, why: String },
    #[error(
        "{path} is larger than {limit} KiB. No settings file is that large; check what it holds.",
        path = path.display()
    )]
    TooBig { path: PathBuf, limit: usize },
    #[error(
        "{path} line {line} holds bytes that are not UTF-8. Save it again as UTF-8.",
        path = path.display()
    )]
    NotText { path: PathBuf, line: usize },
    #[error("{at} holds the hidden character {character}. Remove it.")]
    Hidden { at: String, character: String },
    #[error("{path} line {line} cannot be read: {why}. Mend that line.", path = path.display())]
    Syntax {
        path: PathBuf,
        line: usize,
        why: String,
    },
    #[error("{at} uses the unknown key \"{key}\". {}", unknown_hint(near.as_deref()))]
    Unknown {
        at: String,
        key: String,
        near: Option<String>,
    },
    #[error("{at}: this version does not have \"{key}\" yet. Remove it or use a newer version.")]
    Later { at: String, key: String },
    #[error("{at}: {key} cannot be {found}. Allowed: {allowed}")]
    Value {
        at: String,
        key: String,
        found: String,
        allowed: String,
    },
    #[error("{at}: {key} does not go with the other settings. Allowed: {allowed}")]
    Conflict {
        at: String,
        key: String,
        allowed: String,
    },
    #[error(
        "{path} holds secrets and others can read it. Run \"chmod 600 {path}\".",
        path = path.display()
    )]
    Exposed { path: PathBuf },
    #[error("{key} holds a secret and is not kept in the database. Write it in config.toml.")]
    ElsewhereSecret { key: String },
    #[error("{key} is needed before the database is open. Write it in config.toml.")]
    ElsewhereEarly { key: String },
    #[error("{key} belongs to one machine. Write it in the config.toml of that machine.")]
    ElsewhereMachine { key: String },
    #[error(
        "The data folder is unknown because HOME is empty. Set data_dir in a settings file and \
         give it with --config."
    )]
    NoFolder,
    #[error(
        "{path} cannot be written ({why}). Check who may write to its folder.",
        path = path.display()
    )]
    Unwritable { path: PathBuf, why: String },
    #[error(
        "{path} exists and is not overwritten. Move it away or choose another place with --config.",
        path = path.display()
    )]
    Exists { path: PathBuf },
}

impl ConfigError {
    /// Makes the error for a value that may not stand where it does.
    pub(super) fn value(at: String, key: &str, refusal: Refusal) -> Self {
        let Refusal { found, allowed } = refusal;
        Self::Value {
            at,
            key: key.to_owned(),
            found,
            allowed,
        }
    }

    /// Makes the error for a setting that the database does not keep.
    pub(super) fn elsewhere(key: &str, why: Elsewhere) -> Self {
        let key = key.to_owned();
        match why {
            Elsewhere::Secret => Self::ElsewhereSecret { key },
            Elsewhere::Early => Self::ElsewhereEarly { key },
            Elsewhere::Machine => Self::ElsewhereMachine { key },
        }
    }

    /// Returns the error as a phrase, to be said in the reader's language.
    pub fn phrase(&self) -> Phrase {
        let values = self
            .values()
            .into_iter()
            .map(|(name, value)| (name, value.into()));
        Phrase {
            id: self.id(),
            values: values.collect(),
        }
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Path| ("path", path.display().to_string());
        let text = |name: &'static str, text: &str| (name, text.to_owned());
        match self {
            Self::Unreadable { path: at, why } | Self::Unwritable { path: at, why } => {
                vec![path(at), text("why", why)]
            }
            Self::TooBig { path: at, limit } => vec![path(at), ("limit", limit.to_string())],
            Self::NotText { path: at, line } => vec![path(at), ("line", line.to_string())],
            Self::Hidden { at, character } => vec![text("at", at), text("character", character)],
            Self::Syntax {
                path: at,
                line,
                why,
            } => {
                vec![path(at), ("line", line.to_string()), text("why", why)]
            }
            Self::Unknown { at, key, near } => {
                let near = near.as_deref().unwrap_or_default();
                vec![text("at", at), text("key", key), text("near", near)]
            }
            Self::Later { at, key } => vec![text("at", at), text("key", key)],
            Self::Value {
                at,
                key,
                found,
                allowed,
            } => {
                let found = text("found", found);
                vec![
                    text("at", at),
                    text("key", key),
                    found,
                    text("allowed", allowed),
                ]
            }
            Self::Conflict { at, key, allowed } => {
                vec![text("at", at), text("key", key), text("allowed", allowed)]
            }
            Self::Exposed { path: at } | Self::Exists { path: at } => vec![path(at)],
            Self::ElsewhereSecret { key }
            | Self::ElsewhereEarly { key }
            | Self::ElsewhereMachine { key } => vec![text("key", key)],
            Self::NoFolder => Vec::new(),
        }
    }

    fn id(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "config-unreadable",
            Self::TooBig { .. } => "config-too-big",
            Self::NotText { .. } => "config-not-text",
            Self::Hidden { .. } => "config-hidden",
            Self::Syntax { .. } => "config-syntax",
            Self::Unknown { near: Some(_), .. } => "config-unknown",
            Self::Unknown { near: None, .. } => "config-unknown-far",
            Self::Later { .. } => "config-later",
            Self::Value { .. } => "config-value",
            Self::Conflict { .. } => "config-conflict",
            Self::Exposed { .. } => "config-exposed",
            Self::ElsewhereSecret { .. } => "config-elsewhere-secret",
            Self::ElsewhereEarly { .. } => "config-elsewhere-early",
            Self::ElsewhereMachine { .. } => "config-elsewhere-machine",
            Self::NoFolder => "config-no-folder",
            Self::Unwritable { .. } => "config-unwritable",
            Self::Exists { .. } => "config-exists",
        }
    }
}

fn unknown_hint(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("Was \"{near}\" meant?"),
        None => "Remove it, or see \"tanggap config show\".".to_owned(),
    }
}
