use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("lampu ruang 203 mati sejak pagi", "Listrik")]
#[case("Lampunya kedip-kedip terus di koridor", "Listrik")]
#[case("LAMPU-LAMPU taman padam", "Listrik")]
#[case("stop kontak dekat meja dosen gosong", "Listrik")]
#[case(
    "Stopkontak longgar, kursi jadi susah digeser, kabel terkelupas",
    "Listrik"
)]
#[case("ada korsleting di panel lantai 2, MCB turun", "Listrik")]
#[case("nyetrum waktu pegang saklar", "Listrik")]
#[case("wastafel bocor, lantai licin", "Air")]
#[case("keran musala tidak bisa ditutup", "Air")]
#[case("kran air patah", "Air")]
#[case("toilet lantai 3 mampet", "Air")]
#[case("kebocoran? bukan, bocornya di pipa belakang", "Air")]
#[case("Air tidak keluar sejak kemarin", "Air")]
#[case("the sink is leaking", "Air")]
#[case("AC aula tidak dingin", "AC")]
#[case("ac bocor netes air ke meja", "AC")]
#[case("Ac-nya bunyi keras sekali", "AC")]
#[case("acnya mati dari kemarin", "AC")]
#[case("ruang rapat pengap, A.C. dan kipas mati", "AC")]
#[case("atap bocor di atas perpustakaan", "Bangunan")]
#[case("pintu tidak bisa dikunci, engsel lepas", "Bangunan")]
#[case("plafond runtuh dekat tangga", "Bangunan")]
#[case("dinding retak-retak sejak gempa", "Bangunan")]
#[case("toilet kotor sekali dan bau", "Kebersihan")]
#[case("sampah belum diambil tiga hari", "Kebersihan")]
#[case("banyak kecoak di kantin", "Kebersihan")]
#[case("wifi perpustakaan lemot", "Internet/IT")]
#[case("Wi-Fi gedung B putus terus", "Internet/IT")]
#[case("printer TU macet, komputer juga", "Internet/IT")]
#[case("proyektor kelas 4 buram", "Audio visual")]
#[case("mic dan speaker aula mendengung", "Audio visual")]
#[case("kursi patah lima buah", "Mebel")]
#[case("papan tulis goyang", "Mebel")]
#[case("pohon tumbang di jalan masuk", "Taman")]
#[case("rumput sudah tinggi", "Taman")]
#[case("helm hilang di parkiran motor", "Keamanan")]
#[case("ＣＣＴＶ gerbang mati", "Keamanan")]
fn a_text_is_recognised_by_its_words(#[case] text: &str, #[case] name: &str) {
    assert_eq!(Categories::start().recognise(text), Some(name));
}

#[rstest]
#[case("")]
#[case("mohon bantuan untuk acara wisuda besok")]
#[case("pacar saya membaca berita cuaca")]
#[case("pesawat telat, dapat kompensasi")]
#[case("?!… --- ***")]
#[case("selamat pagi pak")]
fn a_word_inside_another_word_is_no_hit(#[case] text: &str) {
    assert_eq!(Categories::start().recognise(text), None);
}

fn small() -> Categories {
    let category = |name: &str, words: &[&str]| Category {
        name: name.to_owned(),
        words: words.iter().map(|&word| word.to_owned()).collect(),
    };
    Categories::new(vec![
        category("A", &["merah", "Hijau Tua", "*", ""]),
        category("B", &["biru", "Kuníng*", "merah marun", "x*"]),
        category("C", &["biru"]),
    ])
}

#[test]
fn most_hits_win_then_the_first_mention_then_the_list() {
    for (text, name) in [
        ("merah biru", Some("A")),
        ("biru merah", Some("B")),
        ("biru merah merah", Some("A")),
        ("hijau tua", Some("A")),
        ("hijautua hijau", None),
        ("hijau muda tua", None),
        ("hijauan tua", None),
        ("kuningan", Some("B")),
        ("KUNING", Some("B")),
        ("kunin", None),
        ("x", Some("B")),
        ("xilofon xnya", None),
        ("biru", Some("B")),
        ("merah marun", Some("A")),
        ("biru, merah marun", Some("B")),
    ] {
        assert_eq!(small().recognise(text), name, "{text}");
    }
}

#[test]
fn every_start_category_is_recognised_by_each_of_its_words() {
    let start = Categories::start();
    for category in start.list() {
        assert!(category.words.len() > 5, "{}", category.name);
        let alone = Categories::new(vec![category.clone()]);
        for word in &category.words {
            let name = alone.recognise(word.trim_end_matches('*'));
            assert_eq!(name, Some(category.name.as_str()), "{word}");
        }
    }
}

#[test]
fn a_category_may_have_no_words_yet() {
    let category: Category = serde_json::from_str(r#"{"name": "Kolam"}"#).unwrap();
    assert_eq!(
        Categories::new(vec![category]).recognise("kolam kotor"),
        None
    );
    assert!(serde_json::from_str::<Category>(r#"{"name": "Kolam", "word": []}"#).is_err());
}

proptest! {
    #[test]
    fn whatever_strangers_write_can_be_read(text in any::<String>(), tail in "[ .,!?\n]{0,4}") {
        let start = Categories::start();
        let plain = start.recognise(&text);
        prop_assert_eq!(start.recognise(&format!("{tail}{text}{tail}")), plain);
    }
}
