//! One unit of work: a transaction with everything that is to be written in it.
//!
//! Rows are collected and written together, because an awaited statement costs more than the rows
//! in it. Nothing is visible to anybody, the work itself included, before [`Work::flush`].

use std::sync::Arc;

use jiff::Timestamp;

use crate::action::{Actor, Result};
use crate::db::{Bulk, Tx, search};
use crate::desk::{Desk, Settings, timestamp};
use crate::domain::status::Status;
use crate::fault;
use crate::store;
use crate::store::audit::{Author, Entry};
use crate::store::counter;
use crate::store::media::Media;
use crate::store::message::Message;
use crate::store::outbox::Letter;
use crate::store::report::Report;
use crate::store::step::Step;
use crate::store::tally::{ALWAYS, Changes};

/// How many row ids are taken at a time; ids that are not used are gaps that nobody minds.
const IDS: i64 = 1024;

/// A transaction with everything that is to be written in it.
#[derive(Debug)]
pub struct Work<'d> {
    pub desk: &'d Desk,
    pub settings: Arc<Settings>,
    pub tx: Tx,
    pub actor: Actor,
    pub now: i64,
    pub tally: Changes,
    ids: std::ops::Range<i64>,
    rows: Rows,
    audit: Vec<(Actor, Entry)>,
    rings: Rings,
}

/// Rows on their way into the tables.
#[derive(Debug)]
struct Rows {
    messages: Bulk,
    reports: Bulk,
    words: Vec<(i64, String)>,
    steps: Bulk,
    letters: Bulk,
    media: Bulk,
}

/// Whom to wake after the commit.
#[derive(Debug, Default, Clone, Copy)]
struct Rings {
    outbox: bool,
    media: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            messages: store::message::bulk(),
            reports: store::report::bulk(),
            words: Vec::new(),
            steps: store::step::bulk(),
            letters: store::outbox::bulk(),
            media: store::media::bulk(),
        }
    }
}

/// A step to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    pub kind: &'static str,
    pub text: &'a str,
    pub public: bool,
    pub status: Option<Status>,
}

impl<'d> Work<'d> {
    /// Starts work in the name of an actor.
    pub async fn begin(desk: &'d Desk, actor: Actor) -> Result<Work<'d>> {
        let tx = desk.db.begin().await?;
        Ok(Work {
            settings: desk.settings(),
            now: desk.clock.now(),
            desk,
            tx,
            actor,
            tally: Changes::default(),
            ids: 0..0,
            rows: Rows::default(),
            audit: Vec::new(),
            rings: Rings::default(),
        })
    }

    /// Returns now as a moment.
    pub fn moment(&self) -> Timestamp {
        timestamp(self.now)
    }

    /// Returns a row id that nobody has.
    pub async fn id(&mut self) -> Result<i64> {
        if self.ids.is_empty() {
            let before = counter::take(&mut self.tx, counter::ROW, IDS).await?;
            self.ids = before + 1..before + 1 + IDS;
        }
        let id = self.ids.start;
        self.ids.start += 1;
        Ok(id)
    }

    /// Adds a message.
    pub fn message(&mut self, message: &Message) {
        store::message::add(&mut self.rows.messages, message);
    }

    /// Adds a report, to the sums too.
    pub fn report(&mut self, report: &Report) {
        store::report::add(&mut self.rows.reports, report);
        self.rows.words.push((report.id, report.search.clone()));
        self.count(report, 1);
    }

    /// Adds a file; one that has to be fetched wakes the fetcher.
    pub fn media(&mut self, media: &Media) {
        store::media::add(&mut self.rows.media, media);
        self.rings.media |= media.state == "waiting";
    }

    /// Adds a letter.
    pub fn letter(&mut self, letter: &Letter) {
        store::outbox::add(&mut self.rows.letters, letter);
        self.rings.outbox = true;
    }

    /// Wakes the sender after the commit, for a letter that was there already.
    pub fn ring_outbox(&mut self) {
        self.rings.outbox = true;
    }

    /// Wakes the fetcher after the commit, for a file that was there already.
    pub fn ring_media(&mut self) {
        self.rings.media = true;
    }

    /// Adds a step to a report that is going to be stored or saved.
    pub async fn step(&mut self, report: &mut Report, new: NewStep<'_>) -> Result<()> {
        let step = Step {
            id: self.id().await?,
            report_id: report.id,
            at: self.now,
            by: self.actor.name.clone(),
            kind: new.kind.into(),
            text: new.text.into(),
            public: new.public,
            status: new.status.map(|status| status.as_str().into()),
        };
        report.step_count += 1;
        store::step::add(&mut self.rows.steps, &step);
        Ok(())
    }

    /// Writes an act down, under the name of whoever acts now.
    pub fn audit(&mut self, entry: Entry) {
        self.audit.push((self.actor.clone(), entry));
    }

    /// Returns a report that nobody else can change until this work ends.
    pub async fn lock(&mut self, number: &str) -> Result<Report> {
        self.flush().await?;
        let found = store::report::lock(&mut self.tx, number).await?;
        found.ok_or_else(|| super::Error::missing("report", number))
    }

    /// Writes a changed report back and keeps the sums true.
    pub async fn save(&mut self, before: &Report, report: &mut Report) -> Result<()> {
        report.updated_at = self.now;
        self.count(before, -1);
        self.count(report, 1);
        if before.search != report.search {
            search::replace(&mut self.tx, report.id, &report.search).await?;
        }
        store::report::save(&mut self.tx, report).await?;
        Ok(())
    }

    /// Writes everything collected so far into the transaction.
    pub async fn flush(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let tx = &mut self.tx;
        rows.messages.write(tx).await?;
        rows.reports.write(tx).await?;
        search::add(tx, rows.words).await?;
        rows.steps.write(tx).await?;
        rows.media.write(tx).await?;
        rows.letters.write(tx).await?;
        Ok(())
    }

    /// Makes everything durable, then wakes those who have something to do.
    pub async fn commit(mut self) -> Result<()> {
        self.flush().await?;
        std::mem::take(&mut self.tally).write(&mut self.tx).await?;
        self.write_audit().await?;
        self.tx.commit().await?;
        if self.rings.outbox {
            // Every channel has a loop of its own.
            self.desk.bells.outbox.notify_waiters();
        }
        if self.rings.media {
            self.desk.bells.media.notify_one();
        }
        Ok(())
    }

    /// Appends the acts to the chain, those of one actor together. This comes last, because it
    /// locks the end of the chain until the commit.
    async fn write_audit(&mut self) -> Result<()> {
        let mut entries = std::mem::take(&mut self.audit).into_iter().peekable();
        while let Some((actor, entry)) = entries.next() {
            let mut run = vec![entry];
            while let Some((_, entry)) = entries.next_if(|(next, _)| *next == actor) {
                run.push(entry);
            }
            let author = Author {
                name: &actor.name,
                origin: actor.origin.as_str(),
                at: self.now,
            };
            store::audit::append(&mut self.tx, &self.desk.key, author, run).await?;
            fault::point("k18");
        }
        Ok(())
    }

    /// Adds a report to the sums, or takes it out with `-1`.
    pub fn count(&mut self, report: &Report, sign: i64) {
        if report.deleted_at.is_some() {
            return;
        }
        let day = self.settings.day(report.created_at);
        let status = report.status.as_str();
        let sums = &mut self.tally;
        sums.add("created", (&day, ""), sign);
        sums.add("status", (&day, status), sign);
        sums.add("status", (ALWAYS, status), sign);
        let category = report.category.as_deref().unwrap_or_default();
        sums.add("category", (&day, category), sign);
        sums.add("unit", (&day, &report.unit), sign);
        if !report.read {
            sums.add("unread", (ALWAYS, ""), sign);
        }
        if let Some(at) = report.finished_at {
            sums.add("finished", (&self.settings.day(at), ""), sign);
        }
    }
}
