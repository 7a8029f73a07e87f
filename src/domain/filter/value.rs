//! The values of each field: what stands after the colon becomes a typed term.

use super::{
    Bound, Choice, DateField, DateSpec, DateWord, Field, FilterError, FilterFault as Fault, IdWord,
    Name, NameField, Person, PersonField, Span, SpanField, Term, nearest::nearest,
};
use crate::domain::lang::{Lang, plain};

/// The words for a name that is not there; quoted, they are names like any other.
const EMPTY: [&str; 3] = ["none", "kosong", "empty"];
/// The words for whoever asks.
const ME: [&str; 2] = ["@me", "@saya"];
/// Words for kinds of messages beside the codes, which are open-ended.
const KINDS: [(&str, &str); 6] = [
    ("laporan", "report"),
    ("cek", "check"),
    ("konfirmasi", "confirm"),
    ("umum", "ordinary"),
    ("biasa", "ordinary"),
    ("tak-terbaca", "unparsed"),
];
/// The longest canonical phone number is 15 digits; room for a prefix beside it.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=20;

/// One value as written.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) quoted: bool,
    pub(super) at: usize,
    pub(super) len: usize,
}

impl Piece {
    pub(super) fn fault(&self, fault: Fault) -> FilterError {
        FilterError::new(self.at, self.len, fault)
    }

    fn bad(&self, field: Field) -> FilterError {
        self.fault(Fault::BadValue(field, self.text.clone()))
    }
}

/// One entry of the list after the colon.
#[derive(Debug)]
pub(super) enum Item {
    One(Piece),
    Bound(Bound<Piece>),
}

impl Item {
    /// Returns the value of a field that has no order.
    pub(super) fn single(self, field: Field) -> Result<Piece, FilterError> {
        match self {
            Self::One(piece) => Ok(piece),
            Self::Bound(bound) => Err(bound.first().fault(Fault::NotCompared(field))),
        }
    }

    const fn first(&self) -> &Piece {
        match self {
            Self::One(piece) => piece,
            Self::Bound(bound) => bound.first(),
        }
    }

    /// Returns where the values stand, from the first to the last.
    const fn extent(&self) -> (usize, usize) {
        let first = self.first();
        match self {
            Self::Bound(Bound::Between(_, last)) => (first.at, last.at + last.len - first.at),
            _ => (first.at, first.len),
        }
    }
}

impl Bound<Piece> {
    const fn first(&self) -> &Piece {
        match self {
            Self::Over(end) | Self::AtLeast(end) | Self::Under(end) | Self::AtMost(end) => end,
            Self::Between(first, _) => first,
        }
    }
}

/// Makes the term of a field and its values.
pub(super) fn term(field: Field, items: Vec<Item>, lang: Lang) -> Result<Term, FilterError> {
    match field {
        Field::Status => choices(field, items).map(Term::Status),
        Field::Priority => choices(field, items).map(Term::Priority),
        Field::Sla => choices(field, items).map(Term::Sla),
        Field::Has => choices(field, items).map(Term::Has),
        Field::Read => choices(field, items).map(Term::Read),
        Field::Sent => choices(field, items).map(Term::Sent),
        Field::Window => choices(field, items).map(Term::Window),
        Field::Level => choices(field, items).map(Term::Level),
        Field::Active => choices(field, items).map(Term::Active),
        Field::Phone => singles(field, items, phone).map(Term::Phone),
        Field::Id => singles(field, items, id).map(Term::Id),
        Field::Assignee => people(PersonField::Assignee, items),
        Field::By => people(PersonField::By, items),
        Field::Unit => names(NameField::Unit, items),
        Field::Category => names(NameField::Category, items),
        Field::Reporter => names(NameField::Reporter, items),
        Field::Kind => names(NameField::Kind, items),
        Field::Channel => names(NameField::Channel, items),
        Field::Name => names(NameField::Name, items),
        Field::Department => names(NameField::Department, items),
        Field::Skill => names(NameField::Skill, items),
        Field::Action => names(NameField::Action, items),
        Field::Created => dates(DateField::Created, items),
        Field::Updated => dates(DateField::Updated, items),
        Field::Closed => dates(DateField::Closed, items),
        Field::Since => since(items),
        Field::Age => spans(SpanField::Age, items, lang),
        Field::Response => spans(SpanField::Response, items, lang),
        Field::Sort => Err(items[0].first().fault(Fault::SortInside)),
    }
}

/// Says whether a bare text would be read as something other than a name.
pub(super) fn is_reserved(text: &str) -> bool {
    let text = text.to_lowercase();
    text.starts_with('@') || EMPTY.contains(&text.as_str())
}

/// Says whether a text looks like a staff id or a tracking number: letters, then digits.
pub(super) fn looks_like_id(text: &str) -> bool {
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let letters = text.len() - digits.len();
    (1..=8).contains(&letters)
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads each item, and drops what was already said.
fn each<T: PartialEq>(
    items: Vec<Item>,
    read: impl Fn(Item) -> Result<T, FilterError>,
) -> Result<Vec<T>, FilterError> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        let value = read(item)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values)
}

fn singles<T: PartialEq>(
    field: Field,
    items: Vec<Item>,
    read: impl Fn(&Piece) -> Option<T>,
) -> Result<Vec<T>, FilterError> {
    each(items, |item| {
        let piece = item.single(field)?;
        read(&piece).ok_or_else(|| piece.bad(field))
    })
}

fn choices<T: Choice>(field: Field, items: Vec<Item>) -> Result<Vec<T>, FilterError> {
    each(items, |item| {
        let piece = item.single(field)?;
        T::read(&piece.text).ok_or_else(|| {
            let words: Vec<_> = Lang::ALL.into_iter().flat_map(T::values).collect();
            let near = nearest(&piece.text, words.iter().map(String::as_str));
            piece.bad(field).with_suggestion(near)
        })
    })
}

/// Keeps the digits of a phone number in any of its spellings.
fn phone(piece: &Piece) -> Option<String> {
    let plain = piece.text.strip_prefix('+').unwrap_or(&piece.text);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let signs = |letter: char| letter.is_ascii_digit() || " -.()/".contains(letter);
    (plain.chars().all(signs) && PHONE_DIGITS.contains(&digits.len())).then_some(digits)
}

fn id(piece: &Piece) -> Option<IdWord> {
    let text = piece.text.trim_start_matches('#');
    let sane = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if text.is_empty() || !text.bytes().all(sane) {
        None
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(IdWord::Tail(text.to_owned()))
    } else if looks_like_id(text) {
        Some(IdWord::Whole(text.to_ascii_uppercase()))
    } else {
        Some(IdWord::Whole(text.to_owned()))
    }
}

fn people(field: PersonField, items: Vec<Item>) -> Result<Term, FilterError> {
    let people = each(items, |item| {
        person(&item.single(field.into())?, field.into())
    })?;
    Ok(Term::Person(field, people))
}

fn person(piece: &Piece, field: Field) -> Result<Person, FilterError> {
    let text = piece.text.to_lowercase();
    if piece.quoted {
        Ok(Person::Name(piece.text.clone()))
    } else if ME.contains(&text.as_str()) {
        Ok(Person::Me)
    } else if text.starts_with('@') {
        Err(piece
            .bad(field)
            .with_suggestion(nearest(&text, ME.into_iter())))
    } else if looks_like_id(&piece.text) {
        Ok(Person::Id(text.to_ascii_uppercase()))
    } else {
        name_text(piece, field).map(|name| match name {
            Name::Empty => Person::Nobody,
            Name::Text(text) => Person::Name(text),
        })
    }
}

fn names(field: NameField, items: Vec<Item>) -> Result<Term, FilterError> {
    let names = each(items, |item| {
        let name = name_text(&item.single(field.into())?, field.into())?;
        Ok(if field == NameField::Kind {
            kind(name)
        } else {
            name
        })
    })?;
    Ok(Term::Name(field, names))
}

/// Reads a name; every name is searched by its start, so a star at the end says nothing.
fn name_text(piece: &Piece, field: Field) -> Result<Name, FilterError> {
    if piece.quoted {
        return Ok(Name::Text(piece.text.clone()));
    }
    let stem = piece.text.trim_end_matches('*');
    if stem.is_empty() {
        Err(piece.fault(Fault::EmptyValue(field)))
    } else if stem.starts_with('@') {
        Err(piece.bad(field))
    } else if is_reserved(stem) {
        Ok(Name::Empty)
    } else {
        Ok(Name::Text(stem.to_owned()))
    }
}

fn kind(name: Name) -> Name {
    let Name::Text(text) = name else { return name };
    let code = plain(&text);
    let known = KINDS.into_iter().find(|(word, _)| *word == code);
    Name::Text(known.map_or(text, |(_, code)| code.to_owned()))
}

fn dates(field: DateField, items: Vec<Item>) -> Result<Term, FilterError> {
    let specs = each(items, |item| {
        let (at, len) = item.extent();
        let spec = match item {
            Item::One(piece) => return date(piece).map(DateSpec::On),
            Item::Bound(bound) => bound.try_map(date)?,
        };
        let ordered = spec.is_ordered();
        let backwards = || FilterError::new(at, len, Fault::BadRange);
        ordered
            .then_some(DateSpec::Bound(spec))
            .ok_or_else(backwards)
    })?;
    Ok(Term::Date(field, specs))
}

fn date(piece: Piece) -> Result<DateWord, FilterError> {
    DateWord::read(&piece.text).ok_or_else(|| {
        let near = nearest(&piece.text, DateWord::symbols());
        piece
            .fault(Fault::BadDate(piece.text.clone()))
            .with_suggestion(near)
    })
}

/// Reads the one date of `since`, which is short for `created:>=`.
fn since(items: Vec<Item>) -> Result<Term, FilterError> {
    if let Some(second) = items.get(1) {
        return Err(second.first().fault(Fault::BadRange));
    }
    let starts = each(items, |item| {
        let start = date(item.single(Field::Since)?)?;
        Ok(DateSpec::Bound(Bound::AtLeast(start)))
    })?;
    Ok(Term::Date(DateField::Created, starts))
}

fn spans(field: SpanField, items: Vec<Item>, lang: Lang) -> Result<Term, FilterError> {
    let bounds = each(items, |item| {
        let (at, len) = item.extent();
        let bound = match item {
            Item::One(piece) => return Err(piece.fault(Fault::NeedsComparison(field.into()))),
            Item::Bound(bound) => bound.try_map(|piece| span(&piece, lang))?,
        };
        let backwards = || FilterError::new(at, len, Fault::BadRange);
        bound.is_ordered().then_some(bound).ok_or_else(backwards)
    })?;
    Ok(Term::Span(field, bounds))
}

fn span(piece: &Piece, lang: Lang) -> Result<Span, FilterError> {
    let read = Span::read(&piece.text, lang);
    read.ok_or_else(|| piece.fault(Fault::BadSpan(piece.text.clone())))
}
