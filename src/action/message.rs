//! What the desk does with messages: answer them, make reports of them, tie them, put them away.

use crate::action::notice::{self, To};
use crate::action::open::{self, Intake};
use crate::action::outbox::Parcel;
use crate::action::{Error, Result, Work};
use crate::domain::permission::Act;
use crate::domain::text;
use crate::store;
use crate::store::audit::Entry;
use crate::store::message::Message;
use crate::store::report::Report;

/// Answers a person by hand, over the channel that the person last wrote to.
pub async fn reply(work: &mut Work<'_>, phone: &str, said: &str) -> Result<Vec<i64>> {
    work.actor.check(Act::Reply)?;
    let words = said.trim();
    if words.is_empty() {
        return Err(Error::Invalid {
            what: "text",
            value: String::new(),
            why: "why-empty",
        });
    }
    let reporter = open::reporter_by_phone(work, phone).await?;
    let contact_id = reporter.contact.map(|contact| contact.id);
    let last = match contact_id {
        Some(id) => store::message::last_of(&mut work.tx, id).await?,
        None => None,
    };
    let channel = last.as_ref().map_or("", |message| message.channel.as_str());
    let to = To {
        channel: notice::channel_for(work, channel),
        address: reporter.address.unwrap_or_default(),
        contact_id,
        message_id: last.map(|message| message.id),
        ..To::default()
    };
    let parcel = Parcel {
        channel: None,
        to: String::new(),
        kind: "text",
        text: words.to_owned(),
        payload: None,
    };
    let ids = notice::by_hand(work, to, &parcel).await?;
    if let Some(id) = contact_id {
        let by = (work.actor.name.clone(), work.now);
        store::message::handle_all(&mut work.tx, id, (&by.0, by.1)).await?;
    }
    written(work, "message-reply", phone, false);
    Ok(ids)
}

/// Makes a report of a message; its sender is told the number.
pub async fn to_report(work: &mut Work<'_>, id: i64) -> Result<Report> {
    work.actor.check(Act::Edit)?;
    let message = unfiled(work, id).await?;
    let phone = message.phone.clone().unwrap_or_default();
    let contact = match message.contact_id {
        Some(id) => store::contact::find(&mut work.tx, id).await?,
        None => None,
    };
    let employee = store::employee::by_phones(&mut work.tx, &[&phone])
        .await?
        .into_iter()
        .next();
    let words = if message.text.trim().is_empty() {
        "–"
    } else {
        message.text.trim()
    };
    let intake = Intake {
        reporter: open::Reporter {
            contact,
            employee,
            name: message.name.clone(),
            phone: message.phone.clone(),
            address: Some(message.address.clone()),
        },
        channel: message.channel.clone(),
        message_id: Some(message.id),
        text: text::cut(words, text::MAX_IN).into_owned(),
    };
    let report = open::open(work, vec![intake]).await?.remove(0);
    tie(work, &message, &report).await?;
    store::message::set_kind(&mut work.tx, message.id, "report").await?;
    open::acknowledge(work, &message, &report).await?;
    written(work, "message-to-report", &report.track_id, false);
    Ok(report)
}

async fn unfiled(work: &mut Work<'_>, id: i64) -> Result<Message> {
    let message = get(work, id).await?;
    match &message.track_id {
        None => Ok(message),
        Some(number) => Err(Error::Invalid {
            what: "message",
            value: format!("{id} ({number})"),
            why: "why-message-filed",
        }),
    }
}

async fn get(work: &mut Work<'_>, id: i64) -> Result<Message> {
    let found = store::message::find(&mut work.tx, id).await?;
    found.ok_or_else(|| Error::missing("message", id.to_string()))
}

async fn tie(work: &mut Work<'_>, message: &Message, report: &Report) -> Result<()> {
    let to = (report.id, report.track_id.as_str());
    store::message::link(&mut work.tx, message.id, to).await?;
    store::media::link(&mut work.tx, message.id, report.id, None).await?;
    let by = (work.actor.name.clone(), work.now);
    store::message::handled(&mut work.tx, message.id, Some((&by.0, by.1))).await?;
    Ok(())
}

/// Ties a message and its files to a report.
pub async fn link(work: &mut Work<'_>, id: i64, number: &str) -> Result<Report> {
    work.actor.check(Act::Edit)?;
    let message = unfiled(work, id).await?;
    let report = work.lock(number).await?;
    tie(work, &message, &report).await?;
    written(work, "message-link", &format!("{id} {number}"), true);
    Ok(report)
}

/// Marks a message as dealt with.
pub async fn done(work: &mut Work<'_>, id: i64) -> Result<Message> {
    work.actor.check(Act::Reply)?;
    let message = get(work, id).await?;
    let by = (work.actor.name.clone(), work.now);
    store::message::handled(&mut work.tx, id, Some((&by.0, by.1))).await?;
    written(work, "message-done", &id.to_string(), true);
    Ok(message)
}

/// Lets a message's delivery be worked again from the start. Its message rows go, so that they
/// can come anew; one that has led to a report is refused, because that would come twice.
pub async fn replay(work: &mut Work<'_>, id: i64, keys: &[String]) -> Result<String> {
    work.actor.check(Act::Edit)?;
    let message = unfiled(work, id).await?;
    let delivery = message.delivery_id;
    let now = work.now;
    if store::inbox::replay(&mut work.tx, &delivery, now).await? == 0 {
        return Err(Error::missing("delivery", delivery));
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    store::message::forget_keys(&mut work.tx, &keys).await?;
    store::message::remove(&mut work.tx, id).await?;
    written(work, "message-replay", &id.to_string(), false);
    Ok(delivery)
}

fn written(work: &mut Work<'_>, act: &'static str, object: &str, undoable: bool) {
    work.audit(Entry {
        act,
        object: object.to_owned(),
        detail: "{}".into(),
        undoable,
    });
}
