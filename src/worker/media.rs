//! Fetches photos and files as soon as somebody sent them, before their links run out.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;

use crate::gateway::http::Source;
use crate::gateway::{self, Gateway, Retry};
use crate::store;
use crate::store::media::{Media, Stored};
use crate::worker::Shared;
use crate::worker::sender::backoff;

/// After this time a file that cannot be had is given up.
const GIVE_UP: i64 = 7 * 24 * 3_600_000;
const FIRST_WAIT: u64 = 5_000;
const LONGEST_WAIT: u64 = 3_600_000;
const LOOK: Duration = Duration::from_secs(5);

/// Fetches files until the worker stops.
pub(super) async fn run(shared: Arc<Shared>) {
    while !shared.stop.is_cancelled() {
        let bell = shared.desk.bells.media.notified();
        let fetched = match batch(&shared).await {
            Ok(files) => fetch_all(&shared, files).await,
            Err(error) => {
                tracing::warn!(%error, "files to be fetched could not be claimed");
                0
            }
        };
        if fetched == 0 {
            tokio::select! {
                () = shared.stop.cancelled() => return,
                () = bell => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// Fetches everything that is due, once.
pub async fn drain(shared: &Arc<Shared>) {
    while let Ok(files) = batch(shared).await {
        if files.is_empty() {
            return;
        }
        fetch_all(shared, files).await;
    }
}

async fn batch(shared: &Shared) -> store::Result<Vec<Media>> {
    let now = shared.desk.clock.now();
    let due = store::media::next_due(&shared.desk.db).await?;
    if due.is_none_or(|due| due > now) {
        return Ok(Vec::new());
    }
    let config = &shared.desk.settings().config.media;
    let until = now + 2 * i64::from(config.seconds) * 1000;
    let mut tx = shared.desk.db.begin().await?;
    let limit = i64::from(config.parallel.max(1));
    let files = store::media::claim(&mut tx, &shared.name, (now, until), limit).await?;
    tx.commit().await?;
    Ok(files)
}

async fn fetch_all(shared: &Arc<Shared>, files: Vec<Media>) -> usize {
    let count = files.len();
    let fetches = files.into_iter().map(|file| one(shared, file));
    futures_util::future::join_all(fetches).await;
    count
}

async fn one(shared: &Shared, file: Media) {
    let result = fetch(shared, &file).await;
    if let Err(error) = note(shared, &file, result).await {
        tracing::warn!(media = file.id, %error, "a fetched file is fetched again later");
    }
}

async fn fetch(shared: &Shared, file: &Media) -> Result<crate::media::Kept, gateway::Error> {
    let gateway = shared.channels.get(&file.channel);
    let gateway = gateway.ok_or_else(|| gateway::Error::refused("its channel is gone"))?;
    let bytes = download(shared, &**gateway, &file.url).await?;
    let folder = shared.desk.media.clone();
    let kept = tokio::task::spawn_blocking(move || crate::media::keep(&folder, &bytes)).await;
    let failed =
        |text: String| gateway::Error::new(gateway::ErrorKind::Unreadable, Retry::Later, text);
    match kept {
        Ok(Ok(kept)) => Ok(kept),
        Ok(Err(error)) => Err(failed(format!("it could not be stored: {error}"))),
        Err(error) => Err(failed(error.to_string())),
    }
}

async fn download(
    shared: &Shared,
    gateway: &dyn Gateway,
    url: &str,
) -> Result<Vec<u8>, gateway::Error> {
    if let Some(path) = url.strip_prefix("file:") {
        return local(gateway, path).await;
    }
    let allowed = |host: &str| gateway.media_host(host);
    let source = Source {
        url,
        headers: HeaderMap::new(),
        host_allowed: &allowed,
        allow_local: gateway.is_local(),
    };
    let mut bytes = Vec::new();
    shared.client.fetch(&source, &mut bytes).await?;
    Ok(bytes)
}

/// Only a simulated phone may name a file of this machine.
async fn local(gateway: &dyn Gateway, path: &str) -> Result<Vec<u8>, gateway::Error> {
    if !gateway.is_simulated() {
        return Err(gateway::Error::refused(
            "a file of this machine is nobody's photo",
        ));
    }
    let read = tokio::fs::read(path).await;
    read.map_err(|error| gateway::Error::refused(format!("it cannot be read: {error}")))
}

async fn note(
    shared: &Shared,
    file: &Media,
    result: Result<crate::media::Kept, gateway::Error>,
) -> store::Result<()> {
    let now = shared.desk.clock.now();
    let mut tx = shared.desk.db.begin().await?;
    match result {
        Ok(kept) => {
            let stored = Stored {
                sha256: &kept.sha256,
                bytes: kept.bytes,
                mime: kept.mime,
            };
            store::media::stored(&mut tx, file.id, stored).await?;
        }
        Err(error) => {
            tracing::warn!(media = file.id, %error, "a file could not be fetched");
            let last = error.retry == Retry::Never || now - file.at > GIVE_UP;
            let due_at = (!last).then(|| now + backoff(file.tries, FIRST_WAIT, LONGEST_WAIT));
            store::media::missed(&mut tx, file.id, due_at, &error.text).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
