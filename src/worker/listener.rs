//! Accepts connections and keeps strangers from holding them: limits on time, size and number.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config;
use crate::worker::Shared;

/// Serves until the worker stops, then lets open requests end.
pub(super) async fn serve(shared: Arc<Shared>, listener: TcpListener, app: Router) {
    let config = shared.desk.settings().config.listener.clone();
    let places = Arc::new(Semaphore::new(config.connections as usize));
    let peers = Peers::default();
    let graceful = GracefulShutdown::new();
    let http = builder(&config);
    loop {
        let accepted = tokio::select! {
            () = shared.stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles: the next try needs some of them back.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            continue;
        };
        let Some(seat) = peers.enter(peer.ip(), config.connections_per_peer) else {
            continue;
        };
        let connection = connect(&http, stream, app.clone());
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            let _kept: (OwnedSemaphorePermit, Seat) = (place, seat);
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended badly");
            }
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

fn builder(config: &config::Listener) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(config.head_seconds.into()))
        .max_headers(config.headers as usize)
        .max_buf_size((config.head_kib as usize * 1024).max(8192))
        .pipeline_flush(true);
    http
}

fn connect(
    http: &http1::Builder,
    stream: TcpStream,
    app: Router,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection stays slow");
    }
    http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
}

/// How many connections each peer has open.
#[derive(Debug, Clone, Default)]
struct Peers(Arc<Mutex<HashMap<IpAddr, u32>>>);

/// A peer's connection; dropping it makes room.
#[derive(Debug)]
struct Seat {
    peers: Peers,
    peer: IpAddr,
}

impl Peers {
    fn enter(&self, peer: IpAddr, limit: u32) -> Option<Seat> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(peer).or_default();
        // Behind a proxy on this machine all peers are one, so loopback has no limit of its own.
        if *count >= limit && !peer.is_loopback() {
            return None;
        }
        *count += 1;
        drop(open);
        Some(Seat {
            peers: self.clone(),
            peer,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.peers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.peer);
            }
        }
    }
}
