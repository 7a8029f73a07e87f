use proptest::prelude::*;

use super::Command::*;
use super::Who::{Officer, Reporter};
use super::*;

const NO: &str = "BRT2411001";

fn no() -> Number {
    Number::Read(TrackId::parse(NO).unwrap())
}

fn unclear(shown: &str) -> Number {
    Number::Unreadable(shown.to_owned())
}

fn reported(word: &'static str, text: &str) -> Command {
    Report {
        text: text.to_owned(),
        word,
    }
}

fn confirmed(rating: Option<u8>, comment: &str) -> Command {
    let comment = (!comment.is_empty()).then(|| comment.to_owned());
    Confirm {
        number: no(),
        rating,
        comment,
    }
}

fn unconfirmed(number: Number) -> Command {
    Confirm {
        number,
        rating: None,
        comment: None,
    }
}

fn refused(why: &str) -> Command {
    Refuse {
        number: no(),
        why: why.to_owned(),
    }
}

fn unrefused(number: Number, why: &str) -> Command {
    Refuse {
        number,
        why: why.to_owned(),
    }
}

fn progress(number: Number, text: &str) -> Command {
    Progress {
        number,
        text: text.to_owned(),
    }
}

fn finished(number: Number, text: &str) -> Command {
    Finish {
        number,
        text: (!text.is_empty()).then(|| text.to_owned()),
    }
}

fn check<M: AsRef<str>>(who: Who, rows: impl IntoIterator<Item = (M, Command)>) {
    for (message, expected) in rows {
        let message = message.as_ref();
        assert_eq!(read(message, who), expected, "{who:?}: {message:?}");
    }
}

#[test]
fn a_report_word_with_text_is_a_report() {
    check(
        Reporter,
        [
            ("#request lampu mati", reported("request", "lampu mati")),
            ("#req lampu mati", reported("req", "lampu mati")),
            ("#help lampu mati", reported("help", "lampu mati")),
            ("#bantu lampu mati", reported("bantu", "lampu mati")),
            ("#tolong lampu mati", reported("tolong", "lampu mati")),
            ("tolong lampu mati", reported("tolong", "lampu mati")),
            ("bantu AC bocor pak", reported("bantu", "AC bocor pak")),
            ("req kran patah", reported("req", "kran patah")),
            ("request kran patah", reported("request", "kran patah")),
            ("help kran patah", reported("help", "kran patah")),
            ("#REQ Lampu Mati", reported("req", "Lampu Mati")),
            ("ToLoNg lampu", reported("tolong", "lampu")),
            ("# req lampu", reported("req", "lampu")),
            ("##req lampu", reported("req", "lampu")),
            ("  #  req    lampu  mati ", reported("req", "lampu  mati")),
            ("#req: lampu", reported("req", "lampu")),
            ("#req : lampu", reported("req", "lampu")),
            ("#req:lampu", reported("req", "lampu")),
            ("#req, lampu", reported("req", "lampu")),
            ("#req. lampu", reported("req", "lampu")),
            ("#req.lampu", reported("req", "lampu")),
            ("#req - lampu", reported("req", "lampu")),
            ("#req-lampu", reported("req", "lampu")),
            ("#req = lampu", reported("req", "lampu")),
            ("#req – lampu", reported("req", "lampu")),
            (
                "#req\nlampu mati\nlantai 2",
                reported("req", "lampu mati\nlantai 2"),
            ),
            ("#req\r\nlampu mati", reported("req", "lampu mati")),
            ("#req\tlampu", reported("req", "lampu")),
            ("#req\u{a0}lampu", reported("req", "lampu")),
        ],
    );
}

#[test]
fn a_report_is_read_through_marks_and_strange_characters() {
    check(
        Reporter,
        [
            ("*#req* lampu mati", reported("req", "lampu mati")),
            ("*#req lampu mati*", reported("req", "lampu mati")),
            ("#*req* lampu *mati*", reported("req", "lampu *mati*")),
            ("_req_ lampu", reported("req", "lampu")),
            ("*_#req_*: lampu", reported("req", "lampu")),
            ("*_#req lampu_*", reported("req", "lampu")),
            ("~#req~ lampu", reported("req", "lampu")),
            ("```#req``` lampu", reported("req", "lampu")),
            ("\"#req\" lampu", reported("req", "lampu")),
            ("> #req lampu", reported("req", "lampu")),
            ("＃ｒｅｑ　ランプ", reported("req", "ランプ")),
            ("ＴＯＬＯＮＧ：lampu", reported("tolong", "lampu")),
            ("𝐭𝐨𝐥𝐨𝐧𝐠 lampu", reported("tolong", "lampu")),
            ("#r\u{200b}e\u{200d}q lampu", reported("req", "lampu")),
            ("\u{feff}#req lampu", reported("req", "lampu")),
            ("\u{202e}#req lampu", reported("req", "lampu")),
            ("#req\0lampu", reported("req", "lampu")),
            ("#req \u{1b}[31mlampu", reported("req", "[31mlampu")),
            ("tolong🙏 lampu mati", reported("tolong", "🙏 lampu mati")),
            ("#req مصباح", reported("req", "مصباح")),
            ("\n\n #req lampu", reported("req", "lampu")),
            (
                "#req lampu\n#cek BRT2411001",
                reported("req", "lampu\n#cek BRT2411001"),
            ),
            ("#req (urgent) lampu", reported("req", "(urgent) lampu")),
            ("tolong! lampu", reported("tolong", "! lampu")),
            ("#help 2", reported("help", "2")),
            (
                "tolong cek BRT2411001",
                reported("tolong", "cek BRT2411001"),
            ),
        ],
    );
}

#[test]
fn a_greeting_may_come_before_a_signed_command() {
    check(
        Reporter,
        [
            (
                "Selamat pagi Pak\n#req lampu mati",
                reported("req", "lampu mati"),
            ),
            (
                "Halo\n\n  *#tolong* AC bocor\nlantai 3",
                reported("tolong", "AC bocor\nlantai 3"),
            ),
            ("Halo\r\n# cek BRT2411001", Check(no())),
            ("Halo\u{2028}#track BRT2411001", Track(no())),
            ("belum tahu kapan\n#selesai BRT2411001", confirmed(None, "")),
            ("cek dong\n#BRT2411001", Check(no())),
            (
                "#cek lampu\n#track BRT2411001",
                Check(unclear("lampu #track BRT2411001")),
            ),
            (
                "menu makanan\n#req lampu\n#batal BRT2411001",
                reported("req", "lampu\n#batal BRT2411001"),
            ),
            ("Halo\ntolong lampu mati", Ordinary),
            ("Halo\ncek BRT2411001", Ordinary),
            ("Halo #req lampu mati", Ordinary),
            ("tulis saja #req lalu isi", Ordinary),
            ("***\n#req lampu", reported("req", "lampu")),
        ],
    );
}

#[test]
fn a_word_alone_is_answered_with_what_to_write() {
    check(
        Reporter,
        [
            ("#req", HowToReport),
            ("#request", HowToReport),
            ("#bantu", HowToReport),
            ("#tolong", HowToReport),
            ("tolong", HowToReport),
            ("Tolong...", HowToReport),
            ("*#req*", HowToReport),
            ("#req :", HowToReport),
            ("#req 🙏", HowToReport),
            ("#req \u{200b}\u{202e}", HowToReport),
            ("#req !!! ***", HowToReport),
            ("#help", Guide),
            ("help", Guide),
            ("HELP!", Guide),
            ("*help*", Guide),
            ("bantuan", Guide),
            ("#bantuan", Guide),
            ("menu", Guide),
            ("#Menu", Guide),
            ("?", Guide),
            ("??", Guide),
            ("？", Guide),
            ("*?*", Guide),
            ("#?", Guide),
            ("ｈｅｌｐ", Guide),
            ("help?", Guide),
            ("cek", Recent),
            ("#cek", Recent),
            ("track", Recent),
            ("#TRACK", Recent),
            ("cek?", Recent),
            ("cek laporan saya dong", Recent),
            ("# cek :", Recent),
            ("selesai", unconfirmed(Number::Missing)),
            ("#selesai", unconfirmed(Number::Missing)),
            ("#selesai pak", unconfirmed(Number::Missing)),
            ("belum", unrefused(Number::Missing, "")),
            ("#belum", unrefused(Number::Missing, "")),
            ("belum selesai", unrefused(Number::Missing, "")),
            ("tidak selesai", unrefused(Number::Missing, "")),
            ("selesai belum?", unrefused(Number::Missing, "")),
            (
                "batal",
                Withdraw {
                    number: Number::Missing,
                },
            ),
            (
                "#batal",
                Withdraw {
                    number: Number::Missing,
                },
            ),
        ],
    );
}

#[test]
fn cek_and_track_find_their_number() {
    check(
        Reporter,
        [
            ("cek BRT2411001", Check(no())),
            ("#cek BRT2411001", Check(no())),
            ("#  CEK   brt2411001", Check(no())),
            ("#cek: BRT2411001", Check(no())),
            ("cek:BRT2411001", Check(no())),
            ("cek=BRT2411001", Check(no())),
            ("cek-BRT2411001", Check(no())),
            ("cek_BRT2411001", Check(no())),
            ("cek.BRT-2411-001", Check(no())),
            ("cekBRT2411001", Check(no())),
            ("#cekbrt2411001", Check(no())),
            ("cek\nBRT2411001", Check(no())),
            ("cek BRT 2411 001", Check(no())),
            ("cek B R T 2 4 1 1 0 0 1", Check(no())),
            ("cek #BRT2411001", Check(no())),
            ("cek *BRT2411001*", Check(no())),
            ("*cek BRT2411001*", Check(no())),
            ("cek +BRT2411001?", Check(no())),
            ("cek no BRT2411001", Check(no())),
            ("cek No. BRT2411001", Check(no())),
            ("cek № BRT2411001", Check(no())),
            ("cek nomor laporan saya: BRT2411001", Check(no())),
            ("cek lampu di BRT2411001", Check(no())),
            ("cek kemarin BRT2411001 dan BRT2411002", Check(no())),
            ("ＣＥＫ　ＢＲＴ２４１１００１", Check(no())),
            ("c\u{200b}ek BRT2411\u{202e}001", Check(no())),
            ("cek BRT2411001 terima kasih", Check(no())),
            ("cek lampu", Check(unclear("lampu"))),
            ("cek 001", Check(unclear("001"))),
            ("cek 2411001", Check(unclear("2411001"))),
            ("cek BRT24I1001", Check(unclear("BRT24I1001"))),
            ("cek ВРТ2411001", Check(unclear("ВРТ2411001"))),
            ("cek BRT2413001", Check(unclear("BRT2413001"))),
            ("cek BRT2411%", Check(unclear("BRT2411%"))),
            ("cek \u{1b}]0;x\u{7}", Check(unclear("]0;x"))),
            ("track BRT2411001", Track(no())),
            ("#track BRT2411001", Track(no())),
            ("*Track*: brt 2411001", Track(no())),
            ("trackBRT2411001", Track(no())),
            ("track apa saja", Track(unclear("apa saja"))),
            (
                "cek BRT24111000 5",
                Check(Number::Read(TrackId::compose("BRT", 2024, 11, 1000))),
            ),
            (
                "cek LAP2411001",
                Check(Number::Read(TrackId::compose("LAP", 2024, 11, 1))),
            ),
            (
                "cek LAP 2411 001",
                Check(Number::Read(TrackId::compose("LAP", 2024, 11, 1))),
            ),
        ],
    );
}

#[test]
fn selesai_confirms_with_rating_and_comment() {
    check(
        Reporter,
        [
            ("selesai BRT2411001", confirmed(None, "")),
            ("#selesai BRT2411001", confirmed(None, "")),
            ("SELESAI: brt-2411-001.", confirmed(None, "")),
            ("selesai ya pak BRT2411001", confirmed(None, "")),
            ("selesai BRT2411001 5", confirmed(Some(5), "")),
            ("selesai BRT 2411 001 5", confirmed(Some(5), "")),
            ("selesai BRT2411001 5 bagus", confirmed(Some(5), "bagus")),
            (
                "selesai BRT2411001, 4, cepat sekali",
                confirmed(Some(4), "cepat sekali"),
            ),
            (
                "selesai BRT2411001\n3\nagak lama",
                confirmed(Some(3), "agak lama"),
            ),
            ("*selesai BRT2411001 5*", confirmed(Some(5), "")),
            (
                "*selesai* *BRT2411001* *5* mantap",
                confirmed(Some(5), "mantap"),
            ),
            ("selesai BRT2411001 5/5", confirmed(Some(5), "")),
            ("selesai BRT2411001 4/5 rapi", confirmed(Some(4), "rapi")),
            ("selesai BRT2411001 bintang 5", confirmed(Some(5), "")),
            ("selesai BRT2411001 5 bintang", confirmed(Some(5), "")),
            ("selesai BRT2411001 nilai: 2", confirmed(Some(2), "")),
            ("selesai BRT2411001 ５", confirmed(Some(5), "")),
            (
                "selesai BRT2411001 5\u{fe0f}\u{20e3} oke",
                confirmed(Some(5), "oke"),
            ),
        ],
    );
}

#[test]
fn what_is_no_rating_is_a_comment() {
    check(
        Reporter,
        [
            ("selesai BRT2411001 (5)", confirmed(None, "(5)")),
            ("selesai BRT2411001 0", confirmed(None, "0")),
            ("selesai BRT2411001 6 mantap", confirmed(None, "6 mantap")),
            ("selesai BRT2411001 10 orang", confirmed(None, "10 orang")),
            ("selesai BRT2411001 5x", confirmed(None, "5x")),
            ("selesai BRT2411001 4.5", confirmed(None, "4.5")),
            ("selesai BRT2411001 5/10", confirmed(None, "5/10")),
            ("selesai BRT2411001 5%", confirmed(None, "5%")),
            (
                "selesai BRT2411001 terima kasih 5",
                confirmed(None, "terima kasih 5"),
            ),
            ("selesai BRT2411001 👍", confirmed(None, "👍")),
            (
                "selesai BRT2411001 tidak ada masalah",
                confirmed(None, "tidak ada masalah"),
            ),
            ("selesaiBRT2411001 5", confirmed(Some(5), "")),
            ("selesai 2411001", unconfirmed(unclear("2411001"))),
            ("selesai 001 5", unconfirmed(unclear("001 5"))),
            ("selesai BRT24", unconfirmed(unclear("BRT24"))),
            ("selesai BRT2411001x", unconfirmed(unclear("BRT2411001x"))),
            ("#selesai sudah bagus", unconfirmed(unclear("sudah bagus"))),
            (
                "selesai kerja saya lihat BRT2411001",
                unconfirmed(unclear("kerja saya lihat BRT2411001")),
            ),
        ],
    );
}

#[test]
fn a_negation_is_never_a_confirmation() {
    check(
        Reporter,
        [
            ("belum BRT2411001 masih mati", refused("masih mati")),
            ("#belum BRT2411001: masih mati", refused("masih mati")),
            ("belum BRT2411001", refused("")),
            ("blm BRT2411001", refused("")),
            ("belum selesai BRT2411001", refused("")),
            ("belum juga selesai BRT2411001 pak", refused("pak")),
            (
                "Belum selesai, BRT2411001\nair masih menetes\ndi meja",
                refused("air masih menetes\ndi meja"),
            ),
            ("tidak selesai BRT2411001", refused("")),
            ("#tidak selesai BRT2411001", refused("")),
            ("tdk selesai BRT2411001", refused("")),
            ("blm selesai BRT2411001", refused("")),
            ("nggak selesai BRT2411001", refused("")),
            ("ga selesai BRT2411001", refused("")),
            ("*BELUM* selesai *BRT2411001* lagi", refused("lagi")),
            ("*belum BRT2411001 masih mati*", refused("masih mati")),
            ("selesai belum BRT2411001", refused("")),
            ("selesai tidak BRT2411001", refused("")),
            (
                "#selesai? belum BRT2411001",
                unconfirmed(unclear("? belum BRT2411001")),
            ),
            ("selesai BRT2411001 belum nyala", refused("belum nyala")),
            ("selesai BRT2411001 tidak selesai", refused("tidak selesai")),
            (
                "belum nyala lampunya BRT2411001",
                refused("nyala lampunya BRT2411001"),
            ),
            ("belum selesai BRT24", unrefused(unclear("BRT24"), "BRT24")),
            ("#belum beres", unrefused(unclear("beres"), "beres")),
            ("#belum BRT2411001 5", refused("5")),
        ],
    );
}

#[test]
fn batal_withdraws() {
    check(
        Reporter,
        [
            ("batal BRT2411001", Withdraw { number: no() }),
            ("#Batal : BRT 2411 001", Withdraw { number: no() }),
            (
                "batal saja BRT2411001 sudah nyala",
                Withdraw { number: no() },
            ),
            (
                "batal 001",
                Withdraw {
                    number: unclear("001"),
                },
            ),
            (
                "#batal rapat",
                Withdraw {
                    number: unclear("rapat"),
                },
            ),
            ("batal rapat besok", Ordinary),
            ("batalkan BRT2411001", Ordinary),
        ],
    );
}

#[test]
fn stop_words_count_only_as_the_whole_message() {
    check(
        Reporter,
        [
            ("STOP", OptOut),
            ("stop", OptOut),
            ("Stop!", OptOut),
            ("*STOP*", OptOut),
            ("#stop", OptOut),
            ("ｓｔｏｐ", OptOut),
            (" st\u{200b}op \n", OptOut),
            ("UNSUBSCRIBE", OptOut),
            ("berhenti.", OptOut),
            ("START", OptIn),
            ("#start", OptIn),
            ("mulai", OptIn),
            ("HAPUS DATA SAYA", ForgetMe),
            ("hapus  data\nsaya.", ForgetMe),
            ("*Hapus Data Saya*", ForgetMe),
            ("#hapus data saya", ForgetMe),
            ("stopkontak rusak", Ordinary),
            ("stop kontak rusak", Ordinary),
            ("stop ya", Ordinary),
            ("s t o p", Ordinary),
            ("berhenti dulu", Ordinary),
            ("mulai besok", Ordinary),
            ("start mesin", Ordinary),
            ("hapus data saya dong", Ordinary),
            ("hapus data", Ordinary),
            (
                "tolong hapus data saya",
                reported("tolong", "hapus data saya"),
            ),
        ],
    );
    check(
        Officer,
        [
            ("start", OptIn),
            ("START!", OptIn),
            ("#mulai", OptIn),
            ("stop", OptOut),
        ],
    );
}

#[test]
fn a_word_inside_another_word_is_no_command() {
    check(
        Reporter,
        [
            "reqruitment pegawai",
            "bantuannya mana",
            "#reqruitment",
            "#bantuannya",
            "helpdesk",
            "tolonglah",
            "cekidot",
            "cekout BRT2411001",
            "trackpad rusak",
            "tracking BRT2411001",
            "selesaikan BRT2411001",
            "belumlah BRT2411001",
            "menuju lantai 2",
            "help-desk tutup",
            "tolong-menolong itu baik",
            "bantu-bantu pindahan",
            "track-record",
            "cek.contoh.test",
            "cek_up",
            "req_lampu",
            "#req_lampu",
            "req/resp",
            "help@contoh.test",
            "start't",
            "reqé",
            "c\u{301}ek BRT2411001",
            "c\u{337}\u{336}ek\u{335} BRT2411001",
            "сек BRT2411001",
            "c e k",
            "req1 lampu",
            "1req lampu",
            "#1",
            "jobdesk",
            "cek2411001",
        ]
        .map(|message| (message, Ordinary)),
    );
}

#[test]
fn an_ordinary_sentence_is_no_command() {
    check(
        Reporter,
        [
            "",
            " ",
            "\n\n",
            "#",
            "###",
            "***",
            "* * *",
            "\u{200b}\u{202e}",
            "\0",
            "🙏",
            "🙏🏽👩‍🔧",
            "selamat pagi",
            "terima kasih",
            "BRT2411001",
            "#BRT2411001",
            "BRT2411001 belum selesai",
            "sudah selesai BRT2411001",
            "belum tahu kapan",
            "belum ada yang datang jam 10",
            "belum 100% pulih",
            "belum 10.30",
            "selesai rapat",
            "selesai jam 5",
            "selesai pak",
            "selesai lt2",
            "selesai sudah bagus",
            "selesai belum pekerjaannya ya",
            "tidak bisa masuk",
            "tidak",
            "tidak BRT2411001",
            "jangan lupa",
            "ga bisa selesai hari ini",
            "batal ikut",
            "menu makan siang",
            "bantuan listrik",
            "mana bantuan?",
            "a?",
            "apa kabar?",
            "#job",
            "#help2",
            "job",
            "#start BRT2411001",
            "#report BRT2411001 x",
            "report bug",
            "#finish BRT2411001",
            "halo tolong lampu",
            "מנורה כבויה",
            "漢字",
            "\u{fdd0}\u{10ffff}",
        ]
        .map(|message| (message, Ordinary)),
    );
}

#[test]
fn an_officer_has_words_of_his_own() {
    check(
        Officer,
        [
            ("#help2", OfficerGuide),
            ("help2", OfficerGuide),
            ("# HELP2", OfficerGuide),
            ("#help 2", OfficerGuide),
            ("*#help2*", OfficerGuide),
            ("＃ｈｅｌｐ２", OfficerGuide),
            ("#job", Jobs),
            ("job", Jobs),
            ("*Job*", Jobs),
            ("#job hari ini", Jobs),
            ("#start BRT2411001", Start(no())),
            ("start BRT2411001", Start(no())),
            ("Start: brt 2411 001", Start(no())),
            ("#startBRT2411001", Start(no())),
            ("#start", Start(Number::Missing)),
            ("# start :", Start(Number::Missing)),
            ("#start mesin", Start(unclear("mesin"))),
            ("start BRT24", Start(unclear("BRT24"))),
            (
                "#report BRT2411001 ganti lampu",
                progress(no(), "ganti lampu"),
            ),
            (
                "report BRT2411001: ganti\nlampu",
                progress(no(), "ganti\nlampu"),
            ),
            ("#report BRT2411001 5 lampu", progress(no(), "5 lampu")),
            ("#report BRT2411001", progress(no(), "")),
            (
                "*#report BRT2411001 ganti lampu*",
                progress(no(), "ganti lampu"),
            ),
            ("#report", progress(Number::Missing, "")),
            ("report", progress(Number::Missing, "")),
            (
                "#report ganti lampu",
                progress(unclear("ganti lampu"), "ganti lampu"),
            ),
            ("#finish BRT2411001", finished(no(), "")),
            ("finish BRT2411001.", finished(no(), "")),
            (
                "#finish BRT2411001 sudah diganti",
                finished(no(), "sudah diganti"),
            ),
            ("finish", finished(Number::Missing, "")),
            ("#finish", finished(Number::Missing, "")),
            ("#finish lampu", finished(unclear("lampu"), "lampu")),
        ],
    );
}

#[test]
fn an_officer_writes_like_anyone_too() {
    check(
        Officer,
        [
            ("Siap\n#start BRT2411001", Start(no())),
            ("#req lampu mati", reported("req", "lampu mati")),
            ("cek BRT2411001", Check(no())),
            ("selesai BRT2411001 5", confirmed(Some(5), "")),
            ("help", Guide),
            ("#cek", Recent),
            ("job desk saya apa", Ordinary),
            ("jobs", Ordinary),
            ("report bug di aplikasi", Ordinary),
            ("finish line", Ordinary),
            ("start mesin genset", Ordinary),
            ("start pak", Ordinary),
            ("starter rusak", Ordinary),
            ("Siap\nstart BRT2411001", Ordinary),
        ],
    );
}

#[test]
fn giants_are_read_in_a_moment() {
    let long = "lampu mati ".repeat(6_000);
    check(
        Reporter,
        [
            (format!("#req {long}"), reported("req", long.trim())),
            ("#\n".repeat(30_000), Ordinary),
            ("#menu x\n".repeat(8_000), Ordinary),
            ("\n".repeat(65_000), Ordinary),
            ("*".repeat(65_000), Ordinary),
            ("#tidak ".repeat(9_000), Ordinary),
            (format!("#tidak {}", "ya ".repeat(20_000)), Ordinary),
            (format!("cek {}", "no ".repeat(20_000)), Recent),
            (format!("c{}ek", "\u{200b}".repeat(20_000)), Recent),
            (format!("#req {}", "\u{301}".repeat(30_000)), HowToReport),
        ],
    );
}

#[test]
fn an_unreadable_number_is_shown_short_and_clean() {
    let Check(Number::Unreadable(shown)) =
        read(&format!("cek {}", "x\u{202e}".repeat(500)), Reporter)
    else {
        panic!("no unreadable number");
    };
    assert_eq!(shown, format!("{}…", "x".repeat(39)));
}

/// Words, and what is read from each with the same number and text behind it.
const WORDS: [&str; 8] = [
    "req", "tolong", "help", "cek", "track", "selesai", "belum", "batal",
];

fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "#",
        "req",
        "cek",
        "selesai",
        "belum",
        "tidak",
        "batal",
        "start",
        "report",
        "BRT2411001",
        "BRT 2411",
        "001",
        "5",
        "/5",
        "bintang",
        "no",
        " ",
        "\n",
        "*",
        "_",
        ":",
        "-",
        ".",
        "?",
        "\u{200b}",
        "\u{202e}",
        "\u{fe0f}",
        "\u{20e3}",
        "\u{301}",
        "\0",
        "🙏",
        "Ａ",
        "№",
        "ﬁ",
        "é",
    ];
    let picked = prop::collection::vec(prop::sample::select(pieces), 0..14);
    prop_oneof![picked.prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn any_message_is_read_without_a_panic(message in hostile()) {
        for who in [Reporter, Officer] {
            match read(&message, who) {
                Report { text, .. } => prop_assert!(message.contains(&text)),
                Refuse { why, .. } => prop_assert!(message.contains(&why)),
                Progress { text, .. } => prop_assert!(message.contains(&text)),
                Confirm { rating, comment, .. } => {
                    prop_assert!(rating.is_none_or(|rating| (1..=5).contains(&rating)));
                    prop_assert!(comment.is_none_or(|comment| message.contains(&comment)));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn decoration_never_changes_the_meaning(
        word in prop::sample::select(WORDS.to_vec()),
        upper in any::<bool>(),
        sign in prop::sample::select(vec!["", "#", "# ", "##", "＃", " #\u{200b}", "\n\n#"]),
        mark in prop::sample::select(vec!["", "*", "_", "~", "*_", "```"]),
        colon in prop::sample::select(vec![" ", ": ", ":", " : ", "\n", "\r\n", "  ", ", ", " - ", "\u{3000}"]),
    ) {
        let spelled = if upper { word.to_uppercase() } else { word.to_owned() };
        let closing: String = mark.chars().rev().collect();
        let dressed = format!("{mark}{sign}{spelled}{closing}{colon}{NO} masih mati");
        let plain = format!("{word} {NO} masih mati");
        prop_assert_eq!(read(&dressed, Reporter), read(&plain, Reporter), "{}", dressed);
        let dressed = format!("{sign}{mark}{spelled}{closing}{colon}{NO} masih mati");
        prop_assert_eq!(read(&dressed, Officer), read(&plain, Officer), "{}", dressed);
    }

    #[test]
    fn a_longer_word_is_never_a_command(
        word in prop::sample::select(WORDS.to_vec()),
        more in "[a-z]{1,6}",
        text in "[a-z ]{0,20}",
    ) {
        let longer = format!("{word}{more}");
        // `req` + `uest` and the like are words of their own.
        prop_assume!(verb(&longer, Officer).is_none());
        prop_assert_eq!(read(&format!("#{longer} {text}"), Officer), Ordinary);
    }
}
