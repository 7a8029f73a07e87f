//! Employees and staff: taken in, changed, disabled and put back as they were.
//!
//! What is typed is cleaned and checked here once; the audit row holds everything about a person
//! before and after, so that an act can be undone from it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::action::{Error, Result, Work};
use crate::domain::phone::Phone;
use crate::domain::text;
use crate::store::audit::Entry;

pub mod employee;
pub mod password;
pub mod staff;

pub use employee::restore as restore_employee;
pub use staff::restore as restore_staff;

/// Characters of a name, an id and a note that are kept.
const NAME: usize = 100;
const ID: usize = 40;
const NOTE: usize = 1_024;
/// The longest address that mail knows.
const EMAIL: usize = 254;

fn invalid(what: &'static str, value: &str, why: &'static str) -> Error {
    Error::Invalid {
        what,
        value: text::line(value, NAME),
        why,
    }
}

/// Says who has it: people look for the one they forgot.
fn taken(what: &'static str, value: &str, (id, name): (&str, &str)) -> Error {
    Error::Taken {
        what,
        value: format!("{value} ({id} {name})"),
    }
}

fn name(raw: &str) -> Result<String> {
    let name = text::line(raw, NAME);
    if name.is_empty() {
        return Err(invalid("name", raw, "why-empty"));
    }
    Ok(name)
}

fn line(raw: &str) -> String {
    text::line(raw, NAME)
}

fn note(raw: &str) -> String {
    text::display(&text::cut(raw.trim(), NOTE)).text
}

/// Reads an id that somebody chose.
fn id(raw: &str) -> Result<String> {
    let id = raw.trim();
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if id.is_empty() || id.len() > ID || !id.chars().all(sign) {
        return Err(invalid("id", raw, "why-id"));
    }
    Ok(id.to_owned())
}

/// Reads a phone number; an empty one means that there is none.
fn phone(work: &Work<'_>, raw: &str) -> Result<Option<String>> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let phone = Phone::parse(raw, &work.settings.config.org.country_code);
    let phone = phone.map_err(|_| invalid("phone", raw, "why-phone"))?;
    Ok(Some(phone.as_str().to_owned()))
}

/// Reads an e-mail address loosely: whether it exists only a mail can tell. None is fine.
fn email(raw: &str) -> Result<String> {
    let email = raw.trim();
    let parts = email.rsplit_once('@');
    let plausible = parts.is_some_and(|(user, host)| {
        let inside = host.trim_matches('.');
        !user.is_empty() && inside == host && host.contains('.') && !host.contains("..")
    });
    let sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\"\\".contains(c);
    if email.is_empty() || plausible && email.len() <= EMAIL && email.chars().all(sign) {
        return Ok(email.to_owned());
    }
    Err(invalid("email", raw, "why-email"))
}

/// Writes down what somebody was and is; one of the two is missing when a person comes or goes.
fn written<T: Serialize>(act: &'static str, id: &str, change: (Option<&T>, Option<&T>)) -> Entry {
    let (before, after) = change;
    Entry {
        act,
        object: id.to_owned(),
        detail: json!({"before": before, "after": after}).to_string(),
        undoable: true,
    }
}

/// Reads one half of what [`written`] wrote. What this version does not understand counts as
/// changed, because it cannot be put back whole.
fn read<T: for<'de> Deserialize<'de>>(id: &str, half: &Value) -> Result<Option<T>> {
    Option::<T>::deserialize(half).map_err(|_| Error::Changed(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{email, id, name, note, read, written};

    #[test]
    fn an_address_is_checked_loosely() {
        for (raw, ok) in [
            ("", true),
            ("  ", true),
            (" sari@kampus.example ", true),
            ("s.w+brt@ft.kampus.example", true),
            ("sari", false),
            ("sari@kampus", false),
            ("@kampus.example", false),
            ("sari@.example", false),
            ("sari@kampus..example", false),
            ("sari@kampus.example.", false),
            ("sari wijaya@kampus.example", false),
            ("Sari <sari@kampus.example>", false),
            ("a@kampus.example,b@kampus.example", false),
        ] {
            assert_eq!(email(raw).is_ok(), ok, "{raw}");
        }
        assert_eq!(
            email(" sari@kampus.example ").unwrap(),
            "sari@kampus.example"
        );
        assert!(email(&format!("{}@kampus.example", "s".repeat(300))).is_err());
    }

    #[test]
    fn a_name_is_one_clean_line_and_never_empty() {
        assert_eq!(name("  Sari \n Wijaya\u{202e} ").unwrap(), "Sari Wijaya");
        for raw in ["", "   ", "\u{200b}"] {
            assert!(name(raw).is_err(), "{raw:?}");
        }
    }

    #[test]
    fn an_id_has_signs_that_a_shell_and_a_table_leave_alone() {
        for (raw, ok) in [
            ("PGW2402001", true),
            (" 19800101/2004-1 ", true),
            ("", false),
            ("PGW 1", false),
            ("PGW;1", false),
            ("é", false),
        ] {
            assert_eq!(id(raw).is_ok(), ok, "{raw}");
        }
        assert!(id(&"1".repeat(41)).is_err());
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(note(" satu\r\ndua \u{7} "), "satu\ndua ␇");
    }

    #[test]
    fn what_was_written_down_can_be_read_back() {
        let entry = written("employee-add", "PGW1", (None, Some(&vec![1, 2])));
        let detail: Value = serde_json::from_str(&entry.detail).unwrap();
        assert_eq!(read::<Vec<i32>>("PGW1", &detail["before"]).unwrap(), None);
        assert_eq!(
            read::<Vec<i32>>("PGW1", &detail["after"]).unwrap(),
            Some(vec![1, 2])
        );
        assert!(read::<Vec<String>>("PGW1", &detail["after"]).is_err());
    }
}
