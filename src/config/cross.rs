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
    let (outbox, inbox, circuit) = (&config.outbox, &config.inbox, &config.circuit);
    let pairs = [
        // A send must be over long before somebody else may take the message.
        (
            "outbox.send_seconds",
            outbox.send_seconds * 2,
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
    ];
    let wrong = pairs.into_iter().find(|(_, less, _, more)| less > more);
    wrong.map(|(key, _, other, _)| Clash::new(key, format!("≤ {other}")))
}

/// TLS of our own is not built yet, and a certificate that is not used would be a trap.
fn tls(config: &Config) -> Option<Clash> {
    let worker = &config.worker;
    let files = [
        ("worker.tls_cert", &worker.tls_cert),
        ("worker.tls_key", &worker.tls_key),
    ];
    let named = files.into_iter().find(|(_, file)| !file.is_empty());
    named.map(|(key, _)| Clash::new(key, r#""""#))
}

/// Neither is failover.
fn fallback(config: &Config) -> Option<Clash> {
    let named = config
        .channel
        .iter()
        .find(|channel| !channel.fallback.is_empty());
    named.map(|channel| Clash::new(&format!("channel.{}.fallback", channel.name), r#""""#))
}
