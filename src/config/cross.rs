//! What settings must be to each other.

use super::Config;

/// A setting that does not go with the others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) key: String,
    pub(super) allowed: String,
}

impl Clash {
    fn new(key: &str, allowed: impl Into<String>) -> Self {
        Self {
            key: key.to_owned(),
            allowed: allowed.into(),
        }
    }
}

/// Returns the first setting that does not go with the others.
pub(super) fn find(config: &Config) -> Option<Clash> {
    order(config)
        .or_else(|| tls(config))
        .or_else(|| fallback(config))
}

/// Pairs of which the first may not be more than the second.
fn order(config: &Config) -> Option<Clash> {
    let (outbox, sqlite) = (&config.outbox, &config.sqlite);
    let (inbox, circuit) = (&config.inbox, &config.circuit);
    let pairs = [
        // A send must be over long before somebody else may take the message.
        (
            "outbox.send_seconds",
            outbox.send_seconds * 2,
            "outbox.lease_seconds / 2",
            outbox.lease_seconds,
        ),
        (
            "outbox.renew_seconds",
            outbox.renew_seconds * 2,
            "outbox.lease_seconds / 2",
            outbox.lease_seconds,
        ),
        (
            "outbox.connect_seconds",
            outbox.connect_seconds,
            "outbox.send_seconds",
            outbox.send_seconds,
        ),
        (
            "outbox.first_wait_seconds",
            outbox.first_wait_seconds,
            "outbox.longest_wait_seconds",
            outbox.longest_wait_seconds,
        ),
        (
            "outbox.retry_after_least_seconds",
            outbox.retry_after_least_seconds,
            "outbox.retry_after_most_seconds",
            outbox.retry_after_most_seconds,
        ),
        (
            "inbox.first_wait_seconds",
            inbox.first_wait_seconds,
            "inbox.longest_wait_seconds",
            inbox.longest_wait_seconds,
        ),
        (
            "circuit.first_pause_seconds",
            circuit.first_pause_seconds,
            "circuit.longest_pause_seconds",
            circuit.longest_pause_seconds,
        ),
        (
            "sqlite.min_free_mb",
            sqlite.min_free_mb,
            "sqlite.alarm_free_mb",
            sqlite.alarm_free_mb,
        ),
    ];
    let wrong = pairs.into_iter().find(|(_, less, _, more)| less > more);
    wrong.map(|(key, _, other, _)| Clash::new(key, format!("≤ {other}")))
}

fn tls(config: &Config) -> Option<Clash> {
    let worker = &config.worker;
    match (worker.tls_cert.is_empty(), worker.tls_key.is_empty()) {
        (true, false) => Some(Clash::new(
            "worker.tls_key",
            "worker.tls_cert + worker.tls_key",
        )),
        (false, true) => Some(Clash::new(
            "worker.tls_cert",
            "worker.tls_cert + worker.tls_key",
        )),
        _ => None,
    }
}

/// A fallback must be another channel.
fn fallback(config: &Config) -> Option<Clash> {
    config.channel.iter().find_map(|channel| {
        let others = config
            .channel
            .iter()
            .filter(|other| other.name != channel.name);
        let mut names: Vec<_> = others.map(|other| other.name.as_str()).collect();
        if channel.fallback.is_empty() || names.contains(&channel.fallback.as_str()) {
            return None;
        }
        names.insert(0, r#""""#);
        let key = format!("channel.{}.fallback", channel.name);
        Some(Clash::new(&key, names.join(", ")))
    })
}
