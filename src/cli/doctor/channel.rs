//! The channels: token, secret, the number behind them, and the address that gateways are told.

use secrecy::ExposeSecret as _;

use crate::cli::doctor::Findings;
use crate::cli::shell::Shell;
use crate::cli::worker::{client, gateway};
use crate::config::{Channel, Config, GatewayName};
use crate::gateway::http::Client;
use crate::gateway::{Device, Error, ErrorKind};
use crate::secret;

/// A shorter secret can be guessed in time.
const SECRET_BYTES: usize = 32;

/// Looks at every channel.
pub(super) async fn look(shell: &Shell, config: &Config, findings: &mut Findings) {
    if config.channel.is_empty() {
        findings.warn("channel", "doctor-no-channel", []);
        return;
    }
    let Some(client) = findings.try_get("channel", client(config, shell.clock.clone())) else {
        return;
    };
    for channel in &config.channel {
        look_at_secret(config, channel, findings);
        if channel.gateway == GatewayName::Simulator {
            findings.ok("channel", "doctor-channel-simulated", [name(channel)]);
        } else {
            look_at_gateway(config, channel, &client, findings).await;
        }
    }
    let is_real = |channel: &Channel| channel.gateway != GatewayName::Simulator;
    if config.worker.public_base_url.is_empty() && config.channel.iter().any(is_real) {
        let values = [("listen", config.worker.listen.to_string())];
        findings.warn("channel", "doctor-no-public-url", values);
    }
}

fn name(channel: &Channel) -> (&'static str, String) {
    ("channel", channel.name.clone())
}

fn look_at_secret(config: &Config, channel: &Channel, findings: &mut Findings) {
    let secrets = channel.webhook_secrets(&secret::environment);
    let Some(secrets) = findings.try_get("channel", secrets) else {
        return;
    };
    let is_near = config.worker.listen.ip().is_loopback();
    if channel.allow_unsigned && !is_near {
        let values = [name(channel), ("listen", config.worker.listen.to_string())];
        findings.fault("channel", "doctor-unsigned-open", values);
    }
    if secrets.is_empty() {
        if !channel.allow_unsigned {
            findings.fault("channel", "doctor-no-secret", [name(channel)]);
        } else if channel.gateway != GatewayName::Simulator {
            findings.warn("channel", "doctor-unsigned", [name(channel)]);
        }
    }
    if secrets
        .iter()
        .any(|secret| secret.expose_secret().len() < SECRET_BYTES)
    {
        let values = [name(channel), ("least", SECRET_BYTES.to_string())];
        findings.warn("channel", "doctor-short-secret", values);
    }
}

async fn look_at_gateway(
    config: &Config,
    channel: &Channel,
    client: &Client,
    findings: &mut Findings,
) {
    let Some(gateway) = findings.try_get("channel", gateway(config, &channel.name, client)) else {
        return;
    };
    match gateway.device().await {
        Ok(device) => look_at_number(channel, device, findings),
        Err(error) => look_at_error(channel, &error, findings),
    }
}

fn look_at_number(channel: &Channel, device: Device, findings: &mut Findings) {
    if !device.connected {
        findings.fault("channel", "doctor-not-linked", [name(channel)]);
    } else if device.quota_left.is_some_and(|left| left <= 0) {
        findings.warn("channel", "doctor-no-quota", [name(channel)]);
    } else {
        let number = ("number", device.number.unwrap_or_else(|| "?".to_owned()));
        findings.ok("channel", "doctor-channel", [name(channel), number]);
    }
}

fn look_at_error(channel: &Channel, error: &Error, findings: &mut Findings) {
    let values = [
        name(channel),
        ("why", error.text.clone()),
        ("url", channel.base_url.clone()),
    ];
    match error.kind {
        ErrorKind::NotAllowed => findings.fault("channel", "doctor-token-refused", values),
        ErrorKind::Unreachable => findings.fault("channel", "doctor-gateway-away", values),
        _ => findings.warn("channel", "doctor-gateway-unclear", values),
    }
}
