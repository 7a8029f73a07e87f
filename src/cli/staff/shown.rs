//! Members of the staff as JSON, as a table and as filters see them.

use serde_json::{Value, json};

use crate::cli::act::Session;
use crate::cli::shell::Shell;
use crate::cli::sieve::Person;
use crate::cli::view::{self, Table};
use crate::domain::filter::NameField;
use crate::domain::permission::Level;
use crate::domain::text::fold;
use crate::store::staff::Staff as Member;

pub(super) fn can_sign_in(member: &Member) -> bool {
    member.active && member.username.is_some() && member.password.is_some()
}

pub(super) fn shape(session: &Session<'_>, member: &Member) -> Value {
    let settings = session.desk.settings();
    json!({
        "id": member.id,
        "name": member.name,
        "level": member.level.as_str(),
        "duty": member.duty,
        "email": member.email,
        "phone": member.phone,
        "username": member.username,
        "can_sign_in": can_sign_in(member),
        "active": member.active,
        "present": member.present,
        "max_open": member.max_open,
        "skills": member.skills(),
        "note": member.note,
        "created_at": view::time(&settings, member.created_at),
        "updated_at": view::time(&settings, member.updated_at),
    })
}

pub(super) fn lines(shell: &Shell, rows: &[Member]) -> Table {
    let heads = [
        "column-id",
        "column-name",
        "column-level",
        "column-phone",
        "column-username",
        "column-skills",
        "column-active",
    ];
    let mut table = Table::new(shell, &heads);
    for member in rows {
        let active = if member.active {
            "word-active"
        } else {
            "word-inactive"
        };
        table.row([
            member.id.clone(),
            member.name.clone(),
            member.level.label(shell.lang()).to_owned(),
            member.phone.clone().unwrap_or_default(),
            member.username.clone().unwrap_or_default(),
            member.skills().join(", "),
            shell.say(active, &[]),
        ]);
    }
    table
}

impl Person for Member {
    fn id(&self) -> &str {
        &self.id
    }

    fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    fn active(&self) -> bool {
        self.active
    }

    fn words(&self) -> String {
        let skills = self.skills().join(" ");
        let username = self.username.as_deref().unwrap_or_default();
        let phone = self.phone.as_deref().unwrap_or_default();
        fold(
            &[
                &self.name,
                &self.id,
                username,
                &self.duty,
                phone,
                &self.email,
                &skills,
            ]
            .join(" "),
        )
    }

    fn names(&self, field: NameField) -> Vec<String> {
        match field {
            NameField::Skill => self.skills(),
            _ => vec![self.name.clone()],
        }
    }

    fn level(&self) -> Option<Level> {
        Some(self.level)
    }
}
