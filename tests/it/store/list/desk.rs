//! A desk full of reports made by chance, the same each time, and a copy of it outside the
//! database.

use jiff::tz::TimeZone;
use tanggap::db::{Arg, Bulk, Db, Run as _, search, sql};
use tanggap::domain::priority::Priority;
use tanggap::domain::status::Status;
use tanggap::domain::text::fold;
use tanggap::store::report::Report;
use tanggap::store::report::list::Scope;

/// 30 November 2024, 23:30 in Jakarta.
pub(crate) const NOW: i64 = 1_732_984_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Reports have every tenth id; what belongs to them follows.
const STEP: i64 = 10;

pub(crate) const STAFF: [(&str, &str); 3] = [
    ("ADM01", "Joko Susilo"),
    ("ADM02", "Budi Santoso"),
    ("ADM03", "Sari Dewi"),
];
pub(crate) const NAMES: [&str; 4] = ["Budi Santoso", "Sari Dewi", "RINA", ""];
const UNITS: [&str; 4] = ["Teknik", "Gizi", "Umum", ""];
const CATEGORIES: [Option<&str>; 4] = [Some("Listrik"), Some("Air"), Some("AC"), None];
const TEXTS: [&str; 6] = [
    "Lampu mati di lantai dua",
    "mati lampu, gelap",
    "kran bocor (R/203)",
    "pintu 100%_rusak",
    "AC panas; lampunya mati juga",
    "Langka: kunci hilang",
];
const STATES: [&str; 7] = [
    "pending",
    "held",
    "sent",
    "sent",
    "failed",
    "retry",
    "cancelled",
];

/// A number after another, by chance but the same each time.
pub(crate) struct Dice(pub(crate) u64);

/// Somebody who writes.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) id: i64,
    pub(crate) name: &'static str,
    pub(crate) phone: Option<String>,
    pub(crate) last_in_at: Option<i64>,
}

/// A letter about a report.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) id: i64,
    pub(crate) channel: &'static str,
    pub(crate) contact: Option<i64>,
    pub(crate) address: String,
    pub(crate) text: &'static str,
    pub(crate) source: &'static str,
    pub(crate) state: &'static str,
    pub(crate) created_at: i64,
    pub(crate) delivered_at: Option<i64>,
    pub(crate) read_at: Option<i64>,
    pub(crate) staff: Option<&'static str>,
}

/// A message that came in.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) contact: Option<i64>,
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) at: i64,
    pub(crate) handled_at: Option<i64>,
}

/// A report and all that belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) report: Report,
    pub(crate) staff: Vec<&'static str>,
    pub(crate) photo: bool,
    pub(crate) progress: bool,
    pub(crate) letter: Letter,
    pub(crate) message: Message,
}

/// The desk.
pub(crate) struct Desk {
    pub(crate) db: Db,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) rows: Vec<Row>,
}

pub(crate) fn scope() -> Scope {
    let now = jiff::Timestamp::from_millisecond(NOW).expect("a moment of our time");
    Scope {
        me: Some("ADM02".into()),
        own_only: None,
        now: now.to_zoned(TimeZone::get("Asia/Jakarta").expect("a known zone")),
        country_code: "62".into(),
    }
}

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn up_to(&mut self, end: i64) -> i64 {
        i64::try_from(self.below(end.unsigned_abs())).expect("small numbers fit")
    }

    pub(crate) fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("small numbers fit")].clone()
    }

    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

impl Desk {
    /// Fills a database with so many reports.
    pub(crate) async fn with(db: Db, count: i64) -> Self {
        let mut dice = Dice(42);
        let contacts: Vec<Contact> = (1..=8).map(|id| contact(&mut dice, id)).collect();
        let rows = (1..=count)
            .map(|n| row(&mut dice, (n, count), &contacts))
            .collect();
        let desk = Self { db, contacts, rows };
        desk.store().await;
        desk
    }

    pub(crate) fn contact(&self, id: Option<i64>) -> Option<&Contact> {
        self.contacts.iter().find(|contact| Some(contact.id) == id)
    }

    pub(crate) fn letters(&self) -> impl Iterator<Item = &Letter> {
        self.rows.iter().map(|row| &row.letter)
    }

    async fn store(&self) {
        let mut tx = self.db.begin().await.expect("a transaction");
        for (id, name) in STAFF {
            let insert = sql(
                "INSERT INTO staff (id, name, level, duty, email, active, present, \
                 max_open, skills, note, profile, created_at, updated_at) VALUES ($1, $2, 'tbo', \
                 '', '', TRUE, TRUE, 10, '[]', '', '{}', 0, 0)",
            );
            tx.execute(insert.bind(id).bind(name))
                .await
                .expect("rows that fit");
        }
        let mut people = Bulk::new(
            "INSERT INTO contact (id, name, phone, last_in_at, misses, created_at)",
            6,
        );
        for one in &self.contacts {
            people.row([
                one.id.into(),
                one.name.into(),
                one.phone.as_deref().into(),
                one.last_in_at.into(),
                0_i64.into(),
                0_i64.into(),
            ]);
        }
        people.write(&mut tx).await.expect("rows that fit");
        let mut tables = Tables::default();
        let words = self
            .rows
            .iter()
            .map(|row| (row.report.id, row.report.search.clone()));
        let words = words.collect();
        self.rows.iter().for_each(|row| tables.add(row));
        for table in tables.0 {
            table.write(&mut tx).await.expect("rows that fit");
        }
        search::add(&mut tx, words).await.expect("rows that fit");
        tx.commit().await.expect("a commit");
    }
}

/// The rows of every table in the order in which they are stored.
struct Tables([Bulk; 6]);

impl Default for Tables {
    fn default() -> Self {
        Self([
            Bulk::new(
                "INSERT INTO report (id, track_id, status, category, priority, text, note, search, \
                 channel, contact_id, reporter_name, reporter_phone, department, unit, created_at, \
                 updated_at, touched_at, read, step_count, response_due_at, responded_at, near_at, \
                 due_at, paused_at, paused_work_ms, finished_at, awaiting_validation, reopened, \
                 deleted_at)",
                29,
            ),
            Bulk::new(
                "INSERT INTO assignment (id, report_id, staff_id, at, by, note, status, removed_at)",
                8,
            ),
            Bulk::new(
                "INSERT INTO media (id, report_id, kind, filename, url, channel, state, at, due_at, \
                 tries, worker)",
                11,
            ),
            Bulk::new(
                "INSERT INTO progress (id, report_id, by, at, text, public)",
                6,
            ),
            Bulk::new(
                "INSERT INTO outbox (id, channel, address, contact_id, staff_id, report_id, kind, \
                 text, source, lane, state, created_at, due_at, worker, epoch, attempts, ambiguous, \
                 delivered_at, read_at, by)",
                20,
            ),
            Bulk::new(
                "INSERT INTO message (id, delivery_id, channel, contact_id, address, name, at, kind, \
                 text, report_id, handled_at)",
                11,
            ),
        ])
    }
}

impl Tables {
    fn add(&mut self, row: &Row) {
        let report = &row.report;
        self.0[0].row(report_args(report));
        for (index, staff) in (4..).zip(&row.staff) {
            self.0[1].row(task(report.id, index, staff, None));
        }
        // Whoever was taken off a report no longer has it.
        self.0[1].row(task(report.id, 7, "ADM03", Some(NOW)));
        if row.photo {
            self.0[2].row([
                (report.id + 1).into(),
                report.id.into(),
                "image".into(),
                "".into(),
                "".into(),
                "".into(),
                "stored".into(),
                0_i64.into(),
                0_i64.into(),
                0_i64.into(),
                "".into(),
            ]);
        }
        if row.progress {
            let id = (report.id + 1).into();
            self.0[3].row([
                id,
                report.id.into(),
                "x".into(),
                NOW.into(),
                "x".into(),
                true.into(),
            ]);
        }
        self.0[4].row(letter_args(report.id, &row.letter));
        self.0[5].row(message_args(report.id, &row.message));
    }
}

fn task(report: i64, index: i64, staff: &str, removed: Option<i64>) -> [Arg; 8] {
    [
        (report + index).into(),
        report.into(),
        staff.into(),
        0_i64.into(),
        "".into(),
        "".into(),
        "assigned".into(),
        removed.into(),
    ]
}

fn report_args(report: &Report) -> [Arg; 29] {
    [
        report.id.into(),
        (&report.track_id).into(),
        report.status.as_str().into(),
        report.category.as_deref().into(),
        report.priority.as_str().into(),
        (&report.text).into(),
        (&report.note).into(),
        (&report.search).into(),
        (&report.channel).into(),
        report.contact_id.into(),
        (&report.reporter_name).into(),
        report.reporter_phone.as_deref().into(),
        (&report.department).into(),
        (&report.unit).into(),
        report.created_at.into(),
        report.updated_at.into(),
        report.touched_at.into(),
        report.read.into(),
        report.step_count.into(),
        report.response_due_at.into(),
        report.responded_at.into(),
        report.near_at.into(),
        report.due_at.into(),
        report.paused_at.into(),
        report.paused_work_ms.into(),
        report.finished_at.into(),
        report.awaiting_validation.into(),
        report.reopened.into(),
        report.deleted_at.into(),
    ]
}

fn letter_args(report: i64, letter: &Letter) -> [Arg; 20] {
    [
        letter.id.into(),
        letter.channel.into(),
        (&letter.address).into(),
        letter.contact.into(),
        letter.staff.into(),
        report.into(),
        "text".into(),
        letter.text.into(),
        letter.source.into(),
        0_i64.into(),
        letter.state.into(),
        letter.created_at.into(),
        0_i64.into(),
        "".into(),
        0_i64.into(),
        0_i64.into(),
        0_i64.into(),
        letter.delivered_at.into(),
        letter.read_at.into(),
        "x".into(),
    ]
}

fn message_args(report: i64, message: &Message) -> [Arg; 11] {
    [
        message.id.into(),
        "d".into(),
        "utama".into(),
        message.contact.into(),
        "a".into(),
        message.name.into(),
        message.at.into(),
        message.kind.into(),
        message.text.into(),
        report.into(),
        message.handled_at.into(),
    ]
}

fn contact(dice: &mut Dice, id: i64) -> Contact {
    Contact {
        id,
        name: NAMES[usize::try_from(id % 4).expect("small numbers fit")],
        phone: (id != 8).then(|| format!("628110000000{id}")),
        last_in_at: (!dice.once_in(4)).then(|| NOW - dice.up_to(2 * DAY)),
    }
}

fn row(dice: &mut Dice, (n, count): (i64, i64), contacts: &[Contact]) -> Row {
    let report = report(dice, (n, count), contacts);
    let letter = letter(dice, &report, contacts);
    let message = message(dice, &report, contacts);
    let mut staff: Vec<&str> = STAFF
        .iter()
        .take(2)
        .map(|(id, _)| *id)
        .filter(|_| dice.once_in(2))
        .collect();
    if dice.once_in(5) {
        staff.reverse();
    }
    Row {
        report,
        staff,
        photo: dice.once_in(6),
        progress: dice.once_in(7),
        letter,
        message,
    }
}

fn report(dice: &mut Dice, (n, count): (i64, i64), contacts: &[Contact]) -> Report {
    let status = dice.pick(&Status::ALL);
    // Most are a little older than the one before, some are not; a few were brought in late.
    let mut created_at = NOW - 25 * DAY + 25 * DAY / (count + 1) * n;
    if dice.once_in(9) {
        created_at -= dice.up_to(DAY);
    }
    let contact = dice.pick(contacts);
    let has_contact = !dice.once_in(6);
    let (name, text) = (dice.pick(&NAMES), dice.pick(&TEXTS));
    let text = if text.starts_with("Langka") && !dice.once_in(20) {
        TEXTS[0]
    } else {
        text
    };
    let due_at = created_at + dice.up_to(4 * DAY);
    let responded_at = (!dice.once_in(4)).then(|| created_at + dice.up_to(4 * HOUR));
    let stopped = (created_at + dice.up_to(4 * DAY)).min(NOW);
    Report {
        id: 1_000 + n * STEP,
        track_id: format!("BRT2411{n:03}"),
        status,
        category: dice.pick(&CATEGORIES).map(Into::into),
        priority: if dice.once_in(3) {
            dice.pick(&Priority::ALL)
        } else {
            Priority::Normal
        },
        note: if dice.once_in(9) { "catatan" } else { "" }.into(),
        search: fold(&format!("{text} {name}")),
        text: text.into(),
        channel: "utama".into(),
        contact_id: has_contact.then_some(contact.id),
        address: None,
        message_id: None,
        reporter_name: name.into(),
        reporter_phone: (!dice.once_in(3)).then(|| format!("628110000000{}", 1 + dice.below(7))),
        employee_id: None,
        department: String::new(),
        unit: dice.pick(&UNITS).into(),
        created_at,
        updated_at: created_at + dice.up_to(NOW - created_at + 1),
        touched_at: created_at,
        read: dice.once_in(2),
        step_count: 1,
        response_due_at: created_at + 2 * HOUR,
        responded_at,
        near_at: created_at + (due_at - created_at) * 4 / 5,
        due_at,
        paused_at: (status == Status::Pending).then_some(stopped),
        paused_work_ms: 0,
        finished_at: status.is_closed().then_some(stopped),
        work_ms: None,
        confirmed_at: None,
        rating: None,
        comment: None,
        awaiting_validation: false,
        reopened: 0,
        parent_id: None,
        deleted_at: dice.once_in(12).then_some(NOW),
    }
}

fn letter(dice: &mut Dice, report: &Report, contacts: &[Contact]) -> Letter {
    let state = dice.pick(&STATES);
    let to_staff = dice.once_in(5);
    let contact = dice.pick(contacts);
    let delivered = state == "sent" && dice.once_in(2);
    let phone = contact
        .phone
        .clone()
        .filter(|_| !to_staff)
        .unwrap_or("628119999".into());
    Letter {
        id: report.id + 2,
        channel: dice.pick(&["utama", "cadangan"]),
        contact: (!to_staff).then_some(contact.id),
        address: format!("phone:{phone}"),
        text: dice.pick(&["Nomor laporan", "Terima kasih"]),
        source: dice.pick(&["reply", "notice", "manual"]),
        state,
        created_at: report.created_at,
        delivered_at: delivered.then_some(NOW),
        read_at: (delivered && dice.once_in(2)).then_some(NOW),
        staff: to_staff.then_some("ADM01"),
    }
}

fn message(dice: &mut Dice, report: &Report, contacts: &[Contact]) -> Message {
    let contact = dice.pick(contacts);
    Message {
        id: report.id + 3,
        contact: (!dice.once_in(9)).then_some(contact.id),
        name: dice.pick(&NAMES),
        text: dice.pick(&TEXTS),
        kind: dice.pick(&["report", "ordinary", "check"]),
        at: report.created_at,
        handled_at: dice.once_in(2).then_some(NOW),
    }
}

/// Stores five acts.
pub(crate) async fn acts(db: &Db) {
    let mut tx = db.begin().await.expect("a transaction");
    let staff = sql(
        "INSERT INTO staff (id, name, level, duty, email, username, active, present, \
         max_open, skills, note, profile, created_at, updated_at) VALUES ('ADM01', 'Rina Wati', \
         'staf', '', '', 'joko', TRUE, TRUE, 10, '[]', '', '{}', 0, 0)",
    );
    tx.execute(staff).await.expect("rows that fit");
    let mut bulk = Bulk::new(
        "INSERT INTO audit (seq, at, actor, origin, act, object, detail, detail_hash, undoable, hash)",
        10,
    );
    for (seq, at, actor, act, object, detail) in [
        (
            1,
            NOW - 3 * DAY,
            "ADM01",
            "report-open",
            "BRT2411001",
            Some("{}"),
        ),
        (
            2,
            NOW - 2 * DAY,
            "ADM02",
            "report-note",
            "BRT2411003",
            Some("Rahasia"),
        ),
        (3, NOW - DAY, "cli:root", "report-edit", "BRT2411002", None),
        (4, NOW, "ADM01", "report-finish", "BRT2411001", Some("{}")),
        (5, NOW, "ADM03", "staff-add", "ADM04", Some("{}")),
    ] {
        bulk.row([
            i64::from(seq).into(),
            at.into(),
            actor.into(),
            "cli".into(),
            act.into(),
            object.into(),
            detail.into(),
            "".into(),
            false.into(),
            "".into(),
        ]);
    }
    bulk.write(&mut tx).await.expect("rows that fit");
    tx.commit().await.expect("a commit");
}

/// Stores sums of a few days.
pub(crate) async fn sums(db: &Db) {
    let mut tx = db.begin().await.expect("a transaction");
    let mut sums = tanggap::store::tally::Changes::default();
    for (metric, day, key, n) in [
        ("created", "2024-11-29", "", 3),
        ("created", "2024-12-02", "", 2),
        ("category", "2024-11-29", "Air", 3),
        ("category", "2024-12-02", "Air", 1),
        ("category", "2024-12-02", "", 1),
        ("category", "2024-12-09", "AC", 1),
        ("tbo", "2024-11-30", "ADM01", 2),
        ("status", "2024-11-29", "done", 4),
        ("status", "2024-12-02", "new", 1),
        ("status", "", "new", 900),
    ] {
        sums.add(metric, (day, key), n);
    }
    sums.write(&mut tx).await.expect("rows that fit");
    tx.commit().await.expect("a commit");
}
