//! What becomes of letters when the gateway misbehaves, and when they may go at all.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tanggap::action::{Actor, Origin, message, outbox};
use tanggap::domain::phone::Phone;
use tanggap::store::outbox::Letter;
use tanggap::store::{channel, outbox as letters};

use crate::support::fake_fonnte::Reply;
use crate::support::office::{
    DEDI, DEVICE, Office, Plan, RATNA, SRI, TAMU, assign, jakarta, until,
};

const SECOND: Duration = Duration::from_secs(1);

async fn only(office: &Office) -> Letter {
    let letters = office.letters().await;
    let [letter] = letters.try_into().expect("one letter");
    letter
}

#[tokio::test]
async fn a_doubtful_answer_is_repeated_once_and_never_twice() {
    let office = Office::with("").await;
    office.fonnte.script([Reply::TakeThenStatus(500)]);
    office.hears(RATNA, "#bantu lampu mati").await;
    let letter = only(&office).await;
    assert_eq!(
        (&*letter.state, letter.ambiguous, letter.attempts),
        ("unknown", 1, 1)
    );
    assert_eq!(
        letter.due_at,
        jakarta("2024-11-18T08:00:10"),
        "time to hear of it"
    );
    office.pass(10 * SECOND);
    office.settled().await;
    assert_eq!(only(&office).await.state, "sent");
    assert_eq!(office.fonnte.taken(), 2);

    office
        .fonnte
        .script([Reply::TakeThenText("<html>"), Reply::TakeThenStatus(502)]);
    office.hears(TAMU, "halo").await;
    office.pass(10 * SECOND);
    office.settled().await;
    let letter = office.letters().await.remove(1);
    assert_eq!((&*letter.state, letter.ambiguous), ("failed", 2));
    office.pass(3600 * SECOND);
    office.settled().await;
    assert_eq!(office.fonnte.taken(), 4);
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_and_shown() {
    let office = Office::with("").await;
    office.fonnte.script([Reply::Refuse("target invalid")]);
    office.hears(RATNA, "#bantu lampu mati").await;
    let letter = only(&office).await;
    assert_eq!(
        (&*letter.state, letter.last_error.as_deref()),
        ("failed", Some("target invalid"))
    );
    office.pass(3600 * SECOND);
    office.settled().await;
    assert_eq!(office.fonnte.sends().len(), 1);

    let mut work = office.work(Actor::shell("uji")).await;
    outbox::retry(&mut work, &[letter.id])
        .await
        .expect("another try");
    work.commit().await.expect("a commit");
    office.settled().await;
    assert_eq!(only(&office).await.state, "sent", "a person may still try");
}

/// Waits until the worker knows whether the channel is held.
async fn is_held(office: &Office, held: bool) {
    until("the hold is known", async || {
        let row = channel::find(&office.desk.db, "utama")
            .await
            .expect("a database");
        let stored = row.expect("a channel").held_at.is_some();
        stored == held && office.worker.shared().holds.is_held("utama") == held
    })
    .await;
}

#[tokio::test]
async fn a_bad_token_holds_the_channel_and_keeps_its_queue() {
    let office = Office::with("").await;
    office.fonnte.script([Reply::Refuse("token invalid")]);
    office.hears(RATNA, "#bantu lampu mati").await;
    is_held(&office, true).await;
    office.hears(TAMU, "halo").await;
    office.pass(600 * SECOND);
    office.settled().await;
    assert_eq!(office.fonnte.sends().len(), 1, "nothing more is tried");
    let states: Vec<_> = office
        .letters()
        .await
        .into_iter()
        .map(|it| it.state)
        .collect();
    assert_eq!(states, ["retry", "pending"]);

    let connected = json!({"device": DEVICE, "status": "connect", "timestamp": "1731892200"});
    office.deliver(&connected).await;
    is_held(&office, false).await;
    office.settled().await;
    let to: BTreeSet<_> = office.news().into_iter().map(|it| it.to).collect();
    assert_eq!(
        to,
        BTreeSet::from([RATNA.phone, TAMU.phone].map(str::to_owned))
    );
}

#[tokio::test]
async fn a_lost_number_holds_the_channel_until_the_gateway_has_it_again() {
    let office = Office::with("").await;
    office.fonnte.set_connected(false);
    let lost = json!({"device": DEVICE, "status": "disconnect", "reason": "logged out"});
    office.deliver(&lost).await;
    is_held(&office, true).await;
    office.hears(RATNA, "#bantu lampu mati").await;
    assert_eq!(office.fonnte.sends().len(), 0);
    office.pass(60 * SECOND);
    until("the gateway is asked", async || {
        office.fonnte.calls("device") == 1
    })
    .await;
    is_held(&office, true).await;
    office.fonnte.set_connected(true);
    office.pass(60 * SECOND);
    is_held(&office, false).await;
    office.settled().await;
    assert_eq!(office.news().len(), 1);
}

#[tokio::test]
async fn a_pause_that_the_gateway_asks_for_is_kept() {
    let office = Office::with("").await;
    office.fonnte.script([Reply::TooMany(Some("120"))]);
    office.hears(RATNA, "#bantu lampu mati").await;
    office.hears(RATNA, "#bantu keran bocor").await;
    let told = office.hears(TAMU, "halo").await;
    assert_eq!(told.len(), 1, "others do not wait: {told:#?}");
    let letter = office.letters().await.remove(0);
    assert_eq!(
        (&*letter.state, letter.due_at),
        ("retry", jakarta("2024-11-18T08:02:00"))
    );
    let due = letters::next_due(&office.desk.db, "utama", 0)
        .await
        .expect("a time");
    assert_eq!(due, Some(letter.due_at), "the second waits for the first");
    office.pass(119 * SECOND);
    office.settled().await;
    assert_eq!(office.news(), []);
    office.pass(SECOND);
    office.settled().await;
    let told = office.news();
    assert!(told[0].text.contains("BRT2411001"), "{told:#?}");
    assert!(
        told[1].text.contains("BRT2411002"),
        "a person's order is kept: {told:#?}"
    );
    assert_eq!(office.fonnte.sends().len(), 4);
}

/// Delivers a status of a message as Fonnte does.
async fn status(office: &Office, body: serde_json::Value) -> Letter {
    office.takes(&body).await;
    only(office).await
}

#[tokio::test]
async fn later_news_of_a_letter_move_it_forward_only() {
    let office = Office::with("").await;
    office.hears(RATNA, "#bantu lampu mati").await;
    let id = office.fonnte.sends()[0].id.expect("an id").to_string();
    let base = json!({"device": DEVICE, "id": id, "stateid": "3EB0UJI", "status": "sent", "state": "sent"});
    let with = |state: &str, at: i64| {
        let mut body = base.clone();
        body["state"] = json!(state);
        body["timestamp"] = json!(at);
        body
    };
    let at = |n: i64| 1_731_891_600 + n;
    let letter = status(&office, with("delivered", at(2))).await;
    assert_eq!(
        (letter.delivered_at, letter.read_at),
        (Some(at(2) * 1000), None)
    );
    // From here on only the other name is told, as Fonnte does.
    let alone = |state: &str, n: i64| json!({"device": DEVICE, "stateid": "3EB0UJI", "state": state, "timestamp": at(n)});
    let letter = status(&office, alone("read", 3)).await;
    assert_eq!(
        (letter.delivered_at, letter.read_at),
        (Some(at(2) * 1000), Some(at(3) * 1000))
    );
    for (state, n) in [("sent", 4), ("delivered", 5), ("failed", 6), ("read", 7)] {
        let after = status(&office, alone(state, n)).await;
        let times = (after.delivered_at, after.read_at, &*after.state);
        assert_eq!(
            times,
            (letter.delivered_at, letter.read_at, "sent"),
            "{state}"
        );
    }
    let strange = json!({"device": DEVICE, "id": "151999999", "status": "read", "state": "read"});
    assert_eq!(status(&office, strange).await.read_at, letter.read_at);
}

#[tokio::test]
async fn a_status_settles_what_nobody_knew_without_a_repeat() {
    let office = Office::with("").await;
    office.hears(RATNA, "#bantu lampu mati").await;
    let failed = json!({"device": DEVICE, "id": office.fonnte.sends()[0].id, "status": "failed", "state": "failed"});
    assert_eq!(status(&office, failed).await.state, "failed");
}

#[tokio::test]
async fn what_the_console_sends_can_be_taken_back_for_a_moment() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    let sri = office.staff(SRI.id, Origin::Console).await;
    let mut work = office.work(sri).await;
    let ids = message::reply(&mut work, RATNA.phone, "mohon tunggu")
        .await
        .expect("a reply");
    let officers = [DEDI.id.to_owned()];
    tanggap::action::assign::assign(&mut work, &number, &officers, None)
        .await
        .expect("assigned");
    work.commit().await.expect("a commit");
    office.settled().await;
    let held = office
        .letters()
        .await
        .into_iter()
        .filter(|it| it.state == "held");
    let held: Vec<_> = held.map(|it| (it.due_at, it.by)).collect();
    let until = jakarta("2024-11-18T08:00:10");
    assert_eq!(held, vec![(until, SRI.id.to_owned()); 3]);
    // An answer of the desk itself overtakes what is held.
    assert!(office.answer(RATNA, "cek").await.contains("BRT2411001"));

    let mut work = office.work(Actor::shell("uji")).await;
    outbox::cancel(&mut work, &ids).await.expect("taken back");
    work.commit().await.expect("a commit");
    office.pass(10 * SECOND);
    office.settled().await;
    let told = office.news();
    let mut to: Vec<_> = told.iter().map(|it| it.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, [RATNA.phone, DEDI.phone]);
    assert!(
        told.iter().all(|it| !it.text.contains("mohon tunggu")),
        "{told:#?}"
    );
}

#[tokio::test]
async fn quiet_hours_keep_notices_back_and_never_answers() {
    let plan = Plan {
        at: "2024-11-18T22:00:00",
        settings: "[desk]\nquiet_hours = \"21:00-05:00\"",
        ..Plan::default()
    };
    let office = Office::open(plan).await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    assign(&office, &number, &[DEDI]).await;
    office.settled().await;
    assert_eq!(office.news(), []);
    office.pass(Duration::from_secs(7 * 3600 - 1));
    office.settled().await;
    assert_eq!(office.news(), []);
    office.pass(SECOND);
    office.settled().await;
    assert_eq!(office.news().len(), 2);
}

#[tokio::test]
async fn a_paused_queue_sends_nothing_until_it_goes_on() {
    let office = Office::with("").await;
    let pause = async |paused| {
        let mut work = office.work(Actor::shell("uji")).await;
        outbox::pause(&mut work, paused).await.expect("paused");
        work.commit().await.expect("a commit");
        until("the worker knows", async || {
            office.worker.shared().holds.is_held("utama") == paused
        })
        .await;
    };
    pause(true).await;
    assert_eq!(office.hears(RATNA, "#bantu lampu mati").await, []);
    pause(false).await;
    office.settled().await;
    assert_eq!(office.news().len(), 1);
}

#[tokio::test]
async fn a_gateway_that_never_answers_leaves_the_outcome_open() {
    let office = Office::with("[outbox]\nsend_seconds = 2\nconnect_seconds = 1").await;
    office.fonnte.script([Reply::Hang]);
    office.hears(RATNA, "#bantu lampu mati").await;
    let letter = only(&office).await;
    assert_eq!((&*letter.state, letter.ambiguous), ("unknown", 1));
    office.pass(10 * SECOND);
    let sends = office.fonnte.wait_for(2, 10 * SECOND).await;
    assert_eq!(sends[0].fields, sends[1].fields, "the same again");
}

#[tokio::test]
async fn what_certainly_was_not_sent_is_tried_again_and_a_refused_login_holds() {
    let office = Office::with("").await;
    office
        .fonnte
        .script([Reply::Status(404), Reply::Status(401)]);
    office.hears(RATNA, "#bantu lampu mati").await;
    let letter = only(&office).await;
    assert_eq!((&*letter.state, letter.ambiguous), ("retry", 0));
    office.pass(5 * SECOND);
    is_held(&office, true).await;
    assert_eq!(only(&office).await.state, "retry");
    assert!(
        office
            .fonnte
            .sends()
            .iter()
            .all(|it| it.token == "token-uji")
    );
}

#[tokio::test]
async fn a_slow_letter_is_not_overtaken_by_the_next_one_to_the_same_person() {
    let office = Office::with("").await;
    office
        .fonnte
        .script([Reply::Late(Duration::from_millis(120))]);
    let bodies = ["#bantu lampu mati", "#bantu keran bocor"].map(|it| office.message(RATNA, it));
    for body in &bodies {
        office.deliver(body).await;
    }
    office.settled().await;
    let sends = office.fonnte.sends();
    assert!(sends[1].at - sends[0].at >= Duration::from_millis(120));
    assert!(sends[0].field("message").contains("BRT2411001"));
}

#[tokio::test]
async fn a_picture_from_the_desk_goes_out_with_its_bytes() {
    let office = Office::with("").await;
    let bytes = b"\xFF\xD8\xFF gambar denah";
    let kept = tanggap::media::keep(&office.desk.media, bytes).expect("kept");
    let mut work = office.work(Actor::shell("uji")).await;
    let parcel = outbox::Parcel {
        channel: None,
        to: "0811-0000-1002".into(),
        kind: "image",
        text: "denah lantai 2".into(),
        payload: Some(json!({"sha256": kept.sha256, "filename": "denah.jpg"}).to_string()),
    };
    outbox::send(&mut work, parcel).await.expect("a letter");
    work.commit().await.expect("a commit");
    office.settled().await;
    let sent = office.fonnte.sends().remove(0);
    assert_eq!(
        (sent.field("target"), sent.field("message")),
        (TAMU.phone, "denah lantai 2")
    );
    let (name, sent_bytes) = sent.file.expect("a file");
    assert_eq!((&*name, &*sent_bytes), ("denah.jpg", &bytes[..]));
}

#[tokio::test]
async fn numbers_that_are_not_on_whatsapp_are_told_apart() {
    let office = Office::with("").await;
    office.fonnte.unregister([TAMU.phone.to_owned()]);
    let phones = [RATNA, TAMU].map(|one| Phone::parse(one.phone, "62").expect("a number"));
    let found = office.worker.shared().channels["utama"]
        .check(&phones)
        .await;
    assert_eq!(found.expect("an answer"), [true, false]);
}
