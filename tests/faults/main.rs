//! The fault rig: the real program is killed, frozen and stopped under load, and afterwards the
//! laws of `RELIABILITY.md` 3.2 are counted from what senders and gateway saw and from the tables,
//! never from the program's own counters.
//!
//! Apart from `tests/it`, because it kills processes and waits for real time to pass. With
//! `TANGGAP_LONG=1` it runs longer and with more seeds; with the feature `faults` it also kills at
//! each named point. `TANGGAP_SEED` repeats one seed.

mod crowd;
mod desk;
mod gateway;
mod law;
mod signal;

mod kill;
mod pair;
#[cfg(feature = "faults")]
mod point;
mod stop;

use std::io::Write as _;

/// Tells how a run went, whether or not its test fails.
fn tell(line: &str) {
    writeln!(std::io::stderr().lock(), "{line}").expect("a place to write");
}

/// Tells whether there is time for the long form.
fn is_long() -> bool {
    std::env::var("TANGGAP_LONG").is_ok_and(|value| value == "1")
}

/// Returns the seeds of a test: one, or several in the long form, or the one asked for.
fn seeds(long: u64) -> Vec<u64> {
    let asked = std::env::var("TANGGAP_SEED").ok();
    if let Some(seed) = asked.and_then(|text| text.parse().ok()) {
        return vec![seed];
    }
    let first = rand::random_range(0..1_000_000);
    (first..first + if is_long() { long } else { 1 }).collect()
}
