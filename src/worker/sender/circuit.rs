//! Stops knocking at a gateway that does not answer, and tries again with one letter.

use crate::config;
use crate::gateway::{Accepted, Error, ErrorKind};

/// Counts failures in a row and keeps the channel quiet after too many.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Circuit {
    failures: u32,
    pauses: u32,
    open_until: i64,
}

impl Circuit {
    /// Returns true when letters may be handed over.
    pub(super) fn may_send(&self, now: i64) -> bool {
        now >= self.open_until
    }

    /// Returns when the next try is due.
    pub(super) fn ready_at(&self) -> i64 {
        self.open_until
    }

    /// Returns how many letters may fly at once: one while the gateway is being tried.
    pub(super) fn limit(&self, free: usize) -> usize {
        if self.pauses > 0 { free.min(1) } else { free }
    }

    /// Learns from an answer. A letter that is refused for its own sake says nothing against the
    /// gateway.
    pub(super) fn note(
        &mut self,
        result: &Result<Accepted, Error>,
        config: &config::Circuit,
        now: i64,
    ) {
        let failed = result.as_ref().is_err_and(|error| {
            matches!(error.kind, ErrorKind::Unreachable | ErrorKind::Unreadable)
        });
        if !failed {
            *self = Self::default();
            return;
        }
        self.failures += 1;
        if self.failures >= config.failures.max(1) || self.pauses > 0 {
            let doubled = i64::from(config.first_pause_seconds) << self.pauses.min(10);
            let pause = doubled.min(i64::from(config.longest_pause_seconds));
            self.open_until = now + pause * 1000;
            self.pauses += 1;
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Circuit;
    use crate::config;
    use crate::gateway::{Accepted, Error, ErrorKind, Retry};

    const CONFIG: config::Circuit = config::Circuit {
        failures: 5,
        first_pause_seconds: 30,
        longest_pause_seconds: 300,
    };

    fn failure(kind: ErrorKind) -> Result<Accepted, Error> {
        Err(Error {
            kind,
            retry: Retry::Later,
            ambiguous: false,
            text: String::new(),
        })
    }

    #[test]
    fn five_failures_in_a_row_close_the_door_and_each_probe_doubles_the_wait() {
        let mut circuit = Circuit::default();
        for _ in 0..4 {
            circuit.note(&failure(ErrorKind::Unreachable), &CONFIG, 0);
            assert!(circuit.may_send(0));
        }
        circuit.note(&failure(ErrorKind::Unreachable), &CONFIG, 0);
        assert!(!circuit.may_send(29_999));
        assert_eq!((circuit.ready_at(), circuit.limit(9)), (30_000, 1));
        circuit.note(&failure(ErrorKind::Unreadable), &CONFIG, 30_000);
        assert_eq!(circuit.ready_at(), 90_000);
        for _ in 0..9 {
            circuit.note(&failure(ErrorKind::Unreachable), &CONFIG, 0);
        }
        assert_eq!(circuit.ready_at(), 300_000);
    }

    #[test]
    fn a_refusal_or_a_success_opens_it_again() {
        for good in [Ok(Accepted::default()), failure(ErrorKind::Refused)] {
            let mut circuit = Circuit::default();
            for _ in 0..6 {
                circuit.note(&failure(ErrorKind::Unreachable), &CONFIG, 0);
            }
            circuit.note(&good, &CONFIG, 0);
            assert_eq!((circuit.may_send(0), circuit.limit(9)), (true, 9));
        }
    }
}
