//! Laws of the language that hold for every query and every text.

use jiff::civil::{DateTime, Weekday, date};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;

/// A list that knows every field, so that laws are tried on all of them.
const EVERYTHING: Schema = Schema {
    fields: FIELDS,
    sorts: Schema::REPORTS.sorts,
};

const FIELDS: &[Field] = &[
    Field::Status,
    Field::Assignee,
    Field::Unit,
    Field::Category,
    Field::Priority,
    Field::Reporter,
    Field::Phone,
    Field::Id,
    Field::Read,
    Field::Sent,
    Field::Window,
    Field::Created,
    Field::Updated,
    Field::Closed,
    Field::Age,
    Field::Response,
    Field::Sla,
    Field::Has,
    Field::Kind,
    Field::Channel,
    Field::Name,
    Field::Department,
    Field::Level,
    Field::Active,
    Field::Skill,
    Field::By,
    Field::Action,
    Field::Since,
];

fn some<T: std::fmt::Debug + Clone + PartialEq>(
    one: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<T>> {
    vec(one, 1..4).prop_map(|mut values| {
        let all = values.clone();
        let mut index = 0;
        values.retain(|value| {
            index += 1;
            !all[..index - 1].contains(value)
        });
        values
    })
}

fn choice<T: Choice + std::fmt::Debug>() -> impl Strategy<Value = Vec<T>> {
    some(select(T::all()))
}

fn text() -> impl Strategy<Value = String> {
    let words = [
        "[ -~]{1,12}",
        "\\PC{1,8}",
        "[A-Za-z]{1,3}[0-9]{1,3}",
        "kosong|None|@saya|OR|P3D",
    ];
    let word = proptest::strategy::Union::new(words.map(|pattern| pattern.prop_map(String::from)));
    let single = word.prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    single.prop_filter("not empty", |text| !text.is_empty())
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![1 => Just(Name::Empty), 4 => text().prop_map(Name::Text)]
}

fn person() -> impl Strategy<Value = Person> {
    prop_oneof![
        Just(Person::Me),
        Just(Person::Nobody),
        "[A-Z]{2,5}[0-9]{1,4}".prop_map(Person::Id),
        text().prop_map(Person::Name),
    ]
}

fn id() -> impl Strategy<Value = IdWord> {
    prop_oneof![
        "[A-Z]{1,5}[0-9]{3,7}".prop_map(IdWord::Whole),
        "[0-9a-f]{8}-[0-9a-f]{4}".prop_map(IdWord::Whole),
        "[0-9]{1,8}".prop_map(IdWord::Tail),
    ]
}

fn minute() -> impl Strategy<Value = DateTime> {
    let clock = (0_i8..24, 0_i8..60);
    let day = (1970_i16..3000, 1_i8..13, 1_i8..29);
    (day, clock).prop_map(|((y, m, d), (hour, minute))| date(y, m, d).at(hour, minute, 0, 0))
}

fn date_word() -> impl Strategy<Value = DateWord> {
    let weekdays: Vec<_> = Weekday::Monday.cycle_forward().take(7).collect();
    prop_oneof![
        minute().prop_map(DateWord::Minute),
        minute().prop_map(|at| DateWord::Day(at.date())),
        minute().prop_map(|at| DateWord::Month {
            year: at.year(),
            month: at.month()
        }),
        select(weekdays).prop_map(DateWord::Weekday),
        select(vec![
            DateWord::Today,
            DateWord::Yesterday,
            DateWord::ThisWeek,
            DateWord::LastWeek,
            DateWord::ThisMonth,
            DateWord::LastMonth,
        ]),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    let count = || prop_oneof![Just(0_u32), 0_u32..100_000];
    (count(), count(), count(), count(), count()).prop_map(
        |(months, weeks, days, hours, minutes)| Span {
            months,
            weeks,
            days,
            hours,
            minutes,
        },
    )
}

fn bound<T: Clone + std::fmt::Debug>(
    end: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Bound<T>> {
    (end.clone(), end, 0..5).prop_map(|(first, last, way)| match way {
        0 => Bound::Over(first),
        1 => Bound::AtLeast(first),
        2 => Bound::Under(first),
        3 => Bound::AtMost(first),
        _ => Bound::Between(first, last),
    })
}

fn date_spec() -> impl Strategy<Value = DateSpec> {
    let limit = bound(date_word().boxed()).prop_filter("forwards", Bound::<DateWord>::is_ordered);
    prop_oneof![
        date_word().prop_map(DateSpec::On),
        limit.prop_map(DateSpec::Bound)
    ]
}

fn named() -> impl Strategy<Value = Term> {
    let fields = [
        NameField::Unit,
        NameField::Category,
        NameField::Reporter,
        NameField::Channel,
        NameField::Name,
        NameField::Department,
        NameField::Skill,
        NameField::Action,
    ];
    (select(fields.to_vec()), some(name())).prop_map(|(field, any)| Term::Name(field, any))
}

fn chosen() -> impl Strategy<Value = Term> {
    prop_oneof![
        choice().prop_map(Term::Status),
        choice().prop_map(Term::Priority),
        choice().prop_map(Term::Sla),
        choice().prop_map(Term::Has),
        choice().prop_map(Term::Read),
        choice().prop_map(Term::Sent),
        choice().prop_map(Term::Window),
        choice().prop_map(Term::Level),
        choice().prop_map(Term::Active),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let people = select(vec![PersonField::Assignee, PersonField::By]);
    let dates = select(vec![
        DateField::Created,
        DateField::Updated,
        DateField::Closed,
    ]);
    let spans = select(vec![SpanField::Age, SpanField::Response]);
    let length = bound(span().boxed()).prop_filter("forwards", Bound::<Span>::is_ordered);
    prop_oneof![
        "[a-z0-9][a-z0-9.,/#>-]{0,8}".prop_map(Term::Word),
        text().prop_map(Term::Phrase),
        chosen(),
        named(),
        (people, some(person())).prop_map(|(field, any)| Term::Person(field, any)),
        some("[0-9]{3,20}").prop_map(Term::Phone),
        some(id()).prop_map(Term::Id),
        (dates, some(date_spec())).prop_map(|(field, any)| Term::Date(field, any)),
        (spans, some(length)).prop_map(|(field, any)| Term::Span(field, any)),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = term().prop_map(Expr::Term);
    leaf.prop_recursive(4, 16, 3, |part| {
        prop_oneof![
            vec(part.clone(), 2..4).prop_map(Expr::and),
            vec(part.clone(), 2..4).prop_map(Expr::or),
            part.prop_map(Expr::negate),
        ]
    })
}

fn generated() -> impl Strategy<Value = Query> {
    let keys = select(EVERYTHING.sorts.to_vec());
    let key = (keys, any::<bool>()).prop_map(|(by, descending)| Sort { by, descending });
    let order = vec(key, 0..3).prop_map(|mut keys| {
        keys.dedup_by_key(|key| key.by);
        keys
    });
    let expr = option::weighted(0.9, expr()).prop_map(|expr| expr.unwrap_or(Expr::All));
    let query = (expr, order).prop_map(|(expr, sort)| Query { expr, sort });
    query.prop_filter("within the limits", |query| terms(&query.expr) < MAX_TERMS)
}

fn terms(expr: &Expr) -> usize {
    match expr {
        Expr::All => 0,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().map(terms).sum(),
        Expr::Not(part) => terms(part),
        Expr::Term(_) => 1,
    }
}

/// Texts out of the pieces that matter to the grammar, which random letters seldom form.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        " ",
        " ",
        "(",
        ")",
        "-",
        "!",
        "\"",
        "\\",
        "|",
        ":",
        ",",
        "..",
        ">",
        ">=",
        "<",
        "*",
        "@saya",
        "OR",
        "ATAU",
        "status:",
        "tbo:",
        "unit:",
        "umur:>",
        "masuk:",
        "urut:",
        "no:",
        "telp:",
        "baru",
        "3h",
        "P3D",
        "2024-09",
        "kemarin",
        "kosong",
        "0811",
        "ADM04",
        "é",
        "\u{212a}1",
        "\n",
        "sla",
        "jenis:",
        "umum",
        "sejak:",
        "prioritas:",
        "t",
        "a",
    ];
    vec(select(pieces.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

/// Holds for every text: no panic, faults inside the text, and one canonical form.
fn holds(text: &str, lang: Lang) -> Result<(), TestCaseError> {
    match parse_with(&EVERYTHING, text, lang) {
        Ok(query) => {
            let saved = query.canonical();
            prop_assert_eq!(
                parse_saved(&EVERYTHING, &saved),
                Ok(query.clone()),
                "{}",
                saved
            );
            prop_assert!(!query.words(lang).is_empty());
        }
        Err(error) => {
            prop_assert!(
                text.get(error.at..error.at + error.len).is_some(),
                "{:?}",
                error
            );
            prop_assert!(
                Lang::ALL
                    .iter()
                    .all(|&lang| !error.describe(lang).is_empty())
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_canonical_form_means_the_same_query_in_either_language(query in generated()) {
        let saved = query.canonical();
        prop_assert_eq!(parse_saved(&EVERYTHING, &saved), Ok(query.clone()), "{}", saved);
        if saved.chars().count() <= MAX_CHARS {
            for lang in Lang::ALL {
                let read = parse_with(&EVERYTHING, &saved, lang);
                prop_assert_eq!(read, Ok(query.clone()), "{} in {}", saved, lang);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_in_its_place(text in "\\PC{0,600}") {
        holds(&text, Lang::Id)?;
    }

    #[test]
    fn any_text_of_the_grammars_pieces_is_read_or_refused(text in pieces()) {
        for lang in Lang::ALL {
            holds(&text, lang)?;
        }
    }

    #[test]
    fn a_date_ends_after_it_begins(word in date_word()) {
        let now = "2024-09-17T18:12[Asia/Jakarta]".parse().unwrap();
        let (start, end) = resolve(&DateSpec::On(word), &now);
        prop_assert!(start < end, "{} {}", start, end);
    }
}
