//! The new settings file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::answer::Answers;

/// What stands above the settings.
const HEAD: &str = "\
# Settings of tanggap. Every setting with its meaning: docs/CONFIG.md, \"tanggap config show\".
# This file holds secrets: only its owner may read it.
";
/// Sections in the order in which people look for them; others follow by name.
const ORDER: [&str; 5] = ["", "database", "org", "desk", "worker"];

/// Returns the text of a settings file with these answers.
pub(super) fn settings(answers: &Answers) -> String {
    let mut sections: BTreeMap<&str, Vec<(&str, &Value)>> = BTreeMap::new();
    for (key, value) in answers.settings() {
        let (section, field) = key.rsplit_once('.').unwrap_or(("", key));
        sections.entry(section).or_default().push((field, value));
    }
    let channel = sections.remove("channel");
    let mut text = HEAD.to_owned();
    for section in ORDER {
        if let Some(fields) = sections.remove(section) {
            write(&mut text, section, &fields);
        }
    }
    for (section, fields) in &sections {
        write(&mut text, section, fields);
    }
    if let Some(mut fields) = channel {
        fields.sort_by_key(|(field, _)| (*field != "name", *field != "gateway", *field));
        text.push_str("\n[[channel]]\n");
        lines(&mut text, &fields);
    }
    text
}

fn write(text: &mut String, section: &str, fields: &[(&str, &Value)]) {
    text.push('\n');
    if !section.is_empty() {
        writeln!(text, "[{section}]").expect("writing to a string does not fail");
    }
    lines(text, fields);
}

fn lines(text: &mut String, fields: &[(&str, &Value)]) {
    for (field, value) in fields {
        if let Ok(value) = toml::Value::try_from(value) {
            writeln!(text, "{field} = {value}").expect("writing to a string does not fail");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_file_reads_back_as_the_answers() {
        let mut answers = Answers::default();
        answers.set("org.name", "Biro \"RT\" \\ 1");
        answers.set("database.url", "sqlite:/srv/desk.db");
        answers.set("data_dir", "/srv/desk");
        answers.set("admin.password", "rahasia");
        answers.set("channel.name", "utama");
        answers.set("channel.token", json!({"env": "FONNTE"}));
        answers.set("channel.notice_gap_seconds", json!([0, 0]));
        answers.set("targets.low.response_minutes", 30);
        let text = settings(&answers);
        let read: toml::Table = toml::from_str(&text).unwrap();
        assert_eq!(read["org"]["name"].as_str(), Some("Biro \"RT\" \\ 1"));
        assert_eq!(read["data_dir"].as_str(), Some("/srv/desk"));
        assert_eq!(read["channel"][0]["token"]["env"].as_str(), Some("FONNTE"));
        assert_eq!(
            read["targets"]["low"]["response_minutes"].as_integer(),
            Some(30)
        );
        assert!(!text.contains("rahasia"), "{text}");
    }
}
