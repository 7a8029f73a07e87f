//! `tanggap undo`: taking back the latest own act.

use clap::Args;
use serde_json::json;

use crate::action::{Work, undo};
use crate::cli::act::at_desk;
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;

/// Take back your latest act that only changed the database, within 10 minutes.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap undo")]
pub struct Undo {}

impl Undo {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| {
            let undone = session
                .act(async |work: &mut Work<'_>| undo::undo(work).await)
                .await?;
            let what = format!("{} {}", undone.act, undone.object);
            let value = json!({"act": undone.act, "object": undone.object});
            shell.print(&value, || {
                shell.say("done-undone", &[("what", what.into())])
            });
            Ok(())
        })
        .await
    }
}
