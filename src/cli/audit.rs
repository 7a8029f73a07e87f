//! `tanggap audit`: who did what, and whether anybody has tampered with it.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::act::{Session, at_desk};
use crate::cli::failure::Failure;
use crate::cli::list::Slice;
use crate::cli::shell::Shell;
use crate::cli::view::{self, Table};
use crate::desk::Settings;
use crate::domain::filter::Schema;
use crate::domain::permission::Act;
use crate::i18n::Phrase;
use crate::store::audit::{self, Row};
use crate::store::page::Cursor;

pub(super) mod chain;

use chain::Chain;

/// Look at what was done.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Show who did what, newest first
    #[command(after_help = "Example: tanggap audit list by:ADM01 action:report-edit --limit 20")]
    List(List),
    /// Walk the whole chain and tell where somebody tampered with it
    #[command(after_help = "Example: tanggap audit verify --json")]
    Verify(Verify),
}

/// Which acts.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    slice: Slice,
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
                Self::List(list) => list.run(session).await,
                Self::Verify(_) => verify(session).await,
            }
        })
        .await
    }
}

impl List {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let query = self.slice.query(session, &Schema::AUDIT)?;
        let (scope, db) = (session.scope(), &session.desk.db);
        let fetch = async |limit: i64, after: Option<&Cursor>| {
            audit::list::page(db, &query, &scope, (Some(limit), after)).await
        };
        let settings = session.desk.settings();
        let mut all = Vec::new();
        self.slice
            .walk(session, fetch, async |rows| {
                let rows = rows.into_iter().map(|row| shape(&settings, row));
                all.extend(session.listed(rows.collect()));
                Ok(())
            })
            .await?;
        session.tabled(&all, |shell| table(shell, &all));
        Ok(())
    }
}

fn shape(settings: &Settings, row: Row) -> Value {
    let detail = row
        .detail
        .map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text)));
    json!({
        "seq": row.seq,
        "at": view::time(settings, row.at),
        "actor": row.actor,
        "origin": row.origin,
        "action": row.act,
        "object": row.object,
        "detail": detail,
    })
}

fn table(shell: &Shell, rows: &[Value]) -> String {
    let heads = [
        "column-number",
        "column-time",
        "column-by",
        "column-action",
        "column-object",
    ];
    let mut table = Table::new(shell, &heads);
    for row in rows {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        table.row([
            row["seq"].to_string(),
            text("at"),
            text("actor"),
            text("action"),
            text("object"),
        ]);
    }
    table.text()
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
