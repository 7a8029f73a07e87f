//! Gateways deliver again and again, all at once and in any order; people must not notice.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tanggap::db::{Run as _, sql};
use tanggap::domain::status::Status;
use tanggap::store;
use tanggap::{gateway, worker};

use crate::support::database::open;
use crate::support::fake_fonnte::Reply;
use crate::support::office::{DEDI, Office, RATNA, TAMU, assign, jakarta};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn a_delivery_that_comes_again_and_again_is_one_report_and_one_answer() {
    let office = Office::with("").await;
    let body = office.message(RATNA, "#bantu keran lantai 2 bocor");
    for _ in 0..6 {
        assert_eq!(office.deliver(&body).await, StatusCode::OK);
    }
    office.settled().await;
    assert_eq!(office.reports().await.len(), 1);
    assert_eq!(office.news().len(), 1);
    let seen = "SELECT COUNT(*) FROM delivery";
    assert_eq!(office.count(sql(seen)).await, 1);
}

#[tokio::test]
async fn five_copies_of_everything_at_once_and_shuffled_make_one_report_each() {
    let office = Office::with("[limits]\nreports_per_hour = 0").await;
    let bodies: Vec<Value> = (1..=20)
        .map(|n| office.message(RATNA, &format!("#bantu lampu {n} mati")))
        .collect();
    // 37 and 100 have no common divisor, so this is every copy once, in no order.
    let shuffled = (0..100).map(|n| &bodies[n * 37 % 100 / 5]);
    let answers = join_all(shuffled.map(|body| office.deliver(body))).await;
    assert!(answers.iter().all(|status| *status == StatusCode::OK));
    office.settled().await;
    let mut texts: Vec<String> = office
        .reports()
        .await
        .into_iter()
        .map(|it| it.text)
        .collect();
    texts.sort();
    let mut expected: Vec<String> = (1..=20).map(|n| format!("lampu {n} mati")).collect();
    expected.sort();
    assert_eq!(texts, expected);
    let told = office.news();
    assert_eq!(told.len(), 20, "one answer each");
    for n in 1..=20 {
        let number = format!("*BRT2411{n:03}*");
        let times = told.iter().filter(|it| it.text.contains(&number)).count();
        assert_eq!(times, 1, "{number}");
    }
}

#[tokio::test]
async fn without_an_inbox_at_the_gateway_content_and_time_tell_messages_apart() {
    let office = Office::with("").await;
    let write = |second: i64, text: &str| {
        let mut body = office.message(RATNA, text);
        body["inboxid"] = json!(0);
        body["timestamp"] = json!(office.desk.clock.now() / 1000 + second);
        body
    };
    let (lamp, tap) = ("#bantu lampu mati", "#bantu keran bocor");
    for body in [
        write(0, lamp),
        write(0, lamp),
        write(0, tap),
        write(1, lamp),
        write(0, tap),
    ] {
        assert_eq!(office.deliver(&body).await, StatusCode::OK);
    }
    office.settled().await;
    let texts: Vec<String> = office
        .reports()
        .await
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(texts, ["lampu mati", "keran bocor", "lampu mati"]);
}

#[tokio::test]
async fn what_is_replayed_after_forty_days_and_a_purge_is_still_known() {
    let office = Office::with("").await;
    let mut plain = office.message(RATNA, "#bantu atap kelas 4 bocor");
    plain["inboxid"] = json!(0);
    let bodies = [
        plain,
        office.message(RATNA, "#bantu kipas mati"),
        office.message(TAMU, "halo"),
    ];
    for body in &bodies {
        office.takes(body).await;
    }
    let before = office.letters().await.len();
    let mut work = office.work(tanggap::action::Actor::worker()).await;
    work.tx
        .execute(sql("DELETE FROM delivery"))
        .await
        .expect("a purge");
    work.commit().await.expect("a commit");
    office.pass(40 * DAY);
    for body in &bodies {
        assert_eq!(office.takes(body).await, [], "{body}");
    }
    assert_eq!(office.reports().await.len(), 2);
    assert_eq!(office.letters().await.len(), before);
    assert_eq!(office.count(sql("SELECT COUNT(*) FROM message")).await, 3);
}

/// Stores deliveries as they wait after a crash, all in one batch.
async fn wait_together(office: &Office, bodies: &[Value]) {
    let gateway = Arc::clone(&office.worker.shared().channels["utama"]);
    let rows: Vec<_> = bodies
        .iter()
        .map(|body| gateway::Delivery {
            content_type: "application/json".into(),
            body: body.to_string().into_bytes(),
            received_at: office.desk.clock.now(),
        })
        .map(|delivery| worker::webhook::row("utama", &*gateway, delivery))
        .collect();
    let mut tx = office.desk.db.begin().await.expect("a transaction");
    let new = store::inbox::insert(&mut tx, &rows, "waiting").await;
    assert_eq!(new.expect("new ones").len(), bodies.len());
    tx.commit().await.expect("a commit");
    office.desk.bells.inbox.notify_one();
    office.settled().await;
}

#[tokio::test]
async fn steps_that_arrive_together_are_taken_in_the_order_in_which_they_were_sent() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu aula mati").await;
    assign(&office, &number, &[DEDI]).await;
    office.settled().await;
    office.news();
    let sent = |text: &str, at: &str| {
        let mut body = office.message(DEDI, text);
        body["timestamp"] = json!(jakarta(at) / 1000);
        body
    };
    let bodies = [
        sent(&format!("#finish {number}"), "2024-11-18T08:03:00"),
        sent(&format!("#start {number}"), "2024-11-18T08:01:00"),
        sent(
            &format!("#report {number} lampu diganti"),
            "2024-11-18T08:02:00",
        ),
    ];
    wait_together(&office, &bodies).await;
    let report = office.find(&number).await;
    assert_eq!(report.status, Status::Done);
    let steps = store::step::of_report(&office.desk.db, report.id)
        .await
        .expect("steps");
    let kinds: Vec<_> = steps.iter().map(|step| step.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["received", "assigned", "started", "progress", "finished"]
    );
    let told = office.news();
    let dedi: Vec<_> = told.iter().filter(|it| it.to == DEDI.phone).collect();
    assert!(
        dedi[0].text.contains("tercatat mulai dikerjakan"),
        "{dedi:#?}"
    );
    assert!(
        dedi[2].text.contains("selesai dan pelapor kami beri tahu"),
        "{dedi:#?}"
    );
    let refused = "SELECT COUNT(*) FROM message WHERE reason IS NOT NULL";
    assert_eq!(office.count(sql(refused)).await, 0);
}

#[tokio::test]
async fn what_a_killed_worker_had_claimed_is_worked_by_the_next_one() {
    let office = Office::with("").await;
    let body = office.message(RATNA, "#bantu pintu rusak");
    let gateway = Arc::clone(&office.worker.shared().channels["utama"]);
    let delivery = gateway::Delivery {
        content_type: String::new(),
        body: body.to_string().into_bytes(),
        received_at: office.desk.clock.now(),
    };
    let mut row = worker::webhook::row("utama", &*gateway, delivery);
    // Stored and claimed, then the power went: acknowledged to nobody, so it comes again too.
    row.worker = "worker".into();
    row.due_at = office.desk.clock.now() + 60_000;
    let mut tx = office.desk.db.begin().await.expect("a transaction");
    store::inbox::insert(&mut tx, &[row], "claimed")
        .await
        .expect("stored");
    tx.commit().await.expect("a commit");
    assert_eq!(office.deliver(&body).await, StatusCode::OK, "the repeat");
    assert_eq!(office.reports().await.len(), 0, "the lease holds");
    office.pass(Duration::from_mins(1));
    office.settled().await;
    assert_eq!(office.reports().await.len(), 1);
    assert_eq!(office.news().len(), 1);
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_lets_its_letters_land() {
    let office = Office::with("").await;
    office
        .fonnte
        .script([Reply::Late(Duration::from_millis(200))]);
    office
        .deliver(&office.message(RATNA, "#bantu lampu mati"))
        .await;
    office.fonnte.wait_for(1, Duration::from_secs(10)).await;
    office.worker.stop().await;
    let db = open(&office.address).await;
    let states: Vec<(String, i64)> = db
        .all(sql("SELECT state, attempts FROM outbox"))
        .await
        .expect("rows");
    assert_eq!(states, [("sent".to_owned(), 1)]);
}
