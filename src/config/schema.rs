//! Every setting there is, with its default; whether a value may stand there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document;
use super::rule::{self, Refusal};
use crate::domain::category::Categories;
use crate::i18n::nearest;

const DEFAULTS: &str = include_str!("default.toml");
/// Parts of the outside surface that are not built yet.
const LATER: [&str; 3] = ["api", "bridge", "console"];

/// The settings there are.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    /// Settings outside channels, with their defaults.
    values: BTreeMap<String, Value>,
    /// By gateway, what a channel has when its block does not say.
    channels: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Schema {
    /// Returns the settings of this version.
    pub(super) fn built_in() -> Self {
        let mut empty = Self {
            values: BTreeMap::new(),
            channels: BTreeMap::new(),
        };
        let (blocks, plain) = blocks();
        empty.channels = blocks;
        let leaves = document::read(&plain, &empty).expect("default.toml parses");
        empty.values = leaves
            .into_iter()
            .map(|leaf| (leaf.key, leaf.value))
            .collect();
        let start = serde_json::to_value(Categories::start().list());
        empty.values.insert(
            "category".to_owned(),
            start.expect("a list of texts is JSON"),
        );
        empty
    }

    /// Returns the settings outside channels, with their defaults.
    pub(super) fn defaults(&self) -> &BTreeMap<String, Value> {
        &self.values
    }

    /// Returns what a channel has when its block does not say.
    pub(super) fn channel_defaults(&self, gateway: &str) -> Option<&BTreeMap<String, Value>> {
        self.channels.get(gateway)
    }

    /// Tells whether a key names a single setting, whatever its value looks like.
    pub(super) fn is_value(&self, key: &str) -> bool {
        self.default_of(key).is_some()
    }

    /// Tells whether settings stand below this key.
    pub(super) fn is_section(&self, key: &str) -> bool {
        let below = |known: &String| {
            known
                .strip_prefix(key)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        key == "channel" || self.values.keys().any(below)
    }

    /// Tells whether a key belongs to a part that a later version will have.
    pub(super) fn is_later(key: &str) -> bool {
        LATER.contains(&key.split('.').next().unwrap_or(key))
    }

    /// Returns the known key that an unknown one resembles.
    pub(super) fn near(&self, key: &str) -> Option<String> {
        if let Some((channel, field)) = channel_field(key) {
            let fields = self.channels.values().flat_map(|fields| fields.keys());
            let near = nearest(field, fields.map(String::as_str))?;
            return Some(format!("channel.{channel}.{near}"));
        }
        // A right word in a wrong section is more telling than letters.
        let last = key.rsplit('.').next().unwrap_or(key);
        let same = |known: &&String| known.rsplit('.').next() == Some(last);
        let by_letters = nearest(key, self.values.keys().map(String::as_str));
        by_letters
            .map(str::to_owned)
            .or_else(|| self.values.keys().find(same).cloned())
    }

    /// Checks that a value may stand at a known key.
    pub(super) fn check(&self, key: &str, value: &Value) -> Result<(), Refusal> {
        match self.default_of(key) {
            Some(default) => rule::check(&general(key), default, value),
            None if key == "channel" => Err(rule::refusal(key, value, "[[channel]]")),
            None if self.is_section(key) => Err(rule::refusal(key, value, &format!("[{key}]"))),
            None => rule::check(key, &Value::Null, value),
        }
    }

    /// Reads a value as it is typed on a command line or stands in the environment.
    pub(super) fn parse(&self, key: &str, text: &str) -> Value {
        let json = serde_json::from_str::<Value>(text);
        if let Some(Value::String(_)) = self.default_of(key) {
            return match json {
                Ok(Value::String(quoted)) => Value::String(quoted),
                _ => Value::from(text.trim()),
            };
        }
        json.unwrap_or_else(|_| typed(text))
    }

    fn default_of(&self, key: &str) -> Option<&Value> {
        match channel_field(key) {
            Some((_, field)) => self.channels.values().find_map(|fields| fields.get(field)),
            None => self.values.get(key),
        }
    }
}

/// Splits the defaults into the blocks of the gateways and everything else.
fn blocks() -> (BTreeMap<String, BTreeMap<String, Value>>, String) {
    let (plain, channels) = DEFAULTS
        .split_once("[[channel]]")
        .expect("channels come last");
    let block = |text: &str| {
        let table: BTreeMap<String, Value> = toml::from_str(text).expect("default.toml parses");
        let gateway = table["gateway"]
            .as_str()
            .expect("a block names its gateway")
            .to_owned();
        let named = [("name".to_owned(), Value::from(""))];
        (gateway, table.into_iter().chain(named).collect())
    };
    (
        channels.split("[[channel]]").map(block).collect(),
        plain.to_owned(),
    )
}

/// Reads TOML as it is typed without its key.
fn typed(text: &str) -> Value {
    document::single(&format!("value = {text}")).unwrap_or_else(|| text.into())
}

/// Returns name and field of a channel's key.
pub(super) fn channel_field(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("channel.")?.split_once('.')
}

/// Returns the key under which rules know a setting: without the channel's name.
fn general(key: &str) -> String {
    channel_field(key).map_or_else(|| key.to_owned(), |(_, field)| format!("channel.{field}"))
}
