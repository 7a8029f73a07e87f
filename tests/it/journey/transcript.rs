//! One report from the first word to the last, as everybody reads it.

use std::time::Duration;

use tanggap::action::{Origin, assign};
use tanggap::db::sql;
use tanggap::domain::status::Status;
use tanggap::store;

use crate::support::office::{DEDI, Office, Person, Plan, RATNA, SRI, Told, jakarta};

const NO: &str = "BRT2411001";
const WHO: &str = "Yth. Ratna Wulandari (Prodi Gizi),";

/// An office whose clock goes on by five minutes with everything that happens.
struct Story {
    office: Office,
    page: String,
}

impl Story {
    /// Lets somebody write and checks what everybody gets, in order.
    async fn writes(&mut self, who: Person, text: &str, expected: &[(Person, String)]) {
        let body = self.office.message(who, text);
        self.delivers(who, body, expected).await;
    }

    async fn sends_photo(&mut self, who: Person, text: &str, expected: &[(Person, String)]) {
        let body = self.office.photo(who, text);
        self.delivers(who, body, expected).await;
    }

    async fn delivers(
        &mut self,
        who: Person,
        body: serde_json::Value,
        expected: &[(Person, String)],
    ) {
        let text = body["message"].as_str().expect("a text").to_owned();
        let photo = if body["url"] == "" { "" } else { " [foto]" };
        self.notes(&format!("{} {}{photo}: {text}", self.clock(), who.name));
        let told = self.office.takes(&body).await;
        self.reads(&text, &told, expected);
    }

    fn reads(&mut self, cause: &str, told: &[Told], expected: &[(Person, String)]) {
        let expected: Vec<Told> = expected
            .iter()
            .map(|(to, text)| Told {
                to: to.phone.into(),
                text: text.clone(),
            })
            .collect();
        assert_eq!(told, expected, "after {cause:?}");
        for one in told {
            let name = [RATNA, DEDI].into_iter().find(|it| it.phone == one.to);
            let name = name.expect("somebody of the story").name;
            let lines = one.text.replace('\n', "\n        ");
            self.notes(&format!("    BRT → {name}:\n        {lines}"));
        }
        self.notes("");
        self.office.pass(Duration::from_mins(5));
    }

    fn notes(&mut self, line: &str) {
        self.page.push_str(line);
        self.page.push('\n');
    }

    fn clock(&self) -> String {
        let now = self
            .office
            .desk
            .settings()
            .local(self.office.desk.clock.now());
        now.strftime("%H.%M").to_string()
    }

    fn say(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        let mut all = vec![("who", WHO), ("number", NO), ("officer", DEDI.name)];
        all.extend(values);
        self.office.say(id, &all)
    }
}

/// Times of the story as the replies show them.
fn at(clock: &str) -> String {
    format!("18 Nov 2024 {clock} WIB")
}

async fn begins() -> Story {
    let plan = Plan {
        // One letter at a time, so that the order in which people are told is one.
        settings: "[outbox]\nparallel = 1",
        ..Plan::default()
    };
    Story {
        office: Office::open(plan).await,
        page: String::new(),
    }
}

async fn is_reported_and_assigned(story: &mut Story) {
    let text = "lampu ruang kelas 2 mati sejak pagi";
    let received = story.say("report-received", &[("org", "BRT")]);
    let said = format!("#bantu {text}");
    story.sends_photo(RATNA, &said, &[(RATNA, received)]).await;

    let actor = story.office.staff(SRI.id, Origin::Shell).await;
    let mut work = story.office.work(actor).await;
    let officers = [DEDI.id.to_owned()];
    assign::assign(&mut work, NO, &officers, Some("bawa tangga"))
        .await
        .expect("an assignment");
    work.commit().await.expect("a commit");
    let act = format!("{} {} menugaskan {}", story.clock(), SRI.name, DEDI.name);
    story.notes(&act);
    story.office.settled().await;
    let task = [
        story.say(
            "officer-assigned",
            &[
                ("reporter", RATNA.name),
                ("unit", "Prodi Gizi"),
                ("text", text),
                ("deadline", "26 Nov 2024 09.30 WIB"),
            ],
        ),
        story.say("officer-assigned-phone", &[("phone", "+6281100001001")]),
        story.say("officer-assigned-note", &[("note", "bawa tangga")]),
    ];
    let told = story.office.news();
    let notice = story.say("notice-assigned", &[]);
    story.reads("assign", &told, &[(DEDI, task.join("\n")), (RATNA, notice)]);
}

async fn is_worked(story: &mut Story) {
    let text = "lampu ruang kelas 2 mati sejak pagi";
    let jobs = [
        story
            .office
            .say("jobs-head", &[("who", "Yth. Dedi Kurniawan,"), ("n", "1")]),
        story.say(
            "jobs-line",
            &[
                ("n", "1"),
                ("status", "Proses"),
                ("deadline", "26 Nov 2024 09.30 WIB"),
                ("sla", "aman"),
                ("unit", "Prodi Gizi"),
                ("text", text),
            ],
        ),
    ];
    story.writes(DEDI, "#job", &[(DEDI, jobs.join("\n"))]).await;

    let values = [
        ("reporter", RATNA.name),
        ("unit", "Prodi Gizi"),
        ("text", text),
    ];
    let answers = [
        (DEDI, story.say("start-done", &values)),
        (RATNA, story.say("notice-started", &[])),
    ];
    story.writes(DEDI, "#start BRT2411001", &answers).await;

    let news = [("text", "kabel sudah diganti")];
    let answers = [
        (DEDI, story.say("progress-done", &[])),
        (RATNA, story.say("notice-progress", &news)),
    ];
    let said = "#report BRT2411001 kabel sudah diganti";
    story.sends_photo(DEDI, said, &answers).await;

    let answers = [
        (DEDI, story.say("finish-done", &[])),
        (RATNA, story.say("notice-finished", &[])),
    ];
    story.writes(DEDI, "#finish BRT2411001", &answers).await;
}

async fn is_looked_up(story: &mut Story) {
    let (then, finished) = (at("08.25"), story.office.say("step-finished", &[]));
    let check = [("status", "Selesai"), ("at", &*then), ("step", &*finished)];
    let check = story.say("check", &check);
    story
        .writes(RATNA, "cek BRT2411001", &[(RATNA, check)])
        .await;

    let steps = [
        ("08.00", story.say("step-received", &[])),
        ("08.05", story.say("step-assigned", &[])),
        ("08.15", story.say("step-started", &[])),
        (
            "08.20",
            story.say("step-progress", &[("text", "kabel sudah diganti")]),
        ),
        ("08.25", finished),
    ];
    let mut lines = vec![story.say("track-head", &[("status", "Selesai")])];
    for (n, (clock, step)) in steps.iter().enumerate() {
        let values = [
            ("n", &*(n + 1).to_string()),
            ("at", &*at(clock)),
            ("step", step),
        ];
        lines.push(story.say("track-line", &values));
    }
    story
        .writes(RATNA, "#track brt 2411001", &[(RATNA, lines.join("\n"))])
        .await;
}

async fn is_refused_and_confirmed(story: &mut Story) {
    let answers = [
        (RATNA, story.say("refuse-reopened", &[])),
        (
            DEDI,
            story.say("officer-refused", &[("why", "lampu masih berkedip")]),
        ),
    ];
    story
        .writes(RATNA, "belum BRT2411001 lampu masih berkedip", &answers)
        .await;

    let answers = [
        (DEDI, story.say("finish-done", &[])),
        (RATNA, story.say("notice-finished", &[])),
    ];
    let said = "#finish BRT2411001 sambungan dikencangkan";
    story.writes(DEDI, said, &answers).await;

    let done = story.say("confirm-done", &[("at", &at("08.50"))]);
    let rated = story.say("confirm-thanks-rating", &[("rating", "5")]);
    let said = "selesai BRT2411001 5 terima kasih";
    story
        .writes(RATNA, said, &[(RATNA, format!("{done}\n{rated}"))])
        .await;
}

#[tokio::test]
async fn a_report_is_told_to_everybody_from_the_first_word_to_the_last() {
    let mut story = begins().await;
    is_reported_and_assigned(&mut story).await;
    is_worked(&mut story).await;
    is_looked_up(&mut story).await;
    is_refused_and_confirmed(&mut story).await;
    story.office.fetched(2).await;
    insta::assert_snapshot!("transcript", story.page);
    the_report_is_closed(&story.office).await;
    every_step_is_kept(&story.office).await;
    every_act_is_written_down(&story.office).await;
    photos_are_kept_by_their_content(&story.office).await;
}

async fn the_report_is_closed(office: &Office) {
    let report = office.find(NO).await;
    assert_eq!(report.status, Status::Done);
    assert_eq!(report.rating, Some(5));
    assert_eq!(report.comment.as_deref(), Some("terima kasih"));
    assert_eq!(report.confirmed_at, Some(jakarta("2024-11-18T08:50:00")));
    assert_eq!(report.finished_at, Some(jakarta("2024-11-18T08:45:00")));
    assert_eq!(report.responded_at, Some(jakarta("2024-11-18T08:05:00")));
    assert_eq!((report.reopened, report.step_count), (1, 8));
    assert_eq!(report.category.as_deref(), Some("Listrik"));
    assert_eq!(report.employee_id.as_deref(), Some(RATNA.id));
    assert_eq!(report.text, "lampu ruang kelas 2 mati sejak pagi");
    assert!(!report.read, "a refusal makes a report unread again");
    let tasks = store::assignment::of_reports(&office.desk.db, &[report.id]).await;
    let tasks = tasks.expect("tasks");
    let task = (
        tasks.len(),
        tasks[0].status.as_str(),
        tasks[0].note.as_str(),
    );
    assert_eq!(task, (1, "done", "bawa tangga"));
    let open = "SELECT COUNT(*) FROM outbox WHERE state <> 'sent' OR attempts <> 1";
    assert_eq!(
        office.count(sql(open)).await,
        0,
        "every letter went out once"
    );
}

async fn every_step_is_kept(office: &Office) {
    let report = office.find(NO).await;
    let steps = store::step::of_report(&office.desk.db, report.id).await;
    let steps = steps.expect("steps");
    let kept: Vec<_> = steps
        .iter()
        .map(|it| {
            (
                it.kind.as_str(),
                it.by.as_str(),
                it.public,
                it.status.as_deref(),
            )
        })
        .collect();
    let expected = [
        ("received", "reporter", true, Some("new")),
        ("assigned", SRI.id, true, Some("in_progress")),
        ("started", DEDI.id, true, None),
        ("progress", DEDI.id, true, None),
        ("finished", DEDI.id, true, Some("done")),
        ("refused", "reporter", true, Some("in_progress")),
        ("finished", DEDI.id, true, Some("done")),
        ("confirmed", "reporter", true, None),
    ];
    assert_eq!(kept, expected);
}

async fn every_act_is_written_down(office: &Office) {
    let rows = store::audit::from(&office.desk.db, 1, 100)
        .await
        .expect("rows");
    let acts: Vec<_> = rows
        .iter()
        .filter(|row| row.object == NO)
        .map(|row| (row.act.as_str(), row.actor.as_str(), row.origin.as_str()))
        .collect();
    let expected = [
        ("report-open", "reporter", "chat"),
        ("report-assign", SRI.id, "cli"),
        ("task-start", DEDI.id, "chat"),
        ("task-progress", DEDI.id, "chat"),
        ("task-finish", DEDI.id, "chat"),
        ("report-refuse", "reporter", "chat"),
        ("task-finish", DEDI.id, "chat"),
        ("report-confirm", "reporter", "chat"),
    ];
    assert_eq!(acts, expected);
}

async fn photos_are_kept_by_their_content(office: &Office) {
    let report = office.find(NO).await;
    let files = store::media::of_reports(&office.desk.db, &[report.id]).await;
    let [first, second] = files.expect("files").try_into().expect("two files");
    let entries = store::progress::of_report(&office.desk.db, report.id).await;
    let entries = entries.expect("entries");
    let texts: Vec<_> = entries.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["kabel sudah diganti", "sambungan dikencangkan"]);
    assert_eq!(first.progress_id, None);
    assert_eq!(first.message_id, report.message_id);
    assert_eq!(second.progress_id, Some(entries[0].id));
    let hash = first.sha256.expect("a hash");
    assert_eq!(Some(&hash), second.sha256.as_ref(), "the same picture");
    assert_eq!(first.mime.as_deref(), Some("image/jpeg"));
    let kept = std::fs::read(tanggap::media::path(&office.desk.media, &hash)).expect("a file");
    assert_eq!(i64::try_from(kept.len()).ok(), first.bytes);
    assert_eq!(office.fonnte.calls("file"), 2);
}
