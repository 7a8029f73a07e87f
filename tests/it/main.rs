//! Tests that need a database, a gateway or both. They run on `SQLite`, and on PostgreSQL where
//! `TEST_DATABASE_URL` names it.

#![expect(
    clippy::unwrap_used,
    clippy::redundant_clone,
    clippy::cloned_ref_to_slice_refs,
    reason = "tests say what they expect, and fail where it is not so"
)]

mod cli;
mod journey;
mod rules;
mod seed;
mod store;
mod support;
