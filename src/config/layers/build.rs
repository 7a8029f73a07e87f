//! Merging the layers into one tree.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::{Config, ConfigError, Layers, Setting, channel_field, cross, is_shared};

impl Layers {
    /// Merges everything into the settings that hold.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let mut tree = Map::new();
        for key in self.schema.defaults().keys() {
            let names: Vec<&str> = key.split('.').collect();
            plant(&mut tree, &names, self.value(key));
        }
        let channels = self
            .channels
            .iter()
            .map(|name| self.channel(name))
            .collect();
        tree.insert("channel".to_owned(), Value::Array(channels));
        let config = Config::deserialize(Value::Object(tree)).expect("every value was checked");
        match cross::find(&config) {
            None => Ok(config),
            Some(cross::Clash { key, allowed }) => Err(ConfigError::Conflict {
                at: self.place(&key),
                key,
                allowed,
            }),
        }
    }

    /// Returns the setting that holds for a key, if anybody set it.
    ///
    /// Shared settings have their home in the database: a file on some laptop does not outrank it.
    pub(super) fn find(&self, key: &str) -> Option<&Setting> {
        let (first, second) = if is_shared(key) {
            (&self.database, &self.file)
        } else {
            (&self.file, &self.database)
        };
        self.run
            .get(key)
            .or_else(|| first.get(key))
            .or_else(|| second.get(key))
    }

    /// Returns the value that holds for a key.
    pub(super) fn value(&self, key: &str) -> Value {
        if let Some(setting) = self.find(key) {
            return setting.value.clone();
        }
        let default = match channel_field(key) {
            Some((name, field)) => self.channel_defaults(name).and_then(|all| all.get(field)),
            None => self.schema.defaults().get(key),
        };
        default.cloned().unwrap_or_default()
    }

    /// Returns what a channel's gateway gives it when its block does not say.
    pub(super) fn channel_defaults(&self, name: &str) -> Option<&BTreeMap<String, Value>> {
        let gateway = self.find(&format!("channel.{name}.gateway"));
        let gateway = gateway
            .and_then(|setting| setting.value.as_str())
            .unwrap_or("fonnte");
        self.schema.channel_defaults(gateway)
    }

    fn channel(&self, name: &str) -> Value {
        let fields = self
            .channel_defaults(name)
            .into_iter()
            .flat_map(BTreeMap::keys);
        let field = |field: &String| {
            (
                field.clone(),
                self.value(&format!("channel.{name}.{field}")),
            )
        };
        Value::Object(fields.map(field).collect())
    }

    /// Returns where a setting stands, as errors name it.
    fn place(&self, key: &str) -> String {
        match self.find(key) {
            Some(Setting {
                origin: super::Origin::File(path),
                line: Some(line),
                ..
            }) => {
                format!("{}:{line}", path.display())
            }
            Some(setting) => setting.origin.to_string(),
            None => super::Origin::Default.to_string(),
        }
    }
}

fn plant(tree: &mut Map<String, Value>, names: &[&str], value: Value) {
    match names {
        [] => {}
        [name] => {
            tree.insert((*name).to_owned(), value);
        }
        [name, below @ ..] => {
            let branch = tree
                .entry(*name)
                .or_insert_with(|| Value::Object(Map::new()));
            plant(
                branch.as_object_mut().expect("a section is no value"),
                below,
                value,
            );
        }
    }
}
