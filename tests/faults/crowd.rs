//! People who write: each webhook is repeated until it is acknowledged, as a gateway does, and the
//! crowd itself writes down which ones were.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tanggap::clock::Clock;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::desk::{DEVICE, KEY};

/// How long a webhook is repeated at most.
const LONGEST: Duration = Duration::from_mins(4);
/// How long the gateway waits for an answer and between two tries.
const WAIT: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);

/// How people write.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) messages: usize,
    pub(crate) people: usize,
    /// How long all of it takes when nothing goes wrong.
    pub(crate) over: Duration,
    /// The workers' ports.
    pub(crate) ports: Vec<u16>,
    /// Each webhook is posted up to so many times at once.
    pub(crate) at_once: usize,
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Report,
    Check,
    Ordinary,
    Guide,
}

/// A message and what became of its webhook.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) inbox: u64,
    pub(crate) phone: String,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) acknowledged: bool,
}

impl Note {
    /// Returns the words that stand in this message and in no other.
    pub(crate) fn mark(&self) -> String {
        format!("uji {:06}", self.inbox)
    }

    fn body(&self) -> Value {
        json!({
            "device": DEVICE, "sender": self.phone, "pengirim": self.phone, "name": "Warga Uji",
            "message": self.text, "pesan": self.text, "text": "non-button message",
            "isgroup": false, "inboxid": self.inbox, "timestamp": Clock::System.now() / 1000,
        })
    }
}

/// Makes a message.
pub(crate) fn note(inbox: u64, phone: usize, kind: Kind) -> Note {
    let mark = format!("uji {inbox:06}");
    let text = match kind {
        Kind::Report => format!("#req lampu {mark} mati di ruang 203"),
        Kind::Check => format!("cek BRT2411{inbox:06}"),
        Kind::Ordinary => format!("terima kasih banyak {mark}"),
        Kind::Guide => "menu".to_owned(),
    };
    let phone = format!("62811000{:05}", 1000 + phone);
    Note {
        inbox,
        phone,
        kind,
        text,
        acknowledged: false,
    }
}

/// The people at work.
pub(crate) struct Crowd(JoinSet<Vec<Note>>);

impl Crowd {
    /// Lets everybody write, each person one message after the other.
    pub(crate) fn start(plan: &Plan) -> Self {
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let mut dice = StdRng::seed_from_u64(plan.seed);
        let mut people = vec![Vec::new(); plan.people];
        for inbox in 1..=plan.messages {
            let person = dice.random_range(0..plan.people);
            people[person].push(note(inbox as u64, person, kind(&mut dice)));
        }
        let mut tasks = JoinSet::new();
        let plan = Arc::new(plan.clone());
        for notes in people {
            let writer = Writer::new(Arc::clone(&plan), StdRng::seed_from_u64(dice.random()));
            tasks.spawn(writer.write(notes));
        }
        Self(tasks)
    }

    /// Waits until everybody is done and returns what each wrote, in order.
    pub(crate) async fn end(self) -> Vec<Note> {
        self.0.join_all().await.into_iter().flatten().collect()
    }
}

fn kind(dice: &mut StdRng) -> Kind {
    match dice.random_range(0..100) {
        0..75 => Kind::Report,
        75..85 => Kind::Check,
        85..95 => Kind::Ordinary,
        _ => Kind::Guide,
    }
}

struct Writer {
    plan: Arc<Plan>,
    dice: StdRng,
    http: reqwest::Client,
}

impl Writer {
    fn new(plan: Arc<Plan>, dice: StdRng) -> Self {
        let http = reqwest::Client::builder().no_proxy().timeout(WAIT).build();
        Self {
            plan,
            dice,
            http: http.expect("a client"),
        }
    }

    async fn write(mut self, mut notes: Vec<Note>) -> Vec<Note> {
        let count = u32::try_from(notes.len()).expect("few").max(1);
        let longest = 2.0 * self.plan.over.as_secs_f64() / f64::from(count);
        for note in &mut notes {
            sleep(Duration::from_secs_f64(
                self.dice.random_range(0.0..=longest),
            ))
            .await;
            self.until_acknowledged(note).await;
            if self.dice.random_bool(0.2) {
                // The gateway did not hear the answer.
                self.post(note).await;
            }
        }
        notes
    }

    async fn until_acknowledged(&mut self, note: &mut Note) {
        let start = Instant::now();
        while !note.acknowledged && start.elapsed() < LONGEST {
            note.acknowledged = self.post(note).await;
            if !note.acknowledged {
                sleep(PAUSE).await;
            }
        }
    }

    /// Posts a webhook, up to so many times at once, and returns true when one was acknowledged.
    async fn post(&mut self, note: &Note) -> bool {
        let times = self.dice.random_range(1..=self.plan.at_once.max(1));
        let body = note.body().to_string();
        let posts = (0..times).map(|_| {
            let port = self.plan.ports[self.dice.random_range(0..self.plan.ports.len())];
            let address = format!("http://127.0.0.1:{port}/webhook/utama?key={KEY}");
            let request = self
                .http
                .post(address)
                .header("content-type", "application/json");
            request.body(body.clone()).send()
        });
        let posts: Vec<_> = posts.collect();
        let answers = futures_util::future::join_all(posts).await;
        answers
            .into_iter()
            .flatten()
            .any(|answer| answer.status().is_success())
    }
}

/// Posts one webhook until it is acknowledged.
#[cfg(feature = "faults")]
pub(crate) async fn deliver(port: u16, mut note: Note) -> Note {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let plan = Plan {
        seed: 0,
        messages: 1,
        people: 1,
        over: Duration::ZERO,
        ports: vec![port],
        at_once: 1,
    };
    let mut writer = Writer::new(Arc::new(plan), StdRng::seed_from_u64(0));
    writer.until_acknowledged(&mut note).await;
    note
}
