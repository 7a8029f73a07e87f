//! The canonical form: English fields, codes for values, ISO durations, no needless parentheses.

use std::fmt::Display;

use super::{
    Bound, Choice, DateSpec, Expr, Field, IdWord, Name, Person, Query, Sort, Term,
    value::{is_reserved, looks_like_id},
};
use crate::domain::lang::Lang;

/// Writes a whole query.
pub(super) fn query(query: &Query) -> String {
    let mut parts = vec![expr(&query.expr)];
    if !query.sort.is_empty() {
        parts.push(field(Field::Sort, &query.sort, |key| sort_key(*key)));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn expr(expr: &Expr) -> String {
    match expr {
        Expr::All => String::new(),
        Expr::And(all) => all.iter().map(within_and).collect::<Vec<_>>().join(" "),
        Expr::Or(any) => any.iter().map(self::expr).collect::<Vec<_>>().join(" OR "),
        Expr::Not(inner) if matches!(**inner, Expr::And(_) | Expr::Or(_)) => {
            format!("-({})", self::expr(inner))
        }
        Expr::Not(inner) => format!("-{}", self::expr(inner)),
        Expr::Term(term) => self::term(term),
    }
}

fn within_and(part: &Expr) -> String {
    match part {
        Expr::Or(_) => format!("({})", expr(part)),
        other => expr(other),
    }
}

fn term(term: &Term) -> String {
    match term {
        Term::Word(word) => word.clone(),
        Term::Phrase(phrase) => quoted(phrase),
        Term::Status(any) => field(Field::Status, any, code),
        Term::Priority(any) => field(Field::Priority, any, code),
        Term::Person(of, any) => field((*of).into(), any, person),
        Term::Name(of, any) => field((*of).into(), any, name),
        Term::Phone(any) => field(Field::Phone, any, Clone::clone),
        Term::Id(any) => field(Field::Id, any, id),
        Term::Date(of, any) => field((*of).into(), any, date),
        Term::Span(of, any) => field((*of).into(), any, bound),
        Term::Sla(any) => field(Field::Sla, any, code),
        Term::Has(any) => field(Field::Has, any, code),
        Term::Read(any) => field(Field::Read, any, code),
        Term::Sent(any) => field(Field::Sent, any, code),
        Term::Window(any) => field(Field::Window, any, code),
        Term::Level(any) => field(Field::Level, any, code),
        Term::Active(any) => field(Field::Active, any, code),
    }
}

fn field<T>(field: Field, values: &[T], write: impl Fn(&T) -> String) -> String {
    let values: Vec<_> = values.iter().map(write).collect();
    format!("{}:{}", field.name(Lang::En), values.join(","))
}

fn code<T: Choice>(value: &T) -> String {
    value.code().to_owned()
}

fn person(person: &Person) -> String {
    match person {
        Person::Me => "@me".to_owned(),
        Person::Nobody => "none".to_owned(),
        Person::Id(id) => id.clone(),
        Person::Name(text) if looks_like_id(text) => quoted(text),
        Person::Name(text) => bare_or_quoted(text),
    }
}

fn name(name: &Name) -> String {
    match name {
        Name::Empty => "none".to_owned(),
        Name::Text(text) => bare_or_quoted(text),
    }
}

fn id(id: &IdWord) -> String {
    match id {
        IdWord::Whole(text) | IdWord::Tail(text) => text.clone(),
    }
}

fn date(spec: &DateSpec) -> String {
    match spec {
        DateSpec::On(date) => date.to_string(),
        DateSpec::Bound(bound) => self::bound(bound),
    }
}

fn bound<T: Display>(bound: &Bound<T>) -> String {
    match bound {
        Bound::Over(end) => format!(">{end}"),
        Bound::AtLeast(end) => format!(">={end}"),
        Bound::Under(end) => format!("<{end}"),
        Bound::AtMost(end) => format!("<={end}"),
        Bound::Between(first, last) => format!("{first}..{last}"),
    }
}

fn sort_key(key: Sort) -> String {
    let sign = if key.descending { "-" } else { "" };
    format!("{sign}{}", key.by.name(Lang::En))
}

fn bare_or_quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_/&'".contains(letter);
    if text.chars().all(plain) && !is_reserved(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
