//! What a reporter's commands do.

use crate::action::chat::named::{Named, Naming, named, unanswered};
use crate::action::chat::ordinary::guide;
use crate::action::chat::{Turn, reply};
use crate::action::open::greet;
use crate::action::report::{Change, Written, close_by_reporter, finish_tasks, reopen_change};
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work};
use crate::domain::chat::{Command, Number};
use crate::domain::status::Status;
use crate::domain::{show, text};
use crate::i18n::Value;
use crate::store;
use crate::store::report::Report;

/// How many reports `cek` alone lists.
const RECENT: i64 = 5;
/// How much of a report's text a list shows.
const SHORT: usize = 40;

/// Carries out a command.
pub(super) async fn obey(work: &mut Work<'_>, turn: Turn, command: Command) -> Result<()> {
    match command {
        Command::HowToReport => say(work, turn, "guide", "how-to-report").await,
        Command::Guide => {
            let text = guide(work);
            reply(work, turn, "guide", &text).await
        }
        Command::Check(number) => check(work, turn, number).await,
        Command::Track(number) => track(work, turn, number).await,
        Command::Recent => recent(work, turn).await,
        Command::Confirm {
            number,
            rating,
            comment,
        } => confirm(work, turn, number, (rating, comment)).await,
        Command::Refuse { number, why } => refuse(work, turn, number, why).await,
        Command::Withdraw { number } => withdraw(work, turn, number).await,
        Command::OptOut => opt(work, turn, true).await,
        Command::OptIn => opt(work, turn, false).await,
        Command::ForgetMe => forget(work, turn).await,
        other => unreachable!("{other:?} is carried out elsewhere"),
    }
}

async fn say(work: &mut Work<'_>, turn: Turn, kind: &'static str, id: &'static str) -> Result<()> {
    let text = work.settings.chat.say(id, &[]);
    reply(work, turn, kind, &text).await
}

async fn check(work: &mut Work<'_>, mut turn: Turn, number: Number) -> Result<()> {
    let naming = Naming {
        kind: "check",
        missing: "number-missing-check",
        read_only: true,
    };
    let report = match named(work, &turn, &number, naming).await? {
        Named::Report(report) => report,
        Named::Answer(answer) => return unanswered(work, turn, naming.kind, answer).await,
    };
    let steps = store::step::public_of_report(&mut work.tx, report.id).await?;
    let text = match steps.last() {
        None => about(work, &turn, &report, ("check-none", &[])),
        Some(step) => {
            let at = when(work, step.at);
            let said = text::quote(&step.text);
            about(
                work,
                &turn,
                &report,
                ("check", &[("at", at.into()), ("step", said.into())]),
            )
        }
    };
    turn.join("check", &report);
    reply(work, turn, "check", &text).await
}

async fn track(work: &mut Work<'_>, mut turn: Turn, number: Number) -> Result<()> {
    let naming = Naming {
        kind: "track",
        missing: "number-missing-track",
        read_only: true,
    };
    let report = match named(work, &turn, &number, naming).await? {
        Named::Report(report) => report,
        Named::Answer(answer) => return unanswered(work, turn, naming.kind, answer).await,
    };
    let steps = store::step::public_of_report(&mut work.tx, report.id).await?;
    let mut lines = vec![about(work, &turn, &report, ("track-head", &[]))];
    for (index, step) in steps.iter().enumerate() {
        let values = [
            ("n", Value::from(index + 1)),
            ("at", Value::from(when(work, step.at))),
            ("step", Value::from(text::quote(&step.text))),
        ];
        lines.push(work.settings.chat.say("track-line", &values));
    }
    turn.join("track", &report);
    reply(work, turn, "track", &lines.join("\n")).await
}

async fn recent(work: &mut Work<'_>, turn: Turn) -> Result<()> {
    work.flush().await?;
    let reports = store::report::of_contact(&mut work.tx, turn.person.contact.id, RECENT).await?;
    let chat = &work.settings.chat;
    if reports.is_empty() {
        let text = chat.say("recent-none", &[]);
        return reply(work, turn, "check", &text).await;
    }
    let who = greet(work, &turn.person.name(), turn.person.unit());
    let mut lines = vec![chat.say("recent-head", &[("who", Value::from(who))])];
    for report in &reports {
        let values = [
            ("number", Value::from(report.track_id.as_str())),
            (
                "status",
                Value::from(report.status.label(work.settings.lang())),
            ),
            (
                "text",
                Value::from(text::line(&text::quote(&report.text), SHORT)),
            ),
        ];
        lines.push(chat.say("recent-line", &values));
    }
    reply(work, turn, "check", &lines.join("\n")).await
}

async fn confirm(
    work: &mut Work<'_>,
    mut turn: Turn,
    number: Number,
    (rating, comment): (Option<u8>, Option<String>),
) -> Result<()> {
    let naming = Naming {
        kind: "confirm",
        missing: "number-missing-confirm",
        read_only: false,
    };
    let report = match named(work, &turn, &number, naming).await? {
        Named::Report(report) => report,
        Named::Answer(answer) => return unanswered(work, turn, naming.kind, answer).await,
    };
    turn.join("confirm", &report);
    let mut change = Change::unchecked(work, &report.track_id).await?;
    let number = [("number", Value::from(report.track_id.as_str()))];
    if change.report.confirmed_at.is_some() && rating.is_none() && comment.is_none() {
        let text = work.settings.chat.say("already-confirmed", &number);
        return reply(work, turn, "confirm", &text).await;
    }
    let was_done = report.status == Status::Done;
    match close_by_reporter(work, &mut change, rating, comment.as_deref()).await {
        Ok(()) => {}
        Err(Error::Move(_)) => return too_late(work, turn, &report, "confirm").await,
        Err(error) => return Err(error),
    }
    change.report.touched_at = work.now;
    let report = change
        .save(
            work,
            Written {
                name: "report-confirm",
                undoable: false,
            },
        )
        .await?;
    let id = if was_done {
        "confirm-done"
    } else {
        "confirm-not-finished"
    };
    let mut text = about(
        work,
        &turn,
        &report,
        (id, &[("at", when(work, work.now).into())]),
    );
    if let Some(rating) = rating {
        let values = [("rating", Value::Number(rating.into()))];
        text = format!(
            "{text}\n{}",
            work.settings.chat.say("confirm-thanks-rating", &values)
        );
    }
    reply(work, turn, "confirm", &text).await
}

async fn refuse(work: &mut Work<'_>, mut turn: Turn, number: Number, why: String) -> Result<()> {
    let naming = Naming {
        kind: "refuse",
        missing: "number-missing-refuse",
        read_only: false,
    };
    let report = match named(work, &turn, &number, naming).await? {
        Named::Report(report) => report,
        Named::Answer(answer) => return unanswered(work, turn, naming.kind, answer).await,
    };
    turn.join("refuse", &report);
    let mut change = Change::unchecked(work, &report.track_id).await?;
    let why = text::display(why.trim()).text;
    let why = if why.is_empty() {
        work.settings.chat.say("unknown", &[])
    } else {
        why
    };
    let answer = if report.status == Status::Done {
        reopen_change(work, &mut change, &why).await?;
        remark(work, &mut change, ("step-refused", "officer-refused"), &why).await?;
        "refuse-reopened"
    } else if report.status.is_open() {
        remark(work, &mut change, ("step-remark", "officer-remark"), &why).await?;
        "refuse-noted"
    } else {
        return too_late(work, turn, &report, "refuse").await;
    };
    change.report.touched_at = work.now;
    change.report.read = false;
    let report = change
        .save(
            work,
            Written {
                name: "report-refuse",
                undoable: false,
            },
        )
        .await?;
    let text = about(work, &turn, &report, (answer, &[]));
    reply(work, turn, "refuse", &text).await
}

/// Writes down what the reporter says against the work, and tells the officers.
async fn remark(
    work: &mut Work<'_>,
    change: &mut Change,
    (step, notice): (&'static str, &'static str),
    words: &str,
) -> Result<()> {
    let name = if step == "step-refused" {
        "why"
    } else {
        "text"
    };
    let said = work.settings.chat.say(step, &[(name, Value::from(words))]);
    let status = (change.report.status != change.before.status).then_some(change.report.status);
    change
        .step(
            work,
            NewStep {
                kind: "refused",
                text: &said,
                public: true,
                status,
            },
        )
        .await?;
    crate::action::report::tell_officers(work, change, notice, (name, &text::quote(words))).await
}

async fn withdraw(work: &mut Work<'_>, mut turn: Turn, number: Number) -> Result<()> {
    let naming = Naming {
        kind: "withdraw",
        missing: "number-missing-withdraw",
        read_only: false,
    };
    let report = match named(work, &turn, &number, naming).await? {
        Named::Report(report) => report,
        Named::Answer(answer) => return unanswered(work, turn, naming.kind, answer).await,
    };
    turn.join("withdraw", &report);
    if report.status.is_closed() {
        return too_late(work, turn, &report, "withdraw").await;
    }
    let mut change = Change::unchecked(work, &report.track_id).await?;
    change.move_to(work, Status::Cancelled, None)?;
    finish_tasks(work, &change).await?;
    let said = work.settings.chat.say("step-withdrawn", &[]);
    let status = Some(Status::Cancelled);
    change
        .step(
            work,
            NewStep {
                kind: "withdrawn",
                text: &said,
                public: true,
                status,
            },
        )
        .await?;
    let nothing = ("status", "");
    crate::action::report::tell_officers(work, &change, "officer-withdrawn", nothing).await?;
    let report = change
        .save(
            work,
            Written {
                name: "report-withdraw",
                undoable: false,
            },
        )
        .await?;
    let text = about(work, &turn, &report, ("withdraw-done", &[]));
    reply(work, turn, "withdraw", &text).await
}

/// Answers that a report has ended otherwise and cannot be changed by chat.
async fn too_late(
    work: &mut Work<'_>,
    turn: Turn,
    report: &Report,
    kind: &'static str,
) -> Result<()> {
    let status = report.status.label(work.settings.lang());
    let id = if kind == "withdraw" {
        "withdraw-too-late"
    } else {
        "too-late"
    };
    let text = about(work, &turn, report, (id, &[("status", status.into())]));
    reply(work, turn, kind, &text).await
}

async fn opt(work: &mut Work<'_>, turn: Turn, out: bool) -> Result<()> {
    let id = turn.person.contact.id;
    let at = out.then_some(work.now);
    store::contact::opt_out(&mut work.tx, id, at).await?;
    if out {
        work.flush().await?;
        store::outbox::cancel_notices(&mut work.tx, id).await?;
    }
    let (kind, text) = if out {
        ("opt-out", "opt-out-done")
    } else {
        ("opt-in", "opt-in-done")
    };
    say(work, turn, kind, text).await
}

async fn forget(work: &mut Work<'_>, turn: Turn) -> Result<()> {
    let (id, now) = (turn.person.contact.id, work.now);
    store::contact::ask_forget(&mut work.tx, id, now).await?;
    let hours = [(
        "hours",
        Value::from(work.settings.config.retention.erase_hours),
    )];
    let text = work.settings.chat.say("forget-me-received", &hours);
    reply(work, turn, "forget", &text).await
}

/// Says a text about a report, with its greeting, number and status at hand.
fn about(
    work: &Work<'_>,
    turn: &Turn,
    report: &Report,
    (id, more): (&str, &[(&'static str, Value<'_>)]),
) -> String {
    let who = greet(work, &turn.person.name(), turn.person.unit());
    let mut values = vec![
        ("who", Value::from(who.as_str())),
        ("number", Value::from(report.track_id.as_str())),
        (
            "status",
            Value::from(report.status.label(work.settings.lang())),
        ),
    ];
    values.extend(more.iter().cloned());
    work.settings.chat.say(id, &values)
}

fn when(work: &Work<'_>, at: i64) -> String {
    show::date_time(&work.settings.local(at), work.settings.lang())
}
