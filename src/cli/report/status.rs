//! Moving reports from status to status.

use super::{Because, Confirm, Finish, Merge};
use crate::action::{self, Work, report};
use crate::cli::act::Session;
use crate::cli::failure::Failure;
use crate::cli::view;
use crate::store;
use crate::store::report::Report as Row;

/// Begins work.
pub(super) async fn start(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    moved(session, raw, async |work, number| {
        report::start(work, number).await
    })
    .await
}

/// Puts a report on hold.
pub(super) async fn pending(session: &Session<'_>, it: &Because) -> Result<(), Failure> {
    let why = it.why.as_str();
    moved(session, &it.number, async |work, number| {
        report::pending(work, number, why).await
    })
    .await
}

/// Finishes a report.
pub(super) async fn finish(session: &Session<'_>, it: &Finish) -> Result<(), Failure> {
    let note = it.note.as_deref();
    moved(session, &it.number, async |work, number| {
        report::finish(work, number, note).await
    })
    .await
}

/// Confirms a report in the reporter's place.
pub(super) async fn confirm(session: &Session<'_>, it: &Confirm) -> Result<(), Failure> {
    let rating = it.rating;
    moved(session, &it.number, async |work, number| {
        report::confirm(work, number, rating).await
    })
    .await
}

/// Takes a closed report up again.
pub(super) async fn reopen(session: &Session<'_>, it: &Because) -> Result<(), Failure> {
    let why = it.why.as_str();
    moved(session, &it.number, async |work, number| {
        report::reopen(work, number, why).await
    })
    .await
}

/// Refuses a report.
pub(super) async fn reject(session: &Session<'_>, it: &Because) -> Result<(), Failure> {
    let why = it.why.as_str();
    moved(session, &it.number, async |work, number| {
        report::reject(work, number, why).await
    })
    .await
}

/// Withdraws a report.
pub(super) async fn cancel(session: &Session<'_>, it: &Because) -> Result<(), Failure> {
    let why = it.why.as_str();
    moved(session, &it.number, async |work, number| {
        report::cancel(work, number, why).await
    })
    .await
}

/// Makes a report the duplicate of another.
pub(super) async fn merge(session: &Session<'_>, it: &Merge) -> Result<(), Failure> {
    let (number, into) = (Session::number(&it.number)?, Session::number(&it.into)?);
    let row = session
        .act(async |work: &mut Work<'_>| report::merge(work, &number, &into).await)
        .await?;
    let report = view::of_reports(&session.desk, vec![row]).await?.remove(0);
    session.shell.print(&report, || {
        let values = [
            ("number", number.as_str().into()),
            ("parent", into.as_str().into()),
        ];
        session.shell.say("done-merged", &values)
    });
    Ok(())
}

/// Takes a report off every list.
pub(super) async fn delete(session: &Session<'_>, it: &Because) -> Result<(), Failure> {
    let number = Session::number(&it.number)?;
    let row = session
        .act(async |work: &mut Work<'_>| report::delete(work, &number, &it.why).await)
        .await?;
    session.told(row, "done-deleted").await
}

/// Carries out a change of status and prints the report; people read from where to where.
async fn moved(
    session: &Session<'_>,
    raw: &str,
    change: impl AsyncFn(&mut Work<'_>, &str) -> action::Result<Row>,
) -> Result<(), Failure> {
    let number = Session::number(raw)?;
    let before = store::report::find(&session.desk.db, &number).await?;
    let row = session
        .act(async |work: &mut Work<'_>| change(work, &number).await)
        .await?;
    let (from, to) = (
        before.map_or(row.status, |report| report.status),
        row.status,
    );
    if from == to {
        return session.told(row, "done-report-changed").await;
    }
    let report = view::of_reports(&session.desk, vec![row]).await?.remove(0);
    let lang = session.shell.lang();
    session.shell.print(&report, || {
        let values = [
            ("number", number.as_str().into()),
            ("from", from.label(lang).into()),
            ("to", to.label(lang).into()),
        ];
        session.shell.say("done-status", &values)
    });
    Ok(())
}
