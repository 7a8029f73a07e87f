//! What a stranger, a probe and a broken gateway get to see at the door.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::StatusCode;
use serde_json::json;
use tanggap::db::sql;
use tanggap::domain::phone::Phone;
use tanggap::gateway::{
    Accepted, Capability, Delivery, Device, Error, Event, Gateway, LoginBy, Outgoing, Pairing,
    Proof,
};
use tanggap::store::inbox;
use tanggap::store::message::{COLUMNS, Message};

use crate::support::office::{KEY, Office, RATNA, TAMU};
use crate::support::setup::work_with;

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_answered_with_yes() {
    let office = Office::with("").await;
    let url = office.hook(&format!("/webhook/utama?key={KEY}"));
    let bodies = [
        "bukan apa-apa",
        r#"{"device":"6281100000009","lain":1}"#,
        r#"{"sender":"siapa?","message":"halo"}"#,
    ];
    for body in bodies {
        let answer = office.send(&url, body.to_owned()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{body}");
    }
    let odd = office
        .http
        .post(&url)
        .body(vec![0xFF, 0x00, 0x22])
        .send()
        .await;
    assert_eq!(odd.expect("an answer").status(), StatusCode::OK);
    office.settled().await;
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM message ORDER BY id");
    let kept: Vec<Message> = office.rows(select).await;
    assert_eq!(kept.len(), 4);
    for (message, body) in kept.iter().zip(bodies) {
        assert_eq!(
            (message.kind.as_str(), message.text.as_str()),
            ("unparsed", body)
        );
        assert!(message.reason.is_some(), "{body}");
    }
    assert_eq!(office.news(), [], "nobody is answered");
}

#[tokio::test]
async fn only_who_knows_the_key_and_names_our_device_gets_in() {
    let office = Office::with("").await;
    let mut other = office.message(RATNA, "#bantu lampu mati");
    other["device"] = json!("6281100000008");
    let good = office.message(RATNA, "#bantu lampu mati");
    let large = "x".repeat(1024 * 1024 + 1);
    let utama = format!("/webhook/utama?key={KEY}");
    for (path, body, status) in [
        ("/webhook/utama", good.to_string(), StatusCode::UNAUTHORIZED),
        (
            "/webhook/utama?key=",
            good.to_string(),
            StatusCode::UNAUTHORIZED,
        ),
        (
            "/webhook/utama?key=salah",
            good.to_string(),
            StatusCode::UNAUTHORIZED,
        ),
        (&*utama, other.to_string(), StatusCode::UNAUTHORIZED),
        (
            &*format!("/webhook/lain?key={KEY}"),
            good.to_string(),
            StatusCode::NOT_FOUND,
        ),
        (&*utama, large, StatusCode::PAYLOAD_TOO_LARGE),
        ("/elsewhere", good.to_string(), StatusCode::NOT_FOUND),
        (&*utama, good.to_string(), StatusCode::OK),
    ] {
        let answer = office.send(&office.hook(path), body).await;
        assert_eq!(answer.status(), status, "{path}");
    }
    office.settled().await;
    assert_eq!(office.count(sql("SELECT COUNT(*) FROM delivery")).await, 1);
    assert_eq!(office.reports().await.len(), 1);
}

#[tokio::test]
async fn a_secret_in_the_body_is_as_good_as_one_in_the_address() {
    let office = Office::with("").await;
    let mut body = office.message(RATNA, "#bantu lampu mati");
    body["secret"] = json!(KEY);
    let answer = office
        .send(&office.hook("/webhook/utama"), body.to_string())
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let form = [
        ("sender", TAMU.phone),
        ("message", "#bantu keran bocor"),
        ("token", KEY),
    ];
    let request = office.http.post(office.hook("/webhook/utama")).form(&form);
    assert_eq!(
        request.send().await.expect("an answer").status(),
        StatusCode::OK
    );
    office.settled().await;
    assert_eq!(office.reports().await.len(), 2);
}

#[tokio::test]
async fn probes_and_monitors_are_answered() {
    let office = Office::with("").await;
    office.report(RATNA, "#bantu lampu mati").await;
    let get = async |path: &str| {
        let answer = office
            .http
            .get(office.hook(path))
            .send()
            .await
            .expect("an answer");
        (
            answer.status().as_u16(),
            answer.text().await.expect("a text"),
        )
    };
    assert_eq!(get("/webhook/utama").await.0, 200);
    assert_eq!(get("/webhook/lain").await.0, 404);
    assert_eq!(get("/healthz").await, (200, "ok\n".into()));
    let (status, ready) = get("/readyz").await;
    let ready: serde_json::Value = serde_json::from_str(&ready).expect("JSON");
    assert_eq!(
        (status, &ready["ready"], &ready["backlog"]),
        (200, &json!(true), &json!(0))
    );
    let (_, metrics) = get("/metrics").await;
    for line in [
        "tanggap_webhooks_accepted_total 1",
        "tanggap_messages_total 1",
        "tanggap_replies_total{state=\"sent\"} 1",
        "tanggap_reports 1",
        "tanggap_channel_up{channel=\"utama\"} 1",
    ] {
        assert!(metrics.lines().any(|it| it == line), "{line} in\n{metrics}");
    }
}

/// A gateway that dies of one message.
struct Fragile(Arc<dyn Gateway>);

impl Gateway for Fragile {
    fn capability(&self) -> Capability {
        self.0.capability()
    }
    fn genuine(&self, proof: &Proof<'_>) -> bool {
        self.0.genuine(proof)
    }
    fn delivery_key(&self, delivery: &Delivery) -> String {
        self.0.delivery_key(delivery)
    }
    fn read(&self, delivery: &Delivery) -> Vec<Event> {
        let body = String::from_utf8_lossy(&delivery.body);
        assert!(!body.contains("racun"), "this message is poison");
        self.0.read(delivery)
    }
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<Accepted, Error>> {
        self.0.send(message)
    }
    fn device(&self) -> BoxFuture<'_, Result<Device, Error>> {
        self.0.device()
    }
    fn login(&self, by: LoginBy) -> BoxFuture<'_, Result<Pairing, Error>> {
        self.0.login(by)
    }
    fn logout(&self) -> BoxFuture<'_, Result<(), Error>> {
        self.0.logout()
    }
    fn check<'a>(&'a self, phones: &'a [Phone]) -> BoxFuture<'a, Result<Vec<bool>, Error>> {
        self.0.check(phones)
    }
    fn media_host(&self, host: &str) -> bool {
        self.0.media_host(host)
    }
}

#[tokio::test]
async fn a_poisonous_message_harms_no_other_and_is_set_aside_after_five_tries() {
    let mut office = Office::with("[inbox]\ntries = 5").await;
    office.worker = work_with(&office.desk, |gateway| Arc::new(Fragile(gateway))).await;
    let texts = ["#bantu lampu mati", "#bantu racun", "#bantu keran bocor"];
    let bodies = texts.map(|text| office.message(RATNA, text));
    let posts = bodies.iter().map(|body| office.deliver(body));
    futures_util::future::join_all(posts).await;
    for _ in 0..6 {
        office.settled().await;
        office.pass(Duration::from_mins(2));
    }
    let mut texts: Vec<_> = office
        .reports()
        .await
        .into_iter()
        .map(|it| it.text)
        .collect();
    texts.sort();
    assert_eq!(texts, ["keran bocor", "lampu mati"]);
    assert_eq!(office.news().len(), 2);
    assert_eq!(
        inbox::quarantined(&office.desk.db).await.expect("a count"),
        1
    );
    let tries = sql("SELECT tries FROM delivery WHERE state = 'quarantined'");
    assert_eq!(office.count(tries).await, 5);
}
