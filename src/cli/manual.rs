//! `tanggap completions` and `tanggap man`: what the shell and the reader of manuals need.

use clap::{Args, CommandFactory as _};
use serde_json::json;

use crate::cli::Arguments;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::i18n::Phrase;

/// Write what a shell needs to complete commands.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tanggap completions bash > ~/.local/share/bash-completion/completions/tanggap"
)]
pub struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

/// Write the manual page of the program, or of one command.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap man report list | man -l -")]
pub struct Man {
    /// The command; the whole program when left out
    #[arg(value_name = "COMMAND")]
    path: Vec<String>,
}

impl Completions {
    /// Runs the command.
    pub(super) fn run(&self, shell: &Shell) -> Result<(), Failure> {
        let mut script = Vec::new();
        let mut command = Arguments::command();
        clap_complete::generate(self.shell, &mut command, "tanggap", &mut script);
        let script = String::from_utf8(script).map_err(Failure::bug)?;
        let value = json!({"shell": self.shell.to_string(), "script": script});
        shell.print(&value, || script.trim_end().to_owned());
        Ok(())
    }
}

impl Man {
    /// Runs the command.
    pub(super) fn run(&self, shell: &Shell) -> Result<(), Failure> {
        let mut page = Vec::new();
        let manual = clap_mangen::Man::new(self.command()?);
        manual.render(&mut page).map_err(Failure::bug)?;
        let page = String::from_utf8(page).map_err(Failure::bug)?;
        shell.print(&json!({"page": page}), || page.trim_end().to_owned());
        Ok(())
    }

    fn command(&self) -> Result<clap::Command, Failure> {
        let mut root = Arguments::command();
        root.build();
        let mut found = &root;
        for name in &self.path {
            found = found.find_subcommand(name).ok_or_else(|| {
                let values = [("name", self.path.join(" ").into())];
                Failure::new(Code::NotFound, Phrase::new("error-no-command", values))
            })?;
        }
        let name = ["tanggap".to_owned()]
            .into_iter()
            .chain(self.path.iter().cloned());
        let name = name.collect::<Vec<_>>().join("-");
        Ok(found.clone().display_name(name.clone()).bin_name(name))
    }
}
