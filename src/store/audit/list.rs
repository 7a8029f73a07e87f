//! The list of acts: a filter in, a page out.

use crate::db::{Db, Run as _, Sql, sql};
use crate::domain::filter::{
    DateSpec, Expr, IdWord, Name, NameField, Person, PersonField, Query, Term, resolve,
};
use crate::domain::text::fold;
use crate::store::Result;
use crate::store::audit::{COLUMNS, Row};
use crate::store::dialogue::ask::must;
use crate::store::page::keyset::{self, Key};
use crate::store::page::{Cursor, Page, Value, Want, like, limited};
use crate::store::report::list::Scope;

/// A member of the staff, by whom acts are looked for.
#[derive(Debug, sqlx::FromRow)]
struct Member {
    id: String,
    name: String,
    username: Option<String>,
}

/// What conditions are written with.
struct Asking<'a> {
    scope: &'a Scope,
    staff: Vec<Member>,
}

/// Returns a page of the acts that a filter keeps, newest first unless it says otherwise.
pub async fn page(
    db: &Db,
    query: &Query,
    scope: &Scope,
    (limit, after): (Option<i64>, Option<&Cursor>),
) -> Result<Page<Row>> {
    let staff = db
        .all(sql("SELECT id, name, username FROM staff ORDER BY id"))
        .await?;
    let asking = Asking { scope, staff };
    let want = Want { limit, after: None };
    let descending = query.sort.first().is_none_or(|sort| sort.descending);
    let name = if descending { "audit" } else { "audit created" };
    let keys = [Key::new("a.seq", |row: &Row| Value::Int(row.seq)).turned(descending)];
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM audit a WHERE ")
        .once();
    let select = way(select, &query.expr);
    let mut select = asking.cond(select, &query.expr);
    if let Some(cursor) = after {
        select = keyset::behind(select, &keys, keyset::values(cursor, name, keys.len())?);
    }
    let select = limited(keyset::ordered(select, &keys), want);
    let page = want.page(db.all(select).await?);
    Ok(page.with_next(|row: &Row| Cursor {
        list: name.to_owned(),
        part: 0,
        values: vec![Value::Int(row.seq)],
    }))
}

/// Adds the condition of an index, if a filter asks for one actor or one object.
fn way(statement: Sql, expr: &Expr) -> Sql {
    for part in must(expr) {
        if let Expr::Term(Term::Id(any)) = part
            && let [IdWord::Whole(object)] = any.as_slice()
        {
            return statement.push_bind("a.object = ", object).push(" AND ");
        }
        if let Expr::Term(Term::Person(PersonField::By, any)) = part
            && let [Person::Id(id)] = any.as_slice()
        {
            return statement.push_bind("a.actor = ", id).push(" AND ");
        }
    }
    statement
}

impl Asking<'_> {
    fn cond(&self, statement: Sql, expr: &Expr) -> Sql {
        match expr {
            Expr::All => statement.push("1 = 1"),
            Expr::And(all) => self.joined(statement, all, " AND "),
            Expr::Or(any) => self.joined(statement, any, " OR "),
            Expr::Not(part) => self.cond(statement.push("NOT ("), part).push(")"),
            Expr::Term(term) => self.term(statement, term),
        }
    }

    fn joined(&self, mut statement: Sql, parts: &[Expr], between: &'static str) -> Sql {
        for (index, part) in parts.iter().enumerate() {
            statement = self.cond(statement.push(if index == 0 { "(" } else { between }), part);
        }
        statement.push(")")
    }

    fn term(&self, statement: Sql, term: &Term) -> Sql {
        match term {
            Term::Word(text) | Term::Phrase(text) => holds(statement, text),
            Term::Person(_, any) => each(statement, any, |statement, one| self.by(statement, one)),
            Term::Name(NameField::Action, any) => each(statement, any, action),
            Term::Date(_, any) => {
                each(statement, any, |statement, spec| self.date(statement, spec))
            }
            Term::Id(any) => each(statement, any, object),
            // The list has no other fields.
            _ => statement.push("1 = 0"),
        }
    }

    /// A name is that of a member, a username, or the beginning of another actor such as `cli:`.
    fn by(&self, statement: Sql, person: &Person) -> Sql {
        match person {
            Person::Id(id) => statement.push_bind("a.actor || '' = ", id),
            Person::Me => {
                statement.push_bind("a.actor || '' = ", self.scope.me.as_deref().unwrap_or(""))
            }
            Person::Nobody => statement.push("1 = 0"),
            Person::Name(start) => {
                let folded = fold(start);
                let named = |one: &&Member| {
                    let username = one.username.as_deref().unwrap_or_default();
                    fold(&one.name).starts_with(&folded) || fold(username).starts_with(&folded)
                };
                let ids: Vec<&str> = self
                    .staff
                    .iter()
                    .filter(named)
                    .map(|one| one.id.as_str())
                    .collect();
                let statement = statement
                    .push_bind("(lower(a.actor) LIKE ", like::loose(&like::start(start)))
                    .push(" ESCAPE '\\'");
                match ids.as_slice() {
                    [] => statement.push(")"),
                    ids => statement.push_in(" OR a.actor || '' IN", ids).push(")"),
                }
            }
        }
    }

    fn date(&self, statement: Sql, spec: &DateSpec) -> Sql {
        let (from, to) = resolve(spec, &self.scope.now);
        statement
            .push_bind("(a.at >= ", from)
            .push_bind(" AND a.at < ", to)
            .push(")")
    }
}

/// Adds a condition that one of several values must meet.
fn each<T>(mut statement: Sql, any: &[T], add: impl Fn(Sql, &T) -> Sql) -> Sql {
    for (index, one) in any.iter().enumerate() {
        statement = add(statement.push(if index == 0 { "(" } else { " OR " }), one);
    }
    statement.push(")")
}

/// An act is named by the beginning of any of its words: `report-finish` is a `finish` too.
fn action(statement: Sql, name: &Name) -> Sql {
    match name {
        Name::Empty => statement.push("a.act = ''"),
        Name::Text(start) => statement
            .push_bind(
                "('-' || lower(a.act) LIKE ",
                like::part(&format!("-{start}")),
            )
            .push(" ESCAPE '\\')"),
    }
}

/// Digits are a sequence number or the end of a tracking number.
fn object(statement: Sql, word: &IdWord) -> Sql {
    match word {
        IdWord::Whole(object) => statement.push_bind("a.object || '' = ", object),
        IdWord::Tail(digits) => statement
            .push_bind("(a.seq = ", digits.parse::<i64>().unwrap_or(-1))
            .push_bind(" OR a.object LIKE ", like::end(digits))
            .push(")"),
    }
}

fn holds(statement: Sql, text: &str) -> Sql {
    let part = like::loose(&like::part(text));
    statement
        .push_bind("(lower(a.object) LIKE ", &part)
        .push_bind(" ESCAPE '\\' OR lower(a.act) LIKE ", &part)
        .push_bind(" ESCAPE '\\' OR lower(COALESCE(a.detail, '')) LIKE ", &part)
        .push(" ESCAPE '\\')")
}
