//! Looking after the list of employees.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::action::people::{self, taken};
use crate::action::{Error, Result, Work};
use crate::domain::permission::Act;
use crate::store;
use crate::store::employee::Employee;

/// What is said about an employee; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub name: Option<String>,
    pub email: Option<String>,
    /// In any spelling; an empty one takes the number away.
    pub phone: Option<String>,
    pub department: Option<String>,
    pub unit: Option<String>,
    pub note: Option<String>,
}

/// Everything about an employee that can be changed and put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Values {
    name: String,
    email: String,
    phone: Option<String>,
    department: String,
    unit: String,
    active: bool,
    note: String,
}

impl Values {
    fn of(employee: &Employee) -> Self {
        let one = employee.clone();
        Self {
            name: one.name,
            email: one.email,
            phone: one.phone,
            department: one.department,
            unit: one.unit,
            active: one.active,
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
        if let Some(department) = form.department {
            self.department = people::line(&department);
        }
        if let Some(unit) = form.unit {
            self.unit = people::line(&unit);
        }
        if let Some(note) = form.note {
            self.note = people::note(&note);
        }
        Ok(())
    }

    fn into_employee(self, id: String, (created_at, updated_at): (i64, i64)) -> Employee {
        let mut employee = Employee {
            id,
            name: self.name,
            email: self.email,
            phone: self.phone,
            department: self.department,
            unit: self.unit,
            active: self.active,
            note: self.note,
            search: String::new(),
            created_at,
            updated_at,
        };
        employee.search = employee.words();
        employee
    }
}

/// Takes an employee in; without an id the next of the month is given.
pub async fn add(work: &mut Work<'_>, id: Option<&str>, form: Form) -> Result<Employee> {
    work.actor.check(Act::ManageEmployees)?;
    let mut values = Values {
        name: String::new(),
        email: String::new(),
        phone: None,
        department: String::new(),
        unit: String::new(),
        active: true,
        note: String::new(),
    };
    let name = Some(form.name.unwrap_or_default());
    values.fill(work, Form { name, ..form })?;
    let id = match id {
        Some(id) => free_id(work, id).await?,
        None => next_id(work).await?,
    };
    check_phone(work, &id, &values).await?;
    work.audit(people::written("employee-add", &id, (None, Some(&values))));
    let employee = values.into_employee(id, (work.now, work.now));
    store::employee::insert(&mut work.tx, &employee).await?;
    Ok(employee)
}

/// Changes what the form says about an employee.
pub async fn edit(work: &mut Work<'_>, id: &str, form: Form) -> Result<Employee> {
    let employee = take(work, id).await?;
    let mut values = Values::of(&employee);
    values.fill(work, form)?;
    change(work, employee, values, "employee-edit").await
}

/// Takes an employee out of use; the person's phone counts as a stranger's from then on.
pub async fn disable(work: &mut Work<'_>, id: &str) -> Result<Employee> {
    let employee = take(work, id).await?;
    let values = Values {
        active: false,
        ..Values::of(&employee)
    };
    change(work, employee, values, "employee-disable").await
}

/// Takes an employee back into use.
pub async fn enable(work: &mut Work<'_>, id: &str) -> Result<Employee> {
    let employee = take(work, id).await?;
    let values = Values {
        active: true,
        ..Values::of(&employee)
    };
    change(work, employee, values, "employee-enable").await
}

/// Puts an employee back from `after` to `before`, unless somebody changed it since. `null` stands
/// for an employee that was not there. The act itself is for the caller to write down.
pub async fn restore(work: &mut Work<'_>, id: &str, before: &Value, after: &Value) -> Result<()> {
    work.actor.check(Act::ManageEmployees)?;
    let (wanted, expected) = (
        people::read::<Values>(id, before)?,
        people::read(id, after)?,
    );
    let current = store::employee::lock(&mut work.tx, id).await?;
    if current.as_ref().map(Values::of) != expected {
        return Err(Error::Changed(id.to_owned()));
    }
    let Some(values) = wanted else {
        store::employee::remove(&mut work.tx, id).await?;
        return Ok(());
    };
    check_phone(work, id, &values).await?;
    let since = current
        .as_ref()
        .map_or(work.now, |employee| employee.created_at);
    let employee = values.into_employee(id.to_owned(), (since, work.now));
    match current {
        Some(_) => store::employee::update(&mut work.tx, &employee).await?,
        None => store::employee::insert(&mut work.tx, &employee).await?,
    }
    Ok(())
}

async fn take(work: &mut Work<'_>, id: &str) -> Result<Employee> {
    work.actor.check(Act::ManageEmployees)?;
    let found = store::employee::lock(&mut work.tx, id.trim()).await?;
    found.ok_or_else(|| Error::missing("employee", id))
}

async fn change(
    work: &mut Work<'_>,
    employee: Employee,
    values: Values,
    act: &'static str,
) -> Result<Employee> {
    let before = Values::of(&employee);
    if before == values {
        return Ok(employee);
    }
    check_phone(work, &employee.id, &values).await?;
    work.audit(people::written(
        act,
        &employee.id,
        (Some(&before), Some(&values)),
    ));
    let employee = values.into_employee(employee.id, (employee.created_at, work.now));
    store::employee::update(&mut work.tx, &employee).await?;
    Ok(employee)
}

async fn free_id(work: &mut Work<'_>, raw: &str) -> Result<String> {
    let id = people::id(raw)?;
    match store::employee::find(&mut work.tx, &id).await? {
        Some(other) => Err(taken("id", &id, (&other.id, &other.name))),
        None => Ok(id),
    }
}

async fn next_id(work: &mut Work<'_>) -> Result<String> {
    let local = work.settings.local(work.now);
    let month = format!("{:02}{:02}", local.year().rem_euclid(100), local.month());
    Ok(store::employee::next_id(&mut work.tx, &month).await?)
}

async fn check_phone(work: &mut Work<'_>, id: &str, values: &Values) -> Result<()> {
    let Some(phone) = values.phone.as_deref() else {
        return Ok(());
    };
    match store::employee::by_phone(&mut work.tx, phone).await? {
        Some(other) if other.id != id => Err(taken("phone", phone, (&other.id, &other.name))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Employee, Values};

    #[test]
    fn nothing_that_can_be_changed_is_lost_on_the_way() {
        let mut employee = Employee {
            id: "PGW2402001".into(),
            name: "Sari".into(),
            email: "sari@kampus.example".into(),
            phone: Some("62811000001".into()),
            department: "Sipil".into(),
            unit: "TU".into(),
            active: false,
            note: "cuti".into(),
            search: String::new(),
            created_at: 1,
            updated_at: 2,
        };
        employee.search = employee.words();
        let json = serde_json::to_value(Values::of(&employee)).unwrap();
        let values: Values = serde_json::from_value(json).unwrap();
        assert_eq!(values.into_employee("PGW2402001".into(), (1, 2)), employee);
    }
}
