//! Which way a list goes through a million reports to find its few.
//!
//! Questions that an index answers are first asked how many reports they are true of, and no
//! longer than it takes to count to [`FEW`]. If there is one with few, those are looked at and put
//! in order. Otherwise what is wanted is found often enough to walk along the order and stop when
//! the page is full.

use crate::db::{Db, Run as _, Sql, search, sql};
use crate::domain::filter::DateField;
use crate::store::Result;

use super::cond::{Column, Cond, Test};
use super::source::within;
use super::test::Asking;

/// Up to so many reports are looked at one by one.
pub(super) const FEW: i64 = 5_000;

/// So many reports are sooner passed over than a longer stretch of an index is read.
const MUCH: i64 = 20_000;

/// A count looks at so many reports and no more.
const ENOUGH: i64 = 50_000;

/// A way through the reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// The reports that one of these is true of, which are few.
    Few(Vec<Test>),
    /// Those of one value, newest first.
    Along(Column, String),
    /// Those with these words, newest first.
    Words(Vec<String>),
    /// All of them, newest first.
    Newest,
    /// So many of the newest, newest first.
    Glance(i64),
    /// All of them, in the order of an index that is made for this condition.
    Sorted(&'static str),
}

/// The first and the last id that are looked at; only ways with the newest first keep to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ids {
    pub(super) first: i64,
    pub(super) last: i64,
}

/// Questions and how many reports at most they are true of.
type Found = (i64, Vec<Test>);

impl Ids {
    pub(super) const ALL: Self = Self {
        first: i64::MIN,
        last: i64::MAX,
    };

    /// Returns the ids that are in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }
}

impl Way {
    /// Returns the condition without what the way itself makes sure of.
    fn rest(&self, cond: &Cond) -> Cond {
        match self {
            Self::Along(column, value) => cond.without(&Test::Column(*column, vec![value.clone()])),
            Self::Words(words) => cond.without(&Test::Words(words.clone())),
            _ => cond.clone(),
        }
    }
}

impl Asking<'_> {
    /// Returns the few reports among which all are that meet the condition, if there are so few.
    pub(super) async fn few(self, cond: &Cond, few: i64) -> Result<Option<Way>> {
        let found = self.fewest(cond, few).await?;
        Ok(found
            .filter(|(count, _)| *count <= few)
            .map(|(_, tests)| Way::Few(tests)))
    }

    /// Returns the smallest set of reports that holds all that meet the condition.
    async fn fewest(self, cond: &Cond, few: i64) -> Result<Option<Found>> {
        let mut best: Option<Found> = None;
        for arm in cond.arms() {
            let found = match arm {
                Cond::Is(test) => {
                    let count = self.count(test, few).await?;
                    count.map(|count| (count, vec![test.clone()]))
                }
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
        let count = count
            .push_bind(") c LIMIT ", few.saturating_add(1))
            .push(") counted");
        let row: Option<(i64,)> = self.db.first(count).await?;
        Ok(row.map(|(n,)| n))
    }

    /// Chooses among the ways that have the newest first.
    pub(super) fn newest(self, cond: &Cond) -> Way {
        let mut along = None;
        for arm in cond.arms() {
            if let Cond::Is(Test::Words(words)) = arm
                && matches!(self.db, Db::Sqlite { .. })
            {
                return Way::Words(words.clone());
            }
            if let Cond::Is(Test::Column(column, values)) = arm
                && *column != Column::Priority
                && let [value] = values.as_slice()
                && !value.is_empty()
            {
                along = Some(Way::Along(*column, value.clone()));
            }
        }
        along.unwrap_or(Way::Newest)
    }

    /// Returns between which ids all reports are that meet the condition, as far as its times say.
    ///
    /// Ids follow time closely, so this keeps an old month from being looked for in all the
    /// months since. It reads the index over the month, which is worth it only if there is much
    /// before or behind it. The sum keeps PostgreSQL from looking for the smallest id first.
    pub(super) async fn ids(self, cond: &Cond) -> Result<Ids> {
        let mut ids = Ids::ALL;
        for arm in cond.arms() {
            let Cond::Is(Test::Between(field, from, to)) = arm else {
                continue;
            };
            if self.is_much(*field, (i64::MIN, *from)).await?
                || self.is_much(*field, (*to, i64::MAX)).await?
            {
                let ends = sql("SELECT MIN(r.id + 0), MAX(r.id + 0) FROM report r ").once();
                let ends = ends.push("WHERE r.deleted_at IS NULL");
                let ends = within(ends, *field, (*from, *to));
                let row: Option<(Option<i64>, Option<i64>)> = self.db.first(ends).await?;
                let (first, last) = row.unwrap_or_default();
                ids = ids.and(Ids {
                    first: first.unwrap_or(0),
                    last: last.unwrap_or(0),
                });
            }
        }
        Ok(ids)
    }

    /// Returns the id at which a count along a way ends because it has looked at enough reports;
    /// none if there are not so many.
    pub(super) async fn first_of(
        self,
        (way, ids): (&Way, Ids),
        cond: &Cond,
    ) -> Result<Option<i64>> {
        // PostgreSQL goes to the words by itself.
        if self.db.is_shared() && cond.has_words() {
            return Ok(None);
        }
        let first = self.from(sql("SELECT r.id").once(), (way, ids), &Cond::All);
        let first = match way {
            Way::Words(_) => first.push(search::WALK_ORDER),
            _ => first.push(" ORDER BY r.id DESC"),
        };
        let first = first.push_bind(" LIMIT 1 OFFSET ", ENOUGH);
        let row: Option<(i64,)> = self.db.first(first).await?;
        Ok(row.map(|(id,)| id))
    }

    async fn is_much(self, field: DateField, times: (i64, i64)) -> Result<bool> {
        if times.0 >= times.1 {
            return Ok(false);
        }
        let count = self
            .count(&Test::Between(field, times.0, times.1), MUCH)
            .await?;
        Ok(count.is_some_and(|count| count > MUCH))
    }

    /// Adds `FROM … WHERE …` for a condition on a way.
    pub(super) fn from(self, statement: Sql, (way, ids): (&Way, Ids), cond: &Cond) -> Sql {
        let within = |statement: Sql| {
            statement
                .push_bind(" AND r.id >= ", ids.first)
                .push_bind(" AND r.id <= ", ids.last)
        };
        let all = " FROM report r WHERE r.deleted_at IS NULL";
        let statement = match way {
            Way::Few(tests) => self.among_few(statement, tests),
            Way::Along(column, value) => {
                within(statement.push(all).push_bind(along(*column), value))
            }
            Way::Words(words) => {
                let statement = search::walk(statement, words, (ids.first, ids.last));
                statement.push(" AND r.deleted_at IS NULL")
            }
            Way::Newest => within(statement.push(all)),
            Way::Glance(many) => statement
                .push_bind(" FROM (SELECT g.id FROM report g WHERE g.id <= ", ids.last)
                .push_bind(" ORDER BY g.id DESC LIMIT ", *many)
                .push(") w CROSS JOIN report r WHERE r.id = w.id AND r.deleted_at IS NULL"),
            Way::Sorted(hint) => statement.push(all).push(hint),
        };
        self.cond(statement.push(" AND "), &way.rest(cond))
    }

    /// Adds the few reports, in front so that both engines begin with them. The limit, which is
    /// never reached, keeps `SQLite` from going through all reports in the order of their ids.
    fn among_few(self, statement: Sql, tests: &[Test]) -> Sql {
        let mut statement = statement.push(" FROM (SELECT DISTINCT f.hit FROM (");
        for (index, test) in tests.iter().enumerate() {
            statement = statement.push(if index == 0 { "" } else { " UNION ALL " });
            statement = self
                .source(statement, test)
                .expect("only what has a source is few");
        }
        statement
            .push(" LIMIT 1000000) f) few CROSS JOIN report r ")
            .push("WHERE r.id = few.hit AND r.deleted_at IS NULL")
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
