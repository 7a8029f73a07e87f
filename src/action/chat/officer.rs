//! What a field officer's commands do.

use crate::action::chat::{Turn, reply};
use crate::action::open::greet;
use crate::action::report::{Change, Written, tell_finished};
use crate::action::work::NewStep;
use crate::action::{Result, Work, progress};
use crate::desk::timestamp;
use crate::domain::chat::{Command, Number};
use crate::domain::status::{AssignmentStatus, Status};
use crate::domain::{show, target, text};
use crate::i18n::Value;
use crate::store;
use crate::store::report::Report;

/// How many tasks `#job` lists.
const JOBS: i64 = 20;
/// How much of a report's text the list shows.
const SHORT: usize = 80;

/// Carries out a command.
pub(super) async fn obey(work: &mut Work<'_>, turn: Turn, command: Command) -> Result<()> {
    match command {
        Command::OfficerGuide => {
            let text = work.settings.chat.say("guide-officer", &[]);
            reply(work, turn, "tbo", &text).await
        }
        Command::Jobs => jobs(work, turn).await,
        Command::Start(number) => start(work, turn, number).await,
        Command::Progress { number, text } => report(work, turn, number, text).await,
        Command::Finish { number, text } => finish(work, turn, number, text).await,
        other => unreachable!("{other:?} is carried out elsewhere"),
    }
}

async fn jobs(work: &mut Work<'_>, turn: Turn) -> Result<()> {
    work.flush().await?;
    let staff = turn
        .person
        .staff
        .as_ref()
        .map(|staff| staff.id.clone())
        .unwrap_or_default();
    let ids = store::assignment::open_of(&mut work.tx, &staff, JOBS).await?;
    let who = greet(work, &turn.person.name(), "");
    if ids.is_empty() {
        let text = work
            .settings
            .chat
            .say("jobs-none", &[("who", Value::from(who))]);
        return reply(work, turn, "tbo", &text).await;
    }
    let values = [("who", Value::from(who)), ("n", Value::from(ids.len()))];
    let mut lines = vec![work.settings.chat.say("jobs-head", &values)];
    let reports = store::report::by_ids(&mut work.tx, &ids).await?;
    for (index, report) in reports.iter().enumerate() {
        lines.push(job_line(work, index + 1, report));
    }
    reply(work, turn, "tbo", &lines.join("\n")).await
}

fn job_line(work: &Work<'_>, n: usize, report: &Report) -> String {
    let lang = work.settings.lang();
    let stopped = report.paused_at.map(timestamp);
    let (near, due) = (timestamp(report.near_at), timestamp(report.due_at));
    let sla = target::sla_at(work.moment(), near, due, stopped);
    let unit = text::quote(&report.unit);
    let unit = if unit.is_empty() {
        work.settings.chat.say("unknown", &[])
    } else {
        unit
    };
    let values = [
        ("n", Value::from(n)),
        ("number", Value::from(report.track_id.as_str())),
        ("status", Value::from(report.status.label(lang))),
        (
            "deadline",
            Value::from(show::date_time(&work.settings.local(report.due_at), lang)),
        ),
        ("sla", Value::from(sla.label(lang))),
        ("unit", Value::from(unit)),
        (
            "text",
            Value::from(text::line(&text::quote(&report.text), SHORT)),
        ),
    ];
    work.settings.chat.say("jobs-line", &values)
}

/// What stands in the way of an officer's command, as the text that says so.
enum Way {
    Clear(Box<Change>),
    Blocked(String),
}

/// Locks the report that an officer names, if it is his open task.
async fn task(
    work: &mut Work<'_>,
    turn: &Turn,
    number: &Number,
    command: &'static str,
) -> Result<Way> {
    let Number::Read(number) = number else {
        let values = [("command", Value::from(command))];
        return Ok(Way::Blocked(
            work.settings.chat.say("officer-number-missing", &values),
        ));
    };
    let values = [("number", Value::from(number.as_str()))];
    let blocked = |id: &str| Way::Blocked(work.settings.chat.say(id, &values));
    let not_assigned = blocked("not-assigned");
    let finished = blocked("already-finished");
    work.flush().await?;
    if store::report::find(&mut work.tx, number.as_str())
        .await?
        .is_none()
    {
        return Ok(not_assigned);
    }
    let change = Change::unchecked(work, number.as_str()).await?;
    let staff = turn.person.staff.as_ref().map(|staff| staff.id.as_str());
    if !change
        .tasks
        .iter()
        .any(|task| Some(task.staff_id.as_str()) == staff)
    {
        return Ok(not_assigned);
    }
    if change.report.status.is_closed() {
        return Ok(finished);
    }
    Ok(Way::Clear(Box::new(change)))
}

/// Returns where the sender's own task stands.
fn own_status(turn: &Turn, change: &Change) -> AssignmentStatus {
    let staff = turn.person.staff.as_ref().map(|staff| staff.id.as_str());
    let own = change
        .tasks
        .iter()
        .find(|task| Some(task.staff_id.as_str()) == staff);
    own.map_or(AssignmentStatus::Assigned, |task| task.status)
}

fn about(work: &Work<'_>, change: &Change, id: &str) -> String {
    let values = [("number", Value::from(change.report.track_id.as_str()))];
    work.settings.chat.say(id, &values)
}

async fn start(work: &mut Work<'_>, mut turn: Turn, number: Number) -> Result<()> {
    let mut change = match task(work, &turn, &number, "#start").await? {
        Way::Clear(change) => *change,
        Way::Blocked(text) => return refuse(work, turn, &text).await,
    };
    turn.join("tbo", &change.report);
    if own_status(&turn, &change) == AssignmentStatus::InProgress {
        let text = about(work, &change, "start-already");
        return refuse(work, turn, &text).await;
    }
    if change.report.status != Status::InProgress {
        change.move_to(work, Status::InProgress, None)?;
    }
    set_own(work, &turn, &change, AssignmentStatus::InProgress).await?;
    change.report.responded_at.get_or_insert(work.now);
    let officer = turn.person.name();
    let values = [("officer", Value::from(officer.as_str()))];
    let said = work.settings.chat.say("step-started", &values);
    let status = (change.report.status != change.before.status).then_some(Status::InProgress);
    change
        .step(
            work,
            NewStep {
                kind: "started",
                text: &said,
                public: true,
                status,
            },
        )
        .await?;
    tell_started(work, &change, &officer).await?;
    let report = change
        .save(
            work,
            Written {
                name: "task-start",
                undoable: false,
            },
        )
        .await?;
    let text = started(work, &report);
    reply(work, turn, "tbo", &text).await
}

async fn tell_started(work: &mut Work<'_>, change: &Change, officer: &str) -> Result<()> {
    let who = crate::action::open::greeting(work, &change.report);
    let values = [
        ("who", Value::from(who)),
        ("number", Value::from(change.report.track_id.as_str())),
        ("officer", Value::from(officer)),
    ];
    let text = work.settings.chat.say("notice-started", &values);
    crate::action::notice::reporter(work, &change.report, &text).await
}

fn started(work: &Work<'_>, report: &Report) -> String {
    let unit = text::quote(&report.unit);
    let unit = if unit.is_empty() {
        work.settings.chat.say("unknown", &[])
    } else {
        unit
    };
    let values = [
        ("number", Value::from(report.track_id.as_str())),
        ("reporter", Value::from(text::quote(&report.reporter_name))),
        ("unit", Value::from(unit)),
        ("text", Value::from(text::quote(&report.text))),
    ];
    work.settings.chat.say("start-done", &values)
}

async fn report(work: &mut Work<'_>, mut turn: Turn, number: Number, said: String) -> Result<()> {
    let mut change = match started_task(work, &turn, &number, "#report").await? {
        Way::Clear(change) => *change,
        Way::Blocked(text) => return refuse(work, turn, &text).await,
    };
    turn.join("tbo", &change.report);
    let words = text::display(text::cut(said.trim(), text::MAX_IN).as_ref()).text;
    if words.is_empty() && turn.files.is_empty() {
        let text = about(work, &change, "progress-empty");
        return refuse(work, turn, &text).await;
    }
    enter(work, &mut turn, &mut change, &words).await?;
    let shown = if words.is_empty() {
        work.settings.chat.say("step-file", &[])
    } else {
        words
    };
    let step = NewStep {
        kind: "progress",
        text: &shown,
        public: true,
        status: None,
    };
    change.step(work, step).await?;
    progress::tell(
        work,
        &change.report,
        "notice-progress",
        &text::quote(&shown),
    )
    .await?;
    let change_text = about(work, &change, "progress-done");
    change
        .save(
            work,
            Written {
                name: "task-progress",
                undoable: false,
            },
        )
        .await?;
    reply(work, turn, "tbo", &change_text).await
}

/// Stores what an officer tells as a progress entry, with the files that came along.
async fn enter(
    work: &mut Work<'_>,
    turn: &mut Turn,
    change: &mut Change,
    words: &str,
) -> Result<()> {
    let entry = progress::entry(work, change, words, (true, Some(turn.message.id))).await?;
    for file in &mut turn.files {
        file.progress_id = Some(entry.id);
    }
    progress::grow_search(&mut change.report, words);
    Ok(())
}

async fn finish(
    work: &mut Work<'_>,
    mut turn: Turn,
    number: Number,
    said: Option<String>,
) -> Result<()> {
    let mut change = match started_task(work, &turn, &number, "#finish").await? {
        Way::Clear(change) => *change,
        Way::Blocked(text) => return refuse(work, turn, &text).await,
    };
    turn.join("tbo", &change.report);
    let words = said
        .map(|words| text::display(words.trim()).text)
        .unwrap_or_default();
    let waits = work.settings.config.desk.finish_needs_validation;
    if waits || !words.is_empty() || !turn.files.is_empty() {
        enter(work, &mut turn, &mut change, &words).await?;
    }
    let id = if waits {
        change.report.awaiting_validation = true;
        let said = work
            .settings
            .chat
            .say("step-finished-note", &[("text", words.into())]);
        super::super::report::internal(work, &mut change, &said).await?;
        "finish-waits-validation"
    } else {
        change.move_to(work, Status::Done, None)?;
        super::super::report::finish_tasks(work, &change).await?;
        let note = (!words.is_empty()).then_some(words.as_str());
        tell_finished(work, &mut change, note).await?;
        "finish-done"
    };
    let text = about(work, &change, id);
    change
        .save(
            work,
            Written {
                name: "task-finish",
                undoable: false,
            },
        )
        .await?;
    reply(work, turn, "tbo", &text).await
}

/// Like [`task`], for what can only follow a `#start`.
async fn started_task(
    work: &mut Work<'_>,
    turn: &Turn,
    number: &Number,
    command: &'static str,
) -> Result<Way> {
    match task(work, turn, number, command).await? {
        Way::Clear(change) if own_status(turn, &change) == AssignmentStatus::Assigned => {
            Ok(Way::Blocked(about(work, &change, "start-first")))
        }
        way => Ok(way),
    }
}

async fn set_own(
    work: &mut Work<'_>,
    turn: &Turn,
    change: &Change,
    status: AssignmentStatus,
) -> Result<()> {
    let staff = turn
        .person
        .staff
        .as_ref()
        .map(|staff| staff.id.clone())
        .unwrap_or_default();
    let (task, now) = ((change.report.id, staff.as_str()), work.now);
    store::assignment::set_status(&mut work.tx, task, status, now).await?;
    Ok(())
}

/// Answers a command that cannot be carried out; the message says why.
async fn refuse(work: &mut Work<'_>, mut turn: Turn, text: &str) -> Result<()> {
    turn.message.reason = Some("refused".into());
    reply(work, turn, "tbo", text).await
}
