//! Works stored deliveries: reads what they tell and lets the desk act on it, in batches.
//!
//! A batch is one transaction. When it fails, its deliveries are worked one by one, so that a
//! poisonous one harms nobody else; it is tried a few times more and then set aside.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::mpsc;

use crate::action::chat::Received;
use crate::action::{Actor, Error, Work, chat, delivered};
use crate::gateway::{self, Event};
use crate::store::inbox::{self, Delivery, Lease};
use crate::worker::{Channels, Shared};

/// How many deliveries may wait in memory; the rest wait in the database.
const QUEUE: usize = 4096;
/// How many deliveries are worked in one transaction.
const BATCH: u8 = 64;

/// The way from the inbox to the receiver.
pub struct Handover {
    queue: mpsc::Sender<Delivery>,
    overflow: Arc<AtomicBool>,
}

/// The receiver's end of it.
pub struct Handed {
    queue: mpsc::Receiver<Delivery>,
    overflow: Arc<AtomicBool>,
}

/// Makes the way from the inbox to the receiver.
pub fn queue() -> (Handover, Handed) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let overflow = Arc::new(AtomicBool::new(false));
    (
        Handover {
            queue: sender,
            overflow: Arc::clone(&overflow),
        },
        Handed {
            queue: receiver,
            overflow,
        },
    )
}

impl Handover {
    /// Says whether so many deliveries can be handed over. Once they cannot, all wait in the
    /// database until the receiver has caught up, so that none overtakes another.
    pub fn reserve(&mut self, count: usize) -> bool {
        if self.queue.capacity() < count {
            self.overflow.store(true, Ordering::SeqCst);
        }
        !self.overflow.load(Ordering::SeqCst)
    }

    /// Hands over stored deliveries.
    pub fn pass(&mut self, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            if self.queue.try_send(delivery).is_err() {
                // Its lease runs out and the database offers it again.
                self.overflow.store(true, Ordering::SeqCst);
            }
        }
    }
}

/// Works deliveries until the worker stops.
pub async fn run(shared: Arc<Shared>, mut handed: Handed) {
    while !shared.stop.is_cancelled() {
        let batch = next(&shared, &mut handed).await;
        if !batch.is_empty() {
            work(&shared, batch).await;
        }
    }
}

/// Waits for deliveries: those handed over, and those that wait in the database.
async fn next(shared: &Shared, handed: &mut Handed) -> Vec<Delivery> {
    let mut batch = Vec::with_capacity(BATCH.into());
    if !handed.queue.is_empty() || !handed.overflow.load(Ordering::SeqCst) {
        let sweep = shared.desk.bells.inbox.notified();
        tokio::select! {
            biased;
            () = shared.stop.cancelled() => return batch,
            _ = handed.queue.recv_many(&mut batch, BATCH.into()) => {}
            () = sweep => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
    if batch.is_empty() {
        batch = claim(shared).await;
        if batch.is_empty() && handed.queue.is_empty() {
            handed.overflow.store(false, Ordering::SeqCst);
        }
    }
    batch
}

async fn claim(shared: &Shared) -> Vec<Delivery> {
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
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!(%error, "waiting deliveries could not be claimed");
            tokio::time::sleep(Duration::from_millis(500)).await;
            Vec::new()
        }
    }
}

/// Works a batch; what fails is worked again in smaller pieces until the one at fault stands alone.
pub async fn work(shared: &Shared, batch: Vec<Delivery>) {
    let mut pieces = VecDeque::from([batch]);
    while let Some(piece) = pieces.pop_front() {
        let Err(failure) = attempt(shared, &piece).await else {
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

/// Why a batch was not worked.
struct Failure {
    reason: String,
    transient: bool,
}

async fn attempt(shared: &Shared, batch: &[Delivery]) -> Result<(), Failure> {
    let suspects = batch.len() > 1 && batch.iter().any(|delivery| delivery.crashes > 0);
    if suspects {
        return Err(Failure {
            reason: "one of them may be deadly".into(),
            transient: false,
        });
    }
    let limit = shared.desk.settings().config.inbox.crashes;
    if batch
        .iter()
        .any(|delivery| delivery.crashes >= i64::from(limit))
    {
        return Err(Failure {
            reason: "crashed-the-worker".into(),
            transient: false,
        });
    }
    let done = AssertUnwindSafe(process(shared, batch))
        .catch_unwind()
        .await;
    match done {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure {
            transient: error.is_transient(),
            reason: error.to_string(),
        }),
        Err(_) => Err(Failure {
            reason: "panic".into(),
            transient: false,
        }),
    }
}

async fn process(shared: &Shared, batch: &[Delivery]) -> Result<(), Error> {
    let desk = &*shared.desk;
    let mut work = Work::begin(desk, Actor::worker()).await?;
    let new = digest(&mut work, &shared.channels, batch).await?;
    let ids: Vec<&str> = batch.iter().map(|delivery| delivery.id.as_str()).collect();
    let mine = inbox::done(&mut work.tx, &shared.name, &ids).await?;
    if mine != ids.len() as u64 {
        // Another worker has taken some of them over since; it works them, we keep nothing.
        tracing::warn!(
            batch = ids.len(),
            mine,
            "a lease was lost; the batch is left to others"
        );
        return Ok(());
    }
    work.commit().await?;
    shared.metrics.worked(batch.len(), new);
    Ok(())
}

/// Lets the desk act on what these deliveries tell, and returns how many messages were new.
pub async fn digest(
    work: &mut Work<'_>,
    channels: &Channels,
    batch: &[Delivery],
) -> Result<usize, Error> {
    let mut messages = Vec::with_capacity(batch.len());
    for delivery in batch {
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
            inbox::quarantine(&mut tx, &delivery.id, &failure.reason).await?;
        } else {
            inbox::put_back(&mut tx, &delivery.id, now + wait, &failure.reason).await?;
        }
        tx.commit().await?;
        crate::store::Result::Ok(())
    };
    if let Err(error) = stored.await {
        tracing::error!(%error, "a failed delivery waits until its lease runs out");
    }
}
