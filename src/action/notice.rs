//! What people are told: answers to what they wrote, and notices that nobody asked for.
//!
//! This is the only place that puts letters of the desk into the outbox, so a second way to reach
//! people has one place to go.

use crate::action::outbox::Parcel;
use crate::action::{Origin, Result, Work};
use crate::domain::phone::{Address, Phone};
use crate::domain::quiet::Quiet;
use crate::domain::text;
use crate::store;
use crate::store::message::Message;
use crate::store::outbox::Letter;
use crate::store::report::Report;
use crate::store::staff::Staff;

/// The lane of answers and of what people send.
pub const ANSWERS: i64 = 0;
/// The lane of notices to reporters, which nobody asked for: paced, and limited by the day.
pub const NOTICES: i64 = 1;
/// The lane of notices to staff: paced.
pub const STAFF: i64 = 2;

/// Where a letter goes and what it belongs to.
#[derive(Debug, Clone, Default)]
pub struct To {
    pub channel: String,
    pub address: String,
    pub contact_id: Option<i64>,
    pub staff_id: Option<String>,
    pub report_id: Option<i64>,
    pub message_id: Option<i64>,
    pub quote: Option<String>,
}

/// Answers a message at once, quoting it where the gateway can.
pub async fn answer(work: &mut Work<'_>, message: &Message, text: &str) -> Result<()> {
    let to = To {
        channel: message.channel.clone(),
        address: message.address.clone(),
        contact_id: message.contact_id,
        report_id: message.report_id,
        message_id: Some(message.id),
        quote: message.gateway_id.clone(),
        ..To::default()
    };
    let now = work.now;
    post(
        work,
        to,
        text,
        Way {
            source: "reply",
            lane: ANSWERS,
            held: false,
            due_at: now,
        },
    )
    .await
}

/// Tells the reporter what happened to the report, unless notices are off or unwanted.
pub async fn reporter(work: &mut Work<'_>, report: &Report, text: &str) -> Result<()> {
    if !work.settings.config.desk.notify_reporter {
        return Ok(());
    }
    let Some(address) = report.address.clone() else {
        return Ok(());
    };
    if is_opted_out(work, report.contact_id).await? {
        return Ok(());
    }
    let to = To {
        channel: report.channel.clone(),
        address,
        contact_id: report.contact_id,
        report_id: Some(report.id),
        ..To::default()
    };
    notice(work, to, text, NOTICES).await
}

/// Tells an officer about a task; one without a phone is not told.
pub async fn officer(
    work: &mut Work<'_>,
    staff: &Staff,
    report: &Report,
    text: &str,
) -> Result<()> {
    let Some(phone) = staff.phone.as_deref() else {
        return Ok(());
    };
    let Ok(phone) = Phone::parse(phone, &work.settings.config.org.country_code) else {
        return Ok(());
    };
    let to = To {
        channel: channel_for(work, &report.channel),
        address: Address::Phone(phone).canonical(),
        staff_id: Some(staff.id.clone()),
        report_id: Some(report.id),
        ..To::default()
    };
    notice(work, to, text, STAFF).await
}

/// Sends what a person sends by hand and returns the ids of the letters.
pub async fn by_hand(work: &mut Work<'_>, to: To, parcel: &Parcel) -> Result<Vec<i64>> {
    let (held, due_at) = hold(work);
    let way = Way {
        source: "manual",
        lane: ANSWERS,
        held,
        due_at,
    };
    let parts = match parcel.kind {
        "text" => text::split(&parcel.text, text::MAX_OUT),
        _ => vec![parcel.text.clone()],
    };
    let mut ids = Vec::with_capacity(parts.len());
    for part in parts {
        let mut letter = letter(work, &to, part, way).await?;
        letter.kind = parcel.kind.into();
        letter.payload.clone_from(&parcel.payload);
        work.letter(&letter);
        ids.push(letter.id);
    }
    Ok(ids)
}

/// Returns the channel that a letter takes: the one asked for if there is one, else the first.
pub fn channel_for(work: &Work<'_>, wanted: &str) -> String {
    let channels = &work.settings.config.channel;
    let known = channels
        .iter()
        .find(|channel| channel.name == wanted)
        .or(channels.first());
    known.map_or_else(|| wanted.to_owned(), |channel| channel.name.clone())
}

/// How a letter leaves.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    pub source: &'static str,
    pub lane: i64,
    pub held: bool,
    pub due_at: i64,
}

async fn notice(work: &mut Work<'_>, to: To, text: &str, lane: i64) -> Result<()> {
    let (held, hold_until) = hold(work);
    let quiet = Quiet::parse(&work.settings.config.desk.quiet_hours).unwrap_or_default();
    let awake = quiet
        .ends_after(&work.settings.local(hold_until))
        .map_or(hold_until, |end| end.timestamp().as_millisecond());
    let way = Way {
        source: "notice",
        lane,
        held,
        due_at: awake,
    };
    post(work, to, text, way).await
}

/// What is sent from the console waits a moment, so that it can be taken back.
fn hold(work: &Work<'_>) -> (bool, i64) {
    let seconds = i64::from(work.settings.config.desk.hold_seconds);
    match work.actor.origin {
        Origin::Console if seconds > 0 => (true, work.now + seconds * 1000),
        _ => (false, work.now),
    }
}

async fn post(work: &mut Work<'_>, to: To, text: &str, way: Way) -> Result<()> {
    for part in text::split(text, text::MAX_OUT) {
        let letter = letter(work, &to, part, way).await?;
        work.letter(&letter);
    }
    Ok(())
}

async fn letter(work: &mut Work<'_>, to: &To, text: String, way: Way) -> Result<Letter> {
    Ok(Letter {
        id: work.id().await?,
        channel: to.channel.clone(),
        address: to.address.clone(),
        contact_id: to.contact_id,
        staff_id: to.staff_id.clone(),
        report_id: to.report_id,
        message_id: to.message_id,
        kind: "text".into(),
        text,
        payload: None,
        quote: to.quote.clone(),
        source: way.source.into(),
        lane: way.lane,
        state: if way.held { "held" } else { "pending" }.into(),
        created_at: work.now,
        due_at: way.due_at,
        worker: String::new(),
        epoch: 0,
        attempts: 0,
        ambiguous: 0,
        last_error: None,
        gateway_id: None,
        sent_at: None,
        delivered_at: None,
        read_at: None,
        by: work.actor.name.clone(),
    })
}

async fn is_opted_out(work: &mut Work<'_>, contact: Option<i64>) -> Result<bool> {
    let Some(id) = contact else { return Ok(false) };
    let contact = store::contact::find(&mut work.tx, id).await?;
    Ok(contact.is_some_and(|contact| contact.opted_out_at.is_some()))
}
