//! `tanggap report`: everything that the desk does with reports.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use crate::cli::act::at_desk;
use crate::cli::failure::Failure;
use crate::cli::list::Slice;
use crate::cli::shell::Shell;

mod change;
mod intake;
mod list;
mod status;

/// Take up, follow and finish reports.
#[derive(Debug, Subcommand)]
pub enum Report {
    /// List reports, newest first
    #[command(after_help = "Example: tanggap report list status:open sla:near,breached --limit 20")]
    List(Slice),
    /// Show a report with all that happened to it
    #[command(after_help = "Example: tanggap report show BRT2411001 --json")]
    Show(Number),
    /// Take up a report that somebody brought in by hand
    #[command(
        after_help = "Example: tanggap report new --from 0811-0000-1234 'lampu ruang 203 mati'"
    )]
    New(New),
    /// Change category, priority or unit
    #[command(after_help = "Example: tanggap report edit BRT2411001 --priority high --category AC")]
    Edit(Edit),
    /// Give a report to officers, who are told
    #[command(after_help = "Example: tanggap report assign BRT2411001 ADM04 --note 'bawa tangga'")]
    Assign(Assign),
    /// Take a report from officers, who are told
    #[command(after_help = "Example: tanggap report unassign BRT2411001 ADM04")]
    Unassign(Unassign),
    /// Add a note, for the office alone unless the reporter is to be told
    #[command(after_help = "Example: tanggap report note BRT2411001 'suku cadang dipesan' --tell")]
    Note(Note),
    /// Accept or correct an entry of progress
    #[command(after_help = "Example: tanggap report validate BRT2411001 --entry 2")]
    Validate(Validate),
    /// Begin work, or go on with it
    #[command(after_help = "Example: tanggap report start BRT2411001")]
    Start(Number),
    /// Put a report on hold; its clock rests
    #[command(after_help = "Example: tanggap report pending BRT2411001 --why 'menunggu vendor'")]
    Pending(Because),
    /// Finish a report; the reporter is told and may object
    #[command(after_help = "Example: tanggap report finish BRT2411001 --note 'lampu diganti'")]
    Finish(Finish),
    /// Confirm in the reporter's place that it is done
    #[command(after_help = "Example: tanggap report confirm BRT2411001 --rating 5")]
    Confirm(Confirm),
    /// Take a closed report up again
    #[command(after_help = "Example: tanggap report reopen BRT2411001 --why 'mati lagi'")]
    Reopen(Because),
    /// Refuse a report; the reporter is told why
    #[command(after_help = "Example: tanggap report reject BRT2411001 --why 'bukan aset kampus'")]
    Reject(Because),
    /// Withdraw a report
    #[command(after_help = "Example: tanggap report cancel BRT2411001 --why 'salah lapor'")]
    Cancel(Because),
    /// Make a report the duplicate of another
    #[command(after_help = "Example: tanggap report merge BRT2411002 BRT2411001")]
    Merge(Merge),
    /// Take a report off every list; undo brings it back
    #[command(after_help = "Example: tanggap report delete BRT2411001 --why 'hanya percobaan'")]
    Delete(Because),
    /// Mark reports as read
    #[command(after_help = "Example: tanggap report read BRT2411001 BRT2411002")]
    Read(Numbers),
    /// Mark reports as unread
    #[command(after_help = "Example: tanggap report unread BRT2411001")]
    Unread(Numbers),
}

/// One report.
#[derive(Debug, Args)]
pub struct Number {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
}

/// Several reports.
#[derive(Debug, Args)]
pub struct Numbers {
    /// Tracking numbers, in any spelling
    #[arg(value_name = "NO", required = true)]
    numbers: Vec<String>,
}

/// One report and a reason.
#[derive(Debug, Args)]
pub struct Because {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// The reason
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    why: String,
}

/// A report that somebody brought in.
#[derive(Debug, Args)]
pub struct New {
    /// The reporter's phone
    #[arg(long, value_name = "PHONE")]
    from: String,
    /// What is wrong, and where
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// Tell the reporter the number
    #[arg(long)]
    tell: bool,
}

/// What is to be changed.
#[derive(Debug, Args)]
#[command(group(
    ArgGroup::new("changes").required(true).multiple(true).args(["category", "priority", "unit"])
))]
pub struct Edit {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// A category of the settings, or the start of one; '' takes it away
    #[arg(long, value_name = "C")]
    category: Option<String>,
    /// low, normal, high or urgent, in either language
    #[arg(long, value_name = "P")]
    priority: Option<String>,
    /// The place it belongs to
    #[arg(long, value_name = "U")]
    unit: Option<String>,
}

/// Who gets a report.
#[derive(Debug, Args)]
pub struct Assign {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// Officers by id or username
    #[arg(required = true)]
    staff: Vec<String>,
    /// What they should know
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    note: Option<String>,
}

/// Whom a report is taken from.
#[derive(Debug, Args)]
pub struct Unassign {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// Officers by id or username
    #[arg(required = true)]
    staff: Vec<String>,
}

/// A note.
#[derive(Debug, Args)]
pub struct Note {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// What is to be noted
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// Let the reporter see it and tell him
    #[arg(long)]
    tell: bool,
    /// A photo or document that goes with it
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
}

/// A verdict on progress.
#[derive(Debug, Args)]
pub struct Validate {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// Which entry, counted from 1; the newest open one when left out
    #[arg(long, value_name = "N")]
    entry: Option<usize>,
    /// What should have been written
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    correct: Option<String>,
}

/// The end of the work.
#[derive(Debug, Args)]
pub struct Finish {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// What was done; the reporter reads it
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    note: Option<String>,
}

/// The reporter's word.
#[derive(Debug, Args)]
pub struct Confirm {
    /// Tracking number, in any spelling
    #[arg(value_name = "NO")]
    number: String,
    /// How content the reporter is
    #[arg(long, value_name = "1-5", value_parser = clap::value_parser!(u8).range(1..=5))]
    rating: Option<u8>,
}

/// A duplicate and its parent.
#[derive(Debug, Args)]
pub struct Merge {
    /// The duplicate's tracking number
    #[arg(value_name = "NO")]
    number: String,
    /// The number of the report that goes on
    #[arg(value_name = "INTO")]
    into: String,
}

impl Report {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match self {
            Self::List(slice) => list::list(session, &slice).await,
            Self::Show(it) => list::show(session, &it.number).await,
            Self::New(new) => intake::new(session, &new).await,
            Self::Edit(edit) => change::edit(session, &edit).await,
            Self::Assign(assign) => change::assign(session, &assign).await,
            Self::Unassign(unassign) => change::unassign(session, &unassign).await,
            Self::Note(note) => intake::note(session, &note).await,
            Self::Validate(validate) => intake::validate(session, validate).await,
            Self::Start(it) => status::start(session, &it.number).await,
            Self::Pending(it) => status::pending(session, &it).await,
            Self::Finish(finish) => status::finish(session, &finish).await,
            Self::Confirm(confirm) => status::confirm(session, &confirm).await,
            Self::Reopen(it) => status::reopen(session, &it).await,
            Self::Reject(it) => status::reject(session, &it).await,
            Self::Cancel(it) => status::cancel(session, &it).await,
            Self::Merge(merge) => status::merge(session, &merge).await,
            Self::Delete(it) => status::delete(session, &it).await,
            Self::Read(it) => change::mark(session, &it.numbers, true).await,
            Self::Unread(it) => change::mark(session, &it.numbers, false).await,
        })
        .await
    }
}
