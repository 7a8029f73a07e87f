//! A command at the desk: opens it, acts in somebody's name, tries again what only failed because
//! somebody else was faster.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::action::{self, Actor, Work};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::view::{self, Letter};
use crate::desk::Desk;
use crate::domain::permission::{Act, Reach};
use crate::domain::track::TrackId;
use crate::store;
use crate::store::report::Report;
use crate::store::report::list::Scope;

/// How often a whole act is tried when the database was busy or away.
const TRIES: u32 = 5;

/// Somebody at the desk.
pub(super) struct Session<'s> {
    pub(super) shell: &'s Shell,
    pub(super) desk: Arc<Desk>,
    pub(super) actor: Actor,
}

/// The first letter of a message by hand, and the ids of all its letters.
#[derive(Serialize)]
struct Sent<'a> {
    #[serde(flatten)]
    first: &'a Letter,
    ids: Vec<&'a str>,
}

/// Opens the desk for a command and closes it afterwards.
pub(super) async fn at_desk(
    shell: &Shell,
    doing: impl AsyncFnOnce(&Session<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let desk = Arc::new(shell.desk().await?);
    let actor = shell.actor(&desk).await?;
    let session = Session { shell, desk, actor };
    let done = doing(&session).await;
    session.desk.db.close().await;
    done
}

impl Session<'_> {
    /// Carries out an act as one transaction; the whole of it is tried again when the database
    /// was busy, and leaves nothing behind until it has been done.
    pub(super) async fn act<T>(
        &self,
        doing: impl AsyncFn(&mut Work<'_>) -> action::Result<T>,
    ) -> Result<T, Failure> {
        let mut tries = 1;
        loop {
            let (error, may_repeat) = match self.attempt(&doing).await {
                Ok((work, done)) => match work.commit().await {
                    Ok(()) => return Ok(done),
                    Err(error) => {
                        let may_repeat = error.is_transient() && was_answered(&error);
                        (error, may_repeat)
                    }
                },
                Err(error) => {
                    let may_repeat = error.is_transient();
                    (error, may_repeat)
                }
            };
            if !may_repeat || tries == TRIES {
                return Err(error.into());
            }
            tokio::time::sleep(pause(tries)).await;
            tries += 1;
        }
    }

    async fn attempt<T>(
        &self,
        doing: &impl AsyncFn(&mut Work<'_>) -> action::Result<T>,
    ) -> action::Result<(Work<'_>, T)> {
        let mut work = Work::begin(&self.desk, self.actor.clone()).await?;
        let done = doing(&mut work).await?;
        work.flush().await?;
        Ok((work, done))
    }

    /// Returns what the actor may see, and as whom.
    pub(super) fn scope(&self) -> Scope {
        let settings = self.desk.settings();
        let me = self.actor.staff.clone();
        let only_own = self.actor.reach(Act::SeeReports) != Reach::All;
        Scope {
            now: settings.local(self.desk.clock.now()),
            own_only: me.clone().filter(|_| only_own),
            me,
            country_code: settings.config.org.country_code.clone(),
        }
    }

    /// Prints a report that was changed; people read a sentence about it.
    pub(super) async fn told(&self, row: Report, sentence: &str) -> Result<(), Failure> {
        let report = view::of_reports(&self.desk, vec![row]).await?.remove(0);
        let number = report.track_id.as_str();
        self.shell.print(&report, || {
            self.shell.say(sentence, &[("number", number.into())])
        });
        Ok(())
    }

    /// Prints a message that was put into the outbox; a long text goes in several letters.
    pub(super) async fn sent(&self, ids: &[i64]) -> Result<(), Failure> {
        let rows = store::outbox::by_ids(&self.desk.db, ids).await?;
        let settings = self.desk.settings();
        let letters: Vec<Letter> = rows
            .into_iter()
            .map(|row| Letter::new(&settings, row))
            .collect();
        let Some(first) = letters.first() else {
            return Ok(());
        };
        let ids: Vec<&str> = letters.iter().map(|letter| letter.id.as_str()).collect();
        let values = [
            ("to", first.to.as_str().into()),
            ("id", ids.join(", ").into()),
        ];
        let sent = Sent { first, ids };
        self.shell
            .print(&sent, || self.shell.say("done-sent", &values));
        Ok(())
    }

    /// Prints a piece of a list as JSON lines, or gives it back for a table.
    pub(super) fn listed<T: Serialize>(&self, rows: Vec<T>) -> Vec<T> {
        if !self.shell.global.json {
            return rows;
        }
        for row in &rows {
            self.shell.json(row);
        }
        Vec::new()
    }

    /// Prints the rows that were given back as a table.
    pub(super) fn tabled<T>(&self, rows: &[T], table: impl FnOnce(&Shell) -> String) {
        if self.shell.global.json {
            return;
        }
        if rows.is_empty() {
            self.shell.note(&self.shell.say("word-nothing-found", &[]));
        } else {
            self.shell.print(&(), || table(self.shell));
        }
    }

    /// Reads a tracking number in any spelling.
    pub(super) fn number(raw: &str) -> Result<String, Failure> {
        let number = TrackId::parse(raw);
        number
            .map(|number| number.as_str().to_owned())
            .ok_or_else(|| Failure::not_found("report", raw))
    }

    /// Reads the id of a message or a letter.
    pub(super) fn id(what: &'static str, raw: &str) -> Result<i64, Failure> {
        let digits = raw.trim().trim_start_matches('#');
        digits.parse().map_err(|_| Failure::not_found(what, raw))
    }
}

/// Says whether the database itself refused. A commit whose link broke may have been taken, and so
/// is not tried again.
fn was_answered(error: &action::Error) -> bool {
    use crate::store::Error::Database;
    matches!(
        error,
        action::Error::Store(Database(sqlx::Error::Database(_)))
    )
}

/// Returns a random wait that doubles with every try.
fn pause(tries: u32) -> Duration {
    Duration::from_millis(rand::random_range(20..=50_u64 << tries))
}

#[cfg(test)]
mod tests {
    use super::Session;

    #[test]
    fn a_number_is_read_in_any_spelling() {
        for raw in ["BRT2411001", "#brt 2411001", "*brt-2411001*"] {
            assert_eq!(Session::number(raw).unwrap(), "BRT2411001", "{raw}");
        }
        assert!(Session::number("lampu").is_err());
    }

    #[test]
    fn an_id_is_a_number() {
        assert_eq!(Session::id("message", "#17").unwrap(), 17);
        assert!(Session::id("message", "BRT2411001").is_err());
    }
}
