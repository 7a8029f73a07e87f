//! What the tests share: fresh databases, a desk at work, a gateway that counts, people who write.

pub(crate) mod database;
pub(crate) mod fake_fonnte;
pub(crate) mod office;
pub(crate) mod setup;

pub(crate) use database::db;
