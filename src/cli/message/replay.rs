//! Working a message again: its delivery is read anew, as if it had just come in.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::list;
use crate::action::chat::{self, Received};
use crate::action::{self, Work};
use crate::cli::act::Session;
use crate::cli::failure::Failure;
use crate::cli::worker::{channels, client};
use crate::gateway::{Event, build};
use crate::store;
use crate::store::inbox::{Delivery, Lease};
use crate::store::message::Message;
use crate::worker::{Channels, Holds, Metrics, Shared, media, receiver, sender};

/// For how long the delivery is this command's.
const LEASE: i64 = 60_000;

/// Works a message again, here and now.
pub(super) async fn replay(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    let id = Session::id("message", raw)?;
    let desk = &session.desk;
    let missing = || Failure::not_found("message", raw);
    let message = store::message::find(&desk.db, id)
        .await?
        .ok_or_else(missing)?;
    let stored = store::inbox::find(&desk.db, &message.delivery_id).await?;
    let delivery = stored.ok_or_else(|| Failure::not_found("delivery", &message.delivery_id))?;
    let shared = Arc::new(shared(session)?);
    let keys = keys(&shared.channels, &delivery, &message);
    let claimed = session
        .act(async |work: &mut Work<'_>| {
            let delivery = action::message::replay(work, id, &keys).await?;
            let lease = Lease {
                worker: &shared.name,
                now: work.now,
                until: work.now + LEASE,
            };
            Ok(store::inbox::claim_one(&mut work.tx, lease, &delivery).await?)
        })
        .await?;
    Box::pin(receiver::work(&shared, claimed.into_iter().collect())).await;
    if delivery.channel == build::SIMULATED {
        media::drain(&shared).await;
        sender::drain(&shared, build::SIMULATED).await;
    }
    let renewed = store::message::of_delivery(&desk.db, &delivery.id).await?;
    let id = renewed.map_or(id, |message| message.id);
    list::changed(session, id, ("done-replayed", "")).await
}

/// Returns the keys under which the message is known; those of others that came with it stay.
fn keys(channels: &Channels, delivery: &Delivery, message: &Message) -> Vec<String> {
    let Some(gateway) = channels.get(&delivery.channel) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for event in gateway.read(&receiver::raw(delivery)) {
        if let Event::Message(incoming) = event {
            all.push(Received {
                delivery_id: delivery.id.clone(),
                channel: delivery.channel.clone(),
                at: delivery.received_at,
                incoming: *incoming,
            });
        }
    }
    if all.len() > 1 {
        all.retain(|one| one.incoming.gateway_id == message.gateway_id);
    }
    all.iter().flat_map(chat::keys).collect()
}

/// A worker's tools without its loops.
fn shared(session: &Session<'_>) -> Result<Shared, Failure> {
    let config = &session.desk.settings().config;
    let client = client(config, session.desk.clock.clone())?;
    Ok(Shared {
        channels: channels(config, &client)?,
        client,
        desk: Arc::clone(&session.desk),
        metrics: Metrics::default(),
        holds: Holds::default(),
        name: format!("replay:{}", uuid::Uuid::new_v4().simple()),
        stop: CancellationToken::new(),
    })
}
