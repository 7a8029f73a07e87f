//! What may stand at each key. What is allowed is told in signs, so that it reads the same in
//! every language.

use std::net::{IpAddr, SocketAddr};

use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::place::is_secret;
use crate::domain::category::Category;
use crate::domain::quiet::Quiet;
use crate::domain::track::is_prefix;
use crate::domain::worktime::{Holiday, Slot};
use crate::i18n::{first_hidden, visible};
use crate::secret::{Secret, Secrets};

mod range;

/// The longest text of a setting, in characters.
const MAX_TEXT: usize = 500;

/// Why a value may not stand where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The value, or the part of it that is wrong; secrets are left out.
    pub(super) found: String,
    pub(super) allowed: String,
}

type Check = fn(&Value) -> bool;

/// Settings with rules of their own.
const RULES: [(&str, Check, &str); 20] = [
    (
        "database.url",
        database_url,
        "sqlite:NAME, sqlite:/PATH, postgres://USER@HOST/NAME",
    ),
    (
        "org.name",
        |value| text(value, |text| !text.is_empty()),
        r#""…""#,
    ),
    (
        "org.track_prefix",
        |value| text(value, is_prefix),
        "A–Z, 2–8",
    ),
    (
        "org.timezone",
        |value| text(value, is_zone),
        "Asia/Jakarta, Asia/Makassar, Asia/Jayapura, …",
    ),
    (
        "org.country_code",
        |value| text(value, is_country),
        "62, 60, 65, … (1–3 × 0–9)",
    ),
    (
        "org.language",
        |value| one_of(value, &["id", "en"]),
        "id, en",
    ),
    (
        "desk.assign",
        |value| one_of(value, &["manual", "suggest", "auto"]),
        "manual, suggest, auto",
    ),
    (
        "desk.quiet_hours",
        |value| text(value, is_quiet),
        r#""", "21:00-05:00""#,
    ),
    (
        "calendar",
        is_list::<Slot>,
        r#"["08:00-12:00", "13:00-16:00"]"#,
    ),
    (
        "calendar.holidays",
        is_list::<Holiday>,
        r#"[{ date = "2025-08-17", name = "…" }]"#,
    ),
    (
        "category",
        is_categories,
        r#"[{ name = "…", words = ["…"] }]"#,
    ),
    (
        "worker.listen",
        is::<SocketAddr>,
        "127.0.0.1:8080, [::1]:8080, 0.0.0.0:8080",
    ),
    (
        "worker.public_base_url",
        |value| text(value, is_url_or_empty),
        URLS,
    ),
    (
        "channel.name",
        |value| text(value, is_channel_name),
        "a–z 0–9 -, ≠ whatsapp",
    ),
    (
        "channel.gateway",
        |value| one_of(value, &["fonnte", "simulator"]),
        "fonnte, simulator",
    ),
    (
        "channel.base_url",
        |value| text(value, is_url_or_empty),
        URLS,
    ),
    ("channel.token", is::<Secret>, SECRET),
    ("channel.webhook_secret", is::<Secrets>, SECRET),
    ("channel.notice_gap_seconds", is_gap, "[5, 15], [0, 0]"),
    (
        "channel.media_hosts",
        is_list::<String>,
        r#"["media.example.id"]"#,
    ),
];

/// Gateways of the outside surface that are not built yet.
const LATER: [&str; 6] = ["meta", "sdkwa", "wapisender", "wapi", "gowa", "waha"];

const URLS: &str = "https://HOST, http://127.0.0.1, http://10.0.0.0, http://192.168.0.0, …";
const SECRET: &str = r#""…", { env = "NAME" }, { file = "PATH" }"#;

/// Checks a value against its rule; `key` is without a channel's name.
pub(super) fn check(key: &str, default: &Value, value: &Value) -> Result<(), Refusal> {
    let refuse = |allowed: &str| Err(refusal(key, value, allowed));
    if let Some((_, holds, allowed)) = rule_of(key) {
        return if holds(value) && is_plain(value) {
            Ok(())
        } else {
            refuse(allowed)
        };
    }
    match default {
        Value::Bool(_) if value.is_boolean() => Ok(()),
        Value::Bool(_) => refuse("true, false"),
        Value::Number(_) => match range::of(key) {
            (least, most) if value.as_i64().is_some_and(|n| (least..=most).contains(&n)) => Ok(()),
            (least, most) => refuse(&format!("{least}–{most}")),
        },
        _ if text(value, |_| true) && is_plain(value) => Ok(()),
        _ => refuse(r#""…""#),
    }
}

fn rule_of(key: &str) -> Option<&'static (&'static str, Check, &'static str)> {
    // Every day of the week has the rule of the calendar.
    let day = key
        .strip_prefix("calendar.")
        .is_some_and(|day| day.ends_with("day"));
    let key = if day { "calendar" } else { key };
    RULES.iter().find(|(known, _, _)| *known == key)
}

/// Makes the refusal of a value.
pub(super) fn refusal(key: &str, value: &Value, allowed: &str) -> Refusal {
    let found = match value {
        _ if holds_secret(key) => "…".to_owned(),
        Value::Array(items) => wrong_item(key, items).unwrap_or(value).to_string(),
        _ => value.to_string(),
    };
    let found = visible(&found).chars().take(80).collect();
    Refusal {
        found,
        allowed: allowed.to_owned(),
    }
}

fn holds_secret(key: &str) -> bool {
    matches!(key, "channel" | "database") || is_secret(&key.replacen("channel.", "channel.x.", 1))
}

/// Returns the first item that would be refused if it stood alone.
fn wrong_item<'a>(key: &str, items: &'a [Value]) -> Option<&'a Value> {
    let (_, holds, _) = rule_of(key)?;
    let alone = |item: &&Value| !holds(&Value::Array(vec![(*item).clone()]));
    items
        .iter()
        .filter(|_| key != "channel.notice_gap_seconds")
        .find(alone)
}

fn is<T: DeserializeOwned>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok()
}

fn is_list<T: DeserializeOwned>(value: &Value) -> bool {
    is::<Vec<T>>(value)
}

fn text(value: &Value, holds: fn(&str) -> bool) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.chars().count() <= MAX_TEXT && holds(text))
}

fn one_of(value: &Value, words: &[&str]) -> bool {
    value.as_str().is_some_and(|word| words.contains(&word))
}

/// Tells whether no text within holds hidden characters or line ends.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(text) => first_hidden(text).is_none() && !text.contains(['\n', '\r']),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(fields) => fields.values().all(is_plain),
        _ => true,
    }
}

fn database_url(value: &Value) -> bool {
    let known = |text: &str| {
        let server = text
            .strip_prefix("postgres://")
            .or(text.strip_prefix("postgresql://"));
        let file = text
            .strip_prefix("sqlite:")
            .map(|path| path.trim_start_matches("//"));
        server.or(file).is_some_and(|rest| !rest.is_empty())
    };
    value.as_str().map_or_else(|| is::<Secret>(value), known)
}

fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

fn is_country(code: &str) -> bool {
    (1..=3).contains(&code.len())
        && !code.starts_with('0')
        && code.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_quiet(span: &str) -> bool {
    Quiet::parse(span).is_some()
}

/// Tells whether a name can stand in the path of a webhook; `whatsapp` has a path of its own.
pub(super) fn is_channel_name(name: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&name.len()) && name.chars().all(sign) && name != "whatsapp"
}

/// Tells whether a gateway is one that a later version will speak to.
pub(super) fn is_later(gateway: &str) -> bool {
    LATER.contains(&gateway)
}

fn is_categories(value: &Value) -> bool {
    let list = serde_json::from_value::<Vec<Category>>(value.clone());
    list.is_ok_and(|list| list.iter().all(|category| !category.name.trim().is_empty()))
}

fn is_gap(value: &Value) -> bool {
    let gap = serde_json::from_value::<[u32; 2]>(value.clone());
    gap.is_ok_and(|[shortest, longest]| shortest <= longest && longest <= 3600)
}

fn is_url_or_empty(url: &str) -> bool {
    url.is_empty() || is_base_url(url)
}

/// Takes https, and http to this machine and to private networks.
fn is_base_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let strange = |c: char| c.is_whitespace() || matches!(c, '?' | '#' | '@' | '\\' | '"' | '<');
    let whole = !host.is_empty() && !url.contains(strange);
    whole && (scheme == "https" || scheme == "http" && is_near(host))
}

fn is_near(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local(),
        Err(_) => host == "localhost",
    }
}

#[cfg(test)]
mod tests;
