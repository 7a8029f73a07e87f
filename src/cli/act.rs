//! A command at the desk: opens it, acts in somebody's name, tries again what only failed because
//! somebody else was faster.

use std::time::Duration;

use crate::action::{self, Actor, Work};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::desk::Desk;
use crate::domain::track::TrackId;

/// How often a whole act is tried when the database was busy or away.
const TRIES: u32 = 5;

/// Somebody at the desk.
pub(super) struct Session<'s> {
    pub(super) shell: &'s Shell,
    pub(super) desk: Desk,
    pub(super) actor: Actor,
}

/// Opens the desk for a command and closes it afterwards.
pub(super) async fn at_desk(
    shell: &Shell,
    doing: impl AsyncFnOnce(&Session<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let desk = shell.desk().await?;
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
    matches!(error, action::Error::Store(Database(sqlx::Error::Database(_))))
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
