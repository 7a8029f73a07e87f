//! Signals to processes that the rig has started.

use std::process::Command;

/// What a process is told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signal {
    Term,
    Freeze,
    Thaw,
}

/// Sends a signal.
pub(crate) fn send(process: u32, signal: Signal) {
    let name = match signal {
        Signal::Term => "TERM",
        Signal::Freeze => "STOP",
        Signal::Thaw => "CONT",
    };
    let line = format!("kill -{name} {process}");
    let done = Command::new("sh")
        .args(["-c", &line])
        .status()
        .expect("a shell");
    assert!(done.success(), "{line}");
}
