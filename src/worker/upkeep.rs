//! What has to be done now and then: take back what dead workers held, watch held channels, keep
//! the settings fresh.

use std::sync::Arc;
use std::time::Duration;

use crate::gateway::Device;
use crate::store;
use crate::worker::Shared;

/// How often the loop looks.
const LOOK: Duration = Duration::from_secs(1);
/// How often a held channel is asked whether it may go on.
const PROBE: i64 = 60_000;

/// Takes back what a worker of this name held when it died, and notes the channels. What it was
/// working at that moment may be what it died of.
pub(super) async fn recover(shared: &Shared, worked: &[String]) -> store::Result<()> {
    let now = shared.desk.clock.now();
    let mut tx = shared.desk.db.begin().await?;
    let worked: Vec<&str> = worked.iter().map(String::as_str).collect();
    store::inbox::blame(&mut tx, &shared.name, &worked).await?;
    let deliveries = store::inbox::release(&mut tx, &shared.name, now).await?;
    let letters = store::outbox::orphan(&mut tx, &shared.name, now + settle(shared)).await?;
    for channel in &shared.desk.settings().config.channel {
        let gateway = channel.gateway.as_str();
        store::channel::seen(&mut tx, &channel.name, gateway, now).await?;
    }
    tx.commit().await?;
    if deliveries + letters > 0 {
        tracing::info!(
            deliveries,
            letters,
            "took up what the last run left unfinished"
        );
    }
    adopt_holds(shared).await
}

/// Gives back what this worker holds, at a graceful stop.
pub(super) async fn release(shared: &Shared) -> store::Result<()> {
    let now = shared.desk.clock.now();
    let mut tx = shared.desk.db.begin().await?;
    store::inbox::release(&mut tx, &shared.name, now).await?;
    store::outbox::orphan(&mut tx, &shared.name, now + settle(shared)).await?;
    tx.commit().await.map_err(Into::into)
}

/// How long an unknown outcome waits for the gateway to tell.
fn settle(shared: &Shared) -> i64 {
    let longest = shared
        .channels
        .values()
        .map(|gateway| gateway.capability().settle)
        .max();
    i64::try_from(longest.unwrap_or_default().as_millis()).unwrap_or(0)
}

/// Looks after things until the worker stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut swept_at = 0;
    let mut probed_at = shared.desk.clock.now();
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let now = shared.desk.clock.now();
        let sweep = i64::from(shared.desk.settings().config.outbox.sweep_seconds) * 1000;
        if now - swept_at >= sweep {
            swept_at = now;
            note("sweep", sweep_leases(&shared).await);
        }
        note("holds", refresh_holds(&shared).await);
        refresh_settings(&shared).await;
        if now - probed_at >= PROBE {
            probed_at = now;
            note("probe", probe_held(&shared).await);
        }
    }
}

fn note(what: &'static str, done: store::Result<()>) {
    if let Err(error) = done {
        tracing::warn!(%error, what, "upkeep failed and is tried again");
    }
}

async fn sweep_leases(shared: &Shared) -> store::Result<()> {
    let now = shared.desk.clock.now();
    let mut tx = shared.desk.db.begin().await?;
    let lost = store::outbox::expire(&mut tx, now, now + settle(shared)).await?;
    tx.commit().await?;
    if lost > 0 {
        tracing::warn!(lost, "letters were not finished within their lease");
    }
    Ok(())
}

/// Brings what people and other processes did to the queue into this process, and what this
/// process learnt about its channels into the database.
async fn refresh_holds(shared: &Shared) -> store::Result<()> {
    let paused = store::setting::find(&shared.desk.db, crate::action::outbox::PAUSED).await?;
    shared
        .holds
        .pause(paused.is_some_and(|setting| setting.value == "true"));
    for (name, reason) in shared.holds.untold() {
        tracing::error!(channel = %name, %reason, "the channel is held; its queue is kept");
        let now = shared.desk.clock.now();
        let mut tx = shared.desk.db.begin().await?;
        store::channel::hold(&mut tx, &name, &reason, now).await?;
        tx.commit().await?;
        shared.holds.told(&name);
    }
    adopt_holds(shared).await
}

/// Takes over what the database says about held channels.
async fn adopt_holds(shared: &Shared) -> store::Result<()> {
    let known = store::channel::all(&shared.desk.db).await?;
    let held = known
        .into_iter()
        .filter_map(|channel| Some((channel.name, channel.held_reason?)));
    if shared.holds.adopt(held.collect()) {
        shared.desk.bells.outbox.notify_waiters();
        tracing::info!("a channel sends again");
    }
    Ok(())
}

async fn refresh_settings(shared: &Shared) {
    match shared.desk.refresh().await {
        Ok(true) => {
            tracing::info!("the settings have changed");
            if let Err(error) = shared.desk.remember_zone().await {
                tracing::warn!(%error, "the old tables' views keep the old zone");
            }
        }
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "changed settings cannot be used; the old ones hold"),
    }
}

/// Asks the gateways of held channels whether things are well again.
async fn probe_held(shared: &Shared) -> store::Result<()> {
    for name in shared.holds.all().into_keys() {
        let Some(gateway) = shared.channels.get(&name) else {
            continue;
        };
        match gateway.device().await {
            Ok(device) if device.connected => go_on(shared, &name, &device).await?,
            Ok(_) => tracing::warn!(channel = %name, "the number is still not linked"),
            Err(error) => tracing::warn!(channel = %name, %error, "the channel stays held"),
        }
    }
    Ok(())
}

async fn go_on(shared: &Shared, name: &str, device: &Device) -> store::Result<()> {
    let now = shared.desk.clock.now();
    let mut tx = shared.desk.db.begin().await?;
    store::channel::release(&mut tx, name, now).await?;
    store::channel::set_connected(&mut tx, name, true, now).await?;
    store::channel::set_quota(&mut tx, name, device.quota_left).await?;
    tx.commit().await?;
    shared.holds.release(name);
    shared.desk.bells.outbox.notify_waiters();
    tracing::info!(channel = %name, "the channel sends again");
    Ok(())
}
