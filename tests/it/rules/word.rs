//! Words that may stand in some places of the code only.

use super::source::Source;

/// What of `sqlx` may be named outside `db`: shapes of rows and its error.
const SHAPES: [&str; 4] = ["sqlx::FromRow", "sqlx::Type", "sqlx::Error", "sqlx::Result"];

/// Words, and where they may stand. The bridges read databases of others and so open them.
const PLACES: [(&[&str], &[&str]); 4] = [
    (&["sqlx::"], &["db", "bridge"]),
    (
        &["axum::", "reqwest::", "hyper::", "hyper_util::"],
        &["gateway", "worker"],
    ),
    (&["ratatui::", "crossterm::"], &["console"]),
    (&["Timestamp::now", "Zoned::now", "SystemTime"], &["clock"]),
];

/// What rules without side effects have no use for.
const IMPURE: [&str; 7] = [
    "tokio::",
    "async fn",
    ".await",
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
];

const UNFINISHED: [&str; 5] = [
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    ".unwrap()",
    "#[allow(",
];

/// Returns the words of a file that belong elsewhere.
pub(super) fn strangers(source: &Source) -> Vec<String> {
    let places = PLACES
        .iter()
        .filter(|(_, places)| !places.contains(&source.top()));
    let mut banned: Vec<&str> = places
        .flat_map(|(words, _)| words.iter().copied())
        .collect();
    if source.top() == "domain" {
        banned.extend(IMPURE);
    }
    found(source, &banned)
}

/// Returns what may not stay in code.
pub(super) fn unfinished(source: &Source) -> Vec<String> {
    found(source, &UNFINISHED)
}

fn found(source: &Source, banned: &[&str]) -> Vec<String> {
    let fault = |(number, line): (usize, &str)| {
        let line = SHAPES
            .iter()
            .fold(line.to_owned(), |line, shape| line.replace(shape, ""));
        let word = banned.iter().find(|word| holds(&line, word))?;
        Some(format!("'{word}' in line {number}"))
    };
    source.lines().filter_map(fault).collect()
}

/// Says whether a line holds a word that is not the end of a longer one.
fn holds(line: &str, word: &str) -> bool {
    let is_whole = |at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|sign| sign.is_alphanumeric() || sign == '_')
    };
    line.match_indices(word)
        .any(|(at, _)| word.starts_with('.') || is_whole(at))
}

#[test]
fn a_word_in_the_wrong_place_is_found() {
    for (path, line, expected) in [
        ("store/report.rs", "#[derive(Debug, sqlx::FromRow)]", 0),
        ("store/report.rs", "    Database(#[from] sqlx::Error),", 0),
        ("store/report.rs", "use sqlx::SqlitePool;", 1),
        (
            "store/report.rs",
            "fn a(x: sqlx::Error, y: sqlx::PgPool) {}",
            1,
        ),
        ("db/open.rs", "use sqlx::postgres::PgPool;", 0),
        ("action/open.rs", "let answer = reqwest::get(url).await;", 1),
        ("gateway/http.rs", "use reqwest::Client;", 0),
        ("worker/webhook.rs", "use axum::Router;", 0),
        ("cli/demo.rs", "use axum::Router;", 1),
        ("worker.rs", "use ratatui::Frame;", 1),
        ("action/work.rs", "let now = jiff::Timestamp::now();", 1),
        ("clock.rs", "let now = jiff::Timestamp::now();", 0),
        ("worker/pace.rs", "use std::time::SystemTime;", 1),
        ("worker/webhook.rs", "let started = Instant::now();", 0),
        ("domain/chat.rs", "async fn read() {}", 1),
        ("domain/chat.rs", "use tokio::sync::Notify;", 1),
        ("action/work.rs", "use tokio::sync::Notify;", 0),
        ("action/work.rs", "use mytokio_axum::Router;", 0),
    ] {
        let found = strangers(&Source::new(path, line));
        assert_eq!(found.len(), expected, "{path}: {line}: {found:?}");
    }
}

#[test]
fn unfinished_code_is_found() {
    for (line, expected) in [
        ("    todo!(\"later\")", 1),
        ("    let x = y.unwrap();", 1),
        ("    let x = y.unwrap_or_default();", 0),
        ("#[allow(dead_code)]", 1),
        ("    // y.unwrap() would panic here", 0),
        (
            "#[cfg(test)]\nmod tests {\n    fn a() { b.unwrap(); }\n}",
            0,
        ),
    ] {
        let found = unfinished(&Source::new("action.rs", line));
        assert_eq!(found.len(), expected, "{line}: {found:?}");
    }
}
