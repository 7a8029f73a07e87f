//! The people of an invented desk: who reports, who works, who decides.

use std::collections::HashMap;

use super::dice::Dice;
use super::{Plan, word};
use crate::action::{Error, Result, Work};
use crate::domain::permission::Level;
use crate::domain::phone::{Address, Phone};
use crate::store;
use crate::store::contact::Contact;
use crate::store::employee::Employee;
use crate::store::staff::{Staff, skills_text};

/// The first phone numbers of staff, of employees and of guests.
const STAFF_PHONES: u64 = 1;
const EMPLOYEE_PHONES: u64 = 1000;
/// Beyond these the desk sits for an hour of the clock: more people than that nobody seeds.
const MOST: u64 = 90_000;
/// How many of ten staff sit at the desk and give out the work.
const DESK: usize = 2;

/// Somebody who reports.
#[derive(Debug, Clone)]
pub(super) struct Reporter {
    pub(super) contact_id: i64,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) employee_id: Option<String>,
    pub(super) department: String,
    pub(super) unit: String,
    pub(super) last_in_at: i64,
}

/// Somebody of the staff who works on reports.
#[derive(Debug, Clone)]
pub(super) struct Officer {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) contact_id: i64,
    pub(super) address: String,
}

/// Everybody.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) reporters: Vec<Reporter>,
    pub(super) officers: Vec<Officer>,
    /// Ids of those who give out the work.
    pub(super) desk: Vec<String>,
}

/// Makes the people of a plan; those of the same phones who are there already take part.
pub(super) async fn settle(work: &mut Work<'_>, plan: &Plan, dice: &Dice) -> Result<People> {
    let mut people = People::default();
    let staff = plan.staff.clamp(2, 500);
    for index in 0..staff {
        let mut dice = dice.of(1_000_000 + index);
        let staff = member(work, &mut dice, index).await?;
        if index < DESK as u64 {
            people.desk.push(staff.id);
        } else if let Some(phone) = staff.phone {
            people
                .officers
                .push(officer(work, (staff.id, staff.name), phone)?);
        }
    }
    let employees = plan.employees.clamp(1, MOST);
    for index in 0..employees + employees / 4 + 2 {
        let mut dice = dice.of(2_000_000 + index);
        let phone = phone(EMPLOYEE_PHONES + index);
        let employee = if index < employees {
            Some(employee(work, &mut dice, &phone).await?)
        } else {
            None
        };
        people
            .reporters
            .push(reporter(work, &mut dice, (phone, employee))?);
    }
    introduce(work, &mut people).await?;
    Ok(people)
}

/// Returns the `n`th invented number.
fn phone(n: u64) -> String {
    format!("62811{n:08}")
}

fn address(work: &Work<'_>, phone: &str) -> Result<String> {
    let parsed = Phone::parse(phone, &work.settings.config.org.country_code);
    let phone = parsed.map_err(|_| Error::Invalid {
        what: "phone",
        value: phone.to_owned(),
        why: "why-phone",
    })?;
    Ok(Address::Phone(phone).canonical())
}

async fn member(work: &mut Work<'_>, dice: &mut Dice, index: u64) -> Result<Staff> {
    let phone = phone(STAFF_PHONES + index);
    if let Some(known) = store::staff::by_phone(&mut work.tx, &phone).await? {
        return Ok(known);
    }
    let name = word::name(dice);
    let username = name.to_lowercase().replace(' ', ".");
    let taken = store::staff::find_either(&mut work.tx, &username)
        .await?
        .is_some();
    let at_desk = index < DESK as u64;
    let skilled = &word::SKILLS[usize::try_from(index).unwrap_or_default() % word::SKILLS.len()];
    let skills: Vec<String> = skilled.1.iter().map(ToString::to_string).collect();
    let staff = Staff {
        id: store::staff::next_id(&mut work.tx).await?,
        level: if at_desk { Level::Staf } else { Level::Tbo },
        duty: if at_desk { "Meja laporan" } else { skilled.0 }.to_owned(),
        email: format!("{username}@kampus.example"),
        phone: Some(phone),
        username: (!taken).then_some(username),
        password: None,
        active: true,
        present: !dice.chance(120),
        max_open: 25,
        skills: skills_text(if at_desk { &[] } else { &skills }),
        note: String::new(),
        profile: "{}".to_owned(),
        created_at: work.now,
        updated_at: work.now,
        name,
    };
    store::staff::insert(&mut work.tx, &staff).await?;
    Ok(staff)
}

async fn employee(work: &mut Work<'_>, dice: &mut Dice, phone: &str) -> Result<Employee> {
    if let Some(known) = store::employee::by_phone(&mut work.tx, phone).await? {
        return Ok(known);
    }
    let name = word::name(dice);
    let (department, unit) = word::unit(dice);
    let month = format!("{}{:02}", 20 + dice.below(5), 1 + dice.below(12));
    let mut employee = Employee {
        id: store::employee::next_id(&mut work.tx, &month).await?,
        email: format!("{}@kampus.example", name.to_lowercase().replace(' ', ".")),
        phone: Some(phone.to_owned()),
        department: department.to_owned(),
        unit: unit.to_owned(),
        active: true,
        note: String::new(),
        search: String::new(),
        created_at: work.now,
        updated_at: work.now,
        name,
    };
    employee.search = employee.words();
    store::employee::insert(&mut work.tx, &employee).await?;
    Ok(employee)
}

fn reporter(
    work: &Work<'_>,
    dice: &mut Dice,
    (phone, employee): (String, Option<Employee>),
) -> Result<Reporter> {
    let guest = word::name(dice);
    Ok(Reporter {
        contact_id: 0,
        address: address(work, &phone)?,
        name: employee.as_ref().map_or(guest, |one| one.name.clone()),
        department: employee
            .as_ref()
            .map(|one| one.department.clone())
            .unwrap_or_default(),
        unit: employee
            .as_ref()
            .map(|one| one.unit.clone())
            .unwrap_or_default(),
        employee_id: employee.map(|one| one.id),
        phone,
        last_in_at: 0,
    })
}

fn officer(work: &Work<'_>, (id, name): (String, String), phone: String) -> Result<Officer> {
    Ok(Officer {
        id,
        name,
        contact_id: 0,
        address: address(work, &phone)?,
        phone,
    })
}

/// Finds or makes the contact of everybody who writes.
async fn introduce(work: &mut Work<'_>, people: &mut People) -> Result<()> {
    let mut known: HashMap<String, i64> = HashMap::new();
    let addresses: Vec<&str> = people
        .reporters
        .iter()
        .map(|one| one.address.as_str())
        .collect();
    let officers = people.officers.iter().map(|one| one.address.as_str());
    let addresses: Vec<&str> = addresses.into_iter().chain(officers).collect();
    for part in addresses.chunks(512) {
        let found = store::contact::by_addresses(&mut work.tx, part).await?;
        known.extend(
            found
                .into_iter()
                .map(|(address, contact)| (address, contact.id)),
        );
    }
    let mut made = Vec::new();
    for one in &mut people.reporters {
        let who = (one.name.as_str(), one.phone.as_str(), one.address.as_str());
        one.contact_id = contact(work, &known, who, &mut made).await?;
    }
    for one in &mut people.officers {
        let who = (one.name.as_str(), one.phone.as_str(), one.address.as_str());
        one.contact_id = contact(work, &known, who, &mut made).await?;
    }
    store::contact::insert(&mut work.tx, &made).await?;
    Ok(())
}

async fn contact(
    work: &mut Work<'_>,
    known: &HashMap<String, i64>,
    (name, phone, address): (&str, &str, &str),
    made: &mut Vec<(Contact, String)>,
) -> Result<i64> {
    if let Some(id) = known.get(address) {
        return Ok(*id);
    }
    let contact = Contact {
        id: work.id().await?,
        name: name.to_owned(),
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
    let id = contact.id;
    made.push((contact, address.to_owned()));
    Ok(id)
}

impl People {
    /// Returns the index of somebody who reports; some report much more than others.
    pub(super) fn reporter(&self, dice: &mut Dice) -> usize {
        let count = self.reporters.len() as u64;
        let most = if dice.chance(400) {
            (count / 5).max(1)
        } else {
            count
        };
        usize::try_from(dice.below(most)).unwrap_or_default()
    }
}
