//! The address that a gateway is told.

use crate::config::Config;

/// Returns the address of a channel's webhook, with its secret if one is given.
pub(in crate::cli) fn webhook(config: &Config, name: &str, secret: Option<&str>) -> String {
    let base = config.worker.public_base_url.trim_end_matches('/');
    let scheme = if config.worker.tls_cert.is_empty() {
        "http"
    } else {
        "https"
    };
    let base = match base {
        "" => format!("{scheme}://{}", config.worker.listen),
        base => base.to_owned(),
    };
    let key = secret.map(|secret| {
        let key: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        format!("?key={key}")
    });
    format!("{base}/webhook/{name}{}", key.unwrap_or_default())
}
