//! What comes in by hand: reports, notes, verdicts on progress.

use std::path::Path;

use super::{New, Note, Validate};
use crate::action::progress::{self, Photo, Verdict};
use crate::action::{Work, open};
use crate::cli::act::Session;
use crate::cli::failure::Failure;
use crate::cli::file;

/// Takes up a report.
pub(super) async fn new(session: &Session<'_>, new: &New) -> Result<(), Failure> {
    let row = session
        .act(async |work: &mut Work<'_>| open::by_hand(work, &new.from, &new.text, new.tell).await)
        .await?;
    session.told(row, "done-report-made").await
}

/// Adds a note.
pub(super) async fn note(session: &Session<'_>, note: &Note) -> Result<(), Failure> {
    let number = Session::number(&note.number)?;
    let photo = note
        .photo
        .as_deref()
        .map(|path| photo(session, path))
        .transpose()?;
    let row = session
        .act(async |work: &mut Work<'_>| {
            let (text, photo) = (note.text.clone(), photo.clone());
            progress::note(
                work,
                &number,
                progress::Note {
                    text,
                    tell: note.tell,
                    photo,
                },
            )
            .await
        })
        .await?;
    session.told(row, "done-note").await
}

fn photo(session: &Session<'_>, path: &Path) -> Result<Photo, Failure> {
    let file = file::keep(session, path)?;
    Ok(Photo {
        filename: file.name,
        mime: file.kept.mime.to_owned(),
        sha256: file.kept.sha256,
        bytes: file.kept.bytes,
    })
}

/// Accepts or corrects an entry of progress.
pub(super) async fn validate(session: &Session<'_>, it: Validate) -> Result<(), Failure> {
    let number = Session::number(&it.number)?;
    let verdict = Verdict {
        entry: it.entry,
        correction: it.correct,
    };
    let row = session
        .act(async |work: &mut Work<'_>| progress::validate(work, &number, verdict.clone()).await)
        .await?;
    session.told(row, "done-validated").await
}
