//! Secrets of the settings: given as they are, by the name of a variable, or in a file of their
//! own. None of them can be printed; at most the last four characters are ever shown.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::i18n::Phrase;

/// The largest secret, in bytes.
const MAX_BYTES: u64 = 16 << 10;
/// A secret must be this long before its end is shown.
const MIN_SHOWN: usize = 12;

/// How variables of the environment are looked up; tests bring their own.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Looks up a variable of this process; one that is empty counts as not set.
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A secret, or where it is kept.
#[derive(Clone)]
pub enum Secret {
    /// As it is.
    Literal(SecretString),
    /// In a variable of the environment.
    Env(String),
    /// In a file that nobody else may read.
    File(PathBuf),
}

/// One secret, or two while the old one is being replaced; none when the setting is empty.
#[derive(Clone, Default)]
pub struct Secrets(Vec<Secret>);

/// Why a secret could not be had; the key is that of the setting.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error(
        "{key} asks for the environment variable {name}, which is not set. Set it or change the \
         setting."
    )]
    EnvMissing { key: String, name: String },
    #[error("{key}: {path} cannot be read ({why}). Check where it is and who may read it.")]
    Unreadable {
        key: String,
        path: String,
        why: std::io::Error,
    },
    #[error("{key}: others can read {path}. Run \"chmod 600 {path}\".")]
    Exposed { key: String, path: String },
    #[error("{key}: {path} is a link. Name the file itself.")]
    Link { key: String, path: String },
    #[error("{key}: {path} is no plain file. Name the file that holds the secret.")]
    NotFile { key: String, path: String },
    #[error("{key} is empty or not one line of text. Put the secret there and nothing else.")]
    BadContent { key: String },
}

impl SecretError {
    /// Returns the error as a phrase, to be said in the reader's language.
    pub fn phrase(&self) -> Phrase {
        let at = |id, key: &str, path: &str| {
            Phrase::new(
                id,
                [
                    ("key", key.to_owned().into()),
                    ("path", path.to_owned().into()),
                ],
            )
        };
        match self {
            Self::EnvMissing { key, name } => Phrase::new(
                "secret-env-missing",
                [("key", key.clone().into()), ("name", name.clone().into())],
            ),
            Self::Unreadable { key, path, why } => {
                let mut phrase = at("secret-unreadable", key, path);
                phrase.values.push(("why", why.to_string().into()));
                phrase
            }
            Self::Exposed { key, path } => at("secret-exposed", key, path),
            Self::Link { key, path } => at("secret-link", key, path),
            Self::NotFile { key, path } => at("secret-not-file", key, path),
            Self::BadContent { key } => {
                Phrase::new("secret-bad-content", [("key", key.clone().into())])
            }
        }
    }
}

impl Secret {
    /// Fetches the secret; `key` names the setting in errors.
    pub fn open(&self, key: &str, env: &Environment<'_>) -> Result<SecretString, SecretError> {
        let text = match self {
            Self::Literal(secret) => secret.clone(),
            Self::Env(name) => env(name)
                .ok_or_else(|| SecretError::EnvMissing {
                    key: key.into(),
                    name: name.clone(),
                })?
                .into(),
            Self::File(path) => read(path, key)?,
        };
        let plain = text.expose_secret();
        if plain.is_empty() || plain.chars().any(char::is_control) {
            return Err(SecretError::BadContent { key: key.into() });
        }
        Ok(text)
    }

    /// Returns what may be shown: where the secret is, or its last four characters.
    pub fn masked(&self) -> String {
        match self {
            Self::Literal(secret) => mask(secret.expose_secret()),
            Self::Env(name) => format!("env {name}"),
            Self::File(path) => format!("file {}", path.display()),
        }
    }
}

impl Secrets {
    /// Returns true when no secret is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fetches every secret; `key` names the setting in errors.
    pub fn open(&self, key: &str, env: &Environment<'_>) -> Result<Vec<SecretString>, SecretError> {
        self.0.iter().map(|secret| secret.open(key, env)).collect()
    }
}

/// Returns the end of a long secret, and nothing of a short one.
pub fn mask(secret: &str) -> String {
    let length = secret.chars().count();
    let shown = if length < MIN_SHOWN { 0 } else { 4 };
    format!(
        "…{}",
        secret.chars().skip(length - shown).collect::<String>()
    )
}

/// Tells whether anybody but the owner may read or change a file.
#[cfg(unix)]
pub(crate) fn is_exposed(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

/// Other systems have no such bits.
#[cfg(not(unix))]
pub(crate) fn is_exposed(_: &Metadata) -> bool {
    false
}

fn read(path: &Path, key: &str) -> Result<SecretString, SecretError> {
    let shown = path.display().to_string();
    let key = key.to_owned();
    let named = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(why) => {
            return Err(SecretError::Unreadable {
                key,
                path: shown,
                why,
            });
        }
    };
    if named.is_symlink() {
        return Err(SecretError::Link { key, path: shown });
    }
    if !named.is_file() {
        return Err(SecretError::NotFile { key, path: shown });
    }
    let (metadata, text) = match take(path) {
        Ok(taken) => taken,
        Err(why) => {
            return Err(SecretError::Unreadable {
                key,
                path: shown,
                why,
            });
        }
    };
    // The open file is what counts: its name may have been given to another in the meantime.
    if !is_same(&named, &metadata) {
        return Err(SecretError::Link { key, path: shown });
    }
    if is_exposed(&metadata) {
        return Err(SecretError::Exposed { key, path: shown });
    }
    if metadata.len() > MAX_BYTES {
        return Err(SecretError::BadContent { key });
    }
    Ok(text.trim_end_matches(['\r', '\n']).into())
}

fn take(path: &Path) -> std::io::Result<(Metadata, String)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut text = String::new();
    file.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok((metadata, text))
}

#[cfg(unix)]
fn is_same(left: &Metadata, right: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (left.dev(), left.ino()) == (right.dev(), right.ino())
}

#[cfg(not(unix))]
fn is_same(left: &Metadata, right: &Metadata) -> bool {
    left.len() == right.len()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.masked())
    }
}

impl Serialize for Secrets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretVisitor)
    }
}

impl<'de> Deserialize<'de> for Secrets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretsVisitor)
    }
}

/// Reads a secret that may be left empty.
pub(crate) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Secret>, D::Error> {
    let mut secrets = Secrets::deserialize(deserializer)?.0;
    match secrets.len() {
        0 | 1 => Ok(secrets.pop()),
        _ => Err(de::Error::custom("one secret, not a list of them")),
    }
}

const FORMS: &str = r#""…", { env = "NAME" } or { file = "PATH" }"#;

struct SecretVisitor;

impl<'de> Visitor<'de> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FORMS)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::Literal(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Secret, A::Error> {
        let bad = || de::Error::custom(FORMS);
        let (kind, value): (String, String) = map.next_entry()?.ok_or_else(bad)?;
        let secret = match kind.as_str() {
            "env" => Secret::Env(value),
            "file" => Secret::File(value.into()),
            _ => return Err(bad()),
        };
        match map.next_key::<String>()? {
            None => Ok(secret),
            Some(_) => Err(bad()),
        }
    }
}

struct SecretsVisitor;

impl<'de> Visitor<'de> for SecretsVisitor {
    type Value = Secrets;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FORMS}, or two of them in a list")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Secrets, E> {
        Ok(match text {
            "" => Secrets::default(),
            _ => Secrets(vec![Secret::Literal(text.into())]),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Secrets, A::Error> {
        Ok(Secrets(vec![SecretVisitor.visit_map(map)?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Secrets, A::Error> {
        let mut secrets = Vec::new();
        while let Some(secret) = seq.next_element()? {
            secrets.push(secret);
        }
        if secrets.len() > 2 {
            return Err(de::Error::invalid_length(secrets.len(), &self));
        }
        Ok(Secrets(secrets))
    }
}

#[cfg(test)]
mod tests;
