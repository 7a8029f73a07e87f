//! What reporters may do, see and get.

use std::time::Duration;

use serde_json::json;
use tanggap::action::{Origin, report};
use tanggap::db::sql;
use tanggap::domain::status::Status;
use tanggap::store::message::{COLUMNS, Message};
use tanggap::store::{contact, media, outbox};

use crate::support::office::{DEDI, DEVICE, Office, Plan, RATNA, SRI, TAMU, assign, jakarta};

const HOUR: Duration = Duration::from_hours(1);
const MINUTE: Duration = Duration::from_mins(1);
const WHO: &str = "Yth. Ratna Wulandari (Prodi Gizi),";

async fn messages(office: &Office) -> Vec<Message> {
    let select = sql("SELECT ").push(COLUMNS);
    office.rows(select.push(" FROM message ORDER BY id")).await
}

/// Lets Sri finish a report at the shell.
async fn finish(office: &Office, number: &str) {
    let mut work = office.work(office.staff(SRI.id, Origin::Shell).await).await;
    report::finish(&mut work, number, None)
        .await
        .expect("finished");
    work.commit().await.expect("a commit");
    office.settled().await;
}

#[tokio::test]
async fn stop_ends_notices_and_nothing_else_until_mulai() {
    let plan = Plan {
        at: "2024-11-18T22:00:00",
        settings: "[desk]\nquiet_hours = \"21:00-05:00\"",
        ..Plan::default()
    };
    let office = Office::open(plan).await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    assign(&office, &number, &[DEDI]).await;
    assert_eq!(
        office.answer(RATNA, " *Stop* ").await,
        office.say("opt-out-done", &[])
    );
    let states: Vec<_> = office.letters().await;
    let states: Vec<_> = states
        .iter()
        .map(|it| (it.lane, it.state.as_str()))
        .collect();
    assert_eq!(
        states,
        [(0, "sent"), (2, "pending"), (1, "cancelled"), (0, "sent")]
    );

    // One that was on its way and came back for another try is not sent any more either.
    let id = office.letters().await[2].id;
    let mut work = office.work(tanggap::action::Actor::worker()).await;
    let now = office.desk.clock.now();
    let back = outbox::change(&mut work.tx, &[id], &["cancelled"], ("retry", now)).await;
    assert_eq!(back.expect("changed"), 1);
    work.commit().await.expect("a commit");

    office.pass(8 * HOUR);
    office.settled().await;
    let told = office.news();
    assert_eq!(told.len(), 1, "only the officer: {told:#?}");
    assert_eq!(told[0].to, DEDI.phone);

    finish(&office, &number).await;
    assert_eq!(office.news(), [], "no notice");
    let check = office.answer(RATNA, &format!("cek {number}")).await;
    assert!(check.contains("Selesai"), "an answer still comes: {check}");
    office.report(RATNA, "#req stopkontak rusak").await;
    assert_eq!(office.find("BRT2411002").await.text, "stopkontak rusak");

    assert_eq!(
        office.answer(RATNA, "mulai").await,
        office.say("opt-in-done", &[])
    );
    finish(&office, "BRT2411002").await;
    let values = [("who", WHO), ("number", "BRT2411002")];
    assert_eq!(
        office.news()[0].text,
        office.say("notice-finished", &values)
    );
}

#[tokio::test]
async fn the_guide_comes_once_in_six_hours() {
    let office = Office::with("").await;
    let values = [("org", "BRT"), ("example", "BRT2411001")];
    let guide = office.say("guide", &values);
    assert_eq!(office.answer(TAMU, "selamat pagi").await, guide);
    assert_eq!(office.hears(TAMU, "halo?").await, []);
    office.pass(359 * MINUTE);
    assert_eq!(office.hears(TAMU, "stopkontak rusak").await, []);
    assert_eq!(
        office.answer(TAMU, "#help").await,
        guide,
        "asked for it comes at once"
    );
    office.pass(MINUTE);
    assert_eq!(office.answer(TAMU, "halo lagi").await, guide);
    let kinds: Vec<_> = messages(&office)
        .await
        .into_iter()
        .map(|it| it.kind)
        .collect();
    assert_eq!(
        kinds,
        ["ordinary", "ordinary", "ordinary", "guide", "ordinary"]
    );
    let how = office.answer(TAMU, "#bantu").await;
    assert_eq!(how, office.say("how-to-report", &[]));
}

#[tokio::test]
async fn a_request_for_erasure_is_confirmed_and_noted() {
    let office = Office::with("").await;
    let answer = office.answer(TAMU, "Hapus data saya").await;
    assert_eq!(answer, office.say("forget-me-received", &[("hours", "72")]));
    let found = contact::by_phone(&office.desk.db, TAMU.phone)
        .await
        .expect("a database");
    assert_eq!(
        found.expect("a contact").forget_at,
        Some(jakarta("2024-11-18T08:00:00"))
    );
}

#[tokio::test]
async fn somebody_elses_number_is_answered_like_one_that_does_not_exist() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    let before = office.find(&number).await;
    for command in [
        "cek NO",
        "#track NO",
        "selesai NO 5",
        "belum NO masih mati",
        "batal NO",
    ] {
        let other = office.answer(TAMU, &command.replace("NO", &number)).await;
        let missing = office
            .answer(TAMU, &command.replace("NO", "BRT2411777"))
            .await;
        assert_eq!(
            other,
            office.say("not-found", &[("number", &number)]),
            "{command}"
        );
        assert_eq!(
            missing,
            office.say("not-found", &[("number", "BRT2411777")]),
            "{command}"
        );
    }
    assert_eq!(office.find(&number).await, before);
}

#[tokio::test]
async fn who_tries_numbers_out_has_to_pause_after_ten() {
    let office = Office::with("").await;
    for n in 1..=10 {
        let answer = office.answer(TAMU, &format!("cek BRT2411{n:03}")).await;
        assert!(
            answer.contains("tidak ditemukan di antara"),
            "{n}: {answer}"
        );
    }
    let pause = office.say("misses-paused", &[("minutes", "60")]);
    assert_eq!(office.answer(TAMU, "cek BRT2411011").await, pause);
    assert_eq!(office.hears(TAMU, "cek BRT2411012").await, []);
    office.pass(59 * MINUTE);
    assert_eq!(office.hears(TAMU, "cek BRT2411013").await, []);
    office.pass(MINUTE);
    let answer = office.answer(TAMU, "cek BRT2411014").await;
    assert!(answer.contains("tidak ditemukan di antara"), "{answer}");
}

#[tokio::test]
async fn guests_and_employees_have_their_limits_and_hear_of_them_once() {
    let office = Office::with(
        "[limits]\nreports_per_hour = 3\nguest_reports_per_hour = 2\nguest_reports_per_day = 3",
    )
    .await;
    let hour = office.say("limit-reports", &[("minutes", "60")]);
    for (person, limit) in [(RATNA, 3), (TAMU, 2)] {
        for n in 0..limit {
            let answer = office.answer(person, "#bantu lampu mati").await;
            assert!(answer.contains("Nomor laporan"), "{} {n}", person.name);
        }
        assert_eq!(
            office.answer(person, "#bantu lampu mati").await,
            hour,
            "{}",
            person.name
        );
        assert_eq!(
            office.hears(person, "#bantu lampu mati").await,
            [],
            "{}",
            person.name
        );
    }
    office.pass(HOUR + MINUTE);
    office.report(RATNA, "#bantu lampu mati").await;
    office.report(TAMU, "#bantu lampu mati").await;
    let day = office.say("limit-reports-day", &[]);
    assert_eq!(office.answer(TAMU, "#bantu lampu mati").await, day);
    assert_eq!(office.reports().await.len(), 7);
    let kept = "SELECT COUNT(*) FROM message WHERE kind = 'ordinary' AND reason LIKE 'limit-%'";
    assert_eq!(office.count(sql(kept)).await, 5);
}

#[tokio::test]
async fn guests_are_refused_where_the_installation_knows_its_people() {
    let office = Office::with("[desk]\nguests = false").await;
    let refused = office.say("guests-refused", &[("org", "BRT")]);
    assert_eq!(office.answer(TAMU, "#bantu lampu mati").await, refused);
    office.report(RATNA, "#bantu lampu mati").await;
    office.report(DEDI, "#bantu keran bocor").await;
    assert_eq!(office.reports().await.len(), 2);
}

#[tokio::test]
async fn a_group_is_heard_and_answered_only_where_that_is_wanted() {
    for (settings, answers) in [("", 0), ("[desk]\ngroups = true", 1)] {
        let office = Office::with(settings).await;
        let mut body = office.message(RATNA, "#bantu lampu mati");
        body["sender"] = json!("120363000000000001@g.us");
        body["pengirim"] = body["sender"].clone();
        body["member"] = json!(RATNA.phone);
        body["isgroup"] = json!(true);
        let told = office.takes(&body).await;
        assert_eq!(told.len(), answers, "{settings}: {told:#?}");
        assert!(
            told.iter().all(|it| it.to == "120363000000000001@g.us"),
            "{told:#?}"
        );
        let kept = messages(&office).await;
        let kept = (kept.len(), kept[0].kind.as_str(), kept[0].phone.as_deref());
        let kind = if answers == 0 { "ordinary" } else { "report" };
        assert_eq!(kept, (1, kind, Some(RATNA.phone)));
    }
}

#[tokio::test]
async fn our_own_echo_is_no_message() {
    let office = Office::with("").await;
    let mut body = office.message(TAMU, "#bantu lampu mati");
    body["sender"] = json!(DEVICE);
    assert_eq!(office.takes(&body).await, []);
    assert_eq!(messages(&office).await, []);
}

#[tokio::test]
async fn a_photo_joins_the_report_of_the_last_ten_minutes() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    office.pass(10 * MINUTE);
    let told = office.takes(&office.photo(RATNA, "")).await;
    assert_eq!(
        told[0].text,
        office.say("file-joined", &[("number", &number)])
    );
    // The photo touched the report, so the time runs anew; a place joins as well.
    office.pass(10 * MINUTE);
    let mut place = office.message(RATNA, "non-text message");
    place["location"] = json!("-6.2001,106.8002");
    let told = office.takes(&place).await;
    assert_eq!(
        told[0].text,
        office.say("file-joined", &[("number", &number)])
    );
    office.pass(10 * MINUTE + Duration::from_millis(1));
    let told = office.takes(&office.photo(RATNA, "")).await;
    let values = [("org", "BRT"), ("example", "BRT2411001")];
    assert_eq!(
        told[0].text,
        office.say("guide", &values),
        "an ordinary message"
    );
    let kept: Vec<_> = messages(&office)
        .await
        .into_iter()
        .map(|it| (it.kind, it.track_id))
        .collect();
    let joined = ("report".to_owned(), Some(number.clone()));
    let expected = [
        joined.clone(),
        joined.clone(),
        joined,
        ("ordinary".to_owned(), None),
    ];
    assert_eq!(kept, expected);
    office.fetched(2).await;
    let report = office.find(&number).await;
    let files = media::of_reports(&office.desk.db, &[report.id])
        .await
        .expect("files");
    assert_eq!(files.len(), 1);
    let place = &messages(&office).await[2].location;
    assert_eq!(
        place.as_deref(),
        Some(r#"{"latitude":-6.2001,"longitude":106.8002}"#)
    );
}

#[tokio::test]
async fn cek_and_track_alone_list_the_senders_last_reports() {
    let office = Office::with("").await;
    assert_eq!(
        office.answer(RATNA, "cek").await,
        office.say("recent-none", &[])
    );
    office.report(RATNA, "#bantu lampu mati").await;
    office.report(RATNA, "#tolong keran bocor").await;
    finish(&office, "BRT2411001").await;
    office.news();
    let line = |number, status, text| {
        office.say(
            "recent-line",
            &[("number", number), ("status", status), ("text", text)],
        )
    };
    let expected = [
        office.say("recent-head", &[("who", WHO)]),
        line("BRT2411002", "Baru", "keran bocor"),
        line("BRT2411001", "Selesai", "lampu mati"),
    ]
    .join("\n");
    assert_eq!(office.answer(RATNA, "CEK").await, expected);
    assert_eq!(office.answer(RATNA, "#track").await, expected);
}

#[tokio::test]
async fn batal_withdraws_what_is_not_finished() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    let named = [("number", &*number)];
    assign(&office, &number, &[DEDI]).await;
    office.settled().await;
    office.news();
    let mut told = office.hears(RATNA, &format!("batal {number}")).await;
    told.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(told[0].text, office.say("withdraw-done", &named));
    assert_eq!(told[1].text, office.say("officer-withdrawn", &named));
    assert_eq!(office.find(&number).await.status, Status::Cancelled);
    let cancelled = [("number", &*number), ("status", "Batal")];
    for (command, id) in [
        ("batal NO", "withdraw-too-late"),
        ("belum NO masih mati", "too-late"),
        ("selesai NO", "too-late"),
    ] {
        let answer = office.answer(RATNA, &command.replace("NO", &number)).await;
        assert_eq!(answer, office.say(id, &cancelled), "{command}");
    }
    let number = office.report(RATNA, "#bantu keran bocor").await;
    finish(&office, &number).await;
    office.news();
    let done = [("number", &*number), ("status", "Selesai")];
    let answer = office.answer(RATNA, &format!("batal {number}")).await;
    assert_eq!(answer, office.say("withdraw-too-late", &done));
}

#[tokio::test]
async fn belum_on_unfinished_work_is_a_remark_and_selesai_closes_it() {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    let named = [("number", &*number)];
    let answer = office
        .answer(RATNA, &format!("belum selesai {number} sudah dua hari"))
        .await;
    assert_eq!(answer, office.say("refuse-noted", &named));
    assert_eq!(office.find(&number).await.status, Status::New);
    let answer = office.answer(RATNA, &format!("selesai {number}")).await;
    let at = [("number", &*number), ("at", "18 Nov 2024 08.00 WIB")];
    assert_eq!(answer, office.say("confirm-not-finished", &at));
    let again = office.answer(RATNA, &format!("selesai {number}")).await;
    assert_eq!(again, office.say("already-confirmed", &named));
    for (command, id) in [
        ("selesai", "number-missing-confirm"),
        ("#batal", "number-missing-withdraw"),
        ("#belum", "number-missing-refuse"),
        ("cek lampu", "pattern-number"),
    ] {
        let answer = office.answer(RATNA, command).await;
        assert_eq!(
            answer,
            office.say(id, &[("example", "BRT2411001")]),
            "{command}"
        );
    }
}
