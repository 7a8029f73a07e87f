//! What can be said about a member of the staff, cleaned and checked.

use serde::{Deserialize, Serialize};

use crate::action::people::staff::Form;
use crate::action::people::{self, invalid};
use crate::action::{Result, Work};
use crate::domain::permission::Level;
use crate::domain::text::fold;
use crate::store::staff::{Hash, Staff, skills_text};

/// Open tasks at most of somebody of whom nothing else was said.
const MAX_OPEN: i64 = 10;
/// The largest number of open tasks that can be set.
const MOST_OPEN: i64 = 1_000;
/// How many skills one person may have.
const SKILLS: usize = 50;

/// Everything about a member that can be changed and put back; never the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Values {
    pub(super) name: String,
    pub(super) level: Level,
    pub(super) duty: String,
    pub(super) email: String,
    pub(super) phone: Option<String>,
    pub(super) username: Option<String>,
    pub(super) active: bool,
    pub(super) present: bool,
    pub(super) max_open: i64,
    pub(super) skills: Vec<String>,
    pub(super) note: String,
}

impl Values {
    pub(super) fn new(level: Level) -> Self {
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

    pub(super) fn of(staff: &Staff) -> Self {
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

    pub(super) fn fill(&mut self, work: &Work<'_>, form: Form) -> Result<()> {
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

    pub(super) fn into_staff(self, id: String, kept: Kept) -> Staff {
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

    pub(super) fn is_administrator(&self) -> bool {
        self.active && self.level == Level::Administrator
    }
}

/// What a change leaves alone.
pub(super) struct Kept {
    password: Option<Hash>,
    profile: String,
    created_at: i64,
    updated_at: i64,
}

impl Kept {
    pub(super) fn of(staff: Staff, now: i64) -> Self {
        Self {
            password: staff.password,
            profile: staff.profile,
            created_at: staff.created_at,
            updated_at: now,
        }
    }

    pub(super) fn new(password: Option<Hash>, now: i64) -> Self {
        Self {
            password,
            profile: "{}".into(),
            created_at: now,
            updated_at: now,
        }
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
pub(in crate::action::people) fn is_username(text: &str) -> bool {
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
