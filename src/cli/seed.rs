//! `tanggap seed`: a desk full of invented people and reports, for load and demonstration.

use std::io::Write as _;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::cli::failure::{Code, Failure};
use crate::cli::shell::{Opened, Shell};
use crate::domain::permission::Act;
use crate::i18n::Phrase;
use crate::seed::{self, Plan, Sown};

/// How often the progress is told.
const PAUSE: Duration = Duration::from_secs(2);

/// Fill a desk with invented people and reports.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tanggap seed --reports 100000 --database sqlite:/srv/coba/desk.db\n\n\
                  What is there already stays, and the running numbers go on behind it."
)]
pub struct Seed {
    /// How many reports, over the last 18 months
    #[arg(long, value_name = "N")]
    reports: u64,
    /// How many employees; one for 20 reports when left out
    #[arg(long, value_name = "M")]
    employees: Option<u64>,
    /// How many staff, two of them at the desk
    #[arg(long, value_name = "K", default_value_t = 9)]
    staff: u64,
    /// The same seed makes the same desk
    #[arg(long = "seed", value_name = "S", default_value_t = 1)]
    start: u64,
}

impl Seed {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        let desk = shell.open(Opened::Prepared, "tanggap").await?;
        desk.db.make_room().await?;
        let actor = shell.actor(&desk).await?;
        actor.check(Act::ManageStaff)?;
        let stop = CancellationToken::new();
        let plan = self.plan();
        let listening = tokio::spawn(cancel_on_signal(stop.clone()));
        let sown = seed::sow((&desk, actor), plan, &stop, progress(shell, plan.reports)).await;
        listening.abort();
        desk.db.close().await;
        let sown = sown?;
        if sown.reports < plan.reports {
            let values = [("done", count(sown.reports)), ("all", count(plan.reports))];
            return Err(Failure::new(
                Code::Failed,
                Phrase::new("error-seed-stopped", values),
            ));
        }
        tell(shell, sown);
        Ok(())
    }

    fn plan(&self) -> Plan {
        let employees = self
            .employees
            .unwrap_or((self.reports / 20).clamp(20, 2000));
        Plan {
            reports: self.reports,
            employees,
            staff: self.staff,
            seed: self.start,
        }
    }
}

async fn cancel_on_signal(stop: CancellationToken) {
    if tokio::signal::ctrl_c().await.is_ok() {
        stop.cancel();
    }
}

/// Returns what tells on standard error how far it is, now and then.
fn progress(shell: &Shell, all: u64) -> impl FnMut(u64) {
    let loud = !shell.global.quiet && !shell.global.json;
    let mut told = Instant::now();
    move |done| {
        if loud && told.elapsed() >= PAUSE {
            told = Instant::now();
            let line = shell.say(
                "seed-progress",
                &[("done", count(done)), ("all", count(all))],
            );
            writeln!(std::io::stderr(), "{line}").ok();
        }
    }
}

fn count(n: u64) -> crate::i18n::Value<'static> {
    crate::i18n::Value::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn tell(shell: &Shell, sown: Sown) {
    let Sown {
        reports,
        employees,
        staff,
    } = sown;
    let made = json!({"reports": reports, "employees": employees, "staff": staff});
    shell.print(&made, || {
        let values = [
            ("reports", count(reports)),
            ("employees", count(employees)),
            ("staff", count(staff)),
        ];
        shell.say("done-seeded", &values)
    });
}
