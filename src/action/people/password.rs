//! Passwords: which ones are taken, how they are hashed, and who may come in with one.
//!
//! Hashing takes a tenth of a second and much memory on purpose. It happens on threads of its own,
//! a few at once, and never while a transaction is open.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;

use crate::action::people::{invalid, staff};
use crate::action::{Error, Result};
use crate::desk::Desk;
use crate::store;
use crate::store::staff::{Hash, Staff};

mod cost;
mod root;
mod weak;

use cost::Cost;
pub use cost::Verdict;
use weak::Policy;

/// Why somebody does not come in; it never tells which half was wrong.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("username and password do not match")]
    Refused,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Checks a new password and hashes it; `owner` are the names that it may not hold.
pub async fn hash(desk: &Desk, password: &SecretString, owner: &[&str]) -> Result<Hash> {
    let settings = desk.settings();
    let rules = &settings.config.password;
    let org = &settings.config.org;
    let policy = Policy {
        min_chars: rules.min_length as usize,
        max_bytes: rules.max_bytes as usize,
        owner,
        local: &[&org.name, &org.track_prefix, "tanggap"],
    };
    let password = canonical(password);
    if let Some(why) = policy.fault(password.expose_secret()) {
        return Err(invalid("password", "", why));
    }
    let cost = Cost::of(rules);
    Ok(in_turn(desk, move || cost.hash(password.expose_secret())).await)
}

/// Checks and hashes a new password of a member, found by id or username.
pub async fn hash_for(desk: &Desk, name: &str, password: &SecretString) -> Result<Hash> {
    let found = store::staff::find_either(&desk.db, name).await?;
    let staff = found.ok_or_else(|| Error::missing("staff", name))?;
    hash(
        desk,
        password,
        &[&staff.name, staff.username.as_deref().unwrap_or_default()],
    )
    .await
}

/// Tells whether a password is the one behind a hash. Without a hash the answer is no, after the
/// same time.
pub async fn verify(desk: &Desk, password: &SecretString, stored: Option<&Hash>) -> Verdict {
    let settings = desk.settings();
    let cost = Cost::of(&settings.config.password);
    let stored = stored.map_or_else(|| cost.nobody(), Clone::clone);
    let password = canonical(password);
    if password.expose_secret().len() > settings.config.password.max_bytes as usize {
        return Verdict::Wrong;
    }
    in_turn(desk, move || cost.verify(password.expose_secret(), &stored)).await
}

/// Lets an active member in by username and password; how often that may be tried is for the
/// caller to limit. A hash of an older kind is replaced on the way.
pub async fn sign_in(
    desk: &Desk,
    username: &str,
    password: &SecretString,
) -> std::result::Result<Staff, SignInError> {
    let username = username.trim().to_lowercase();
    let staff = if staff::is_username(&username) {
        store::staff::by_username(&desk.db, &username).await?
    } else {
        None
    };
    let stored = staff.as_ref().and_then(|staff| staff.password.clone());
    let verdict = verify(desk, password, stored.as_ref()).await;
    let staff = staff.filter(|staff| staff.active && verdict != Verdict::Wrong);
    let (Some(staff), Some(stored)) = (staff, stored) else {
        return Err(SignInError::Refused);
    };
    if verdict == Verdict::Outdated
        && let Err(error) = refresh(desk, &staff, &stored, password).await
    {
        tracing::warn!(staff = staff.id, %error, "a password keeps its older hash");
    }
    Ok(staff)
}

async fn refresh(desk: &Desk, staff: &Staff, stored: &Hash, password: &SecretString) -> Result<()> {
    let cost = Cost::of(&desk.settings().config.password);
    let password = canonical(password);
    let fresh = in_turn(desk, move || cost.hash(password.expose_secret())).await;
    let mut tx = desk.db.begin().await?;
    store::staff::rehash(&mut tx, &staff.id, stored, &fresh).await?;
    Ok(tx.commit().await?)
}

/// Returns a password in the form in which every keyboard writes it.
fn canonical(password: &SecretString) -> SecretString {
    password.expose_secret().nfkc().collect::<String>().into()
}

/// Runs a job on a thread of its own when its turn comes. The turn ends with the job, even when
/// nobody waits for it any more.
async fn in_turn<T: Send + 'static>(desk: &Desk, job: impl FnOnce() -> T + Send + 'static) -> T {
    let turn = Arc::clone(&desk.hashing).acquire_owned().await;
    let turn = turn.expect("nobody closes the turns");
    let done = tokio::task::spawn_blocking(move || {
        let result = job();
        drop(turn);
        result
    });
    done.await.expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::canonical;

    #[test]
    fn two_keyboards_write_the_same_password() {
        let (joined, split) = ("caf\u{e9} pagi hari".into(), "cafe\u{301} pagi hari".into());
        assert_eq!(
            canonical(&joined).expose_secret(),
            canonical(&split).expose_secret()
        );
    }
}
