//! The views that stand for the tables of the book's system, on both engines.

use sqlx::{Column as _, ColumnIndex, Decode, FromRow, Row, Type};
use tanggap::db::{Db, Run as _, sql};

use crate::support;

/// 30 November 2024, 23:30 in Jakarta.
const EVENING: i64 = 1_732_984_200_000;
const HOUR: i64 = 3_600_000;

/// A row with its columns as `name=value`, in the order of the view. No value may be missing.
#[derive(Debug, PartialEq)]
struct Line(Vec<String>);

impl<'r, R: Row> FromRow<'r, R> for Line
where
    usize: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let cell = |(index, column): (usize, &<R::Database as sqlx::Database>::Column)| {
            let number = || {
                row.try_get::<i64, _>(index)
                    .map(|number| number.to_string())
            };
            let value = row.try_get::<String, _>(index).or_else(|_| number());
            value.map(|value| format!("{}={value}", column.name()))
        };
        let cells: sqlx::Result<_> = row.columns().iter().enumerate().map(cell).collect();
        cells.map(Self)
    }
}

/// A statement's text column.
#[derive(Debug, FromRow)]
struct Text {
    text: String,
}

async fn run(db: &Db, statements: &[&'static str]) {
    let mut tx = db.begin().await.expect("a transaction");
    for text in statements {
        let done = tx.execute(sql(text)).await;
        assert!(done.is_ok(), "{text}: {done:?}");
    }
    tx.commit().await.expect("a commit");
}

async fn rows(db: &Db, select: &'static str) -> Vec<Line> {
    db.all(sql(select))
        .await
        .unwrap_or_else(|error| panic!("{select}: {error}"))
}

/// Returns one column of the rows in the order of the statement.
async fn texts(db: &Db, select: &'static str) -> Vec<String> {
    let rows: Vec<Text> = db.all(sql(select)).await.expect(select);
    rows.into_iter().map(|row| row.text).collect()
}

#[track_caller]
fn assert_line(line: &Line, expected: &str) {
    let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
    assert_eq!(line.0, expected);
}

const PEOPLE: &[&str] = &[
    "INSERT INTO employee VALUES ('PGW2411001', 'Sari Contoh', 'sari@example.org', \
     '6281100000001', 'Teknik', 'Umum', TRUE, 'lantai 2', '', 0, 0)",
    "INSERT INTO employee VALUES ('PGW2411002', 'Budi Contoh', '', NULL, '', '', FALSE, '', '', 0, 0)",
    "INSERT INTO staff VALUES ('ADM01', 'Tono Contoh', 'tbo', 'listrik', 'tono@example.org', \
     '6281100000011', 'tono', '$argon2id$secret', TRUE, TRUE, 5, '', '', '', 0, 0)",
    "INSERT INTO staff VALUES ('ADM02', 'Wati Contoh', 'administrator', '', '', NULL, NULL, NULL, \
     FALSE, TRUE, 5, '', 'cuti', '', 0, 0)",
    "INSERT INTO staff VALUES ('ADM03', 'Joko Contoh', 'staf', '', '', NULL, NULL, NULL, TRUE, \
     TRUE, 5, '', '', '', 0, 0)",
];

/// Report 1 is finished after 2 h 59 min, 2 is new, 3 was deleted; message 21 is no report.
const REPORTS: &[&str] = &[
    "INSERT INTO report (id, track_id, status, category, priority, text, note, search, channel, \
     message_id, reporter_name, reporter_phone, employee_id, department, unit, created_at, \
     updated_at, touched_at, read, step_count, response_due_at, near_at, due_at, paused_work_ms, \
     finished_at, awaiting_validation, reopened, deleted_at) VALUES \
     (1, 'BRT2411001', 'done', 'Listrik', 'normal', 'lampu mati', 'catatan', '', 'utama', 11, \
     'Sari Contoh', '6281100000001', 'PGW2411001', 'Teknik', 'Umum', 1732984200000, 0, 0, TRUE, 1, \
     0, 0, 0, 0, 1732994940000, FALSE, 0, NULL), \
     (2, 'BRT2411002', 'new', NULL, 'normal', 'keran bocor', '', '', 'utama', NULL, 'Tamu', NULL, \
     NULL, '', '', 1732984200000, 0, 0, FALSE, 1, 0, 0, 0, 0, NULL, FALSE, 0, NULL), \
     (3, 'BRT2411003', 'new', NULL, 'normal', 'dihapus', '', '', 'utama', 13, 'Tamu', NULL, NULL, \
     '', '', 1732984200000, 0, 0, FALSE, 1, 0, 0, 0, 0, NULL, FALSE, 0, 1732984200000)",
    "INSERT INTO message (id, delivery_id, channel, address, name, phone, at, kind, text, reason, \
     report_id, track_id, handled_at) VALUES \
     (11, 'd', 'utama', 'a', 'Sari', '6281100000001', 1732984200000, 'report', '#help lampu mati', \
     NULL, 1, 'BRT2411001', NULL), \
     (12, 'd', 'utama', 'a', 'Sari', '6281100000001', 1732986060000, 'check', 'cek brt2411001', \
     NULL, 1, 'BRT2411001', NULL), \
     (13, 'd', 'utama', 'a', 'Tamu', NULL, 1732984200000, 'report', '#help dihapus', NULL, 3, \
     'BRT2411003', NULL), \
     (14, 'd', 'utama', 'b', '', NULL, 1732984200000, 'unparsed', '{', 'no-text', NULL, NULL, NULL), \
     (21, 'd', 'utama', 'a', 'Sari', '6281100000001', 1732984200000, 'ordinary', 'selamat malam', \
     NULL, NULL, NULL, 1732991400000)",
    "INSERT INTO outbox (id, channel, address, report_id, message_id, kind, text, source, lane, \
     state, created_at, due_at, worker, epoch, attempts, ambiguous, by) VALUES \
     (32, 'utama', 'a', 1, 11, 'text', 'bagian dua', 'reply', 0, 'sent', 0, 0, '', 0, 1, 0, 'x'), \
     (31, 'utama', 'a', 1, 11, 'text', 'bagian satu', 'reply', 0, 'sent', 0, 0, '', 0, 1, 0, 'x'), \
     (33, 'utama', 'a', 1, 11, 'text', 'ditarik', 'manual', 0, 'cancelled', 0, 0, '', 0, 0, 0, 'x'), \
     (34, 'utama', 'a', 1, NULL, 'text', 'kabar', 'notice', 1, 'sent', 0, 0, '', 0, 1, 0, 'x'), \
     (35, 'utama', 'a', NULL, 21, 'text', 'malam', 'manual', 0, 'sent', 0, 0, '', 0, 1, 0, 'x')",
    "INSERT INTO step (id, report_id, at, by, kind, text, public, status) VALUES \
     (41, 1, 1732984200000, 'reporter', 'received', 'Laporan diterima', TRUE, 'new'), \
     (42, 1, 1732984200000, 'ADM02', 'internal', 'rahasia', FALSE, NULL), \
     (43, 3, 1732984200000, 'reporter', 'received', 'Laporan diterima', TRUE, 'new')",
    "INSERT INTO assignment (id, report_id, staff_id, at, by, note, status, removed_at) VALUES \
     (51, 1, 'ADM01', 1732986060000, 'ADM02', 'bawa tangga', 'in_progress', NULL), \
     (52, 1, 'ADM03', 1732986060000, 'ADM02', '', 'assigned', 1732986060000), \
     (53, 3, 'ADM01', 1732986060000, 'ADM02', '', 'assigned', NULL)",
    "INSERT INTO progress (id, report_id, staff_id, by, at, text, public, message_id, validated_by, \
     validated_at, correction) VALUES \
     (61, 1, 'ADM01', 'ADM01', 1732986060000, 'ganti lampu', TRUE, NULL, 'ADM02', 1, NULL), \
     (62, 1, NULL, 'cli:root', 1732986060000, 'dicek', TRUE, NULL, 'ADM02', 1, 'sudah dicek'), \
     (63, 1, 'ADM01', 'ADM01', 1732986060000, 'rapikan', TRUE, NULL, NULL, NULL, NULL)",
    "INSERT INTO media (id, message_id, report_id, progress_id, kind, filename, url, channel, state, \
     sha256, at, due_at, tries, worker) VALUES \
     (70, 11, 1, NULL, 'document', 'surat.pdf', '', 'utama', 'stored', 'aa', 0, 0, 0, ''), \
     (71, 11, 1, NULL, 'image', 'lampu.jpg', '', 'utama', 'stored', 'bb', 0, 0, 0, ''), \
     (72, NULL, 1, 61, 'image', '', '', 'utama', 'stored', 'cc', 0, 0, 0, '')",
];

async fn desk() -> Db {
    let db = support::db().await;
    run(&db, PEOPLE).await;
    run(&db, REPORTS).await;
    db
}

#[tokio::test]
async fn people_have_the_books_columns_and_no_passwords() {
    let db = desk().await;
    let people = rows(&db, "SELECT * FROM tb_pegawai ORDER BY id_pegawai").await;
    assert_line(
        &people[0],
        "id_pegawai=PGW2411001|nama_pegawai=Sari Contoh|email=sari@example.org\
         |telepon=6281100000001|jurusan=Teknik|bagian=Umum|status=Aktif|keterangan=lantai 2",
    );
    assert_line(
        &people[1],
        "id_pegawai=PGW2411002|nama_pegawai=Budi Contoh|email=|telepon=|jurusan=|bagian=\
         |status=Tidak Aktif|keterangan=",
    );
    let staff = rows(&db, "SELECT * FROM tb_admin ORDER BY id_admin").await;
    assert_line(
        &staff[0],
        "id_admin=ADM01|nama_admin=Tono Contoh|level=TBO|deskripsi=listrik|email=tono@example.org\
         |telepon=6281100000011|username=tono|password=|status=Aktif|keterangan=",
    );
    assert_line(
        &staff[1],
        "id_admin=ADM02|nama_admin=Wati Contoh|level=Administrator|deskripsi=|email=|telepon=\
         |username=|password=|status=Tidak Aktif|keterangan=cuti",
    );
    assert_eq!(staff[2].0[2], "level=Staf");
}

#[tokio::test]
async fn reports_and_ordinary_messages_are_both_monitored() {
    let db = desk().await;
    let seen = rows(&db, "SELECT * FROM tb_monitoring ORDER BY idm").await;
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert_line(
        &seen[0],
        "idm=1|tanggal=2024-11-30|jam=23:30:00|kategori=Request|pesan=lampu mati\
         |respon=bagian satu\nbagian dua|telepon=6281100000001|id_pegawai=PGW2411001\
         |id_track=BRT2411001|gambar=lampu.jpg|status=Selesai|tag=1|keterangan=catatan\
         |nama_pelapor=Sari Contoh|profil_pelapor=Sari Contoh, Umum, Teknik|durasi=2",
    );
    assert_line(
        &seen[1],
        "idm=2|tanggal=2024-11-30|jam=23:30:00|kategori=Request|pesan=keran bocor|respon=|telepon=\
         |id_pegawai=|id_track=BRT2411002|gambar=|status=Baru|tag=0|keterangan=|nama_pelapor=Tamu\
         |profil_pelapor=Tamu|durasi=0",
    );
    assert_line(
        &seen[2],
        "idm=21|tanggal=2024-11-30|jam=23:30:00|kategori=umum|pesan=selamat malam|respon=malam\
         |telepon=6281100000001|id_pegawai=PGW2411001|id_track=|gambar=|status=Selesai|tag=1\
         |keterangan=|nama_pelapor=Sari|profil_pelapor=Sari|durasi=2",
    );
}

#[tokio::test]
async fn what_came_in_names_what_it_was() {
    let db = desk().await;
    let seen = rows(&db, "SELECT * FROM tb_in ORDER BY idn").await;
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert_line(
        &seen[0],
        "idn=11|tanggal=2024-11-30|jam=23:30:00|pesan=#help lampu mati\
         |respon=bagian satu\nbagian dua|id_track=BRT2411001|telepon=6281100000001\
         |keterangan=Request New",
    );
    assert_line(
        &seen[1],
        "idn=12|tanggal=2024-12-01|jam=00:01:00|pesan=cek brt2411001|respon=|id_track=BRT2411001\
         |telepon=6281100000001|keterangan=#cek BRT2411001",
    );
    assert_line(
        &seen[2],
        "idn=14|tanggal=2024-11-30|jam=23:30:00|pesan={|respon=|id_track=|telepon=|keterangan=? ?",
    );
}

#[tokio::test]
async fn work_is_shown_without_what_is_internal_removed_or_deleted() {
    let db = desk().await;
    let steps = rows(&db, "SELECT * FROM tb_track").await;
    assert_eq!(steps.len(), 1, "{steps:?}");
    assert_line(
        &steps[0],
        "id=41|idm=1|id_track=BRT2411001|tanggal=2024-11-30|jam=23:30:00|catatan=Laporan diterima",
    );
    let tasks = rows(&db, "SELECT * FROM tb_penugasan").await;
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert_line(
        &tasks[0],
        "idp=51|id_admin=ADM01|tanggal=2024-12-01|jam=00:01:00|idm=1|id_track=BRT2411001\
         |catatan=bawa tangga|status=Proses",
    );
    let work = rows(&db, "SELECT * FROM tb_kerja ORDER BY idn").await;
    assert_line(
        &work[0],
        "idn=61|tanggal=2024-12-01|jam=00:01:00|pesan=ganti lampu|respon=|id_track=BRT2411001\
         |telepon=6281100000011|keterangan=Valid|gambar=cc|id_admin=ADM02",
    );
    let said = texts(&db, "SELECT keterangan AS text FROM tb_kerja ORDER BY idn").await;
    assert_eq!(said, ["Valid", "sudah dicek", ""]);
}

#[tokio::test]
async fn every_state_has_the_books_word() {
    let db = desk().await;
    for (change, word) in [
        ("UPDATE report SET status = 'new' WHERE id = 1", "Baru"),
        (
            "UPDATE report SET status = 'in_progress' WHERE id = 1",
            "Proses",
        ),
        (
            "UPDATE report SET status = 'pending' WHERE id = 1",
            "Pending",
        ),
        ("UPDATE report SET status = 'done' WHERE id = 1", "Selesai"),
        (
            "UPDATE report SET status = 'cancelled' WHERE id = 1",
            "Batal",
        ),
        (
            "UPDATE report SET status = 'rejected' WHERE id = 1",
            "Ditolak",
        ),
        (
            "UPDATE report SET status = 'duplicate' WHERE id = 1",
            "Duplikat",
        ),
    ] {
        run(&db, &[change]).await;
        let said = texts(
            &db,
            "SELECT status AS text FROM tb_monitoring WHERE idm = 1",
        )
        .await;
        assert_eq!(said, [word], "{change}");
    }
    for (change, word) in [
        (
            "UPDATE assignment SET status = 'assigned' WHERE id = 51",
            "Penugasan",
        ),
        (
            "UPDATE assignment SET status = 'pending' WHERE id = 51",
            "Pending",
        ),
        (
            "UPDATE assignment SET status = 'done' WHERE id = 51",
            "Selesai",
        ),
    ] {
        run(&db, &[change]).await;
        let said = texts(&db, "SELECT status AS text FROM tb_penugasan").await;
        assert_eq!(said, [word], "{change}");
    }
}

#[tokio::test]
async fn times_follow_the_zone_over_a_change_of_the_clocks() {
    let db = desk().await;
    // An hour is taken back at 23:30 UTC+7: one millisecond earlier it is 00:29:59 at UTC+8.
    run(
        &db,
        &[
            "DELETE FROM zone_span",
            "INSERT INTO zone_span (from_at, until_at, offset_ms) VALUES \
             (-9000000000000000, 1732984200000, 28800000), \
             (1732984200000, 9000000000000000, 25200000)",
            "UPDATE report SET created_at = 1732984199999 WHERE id = 1",
        ],
    )
    .await;
    let seen = texts(
        &db,
        "SELECT tanggal || ' ' || jam AS text FROM tb_monitoring WHERE kategori = 'Request' \
         ORDER BY idm",
    )
    .await;
    assert_eq!(seen, ["2024-12-01 00:29:59", "2024-11-30 23:30:00"]);
}

#[tokio::test]
async fn a_moment_outside_every_span_is_shown_in_utc_and_not_lost() {
    let db = desk().await;
    run(&db, &["DELETE FROM zone_span"]).await;
    let seen = texts(&db, "SELECT jam AS text FROM tb_monitoring WHERE idm = 1").await;
    assert_eq!(seen, ["16:30:00"]);
}

#[tokio::test]
async fn the_views_cannot_be_written_to() {
    let db = desk().await;
    for statement in [
        "UPDATE tb_pegawai SET nama_pegawai = 'x'",
        "UPDATE tb_admin SET nama_admin = 'x'",
        "UPDATE tb_monitoring SET pesan = 'x'",
        "UPDATE tb_kerja SET pesan = 'x'",
        "UPDATE tb_in SET pesan = 'x'",
        "DELETE FROM tb_track",
        "DELETE FROM tb_penugasan",
    ] {
        assert!(db.execute(sql(statement)).await.is_err(), "{statement}");
    }
}

/// So many reports that reading them all would be dear.
const MANY: &[&str] = &[
    "INSERT INTO report (id, track_id, status, priority, text, note, search, channel, \
     reporter_name, department, unit, created_at, updated_at, touched_at, read, step_count, \
     response_due_at, near_at, due_at, paused_work_ms, awaiting_validation, reopened) \
     WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) \
     SELECT i, 'BRT2410' || i, 'new', 'normal', '', '', '', 'utama', '', '', '', 0, 0, 0, TRUE, 1, \
     0, 0, 0, 0, FALSE, 0 FROM n",
    "INSERT INTO step (id, report_id, at, by, kind, text, public) \
     SELECT id + 10000, id, 0, '', '', '', TRUE FROM report WHERE id >= 1000",
    "INSERT INTO progress (id, report_id, by, at, text, public) \
     SELECT id + 20000, id, '', 0, '', TRUE FROM report WHERE id >= 1000",
    "INSERT INTO assignment (id, report_id, staff_id, at, by, note, status) \
     SELECT id + 30000, id, 'ADM01', 0, '', '', 'done' FROM report WHERE id >= 1000",
    "INSERT INTO message (id, delivery_id, channel, address, name, at, kind, text, report_id) \
     SELECT id + 40000, '', 'utama', '', '', 0, 'report', '', id FROM report WHERE id >= 1000",
    "ANALYZE",
];

#[tokio::test]
async fn a_search_by_number_reads_no_whole_table() {
    let db = desk().await;
    run(&db, MANY).await;
    let by_number = ["(track_id=?)", "Index Cond: (track_id = "];
    let wholes = ["SCAN r\n", "SCAN s\n", "SCAN p\n", "SCAN a\n"];
    let large = ["report", "step", "progress", "assignment", "message"];
    for view in [
        "tb_monitoring",
        "tb_kerja",
        "tb_in",
        "tb_track",
        "tb_penugasan",
    ] {
        let plan = plan(&db, view).await;
        assert!(
            by_number.iter().any(|words| plan.contains(words)),
            "{view}:\n{plan}"
        );
        assert!(
            !wholes.iter().any(|words| plan.contains(words)),
            "{view}:\n{plan}"
        );
        let is_read = |table: &&str| plan.contains(&format!("Seq Scan on {table} "));
        assert!(!large.iter().any(is_read), "{view}:\n{plan}");
    }
}

/// Returns how the engine would look for a number.
async fn plan(db: &Db, view: &str) -> String {
    let explain = if db.is_shared() {
        "EXPLAIN "
    } else {
        "EXPLAIN QUERY PLAN "
    };
    let select = match view {
        "tb_monitoring" => "SELECT * FROM tb_monitoring WHERE id_track = 'BRT2411001'",
        "tb_kerja" => "SELECT * FROM tb_kerja WHERE id_track = 'BRT2411001'",
        "tb_in" => "SELECT * FROM tb_in WHERE id_track = 'BRT2411001'",
        "tb_track" => "SELECT * FROM tb_track WHERE id_track = 'BRT2411001'",
        _ => "SELECT * FROM tb_penugasan WHERE id_track = 'BRT2411001'",
    };
    let lines: Vec<Line> = db.all(sql(explain).push(select)).await.expect(select);
    let last = |line: &Line| line.0.last().map(|cell| format!("{}\n", after(cell)));
    lines.iter().filter_map(last).collect()
}

fn after(cell: &str) -> &str {
    cell.split_once('=').map_or(cell, |(_, value)| value)
}

#[test]
fn the_moments_of_this_file_are_what_they_say() {
    let evening = jiff::Timestamp::from_millisecond(EVENING).unwrap();
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    assert_eq!(
        evening.to_zoned(zone).datetime().to_string(),
        "2024-11-30T23:30:00"
    );
    assert_eq!((1_732_994_940_000 - EVENING) / HOUR, 2);
}
