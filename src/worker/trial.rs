//! Remembers in a file which deliveries are being worked right now, so that the next run knows
//! what this one died of.
//!
//! The database cannot tell: whatever a dead worker had claimed looks alike, and a note in it
//! would cost a commit for each batch. The file outlives the process, though not a power cut,
//! and nobody is to blame for that one.

use std::fs::File;
use std::io::{Read as _, Result, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::worker::Shared;

/// Ends the list; what is left behind it of a longer list does not count.
const END: &str = ".";

/// The note about what is being worked.
#[derive(Debug, Default)]
pub struct Trial(Option<File>);

impl Trial {
    /// Opens the note and returns what the last run was working when it died.
    pub fn open(path: &Path) -> Result<(Self, Vec<String>)> {
        let mut options = File::options();
        options.create(true).read(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let trial = Self(Some(file));
        trial.write(&[])?;
        Ok((trial, read(&text)))
    }

    /// Notes what is going to be worked.
    pub fn begin(&self, ids: &[&str]) {
        self.note(ids);
    }

    /// Notes that it has been worked, and nobody died of it.
    pub fn end(&self) {
        self.note(&[]);
    }

    /// A worker that cannot write the note works all the same.
    fn note(&self, ids: &[&str]) {
        if let Err(error) = self.write(ids) {
            tracing::warn!(%error, "what is being worked could not be noted");
        }
    }

    /// Writes with one call, so that a death leaves the old list or the new one.
    fn write(&self, ids: &[&str]) -> Result<()> {
        let Some(mut file) = self.0.as_ref() else {
            return Ok(());
        };
        let mut text = String::with_capacity((ids.len() + 1) * 40);
        for line in ids.iter().chain([&END]) {
            text.push_str(line);
            text.push('\n');
        }
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())
    }
}

/// Returns where a worker's note is: beside the media, under the worker's name.
pub(super) fn path(shared: &Shared) -> PathBuf {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = shared.name.chars().map(plain).collect();
    shared.desk.media.with_file_name(format!("{name}.trial"))
}

fn read(text: &str) -> Vec<String> {
    let whole = text.lines().any(|line| line == END);
    let lines = text.lines().take_while(|line| *line != END);
    lines.filter(|_| whole).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::Trial;

    #[test]
    fn the_next_run_learns_what_this_one_was_working() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        let (trial, before) = Trial::open(&path).unwrap();
        assert!(before.is_empty());
        trial.begin(&["one", "two", "three"]);
        trial.end();
        trial.begin(&["four"]);
        assert_eq!(Trial::open(&path).unwrap().1, ["four"]);
        assert!(Trial::open(&path).unwrap().1.is_empty(), "it is told once");
    }

    #[test]
    fn what_was_worked_to_its_end_is_not_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        let (trial, _) = Trial::open(&path).unwrap();
        trial.begin(&["one", "two"]);
        trial.end();
        assert!(Trial::open(&path).unwrap().1.is_empty());
    }

    #[test]
    fn a_file_that_is_no_note_blames_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        std::fs::write(&path, "one\ntwo").unwrap();
        assert!(Trial::open(&path).unwrap().1.is_empty());
    }
}
