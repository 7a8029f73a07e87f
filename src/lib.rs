//! Tanggap: the desk of a campus facilities bureau in one program.
//!
//! Read `domain` first; `docs/ARCHITECTURE.md` is the map.

/// The acts of the desk: the only way anything changes.
pub mod action;
/// The command line.
pub mod cli;
/// The only place that reads the time.
pub mod clock;
/// The settings.
pub mod config;
/// The database and its two engines.
pub mod db;
/// What every part of the program has at hand.
pub mod desk;
/// The rules of the desk, pure.
pub mod domain;
/// Points at which a test build dies.
pub mod fault;
/// The seam to WhatsApp.
pub mod gateway;
/// Texts in both languages.
pub mod i18n;
/// The key of this installation.
pub mod key;
/// What is written to the log.
pub mod log;
/// Files by their content.
pub mod media;
/// Secrets that do not show themselves.
pub mod secret;
/// An invented desk, for load and demonstration.
pub mod seed;
/// What the desk remembers.
pub mod store;
/// The headless worker.
pub mod worker;
