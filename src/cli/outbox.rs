//! `tanggap outbox`: what is on its way out.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::action::{Work, outbox};
use crate::cli::act::{Session, at_desk};
use crate::cli::failure::{Code, Failure};
use crate::cli::list::Slice;
use crate::cli::shell::Shell;
use crate::cli::view::Letter;
use crate::domain::filter::{Choice as _, Expr, Query, Schema, SendWord, Term};
use crate::domain::permission::Act;
use crate::i18n::Phrase;
use crate::store;

/// Look after what is on its way out.
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// List letters, newest first
    #[command(after_help = "Example: tanggap outbox list --state failed")]
    List(List),
    /// Send letters again that failed or wait for another try
    #[command(after_help = "Example: tanggap outbox retry 2001 2002")]
    Retry(Ids),
    /// Change the text of a letter that has not gone out, and let it go
    #[command(after_help = "Example: tanggap outbox edit 2001 'Petugas datang pukul 10.'")]
    Edit(Edit),
    /// Take letters back that have not gone out
    #[command(after_help = "Example: tanggap outbox cancel 2001")]
    Cancel(Ids),
    /// Send nothing until the outbox is resumed
    #[command(after_help = "Example: tanggap outbox pause")]
    Pause,
    /// Let the outbox go on
    #[command(after_help = "Example: tanggap outbox resume")]
    Resume,
}

/// Which letters.
#[derive(Debug, Args)]
pub struct List {
    /// held, pending, sending, sent, unknown, retry, failed or cancelled
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    #[command(flatten)]
    slice: Slice,
}

/// Several letters.
#[derive(Debug, Args)]
pub struct Ids {
    /// Their ids, as the list shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// A letter and its new text.
#[derive(Debug, Args)]
pub struct Edit {
    /// Its id, as the list shows it
    #[arg(value_name = "ID")]
    id: String,
    /// What it shall say
    #[arg(allow_hyphen_values = true)]
    text: String,
}

impl Outbox {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match self {
            Self::List(list) => list.run(session).await,
            Self::Retry(it) => it.retry(session).await,
            Self::Edit(edit) => edit.run(session).await,
            Self::Cancel(it) => it.cancel(session).await,
            Self::Pause => pause(session, true).await,
            Self::Resume => pause(session, false).await,
        })
        .await
    }
}

impl List {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::ManageOutbox)?;
        let query = self.query(session)?;
        let scope = session.scope();
        let (db, settings) = (&session.desk.db, session.desk.settings());
        let mut all = Vec::new();
        let fetch = async |limit: i64, after: Option<&store::page::Cursor>| {
            store::outbox::list::page(db, &query, &scope, (Some(limit), after)).await
        };
        self.slice
            .walk(session, fetch, async |rows| {
                let letters = rows.into_iter().map(|row| Letter::new(&settings, row));
                all.extend(session.listed(letters.collect()));
                Ok(())
            })
            .await?;
        session.tabled(&all, |shell| Letter::table(shell, &settings, &all));
        Ok(())
    }

    fn query(&self, session: &Session<'_>) -> Result<Query, Failure> {
        let mut query = self.slice.query(session, &Schema::OUTBOX)?;
        if let Some(word) = &self.state {
            let state = Expr::Term(Term::Sent(vec![state(word)?]));
            query.expr = Expr::and([state, query.expr]);
        }
        Ok(query)
    }
}

fn state(word: &str) -> Result<SendWord, Failure> {
    SendWord::read(word).ok_or_else(|| {
        let known: Vec<&str> = SendWord::all().into_iter().map(SendWord::code).collect();
        let values = [
            ("name", "--state".into()),
            ("value", word.to_owned().into()),
            ("known", known.join(", ").into()),
        ];
        Failure::new(Code::Usage, Phrase::new("error-value", values))
    })
}

impl Ids {
    fn read(&self) -> Result<Vec<i64>, Failure> {
        self.ids
            .iter()
            .map(|raw| Session::id("letter", raw))
            .collect()
    }

    async fn retry(self, session: &Session<'_>) -> Result<(), Failure> {
        let ids = self.read()?;
        let count = session
            .act(async |work: &mut Work<'_>| outbox::retry(work, &ids).await)
            .await?;
        counted(session, ("done-letters-retried", count), &ids).await
    }

    async fn cancel(self, session: &Session<'_>) -> Result<(), Failure> {
        let ids = self.read()?;
        let count = session
            .act(async |work: &mut Work<'_>| outbox::cancel(work, &ids).await)
            .await?;
        counted(session, ("done-letters-cancelled", count), &ids).await
    }
}

/// Prints how many letters were changed, and how all of them stand now.
async fn counted(
    session: &Session<'_>,
    (id, count): (&'static str, u64),
    ids: &[i64],
) -> Result<(), Failure> {
    let rows = store::outbox::by_ids(&session.desk.db, ids).await?;
    let settings = session.desk.settings();
    let letters: Vec<Letter> = rows
        .into_iter()
        .map(|row| Letter::new(&settings, row))
        .collect();
    let shown = i64::try_from(count).unwrap_or(i64::MAX);
    session
        .shell
        .print(&json!({"changed": count, "letters": letters}), || {
            session.shell.say(id, &[("count", shown.into())])
        });
    Ok(())
}

impl Edit {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let id = Session::id("letter", &self.id)?;
        let row = session
            .act(async |work: &mut Work<'_>| outbox::edit(work, id, &self.text).await)
            .await?;
        let letter = Letter::new(&session.desk.settings(), row);
        session.shell.print(&letter, || {
            session
                .shell
                .say("done-letter-edited", &[("id", letter.id.as_str().into())])
        });
        Ok(())
    }
}

async fn pause(session: &Session<'_>, paused: bool) -> Result<(), Failure> {
    session
        .act(async |work: &mut Work<'_>| outbox::pause(work, paused).await)
        .await?;
    let id = if paused {
        "done-paused"
    } else {
        "done-resumed"
    };
    session
        .shell
        .print(&json!({"paused": paused}), || session.shell.say(id, &[]));
    Ok(())
}
