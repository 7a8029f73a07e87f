//! F06, F32, F51: two workers on one PostgreSQL.

use std::time::{Duration, Instant};

use tanggap::db::{Db, sql};
use tokio::time::sleep;

use crate::crowd::{Crowd, Note, Plan};
use crate::desk::{Desk, Worker, free_port, server};
use crate::gateway::{Gateway, Script};
use crate::kill::{HEAL, PARALLEL};
use crate::law::{self, Evidence, count};
use crate::signal::Signal;
use crate::{is_long, seeds, tell};

/// A desk with two workers.
struct Pair {
    desk: Desk,
    gateway: Gateway,
    ports: [u16; 2],
}

impl Pair {
    async fn start(script: Script, seed: u64) -> (Self, [Worker; 2]) {
        let gateway = Gateway::start(script, seed).await;
        let desk = Desk::new(gateway.url()).await;
        let ports = [free_port(), free_port()];
        let mut one = desk.worker(ports[0]);
        // Both bring the schema up to date; the first one has it done.
        one.ready().await;
        let mut other = desk.worker(ports[1]);
        other.ready().await;
        let pair = Self {
            desk,
            gateway,
            ports,
        };
        (pair, [one, other])
    }

    fn crowd(&self, seed: u64, messages: usize) -> Crowd {
        let over = Duration::from_secs(if is_long() { 30 } else { 8 });
        let ports = self.ports.to_vec();
        Crowd::start(&Plan {
            seed,
            messages,
            people: 40,
            over,
            ports,
            at_once: 3,
        })
    }

    fn evidence(&self, notes: Vec<Note>) -> Evidence {
        let left = Evidence::new(notes, &self.gateway);
        Evidence {
            in_flight: PARALLEL,
            in_order: false,
            ..left
        }
    }
}

/// How many deliveries and letters a worker holds.
async fn held(db: &Db, port: u16) -> i64 {
    let name = format!("%:{port}");
    let deliveries =
        sql("SELECT COUNT(*) FROM delivery WHERE state = 'claimed' AND worker LIKE $1");
    let letters = sql("SELECT COUNT(*) FROM outbox WHERE state = 'sending' AND worker LIKE $1");
    count(db, deliveries.bind(&name)).await + count(db, letters.bind(&name)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_worker_takes_over_what_a_dead_one_held() {
    if server().is_none() {
        return;
    }
    let messages = if is_long() { 2000 } else { 300 };
    for seed in seeds(3) {
        let (pair, [one, other]) = Pair::start(Script::Rough, seed).await;
        let crowd = pair.crowd(seed, messages);
        sleep(Duration::from_secs(if is_long() { 15 } else { 4 })).await;
        one.kill().await;
        let killed = Instant::now();
        let notes = crowd.end().await;
        let db = pair.desk.open().await;
        while held(&db, pair.ports[0]).await > 0 {
            assert!(
                killed.elapsed() < Duration::from_secs(75),
                "seed {seed}: not taken over"
            );
            sleep(Duration::from_millis(200)).await;
        }
        let took = killed.elapsed();
        law::healed(&db, HEAL).await;
        other.stop().await;
        let evidence = pair.evidence(notes);
        let found = law::check(&pair.desk, &db, &evidence).await;
        let run = format!("F32 seed={seed} webhooks={messages} taken over in {took:.1?}");
        tell(&format!("{run} {}", found.counts()));
        found.none(&run);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_worker_finds_its_leases_gone_when_it_wakes() {
    if server().is_none() {
        return;
    }
    for seed in seeds(2) {
        let (pair, [one, other]) =
            Pair::start(Script::Good(Duration::from_millis(700)), seed).await;
        let crowd = pair.crowd(seed, 150);
        let db = pair.desk.open().await;
        // Frozen in the middle of its letters: after a while it always has some.
        sleep(Duration::from_secs(2)).await;
        let start = Instant::now();
        one.signal(Signal::Freeze);
        while held(&db, pair.ports[0]).await == 0 {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "it never has anything to do"
            );
            one.signal(Signal::Thaw);
            sleep(Duration::from_millis(50)).await;
            one.signal(Signal::Freeze);
        }
        pair.gateway.play(Script::Good(Duration::from_millis(20)));
        while held(&db, pair.ports[0]).await > 0 {
            assert!(
                start.elapsed() < Duration::from_secs(75),
                "seed {seed}: not taken over"
            );
            sleep(Duration::from_millis(200)).await;
        }
        one.signal(Signal::Thaw);
        let notes = crowd.end().await;
        law::healed(&db, HEAL).await;
        let refused = one.log().matches("a finish was refused").count();
        one.stop().await;
        other.stop().await;
        let evidence = pair.evidence(notes);
        let found = law::check(&pair.desk, &db, &evidence).await;
        let run = format!("F06 seed={seed} refused={refused}");
        tell(&format!("{run} {}", found.counts()));
        found.none(&run);
        assert!(refused > 0, "seed {seed}: nothing was refused");
    }
}
