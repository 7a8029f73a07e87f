//! A settings file as a list of dotted keys, each with its value and its line.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::schema::Schema;

/// A setting as it stands in a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) line: usize,
}

/// Why a text is no settings file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) line: usize,
    pub(super) why: String,
}

/// Reads a settings file. Tables that the schema knows as one value stay whole.
pub(super) fn read(text: &str, schema: &Schema) -> Result<Vec<Leaf>, SyntaxError> {
    let table = DeTable::parse(text).map_err(|error| SyntaxError {
        line: error.span().map_or(1, |span| line_at(text, span.start)),
        why: error
            .message()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    })?;
    let mut reader = Reader {
        text,
        schema,
        leaves: Vec::new(),
    };
    reader.table("", table.get_ref());
    Ok(reader.leaves)
}

/// Reads a text that sets one key, and returns its value.
pub(super) fn single(text: &str) -> Option<Value> {
    let table = DeTable::parse(text).ok()?;
    let (_, value) = table
        .get_ref()
        .iter()
        .next()
        .filter(|_| table.get_ref().len() == 1)?;
    Some(json(value.get_ref()))
}

struct Reader<'a> {
    text: &'a str,
    schema: &'a Schema,
    leaves: Vec<Leaf>,
}

impl Reader<'_> {
    fn table(&mut self, above: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = match above {
                "" => name.get_ref().to_string(),
                _ => format!("{above}.{}", name.get_ref()),
            };
            let line = line_at(self.text, name.span().start);
            self.value(key, line, value);
        }
    }

    fn value(&mut self, key: String, line: usize, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Array(items) if key == "channel" => {
                for item in items {
                    self.channel(line_at(self.text, item.span().start), item.get_ref());
                }
            }
            DeValue::Table(table)
                if !table.is_empty() && key != "channel" && !self.schema.is_value(&key) =>
            {
                self.table(&key, table);
            }
            // A section that nobody filled says nothing.
            DeValue::Table(table) if table.is_empty() && self.schema.is_section(&key) => {}
            other => self.leaves.push(Leaf {
                key,
                value: json(other),
                line,
            }),
        }
    }

    /// Reads one number; its name becomes part of its keys.
    fn channel(&mut self, line: usize, channel: &DeValue<'_>) {
        let name = match channel {
            DeValue::Table(table) => table.get("name").and_then(|name| name.get_ref().as_str()),
            _ => None,
        };
        match (channel, name) {
            (DeValue::Table(table), Some(name)) if super::rule::is_channel_name(name) => {
                self.table(&format!("channel.{name}"), table);
            }
            // A channel without a usable name is told by the check of names.
            _ => {
                let value = name.map_or(Value::Null, Value::from);
                self.leaves.push(Leaf {
                    key: "channel.name".to_owned(),
                    value,
                    line,
                });
            }
        }
    }
}

/// Returns the line that a byte stands on, counted from 1.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or(Value::Null, Value::from),
        DeValue::Boolean(yes) => Value::from(*yes),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let field = |(name, value): (&Spanned<_>, &Spanned<_>)| {
                let name: &std::borrow::Cow<'_, str> = name.get_ref();
                (name.to_string(), json(value.get_ref()))
            };
            Value::Object(table.iter().map(field).collect::<Map<_, _>>())
        }
    }
}
