//! What stands beside the code: migrations, texts, documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::source::{names, root};

/// What has to be there, with something it has to say.
const DOCUMENTS: [(&str, &str); 7] = [
    ("README.md", "cargo run --release -- demo"),
    ("README.md", "tests/run"),
    ("CHANGELOG.md", "## [Unreleased]"),
    ("LICENSE", "Permission is hereby granted, free of charge"),
    ("LICENSE", "Apache License"),
    ("docs/ARCHITECTURE.md", "# "),
    ("docs/GLOSSARY.md", "# "),
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// Returns the migrations of a folder, as paths from the package's folder.
fn migrations(folder: &str) -> Vec<String> {
    let names = names(&root().join(folder)).into_iter();
    names
        .filter(|name| is_of_kind(name, "sql"))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

fn is_of_kind(name: &str, extension: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|found| found == extension)
}

/// Returns the documents in Markdown.
fn pages() -> Vec<String> {
    let at_root = names(root()).into_iter();
    let below = names(&root().join("docs"))
        .into_iter()
        .map(|name| format!("docs/{name}"));
    at_root
        .chain(below)
        .filter(|name| is_of_kind(name, "md"))
        .collect()
}

#[test]
fn every_migration_is_applied() {
    let code = read("src/db/migrate.rs");
    let all = ["migrations", "migrations/sqlite", "migrations/postgres"]
        .map(migrations)
        .concat();
    assert!(all.len() > 4, "{all:?}");
    let forgotten: Vec<_> = all
        .iter()
        .filter(|path| !code.contains(path.as_str()))
        .collect();
    assert!(
        forgotten.is_empty(),
        "not in src/db/migrate.rs: {forgotten:?}"
    );
}

#[test]
fn each_engine_has_every_step_once() {
    let [shared, sqlite, postgres] =
        ["migrations", "migrations/sqlite", "migrations/postgres"].map(|it| steps(&migrations(it)));
    assert_eq!(sqlite, postgres);
    assert!(
        shared.is_disjoint(&numbers(&sqlite)),
        "{shared:?} {sqlite:?}"
    );
    for set in [&shared, &sqlite] {
        assert_eq!(
            numbers(set).len(),
            set.len(),
            "two steps have one number: {set:?}"
        );
    }
}

/// Returns the names of steps: `0002_search`.
fn steps(paths: &[String]) -> BTreeSet<String> {
    let name = |path: &String| path.rsplit('/').next().map(|name| name.replace(".sql", ""));
    paths.iter().filter_map(name).collect()
}

fn numbers(steps: &BTreeSet<String>) -> BTreeSet<String> {
    steps
        .iter()
        .map(|step| step.chars().take(4).collect())
        .collect()
}

#[test]
fn every_table_stands_in_the_glossary() {
    let glossary = read("docs/GLOSSARY.md");
    let tables: Vec<String> = migrations("migrations")
        .iter()
        .flat_map(|path| tables(&read(path)))
        .collect();
    assert!(tables.len() > 10, "{tables:?}");
    let missing: Vec<_> = tables
        .iter()
        .filter(|table| !glossary.contains(&format!("`{table}`")))
        .collect();
    assert!(missing.is_empty(), "not in docs/GLOSSARY.md: {missing:?}");
}

fn tables(sql: &str) -> Vec<String> {
    let made = sql
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "));
    made.filter_map(|rest| rest.split([' ', '(']).next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    for [one, other] in [["id.ftl", "en.ftl"], ["chat.id.ftl", "chat.en.ftl"]] {
        let [left, right] = [one, other].map(|name| ids(&read(&format!("src/locales/{name}"))));
        assert!(left.len() > 20, "{one} is nearly empty");
        let differing: Vec<_> = left.symmetric_difference(&right).collect();
        assert!(
            differing.is_empty(),
            "only in one of {one} and {other}: {differing:?}"
        );
    }
}

/// Returns the ids of the texts in a Fluent file.
fn ids(text: &str) -> BTreeSet<String> {
    let id = |line: &str| Some(line.split_once('=')?.0.trim().to_owned());
    let starts = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    text.lines().filter(starts).filter_map(id).collect()
}

#[test]
fn the_documents_are_there() {
    for (path, words) in DOCUMENTS {
        assert!(
            read(path).contains(words),
            "{path} is missing or does not hold '{words}'"
        );
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    for page in pages() {
        let folder = root()
            .join(&page)
            .parent()
            .expect("a page lies in a folder")
            .to_owned();
        for link in links(&read(&page)) {
            assert!(
                folder.join(&link).exists(),
                "{page} points at {link}, which is not there"
            );
        }
    }
}

/// Returns the links to other files, without the place in them.
fn links(text: &str) -> Vec<String> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    files
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_readers_of_these_checks_read_what_they_should() {
    let sql = "CREATE TABLE one (\n    id BIGINT\n);\nCREATE INDEX two ON one (id);\n";
    assert_eq!(tables(sql), ["one"]);
    let ftl = "# note = no\nsome-text = Say { $what }\n    = more\nother = Say\n";
    assert_eq!(
        ids(ftl),
        BTreeSet::from(["other".into(), "some-text".into()])
    );
    let page = "See [one](a.md#part), [two](https://example.org/b.md) and [three](#here).";
    assert_eq!(links(page), ["a.md"]);
    let two = steps(&[
        "migrations/0002_a.sql".into(),
        "migrations/0002_b.sql".into(),
    ]);
    assert_eq!((two.len(), numbers(&two).len()), (2, 1));
}
