//! The program as people run it: `tests/it/cli/program.rs` starts it in a folder of its own.

mod message;
mod outbox;
mod program;
mod report;
mod stats;
