//! An invented desk: people, and reports with their whole lives over the last year and a half.
//!
//! The same seed on the same day makes the same desk. Rows are written in the order in which
//! things happened, so that their ids tell time as those of a real desk do.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use tokio_util::sync::CancellationToken;

use crate::action::{Actor, Result, Work, notice};
use crate::desk::{Desk, Settings};
use crate::domain::priority::Priority;
use crate::domain::status::Status;
use crate::domain::text;
use crate::domain::track::{self, TrackId};
use crate::store;
use crate::store::audit::Entry;
use crate::store::past::Past;
use crate::store::report::Report;

mod diary;
mod dice;
mod life;
mod people;
mod season;
mod word;

use diary::{Case, Diary};
use dice::Dice;
use life::{Deed, Fate, live};
use people::People;
use season::Season;

/// How many reports share a transaction.
const BATCH: usize = 500;
/// How many of the newest reports another one may turn out to repeat.
const RECENT: usize = 40;

/// What is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub reports: u64,
    pub employees: u64,
    pub staff: u64,
    pub seed: u64,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sown {
    pub reports: u64,
    pub employees: u64,
    pub staff: u64,
}

/// A desk being made.
struct Sower<'a> {
    desk: &'a Desk,
    actor: Actor,
    people: People,
    season: Season,
    dice: Dice,
    /// Reports with deeds left to tell, by the moment of the next one.
    open: BinaryHeap<Reverse<(i64, u64)>>,
    cases: HashMap<u64, (Deed, Case)>,
    recent: VecDeque<(i64, String)>,
    sown: u64,
}

/// Makes a desk, besides what there is already, and returns what was made. When it is stopped
/// early the reports made by then are whole.
pub async fn sow(
    (desk, actor): (&Desk, Actor),
    plan: Plan,
    stop: &CancellationToken,
    mut told: impl FnMut(u64),
) -> Result<Sown> {
    let mut sower = Sower::new(desk, actor, plan).await?;
    while !stop.is_cancelled() && sower.batch().await? {
        told(sower.sown);
    }
    sower.finish().await?;
    told(sower.sown);
    let staff = sower.people.officers.len() + sower.people.desk.len();
    let employees = sower
        .people
        .reporters
        .iter()
        .filter(|one| one.employee_id.is_some());
    Ok(Sown {
        reports: sower.sown,
        employees: employees.count() as u64,
        staff: staff as u64,
    })
}

impl<'a> Sower<'a> {
    async fn new(desk: &'a Desk, actor: Actor, plan: Plan) -> Result<Self> {
        let dice = Dice::new(plan.seed);
        let mut work = Work::begin(desk, actor.clone()).await?;
        let people = people::settle(&mut work, &plan, &dice).await?;
        let now = work.settings.local(work.now);
        work.audit(entry(format!("{plan:?}"), plan.reports));
        work.commit().await?;
        Ok(Self {
            desk,
            actor,
            people,
            season: Season::new(&now, plan.reports, dice.of(1)),
            dice: dice.of(2),
            open: BinaryHeap::new(),
            cases: HashMap::new(),
            recent: VecDeque::new(),
            sown: 0,
        })
    }

    /// Makes the next reports and says whether there were any.
    async fn batch(&mut self) -> Result<bool> {
        let moments: Vec<i64> = self.season.by_ref().take(BATCH).collect();
        let (Some(first), Some(_)) = (moments.first().copied(), moments.last()) else {
            return Ok(false);
        };
        let mut work = Work::begin(self.desk, self.actor.clone()).await?;
        let mut rows = Past::default();
        let numbers = numbers(&mut work, &moments).await?;
        work.audit(entry(numbers[0].to_string(), moments.len() as u64));
        for (at, number) in moments.into_iter().zip(numbers) {
            self.catch_up(&mut work, &mut rows, at).await?;
            self.receive(&mut work, &mut rows, (at, number)).await?;
        }
        rows.write(&mut work.tx).await?;
        work.commit().await?;
        tracing::debug!(first, sown = self.sown, "a batch of invented reports");
        Ok(true)
    }

    /// Tells what is left of the lives of all reports.
    async fn finish(&mut self) -> Result<()> {
        while !self.open.is_empty() {
            let mut work = Work::begin(self.desk, self.actor.clone()).await?;
            let mut rows = Past::default();
            for _ in 0..BATCH * 4 {
                self.next_deed(&mut work, &mut rows, i64::MAX).await?;
            }
            rows.write(&mut work.tx).await?;
            work.commit().await?;
        }
        let mut work = Work::begin(self.desk, self.actor.clone()).await?;
        for one in self
            .people
            .reporters
            .iter()
            .filter(|one| one.last_in_at > 0)
        {
            store::contact::heard(&mut work.tx, &[one.contact_id], one.last_in_at).await?;
        }
        work.commit().await
    }

    async fn catch_up(&mut self, work: &mut Work<'_>, rows: &mut Past, until: i64) -> Result<()> {
        while self.next_deed(work, rows, until).await? {}
        Ok(())
    }

    /// Tells the earliest deed before a moment, if there is one.
    async fn next_deed(
        &mut self,
        work: &mut Work<'_>,
        rows: &mut Past,
        until: i64,
    ) -> Result<bool> {
        if self.open.peek().is_none_or(|Reverse((at, _))| *at >= until) {
            return Ok(false);
        }
        let Some(Reverse((_, serial))) = self.open.pop() else {
            return Ok(false);
        };
        let (deed, mut case) = self.cases.remove(&serial).expect("an open case is kept");
        Diary { work, rows }.tell(&mut case, deed).await?;
        self.keep(serial, case);
        Ok(true)
    }

    /// Keeps a case until its next deed; one that has none left is over.
    fn keep(&mut self, serial: u64, mut case: Case) {
        if let Some(deed) = case.deeds.next() {
            self.open.push(Reverse((deed.at, serial)));
            self.cases.insert(serial, (deed, case));
        }
    }

    async fn receive(
        &mut self,
        work: &mut Work<'_>,
        rows: &mut Past,
        (at, number): (i64, TrackId),
    ) -> Result<()> {
        let mut case = self.case(work, (at, number)).await?;
        let deed = case.deeds.next().expect("a life begins");
        Diary { work, rows }.tell(&mut case, deed).await?;
        self.recent
            .push_back((case.report.id, case.report.track_id.clone()));
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
        self.keep(self.sown, case);
        self.sown += 1;
        Ok(())
    }

    /// Decides everything about one report.
    async fn case(&mut self, work: &mut Work<'_>, (at, number): (i64, TrackId)) -> Result<Case> {
        let settings = std::sync::Arc::clone(&work.settings);
        let mut dice = self.dice.of(self.sown);
        let fate = Fate {
            settings: &settings,
            now: work.now,
        };
        let mut drawn = fate.draw(at, &mut dice);
        let parent = self.parent(&mut dice);
        if parent.is_none() {
            drawn.deeds.retain(|deed| deed.act != life::Act::Merge);
        }
        let index = self.people.reporter(&mut dice);
        let reporter = &mut self.people.reporters[index];
        reporter.last_in_at = at;
        let mut report = draft(work, (at, number), (reporter, &mut dice)).await?;
        report.channel = notice::channel_for(work, "utama");
        let task = live(&settings, &mut report, &drawn);
        let merged = report.status == Status::Duplicate;
        report.parent_id = parent.as_ref().filter(|_| merged).map(|(id, _)| *id);
        report.read = report.status != Status::New || work.now - at > 12 * 3_600_000;
        Ok(Case {
            report,
            deeds: drawn.deeds.into_iter(),
            task,
            reporter: reporter.clone(),
            officer: dice.pick(&self.people.officers).clone(),
            desk: dice.pick(&self.people.desk).clone(),
            parent: parent.map(|(_, number)| number),
            dice,
            last: (at, String::new()),
            status: Status::New,
        })
    }

    fn parent(&self, dice: &mut Dice) -> Option<(i64, String)> {
        let count = self.recent.len() as u64;
        let index = usize::try_from(dice.below(count.max(1))).unwrap_or_default();
        self.recent.get(index).cloned()
    }
}

fn entry(object: String, reports: u64) -> Entry {
    Entry {
        act: "seed",
        object,
        detail: serde_json::json!({"after": {"reports": reports}}).to_string(),
        undoable: false,
    }
}

/// Takes the numbers of reports that came in at these moments, without a gap in any month.
async fn numbers(work: &mut Work<'_>, moments: &[i64]) -> Result<Vec<TrackId>> {
    let prefix = work.settings.config.org.track_prefix.clone();
    let months: Vec<(i16, i8)> = moments
        .iter()
        .map(|at| month(&work.settings, *at))
        .collect();
    let mut numbers = Vec::with_capacity(months.len());
    for run in months.chunk_by(|one, other| one == other) {
        let (year, month) = run[0];
        let key = format!("track:{}", track::month_key(&prefix, year, month));
        let count = i64::try_from(run.len()).unwrap_or(i64::MAX);
        let before = store::counter::take(&mut work.tx, &key, count).await?;
        numbers.extend(
            (before + 1..=before + count)
                .map(|n| TrackId::compose(&prefix, year, month, n.unsigned_abs())),
        );
    }
    Ok(numbers)
}

fn month(settings: &Settings, at: i64) -> (i16, i8) {
    let local = settings.local(at);
    (local.year(), local.month())
}

async fn draft(
    work: &mut Work<'_>,
    (at, number): (i64, TrackId),
    (from, dice): (&people::Reporter, &mut Dice),
) -> Result<Report> {
    let said = word::trouble(dice);
    Ok(Report {
        id: work.id().await?,
        track_id: number.as_str().to_owned(),
        status: Status::New,
        category: work
            .settings
            .categories
            .recognise(&said)
            .map(ToOwned::to_owned),
        priority: Priority::Normal,
        note: String::new(),
        search: text::fold(&format!("{said} {}", from.name)),
        text: said,
        channel: String::new(),
        contact_id: Some(from.contact_id),
        address: Some(from.address.clone()),
        message_id: None,
        reporter_name: from.name.clone(),
        reporter_phone: Some(from.phone.clone()),
        employee_id: from.employee_id.clone(),
        department: from.department.clone(),
        unit: from.unit.clone(),
        created_at: at,
        updated_at: at,
        touched_at: at,
        read: false,
        step_count: 0,
        response_due_at: at,
        responded_at: None,
        near_at: at,
        due_at: at,
        paused_at: None,
        paused_work_ms: 0,
        finished_at: None,
        work_ms: None,
        confirmed_at: None,
        rating: None,
        comment: None,
        awaiting_validation: false,
        reopened: 0,
        parent_id: None,
        deleted_at: None,
    })
}
