//! A query in words, for the line under the prompt: what the program understood.

use super::{
    Bound, Choice, DateField, DateSpec, Expr, Field, IdWord, Name, Person, Query, Sort, Span,
    SpanField, Term, YesNo,
};
use crate::domain::lang::Lang;

/// Says a whole query.
pub(super) fn query(query: &Query, lang: Lang) -> String {
    let mut said = match &query.expr {
        Expr::And(all) => all
            .iter()
            .map(|part| inner(part, lang))
            .collect::<Vec<_>>()
            .join(", "),
        other => expr(other, lang),
    };
    if !query.sort.is_empty() {
        said.push_str(lang.pick("; urut ", "; sorted by "));
        said.push_str(&order(&query.sort, lang));
    }
    said
}

fn order(keys: &[Sort], lang: Lang) -> String {
    let said = keys.iter().map(|key| {
        let way = if key.descending {
            lang.pick(" menurun", " descending")
        } else {
            ""
        };
        format!("{}{way}", noun(key.by, lang))
    });
    said.collect::<Vec<_>>()
        .join(lang.pick(", lalu ", ", then "))
}

fn expr(expr: &Expr, lang: Lang) -> String {
    let join = |parts: &[Expr], with: &str| {
        parts
            .iter()
            .map(|part| inner(part, lang))
            .collect::<Vec<_>>()
            .join(with)
    };
    match expr {
        Expr::All => lang.pick("semua", "everything").to_owned(),
        Expr::And(all) => join(all, lang.pick(" dan ", " and ")),
        Expr::Or(any) => join(any, lang.pick(" atau ", " or ")),
        Expr::Not(part) => match &**part {
            Expr::Term(Term::Has(any)) => {
                format!(
                    "{} {}",
                    lang.pick("tanpa", "without"),
                    list(any, lang, label)
                )
            }
            other => format!("{} {}", lang.pick("bukan", "not"), inner(other, lang)),
        },
        Expr::Term(term) => self::term(term, lang),
    }
}

/// Says a part of a larger condition, in parentheses if it has parts of its own.
fn inner(part: &Expr, lang: Lang) -> String {
    let said = expr(part, lang);
    if matches!(part, Expr::And(_) | Expr::Or(_)) {
        format!("({said})")
    } else {
        said
    }
}

fn term(term: &Term, lang: Lang) -> String {
    let noun = |field: Field| noun(field, lang);
    match term {
        Term::Word(word) => format!("{} {word}…", lang.pick("memuat", "containing")),
        Term::Phrase(words) => format!("{} \"{words}\"", lang.pick("memuat", "containing")),
        Term::Status(any) => format!("status {}", list(any, lang, label)),
        Term::Priority(any) => format!("{} {}", noun(Field::Priority), list(any, lang, label)),
        Term::Person(field, any) => people((*field).into(), any, lang),
        Term::Name(field, any) => names((*field).into(), any, lang),
        Term::Phone(any) => format!(
            "{} {}",
            noun(Field::Phone),
            list(any, lang, |digits, _| digits.clone())
        ),
        Term::Id(any) => format!("{} {}", noun(Field::Id), list(any, lang, id)),
        Term::Date(field, any) => list(any, lang, |spec, lang| date(*field, spec, lang)),
        Term::Span(field, any) => list(any, lang, |bound, lang| span(*field, bound, lang)),
        Term::Sla(any) => format!("SLA {}", list(any, lang, label)),
        Term::Has(any) => format!("{} {}", lang.pick("ada", "with"), list(any, lang, label)),
        Term::Read(any) => list(any, lang, |value, lang| read(*value, lang).to_owned()),
        Term::Sent(any) => format!("{} {}", noun(Field::Sent), list(any, lang, label)),
        Term::Window(any) => format!("{} {}", noun(Field::Window), list(any, lang, label)),
        Term::Level(any) => format!("level {}", list(any, lang, label)),
        Term::Active(any) => list(any, lang, |value, lang| active(*value, lang).to_owned()),
    }
}

fn list<T>(values: &[T], lang: Lang, say: impl Fn(&T, Lang) -> String) -> String {
    let said: Vec<_> = values.iter().map(|value| say(value, lang)).collect();
    said.join(lang.pick(" atau ", " or "))
}

/// Returns the name of a field as it stands in a sentence.
fn noun(field: Field, lang: Lang) -> &'static str {
    match field {
        Field::Assignee => lang.pick("TBO", "assignee"),
        Field::Phone => lang.pick("telepon", "phone"),
        Field::Id => lang.pick("nomor", "number"),
        Field::Sla => "SLA",
        Field::Sent => lang.pick("kiriman", "sending"),
        Field::Updated => lang.pick("diubah", "updated"),
        Field::Response => lang.pick("tanggapan", "response"),
        other => other.name(lang),
    }
}

fn label<T: Choice>(value: &T, lang: Lang) -> String {
    value.label(lang).to_owned()
}

fn id(value: &IdWord, lang: Lang) -> String {
    match value {
        IdWord::Whole(text) => text.clone(),
        IdWord::Tail(digits) => format!("{}{digits}", lang.pick("berakhiran ", "ending in ")),
    }
}

const fn read(value: YesNo, lang: Lang) -> &'static str {
    match value {
        YesNo::Yes => lang.pick("sudah dibaca", "read"),
        YesNo::No => lang.pick("belum dibaca", "unread"),
    }
}

const fn active(value: YesNo, lang: Lang) -> &'static str {
    match value {
        YesNo::Yes => lang.pick("aktif", "active"),
        YesNo::No => lang.pick("tidak aktif", "inactive"),
    }
}

fn people(field: Field, any: &[Person], lang: Lang) -> String {
    let noun = noun(field, lang);
    list(any, lang, |person, lang| match person {
        Person::Me => format!("{noun} {}", lang.pick("saya sendiri", "me")),
        Person::Nobody => format!("{} {noun}", lang.pick("tanpa", "no")),
        Person::Id(text) | Person::Name(text) => format!("{noun} {text}"),
    })
}

fn names(field: Field, any: &[Name], lang: Lang) -> String {
    let noun = noun(field, lang);
    list(any, lang, |name, lang| match name {
        Name::Empty => format!("{} {noun}", lang.pick("tanpa", "no")),
        Name::Text(text) => format!("{noun} {text}"),
    })
}

fn date(field: DateField, spec: &DateSpec, lang: Lang) -> String {
    let noun = noun(field.into(), lang);
    let bound = match spec {
        DateSpec::On(date) => return format!("{noun} {}", date.words(lang)),
        DateSpec::Bound(bound) => bound,
    };
    let (way, end) = match bound {
        Bound::Over(end) => (lang.pick("sesudah", "after"), end),
        Bound::AtLeast(end) => (lang.pick("sejak", "since"), end),
        Bound::Under(end) => (lang.pick("sebelum", "before"), end),
        Bound::AtMost(end) => (lang.pick("sampai", "up to"), end),
        Bound::Between(first, last) => {
            let to = lang.pick("sampai", "to");
            return format!("{noun} {} {to} {}", first.words(lang), last.words(lang));
        }
    };
    format!("{noun} {way} {}", end.words(lang))
}

fn span(field: SpanField, bound: &Bound<Span>, lang: Lang) -> String {
    let words = |span: &Span| span.words(lang);
    match (field, lang) {
        (SpanField::Age, Lang::En) => match bound {
            Bound::Over(end) => format!("older than {}", words(end)),
            Bound::AtLeast(end) => format!("at least {} old", words(end)),
            Bound::Under(end) => format!("younger than {}", words(end)),
            Bound::AtMost(end) => format!("at most {} old", words(end)),
            Bound::Between(first, last) => format!("{} to {} old", words(first), words(last)),
        },
        _ => format!("{} {}", noun(field.into(), lang), compared(bound, lang)),
    }
}

fn compared(bound: &Bound<Span>, lang: Lang) -> String {
    let (way, end) = match bound {
        Bound::Over(end) => (lang.pick("lebih dari", "longer than"), end),
        Bound::AtLeast(end) => (lang.pick("paling sedikit", "at least"), end),
        Bound::Under(end) => (lang.pick("kurang dari", "shorter than"), end),
        Bound::AtMost(end) => (lang.pick("paling lama", "at most"), end),
        Bound::Between(first, last) => {
            let to = lang.pick("sampai", "to");
            return format!("{} {to} {}", first.words(lang), last.words(lang));
        }
    };
    format!("{way} {}", end.words(lang))
}
