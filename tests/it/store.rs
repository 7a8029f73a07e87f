//! What the store does with a real database.

mod book;
mod list;
