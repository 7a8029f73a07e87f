//! Looking after staff accounts. One active administrator is always left.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::action::people::{self, invalid, taken};
use crate::action::{Error, Result, Work};
use crate::domain::permission::{Act, Level};
use crate::domain::text::fold;
use crate::store;
use crate::store::audit::Entry;
use crate::store::staff::{Hash, Staff, skills_text};

/// Open tasks at most of somebody of whom nothing else was said.
const MAX_OPEN: i64 = 10;
/// The largest number of open tasks that can be set.
const MOST_OPEN: i64 = 1_000;
/// How many skills one person may have.
const SKILLS: usize = 50;

/// What is said about a member of the staff; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub name: Option<String>,
    pub level: Option<Level>,
    pub duty: Option<String>,
    pub email: Option<String>,
    /// In any spelling; an empty one takes the number away.
    pub phone: Option<String>,
    /// An empty one takes the name away, so that nobody can sign in with it.
    pub username: Option<String>,
    pub present: Option<bool>,
    /// Open tasks at most; 0 for somebody whom the rules never propose.
    pub max_open: Option<i64>,
    pub skills: Option<Vec<String>>,
    pub note: Option<String>,
}

/// Everything about a member that can be changed and put back; never the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Values {
    name: String,
    level: Level,
    duty: String,
    email: String,
    phone: Option<String>,
    username: Option<String>,
    active: bool,
    present: bool,
    max_open: i64,
    skills: Vec<String>,
    note: String,
}

impl Values {
    fn new(level: Level) -> Self {
        Self {
            name: String::new(),
            level,
            duty: String::new(),
            email: String::new(),
            phone: None,
            username: None,
            active: true,
            present: true,
            max_open: MAX_OPEN,
            skills: Vec::new(),
            note: String::new(),
        }
    }

    fn of(staff: &Staff) -> Self {
        let skills = staff.skills();
        let one = staff.clone();
        Self {
            name: one.name,
            level: one.level,
            duty: one.duty,
            email: one.email,
            phone: one.phone,
            username: one.username,
            active: one.active,
            present: one.present,
            max_open: one.max_open,
            skills,
            note: one.note,
        }
    }

    fn fill(&mut self, work: &Work<'_>, form: Form) -> Result<()> {
        if let Some(name) = form.name {
            self.name = people::name(&name)?;
        }
        if let Some(email) = form.email {
            self.email = people::email(&email)?;
        }
        if let Some(phone) = form.phone {
            self.phone = people::phone(work, &phone)?;
        }
        if let Some(username) = form.username {
            self.username = username_of(&username)?;
        }
        if let Some(max_open) = form.max_open {
            self.max_open = max_open_of(max_open)?;
        }
        if let Some(skills) = form.skills {
            self.skills = skills_of(&skills)?;
        }
        self.duty = form
            .duty
            .map_or_else(|| self.duty.clone(), |duty| people::line(&duty));
        self.note = form
            .note
            .map_or_else(|| self.note.clone(), |note| people::note(&note));
        self.level = form.level.unwrap_or(self.level);
        self.present = form.present.unwrap_or(self.present);
        Ok(())
    }

    fn into_staff(self, id: String, kept: Kept) -> Staff {
        Staff {
            id,
            name: self.name,
            level: self.level,
            duty: self.duty,
            email: self.email,
            phone: self.phone,
            username: self.username,
            password: kept.password,
            active: self.active,
            present: self.present,
            max_open: self.max_open,
            skills: skills_text(&self.skills),
            note: self.note,
            profile: kept.profile,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }

    fn is_administrator(&self) -> bool {
        self.active && self.level == Level::Administrator
    }
}

/// What a change leaves alone.
struct Kept {
    password: Option<Hash>,
    profile: String,
    created_at: i64,
    updated_at: i64,
}

impl Kept {
    fn of(staff: Staff, now: i64) -> Self {
        Self {
            password: staff.password,
            profile: staff.profile,
            created_at: staff.created_at,
            updated_at: now,
        }
    }

    fn new(password: Option<Hash>, now: i64) -> Self {
        Self {
            password,
            profile: "{}".into(),
            created_at: now,
            updated_at: now,
        }
    }
}

/// Takes a member in, without an id under the next free one; without a password the person
/// cannot sign in yet.
pub async fn add(
    work: &mut Work<'_>,
    id: Option<&str>,
    form: Form,
    password: Option<Hash>,
) -> Result<Staff> {
    work.actor.check(Act::ManageStaff)?;
    let level = form
        .level
        .ok_or_else(|| invalid("level", "", "why-empty"))?;
    let mut values = Values::new(level);
    let name = Some(form.name.unwrap_or_default());
    values.fill(work, Form { name, ..form })?;
    let id = match id {
        Some(id) => free_id(work, id).await?,
        None => store::staff::next_id(&mut work.tx).await?,
    };
    check_free(work, &id, &values).await?;
    work.audit(people::written("staff-add", &id, (None, Some(&values))));
    let staff = values.into_staff(id, Kept::new(password, work.now));
    store::staff::insert(&mut work.tx, &staff).await?;
    Ok(staff)
}

/// Changes what the form says about a member, found by id or username.
pub async fn edit(work: &mut Work<'_>, name: &str, form: Form) -> Result<Staff> {
    let (staff, others) = take(work, name).await?;
    let mut values = Values::of(&staff);
    values.fill(work, form)?;
    change(work, (staff, others), values, "staff-edit").await
}

/// Takes a member out of use, who then neither signs in nor gives commands by chat.
pub async fn disable(work: &mut Work<'_>, name: &str) -> Result<Staff> {
    let (staff, others) = take(work, name).await?;
    let values = Values {
        active: false,
        ..Values::of(&staff)
    };
    change(work, (staff, others), values, "staff-disable").await
}

/// Takes a member back into use.
pub async fn enable(work: &mut Work<'_>, name: &str) -> Result<Staff> {
    let (staff, others) = take(work, name).await?;
    let values = Values {
        active: true,
        ..Values::of(&staff)
    };
    change(work, (staff, others), values, "staff-enable").await
}

/// Gives a member, found by id or username, a password that was checked and hashed before, so
/// that nobody waits for the hashing. Everybody may change the own one.
pub async fn passwd(work: &mut Work<'_>, name: &str, password: &Hash) -> Result<Staff> {
    let found = store::staff::find_either(&mut work.tx, name).await?;
    let own = found
        .as_ref()
        .is_some_and(|staff| work.actor.staff.as_ref() == Some(&staff.id));
    if !own {
        work.actor.check(Act::ManageStaff)?;
    }
    let mut staff = found.ok_or_else(|| Error::missing("staff", name))?;
    store::staff::set_password(&mut work.tx, &staff.id, Some(password), work.now).await?;
    staff.password = Some(password.clone());
    staff.updated_at = work.now;
    work.audit(Entry {
        act: "staff-passwd",
        object: staff.id.clone(),
        detail: json!({}).to_string(),
        undoable: false,
    });
    Ok(staff)
}

/// Puts a member back from `after` to `before`, unless somebody changed it since. `null` stands
/// for a member that was not there. The act itself is for the caller to write down.
pub async fn restore(work: &mut Work<'_>, id: &str, before: &Value, after: &Value) -> Result<()> {
    work.actor.check(Act::ManageStaff)?;
    let (wanted, expected) = (
        people::read::<Values>(id, before)?,
        people::read(id, after)?,
    );
    let administrators = store::staff::administrators(&mut work.tx).await?;
    let current = store::staff::lock(&mut work.tx, id).await?;
    if current.as_ref().map(Values::of) != expected {
        return Err(Error::Changed(id.to_owned()));
    }
    if !wanted.as_ref().is_some_and(Values::is_administrator) {
        keep_one(current.as_ref(), &administrators)?;
    }
    match wanted {
        Some(values) => put(work, id, values, current).await,
        None => drop_new(work, id).await,
    }
}

async fn put(work: &mut Work<'_>, id: &str, values: Values, old: Option<Staff>) -> Result<()> {
    check_free(work, id, &values).await?;
    let is_new = old.is_none();
    let kept = old.map_or_else(
        || Kept::new(None, work.now),
        |staff| Kept::of(staff, work.now),
    );
    let staff = values.into_staff(id.to_owned(), kept);
    if is_new {
        store::staff::insert(&mut work.tx, &staff).await?;
    } else {
        store::staff::update(&mut work.tx, &staff).await?;
    }
    Ok(())
}

async fn drop_new(work: &mut Work<'_>, id: &str) -> Result<()> {
    if store::staff::remove(&mut work.tx, id).await? {
        return Ok(());
    }
    Err(Error::Changed(id.to_owned()))
}

/// Returns a locked member and who is administrator now.
async fn take(work: &mut Work<'_>, name: &str) -> Result<(Staff, Vec<String>)> {
    work.actor.check(Act::ManageStaff)?;
    let found = store::staff::find_either(&mut work.tx, name).await?;
    let id = found.ok_or_else(|| Error::missing("staff", name))?.id;
    // Everybody locks in this order, so that nobody waits for the other in a ring.
    let administrators = store::staff::administrators(&mut work.tx).await?;
    let staff = store::staff::lock(&mut work.tx, &id).await?;
    Ok((
        staff.ok_or_else(|| Error::missing("staff", name))?,
        administrators,
    ))
}

async fn change(
    work: &mut Work<'_>,
    (staff, administrators): (Staff, Vec<String>),
    values: Values,
    act: &'static str,
) -> Result<Staff> {
    let before = Values::of(&staff);
    if before == values {
        return Ok(staff);
    }
    if !values.is_administrator() {
        keep_one(Some(&staff), &administrators)?;
    }
    check_free(work, &staff.id, &values).await?;
    work.audit(people::written(
        act,
        &staff.id,
        (Some(&before), Some(&values)),
    ));
    let id = staff.id.clone();
    let staff = values.into_staff(id, Kept::of(staff, work.now));
    store::staff::update(&mut work.tx, &staff).await?;
    Ok(staff)
}

/// Refuses to let the last administrator go.
fn keep_one(leaving: Option<&Staff>, administrators: &[String]) -> Result<()> {
    match leaving {
        Some(staff) if staff.is_administrator() && *administrators == [staff.id.as_str()] => {
            Err(Error::LastAdministrator {
                name: staff.name.clone(),
            })
        }
        _ => Ok(()),
    }
}

async fn free_id(work: &mut Work<'_>, raw: &str) -> Result<String> {
    let id = people::id(raw)?;
    // Whoever is named on a command line may be meant by either.
    match store::staff::find_either(&mut work.tx, &id).await? {
        Some(other) => Err(taken("id", &id, (&other.id, &other.name))),
        None => Ok(id),
    }
}

async fn check_free(work: &mut Work<'_>, id: &str, values: &Values) -> Result<()> {
    if let Some(phone) = values.phone.as_deref() {
        let other = store::staff::by_phone(&mut work.tx, phone).await?;
        check_other("phone", phone, (id, other.as_ref()))?;
    }
    if let Some(username) = values.username.as_deref() {
        let other = store::staff::by_username(&mut work.tx, username).await?;
        check_other("username", username, (id, other.as_ref()))?;
        let other = store::staff::find_either(&mut work.tx, username).await?;
        check_other("username", username, (id, other.as_ref()))?;
    }
    Ok(())
}

fn check_other(what: &'static str, value: &str, found: (&str, Option<&Staff>)) -> Result<()> {
    match found {
        (id, Some(other)) if other.id != id => Err(taken(what, value, (&other.id, &other.name))),
        _ => Ok(()),
    }
}

/// Reads a username; an empty one means that there is none.
fn username_of(raw: &str) -> Result<Option<String>> {
    let username = raw.trim().to_lowercase();
    if username.is_empty() {
        return Ok(None);
    }
    if !is_username(&username) {
        return Err(invalid("username", raw, "why-username"));
    }
    Ok(Some(username))
}

/// Tells whether a text could be a username.
pub(super) fn is_username(text: &str) -> bool {
    let sign = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '@')
    };
    (2..=40).contains(&text.len()) && text.chars().all(sign)
}

fn max_open_of(max_open: i64) -> Result<i64> {
    if !(0..=MOST_OPEN).contains(&max_open) {
        return Err(invalid("max_open", &max_open.to_string(), "why-max-open"));
    }
    Ok(max_open)
}

/// Reads skills, each once in the order given.
fn skills_of(raw: &[String]) -> Result<Vec<String>> {
    let mut skills: Vec<String> = Vec::new();
    for skill in raw
        .iter()
        .map(|skill| people::line(skill))
        .filter(|skill| !skill.is_empty())
    {
        if skills.iter().all(|known| fold(known) != fold(&skill)) {
            skills.push(skill);
        }
    }
    if skills.len() > SKILLS {
        return Err(invalid("skills", &skills.len().to_string(), "why-too-many"));
    }
    Ok(skills)
}

#[cfg(test)]
mod tests;
