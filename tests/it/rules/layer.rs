//! The dependency rule: modules know only what lies below them.

use super::source::Source;

/// The modules of the program, from the top down; those of one row do not know each other.
const LAYERS: [&[&str]; 11] = [
    &["main", "lib"],
    &["cli"],
    &["console", "worker", "bridge", "seed"],
    &["error"],
    &["action", "export"],
    &["desk"],
    &["store", "gateway"],
    &["config", "media"],
    &["secret", "key"],
    &["i18n", "log"],
    &["domain", "db", "clock", "fault"],
];

/// What would point down and is forbidden still: an adapter translates and knows no database, and
/// the desk has no need of adapters.
const FORBIDDEN: [(&str, &str); 2] = [("gateway", "db"), ("desk", "gateway")];

/// Returns what a file uses although it must not.
pub(super) fn faults(source: &Source) -> Vec<String> {
    let top = source.top();
    let Some(rank) = rank(top) else {
        return vec![format!(
            "'{top}' has no place in the layers of tests/it/rules/layer.rs"
        )];
    };
    let code: String = source
        .lines()
        .flat_map(|(_, line)| [line.trim(), "\n"])
        .collect();
    let mut used = modules(&code);
    used.sort();
    used.dedup();
    used.retain(|module| module != top && !may(top, rank, module));
    used.into_iter()
        .map(|module| format!("'{top}' must not know '{module}'"))
        .collect()
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

fn may(top: &str, own: usize, module: &str) -> bool {
    let is_below = rank(module).is_some_and(|rank| rank > own);
    is_below && !FORBIDDEN.contains(&(top, module))
}

/// Returns the modules that paths from the crate's root begin with, `use crate::{a, b::c}` too.
/// Names of types there (`crate::Error`) are no modules.
fn modules(code: &str) -> Vec<String> {
    let ends = ["crate::", "tanggap::"];
    let paths = ends
        .iter()
        .flat_map(|root| code.match_indices(*root).map(|it| it.0 + root.len()));
    paths
        .flat_map(|start| heads(&code[start..]))
        .filter(|head| is_module(head))
        .collect()
}

/// Returns the first part of a path, or of every path in braces.
fn heads(rest: &str) -> Vec<String> {
    let Some(list) = rest.strip_prefix('{') else {
        return vec![head(rest)];
    };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for sign in list.chars() {
        match sign {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().expect("there is a first part").push(sign),
        }
        depth += i32::from(sign == '{') - i32::from(sign == '}');
    }
    parts.iter().map(|part| head(part.trim())).collect()
}

fn head(path: &str) -> String {
    path.chars()
        .take_while(|sign| sign.is_alphanumeric() || *sign == '_')
        .collect()
}

fn is_module(name: &str) -> bool {
    name.starts_with(|first: char| first.is_lowercase()) && name != "self"
}

#[test]
fn a_path_that_points_up_or_aside_is_found() {
    let cases: [(&str, &str, &[&str]); 13] = [
        ("action/chat.rs", "use crate::gateway::Incoming;", &[]),
        ("action/chat.rs", "use crate::worker::Shared;", &["worker"]),
        ("store/report.rs", "use crate::action::Actor;", &["action"]),
        (
            "store/report.rs",
            "use crate::gateway::Event;",
            &["gateway"],
        ),
        ("gateway/fonnte.rs", "use crate::store::outbox;", &["store"]),
        ("gateway.rs", "fn a(db: &crate::db::Db) {}", &["db"]),
        ("worker/sender.rs", "use crate::console::Cx;", &["console"]),
        (
            "console.rs",
            "use crate::{action, worker::{self, lock}, store};",
            &["worker"],
        ),
        (
            "desk.rs",
            "use crate::{\n    store::{a, b},\n    gateway,\n};",
            &["gateway"],
        ),
        (
            "domain/filter.rs",
            "use crate::db::sql; // how odd",
            &["db"],
        ),
        (
            "domain/filter.rs",
            "// crate::db is not asked\nuse crate::domain::lang;",
            &[],
        ),
        ("main.rs", "fn main() { tanggap::cli::run(); }", &[]),
        ("brand_new.rs", "", &["brand_new"]),
    ];
    for (path, text, expected) in cases {
        let found = faults(&Source::new(path, text));
        assert_eq!(found.len(), expected.len(), "{path}: {text}: {found:?}");
        let names = |name: &&str| {
            found
                .iter()
                .any(|fault| fault.contains(&format!("'{name}'")))
        };
        assert!(expected.iter().all(names), "{path}: {text}: {found:?}");
    }
}
