use proptest::prelude::*;
use rstest::rstest;

use super::*;

const ONE: &str = "6281100000001";

#[test]
fn all_spellings_of_one_phone_are_one_person() {
    let spellings = [
        "081100000001",
        "0811-0000-0001",
        "0811 0000 0001",
        "(0811) 0000.0001",
        "+62 811-0000-0001",
        "+6281100000001",
        "+62 (0)811 0000 0001",
        "62 0811 0000 0001",
        "6281100000001",
        "62811-0000-0001",
        "006281100000001",
        "81100000001",
        "811 0000 0001",
        "６２８１１０００００００１",
        "\u{202a}+62 811‑0000‑0001\u{202c}",
        "  6281100000001\n",
        "6281100000001@c.us",
        "6281100000001@s.whatsapp.net",
        "6281100000001:12@s.whatsapp.net",
        "+6281100000001@c.us",
    ];
    for spelling in spellings {
        let phone = Phone::parse(spelling, "62").map(String::from);
        assert_eq!(phone.as_deref(), Ok(ONE), "{spelling:?}");
    }
}

#[rstest]
#[case::empty("", PhoneError::Empty)]
#[case::blank("  \u{200b}", PhoneError::Empty)]
#[case::letters("0811-DESK-01", PhoneError::NotDigits)]
#[case::a_name("Ratna", PhoneError::NotDigits)]
#[case::short("0811", PhoneError::TooShort)]
#[case::hidden_id("123456789012345", PhoneError::TooLong)]
#[case::hidden_id_like_ours("620811000000010", PhoneError::TooLong)]
#[case::hidden_id_on_a_phone_server("123456789012345@c.us", PhoneError::TooLong)]
#[case::long("0811000000010203", PhoneError::TooLong)]
#[case::hidden("123456789012@lid", PhoneError::NotAPhone)]
#[case::group("120363000000000001@g.us", PhoneError::NotAPhone)]
#[case::other_server("6281100000001@contoh.test", PhoneError::NotAPhone)]
#[case::two_servers("6281100000001@c.us@lid", PhoneError::NotAPhone)]
#[case::device_without_number(":12@s.whatsapp.net", PhoneError::Empty)]
#[case::bad_device("6281100000001:x@s.whatsapp.net", PhoneError::NotDigits)]
#[case::zeros("00000000000", PhoneError::NotDigits)]
#[case::plus_inside("62+81100000001", PhoneError::NotDigits)]
#[case::arabic_digits("٠٨١١٠٠٠٠٠٠٠١", PhoneError::NotDigits)]
#[case::null("0811\u{0}00000001", PhoneError::NotDigits)]
fn what_is_no_phone_is_refused(#[case] raw: &str, #[case] error: PhoneError) {
    assert_eq!(Phone::parse(raw, "62"), Err(error));
}

#[rstest]
#[case("+1 202 555 0100", "62", "12025550100")]
#[case("0044 20 7946 0000", "62", "442079460000")]
#[case("021-5550-100", "62", "62215550100")]
#[case("819012345678@c.us", "62", "819012345678")]
#[case("8123456789", "49", "8123456789")]
#[case("030 1234567", "49", "49301234567")]
fn other_countries_keep_their_numbers(#[case] raw: &str, #[case] code: &str, #[case] to: &str) {
    assert_eq!(Phone::parse(raw, code).map(String::from).as_deref(), Ok(to));
}

#[rstest]
#[case(ONE, "+62811••••0001")]
#[case("628110000001", "+6281••••0001")]
#[case("12345678", "+••••5678")]
fn a_masked_phone_hides_four_digits_or_more(#[case] raw: &str, #[case] masked: &str) {
    let phone = Phone::from_digits(raw).unwrap();
    assert_eq!(phone.masked(), masked);
    assert_eq!(format!("{phone:?}"), format!("Phone({masked})"));
}

#[rstest]
#[case("6281100000001@c.us", "phone:6281100000001")]
#[case("6281100000001:3@s.whatsapp.net", "phone:6281100000001")]
#[case("0811-0000-0001", "phone:6281100000001")]
#[case("123456789012345@lid", "lid:123456789012345")]
#[case("6281100000001@lid", "lid:6281100000001")]
#[case("123456789012345:7@lid", "lid:123456789012345")]
#[case("120363000000000001@g.us", "group:120363000000000001")]
#[case("120363000000000001", "group:120363000000000001")]
#[case("6281100000001-1400000000@g.us", "group:6281100000001-1400000000")]
#[case("ID.abC123", "user:ID.abC123")]
#[case("id.abC123", "user:ID.abC123")]
#[case("US.12345678901234567890", "user:US.12345678901234567890")]
fn the_form_of_an_address_tells_its_kind(#[case] raw: &str, #[case] canonical: &str) {
    let address = Address::parse(raw, "62").unwrap();
    assert_eq!(address.canonical(), canonical);
    assert_eq!(Address::from_canonical(canonical), Ok(address));
}

#[rstest]
#[case("")]
#[case("123456789012345")]
#[case("@lid")]
#[case("12a4@lid")]
#[case("status@broadcast")]
#[case("123@newsletter")]
#[case("IDN.abc")]
#[case("I1.abc")]
#[case("ID.")]
#[case("ID.abc-1")]
#[case("ID.abc.def")]
#[case("Ratna Sari")]
fn what_is_no_address_is_refused(#[case] raw: &str) {
    let read = Address::parse(raw, "62");
    assert!(read.is_err(), "{read:?}");
}

#[rstest]
#[case("6281100000001")]
#[case("phone:081100000001")]
#[case("phone:+6281100000001")]
#[case("phone:123456789012345")]
#[case("user:abc")]
#[case("mail:a")]
#[case("lid:")]
fn only_the_canonical_spelling_is_read_back(#[case] stored: &str) {
    let read = Address::from_canonical(stored);
    assert!(read.is_err(), "{read:?}");
}

#[test]
fn only_a_phone_address_has_a_phone() {
    let phone = Address::parse(ONE, "62").unwrap();
    assert_eq!(phone.phone().map(Phone::as_str), Some(ONE));
    assert_eq!(
        Address::parse("6281100000001@lid", "62").unwrap().phone(),
        None
    );
}

#[test]
fn addresses_travel_as_their_canonical_spelling() {
    let address = Address::parse("0811-0000-0001", "62").unwrap();
    let json = serde_json::to_string(&address).unwrap();
    assert_eq!(json, "\"phone:6281100000001\"");
    assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), address);
    assert!(serde_json::from_str::<Phone>("\"0811\"").is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_survives_the_round_trip(raw in "[ -~]{0,30}|\\PC{0,30}") {
        if let Ok(address) = Address::parse(&raw, "62") {
            prop_assert_eq!(Address::from_canonical(&address.canonical()), Ok(address));
        }
    }

    #[test]
    fn fifteen_digits_or_more_are_never_a_phone(raw in "(620|[1-9][0-9]{2})[0-9]{12,22}(@c\\.us|@s\\.whatsapp\\.net)?") {
        prop_assert!(Phone::parse(&raw, "62").is_err());
    }

    #[test]
    fn punctuation_does_not_change_a_phone(
        number in "8[1-9][0-9]{7,10}",
        dots in prop::collection::vec("[ ().-]{0,2}", 13),
    ) {
        let dressed = number.chars().zip(&dots).fold(String::new(), |s, (c, dot)| s + &c.to_string() + dot);
        for prefix in ["0", "+62 ", "62", ""] {
            let phone = Phone::parse(&format!("{prefix}{dressed}"), "62").map(String::from);
            prop_assert_eq!(phone, Ok(format!("62{number}")), "{} {}", prefix, dressed);
        }
    }
}
