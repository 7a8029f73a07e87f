//! Who wrote: contacts by their addresses, and the employees and officers behind their phones.

use std::collections::{HashMap, HashSet};

use crate::action::chat::{FILE_NAME, Received, Turn};
use crate::action::open::NAME;
use crate::action::{Result, Work};
use crate::domain::phone::Address;
use crate::domain::text;
use crate::store;
use crate::store::contact::Contact;
use crate::store::employee::Employee;
use crate::store::media::Media;
use crate::store::message::Message;
use crate::store::staff::Staff;

/// Somebody who writes, with what the desk knows of him.
#[derive(Debug, Clone)]
pub struct Person {
    pub contact: Contact,
    pub employee: Option<Employee>,
    pub staff: Option<Staff>,
}

impl Person {
    /// Returns true for active staff, whose phone may give officers' commands.
    pub fn is_officer(&self) -> bool {
        self.staff.is_some()
    }

    /// Returns true for somebody the desk does not know.
    pub fn is_guest(&self) -> bool {
        self.staff.is_none() && self.employee.is_none()
    }

    /// Returns the name that the person is called by.
    pub fn name(&self) -> String {
        let employee = self.employee.as_ref().map(|one| one.name.clone());
        let staff = || self.staff.as_ref().map(|one| one.name.clone());
        employee
            .or_else(staff)
            .unwrap_or_else(|| self.contact.name.clone())
    }

    /// Returns the unit that the person belongs to, empty where it is not known.
    pub fn unit(&self) -> &str {
        self.employee.as_ref().map_or("", |one| one.unit.as_str())
    }
}

/// Finds everybody who wrote in this batch, by canonical address; new people become contacts.
pub(super) async fn of(work: &mut Work<'_>, batch: &[Received]) -> Result<HashMap<String, Person>> {
    let mut senders: Vec<(String, &Received)> = Vec::new();
    let mut seen = HashSet::new();
    for received in batch {
        let Some(sender) = &received.incoming.sender else {
            continue;
        };
        let address = sender.person.canonical();
        if seen.insert(address.clone()) {
            senders.push((address, received));
        }
    }
    let addresses: Vec<&str> = senders
        .iter()
        .map(|(address, _)| address.as_str())
        .collect();
    let mut contacts = store::contact::by_addresses(&mut work.tx, &addresses).await?;
    let known: Vec<i64> = contacts.values().map(|contact| contact.id).collect();
    store::contact::heard(&mut work.tx, &known, work.now).await?;
    let strangers: Vec<_> = senders
        .into_iter()
        .filter(|(address, _)| !contacts.contains_key(address))
        .collect();
    let made = make(work, strangers).await?;
    contacts.extend(
        made.into_iter()
            .map(|(contact, address)| (address, contact)),
    );
    introduce(work, contacts).await
}

async fn make(
    work: &mut Work<'_>,
    strangers: Vec<(String, &Received)>,
) -> Result<Vec<(Contact, String)>> {
    let mut made = Vec::with_capacity(strangers.len());
    for (address, received) in strangers {
        let sender = received.incoming.sender.as_ref();
        let phone = sender.and_then(|sender| sender.person.phone());
        let contact = Contact {
            id: work.id().await?,
            name: text::line(&received.incoming.name, NAME),
            phone: phone.map(|phone| phone.as_str().to_owned()),
            opted_out_at: None,
            guide_sent_at: None,
            limit_told_at: None,
            last_in_at: Some(work.now),
            misses: 0,
            misses_since: None,
            forget_at: None,
            created_at: work.now,
        };
        made.push((contact, address));
    }
    store::contact::insert(&mut work.tx, &made).await?;
    Ok(made)
}

/// Joins contacts with the employees and officers who have their phones.
async fn introduce(
    work: &mut Work<'_>,
    contacts: HashMap<String, Contact>,
) -> Result<HashMap<String, Person>> {
    let phones: Vec<&str> = contacts
        .values()
        .filter_map(|contact| contact.phone.as_deref())
        .collect();
    let employees = store::employee::by_phones(&mut work.tx, &phones).await?;
    let staff = store::staff::by_phones(&mut work.tx, &phones).await?;
    let by_phone =
        |phone: &Option<String>, contact: &Contact| phone.is_some() && *phone == contact.phone;
    let person = |contact: Contact| Person {
        employee: employees
            .iter()
            .find(|one| by_phone(&one.phone, &contact))
            .cloned(),
        staff: staff
            .iter()
            .find(|one| by_phone(&one.phone, &contact))
            .cloned(),
        contact,
    };
    Ok(contacts
        .into_iter()
        .map(|(address, contact)| (address, person(contact)))
        .collect())
}

/// Makes the turn of a message.
pub(super) async fn turn(
    work: &mut Work<'_>,
    people: &mut HashMap<String, Person>,
    received: Received,
) -> Result<Turn> {
    let sender = received.incoming.sender.clone();
    let person_address = sender.as_ref().map(|sender| sender.person.canonical());
    let known = person_address
        .as_ref()
        .and_then(|address| people.get(address));
    let person = known.cloned().expect("everybody who wrote was looked up");
    let group = sender.and_then(|sender| sender.group);
    let message = message(work, &received, &person, group.as_ref()).await?;
    let files = files(work, &message, &received).await?;
    Ok(Turn {
        message,
        person,
        files,
        in_group: group.is_some(),
    })
}

async fn message(
    work: &mut Work<'_>,
    received: &Received,
    person: &Person,
    group: Option<&Address>,
) -> Result<Message> {
    let incoming = &received.incoming;
    let direct = incoming
        .sender
        .as_ref()
        .map(|sender| sender.person.canonical());
    let location = incoming
        .location
        .as_ref()
        .and_then(|it| serde_json::to_string(it).ok());
    Ok(Message {
        id: work.id().await?,
        delivery_id: received.delivery_id.clone(),
        channel: received.channel.clone(),
        contact_id: Some(person.contact.id),
        address: group.map(Address::canonical).or(direct).unwrap_or_default(),
        name: text::line(&incoming.name, NAME),
        phone: person.contact.phone.clone(),
        at: received.at,
        sent_at: incoming.sent_at,
        kind: "ordinary".into(),
        text: text::cut(&incoming.text.replace('\0', "\u{FFFD}"), text::MAX_IN).into_owned(),
        gateway_id: incoming.gateway_id.clone(),
        location,
        extra: incoming.extra.clone(),
        reason: None,
        report_id: None,
        track_id: None,
        handled_at: None,
        handled_by: None,
    })
}

async fn files(work: &mut Work<'_>, message: &Message, received: &Received) -> Result<Vec<Media>> {
    let mut files = Vec::with_capacity(received.incoming.attachments.len());
    for attachment in &received.incoming.attachments {
        files.push(Media {
            id: work.id().await?,
            message_id: Some(message.id),
            report_id: None,
            progress_id: None,
            kind: attachment.kind.as_str().into(),
            filename: text::line(&attachment.filename, FILE_NAME),
            url: attachment.url.clone(),
            channel: message.channel.clone(),
            state: "waiting".into(),
            sha256: None,
            bytes: None,
            mime: None,
            at: work.now,
            due_at: work.now,
            tries: 0,
            worker: String::new(),
            reason: None,
        });
    }
    Ok(files)
}
