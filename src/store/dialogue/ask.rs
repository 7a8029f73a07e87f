//! A filter in SQL, asked of a message `m` or of a letter `o`.
//!
//! As with reports, every question is answered by true or false, because `NOT` of an unknown
//! answer would lose rows.

use crate::db::{Db, Run as _, Sql, sql};
use crate::domain::filter::{
    DateSpec, Expr, IdWord, Name, NameField, Query, Term, WindowWord, YesNo, resolve,
};
use crate::domain::text::fold;
use crate::store::Result;
use crate::store::page::like;
use crate::store::report::list::{DAY_MS, Scope, phone_range, sent};

/// Which table is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Side {
    /// Messages that came in, `m`.
    In,
    /// Letters that go out, `o`.
    Out,
}

/// What conditions are written with.
#[derive(Debug)]
pub(in crate::store) struct Asking<'a> {
    scope: &'a Scope,
    /// The kinds of messages that there are.
    kinds: Vec<String>,
}

/// What letters are there for; the kind of a line that went out.
const SOURCES: [&str; 5] = ["reply", "notice", "manual", "bridge:jibas", "api"];

/// The different kinds, found by leaping through the index instead of reading all of it.
const KINDS: &str = "WITH RECURSIVE known (value) AS (SELECT MIN(kind) FROM message \
     UNION ALL SELECT (SELECT MIN(m.kind) FROM message m WHERE m.kind > known.value) FROM known \
     WHERE known.value IS NOT NULL) SELECT value FROM known WHERE value IS NOT NULL";

/// Returns the conditions that must all hold.
pub(in crate::store) fn must(expr: &Expr) -> &[Expr] {
    match expr {
        Expr::And(all) => all,
        other => std::slice::from_ref(other),
    }
}

impl<'a> Asking<'a> {
    /// Fetches what a query needs.
    pub(in crate::store) async fn of(db: &Db, query: &Query, scope: &'a Scope) -> Result<Self> {
        let kinds: Vec<(String,)> = if asks_kind(&query.expr) {
            db.all(sql(KINDS)).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            scope,
            kinds: kinds.into_iter().map(|(kind,)| kind).collect(),
        })
    }

    /// Adds a condition.
    pub(in crate::store) fn cond(&self, statement: Sql, side: Side, expr: &Expr) -> Sql {
        match expr {
            Expr::All => statement.push("1 = 1"),
            Expr::And(all) => self.joined(statement, side, (all, " AND ")),
            Expr::Or(any) => self.joined(statement, side, (any, " OR ")),
            Expr::Not(part) => self.cond(statement.push("NOT ("), side, part).push(")"),
            Expr::Term(term) => self.term(statement, side, term),
        }
    }

    fn joined(
        &self,
        mut statement: Sql,
        side: Side,
        (parts, between): (&[Expr], &'static str),
    ) -> Sql {
        for (index, part) in parts.iter().enumerate() {
            statement = statement.push(if index == 0 { "(" } else { between });
            statement = self.cond(statement, side, part);
        }
        statement.push(")")
    }

    fn term(&self, statement: Sql, side: Side, term: &Term) -> Sql {
        match term {
            Term::Word(text) | Term::Phrase(text) => holds(statement, side, text),
            Term::Name(NameField::Kind, any) => self.kind(statement, side, any),
            Term::Name(NameField::Channel, any) => each(statement, any, |statement, name| {
                start(statement, channel(side), name)
            }),
            Term::Name(NameField::Reporter, any) => each(statement, any, |statement, one| {
                start(statement, name(side), one)
            }),
            Term::Phone(any) => each(statement, any, |statement, digits| {
                let (first, last) = phone_range(digits, &self.scope.country_code);
                phone(statement, side, (&first, &last))
            }),
            Term::Date(_, any) => each(statement, any, |statement, spec| {
                self.date(statement, side, spec)
            }),
            Term::Read(any) => each(statement, any, |statement, word| {
                read(statement, side, *word)
            }),
            Term::Window(any) => each(statement, any, |statement, word| {
                self.window(statement, side, *word)
            }),
            Term::Sent(any) if side == Side::Out => {
                each(statement, any, |statement, word| sent(statement, *word))
            }
            Term::Id(any) => each(statement, any, |statement, word| id(statement, side, word)),
            // These lists have no other fields.
            _ => statement.push("1 = 0"),
        }
    }

    fn kind(&self, statement: Sql, side: Side, any: &[Name]) -> Sql {
        let meant = |kind: &&str| {
            any.iter().any(|name| match name {
                Name::Empty => kind.is_empty(),
                Name::Text(start) => fold(kind).starts_with(&fold(start)),
            })
        };
        let kinds: Vec<&str> = match side {
            Side::In => self
                .kinds
                .iter()
                .map(String::as_str)
                .filter(meant)
                .collect(),
            Side::Out => SOURCES.into_iter().filter(|source| meant(source)).collect(),
        };
        match (side, kinds.as_slice()) {
            (_, []) => statement.push("1 = 0"),
            // The newest of one kind are found by its index.
            (Side::In, [kind]) => statement.push_bind("m.kind = ", *kind),
            (Side::In, kinds) => statement.push_in("m.kind || '' IN", kinds),
            (Side::Out, kinds) => statement.push_in("o.source IN", kinds),
        }
    }

    fn date(&self, statement: Sql, side: Side, spec: &DateSpec) -> Sql {
        let (from, to) = resolve(spec, &self.scope.now);
        let (least, below) = match side {
            Side::In => ("(m.at >= ", " AND m.at < "),
            Side::Out => ("(o.created_at >= ", " AND o.created_at < "),
        };
        statement
            .push_bind(least, from)
            .push_bind(below, to)
            .push(")")
    }

    fn window(&self, statement: Sql, side: Side, word: WindowWord) -> Sql {
        let statement = statement.push(match word {
            WindowWord::Open => "EXISTS (SELECT 1 FROM contact c WHERE c.id = ",
            WindowWord::Closed => "NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = ",
        });
        statement
            .push(match side {
                Side::In => "m.contact_id",
                Side::Out => "o.contact_id",
            })
            .push_bind(" AND c.last_in_at > ", self.scope.now_ms() - DAY_MS)
            .push(")")
    }
}

fn asks_kind(expr: &Expr) -> bool {
    match expr {
        Expr::All => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_kind),
        Expr::Not(part) => asks_kind(part),
        Expr::Term(term) => matches!(term, Term::Name(NameField::Kind, _)),
    }
}

/// Adds a condition that one of several values must meet.
fn each<T>(mut statement: Sql, any: &[T], add: impl Fn(Sql, &T) -> Sql) -> Sql {
    for (index, one) in any.iter().enumerate() {
        statement = add(statement.push(if index == 0 { "(" } else { " OR " }), one);
    }
    statement.push(")")
}

const fn name(side: Side) -> &'static str {
    match side {
        Side::In => "m.name",
        Side::Out => "COALESCE((SELECT c.name FROM contact c WHERE c.id = o.contact_id), '')",
    }
}

const fn channel(side: Side) -> &'static str {
    match side {
        Side::In => "m.channel",
        Side::Out => "o.channel",
    }
}

fn start(statement: Sql, column: &'static str, name: &Name) -> Sql {
    let statement = statement.push("lower(").push(column);
    match name {
        Name::Empty => statement.push(") = ''"),
        Name::Text(text) => statement
            .push_bind(") LIKE ", like::loose(&like::start(text)))
            .push(" ESCAPE '\\'"),
    }
}

/// Messages have no index of words, so they are looked through, the newest first.
fn holds(statement: Sql, side: Side, text: &str) -> Sql {
    let part = like::loose(&like::part(text));
    let column = match side {
        Side::In => "(lower(m.text) LIKE ",
        Side::Out => "(lower(o.text) LIKE ",
    };
    statement
        .push_bind(column, &part)
        .push(" ESCAPE '\\' OR lower(")
        .push(name(side))
        .push_bind(") LIKE ", &part)
        .push(" ESCAPE '\\')")
}

/// The phone is that of the contact; a row without one has its own.
fn phone(statement: Sql, side: Side, (first, last): (&str, &str)) -> Sql {
    let (contact, own, below) = match side {
        Side::In => (
            "(EXISTS (SELECT 1 FROM contact c WHERE c.id = m.contact_id AND c.phone >= ",
            ") OR (m.contact_id IS NULL AND COALESCE(m.phone, '') >= ",
            " AND COALESCE(m.phone, '') <= ",
        ),
        Side::Out => (
            "(EXISTS (SELECT 1 FROM contact c WHERE c.id = o.contact_id AND c.phone >= ",
            ") OR (o.contact_id IS NULL AND o.address >= ",
            " AND o.address <= ",
        ),
    };
    let own_range = match side {
        Side::In => (first.to_owned(), last.to_owned()),
        Side::Out => (format!("phone:{first}"), format!("phone:{last}")),
    };
    statement
        .push_bind(contact, first)
        .push_bind(" AND c.phone <= ", last)
        .push_bind(own, own_range.0)
        .push_bind(below, own_range.1)
        .push("))")
}

/// What waits to be read are the ordinary messages that nobody has dealt with.
fn read(statement: Sql, side: Side, word: YesNo) -> Sql {
    statement.push(match (side, word) {
        (Side::In, YesNo::No) => "(m.kind = 'ordinary' AND m.handled_at IS NULL)",
        (Side::In, YesNo::Yes) => "NOT (m.kind = 'ordinary' AND m.handled_at IS NULL)",
        (Side::Out, YesNo::No) => "1 = 0",
        (Side::Out, YesNo::Yes) => "1 = 1",
    })
}

/// A number is a row's own id; a tracking number is that of its report.
fn id(statement: Sql, side: Side, word: &IdWord) -> Sql {
    let (own, report) = match side {
        Side::In => (
            "m.id = ",
            "m.report_id IN (SELECT r.id FROM report r WHERE r.track_id = ",
        ),
        Side::Out => (
            "o.id = ",
            "o.report_id IN (SELECT r.id FROM report r WHERE r.track_id = ",
        ),
    };
    match word {
        IdWord::Tail(digits) => statement.push_bind(own, digits.parse::<i64>().unwrap_or(-1)),
        IdWord::Whole(number) => statement
            .push(match side {
                Side::In => "(m.report_id IS NOT NULL AND ",
                Side::Out => "(o.report_id IS NOT NULL AND ",
            })
            .push_bind(report, number)
            .push("))"),
    }
}
