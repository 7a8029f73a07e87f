//! What people do with the queue: send again, change, cancel, pause; and what they send by hand.

use crate::action::notice::{self, To};
use crate::action::{Error, Result, Work};
use crate::domain::permission::Act;
use crate::domain::phone::Address;
use crate::domain::text;
use crate::store;
use crate::store::audit::Entry;
use crate::store::outbox::Letter;
use crate::store::setting::Setting;

/// The setting that pauses the whole queue; its dot keeps it out of the configuration.
pub const PAUSED: &str = ".outbox.paused";

/// Lets letters that failed or wait for another try go now.
pub async fn retry(work: &mut Work<'_>, ids: &[i64]) -> Result<u64> {
    work.actor.check(Act::ManageOutbox)?;
    let now = work.now;
    let from = ["failed", "retry", "unknown", "cancelled"];
    let count = store::outbox::change(&mut work.tx, ids, &from, ("pending", now)).await?;
    refuse_if_none(work, ids, count).await?;
    written(work, "outbox-retry", ids, count);
    work.ring_outbox();
    Ok(count)
}

/// Takes letters back that nobody has handed over yet.
pub async fn cancel(work: &mut Work<'_>, ids: &[i64]) -> Result<u64> {
    work.actor.check(Act::ManageOutbox)?;
    let now = work.now;
    let from = ["held", "pending", "retry", "unknown", "failed"];
    let count = store::outbox::change(&mut work.tx, ids, &from, ("cancelled", now)).await?;
    refuse_if_none(work, ids, count).await?;
    written(work, "outbox-cancel", ids, count);
    Ok(count)
}

/// Changes the text of a letter that has not gone out, and lets it go.
pub async fn edit(work: &mut Work<'_>, id: i64, said: &str) -> Result<Letter> {
    work.actor.check(Act::ManageOutbox)?;
    let words = text::cut(said.trim(), text::MAX_OUT).into_owned();
    if words.is_empty() {
        return Err(Error::Invalid {
            what: "text",
            value: String::new(),
            why: "why-empty",
        });
    }
    let count = store::outbox::rewrite(&mut work.tx, id, &words).await?;
    refuse_if_none(work, &[id], count).await?;
    let now = work.now;
    let from = ["failed", "retry", "unknown"];
    store::outbox::change(&mut work.tx, &[id], &from, ("pending", now)).await?;
    written(work, "outbox-edit", &[id], count);
    work.ring_outbox();
    let found = store::outbox::find(&mut work.tx, id).await?;
    found.ok_or_else(|| Error::missing("letter", id.to_string()))
}

/// Says why nothing changed: there is no such letter, or it has gone already.
async fn refuse_if_none(work: &mut Work<'_>, ids: &[i64], count: u64) -> Result<()> {
    let Some(id) = ids.first().filter(|_| count == 0) else {
        return Ok(());
    };
    match store::outbox::find(&mut work.tx, *id).await? {
        None => Err(Error::missing("letter", id.to_string())),
        Some(letter) => Err(Error::Invalid {
            what: "letter",
            value: format!("{id} ({})", letter.state),
            why: "why-letter-gone",
        }),
    }
}

fn written(work: &mut Work<'_>, act: &'static str, ids: &[i64], count: u64) {
    let object = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
    let detail = serde_json::json!({"changed": count}).to_string();
    work.audit(Entry {
        act,
        object,
        detail,
        undoable: false,
    });
}

/// Stops the queue, or lets it go on.
pub async fn pause(work: &mut Work<'_>, paused: bool) -> Result<()> {
    work.actor.check(Act::ManageOutbox)?;
    let setting = Setting {
        key: PAUSED.into(),
        value: paused.to_string(),
        updated_at: work.now,
        updated_by: work.actor.name.clone(),
    };
    store::setting::set(&mut work.tx, &setting).await?;
    let act = if paused {
        "outbox-pause"
    } else {
        "outbox-resume"
    };
    work.audit(Entry {
        act,
        object: "outbox".into(),
        detail: "{}".into(),
        undoable: false,
    });
    work.ring_outbox();
    Ok(())
}

/// A message that somebody sends by hand.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub channel: Option<String>,
    /// A phone number, or a group's id.
    pub to: String,
    /// `text`, `location`, or a kind of file.
    pub kind: &'static str,
    pub text: String,
    /// What the kind needs besides the text, as JSON.
    pub payload: Option<String>,
}

/// Sends a message by hand and returns the ids of its letters.
pub async fn send(work: &mut Work<'_>, parcel: Parcel) -> Result<Vec<i64>> {
    work.actor.check(Act::Reply)?;
    let country = work.settings.config.org.country_code.clone();
    let address = Address::parse(&parcel.to, &country).map_err(|_| Error::Invalid {
        what: "phone",
        value: parcel.to.clone(),
        why: "why-phone",
    })?;
    let channel = match &parcel.channel {
        Some(name) => known_channel(work, name)?,
        None => notice::channel_for(work, ""),
    };
    let address = address.canonical();
    let known = store::contact::by_addresses(&mut work.tx, &[&address]).await?;
    let contact_id = known.get(&address).map(|contact| contact.id);
    let to = To {
        channel,
        address,
        contact_id,
        ..To::default()
    };
    let ids = notice::by_hand(work, to, &parcel).await?;
    written(work, "send", &ids, ids.len() as u64);
    Ok(ids)
}

fn known_channel(work: &Work<'_>, name: &str) -> Result<String> {
    let channels = &work.settings.config.channel;
    let found = channels.iter().find(|channel| channel.name == name);
    found
        .map(|channel| channel.name.clone())
        .ok_or_else(|| Error::missing("channel", name))
}
