//! Channels that send nothing for now, and why: a gateway that refuses us, or people who paused
//! the queue. The queue itself stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{PoisonError, RwLock};

/// Who is held back.
#[derive(Debug, Default)]
pub struct Holds(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    paused: bool,
    channels: BTreeMap<String, String>,
    /// Those that the database has not been told of.
    untold: BTreeSet<String>,
}

impl Holds {
    /// Returns true when a channel sends nothing.
    pub fn is_held(&self, channel: &str) -> bool {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.paused || state.channels.contains_key(channel)
    }

    /// Stops a channel.
    pub fn hold(&self, channel: &str, reason: &str) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.channels.insert(channel.to_owned(), reason.to_owned());
        state.untold.insert(channel.to_owned());
    }

    /// Lets a channel go on.
    pub fn release(&self, channel: &str) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.channels.remove(channel);
        state.untold.remove(channel);
    }

    /// Returns what the database has to be told: channels that this process holds, and why.
    pub fn untold(&self) -> Vec<(String, String)> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let untold = state.untold.iter();
        untold
            .filter_map(|name| Some((name.clone(), state.channels.get(name)?.clone())))
            .collect()
    }

    /// Notes that the database knows of a hold.
    pub fn told(&self, channel: &str) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.untold.remove(channel);
    }

    /// Takes over what the database says: others hold and release channels too. Returns true
    /// when one of them may send again.
    pub fn adopt(&self, held: BTreeMap<String, String>) -> bool {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let State {
            channels, untold, ..
        } = &mut *state;
        let before = channels.len();
        channels.retain(|name, _| held.contains_key(name) || untold.contains(name));
        let freed = channels.len() < before;
        for (name, reason) in held {
            channels.entry(name).or_insert(reason);
        }
        freed
    }

    /// Stops everything, or lets everything go on.
    pub fn pause(&self, paused: bool) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .paused = paused;
    }

    /// Returns the channels that are held, with their reasons.
    pub fn all(&self) -> BTreeMap<String, String> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .channels
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Holds;

    fn database<const N: usize>(names: [&str; N]) -> BTreeMap<String, String> {
        names
            .map(|name| (name.to_owned(), "lost".to_owned()))
            .into()
    }

    #[test]
    fn what_others_release_is_released_here_too() {
        let holds = Holds::default();
        assert!(!holds.adopt(database(["utama"])));
        assert!(holds.is_held("utama"));
        assert!(holds.adopt(database([])));
        assert!(!holds.is_held("utama"));
    }

    #[test]
    fn a_hold_that_the_database_does_not_know_yet_stays() {
        let holds = Holds::default();
        holds.hold("utama", "token invalid");
        assert!(!holds.adopt(database([])));
        assert_eq!(
            holds.untold(),
            [("utama".to_owned(), "token invalid".to_owned())]
        );
        holds.told("utama");
        assert!(holds.untold().is_empty() && holds.is_held("utama"));
        assert!(holds.adopt(database([])));
    }
}
