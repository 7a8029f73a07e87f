//! What people wrote and what they were written, as one list.
//!
//! Messages and letters take their ids from one counter, so the order of ids is the order in which
//! they were stored, across both tables and without an index of its own.

use std::collections::HashMap;

use crate::db::{Db, Run as _, Sql, sql};
use crate::domain::filter::{Expr, Field, Query, Sort, Term};
use crate::domain::lang::Lang;
use crate::store::Result;
use crate::store::message::{self, Message};
use crate::store::outbox::{self, Letter};
use crate::store::page::keyset::Key;
use crate::store::page::{Cursor, Page, Value, Want, keyset, limited};
use crate::store::report::list::{Scope, phone_range};

pub(in crate::store) mod ask;

use ask::{Asking, Side};

/// A line of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Somebody wrote to us.
    In(Message),
    /// Somebody was written to.
    Out(Sent),
}

/// A letter with the names that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub letter: Letter,
    /// The number of its report.
    pub track_id: Option<String>,
    /// The name of its reader; empty for one who is not known.
    pub contact: String,
}

/// Where a line stands.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Mark {
    id: i64,
    outgoing: bool,
    name: String,
}

/// A piece of a phone number that more contacts share than this is no way into the tables.
const MANY_CONTACTS: i64 = 100;

impl Line {
    /// Returns the id, which no message and no letter share.
    pub fn id(&self) -> i64 {
        match self {
            Self::In(message) => message.id,
            Self::Out(sent) => sent.letter.id,
        }
    }
}

/// Returns a page of the messages that a filter keeps, newest first unless it says otherwise.
pub async fn page(
    db: &Db,
    query: &Query,
    scope: &Scope,
    (limit, after): (Option<i64>, Option<&Cursor>),
) -> Result<Page<Line>> {
    let asking = Asking::of(db, query, scope).await?;
    let arms = arms(db, &query.expr, scope).await?;
    let want = Want { limit, after: None };
    let name = order_name(&query.sort);
    let behind = match after {
        Some(cursor) => Some(keyset::values(
            cursor,
            &name,
            keys(Side::In, &query.sort).len(),
        )?),
        None => None,
    };
    let mut select = sql("SELECT d.id, d.outgoing, d.name FROM (").once();
    for (index, arm) in arms.iter().enumerate() {
        select = select.push(if index == 0 { "" } else { " UNION ALL " });
        select = select.push("SELECT x.id, x.outgoing, x.name FROM (");
        select = asking.cond(arm.from(select), arm.side, &query.expr);
        let keys = keys(arm.side, &query.sort);
        if let Some(values) = behind {
            select = keyset::behind(select, &keys, values);
        }
        select = limited(keyset::ordered(select, &keys), want).push(") x");
    }
    let keys = outer_keys(&query.sort);
    let select = limited(keyset::ordered(select.push(") d"), &keys), want);
    let page = want
        .page(db.all::<Mark>(select).await?)
        .with_next(|mark| Cursor {
            list: name,
            part: 0,
            values: keys.iter().map(|key| (key.value)(mark)).collect(),
        });
    let lines = lines(db, &page.rows).await?;
    Ok(Page {
        rows: lines,
        has_more: page.has_more,
        next: page.next,
    })
}

/// Returns the newest part of the whole dialogue with the owner of a phone number, newest first.
pub async fn of_phone(
    db: &Db,
    phone: &str,
    scope: &Scope,
    slice: (Option<i64>, Option<&Cursor>),
) -> Result<Page<Line>> {
    let digits = phone.chars().filter(char::is_ascii_digit).collect();
    let expr = Expr::Term(Term::Phone(vec![digits]));
    page(
        db,
        &Query {
            expr,
            sort: Vec::new(),
        },
        scope,
        slice,
    )
    .await
}

/// Returns one line by its id.
pub async fn find(db: &Db, id: i64) -> Result<Option<Line>> {
    if let Some(message) = message::find(db, id).await? {
        return Ok(Some(Line::In(message)));
    }
    let mark = Mark {
        id,
        outgoing: true,
        name: String::new(),
    };
    Ok(lines(db, &[mark]).await?.pop())
}

/// A way into one of the two tables.
struct Arm {
    side: Side,
    only: Only,
}

/// Which rows of a table a way leads to.
enum Only {
    All,
    /// Those of these contacts.
    Of(Vec<i64>),
    /// Those to a phone that is no contact's, from the first address to the last.
    To(String, String),
}

impl Arm {
    /// Adds `SELECT … FROM … WHERE … AND`.
    fn from(&self, statement: Sql) -> Sql {
        let statement = statement.push(match self.side {
            Side::In => "SELECT m.id, FALSE AS outgoing, m.name FROM message m WHERE ",
            Side::Out => {
                "SELECT o.id, TRUE AS outgoing, COALESCE((SELECT c.name FROM contact c \
                 WHERE c.id = o.contact_id), '') AS name FROM outbox o WHERE "
            }
        });
        match (&self.only, self.side) {
            (Only::All, _) => statement,
            (Only::Of(ids), Side::In) => statement.push_in("m.contact_id IN", ids).push(" AND "),
            (Only::Of(ids), Side::Out) => statement.push_in("o.contact_id IN", ids).push(" AND "),
            (Only::To(first, last), _) => statement
                .push_bind("o.contact_id IS NULL AND o.address >= ", first)
                .push_bind(" AND o.address <= ", last)
                .push(" AND "),
        }
    }
}

/// Returns the ways into the tables; a phone that has to match leads to few rows.
async fn arms(db: &Db, expr: &Expr, scope: &Scope) -> Result<Vec<Arm>> {
    let arm = |side, only| Arm { side, only };
    let (terms, mut phone) = (ask::must(expr), None);
    for term in terms {
        if let Expr::Term(Term::Phone(numbers)) = term
            && let [digits] = numbers.as_slice()
        {
            phone = Some(phone_range(digits, &scope.country_code));
        }
    }
    let Some((first, last)) = phone else {
        return Ok(vec![arm(Side::In, Only::All), arm(Side::Out, Only::All)]);
    };
    let ids = contacts(db, &first, &last).await?;
    if i64::try_from(ids.len()).is_ok_and(|n| n > MANY_CONTACTS) {
        return Ok(vec![arm(Side::In, Only::All), arm(Side::Out, Only::All)]);
    }
    let (first, last) = (format!("phone:{first}"), format!("phone:{last}"));
    Ok(vec![
        arm(Side::In, Only::Of(ids.clone())),
        arm(Side::Out, Only::Of(ids)),
        arm(Side::Out, Only::To(first, last)),
    ])
}

async fn contacts(db: &Db, first: &str, last: &str) -> Result<Vec<i64>> {
    let select = sql("SELECT id FROM contact WHERE phone >= $1 AND phone <= $2 LIMIT $3");
    let select = select.bind(first).bind(last).bind(MANY_CONTACTS + 1);
    let rows: Vec<(i64,)> = db.all(select).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Returns the name of an order, by which a cursor is told from those of other lists.
fn order_name(sort: &[Sort]) -> String {
    let keys = sort.iter().map(|sort| {
        let sign = if sort.descending { "-" } else { "" };
        format!("{sign}{}", sort.by.name(Lang::En))
    });
    keys.fold("messages".to_owned(), |name, key| format!("{name} {key}"))
}

/// What the whole list is ordered by.
fn outer_keys(sort: &[Sort]) -> Vec<Key<Mark>> {
    ordered_by(sort, ("d.id", "lower(d.name)"))
}

/// The same within one of the tables.
fn keys(side: Side, sort: &[Sort]) -> Vec<Key<Mark>> {
    match side {
        Side::In => ordered_by(sort, ("m.id", "lower(m.name)")),
        Side::Out => ordered_by(
            sort,
            (
                "o.id",
                "lower(COALESCE((SELECT c.name FROM contact c WHERE c.id = o.contact_id), ''))",
            ),
        ),
    }
}

fn ordered_by(sort: &[Sort], (id, name): (&'static str, &'static str)) -> Vec<Key<Mark>> {
    let id = Key::new(id, |mark: &Mark| Value::Int(mark.id));
    let name = Key::new(name, |mark: &Mark| Value::Text(mark.name.clone())).around("lower(", ")");
    let mut keys: Vec<Key<Mark>> = Vec::new();
    for sort in sort {
        if sort.by != Field::Reporter {
            keys.push(id.turned(sort.descending));
            return keys;
        }
        keys.push(name.turned(sort.descending));
    }
    keys.push(id.turned(keys.last().is_none_or(|key| key.descending)));
    keys
}

/// So many ids are asked for at a time.
const AT_ONCE: usize = 500;

/// Fetches the lines that stand at these marks, in their order.
async fn lines(db: &Db, marks: &[Mark]) -> Result<Vec<Line>> {
    let mut found: HashMap<i64, Line> = HashMap::new();
    for marks in marks.chunks(AT_ONCE) {
        let ids = |outgoing| {
            marks
                .iter()
                .filter(move |mark| mark.outgoing == outgoing)
                .map(|mark| mark.id)
        };
        for message in messages(db, &ids(false).collect::<Vec<i64>>()).await? {
            found.insert(message.id, Line::In(message));
        }
        for sent in letters(db, &ids(true).collect::<Vec<i64>>()).await? {
            found.insert(sent.letter.id, Line::Out(sent));
        }
    }
    Ok(marks
        .iter()
        .filter_map(|mark| found.remove(&mark.id))
        .collect())
}

async fn messages(db: &Db, ids: &[i64]) -> Result<Vec<Message>> {
    let select = sql("SELECT ")
        .push(message::COLUMNS)
        .push(" FROM message WHERE");
    Ok(db.all(select.push_in(" id IN", ids)).await?)
}

async fn letters(db: &Db, ids: &[i64]) -> Result<Vec<Sent>> {
    let select = sql("SELECT ")
        .push(outbox::COLUMNS)
        .push(" FROM outbox WHERE");
    let letters: Vec<Letter> = db.all(select.push_in(" id IN", ids)).await?;
    let names = sql(
        "SELECT o.id, (SELECT r.track_id FROM report r WHERE r.id = o.report_id), \
         COALESCE((SELECT c.name FROM contact c WHERE c.id = o.contact_id), '') FROM outbox o",
    )
    .push_in(" WHERE o.id IN", ids);
    let names: Vec<(i64, Option<String>, String)> = db.all(names).await?;
    let mut names: HashMap<i64, (Option<String>, String)> = names
        .into_iter()
        .map(|(id, track_id, contact)| (id, (track_id, contact)))
        .collect();
    let sent = letters.into_iter().map(|letter| {
        let (track_id, contact) = names.remove(&letter.id).unwrap_or_default();
        Sent {
            letter,
            track_id,
            contact,
        }
    });
    Ok(sent.collect())
}
