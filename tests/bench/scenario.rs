//! The parts of a run, as `PERFORMANCE.md` numbers them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tanggap::db::{Run as _, sql};

use crate::contender::{Contender, Role};
use crate::fixture::{Engine, Fixture, Place};
use crate::load::{self, Load, Numbers, Outcome, count};
use crate::options::Options;
use crate::probe;
use crate::table::{Goal, Table, median};
use crate::wire::Template;
use crate::worker::{self, Worker};

/// What one busy number needs, with room: messages and what becomes of ours.
const NEED: u64 = 400;
/// How much a sender has to do while deliveries are counted.
const ARRIVING: u64 = 1000;
const GATEWAY: Duration = Duration::from_millis(150);
/// Messages of one channel that are sent at the same time, as the bench sets it.
const PARALLEL: f64 = 64.0;

/// A run.
struct Run {
    fixture: Fixture,
    table: Table,
    numbers: Numbers,
}

/// What a worker did with a load until nothing was left of it.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    /// Answered in a second.
    acknowledged: f64,
    /// Done in a second, the end of the backlog included.
    worked: f64,
    /// Processor time of the worker for each, in microseconds.
    cpu_us: f64,
    /// The most memory seen, and what is left when it is quiet, in MiB.
    memory: (f64, f64),
    refused: u64,
}

/// Whether letters go out meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Yes,
    /// They stay in the outbox.
    No,
}

/// Does everything that is wanted and prints the table.
pub(crate) async fn run(options: Options) -> anyhow::Result<()> {
    let fixture = Fixture::new(options)?;
    println!("{}", probe::machine());
    println!("SQLite synchronous=FULL, WAL");
    if let Some(server) = &fixture.server {
        println!("{}", server.about().await?);
    }
    let mut run = Run {
        fixture,
        table: Table::default(),
        numbers: Numbers::default(),
    };
    for (part, name) in [("p1", "P1"), ("p2", "P2"), ("p3", "P3"), ("p4", "P4")] {
        if run.fixture.options.wants(part) {
            println!("{name} …");
            match part {
                "p1" => run.acknowledging().await?,
                "p2" => run.working().await?,
                "p3" => run.sending().await?,
                _ => run.growing().await?,
            }
        }
    }
    println!("\n{}", run.table.markdown());
    Ok(())
}

impl Run {
    fn rounds(&self) -> usize {
        self.fixture.options.rounds
    }

    fn load(&self, address: std::net::SocketAddr, connections: usize) -> Load {
        Load {
            address,
            templates: Arc::new(vec![worker::report()]),
            connections,
            rate: None,
            span: self.fixture.options.span,
        }
    }

    async fn worker(&mut self, place: &Place, latency: Duration) -> anyhow::Result<Worker> {
        Worker::start(&self.fixture.options.binary, place, latency).await
    }

    /// Returns how many requests a bare server parses in a second.
    async fn bare(&mut self, connections: usize) -> anyhow::Result<f64> {
        let bare = Contender::start(&Role::Bare)?;
        let outcome = load::run(&self.load(bare.address, connections), &self.numbers).await?;
        Ok(outcome.rate())
    }

    /// Returns how many requests a server takes that inserts each of them by itself.
    async fn single(&mut self, engine: Engine, connections: usize) -> anyhow::Result<f64> {
        let place = self.fixture.fresh(engine).await?;
        let single = Contender::start(&Role::Insert(place.url.clone()))?;
        let outcome = load::run(&self.load(single.address, connections), &self.numbers).await?;
        drop(single);
        self.fixture.clear(place).await?;
        Ok(outcome.rate())
    }

    /// Puts a load on a worker of its own and waits until all of it is worked.
    async fn measure(&self, worker: &Worker, load: &Load, sent: Sent) -> anyhow::Result<Done> {
        let before = (probe::cpu(worker.pid())?, worker.reports().await?);
        let most = Arc::new(Mutex::new(0.0));
        let watch = tokio::spawn(watch(worker.pid(), Arc::clone(&most)));
        let began = Instant::now();
        let outcome = load::run(load, &self.numbers).await?;
        worker.drained(false).await?;
        let took = began.elapsed();
        worker.drained(sent == Sent::Yes).await?;
        watch.abort();
        let peak = *most.lock().unwrap_or_else(PoisonError::into_inner);
        let done = outcome.answered;
        let made = worker.reports().await? - before.1;
        if load.templates.len() == 1 && made != done {
            anyhow::bail!("{done} were acknowledged and {made} became reports");
        }
        let cpu = probe::cpu(worker.pid())?.saturating_sub(before.0);
        Ok(Done {
            acknowledged: outcome.rate(),
            worked: count(done) / took.as_secs_f64(),
            cpu_us: cpu.as_secs_f64() * 1e6 / count(done.max(1)),
            memory: (peak, probe::memory(worker.pid())?),
            refused: outcome.refused,
        })
    }

    /// One round: the bare server, one insert a request, then each engine.
    async fn contest(
        &mut self,
        rates: &mut [Vec<f64>],
        engines: &[Engine],
        connections: usize,
    ) -> anyhow::Result<()> {
        rates[0].push(self.bare(connections).await?);
        rates[1].push(self.single(engines[engines.len() - 1], connections).await?);
        for (index, engine) in engines.iter().enumerate() {
            rates[index + 2].push(self.once(*engine, connections).await?.acknowledged);
        }
        Ok(())
    }

    /// P1: acknowledged and durable, beside the bare server.
    async fn acknowledging(&mut self) -> anyhow::Result<()> {
        for connections in [64, 16, 1] {
            self.table.head(&format!(
                "P1 acknowledged and durable, {connections} connections"
            ));
            let engines = self.fixture.engines();
            let mut rates = vec![Vec::new(); engines.len() + 2];
            for _ in 0..self.rounds() {
                self.contest(&mut rates, &engines, connections).await?;
            }
            let mut rates = rates.into_iter().map(median);
            let bare = rates.next().unwrap_or_default();
            let single = rates.next().unwrap_or_default();
            self.table
                .row("bare axum that parses, /s", bare, Goal::None);
            let last = engines[engines.len() - 1].name();
            self.table.row(
                format!("one insert a request, {last}, /s"),
                single,
                Goal::None,
            );
            for (engine, rate) in engines.iter().zip(rates) {
                let goal = match connections {
                    64 => Goal::AtLeast(0.20),
                    16 => Goal::AtLeast(0.12),
                    _ => Goal::None,
                };
                self.table
                    .row(format!("tanggap {}, /s", engine.name()), rate, Goal::None);
                self.table
                    .row(format!("ratio {}", engine.name()), rate / bare, goal);
            }
        }
        for engine in self.fixture.engines() {
            self.latencies(engine).await?;
        }
        Ok(())
    }

    async fn once(&mut self, engine: Engine, connections: usize) -> anyhow::Result<Done> {
        let place = self.fixture.fresh(engine).await?;
        let worker = self.worker(&place, Duration::ZERO).await?;
        let load = self.load(worker.address, connections);
        let done = self.measure(&worker, &load, Sent::Yes).await?;
        worker.stop().await?;
        self.fixture.clear(place).await?;
        Ok(done)
    }

    /// Latency at a fixed rate, waiting included.
    async fn latencies(&mut self, engine: Engine) -> anyhow::Result<()> {
        let place = self.fixture.fresh(engine).await?;
        let worker = self.worker(&place, Duration::ZERO).await?;
        for rate in [NEED, ARRIVING] {
            let outcome = self.at_rate(&worker, rate).await?;
            self.table.head(&format!(
                "P1 latency at {rate}/s open loop, {}",
                engine.name()
            ));
            self.tell_latency(&outcome);
        }
        worker.stop().await?;
        self.fixture.clear(place).await
    }

    async fn at_rate(&mut self, worker: &Worker, rate: u64) -> anyhow::Result<Outcome> {
        let load = Load {
            rate: Some(rate),
            ..self.load(worker.address, 64)
        };
        let outcome = load::run(&load, &self.numbers).await?;
        worker.drained(true).await?;
        Ok(outcome)
    }

    fn tell_latency(&mut self, outcome: &Outcome) {
        for (name, of_thousand) in [("p50", 500), ("p99", 990), ("p99.9", 999), ("max", 1000)] {
            self.table.row(
                format!("{name}, ms"),
                outcome.latency(of_thousand),
                Goal::None,
            );
        }
        self.table
            .row("refused", count(outcome.refused), Goal::AtMost(0.0));
    }

    /// P2 and P5: worked until nothing is left, for a while; memory meanwhile.
    async fn working(&mut self) -> anyhow::Result<()> {
        for engine in self.fixture.engines() {
            self.table.head(&format!(
                "P2 fully worked #req, sustained, {}",
                engine.name()
            ));
            let (mut rounds, mut silent, mut bare) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..self.rounds() {
                bare.push(self.bare(64).await?);
                rounds.push(self.sustained(engine, Sent::Yes).await?);
                silent.push(self.sustained(engine, Sent::No).await?);
            }
            let unsent = |figure: fn(&Done) -> f64| median(silent.iter().map(figure).collect());
            let bare = median(bare);
            let of = |figure: fn(&Done) -> f64| median(rounds.iter().map(figure).collect());
            let (worked, cpu) = (of(|it| it.worked), of(|it| it.cpu_us));
            self.table
                .row("acknowledged, /s", of(|it| it.acknowledged), Goal::None);
            self.table.row("fully worked, /s", worked, Goal::None);
            self.table
                .row("ratio to bare axum", worked / bare, Goal::AtLeast(0.10));
            self.table
                .row("CPU, µs each, sending included", cpu, Goal::None);
            let (worked, cpu) = (unsent(|it| it.worked), unsent(|it| it.cpu_us));
            self.table
                .row("fully worked with sending paused, /s", worked, Goal::None);
            self.table
                .row("CPU, µs each, sending paused", cpu, Goal::AtMost(90.0));
            self.table
                .row("refused", of(|it| count(it.refused)), Goal::None);
            self.table.row(
                "P5 memory at its peak, MiB",
                of(|it| it.memory.0),
                Goal::AtMost(32.0),
            );
            self.table.row(
                "P5 memory afterwards, MiB",
                of(|it| it.memory.1),
                Goal::AtMost(32.0),
            );
        }
        Ok(())
    }

    async fn sustained(&mut self, engine: Engine, sent: Sent) -> anyhow::Result<Done> {
        let place = self.fixture.fresh(engine).await?;
        let worker = self.worker(&place, Duration::ZERO).await?;
        let span = self.fixture.options.sustain;
        let load = Load {
            span,
            ..self.load(worker.address, 64)
        };
        if sent == Sent::No {
            worker.pause(&self.fixture.options.binary, &place).await?;
        }
        let done = self.measure(&worker, &load, sent).await?;
        worker.stop().await?;
        self.fixture.clear(place).await?;
        Ok(done)
    }

    /// P3: a slow gateway slows nothing but its own deliveries.
    async fn sending(&mut self) -> anyhow::Result<()> {
        for engine in self.fixture.engines() {
            self.table
                .head(&format!("P3 a gateway of 150 ms, {}", engine.name()));
            let (mut quick, mut slow, mut sent) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..self.rounds() {
                quick.push(self.behind(engine, Duration::ZERO).await?);
                slow.push(self.behind(engine, GATEWAY).await?);
                sent.push(self.deliveries(engine).await?);
            }
            let (quick, slow, sent) = (median(quick), median(slow), median(sent));
            let most = PARALLEL / GATEWAY.as_secs_f64();
            self.table.row("worked with 0 ms, /s", quick, Goal::None);
            self.table.row("worked with 150 ms, /s", slow, Goal::None);
            self.table.row("ratio", slow / quick, Goal::AtLeast(0.9));
            self.table
                .row("delivered at 1,000 webhooks/s, /s", sent, Goal::None);
            self.table
                .row("of in-flight / latency", sent / most, Goal::AtLeast(0.9));
        }
        Ok(())
    }

    async fn behind(&mut self, engine: Engine, latency: Duration) -> anyhow::Result<f64> {
        let place = self.fixture.fresh(engine).await?;
        let worker = self.worker(&place, latency).await?;
        let began = Instant::now();
        let outcome = load::run(&self.load(worker.address, 64), &self.numbers).await?;
        worker.drained(false).await?;
        let rate = count(outcome.answered) / began.elapsed().as_secs_f64();
        worker.stop().await?;
        self.fixture.clear(place).await?;
        Ok(rate)
    }

    async fn deliveries(&mut self, engine: Engine) -> anyhow::Result<f64> {
        let place = self.fixture.fresh(engine).await?;
        let worker = self.worker(&place, GATEWAY).await?;
        let span = self.fixture.options.span;
        let mut load = Load {
            rate: Some(ARRIVING),
            ..self.load(worker.address, 64)
        };
        load.span = Duration::from_secs(1);
        load::run(&load, &self.numbers).await?;
        let (before, began) = (worker.gateway.taken(), Instant::now());
        load.span = span;
        load::run(&load, &self.numbers).await?;
        let rate = count(worker.gateway.taken() - before) / began.elapsed().as_secs_f64();
        worker.stop().await?;
        self.fixture.clear(place).await?;
        Ok(rate)
    }

    /// P4: nothing grows with what is stored.
    async fn growing(&mut self) -> anyhow::Result<()> {
        let sizes = self.fixture.options.sizes.clone();
        let mut all = vec![Vec::new(); sizes.len()];
        for _ in 0..self.rounds() {
            for (index, size) in sizes.iter().enumerate() {
                all[index].push(self.at_size(*size).await?);
            }
        }
        let medians: Vec<Grown> = all.iter().map(|rounds| Grown::median(rounds)).collect();
        for (size, grown) in sizes.iter().zip(&medians) {
            self.table.head(&format!("P4 with {size} reports, SQLite"));
            let first = medians[0];
            let of = |figure: fn(&Grown) -> f64| figure(grown) / figure(&first).max(1e-9);
            self.table.row("worked, /s", grown.worked, Goal::None);
            self.table
                .row("rate to the first", of(|it| it.worked), Goal::AtLeast(0.85));
            self.table.row("CPU, µs each", grown.cpu_us, Goal::None);
            self.table
                .row("CPU to the first", of(|it| it.cpu_us), Goal::AtMost(1.2));
            self.table.row("p99 at 400/s, ms", grown.p99_ms, Goal::None);
            self.table
                .row("p99 to the first", of(|it| it.p99_ms), Goal::AtMost(2.0));
            self.table.row("cek worked, /s", grown.checks, Goal::None);
            self.table
                .row("cek to the first", of(|it| it.checks), Goal::AtLeast(0.85));
            self.table
                .row("memory, MiB", grown.memory, Goal::AtMost(32.0));
        }
        Ok(())
    }

    async fn at_size(&mut self, size: u64) -> anyhow::Result<Grown> {
        let place = self.fixture.seeded(size).await?;
        let worker = self.worker(&place, Duration::ZERO).await?;
        let outcome = self.at_rate(&worker, NEED).await?;
        let load = self.load(worker.address, 64);
        let done = self.measure(&worker, &load, Sent::Yes).await?;
        let templates = Arc::new(checks(&worker).await?);
        let load = Load {
            templates,
            ..self.load(worker.address, 64)
        };
        let checked = self.measure(&worker, &load, Sent::Yes).await?;
        worker.stop().await?;
        Ok(Grown {
            worked: done.worked,
            cpu_us: done.cpu_us,
            p99_ms: outcome.latency(990),
            checks: checked.worked,
            memory: done.memory.0.max(checked.memory.0),
        })
    }
}

/// What a worker does on a database of some size.
#[derive(Debug, Clone, Copy)]
struct Grown {
    worked: f64,
    cpu_us: f64,
    p99_ms: f64,
    checks: f64,
    memory: f64,
}

impl Grown {
    fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure).collect());
        Self {
            worked: of(|it| it.worked),
            cpu_us: of(|it| it.cpu_us),
            p99_ms: of(|it| it.p99_ms),
            checks: of(|it| it.checks),
            memory: of(|it| it.memory),
        }
    }
}

/// Returns questions after reports by those who made them, from all over the table.
async fn checks(worker: &Worker) -> anyhow::Result<Vec<Template>> {
    let select = sql("SELECT track_id, reporter_phone FROM report \
         WHERE id % 97 = 0 AND reporter_phone IS NOT NULL ORDER BY track_id LIMIT 500");
    let rows: Vec<(String, String)> = worker.db().all(select).await?;
    let template =
        |(number, phone): &(String, String)| worker::message(phone, &format!("cek {number}"));
    Ok(rows.iter().map(template).collect())
}

/// Keeps the most memory that a process had; it looks a few times a second.
async fn watch(pid: u32, most: Arc<Mutex<f64>>) {
    while let Ok(now) = probe::memory(pid) {
        keep_most(&most, now);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

fn keep_most(most: &Mutex<f64>, now: f64) {
    let mut most = most.lock().unwrap_or_else(PoisonError::into_inner);
    *most = most.max(now);
}
