//! Settings as they may be shown.

use serde_json::Value;

use super::is_secret;
use crate::secret::mask;

/// Returns a value without what must stay secret.
pub(super) fn shown(key: &str, value: Value) -> Value {
    match value {
        Value::String(url) if key == "database.url" => Value::from(without_password(&url)),
        Value::String(secret) if is_secret(key) && !secret.is_empty() => mask(&secret).into(),
        Value::Array(secrets) if is_secret(key) => secrets
            .into_iter()
            .map(|secret| shown(key, secret))
            .collect(),
        other => other,
    }
}

/// Tells whether a value holds a secret itself and not the place of one.
pub(super) fn is_literal_secret(key: &str, value: &Value) -> bool {
    match value {
        Value::String(url) if key == "database.url" => without_password(url) != *url,
        Value::String(secret) => is_secret(key) && !secret.is_empty(),
        Value::Array(secrets) => secrets.iter().any(|secret| is_literal_secret(key, secret)),
        _ => false,
    }
}

/// Returns an address without its password, wherever it stands in it.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = match place.rsplit_once('@') {
        Some((login, host)) => match login.split_once(':') {
            Some((user, _)) => format!("{user}:…@{host}"),
            None => place.to_owned(),
        },
        None => place.to_owned(),
    };
    let kept = query
        .split('&')
        .filter(|part| !part.to_ascii_lowercase().contains("pass"));
    let query = kept.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{scheme}://{place}{mark}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_an_address_wherever_it_stands() {
        for (url, shown) in [
            ("sqlite:tanggap.db", "sqlite:tanggap.db"),
            (
                "postgres://rina@db.example/brt",
                "postgres://rina@db.example/brt",
            ),
            (
                "postgres://rina:rahasia@db.example/brt",
                "postgres://rina:…@db.example/brt",
            ),
            (
                "postgres://rina:a@b:c@db.example/brt",
                "postgres://rina:…@db.example/brt",
            ),
            (
                "postgres://db.example/brt?user=rina&password=rahasia&sslmode=verify-full",
                "postgres://db.example/brt?user=rina&sslmode=verify-full",
            ),
        ] {
            assert_eq!(without_password(url), shown);
            let literal = is_literal_secret("database.url", &url.into());
            assert_eq!(
                literal,
                url.contains("rahasia") || url.contains("a@b"),
                "{url}"
            );
        }
    }
}
