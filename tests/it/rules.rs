//! The rules of the house, checked on the source tree itself: who may know whom, sizes, and what
//! has to be there. Each check works on text, so that it is shown here to find what it looks for.

mod beside;
mod layer;
mod source;
mod word;

use source::{Source, tree};

/// The longest that a file may be without its tests.
const LONGEST: usize = 400;

/// Fails with every fault that a check finds in the tree.
fn check(fault: impl Fn(&Source) -> Vec<String>) {
    let faults: Vec<String> = tree()
        .iter()
        .flat_map(|source| {
            let found = fault(source);
            found
                .into_iter()
                .map(|what| format!("src/{}: {what}", source.path))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn modules_know_only_what_lies_below_them() {
    check(layer::faults);
}

#[test]
fn crates_are_named_only_where_they_belong() {
    check(word::strangers);
}

#[test]
fn nothing_is_left_undone_and_nothing_panics_unexplained() {
    check(word::unfinished);
}

#[test]
fn every_module_says_what_it_is_for() {
    check(|source| undocumented(&source.text));
}

#[test]
fn files_stay_short() {
    check(|source| too_long(&source.code));
}

#[test]
fn a_module_is_a_noun_and_a_file() {
    check(|source| misnamed(&source.path));
}

fn undocumented(text: &str) -> Vec<String> {
    let opens = text.starts_with("//! ");
    if opens {
        Vec::new()
    } else {
        vec!["does not open with `//!`".into()]
    }
}

fn too_long(code: &str) -> Vec<String> {
    let lines = code.lines().count();
    if lines <= LONGEST {
        Vec::new()
    } else {
        vec![format!("has {lines} lines without tests")]
    }
}

fn misnamed(path: &str) -> Vec<String> {
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs");
    let is_vague = [
        "mod", "util", "utils", "helper", "helpers", "common", "misc",
    ]
    .contains(&name);
    if is_vague {
        vec![format!("'{name}' says nothing")]
    } else {
        Vec::new()
    }
}

#[test]
fn the_checks_of_files_find_what_they_look_for() {
    assert_eq!(undocumented("use std::fmt;\n").len(), 1);
    assert_eq!(undocumented("//! What it is for.\n"), [""; 0]);
    assert_eq!(too_long(&"x\n".repeat(LONGEST)), [""; 0]);
    assert_eq!(too_long(&"x\n".repeat(LONGEST + 1)).len(), 1);
    assert_eq!(misnamed("store/utils.rs").len(), 1);
    assert_eq!(misnamed("store/mod.rs").len(), 1);
    assert_eq!(misnamed("store/rule.rs"), [""; 0]);
}
