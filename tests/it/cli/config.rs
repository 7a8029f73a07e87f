//! Settings and channels, from a shell.

use serde_json::{Value, json};

use super::program::Program;
use crate::support::fake_fonnte::FakeFonnte;

fn held(setting: &Value) -> (&Value, &str) {
    (
        &setting["value"],
        setting["origin"].as_str().expect("an origin"),
    )
}

#[test]
fn every_setting_has_its_value_and_its_origin() {
    let program = Program::with("[org]\nname = 'Biro'");
    let all = program.list(&["config", "show"]);
    let of = |key: &str| {
        all.iter()
            .find(|row| row["key"] == key)
            .unwrap_or_else(|| panic!("{key}"))
    };
    assert_eq!(
        held(of("org.name")),
        (&json!("Biro"), "database"),
        "its home is the database"
    );
    assert_eq!(held(of("desk.guests")), (&json!(true), "default"));
    assert!(
        held(of("data_dir")).1.starts_with("file "),
        "{}",
        of("data_dir")
    );
    assert_eq!(held(of("channel.utama.gateway")).0, &json!("simulator"));
    let some = program.list(&["config", "show", "desk."]);
    assert!(
        !some.is_empty()
            && some
                .iter()
                .all(|row| row["key"].as_str().unwrap().starts_with("desk."))
    );
}

#[test]
fn a_setting_is_changed_for_everybody_and_put_back() {
    let program = Program::new();
    let set = program.json(&["config", "set", "desk.quiet_hours", "21:00-05:00"]);
    assert_eq!(held(&set), (&json!("21:00-05:00"), "database"));
    assert_eq!(program.json(&["config", "get", "desk.quiet_hours"]), set);
    let unset = program.json(&["config", "unset", "desk.quiet_hours"]);
    assert_eq!(held(&unset), (&json!(""), "default"));
    let acts = program.list(&["audit", "list", "action:setting"]);
    assert_eq!(acts.len(), 2, "{acts:?}");
}

#[test]
fn what_cannot_be_set_is_refused_with_the_reason() {
    let program = Program::new();
    for (code, key, value, named) in [
        (2, "desk.guests", "maybe", "true, false"),
        (2, "org.timezone", "Asia/Jakartaa", "Asia/Jakarta"),
        (2, "desk.hold_seconds", "61", "0–60"),
        (3, "desk.gests", "true", "desk.guests"),
        (4, "channel.utama.token", "x", "config.toml"),
        (4, "database.url", "sqlite:x.db", "config.toml"),
        (4, "worker.listen", "127.0.0.1:1", "config.toml"),
    ] {
        let told = program.fails(code, &["config", "set", key, value]);
        assert!(told.contains(named), "{key}: {told}");
    }
    program.fails(3, &["config", "get", "desk.gests"]);
    program.fails(4, &["config", "set", "desk.guests", "false", "--as", "sri"]);
}

#[test]
fn a_secret_is_never_shown_whole() {
    let program = Program::with(
        "[[channel]]\nname = 'kedua'\ntoken = 'token-perangkat-1234'\nwebhook_secret = 'pendek'",
    );
    let shown = program.run(&["config", "show", "channel", "--json"]);
    assert!(
        shown.out.contains("…1234") && !shown.out.contains("perangkat-1234"),
        "{shown:?}"
    );
    assert!(!shown.out.contains("pendek"), "{shown:?}");
}

/// Sets up a desk whose channel `wa` goes to a gateway.
fn desk(gateway: &FakeFonnte) -> Program {
    let settings = format!(
        "[[channel]]\nname = 'wa'\nbase_url = '{}'\ntoken = 'token-1'\ndevice = '62811-0000-0009'\n",
        gateway.url()
    );
    // The program is waited for here, while the gateway answers on another thread.
    tokio::task::block_in_place(|| Program::with(&settings))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_goes_past_the_queue_and_is_written_down() {
    let gateway = FakeFonnte::start().await;
    let program = desk(&gateway);
    let told = program.json(&["channel", "test", "wa", "--to", "0811-0000-1234"]);
    assert_eq!((&told["to"], gateway.taken()), (&json!("6281100001234"), 1));
    assert_eq!(gateway.sends()[0].field("target"), "6281100001234");
    assert!(program.list(&["outbox", "list"]).is_empty());
    let act = &program.list(&["audit", "list", "action:channel"])[0];
    assert_eq!(act["detail"]["outcome"], "accepted");
    assert!(!act.to_string().contains("6281100001234"), "{act}");
    program.fails(2, &["channel", "test", "wa", "--to", "bukan nomor"]);
    program.fails(3, &["channel", "test", "nihil", "--to", "62811-0000-1234"]);
    program.fails(
        4,
        &[
            "channel",
            "test",
            "wa",
            "--to",
            "62811-0000-1234",
            "--as",
            "sri",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_linked_by_code_or_picture_and_unlinked() {
    let gateway = FakeFonnte::start().await;
    let program = desk(&gateway);
    assert_eq!(
        program.json(&["channel", "login", "wa"])["state"],
        "connected"
    );
    program.json(&["channel", "logout", "wa"]);
    let code = program.json(&["channel", "login", "wa"]);
    assert_eq!(
        (&code["state"], &code["code"]),
        (&json!("code"), &json!("ABCD-1234"))
    );
    let file = program.folder.join("qr.png").display().to_string();
    let picture = program.json(&["channel", "login", "wa", "--by", "qr", "-o", &file]);
    assert_eq!(picture["path"], json!(file));
    assert_eq!(std::fs::read(&file).unwrap()[..4], *b"\x89PNG");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_gateway_cannot_do_is_refused_with_what_it_can() {
    let gateway = FakeFonnte::start().await;
    let program = desk(&gateway);
    for arguments in [
        &["channel", "login", "wa", "--by", "sms"][..],
        &["channel", "contacts", "wa"],
        &["channel", "history", "wa", "62811-0000-1234"],
        &[
            "channel",
            "group",
            "wa",
            "create",
            "Teknisi",
            "62811-0000-1234",
        ],
        &["channel", "login", "utama", "--by", "qr"],
    ] {
        let told = program.fails(4, arguments);
        let named = if arguments[2] == "wa" {
            "fonnte"
        } else {
            "simulator"
        };
        assert!(
            told.contains(named) && told.contains("memeriksa nomor"),
            "{told}"
        );
    }
    gateway.unregister(["6281100001235".to_owned()]);
    let found = program
        .lines(&[
            "channel",
            "check",
            "wa",
            "62811-0000-1234",
            "62811-0000-1235",
        ])
        .0;
    let found: Vec<_> = found
        .iter()
        .map(|row| row["on_whatsapp"].as_bool().unwrap())
        .collect();
    assert_eq!(found, [true, false]);
    assert_eq!(program.list(&["channel", "list"]).len(), 2);
}
