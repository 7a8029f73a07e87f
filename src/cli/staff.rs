//! `tanggap staff`: officers and the people of the desk.

use clap::{Args, Subcommand};
use serde_json::Value;

use crate::action::people::{self, password, staff::Form};
use crate::cli::act::{Session, at_desk};
use crate::cli::cut::{self, Cut};
use crate::cli::entry::{chosen_password, typed_password};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::sieve;
use crate::cli::view::Page;
use crate::domain::filter::Schema;
use crate::domain::permission::{Act, Level};
use crate::store;
use crate::store::staff::{Filter, Hash, Staff as Member};

mod shown;

use shown::{can_sign_in, lines, shape};

/// Look after the people of the desk.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Show who works at the desk
    #[command(after_help = "Example: tanggap staff list level:tbo --json")]
    List(List),
    /// Show one member
    #[command(after_help = "Example: tanggap staff show ADM04")]
    Show(One),
    /// Take a member in; without a password the person cannot sign in yet
    #[command(
        after_help = "Example: tanggap staff add --name 'Budi Santoso' --level tbo --phone \
                      62811-0000-0005 --username budi --skill Listrik"
    )]
    Add(Add),
    /// Change what is said about a member
    #[command(after_help = "Example: tanggap staff edit ADM04 --phone 62811-0000-0006 --away")]
    Edit(Edit),
    /// Give a member a password
    #[command(after_help = "Example: pwgen -s 20 1 | tanggap staff passwd budi --password-stdin")]
    Passwd(Passwd),
    /// Take a member out of use
    #[command(after_help = "Example: tanggap staff disable ADM04")]
    Disable(One),
    /// Take a member back into use
    #[command(after_help = "Example: tanggap staff enable ADM04")]
    Enable(One),
}

/// Which members.
#[derive(Debug, Args)]
pub struct List {
    /// Words and conditions such as level:tbo, skill:listrik, active:yes, sort:name
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    cut: Cut,
}

/// One member.
#[derive(Debug, Args)]
pub struct One {
    /// Id or username
    #[arg(value_name = "STAFF")]
    staff: String,
}

/// A new member.
#[derive(Debug, Args)]
pub struct Add {
    /// Id; the next free one when left out
    #[arg(long)]
    id: Option<String>,
    /// What the member may do: tbo, staf or administrator
    #[arg(long, value_parser = level)]
    level: Level,
    #[command(flatten)]
    said: Said,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

/// Changes to a member.
#[derive(Debug, Args)]
pub struct Edit {
    /// Id or username
    #[arg(value_name = "STAFF")]
    staff: String,
    /// What the member may do: tbo, staf or administrator
    #[arg(long, value_parser = level)]
    level: Option<Level>,
    #[command(flatten)]
    said: Said,
}

/// What can be said about a member.
#[derive(Debug, Clone, Args)]
struct Said {
    /// Name
    #[arg(long)]
    name: Option<String>,
    /// What the person is there for
    #[arg(long)]
    duty: Option<String>,
    /// E-mail address; '' for none
    #[arg(long)]
    email: Option<String>,
    /// Phone number in any spelling; '' for none
    #[arg(long)]
    phone: Option<String>,
    /// Name to sign in with; '' for none
    #[arg(long)]
    username: Option<String>,
    /// What the person can do; may be given several times, '' for nothing
    #[arg(long = "skill", value_name = "SKILL")]
    skills: Vec<String>,
    /// Open tasks at most; 0 for somebody whom the rules never propose
    #[arg(long, value_name = "N")]
    max_open: Option<i64>,
    /// Is at work
    #[arg(long, conflicts_with = "away")]
    present: bool,
    /// Is not at work, so the rules propose somebody else
    #[arg(long)]
    away: bool,
    /// A note for the desk
    #[arg(long)]
    note: Option<String>,
}

/// A new password.
#[derive(Debug, Args)]
pub struct Passwd {
    /// Id or username
    #[arg(value_name = "STAFF")]
    staff: String,
    /// Read the password from standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

fn level(word: &str) -> Result<Level, String> {
    Level::read(word).ok_or_else(|| "tbo, staf, administrator".to_owned())
}

impl Said {
    fn form(&self, level: Option<Level>) -> Form {
        let said = self.clone();
        Form {
            name: said.name,
            level,
            duty: said.duty,
            email: said.email,
            phone: said.phone,
            username: said.username,
            present: (said.present || said.away).then_some(said.present),
            max_open: said.max_open,
            skills: (!said.skills.is_empty()).then_some(said.skills),
            note: said.note,
        }
    }
}

impl Staff {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match &self {
            Self::List(list) => list.run(session).await,
            Self::Show(one) => show(session, &one.staff).await,
            Self::Add(add) => add.run(session).await,
            Self::Edit(edit) => edit.run(session).await,
            Self::Passwd(passwd) => passwd.run(session).await,
            Self::Disable(one) => switch(session, &one.staff, false).await,
            Self::Enable(one) => switch(session, &one.staff, true).await,
        })
        .await
    }
}

impl List {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::SeeReports)?;
        let shell = session.shell;
        let query = sieve::read(shell, &Schema::STAFF, &self.filter)?;
        let all = store::staff::page(&session.desk.db, &Filter::default(), None, None).await?;
        let (rows, next) = sieve::pick(all.rows, &query, &self.cut)?;
        let values: Vec<Value> = rows.iter().map(|member| shape(session, member)).collect();
        cut::print(shell, &values, next.as_deref(), || lines(shell, &rows));
        Ok(())
    }
}

impl Add {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::ManageStaff)?;
        let password = if self.password_stdin {
            Some(self.hash(session).await?)
        } else {
            None
        };
        let form = self.said.form(Some(self.level));
        let member = session
            .act(async |work| {
                let id = self.id.as_deref();
                people::staff::add(work, id, form.clone(), password.clone()).await
            })
            .await?;
        saved(session, &member, "done-staff-saved");
        Ok(())
    }

    async fn hash(&self, session: &Session<'_>) -> Result<Hash, Failure> {
        let typed = typed_password()?;
        let owner =
            [&self.said.name, &self.said.username].map(|name| name.as_deref().unwrap_or_default());
        Ok(password::hash(&session.desk, &typed, &owner).await?)
    }
}

impl Edit {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let form = self.said.form(self.level);
        if form == Form::default() {
            let what = session.shell.say("usage-nothing-to-change", &[]);
            return Err(Failure::usage(what, "tanggap staff edit"));
        }
        let member = session
            .act(async |work| people::staff::edit(work, &self.staff, form.clone()).await)
            .await?;
        saved(session, &member, "done-staff-saved");
        Ok(())
    }
}

impl Passwd {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let typed = if self.password_stdin {
            typed_password()?
        } else {
            chosen_password(session.shell, "--password-stdin")?
        };
        let hash = password::hash_for(&session.desk, &self.staff, &typed).await?;
        let member = session
            .act(async |work| people::staff::passwd(work, &self.staff, &hash).await)
            .await?;
        saved(session, &member, "done-password");
        Ok(())
    }
}

async fn show(session: &Session<'_>, name: &str) -> Result<(), Failure> {
    session.actor.check(Act::SeeReports)?;
    let found = store::staff::find_either(&session.desk.db, name).await?;
    let member = found.ok_or_else(|| Failure::not_found("staff", name))?;
    let shell = session.shell;
    let word = |yes: bool, id: [&str; 2]| shell.say(id[usize::from(!yes)], &[]);
    shell.print(&shape(session, &member), || {
        let mut page = Page::new(shell, &member.name);
        page.field("column-id", &member.id);
        page.field("column-level", member.level.label(shell.lang()));
        page.field("column-duty", &member.duty);
        page.field("column-phone", member.phone.as_deref().unwrap_or_default());
        page.field("column-email", &member.email);
        page.field(
            "column-username",
            member.username.as_deref().unwrap_or_default(),
        );
        page.field(
            "column-can-sign-in",
            word(can_sign_in(&member), ["word-yes", "word-no"]),
        );
        page.field(
            "column-active",
            word(member.active, ["word-active", "word-inactive"]),
        );
        page.field(
            "column-present",
            word(member.present, ["word-present", "word-away"]),
        );
        page.field("column-most-tasks", member.max_open.to_string());
        page.field("column-skills", member.skills().join(", "));
        page.field("column-note", &member.note);
        page.text()
    });
    Ok(())
}

async fn switch(session: &Session<'_>, name: &str, on: bool) -> Result<(), Failure> {
    let member = session
        .act(async |work| {
            if on {
                people::staff::enable(work, name).await
            } else {
                people::staff::disable(work, name).await
            }
        })
        .await?;
    saved(
        session,
        &member,
        if on {
            "done-staff-enabled"
        } else {
            "done-staff-disabled"
        },
    );
    Ok(())
}

fn saved(session: &Session<'_>, member: &Member, id: &str) {
    let values = [
        ("id", member.id.as_str().into()),
        ("name", member.name.as_str().into()),
    ];
    let shell = session.shell;
    shell.print(&shape(session, member), || shell.say(id, &values));
}
