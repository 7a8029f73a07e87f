//! Dialogue (being written).
