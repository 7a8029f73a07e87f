//! `tanggap outbox` and `tanggap send`, from a shell.

use serde_json::{Value, json};

use super::program::{Program, RATNA};

/// Sends a text and returns the letter.
fn sent(program: &Program, text: &str) -> Value {
    program.json(&["send", "text", "0811-0000-1001", text])
}

fn id(letter: &Value) -> &str {
    letter["id"].as_str().expect("an id")
}

#[test]
fn a_text_by_hand_waits_in_the_outbox_with_every_field() {
    let program = Program::new();
    let letter = sent(&program, "Petugas sudah di jalan.");
    let expected = [
        ("channel", json!("utama")),
        ("to", json!(RATNA)),
        ("kind", json!("text")),
        ("text", json!("Petugas sudah di jalan.")),
        ("state", json!("pending")),
        ("code", json!(0)),
        ("attempts", json!(0)),
        ("last_error", json!(null)),
        ("gateway_id", json!(null)),
        ("delivered_at", json!(null)),
        ("read_at", json!(null)),
        ("source", json!("manual")),
    ];
    for (field, value) in expected {
        assert_eq!(letter[field], value, "{field}");
    }
    assert!(
        letter["next_attempt_at"]
            .as_str()
            .unwrap()
            .ends_with("+07:00"),
        "{letter}"
    );
    assert_eq!(letter["ids"], json!([letter["id"]]));
    let listed = program.list(&["outbox", "list", "--state", "pending"]);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["id"], letter["id"]);
}

#[test]
fn answers_of_the_simulator_are_sent() {
    let program = Program::new();
    program.report("lampu mati");
    let listed = program.list(&["outbox", "list", "--state", "terkirim"]);
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["code"], &listed[0]["source"]),
        (&json!(1), &json!("reply"))
    );
    assert_eq!(
        program.list(&["outbox", "list", "--state", "failed"]).len(),
        0
    );
    program.fails(2, &["outbox", "list", "--state", "hilang"]);
}

#[test]
fn a_letter_is_changed_taken_back_and_sent_again() {
    let program = Program::new();
    let letter = sent(&program, "Petugas datang pukul 9.");
    let edited = program.json(&["outbox", "edit", id(&letter), "Petugas datang pukul 10."]);
    assert_eq!(edited["text"], "Petugas datang pukul 10.");
    let cancelled = program.json(&["outbox", "cancel", id(&letter)]);
    assert_eq!(cancelled["changed"], 1);
    assert_eq!(
        (
            &cancelled["letters"][0]["state"],
            &cancelled["letters"][0]["code"]
        ),
        (&json!("cancelled"), &json!(null))
    );
    let said = program.fails(4, &["outbox", "edit", id(&letter), "lain"]);
    assert!(said.contains(id(&letter)), "{said}");
    let retried = program.json(&["outbox", "retry", id(&letter)]);
    assert_eq!(retried["letters"][0]["state"], "pending");
    program.fails(3, &["outbox", "retry", "99999999"]);
    program.fails(2, &["outbox", "retry"]);
}

#[test]
fn the_outbox_rests_and_goes_on() {
    let program = Program::new();
    assert_eq!(program.json(&["outbox", "pause"]), json!({"paused": true}));
    assert_eq!(
        program.json(&["outbox", "resume", "--as", "sri"]),
        json!({"paused": false})
    );
    program.fails(4, &["outbox", "pause", "--as", "dedi"]);
}

#[test]
fn pages_of_letters_add_up_to_the_list() {
    let program = Program::new();
    for n in 1..=5 {
        sent(&program, &format!("kabar {n}"));
    }
    let all = program.list(&["outbox", "list"]);
    let (mut pages, cursor) = program.lines(&["outbox", "list", "--limit", "2"]);
    assert_eq!(pages.len(), 2);
    pages.extend(program.list(&["outbox", "list", "--after", &cursor.expect("a cursor")]));
    assert_eq!(pages, all);
    assert_eq!(all[0]["text"], "kabar 5");
    let channel = program.list(&["outbox", "list", "channel:utama", "--state", "pending"]);
    assert_eq!(channel.len(), 5);
}

#[test]
fn files_and_places_are_sent_with_what_they_need() {
    let program = Program::new();
    let picture = program.folder.join("denah.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1A\n denah").unwrap();
    let picture = picture.to_str().unwrap();
    let image = program.json(&["send", "image", RATNA, picture, "--caption", "Lantai 2"]);
    assert_eq!(
        (&image["kind"], &image["text"]),
        (&json!("image"), &json!("Lantai 2"))
    );
    let document = program.json(&["send", "document", "--channel", "utama", RATNA, picture]);
    assert_eq!(document["kind"], "document");
    let place = program.json(&[
        "send",
        "location",
        RATNA,
        "-6.2,106.8",
        "--name",
        "Gedung B",
    ]);
    assert_eq!(
        (&place["kind"], &place["text"]),
        (&json!("location"), &json!("Gedung B"))
    );
    let shown = program.json(&["message", "show", id(&place)]);
    let expected = json!({
        "latitude": -6.2, "longitude": 106.8, "name": "Gedung B", "address": null,
    });
    assert_eq!(shown["location"], expected);
    program.fails(2, &["send", "audio", RATNA, picture]);
    program.fails(1, &["send", "image", RATNA, "/tidak/ada.png"]);
    program.fails(2, &["send", "location", RATNA, "di sana"]);
    program.fails(3, &["send", "text", "--channel", "lain", RATNA, "halo"]);
    program.fails(2, &["send", "text", RATNA, ""]);
    program.fails(4, &["send", "text", RATNA, "halo", "--as", "dedi"]);
}

#[test]
fn a_long_text_goes_in_several_letters() {
    let program = Program::new();
    let letter = sent(&program, &"kata ".repeat(2000));
    let ids = letter["ids"].as_array().unwrap();
    assert!(ids.len() > 1, "{letter}");
    assert_eq!(program.list(&["outbox", "list"]).len(), ids.len());
}
