//! The files under `src/`, without their tests.

use std::fs;
use std::path::Path;

/// A source file.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its path under `src/`, with `/` between the parts.
    pub(super) path: String,
    pub(super) text: String,
    /// The text without what is compiled for tests only.
    pub(super) code: String,
}

impl Source {
    /// Makes a source file of a text.
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            code: without_tests(text),
        }
    }

    /// Returns the first module of its path: `action` for `action/chat.rs`.
    pub(super) fn top(&self) -> &str {
        let end = self.path.find(['/', '.']).unwrap_or(self.path.len());
        &self.path[..end]
    }

    /// Returns its lines of code with their numbers: no comments, no tests.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self
            .code
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Returns every source file of the program; files that are tests are none.
pub(super) fn tree() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), "", &mut found);
    let tests: Vec<String> = found.iter().flat_map(test_modules).collect();
    found.retain(|source| !tests.iter().any(|module| is_part(&source.path, module)));
    assert!(found.len() > 20, "the source tree was not found");
    found
}

/// Returns the folder of the package.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the names in a folder, in order; none when it is not there.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries
        .map(|entry| name(entry.expect("a folder that can be read")))
        .collect();
    names.sort();
    names
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<Source>) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("source is text");
            found.push(Source::new(&format!("{prefix}{name}"), &text));
        }
    }
}

/// Returns the modules that a file declares for tests only, as paths: `domain/filter/law`.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = source.path.trim_end_matches(".rs");
    let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let name = |line: &str| Some(line.strip_suffix(';')?.rsplit_once("mod ")?.1.to_owned());
    declared
        .filter_map(|pair| name(pair[1]))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

fn is_part(path: &str, module: &str) -> bool {
    path.strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Drops every item under `#[cfg(test)]`.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            skip_item(&line[..line.len() - line.trim_start().len()], &mut lines);
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Skips an item: up to the brace that closes it, which stands as far to the right as the item.
fn skip_item<'a>(indent: &str, lines: &mut impl Iterator<Item = &'a str>) {
    let head = lines.find(|line| !line.trim_start().starts_with("#["));
    let is_whole = head.is_none_or(|line| line.ends_with([';', '}']));
    if !is_whole {
        lines.find(|line| line.strip_prefix(indent).is_some_and(|rest| rest == "}"));
    }
}

#[test]
fn tests_do_not_count_and_what_follows_them_does() {
    let text = "//! Says.\nfn a() {}\n#[cfg(test)]\npub(crate) mod law;\nimpl B {\n    #[cfg(test)]\n    \
                #[must_use]\n    fn c() {\n        if d {\n        }\n    }\n    fn e() {}\n}\n\
                #[cfg(test)]\nmod tests {\n    fn f() {}\n}\n";
    let source = Source::new("domain/filter.rs", text);
    assert_eq!(
        source.code,
        "//! Says.\nfn a() {}\nimpl B {\n    fn e() {}\n}\n"
    );
    assert_eq!(source.top(), "domain");
    assert_eq!(source.lines().next(), Some((2, "fn a() {}")));
    assert_eq!(test_modules(&source), ["domain/filter/law"]);
    assert!(is_part("domain/filter/law/sum.rs", "domain/filter/law"));
    assert!(!is_part("domain/filter/lawn.rs", "domain/filter/law"));
}
