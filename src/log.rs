//! What the program writes to stderr about its own doings: JSON lines for the worker, short text
//! for commands. No line holds a whole phone number or what somebody wrote.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

mod line;

use line::Lines;

/// The form of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line, for machines; what the worker writes.
    Json,
    /// Level and text, for the person who ran a command.
    Short,
}

/// How much is said when `TANGGAP_LOG` says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// `-q`: errors only.
    Quiet,
    /// Warnings for commands, the course of things for the worker.
    Usual,
    /// `-v`: one step more of our own than usual.
    Verbose,
}

/// Starts logging for this process; a second start changes nothing.
///
/// `directives` is what `TANGGAP_LOG` or `[log] level` holds; it outranks the loudness.
pub fn start(form: Form, loudness: Loudness, directives: Option<&str>) -> Result<(), LogError> {
    let filter = filter(form, loudness, directives)?;
    let logger = logger(form, filter, std::io::stderr);
    // Someone else's logger is in place already only in tests.
    drop(tracing::dispatcher::set_global_default(logger));
    Ok(())
}

/// `TANGGAP_LOG` or the level of the settings cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no log level; use error, warn, info, debug or trace")]
pub struct LogError(String);

/// Returns the tag that stands for a phone in logs: the same for the same phone and key.
pub fn tag(key: &[u8], phone: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(phone.as_bytes());
    let bytes = mac.finalize().into_bytes();
    format!(
        "{:02x}{:02x}{:02x}{:02x}",
        bytes[0], bytes[1], bytes[2], bytes[3]
    )
}

fn filter(form: Form, loudness: Loudness, directives: Option<&str>) -> Result<EnvFilter, LogError> {
    let usual = match (loudness, form) {
        (Loudness::Quiet, _) => "error",
        (Loudness::Usual, Form::Short) => "warn",
        (Loudness::Usual, Form::Json) | (Loudness::Verbose, Form::Short) => "warn,tanggap=info",
        (Loudness::Verbose, Form::Json) => "warn,tanggap=debug",
    };
    let wanted = directives.map(str::trim).filter(|text| !text.is_empty());
    let text = match wanted {
        // A bare level is about us; libraries stay at warnings, for their debug lines hold bodies.
        Some(level) if level.parse::<tracing::level_filters::LevelFilter>().is_ok() => {
            format!(
                "{},tanggap={level}",
                if level == "error" { "error" } else { "warn" }
            )
        }
        Some(directives) => directives.to_owned(),
        None => usual.to_owned(),
    };
    EnvFilter::try_new(&text).map_err(|_| LogError(wanted.unwrap_or(usual).to_owned()))
}

fn logger<W>(form: Form, filter: EnvFilter, writer: W) -> tracing::Dispatch
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let base = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(Lines { form, writer });
    match form {
        Form::Json => base
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .into(),
        Form::Short => base
            .without_time()
            .with_target(false)
            .with_ansi(false)
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(
        form: Form,
        loudness: Loudness,
        directives: Option<&str>,
        act: impl FnOnce(),
    ) -> String {
        let page = Page::default();
        let copy = page.clone();
        let filter = filter(form, loudness, directives).unwrap();
        let logger = logger(form, filter, move || copy.clone());
        tracing::dispatcher::with_default(&logger, act);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn speak() {
        tracing::error!(target: "tanggap::worker", "galat");
        tracing::warn!(target: "tanggap::worker", "awas");
        tracing::info!(target: "tanggap::worker", "kabar");
        tracing::debug!(target: "tanggap::worker", "rinci");
        tracing::info!(target: "hyper", "asing");
    }

    #[test]
    fn each_loudness_lets_through_what_it_should() {
        use Form::{Json, Short};
        use Loudness::{Quiet, Usual, Verbose};
        for (form, loudness, directives, expected) in [
            (Short, Quiet, None, "galat"),
            (Short, Usual, None, "galat awas"),
            (Short, Verbose, None, "galat awas kabar"),
            (Json, Quiet, None, "galat"),
            (Json, Usual, None, "galat awas kabar"),
            (Json, Verbose, None, "galat awas kabar rinci"),
            (Json, Usual, Some("debug"), "galat awas kabar rinci"),
            (Json, Quiet, Some("info"), "galat awas kabar"),
            (Short, Verbose, Some("error"), "galat"),
            (Short, Quiet, Some(" "), "galat"),
            (Short, Usual, Some("off,hyper=info"), "asing"),
        ] {
            let page = written(form, loudness, directives, speak);
            let said = ["galat", "awas", "kabar", "rinci", "asing"];
            let said: Vec<_> = said
                .into_iter()
                .filter(|word| page.contains(word))
                .collect();
            assert_eq!(
                said.join(" "),
                expected,
                "{form:?} {loudness:?} {directives:?}"
            );
        }
    }

    #[test]
    fn the_workers_lines_are_json_with_utc_time_level_and_fields() {
        let act = || tracing::warn!(target: "tanggap::worker", outbox = 7, "ditunda");
        let page = written(Form::Json, Loudness::Usual, None, act);
        let line: serde_json::Value = serde_json::from_str(page.trim_end()).unwrap();
        assert_eq!(line["level"], "WARN");
        assert_eq!(line["message"], "ditunda");
        assert_eq!(line["outbox"], 7);
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
    }

    #[test]
    fn hostile_text_cannot_forge_a_line_or_colour_the_screen() {
        for form in [Form::Json, Form::Short] {
            let act = || {
                let name = "Rudi\n{\"level\":\"ERROR\"}\r\u{1b}[31m";
                tracing::error!(target: "tanggap::worker", name, shown = %name, "masuk");
            };
            let page = written(form, Loudness::Usual, None, act);
            assert_eq!(page.trim_end().lines().count(), 1, "{form:?}: {page:?}");
            assert!(
                !page.contains('\u{1b}') && !page.contains('\r'),
                "{form:?}: {page:?}"
            );
        }
    }

    #[test]
    fn nonsense_for_a_level_is_refused_by_name() {
        let error = filter(Form::Json, Loudness::Usual, Some("tanggap=lots")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("\"tanggap=lots\" is no log level"),
            "{error}"
        );
    }

    #[test]
    fn a_tag_depends_on_phone_and_key_and_shows_neither() {
        let phone = "6281100000044";
        let first = tag(b"kunci", phone);
        assert_eq!(first, tag(b"kunci", phone));
        assert_ne!(first, tag(b"kunci", "6281100000045"));
        assert_ne!(first, tag(b"lain", phone));
        assert!(
            first.len() == 8 && first.chars().all(|c| c.is_ascii_hexdigit()),
            "{first}"
        );
    }
}
