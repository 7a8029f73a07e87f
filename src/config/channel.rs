//! One WhatsApp number behind one gateway.

use secrecy::SecretString;
use serde::Deserialize;

use crate::secret::{Environment, Secret, SecretError, Secrets, optional};

/// A configured number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub name: String,
    pub gateway: GatewayName,
    pub base_url: String,
    #[serde(deserialize_with = "optional")]
    pub token: Option<Secret>,
    pub webhook_secret: Secrets,
    pub device: String,
    pub media_hosts: Vec<String>,
    pub allow_unsigned: bool,
    pub rate_per_minute: u32,
    /// Shortest and longest pause.
    pub notice_gap_seconds: [u32; 2],
    pub notices_per_day: u32,
    pub fallback: String,
}

/// The gateways that this version speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayName {
    Fonnte,
    Simulator,
}

impl GatewayName {
    /// Returns the word of the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fonnte => "fonnte",
            Self::Simulator => "simulator",
        }
    }
}

impl Channel {
    /// Fetches the gateway's token.
    pub fn token(&self, env: &Environment<'_>) -> Result<SecretString, SecretError> {
        let key = format!("channel.{}.token", self.name);
        match &self.token {
            Some(token) => token.open(&key, env),
            None => Err(SecretError::BadContent { key }),
        }
    }

    /// Fetches the secrets that a webhook may carry; there may be none.
    pub fn webhook_secrets(&self, env: &Environment<'_>) -> Result<Vec<SecretString>, SecretError> {
        self.webhook_secret
            .open(&format!("channel.{}.webhook_secret", self.name), env)
    }
}
