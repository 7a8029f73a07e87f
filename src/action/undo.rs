//! Taking an act back: the latest own one that only changed the database, for a few minutes.

use crate::action::people::{restore_employee, restore_staff};
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work, rule, setting};
use crate::store;
use crate::store::audit::{Entry, Row};
use crate::store::report::Report;

/// For how long an act may be taken back.
const WINDOW: i64 = 10 * 60_000;

/// An act that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub act: String,
    pub object: String,
}

/// What an audit row keeps of a changed report.
#[derive(serde::Deserialize)]
struct Changed {
    before: Report,
    after: Report,
}

/// What an audit row keeps of a changed person, rule or setting.
#[derive(serde::Deserialize)]
struct Thing {
    before: serde_json::Value,
    after: serde_json::Value,
}

/// Takes back the actor's latest act, unless somebody has changed the same thing since.
pub async fn undo(work: &mut Work<'_>) -> Result<Undone> {
    let since = work.now - WINDOW;
    let name = work.actor.name.clone();
    let row = store::audit::undoable(&mut work.tx, &name, since).await?;
    let row = row.ok_or(Error::NothingToUndo)?;
    match row.act.as_str() {
        act if act.starts_with("report-") => report(work, &row).await?,
        act if act.starts_with("employee-") => {
            let Thing { before, after } = detail(&row)?;
            restore_employee(work, &row.object, &before, &after).await?;
        }
        act if act.starts_with("staff-") => {
            let Thing { before, after } = detail(&row)?;
            restore_staff(work, &row.object, &before, &after).await?;
        }
        act if act.starts_with("rule-") => {
            let Thing { before, after } = detail(&row)?;
            rule::restore(work, &row.object, &before, &after).await?;
        }
        act if act.starts_with("setting-") => {
            let Thing { before, after } = detail(&row)?;
            setting::restore(work, &row.object, &before, &after).await?;
        }
        "message-done" => message(work, &row).await?,
        "message-link" => unlink(work, &row).await?,
        _ => return Err(Error::NothingToUndo),
    }
    work.audit(Entry {
        act: "undo",
        object: store::audit::undo_name(row.seq),
        detail: serde_json::json!({"act": row.act, "object": row.object}).to_string(),
        undoable: false,
    });
    Ok(Undone {
        act: row.act,
        object: row.object,
    })
}

fn detail<T: serde::de::DeserializeOwned>(row: &Row) -> Result<T> {
    let text = row.detail.as_deref().unwrap_or_default();
    serde_json::from_str(text).map_err(|_| Error::Changed(row.object.clone()))
}

/// Puts a report back to what it was; nothing that was sent hangs on it.
async fn report(work: &mut Work<'_>, row: &Row) -> Result<()> {
    let Changed { before: old, after } = detail(row)?;
    let found = store::report::lock_id(&mut work.tx, after.id).await?;
    let now = found.ok_or_else(|| Error::missing("report", row.object.as_str()))?;
    if now.updated_at != after.updated_at {
        return Err(Error::Changed(row.object.clone()));
    }
    let mut report = Report {
        step_count: now.step_count,
        text: now.text.clone(),
        search: now.search.clone(),
        channel: now.channel.clone(),
        contact_id: now.contact_id,
        address: now.address.clone(),
        message_id: now.message_id,
        reporter_name: now.reporter_name.clone(),
        reporter_phone: now.reporter_phone.clone(),
        employee_id: now.employee_id.clone(),
        comment: now.comment.clone(),
        ..old
    };
    let step = NewStep {
        kind: "undone",
        text: &row.act,
        public: false,
        status: None,
    };
    work.step(&mut report, step).await?;
    work.save(&now, &mut report).await
}

/// Opens a message again that was put away.
async fn message(work: &mut Work<'_>, row: &Row) -> Result<()> {
    let id = message_id(row)?;
    store::message::handled(&mut work.tx, id, None).await?;
    Ok(())
}

/// Takes a message and its files off the report that they were tied to.
async fn unlink(work: &mut Work<'_>, row: &Row) -> Result<()> {
    let id = message_id(row)?;
    store::message::unlink(&mut work.tx, id).await?;
    store::media::unlink(&mut work.tx, id).await?;
    store::message::handled(&mut work.tx, id, None).await?;
    Ok(())
}

fn message_id(row: &Row) -> Result<i64> {
    let id = row.object.split(' ').next().unwrap_or_default();
    id.parse().map_err(|_| Error::missing("message", id))
}
