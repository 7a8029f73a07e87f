//! The layer of the settings file: which file it is, and what it says.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{ConfigError, Given, Layers, Origin, Setting, mask};
use super::{channel_field, document, file, is_path, is_secret};

/// Returns the settings file to read: the one named by flag or environment, else the platform's
/// if it is there. Who names a database means that one and not the one of the file.
pub(super) fn find_file(given: &Given<'_>) -> Option<PathBuf> {
    let named = given
        .file
        .clone()
        .or_else(|| (given.env)("TANGGAP_CONFIG").map(PathBuf::from));
    if named.is_some() || given.flags.iter().any(|(key, _)| *key == "database.url") {
        return named;
    }
    let usual = given.folders.config.as_ref()?.join("config.toml");
    // A file that is there but closed to us must not pass for none.
    usual.symlink_metadata().is_ok().then_some(usual)
}

impl Layers {
    pub(super) fn read_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let content = file::read(path)?;
        let leaves =
            document::read(&content.text, &self.schema).map_err(|error| ConfigError::Syntax {
                path: path.to_owned(),
                line: error.line,
                why: error.why,
            })?;
        for mut leaf in leaves {
            let at = format!("{}:{}", path.display(), leaf.line);
            self.check_leaf(&at, &leaf.key, &leaf.value)?;
            if let Some((name, "name")) = channel_field(&leaf.key) {
                self.add_channel(at, name)?;
            }
            self.resolve(&leaf.key, &mut leaf.value);
            let origin = Origin::File(path.to_owned());
            let setting = Setting {
                value: leaf.value,
                origin,
                line: Some(leaf.line),
            };
            self.file.insert(leaf.key, setting);
        }
        let holds_secret =
            |(key, setting): (&String, &Setting)| mask::is_literal_secret(key, &setting.value);
        if content.exposed && self.file.iter().any(holds_secret) {
            return Err(ConfigError::Exposed {
                path: path.to_owned(),
            });
        }
        Ok(())
    }

    fn add_channel(&mut self, at: String, name: &str) -> Result<(), ConfigError> {
        let key = format!("channel.{name}.name");
        if self.channels.iter().any(|known| known == name) {
            let allowed = format!("1 × {name}");
            return Err(ConfigError::Conflict { at, key, allowed });
        }
        self.channels.push(name.to_owned());
        Ok(())
    }

    /// Files that a settings file names are looked for beside it.
    fn resolve(&self, key: &str, value: &mut Value) {
        let path = match value {
            Value::Array(secrets) if is_secret(key) => {
                return secrets
                    .iter_mut()
                    .for_each(|secret| self.resolve(key, secret));
            }
            Value::String(_) if is_path(key) => Some(value),
            Value::Object(fields) if is_secret(key) => fields.get_mut("file"),
            _ => None,
        };
        if let Some(Value::String(path)) = path
            && !path.is_empty()
        {
            *path = self.beside_file(path).display().to_string();
        }
    }

    pub(super) fn beside_file(&self, path: &str) -> PathBuf {
        let folder = self.path.as_deref().and_then(Path::parent);
        folder.map_or_else(|| path.into(), |folder| folder.join(path))
    }
}
