//! What was done on a report: notes of the desk, progress of officers, and its validation.

use crate::action::notice;
use crate::action::open::greeting;
use crate::action::report::{Change, Written, tell_finished, tell_officers};
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work};
use crate::domain::permission::Act;
use crate::domain::status::Status;
use crate::domain::text;
use crate::i18n::Value;
use crate::store;
use crate::store::audit::Entry;
use crate::store::media::Media;
use crate::store::progress::Progress;
use crate::store::report::Report;

/// A file that came along with a note and is in the media store already.
#[derive(Debug, Clone)]
pub struct Photo {
    pub filename: String,
    pub mime: String,
    pub sha256: String,
    pub bytes: i64,
}

/// A note on a report.
#[derive(Debug, Clone)]
pub struct Note {
    pub text: String,
    /// The reporter sees it and is told.
    pub tell: bool,
    pub photo: Option<Photo>,
}

/// Adds a note of the desk: for the office alone, or told to the reporter.
pub async fn note(work: &mut Work<'_>, number: &str, note: Note) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Note).await?;
    let words = text::display(text::cut(note.text.trim(), text::MAX_IN).as_ref()).text;
    if words.is_empty() && note.photo.is_none() {
        return Err(Error::Invalid {
            what: "text",
            value: String::new(),
            why: "why-empty",
        });
    }
    let entry = entry(work, &change, &words, (note.tell, None)).await?;
    if let Some(photo) = &note.photo {
        attach(work, &entry, photo).await?;
    }
    let kind = if note.tell { "reporter" } else { "internal" };
    change
        .step(
            work,
            NewStep {
                kind,
                text: &words,
                public: note.tell,
                status: None,
            },
        )
        .await?;
    grow_search(&mut change.report, &words);
    if note.tell {
        change.report.responded_at.get_or_insert(work.now);
        tell(work, &change.report, "notice-note", &words).await?;
    }
    let name = if note.tell {
        "report-note-told"
    } else {
        "report-note"
    };
    change
        .save(
            work,
            Written {
                name,
                undoable: false,
            },
        )
        .await
}

/// Stores an entry of an officer, or of the desk.
pub async fn entry(
    work: &mut Work<'_>,
    change: &Change,
    words: &str,
    (public, message_id): (bool, Option<i64>),
) -> Result<Progress> {
    let entry = Progress {
        id: work.id().await?,
        report_id: change.report.id,
        staff_id: work.actor.staff.clone(),
        by: work.actor.name.clone(),
        at: work.now,
        text: words.to_owned(),
        public,
        message_id,
        validated_by: None,
        validated_at: None,
        correction: None,
    };
    store::progress::insert(&mut work.tx, &entry).await?;
    Ok(entry)
}

async fn attach(work: &mut Work<'_>, entry: &Progress, photo: &Photo) -> Result<()> {
    let kind = if photo.mime.starts_with("image/") {
        "image"
    } else {
        "document"
    };
    let media = Media {
        id: work.id().await?,
        message_id: None,
        report_id: Some(entry.report_id),
        progress_id: Some(entry.id),
        kind: kind.into(),
        filename: text::line(&photo.filename, 120),
        url: String::new(),
        channel: String::new(),
        state: "stored".into(),
        sha256: Some(photo.sha256.clone()),
        bytes: Some(photo.bytes),
        mime: Some(photo.mime.clone()),
        at: work.now,
        due_at: 0,
        tries: 0,
        worker: String::new(),
        reason: None,
    };
    work.media(&media);
    Ok(())
}

/// Lets a note be found by its words; what grows too long is cut.
pub fn grow_search(report: &mut Report, words: &str) {
    let grown = format!("{} {}", report.search, text::fold(words));
    report.search = text::cut(&grown, text::MAX_IN).into_owned();
}

/// Tells the reporter a text about the report.
pub async fn tell(
    work: &mut Work<'_>,
    report: &Report,
    id: &'static str,
    words: &str,
) -> Result<()> {
    let who = greeting(work, report);
    let values = [
        ("who", Value::from(who.as_str())),
        ("number", Value::from(report.track_id.as_str())),
        ("text", Value::from(words)),
    ];
    let text = work.settings.chat.say(id, &values);
    notice::reporter(work, report, &text).await
}

/// An administrator's or supervisor's verdict on a progress entry.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Which entry; the newest that nobody has looked at when left out. Counted from 1.
    pub entry: Option<usize>,
    /// The text that takes the entry's place.
    pub correction: Option<String>,
}

/// Validates or corrects a progress entry. The entry that reported a finish which waits for
/// validation finishes the report.
pub async fn validate(work: &mut Work<'_>, number: &str, verdict: Verdict) -> Result<Report> {
    let act = if verdict.correction.is_some() {
        Act::Correct
    } else {
        Act::Validate
    };
    let mut change = Change::of(work, number, act).await?;
    let entry = chosen(work, &change, verdict.entry).await?;
    let correction = verdict
        .correction
        .map(|words| text::display(words.trim()).text);
    let name = work.actor.name.clone();
    let by = Some((name.as_str(), work.now));
    store::progress::validate(&mut work.tx, entry.id, by, correction.as_deref()).await?;
    if let Some(words) = &correction {
        super::report::internal(work, &mut change, words).await?;
        tell_officers(work, &change, "officer-corrected", ("text", words)).await?;
    }
    if change.report.awaiting_validation && change.report.status.is_open() {
        let words = correction.as_deref().unwrap_or(&entry.text);
        finish_validated(work, &mut change, words).await?;
    }
    work.audit(Entry {
        act: "progress-validate",
        object: change.report.track_id.clone(),
        detail: serde_json::json!({"entry": entry.id, "correction": correction}).to_string(),
        undoable: false,
    });
    change
        .save(
            work,
            Written {
                name: "report-validate",
                undoable: false,
            },
        )
        .await
}

async fn chosen(work: &mut Work<'_>, change: &Change, wanted: Option<usize>) -> Result<Progress> {
    let mut entries = store::progress::of_report(&mut work.tx, change.report.id).await?;
    let index = match wanted {
        Some(n) => n.checked_sub(1).filter(|index| *index < entries.len()),
        None => entries
            .iter()
            .rposition(|entry| entry.validated_at.is_none()),
    };
    index
        .map(|index| entries.swap_remove(index))
        .ok_or_else(|| {
            let name = wanted.map_or_else(|| change.report.track_id.clone(), |n| n.to_string());
            Error::missing("progress", name)
        })
}

async fn finish_validated(work: &mut Work<'_>, change: &mut Change, words: &str) -> Result<()> {
    change.move_to(work, Status::Done, None)?;
    change.report.awaiting_validation = false;
    super::report::finish_tasks(work, change).await?;
    tell_finished(work, change, Some(words)).await
}
