//! Where each setting may be kept, and which ones are secret.

/// Settings of the whole organisation: their home is the database.
const SHARED: [&str; 6] = ["org", "desk", "limits", "targets", "calendar", "category"];
/// Settings that are needed before the database is open.
const EARLY: [&str; 4] = ["database", "sqlite", "postgres", "log"];
/// What the database may say about a channel. All else decides whom a token is shown to, so it
/// stays with the machine that holds the token.
const PACING: [&str; 4] = [
    "rate_per_minute",
    "notice_gap_seconds",
    "notices_per_day",
    "fallback",
];

/// Why a setting is not kept in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    Secret,
    Early,
    Machine,
}

/// Tells whether a setting belongs to the whole organisation and so lives in the database.
pub fn is_shared(key: &str) -> bool {
    SHARED.contains(&section(key))
}

/// Tells why a setting may not be kept in the database, if that is so.
pub(super) fn elsewhere(key: &str) -> Option<Elsewhere> {
    let field = key.rsplit('.').next().unwrap_or(key);
    match section(key) {
        _ if is_secret(key) => Some(Elsewhere::Secret),
        section if EARLY.contains(&section) => Some(Elsewhere::Early),
        "channel" if PACING.contains(&field) => None,
        "channel" | "worker" | "data_dir" | "chat" => Some(Elsewhere::Machine),
        _ => None,
    }
}

/// Tells whether a setting may hold a secret.
pub(super) fn is_secret(key: &str) -> bool {
    let names: Vec<&str> = key.split('.').collect();
    matches!(
        names[..],
        ["database", "url"] | ["channel", _, "token" | "webhook_secret"]
    )
}

/// Tells whether a setting names a file that is looked for beside the settings file.
pub(super) fn is_path(key: &str) -> bool {
    matches!(key, "chat.file" | "worker.tls_cert" | "worker.tls_key")
}

fn section(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}
