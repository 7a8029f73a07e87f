//! The list of letters: a filter in, a page out.

use crate::db::{Db, Run as _, sql};
use crate::domain::filter::{Expr, Field, Query, SendWord, Sort, Term};
use crate::domain::lang::Lang;
use crate::store::Result;
use crate::store::dialogue::ask::{Asking, Side, must};
use crate::store::outbox::{COLUMNS, Letter};
use crate::store::page::keyset::{self, Key};
use crate::store::page::{Cursor, Page, Value, Want, limited};
use crate::store::report::list::Scope;

/// Returns a page of the letters that a filter keeps, newest first unless it says otherwise.
pub async fn page(
    db: &Db,
    query: &Query,
    scope: &Scope,
    (limit, after): (Option<i64>, Option<&Cursor>),
) -> Result<Page<Letter>> {
    let asking = Asking::of(db, query, scope).await?;
    let want = Want { limit, after: None };
    let (name, keys) = (order_name(&query.sort), keys(&query.sort));
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM outbox o WHERE ")
        .once();
    let select = select.push(way(&query.expr));
    let mut select = asking.cond(select, Side::Out, &query.expr);
    if let Some(cursor) = after {
        select = keyset::behind(select, &keys, keyset::values(cursor, &name, keys.len())?);
    }
    let select = limited(keyset::ordered(select, &keys), want);
    let page = want.page(db.all(select).await?);
    Ok(page.with_next(|letter| Cursor {
        list: name,
        part: 0,
        values: keys.iter().map(|key| (key.value)(letter)).collect(),
    }))
}

/// Returns the condition of the index that has what a filter asks for; what was sent needs none,
/// because most letters were.
fn way(expr: &Expr) -> &'static str {
    let words = must(expr).iter().find_map(|part| match part {
        Expr::Term(Term::Sent(words)) => Some(words),
        _ => None,
    });
    let all =
        |known: &[SendWord]| words.is_some_and(|any| any.iter().all(|word| known.contains(word)));
    if all(&TROUBLE) {
        "o.state IN ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled') AND "
    } else if all(&OPEN) {
        "o.state IN ('held', 'pending', 'sending', 'unknown', 'retry') AND "
    } else if all(&[SendWord::Delivered, SendWord::Read]) {
        "o.delivered_at IS NOT NULL AND "
    } else {
        ""
    }
}

const TROUBLE: [SendWord; 6] = [
    SendWord::Held,
    SendWord::Sending,
    SendWord::Unknown,
    SendWord::Retry,
    SendWord::Failed,
    SendWord::Cancelled,
];

const OPEN: [SendWord; 5] = [
    SendWord::Held,
    SendWord::Pending,
    SendWord::Sending,
    SendWord::Unknown,
    SendWord::Retry,
];

/// Returns the name of an order, by which a cursor is told from those of other lists.
fn order_name(sort: &[Sort]) -> String {
    let keys = sort.iter().map(|sort| {
        let sign = if sort.descending { "-" } else { "" };
        format!("{sign}{}", sort.by.name(Lang::En))
    });
    keys.fold("outbox".to_owned(), |name, key| format!("{name} {key}"))
}

fn keys(sort: &[Sort]) -> Vec<Key<Letter>> {
    let id = Key::new("o.id", |letter: &Letter| Value::Int(letter.id));
    let mut keys: Vec<Key<Letter>> = Vec::new();
    for sort in sort {
        let key = match sort.by {
            Field::Sent => Key::new("o.state", |letter: &Letter| {
                Value::Text(letter.state.clone())
            }),
            Field::Channel => Key::new("o.channel", |letter: &Letter| {
                Value::Text(letter.channel.clone())
            }),
            // Letters are stored in the order in which they are made.
            _ => {
                keys.push(id.turned(sort.descending));
                return keys;
            }
        };
        keys.push(key.turned(sort.descending));
    }
    keys.push(id.turned(keys.last().is_none_or(|key| key.descending)));
    keys
}
