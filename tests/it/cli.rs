//! The program as people run it: `tests/it/cli/program.rs` starts it in a folder of its own.

mod config;
mod db;
mod doctor;
mod manual;
mod message;
mod outbox;
mod people;
mod program;
mod report;
mod setup;
mod stats;
