//! Messages without a command: kept, joined to a report where they belong to one, and answered
//! with the guide now and then.

use crate::action::chat::guard::{Refusal, is_chatty, told_lately};
use crate::action::chat::{Turn, reply, store_turn};
use crate::action::work::NewStep;
use crate::action::{Result, Work, notice};
use crate::i18n::Value;
use crate::store;
use crate::store::report::Report;

const MINUTE: i64 = 60_000;

/// Keeps a message that holds no command.
pub(super) async fn keep(work: &mut Work<'_>, mut turn: Turn) -> Result<()> {
    if turn.in_group && !work.settings.config.desk.groups {
        turn.message.reason = Some("group".into());
        store_turn(work, &turn);
        return Ok(());
    }
    let has_more = !turn.files.is_empty() || turn.message.location.is_some();
    if has_more && let Some(report) = recent_report(work, &turn).await? {
        return join(work, turn, report).await;
    }
    let guide_is_due = guide_is_due(work, &turn).await?;
    store_turn(work, &turn);
    if guide_is_due {
        let id = turn.person.contact.id;
        let now = work.now;
        store::contact::guided(&mut work.tx, &[id], now).await?;
        let text = guide(work);
        notice::answer(work, &turn.message, &text).await?;
    }
    Ok(())
}

/// Returns the guide for reporters.
pub(super) fn guide(work: &Work<'_>) -> String {
    let example = super::example(work);
    let org = work.settings.config.org.name.as_str();
    let values = [
        ("org", Value::from(org)),
        ("example", Value::from(example.as_str())),
    ];
    work.settings.chat.say("guide", &values)
}

/// Two programs that answer each other must not go on for ever, so the guide is rare.
async fn guide_is_due(work: &mut Work<'_>, turn: &Turn) -> Result<bool> {
    let pause = i64::from(work.settings.config.desk.guide_every_hours) * 60 * MINUTE;
    // The batch may hold several messages of this sender, so ask the row and not the copy.
    work.flush().await?;
    let contact = store::contact::find(&mut work.tx, turn.person.contact.id).await?;
    let sent_at = contact.and_then(|contact| contact.guide_sent_at);
    if turn.in_group || sent_at.is_some_and(|at| work.now - at < pause) {
        return Ok(false);
    }
    Ok(!is_chatty(work, &turn.person).await?)
}

/// Returns the sender's open report that was made or touched a few minutes ago.
async fn recent_report(work: &mut Work<'_>, turn: &Turn) -> Result<Option<Report>> {
    let minutes = i64::from(work.settings.config.desk.join_minutes);
    let since = work.now - minutes * MINUTE;
    work.flush().await?;
    let id = turn.person.contact.id;
    let Some(found) = store::report::touched_since(&mut work.tx, id, since).await? else {
        return Ok(None);
    };
    // Somebody may change it at the same time.
    let report = work.lock(&found.track_id).await?;
    Ok(Some(report).filter(|report| report.status.is_open()))
}

/// Joins a photo, document or place to a report.
async fn join(work: &mut Work<'_>, mut turn: Turn, report: Report) -> Result<()> {
    let before = report.clone();
    let mut report = report;
    report.touched_at = work.now;
    let said = work.settings.chat.say("step-file", &[]);
    work.step(
        &mut report,
        NewStep {
            kind: "file",
            text: &said,
            public: false,
            status: None,
        },
    )
    .await?;
    turn.join("report", &report);
    store_turn(work, &turn);
    work.save(&before, &mut report).await?;
    let values = [("number", Value::from(report.track_id.as_str()))];
    let text = work.settings.chat.say("file-joined", &values);
    notice::answer(work, &turn.message, &text).await
}

/// Keeps a report that its sender may not make as an ordinary message, and says so once an hour.
pub(super) async fn refused(work: &mut Work<'_>, turn: Turn, refusal: Refusal) -> Result<()> {
    let mut turn = turn;
    let (reason, text) = told(work, refusal);
    turn.message.reason = Some(reason.into());
    if told_lately(work, &turn.person) {
        store_turn(work, &turn);
        return Ok(());
    }
    let now = work.now;
    store::contact::limit_told(&mut work.tx, turn.person.contact.id, now).await?;
    reply(work, turn, "ordinary", &text).await
}

fn told(work: &Work<'_>, refusal: Refusal) -> (&'static str, String) {
    let chat = &work.settings.chat;
    match refusal {
        Refusal::Guest => {
            let org = work.settings.config.org.name.as_str();
            (
                "guests-refused",
                chat.say("guests-refused", &[("org", org.into())]),
            )
        }
        Refusal::Hour => (
            "limit-hour",
            chat.say("limit-reports", &[("minutes", Value::Number(60))]),
        ),
        Refusal::Day => ("limit-day", chat.say("limit-reports-day", &[])),
    }
}
