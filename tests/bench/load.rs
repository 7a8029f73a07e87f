//! Load on one address: as fast as the connections go, or open loop at a fixed rate.
//!
//! Open loop means that messages fall due whether or not earlier ones were answered. A latency
//! counts from the moment at which its message was due, so waiting for a free connection is part
//! of it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::wire::{Connection, Template};

/// What is sent, over how many connections, for how long.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    /// Taken in turn.
    pub(crate) templates: Arc<Vec<Template>>,
    pub(crate) connections: usize,
    /// Messages a second; as many as go when left out.
    pub(crate) rate: Option<u64>,
    pub(crate) span: Duration,
}

/// What came of a load.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) answered: u64,
    pub(crate) refused: u64,
    pub(crate) span: Duration,
    /// In microseconds, in order.
    latencies: Vec<u32>,
}

impl Outcome {
    /// Returns the messages answered with 200 in a second.
    pub(crate) fn rate(&self) -> f64 {
        count(self.answered) / self.span.as_secs_f64()
    }

    /// Returns the latency that so many in a thousand stay below, in milliseconds.
    pub(crate) fn latency(&self, of_thousand: usize) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let index = (self.latencies.len() * of_thousand / 1000).min(last);
        self.latencies
            .get(index)
            .map_or(0.0, |it| f64::from(*it) / 1000.0)
    }

    fn take(&mut self, other: Self) {
        self.answered += other.answered;
        self.refused += other.refused;
        self.latencies.extend(other.latencies);
    }

    fn note(&mut self, due: Instant, status: u16) {
        if status == 200 {
            self.answered += 1;
            let took = due.elapsed().as_micros();
            self.latencies.push(u32::try_from(took).unwrap_or(u32::MAX));
        } else {
            self.refused += 1;
        }
    }
}

/// Returns a count for a division.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts here stay far below 2^52"
)]
pub(crate) fn count(n: u64) -> f64 {
    n as f64
}

/// Messages that are due, with the moment at which each of them was.
#[derive(Debug)]
struct Due {
    moments: Mutex<VecDeque<Instant>>,
    ready: Semaphore,
}

/// The number of the next message; no two of a process are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers(Arc<AtomicU64>);

impl Numbers {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Puts the load on and returns what came of it.
pub(crate) async fn run(load: &Load, numbers: &Numbers) -> anyhow::Result<Outcome> {
    let mut links = Vec::with_capacity(load.connections);
    for _ in 0..load.connections {
        links.push(Connection::open(load.address).await?);
    }
    let due = Arc::new(Due {
        moments: Mutex::default(),
        ready: Semaphore::new(0),
    });
    let began = Instant::now();
    let until = began + load.span;
    let mut tasks = JoinSet::new();
    for link in links {
        let templates = load.templates.to_vec();
        let (numbers, due) = (numbers.clone(), Arc::clone(&due));
        let caller = Caller {
            link,
            templates,
            numbers,
        };
        match load.rate {
            None => tasks.spawn(caller.without_pause(until)),
            Some(_) => tasks.spawn(caller.keep_pace(due)),
        };
    }
    if let Some(rate) = load.rate {
        fall_due(&due, rate, (began, until)).await;
    }
    let mut outcome = Outcome::default();
    while let Some(done) = tasks.join_next().await {
        outcome.take(done??);
    }
    outcome.span = began.elapsed();
    outcome.latencies.sort_unstable();
    Ok(outcome)
}

/// Lets messages fall due at a rate, those of one tick together.
///
/// The moment is when this task woke: its own lateness is not the server's.
async fn fall_due(due: &Due, rate: u64, (began, until): (Instant, Instant)) {
    let mut tick = tokio::time::interval(Duration::from_millis(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut given = 0;
    while Instant::now() < until {
        tick.tick().await;
        let now = Instant::now();
        let passed = u64::try_from((now - began).as_micros()).unwrap_or(u64::MAX);
        let wanted = passed * rate / 1_000_000;
        let fresh = usize::try_from(wanted.saturating_sub(given)).unwrap_or_default();
        if fresh > 0 {
            let mut moments = due.moments.lock().unwrap_or_else(PoisonError::into_inner);
            moments.extend(std::iter::repeat_n(now, fresh));
            drop(moments);
            due.ready.add_permits(fresh);
            given = wanted;
        }
    }
    // What is due and not yet sent is still sent.
    while due.ready.available_permits() > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    due.ready.close();
}

/// One connection at work.
struct Caller {
    link: Connection,
    templates: Vec<Template>,
    numbers: Numbers,
}

impl Caller {
    async fn without_pause(mut self, until: Instant) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        while Instant::now() < until {
            self.send(Instant::now(), &mut outcome).await?;
        }
        Ok(outcome)
    }

    async fn keep_pace(mut self, due: Arc<Due>) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        while let Ok(permit) = due.ready.acquire().await {
            permit.forget();
            let moment = due
                .moments
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop_front();
            self.send(moment.unwrap_or_else(Instant::now), &mut outcome)
                .await?;
        }
        Ok(outcome)
    }

    async fn send(&mut self, due: Instant, outcome: &mut Outcome) -> anyhow::Result<()> {
        let number = self.numbers.next();
        let count = self.templates.len();
        let index = usize::try_from(number).unwrap_or_default() % count;
        let request = self.templates[index].number(number);
        outcome.note(due, self.link.call(request).await?);
        Ok(())
    }
}
