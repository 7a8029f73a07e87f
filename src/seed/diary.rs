//! Writes a life down as the desk would have: messages, steps, tasks, progress, letters.

use std::fmt::Write as _;

mod row;

use super::dice::Dice;
use super::life::{Act, Deed, Task, is_step};
use super::people::{Officer, Reporter};
use super::word;
use crate::action::notice::{ANSWERS, STAFF};
use crate::action::open::greet;
use crate::action::{Result, Work};
use crate::domain::status::{AssignmentStatus, Status};
use crate::domain::{show, text};
use crate::i18n::Value;
use crate::store::assignment::Assignment;
use crate::store::past::Past;
use crate::store::progress::Progress;
use crate::store::report::Report;

const SECOND: i64 = 1000;
/// Letters as old as this have been read or never will be.
const HOUR: i64 = 3_600_000;

/// A report whose life is being told.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) report: Report,
    pub(super) deeds: std::vec::IntoIter<Deed>,
    pub(super) task: Task,
    pub(super) reporter: Reporter,
    pub(super) officer: Officer,
    /// The id of whoever gives the work out.
    pub(super) desk: String,
    /// The number of the report that this one is merged into.
    pub(super) parent: Option<String>,
    pub(super) dice: Dice,
    /// The step that `cek` would show.
    pub(super) last: (i64, String),
    /// How the report stands at this point of its life.
    pub(super) status: Status,
}

/// The diary of one batch.
pub(super) struct Diary<'w, 'd> {
    pub(super) work: &'w mut Work<'d>,
    pub(super) rows: &'w mut Past,
}

/// A letter to be written.
struct Told<'a> {
    address: &'a str,
    contact_id: Option<i64>,
    staff_id: Option<&'a str>,
    message_id: Option<i64>,
    lane: i64,
    by: &'a str,
}

impl Diary<'_, '_> {
    /// Writes one deed of a case down.
    pub(super) async fn tell(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        match deed.act {
            Act::Receive => self.receive(case, deed).await?,
            Act::Assign => self.assign(case, deed).await?,
            Act::Start | Act::Tell(_) | Act::Finish(_) => self.by_officer(case, deed).await?,
            Act::Pause(_) | Act::Resume | Act::Reject(_) | Act::Merge => {
                self.by_desk(case, deed).await?;
            }
            Act::Confirm { .. } | Act::Object(_) | Act::Withdraw | Act::Ask | Act::Chat(_) => {
                self.by_reporter(case, deed).await?;
            }
        }
        Ok(())
    }

    async fn receive(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        let words = format!("{} {}", word::command(&mut case.dice), case.report.text);
        let id = self.hear(case, deed.at, ("report", &words)).await?;
        case.report.message_id = Some(id);
        self.rows.report(&case.report);
        self.work.count(&case.report, 1);
        self.step(case, deed, ("received", "reporter")).await?;
        let answer = self.say(case, "report-received", &[("org", self.org())]);
        self.answer(case, (deed.at, id), &answer).await
    }

    fn org(&self) -> Value<'static> {
        Value::from(self.work.settings.config.org.name.clone())
    }

    async fn assign(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        let note = if case.dice.chance(150) {
            case.dice.word(&word::TASK_NOTES)
        } else {
            ""
        };
        let task = Assignment {
            id: self.work.id().await?,
            report_id: case.report.id,
            staff_id: case.officer.id.clone(),
            at: deed.at,
            by: case.desk.clone(),
            note: note.to_owned(),
            status: case.task.status.unwrap_or(AssignmentStatus::Assigned),
            started_at: case.task.started_at,
            done_at: case.task.done_at,
        };
        self.rows.assignment(&task);
        let day = self.work.settings.day(case.report.created_at);
        self.work.tally.add("tbo", (&day, &task.staff_id), 1);
        let by = case.desk.clone();
        self.step(case, deed, ("assigned", &by)).await?;
        let text = self.order(case, note);
        let told = Told {
            address: &case.officer.address,
            contact_id: None,
            staff_id: Some(&case.officer.id),
            message_id: None,
            lane: STAFF,
            by: &by,
        };
        self.letter((&case.report, &mut case.dice), (deed.at, &text), told)
            .await?;
        let officer = Value::from(case.officer.name.clone());
        let text = self.say(case, "notice-assigned", &[("officer", officer)]);
        self.notice(case, (deed.at, &by), &text).await
    }

    /// Returns what an officer is told of a new task.
    fn order(&self, case: &Case, note: &str) -> String {
        let settings = &self.work.settings;
        let (report, chat) = (&case.report, &settings.chat);
        let due = show::date_time(&settings.local(report.due_at), settings.lang());
        let unit = if report.unit.is_empty() {
            chat.say("unknown", &[])
        } else {
            report.unit.clone()
        };
        let values = [
            ("number", Value::from(report.track_id.as_str())),
            ("reporter", Value::from(report.reporter_name.as_str())),
            ("unit", Value::from(unit)),
            ("text", Value::from(text::quote(&report.text))),
            ("deadline", Value::from(due)),
        ];
        let mut order = chat.say("officer-assigned", &values);
        if !note.is_empty() {
            let line = chat.say("officer-assigned-note", &[("note", Value::from(note))]);
            write!(order, "\n{line}").expect("writing to a string does not fail");
        }
        order
    }

    async fn by_officer(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        let number = case.report.track_id.clone();
        let (said, kind, notice, answer) = match deed.act {
            Act::Start => (
                format!("#start {number}"),
                "started",
                "notice-started",
                "start-done",
            ),
            Act::Finish(note) => {
                let said = format!("#finish {number} {}", note.unwrap_or_default());
                (
                    said.trim().to_owned(),
                    "finished",
                    "notice-finished",
                    "finish-done",
                )
            }
            Act::Tell(words) => {
                let said = format!("#report {number} {words}");
                (said, "progress", "notice-progress", "progress-done")
            }
            other => unreachable!("{other:?} is no officer's"),
        };
        let id = self.hear_officer(case, (deed.at, &said)).await?;
        if let Act::Tell(words) | Act::Finish(Some(words)) = deed.act {
            self.enter(case, (deed.at, id), words).await?;
        }
        let by = case.officer.id.clone();
        self.step(case, deed, (kind, &by)).await?;
        let told = [
            ("officer", Value::from(case.officer.name.clone())),
            ("text", Value::from(words_of(deed.act))),
        ];
        let text = self.say(case, notice, &told);
        self.notice(case, (deed.at, &by), &text).await?;
        let text = self.about(case, answer);
        let told = Told {
            address: &case.officer.address,
            contact_id: Some(case.officer.contact_id),
            staff_id: None,
            message_id: Some(id),
            lane: ANSWERS,
            by: &by,
        };
        self.letter((&case.report, &mut case.dice), (deed.at, &text), told)
            .await
    }

    /// Says what an officer is answered.
    fn about(&self, case: &Case, id: &str) -> String {
        let report = &case.report;
        let values = [
            ("number", Value::from(report.track_id.as_str())),
            ("reporter", Value::from(report.reporter_name.as_str())),
            ("unit", Value::from(report.unit.as_str())),
            ("text", Value::from(text::quote(&report.text))),
        ];
        self.work.settings.chat.say(id, &values)
    }

    async fn enter(
        &mut self,
        case: &mut Case,
        (at, message): (i64, i64),
        words: &str,
    ) -> Result<()> {
        let seen_at = at + case.dice.between(HOUR, 30 * HOUR);
        let seen = case.dice.chance(600) && seen_at <= self.work.now;
        let entry = Progress {
            id: self.work.id().await?,
            report_id: case.report.id,
            staff_id: Some(case.officer.id.clone()),
            by: case.officer.id.clone(),
            at,
            text: words.to_owned(),
            public: true,
            message_id: Some(message),
            validated_by: seen.then(|| case.desk.clone()),
            validated_at: seen.then_some(seen_at),
            correction: None,
        };
        self.rows.progress(&entry);
        Ok(())
    }

    async fn by_desk(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        let (kind, notice) = match deed.act {
            Act::Pause(_) => ("pending", "notice-pending"),
            Act::Resume => ("started", "notice-resumed"),
            Act::Reject(_) => ("rejected", "notice-rejected"),
            Act::Merge => ("duplicate", "notice-duplicate"),
            other => unreachable!("{other:?} is not the desk's"),
        };
        let by = case.desk.clone();
        self.step(case, deed, (kind, &by)).await?;
        let values = [
            ("why", Value::from(words_of(deed.act))),
            (
                "parent",
                Value::from(case.parent.clone().unwrap_or_default()),
            ),
        ];
        let text = self.say(case, notice, &values);
        self.notice(case, (deed.at, &by), &text).await
    }

    async fn by_reporter(&mut self, case: &mut Case, deed: Deed) -> Result<()> {
        let number = case.report.track_id.clone();
        let (said, kind) = match deed.act {
            Act::Confirm { rating, comment } => (confirmed(&number, rating, comment), "confirm"),
            Act::Object(why) => (format!("belum {number} {why}"), "refuse"),
            Act::Withdraw => (format!("batal {number}"), "withdraw"),
            Act::Ask => (format!("cek {number}"), "check"),
            other => (words_of(other).to_owned(), "ordinary"),
        };
        let id = self.hear(case, deed.at, (kind, &said)).await?;
        if is_step(deed.act) {
            let step = match deed.act {
                Act::Confirm { .. } => "confirmed",
                Act::Object(_) => "refused",
                _ => "withdrawn",
            };
            self.step(case, deed, (step, "reporter")).await?;
        }
        if kind == "ordinary" {
            return Ok(());
        }
        let text = self.reply(case, deed);
        self.answer(case, (deed.at, id), &text).await
    }

    fn reply(&self, case: &Case, deed: Deed) -> String {
        let (settings, lang) = (&self.work.settings, self.work.settings.lang());
        let at = |at| Value::from(show::date_time(&settings.local(at), lang));
        match deed.act {
            Act::Confirm { rating, .. } => {
                let done = self.say(case, "confirm-done", &[("at", at(deed.at))]);
                let Some(rating) = rating else { return done };
                let values = [("rating", Value::Number(rating.into()))];
                format!(
                    "{done}\n{}",
                    settings.chat.say("confirm-thanks-rating", &values)
                )
            }
            Act::Object(_) => self.say(case, "refuse-reopened", &[]),
            Act::Withdraw => self.say(case, "withdraw-done", &[]),
            _ => {
                let step = Value::from(text::quote(&case.last.1));
                self.say(case, "check", &[("at", at(case.last.0)), ("step", step)])
            }
        }
    }

    /// Says a text about a case, with greeting, number and status at hand.
    fn say(&self, case: &Case, id: &str, more: &[(&'static str, Value<'static>)]) -> String {
        let report = &case.report;
        let who = greet(self.work, &report.reporter_name, &report.unit);
        let status = case.status.label(self.work.settings.lang());
        let mut values = vec![
            ("who", Value::from(who)),
            ("number", Value::from(report.track_id.as_str())),
            ("status", Value::from(status)),
        ];
        values.extend(more.iter().cloned());
        self.work.settings.chat.say(id, &values)
    }
}

/// Returns the words that an act carries.
fn words_of(act: Act) -> &'static str {
    match act {
        Act::Tell(words)
        | Act::Pause(words)
        | Act::Object(words)
        | Act::Reject(words)
        | Act::Chat(words)
        | Act::Finish(Some(words)) => words,
        _ => "",
    }
}

fn confirmed(number: &str, rating: Option<u8>, comment: Option<&str>) -> String {
    let rating = rating
        .map(|rating| format!(" {rating}"))
        .unwrap_or_default();
    let comment = comment.map(|words| format!(" {words}")).unwrap_or_default();
    format!("selesai {number}{rating}{comment}")
}
