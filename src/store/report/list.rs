//! The list of reports: a filter in, a page out, whatever the number of reports.

use std::collections::HashMap;

use crate::db::{Db, Run as _, search, sql};
use crate::domain::filter::{Field, Query};
use crate::store::page::{Cursor, Page, Value, Want, keyset, limited};
use crate::store::report::{COLUMNS, Report};
use crate::store::{Error, Result};

mod cond;
mod name;
mod order;
mod plan;
mod source;
mod test;

use cond::{Cond, Reading};
use name::Names;
use order::Part;
use plan::{Ids, Way};
use test::Asking;

pub(in crate::store) use cond::phone_range;
pub(in crate::store) use test::sent;

/// How long free text may be sent after the last message of a person.
pub(in crate::store) const DAY_MS: i64 = 24 * 3_600_000;

/// Who asks, when and where.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The staff member that `@me` stands for.
    pub me: Option<String>,
    /// The staff member who sees own tasks only.
    pub own_only: Option<String>,
    pub now: jiff::Zoned,
    /// The country of phone numbers that do not name theirs.
    pub country_code: String,
}

impl Scope {
    pub(in crate::store) fn now_ms(&self) -> i64 {
        self.now.timestamp().as_millisecond()
    }
}

/// A report and what else the list is ordered by.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Listed {
    #[sqlx(flatten)]
    report: Report,
    /// The first of its officers by id, or nothing.
    first_staff: String,
}

/// The first officer of a report.
const FIRST_STAFF: &str = "COALESCE((SELECT MIN(a.staff_id) FROM assignment a \
     WHERE a.report_id = r.id AND a.removed_at IS NULL), '')";

/// The list as a filter cuts it out of all reports.
struct List<'a> {
    asking: Asking<'a>,
    cond: Cond,
    parts: Vec<Part>,
}

/// Returns a page of the reports that a filter keeps, newest first unless it says otherwise; no
/// limit takes all of them.
pub async fn page(
    db: &Db,
    query: &Query,
    scope: &Scope,
    (limit, after): (Option<i64>, Option<&Cursor>),
) -> Result<Page<Report>> {
    let list = List::of(db, query, scope).await?;
    let name = order::name(&query.sort);
    let start = after.map_or(0, |cursor| cursor.part);
    if start >= list.parts.len() {
        return Err(Error::Cursor);
    }
    let mut rows = Vec::new();
    for (index, part) in list.parts.iter().enumerate().skip(start) {
        let values = match after.filter(|_| index == start) {
            Some(cursor) => Some(keyset::values(cursor, &name, part.keys.len())?),
            None => None,
        };
        let left = limit.map(|limit| limit - i64::try_from(rows.len()).unwrap_or(limit));
        let want = Want {
            limit: left,
            after: None,
        };
        let found = list.part(part, values, want).await?;
        let full = i64::try_from(found.len()).is_ok_and(|n| left.is_some_and(|left| n > left));
        rows.extend(found.into_iter().map(|row| (index, row)));
        if full {
            break;
        }
    }
    let page = Want { limit, after: None }
        .page(rows)
        .with_next(|(index, row)| Cursor {
            list: name,
            part: *index,
            values: list.parts[*index]
                .keys
                .iter()
                .map(|key| (key.value)(row))
                .collect(),
        });
    Ok(page.map(|(_, row)| row.report))
}

/// How many reports a filter keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub n: i64,
    /// There may be more, which were not counted.
    pub or_more: bool,
}

/// Returns how many reports a filter keeps, counting to `up_to` and not looking at many more.
pub async fn count(db: &Db, query: &Query, scope: &Scope, up_to: i64) -> Result<Count> {
    let asking = Asking { db, scope };
    let names = Names::fetch(db, &query.expr).await?;
    let cond = Reading {
        scope,
        names: &names,
    }
    .of(query);
    if let Cond::Is(test) = &cond
        && test.is_counted_by_index()
        && let Some(n) = asking.count(test, up_to).await?
    {
        return Ok(Count::cut(n, up_to));
    }
    let (way, ids, looked) = if let Some(few) = asking.few(&cond, up_to).await? {
        (few, Ids::ALL, true)
    } else {
        let way = asking.newest(&cond);
        let ids = asking.ids(&cond).await?;
        let first = asking.first_of((&way, ids), &cond).await?;
        let from = Ids {
            first: first.unwrap_or(ids.first),
            ..ids
        };
        (way, from, first.is_none())
    };
    let count = sql("SELECT COUNT(*) FROM (SELECT 1 AS one").once();
    let count = asking
        .from(count, (&way, ids), &cond)
        .push_bind(" LIMIT ", up_to.saturating_add(1))
        .push(") counted");
    let row: Option<(i64,)> = db.first(count).await?;
    let counted = Count::cut(row.map_or(0, |(n,)| n), up_to);
    Ok(Count {
        or_more: counted.or_more || !looked,
        ..counted
    })
}

impl Count {
    const fn cut(n: i64, up_to: i64) -> Self {
        if n > up_to {
            Self {
                n: up_to,
                or_more: true,
            }
        } else {
            Self { n, or_more: false }
        }
    }
}

impl<'a> List<'a> {
    async fn of(db: &'a Db, query: &Query, scope: &'a Scope) -> Result<Self> {
        let names = Names::fetch(db, &query.expr).await?;
        let staff = match query.sort.first() {
            Some(first) if first.by == Field::Assignee => staff_ids(db).await?,
            _ => Vec::new(),
        };
        Ok(Self {
            asking: Asking { db, scope },
            cond: Reading {
                scope,
                names: &names,
            }
            .of(query),
            parts: order::parts(&query.sort, &staff),
        })
    }

    /// Returns the rows of a part of the list, behind these values.
    async fn part(&self, part: &Part, behind: Option<&[Value]>, want: Want) -> Result<Vec<Listed>> {
        let cond = Cond::and([self.cond.clone(), part.only.clone()]);
        let ids = match behind {
            Some([Value::Int(id)]) if part.newest() => Ids {
                last: id - 1,
                ..Ids::ALL
            },
            _ => Ids::ALL,
        };
        let found = if part.newest() {
            self.newest(&cond, ids, want).await?
        } else {
            let few = self.asking.few(&cond, plan::FEW).await?;
            let way = few.unwrap_or(Way::Sorted(part.hint()));
            let mut select = self
                .asking
                .from(sql("SELECT r.id").once(), (&way, ids), &cond);
            if let Some(values) = behind {
                select = keyset::behind(select, &part.keys, values);
            }
            let select = limited(keyset::ordered(select, &part.keys), want);
            self.asking.db.all(select).await?
        };
        listed(self.asking.db, &found).await
    }

    /// Returns the ids of a part of the list that has the newest first.
    async fn newest(&self, cond: &Cond, mut ids: Ids, want: Want) -> Result<Vec<(i64,)>> {
        if cond.has_words() && want.limit.is_some() {
            let found = self.walk((&Way::Glance(GLANCE), ids), cond, want).await?;
            if i64::try_from(found.len()).is_ok_and(|n| n == want.ask()) {
                return Ok(found);
            }
        }
        let way = if let Some(few) = self.asking.few(cond, plan::FEW).await? {
            few
        } else {
            ids = ids.and(self.asking.ids(cond).await?);
            self.asking.newest(cond)
        };
        self.walk((&way, ids), cond, want).await
    }

    async fn walk(&self, way: (&Way, Ids), cond: &Cond, want: Want) -> Result<Vec<(i64,)>> {
        let select = self.asking.from(sql("SELECT r.id").once(), way, cond);
        let select = match way {
            (Way::Few(_), ids) => select.push_bind(" AND r.id <= ", ids.last),
            _ => select,
        };
        let select = match way.0 {
            Way::Words(_) => select.push(search::WALK_ORDER),
            _ => select.push(" ORDER BY r.id DESC"),
        };
        Ok(self.asking.db.all(limited(select, want)).await?)
    }
}

/// Words that are in many reports are in enough of so many of the newest, and finding them there
/// takes less than asking the index, which first gathers everything that begins like a word.
const GLANCE: i64 = 1_000;

/// So many reports are fetched at a time.
const AT_ONCE: usize = 500;

/// Fetches the reports with these ids, in their order. They are found first and fetched then,
/// because putting whole rows in order takes many times as long.
async fn listed(db: &Db, ids: &[(i64,)]) -> Result<Vec<Listed>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let ids: Vec<i64> = ids.iter().map(|(id,)| *id).collect();
        let select = sql("SELECT ").push(COLUMNS).push(", ").push(FIRST_STAFF);
        let select = select
            .push(" AS first_staff FROM report r WHERE")
            .push_in(" r.id IN", &ids);
        let found: Vec<Listed> = db.all(select).await?;
        let mut found: HashMap<i64, Listed> =
            found.into_iter().map(|row| (row.report.id, row)).collect();
        rows.extend(ids.iter().filter_map(|id| found.remove(id)));
    }
    Ok(rows)
}

async fn staff_ids(db: &Db) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(sql("SELECT id FROM staff ORDER BY id")).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
