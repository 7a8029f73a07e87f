//! Remembers in a file which deliveries are being worked right now, so that the next run knows
//! what this one died of. A note in the database would cost a commit for each batch; the file
//! outlives the process, though not a power cut, and nobody is to blame for that one.

use std::fs::File;
use std::future::poll_fn;
use std::io::{Read as _, Result};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::pin::pin;

use crate::worker::Shared;

/// Ends the list; what is left behind it of a longer list does not count.
const END: &str = ".";
/// The list of nothing.
const NOTHING: &str = ".\n";

/// The note about what is being worked.
#[derive(Debug, Default)]
pub struct Trial(Option<File>);

impl Trial {
    /// Opens the note and returns what the last run was working when it died.
    pub fn open(path: &Path) -> Result<(Self, Vec<String>)> {
        let mut options = File::options();
        options
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .mode(0o600);
        let mut file = options.open(path)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        file.write_all_at(NOTHING.as_bytes(), 0)?;
        Ok((Self(Some(file)), read(&text)))
    }

    /// Works these deliveries under the note. It stands only while our own code runs: whoever dies
    /// of a text dies there, and a kill while the database is waited for blames nobody.
    pub async fn watch<F: Future>(&self, ids: &[&str], work: F) -> F::Output {
        let mut work = pin!(work);
        let list: String = ids
            .iter()
            .chain([&END])
            .flat_map(|line| [*line, "\n"])
            .collect();
        poll_fn(|context| {
            self.note(&list);
            let polled = work.as_mut().poll(context);
            self.note(NOTHING);
            polled
        })
        .await
    }

    /// Takes the note back after a panic, which nobody died of.
    pub fn end(&self) {
        self.note(NOTHING);
    }

    /// Writes with one call, so that a death leaves the old list or the new one. A worker that
    /// cannot write the note works all the same.
    fn note(&self, list: &str) {
        let written = self
            .0
            .as_ref()
            .map(|file| file.write_all_at(list.as_bytes(), 0));
        if let Some(Err(error)) = written {
            tracing::warn!(%error, "what is being worked could not be noted");
        }
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
    use std::future::{pending, ready};
    use std::path::Path;

    use futures_util::FutureExt as _;

    use super::Trial;

    fn noted(path: &Path) -> Vec<String> {
        super::read(&std::fs::read_to_string(path).unwrap())
    }

    #[test]
    fn the_next_run_learns_what_this_one_was_working_and_learns_it_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        let (trial, before) = Trial::open(&path).unwrap();
        assert!(before.is_empty());
        let look = async { noted(&path) };
        let seen = trial
            .watch(&["one", "two", "three"], look)
            .now_or_never()
            .unwrap();
        assert_eq!(seen, ["one", "two", "three"]);
        trial.note("four\n.\n");
        assert_eq!(Trial::open(&path).unwrap().1, ["four"]);
        assert!(Trial::open(&path).unwrap().1.is_empty());
    }

    #[test]
    fn nobody_is_blamed_for_a_death_after_the_work_or_while_it_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        let (trial, _) = Trial::open(&path).unwrap();
        assert!(trial.watch(&["one"], ready(())).now_or_never().is_some());
        assert!(noted(&path).is_empty());
        assert!(
            trial
                .watch(&["one"], pending::<()>())
                .now_or_never()
                .is_none()
        );
        assert!(noted(&path).is_empty());
    }

    #[test]
    fn a_file_that_is_no_note_blames_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        std::fs::write(&path, "one\ntwo").unwrap();
        assert!(Trial::open(&path).unwrap().1.is_empty());
    }
}
