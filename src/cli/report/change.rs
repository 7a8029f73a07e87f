//! Who works on a report, and what is known about it.

use serde_json::json;

use super::{Assign, Edit, Unassign};
use crate::action::{Work, assign, report};
use crate::cli::act::Session;
use crate::cli::failure::{Code, Failure};
use crate::cli::view;
use crate::domain::priority::Priority;
use crate::i18n::Phrase;
use crate::store;

/// Changes category, priority or unit.
pub(super) async fn edit(session: &Session<'_>, it: &Edit) -> Result<(), Failure> {
    let number = Session::number(&it.number)?;
    let priority = it
        .priority
        .as_deref()
        .map(|word| priority(session, word))
        .transpose()?;
    let edit = report::Edit {
        category: it.category.clone(),
        priority,
        unit: it.unit.clone(),
    };
    let row = session
        .act(async |work: &mut Work<'_>| report::edit(work, &number, &edit).await)
        .await?;
    session.told(row, "done-report-changed").await
}

fn priority(session: &Session<'_>, word: &str) -> Result<Priority, Failure> {
    Priority::read(word).ok_or_else(|| {
        let known = Priority::ALL.map(|one| one.label(session.shell.lang()));
        let values = [
            ("name", "--priority".into()),
            ("value", word.to_owned().into()),
            ("known", known.join(", ").into()),
        ];
        Failure::new(Code::Usage, Phrase::new("error-value", values))
    })
}

/// Gives a report to officers.
pub(super) async fn assign(session: &Session<'_>, it: &Assign) -> Result<(), Failure> {
    let number = Session::number(&it.number)?;
    let row = session
        .act(async |work: &mut Work<'_>| {
            assign::assign(work, &number, &it.staff, it.note.as_deref()).await
        })
        .await?;
    named(session, row, ("done-assigned", &it.staff)).await
}

/// Takes a report from officers.
pub(super) async fn unassign(session: &Session<'_>, it: &Unassign) -> Result<(), Failure> {
    let number = Session::number(&it.number)?;
    let row = session
        .act(async |work: &mut Work<'_>| assign::unassign(work, &number, &it.staff).await)
        .await?;
    named(session, row, ("done-unassigned", &it.staff)).await
}

/// Prints a report; people read whom it was given to or taken from.
async fn named(
    session: &Session<'_>,
    row: store::report::Report,
    (id, staff): (&'static str, &[String]),
) -> Result<(), Failure> {
    let mut names = Vec::new();
    for name in staff {
        let found = store::staff::find_either(&session.desk.db, name).await?;
        names.extend(found.map(|one| one.name));
    }
    let number = row.track_id.clone();
    let report = view::of_reports(&session.desk, vec![row]).await?.remove(0);
    session.shell.print(&report, || {
        let values = [
            ("number", number.into()),
            ("officer", names.join(", ").into()),
        ];
        session.shell.say(id, &values)
    });
    Ok(())
}

/// Marks reports as read or unread, all or none.
pub(super) async fn mark(session: &Session<'_>, raw: &[String], read: bool) -> Result<(), Failure> {
    let numbers: Vec<String> = raw
        .iter()
        .map(|raw| Session::number(raw))
        .collect::<Result<_, _>>()?;
    session
        .act(async |work: &mut Work<'_>| {
            for number in &numbers {
                report::mark_read(work, number, read).await?;
            }
            Ok(())
        })
        .await?;
    let id = if read { "done-read" } else { "done-unread" };
    let value = json!({"read": read, "count": numbers.len(), "reports": numbers});
    session.shell.print(&value, || {
        session.shell.say(id, &[("count", numbers.len().into())])
    });
    Ok(())
}
