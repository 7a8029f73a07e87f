//! Answers: read from JSON in any sensible shape, and completed with what nobody has to think of.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::known::{KEYS, canonical};
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::i18n::{Phrase, nearest, visible};
use crate::secret::Secret;

/// What the page of the Meta provider calls its answers.
const META: &str = "messaging-whatsapp";
/// The channel's name when nobody gives one.
const CHANNEL: &str = "utama";
/// How many random bytes a webhook secret has.
const SECRET: usize = 32;

/// Answers by the dotted keys of the settings; `admin.` is for the first administrator.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answers(BTreeMap<String, Value>);

impl Answers {
    /// Reads answers; an unknown one is refused with the nearest that is known.
    pub(super) fn read(shell: &Shell, value: &Value) -> Result<Self, Failure> {
        let Value::Object(fields) = value else {
            return Err(wrong("setup-no-object", []));
        };
        if fields.contains_key(META) {
            return Err(Failure::new(Code::Setup, Phrase::new("setup-no-meta", [])));
        }
        let mut answers = Self::default();
        for (name, value) in fields {
            answers.add(shell, name.clone(), value)?;
        }
        Ok(answers)
    }

    /// Sets an answer; an empty one counts as none.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        if !value.is_null() && value != "" {
            self.0.insert(key.to_owned(), value);
        }
    }

    /// Returns an answer that is a text, empty when there is none.
    pub(super) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns an answer that is a secret, or says where one is kept.
    pub(super) fn secret(&self, key: &str) -> Option<Secret> {
        serde_json::from_value(self.0.get(key)?.clone()).ok()
    }

    /// Returns the answers that are settings.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.0.iter().map(|(key, value)| (key.as_str(), value));
        all.filter(|(key, _)| !key.starts_with("admin."))
    }

    /// Tells whether anything was said about a channel.
    pub(super) fn has_channel(&self) -> bool {
        self.0.keys().any(|key| key.starts_with("channel."))
    }

    /// Adds what nobody has to think of: names, and a secret that nobody guesses.
    pub(super) fn complete(&mut self, shell: &Shell) -> Result<(), Failure> {
        if let Some(url) = &shell.global.database {
            self.set("database.url", url.as_str());
        }
        if self.0.contains_key("admin.password") && self.secret("admin.password").is_none() {
            return Err(wrong("setup-password-text", []));
        }
        if !self.has_channel() {
            return Ok(());
        }
        for (key, value) in [("channel.name", CHANNEL), ("channel.gateway", "fonnte")] {
            if self.text(key).is_empty() {
                self.set(key, value);
            }
        }
        if !self.0.contains_key("channel.webhook_secret") {
            let secret: [u8; SECRET] = rand::random();
            self.set("channel.webhook_secret", URL_SAFE_NO_PAD.encode(secret));
        }
        Ok(())
    }

    fn add(&mut self, shell: &Shell, name: String, value: &Value) -> Result<(), Failure> {
        let key = canonical(&name);
        let is_setting = is_known(shell, &key);
        match value {
            Value::Null => {}
            Value::Object(fields) if !is_place(&key, value) && !is_setting_table(shell, &key) => {
                // A section may carry the name of the one thing that is asked of it.
                let section = key.split('.').next().unwrap_or_default().to_owned();
                let above = if is_setting { section } else { key };
                for (field, value) in fields {
                    self.add(shell, format!("{above}.{field}"), value)?;
                }
            }
            Value::Array(items) if key == "channel.name" => match items.as_slice() {
                [] => {}
                [one] => self.add(shell, "channel".to_owned(), one)?,
                _ => return Err(wrong("setup-one-channel", [])),
            },
            _ if is_setting => self.set(&key, value.clone()),
            _ => return Err(unknown(&name)),
        }
        Ok(())
    }
}

/// Tells whether an object says where a secret is kept.
fn is_place(key: &str, value: &Value) -> bool {
    let secret = matches!(
        key,
        "channel.token" | "channel.webhook_secret" | "database.url" | "admin.password"
    );
    let names = |place: &str| value.as_object().is_some_and(|it| it.contains_key(place));
    secret && (names("env") || names("file"))
}

/// Every setting outside channels may be answered too.
fn is_known(shell: &Shell, key: &str) -> bool {
    KEYS.iter().any(|(known, _)| *known == key) || shell.layers.entry(key).is_ok()
}

fn is_setting_table(shell: &Shell, key: &str) -> bool {
    shell
        .layers
        .entry(key)
        .is_ok_and(|entry| entry.value.is_object())
}

fn unknown(name: &str) -> Failure {
    let known = KEYS.iter().map(|(key, _)| *key);
    let key = canonical(name);
    let last = key.rsplit('.').next().unwrap_or(&key);
    let same = || {
        KEYS.iter()
            .map(|(key, _)| *key)
            .find(|known| known.ends_with(last))
    };
    match nearest(&key, known).or_else(same) {
        Some(near) => wrong(
            "setup-unknown",
            [("key", visible(name)), ("near", near.to_owned())],
        ),
        None => wrong("setup-unknown-far", [("key", visible(name))]),
    }
}

fn wrong<const N: usize>(id: &'static str, values: [(&'static str, String); N]) -> Failure {
    let values = values.map(|(name, value)| (name, value.into()));
    Failure::new(Code::Usage, Phrase::new(id, values))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::{Global, bare};

    fn read(value: &Value) -> Result<Answers, Failure> {
        Answers::read(&bare::shell(Global::default()).unwrap(), value)
    }

    #[test]
    fn nested_and_flat_answers_mean_the_same() {
        let nested = json!({
            "org": {"name": "BRT", "timezone": "Asia/Makassar"},
            "database": {"url": "sqlite:a.db"},
            "channel": {"name": "utama", "token": {"env": "FONNTE"}},
            "desk": {"guests": false},
        });
        let flat = json!({
            "organisation": "BRT",
            "zone": "Asia/Makassar",
            "database": "sqlite:a.db",
            "channels": [{"name": "utama", "token": {"env": "FONNTE"}}],
            "desk.guests": false,
        });
        let answers = read(&nested).unwrap();
        assert_eq!(answers, read(&flat).unwrap());
        assert_eq!(answers.text("org.timezone"), "Asia/Makassar");
        assert_eq!(answers.settings().count(), 6);
    }

    #[test]
    fn an_unknown_answer_is_refused_with_the_nearest() {
        for (value, near) in [
            (json!({"org": {"nama": "BRT"}}), Some("org.name")),
            (
                json!({"org": {"timezne": "Asia/Jakarta"}}),
                Some("org.timezone"),
            ),
            (json!({"chanel": {"token": "x"}}), Some("channel.token")),
            (json!({"zzzzzzzz": 1}), None),
        ] {
            let failure = read(&value).unwrap_err();
            assert_eq!(failure.code, Code::Usage, "{value}");
            let named = failure
                .phrase
                .values
                .iter()
                .find(|(name, _)| *name == "near");
            let named = named.map(|(_, value)| value.clone());
            assert_eq!(named, near.map(|near| near.to_owned().into()), "{value}");
        }
    }

    #[test]
    fn the_page_of_a_later_gateway_is_recognised() {
        let failure = read(&json!({"messaging-whatsapp": {"enabled": true}})).unwrap_err();
        assert_eq!(
            (failure.code, failure.phrase.id),
            (Code::Setup, "setup-no-meta")
        );
    }

    #[test]
    fn one_channel_is_asked_for_and_its_secret_is_made() {
        let two = json!({"channels": [{"name": "a"}, {"name": "b"}]});
        assert_eq!(read(&two).unwrap_err().phrase.id, "setup-one-channel");
        let shell = bare::shell(Global::default()).unwrap();
        let mut answers = read(&json!({"token": "x", "webhook_secret": ""})).unwrap();
        let mut others = answers.clone();
        answers.complete(&shell).unwrap();
        others.complete(&shell).unwrap();
        assert_eq!(answers.text("channel.name"), "utama");
        assert_eq!(answers.text("channel.webhook_secret").len(), 43);
        assert_ne!(answers, others, "every secret is a new one");
    }

    #[test]
    fn without_a_word_about_a_channel_none_is_made() {
        let shell = bare::shell(Global::default()).unwrap();
        let mut answers = read(&json!({"org": {"name": "BRT"}, "channel": null})).unwrap();
        answers.complete(&shell).unwrap();
        assert!(!answers.has_channel());
    }
}
