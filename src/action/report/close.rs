//! How a report ends, and how it is taken up again.

use super::{
    Change, Told, Written, finish_tasks, internal, said, set_tasks, tell, tell_closed,
    tell_officers,
};
use crate::action::open::greeting;
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work, notice};
use crate::domain::permission::Act;
use crate::domain::status::{AssignmentStatus, Status};
use crate::i18n::Value;
use crate::store::report::Report;

/// Finishes a report and tells the reporter, who may object.
pub async fn finish(work: &mut Work<'_>, number: &str, note: Option<&str>) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Finish).await?;
    change.move_to(work, Status::Done, None)?;
    change.report.awaiting_validation = false;
    finish_tasks(work, &change).await?;
    tell_finished(work, &mut change, note).await?;
    change
        .save(
            work,
            Written {
                name: "report-finish",
                undoable: false,
            },
        )
        .await
}

/// Writes the step of a finished report and tells the reporter.
pub async fn tell_finished(
    work: &mut Work<'_>,
    change: &mut Change,
    note: Option<&str>,
) -> Result<()> {
    let note = note.map(said).unwrap_or_default();
    let values = [("text", Value::from(note.as_str()))];
    let step = if note.is_empty() {
        "step-finished"
    } else {
        "step-finished-note"
    };
    let told = Told {
        kind: "finished",
        step,
        notice: "notice-finished",
        values: &values,
    };
    tell(work, change, told).await
}

/// Confirms a report in the reporter's place; one that is not finished becomes so.
pub async fn confirm(work: &mut Work<'_>, number: &str, rating: Option<u8>) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Confirm).await?;
    close_by_reporter(work, &mut change, rating, None).await?;
    let who = greeting(work, &change.report);
    let at = crate::domain::show::date_time(&work.settings.local(work.now), work.settings.lang());
    let values = [
        ("who", Value::from(who.as_str())),
        ("number", Value::from(change.report.track_id.as_str())),
        ("at", Value::from(at.as_str())),
    ];
    let text = work.settings.chat.say("notice-confirmed", &values);
    notice::reporter(work, &change.report, &text).await?;
    change
        .save(
            work,
            Written {
                name: "report-confirm",
                undoable: false,
            },
        )
        .await
}

/// Takes the reporter's word that the report is dealt with, with a rating and a comment.
pub async fn close_by_reporter(
    work: &mut Work<'_>,
    change: &mut Change,
    rating: Option<u8>,
    comment: Option<&str>,
) -> Result<()> {
    if change.report.status != Status::Done {
        change.move_to(work, Status::Done, None)?;
        finish_tasks(work, change).await?;
    }
    let report = &mut change.report;
    report.awaiting_validation = false;
    report.confirmed_at.get_or_insert(work.now);
    report.rating = rating.map(i64::from).or(report.rating);
    if let Some(comment) = comment {
        report.comment = Some(said(comment));
    }
    let said = match rating {
        Some(rating) => {
            let values = [("rating", Value::Number(rating.into()))];
            work.settings.chat.say("step-confirmed-rating", &values)
        }
        None => work.settings.chat.say("step-confirmed", &[]),
    };
    let status = (change.before.status != Status::Done).then_some(Status::Done);
    change
        .step(
            work,
            NewStep {
                kind: "confirmed",
                text: &said,
                public: true,
                status,
            },
        )
        .await
}

/// Takes a closed report up again.
pub async fn reopen(work: &mut Work<'_>, number: &str, why: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Reopen).await?;
    if change.report.status.is_open() {
        return Err(Error::Move(crate::domain::status::MoveError {
            from: change.report.status,
            to: Status::InProgress,
        }));
    }
    let words = said(why);
    let values = [("why", Value::from(words.as_str()))];
    reopen_change(work, &mut change, why).await?;
    let told = Told {
        kind: "reopened",
        step: "step-reopened",
        notice: "notice-reopened",
        values: &values,
    };
    tell(work, &mut change, told).await?;
    tell_officers(work, &change, "officer-reopened", ("why", &words)).await?;
    change
        .save(
            work,
            Written {
                name: "report-reopen",
                undoable: false,
            },
        )
        .await
}

/// Moves a closed report back to Proses, with its tasks.
pub async fn reopen_change(work: &mut Work<'_>, change: &mut Change, why: &str) -> Result<()> {
    change.move_to(work, Status::InProgress, Some(why))?;
    let report = &mut change.report;
    report.reopened += 1;
    report.confirmed_at = None;
    report.awaiting_validation = false;
    report.parent_id = None;
    set_tasks(
        work,
        change,
        &["done", "pending"],
        AssignmentStatus::InProgress,
    )
    .await
}

/// Refuses a report.
pub async fn reject(work: &mut Work<'_>, number: &str, why: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Reject).await?;
    change.move_to(work, Status::Rejected, Some(why))?;
    finish_tasks(work, &change).await?;
    let why = said(why);
    let values = [("why", Value::from(why.as_str()))];
    let told = Told {
        kind: "rejected",
        step: "step-rejected",
        notice: "notice-rejected",
        values: &values,
    };
    tell(work, &mut change, told).await?;
    tell_closed(work, &change).await?;
    change
        .save(
            work,
            Written {
                name: "report-reject",
                undoable: false,
            },
        )
        .await
}

/// Withdraws a report from the desk.
pub async fn cancel(work: &mut Work<'_>, number: &str, why: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Cancel).await?;
    if why.trim().is_empty() {
        return Err(Error::ReasonMissing);
    }
    change.move_to(work, Status::Cancelled, Some(why))?;
    finish_tasks(work, &change).await?;
    let told = Told {
        kind: "cancelled",
        step: "step-cancelled",
        notice: "notice-cancelled",
        values: &[],
    };
    tell(work, &mut change, told).await?;
    internal(work, &mut change, &said(why)).await?;
    tell_closed(work, &change).await?;
    change
        .save(
            work,
            Written {
                name: "report-cancel",
                undoable: false,
            },
        )
        .await
}

/// Makes a report the duplicate of another.
pub async fn merge(work: &mut Work<'_>, number: &str, into: &str) -> Result<Report> {
    let parent = work.lock(into).await?;
    let mut change = Change::of(work, number, Act::Merge).await?;
    if parent.id == change.report.id || parent.status == Status::Duplicate {
        let value = parent.track_id;
        return Err(Error::Invalid {
            what: "report",
            value,
            why: "why-parent",
        });
    }
    change.move_to(work, Status::Duplicate, None)?;
    change.report.parent_id = Some(parent.id);
    finish_tasks(work, &change).await?;
    let values = [
        ("number", Value::from(parent.track_id.as_str())),
        ("parent", Value::from(parent.track_id.as_str())),
    ];
    let said = work.settings.chat.say("step-duplicate", &values);
    let status = Some(Status::Duplicate);
    change
        .step(
            work,
            NewStep {
                kind: "duplicate",
                text: &said,
                public: true,
                status,
            },
        )
        .await?;
    let who = greeting(work, &change.report);
    let values = [
        ("who", Value::from(who.as_str())),
        ("number", Value::from(change.report.track_id.as_str())),
        ("parent", Value::from(parent.track_id.as_str())),
    ];
    let text = work.settings.chat.say("notice-duplicate", &values);
    notice::reporter(work, &change.report, &text).await?;
    tell_closed(work, &change).await?;
    change
        .save(
            work,
            Written {
                name: "report-merge",
                undoable: false,
            },
        )
        .await
}
