//! The settings: one typed tree, merged from flag, environment, file, database and defaults.
//!
//! `default.toml` lists every key with its default and says what it means; a key that is not
//! there does not exist.

use serde::Deserialize;

use crate::domain::category::Category;
use crate::domain::lang::Lang;
use crate::domain::target::Targets;
use crate::domain::worktime::OfficeHours;
use crate::secret::Secret;

mod channel;
mod cross;
mod document;
mod fault;
mod file;
mod folder;
mod layers;
mod place;
mod rule;
mod schema;

pub use channel::{Channel, GatewayName};
pub use fault::ConfigError;
pub use file::write_new;
pub use folder::Folders;
pub use layers::{Disagreement, Entry, Given, Layers, Origin, output_language};
pub use place::is_shared;

/// Every setting of one program run.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of database and files; empty for the platform's. Ask `Layers::data_dir` instead.
    pub data_dir: String,
    pub category: Vec<Category>,
    pub database: Database,
    pub org: Org,
    pub desk: Desk,
    pub limits: Limits,
    pub targets: Targets,
    pub calendar: OfficeHours,
    pub worker: Worker,
    pub listener: Listener,
    pub inbox: Inbox,
    pub outbox: Outbox,
    pub circuit: Circuit,
    pub media: Media,
    pub sqlite: Sqlite,
    pub postgres: Postgres,
    pub password: Password,
    pub retention: Retention,
    pub log: Log,
    pub chat: Chat,
    /// The configured numbers, in the order of the file.
    pub channel: Vec<Channel>,
}

/// Where the database is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: Secret,
}

/// The organisation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Org {
    pub name: String,
    pub track_prefix: String,
    pub timezone: String,
    pub country_code: String,
    pub language: Lang,
}

/// How reports find their officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assign {
    Manual,
    Suggest,
    Auto,
}

/// How the desk works.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches")]
pub struct Desk {
    pub assign: Assign,
    pub guests: bool,
    pub groups: bool,
    pub finish_needs_validation: bool,
    pub quiet_hours: String,
    pub hold_seconds: u32,
    pub notify_reporter: bool,
    pub guide_every_hours: u32,
    pub join_minutes: u32,
}

/// What one sender may do; 0 means no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub reports_per_hour: u32,
    pub guest_reports_per_hour: u32,
    pub guest_reports_per_day: u32,
    pub messages_per_10_minutes: u32,
    pub misses_per_10_minutes: u32,
    pub miss_pause_minutes: u32,
}

/// The process that receives and sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    pub listen: std::net::SocketAddr,
    pub public_base_url: String,
    pub tls_cert: String,
    pub tls_key: String,
    pub stop_seconds: u32,
}

/// Limits of the webhook listener.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    pub head_seconds: u32,
    pub request_seconds: u32,
    pub headers: u32,
    pub head_kib: u32,
    pub body_kib: u32,
    pub connections: u32,
    pub connections_per_peer: u32,
}

/// How deliveries are taken in and worked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    pub rows_per_commit: u32,
    pub waiting_rows: u32,
    pub waiting_seconds: u32,
    pub tries: u32,
    pub first_wait_seconds: u32,
    pub longest_wait_seconds: u32,
    pub crashes: u32,
}

/// How messages are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    pub connect_seconds: u32,
    pub send_seconds: u32,
    pub tries: u32,
    pub give_up_minutes: u32,
    pub first_wait_seconds: u32,
    pub longest_wait_seconds: u32,
    pub retry_after_least_seconds: u32,
    pub retry_after_most_seconds: u32,
    pub lease_seconds: u32,
    pub sweep_seconds: u32,
    pub parallel: u32,
}

/// When a failing channel is left alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circuit {
    pub failures: u32,
    pub first_pause_seconds: u32,
    pub longest_pause_seconds: u32,
}

/// How files are fetched.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    pub max_mb: u32,
    pub seconds: u32,
    pub parallel: u32,
}

/// A database in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sqlite {
    pub busy_seconds: u32,
    pub readers: u32,
    pub journal_limit_mb: u32,
    pub min_free_mb: u32,
    pub alarm_free_mb: u32,
}

/// A database on a server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postgres {
    pub pool: u32,
    pub console_pool: u32,
    pub wait_seconds: u32,
    pub console_wait_seconds: u32,
    pub statement_seconds: u32,
    pub lock_seconds: u32,
    pub idle_in_transaction_seconds: u32,
    pub life_minutes: u32,
}

/// How passwords are hashed and what they must be.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Password {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
    pub parallel: u32,
    pub min_length: u32,
    pub max_bytes: u32,
}

/// How long things may take that the law sets a clock for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub erase_hours: u32,
}

/// What goes to the log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: String,
}

/// The installation's own chat texts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    pub file: String,
}

#[cfg(test)]
mod tests;
