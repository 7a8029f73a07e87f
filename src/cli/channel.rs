//! `tanggap channel`: the numbers that the desk writes from.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::act::{Session, at_desk};
use crate::cli::cut::{self, Cut};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::view::{self, Table};
use crate::config;
use crate::domain::permission::Act;
use crate::store;

mod line;
mod link;
mod login;

use line::Line;
pub(super) use link::webhook;

/// Look after the numbers that the desk writes from.
#[derive(Debug, Subcommand)]
pub enum Channel {
    /// Show the channels of the settings and what is known of them
    #[command(after_help = "Example: tanggap channel list --json")]
    List(List),
    /// Send a message at once, past the queue, and tell what came of it
    #[command(after_help = "Example: tanggap channel test utama --to 62811-0000-1234")]
    Test(Test),
    /// Link the number with the gateway
    #[command(after_help = "Example: tanggap channel login utama --by qr -o qr.png")]
    Login(login::Login),
    /// Take the number off the gateway
    #[command(after_help = "Example: tanggap channel logout utama")]
    Logout(Name),
    /// Tell which numbers are on WhatsApp
    #[command(after_help = "Example: tanggap channel check utama 62811-0000-1234 62811-0000-1235")]
    Check(Check),
    /// Show the contacts that the gateway knows
    #[command(after_help = "Example: tanggap channel contacts utama")]
    Contacts(Name),
    /// Show what the gateway knows of a contact
    #[command(after_help = "Example: tanggap channel contact utama 62811-0000-1234")]
    Contact(Somebody),
    /// Show the messages that the gateway keeps
    #[command(after_help = "Example: tanggap channel history utama 62811-0000-1234")]
    History(Somebody),
    /// Mark what somebody wrote as read at the gateway
    #[command(after_help = "Example: tanggap channel mark-read utama 62811-0000-1234")]
    MarkRead(Somebody),
    /// Look after groups at the gateway
    #[command(after_help = "Example: tanggap channel group utama show")]
    Group(Group),
}

/// Which channels.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    cut: Cut,
}

/// One channel.
#[derive(Debug, Args)]
pub struct Name {
    /// Name of the channel
    name: String,
}

/// One message to somebody.
#[derive(Debug, Args)]
pub struct Test {
    /// Name of the channel
    name: String,
    /// Who gets it
    #[arg(long, value_name = "PHONE")]
    to: String,
    /// What is written
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

/// Numbers to be looked up.
#[derive(Debug, Args)]
pub struct Check {
    /// Name of the channel
    name: String,
    /// Numbers in any spelling
    #[arg(required = true, value_name = "PHONE")]
    phones: Vec<String>,
}

/// Somebody at a channel.
#[derive(Debug, Args)]
pub struct Somebody {
    /// Name of the channel
    name: String,
    /// Phone number in any spelling
    phone: String,
}

/// What to do with groups.
#[derive(Debug, Args)]
pub struct Group {
    /// Name of the channel
    name: String,
    /// create TITLE PHONE…, show, add, remove, send …
    #[arg(value_name = "ACT")]
    rest: Vec<String>,
}

impl Channel {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match &self {
            Self::List(list) => list.run(session).await,
            Self::Test(test) => test.run(session).await,
            Self::Login(login) => login.run(session).await,
            Self::Logout(one) => logout(session, &one.name).await,
            Self::Check(check) => check.run(session).await,
            Self::Contacts(one) => lacks(session, &one.name, "can-contacts"),
            Self::Contact(one) => one.lacks(session, "can-contacts"),
            Self::History(one) => one.lacks(session, "can-history"),
            Self::MarkRead(one) => one.lacks(session, "can-mark-read"),
            Self::Group(group) => group.lacks(session),
        })
        .await
    }
}

impl List {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let settings = session.desk.settings();
        let known = store::channel::all(&session.desk.db).await?;
        let mut channels = settings.config.channel.clone();
        let next = self
            .cut
            .apply(&mut channels, |channel| channel.name.clone())?;
        let rows: Vec<Row<'_>> = channels.iter().map(|set| Row::new(set, &known)).collect();
        let values: Vec<Value> = rows.iter().map(|row| row.shape(session)).collect();
        cut::print(session.shell, &values, next.as_deref(), || {
            table(session, &rows)
        });
        Ok(())
    }
}

/// A channel of the settings with what was learnt about it.
struct Row<'a> {
    set: &'a config::Channel,
    known: Option<&'a store::channel::Channel>,
}

impl<'a> Row<'a> {
    fn new(set: &'a config::Channel, known: &'a [store::channel::Channel]) -> Self {
        Self {
            set,
            known: known.iter().find(|known| known.name == set.name),
        }
    }

    fn number(&self) -> String {
        let learnt = self.known.and_then(|known| known.number.clone());
        learnt.unwrap_or_else(|| self.set.device.clone())
    }

    fn held(&self) -> Option<&str> {
        self.known.and_then(|known| known.held_reason.as_deref())
    }

    fn shape(&self, session: &Session<'_>) -> Value {
        let settings = session.desk.settings();
        json!({
            "name": self.set.name,
            "gateway": self.set.gateway.as_str(),
            "base_url": self.set.base_url,
            "connected": self.known.is_some_and(|known| known.connected),
            "number": self.number(),
            "held": self.held(),
            "held_at": self.known.and_then(|it| it.held_at).map(|at| view::time(&settings, at)),
            "quota_left": self.known.and_then(|known| known.quota_left),
            "fallback": self.set.fallback,
            "webhook": webhook(&settings.config, &self.set.name, None),
        })
    }
}

fn table(session: &Session<'_>, rows: &[Row<'_>]) -> Table {
    let shell = session.shell;
    let heads = [
        "column-name",
        "column-gateway",
        "column-phone",
        "column-connected",
        "column-held",
        "column-webhook",
    ];
    let mut table = Table::new(shell, &heads);
    let settings = session.desk.settings();
    for row in rows {
        let connected = row.known.is_some_and(|known| known.connected);
        table.row([
            row.set.name.clone(),
            row.set.gateway.as_str().to_owned(),
            row.number(),
            shell.say(if connected { "word-yes" } else { "word-no" }, &[]),
            row.held().unwrap_or_default().to_owned(),
            webhook(&settings.config, &row.set.name, None),
        ]);
    }
    table
}

impl Test {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let line = Line::open(session, &self.name)?;
        let phone = line.phone(&self.to)?;
        let settings = session.desk.settings();
        let usual = || {
            let org = settings.config.org.name.as_str();
            session
                .shell
                .say("channel-test-text", &[("org", org.into())])
        };
        let text = self.text.clone().unwrap_or_else(usual);
        let sent = line.send(&phone, text).await;
        let outcome = match &sent {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.text.clone(),
        };
        line.note(
            "channel-test",
            json!({"to": phone.masked(), "outcome": outcome}),
        )
        .await?;
        let accepted = sent.map_err(|error| line.failed(&error))?;
        let value = json!({
            "channel": self.name,
            "to": phone.as_str(),
            "gateway_id": accepted.gateway_id,
            "quota_left": accepted.quota_left,
        });
        let values = [
            ("channel", self.name.as_str().into()),
            ("to", phone.as_str().into()),
        ];
        session
            .shell
            .print(&value, || session.shell.say("done-channel-test", &values));
        Ok(())
    }
}

async fn logout(session: &Session<'_>, name: &str) -> Result<(), Failure> {
    let line = Line::open(session, name)?;
    line.can("can-logout", |can| can.logout)?;
    line.gateway
        .logout()
        .await
        .map_err(|error| line.failed(&error))?;
    line.note("channel-logout", json!({})).await?;
    let value = json!({"channel": name, "connected": false});
    let values = [("channel", name.into())];
    session
        .shell
        .print(&value, || session.shell.say("done-channel-logout", &values));
    Ok(())
}

impl Check {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let line = Line::open(session, &self.name)?;
        line.can("can-check", |can| can.number_check)?;
        let phones: Vec<_> = self
            .phones
            .iter()
            .map(|raw| line.phone(raw))
            .collect::<Result<_, _>>()?;
        let found = line
            .gateway
            .check(&phones)
            .await
            .map_err(|error| line.failed(&error))?;
        let rows: Vec<Value> = phones
            .iter()
            .zip(&found)
            .map(|(phone, found)| json!({"phone": phone.as_str(), "on_whatsapp": found}))
            .collect();
        let shell = session.shell;
        cut::print(shell, &rows, None, || {
            let mut table = Table::new(shell, &["column-phone", "column-on-whatsapp"]);
            for (phone, found) in phones.iter().zip(found) {
                let word = ["word-no", "word-yes"][usize::from(found)];
                table.row([phone.to_string(), shell.say(word, &[])]);
            }
            table
        });
        Ok(())
    }
}

impl Somebody {
    fn lacks(&self, session: &Session<'_>, what: &'static str) -> Result<(), Failure> {
        Line::open(session, &self.name)?.phone(&self.phone)?;
        lacks(session, &self.name, what)
    }
}

impl Group {
    fn lacks(&self, session: &Session<'_>) -> Result<(), Failure> {
        tracing::debug!(
            asked = self.rest.len(),
            "no gateway of this version has groups"
        );
        lacks(session, &self.name, "can-groups")
    }
}

/// Refuses what no gateway of this version can do, with what this one can.
fn lacks(session: &Session<'_>, name: &str, what: &'static str) -> Result<(), Failure> {
    session.actor.check(Act::ManageChannels)?;
    Line::open(session, name)?.can(what, |_| false)
}
