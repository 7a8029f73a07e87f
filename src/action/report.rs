//! What the desk does with a report: hold, finish, confirm, reopen, refuse, merge, edit, delete.
//!
//! Every act checks first and writes afterwards, so one that is refused leaves nothing behind and
//! the work around it may go on.

use crate::action::notice;
use crate::action::open::greeting;
use crate::action::work::NewStep;
use crate::action::{Actor, Error, Result, Work};
use crate::domain::permission::{Act, Reach};
use crate::domain::status::{AssignmentStatus, Status};
use crate::domain::text;
use crate::i18n::Value;
use crate::store;
use crate::store::assignment::Assignment;
use crate::store::audit::Entry;
use crate::store::report::Report;

mod close;
mod edit;
mod timing;

pub use close::{
    cancel, close_by_reporter, confirm, finish, merge, reject, reopen, reopen_change, tell_finished,
};
pub use edit::{Edit, delete, edit, mark_read};
pub use timing::deadlines;

/// A report under change, as it was and as it is going to be.
#[derive(Debug)]
pub struct Change {
    pub before: Report,
    pub report: Report,
    pub tasks: Vec<Assignment>,
}

impl Change {
    /// Locks a report for a change that the actor may make.
    pub async fn of(work: &mut Work<'_>, number: &str, act: Act) -> Result<Self> {
        let change = Self::unchecked(work, number).await?;
        match work.actor.reach(act) {
            Reach::All => Ok(change),
            Reach::Own if change.is_task_of(&work.actor) => Ok(change),
            Reach::Own => Err(Error::NotAssigned {
                staff: work.actor.name.clone(),
                number: change.report.track_id,
            }),
            Reach::None => Err(Error::Forbidden {
                act,
                level: work.actor.level,
            }),
        }
    }

    /// Locks a report for a change whose right was checked otherwise.
    pub async fn unchecked(work: &mut Work<'_>, number: &str) -> Result<Self> {
        let report = work.lock(number).await?;
        let tasks = store::assignment::of_reports(&mut work.tx, &[report.id]).await?;
        Ok(Self {
            before: report.clone(),
            report,
            tasks,
        })
    }

    /// Returns true when the actor is an officer of this report.
    pub fn is_task_of(&self, actor: &Actor) -> bool {
        let staff = actor.staff.as_deref();
        self.tasks
            .iter()
            .any(|task| Some(task.staff_id.as_str()) == staff)
    }

    /// Moves the report to a status, with its clock.
    pub fn move_to(&mut self, work: &Work<'_>, to: Status, why: Option<&str>) -> Result<()> {
        let step = self.report.status.move_to(to)?;
        if step.needs_reason && why.is_none_or(|why| why.trim().is_empty()) {
            return Err(Error::ReasonMissing);
        }
        timing::turn(work, &mut self.report, to);
        self.report.status = to;
        if work.actor.level.is_some() {
            self.report.responded_at.get_or_insert(work.now);
        }
        Ok(())
    }

    /// Writes a step.
    pub async fn step(&mut self, work: &mut Work<'_>, step: NewStep<'_>) -> Result<()> {
        work.step(&mut self.report, step).await
    }

    /// Writes the report back and the act down.
    pub async fn save(mut self, work: &mut Work<'_>, act: Written) -> Result<Report> {
        work.save(&self.before, &mut self.report).await?;
        let tasks: Vec<_> = self
            .tasks
            .iter()
            .map(|task| (&task.staff_id, task.status.as_str()))
            .collect();
        work.audit(Entry {
            act: act.name,
            object: self.report.track_id.clone(),
            detail: serde_json::json!({
                "before": self.before, "after": self.report, "tasks": tasks
            })
            .to_string(),
            undoable: act.undoable,
        });
        Ok(self.report)
    }
}

/// How an act is written down.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    pub name: &'static str,
    pub undoable: bool,
}

/// The texts of an act: what stands in the timeline, and what the reporter is told.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    kind: &'static str,
    step: &'static str,
    notice: &'static str,
    values: &'a [(&'static str, Value<'a>)],
}

/// Writes a public step with the status it led to, and tells the reporter.
async fn tell(work: &mut Work<'_>, change: &mut Change, told: Told<'_>) -> Result<()> {
    let said = work.settings.chat.say(told.step, told.values);
    let status = (change.report.status != change.before.status).then_some(change.report.status);
    let step = NewStep {
        kind: told.kind,
        text: &said,
        public: true,
        status,
    };
    change.step(work, step).await?;
    let who = greeting(work, &change.report);
    let mut values = vec![
        ("who", Value::from(who.as_str())),
        ("number", Value::from(change.report.track_id.as_str())),
    ];
    values.extend(told.values.iter().cloned());
    let text = work.settings.chat.say(told.notice, &values);
    notice::reporter(work, &change.report, &text).await
}

/// Cleans a reason or note that goes out to people.
fn said(words: &str) -> String {
    text::display(text::cut(words.trim(), text::MAX_OUT).as_ref()).text
}

/// Starts work on a report at the desk: it becomes Proses.
pub async fn start(work: &mut Work<'_>, number: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Start).await?;
    let resumed = change.report.status == Status::Pending;
    if change.report.status != Status::InProgress {
        if change.report.status.is_closed() {
            return Err(Error::Move(crate::domain::status::MoveError {
                from: change.report.status,
                to: Status::InProgress,
            }));
        }
        change.move_to(work, Status::InProgress, None)?;
    }
    set_tasks(
        work,
        &change,
        &["assigned", "pending"],
        AssignmentStatus::InProgress,
    )
    .await?;
    let officer = officer_names(work, &change).await?;
    let values = [("officer", Value::from(officer.as_str()))];
    let told = if resumed {
        Told {
            kind: "started",
            step: "step-resumed",
            notice: "notice-resumed",
            values: &[],
        }
    } else {
        Told {
            kind: "started",
            step: "step-started",
            notice: "notice-started",
            values: &values,
        }
    };
    tell(work, &mut change, told).await?;
    change
        .save(
            work,
            Written {
                name: "report-start",
                undoable: false,
            },
        )
        .await
}

/// Puts a report on hold; its clock rests.
pub async fn pending(work: &mut Work<'_>, number: &str, why: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Pending).await?;
    change.move_to(work, Status::Pending, Some(why))?;
    set_tasks(
        work,
        &change,
        &["assigned", "in_progress"],
        AssignmentStatus::Pending,
    )
    .await?;
    let why = said(why);
    let values = [("why", Value::from(why.as_str()))];
    let told = Told {
        kind: "pending",
        step: "step-pending",
        notice: "notice-pending",
        values: &values,
    };
    tell(work, &mut change, told).await?;
    change
        .save(
            work,
            Written {
                name: "report-pending",
                undoable: false,
            },
        )
        .await
}

/// Writes a step that never leaves the desk.
pub async fn internal(work: &mut Work<'_>, change: &mut Change, text: &str) -> Result<()> {
    change
        .step(
            work,
            NewStep {
                kind: "internal",
                text,
                public: false,
                status: None,
            },
        )
        .await
}

/// Ends every task of a report that is still open.
pub async fn finish_tasks(work: &mut Work<'_>, change: &Change) -> Result<()> {
    set_tasks(
        work,
        change,
        &["assigned", "in_progress", "pending"],
        AssignmentStatus::Done,
    )
    .await
}

async fn set_tasks(
    work: &mut Work<'_>,
    change: &Change,
    from: &[&str],
    to: AssignmentStatus,
) -> Result<()> {
    if change.tasks.is_empty() {
        return Ok(());
    }
    let now = work.now;
    store::assignment::set_all(&mut work.tx, change.report.id, from, (to, now)).await?;
    Ok(())
}

/// Tells every officer of a report something.
pub async fn tell_officers(
    work: &mut Work<'_>,
    change: &Change,
    id: &'static str,
    (name, value): (&'static str, &str),
) -> Result<()> {
    let values = [
        ("number", Value::from(change.report.track_id.as_str())),
        (name, Value::from(value)),
    ];
    let text = work.settings.chat.say(id, &values);
    for task in &change.tasks {
        if work.actor.staff.as_deref() == Some(task.staff_id.as_str()) {
            continue;
        }
        if let Some(staff) = store::staff::find(&mut work.tx, &task.staff_id).await? {
            notice::officer(work, &staff, &change.report, &text).await?;
        }
    }
    Ok(())
}

async fn tell_closed(work: &mut Work<'_>, change: &Change) -> Result<()> {
    let status = change.report.status.label(work.settings.lang());
    tell_officers(work, change, "officer-closed", ("status", status)).await
}

/// Returns the names of the officers of a report, or the desk's own where there is none.
pub async fn officer_names(work: &mut Work<'_>, change: &Change) -> Result<String> {
    let mut names = Vec::new();
    for task in &change.tasks {
        if let Some(staff) = store::staff::find(&mut work.tx, &task.staff_id).await? {
            names.push(staff.name);
        }
    }
    if names.is_empty() {
        return Ok(work.settings.config.org.name.clone());
    }
    Ok(names.join(", "))
}
