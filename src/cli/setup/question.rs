//! The questions that setup asks at a terminal.

use secrecy::ExposeSecret as _;

use super::answer::Answers;
use crate::cli::entry;
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;

/// Questions about settings: the key, and the text that asks.
const SETTINGS: [(&str, &str); 3] = [
    ("org.name", "ask-org-name"),
    ("org.timezone", "ask-timezone"),
    ("org.track_prefix", "ask-prefix"),
];
/// What is typed for nothing.
const NONE: &str = "-";

/// Asks everything. Settings that are there are kept, so they are not asked for again.
pub(super) fn ask(shell: &Shell, has_settings: bool) -> Result<Answers, Failure> {
    let mut answers = Answers::default();
    if !has_settings {
        settings(shell, &mut answers)?;
    }
    administrator(shell, &mut answers)?;
    if !has_settings {
        channel(shell, &mut answers)?;
    }
    Ok(answers)
}

fn settings(shell: &Shell, answers: &mut Answers) -> Result<(), Failure> {
    for (key, question) in SETTINGS {
        let default = shell.layers.entry(key)?.value;
        let default = default.as_str().unwrap_or_default();
        let answer = asked(shell, question, default, |answer| {
            shell.layers.check_set(key, answer).err().map(Failure::from)
        })?;
        answers.set(key, answer);
    }
    if shell.global.database.is_none() {
        let default = shell.layers.entry("database.url")?.value;
        let default = default.as_str().unwrap_or_default();
        answers.set(
            "database.url",
            asked(shell, "ask-database", default, |_| None)?,
        );
    }
    Ok(())
}

fn administrator(shell: &Shell, answers: &mut Answers) -> Result<(), Failure> {
    let questions = [
        ("admin.name", "ask-admin-name", "Administrator"),
        ("admin.username", "ask-admin-username", "admin"),
        ("admin.phone", "ask-admin-phone", ""),
    ];
    for (key, question, default) in questions {
        answers.set(key, asked(shell, question, default, |_| None)?);
    }
    let password = entry::chosen_password(shell, "--answers FILE.json")?;
    answers.set("admin.password", password.expose_secret());
    Ok(())
}

fn channel(shell: &Shell, answers: &mut Answers) -> Result<(), Failure> {
    let gateway = asked(shell, "ask-gateway", "fonnte", |_| None)?;
    if gateway == NONE {
        return Ok(());
    }
    answers.set("channel.gateway", gateway);
    let token = entry::hidden(&shell.say("ask-token", &[]))?;
    answers.set("channel.token", token.expose_secret());
    answers.set("channel.device", asked(shell, "ask-device", "", |_| None)?);
    answers.set(
        "worker.public_base_url",
        asked(shell, "ask-public-url", "", |_| None)?,
    );
    Ok(())
}

/// Asks until the answer will do.
fn asked(
    shell: &Shell,
    question: &str,
    default: &str,
    fault: impl Fn(&str) -> Option<Failure>,
) -> Result<String, Failure> {
    loop {
        let answer = entry::ask(&shell.say(question, &[]), default)?;
        match fault(&answer) {
            None => return Ok(answer),
            Some(failure) => entry::tell(&failure.text(&shell.texts)),
        }
    }
}
