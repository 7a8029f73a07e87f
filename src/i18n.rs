//! Texts by id, in both languages: what is sent over WhatsApp and what is printed.
//!
//! A text is expanded once: what a stranger wrote stays text, whatever signs it holds.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::lang::Lang;

mod check;
mod near;
mod plain;

pub use check::TextError;
pub(crate) use near::nearest;
pub(crate) use plain::{first_hidden, visible};

/// The texts of one language, with those that the installation replaced.
pub struct Texts {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// What goes into a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Shown as it is.
    Text(Cow<'a, str>),
    /// Shown in digits; may choose between singular and plural.
    Number(i64),
}

/// A text by its id with what goes into it, to be said later in whichever language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The id of the text.
    pub id: &'static str,
    /// What goes into its placeholders.
    pub values: Vec<(&'static str, Value<'static>)>,
}

impl Phrase {
    /// Makes a phrase from an id and what goes into it.
    pub fn new<const N: usize>(
        id: &'static str,
        values: [(&'static str, Value<'static>); N],
    ) -> Self {
        Self {
            id,
            values: values.into(),
        }
    }
}

impl Texts {
    /// Loads a language, with the chat texts that an installation puts in place of ours.
    pub fn load(lang: Lang, override_text: Option<&str>) -> Result<Self, TextError> {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(lang)]);
        bundle.set_use_isolating(false);
        for source in built_in(lang) {
            let resource = FluentResource::try_new(source.to_owned());
            bundle
                .add_resource(resource.expect("built-in texts parse"))
                .expect("built-in texts have different ids");
        }
        if let Some(text) = override_text {
            let [chat, _] = built_in(lang);
            bundle.add_resource_overriding(check::replacement(text, chat)?);
        }
        Ok(Self { lang, bundle })
    }

    /// Returns the language of these texts.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Returns a text with its placeholders filled.
    ///
    /// An id that does not exist comes back as it is: better an odd word than a dead worker.
    pub fn say(&self, id: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            tracing::error!(id, "there is no such text");
            return id.to_owned();
        };
        let args = arguments(values);
        let mut faults = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut faults)
            .into_owned();
        if let Some(fault) = faults.first() {
            tracing::error!(id, error = %fault, "a text could not be filled");
        }
        text
    }

    /// Returns the text of a phrase.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.say(phrase.id, &phrase.values)
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

fn arguments<'a>(values: &'a [(&'static str, Value<'_>)]) -> FluentArgs<'a> {
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(
            *name,
            match value {
                Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Value::Number(number) => FluentValue::from(*number),
            },
        );
    }
    args
}

fn identifier(lang: Lang) -> LanguageIdentifier {
    lang.as_str()
        .parse()
        .expect("language codes are well formed")
}

/// Returns the chat texts and the printed texts as they are compiled in.
fn built_in(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Id => [
            include_str!("locales/chat.id.ftl"),
            include_str!("locales/id.ftl"),
        ],
        Lang::En => [
            include_str!("locales/chat.en.ftl"),
            include_str!("locales/en.ftl"),
        ],
    }
}

#[cfg(test)]
mod tests;
