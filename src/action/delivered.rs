//! What gateways tell besides messages: how far our letters got, whether the number is linked,
//! and what nobody could read.

use crate::action::{Result, Work};
use crate::gateway::{Reached, StatusEvent};
use crate::store;
use crate::store::inbox::Delivery;
use crate::store::message::Message;

/// A delivery and the channel it came through.
pub type From<'a> = (&'a Delivery, &'a str);

/// Moves a letter forward.
pub async fn status(work: &mut Work<'_>, (_, channel): From<'_>, event: StatusEvent) -> Result<()> {
    let at = event.at.unwrap_or(work.now);
    let ids: Vec<&str> = event
        .gateway_id
        .iter()
        .chain(&event.alias)
        .map(String::as_str)
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    if let (Some(id), Some(alias)) = (&event.gateway_id, &event.alias) {
        store::outbox::remember_alias(&mut work.tx, channel, (id, alias)).await?;
    }
    match &event.reached {
        Reached::Failed(reason) => {
            store::outbox::bounce(&mut work.tx, channel, &ids, reason).await?;
        }
        Reached::Queued => {}
        reached => {
            let step = match reached {
                Reached::Read => "read",
                Reached::Delivered => "delivered",
                _ => "sent",
            };
            store::outbox::progress(&mut work.tx, channel, &ids, (step, at)).await?;
        }
    }
    Ok(())
}

/// Notes whether the number is linked; a channel that is linked again goes on sending.
pub async fn device(
    work: &mut Work<'_>,
    (_, channel): From<'_>,
    connected: bool,
    reason: &str,
) -> Result<()> {
    let now = work.now;
    store::channel::set_connected(&mut work.tx, channel, connected, now).await?;
    if connected {
        store::channel::release(&mut work.tx, channel, now).await?;
    } else {
        let reason = if reason.is_empty() {
            "disconnected"
        } else {
            reason
        };
        store::channel::hold(&mut work.tx, channel, reason, now).await?;
    }
    work.ring_outbox();
    Ok(())
}

/// Keeps what nobody could read, with the reason, where people can see it.
pub async fn unparsed(work: &mut Work<'_>, (delivery, _): From<'_>, reason: &str) -> Result<()> {
    let message = Message {
        id: work.id().await?,
        delivery_id: delivery.id.clone(),
        channel: delivery.channel.clone(),
        contact_id: None,
        address: String::new(),
        name: String::new(),
        phone: None,
        at: delivery.received_at,
        sent_at: None,
        kind: "unparsed".into(),
        text: crate::domain::text::cut(&delivery.body, 4096).into_owned(),
        gateway_id: None,
        location: None,
        extra: None,
        reason: Some(reason.to_owned()),
        report_id: None,
        track_id: None,
        handled_at: None,
        handled_by: None,
    };
    work.message(&message);
    Ok(())
}
