//! `tanggap worker`: the headless part.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::config::Config;
use crate::desk::Desk;
use crate::gateway::http::{Client, Limits};
use crate::gateway::{self, build};
use crate::i18n::Phrase;
use crate::log::Form;
use crate::secret;
use crate::worker::{self, Channels, Lock, Start, Worker};

/// Take in what gateways deliver and send what is to be sent.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap worker --listen 127.0.0.1:8080")]
pub struct Run {
    /// Where to listen for webhooks
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Run {
    /// Runs until SIGTERM or SIGINT.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        shell.start_log(Form::Json)?;
        let desk = Arc::new(shell.open(Opened::Prepared, "tanggap-worker").await?);
        let listen = self.listen.unwrap_or(desk.settings().config.worker.listen);
        let client = client(&desk.settings().config, desk.clock.clone())?;
        let channels = channels(&desk.settings().config, &client)?;
        let worker = start(shell, desk, channels, (client, listen)).await?;
        tracing::info!(address = %worker.address, "the worker is up");
        serve(worker).await
    }
}

/// Makes the client that all gateways share.
pub(super) fn client(config: &Config, clock: crate::clock::Clock) -> Result<Client, Failure> {
    let seconds = |count: u32| Duration::from_secs(count.into());
    let limits = Limits {
        connect: seconds(config.outbox.connect_seconds),
        total: seconds(config.outbox.send_seconds),
        pauses: (
            seconds(config.outbox.retry_after_least_seconds),
            seconds(config.outbox.retry_after_most_seconds),
        ),
        fetch_total: seconds(config.media.seconds),
        fetch_bytes: u64::from(config.media.max_mb) << 20,
        ..Limits::default()
    };
    Ok(Client::new(limits, clock)?)
}

/// Makes the configured channels, and the one that `sim` plays.
pub(super) fn channels(config: &Config, client: &Client) -> Result<Channels, Failure> {
    let mut channels = build::channels(config, client, &secret::environment)?;
    let country = config.org.country_code.clone();
    channels
        .entry(build::SIMULATED.to_owned())
        .or_insert_with(|| Arc::new(build::simulator(Vec::new(), false, country)));
    Ok(channels)
}

/// Starts a worker on an open desk.
pub(super) async fn start(
    shell: &Shell,
    desk: Arc<Desk>,
    channels: Channels,
    (client, listen): (Client, SocketAddr),
) -> Result<Worker, Failure> {
    let lock = lock(shell, &desk)?;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        let values = [
            ("address", listen.to_string().into()),
            ("why", error.to_string().into()),
        ];
        Failure::new(Code::Setup, Phrase::new("error-listen", values))
    })?;
    let start = Start {
        desk,
        channels,
        client,
        listener,
        lock,
    };
    worker::start(start).await.map_err(Failure::bug)
}

fn lock(shell: &Shell, desk: &Desk) -> Result<Option<Lock>, Failure> {
    if desk.db.is_shared() {
        return Ok(None);
    }
    let place = shell.place();
    let file = PathBuf::from(place.trim_start_matches("sqlite:").trim_start_matches("//"));
    let path = shell.layers.data_dir()?.join(file);
    Ok(Some(Lock::take(&path)?))
}

/// Waits for the signal to stop, then stops in order; a second signal ends it at once.
pub(super) async fn serve(mut worker: Worker) -> Result<(), Failure> {
    let mut term = signal(SignalKind::terminate()).map_err(Failure::bug)?;
    let mut int = signal(SignalKind::interrupt()).map_err(Failure::bug)?;
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
        () = worker.failed() => {
            worker.stop().await;
            return Err(Failure::bug("a loop of the worker ended"));
        }
    }
    tracing::info!("the worker stops");
    tokio::select! {
        () = worker.stop() => Ok(()),
        _ = term.recv() => Err(Failure::bug("stopped the hard way")),
        _ = int.recv() => Err(Failure::bug("stopped the hard way")),
    }
}

/// Returns the gateway of a configured channel.
pub(super) fn gateway(
    config: &Config,
    name: &str,
    client: &Client,
) -> Result<Arc<dyn gateway::Gateway>, Failure> {
    let found = config.channel.iter().find(|channel| channel.name == name);
    let channel = found.ok_or_else(|| {
        let known: Vec<&str> = config.channel.iter().map(|one| one.name.as_str()).collect();
        let values = [
            ("name", name.to_owned().into()),
            ("known", known.join(", ").into()),
        ];
        Failure::new(Code::NotFound, Phrase::new("error-no-channel", values))
    })?;
    Ok(build::one(config, channel, client, &secret::environment)?)
}
