//! Listing reports and showing one.

use crate::action;
use crate::cli::act::Session;
use crate::cli::failure::Failure;
use crate::cli::list::Slice;
use crate::cli::view;
use crate::domain::filter::Schema;
use crate::domain::permission::{Act, Reach};
use crate::store;
use crate::store::report::Report as Row;
use crate::store::report::list::page;

/// Lists reports; a field officer sees the own ones.
pub(super) async fn list(session: &Session<'_>, slice: &Slice) -> Result<(), Failure> {
    let query = slice.query(session, &Schema::REPORTS)?;
    let (db, scope) = (&session.desk.db, session.scope());
    let mut all = Vec::new();
    let fetch = async |limit: i64, after: Option<&store::page::Cursor>| {
        page(db, &query, &scope, (Some(limit), after)).await
    };
    slice
        .walk(session, fetch, async |rows| {
            all.extend(session.listed(view::of_reports(&session.desk, rows).await?));
            Ok(())
        })
        .await?;
    let now = session.desk.clock.now();
    session.tabled(&all, |shell| view::Report::table(shell, now, &all));
    Ok(())
}

/// Shows a report with all that happened to it.
pub(super) async fn show(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    let number = Session::number(raw)?;
    let found = store::report::find(&session.desk.db, &number).await?;
    let row = found.ok_or_else(|| Failure::not_found("report", &number))?;
    may_see(session, &row).await?;
    let shown = view::show(&session.desk, session.shell, row).await?;
    let settings = session.desk.settings();
    session
        .shell
        .print(&shown, || shown.text(session.shell, &settings));
    Ok(())
}

async fn may_see(session: &Session<'_>, row: &Row) -> Result<(), Failure> {
    if session.actor.reach(Act::SeeReports) == Reach::All {
        return Ok(());
    }
    let tasks = store::assignment::of_reports(&session.desk.db, &[row.id]).await?;
    let me = session.actor.staff.as_deref();
    if tasks.iter().any(|task| Some(task.staff_id.as_str()) == me) {
        return Ok(());
    }
    let (staff, number) = (session.actor.name.clone(), row.track_id.clone());
    Err(action::Error::NotAssigned { staff, number }.into())
}
