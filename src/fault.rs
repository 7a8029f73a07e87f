//! Named points at which a test build dies, and texts that it dies of; a usual build has none.

#[cfg(feature = "faults")]
mod armed {
    /// Dies here when `TANGGAP_STOP_AT` names this point; `NAME/N` dies at one pass of N.
    pub fn point(name: &str) {
        let Ok(wanted) = std::env::var("TANGGAP_STOP_AT") else {
            return;
        };
        let (at, one_of) = wanted.split_once('/').unwrap_or((&wanted, "1"));
        let one_of: u32 = one_of.parse().unwrap_or(1).max(1);
        if at == name && rand::random_range(0..one_of) == 0 {
            std::process::abort();
        }
    }

    /// Dies of a text that holds `TANGGAP_DEADLY`, panics at one that holds `TANGGAP_POISON`.
    pub fn text(text: &str) {
        let holds = |name: &str| std::env::var(name).is_ok_and(|mark| text.contains(&mark));
        if holds("TANGGAP_DEADLY") {
            std::process::abort();
        }
        assert!(!holds("TANGGAP_POISON"), "poisoned");
    }
}

#[cfg(feature = "faults")]
pub use armed::{point, text};

/// Does nothing.
#[cfg(not(feature = "faults"))]
#[inline]
pub const fn point(_: &str) {}

/// Does nothing.
#[cfg(not(feature = "faults"))]
#[inline]
pub const fn text(_: &str) {}
