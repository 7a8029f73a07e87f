use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn read(text: &str) -> Option<(String, &str)> {
    read_from(text).map(|(id, rest)| (id.to_string(), rest))
}

#[test]
fn a_number_is_prefix_month_and_at_least_three_digits() {
    let rows = [
        ("BRT", 2024, 11, 1, "BRT2411001"),
        ("BRT", 2024, 11, 999, "BRT2411999"),
        ("BRT", 2024, 11, 1000, "BRT24111000"),
        ("ut", 2009, 1, 7, "UT0901007"),
        ("BRT", 2100, 12, 12, "BRT0012012"),
    ];
    for (prefix, year, month, n, expected) in rows {
        assert_eq!(TrackId::compose(prefix, year, month, n).as_str(), expected);
    }
}

const SPELLINGS: [&str; 51] = [
    "BRT2411001",
    "brt2411001",
    "Brt2411001",
    "bRt2411001",
    " BRT2411001 ",
    "BRT 2411001",
    "BRT 2411 001",
    "BRT 24 11 001",
    "B R T 2 4 1 1 0 0 1",
    "BR T2411001",
    "#BRT2411001",
    "# BRT2411001",
    "##brt2411001",
    "*BRT2411001*",
    "_BRT2411001_",
    "~BRT2411001~",
    "`BRT2411001`",
    "```BRT2411001```",
    "*_BRT2411001_*",
    "+BRT2411001",
    "BRT+2411+001",
    "BRT-2411-001",
    "BRT–2411–001",
    "BRT—2411001",
    "BRT.2411.001",
    "BRT:2411001",
    "BRT2411001.",
    "BRT2411001,",
    "BRT/2411/001",
    "BRT_2411_001",
    "'BRT2411001'",
    "\"BRT2411001\"",
    "“BRT2411001”",
    "‘BRT2411001’",
    "«BRT2411001»",
    "(BRT2411001)",
    "[BRT2411001]",
    "<BRT2411001>",
    "BRT\t2411001",
    "BRT\n2411001",
    "BRT\r\n2411001",
    "BRT\u{a0}2411001",
    "BRT\u{3000}2411001",
    "ＢＲＴ２４１１００１",
    "ｂｒｔ２４１１００１",
    "𝐁𝐑𝐓𝟐𝟒𝟏𝟏𝟎𝟎𝟏",
    "BRT\u{200b}2411\u{200d}001",
    "\u{202e}BRT2411001\u{202c}",
    "\u{feff}BRT2411001",
    "BRT2\u{fe0f}\u{20e3}411001",
    "BRT\u{ad}2411001",
];

#[test]
fn fifty_one_spellings_are_one_number() {
    for spelling in SPELLINGS {
        let id = TrackId::parse(spelling).map(String::from);
        assert_eq!(id.as_deref(), Some("BRT2411001"), "{spelling:?}");
        assert_eq!(
            read(spelling).map(|(id, _)| id).as_deref(),
            Some("BRT2411001"),
            "{spelling:?}"
        );
    }
}

#[rstest]
#[case::empty("")]
#[case::word("lampu")]
#[case::running_number("001")]
#[case::no_prefix("2411001")]
#[case::one_letter("B2411001")]
#[case::nine_letters("ABCDEFGHI2411001")]
#[case::month_zero("BRT2400001")]
#[case::month_thirteen("BRT2413001")]
#[case::short("BRT241101")]
#[case::long("BRT24110000000001")]
#[case::letter_for_a_digit("BRT24I1001")]
#[case::letter_behind("BRT2411001A")]
#[case::cyrillic("ВРТ2411001")]
#[case::greek("ΒRΤ2411001")]
#[case::arabic_digits("BRT٢٤١١٠٠١")]
#[case::accent("BRÉ2411001")]
#[case::mark("BRT\u{337}2411001")]
#[case::null("BRT\u{0}2411001")]
#[case::escape("\u{1b}BRT2411001")]
#[case::two("BRT2411001BRT2411002")]
#[case::like("BRT2411%")]
#[case::sql("BRT2411001' OR '1'='1")]
fn a_near_miss_is_no_number(#[case] raw: &str) {
    assert_eq!(TrackId::parse(raw), None);
}

#[rstest]
#[case("BRT2411001 5 bagus", "BRT2411001", " 5 bagus")]
#[case("BRT 2411 001 5 bagus", "BRT2411001", " 5 bagus")]
#[case("BRT 2411 1000 5", "BRT24111000", " 5")]
#[case("b r t 2 4 1 1 0 0 1 5", "BRT2411001", " 5")]
#[case("BRT-2411-001-5", "BRT2411001", "-5")]
#[case("*BRT2411001* terima kasih", "BRT2411001", "* terima kasih")]
#[case("#brt2411001\nbagus", "BRT2411001", "\nbagus")]
#[case("BRT2411001👍", "BRT2411001", "👍")]
#[case("BRT2411001!", "BRT2411001", "!")]
#[case("BRT24111000", "BRT24111000", "")]
fn the_text_behind_a_number_is_kept(#[case] text: &str, #[case] id: &str, #[case] rest: &str) {
    assert_eq!(read(text), Some((id.to_owned(), rest)));
}

#[rstest]
#[case("lampu mati")]
#[case("BRT 2411 lampu")]
#[case("BRT2411001x")]
#[case("BRT2411001\u{301}")]
#[case("BRT2411 081100000001")]
#[case("lampu BRT2411001")]
#[case("001 5")]
#[case("")]
fn no_number_is_read_where_none_stands(#[case] text: &str) {
    assert_eq!(read(text), None);
}

#[test]
fn a_prefix_is_two_to_eight_letters() {
    for good in ["BRT", "ut", "ABCDEFGH"] {
        assert!(is_prefix(good), "{good}");
    }
    for bad in ["", "B", "ABCDEFGHI", "BR1", "BR T", "ВРТ"] {
        assert!(!is_prefix(bad), "{bad}");
    }
}

#[test]
fn stored_numbers_are_checked_when_read() {
    let id = TrackId::compose("BRT", 2024, 11, 1);
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, "\"BRT2411001\"");
    assert_eq!(serde_json::from_str::<TrackId>(&json).unwrap(), id);
    assert!(serde_json::from_str::<TrackId>("\"lampu\"").is_err());
}

proptest! {
    #[test]
    fn a_composed_number_is_read_back(
        prefix in "[A-Z]{2,8}",
        year in 2000_i16..2100,
        month in 1_i8..=12,
        n in 1_u64..1_000_000_000,
    ) {
        let id = TrackId::compose(&prefix, year, month, n);
        prop_assert_eq!(TrackId::parse(id.as_str()), Some(id.clone()));
        prop_assert_eq!(read_from(id.as_str()), Some((id.clone(), "")));
        prop_assert!(id.as_str().starts_with(&month_key(&prefix, year, month)));
    }

    #[test]
    fn decoration_never_changes_a_number(
        n in 1_u64..2000,
        upper in any::<bool>(),
        marks in prop::collection::vec("[ #*+_~.:'\u{200b}\u{202e}-]{0,2}", 12),
    ) {
        let id = TrackId::compose("BRT", 2024, 11, n);
        let plain = if upper { id.to_string() } else { id.as_str().to_lowercase() };
        let dressed = plain.chars().zip(&marks).fold(String::new(), |s, (c, m)| s + m + &c.to_string());
        prop_assert_eq!(TrackId::parse(&dressed), Some(id), "{}", dressed);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Some((id, rest)) = read_from(&text) {
            prop_assert!(text.ends_with(rest));
            prop_assert_eq!(TrackId::parse(id.as_str()), Some(id));
        }
    }

    #[test]
    fn words_are_no_numbers(text in "[a-zA-Z #*.]{0,40}") {
        prop_assert_eq!(TrackId::parse(&text), None);
        prop_assert_eq!(read_from(&text), None);
    }
}
