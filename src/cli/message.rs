//! `tanggap message`: what people wrote, and what the desk does with it.

use clap::{Args, Subcommand};

use crate::action::{self, Work};
use crate::cli::act::{Session, at_desk};
use crate::cli::failure::Failure;
use crate::cli::list::Slice;
use crate::cli::shell::Shell;

mod list;
mod replay;

/// Read and answer what people wrote.
#[derive(Debug, Subcommand)]
pub enum Message {
    /// List messages, newest first
    #[command(after_help = "Example: tanggap message list kind:ordinary read:no")]
    List(Slice),
    /// Show one message
    #[command(after_help = "Example: tanggap message show 1042 --json")]
    Show(Id),
    /// Answer somebody, over the channel that the person last wrote to
    #[command(after_help = "Example: tanggap message reply 0811-0000-1234 'Baik, kami cek.'")]
    Reply(Reply),
    /// Work a message again from its stored delivery
    #[command(after_help = "Example: tanggap message replay 1042")]
    Replay(Id),
    /// Make a report of a message; its sender is told the number
    #[command(after_help = "Example: tanggap message to-report 1042")]
    ToReport(Id),
    /// Tie a message and its files to a report
    #[command(after_help = "Example: tanggap message link 1042 BRT2411001")]
    Link(Link),
    /// Mark a message as dealt with
    #[command(after_help = "Example: tanggap message done 1042")]
    Done(Id),
}

/// One message.
#[derive(Debug, Args)]
pub struct Id {
    /// Its id, as the list shows it
    #[arg(value_name = "ID")]
    id: String,
}

/// An answer.
#[derive(Debug, Args)]
pub struct Reply {
    /// Who gets it
    #[arg(value_name = "PHONE")]
    phone: String,
    /// What is answered
    #[arg(allow_hyphen_values = true)]
    text: String,
}

/// A message and its report.
#[derive(Debug, Args)]
pub struct Link {
    /// The message's id, as the list shows it
    #[arg(value_name = "ID")]
    id: String,
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
}

impl Message {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match self {
            Self::List(slice) => list::list(session, &slice).await,
            Self::Show(it) => list::show(session, &it.id).await,
            Self::Reply(reply) => answer(session, &reply).await,
            Self::Replay(it) => Box::pin(replay::replay(session, &it.id)).await,
            Self::ToReport(it) => to_report(session, &it.id).await,
            Self::Link(link) => tie(session, &link).await,
            Self::Done(it) => done(session, &it.id).await,
        })
        .await
    }
}

async fn answer(session: &Session<'_>, it: &Reply) -> Result<(), Failure> {
    let ids = session
        .act(async |work: &mut Work<'_>| action::message::reply(work, &it.phone, &it.text).await)
        .await?;
    session.sent(&ids).await
}

async fn to_report(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    let id = Session::id("message", raw)?;
    let row = session
        .act(async |work: &mut Work<'_>| action::message::to_report(work, id).await)
        .await?;
    session.told(row, "done-report-made").await
}

async fn tie(session: &Session<'_>, it: &Link) -> Result<(), Failure> {
    let (id, number) = (
        Session::id("message", &it.id)?,
        Session::number(&it.number)?,
    );
    session
        .act(async |work: &mut Work<'_>| action::message::link(work, id, &number).await)
        .await?;
    list::changed(session, id, ("done-linked", &number)).await
}

async fn done(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    let id = Session::id("message", raw)?;
    session
        .act(async |work: &mut Work<'_>| action::message::done(work, id).await)
        .await?;
    list::changed(session, id, ("done-message-done", "")).await
}
