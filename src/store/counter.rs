//! Counters: row ids and running numbers, each unique and without gaps in committed work.

use crate::db::{Run as _, Tx, sql};
use crate::store::Result;

/// The counter of row ids.
pub const ROW: &str = "row";

/// Takes `n` values and returns the one before the first of them.
///
/// The row stays locked until the transaction ends, so numbers are given in the order in which
/// transactions commit.
pub async fn take(tx: &mut Tx, name: &str, n: i64) -> Result<i64> {
    let row: Option<(i64,)> = tx
        .first(
            sql("INSERT INTO counter (name, value) VALUES ($1, $2) \
                 ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value \
                 RETURNING value")
            .bind(name)
            .bind(n),
        )
        .await?;
    Ok(row.map_or(0, |(value,)| value - n))
}
