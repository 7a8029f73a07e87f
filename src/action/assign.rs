//! Giving reports to officers, by hand or by rule.

use crate::action::report::{Change, Written};
use crate::action::work::NewStep;
use crate::action::{Actor, Error, Result, Work, notice, open, rule};
use crate::domain::permission::Act;
use crate::domain::status::{AssignmentStatus, Status};
use crate::domain::{show, text};
use crate::i18n::Value;
use crate::store;
use crate::store::assignment::Assignment;
use crate::store::report::Report;
use crate::store::staff::Staff;

/// Gives a report to officers, who are told; a new report becomes Proses.
pub async fn assign(
    work: &mut Work<'_>,
    number: &str,
    officers: &[String],
    note: Option<&str>,
) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Assign).await?;
    if change.report.status.is_closed() {
        return Err(Error::Move(crate::domain::status::MoveError {
            from: change.report.status,
            to: Status::InProgress,
        }));
    }
    let officers = known(work, officers).await?;
    give(work, &mut change, &officers, note).await?;
    change
        .save(
            work,
            Written {
                name: "report-assign",
                undoable: false,
            },
        )
        .await
}

/// Hands a new report to the officer that the rules propose, where the desk lets them decide.
pub async fn by_rule(work: &mut Work<'_>, report: &Report) -> Result<()> {
    let proposal = rule::propose_for(work, report).await?;
    let Some(id) = proposal.officer.clone() else {
        return Ok(());
    };
    let reason = proposal.reason(work.settings.lang());
    let before = std::mem::replace(&mut work.actor, Actor::worker());
    let done = give_by_rule(work, &report.track_id, &id, &reason).await;
    work.actor = before;
    done
}

async fn give_by_rule(work: &mut Work<'_>, number: &str, id: &str, reason: &str) -> Result<()> {
    let mut change = Change::unchecked(work, number).await?;
    let officers = known(work, &[id.to_owned()]).await?;
    give(work, &mut change, &officers, None).await?;
    super::report::internal(work, &mut change, reason).await?;
    change
        .save(
            work,
            Written {
                name: "report-assign",
                undoable: false,
            },
        )
        .await?;
    Ok(())
}

async fn known(work: &mut Work<'_>, names: &[String]) -> Result<Vec<Staff>> {
    let mut officers: Vec<Staff> = Vec::new();
    for name in names {
        let found = store::staff::find_either(&mut work.tx, name).await?;
        let staff = found.ok_or_else(|| Error::missing("staff", name))?;
        if !staff.active {
            return Err(Error::Invalid {
                what: "staff",
                value: staff.id,
                why: "why-inactive",
            });
        }
        if officers.iter().all(|known| known.id != staff.id) {
            officers.push(staff);
        }
    }
    Ok(officers)
}

async fn give(
    work: &mut Work<'_>,
    change: &mut Change,
    officers: &[Staff],
    note: Option<&str>,
) -> Result<()> {
    let note = text::line(note.unwrap_or_default(), 1024);
    let moved = change.report.status == Status::New;
    if moved {
        change.move_to(work, Status::InProgress, None)?;
    }
    for staff in officers {
        if change.tasks.iter().any(|task| task.staff_id == staff.id) {
            return Err(Error::Taken {
                what: "task",
                value: staff.id.clone(),
            });
        }
        let task = task(work, change, staff, &note).await?;
        change.tasks.push(task);
        tell_officer(work, change, staff, &note).await?;
    }
    tell_reporter(work, change, officers, moved).await
}

async fn task(
    work: &mut Work<'_>,
    change: &Change,
    staff: &Staff,
    note: &str,
) -> Result<Assignment> {
    let task = Assignment {
        id: work.id().await?,
        report_id: change.report.id,
        staff_id: staff.id.clone(),
        at: work.now,
        by: work.actor.name.clone(),
        note: note.to_owned(),
        status: AssignmentStatus::Assigned,
        started_at: None,
        done_at: None,
    };
    store::assignment::insert(&mut work.tx, &task).await?;
    let day = work.settings.day(change.report.created_at);
    work.tally.add("tbo", (&day, &staff.id), 1);
    Ok(task)
}

async fn tell_reporter(
    work: &mut Work<'_>,
    change: &mut Change,
    officers: &[Staff],
    moved: bool,
) -> Result<()> {
    let names: Vec<&str> = officers.iter().map(|staff| staff.name.as_str()).collect();
    let names = names.join(", ");
    let said = work
        .settings
        .chat
        .say("step-assigned", &[("officer", Value::from(names.as_str()))]);
    let status = moved.then_some(Status::InProgress);
    change
        .step(
            work,
            NewStep {
                kind: "assigned",
                text: &said,
                public: true,
                status,
            },
        )
        .await?;
    let who = open::greeting(work, &change.report);
    let values = [
        ("who", Value::from(who.as_str())),
        ("number", Value::from(change.report.track_id.as_str())),
        ("officer", Value::from(names.as_str())),
    ];
    let text = work.settings.chat.say("notice-assigned", &values);
    notice::reporter(work, &change.report, &text).await
}

async fn tell_officer(
    work: &mut Work<'_>,
    change: &Change,
    staff: &Staff,
    note: &str,
) -> Result<()> {
    let report = &change.report;
    let (lang, chat) = (work.settings.lang(), &work.settings.chat);
    let deadline = show::date_time(&work.settings.local(report.due_at), lang);
    let unknown = chat.say("unknown", &[]);
    let unit = text::quote(&report.unit);
    let unit = if unit.is_empty() { unknown } else { unit };
    let (reporter, said) = (
        text::quote(&report.reporter_name),
        text::quote(&report.text),
    );
    let values = [
        ("number", Value::from(report.track_id.as_str())),
        ("reporter", Value::from(reporter.as_str())),
        ("unit", Value::from(unit.as_str())),
        ("text", Value::from(said.as_str())),
        ("deadline", Value::from(deadline.as_str())),
    ];
    let mut text = chat.say("officer-assigned", &values);
    if let Some(phone) = &report.reporter_phone {
        let phone = format!("+{phone}");
        let line = chat.say("officer-assigned-phone", &[("phone", Value::from(phone))]);
        text = format!("{text}\n{line}");
    }
    if !note.is_empty() {
        let line = chat.say("officer-assigned-note", &[("note", Value::from(note))]);
        text = format!("{text}\n{line}");
    }
    notice::officer(work, staff, report, &text).await
}

/// Takes a report from officers, who are told.
pub async fn unassign(work: &mut Work<'_>, number: &str, officers: &[String]) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Assign).await?;
    for name in officers {
        let found = store::staff::find_either(&mut work.tx, name).await?;
        let staff = found.ok_or_else(|| Error::missing("staff", name))?;
        take(work, &mut change, &staff).await?;
    }
    change
        .save(
            work,
            Written {
                name: "report-unassign",
                undoable: false,
            },
        )
        .await
}

async fn take(work: &mut Work<'_>, change: &mut Change, staff: &Staff) -> Result<()> {
    let (report, now) = (change.report.id, work.now);
    if !store::assignment::remove(&mut work.tx, report, &staff.id, now).await? {
        let number = change.report.track_id.clone();
        return Err(Error::NotAssigned {
            staff: staff.id.clone(),
            number,
        });
    }
    change.tasks.retain(|task| task.staff_id != staff.id);
    let day = work.settings.day(change.report.created_at);
    work.tally.add("tbo", (&day, &staff.id), -1);
    let values = [("officer", Value::from(staff.name.as_str()))];
    let said = work.settings.chat.say("step-unassigned", &values);
    change
        .step(
            work,
            NewStep {
                kind: "unassigned",
                text: &said,
                public: false,
                status: None,
            },
        )
        .await?;
    let values = [("number", Value::from(change.report.track_id.as_str()))];
    let text = work.settings.chat.say("officer-unassigned", &values);
    notice::officer(work, staff, &change.report, &text).await
}
