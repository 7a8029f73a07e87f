//! F02, F04, F05, F09, F10: deaths at named points and of certain texts, in a build with the
//! feature `faults`.

use std::os::unix::process::ExitStatusExt as _;
use std::time::Duration;

use crate::crowd::{self, Crowd, Kind, Plan};
use crate::desk::{Desk, free_port};
use crate::gateway::{Gateway, Script};
use crate::kill::{HEAL, PARALLEL};
use crate::law::{self, Evidence};
use crate::signal::Signal;
use crate::{is_long, seeds, tell};

/// Points that a worker passes while it works.
const POINTS: [&str; 14] = [
    "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11", "k12", "k13", "k18",
];
/// The signal of a process that aborts.
const ABORTED: i32 = 6;
/// The point that it passes when it is told to stop.
const DRAINING: &str = "k20";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_whichever_point_a_worker_dies_at() {
    let times = if is_long() { 20 } else { 2 };
    for seed in seeds(1) {
        let gateway = Gateway::start(Script::Good(Duration::from_millis(10)), seed).await;
        let desk = Desk::new(gateway.url()).await;
        let port = free_port();
        let deaths = times * (POINTS.len() + 1);
        let plan = Plan {
            seed,
            messages: 10 * deaths,
            people: 20,
            over: Duration::from_millis(500) * u32::try_from(deaths).expect("few"),
            ports: vec![port],
            at_once: 1,
        };
        let crowd = Crowd::start(&plan);
        for round in 1..=times {
            dies_everywhere(&desk, port).await;
            tell(&format!("F02 {} round {round} of {times}", desk.engine()));
        }
        let worker = desk.worker(port);
        let notes = crowd.end().await;
        let db = desk.open().await;
        law::healed(&db, HEAL).await;
        worker.stop().await;
        let in_flight = PARALLEL * i64::try_from(deaths).expect("few");
        let evidence = Evidence {
            in_flight,
            ..Evidence::new(notes, &gateway)
        };
        let found = law::check(&desk, &db, &evidence).await;
        let run = format!("F02 {} seed={seed} deaths={deaths}", desk.engine());
        tell(&format!("{run} {}", found.counts()));
        found.none(&run);
    }
}

async fn dies_everywhere(desk: &Desk, port: u16) {
    for point in POINTS {
        dies_at(desk, port, point).await;
    }
    dies_draining(desk, port).await;
}

/// Runs a worker under load until it dies at a point.
async fn dies_at(desk: &Desk, port: u16, point: &str) {
    let mut worker = desk.worker_with(port, &[("TANGGAP_STOP_AT", &format!("{point}/3"))]);
    let ended = worker.end(Duration::from_mins(1)).await;
    let ended = ended.unwrap_or_else(|| panic!("it never came to {point}"));
    assert_eq!(
        ended.signal(),
        Some(ABORTED),
        "{point}: {ended}: {}",
        worker.log()
    );
}

async fn dies_draining(desk: &Desk, port: u16) {
    let mut worker = desk.worker_with(port, &[("TANGGAP_STOP_AT", DRAINING)]);
    worker.ready().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    worker.signal(Signal::Term);
    let ended = worker.end(Duration::from_secs(20)).await.expect("it ends");
    assert_eq!(ended.signal(), Some(ABORTED), "{ended}: {}", worker.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delivery_that_was_stored_but_not_acknowledged_is_one_report() {
    let gateway = Gateway::start(Script::Good(Duration::ZERO), 0).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let posted = tokio::spawn(crowd::deliver(port, crowd::note(1, 0, Kind::Report)));
    dies_at_once(&desk, port, "k4").await;
    let worker = desk.worker(port);
    let note = posted.await.expect("an acknowledgement");
    for _ in 0..5 {
        assert!(
            crowd::deliver(port, crowd::note(1, 0, Kind::Report))
                .await
                .acknowledged
        );
    }
    let db = desk.open().await;
    law::healed(&db, HEAL).await;
    worker.stop().await;
    assert_eq!(gateway.taken(), 1);
    let evidence = Evidence::new(vec![note], &gateway);
    law::check(&desk, &db, &evidence).await.none("F04");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_was_sent_but_not_marked_is_repeated_once_at_most() {
    let gateway = Gateway::start(Script::Good(Duration::ZERO), 0).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let posted = tokio::spawn(crowd::deliver(port, crowd::note(1, 0, Kind::Report)));
    dies_at_once(&desk, port, "k12").await;
    dies_at_once(&desk, port, "k12").await;
    let worker = desk.worker(port);
    let note = posted.await.expect("an acknowledgement");
    let db = desk.open().await;
    law::healed(&db, HEAL).await;
    worker.stop().await;
    assert_eq!(gateway.taken(), 2);
    let evidence = Evidence {
        in_flight: 2,
        ..Evidence::new(vec![note], &gateway)
    };
    law::check(&desk, &db, &evidence).await.none("F05");
}

async fn dies_at_once(desk: &Desk, port: u16, point: &str) {
    let mut worker = desk.worker_with(port, &[("TANGGAP_STOP_AT", point)]);
    let ended = worker.end(Duration::from_secs(30)).await.expect("it dies");
    assert_eq!(ended.signal(), Some(ABORTED), "{ended}: {}", worker.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poisoned_message_is_set_aside_and_harms_nobody_else() {
    set_aside("TANGGAP_POISON", 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadly_message_is_set_aside_after_three_deaths() {
    set_aside("TANGGAP_DEADLY", 3).await;
}

/// Lets people write, one of them something bad, until that is set aside; it may bring the worker
/// down so many times.
async fn set_aside(by: &str, deaths: usize) {
    let messages = if is_long() { 2000 } else { 200 };
    let gateway = Gateway::start(Script::Good(Duration::ZERO), 0).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let bad = crowd::note(900_001, 3, Kind::Report);
    let mark = bad.mark();
    let environment = [(by, mark.as_str())];
    let mut worker = desk.worker_with(port, &environment);
    worker.ready().await;
    let over = Duration::from_secs(8);
    let plan = Plan {
        seed: 1,
        messages,
        people: 20,
        over,
        ports: vec![port],
        at_once: 1,
    };
    let crowd = Crowd::start(&plan);
    let posted = tokio::spawn(crowd::deliver(port, bad));
    for death in 0..deaths {
        let ended = worker.end(Duration::from_secs(30)).await;
        let signal = ended.and_then(|ended| ended.signal());
        assert_eq!(
            signal,
            Some(ABORTED),
            "after {death} deaths: {}",
            worker.log()
        );
        worker = desk.worker_with(port, &environment);
    }
    let mut notes = crowd.end().await;
    notes.push(posted.await.expect("an acknowledgement"));
    let db = desk.open().await;
    law::healed(&db, HEAL).await;
    worker.stop().await;
    let in_flight = PARALLEL * i64::try_from(deaths).expect("few");
    let evidence = Evidence {
        doomed: vec![mark],
        in_flight,
        ..Evidence::new(notes, &gateway)
    };
    law::check(&desk, &db, &evidence).await.none(by);
}
