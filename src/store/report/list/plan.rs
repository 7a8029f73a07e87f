//! Which way a list goes through a million reports to find its few.
//!
//! Questions that an index answers are first asked how many reports they are true of, and no
//! longer than it takes to count to [`FEW`]. If there is one with few, those are looked at and put
//! in order. Otherwise what is wanted is found often enough to walk along the order and stop when
//! the page is full.

use crate::db::{Db, Run as _, Sql, search, sql};
use crate::store::Result;

use super::cond::{Column, Cond, Test};
use super::test::Asking;

/// Up to so many reports are looked at one by one.
pub(super) const FEW: i64 = 5_000;

/// A way through the reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// The reports that one of these is true of, which are few.
    Few(Vec<Test>),
    /// Those of one value, newest first.
    Along(Column, String),
    /// Those with these words, newest first.
    Words(Test),
    /// All of them, in the order wanted.
    Walk,
}

/// Questions and how many reports at most they are true of.
type Found = (i64, Vec<Test>);

impl Asking<'_> {
    /// Chooses the way for a condition; `newest` tells whether the newest are to come first.
    pub(super) async fn way(self, cond: &Cond, newest: bool, few: i64) -> Result<Way> {
        if let Some((count, tests)) = self.fewest(cond, few).await?
            && count <= few
        {
            return Ok(Way::Few(tests));
        }
        Ok(if newest {
            self.ordered_way(cond)
        } else {
            Way::Walk
        })
    }

    /// Returns the smallest set of reports that holds all that meet the condition.
    async fn fewest(self, cond: &Cond, few: i64) -> Result<Option<Found>> {
        let mut best: Option<Found> = None;
        for arm in cond.arms() {
            let found = match arm {
                Cond::Is(test) => self
                    .count(test, few)
                    .await?
                    .map(|n| (n, vec![test.clone()])),
                Cond::Or(any) => Box::pin(self.union(any, few)).await?,
                Cond::And(_) => Box::pin(self.fewest(arm, few)).await?,
                Cond::All | Cond::Not(_) => None,
            };
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
            }
        }
        Ok(best)
    }

    async fn union(self, any: &[Cond], few: i64) -> Result<Option<Found>> {
        let (mut sum, mut tests) = (0, Vec::new());
        for part in any {
            let Some((count, more)) = self.fewest(part, few).await? else {
                return Ok(None);
            };
            sum += count;
            tests.extend(more);
            if sum > few {
                return Ok(None);
            }
        }
        Ok(Some((sum, tests)))
    }

    /// Returns how many reports a question is true of, counting to one more than `few`.
    pub(super) async fn count(self, test: &Test, few: i64) -> Result<Option<i64>> {
        let count = sql("SELECT COUNT(*) FROM (SELECT c.hit FROM (").once();
        let Some(count) = self.source(count, test) else {
            return Ok(None);
        };
        let count = count.push_bind(") c LIMIT ", few + 1).push(") counted");
        let row: Option<(i64,)> = self.db.first(count).await?;
        Ok(row.map(|(n,)| n))
    }

    /// Chooses among the ways that have the newest first.
    fn ordered_way(self, cond: &Cond) -> Way {
        let mut along = None;
        for arm in cond.arms() {
            match arm {
                Cond::Is(test @ Test::Words(_)) if matches!(self.db, Db::Sqlite { .. }) => {
                    return Way::Words(test.clone());
                }
                Cond::Is(Test::Column(column, values)) if *column != Column::Priority => {
                    if let [value] = values.as_slice()
                        && !value.is_empty()
                    {
                        along = Some(Way::Along(*column, value.clone()));
                    }
                }
                _ => {}
            }
        }
        along.unwrap_or(Way::Walk)
    }

    /// Adds `FROM … WHERE …` for a condition on a way; `before` is the id that the newest-first
    /// ways begin below.
    pub(super) fn from(self, statement: Sql, (way, cond): (&Way, &Cond), before: i64) -> Sql {
        let statement = match way {
            Way::Few(tests) => self.few(statement, tests),
            Way::Along(column, value) => {
                let statement = statement
                    .push(" FROM report r WHERE r.deleted_at IS NULL")
                    .push_bind(along(*column), value)
                    .push_bind(" AND r.id < ", before);
                let known = Test::Column(*column, vec![value.clone()]);
                return self.cond(statement.push(" AND "), &cond.without(&known));
            }
            Way::Words(test @ Test::Words(words)) => {
                let statement = search::walk(statement, words, before);
                let statement = statement.push(" AND r.deleted_at IS NULL AND ");
                return self.cond(statement, &cond.without(test));
            }
            Way::Words(_) | Way::Walk => {
                statement.push(" FROM report r WHERE r.deleted_at IS NULL")
            }
        };
        self.cond(statement.push(" AND "), cond)
    }

    /// Adds the few reports, in front so that both engines begin with them.
    fn few(self, statement: Sql, tests: &[Test]) -> Sql {
        let mut statement = statement.push(" FROM (SELECT DISTINCT f.hit FROM (");
        for (index, test) in tests.iter().enumerate() {
            statement = statement.push(if index == 0 { "" } else { " UNION ALL " });
            statement = self
                .source(statement, test)
                .expect("only what has a source is few");
        }
        statement.push(") f) few CROSS JOIN report r WHERE r.id = few.hit AND r.deleted_at IS NULL")
    }
}

const fn along(column: Column) -> &'static str {
    match column {
        Column::Status => " AND r.status = ",
        Column::Priority => " AND r.priority = ",
        Column::Unit => " AND r.unit = ",
        Column::Category => " AND r.category = ",
    }
}
