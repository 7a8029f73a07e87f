//! Staff: officers and the people of the desk, their accounts and what they can do.

use std::fmt;

use crate::db::{Run, Sql, Tx, sql};
use crate::domain::permission::Level;
use crate::domain::text::fold;
use crate::store::page::{Page, Want};
use crate::store::{Error, Result, counter};

/// What made ids begin with; a running number follows.
const PREFIX: &str = "ADM";

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Staff {
    pub id: String,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub level: Level,
    /// What the person is there for.
    pub duty: String,
    pub email: String,
    /// Digits with the country code first.
    pub phone: Option<String>,
    /// In lower case.
    pub username: Option<String>,
    /// None as long as the person cannot sign in.
    pub password: Option<Hash>,
    pub active: bool,
    /// At work, so that the rules may propose the person.
    pub present: bool,
    /// Open tasks at most.
    pub max_open: i64,
    /// A list in JSON; [`Staff::skills`] reads it.
    pub skills: String,
    pub note: String,
    /// What the person chose for the screen, as JSON.
    pub profile: String,
    pub created_at: i64,
    pub updated_at: i64,
}

/// The hash of a password; it is not printed.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Hash(String);

/// The columns of [`Staff`].
pub const COLUMNS: &str = "id, name, level, duty, email, phone, username, password, active, \
     present, max_open, skills, note, profile, created_at, updated_at";

/// Which staff a list shows; what is left empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each of them stands somewhere in name, id, username, duty, phone, e-mail or skills.
    pub words: Vec<String>,
    pub level: Option<Level>,
    pub active: Option<bool>,
    pub skill: Option<String>,
}

impl Staff {
    /// Returns what the person can do.
    pub fn skills(&self) -> Vec<String> {
        serde_json::from_str(&self.skills).unwrap_or_default()
    }

    /// Returns true for somebody who may look after the installation.
    pub fn is_administrator(&self) -> bool {
        self.active && self.level == Level::Administrator
    }

    /// Returns the folded text that the person is found by.
    fn words(&self) -> String {
        let (phone, username) = (self.phone.as_deref(), self.username.as_deref());
        let skills = self.skills().join(" ");
        let parts = [
            &self.name,
            &self.id,
            username.unwrap_or_default(),
            &self.duty,
            phone.unwrap_or_default(),
            &self.email,
            &skills,
        ];
        fold(&parts.join(" "))
    }
}

impl Hash {
    /// Takes a hash as the hashing function wrote it.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the text that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hash(…)")
    }
}

impl Filter {
    /// Tells whether a person is shown, as far as the database did not decide it.
    fn takes(&self, staff: &Staff) -> bool {
        let skilled = self.skill.as_deref().is_none_or(|skill| {
            let skill = fold(skill);
            staff.skills().iter().any(|own| fold(own) == skill)
        });
        let words = staff.words();
        skilled && self.words.iter().all(|word| words.contains(&fold(word)))
    }
}

/// Returns a list of skills as it is stored.
pub fn skills_text(skills: &[String]) -> String {
    serde_json::Value::from(skills).to_string()
}

/// Stores a new member; id, phone and username are given once.
pub async fn insert(tx: &mut Tx, staff: &Staff) -> Result<()> {
    let insert = sql(
        "INSERT INTO staff (id, name, level, duty, email, phone, username, active, \
         present, max_open, skills, note, updated_at, password, profile, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    );
    let insert = bound(insert, staff)
        .bind(staff.password.as_ref().map(Hash::as_str))
        .bind(&staff.profile)
        .bind(staff.created_at);
    tx.execute(insert).await.map_err(Error::conflict("staff"))?;
    Ok(())
}

/// Writes back what people edit; password and profile have their own ways.
pub async fn update(tx: &mut Tx, staff: &Staff) -> Result<()> {
    let update = sql(
        "UPDATE staff SET name = $2, level = $3, duty = $4, email = $5, phone = $6, \
         username = $7, active = $8, present = $9, max_open = $10, skills = $11, note = $12, \
         updated_at = $13 WHERE id = $1",
    );
    tx.execute(bound(update, staff))
        .await
        .map_err(Error::conflict("staff"))?;
    Ok(())
}

fn bound(statement: Sql, staff: &Staff) -> Sql {
    statement
        .bind(&staff.id)
        .bind(&staff.name)
        .bind(staff.level.as_str())
        .bind(&staff.duty)
        .bind(&staff.email)
        .bind(staff.phone.as_deref())
        .bind(staff.username.as_deref())
        .bind(staff.active)
        .bind(staff.present)
        .bind(staff.max_open)
        .bind(&staff.skills)
        .bind(&staff.note)
        .bind(staff.updated_at)
}

/// Takes a member out and returns whether there was one; whoever has had a task stays.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool> {
    let delete = sql("DELETE FROM staff WHERE id = $1 AND NOT EXISTS ( \
         SELECT 1 FROM assignment WHERE assignment.staff_id = staff.id)");
    Ok(tx.execute(delete.bind(id)).await? > 0)
}

/// Sets or takes a password.
pub async fn set_password(tx: &mut Tx, id: &str, password: Option<&Hash>, at: i64) -> Result<()> {
    let update = sql("UPDATE staff SET password = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(password.map(Hash::as_str))
        .bind(at);
    tx.execute(update).await?;
    Ok(())
}

/// Puts a fresh hash of the same password in place, unless the password was changed meanwhile.
pub async fn rehash(tx: &mut Tx, id: &str, old: &Hash, new: &Hash) -> Result<()> {
    let update = sql("UPDATE staff SET password = $3 WHERE id = $1 AND password = $2")
        .bind(id)
        .bind(old.as_str())
        .bind(new.as_str());
    tx.execute(update).await?;
    Ok(())
}

/// Stores what a person chose for the screen.
pub async fn set_profile(tx: &mut Tx, id: &str, profile: &str) -> Result<()> {
    let update = sql("UPDATE staff SET profile = $2 WHERE id = $1")
        .bind(id)
        .bind(profile);
    tx.execute(update).await?;
    Ok(())
}

/// Returns one member, active or not.
pub async fn find(run: impl Run, id: &str) -> Result<Option<Staff>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM staff WHERE id = $1")
        .bind(id);
    Ok(run.first(select).await?)
}

/// Returns one member and keeps everybody else from changing it until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &str) -> Result<Option<Staff>> {
    let update = sql("UPDATE staff SET active = active WHERE id = $1 RETURNING ")
        .push(COLUMNS)
        .bind(id);
    Ok(tx.first(update).await?)
}

/// Returns the member with this username in any case, active or not.
pub async fn by_username(run: impl Run, username: &str) -> Result<Option<Staff>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM staff WHERE username = $1")
        .bind(username.to_lowercase());
    Ok(run.first(select).await?)
}

/// Returns the member with this id or username in any case, active or not.
pub async fn find_either(run: impl Run, name: &str) -> Result<Option<Staff>> {
    let name = name.trim();
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM staff WHERE id IN ($1, $2) OR username = $3")
        .push(" ORDER BY CASE id WHEN $1 THEN 0 WHEN $2 THEN 1 ELSE 2 END LIMIT 1")
        .bind(name)
        .bind(name.to_uppercase())
        .bind(name.to_lowercase());
    Ok(run.first(select).await?)
}

/// Returns the active members with these phones.
pub async fn by_phones(run: impl Run, phones: &[&str]) -> Result<Vec<Staff>> {
    if phones.is_empty() {
        return Ok(Vec::new());
    }
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM staff WHERE active")
        .push_in(" AND phone IN", phones);
    Ok(run.all(select).await?)
}

/// Returns the member with this phone, active or not.
pub async fn by_phone(run: impl Run, phone: &str) -> Result<Option<Staff>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM staff WHERE phone = $1")
        .bind(phone);
    Ok(run.first(select).await?)
}

/// Returns a page of the staff by falling id, behind the id `after`; no limit takes all.
///
/// Words and skills are compared here: the staff of a desk are few, and their skills are JSON.
pub async fn page(
    run: impl Run,
    filter: &Filter,
    limit: Option<i64>,
    after: Option<&str>,
) -> Result<Page<Staff>> {
    let mut select = sql("SELECT ").push(COLUMNS).push(" FROM staff WHERE 1 = 1");
    if let Some(level) = filter.level {
        select = select.push_bind(" AND level = ", level.as_str());
    }
    if let Some(active) = filter.active {
        select = select.push_bind(" AND active = ", active);
    }
    if let Some(id) = after {
        select = select.push_bind(" AND id < ", id);
    }
    let mut rows: Vec<Staff> = run.all(select.push(" ORDER BY id DESC")).await?;
    rows.retain(|staff| filter.takes(staff));
    Ok(Want { limit, after: None }.page(rows))
}

/// Returns the ids of the active administrators and keeps them as they are until the transaction
/// ends, so that two of them cannot take the right from each other at once.
pub async fn administrators(tx: &mut Tx) -> Result<Vec<String>> {
    let update = sql("UPDATE staff SET active = active \
         WHERE level = 'administrator' AND active RETURNING id");
    let rows: Vec<(String,)> = tx.all(update).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Returns the next free id. Imported people may have ids already.
pub async fn next_id(tx: &mut Tx) -> Result<String> {
    loop {
        let id = numbered(counter::take(tx, "staff", 1).await? + 1);
        if find(&mut *tx, &id).await?.is_none() {
            return Ok(id);
        }
    }
}

fn numbered(n: i64) -> String {
    format!("{PREFIX}{n:02}")
}

#[cfg(test)]
mod tests {
    use super::{Filter, Hash, Level, Staff, numbered, skills_text};

    fn budi() -> Staff {
        Staff {
            id: "ADM05".into(),
            name: "Budi Santoso".into(),
            level: Level::Tbo,
            duty: "Teknisi listrik".into(),
            email: String::new(),
            phone: Some("62811000005".into()),
            username: Some("budi".into()),
            password: Some(Hash::new("$argon2id$secret".into())),
            active: true,
            present: true,
            max_open: 10,
            skills: skills_text(&["Listrik".into(), "AC \"split\"".into()]),
            note: String::new(),
            profile: "{}".into(),
            created_at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn an_id_has_two_digits_or_more() {
        assert_eq!(numbered(1), "ADM01");
        assert_eq!(numbered(100), "ADM100");
    }

    #[test]
    fn skills_come_back_as_they_were_stored() {
        assert_eq!(budi().skills(), ["Listrik", "AC \"split\""]);
        assert_eq!(
            Staff {
                skills: "?".into(),
                ..budi()
            }
            .skills(),
            [""; 0]
        );
    }

    #[test]
    fn the_hash_of_a_password_is_not_printed() {
        assert!(!format!("{:?}", budi()).contains("argon2id"));
    }

    #[test]
    fn a_list_looks_for_words_and_whole_skills() {
        let with = |words: &[&str], skill: Option<&str>| Filter {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            skill: skill.map(Into::into),
            ..Filter::default()
        };
        for (filter, shown) in [
            (with(&[], None), true),
            (with(&["SANTOSO", "teknisi"], None), true),
            (with(&["adm05"], Some("listrik")), true),
            (with(&["62811000005"], None), true),
            (with(&["sari"], None), false),
            (with(&["budi", "sari"], None), false),
            (with(&[], Some("list")), false),
            (with(&[], Some("ac \"SPLIT\"")), true),
        ] {
            assert_eq!(filter.takes(&budi()), shown, "{filter:?}");
        }
    }

    #[test]
    fn only_an_active_administrator_counts_as_one() {
        let of = |level, active| {
            Staff {
                level,
                active,
                ..budi()
            }
            .is_administrator()
        };
        assert!(of(Level::Administrator, true));
        assert!(!of(Level::Administrator, false));
        assert!(!of(Level::Staf, true));
    }
}
