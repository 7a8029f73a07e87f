//! The answers that setup knows, and what else people call them.

/// Settings and questions with their other names.
pub(super) const KEYS: [(&str, &[&str]); 28] = [
    ("data_dir", &["data", "folder"]),
    (
        "org.name",
        &["org", "org_name", "organisation_name", "organization_name"],
    ),
    (
        "org.track_prefix",
        &["prefix", "track_prefix", "org.prefix"],
    ),
    (
        "org.timezone",
        &["zone", "timezone", "time_zone", "org.zone", "org.time_zone"],
    ),
    ("org.country_code", &["country_code"]),
    ("org.language", &["language", "lang", "org.lang"]),
    ("database.url", &["database", "database_url"]),
    ("admin.id", &["admin_id"]),
    ("admin.name", &["admin", "admin_name"]),
    (
        "admin.username",
        &["username", "admin_username", "admin.user"],
    ),
    ("admin.password", &["password", "admin_password"]),
    ("admin.phone", &["phone", "admin_phone"]),
    ("admin.email", &["email", "admin_email"]),
    ("channel.name", &["channel", "channel_name"]),
    (
        "channel.gateway",
        &["gateway", "provider", "channel.provider", "channel.type"],
    ),
    ("channel.token", &["token"]),
    (
        "channel.device",
        &["device", "number", "channel.number", "channel.phone"],
    ),
    (
        "channel.webhook_secret",
        &["webhook_secret", "channel.secret"],
    ),
    ("channel.base_url", &["base_url", "channel.url"]),
    ("channel.media_hosts", &[]),
    ("channel.allow_unsigned", &[]),
    ("channel.rate_per_minute", &[]),
    ("channel.notice_gap_seconds", &[]),
    ("channel.notices_per_day", &[]),
    ("channel.fallback", &[]),
    ("worker.listen", &["listen"]),
    ("worker.public_base_url", &["public_base_url"]),
    ("desk.assign", &["assign"]),
];

/// Sections with their other names.
const SECTIONS: [(&str, &[&str]); 5] = [
    ("org", &["organisation", "organization", "organisasi"]),
    ("database", &["db", "basis_data"]),
    ("admin", &["administrator", "first_administrator"]),
    ("channel", &["channels", "kanal"]),
    ("worker", &["server"]),
];

/// Returns a key as setup knows it.
pub(super) fn canonical(key: &str) -> String {
    let key = key.trim().to_lowercase().replace('-', "_");
    let (section, rest) = key
        .split_once('.')
        .map_or((key.as_str(), None), |(section, rest)| {
            (section, Some(rest))
        });
    let section = named(&SECTIONS, section).unwrap_or(section);
    let key = rest.map_or_else(|| section.to_owned(), |rest| format!("{section}.{rest}"));
    named(&KEYS, &key).map_or(key, str::to_owned)
}

fn named<const N: usize>(table: &[(&'static str, &[&str]); N], name: &str) -> Option<&'static str> {
    let found = table
        .iter()
        .find(|(known, others)| *known == name || others.contains(&name));
    found.map(|(known, _)| *known)
}

#[cfg(test)]
mod tests {
    use super::{KEYS, canonical};

    #[test]
    fn people_may_call_things_by_other_names() {
        for (said, meant) in [
            ("org.name", "org.name"),
            ("organisation", "org.name"),
            ("organization.zone", "org.timezone"),
            ("Prefix", "org.track_prefix"),
            ("administrator.username", "admin.username"),
            ("channel.webhook-secret", "channel.webhook_secret"),
            ("token", "channel.token"),
            ("db", "database.url"),
            ("desk.guests", "desk.guests"),
            ("colour", "colour"),
        ] {
            assert_eq!(canonical(said), meant, "{said}");
        }
    }

    #[test]
    fn no_name_means_two_things() {
        for (key, others) in KEYS {
            for name in others.iter().chain([&key]) {
                let meanings = KEYS
                    .iter()
                    .filter(|(own, also)| own == name || also.contains(name));
                assert_eq!(meanings.count(), 1, "{name}");
            }
        }
    }
}
