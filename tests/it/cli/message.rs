//! `tanggap message`, from a shell.

use serde_json::{Value, json};

use super::program::{Program, RATNA, TAMU};

/// Lets the guest write something ordinary, and returns the id of the message.
fn ordinary(program: &Program, text: &str) -> String {
    let told = program.hears(TAMU, text);
    assert_eq!(told["track_id"], json!(null), "{told}");
    told["message_id"].as_str().expect("an id").to_owned()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id"))
        .collect()
}

#[test]
fn a_message_has_every_field() {
    let program = Program::new();
    let id = ordinary(&program, "selamat pagi");
    let message = program.json(&["message", "show", &id]);
    let expected = [
        ("id", json!(id)),
        ("direction", json!("in")),
        ("channel", json!("simulator")),
        ("phone", json!(TAMU)),
        ("contact", json!("Tamu Jauh")),
        ("kind", json!("ordinary")),
        ("text", json!("selamat pagi")),
        ("track_id", json!(null)),
        ("location", json!(null)),
        ("reason", json!(null)),
        ("media", json!([])),
    ];
    for (field, value) in expected {
        assert_eq!(message[field], value, "{field}");
    }
    assert!(
        message["reply"].is_string() && message["gateway_id"].is_string(),
        "{message}"
    );
    assert!(
        message["at"].as_str().unwrap().ends_with("+07:00"),
        "{message}"
    );
    let answer = program
        .list(&["message", "list", &format!("phone:{TAMU}")])
        .remove(0);
    assert_eq!(
        (&answer["direction"], &answer["text"]),
        (&json!("out"), &message["reply"])
    );
    let shown = program.json(&["message", "show", answer["id"].as_str().unwrap()]);
    assert_eq!(shown, answer);
}

#[test]
fn a_place_comes_with_its_message() {
    let program = Program::new();
    let place = [
        "sim",
        "send",
        "--from",
        TAMU,
        "--location",
        "-6.2,106.8",
        "di sini",
    ];
    let id = program.json(&place)["message_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let expected = json!({"latitude": -6.2, "longitude": 106.8, "name": null, "address": null});
    assert_eq!(
        program.json(&["message", "show", &id])["location"],
        expected
    );
}

#[test]
fn messages_are_listed_by_kind() {
    let program = Program::new();
    let hello = ordinary(&program, "selamat pagi");
    let number = program.report("lampu mati");
    let reports = program.list(&["message", "list", "kind:report"]);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["track_id"], number);
    assert_eq!(
        ids(&program.list(&["message", "list", "kind:ordinary"])),
        [hello.as_str()]
    );
    let all = program.list(&["message", "list"]);
    let mut pages = Vec::new();
    let (first, cursor) = program.lines(&["message", "list", "--limit", "2"]);
    pages.extend(first);
    let cursor = cursor.expect("a cursor");
    pages.extend(program.list(&["message", "list", "--after", &cursor]));
    assert_eq!(pages, all);
}

#[test]
fn a_message_becomes_a_report_and_its_sender_is_told() {
    let program = Program::new();
    let id = ordinary(&program, "lampu di depan aula mati");
    let report = program.json(&["message", "to-report", &id]);
    let number = report["track_id"].as_str().unwrap();
    assert_eq!(report["text"], "lampu di depan aula mati");
    assert_eq!(report["reporter"]["phone"], TAMU);
    assert!(program.told(TAMU)[0].contains(number));
    let message = program.json(&["message", "show", &id]);
    assert_eq!(
        (&message["kind"], &message["track_id"]),
        (&json!("report"), &json!(number))
    );
    program.fails(4, &["message", "to-report", &id]);
    program.fails(3, &["message", "to-report", "99999999"]);
    program.fails(3, &["message", "show", "bukan-id"]);
}

#[test]
fn a_message_is_tied_to_a_report_and_put_away() {
    let program = Program::new();
    let number = program.report("lampu mati");
    let id = ordinary(&program, "yang di lantai dua");
    let linked = program.json(&["message", "link", &id, &number]);
    assert_eq!(linked["track_id"], number);
    let texts: Vec<Value> = program.show(&number)["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["text"].clone())
        .collect();
    assert!(texts.contains(&json!("yang di lantai dua")), "{texts:?}");
    let other = ordinary(&program, "terima kasih");
    let done = program.json(&["message", "done", &other]);
    assert_eq!(done["handled_by"], "cli:uji");
    assert_eq!(program.json(&["undo"])["act"], "message-done");
    assert_eq!(
        program.json(&["message", "show", &other])["handled_by"],
        json!(null)
    );
}

#[test]
fn an_answer_goes_to_the_outbox_and_puts_the_message_away() {
    let program = Program::new();
    let id = ordinary(&program, "jam berapa buka?");
    let sent = program.json(&["message", "reply", "0811-0000-1002", "Pukul delapan."]);
    assert_eq!(
        (&sent["to"], &sent["text"]),
        (&json!(TAMU), &json!("Pukul delapan."))
    );
    assert_eq!(
        (&sent["state"], &sent["code"], &sent["source"]),
        (&json!("pending"), &json!(0), &json!("manual"))
    );
    let message = program.json(&["message", "show", &id]);
    assert_eq!(message["handled_by"], "cli:uji");
    assert!(
        message["reply"]
            .as_str()
            .unwrap()
            .ends_with("Pukul delapan."),
        "{message}"
    );
    program.fails(2, &["message", "reply", TAMU, " "]);
    program.fails(2, &["message", "reply", "siapa", "halo"]);
}

#[test]
fn a_message_is_worked_again() {
    let program = Program::new();
    let id = ordinary(&program, "selamat pagi");
    let again = program.json(&["message", "replay", &id]);
    assert_ne!(again["id"], json!(id));
    assert_eq!(
        (&again["text"], &again["kind"]),
        (&json!("selamat pagi"), &json!("ordinary"))
    );
    program.fails(3, &["message", "show", &id]);
    let number = program.report("lampu mati");
    let filed = program.list(&["message", "list", "kind:report"])[0]["id"].clone();
    program.fails(4, &["message", "replay", filed.as_str().unwrap()]);
    assert_eq!(program.list(&["report", "list"]).len(), 1, "{number}");
}

#[test]
fn officers_read_no_messages() {
    let program = Program::new();
    let id = ordinary(&program, "selamat pagi");
    let cases: [&[&str]; 5] = [
        &["message", "list"],
        &["message", "show", &id],
        &["message", "reply", RATNA, "halo"],
        &["message", "done", &id],
        &["outbox", "list"],
    ];
    for arguments in cases {
        program.fails(4, &[arguments, &["--as", "dedi"]].concat());
        assert_eq!(
            program.run(&[arguments, &["--as", "sri"]].concat()).code,
            0,
            "{arguments:?}"
        );
    }
}
