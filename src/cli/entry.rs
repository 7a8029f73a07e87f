//! What people type in: answers at a terminal, passwords from a terminal or a pipe.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::i18n::Phrase;

/// The longest line that is read as a password, in bytes.
const LONGEST: u64 = 4096;

/// Tells whether somebody sits there who can answer.
pub(super) fn is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// Refuses to wait for a terminal that is not there.
pub(super) fn need_terminal(instead: &str) -> Result<(), Failure> {
    if is_terminal() {
        return Ok(());
    }
    let values = [("instead", instead.to_owned().into())];
    Err(Failure::new(
        Code::Usage,
        Phrase::new("error-no-terminal", values),
    ))
}

/// Reads a password from standard input: its first line.
pub(super) fn typed_password() -> Result<SecretString, Failure> {
    let mut text = String::new();
    let mut input = std::io::Read::take(std::io::stdin().lock(), LONGEST);
    input.read_line(&mut text).map_err(unreadable)?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}

/// Asks for a new password twice.
pub(super) fn chosen_password(shell: &Shell, instead: &str) -> Result<SecretString, Failure> {
    need_terminal(instead)?;
    let first = hidden(&shell.say("ask-password", &[]))?;
    let second = hidden(&shell.say("ask-password-again", &[]))?;
    if first.expose_secret() != second.expose_secret() {
        return Err(Failure::new(
            Code::Usage,
            Phrase::new("error-passwords-differ", []),
        ));
    }
    Ok(first)
}

/// Asks for something that nobody else should see.
pub(super) fn hidden(question: &str) -> Result<SecretString, Failure> {
    let typed = rpassword::prompt_password(format!("{question}: ")).map_err(unreadable)?;
    Ok(typed.trim().into())
}

/// Asks a question; an empty answer means the proposal.
pub(super) fn ask(question: &str, proposal: &str) -> Result<String, Failure> {
    let hint = if proposal.is_empty() {
        String::new()
    } else {
        format!(" [{proposal}]")
    };
    let mut screen = std::io::stderr().lock();
    write!(screen, "{question}{hint}: ")
        .and_then(|()| screen.flush())
        .map_err(unreadable)?;
    let mut line = String::new();
    let read = std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(unreadable)?;
    if read == 0 {
        return Err(unreadable(std::io::ErrorKind::UnexpectedEof.into()));
    }
    let answer = line.trim();
    Ok(if answer.is_empty() {
        proposal.to_owned()
    } else {
        answer.to_owned()
    })
}

/// Says something to whoever sits at the terminal.
pub(super) fn tell(text: &str) {
    writeln!(std::io::stderr().lock(), "{text}").ok();
}

fn unreadable(error: std::io::Error) -> Failure {
    Failure::file("error-file-read", std::path::Path::new("stdin"), &error)
}
