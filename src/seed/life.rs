//! The life of one report: what is done to it and when, and how the report stands afterwards.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::word;
use crate::action::report::deadlines;
use crate::desk::{Settings, timestamp};
use crate::domain::priority::Priority;
use crate::domain::status::{AssignmentStatus, Status};
use crate::domain::target::Clock;
use crate::domain::text;
use crate::store::report::Report;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Something that happens to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Receive,
    Assign,
    Start,
    Tell(&'static str),
    Pause(&'static str),
    Resume,
    Finish(Option<&'static str>),
    Confirm {
        rating: Option<u8>,
        comment: Option<&'static str>,
    },
    Object(&'static str),
    Withdraw,
    Reject(&'static str),
    Merge,
    /// The reporter asks how far it is.
    Ask,
    /// The reporter writes something that is no command.
    Chat(&'static str),
}

/// An act and its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deed {
    pub(super) at: i64,
    pub(super) act: Act,
}

/// What has happened to a report by now, in order.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) deeds: Vec<Deed>,
    pub(super) priority: Priority,
}

/// Draws lives under the settings of a desk.
#[derive(Debug)]
pub(super) struct Fate<'a> {
    pub(super) settings: &'a Settings,
    pub(super) now: i64,
}

/// A life on its way through time.
struct Path<'a> {
    fate: &'a Fate<'a>,
    at: i64,
    deeds: Vec<Deed>,
}

impl Fate<'_> {
    /// Draws the life of a report that comes in at a moment.
    pub(super) fn draw(&self, at: i64, dice: &mut Dice) -> Life {
        let mut path = Path {
            fate: self,
            at,
            deeds: vec![Deed {
                at,
                act: Act::Receive,
            }],
        };
        match dice.below(100) {
            0..3 => path.after(dice.between(5 * MINUTE, DAY), Act::Withdraw),
            3..7 => path.at_work(dice.about(60), Act::Reject(dice.word(&word::REFUSALS))),
            7..10 => path.at_work(dice.about(50), Act::Merge),
            _ => path.handle(dice),
        }
        let mut deeds = path.deeds;
        asides(&mut deeds, dice);
        deeds.retain(|deed| deed.at <= self.now);
        let priority = [
            Priority::Normal,
            Priority::Low,
            Priority::High,
            Priority::Urgent,
        ];
        Life {
            deeds,
            priority: priority[dice.weighted(&[78, 6, 12, 4])],
        }
    }
}

impl Path<'_> {
    /// Lets an act follow after so many minutes of working time.
    fn at_work(&mut self, minutes: i64, act: Act) {
        let calendar = &self.fate.settings.calendar;
        let at = calendar.add(
            timestamp(self.at),
            SignedDuration::from_mins(minutes.max(1)),
        );
        self.push(at.as_millisecond(), act);
    }

    /// Lets an act follow after so many milliseconds.
    fn after(&mut self, milliseconds: i64, act: Act) {
        self.push(self.at + milliseconds, act);
    }

    fn push(&mut self, at: i64, act: Act) {
        self.at = at;
        self.deeds.push(Deed { at, act });
    }

    /// The usual life: an officer gets it, works on it and finishes it.
    fn handle(&mut self, dice: &mut Dice) {
        self.at_work(dice.about(45), Act::Assign);
        self.at_work(dice.about(90), Act::Start);
        self.repair(dice);
        if dice.chance(450) {
            let rating = dice.chance(800).then(|| rating(dice));
            let comment = dice.chance(150).then(|| dice.word(&word::COMMENTS));
            self.after(
                dice.between(5 * MINUTE, 3 * DAY),
                Act::Confirm { rating, comment },
            );
        } else if dice.chance(70) {
            let why = dice.word(&word::OBJECTIONS);
            self.after(dice.between(HOUR, 2 * DAY), Act::Object(why));
            self.repair(dice);
        }
    }

    fn repair(&mut self, dice: &mut Dice) {
        if dice.chance(120) {
            self.at_work(dice.about(40), Act::Pause(dice.word(&word::WAITS)));
            self.after(dice.between(DAY, 9 * DAY), Act::Resume);
        }
        if dice.chance(550) {
            self.at_work(dice.about(150), Act::Tell(word::news(dice)));
        }
        let hours = if dice.chance(60) {
            dice.between(60, 160)
        } else {
            5
        };
        let note = dice.chance(700).then(|| word::note(dice));
        self.at_work(dice.about(hours * 60), Act::Finish(note));
    }
}

fn rating(dice: &mut Dice) -> u8 {
    [5, 4, 3, 2, 1][dice.weighted(&[55, 28, 10, 4, 3])]
}

/// What reporters write besides; it changes nothing.
fn asides(deeds: &mut Vec<Deed>, dice: &mut Dice) {
    let first = deeds[0].at;
    let last = deeds.last().map_or(first, |deed| deed.at);
    if dice.chance(180) && last - first > 2 * HOUR {
        let at = dice.between(first + HOUR, last);
        deeds.push(Deed { at, act: Act::Ask });
    }
    if dice.chance(100) {
        let at = last + dice.between(MINUTE, 2 * HOUR);
        deeds.push(Deed {
            at,
            act: Act::Chat(dice.word(&word::CHATTER)),
        });
    }
    deeds.sort_by_key(|deed| deed.at);
}

/// What a life leaves behind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Task {
    pub(super) started_at: Option<i64>,
    pub(super) done_at: Option<i64>,
    pub(super) status: Option<AssignmentStatus>,
}

/// Lets a life happen to a report, and returns how its officer's task stands afterwards.
pub(super) fn live(settings: &Settings, report: &mut Report, life: &Life) -> Task {
    let mut task = Task::default();
    report.priority = life.priority;
    for deed in &life.deeds {
        happen(settings, report, deed);
        follow(&mut task, *deed);
    }
    deadlines(settings, report);
    task
}

fn happen(settings: &Settings, report: &mut Report, deed: &Deed) {
    let at = deed.at;
    if let Some(status) = leads_to(deed.act) {
        turn(settings, report, (status, at));
    }
    match deed.act {
        Act::Assign | Act::Reject(_) | Act::Merge => {
            report.responded_at.get_or_insert(at);
        }
        Act::Tell(words) | Act::Finish(Some(words)) => {
            report.search = format!("{} {}", report.search, text::fold(words));
        }
        Act::Confirm { rating, comment } => {
            report.confirmed_at = Some(at);
            report.rating = rating.map(i64::from);
            report.comment = comment.map(str::to_owned);
        }
        Act::Object(_) => {
            report.reopened += 1;
            report.touched_at = at;
        }
        _ => {}
    }
    if is_step(deed.act) {
        report.step_count += 1;
        report.updated_at = at;
    }
}

/// Returns the status that an act leads to.
pub(super) fn leads_to(act: Act) -> Option<Status> {
    match act {
        Act::Receive => Some(Status::New),
        Act::Assign | Act::Resume | Act::Object(_) => Some(Status::InProgress),
        Act::Pause(_) => Some(Status::Pending),
        Act::Finish(_) => Some(Status::Done),
        Act::Withdraw => Some(Status::Cancelled),
        Act::Reject(_) => Some(Status::Rejected),
        Act::Merge => Some(Status::Duplicate),
        Act::Start | Act::Tell(_) | Act::Confirm { .. } | Act::Ask | Act::Chat(_) => None,
    }
}

/// Tells whether an act stands in the report's timeline.
pub(super) fn is_step(act: Act) -> bool {
    !matches!(act, Act::Ask | Act::Chat(_))
}

/// Turns the clock of a report, as the acts of the desk do.
fn turn(settings: &Settings, report: &mut Report, (to, at): (Status, i64)) {
    let (calendar, now) = (&settings.calendar, timestamp(at));
    let mut clock = Clock {
        accepted_at: timestamp(report.created_at),
        paused_at: report.paused_at.map(timestamp),
        paused_work_ms: report.paused_work_ms,
        finished_at: report.finished_at.map(timestamp),
    };
    match to {
        Status::Pending => clock.pause(now),
        Status::InProgress if report.status.is_closed() => clock.reopen(calendar, now),
        Status::New | Status::InProgress => clock.resume(calendar, now),
        _ => clock.finish(calendar, now),
    }
    report.status = to;
    report.paused_at = clock.paused_at.map(Timestamp::as_millisecond);
    report.finished_at = clock.finished_at.map(Timestamp::as_millisecond);
    report.paused_work_ms = clock.paused_work_ms;
    let used = |end| i64::try_from(clock.used(calendar, end).as_millis()).unwrap_or(i64::MAX);
    report.work_ms = clock.finished_at.map(used);
}

fn follow(task: &mut Task, deed: Deed) {
    let Some(status) = (match deed.act {
        Act::Assign => Some(AssignmentStatus::Assigned),
        Act::Start | Act::Resume | Act::Object(_) => Some(AssignmentStatus::InProgress),
        Act::Pause(_) => Some(AssignmentStatus::Pending),
        Act::Finish(_) => Some(AssignmentStatus::Done),
        _ => None,
    }) else {
        return;
    };
    if deed.act == Act::Start {
        task.started_at = Some(deed.at);
    }
    task.done_at = (status == AssignmentStatus::Done).then_some(deed.at);
    task.status = Some(status);
}

#[cfg(test)]
mod tests {
    use super::{Act, Fate, Status, is_step, leads_to};
    use crate::config::{Folders, Given, Layers};
    use crate::desk::Settings;
    use crate::seed::dice::Dice;

    fn settings() -> Settings {
        let given = Given {
            file: None,
            flags: Vec::new(),
            env: &|_| None,
            folders: Folders::default(),
        };
        Settings::prepare(Layers::load(given).unwrap().config().unwrap()).unwrap()
    }

    #[test]
    fn every_life_keeps_to_the_legal_moves_and_to_the_past() {
        let settings = settings();
        let now = 1_750_000_000_000;
        let fate = Fate {
            settings: &settings,
            now,
        };
        let mut dice = Dice::new(11);
        let mut ends = std::collections::BTreeSet::new();
        for index in 0..3000 {
            let life = fate.draw(now - index * 10_000_000, &mut dice);
            assert_eq!(life.deeds[0].act, Act::Receive);
            assert!(life.deeds.is_sorted_by_key(|deed| deed.at), "{life:?}");
            assert!(life.deeds.iter().all(|deed| deed.at <= now), "{life:?}");
            let mut status = Status::New;
            let steps = life.deeds.iter().skip(1).filter(|deed| is_step(deed.act));
            for to in steps.filter_map(|deed| leads_to(deed.act)) {
                assert!(status.move_to(to).is_ok(), "{status} to {to}: {life:?}");
                status = to;
            }
            ends.insert(status);
        }
        assert_eq!(ends.len(), Status::ALL.len(), "{ends:?}");
    }
}
