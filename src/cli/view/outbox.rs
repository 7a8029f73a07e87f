//! A letter of the outbox.

use serde::Serialize;

use super::Table;
use crate::cli::shell::Shell;
use crate::desk::Settings;
use crate::domain::filter::{Choice as _, SendWord};
use crate::domain::show::date_time;
use crate::store::outbox::Letter as Row;

/// A letter in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub id: String,
    pub channel: String,
    pub to: String,
    pub kind: String,
    pub text: String,
    pub state: String,
    /// The state as the number that other systems know: 0 waits, 1 sent, 2 is tried again, 3 needs
    /// a person, none for what was taken back.
    pub code: Option<u8>,
    pub attempts: i64,
    pub next_attempt_at: Option<String>,
    pub last_error: Option<String>,
    pub gateway_id: Option<String>,
    pub delivered_at: Option<String>,
    pub read_at: Option<String>,
    pub source: String,
    pub created_at: String,
    pub sent_at: Option<String>,
    pub by: String,
    #[serde(skip)]
    pub created_ms: i64,
}

impl Letter {
    /// Returns a letter as it is printed.
    pub fn new(settings: &Settings, row: Row) -> Self {
        let time = |at: i64| super::time(settings, at);
        let waits = ["held", "pending", "retry", "unknown"].contains(&row.state.as_str());
        Self {
            id: row.id.to_string(),
            to: super::address(&row.address),
            code: code(&row.state),
            next_attempt_at: waits.then(|| time(row.due_at)),
            delivered_at: row.delivered_at.map(time),
            read_at: row.read_at.map(time),
            created_at: time(row.created_at),
            sent_at: row.sent_at.map(time),
            created_ms: row.created_at,
            channel: row.channel,
            kind: row.kind,
            text: row.text,
            state: row.state,
            attempts: row.attempts,
            last_error: row.last_error,
            gateway_id: row.gateway_id,
            source: row.source,
            by: row.by,
        }
    }
}

fn code(state: &str) -> Option<u8> {
    match state {
        "held" | "pending" | "sending" => Some(0),
        "sent" => Some(1),
        "retry" | "unknown" => Some(2),
        "failed" => Some(3),
        _ => None,
    }
}

/// The columns of a list.
const COLUMNS: [&str; 7] = [
    "column-id",
    "column-created",
    "column-state",
    "column-channel",
    "column-to",
    "column-attempts",
    "column-text",
];

impl Letter {
    /// Returns a list of letters for people.
    pub fn table(shell: &Shell, settings: &Settings, letters: &[Self]) -> String {
        let (lang, mut table) = (shell.lang(), Table::new(shell, &COLUMNS));
        for letter in letters {
            let state = SendWord::read(&letter.state).map(|word| word.label(lang));
            table.row([
                letter.id.clone(),
                date_time(&settings.local(letter.created_ms), lang),
                state.unwrap_or(&letter.state).to_owned(),
                letter.channel.clone(),
                letter.to.clone(),
                letter.attempts.to_string(),
                letter
                    .last_error
                    .clone()
                    .unwrap_or_else(|| letter.text.clone()),
            ]);
        }
        table.text()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample;
    use super::*;

    #[rstest]
    #[case("held", Some(0), true)]
    #[case("pending", Some(0), true)]
    #[case("sending", Some(0), false)]
    #[case("sent", Some(1), false)]
    #[case("retry", Some(2), true)]
    #[case("unknown", Some(2), true)]
    #[case("failed", Some(3), false)]
    #[case("cancelled", None, false)]
    fn every_state_has_its_code(
        #[case] state: &str,
        #[case] code: Option<u8>,
        #[case] goes_on: bool,
    ) {
        let settings = sample::settings("Asia/Makassar");
        let letter = Letter::new(&settings, sample::letter(state));
        assert_eq!(letter.code, code);
        assert_eq!(letter.next_attempt_at.is_some(), goes_on);
    }

    #[test]
    fn a_letter_has_the_fields_that_scripts_read() {
        let settings = sample::settings("Asia/Makassar");
        let letter = serde_json::to_value(Letter::new(&settings, sample::letter("sent"))).unwrap();
        let expected = serde_json::json!({
            "id": "41", "channel": "utama", "to": "6281100001001", "kind": "text",
            "text": "Baik.", "state": "sent", "code": 1, "attempts": 1, "next_attempt_at": null,
            "last_error": null, "gateway_id": "sim:1",
            "delivered_at": "2024-11-18T09:00:03+08:00", "read_at": null, "source": "manual",
            "created_at": "2024-11-18T09:00:00+08:00", "sent_at": "2024-11-18T09:00:01+08:00",
            "by": "cli:uji",
        });
        assert_eq!(letter, expected);
    }
}
