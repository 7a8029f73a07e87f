//! Taking up new reports: numbered, filed and answered, many at once.

use crate::action::notice;
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work};
use crate::desk::timestamp;
use crate::domain::permission::Act;
use crate::domain::phone::{Address, Phone};
use crate::domain::priority::Priority;
use crate::domain::status::Status;
use crate::domain::track::{self, TrackId};
use crate::domain::{target, text};
use crate::store;
use crate::store::audit::Entry;
use crate::store::contact::Contact;
use crate::store::counter;
use crate::store::employee::Employee;
use crate::store::message::Message;
use crate::store::report::Report;

/// How many characters of a reporter's name are kept.
pub const NAME: usize = 100;

/// Somebody who reports.
#[derive(Debug, Clone, Default)]
pub struct Reporter {
    pub contact: Option<Contact>,
    pub employee: Option<Employee>,
    /// The name that the person goes by where no employee is known.
    pub name: String,
    pub phone: Option<String>,
    /// Where an answer goes.
    pub address: Option<String>,
}

/// A report to be taken up.
#[derive(Debug, Clone)]
pub struct Intake {
    pub reporter: Reporter,
    pub channel: String,
    pub message_id: Option<i64>,
    /// The message without its command word.
    pub text: String,
}

impl Reporter {
    /// Returns the name that is shown.
    pub fn shown_name(&self) -> String {
        self.employee
            .as_ref()
            .map_or_else(|| text::line(&self.name, NAME), |one| one.name.clone())
    }
}

/// Takes up reports in the order given; their numbers follow it without a gap.
pub async fn open(work: &mut Work<'_>, intakes: Vec<Intake>) -> Result<Vec<Report>> {
    let mut reports = Vec::with_capacity(intakes.len());
    let mut numbers = numbers(work, intakes.len()).await?.into_iter();
    for intake in intakes {
        let number = numbers.next().expect("there is a number for each");
        let mut report = draft(work, intake, number).await?;
        let said = work.settings.chat.say("step-received", &[]);
        let step = NewStep {
            kind: "received",
            text: &said,
            public: true,
            status: Some(Status::New),
        };
        work.step(&mut report, step).await?;
        work.report(&report);
        work.audit(Entry {
            act: "report-open",
            object: report.track_id.clone(),
            detail: serde_json::json!({"after": {"status": "new", "category": report.category}})
                .to_string(),
            undoable: false,
        });
        reports.push(report);
    }
    Ok(reports)
}

/// Takes a report down that somebody brought in by hand; the reporter hears of it with `tell`.
pub async fn by_hand(work: &mut Work<'_>, from: &str, said: &str, tell: bool) -> Result<Report> {
    work.actor.check(Act::Edit)?;
    let words = text::cut(said.trim(), text::MAX_IN).into_owned();
    if words.is_empty() {
        return Err(Error::Invalid {
            what: "text",
            value: String::new(),
            why: "why-empty",
        });
    }
    let reporter = reporter_by_phone(work, from).await?;
    let channel = notice::channel_for(work, "utama");
    let intake = Intake {
        reporter,
        channel,
        message_id: None,
        text: words,
    };
    let report = open(work, vec![intake]).await?.remove(0);
    if tell {
        let text = received(work, &report);
        notice::reporter(work, &report, &text).await?;
    }
    Ok(report)
}

/// Returns the person behind a phone number, as a new contact if nobody knows it.
pub async fn reporter_by_phone(work: &mut Work<'_>, raw: &str) -> Result<Reporter> {
    let country = work.settings.config.org.country_code.clone();
    let phone = Phone::parse(raw, &country).map_err(|_| Error::Invalid {
        what: "phone",
        value: raw.to_owned(),
        why: "why-phone",
    })?;
    let address = Address::Phone(phone.clone()).canonical();
    let phone = phone.as_str().to_owned();
    let known = store::contact::by_addresses(&mut work.tx, &[&address]).await?;
    let contact = match known.into_values().next() {
        Some(contact) => contact,
        None => new_contact(work, &phone, &address).await?,
    };
    let employee = store::employee::by_phones(&mut work.tx, &[&phone])
        .await?
        .into_iter()
        .next();
    let name = if contact.name.is_empty() {
        format!("+{phone}")
    } else {
        contact.name.clone()
    };
    Ok(Reporter {
        contact: Some(contact),
        employee,
        name,
        phone: Some(phone),
        address: Some(address),
    })
}

async fn new_contact(work: &mut Work<'_>, phone: &str, address: &str) -> Result<Contact> {
    let contact = Contact {
        id: work.id().await?,
        name: String::new(),
        phone: Some(phone.to_owned()),
        opted_out_at: None,
        guide_sent_at: None,
        limit_told_at: None,
        last_in_at: None,
        misses: 0,
        misses_since: None,
        forget_at: None,
        created_at: work.now,
    };
    store::contact::insert(&mut work.tx, &[(contact.clone(), address.to_owned())]).await?;
    Ok(contact)
}

/// Answers the message that opened a report with its number.
pub async fn acknowledge(work: &mut Work<'_>, message: &Message, report: &Report) -> Result<()> {
    let text = received(work, report);
    notice::answer(work, message, &text).await
}

fn received(work: &Work<'_>, report: &Report) -> String {
    let who = greeting(work, report);
    let org = work.settings.config.org.name.as_str();
    let values = [
        ("who", who.as_str().into()),
        ("number", report.track_id.as_str().into()),
        ("org", org.into()),
    ];
    work.settings.chat.say("report-received", &values)
}

/// Returns how a report's reporter is addressed: with name and unit, as far as they are known.
pub fn greeting(work: &Work<'_>, report: &Report) -> String {
    greet(work, &report.reporter_name, &report.unit)
}

/// Returns how somebody is addressed.
pub fn greet(work: &Work<'_>, name: &str, unit: &str) -> String {
    let (name, unit) = (text::quote(name), text::quote(unit));
    let values = [
        ("name", name.as_str().into()),
        ("unit", unit.as_str().into()),
    ];
    let id = match (name.is_empty(), unit.is_empty()) {
        (true, _) => "greeting-unknown",
        (false, true) => "greeting",
        (false, false) => "greeting-with-unit",
    };
    work.settings.chat.say(id, &values)
}

/// Takes the next running numbers of this month in the organisation's zone.
async fn numbers(work: &mut Work<'_>, count: usize) -> Result<Vec<TrackId>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let local = work.settings.local(work.now);
    let (year, month) = (local.year(), local.month());
    let prefix = work.settings.config.org.track_prefix.clone();
    let key = format!("track:{}", track::month_key(&prefix, year, month));
    let n = i64::try_from(count).unwrap_or(i64::MAX);
    let before = counter::take(&mut work.tx, &key, n).await?;
    let numbers = (before + 1..=before + n)
        .map(|n| TrackId::compose(&prefix, year, month, n.unsigned_abs()))
        .collect();
    Ok(numbers)
}

async fn draft(work: &mut Work<'_>, intake: Intake, number: TrackId) -> Result<Report> {
    let id = work.id().await?;
    let reporter = intake.reporter;
    let name = reporter.shown_name();
    let settings = &work.settings;
    let deadlines = target::due(
        &settings.calendar,
        &settings.targets,
        Priority::Normal,
        timestamp(work.now),
    );
    let (department, unit) = reporter
        .employee
        .as_ref()
        .map(|one| (one.department.clone(), one.unit.clone()))
        .unwrap_or_default();
    Ok(Report {
        id,
        track_id: number.as_str().to_owned(),
        status: Status::New,
        category: settings
            .categories
            .recognise(&intake.text)
            .map(ToOwned::to_owned),
        priority: Priority::Normal,
        note: String::new(),
        search: text::fold(&format!("{} {name}", intake.text)),
        text: intake.text,
        channel: intake.channel,
        contact_id: reporter.contact.map(|contact| contact.id),
        address: reporter.address,
        message_id: intake.message_id,
        reporter_name: name,
        reporter_phone: reporter.phone,
        employee_id: reporter.employee.map(|one| one.id),
        department,
        unit,
        created_at: work.now,
        updated_at: work.now,
        touched_at: work.now,
        read: false,
        step_count: 0,
        response_due_at: deadlines.respond_at.as_millisecond(),
        responded_at: None,
        near_at: deadlines.near_at.as_millisecond(),
        due_at: deadlines.due_at.as_millisecond(),
        paused_at: None,
        paused_work_ms: 0,
        finished_at: None,
        work_ms: None,
        confirmed_at: None,
        rating: None,
        comment: None,
        awaiting_validation: false,
        reopened: 0,
        parent_id: None,
        deleted_at: None,
    })
}
