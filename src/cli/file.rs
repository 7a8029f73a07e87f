//! Files that a command is given: read, checked and kept in the media store.

use std::path::Path;

use crate::cli::act::Session;
use crate::cli::failure::{Code, Failure};
use crate::i18n::Phrase;
use crate::media::{self, Kept};

/// A file in the media store, and what it was called.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) name: String,
    pub(super) kept: Kept,
}

/// Keeps a file; one that is larger than the desk takes is refused.
pub(super) fn keep(session: &Session<'_>, path: &Path) -> Result<Given, Failure> {
    let unreadable = |error| Failure::file("error-file-read", path, &error);
    let limit = session.desk.settings().config.media.max_mb;
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > u64::from(limit) << 20 {
        let values = [
            ("path", path.display().to_string().into()),
            ("limit", limit.into()),
        ];
        return Err(Failure::new(
            Code::Failed,
            Phrase::new("error-file-size", values),
        ));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let folder = &session.desk.media;
    let kept = media::keep(folder, &bytes)
        .map_err(|error| Failure::file("error-file-write", folder, &error))?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(Given { name, kept })
}
