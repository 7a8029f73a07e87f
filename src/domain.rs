//! The rules of the desk: pure, without a database, a network or a clock. Read this part first.

pub mod category;
pub mod chat;
pub mod filter;
pub mod lang;
pub mod permission;
pub mod phone;
pub mod priority;
pub mod quiet;
pub mod rule;
pub mod show;
pub mod status;
pub mod target;
pub mod text;
pub mod track;
pub mod worktime;
