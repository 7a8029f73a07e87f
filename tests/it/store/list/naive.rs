//! The filter language read plainly: every row is looked at, then all are put in order.

use std::cmp::{Ordering, Reverse};

use jiff::Timestamp;
use tanggap::domain::filter::{
    Bound, DateField, DateSpec, Expr, Field, HasWord, IdWord, Name, NameField, Person, Query,
    SendWord, SlaWord, Span, SpanField, StatusWord, Term, WindowWord, YesNo, resolve,
};
use tanggap::domain::phone::Phone;
use tanggap::domain::priority::Priority;
use tanggap::domain::status::Status;
use tanggap::domain::target::{Sla, sla_at};
use tanggap::domain::text::fold;
use tanggap::store::report::Report;
use tanggap::store::report::list::Scope;

use super::desk::{Contact, Desk, Letter, Message, NOW, Row, STAFF, scope};

const DAY: i64 = 24 * 3_600_000;

/// Returns the numbers of the reports that a query keeps, in its order.
pub(crate) fn numbers(desk: &Desk, query: &Query, scope: &Scope) -> Vec<String> {
    let seen = |row: &&Row| {
        row.report.deleted_at.is_none()
            && scope
                .own_only
                .as_ref()
                .is_none_or(|own| row.staff.contains(&own.as_str()))
            && holds(&query.expr, &|term| meets(desk, row, term, scope))
    };
    let mut rows: Vec<&Row> = desk.rows.iter().filter(seen).collect();
    rows.sort_by(|one, other| in_order(query, one, other));
    rows.into_iter()
        .map(|row| row.report.track_id.clone())
        .collect()
}

fn holds(expr: &Expr, meets: &dyn Fn(&Term) -> bool) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(all) => all.iter().all(|part| holds(part, meets)),
        Expr::Or(any) => any.iter().any(|part| holds(part, meets)),
        Expr::Not(part) => !holds(part, meets),
        Expr::Term(term) => meets(term),
    }
}

fn meets(desk: &Desk, row: &Row, term: &Term, scope: &Scope) -> bool {
    let report = &row.report;
    let contact = desk.contact(report.contact_id);
    match term {
        Term::Word(word) => has_words(&report.search, word),
        Term::Phrase(phrase) => {
            has_words(&report.search, phrase) && report.search.contains(&fold(phrase))
        }
        Term::Status(any) => any.iter().any(|word| match word {
            StatusWord::Is(status) => *status == report.status,
            StatusWord::Open => !report.status.is_closed(),
        }),
        Term::Priority(any) => any.contains(&report.priority),
        Term::Person(_, any) => any.iter().any(|one| has_officer(row, one, scope)),
        Term::Name(field, any) => {
            let own = match field {
                NameField::Unit => report.unit.as_str(),
                NameField::Category => report.category.as_deref().unwrap_or_default(),
                _ => report.reporter_name.as_str(),
            };
            any.iter().any(|name| starts(own, name))
        }
        Term::Phone(any) => {
            let own = match contact {
                Some(contact) => contact.phone.as_deref(),
                None => report.reporter_phone.as_deref(),
            };
            any.iter().any(|digits| is_phone(own, digits))
        }
        Term::Id(any) => any.iter().any(|id| match id {
            IdWord::Whole(number) => report.track_id == *number,
            IdWord::Tail(digits) => report.track_id.ends_with(digits.as_str()),
        }),
        Term::Date(field, any) => {
            let at = match field {
                DateField::Created => Some(report.created_at),
                DateField::Updated => Some(report.updated_at),
                DateField::Closed => report.finished_at,
            };
            at.is_some_and(|at| any.iter().any(|spec| is_within(at, spec)))
        }
        Term::Span(field, any) => {
            let length = match field {
                SpanField::Age => NOW - report.created_at,
                SpanField::Response => report.responded_at.unwrap_or(NOW) - report.created_at,
            };
            any.iter().any(|bound| is_long(length, bound))
        }
        Term::Sla(any) => any.iter().any(|word| sla(report) == standing(*word)),
        Term::Has(any) => any.iter().any(|word| has(row, *word)),
        Term::Read(any) => any.iter().any(|word| (*word == YesNo::Yes) == report.read),
        Term::Sent(any) => any.iter().any(|word| is_sent(&row.letter, *word)),
        Term::Window(any) => any.contains(&window(contact)),
        Term::Level(_) | Term::Active(_) => unreachable!("reports have no such fields"),
    }
}

/// Every word of the text begins a word of the searched text.
fn has_words(search: &str, text: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (own, wanted) = (split(search), split(&fold(text)));
    if wanted.is_empty() {
        return search.contains(&fold(text));
    }
    wanted
        .iter()
        .all(|word| own.iter().any(|own| own.starts_with(word)))
}

fn has_officer(row: &Row, person: &Person, scope: &Scope) -> bool {
    match person {
        Person::Nobody => row.staff.is_empty(),
        Person::Me => scope
            .me
            .as_ref()
            .is_some_and(|me| row.staff.contains(&me.as_str())),
        Person::Id(id) => row.staff.contains(&id.as_str()),
        Person::Name(start) => STAFF
            .iter()
            .any(|(id, name)| fold(name).starts_with(&fold(start)) && row.staff.contains(id)),
    }
}

fn starts(own: &str, name: &Name) -> bool {
    match name {
        Name::Empty => own.is_empty(),
        Name::Text(start) => !own.is_empty() && fold(own).starts_with(&fold(start)),
    }
}

fn is_phone(own: Option<&str>, digits: &str) -> bool {
    let Some(own) = own else { return false };
    match Phone::parse(digits, "62") {
        Ok(phone) => own == phone.as_str(),
        Err(_) => match digits.strip_prefix('0') {
            Some(rest) => own.starts_with(&format!("62{rest}")),
            None => own.starts_with(digits),
        },
    }
}

fn is_within(at: i64, spec: &DateSpec) -> bool {
    let (from, to) = resolve(spec, &scope().now);
    (from..to).contains(&at)
}

fn is_long(length: i64, bound: &Bound<Span>) -> bool {
    match bound {
        Bound::Over(span) => length > span.millis(),
        Bound::AtLeast(span) => length >= span.millis(),
        Bound::Under(span) => length < span.millis(),
        Bound::AtMost(span) => length <= span.millis(),
        Bound::Between(first, last) => (first.millis()..=last.millis()).contains(&length),
    }
}

fn standing(word: SlaWord) -> Sla {
    match word {
        SlaWord::Ok => Sla::Ok,
        SlaWord::Near => Sla::Near,
        SlaWord::Breached => Sla::Breached,
    }
}

fn sla(report: &Report) -> Sla {
    let at = |millis| Timestamp::from_millisecond(millis).expect("a moment of our time");
    let stopped = report.finished_at.or(report.paused_at).map(at);
    sla_at(at(NOW), at(report.near_at), at(report.due_at), stopped)
}

fn has(row: &Row, word: HasWord) -> bool {
    match word {
        HasWord::Photo => row.photo,
        HasWord::Note => row.progress || !row.report.note.is_empty(),
        HasWord::Reply => row.letter.source == "manual" && row.letter.staff.is_none(),
        HasWord::FailedSend => row.letter.state == "failed",
    }
}

fn is_sent(letter: &Letter, word: SendWord) -> bool {
    let sent = letter.state == "sent";
    match word {
        SendWord::Delivered => sent && letter.delivered_at.is_some(),
        SendWord::Read => sent && letter.read_at.is_some(),
        SendWord::Held => letter.state == "held",
        SendWord::Pending => letter.state == "pending",
        SendWord::Sending => letter.state == "sending",
        SendWord::Retry => letter.state == "retry",
        SendWord::Unknown => letter.state == "unknown",
        SendWord::Sent => sent,
        SendWord::Failed => letter.state == "failed",
        SendWord::Cancelled => letter.state == "cancelled",
    }
}

fn window(contact: Option<&Contact>) -> WindowWord {
    let heard = contact.and_then(|contact| contact.last_in_at);
    if heard.is_some_and(|at| at > NOW - DAY) {
        WindowWord::Open
    } else {
        WindowWord::Closed
    }
}

/// Orders by each key; what they leave equal, by id the way of the last one.
fn in_order(query: &Query, one: &Row, other: &Row) -> Ordering {
    let mut last_down = true;
    for (index, sort) in query.sort.iter().enumerate() {
        let value = |row| by(sort.by, row, (sort.descending, index == 0));
        let order = value(one).cmp(&value(other));
        let order = if sort.descending {
            order.reverse()
        } else {
            order
        };
        if order.is_ne() {
            return order;
        }
        last_down = runs_down(
            sort.by,
            &one.report,
            (sort.descending, query.sort.len() == 1),
        );
    }
    let order = one.report.id.cmp(&other.report.id);
    if last_down { order.reverse() } else { order }
}

/// Tells whether ids run down behind a key. A part of the list that has no order of its own has
/// the newest first.
fn runs_down(field: Field, report: &Report, (down, alone): (bool, bool)) -> bool {
    match field {
        Field::Age => !down,
        _ if !alone => down,
        Field::Status | Field::Priority | Field::Assignee => true,
        Field::Closed if report.finished_at.is_none() => true,
        Field::Category if report.category.is_none() => true,
        Field::Sla if !runs(report) => true,
        Field::Response if report.responded_at.is_none() => !down,
        _ => down,
    }
}

fn runs(report: &Report) -> bool {
    report.finished_at.is_none() && report.paused_at.is_none()
}

/// What a row is ordered by. What is missing comes last, or where it belongs: an answer that has
/// not been given is the longest, and a clock that does not run has nothing that is due.
fn by(field: Field, row: &Row, (down, leads): (bool, bool)) -> (i64, i64, String) {
    let report = &row.report;
    let number = |n: i64| (0, n, String::new());
    let last = |missing: bool| i64::from(missing) * if down { -1 } else { 1 };
    match field {
        Field::Created => number(report.created_at),
        Field::Age => number(NOW - report.created_at),
        Field::Updated => number(report.updated_at),
        Field::Closed => (
            last(report.finished_at.is_none()),
            report.finished_at.unwrap_or(0),
            String::new(),
        ),
        Field::Response => match report.responded_at {
            Some(at) => number(at - report.created_at),
            // Only the first key of an order goes on to who waits longest.
            None if leads => (1, NOW - report.created_at, String::new()),
            None => (1, 0, String::new()),
        },
        Field::Sla if runs(report) => number(report.due_at),
        Field::Sla => (1, 0, String::new()),
        Field::Priority => number(place(&Priority::ALL, report.priority)),
        Field::Status => number(place(&Status::ALL, report.status)),
        Field::Unit => (0, 0, report.unit.clone()),
        Field::Category => (
            last(report.category.is_none()),
            0,
            report.category.clone().unwrap_or_default(),
        ),
        Field::Reporter => (0, 0, report.reporter_name.to_lowercase()),
        Field::Assignee => {
            let first = row.staff.iter().min().copied().unwrap_or_default();
            (last(first.is_empty()), 0, first.to_owned())
        }
        _ => number(report.id),
    }
}

fn place<T: PartialEq>(all: &[T], one: T) -> i64 {
    i64::try_from(
        all.iter()
            .position(|known| *known == one)
            .expect("one of them all"),
    )
    .expect("one of them all")
}

/// Returns the ids of the messages and letters that a query keeps, newest first.
pub(crate) fn lines(desk: &Desk, query: &Query) -> Vec<i64> {
    let messages = desk.rows.iter().map(|row| &row.message);
    let messages =
        messages.filter(|one| holds(&query.expr, &|term| message_meets(desk, one, term)));
    let letters = desk.letters();
    let letters = letters.filter(|one| holds(&query.expr, &|term| letter_meets(desk, one, term)));
    let mut ids: Vec<i64> = messages
        .map(|one| one.id)
        .chain(letters.map(|one| one.id))
        .collect();
    ids.sort_unstable();
    if query.sort.first().is_none_or(|sort| sort.descending) {
        ids.reverse();
    }
    ids
}

/// Returns the ids of the letters that a query keeps, in its order.
pub(crate) fn letters(desk: &Desk, query: &Query) -> Vec<i64> {
    let kept = desk.letters();
    let kept = kept.filter(|one| holds(&query.expr, &|term| letter_meets(desk, one, term)));
    let mut letters: Vec<&Letter> = kept.collect();
    match query.sort.first() {
        None => letters.sort_by_key(|one| Reverse(one.id)),
        Some(sort) if sort.by == Field::Sent => letters.sort_by_key(|one| (one.state, one.id)),
        Some(sort) if sort.by == Field::Channel => {
            letters.sort_by_key(|one| Reverse((one.channel, one.id)));
        }
        Some(_) => letters.sort_by_key(|one| one.id),
    }
    letters.into_iter().map(|one| one.id).collect()
}

fn message_meets(desk: &Desk, one: &Message, term: &Term) -> bool {
    let contact = desk.contact(one.contact);
    let waits = one.kind == "ordinary" && one.handled_at.is_none();
    match term {
        Term::Word(text) | Term::Phrase(text) => holds_text(&[one.text, one.name], text),
        Term::Name(NameField::Kind, any) => any.iter().any(|name| starts(one.kind, name)),
        Term::Name(_, any) => any.iter().any(|name| starts(one.name, name)),
        Term::Phone(any) => {
            let own = contact.and_then(|contact| contact.phone.as_deref());
            any.iter().any(|digits| is_phone(own, digits))
        }
        Term::Date(_, any) => any.iter().any(|spec| is_within(one.at, spec)),
        Term::Read(any) => any.iter().any(|word| (*word == YesNo::No) == waits),
        Term::Window(any) => any.contains(&window(contact)),
        _ => unreachable!("messages have no such fields"),
    }
}

fn letter_meets(desk: &Desk, one: &Letter, term: &Term) -> bool {
    let contact = desk.contact(one.contact);
    let name = contact.map(|contact| contact.name).unwrap_or_default();
    match term {
        Term::Word(text) | Term::Phrase(text) => holds_text(&[one.text, name], text),
        Term::Name(NameField::Kind, any) => any.iter().any(|name| starts(one.source, name)),
        Term::Name(NameField::Channel, any) => any.iter().any(|name| starts(one.channel, name)),
        Term::Name(_, any) => any.iter().any(|start| starts(name, start)),
        Term::Phone(any) => {
            let own = match contact {
                Some(contact) => contact.phone.as_deref(),
                None => one.address.strip_prefix("phone:"),
            };
            any.iter().any(|digits| is_phone(own, digits))
        }
        Term::Id(any) => any.iter().any(|id| match id {
            IdWord::Whole(number) => desk
                .rows
                .iter()
                .any(|row| row.report.track_id == *number && row.letter.id == one.id),
            IdWord::Tail(digits) => one.id.to_string() == *digits,
        }),
        Term::Date(_, any) => any.iter().any(|spec| is_within(one.created_at, spec)),
        Term::Sent(any) => any.iter().any(|word| is_sent(one, *word)),
        Term::Read(any) => any.contains(&YesNo::Yes),
        Term::Window(any) => any.contains(&window(contact)),
        _ => unreachable!("letters have no such fields"),
    }
}

fn holds_text(texts: &[&str], part: &str) -> bool {
    texts
        .iter()
        .any(|text| text.to_lowercase().contains(&part.to_lowercase()))
}
