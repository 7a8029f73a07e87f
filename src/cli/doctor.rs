//! `tanggap doctor`: looks at everything that can be wrong and says how to mend it. It works even
//! where the settings do not.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::config::with_stored;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::i18n::Phrase;

mod channel;
mod database;
mod desk;
mod folder;
mod settings;

/// Look for whatever is wrong and say how to mend it.
#[derive(Debug, Args)]
#[command(after_help = "Example: tanggap doctor --json")]
pub struct Doctor {}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fault,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fault => "fault",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    check: &'static str,
    state: State,
    /// What was found and what to do about it.
    told: Failure,
}

/// Everything that was looked at.
#[derive(Debug, Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn ok<const N: usize>(
        &mut self,
        check: &'static str,
        id: &'static str,
        values: [(&'static str, String); N],
    ) {
        self.add(check, State::Ok, told(id, values));
    }

    fn warn<const N: usize>(
        &mut self,
        check: &'static str,
        id: &'static str,
        values: [(&'static str, String); N],
    ) {
        self.add(check, State::Warn, told(id, values));
    }

    fn fault<const N: usize>(
        &mut self,
        check: &'static str,
        id: &'static str,
        values: [(&'static str, String); N],
    ) {
        self.add(check, State::Fault, told(id, values));
    }

    fn add(&mut self, check: &'static str, state: State, told: impl Into<Failure>) {
        self.0.push(Finding {
            check,
            state,
            told: told.into(),
        });
    }

    /// Returns what was asked for, or notes why it could not be had.
    fn try_get<T>(
        &mut self,
        check: &'static str,
        found: Result<T, impl Into<Failure>>,
    ) -> Option<T> {
        found
            .map_err(|error| self.add(check, State::Fault, error))
            .ok()
    }

    fn count(&self, state: State) -> usize {
        self.0
            .iter()
            .filter(|finding| finding.state == state)
            .count()
    }
}

fn told<const N: usize>(id: &'static str, values: [(&'static str, String); N]) -> Failure {
    let values = values.map(|(name, value)| (name, value.into()));
    Failure::new(Code::Failed, Phrase::new(id, values))
}

impl Doctor {
    /// Runs the command on a shell that knows no settings yet.
    pub(super) async fn run(self, bare: &Shell) -> Result<(), Failure> {
        let mut findings = Findings::default();
        let Some(shell) = findings.try_get("settings", Shell::new(bare.global.clone())) else {
            return report(bare, &findings);
        };
        look(&shell, &mut findings).await;
        report(&shell, &findings)
    }
}

async fn look(shell: &Shell, findings: &mut Findings) {
    settings::look_at_file(shell, findings);
    let keeps_files = folder::look(shell, findings);
    let db = if keeps_files {
        database::look(shell, findings).await
    } else {
        None
    };
    let layers = match &db {
        Some(db) => findings.try_get("settings", with_stored(shell, db).await),
        None => Some(shell.layers.clone()),
    };
    let Some(layers) = layers else { return };
    settings::look_at_values(shell, &layers, findings);
    let Some(config) = findings.try_get("settings", layers.config()) else {
        return;
    };
    channel::look(shell, &config, findings).await;
    if let Some(db) = db {
        desk::look(shell, &db, findings).await;
        db.close().await;
    }
}

fn report(shell: &Shell, findings: &Findings) -> Result<(), Failure> {
    let (faults, warnings) = (findings.count(State::Fault), findings.count(State::Warn));
    let checks: Vec<Value> = findings
        .0
        .iter()
        .map(|finding| shape(shell, finding))
        .collect();
    let value = json!({
        "ok": faults == 0,
        "faults": faults,
        "warnings": warnings,
        "checks": checks,
    });
    shell.print(&value, || lines(shell, findings).join("\n"));
    if faults == 0 {
        return Ok(());
    }
    Err(Failure::found(Phrase::new(
        "error-doctor",
        [("count", faults.into())],
    )))
}

fn shape(shell: &Shell, finding: &Finding) -> Value {
    json!({
        "check": finding.check,
        "state": finding.state.as_str(),
        "text": finding.told.text(&shell.texts),
    })
}

fn lines(shell: &Shell, findings: &Findings) -> Vec<String> {
    let line = |finding: &Finding| {
        let (state, check) = (finding.state.as_str(), finding.check);
        format!(
            "{state:<5}  {check:<9}  {}",
            finding.told.text(&shell.texts)
        )
    };
    findings.0.iter().map(line).collect()
}
