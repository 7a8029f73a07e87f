//! How far the organisation's clock is from UTC and when; the views of the old system read it.

use crate::db::{Bulk, Run, Tx, sql};
use crate::store::Result;

/// A time in which the clock's distance stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Span {
    pub from_at: i64,
    pub until_at: i64,
    pub offset_ms: i64,
}

/// Returns the spans, in order.
pub async fn all(run: impl Run) -> Result<Vec<Span>> {
    let select = sql("SELECT from_at, until_at, offset_ms FROM zone_span ORDER BY from_at");
    Ok(run.all(select).await?)
}

/// Puts other spans in place of those there are.
pub async fn replace(tx: &mut Tx, spans: &[Span]) -> Result<()> {
    tx.execute(sql("DELETE FROM zone_span")).await?;
    let mut bulk = Bulk::new("INSERT INTO zone_span (from_at, until_at, offset_ms)", 3);
    for span in spans {
        bulk.row([
            span.from_at.into(),
            span.until_at.into(),
            span.offset_ms.into(),
        ]);
    }
    bulk.write(tx).await?;
    Ok(())
}
