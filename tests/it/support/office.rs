//! A whole desk at work: its worker listens, its gateway counts, its clock stands until moved.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tanggap::action::{Actor, Origin, Work, assign};
use tanggap::db::{Record, Run as _, Sql, sql};
use tanggap::desk::Desk;
use tanggap::store;
use tanggap::store::outbox::Letter;
use tanggap::store::report::Report;
use tanggap::worker::Worker;
use tokio::time::sleep;

use super::database;
use super::fake_fonnte::FakeFonnte;
pub(crate) use super::setup::desk;
use super::setup::{people, work_at};

/// The desk's own number.
pub(crate) const DEVICE: &str = "6281100000009";
/// What proves a webhook.
pub(crate) const KEY: &str = "kunci-webhook-uji";
/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody with a telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) phone: &'static str,
}

pub(crate) const RATNA: Person = Person {
    id: "PGW2402001",
    name: "Ratna Wulandari",
    phone: "6281100001001",
};
/// Nobody knows this one.
pub(crate) const TAMU: Person = Person {
    id: "",
    name: "Tamu Jauh",
    phone: "6281100001002",
};
pub(crate) const SRI: Person = Person {
    id: "ADM02",
    name: "Sri Lestari",
    phone: "6281100002002",
};
pub(crate) const DEDI: Person = Person {
    id: "ADM03",
    name: "Dedi Kurniawan",
    phone: "6281100002003",
};
pub(crate) const JOKO: Person = Person {
    id: "ADM04",
    name: "Joko Santoso",
    phone: "6281100002004",
};

/// How an office is set up.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The time in Jakarta.
    pub(crate) at: &'static str,
    /// Settings as TOML, without channels.
    pub(crate) settings: &'static str,
    /// Settings of the channel as TOML.
    pub(crate) channel: &'static str,
}

impl Default for Plan {
    /// A Monday morning.
    fn default() -> Self {
        Self {
            at: "2024-11-18T08:00:00",
            settings: "",
            channel: "",
        }
    }
}

/// A message as somebody got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) to: String,
    pub(crate) text: String,
}

/// A desk with its worker.
pub(crate) struct Office {
    pub(crate) desk: Arc<Desk>,
    pub(crate) fonnte: FakeFonnte,
    pub(crate) worker: Worker,
    pub(crate) address: String,
    pub(crate) http: reqwest::Client,
    written: Cell<i64>,
    heard: Cell<usize>,
}

impl Office {
    /// Opens an office on a fresh database with Ratna, Sri, Dedi and Joko in it.
    pub(crate) async fn open(plan: Plan) -> Self {
        let address = database::address().await;
        let fonnte = FakeFonnte::start().await;
        let desk = desk(&address, &plan, fonnte.url()).await;
        people(&desk).await;
        let worker = work_at(&desk).await;
        Self {
            worker,
            desk,
            fonnte,
            address,
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            written: Cell::new(0),
            heard: Cell::new(0),
        }
    }

    /// Opens an office with settings of the desk as TOML.
    pub(crate) async fn with(settings: &'static str) -> Self {
        let plan = Plan {
            settings,
            ..Plan::default()
        };
        Self::open(plan).await
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        let milliseconds = i64::try_from(time.as_millis()).expect("a short time");
        self.desk.clock.advance(milliseconds);
        self.desk.bells.outbox.notify_one();
        self.desk.bells.inbox.notify_one();
        self.desk.bells.media.notify_one();
    }

    /// Returns the address of a webhook.
    pub(crate) fn hook(&self, path: &str) -> String {
        format!("http://{}{path}", self.worker.address)
    }

    /// Writes down a message as Fonnte delivers it; every one has a number of its own.
    pub(crate) fn message(&self, from: Person, text: &str) -> Value {
        self.written.set(self.written.get() + 1);
        json!({
            "device": DEVICE, "sender": from.phone, "pengirim": from.phone, "name": from.name,
            "message": text, "pesan": text, "text": "non-button message", "member": "",
            "location": "", "url": "", "filename": "", "extension": "", "isgroup": false,
            "inboxid": 48_000_000 + self.written.get(), "timestamp": self.desk.clock.now() / 1000,
        })
    }

    /// Writes down a message with a photo.
    pub(crate) fn photo(&self, from: Person, text: &str) -> Value {
        let mut body = self.message(from, text);
        body["url"] = json!(self.fonnte.photo_url());
        body["filename"] = json!("foto.jpg");
        body["extension"] = json!("jpg");
        body
    }

    /// Delivers a webhook as Fonnte does and returns the answer.
    pub(crate) async fn deliver(&self, body: &Value) -> StatusCode {
        let address = self.hook(&format!("/webhook/utama?key={KEY}"));
        self.send(&address, body.to_string()).await.status()
    }

    /// Posts a body anywhere.
    pub(crate) async fn send(&self, address: &str, body: String) -> Response {
        let request = self.http.post(address).body(body);
        let request = request.header("content-type", "application/json");
        request.send().await.expect("an answer")
    }

    /// Delivers a webhook that must be taken, and waits until the desk has dealt with it.
    pub(crate) async fn takes(&self, body: &Value) -> Vec<Told> {
        assert_eq!(self.deliver(body).await, StatusCode::OK, "{body}");
        self.settled().await;
        self.news()
    }

    /// Lets somebody write, and returns what everybody got in consequence.
    pub(crate) async fn hears(&self, from: Person, text: &str) -> Vec<Told> {
        self.takes(&self.message(from, text)).await
    }

    /// Lets somebody write who gets exactly one answer and nobody else anything.
    pub(crate) async fn answer(&self, from: Person, text: &str) -> String {
        let told = self.hears(from, text).await;
        let [told] = told.as_slice() else {
            panic!("{text:?} has not one answer: {told:#?}");
        };
        assert_eq!(told.to, from.phone, "{text:?}");
        told.text.clone()
    }

    /// Files a report and returns its number.
    pub(crate) async fn report(&self, from: Person, text: &str) -> String {
        self.answer(from, text).await;
        let all = self.reports().await;
        all.last().expect("a report").track_id.clone()
    }

    /// Returns what was taken by the gateway since the last look.
    pub(crate) fn news(&self) -> Vec<Told> {
        let sends = self.fonnte.sends();
        let new = sends.iter().skip(self.heard.replace(sends.len()));
        let told = |sent: &super::fake_fonnte::Sent| Told {
            to: sent.field("target").to_owned(),
            text: sent.field("message").to_owned(),
        };
        new.filter(|sent| sent.id.is_some()).map(told).collect()
    }

    /// Waits until every delivery is worked and every letter that may go is gone.
    pub(crate) async fn settled(&self) {
        let start = Instant::now();
        while !self.is_settled().await {
            let patient = start.elapsed() < PATIENCE;
            assert!(patient, "no rest: {:#?}", self.unrest().await);
            sleep(Duration::from_millis(3)).await;
        }
    }

    /// Returns how many deliveries and letters are in which state.
    async fn unrest(&self) -> Vec<(String, i64)> {
        self.rows(sql(
            "SELECT 'delivery ' || state, COUNT(*) FROM delivery GROUP BY state \
             UNION ALL SELECT 'letter ' || state, COUNT(*) FROM outbox GROUP BY state",
        ))
        .await
    }

    async fn is_settled(&self) -> bool {
        let now = self.desk.clock.now();
        let open = sql("SELECT COUNT(*) FROM delivery WHERE state = 'claimed' \
                        OR (state = 'waiting' AND due_at <= $1)");
        if self.count(open.bind(now)).await > 0 {
            return false;
        }
        let letters = if self.worker.shared().holds.is_held("utama") {
            sql("SELECT COUNT(*) FROM outbox WHERE state = 'sending' AND created_at <= $1")
        } else {
            sql(
                "SELECT COUNT(*) FROM outbox o WHERE o.state = 'sending' OR (o.due_at <= $1 \
                 AND o.state IN ('held', 'pending', 'unknown', 'retry') AND NOT EXISTS ( \
                 SELECT 1 FROM outbox e WHERE e.address = o.address AND e.lane = o.lane \
                 AND e.id < o.id AND e.due_at > $1 AND e.state IN ('pending', 'unknown', 'retry')))",
            )
        };
        self.count(letters.bind(now)).await == 0
    }

    /// Waits until so many files are in the store.
    pub(crate) async fn fetched(&self, files: i64) {
        until("the files are fetched", async || {
            let stored = sql("SELECT COUNT(*) FROM media WHERE state = 'stored'");
            self.count(stored).await >= files
        })
        .await;
    }

    /// Returns what a counting statement counts.
    pub(crate) async fn count(&self, statement: Sql) -> i64 {
        let row: Option<(i64,)> = self.desk.db.first(statement).await.expect("a count");
        row.expect("a row").0
    }

    /// Returns rows.
    pub(crate) async fn rows<T: Record>(&self, statement: Sql) -> Vec<T> {
        self.desk.db.all(statement).await.expect("rows")
    }

    /// Returns every report, oldest first.
    pub(crate) async fn reports(&self) -> Vec<Report> {
        let select = sql("SELECT ").push(store::report::COLUMNS);
        self.rows(select.push(" FROM report ORDER BY id")).await
    }

    /// Returns one report.
    pub(crate) async fn find(&self, number: &str) -> Report {
        let found = store::report::find(&self.desk.db, number).await;
        found.expect("a database").expect("a report")
    }

    /// Returns every letter, oldest first.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let select = sql("SELECT ").push(store::outbox::COLUMNS);
        self.rows(select.push(" FROM outbox ORDER BY id")).await
    }

    /// Begins work in somebody's name.
    pub(crate) async fn work(&self, actor: Actor) -> Work<'_> {
        Work::begin(&self.desk, actor).await.expect("a transaction")
    }

    /// Returns a member of the staff as the one who acts at the console or by shell.
    pub(crate) async fn staff(&self, id: &str, origin: Origin) -> Actor {
        let found = store::staff::find(&self.desk.db, id).await;
        Actor::staff(&found.expect("a database").expect("staff"), origin)
    }

    /// Says one of the catalogue's chat texts.
    pub(crate) fn say(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        say(&self.desk, id, values)
    }
}

/// Says one of the catalogue's chat texts.
pub(crate) fn say(desk: &Desk, id: &str, values: &[(&'static str, &str)]) -> String {
    let values: Vec<_> = values
        .iter()
        .map(|(key, text)| (*key, (*text).into()))
        .collect();
    desk.settings().chat.say(id, &values)
}

/// Waits for something; fails the test when it does not come.
pub(crate) async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !is_so().await {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        sleep(Duration::from_millis(3)).await;
    }
}

/// Reads a time of Jakarta.
pub(crate) fn jakarta(at: &str) -> i64 {
    let civil: jiff::civil::DateTime = at.parse().expect("a time");
    let zoned = civil.in_tz("Asia/Jakarta").expect("a zone");
    zoned.timestamp().as_millisecond()
}

/// Gives a report to officers, as Sri does at the shell.
pub(crate) async fn assign(office: &Office, number: &str, officers: &[Person]) {
    let sri = office.staff(SRI.id, Origin::Shell).await;
    let mut work = office.work(sri).await;
    let officers: Vec<String> = officers.iter().map(|one| one.id.to_owned()).collect();
    let assigned = assign::assign(&mut work, number, &officers, None).await;
    assigned.expect("an assignment");
    work.commit().await.expect("a commit");
}
