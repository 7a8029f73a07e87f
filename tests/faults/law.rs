//! The laws, counted from the crowd's notes, the gateway's record and the tables.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use tanggap::db::{Db, Record, Run as _, Sql, sql};
use tanggap::store::audit;
use tokio::time::sleep;

use crate::crowd::{Kind, Note};
use crate::desk::Desk;
use crate::gateway::{Gateway, Send};

/// Waits until nothing is left to work and to send, and returns how long that took.
pub(crate) async fn healed(db: &Db, limit: Duration) -> Duration {
    let start = Instant::now();
    loop {
        let inbox = "SELECT COUNT(*) FROM delivery WHERE state IN ('waiting', 'claimed')";
        let outbox = "SELECT COUNT(*) FROM outbox \
                      WHERE state IN ('pending', 'sending', 'unknown', 'retry', 'held')";
        let open = (count(db, sql(inbox)).await, count(db, sql(outbox)).await);
        if open == (0, 0) {
            return start.elapsed();
        }
        assert!(
            start.elapsed() < limit,
            "not healed after {limit:?}: {open:?} are open"
        );
        sleep(Duration::from_millis(200)).await;
    }
}

/// Returns what a counting statement counts.
pub(crate) async fn count(db: &Db, statement: Sql) -> i64 {
    let row: Option<(i64,)> = db.first(statement).await.expect("a count");
    row.expect("a row").0
}

async fn rows<T: Record>(db: &Db, text: &'static str) -> Vec<T> {
    db.all(sql(text)).await.expect("rows")
}

/// What is known after a run.
pub(crate) struct Evidence {
    pub(crate) notes: Vec<Note>,
    pub(crate) sends: Vec<Send>,
    /// Marks of messages that are meant to end in the quarantine.
    pub(crate) doomed: Vec<String>,
    /// How many letters may have been on their way when a worker died.
    pub(crate) in_flight: i64,
    /// N8 holds: what a dead worker has claimed waits for its lease, while another one that lives
    /// goes on with what the same people write next.
    pub(crate) in_order: bool,
}

impl Evidence {
    /// Collects what a run with one worker leaves that nobody killed.
    pub(crate) fn new(notes: Vec<Note>, gateway: &Gateway) -> Self {
        let sends = gateway.sends();
        Self {
            notes,
            sends,
            doomed: Vec::new(),
            in_flight: 0,
            in_order: true,
        }
    }
}

/// A report with the message that opened it.
#[derive(Debug, sqlx::FromRow)]
struct Report {
    track_id: String,
    text: String,
    message_id: Option<i64>,
    delivery_id: Option<String>,
}

/// A letter as the laws need it.
#[derive(Debug, sqlx::FromRow)]
struct Letter {
    address: String,
    text: String,
    state: String,
    ambiguous: i64,
}

/// What was found against the laws: the law, and whom it hit.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<(&'static str, String)>);

impl Violations {
    fn add(&mut self, law: &'static str, what: impl Into<String>) {
        self.0.push((law, what.into()));
    }

    /// Returns how many there are of each law.
    pub(crate) fn counts(&self) -> String {
        let laws = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"];
        let count = |law: &str| self.0.iter().filter(|(of, _)| *of == law).count();
        laws.map(|law| format!("{law}={}", count(law))).join(" ")
    }

    /// Fails the test unless there are none.
    pub(crate) fn none(&self, run: &str) {
        let shown: Vec<_> = self.0.iter().take(20).collect();
        assert!(shown.is_empty(), "{run}: {} {shown:#?}", self.counts());
    }
}

/// Counts everything that is against the laws.
pub(crate) async fn check(desk: &Desk, db: &Db, evidence: &Evidence) -> Violations {
    let mut found = Violations::default();
    stored(db, evidence, &mut found).await;
    let reports = reports(db).await;
    filed(&reports, evidence, &mut found);
    numbered(&reports, &mut found);
    if evidence.in_order {
        ordered(&reports, evidence, &mut found);
    }
    let letters: Vec<Letter> = rows(
        db,
        "SELECT address, text, state, ambiguous FROM outbox ORDER BY id",
    )
    .await;
    answered(&reports, &letters, evidence, &mut found);
    sent_once(&letters, evidence, &mut found);
    set_aside(db, evidence, &mut found).await;
    whole(desk, db, &mut found).await;
    found
}

/// N1: what was acknowledged is stored. N6: what came out of it belongs to somebody who wrote.
async fn stored(db: &Db, evidence: &Evidence, found: &mut Violations) {
    let bodies: Vec<(String,)> = rows(db, "SELECT body FROM delivery").await;
    let inbox = |(body,): &(String,)| {
        let body: serde_json::Value = serde_json::from_str(body).expect("a body of ours");
        body["inboxid"].as_u64().expect("a number of ours")
    };
    let ids: HashSet<u64> = bodies.iter().map(inbox).collect();
    for note in evidence.notes.iter().filter(|note| note.acknowledged) {
        if !ids.contains(&note.inbox) {
            found.add("N1", note.mark());
        }
    }
    let phones: HashSet<&str> = evidence
        .notes
        .iter()
        .map(|note| note.phone.as_str())
        .collect();
    for send in evidence
        .sends
        .iter()
        .filter(|send| !phones.contains(send.target.as_str()))
    {
        found.add("N6", format!("{} never wrote", send.target));
    }
}

async fn reports(db: &Db) -> Vec<Report> {
    rows(
        db,
        "SELECT r.track_id, r.text, r.message_id, d.id AS delivery_id FROM report r \
         LEFT JOIN message m ON m.id = r.message_id LEFT JOIN delivery d ON d.id = m.delivery_id \
         ORDER BY r.id",
    )
    .await
}

/// N2: every acknowledged report is there. N3: once. N6: with its message and delivery.
fn filed(reports: &[Report], evidence: &Evidence, found: &mut Violations) {
    for note in evidence
        .notes
        .iter()
        .filter(|note| note.kind == Kind::Report)
    {
        let mark = note.mark();
        let of_it = reports
            .iter()
            .filter(|report| report.text.contains(&mark))
            .count();
        let doomed = evidence.doomed.contains(&mark);
        if of_it == 0 && note.acknowledged && !doomed {
            found.add("N2", mark);
        } else if of_it > 1 || (of_it > 0 && doomed) {
            found.add("N3", format!("{mark}: {of_it} reports"));
        }
    }
    for report in reports {
        if report.message_id.is_none() || report.delivery_id.is_none() {
            found.add("N6", format!("{} came from nowhere", report.track_id));
        }
    }
}

/// N3: no number twice. N7: no number left out.
fn numbered(reports: &[Report], found: &mut Violations) {
    let mut months: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for report in reports {
        let (month, number) = report.track_id.split_at("BRT0000".len());
        months
            .entry(month)
            .or_default()
            .push(number.parse().expect("a running number"));
    }
    for (month, mut numbers) in months {
        numbers.sort_unstable();
        let all = numbers.len();
        numbers.dedup();
        if numbers.len() < all {
            found.add("N3", format!("{month}: numbers used twice"));
        }
        if numbers
            .iter()
            .zip(1..)
            .any(|(number, place)| *number != place)
        {
            found.add("N7", format!("{month}: gaps in {numbers:?}"));
        }
    }
}

/// N8: who writes one report after another finds them numbered so.
fn ordered(reports: &[Report], evidence: &Evidence, found: &mut Violations) {
    let place = |note: &Note| {
        let mark = note.mark();
        reports
            .iter()
            .position(|report| report.text.contains(&mark))
    };
    let mut last: HashMap<&str, usize> = HashMap::new();
    for note in evidence
        .notes
        .iter()
        .filter(|note| note.kind == Kind::Report)
    {
        let Some(place) = place(note) else { continue };
        if last
            .insert(&note.phone, place)
            .is_some_and(|before| before > place)
        {
            found.add("N8", format!("{} of {}", note.mark(), note.phone));
        }
    }
}

/// N4: every report has been answered with its number, or its letter is visibly dead.
fn answered(reports: &[Report], letters: &[Letter], evidence: &Evidence, found: &mut Violations) {
    let taken: Vec<&Send> = evidence.sends.iter().filter(|send| send.taken).collect();
    for report in reports {
        // The number ends at a mark, so that no longer number is taken for it.
        let number = format!("*{}*", report.track_id);
        let answered = taken.iter().any(|send| send.text.contains(&number));
        let mut of_it = letters
            .iter()
            .filter(|letter| letter.text.contains(&number));
        let dead = of_it.any(|letter| letter.state == "failed" && letter.ambiguous > 1);
        if !answered && !dead {
            found.add("N4", report.track_id.clone());
        }
    }
}

/// N5: a letter is taken once, and once more for each attempt that nobody can be sure of. Letters
/// of the same words to the same person are counted together.
fn sent_once(letters: &[Letter], evidence: &Evidence, found: &mut Violations) {
    let mut limits: HashMap<(&str, &str), (i64, i64)> = HashMap::new();
    for letter in letters {
        let target = letter.address.trim_start_matches("phone:");
        let (least, most) = limits.entry((target, &letter.text)).or_default();
        let sent = i64::from(letter.state == "sent");
        *least += i64::from(sent == 1 && letter.ambiguous == 0);
        *most += sent + letter.ambiguous;
        if letter.ambiguous > 2 {
            found.add(
                "N5",
                format!("{} unclear attempts to {target}", letter.ambiguous),
            );
        }
    }
    let mut taken: HashMap<(&str, &str), i64> = HashMap::new();
    for send in evidence.sends.iter().filter(|send| send.taken) {
        *taken.entry((&send.target, &send.text)).or_default() += 1;
    }
    for (letter, (least, most)) in &limits {
        let times = taken.remove(letter).unwrap_or_default();
        if times < *least || times > *most {
            found.add(
                "N5",
                format!("{letter:?} was taken {times} times, not {least} to {most}"),
            );
        }
    }
    for (letter, times) in taken {
        found.add(
            "N5",
            format!("{letter:?} was taken {times} times and never written"),
        );
    }
    let unclear = evidence.sends.iter().filter(|send| send.unclear).count();
    let scripted = i64::try_from(unclear).expect("few sends");
    let claimed: i64 = letters.iter().map(|letter| letter.ambiguous).sum();
    if claimed > scripted + evidence.in_flight {
        found.add(
            "N5",
            format!("{claimed} unclear attempts, the gateway knows of {scripted}"),
        );
    }
}

/// N2: what was set aside is exactly what was meant to be.
async fn set_aside(db: &Db, evidence: &Evidence, found: &mut Violations) {
    let aside: Vec<(String, Option<String>)> = rows(
        db,
        "SELECT body, reason FROM delivery WHERE state = 'quarantined'",
    )
    .await;
    for (body, reason) in &aside {
        if !evidence.doomed.iter().any(|mark| body.contains(mark)) {
            found.add("N2", format!("set aside for {reason:?}: {body}"));
        }
    }
    for mark in &evidence.doomed {
        if !aside.iter().any(|(body, _)| body.contains(mark)) {
            found.add("N2", format!("{mark} is not set aside"));
        }
    }
}

/// N7: the database is whole, and so is the audit trail.
async fn whole(desk: &Desk, db: &Db, found: &mut Violations) {
    if !db.is_shared() {
        let said: Vec<(String,)> = rows(db, "PRAGMA integrity_check").await;
        if said != [("ok".to_owned(),)] {
            found.add("N7", format!("{said:?}"));
        }
        let loose: Vec<(String,)> =
            rows(db, "SELECT \"table\" FROM pragma_foreign_key_check").await;
        if !loose.is_empty() {
            found.add("N7", format!("rows without their parents in {loose:?}"));
        }
    }
    let trail = audit::from(db, 0, i64::MAX).await.expect("the audit trail");
    let (key, mut last) = (desk.audit_key(), String::new());
    for (row, seq) in trail.iter().zip(1..) {
        last = audit::seal(&key, &last, row);
        if row.seq != seq || row.hash != last {
            return found.add("N7", format!("the audit trail breaks at {seq}"));
        }
    }
    let head = audit::head(db).await.expect("the head of the audit trail");
    if head.hash != last || usize::try_from(head.seq) != Ok(trail.len()) {
        found.add("N7", "the audit trail's end is cut".to_owned());
    }
}
