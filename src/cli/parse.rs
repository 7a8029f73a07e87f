//! Reading the command line: what cannot be read is said as every other failure is, in one line or
//! as JSON.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};

use crate::cli::failure::{Code, Failure};
use crate::cli::{Arguments, Global, shell};
use crate::i18n::Phrase;

/// Commands whose words are a filter.
const FILTERED: [&str; 3] = ["list", "export", "print"];

/// Reads the arguments of the program; what is printed instead ends it with this code.
pub fn arguments() -> Result<Arguments, ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    Arguments::try_parse_from(negations(given.clone())).map_err(|error| told(&given, &error))
}

/// Lets `-has:note` mean what it means in a filter, although a flag begins like that.
fn negations(given: Vec<OsString>) -> Vec<OsString> {
    let is_filter = |word: &OsString| word.to_str().is_some_and(|it| FILTERED.contains(&it));
    let start = given.iter().position(is_filter).unwrap_or(given.len());
    let turn = |(index, word): (usize, OsString)| match word.to_str() {
        Some(text) if index > start && is_negation(text) => format!("!{}", &text[1..]).into(),
        _ => word,
    };
    given.into_iter().enumerate().map(turn).collect()
}

fn is_negation(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else {
        return false;
    };
    let named = rest.split_once(':').is_some_and(|(field, _)| {
        !field.is_empty() && field.chars().all(|sign| sign.is_ascii_alphabetic())
    });
    named || rest.starts_with(['(', '"'])
}

/// Prints help, or why the arguments cannot be read.
fn told(given: &[OsString], error: &clap::Error) -> ExitCode {
    let is_json = given.iter().any(|word| word == "--json");
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            error.print().ok();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !is_json => {
            error.print().ok();
            Code::Usage.into()
        }
        _ => {
            let global = Global {
                json: is_json,
                lang: lang(given),
                ..Global::default()
            };
            shell::report_early(&global, &failure(given, error)).into()
        }
    }
}

fn lang(given: &[OsString]) -> Option<crate::domain::lang::Lang> {
    let words: Vec<&str> = given.iter().filter_map(|word| word.to_str()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let apart = || {
        words
            .iter()
            .position(|word| *word == "--lang")
            .map(|at| at + 1)
    };
    joined
        .or_else(|| words.get(apart()?).copied())?
        .parse()
        .ok()
}

fn failure(given: &[OsString], error: &clap::Error) -> Failure {
    let command = command(given);
    let about = |kind| error.get(kind).map(said).unwrap_or_default();
    let (id, what, value) = match error.kind() {
        ErrorKind::UnknownArgument => ("usage-unknown", about(ContextKind::InvalidArg), None),
        ErrorKind::InvalidSubcommand => {
            ("usage-command", about(ContextKind::InvalidSubcommand), None)
        }
        ErrorKind::MissingRequiredArgument => {
            ("usage-missing", about(ContextKind::InvalidArg), None)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = about(ContextKind::InvalidValue);
            ("usage-value", about(ContextKind::InvalidArg), Some(value))
        }
        _ => ("usage-other", first_sentence(error), None),
    };
    let values = [
        ("what", what.into()),
        ("value", value.unwrap_or_default().into()),
        ("command", command.into()),
    ];
    Failure::new(Code::Usage, Phrase::new(id, values))
}

fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(" "),
        other => other.to_string(),
    }
}

/// Returns what the library says, without the usage that follows.
fn first_sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}

/// Returns the command that was meant, as far as it can be known.
fn command(given: &[OsString]) -> String {
    let mut name = "tanggap".to_owned();
    let mut known = Arguments::command();
    for word in given.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(found) = known.find_subcommand(word) {
            name = format!("{name} {}", found.get_name());
            known = found.clone();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_minus_before_a_field_is_no_flag_in_a_filter() {
        let cases = [
            (
                "tanggap report list -has:note --limit 5",
                "tanggap report list !has:note --limit 5",
            ),
            (
                "tanggap report list -(unit:x)",
                "tanggap report list !(unit:x)",
            ),
            ("tanggap report list -v", "tanggap report list -v"),
            (
                "tanggap report note BRT2411001 -x:y",
                "tanggap report note BRT2411001 -x:y",
            ),
            ("tanggap send text 62 -a:b", "tanggap send text 62 -a:b"),
        ];
        for (given, expected) in cases {
            assert_eq!(negations(words(given)), words(expected), "{given}");
        }
    }

    #[test]
    fn a_fault_names_what_is_wrong_and_the_command() {
        let cases = [
            (
                "tanggap report show",
                "usage-missing",
                "<NO>",
                "tanggap report show",
            ),
            (
                "tanggap report list --wat",
                "usage-unknown",
                "--wat",
                "tanggap report list",
            ),
            ("tanggap raport", "usage-command", "raport", "tanggap"),
            (
                "tanggap report confirm BRT2411001 --rating 9",
                "usage-value",
                "--rating <1-5>",
                "tanggap report confirm",
            ),
        ];
        for (line, id, what, command) in cases {
            let given = words(line);
            let error = Arguments::try_parse_from(&given).unwrap_err();
            let failure = failure(&given, &error);
            assert_eq!(failure.phrase.id, id, "{line}");
            assert_eq!(failure.phrase.values[0].1, what.into(), "{line}");
            assert_eq!(failure.phrase.values[2].1, command.into(), "{line}");
        }
    }

    #[test]
    fn every_command_is_well_formed_and_shows_an_example() {
        let mut program = Arguments::command();
        program.clone().debug_assert();
        program.build();
        let mut left: Vec<&clap::Command> = program.get_subcommands().collect();
        while let Some(command) = left.pop() {
            if command.get_name() == "help" {
                continue;
            }
            let example = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(
                example.starts_with("Example: ") && example.contains("tanggap "),
                "{}",
                command.get_name()
            );
            left.extend(command.get_subcommands());
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        assert!(lang(&words("tanggap --lang en x")).is_some());
        assert!(lang(&words("tanggap x --lang=id")).is_some());
        assert!(lang(&words("tanggap x --lang")).is_none());
    }
}
