//! Tracking numbers: unique, without gaps, and of the month in the organisation's zone.

use std::time::Duration;

use futures_util::future::join_all;
use tanggap::db::sql;
use tanggap::domain::track::month_key;
use tanggap::store::counter;
use tanggap::worker::{Lock, Worker, lock::LockError};

use crate::support::database::{folder, open, server};
use crate::support::office::{KEY, Office, Person, Plan, RATNA, until};
use crate::support::setup::{desk_on, work_at};

const NO_LIMITS: &str =
    "[limits]\nreports_per_hour = 0\nguest_reports_per_hour = 0\nguest_reports_per_day = 0";

#[tokio::test]
async fn the_thousandth_report_of_a_month_has_four_digits() {
    let office = Office::with("").await;
    let mut work = office.work(tanggap::action::Actor::worker()).await;
    let key = format!("track:{}", month_key("BRT", 2024, 11));
    counter::take(&mut work.tx, &key, 998)
        .await
        .expect("a counter");
    work.commit().await.expect("a commit");
    for expected in ["BRT2411999", "BRT24111000", "BRT24111001"] {
        assert_eq!(office.report(RATNA, "#bantu lampu mati").await, expected);
    }
    let newest = office.answer(RATNA, "cek BRT24111000").await;
    assert!(newest.contains("*BRT24111000*"), "{newest}");
}

#[tokio::test]
async fn the_month_ends_at_midnight_in_the_organisations_zone() {
    let plan = Plan {
        at: "2024-11-30T23:59:59.900",
        ..Plan::default()
    };
    let office = Office::open(plan).await;
    assert_eq!(
        office.report(RATNA, "#bantu lampu mati").await,
        "BRT2411001"
    );
    office.pass(Duration::from_millis(99));
    assert_eq!(
        office.report(RATNA, "#bantu keran bocor").await,
        "BRT2411002"
    );
    office.pass(Duration::from_millis(1));
    assert_eq!(
        office.report(RATNA, "#bantu pintu macet").await,
        "BRT2412001"
    );
}

#[tokio::test]
async fn a_report_that_is_refused_leaves_no_gap() {
    let office = Office::with("[limits]\nreports_per_hour = 1").await;
    assert_eq!(
        office.report(RATNA, "#bantu lampu mati").await,
        "BRT2411001"
    );
    office.hears(RATNA, "#bantu keran bocor").await;
    office.pass(Duration::from_hours(1));
    office.pass(Duration::from_millis(1));
    assert_eq!(
        office.report(RATNA, "#bantu pintu macet").await,
        "BRT2411002"
    );
}

/// Three hundred people, each with a phone.
fn crowd() -> Vec<Person> {
    let phone = |n: usize| -> &'static str { format!("628110000{:04}", 4000 + n).leak() };
    (0..300)
        .map(|n| Person {
            id: "",
            name: "Warga Kampus",
            phone: phone(n),
        })
        .collect()
}

/// An office with a second worker on the same database, and the addresses of both.
async fn two_workers() -> (Office, Worker, [String; 2]) {
    let plan = Plan {
        settings: NO_LIMITS,
        ..Plan::default()
    };
    let office = Office::open(plan.clone()).await;
    let clock = office.desk.clock.clone();
    let db = open(&office.address).await;
    let other = desk_on(db, clock, &plan, office.fonnte.url()).await;
    let other = work_at(&other).await;
    let urls = [
        office.hook(&format!("/webhook/utama?key={KEY}")),
        format!("http://{}/webhook/utama?key={KEY}", other.address),
    ];
    (office, other, urls)
}

#[tokio::test]
async fn two_workers_on_one_server_give_numbers_without_a_gap() {
    if server().is_none() {
        return;
    }
    let (office, _other, urls) = two_workers().await;
    let bodies: Vec<String> = crowd()
        .into_iter()
        .map(|one| office.message(one, "#bantu lampu mati").to_string())
        .collect();
    // Both get everything, as when a gateway repeats to another machine.
    for some in bodies.chunks(25) {
        let posts = some
            .iter()
            .flat_map(|body| urls.each_ref().map(|url| office.send(url, body.clone())));
        assert!(
            join_all(posts)
                .await
                .iter()
                .all(|answer| answer.status() == 200)
        );
    }
    office.settled().await;
    until("everybody is answered", async || {
        office.fonnte.taken() >= 300
    })
    .await;
    office.settled().await;
    let mut numbers: Vec<_> = office
        .reports()
        .await
        .into_iter()
        .map(|it| it.track_id)
        .collect();
    numbers.sort();
    let expected: Vec<_> = (1..=300).map(|n| format!("BRT2411{n:03}")).collect();
    assert_eq!(numbers, expected);
    assert_eq!(office.fonnte.taken(), 300);
}

#[tokio::test]
async fn a_stranger_who_meets_two_workers_at_once_is_one_contact() {
    if server().is_none() {
        return;
    }
    let (office, _other, urls) = two_workers().await;
    for person in crowd().into_iter().take(20) {
        let posts = urls.each_ref().map(|url| {
            let body = office.message(person, "#bantu lampu mati");
            office.send(url, body.to_string())
        });
        join_all(posts).await;
    }
    until("everything is filed", async || {
        office.pass(Duration::from_secs(1));
        office.reports().await.len() == 40
    })
    .await;
    office.settled().await;
    let contacts = office.count(sql("SELECT COUNT(*) FROM contact")).await;
    assert_eq!((contacts, office.fonnte.taken()), (20, 40));
}

#[tokio::test]
async fn one_worker_numbers_three_hundred_at_once_without_a_gap() {
    let office = Office::with(NO_LIMITS).await;
    let bodies: Vec<_> = crowd()
        .into_iter()
        .map(|one| office.message(one, "#bantu lampu mati"))
        .collect();
    for some in bodies.chunks(50) {
        join_all(some.iter().map(|body| office.deliver(body))).await;
    }
    office.settled().await;
    let numbers: Vec<_> = office
        .reports()
        .await
        .into_iter()
        .map(|it| it.track_id)
        .collect();
    let expected: Vec<_> = (1..=300).map(|n| format!("BRT2411{n:03}")).collect();
    assert_eq!(numbers, expected, "in the order of their rows");
    assert_eq!(office.fonnte.taken(), 300);
    let tail = "SELECT COUNT(*) FROM audit WHERE seq > (SELECT seq FROM audit_head)";
    assert_eq!(office.count(sql(tail)).await, 0);
}

#[test]
fn a_second_worker_on_one_file_is_refused_until_the_first_is_gone() {
    let file = folder().join("desk.db");
    let first = Lock::take(&file).expect("the first");
    let refused = Lock::take(&file).expect_err("the second");
    assert!(matches!(refused, LockError::Taken(_)), "{refused}");
    drop(first);
    Lock::take(&file).expect("the next");
}
