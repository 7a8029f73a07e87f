//! The command line: one file a family of commands. It changes data only through `action`, as
//! the console does.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::domain::lang::Lang;

mod failure;
mod shell;

mod db;
mod sim;
mod worker;

pub use failure::{Code, Failure};
pub use shell::Shell;

/// The desk of a campus facilities bureau: reports over WhatsApp, field officers, a console.
#[derive(Debug, Parser)]
#[command(name = "tanggap", version, propagate_version = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that every command takes, before or after its name.
#[derive(Debug, Clone, Default, Args)]
pub struct Global {
    /// Settings file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database to work on: sqlite:PATH or postgres://…; no settings file is needed then
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Language of the output: id or en
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Print JSON on standard output and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// Act as this staff member, by username or id
    #[arg(long = "as", global = true, value_name = "USER")]
    pub as_user: Option<String>,
    /// Say less
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more, causes of errors too
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take in what gateways deliver and send what is to be sent
    Worker(worker::Run),
    /// Play a phone
    #[command(subcommand)]
    Sim(sim::Sim),
    /// Look after the database
    #[command(subcommand)]
    Db(db::Db),
}

/// Runs a command and returns the exit code of the program.
pub async fn run(arguments: Arguments) -> ExitCode {
    let global = arguments.global.clone();
    let done = match Shell::new(arguments.global) {
        Ok(shell) => {
            let done = Box::pin(dispatch(&shell, arguments.command)).await;
            done.map_err(|failure| shell.report(&failure))
        }
        Err(failure) => Err(shell::report_early(&global, &failure)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(code) => code.into(),
    }
}

async fn dispatch(shell: &Shell, command: Command) -> Result<(), Failure> {
    match command {
        Command::Worker(worker) => worker.run(shell).await,
        Command::Sim(sim) => Box::pin(sim.run(shell)).await,
        Command::Db(db) => db.run(shell).await,
    }
}
