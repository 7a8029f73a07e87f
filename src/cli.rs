//! The command line: one file a family of commands. It changes data only through `action`, as
//! the console does.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::domain::lang::Lang;

mod failure;
mod shell;

mod act;
mod audit;
mod bare;
mod channel;
mod config;
mod cut;
mod db;
mod demo;
mod doctor;
mod employee;
mod entry;
mod file;
mod list;
mod manual;
mod message;
mod outbox;
mod parse;
mod report;
mod rule;
mod seed;
mod send;
mod setup;
mod sieve;
mod sim;
mod staff;
mod stats;
mod undo;
pub mod view;
mod worker;

pub use failure::{Code, Failure, Word};
pub use parse::arguments;
pub use shell::Shell;

/// The desk of a campus facilities bureau: reports over WhatsApp, field officers, a console.
#[derive(Debug, Parser)]
#[command(
    name = "tanggap",
    version,
    propagate_version = true,
    after_help = "Example: tanggap demo"
)]
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
    /// Try everything on a desk with sample people and reports
    Demo(demo::Demo),
    /// Fill a desk with invented people and reports
    Seed(seed::Seed),
    /// Take in what gateways deliver and send what is to be sent
    Worker(worker::Run),
    /// Play a phone
    #[command(
        subcommand,
        after_help = "Example: tanggap sim send --from 62811-0000-1234 '#req'"
    )]
    Sim(sim::Sim),
    /// Ask what a new desk needs and make it: settings, database, first administrator, channel
    Setup(setup::Setup),
    /// Look for whatever is wrong with settings, database and channels, and say how to mend it
    Doctor(doctor::Doctor),
    /// Look after the numbers that the desk writes from
    #[command(subcommand, after_help = "Example: tanggap channel list")]
    Channel(channel::Channel),
    /// Look after the people of the desk
    #[command(subcommand, after_help = "Example: tanggap staff list level:tbo")]
    Staff(staff::Staff),
    /// Look after the list of employees
    #[command(
        subcommand,
        after_help = "Example: tanggap employee list unit:perpustakaan"
    )]
    Employee(employee::Employee),
    /// Look after the assignment rules
    #[command(
        subcommand,
        after_help = "Example: tanggap rule test 'AC ruang 203 bocor'"
    )]
    Rule(rule::Rule),
    /// Look at what was done
    #[command(subcommand, after_help = "Example: tanggap audit verify")]
    Audit(audit::Audit),
    /// Look at the settings and change them
    #[command(subcommand, after_help = "Example: tanggap config show desk")]
    Config(config::Config),
    /// Take up, follow and finish reports
    #[command(subcommand, after_help = "Example: tanggap report list status:open")]
    Report(report::Report),
    /// Read and answer what people wrote
    #[command(subcommand, after_help = "Example: tanggap message list kind:ordinary")]
    Message(message::Message),
    /// Look after what is on its way out
    #[command(subcommand, after_help = "Example: tanggap outbox list --state failed")]
    Outbox(outbox::Outbox),
    /// Send a message by hand
    #[command(
        subcommand,
        after_help = "Example: tanggap send text 0811-0000-1234 'Baik, kami cek.'"
    )]
    Send(send::Send),
    /// Count reports by the day on which they came in
    Stats(stats::Stats),
    /// Take back your latest act that only changed the database
    Undo(undo::Undo),
    /// Look after the database
    #[command(subcommand, after_help = "Example: tanggap db status")]
    Db(db::Db),
    /// Write what a shell needs to complete commands
    Completions(manual::Completions),
    /// Write the manual page of the program, or of one command
    Man(manual::Man),
}

/// Runs a command and returns the exit code of the program.
pub async fn run(arguments: Arguments) -> ExitCode {
    let global = arguments.global.clone();
    let done = match shell_for(&arguments) {
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

/// Returns the shell of a command. Those that make settings, or say what is wrong with them, start
/// without.
fn shell_for(arguments: &Arguments) -> Result<Shell, Failure> {
    let global = arguments.global.clone();
    match arguments.command {
        Command::Setup(_) | Command::Doctor(_) | Command::Completions(_) | Command::Man(_) => {
            bare::shell(global)
        }
        _ => Shell::new(global),
    }
}

async fn dispatch(shell: &Shell, command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo(demo) => Box::pin(demo.run(shell)).await,
        Command::Seed(seed) => Box::pin(seed.run(shell)).await,
        Command::Worker(worker) => worker.run(shell).await,
        Command::Sim(sim) => Box::pin(sim.run(shell)).await,
        Command::Report(report) => Box::pin(report.run(shell)).await,
        Command::Message(message) => Box::pin(message.run(shell)).await,
        Command::Outbox(outbox) => Box::pin(outbox.run(shell)).await,
        Command::Send(send) => Box::pin(send.run(shell)).await,
        Command::Stats(stats) => Box::pin(stats.run(shell)).await,
        Command::Undo(undo) => Box::pin(undo.run(shell)).await,
        Command::Db(db) => Box::pin(db.run(shell)).await,
        Command::Setup(setup) => Box::pin(setup.run(shell)).await,
        Command::Doctor(doctor) => Box::pin(doctor.run(shell)).await,
        Command::Channel(channel) => Box::pin(channel.run(shell)).await,
        Command::Staff(staff) => Box::pin(staff.run(shell)).await,
        Command::Employee(employee) => Box::pin(employee.run(shell)).await,
        Command::Rule(rule) => Box::pin(rule.run(shell)).await,
        Command::Audit(audit) => Box::pin(audit.run(shell)).await,
        Command::Config(config) => Box::pin(config.run(shell)).await,
        Command::Completions(completions) => completions.run(shell),
        Command::Man(man) => man.run(shell),
    }
}
