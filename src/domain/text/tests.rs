use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        )
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        || c as u32 & 0xfffe == 0xfffe
}

/// Strings in which hostile characters are frequent, not one in a million.
fn hostile() -> impl Strategy<Value = String> {
    let alphabet = vec![
        'a',
        'K',
        '5',
        '#',
        ' ',
        '\n',
        '\r',
        '\t',
        '\0',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{9f}',
        '*',
        '_',
        '.',
        ':',
        '/',
        'é',
        '\u{301}',
        '\u{337}',
        '\u{200b}',
        '\u{200d}',
        '\u{fe0f}',
        '\u{20e3}',
        '\u{202e}',
        '\u{2066}',
        '\u{e0041}',
        '\u{ffff}',
        '\u{feff}',
        '👩',
        '❤',
        '🏽',
        '🇮',
        '🇩',
        '\u{1100}',
        '\u{1161}',
        '\u{11a8}',
        '\u{600}',
        'क',
        '\u{94d}',
        'א',
        '漢',
        'Ａ',
        '\u{2028}',
        '\u{3164}',
        '\u{fdd0}',
        '’',
    ];
    let picked = prop::collection::vec(prop::sample::select(alphabet), 0..60);
    prop_oneof![picked.prop_map(String::from_iter), any::<String>()]
}

#[rstest]
#[case::escape("\u{1b}[31mmerah", "␛[31mmerah", 0)]
#[case::second_set("\u{9b}31m", "␛[31m", 0)]
#[case::null_and_delete("a\0b\u{7f}", "a␀b␡", 0)]
#[case::direction("a\u{202e}b\u{2069}c", "abc", 2)]
#[case::zero_width("la\u{200b}mpu\u{feff}", "lampu", 2)]
#[case::tags("x\u{e0041}\u{e007f}", "x", 2)]
#[case::noncharacter("x\u{fdd0}\u{1ffff}", "x", 2)]
#[case::line_ends("a\r\nb\rc\u{2028}d\ne", "a\nb\nc\nd\ne", 0)]
#[case::tab("a\tb", "a    b", 0)]
#[case::joined_emoji("👩\u{200d}🔧 ❤\u{fe0f}", "👩\u{200d}🔧 ❤\u{fe0f}", 0)]
#[case::keycap("5\u{fe0f}\u{20e3}", "5\u{fe0f}\u{20e3}", 0)]
#[case::two_joiners("👩\u{200d}\u{200d}🔧", "👩\u{200d}🔧", 1)]
#[case::joiner_between_letters("a\u{200d}b", "ab", 1)]
#[case::joiner_at_the_end("👩\u{200d}", "👩", 1)]
#[case::selector_on_a_letter("a\u{fe0f}5\u{fe0f}", "a5", 2)]
#[case::right_to_left_letters("שלום مرحبا", "שלום مرحبا", 0)]
fn the_display_copy_shows_controls_and_hides_tricks(
    #[case] raw: &str,
    #[case] text: &str,
    #[case] removed: u32,
) {
    assert_eq!(
        display(raw),
        Cleaned {
            text: text.to_owned(),
            removed
        }
    );
}

#[test]
fn a_letter_carries_at_most_four_marks() {
    let zalgo = format!("a{}b", "\u{301}".repeat(9));
    let cleaned = display(&zalgo);
    assert_eq!(cleaned.text, format!("a{}b", "\u{301}".repeat(4)));
    assert_eq!(cleaned.removed, 5);
}

#[test]
fn clean_indonesian_text_passes_unchanged() {
    let messages = [
        "Selamat pagi Pak, lampu di ruang B203 mati sejak kemarin 🙏",
        "AC ruang dosen lt. 3 bocor, airnya menetes ke meja.\nMohon segera dicek ya…",
        "“Tolong” kran di toilet pria – lantai 2 – patah; biaya ±Rp50.000",
        "Terima kasih 👍🏽 sudah diperbaiki (jam 10.30) – Bu Ratna Sari, S.Kom.",
        "👨‍👩‍👧‍👦 ruang tunggu: kursi 4 buah rusak & 1 hilang!",
    ];
    for message in messages {
        assert_eq!(
            display(message),
            Cleaned {
                text: message.to_owned(),
                removed: 0
            },
            "{message}"
        );
    }
}

#[rstest]
#[case("lampu\n mati\t di  lantai 2 ", 40, "lampu mati di lantai 2")]
#[case("lampu mati", 10, "lampu mati")]
#[case("lampu mati", 9, "lampu ma…")]
#[case("lampu mati", 7, "lampu…")]
#[case("👩‍🔧👩‍🔧👩‍🔧", 2, "👩‍🔧…")]
#[case("lampu", 1, "…")]
#[case("lampu", 0, "")]
#[case("", 0, "")]
fn a_line_is_cut_at_a_grapheme(#[case] raw: &str, #[case] max: usize, #[case] expected: &str) {
    assert_eq!(line(raw, max), expected);
}

#[test]
fn a_giant_is_cut_to_one_short_line() {
    let giant = "a\u{301}".repeat(200_000);
    let short = line(&giant, 20);
    assert_eq!(short.graphemes(true).count(), 20);
    assert!(short.ends_with('…'), "{short}");
}

#[test]
fn text_beyond_the_limit_is_cut_with_a_mark() {
    assert_eq!(cut("lampu mati", 10), "lampu mati");
    assert_eq!(cut("lampu mati!", 10), "lampu […]");
    assert_eq!(cut("lampu mati", 2), " [");
    let giant = "漢".repeat(MAX_IN + 1);
    assert_eq!(cut(&giant, MAX_IN).chars().count(), MAX_IN);
    assert_eq!(cut("👩‍🔧👩‍🔧👩‍🔧", 8), "👩‍🔧 […]");
}

#[rstest]
#[case("  Lampu   MATI\n di Ruang ", "lampu mati di ruang")]
#[case("Café José İstanbul", "cafe jose istanbul")]
#[case("ＬＡＭＰＵ ﬁx ½", "lampu fix 1⁄2")]
#[case("la\u{200b}mpu\u{1b}\0 a\u{0}b", "lampu ab")]
#[case("𝐁𝐑𝐓②", "brt2")]
fn the_search_copy_forgets_how_a_word_was_dressed(#[case] raw: &str, #[case] expected: &str) {
    assert_eq!(fold(raw), expected);
}

#[test]
fn folding_any_single_character_twice_changes_nothing() {
    // Planes 4 to 13 hold no characters yet.
    for c in ('\0'..'\u{40000}').chain('\u{e0000}'..'\u{e1000}') {
        let once = fold(&format!("x{c}y"));
        assert_eq!(fold(&once), once, "U+{:04X}", c as u32);
    }
}

#[rstest]
#[case("*tebal* _miring_ ~coret~ ```kode```", "tebal miring coret kode")]
#[case("foto_lampu_2.jpg", "foto lampu 2. jpg")]
#[case("baris satu\nbaris dua", "baris satu baris dua")]
#[case("https://contoh.test/a", "https: //contoh. test/a")]
#[case("jam 10.30, Rp1.500", "jam 10.30, Rp1.500")]
#[case("\u{9f}x*\u{202e}", "␛x")]
fn quoted_text_has_no_marks_and_no_links(#[case] raw: &str, #[case] expected: &str) {
    assert_eq!(quote(raw), expected);
}

#[rstest]
#[case("", 5, &[])]
#[case("lampu mati", 20, &["lampu mati"])]
#[case("lampu mati", 7, &["lampu", "mati"])]
#[case("satu dua\ntiga empat", 14, &["satu dua", "tiga empat"])]
#[case("abcdefgh", 3, &["abc", "def", "gh"])]
#[case("👩‍🔧👩‍🔧", 4, &["👩‍🔧", "👩‍🔧"])]
#[case("abc", 0, &["a", "b", "c"])]
fn outgoing_text_is_split_where_it_hurts_least(
    #[case] text: &str,
    #[case] max: usize,
    #[case] expected: &[&str],
) {
    assert_eq!(split(text, max), expected);
}

#[test]
fn the_letters_of_a_text_know_where_they_came_from() {
    let seen: Vec<_> = letters("Ｃ\u{200b}e5\u{fe0f}\u{20e3}").collect();
    assert_eq!(seen, [(0, 'c'), (6, 'e'), (7, '5')]);
}

proptest! {
    #[test]
    fn the_display_copy_never_holds_what_is_forbidden(raw in hostile()) {
        let text = display(&raw).text;
        prop_assert!(!text.contains(is_forbidden), "{text:?}");
        for grapheme in text.graphemes(true) {
            prop_assert!(grapheme.len() <= BYTES_A_GRAPHEME, "{grapheme:?}");
            let marks = grapheme.chars().filter(|&c| class::is_mark(c)).count();
            prop_assert!(marks <= MARKS_A_GRAPHEME, "{grapheme:?}");
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing(raw in hostile()) {
        let text = display(&raw).text;
        let again = display(&text);
        prop_assert_eq!(again, Cleaned { text, removed: 0 });
    }

    #[test]
    fn folding_twice_changes_nothing(raw in hostile()) {
        let folded = fold(&raw);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn a_line_is_one_line_and_short(raw in hostile(), max in 0_usize..30) {
        let text = line(&raw, max);
        prop_assert!(!text.contains('\n'));
        prop_assert!(text.graphemes(true).count() <= max, "{text:?}");
    }

    #[test]
    fn a_quote_holds_no_marks_and_no_line_ends(raw in hostile()) {
        let text = quote(&raw);
        prop_assert!(!text.contains(['*', '_', '~', '`', '\n']), "{text:?}");
        prop_assert!(!text.contains(is_forbidden), "{text:?}");
        prop_assert!(!text.contains("://"), "{text:?}");
    }

    #[test]
    fn a_cut_text_is_never_longer_than_allowed(raw in hostile(), max in 0_usize..40) {
        prop_assert!(cut(&raw, max).chars().count() <= max);
    }

    #[test]
    fn split_pieces_add_up_to_the_text(raw in hostile(), max in 1_usize..40) {
        let pieces = split(&raw, max);
        let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(bare(&pieces.concat()), bare(&raw));
        for piece in pieces {
            prop_assert!(!piece.is_empty());
            prop_assert!(piece.chars().count() <= max);
        }
    }

    #[test]
    fn cleaned_text_is_never_split_inside_a_grapheme(raw in hostile(), max in 16_usize..40) {
        let text = display(&raw).text;
        let whole: Vec<&str> = text.graphemes(true).collect();
        for piece in split(&text, max) {
            for grapheme in piece.graphemes(true) {
                prop_assert!(whole.contains(&grapheme), "{grapheme:?} of {text:?}");
            }
        }
    }
}
