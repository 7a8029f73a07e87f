//! Looking after staff accounts. One active administrator is always left.

use serde_json::{Value, json};

use crate::action::people::{self, invalid, taken};
use crate::action::{Error, Result, Work};
use crate::domain::permission::{Act, Level};
use crate::store;
use crate::store::audit::Entry;
use crate::store::staff::{Hash, Staff};

mod values;

pub(super) use values::is_username;
use values::{Kept, Values};

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

#[cfg(test)]
mod tests;
