//! What setup makes behind a settings file: the database and the first administrator.

use std::path::Path;

use crate::action::people::{self, password, staff::Form};
use crate::cli::Global;
use crate::cli::act::Session;
use crate::cli::channel::webhook;
use crate::cli::failure::Failure;
use crate::cli::setup::answer::Answers;
use crate::cli::shell::{Opened, Shell};
use crate::config::Config;
use crate::db;
use crate::domain::permission::Level;
use crate::secret::{Secret, environment};
use crate::store;
use crate::store::staff::{Filter, Staff};

/// Letters and digits that nobody mistakes for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Groups of a made password, and how long each is: about 99 bits in all.
const GROUPS: usize = 4;
const GROUP: usize = 5;

/// What there is now, and what of it is new.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) database: String,
    pub(super) has_new_database: bool,
    pub(super) admin: Option<Staff>,
    pub(super) has_new_admin: bool,
    /// The password, when it was made here; it is shown once.
    pub(super) password: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) webhook: Option<String>,
}

impl Made {
    /// Tells whether anything is new.
    pub(super) fn anything(&self) -> bool {
        self.has_new_database || self.has_new_admin
    }
}

/// Makes what a settings file names and what is still missing.
pub(super) async fn make(shell: &Shell, config: &Path, answers: &Answers) -> Result<Made, Failure> {
    let global = Global {
        config: Some(config.to_owned()),
        ..shell.global.clone()
    };
    let shell = Shell::new(global)?;
    let applied = match shell.database(Opened::AsIs, "tanggap").await {
        Ok(db) => {
            let applied = db::schema(&db).await?.applied;
            db.close().await;
            applied
        }
        Err(_) => 0,
    };
    let desk = shell.open(Opened::Prepared, "tanggap").await?;
    let settings = desk.settings();
    let actor = shell.actor(&desk).await?;
    let session = Session {
        shell: &shell,
        desk: desk.into(),
        actor,
    };
    let mut made = administrator(&session, answers).await?;
    made.database = shell.place();
    made.has_new_database = applied == 0;
    tell_channel(&mut made, &settings.config)?;
    session.desk.db.close().await;
    Ok(made)
}

/// Returns the administrator who is there, or makes the first one.
async fn administrator(session: &Session<'_>, answers: &Answers) -> Result<Made, Failure> {
    let wanted = Filter {
        level: Some(Level::Administrator),
        active: Some(true),
        ..Filter::default()
    };
    let found = store::staff::page(&session.desk.db, &wanted, None, None).await?;
    if let Some(admin) = found.rows.into_iter().next_back() {
        return Ok(Made {
            admin: Some(admin),
            ..Made::default()
        });
    }
    let said = |key, default: &str| match answers.text(key) {
        "" => default.to_owned(),
        said => said.to_owned(),
    };
    let (name, username) = (
        said("admin.name", "Administrator"),
        said("admin.username", "admin"),
    );
    let (typed, shown) = chosen(answers)?;
    let hash = password::hash(&session.desk, &typed, &[&name, &username]).await?;
    let optional = |key| Some(answers.text(key).to_owned()).filter(|text| !text.is_empty());
    let form = Form {
        name: Some(name),
        level: Some(Level::Administrator),
        email: optional("admin.email"),
        phone: optional("admin.phone"),
        username: Some(username),
        ..Form::default()
    };
    let id = optional("admin.id");
    let admin = session
        .act(async |work| {
            people::staff::add(work, id.as_deref(), form.clone(), Some(hash.clone())).await
        })
        .await?;
    Ok(Made {
        admin: Some(admin),
        has_new_admin: true,
        password: shown,
        ..Made::default()
    })
}

/// Returns the password and, if it was made here, the text to be shown once.
fn chosen(answers: &Answers) -> Result<(secrecy::SecretString, Option<String>), Failure> {
    if let Some(secret) = answers.secret("admin.password") {
        return Ok((Secret::open(&secret, "admin.password", &environment)?, None));
    }
    let made = random_password();
    Ok((made.as_str().into(), Some(made)))
}

fn random_password() -> String {
    let letter = |_| char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    let group = |_| (0..GROUP).map(letter).collect::<String>();
    (0..GROUPS).map(group).collect::<Vec<_>>().join("-")
}

/// Adds the webhook address of the first channel, which the gateway is to be told.
fn tell_channel(made: &mut Made, config: &Config) -> Result<(), Failure> {
    let Some(channel) = config.channel.first() else {
        return Ok(());
    };
    let secrets = channel.webhook_secrets(&environment)?;
    let secret = secrets.first().map(secrecy::ExposeSecret::expose_secret);
    made.webhook = Some(webhook(config, &channel.name, secret));
    made.channel = Some(channel.name.clone());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::random_password;

    #[test]
    fn a_made_password_is_long_and_never_the_same() {
        let (one, other) = (random_password(), random_password());
        assert_eq!(one.len(), 23);
        assert_ne!(one, other);
    }
}
