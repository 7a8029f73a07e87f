//! What happens when people write: every message is kept, and its command is carried out.
//!
//! A batch of messages costs a handful of statements. New reports are collected and opened
//! together; every other command is carried out in its turn, and a sender's own order is kept.

use std::collections::HashMap;

use crate::action::open::{self, Intake, Reporter};
use crate::action::{Actor, Origin, Result, Work, assign, notice};
use crate::domain::chat::{Command, Who, read};
use crate::domain::text;
use crate::gateway::Incoming;
use crate::store::media::Media;
use crate::store::message::Message;
use crate::store::report::Report;

mod guard;
mod named;
mod officer;
mod ordinary;
mod people;
mod reporter;
mod sift;

pub use people::Person;
pub use sift::keys;

/// The name of a message's file is shown up to this length.
const FILE_NAME: usize = 120;

/// A message as it was read from its delivery.
#[derive(Debug, Clone)]
pub struct Received {
    pub delivery_id: String,
    pub channel: String,
    pub at: i64,
    pub incoming: Incoming,
}

/// A message whose turn it is, with its sender.
#[derive(Debug, Clone)]
pub struct Turn {
    pub message: Message,
    pub person: Person,
    pub files: Vec<Media>,
    /// It was written in a group.
    pub in_group: bool,
}

/// Takes in messages, each exactly once, and returns how many were new.
pub async fn receive(work: &mut Work<'_>, batch: Vec<Received>) -> Result<usize> {
    let fresh = sift::fresh(work, batch).await?;
    let count = fresh.len();
    if count == 0 {
        return Ok(0);
    }
    let mut people = people::of(work, &fresh).await?;
    let mut opening = Opening::new(work, &fresh, &people).await?;
    for received in sift::by_send_time(fresh) {
        let turn = people::turn(work, &mut people, received).await?;
        let who = if turn.person.is_officer() {
            Who::Officer
        } else {
            Who::Reporter
        };
        match command_of(work, &turn, who) {
            Command::Report { text, .. } => opening.add(work, turn, text).await?,
            command => {
                if opening.holds(&turn) {
                    opening.flush(work).await?;
                }
                carry_out(work, turn, command).await?;
            }
        }
    }
    opening.flush(work).await?;
    Ok(count)
}

/// Reads a message's command; in a group only where the installation answers groups.
fn command_of(work: &Work<'_>, turn: &Turn, who: Who) -> Command {
    if turn.in_group && !work.settings.config.desk.groups {
        return Command::Ordinary;
    }
    read(&turn.message.text, who)
}

/// Reports that are going to be opened together.
struct Opening {
    turns: Vec<(Turn, String)>,
    allowance: guard::Allowance,
}

impl Opening {
    async fn new(
        work: &mut Work<'_>,
        fresh: &[Received],
        people: &HashMap<String, Person>,
    ) -> Result<Self> {
        let allowance = guard::Allowance::load(work, fresh, people).await?;
        Ok(Self {
            turns: Vec::new(),
            allowance,
        })
    }

    /// Collects a report, unless its sender has used up what a sender may report.
    async fn add(&mut self, work: &mut Work<'_>, turn: Turn, said: String) -> Result<()> {
        match self.allowance.take(work, &turn.person) {
            Ok(()) => {
                self.turns.push((turn, said));
                Ok(())
            }
            Err(refusal) => ordinary::refused(work, turn, refusal).await,
        }
    }

    /// Returns true when a report of this sender is waiting to be opened.
    fn holds(&self, turn: &Turn) -> bool {
        self.turns
            .iter()
            .any(|(other, _)| other.message.contact_id == turn.message.contact_id)
    }

    async fn flush(&mut self, work: &mut Work<'_>) -> Result<()> {
        let turns = std::mem::take(&mut self.turns);
        if turns.is_empty() {
            return Ok(());
        }
        let actor = std::mem::replace(&mut work.actor, Actor::reporter());
        let intakes = turns
            .iter()
            .map(|(turn, said)| intake(turn, said))
            .collect();
        let reports = open::open(work, intakes).await?;
        for ((turn, _), report) in turns.into_iter().zip(&reports) {
            file(work, turn, report).await?;
        }
        work.actor = actor;
        self.assign(work, &reports).await
    }

    async fn assign(&self, work: &mut Work<'_>, reports: &[Report]) -> Result<()> {
        if work.settings.config.desk.assign == crate::config::Assign::Auto {
            for report in reports {
                assign::by_rule(work, report).await?;
            }
        }
        Ok(())
    }
}

fn intake(turn: &Turn, said: &str) -> Intake {
    let person = &turn.person;
    Intake {
        reporter: Reporter {
            contact: Some(person.contact.clone()),
            employee: person.employee.clone(),
            name: person.name(),
            phone: person.contact.phone.clone(),
            address: Some(turn.message.address.clone()),
        },
        channel: turn.message.channel.clone(),
        message_id: Some(turn.message.id),
        text: text::cut(said, text::MAX_IN).into_owned(),
    }
}

async fn file(work: &mut Work<'_>, mut turn: Turn, report: &Report) -> Result<()> {
    turn.join("report", report);
    store_turn(work, &turn);
    open::acknowledge(work, &turn.message, report).await
}

impl Turn {
    /// Ties the message and its files to a report.
    pub fn join(&mut self, kind: &'static str, report: &Report) {
        self.message.kind = kind.into();
        self.message.report_id = Some(report.id);
        self.message.track_id = Some(report.track_id.clone());
        for file in &mut self.files {
            file.report_id = Some(report.id);
        }
    }
}

/// Stores a message with its files, as what it turned out to be.
fn store_turn(work: &mut Work<'_>, turn: &Turn) {
    work.message(&turn.message);
    for file in &turn.files {
        work.media(file);
    }
}

/// Carries out a command that opens no report.
async fn carry_out(work: &mut Work<'_>, turn: Turn, command: Command) -> Result<()> {
    let actor = turn
        .person
        .staff
        .as_ref()
        .filter(|_| is_officers(&command))
        .map_or_else(Actor::reporter, |staff| Actor::staff(staff, Origin::Chat));
    let before = std::mem::replace(&mut work.actor, actor);
    let done = match command {
        Command::Ordinary => ordinary::keep(work, turn).await,
        command if is_officers(&command) => officer::obey(work, turn, command).await,
        command => reporter::obey(work, turn, command).await,
    };
    work.actor = before;
    done
}

fn is_officers(command: &Command) -> bool {
    matches!(
        command,
        Command::OfficerGuide
            | Command::Jobs
            | Command::Start(_)
            | Command::Progress { .. }
            | Command::Finish { .. }
    )
}

/// Stores a message under its kind and answers it with a text.
async fn reply(
    work: &mut Work<'_>,
    mut turn: Turn,
    kind: &'static str,
    answer: &str,
) -> Result<()> {
    turn.message.kind = kind.into();
    store_turn(work, &turn);
    notice::answer(work, &turn.message, answer).await
}

/// Returns a number as it may look, for the patterns in answers.
fn example(work: &Work<'_>) -> String {
    let local = work.settings.local(work.now);
    let prefix = &work.settings.config.org.track_prefix;
    crate::domain::track::TrackId::compose(prefix, local.year(), local.month(), 1).to_string()
}
