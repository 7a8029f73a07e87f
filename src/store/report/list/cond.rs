//! What a filter asks of a report, with every name resolved: the filter language says `unit:tek`,
//! a [`Cond`] says which units those are.

use crate::domain::filter::{
    Bound, DateField, Expr, HasWord, IdWord, Name, NameField, Person, PersonField, Query, SendWord,
    SlaWord, Span, SpanField, StatusWord, Term, WindowWord, YesNo, resolve,
};
use crate::domain::phone::Phone;
use crate::domain::status::Status;
use crate::domain::text::fold;
use crate::store::page::like;

use super::Scope;
use super::name::Names;

/// A condition on a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cond {
    All,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Is(Test),
}

/// A single question that is true or false of every report, never unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// It holds these words, by their beginnings.
    Words(Vec<String>),
    /// Its searched text holds this.
    Phrase(String),
    /// A column is one of these; an empty value stands for none.
    Column(Column, Vec<String>),
    /// It is given to one of these officers.
    Assigned(Vec<String>),
    Unassigned,
    /// The reporter's phone is one from the first to the last.
    Phone(String, String),
    /// The reporter's name starts with this; empty for no name.
    Reporter(String),
    Track(String),
    /// The number ends with these digits.
    Tail(String),
    /// It happened at the first moment or later, and before the second.
    Between(DateField, i64, i64),
    /// The first answer took so long, or has not been given for so long; both ends included.
    Response(i64, i64),
    Sla(SlaWord),
    Has(HasWord),
    Sent(SendWord),
    Read(bool),
    WindowOpen,
    /// Its clock runs.
    Running,
    Unfinished,
    Unanswered,
    Categorised,
}

/// A column with few different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Status,
    Priority,
    Unit,
    Category,
}

/// What the terms of a query are resolved with.
pub(super) struct Reading<'a> {
    pub(super) scope: &'a Scope,
    pub(super) names: &'a Names,
}

impl Cond {
    /// Joins conditions that must all hold; bare words become one question.
    pub(super) fn and(parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut all, mut words) = (Vec::new(), Vec::new());
        let parts = parts.into_iter().flat_map(|part| match part {
            Self::And(inner) => inner,
            other => vec![other],
        });
        for part in parts {
            match part {
                Self::All => {}
                Self::Is(Test::Words(more)) => words.extend(more),
                other => all.push(other),
            }
        }
        if !words.is_empty() {
            all.push(Self::Is(Test::Words(words)));
        }
        if all.len() > 1 {
            Self::And(all)
        } else {
            all.pop().unwrap_or(Self::All)
        }
    }

    fn or(mut any: Vec<Self>) -> Self {
        match any.len() {
            1 => any.remove(0),
            _ => Self::Or(any),
        }
    }

    /// Returns the conditions that must all hold.
    pub(super) fn arms(&self) -> &[Self] {
        match self {
            Self::And(all) => all,
            other => std::slice::from_ref(other),
        }
    }

    /// Tells whether words must be found.
    pub(super) fn has_words(&self) -> bool {
        let found = |arm: &Self| matches!(arm, Self::Is(Test::Words(_) | Test::Reporter(_)));
        self.arms().iter().any(found)
    }

    /// Returns the condition without a question that must hold, for when that is known to hold.
    pub(super) fn without(&self, test: &Test) -> Self {
        let kept = |arm: &&Self| !matches!(arm, Self::Is(own) if own == test);
        Self::and(self.arms().iter().filter(kept).cloned())
    }
}

impl Reading<'_> {
    /// Returns what a query asks, within what the asker may see.
    pub(super) fn of(&self, query: &Query) -> Cond {
        let own = self.scope.own_only.iter().cloned();
        let own = own.map(|staff| Cond::Is(Test::Assigned(vec![staff])));
        Cond::and([self.expr(&query.expr)].into_iter().chain(own))
    }

    fn expr(&self, expr: &Expr) -> Cond {
        match expr {
            Expr::All => Cond::All,
            Expr::And(all) => Cond::and(all.iter().map(|part| self.expr(part))),
            Expr::Or(any) => Cond::or(any.iter().map(|part| self.expr(part)).collect()),
            Expr::Not(part) => Cond::Not(Box::new(self.expr(part))),
            Expr::Term(term) => self.term(term),
        }
    }

    fn term(&self, term: &Term) -> Cond {
        match term {
            Term::Word(word) => words(word),
            Term::Phrase(phrase) => Cond::and([words(phrase), part(phrase)]),
            Term::Status(any) => Cond::Is(Test::Column(Column::Status, statuses(any))),
            Term::Priority(any) => {
                let words = any.iter().map(|priority| priority.as_str().to_owned());
                Cond::Is(Test::Column(Column::Priority, words.collect()))
            }
            Term::Person(PersonField::Assignee, any) => self.assignees(any),
            Term::Name(NameField::Unit, any) => {
                Cond::Is(Test::Column(Column::Unit, starting(any, &self.names.units)))
            }
            Term::Name(NameField::Category, any) => Cond::Is(Test::Column(
                Column::Category,
                starting(any, &self.names.categories),
            )),
            Term::Name(NameField::Reporter, any) => each(any, |name| Test::Reporter(text(name))),
            Term::Phone(any) => each(any, |digits| {
                let (first, last) = phone_range(digits, &self.scope.country_code);
                Test::Phone(first, last)
            }),
            Term::Id(any) => each(any, |id| match id {
                IdWord::Whole(number) => Test::Track(number.clone()),
                IdWord::Tail(digits) => Test::Tail(digits.clone()),
            }),
            Term::Date(field, any) => each(any, |spec| {
                let (from, to) = resolve(spec, &self.scope.now);
                Test::Between(*field, from, to)
            }),
            Term::Span(field, any) => each(any, |bound| self.span(*field, bound)),
            Term::Sla(any) => each(any, |word| Test::Sla(*word)),
            Term::Has(any) => each(any, |word| Test::Has(*word)),
            Term::Read(any) => each(any, |word| Test::Read(*word == YesNo::Yes)),
            Term::Sent(any) => each(any, |word| Test::Sent(*word)),
            Term::Window(any) => Cond::or(any.iter().copied().map(window).collect()),
            // The list of reports has no other fields.
            Term::Person(..) | Term::Name(..) | Term::Level(_) | Term::Active(_) => never(),
        }
    }

    fn assignees(&self, any: &[Person]) -> Cond {
        let mut ids = Vec::new();
        for person in any {
            match person {
                Person::Me => ids.extend(self.scope.me.clone()),
                Person::Nobody => {}
                Person::Id(id) => ids.push(id.clone()),
                Person::Name(start) => ids.extend(self.names.staff_starting(start)),
            }
        }
        let given = Cond::Is(Test::Assigned(ids));
        if any.contains(&Person::Nobody) {
            Cond::Or(vec![Cond::Is(Test::Unassigned), given])
        } else {
            given
        }
    }

    fn span(&self, field: SpanField, bound: &Bound<Span>) -> Test {
        let (least, most) = millis(bound);
        match field {
            SpanField::Response => Test::Response(least, most),
            SpanField::Age => {
                let now = self.scope.now_ms();
                let from = now.saturating_sub(most);
                let to = now.saturating_sub(least).saturating_add(1);
                Test::Between(DateField::Created, from, to)
            }
        }
    }
}

/// Returns the condition that nothing meets.
fn never() -> Cond {
    Cond::Is(Test::Column(Column::Status, Vec::new()))
}

fn each<T>(any: &[T], test: impl Fn(&T) -> Test) -> Cond {
    Cond::or(any.iter().map(|one| Cond::Is(test(one))).collect())
}

fn words(text: &str) -> Cond {
    match like::words(text) {
        // Signs alone are in no index.
        words if words.is_empty() => part(text),
        words => Cond::Is(Test::Words(words)),
    }
}

fn part(text: &str) -> Cond {
    Cond::Is(Test::Phrase(fold(text)))
}

fn window(word: WindowWord) -> Cond {
    let open = Cond::Is(Test::WindowOpen);
    match word {
        WindowWord::Open => open,
        WindowWord::Closed => Cond::Not(Box::new(open)),
    }
}

fn text(name: &Name) -> String {
    match name {
        Name::Empty => String::new(),
        Name::Text(text) => text.clone(),
    }
}

fn statuses(any: &[StatusWord]) -> Vec<String> {
    let wanted = |status: &Status| {
        any.iter().any(|word| match word {
            StatusWord::Is(one) => one == status,
            StatusWord::Open => status.is_open(),
        })
    };
    let known = Status::ALL.into_iter().filter(wanted);
    known.map(|status| status.as_str().to_owned()).collect()
}

/// Returns the known values that start with one of the names.
fn starting(any: &[Name], known: &[String]) -> Vec<String> {
    let meant = |value: &&String| {
        any.iter().any(|name| match name {
            Name::Empty => value.is_empty(),
            Name::Text(start) => !value.is_empty() && fold(value).starts_with(&fold(start)),
        })
    };
    known.iter().filter(meant).cloned().collect()
}

/// Returns the first and the last phone number that the digits may stand for: a whole number is
/// one, a piece of it is the beginning of many.
pub(in crate::store) fn phone_range(digits: &str, country_code: &str) -> (String, String) {
    if let Ok(phone) = Phone::parse(digits, country_code) {
        return (phone.as_str().to_owned(), phone.as_str().to_owned());
    }
    let start = match digits.strip_prefix('0') {
        Some(national) => format!("{country_code}{national}"),
        None => digits.to_owned(),
    };
    (start.clone(), format!("{start:9<20}"))
}

/// Returns the shortest and the longest length within a limit.
fn millis(bound: &Bound<Span>) -> (i64, i64) {
    match bound {
        Bound::Over(span) => (span.millis() + 1, i64::MAX),
        Bound::AtLeast(span) => (span.millis(), i64::MAX),
        Bound::Under(span) => (i64::MIN, span.millis() - 1),
        Bound::AtMost(span) => (i64::MIN, span.millis()),
        Bound::Between(first, last) => (first.millis(), last.millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::phone_range;

    #[test]
    fn a_phone_is_one_number_however_it_is_written() {
        for digits in ["081100000001", "6281100000001"] {
            let one = ("6281100000001".to_owned(), "6281100000001".to_owned());
            assert_eq!(phone_range(digits, "62"), one, "{digits}");
        }
    }

    #[test]
    fn a_piece_of_a_phone_is_its_beginning() {
        let (first, last) = phone_range("0811", "62");
        assert_eq!(
            (first.as_str(), last.as_str()),
            ("62811", "62811999999999999999")
        );
    }
}
