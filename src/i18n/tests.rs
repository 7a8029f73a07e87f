//! Tests of the texts of both languages, and of those an installation puts in their place.

use std::time::{Duration, Instant};

use rstest::rstest;

use super::check::known;
use super::*;

/// What every placeholder of the chat texts looks like in life.
const SAMPLES: [(&str, &str); 23] = [
    ("at", "17 Sep 2024 18.12 WIB"),
    ("command", "#start"),
    ("deadline", "19 Sep 2024 16.00 WIB"),
    ("example", "BRT2409001"),
    ("hours", "72"),
    ("minutes", "10"),
    ("n", "3"),
    ("name", "Rudi H."),
    ("note", "cek freon"),
    ("number", "BRT2409009"),
    ("officer", "Joko"),
    ("org", "BRT"),
    ("parent", "BRT2409001"),
    ("phone", "62811-0000-0044"),
    ("rating", "5"),
    ("reporter", "Rudi H."),
    ("sla", "aman"),
    ("status", "Proses"),
    ("step", "Laporan diterima"),
    ("text", "AC aula tidak dingin"),
    ("unit", "Teknik Elektro"),
    ("who", "Yth. Rudi H. (Teknik Elektro),"),
    ("why", "menunggu suku cadang"),
];

fn texts(lang: Lang) -> Texts {
    Texts::load(lang, None).unwrap()
}

fn samples() -> Vec<(&'static str, Value<'static>)> {
    SAMPLES.map(|(name, value)| (name, value.into())).to_vec()
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_placeholders() {
    for (id, en) in built_in(Lang::Id).into_iter().zip(built_in(Lang::En)) {
        let (id, en) = (known(id), known(en));
        for (text, names) in &id {
            assert_eq!(Some(names), en.get(text), "{text}");
        }
        let missing: Vec<_> = en.keys().filter(|text| !id.contains_key(*text)).collect();
        assert!(missing.is_empty(), "only in English: {missing:?}");
    }
}

#[test]
fn no_text_is_written_twice() {
    for lang in Lang::ALL {
        for source in built_in(lang) {
            let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
            let written = source.lines().filter(begins).count();
            assert_eq!(written, known(source).len(), "{lang}");
        }
    }
}

#[test]
fn every_chat_text_renders_in_both_languages_and_fits_a_cheap_phone() {
    for lang in Lang::ALL {
        let texts = texts(lang);
        for (id, names) in known(built_in(lang)[0]) {
            for name in &names {
                assert!(
                    SAMPLES.iter().any(|(known, _)| known == name),
                    "no sample of {name}"
                );
            }
            let said = texts.say(&id, &samples());
            assert!(
                !said.contains("{$") && !said.contains("{ $"),
                "{lang} {id}: {said}"
            );
            assert!(
                !said.trim().is_empty() && said.chars().count() < 600,
                "{lang} {id}: {said}"
            );
            let bold = said.matches('*').count();
            assert_eq!(
                bold % 2,
                0,
                "{lang} {id}: a bold mark stands alone in {said}"
            );
        }
    }
}

#[test]
fn every_printed_text_renders_when_its_placeholders_are_given() {
    for lang in Lang::ALL {
        let texts = texts(lang);
        for (id, names) in known(built_in(lang)[1]) {
            let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
            let values: Vec<_> = names
                .iter()
                .map(|name| (*name, Value::from("isi")))
                .collect();
            let said = texts.say(&id, &values);
            assert!(!said.contains("{$"), "{lang} {id}: {said}");
            let lines = said.lines().count();
            assert!(lines == 1 || id == "demo-up", "{lang} {id}: {said}");
        }
    }
}

#[test]
fn a_new_report_is_answered_with_its_number_in_bold() {
    let who = texts(Lang::Id).say(
        "greeting-with-unit",
        &[
            ("name", "Rudi H.".into()),
            ("unit", "Teknik Elektro".into()),
        ],
    );
    let said = texts(Lang::Id).say(
        "report-received",
        &[
            ("who", who.into()),
            ("org", "BRT".into()),
            ("number", "BRT2409009".into()),
        ],
    );
    assert!(
        said.starts_with("Yth. Rudi H. (Teknik Elektro),\n"),
        "{said}"
    );
    assert!(said.contains("\nNomor laporan: *BRT2409009*\n"), "{said}");
}

#[rstest]
#[case("{ $number }")]
#[case("{$number}")]
#[case("{\"*\"}")]
#[case("$who")]
#[case("{ -term } { greeting } \\u0041 %s {0}")]
fn a_strangers_words_are_never_expanded(#[case] hostile: &str) {
    for lang in Lang::ALL {
        let said = texts(lang).say(
            "recent-line",
            &[
                ("number", "BRT2409009".into()),
                ("status", "Baru".into()),
                ("text", hostile.into()),
            ],
        );
        assert!(said.ends_with(&format!(") {hostile}")), "{said}");
    }
}

#[test]
fn english_tells_one_from_many() {
    let texts = texts(Lang::En);
    let said = |n: i64| texts.say("misses-paused", &[("minutes", n.into())]);
    assert!(said(1).ends_with("in 1 minute."), "{}", said(1));
    assert!(said(60).ends_with("in 60 minutes."), "{}", said(60));
}

#[test]
fn an_unknown_id_comes_back_as_it_is() {
    assert_eq!(texts(Lang::Id).say("no-such-text", &[]), "no-such-text");
}

#[test]
fn texts_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    shared(&texts(Lang::Id));
}

#[test]
fn a_text_is_said_in_microseconds() {
    let texts = texts(Lang::Id);
    let values = samples();
    let batch = || {
        let start = Instant::now();
        for _ in 0..1000 {
            assert!(!texts.say("report-received", &values).is_empty());
        }
        start.elapsed() / 1000
    };
    let best = (0..10).map(|_| batch()).min().unwrap();
    // Debug builds are several times slower than what is shipped.
    assert!(best < Duration::from_micros(50), "{best:?}");
}

#[test]
fn an_installation_may_replace_a_text_and_keeps_the_others() {
    let own =
        "# milik kami\nrecent-none =\n    Belum ada laporan, Kak.\n\ngreeting = Halo { $name },\n";
    let texts = Texts::load(Lang::Id, Some(own)).unwrap();
    assert_eq!(texts.say("recent-none", &[]), "Belum ada laporan, Kak.");
    assert_eq!(
        texts.say("greeting", &[("name", "Sari".into())]),
        "Halo Sari,"
    );
    assert_eq!(texts.say("greeting-unknown", &[]), "Yth. Bapak/Ibu,");
}

#[test]
fn a_replaced_text_may_leave_placeholders_out() {
    let texts = Texts::load(Lang::Id, Some("check = { $number }: { $status }\n")).unwrap();
    assert_eq!(texts.say("check", &samples()), "BRT2409009: Proses");
}

#[test]
fn an_empty_file_replaces_nothing() {
    let texts = Texts::load(Lang::En, Some("")).unwrap();
    assert_eq!(texts.say("step-received", &[]), "Report received");
}

#[rstest]
#[case::unknown_id("\n\ngreting = Halo\n", 3, "text-unknown")]
#[case::far_id("warna-latar-belakang = x\n", 1, "text-unknown")]
#[case::placeholder("\ngreeting = Halo { $nomor }\n", 2, "text-placeholder")]
#[case::placeholder_in_a_choice(
    "greeting = { $name ->\n   *[other] { $x }\n }\n",
    1,
    "text-placeholder"
)]
#[case::syntax("greeting = Halo\nunknown = { $\n", 2, "text-syntax")]
#[case::no_pattern("greeting = Halo\n\nunknown\n", 3, "text-syntax")]
#[case::twice("greeting = A\nunknown = B\ngreeting = C\n", 3, "text-twice")]
#[case::printed_text("column-number = No\n", 1, "text-unknown")]
#[case::other_text("greeting = { unknown }\n", 1, "text-foreign")]
#[case::function("greeting = { NUMBER($name) }\n", 1, "text-foreign")]
#[case::term("\n-merek = BRT\ngreeting = Halo\n", 2, "text-foreign")]
#[case::attribute("greeting = Halo\n    .judul = x\n", 1, "text-foreign")]
#[case::escape("greeting = A\nunknown = \u{1b}[31m\n", 2, "text-hidden")]
#[case::written_escape("\nunknown = {\"\\u001B\"}\n", 2, "text-hidden")]
#[case::turned("unknown = \u{202e}abc\n", 1, "text-hidden")]
fn a_bad_replacement_is_refused_with_its_line(
    #[case] text: &str,
    #[case] line: usize,
    #[case] id: &str,
) {
    let phrase = Texts::load(Lang::Id, Some(text)).unwrap_err().phrase();
    assert_eq!(phrase.id, id, "{phrase:?}");
    assert_eq!(phrase.values[0], ("line", line.into()), "{phrase:?}");
}

#[test]
fn a_huge_replacement_is_refused_unread() {
    let exact = format!("# {}", "a".repeat((256 << 10) - 2));
    assert!(Texts::load(Lang::Id, Some(&exact)).is_ok_and(|texts| texts.lang() == Lang::Id));
    let over = format!("{exact}a");
    assert_eq!(
        Texts::load(Lang::Id, Some(&over)).unwrap_err(),
        TextError::TooBig { limit: 256 }
    );
}

#[test]
fn an_error_reads_the_same_as_its_english_text() {
    let texts = texts(Lang::En);
    for bad in [
        "greting = Halo\n",
        "greeting = { $nomor }\n",
        "greeting = { $\n",
        "greeting = A\ngreeting = B\n",
        "greeting = { unknown }\n",
        "greeting = \u{1b}\n",
        &"#".repeat(300 << 10),
    ] {
        let error = Texts::load(Lang::Id, Some(bad)).unwrap_err();
        assert_eq!(texts.phrase(&error.phrase()), error.to_string());
    }
}
