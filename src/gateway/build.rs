//! Makes the gateways that the settings name.

use std::collections::BTreeMap;
use std::sync::Arc;

use secrecy::SecretString;

use super::http::Client;
use super::simulator::{self, Simulator};
use super::{Gateway, fonnte};
use crate::config::{Channel, Config, GatewayName};
use crate::secret::{Environment, SecretError};

/// The channel that `sim` plays; it is there without being configured.
pub const SIMULATED: &str = "simulator";

/// Makes every configured channel, by name.
pub fn channels(
    config: &Config,
    client: &Client,
    env: &Environment<'_>,
) -> Result<BTreeMap<String, Arc<dyn Gateway>>, SecretError> {
    let mut channels = BTreeMap::new();
    for channel in &config.channel {
        let gateway = one(config, channel, client, env)?;
        channels.insert(channel.name.clone(), gateway);
    }
    Ok(channels)
}

/// Makes one channel.
pub fn one(
    config: &Config,
    channel: &Channel,
    client: &Client,
    env: &Environment<'_>,
) -> Result<Arc<dyn Gateway>, SecretError> {
    let secrets = channel.webhook_secrets(env)?;
    let country_code = config.org.country_code.clone();
    Ok(match channel.gateway {
        GatewayName::Fonnte => Arc::new(fonnte::Fonnte::new(
            fonnte::Settings {
                base_url: channel.base_url.clone(),
                token: channel.token(env)?,
                webhook_secrets: secrets,
                device: (!channel.device.is_empty()).then(|| channel.device.clone()),
                media_hosts: channel.media_hosts.clone(),
                allow_unsigned: channel.allow_unsigned && is_loopback(config),
                country_code,
            },
            client.clone(),
        )),
        GatewayName::Simulator => {
            Arc::new(simulator(secrets, channel.allow_unsigned, country_code))
        }
    })
}

/// Unsigned webhooks are taken only where nobody else can reach the listener.
fn is_loopback(config: &Config) -> bool {
    config.worker.listen.ip().is_loopback()
}

/// Makes a simulated phone network.
pub fn simulator(
    secrets: Vec<SecretString>,
    allow_unsigned: bool,
    country_code: String,
) -> Simulator {
    Simulator::new(simulator::Settings {
        secrets,
        allow_unsigned,
        country_code,
    })
}
