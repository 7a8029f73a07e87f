//! F11, F12, F36: stops in order, and starts that are refused.

use std::time::{Duration, Instant};

use tanggap::db::sql;
use tokio::time::sleep;

use crate::crowd::{Crowd, Plan};
use crate::desk::{Desk, free_port};
use crate::gateway::{Gateway, Script};
use crate::kill::{HEAL, PARALLEL};
use crate::law::{self, Evidence, count};
use crate::signal::Signal;
use crate::{seeds, tell};

fn plan(seed: u64, port: u16) -> Plan {
    let over = Duration::from_secs(6);
    Plan {
        seed,
        messages: 200,
        people: 40,
        over,
        ports: vec![port],
        at_once: 1,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_told_to_stop_leaves_nothing_open_and_nothing_unknown() {
    for seed in seeds(3) {
        let gateway = Gateway::start(Script::Good(Duration::from_millis(150)), seed).await;
        let desk = Desk::new(gateway.url()).await;
        let port = free_port();
        let mut worker = desk.worker(port);
        worker.ready().await;
        let crowd = Crowd::start(&plan(seed, port));
        let mut slowest = Duration::ZERO;
        let db = desk.open().await;
        for _ in 0..4 {
            sleep(Duration::from_millis(1200)).await;
            slowest = slowest.max(worker.stop().await);
            let held = sql("SELECT COUNT(*) FROM delivery WHERE state = 'claimed'");
            assert_eq!(
                count(&db, held).await,
                0,
                "seed {seed}: deliveries are still claimed"
            );
            let held = sql("SELECT COUNT(*) FROM outbox WHERE state IN ('sending', 'unknown')");
            assert_eq!(
                count(&db, held).await,
                0,
                "seed {seed}: letters are unknown"
            );
            worker = desk.worker(port);
        }
        let notes = crowd.end().await;
        law::healed(&db, HEAL).await;
        worker.stop().await;
        let evidence = Evidence::new(notes, &gateway);
        let found = law::check(&desk, &db, &evidence).await;
        let run = format!(
            "F11 {} seed={seed} stops=4 slowest={slowest:?}",
            desk.engine()
        );
        tell(&format!("{run} {}", found.counts()));
        found.none(&run);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_gateway_does_not_keep_a_worker_from_stopping_in_time() {
    let gateway = Gateway::start(Script::Good(Duration::from_mins(1)), 0).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let mut worker = desk.worker(port);
    worker.ready().await;
    let notes = Crowd::start(&Plan {
        messages: 20,
        ..plan(1, port)
    })
    .end()
    .await;
    worker.stop().await;
    gateway.play(Script::Good(Duration::ZERO));
    let db = desk.open().await;
    let worker = desk.worker(port);
    law::healed(&db, HEAL).await;
    worker.stop().await;
    let in_flight = 2 * PARALLEL + i64::try_from(notes.len()).expect("few");
    let evidence = Evidence {
        in_flight,
        ..Evidence::new(notes, &gateway)
    };
    law::check(&desk, &db, &evidence).await.none("F11 silent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_signal_ends_a_worker_at_once() {
    let gateway = Gateway::start(Script::Good(Duration::from_mins(1)), 0).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let mut worker = desk.worker(port);
    worker.ready().await;
    let notes = Crowd::start(&Plan {
        messages: 20,
        ..plan(2, port)
    })
    .end()
    .await;
    worker.signal(Signal::Term);
    sleep(Duration::from_millis(300)).await;
    let start = Instant::now();
    worker.signal(Signal::Term);
    let ended = worker.end(Duration::from_secs(10)).await;
    assert!(
        ended.is_some() && start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    gateway.play(Script::Good(Duration::ZERO));
    let db = desk.open().await;
    let worker = desk.worker(port);
    law::healed(&db, HEAL).await;
    worker.stop().await;
    let in_flight = 2 * PARALLEL + i64::try_from(notes.len()).expect("few");
    let evidence = Evidence {
        in_flight,
        ..Evidence::new(notes, &gateway)
    };
    law::check(&desk, &db, &evidence).await.none("F12");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_worker_on_one_file_is_refused_in_plain_words() {
    let gateway = Gateway::start(Script::Good(Duration::ZERO), 0).await;
    let desk = Desk::new(gateway.url()).await;
    if desk.engine() != "SQLite" {
        return;
    }
    let mut first = desk.worker(free_port());
    first.ready().await;
    let start = Instant::now();
    let mut second = desk.worker(free_port());
    let ended = second.end(Duration::from_secs(10)).await.expect("it ends");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    assert!(!ended.success(), "{ended}");
    let said = second.log();
    assert!(
        said.contains("desk.db") && said.lines().count() <= 2,
        "{said}"
    );
    first.stop().await;
}
