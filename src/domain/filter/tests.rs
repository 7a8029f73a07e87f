//! What the whole language must read, refuse and say.

use jiff::civil::{Weekday, date};
use rstest::rstest;

use super::*;
use crate::domain::status::Status;

fn read(text: &str, lang: Lang) -> Query {
    parse(text, lang).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn only(text: &str, lang: Lang) -> Term {
    match read(text, lang).expr {
        Expr::Term(term) => term,
        other => panic!("{text}: {other:?}"),
    }
}

fn refused(schema: &Schema, text: &str) -> FilterError {
    parse_with(schema, text, Lang::Id).expect_err(text)
}

fn word(text: &str) -> Expr {
    Expr::Term(Term::Word(text.to_owned()))
}

fn days(days: u32) -> Span {
    Span {
        days,
        ..Span::default()
    }
}

fn hours(hours: u32) -> Span {
    Span {
        hours,
        ..Span::default()
    }
}

fn name(text: &str) -> Name {
    Name::Text(text.to_owned())
}

const fn is(status: Status) -> StatusWord {
    StatusWord::Is(status)
}

#[rstest]
#[case::first_example(
    "status:proses unit:\"Teknik Elektro\" tbo:ADM04 umur:>3h \"lampu mati\"",
    "status:in_progress unit:\"Teknik Elektro\" assignee:ADM04 age:>P3D \"lampu mati\""
)]
#[case::second_example(
    "status:terbuka -ada:catatan sla:dekat,lewat urut:sla",
    "status:open -has:note sla:near,breached sort:sla"
)]
#[case::third_example(
    "(kategori:ac ATAU kategori:listrik) masuk:bulan-lalu",
    "(category:ac OR category:listrik) created:last-month"
)]
#[case::fourth_example("telp:081200000044", "phone:081200000044")]
#[case::from_the_list_screen(
    "status:baru,proses unit:\"Teknik Elektro\" urut:-umur",
    "status:new,in_progress unit:\"Teknik Elektro\" sort:-age"
)]
#[case::from_the_empty_list("status:proses umur:>3h", "status:in_progress age:>P3D")]
#[case::nothing("", "")]
#[case::space_only("  \t ", "")]
#[case::only_an_order("urut:sla,umur", "sort:sla,age")]
#[case::orders_are_joined("urut:sla a urut:-umur,sla", "a sort:sla,-age")]
#[case::an_order_beside_an_alternative("a OR b sort:age", "a OR b sort:age")]
#[case::needless_parentheses("((a) (b))", "a b")]
#[case::twice_not("-(-a)", "a")]
#[case::not_a_group("!(a | b)", "-(a OR b)")]
#[case::not_both("-(a b)", "-(a b)")]
#[case::and_before_or("a b ATAU c d", "a b OR c d")]
#[case::alternatives_without_space("a|b", "a OR b")]
#[case::small_or_is_a_word("a or b", "a or b")]
#[case::the_star_says_nothing("lampu* unit:tek*", "lampu unit:tek")]
#[case::a_quoted_colon("\"pukul 10:30\"", "\"pukul 10:30\"")]
#[case::quotes_in_quotes(r#""kata \"mati\"""#, r#""kata \"mati\"""#)]
#[case::a_quoted_or("\"OR\"", "\"OR\"")]
#[case::a_group_next_to_a_word("a(b|c)", "a (b OR c)")]
#[case::values_said_twice("status:baru,new,Baru", "status:new")]
#[case::a_field_in_capitals("STATUS:BARU", "status:new")]
fn a_line_has_one_canonical_form(#[case] text: &str, #[case] canonical: &str) {
    let query = read(text, Lang::Id);
    assert_eq!(query.canonical(), canonical);
    for lang in Lang::ALL {
        assert_eq!(read(canonical, lang), query, "in {lang}");
    }
}

#[rstest]
#[case("status:baru", "status:new", Term::Status(vec![is(Status::New)]))]
#[case("status:proses,pending", "status:in-progress,\"On hold\"",
    Term::Status(vec![is(Status::InProgress), is(Status::Pending)]))]
#[case("status:selesai,batal,ditolak,duplikat", "status:done,cancelled,rejected,duplicate",
    Term::Status(vec![is(Status::Done), is(Status::Cancelled), is(Status::Rejected), is(Status::Duplicate)]))]
#[case("status:terbuka", "status:open", Term::Status(vec![StatusWord::Open]))]
#[case("tbo:ADM04", "assignee:adm04",
    Term::Person(PersonField::Assignee, vec![Person::Id("ADM04".into())]))]
#[case("petugas:@saya,kosong", "assignee:@me,none",
    Term::Person(PersonField::Assignee, vec![Person::Me, Person::Nobody]))]
#[case("tbo:joko,\"ADM04\",\"kosong\"", "assignee:joko,\"ADM04\",\"kosong\"",
    Term::Person(PersonField::Assignee, ["joko", "ADM04", "kosong"].map(|text| Person::Name(text.into())).into()))]
#[case("unit:\"Teknik  Elektro\",fis", "unit:\"Teknik Elektro\",fis",
    Term::Name(NameField::Unit, vec![name("Teknik Elektro"), name("fis")]))]
#[case("kategori:kosong", "category:none", Term::Name(NameField::Category, vec![Name::Empty]))]
#[case("pelapor:sari", "reporter:sari", Term::Name(NameField::Reporter, vec![name("sari")]))]
#[case("prioritas:dar,t", "priority:urg,hi*", Term::Priority(vec![Priority::Urgent, Priority::High]))]
#[case("telp:+6281100000044", "phone:\"62 811-0000-0044\"", Term::Phone(vec!["6281100000044".into()]))]
#[case("no:brt2409009", "id:#BRT2409009", Term::Id(vec![IdWord::Whole("BRT2409009".into())]))]
#[case("no:2409009,009", "id:2409009,009",
    Term::Id(vec![IdWord::Tail("2409009".into()), IdWord::Tail("009".into())]))]
#[case("sla:aman,dekat,lewat", "sla:ok,near,breached",
    Term::Sla(vec![SlaWord::Ok, SlaWord::Near, SlaWord::Breached]))]
#[case("ada:foto,catatan,balasan,gagal-kirim", "has:photo,note,reply,failed-send",
    Term::Has(vec![HasWord::Photo, HasWord::Note, HasWord::Reply, HasWord::FailedSend]))]
#[case("baca:belum", "read:no", Term::Read(vec![YesNo::No]))]
#[case("baca:sudah", "read:yes", Term::Read(vec![YesNo::Yes]))]
#[case("kirim:gagal,dicoba-lagi", "sent:failed,retrying",
    Term::Sent(vec![SendWord::Failed, SendWord::Retry]))]
#[case("jendela:buka,tutup", "window:open,closed",
    Term::Window(vec![WindowWord::Open, WindowWord::Closed]))]
#[case("masuk:hari-ini", "created:today",
    Term::Date(DateField::Created, vec![DateSpec::On(DateWord::Today)]))]
#[case("ubah:>2024-09-01", "updated:>2024-09-01",
    Term::Date(DateField::Updated, vec![DateSpec::Bound(Bound::Over(DateWord::Day(date(2024, 9, 1))))]))]
#[case("selesai:2024-09-01T10:30..kemarin", "closed:2024-09-01T10:30..yesterday",
    Term::Date(DateField::Closed, vec![DateSpec::Bound(Bound::Between(
        DateWord::Minute(date(2024, 9, 1).at(10, 30, 0, 0)), DateWord::Yesterday))]))]
#[case("masuk:senin,2024-08", "created:monday,2024-08",
    Term::Date(DateField::Created, vec![DateSpec::On(DateWord::Weekday(Weekday::Monday)),
        DateSpec::On(DateWord::Month { year: 2024, month: 8 })]))]
#[case("umur:>3h", "age:>3d", Term::Span(SpanField::Age, vec![Bound::Over(days(3))]))]
#[case("umur:>3j", "age:>3h", Term::Span(SpanField::Age, vec![Bound::Over(hours(3))]))]
#[case("umur:<=3hari,1h..2h", "age:<=3days,1d..2d",
    Term::Span(SpanField::Age, vec![Bound::AtMost(days(3)), Bound::Between(days(1), days(2))]))]
#[case("tanggap:>=1j30m", "response:>=\"1 hour 30 minutes\"",
    Term::Span(SpanField::Response, vec![Bound::AtLeast(Span { hours: 1, minutes: 30, ..Span::default() })]))]
fn every_field_of_reports_is_read(#[case] id: &str, #[case] en: &str, #[case] term: Term) {
    assert_eq!(only(id, Lang::Id), term, "{id}");
    assert_eq!(only(en, Lang::En), term, "{en}");
}

#[rstest]
#[case(
    Schema::MESSAGES,
    "jenis:umum,cek jendela:tutup baca:belum",
    "kind:ordinary,check window:closed read:no"
)]
#[case(
    Schema::MESSAGES,
    "telp:0811 pelapor:sari masuk:kemarin urut:-masuk",
    "phone:0811 reporter:sari created:yesterday sort:-created"
)]
#[case(Schema::OUTBOX, "kirim:ditahan kanal:utama", "sent:held channel:utama")]
#[case(
    Schema::OUTBOX,
    "state:pending no:0192f0c1-aaaa",
    "sent:pending id:0192f0c1-aaaa"
)]
#[case(
    Schema::EMPLOYEES,
    "nama:dewi jurusan:fisika aktif:tidak",
    "name:dewi department:fisika active:no"
)]
#[case(
    Schema::STAFF,
    "level:staf,admin keahlian:listrik",
    "level:staf,administrator skill:listrik"
)]
#[case(
    Schema::AUDIT,
    "oleh:rina aksi:\"report.assign\" sejak:senin",
    "by:rina action:\"report.assign\" created:>=monday"
)]
fn other_lists_have_their_own_fields(
    #[case] schema: Schema,
    #[case] text: &str,
    #[case] canonical: &str,
) {
    let query = parse_with(&schema, text, Lang::Id).unwrap();
    assert_eq!(query.canonical(), canonical);
    assert_eq!(parse_saved(&schema, canonical), Ok(query));
}

#[test]
fn h_is_a_day_in_indonesian_and_an_hour_in_english() {
    assert_eq!(read("umur:>3h", Lang::Id).canonical(), "age:>P3D");
    assert_eq!(read("age:>3h", Lang::En).canonical(), "age:>PT3H");
    assert_eq!(read("umur:>3j", Lang::Id), read("age:>3h", Lang::En));
}

#[test]
fn space_binds_closer_than_or() {
    let query = read("a b OR c", Lang::En);
    let both = Expr::And(vec![word("a"), word("b")]);
    assert_eq!(query.expr, Expr::Or(vec![both, word("c")]));
}

#[rstest]
#[case("statu:baru", (0, 5), FilterFault::UnknownField("statu".into()), Some("status"))]
#[case("a umr:>3h", (2, 3), FilterFault::UnknownField("umr".into()), Some("umur"))]
#[case("jam 10:30", (4, 2), FilterFault::UnknownField("10".into()), None)]
#[case("oleh:rina", (0, 4), FilterFault::UnknownField("oleh".into()), None)]
#[case("OR:a", (0, 2), FilterFault::UnknownField("OR".into()), None)]
#[case("a :b", (2, 1), FilterFault::NoField, None)]
#[case("status:", (7, 0), FilterFault::EmptyValue(Field::Status), None)]
#[case("status: baru", (7, 0), FilterFault::EmptyValue(Field::Status), None)]
#[case("status:baru,", (12, 0), FilterFault::EmptyValue(Field::Status), None)]
#[case("unit:*", (5, 1), FilterFault::EmptyValue(Field::Unit), None)]
#[case("status:bru", (7, 3), FilterFault::BadValue(Field::Status, "bru".into()), Some("baru"))]
#[case("tbo:@sya", (4, 4), FilterFault::BadValue(Field::Assignee, "@sya".into()), Some("@saya"))]
#[case("unit:@saya", (5, 5), FilterFault::BadValue(Field::Unit, "@saya".into()), None)]
#[case("telp:rudi", (5, 4), FilterFault::BadValue(Field::Phone, "rudi".into()), None)]
#[case("no:\"a b\"", (3, 5), FilterFault::BadValue(Field::Id, "a b".into()), None)]
#[case("status:>baru", (8, 4), FilterFault::NotCompared(Field::Status), None)]
#[case("unit:a..b", (5, 1), FilterFault::NotCompared(Field::Unit), None)]
#[case("umur:3h", (5, 2), FilterFault::NeedsComparison(Field::Age), None)]
#[case("umur:>3x", (6, 2), FilterFault::BadSpan("3x".into()), None)]
#[case("umur:3h..1h", (5, 6), FilterFault::BadRange, None)]
#[case("umur:1h..2h..3h", (11, 2), FilterFault::BadRange, None)]
#[case("masuk:2024-09..2024-08", (6, 16), FilterFault::BadRange, None)]
#[case("masuk:>1h..2h", (9, 2), FilterFault::BadRange, None)]
#[case("masuk:kemarn", (6, 6), FilterFault::BadDate("kemarn".into()), Some("kemarin"))]
#[case("\"lampu", (0, 6), FilterFault::UnclosedQuote, None)]
#[case("é \"\"", (3, 2), FilterFault::EmptyPhrase, None)]
#[case("(a", (0, 1), FilterFault::UnclosedGroup, None)]
#[case("a)", (1, 1), FilterFault::StrayParenthesis, None)]
#[case("()", (1, 1), FilterFault::Missing, None)]
#[case("a OR", (4, 0), FilterFault::Missing, None)]
#[case("ATAU a", (0, 4), FilterFault::Missing, None)]
#[case("a OR OR b", (5, 2), FilterFault::Missing, None)]
#[case("a OR urut:sla", (13, 0), FilterFault::Missing, None)]
#[case("- a", (1, 1), FilterFault::Missing, None)]
#[case("--a", (1, 1), FilterFault::Missing, None)]
#[case("*", (0, 1), FilterFault::Missing, None)]
#[case("((((((a))))))", (5, 1), FilterFault::TooDeep, None)]
#[case("(a urut:sla)", (3, 8), FilterFault::SortInside, None)]
#[case("-urut:sla", (0, 9), FilterFault::SortInside, None)]
#[case("urut:-slla", (5, 5), FilterFault::UnknownSort("slla".into()), Some("sla"))]
#[case("urut:telp", (5, 4), FilterFault::UnknownSort("telp".into()), None)]
fn a_fault_is_marked_where_it_stands(
    #[case] text: &str,
    #[case] (at, len): (usize, usize),
    #[case] kind: FilterFault,
    #[case] suggestion: Option<&str>,
) {
    let error = refused(&Schema::REPORTS, text);
    let suggestion = suggestion.map(str::to_owned);
    assert_eq!(
        error,
        FilterError {
            at,
            len,
            kind,
            suggestion
        }
    );
}

#[test]
fn the_limits_themselves_are_allowed() {
    let longest = "a".repeat(MAX_CHARS);
    let most = vec!["a"; MAX_TERMS].join(" ");
    let deepest = format!("{}a{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    for text in [&longest, &most, &deepest] {
        assert!(parse(text, Lang::Id).is_ok(), "{text}");
    }
}

#[test]
fn one_more_than_a_limit_is_refused_at_its_place() {
    let long = "é".repeat(MAX_CHARS + 2);
    let error = refused(&Schema::REPORTS, &long);
    assert_eq!((error.at, error.len), (2 * MAX_CHARS, 4));
    assert_eq!(error.kind, FilterFault::TooLong(MAX_CHARS));
    let many = vec!["a"; MAX_TERMS + 1].join(" ");
    let error = refused(&Schema::REPORTS, &many);
    assert_eq!(
        (error.at, error.len, error.kind),
        (2 * MAX_TERMS, 1, FilterFault::TooManyTerms)
    );
}

#[test]
fn parentheses_side_by_side_are_no_deeper_than_one() {
    let text = ["(a|b)"; 8].join(" ");
    assert!(parse(&text, Lang::Id).is_ok());
}

#[test]
fn a_fault_is_told_in_both_languages_with_the_nearest_word() {
    let error = refused(&Schema::REPORTS, "statu:baru");
    assert_eq!(
        error.describe(Lang::Id),
        "bidang \"statu\" tidak ada; pakai tanda kutip untuk mencari titik dua; maksudnya status?"
    );
    assert_eq!(
        error.describe(Lang::En),
        "there is no field \"statu\"; quote a colon to search it; did you mean status?"
    );
    assert_eq!(
        refused(&Schema::REPORTS, "umur:3h").describe(Lang::Id),
        "umur harus dibandingkan, misalnya umur:>3h"
    );
}

#[rstest]
#[case("umur:>3h", "umur lebih dari 3 hari", "older than 3 days")]
#[case("umur:<2j", "umur kurang dari 2 jam", "younger than 2 hours")]
#[case(
    "tanggap:>1j",
    "tanggapan lebih dari 1 jam",
    "response longer than 1 hour"
)]
#[case("", "semua", "everything")]
#[case(
    "urut:sla,-umur",
    "semua; urut SLA, lalu umur menurun",
    "everything; sorted by SLA, then age descending"
)]
#[case(
    "status:proses unit:\"Teknik Elektro\" tbo:ADM04 \"lampu mati\"",
    "status Proses, unit Teknik Elektro, TBO ADM04, memuat \"lampu mati\"",
    "status In progress, unit Teknik Elektro, assignee ADM04, containing \"lampu mati\""
)]
#[case(
    "status:terbuka -ada:catatan sla:dekat,lewat urut:sla",
    "status terbuka, tanpa catatan, SLA dekat atau lewat; urut SLA",
    "status open, without note, SLA near or breached; sorted by SLA"
)]
#[case(
    "(kategori:ac ATAU kategori:listrik) masuk:bulan-lalu",
    "(kategori ac atau kategori listrik), masuk bulan lalu",
    "(category ac or category listrik), created last month"
)]
#[case(
    "-(a b) | c",
    "bukan (memuat a… dan memuat b…) atau memuat c…",
    "not (containing a… and containing b…) or containing c…"
)]
#[case(
    "tbo:@saya,kosong",
    "TBO saya sendiri atau tanpa TBO",
    "assignee me or no assignee"
)]
#[case(
    "masuk:>2024-09-01 baca:belum",
    "masuk sesudah 1 Sep 2024, belum dibaca",
    "created after 1 Sep 2024, unread"
)]
#[case(
    "masuk:2024-09-01..kemarin",
    "masuk 1 Sep 2024 sampai kemarin",
    "created 1 Sep 2024 to yesterday"
)]
#[case(
    "telp:0811 no:009,BRT2409001 prioritas:darurat jendela:tutup",
    "telepon 0811, nomor berakhiran 009 atau BRT2409001, prioritas darurat, jendela tutup",
    "phone 0811, number ending in 009 or BRT2409001, priority urgent, window closed"
)]
fn a_query_is_said_back_in_words(#[case] text: &str, #[case] id: &str, #[case] en: &str) {
    let query = read(text, Lang::Id);
    assert_eq!(query.words(Lang::Id), id);
    assert_eq!(query.words(Lang::En), en);
}

#[test]
fn no_name_means_two_fields_of_one_list() {
    let lists = [
        Schema::REPORTS,
        Schema::MESSAGES,
        Schema::OUTBOX,
        Schema::EMPLOYEES,
        Schema::STAFF,
        Schema::AUDIT,
    ];
    for schema in lists {
        for field in schema
            .fields
            .iter()
            .chain(schema.sorts)
            .chain(&[Field::Sort])
        {
            for name in field.names() {
                let found = schema.find(name);
                assert_eq!(found, Some(*field), "{name}");
            }
        }
    }
}

#[test]
fn every_offered_value_is_one_that_the_field_reads() {
    let lists = [
        Schema::REPORTS,
        Schema::MESSAGES,
        Schema::OUTBOX,
        Schema::EMPLOYEES,
        Schema::STAFF,
        Schema::AUDIT,
    ];
    let mut offered = 0;
    for schema in lists {
        for (field, lang) in schema
            .fields
            .iter()
            .flat_map(|field| Lang::ALL.map(|lang| (field, lang)))
        {
            for value in field.values(lang) {
                let text = format!("{}:{value}", field.name(lang));
                offered += 1;
                assert!(parse_with(&schema, &text, lang).is_ok(), "{text}");
            }
        }
    }
    assert!(offered > 60, "{offered}");
}
