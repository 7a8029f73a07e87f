//! What stands in an officer's way, and what the refusal says.

use tanggap::action::{Actor, Error, Origin, report};
use tanggap::db::sql;
use tanggap::domain::status::Status;

use crate::support::office::{DEDI, JOKO, Office, RATNA, SRI, TAMU, assign};

/// An office in which Dedi has one task.
async fn office() -> (Office, String) {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    assign(&office, &number, &[DEDI]).await;
    office.settled().await;
    office.news();
    (office, number)
}

#[tokio::test]
async fn a_task_of_somebody_else_and_an_unknown_one_are_refused_alike() {
    let (office, number) = office().await;
    for command in ["#start NO", "#report NO sudah", "#finish NO"] {
        for number in [&*number, "BRT2411777"] {
            let answer = office.answer(JOKO, &command.replace("NO", number)).await;
            let expected = office.say("not-assigned", &[("number", number)]);
            assert_eq!(answer, expected, "{command}");
        }
    }
    let none = office.say("jobs-none", &[("who", "Yth. Joko Santoso,")]);
    assert_eq!(office.answer(JOKO, "#job").await, none);
    let cek = office.answer(JOKO, &format!("cek {number}")).await;
    assert_eq!(cek, office.say("not-found", &[("number", &number)]));
    let cek = office.answer(DEDI, &format!("cek {number}")).await;
    assert!(cek.contains("Ditugaskan kepada Dedi Kurniawan"), "{cek}");
}

#[tokio::test]
async fn steps_out_of_order_are_refused_with_what_to_do() {
    let (office, number) = office().await;
    for (command, id) in [
        ("#report NO kabel diganti", "start-first"),
        ("#finish NO", "start-first"),
        ("#start NO", "start-done"),
        ("#start NO", "start-already"),
        ("#report NO", "progress-empty"),
        ("#finish NO", "finish-done"),
        ("#start NO", "already-finished"),
        ("#finish NO", "already-finished"),
    ] {
        let told = office.hears(DEDI, &command.replace("NO", &number)).await;
        let answer = told
            .iter()
            .find(|it| it.to == DEDI.phone)
            .expect("an answer");
        let values = [
            ("number", &*number),
            ("reporter", RATNA.name),
            ("unit", "Prodi Gizi"),
            ("text", "lampu mati"),
        ];
        assert_eq!(answer.text, office.say(id, &values), "{command}");
    }
    let missing = [("command", "#start")];
    let answer = office.answer(DEDI, "#start").await;
    assert_eq!(answer, office.say("officer-number-missing", &missing));
    assert_eq!(
        office.answer(DEDI, "#help2").await,
        office.say("guide-officer", &[])
    );
    assert_eq!(office.find(&number).await.status, Status::Done);
}

#[tokio::test]
async fn officers_words_mean_nothing_from_anybody_else() {
    let (office, number) = office().await;
    let told = office.hears(TAMU, &format!("#finish {number}")).await;
    assert!(told[0].text.contains("Panduan layanan"), "{told:#?}");
    assert_eq!(office.find(&number).await.status, Status::InProgress);
}

#[tokio::test]
async fn a_finish_waits_for_validation_where_the_desk_wants_it() {
    let office = Office::with("[desk]\nfinish_needs_validation = true").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    assign(&office, &number, &[DEDI]).await;
    office.settled().await;
    office.hears(DEDI, &format!("#start {number}")).await;
    let answer = office
        .answer(DEDI, &format!("#finish {number} lampu diganti"))
        .await;
    let named = [("number", &*number)];
    assert_eq!(answer, office.say("finish-waits-validation", &named));
    assert_eq!(office.find(&number).await.status, Status::InProgress);

    let sri = office.staff(SRI.id, Origin::Shell).await;
    let mut work = office.work(sri).await;
    let verdict = tanggap::action::progress::Verdict::default();
    let validated = tanggap::action::progress::validate(&mut work, &number, verdict).await;
    assert_eq!(validated.expect("validated").status, Status::Done);
    work.commit().await.expect("a commit");
    office.settled().await;
    let told = office.news();
    assert_eq!((told.len(), &*told[0].to), (1, RATNA.phone));
    assert!(
        told[0].text.contains("sudah selesai dikerjakan"),
        "{told:#?}"
    );
}

#[tokio::test]
async fn an_act_that_is_refused_leaves_nothing_behind() {
    let (office, number) = office().await;
    let audit = office.count(sql("SELECT seq FROM audit_head")).await;
    let tbo = office.staff(JOKO.id, Origin::Console).await;
    let mut work = office.work(tbo).await;
    let refused = report::reject(&mut work, &number, "bukan urusan kami").await;
    assert!(
        matches!(refused, Err(Error::Forbidden { .. })),
        "{refused:?}"
    );
    drop(work);
    let mut work = office.work(Actor::shell("uji")).await;
    let refused = report::reopen(&mut work, &number, "salah tutup").await;
    assert!(matches!(refused, Err(Error::Move(_))), "{refused:?}");
    let refused = report::pending(&mut work, &number, "  ").await;
    assert!(matches!(refused, Err(Error::ReasonMissing)), "{refused:?}");
    work.commit().await.expect("a commit of nothing");
    assert_eq!(office.count(sql("SELECT seq FROM audit_head")).await, audit);
    assert_eq!(office.find(&number).await.step_count, 2);
    assert_eq!(office.news(), []);
}
