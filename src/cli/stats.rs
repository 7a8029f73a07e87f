//! `tanggap stats`: how many reports there were.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::act::{Session, at_desk};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::view::Table;
use crate::domain::permission::Act;
use crate::domain::show::{self, number};
use crate::domain::status::Status;
use crate::store;
use crate::store::stats::{self, By};

/// Count reports by the day on which they came in.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap stats --from 2024-11-01 --to 2024-11-30 --by category")]
pub struct Stats {
    /// The first day, as 2024-11-01; that of the first report when left out
    #[arg(long, value_name = "D")]
    from: Option<Date>,
    /// The last day; today when left out
    #[arg(long, value_name = "D")]
    to: Option<Date>,
    /// What is counted by
    #[arg(long, value_enum, default_value_t = Way::Status)]
    by: Way,
}

/// What reports are counted by; `tbo` counts the tasks of each officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Day,
    Week,
    Month,
    Category,
    Unit,
    Tbo,
    Status,
}

/// What was counted.
#[derive(Debug, Serialize)]
struct Counted {
    from: Date,
    to: Date,
    by: &'static str,
    /// Reports that came in on these days.
    total: i64,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    key: String,
    /// The officer's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    count: i64,
}

impl From<Way> for By {
    fn from(way: Way) -> Self {
        match way {
            Way::Day => Self::Day,
            Way::Week => Self::Week,
            Way::Month => Self::Month,
            Way::Category => Self::Category,
            Way::Unit => Self::Unit,
            Way::Tbo => Self::Tbo,
            Way::Status => Self::Status,
        }
    }
}

impl Stats {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| {
            session.actor.check(Act::SeeReports)?;
            let counted = self.counted(session).await?;
            shell.print(&counted, || counted.text(shell, self.by.into()));
            Ok(())
        })
        .await
    }

    async fn counted(&self, session: &Session<'_>) -> Result<Counted, Failure> {
        let (db, by) = (&session.desk.db, By::from(self.by));
        let days = self.days(session).await?;
        let created = stats::stats(db, days, By::Month).await?;
        let mut rows = Vec::new();
        for row in stats::stats(db, days, by).await? {
            let name = if by == By::Tbo {
                Some(name(session, &row.key).await?)
            } else {
                None
            };
            rows.push(Row {
                key: row.key,
                name,
                count: row.count,
            });
        }
        let total = created.iter().map(|row| row.count).sum();
        Ok(Counted {
            from: days.0,
            to: days.1,
            by: by.as_str(),
            total,
            rows,
        })
    }

    /// Returns the first and the last day; never the wrong way round.
    async fn days(&self, session: &Session<'_>) -> Result<(Date, Date), Failure> {
        let today = session
            .desk
            .settings()
            .local(session.desk.clock.now())
            .date();
        let to = self.to.unwrap_or(today);
        let known = stats::days(&session.desk.db).await?;
        let from = self.from.or(known.map(|(first, _)| first)).unwrap_or(to);
        if from <= to {
            return Ok((from, to));
        }
        match (self.from, self.to) {
            (Some(_), Some(_)) => Err(Failure::usage(
                format!("--from {from} > --to {to}"),
                "tanggap stats",
            )),
            // Nothing had come in by then, or has since.
            _ => Ok((to, to)),
        }
    }
}

async fn name(session: &Session<'_>, id: &str) -> store::Result<String> {
    let found = store::staff::find(&session.desk.db, id).await?;
    Ok(found.map(|staff| staff.name).unwrap_or_default())
}

impl Counted {
    fn text(&self, shell: &Shell, by: By) -> String {
        let lang = shell.lang();
        let (from, to) = (show::date(self.from, lang), show::date(self.to, lang));
        let total = shell.say("stats-total", &[("count", number(self.total, lang).into())]);
        let mut table = Table::new(shell, &[title(by), "column-count"]);
        for row in &self.rows {
            table.row([row.label(shell, by), number(row.count, lang)]);
        }
        format!("{from} – {to}\n{total}\n\n{}", table.text())
    }
}

fn title(by: By) -> &'static str {
    match by {
        By::Day | By::Week | By::Month => "column-time",
        By::Category => "column-category",
        By::Unit => "column-unit",
        By::Tbo => "column-officer",
        By::Status => "column-status",
    }
}

impl Row {
    fn label(&self, shell: &Shell, by: By) -> String {
        let status = Status::read(&self.key).filter(|_| by == By::Status);
        match (status, &self.name) {
            (Some(status), _) => status.label(shell.lang()).to_owned(),
            (_, Some(name)) => format!("{name} ({})", self.key),
            _ if self.key.is_empty() => shell.say("word-none", &[]),
            _ => self.key.clone(),
        }
    }
}
