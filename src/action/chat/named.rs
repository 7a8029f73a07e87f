//! Finding the report that a command names, for those who may know of it.

use crate::action::chat::guard::{Miss, miss};
use crate::action::chat::{Turn, example, reply, store_turn};
use crate::action::{Result, Work};
use crate::domain::chat::Number;
use crate::domain::permission::{Act, Reach, may};
use crate::domain::track::TrackId;
use crate::i18n::Value;
use crate::store;
use crate::store::report::Report;

/// What a command that names a report comes to.
pub(super) enum Named {
    Report(Box<Report>),
    /// There is nothing to do but to answer this, or nothing.
    Answer(Option<String>),
}

/// The texts and the kind of a command that names a report.
#[derive(Clone, Copy)]
pub(super) struct Naming {
    pub(super) kind: &'static str,
    pub(super) missing: &'static str,
    /// The sender may read it; otherwise it must be the sender's own.
    pub(super) read_only: bool,
}

pub(super) async fn named(
    work: &mut Work<'_>,
    turn: &Turn,
    number: &Number,
    naming: Naming,
) -> Result<Named> {
    let number = match number {
        Number::Read(number) => number,
        Number::Missing => {
            return Ok(Named::Answer(Some(pattern(work, naming.missing))));
        }
        Number::Unreadable(_) => {
            return Ok(Named::Answer(Some(pattern(work, "pattern-number"))));
        }
    };
    work.flush().await?;
    let found = store::report::find(&mut work.tx, number.as_str()).await?;
    match found {
        Some(report) if is_open_to(work, turn, &report, naming.read_only).await? => {
            Ok(Named::Report(Box::new(report)))
        }
        _ => Ok(Named::Answer(not_found(work, turn, number).await?)),
    }
}

fn pattern(work: &Work<'_>, id: &'static str) -> String {
    let example = example(work);
    work.settings
        .chat
        .say(id, &[("example", Value::from(example))])
}

async fn is_open_to(
    work: &mut Work<'_>,
    turn: &Turn,
    report: &Report,
    read_only: bool,
) -> Result<bool> {
    if report.contact_id == Some(turn.person.contact.id)
        || (report.reporter_phone.is_some() && report.reporter_phone == turn.person.contact.phone)
    {
        return Ok(true);
    }
    let Some(staff) = turn.person.staff.as_ref().filter(|_| read_only) else {
        return Ok(false);
    };
    match may(staff.level, Act::SeeReports) {
        Reach::All => Ok(true),
        Reach::None => Ok(false),
        Reach::Own => {
            let tasks = store::assignment::of_reports(&mut work.tx, &[report.id]).await?;
            Ok(tasks.iter().any(|task| task.staff_id == staff.id))
        }
    }
}

/// The same answer for a number that does not exist and for one that is somebody else's.
async fn not_found(work: &mut Work<'_>, turn: &Turn, number: &TrackId) -> Result<Option<String>> {
    let miss = miss(work, &turn.person).await?;
    let chat = &work.settings.chat;
    Ok(match miss {
        Miss::Tell => Some(chat.say("not-found", &[("number", Value::from(number.as_str()))])),
        Miss::Pause => {
            let minutes = work.settings.config.limits.miss_pause_minutes;
            Some(chat.say("misses-paused", &[("minutes", Value::from(minutes))]))
        }
        Miss::Silence => None,
    })
}

/// Stores a message whose report was not found, with the answer if there is to be one.
pub(super) async fn unanswered(
    work: &mut Work<'_>,
    mut turn: Turn,
    kind: &'static str,
    answer: Option<String>,
) -> Result<()> {
    turn.message.reason = Some("no-report".into());
    if let Some(text) = answer {
        return reply(work, turn, kind, &text).await;
    }
    turn.message.kind = kind.into();
    store_turn(work, &turn);
    Ok(())
}
