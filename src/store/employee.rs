//! Employees: who works where, found by phone when they write.

use crate::db::{Run, Sql, Tx, sql};
use crate::domain::text::fold;
use crate::store::page::{Page, Want};
use crate::store::{Error, Result, counter};

/// What made ids begin with; year, month and a running number follow.
const PREFIX: &str = "PGW";

/// Somebody of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Employee {
    pub id: String,
    pub name: String,
    pub email: String,
    /// Digits with the country code first.
    pub phone: Option<String>,
    pub department: String,
    pub unit: String,
    pub active: bool,
    pub note: String,
    /// What words are looked for in; [`Employee::words`] makes it.
    pub search: String,
    pub created_at: i64,
    pub updated_at: i64,
}

/// The columns of [`Employee`].
pub const COLUMNS: &str =
    "id, name, email, phone, department, unit, active, note, search, created_at, updated_at";

/// Which employees a list shows; what is left empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each of them stands somewhere in name, id, department, unit, phone or e-mail.
    pub words: Vec<String>,
    pub active: Option<bool>,
    pub department: Option<String>,
    pub unit: Option<String>,
}

impl Employee {
    /// Returns the folded text that the employee is found by.
    pub fn words(&self) -> String {
        let phone = self.phone.as_deref().unwrap_or_default();
        fold(
            &[
                &self.name,
                &self.id,
                &self.department,
                &self.unit,
                phone,
                &self.email,
            ]
            .join(" "),
        )
    }
}

/// Stores a new employee; id and phone are given once.
pub async fn insert(tx: &mut Tx, employee: &Employee) -> Result<()> {
    let insert = sql(
        "INSERT INTO employee (id, name, email, phone, department, unit, active, \
         note, search, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    tx.execute(
        bound(insert, employee)
            .bind(employee.created_at)
            .bind(employee.updated_at),
    )
    .await
    .map_err(Error::conflict("employee"))?;
    Ok(())
}

/// Writes back everything about an employee that can change.
pub async fn update(tx: &mut Tx, employee: &Employee) -> Result<()> {
    let update = sql(
        "UPDATE employee SET name = $2, email = $3, phone = $4, department = $5, \
         unit = $6, active = $7, note = $8, search = $9, updated_at = $10 WHERE id = $1",
    );
    tx.execute(bound(update, employee).bind(employee.updated_at))
        .await
        .map_err(Error::conflict("employee"))?;
    Ok(())
}

fn bound(statement: Sql, employee: &Employee) -> Sql {
    statement
        .bind(&employee.id)
        .bind(&employee.name)
        .bind(&employee.email)
        .bind(employee.phone.as_deref())
        .bind(&employee.department)
        .bind(&employee.unit)
        .bind(employee.active)
        .bind(&employee.note)
        .bind(&employee.search)
}

/// Takes an employee out and returns whether there was one; reports keep what they copied.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(tx
        .execute(sql("DELETE FROM employee WHERE id = $1").bind(id))
        .await?
        > 0)
}

/// Returns one employee, active or not.
pub async fn find(run: impl Run, id: &str) -> Result<Option<Employee>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM employee WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Returns one employee and keeps everybody else from changing it until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &str) -> Result<Option<Employee>> {
    let update = sql("UPDATE employee SET active = active WHERE id = $1 RETURNING ")
        .push(COLUMNS)
        .bind(id);
    Ok(tx.first(update).await?)
}

/// Returns the active employees with these phones.
pub async fn by_phones(run: impl Run, phones: &[&str]) -> Result<Vec<Employee>> {
    if phones.is_empty() {
        return Ok(Vec::new());
    }
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM employee WHERE active")
        .push_in(" AND phone IN", phones);
    Ok(run.all(select).await?)
}

/// Returns the employee with this phone, active or not.
pub async fn by_phone(run: impl Run, phone: &str) -> Result<Option<Employee>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM employee WHERE phone = $1")
        .bind(phone);
    Ok(run.first(select).await?)
}

/// Returns a page of employees by falling id, behind the id `after`; no limit takes all.
pub async fn page(
    run: impl Run,
    filter: &Filter,
    limit: Option<i64>,
    after: Option<&str>,
) -> Result<Page<Employee>> {
    let want = Want { limit, after: None };
    let mut select = matching(filter);
    if let Some(id) = after {
        select = select.push_bind(" AND id < ", id);
    }
    let rows = run
        .all(select.push_bind(" ORDER BY id DESC LIMIT ", want.ask()))
        .await?;
    Ok(want.page(rows))
}

fn matching(filter: &Filter) -> Sql {
    let mut select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM employee WHERE 1 = 1");
    for word in &filter.words {
        select = select
            .push_bind(" AND search LIKE ", pattern(word))
            .push(" ESCAPE '\\'");
    }
    if let Some(active) = filter.active {
        select = select.push_bind(" AND active = ", active);
    }
    if let Some(department) = &filter.department {
        select = select.push_bind(" AND department = ", department);
    }
    if let Some(unit) = &filter.unit {
        select = select.push_bind(" AND unit = ", unit);
    }
    select
}

/// Returns what matches a folded text that holds the word, whatever signs stand in it.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(word).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Returns the next free id of a month; `month` is `yymm`. Imported people may have ids already.
pub async fn next_id(tx: &mut Tx, month: &str) -> Result<String> {
    let counter = format!("employee:{PREFIX}{month}");
    loop {
        let id = numbered(month, counter::take(tx, &counter, 1).await? + 1);
        if find(&mut *tx, &id).await?.is_none() {
            return Ok(id);
        }
    }
}

fn numbered(month: &str, n: i64) -> String {
    format!("{PREFIX}{month}{n:03}")
}

#[cfg(test)]
mod tests {
    use super::{Employee, numbered, pattern};

    #[test]
    fn an_id_has_three_digits_or_more() {
        assert_eq!(numbered("2402", 1), "PGW2402001");
        assert_eq!(numbered("2402", 1000), "PGW24021000");
    }

    #[test]
    fn signs_of_the_pattern_language_stand_for_themselves() {
        for (word, wanted) in [
            ("Sari", "%sari%"),
            ("50%", "%50\\%%"),
            ("a_b", "%a\\_b%"),
            ("c\\d", "%c\\\\d%"),
            ("Café", "%cafe%"),
        ] {
            assert_eq!(pattern(word), wanted, "{word}");
        }
    }

    #[test]
    fn an_employee_is_found_by_everything_that_names_the_person() {
        let employee = Employee {
            id: "PGW2402001".into(),
            name: "Sari Wijaya".into(),
            email: "sari@kampus.example".into(),
            phone: Some("62811000001".into()),
            department: "Teknik Sipil".into(),
            unit: "Tata Usaha".into(),
            active: true,
            note: "cuti".into(),
            search: String::new(),
            created_at: 0,
            updated_at: 0,
        };
        assert_eq!(
            employee.words(),
            "sari wijaya pgw2402001 teknik sipil tata usaha 62811000001 sari@kampus.example"
        );
    }
}
