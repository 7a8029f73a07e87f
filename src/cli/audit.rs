//! `tanggap audit`: who did what, and whether anybody has tampered with it.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::cli::act::{Session, at_desk};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::domain::permission::Act;
use crate::i18n::Phrase;

pub(super) mod chain;

use chain::Chain;

/// Look at what was done.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Walk the whole chain and tell where somebody tampered with it
    #[command(after_help = "Example: tanggap audit verify --json")]
    Verify(Verify),
}

/// The whole chain.
#[derive(Debug, Args)]
pub struct Verify {}

impl Audit {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| {
            session.actor.check(Act::SeeAudit)?;
            match &self {
                Self::Verify(_) => verify(session).await,
            }
        })
        .await
    }
}

async fn verify(session: &Session<'_>) -> Result<(), Failure> {
    let desk = &session.desk;
    let chain = Chain::walk(&desk.db, &desk.key, 1).await?;
    let value = json!({
        "ok": chain.is_whole(),
        "rows": chain.rows,
        "first_broken": chain.broken.first(),
        "broken": chain.broken.len(),
        "gaps": chain.gaps,
        "head": chain.head_fits,
        "last": chain.last,
    });
    let shell = session.shell;
    let fault = chain.fault();
    if shell.global.json || fault.is_none() {
        shell.print(&value, || {
            shell.say("done-audit-whole", &[("count", chain.rows.into())])
        });
    }
    fault.map_or(Ok(()), |phrase: Phrase| Err(Failure::found(phrase)))
}
