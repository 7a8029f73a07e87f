use proptest::prelude::*;
use rstest::rstest;

use super::*;

const POLICY: Policy<'_> = Policy {
    min_chars: 15,
    max_bytes: 256,
    owner: &["Sari Ayu Wijaya", "sari.w"],
    local: &["Biro Rumah Tangga", "BRT", "tanggap"],
};

#[rstest]
#[case("jendela biru menghadap sawah")]
#[case("kopi tubruk tanpa ampas")]
#[case("Zx7#pLq9vT2mWk4")]
#[case("mfvoqkhytzdlwpa")]
#[case("kucing makan ikan di dapur")]
#[case("correct horse battery staple")]
#[case("窓の外に青い田んぼが見える朝の光")]
fn a_phrase_that_nobody_foresees_is_taken(#[case] password: &str) {
    assert_eq!(POLICY.fault(password), None);
}

#[rstest]
#[case("password1234567")]
#[case("P@ssw0rd-P@ssw0rd-2024")]
#[case("rahasia-rahasia-2024")]
#[case("sayangkamu12345")]
#[case("administrator123")]
#[case("universitas2024!")]
#[case("Bismillah1234567")]
#[case("qwertyuiopasdfgh")]
#[case("1qaz2wsx3edc4rfv")]
#[case("abcdefghijklmnop")]
#[case("9876543210987654")]
#[case("aaaaaaaaaaaaaaaaaaaaaaaa")]
#[case("gK4!pgK4!pgK4!p")]
#[case("tanggap tanggap 2026")]
#[case("BRT-2024-tanggap!!")]
#[case("birorumahtangga")]
#[case("ＰＡＳＳＷＯＲＤ１２３４５６７")]
fn what_everybody_would_try_is_refused(#[case] password: &str) {
    assert_eq!(POLICY.fault(password), Some("why-password-common"));
}

#[rstest]
#[case("jendela wijaya hadap sawah")]
#[case("SARI jendela biru sawah")]
fn the_own_name_is_refused(#[case] password: &str) {
    assert_eq!(POLICY.fault(password), Some("why-password-name"));
}

#[test]
fn a_short_part_of_a_name_may_stand_in_a_password() {
    assert_eq!(POLICY.fault("jendela ayunan menghadap sawah"), None);
}

#[test]
fn length_is_counted_in_characters_and_the_end_in_bytes() {
    let long = "jendela biru menghadap sawah. ".repeat(20);
    for (password, fault) in [
        ("mfvoqkhytzdlwp", Some("why-password-short")),
        ("mfvoqkhytzdlwpa", None),
        ("", Some("why-password-short")),
        ("窓の外に青い田んぼが見え", Some("why-password-short")),
        (&long[..256], None),
        (&long[..257], Some("why-password-long")),
    ] {
        // A text that repeats itself is worth one turn of it, which is enough here.
        assert_eq!(POLICY.fault(password), fault, "{password}");
    }
}

#[test]
fn more_than_three_thousand_common_passwords_are_refused() {
    let tails = [
        "", "1", "12", "123", "1234", "12345", "123456", "12345678", "321", "111", "007", "!",
        "!!", "123!", "@123", "#1", "1945", "1998", "2000", "2023", "2024", "2025", "2026",
        "2024!",
    ];
    let mut refused = 0;
    for root in root::all() {
        for tail in tails {
            let password = format!("{root}{tail}");
            assert!(worth(&password, &[]) < LEAST, "{password}");
            refused += 1;
        }
    }
    assert!(refused > 3_000, "{refused}");
}

#[test]
fn every_root_is_a_folded_word_of_its_own() {
    let roots: Vec<&str> = root::all().collect();
    for (at, root) in roots.iter().enumerate() {
        assert_eq!(fold(root), *root);
        assert!(root.len() >= 3, "{root}");
        assert!(!roots[..at].contains(root), "{root} stands there twice");
    }
    assert!(roots.len() >= 150);
}

proptest! {
    #[test]
    fn whatever_is_written_over_and_over_is_refused(unit in "[ -~]{1,7}", times in 16_usize..30) {
        let fault = Policy { owner: &[], ..POLICY }.fault(&unit.repeat(times));
        prop_assert!(fault.is_some());
    }

    #[test]
    fn a_password_is_worth_no_more_than_its_signs(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert!(worth(&folded, &[]) <= folded.chars().count());
    }
}
