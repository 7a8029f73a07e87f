//! What the program says about itself, and what the documents say about it.

use clap::{Command, CommandFactory as _};

use super::program::Program;
use tanggap::cli::Arguments;

const COMMANDS: &str = include_str!("../../../docs/COMMANDS.md");
const SETTINGS: &str = include_str!("../../../docs/CONFIG.md");
const DEFAULTS: &str = include_str!("../../../src/config/default.toml");

/// Returns every command with its whole name.
fn tree() -> Vec<(String, Command)> {
    let mut root = Arguments::command();
    root.build();
    let mut found = Vec::new();
    let mut open = vec![("tanggap".to_owned(), root)];
    while let Some((name, command)) = open.pop() {
        for below in command
            .get_subcommands()
            .filter(|below| below.get_name() != "help")
        {
            open.push((format!("{name} {}", below.get_name()), below.clone()));
        }
        found.push((name, command));
    }
    found
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    for (name, mut command) in tree() {
        let help = command.render_long_help().to_string();
        assert!(
            help.contains("Example:"),
            "'{name} --help' shows no example"
        );
    }
}

#[test]
fn every_flag_and_argument_is_explained() {
    for (name, command) in tree() {
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(
                !help.is_empty(),
                "'{name}' does not explain {}",
                argument.get_id()
            );
        }
    }
}

#[test]
fn every_command_stands_in_the_document_of_commands() {
    for (name, command) in tree() {
        if command.has_subcommands() {
            continue;
        }
        assert!(
            COMMANDS.contains(&format!("`{name}`")),
            "docs/COMMANDS.md lacks `{name}`"
        );
    }
}

#[test]
fn the_document_of_commands_names_no_command_that_is_not_there() {
    let known: Vec<String> = tree().into_iter().map(|(name, _)| name).collect();
    let rows = COMMANDS
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let named: Vec<&str> = rows.collect();
    assert!(named.len() > 40, "{named:?}");
    for name in named {
        assert!(
            known.iter().any(|known| known == name),
            "docs/COMMANDS.md names `{name}`"
        );
    }
}

#[test]
fn every_setting_stands_in_the_document_of_settings_with_its_default() {
    let (plain, channels) = DEFAULTS
        .split_once("[[channel]]")
        .expect("channels come last");
    let table: toml::Table = toml::from_str(plain).expect("defaults parse");
    let mut keys = Vec::new();
    collect("", &table, &mut keys);
    let fonnte = channels.split("[[channel]]").next().expect("a block");
    let fonnte: toml::Table = toml::from_str(fonnte).expect("a block parses");
    keys.extend(
        fonnte
            .into_iter()
            .map(|(key, value)| (format!("channel.{key}"), value)),
    );
    assert!(keys.len() > 100, "{}", keys.len());
    for (key, value) in keys {
        let row = SETTINGS
            .lines()
            .find(|line| line.starts_with(&format!("| `{key}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/CONFIG.md lacks `{key}`"));
        let default = format!("| `{value}` |");
        assert!(
            row.contains(&default),
            "docs/CONFIG.md tells another default of {key}: {row}"
        );
        let meaning = row
            .trim_end_matches('|')
            .rsplit('|')
            .next()
            .unwrap_or_default()
            .trim();
        assert!(
            !meaning.is_empty(),
            "docs/CONFIG.md does not say what {key} means"
        );
    }
}

fn collect(above: &str, table: &toml::Table, keys: &mut Vec<(String, toml::Value)>) {
    for (name, value) in table {
        let key = if above.is_empty() {
            name.clone()
        } else {
            format!("{above}.{name}")
        };
        match value {
            toml::Value::Table(below) => collect(&key, below, keys),
            value => keys.push((key, value.clone())),
        }
    }
}

#[test]
fn shells_and_manuals_get_what_they_need() {
    let program = Program::empty("");
    for shell in ["bash", "zsh", "fish"] {
        let ran = program.run(&["completions", shell]);
        assert!(
            ran.code == 0 && ran.out.contains("audit"),
            "{shell}: {}",
            ran.err
        );
    }
    let page = program.run(&["man"]);
    assert!(
        page.code == 0 && page.out.contains(".TH tanggap"),
        "{page:?}"
    );
    let page = program.run(&["man", "db", "backup"]);
    assert!(
        page.code == 0 && page.out.contains("tanggap\\-db\\-backup"),
        "{page:?}"
    );
    program.fails(3, &["man", "nihil"]);
}
