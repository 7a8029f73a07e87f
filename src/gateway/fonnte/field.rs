//! Fonnte's bodies as keys and values, whichever of its three formats and whatever their types.

use std::collections::BTreeMap;
use std::convert::Infallible;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::stream;
use multer::{Multipart, parse_boundary};
use serde_json::Value;

/// The values of a flat body; keys in lower case, texts free of NUL.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Reads a body as what it looks like: the content type is often wrong, so it only helps to
    /// find the border of a multipart body.
    pub(super) fn read(content_type: &str, body: &[u8]) -> Option<Self> {
        let declared = parse_boundary(content_type).ok();
        declared
            .and_then(|it| Self::multipart(&it, body))
            .or_else(|| Self::json(body))
            .or_else(|| Self::multipart(&first_border(body)?, body))
            .or_else(|| Self::urlencoded(body))
    }

    /// Reads a JSON object.
    pub(super) fn json(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body).replace('\0', "");
        let text = text.trim_start_matches('\u{feff}').trim();
        if !text.starts_with('{') {
            return None;
        }
        let value = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str(&without_lone_surrogates(text)));
        let Ok(Value::Object(map)) = value else {
            return None;
        };
        Some(Self::collect(map))
    }

    fn urlencoded(body: &[u8]) -> Option<Self> {
        body.contains(&b'=').then(|| {
            let pairs = form_urlencoded::parse(body.trim_ascii());
            Self::collect(pairs.map(|(key, value)| (key.into_owned(), Value::from(value))))
        })
    }

    /// Reads the text parts; all bytes are at hand, so that no future here ever waits.
    fn multipart(border: &str, body: &[u8]) -> Option<Self> {
        let whole = Ok::<_, Infallible>(Bytes::copy_from_slice(body));
        let mut parts = Multipart::new(stream::iter([whole]), border);
        let mut pairs = Vec::new();
        while let Some(part) = parts.next_field().now_or_never()?.ok()? {
            let name = part.name().map(str::to_owned);
            let bytes = part.bytes().now_or_never()?.ok()?;
            let value = Value::from(String::from_utf8_lossy(&bytes));
            pairs.extend(name.map(|it| (it, value)));
        }
        (!pairs.is_empty()).then(|| Self::collect(pairs))
    }

    /// Keeps the first value of a key that says something.
    fn collect(pairs: impl IntoIterator<Item = (String, Value)>) -> Self {
        let mut fields = BTreeMap::new();
        for (key, value) in pairs {
            let kept = fields
                .entry(key.trim().to_lowercase())
                .or_insert(Value::Null);
            if is_blank(kept) {
                *kept = without_nul(value);
            }
        }
        Self(fields)
    }

    /// Returns a value as it came.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|it| !is_blank(it))
    }

    /// Returns a value as text, empty when there is none; of a list its first entry.
    pub(super) fn text(&self, key: &str) -> String {
        self.value(key).map(as_text).unwrap_or_default()
    }

    /// Returns the first of several texts that is not blank, without white space around it.
    pub(super) fn first(&self, keys: &[&str]) -> Option<String> {
        let texts = keys.iter().map(|key| self.text(key).trim().to_owned());
        texts.into_iter().find(|it| !it.is_empty())
    }

    /// Returns a whole number, written as a number or as text.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        let text = self.text(key);
        let text = text.trim();
        text.strip_suffix(".0").unwrap_or(text).parse().ok()
    }

    /// Tells whether a value says yes.
    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(
            self.text(key).trim().to_lowercase().as_str(),
            "true" | "1" | "yes" | "on"
        )
    }

    /// Tells whether a list is there and empty.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        self.0
            .get(key)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
    }

    /// Returns the texts of a list, or of a text with commas.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let texts = match self.value(key) {
            Some(Value::Array(list)) => list.iter().map(as_text).collect(),
            Some(value) => as_text(value).split(',').map(str::to_owned).collect(),
            None => Vec::new(),
        };
        let texts = texts.iter().map(|it| it.trim().to_owned());
        texts.filter(|it| !it.is_empty()).collect()
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(list) => list.first().map(as_text).unwrap_or_default(),
        Value::Null | Value::Object(_) => String::new(),
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Removes NUL, which databases refuse.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\0', "")),
        Value::Array(list) => list.into_iter().map(without_nul).collect(),
        Value::Object(map) => {
            let pairs = map
                .into_iter()
                .map(|(key, it)| (key.replace('\0', ""), without_nul(it)));
            Value::Object(pairs.collect())
        }
        other => other,
    }
}

/// Returns the border of a multipart body that came without a content type.
fn first_border(body: &[u8]) -> Option<String> {
    let line = body
        .strip_prefix(b"--")?
        .split(|it| matches!(it, b'\r' | b'\n'))
        .next()?;
    let border = std::str::from_utf8(line).ok()?;
    (!border.is_empty() && border.len() <= 70).then(|| border.to_owned())
}

/// Replaces the halves that a gateway leaves when it cuts a name inside an emoji.
fn without_lone_surrogates(json: &str) -> String {
    let mut fixed = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        fixed.push_str(before);
        rest = escape;
        let length = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(Half::High), Some(Half::Low)) => 12,
            (Some(_), _) => 6,
            (None, _) => 2,
        };
        let Some((whole, after)) = escape.split_at_checked(length) else {
            break;
        };
        fixed.push_str(if length == 6 { "\\ufffd" } else { whole });
        rest = after;
    }
    fixed + rest
}

enum Half {
    High,
    Low,
}

fn surrogate(escape: &str) -> Option<Half> {
    let code = escape.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(code, 16).ok()? {
        0xd800..=0xdbff => Some(Half::High),
        0xdc00..=0xdfff => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(content_type: &str, body: &[u8]) -> Option<String> {
        Fields::read(content_type, body).map(|it| it.text("message"))
    }

    #[test]
    fn a_body_is_read_as_what_it_looks_like() {
        const JSON: &[u8] = br#" {"Message":"bocor & banjir"}"#;
        const FORM: &[u8] = b"sender=62811&message=bocor+%26%20banjir";
        const PARTS: &[u8] = b"--x7\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n\
            bocor & banjir\r\n--x7--\r\n";
        for content_type in [
            "",
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x7",
            "multipart/form-data; boundary=other",
            "multipart/form-data",
            "text/plain; charset=utf-8",
        ] {
            for body in [JSON, FORM, PARTS] {
                let found = message(content_type, body);
                let name = String::from_utf8_lossy(body);
                assert_eq!(
                    found.as_deref(),
                    Some("bocor & banjir"),
                    "{content_type}: {name}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_body_of_theirs_has_no_fields() {
        for body in [
            &b""[..],
            b"[]",
            b"null",
            b"halo",
            b"{\"message\":",
            b"--",
            b"--x\r\n",
            b"\xff",
        ] {
            assert_eq!(Fields::read("application/json", body), None, "{body:?}");
        }
        let deep = [b"{\"a\":".as_slice(), &b"[".repeat(5_000)].concat();
        assert_eq!(Fields::read("", &deep), None);
    }

    #[test]
    fn bad_bytes_spoil_nothing_but_themselves() {
        for (body, expected) in [
            (&b"{\"message\":\"a\xffb\"}"[..], "a\u{fffd}b"),
            (b"{\"message\":\"a\0b\"}", "ab"),
            (br#"{"message":"a\u0000b"}"#, "ab"),
            (br#"{"message":"a\ud83d"}"#, "a\u{fffd}"),
            (br#"{"message":"\ud83dx\\ud83d"}"#, "\u{fffd}x\\ud83d"),
            (
                br#"{"message":"\ude00\ud83d\ude00","x":"\udc00"}"#,
                "\u{fffd}😀",
            ),
            (b"\xef\xbb\xbf{\"message\":\"a\"}", "a"),
            (b"message=a%00b", "ab"),
            (b"message=a%ffb", "a\u{fffd}b"),
            (b"{\"message\":\"\",\"MESSAGE\":\"a\"}", "a"),
        ] {
            let name = String::from_utf8_lossy(body);
            assert_eq!(message("", body).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn values_are_taken_in_any_type() {
        let body = br#"{"a":7,"b":"7","c":7.0,"d":true,"e":"TRUE","f":[],"g":{"h":1},"i":[9,8]}"#;
        let fields = Fields::json(body).unwrap();
        for (key, number) in [("a", 7), ("b", 7), ("c", 7), ("i", 9)] {
            assert_eq!(fields.number(key), Some(number), "{key}");
        }
        for key in ["d", "e", "f", "g", "z"] {
            assert_eq!(fields.number(key), None, "{key}");
        }
        assert!(fields.flag("d") && fields.flag("e"));
        assert!(!fields.flag("a") && !fields.flag("z"));
        assert_eq!(fields.list("i"), ["9", "8"]);
        assert_eq!(fields.list("b"), ["7"]);
    }
}
