//! Sums that are kept up to date, so that dashboards and charts never count rows.

use std::collections::BTreeMap;

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::Result;

/// The day of sums that belong to no day.
pub const ALWAYS: &str = "";

/// Changes of sums on their way into the table.
#[derive(Debug, Default)]
pub struct Changes(BTreeMap<(&'static str, String, String), i64>);

/// One sum.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Sum {
    pub day: String,
    pub key: String,
    pub n: i64,
}

impl Changes {
    /// Adds `n` to a sum.
    pub fn add(&mut self, metric: &'static str, (day, key): (&str, &str), n: i64) {
        *self
            .0
            .entry((metric, day.to_owned(), key.to_owned()))
            .or_default() += n;
    }

    /// Writes all changes; in one order, so that two writers never wait for each other in a ring.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        let mut bulk = Bulk::new("INSERT INTO tally (metric, day, key, n)", 4)
            .tail("ON CONFLICT (metric, day, key) DO UPDATE SET n = tally.n + excluded.n");
        for ((metric, day, key), n) in self.0.into_iter().filter(|(_, n)| *n != 0) {
            bulk.row([metric.into(), day.into(), key.into(), n.into()]);
        }
        if !bulk.is_empty() {
            bulk.write(tx).await?;
        }
        Ok(())
    }
}

/// Returns the sums of a metric from the first to the last day, by day and key.
pub async fn sums(run: impl Run, metric: &str, days: (&str, &str)) -> Result<Vec<Sum>> {
    Ok(run
        .all(
            sql(
                "SELECT day, key, n FROM tally WHERE metric = $1 AND day >= $2 AND day <= $3 \
                 AND n <> 0 ORDER BY day, key",
            )
            .bind(metric)
            .bind(days.0)
            .bind(days.1),
        )
        .await?)
}

/// Returns the sum over all keys of a metric that belongs to no day.
pub async fn total(run: impl Run, metric: &str) -> Result<i64> {
    let select = sql("SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM tally \
         WHERE metric = $1 AND day = ''");
    let row: Option<(i64,)> = run.first(select.bind(metric)).await?;
    Ok(row.map_or(0, |(n,)| n))
}
