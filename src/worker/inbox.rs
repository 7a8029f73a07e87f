//! Stores deliveries, many to a commit: while one commit is on its way to the disk, the next
//! batch gathers. A delivery is answered only after its commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::fault;
use crate::store::inbox::{self, Delivery};
use crate::worker::Shared;
use crate::worker::receiver::Handover;

/// How long a commit waits for company when the last one had some: those who were answered are
/// about to knock again.
const GATHER: Duration = Duration::from_millis(1);

/// A delivery on its way to the disk, and who waits for it.
struct Waiting {
    delivery: Delivery,
    answer: oneshot::Sender<Result<Stored, NotStored>>,
}

/// The delivery is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    New,
    /// It was there already.
    Repeated,
}

/// The delivery is not durable; whoever sent it should send it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotStored;

/// The way into the database for deliveries.
#[derive(Clone)]
pub struct Inbox {
    shared: Arc<Shared>,
    queue: mpsc::Sender<Waiting>,
    waiting: Arc<AtomicUsize>,
}

impl Inbox {
    /// Starts the writer.
    pub fn start(shared: Arc<Shared>, handover: Handover, tasks: &mut JoinSet<()>) -> Self {
        let limit = shared.desk.settings().config.inbox.waiting_rows as usize;
        let (queue, waiting_rows) = mpsc::channel(limit.max(1));
        let waiting = Arc::new(AtomicUsize::new(0));
        tasks.spawn(write(Arc::clone(&shared), waiting_rows, handover));
        Self {
            shared,
            queue,
            waiting,
        }
    }

    /// Stores a delivery and returns when it is durable; gives up when that takes too long.
    pub async fn store(&self, delivery: Delivery) -> Result<Stored, NotStored> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .try_send(Waiting { delivery, answer })
            .map_err(|_| NotStored)?;
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let seconds = self.shared.desk.settings().config.inbox.waiting_seconds;
        let limit = Duration::from_secs(seconds.into());
        let result = tokio::time::timeout(limit, answered).await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        result.map_err(|_| NotStored)?.map_err(|_| NotStored)?
    }

    /// Returns how many deliveries wait for their commit.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

async fn write(shared: Arc<Shared>, mut queue: mpsc::Receiver<Waiting>, handover: Handover) {
    let rows = shared.desk.settings().config.inbox.rows_per_commit.max(1) as usize;
    let mut batch = Vec::with_capacity(rows);
    let mut crowded = false;
    while queue.recv_many(&mut batch, rows).await > 0 {
        if crowded && batch.len() < rows {
            tokio::time::sleep(GATHER).await;
            while batch.len() < rows
                && let Ok(next) = queue.try_recv()
            {
                batch.push(next);
            }
        }
        crowded = batch.len() > 1;
        let (deliveries, answers): (Vec<_>, Vec<_>) = batch
            .drain(..)
            .map(|one| (one.delivery, one.answer))
            .unzip();
        let ids: Vec<String> = deliveries.iter().map(|one| one.id.clone()).collect();
        let stored = commit(&shared, &handover, deliveries).await;
        if let Err(error) = &stored {
            tracing::error!(%error, rows = ids.len(), "deliveries could not be stored");
        }
        for (id, answer) in ids.iter().zip(answers) {
            let result = match &stored {
                Ok(new) if new.contains(id) => Ok(Stored::New),
                Ok(_) => Ok(Stored::Repeated),
                Err(_) => Err(NotStored),
            };
            // Nobody waits any more when the connection was closed in between.
            answer.send(result).ok();
        }
        fault::point("k5");
    }
}

/// Commits a batch, hands what is new to the receiver and returns the ids of it.
async fn commit(
    shared: &Shared,
    handover: &Handover,
    mut deliveries: Vec<Delivery>,
) -> crate::store::Result<Vec<String>> {
    let direct = handover.reserve(deliveries.len());
    let now = shared.desk.clock.now();
    let lease = i64::from(shared.desk.settings().config.outbox.lease_seconds) * 1000;
    for delivery in &mut deliveries {
        delivery.worker.clone_from(&shared.name);
        delivery.due_at = if direct { now + lease } else { now };
    }
    let state = if direct { "claimed" } else { "waiting" };
    let mut tx = shared.desk.db.begin().await?;
    let new = inbox::insert(&mut tx, &deliveries, state).await?;
    fault::point("k3");
    tx.commit().await?;
    fault::point("k4");
    if direct {
        deliveries.retain(|delivery| new.contains(&delivery.id));
        handover.pass(deliveries);
    } else {
        handover.park();
        shared.desk.bells.inbox.notify_one();
    }
    Ok(new)
}
