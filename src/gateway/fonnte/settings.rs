//! What a channel must say about its device at Fonnte, and what Fonnte can do.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::phone::Phone;
use crate::gateway::{Capability, http};

/// The settings of one device.
#[derive(Debug, Clone)]
pub struct Settings {
    pub base_url: String,
    /// The device's token; the account's token is never needed.
    pub token: SecretString,
    /// The secrets that a webhook may carry; two while one replaces the other.
    pub webhook_secrets: Vec<SecretString>,
    /// Our own number in any spelling.
    pub device: Option<String>,
    /// Takes webhooks without a secret where no secret is set.
    pub allow_unsigned: bool,
    /// The country of numbers that are written without one.
    pub country_code: String,
    /// Hosts besides Fonnte's own that attachments come from; Fonnte names none.
    pub media_hosts: Vec<String>,
}

/// What Fonnte can do.
pub(super) const CAPABILITY: Capability = Capability {
    send_file: true,
    send_location: true,
    quote: true,
    login_qr: true,
    login_code: true,
    logout: true,
    device_state: true,
    number_check: true,
    webhook: true,
    signs: false,
    settle: Duration::from_secs(10),
};

impl Settings {
    /// Returns the token for the one header that holds it.
    pub(super) fn token(&self) -> &str {
        self.token.expose_secret()
    }

    /// Returns our own number.
    pub(super) fn own_number(&self) -> Option<Phone> {
        self.device.as_deref().and_then(|it| self.phone(it))
    }

    /// Reads a number in any spelling.
    pub(super) fn phone(&self, raw: &str) -> Option<Phone> {
        Phone::parse(raw, &self.country_code).ok()
    }

    /// Brings a number into one spelling; what is no number keeps its digits.
    pub(super) fn digits(&self, raw: &str) -> String {
        let only_digits = || raw.chars().filter(char::is_ascii_digit).collect();
        self.phone(raw)
            .map_or_else(only_digits, |it| it.to_string())
    }

    /// Tells whether attachments may come from this host.
    pub(super) fn is_media_host(&self, host: &str) -> bool {
        let base = http::base_url(&self.base_url).ok();
        let base = base.as_ref().and_then(|it| it.host_str());
        let extra = self.media_hosts.iter().map(String::as_str);
        let host = host.to_ascii_lowercase();
        ["fonnte.com"]
            .into_iter()
            .chain(base)
            .chain(extra)
            .any(|it| belongs(&host, it))
    }
}

fn belongs(host: &str, domain: &str) -> bool {
    host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|it| it.ends_with('.'))
}
