//! Channels that send nothing for now, and why: a gateway that refuses us, or people who paused
//! the queue. The queue itself stays as it is.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Who is held back.
#[derive(Debug, Default)]
pub struct Holds(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    paused: bool,
    channels: BTreeMap<String, String>,
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
    }

    /// Lets a channel go on.
    pub fn release(&self, channel: &str) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.channels.remove(channel);
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
