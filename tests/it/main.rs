//! Tests that need a database, a gateway or both. They run on `SQLite`, and on PostgreSQL where
//! `TEST_DATABASE_URL` names it.

mod cli;
mod journey;
mod rules;
mod seed;
mod store;
mod support;
