//! The way from the inbox to the receiver: in memory while the receiver keeps up, else through
//! the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::mpsc;

use crate::store::inbox::Delivery;

/// How many deliveries may wait in memory; the rest wait in the database.
const QUEUE: usize = 4096;

/// The inbox's end.
pub struct Handover {
    queue: mpsc::Sender<Delivery>,
    parked: Parked,
}

/// The receiver's end.
pub struct Handed {
    pub(super) queue: mpsc::Receiver<Delivery>,
    pub(super) parked: Parked,
}

/// Counts what was left in the database since the receiver last found nothing there. It begins
/// at one, because the last run may have left something.
#[derive(Clone)]
pub(super) struct Parked(Arc<AtomicU64>);

/// What the counter said before a look into the database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen(u64);

/// Makes the way.
pub fn queue() -> (Handover, Handed) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let parked = Parked(Arc::new(AtomicU64::new(1)));
    let handover = Handover {
        queue: sender,
        parked: parked.clone(),
    };
    (
        handover,
        Handed {
            queue: receiver,
            parked,
        },
    )
}

impl Handover {
    /// Says whether so many deliveries can be handed over. Once they cannot, all wait in the
    /// database until the receiver has caught up, so that none overtakes another.
    pub fn reserve(&self, count: usize) -> bool {
        if self.queue.capacity() < count {
            self.park();
        }
        !self.parked.is_any()
    }

    /// Notes that deliveries wait in the database; to be called after their commit, because a
    /// look before it finds nothing.
    pub fn park(&self) {
        self.parked.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Hands over stored deliveries.
    pub fn pass(&self, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            if self.queue.try_send(delivery).is_err() {
                // Its lease runs out and the database offers it again.
                self.park();
            }
        }
    }
}

impl Parked {
    pub(super) fn is_any(&self) -> bool {
        self.seen() != Seen(0)
    }

    pub(super) fn seen(&self) -> Seen {
        Seen(self.0.load(Ordering::SeqCst))
    }

    /// Forgets what was parked before a look that found nothing, but not what came since.
    pub(super) fn none_since(&self, Seen(count): Seen) {
        self.0
            .compare_exchange(count, 0, Ordering::SeqCst, Ordering::SeqCst)
            .ok();
    }
}

#[cfg(test)]
mod tests {
    use super::{QUEUE, queue};

    #[test]
    fn the_first_look_into_the_database_comes_before_any_handover() {
        let (handover, handed) = queue();
        assert!(!handover.reserve(1));
        handed.parked.none_since(handed.parked.seen());
        assert!(handover.reserve(1));
    }

    #[test]
    fn what_is_parked_during_a_look_is_not_forgotten() {
        let (handover, handed) = queue();
        let seen = handed.parked.seen();
        handover.park();
        handed.parked.none_since(seen);
        assert!(!handover.reserve(1));
    }

    #[test]
    fn more_than_the_memory_holds_goes_through_the_database() {
        let (handover, handed) = queue();
        handed.parked.none_since(handed.parked.seen());
        assert!(handover.reserve(QUEUE));
        assert!(!handover.reserve(QUEUE + 1));
        assert!(!handover.reserve(1), "nobody overtakes those that wait");
    }
}
