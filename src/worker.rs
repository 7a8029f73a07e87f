//! The headless worker: takes in what gateways deliver, works it, sends what is to be sent.
//!
//! Its loops know each other only through the database and the desk's bells, so any of them may
//! die at any moment and start again.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::fault;
use crate::gateway::Gateway;
use crate::gateway::http::Client;

pub mod hold;
pub mod inbox;
pub mod lock;
pub mod media;
pub mod metrics;
pub mod receiver;
pub mod sender;
pub mod trial;
pub mod upkeep;
pub mod webhook;

mod health;
mod listener;

pub use hold::Holds;
pub use lock::Lock;
pub use metrics::Metrics;
use trial::Trial;

/// The channels of a worker by name.
pub type Channels = BTreeMap<String, Arc<dyn Gateway>>;

/// What the worker's loops share.
pub struct Shared {
    pub desk: Arc<Desk>,
    pub channels: Channels,
    pub metrics: Metrics,
    /// Channels that send nothing for now.
    pub holds: Holds,
    pub client: Client,
    /// The worker's name on its leases.
    pub name: String,
    /// Cancelled when the worker is to stop.
    pub stop: CancellationToken,
}

/// A running worker.
pub struct Worker {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
    _lock: Option<Lock>,
}

/// What a worker starts with.
pub struct Start {
    pub desk: Arc<Desk>,
    pub channels: Channels,
    pub client: Client,
    pub listener: TcpListener,
    pub lock: Option<Lock>,
}

/// Starts all loops; deliveries and letters that a dead worker of this name held come first.
pub async fn start(start: Start) -> anyhow::Result<Worker> {
    let address = start.listener.local_addr()?;
    let shared = Arc::new(Shared {
        name: lock::name(&start.desk, address),
        desk: start.desk,
        channels: start.channels,
        metrics: Metrics::default(),
        holds: Holds::default(),
        client: start.client,
        stop: CancellationToken::new(),
    });
    let (trial, worked) = Trial::open(&trial::path(&shared))?;
    upkeep::recover(&shared, &worked).await?;
    let mut tasks = JoinSet::new();
    let (handover, handed) = receiver::queue();
    let inbox = inbox::Inbox::start(Arc::clone(&shared), handover, &mut tasks);
    tasks.spawn(receiver::run(Arc::clone(&shared), handed, trial));
    for name in shared.channels.keys() {
        tasks.spawn(sender::run(Arc::clone(&shared), name.clone()));
    }
    tasks.spawn(media::run(Arc::clone(&shared)));
    tasks.spawn(upkeep::run(Arc::clone(&shared)));
    let app = webhook::routes(Arc::clone(&shared), inbox);
    tasks.spawn(listener::serve(Arc::clone(&shared), start.listener, app));
    Ok(Worker {
        address,
        shared,
        tasks,
        _lock: start.lock,
    })
}

impl Worker {
    /// Returns what its loops share, for those that run in the same program.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Stops accepting, lets what is in flight end, gives back what was claimed; the last tenth
    /// of the time is for giving back.
    pub async fn stop(mut self) {
        self.shared.stop.cancel();
        fault::point("k20");
        let seconds = self.shared.desk.settings().config.worker.stop_seconds;
        let time = Duration::from_secs(seconds.into());
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(time * 9 / 10, ended).await.is_err() {
            tracing::warn!("some work did not end in time and will be taken up at the next start");
            self.tasks.shutdown().await;
        }
        if tokio::time::timeout(time / 10, self.give_back())
            .await
            .is_err()
        {
            tracing::warn!("the database does not answer; leases run out by themselves");
        }
    }

    async fn give_back(&self) {
        if let Err(error) = upkeep::release(&self.shared).await {
            tracing::warn!(%error, "leases could not be given back; they run out by themselves");
        }
        self.shared.desk.db.close().await;
    }

    /// Returns when one of the loops has ended although nobody asked it to: a bug.
    pub async fn failed(&mut self) {
        self.tasks.join_next().await;
    }
}
