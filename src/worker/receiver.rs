//! Works stored deliveries: reads what they tell and lets the desk act on it, in batches.
//!
//! A batch is one transaction. When it fails, its deliveries are worked one by one, so that a
//! poisonous one harms nobody else; it is tried a few times more and then set aside.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::Instant;

use crate::action::chat::Received;
use crate::action::{Actor, Error, Work, chat, delivered};
use crate::fault;
use crate::gateway::{self, Event};
use crate::store::inbox::{self, Delivery, Lease};
use crate::worker::trial::Trial;
use crate::worker::{Channels, Shared};

mod handover;

pub use handover::{Handed, Handover, queue};

/// How many deliveries are worked in one transaction.
const BATCH: u8 = 128;

/// How long a batch waits for company.
const GATHER: Duration = Duration::from_millis(5);

/// How often the database is asked for deliveries that nobody handed over.
const LOOK: Duration = Duration::from_secs(1);

/// Works deliveries until the worker stops.
pub async fn run(shared: Arc<Shared>, handed: Handed, trial: Trial) {
    let mut receiver = Receiver {
        shared,
        handed,
        looked_at: Instant::now(),
    };
    while !receiver.shared.stop.is_cancelled() {
        let batch = receiver.next().await;
        if !batch.is_empty() {
            work_on_trial(&receiver.shared, batch, &trial).await;
        }
    }
}

/// The receiver's loop.
struct Receiver {
    shared: Arc<Shared>,
    handed: Handed,
    looked_at: Instant,
}

impl Receiver {
    /// Waits for deliveries: those handed over, and those that wait in the database.
    async fn next(&mut self) -> Vec<Delivery> {
        if self.is_time_to_look() {
            let found = self.look().await;
            if !found.is_empty() || self.handed.parked.is_any() {
                return found;
            }
        }
        let mut batch = Vec::with_capacity(BATCH.into());
        let bell = self.shared.desk.bells.inbox.notified();
        tokio::select! {
            biased;
            () = self.shared.stop.cancelled() => {}
            _ = self.handed.queue.recv_many(&mut batch, BATCH.into()) => {
                self.gather(&mut batch).await;
            }
            () = bell => self.looked_at -= LOOK,
            () = tokio::time::sleep_until(self.looked_at + LOOK) => {}
        }
        batch
    }

    /// Lets a small batch grow: a transaction costs the same for one delivery and for many, and
    /// nobody notices the moment.
    async fn gather(&mut self, batch: &mut Vec<Delivery>) {
        let full = usize::from(BATCH);
        if batch.len() < full {
            tokio::time::sleep(GATHER).await;
        }
        while batch.len() < full
            && let Ok(next) = self.handed.queue.try_recv()
        {
            batch.push(next);
        }
    }

    /// What was handed over is older than what was parked since, so it comes first. Where nothing
    /// is parked, a steady stream must not keep those waiting that come from elsewhere: other
    /// workers' leases that ran out, and what is due for another try.
    fn is_time_to_look(&self) -> bool {
        if self.handed.parked.is_any() {
            self.handed.queue.is_empty()
        } else {
            self.looked_at.elapsed() >= LOOK
        }
    }

    async fn look(&mut self) -> Vec<Delivery> {
        let seen = self.handed.parked.seen();
        let Some(found) = claim(&self.shared).await else {
            return Vec::new();
        };
        if found.is_empty() {
            self.looked_at = Instant::now();
            self.handed.parked.none_since(seen);
        }
        found
    }
}

/// Claims deliveries that wait in the database; nothing is known where that fails.
async fn claim(shared: &Shared) -> Option<Vec<Delivery>> {
    let now = shared.desk.clock.now();
    let seconds = shared.desk.settings().config.outbox.lease_seconds;
    let lease = Lease {
        worker: &shared.name,
        now,
        until: now + i64::from(seconds) * 1000,
    };
    let claimed = async {
        let mut tx = shared.desk.db.begin().await?;
        let rows = inbox::claim(&mut tx, lease, BATCH.into()).await?;
        tx.commit().await?;
        crate::store::Result::Ok(rows)
    };
    match claimed.await {
        Ok(rows) => {
            fault::point("k6");
            Some(rows)
        }
        Err(error) => {
            tracing::warn!(%error, "waiting deliveries could not be claimed");
            tokio::time::sleep(Duration::from_millis(500)).await;
            None
        }
    }
}

/// Works a batch; what fails is worked again in smaller pieces until the one at fault stands alone.
pub async fn work(shared: &Shared, batch: Vec<Delivery>) {
    work_on_trial(shared, batch, &Trial::default()).await;
}

async fn work_on_trial(shared: &Shared, batch: Vec<Delivery>, trial: &Trial) {
    let mut pieces = suspects_alone(batch);
    while let Some(piece) = pieces.pop_front() {
        let Err(failure) = attempt(shared, &piece, trial).await else {
            continue;
        };
        if failure.transient {
            tracing::warn!(error = %failure.reason, "a batch is tried again");
            tokio::time::sleep(Duration::from_millis(200)).await;
            if shared.stop.is_cancelled() {
                return;
            }
            pieces.push_front(piece);
        } else if let [delivery] = piece.as_slice() {
            set_back(shared, delivery, &failure).await;
        } else {
            for delivery in piece.into_iter().rev() {
                pieces.push_front(vec![delivery]);
            }
        }
    }
}

/// Cuts a batch so that each delivery that was being worked when a worker died is worked alone,
/// and the order stays.
fn suspects_alone(batch: Vec<Delivery>) -> VecDeque<Vec<Delivery>> {
    let mut pieces: VecDeque<Vec<Delivery>> = VecDeque::new();
    let mut alone = true;
    for delivery in batch {
        let suspect = delivery.crashes > 0;
        match pieces.back_mut() {
            Some(piece) if !alone && !suspect => piece.push(delivery),
            _ => pieces.push_back(vec![delivery]),
        }
        alone = suspect;
    }
    pieces
}

/// Why a batch was not worked.
struct Failure {
    reason: String,
    transient: bool,
}

impl Failure {
    fn of(reason: &str) -> Self {
        Self {
            reason: reason.into(),
            transient: false,
        }
    }
}

async fn attempt(shared: &Shared, batch: &[Delivery], trial: &Trial) -> Result<(), Failure> {
    let limit = i64::from(shared.desk.settings().config.inbox.crashes);
    if batch.iter().any(|delivery| delivery.crashes >= limit) {
        return Err(Failure::of("crashed-the-worker"));
    }
    let done = AssertUnwindSafe(process(shared, batch, trial))
        .catch_unwind()
        .await;
    match done {
        Ok(Ok(kept)) if kept || batch.len() == 1 => Ok(()),
        // Those that are still ours are worked one by one.
        Ok(Ok(_)) => Err(Failure::of("a lease was lost")),
        Ok(Err(error)) => Err(Failure {
            transient: error.is_transient(),
            reason: error.to_string(),
        }),
        Err(_) => {
            trial.end();
            Err(Failure::of("panic"))
        }
    }
}

/// Works a batch in one transaction and returns false, having kept nothing, when not all of it
/// was this worker's any more.
async fn process(shared: &Shared, batch: &[Delivery], trial: &Trial) -> Result<bool, Error> {
    let desk = &*shared.desk;
    let mut work = Work::begin(desk, Actor::worker()).await?;
    let ids: Vec<&str> = batch.iter().map(|delivery| delivery.id.as_str()).collect();
    let digested = Box::pin(async {
        let new = digest(&mut work, &shared.channels, batch).await?;
        work.flush().await.map(|()| new)
    });
    let new = trial.watch(&ids, digested).await?;
    let mine = inbox::done(&mut work.tx, &shared.name, batch).await?;
    if mine != ids.len() as u64 {
        tracing::warn!(
            batch = ids.len(),
            mine,
            "a finish was refused: a lease was lost"
        );
        shared.metrics.fenced();
        return Ok(false);
    }
    fault::point("k7");
    work.commit().await?;
    fault::point("k8");
    shared.metrics.worked(batch.len(), new);
    Ok(true)
}

/// Lets the desk act on what these deliveries tell, and returns how many messages were new.
pub async fn digest(
    work: &mut Work<'_>,
    channels: &Channels,
    batch: &[Delivery],
) -> Result<usize, Error> {
    let mut messages = Vec::with_capacity(batch.len());
    for delivery in batch {
        fault::text(&delivery.body);
        for event in events(channels, delivery) {
            let from = (delivery, delivery.channel.as_str());
            match event {
                Event::Message(incoming) => messages.push(Received {
                    delivery_id: delivery.id.clone(),
                    channel: delivery.channel.clone(),
                    at: delivery.received_at,
                    incoming: *incoming,
                }),
                Event::Status(status) => delivered::status(work, from, status).await?,
                Event::Device { connected, reason } => {
                    delivered::device(work, from, connected, &reason).await?;
                }
                Event::Ignored(reason) => tracing::debug!(reason, "an event is ignored"),
                Event::Unparsed(reason) => delivered::unparsed(work, from, &reason).await?,
            }
        }
    }
    chat::receive(work, messages).await
}

fn events(channels: &Channels, delivery: &Delivery) -> Vec<Event> {
    let Some(gateway) = channels.get(&delivery.channel) else {
        return vec![Event::Unparsed("no-such-channel".into())];
    };
    gateway.read(&raw(delivery))
}

/// Returns a stored delivery as it came in.
pub fn raw(delivery: &Delivery) -> gateway::Delivery {
    use base64::Engine as _;
    let body = if delivery.encoded {
        base64::engine::general_purpose::STANDARD
            .decode(&delivery.body)
            .unwrap_or_default()
    } else {
        delivery.body.clone().into_bytes()
    };
    gateway::Delivery {
        content_type: delivery.content_type.clone(),
        body,
        received_at: delivery.received_at,
    }
}

async fn set_back(shared: &Shared, delivery: &Delivery, failure: &Failure) {
    let config = &shared.desk.settings().config.inbox;
    let last = delivery.tries + 1 >= i64::from(config.tries)
        || delivery.crashes >= i64::from(config.crashes);
    tracing::error!(delivery = %delivery.id, error = %failure.reason, last, "a delivery failed");
    let now = shared.desk.clock.now();
    let first = u64::from(config.first_wait_seconds) * 1000;
    let most = u64::from(config.longest_wait_seconds) * 1000;
    let wait = super::sender::backoff(delivery.tries, first, most);
    let stored = async {
        let mut tx = shared.desk.db.begin().await?;
        if last {
            inbox::quarantine(&mut tx, delivery, &failure.reason).await?;
        } else {
            inbox::put_back(&mut tx, delivery, now + wait, &failure.reason).await?;
        }
        tx.commit().await?;
        crate::store::Result::Ok(())
    };
    if let Err(error) = stored.await {
        tracing::error!(%error, "a failed delivery waits until its lease runs out");
    }
}
