//! What an installation may put in place of our chat texts: known ids, known placeholders, text.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::{Phrase, first_hidden, nearest};

/// The largest file of chat texts that is read, in bytes.
const MAX_BYTES: usize = 256 << 10;

/// Why replaced chat texts were refused; every one names the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("Line {line} of the chat texts cannot be read: {why}. Mend that line.")]
    Syntax { line: usize, why: String },
    #[error(
        "Line {line} of the chat texts replaces \"{id}\", which does not exist. \
         Was \"{near}\" meant?"
    )]
    Unknown {
        line: usize,
        id: String,
        near: String,
    },
    #[error("Line {line} of the chat texts: \"{id}\" does not know {name}. There is: {known}")]
    Placeholder {
        line: usize,
        id: String,
        name: String,
        known: String,
    },
    #[error("Line {line} of the chat texts replaces \"{id}\" a second time. Remove one of them.")]
    Twice { line: usize, id: String },
    #[error(
        "Line {line} of the chat texts: \"{id}\" may hold only text and placeholders, as the \
         built-in one does."
    )]
    Foreign { line: usize, id: String },
    #[error("Line {line} of the chat texts holds the hidden character {character}. Remove it.")]
    Hidden { line: usize, character: String },
    #[error("The chat texts are larger than {limit} KiB. Keep only the texts that are replaced.")]
    TooBig { limit: usize },
}

impl TextError {
    /// Returns the error as a phrase, to be said in the reader's language.
    pub fn phrase(&self) -> Phrase {
        match self.clone() {
            Self::Syntax { line, why } => {
                Phrase::new("text-syntax", [("line", line.into()), ("why", why.into())])
            }
            Self::Unknown { line, id, near } => Phrase::new(
                "text-unknown",
                [
                    ("line", line.into()),
                    ("id", id.into()),
                    ("near", near.into()),
                ],
            ),
            Self::Placeholder {
                line,
                id,
                name,
                known,
            } => Phrase::new(
                "text-placeholder",
                [
                    ("line", line.into()),
                    ("id", id.into()),
                    ("name", name.into()),
                    ("known", known.into()),
                ],
            ),
            Self::Twice { line, id } => {
                Phrase::new("text-twice", [("line", line.into()), ("id", id.into())])
            }
            Self::Foreign { line, id } => {
                Phrase::new("text-foreign", [("line", line.into()), ("id", id.into())])
            }
            Self::Hidden { line, character } => Phrase::new(
                "text-hidden",
                [("line", line.into()), ("character", character.into())],
            ),
            Self::TooBig { limit } => Phrase::new("text-too-big", [("limit", limit.into())]),
        }
    }
}

/// The placeholders of each text.
pub(super) type Known = BTreeMap<String, BTreeSet<String>>;

/// Reads texts that replace some of the built-in ones.
pub(super) fn replacement(text: &str, built_in: &str) -> Result<FluentResource, TextError> {
    if text.len() > MAX_BYTES {
        return Err(TextError::TooBig {
            limit: MAX_BYTES >> 10,
        });
    }
    if let Some((line, c)) = first_hidden(text) {
        return Err(hidden(line, c));
    }
    let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let first = errors.first().expect("a refused resource has an error");
        let line = 1 + text
            .bytes()
            .take(first.pos.start)
            .filter(|&byte| byte == b'\n')
            .count();
        TextError::Syntax {
            line,
            why: first.kind.to_string(),
        }
    })?;
    check_all(&resource, text, &known(built_in))?;
    Ok(resource)
}

/// Returns the ids of built-in texts with the placeholders of each.
pub(super) fn known(built_in: &str) -> Known {
    let resource = FluentResource::try_new(built_in.to_owned()).expect("built-in texts parse");
    let messages = resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .map(|message| {
            let parts = Parts::of(message);
            (
                message.id.name.to_owned(),
                parts.names.iter().map(|&name| name.into()).collect(),
            )
        })
        .collect()
}

fn check_all(resource: &FluentResource, text: &str, known: &Known) -> Result<(), TextError> {
    let mut seen = BTreeSet::new();
    for entry in resource.entries() {
        let (id, message) = match entry {
            Entry::Message(message) => (message.id.name, Some(message)),
            Entry::Term(term) => (term.id.name, None),
            _ => continue,
        };
        let nth = usize::from(!seen.insert(id));
        let (line, id) = (line_of(text, id, nth), id.to_owned());
        let Some(message) = message else {
            return Err(TextError::Foreign { line, id });
        };
        if nth > 0 {
            return Err(TextError::Twice { line, id });
        }
        check_one(message, line, known)?;
    }
    Ok(())
}

fn check_one(message: &Message<&str>, line: usize, known: &Known) -> Result<(), TextError> {
    let id = message.id.name.to_owned();
    let Some(names) = known.get(&id) else {
        let near = nearest(&id, known.keys().map(String::as_str))
            .unwrap_or("guide")
            .to_owned();
        return Err(TextError::Unknown { line, id, near });
    };
    let parts = Parts::of(message);
    if parts.foreign || !message.attributes.is_empty() || message.value.is_none() {
        return Err(TextError::Foreign { line, id });
    }
    if let Some(c) = parts.hidden {
        return Err(hidden(line, c));
    }
    match parts.names.into_iter().find(|name| !names.contains(*name)) {
        Some(name) => {
            let known = names
                .iter()
                .map(|name| format!("{{ ${name} }}"))
                .collect::<Vec<_>>();
            let known = if known.is_empty() {
                "–".to_owned()
            } else {
                known.join(", ")
            };
            Err(TextError::Placeholder {
                line,
                id,
                name: format!("{{ ${name} }}"),
                known,
            })
        }
        None => Ok(()),
    }
}

fn hidden(line: usize, c: char) -> TextError {
    TextError::Hidden {
        line,
        character: format!("U+{:04X}", u32::from(c)),
    }
}

/// Finds the line on which a text begins; the parser does not tell.
fn line_of(text: &str, id: &str, nth: usize) -> usize {
    let begins = |line: &&str| {
        let line = line.trim_start_matches('-');
        line.strip_prefix(id)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut lines = text.lines().zip(1..).filter(|(line, _)| begins(line));
    lines.nth(nth).map_or(1, |(_, number)| number)
}

/// What a text is made of.
#[derive(Default)]
struct Parts<'a> {
    names: BTreeSet<&'a str>,
    /// It refers to other texts or calls functions.
    foreign: bool,
    /// A hidden character written as an escape.
    hidden: Option<char>,
}

impl<'a> Parts<'a> {
    fn of(message: &Message<&'a str>) -> Self {
        let mut parts = Self::default();
        if let Some(pattern) = &message.value {
            parts.add(pattern);
        }
        parts
    }

    fn add(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.add(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.names.insert(id.name);
            }
            InlineExpression::StringLiteral { value } => {
                let found = first_hidden(&unescape_unicode_to_string(value));
                self.hidden = self.hidden.or(found.map(|(_, c)| c));
            }
            InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. } => self.foreign = true,
        }
    }
}
