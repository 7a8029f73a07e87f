//! `tanggap setup`, from nothing to a desk that works.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::program::{Ran, run};
use crate::support::database;

/// A folder with answers in it and nothing else.
struct Start {
    folder: PathBuf,
}

impl Start {
    fn new() -> Self {
        Self {
            folder: database::folder(),
        }
    }

    fn answers(&self, answers: &Value) -> String {
        let path = self.folder.join("answers.json");
        fs::write(&path, answers.to_string()).expect("a file");
        path.display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanggap"));
        command.arg("--config").arg(self.config()).args(arguments);
        run(command, &self.folder, "")
    }

    fn setup(&self, answers: &Value) -> Ran {
        self.run(&["setup", "--json", "--answers", &self.answers(answers)])
    }

    fn config(&self) -> PathBuf {
        self.folder.join("config.toml")
    }
}

fn full() -> Value {
    json!({
        "org": {"name": "Biro \"RT\"", "timezone": "Asia/Makassar", "track_prefix": "BRM"},
        "admin": {"name": "Rina Wati", "username": "rina", "phone": "62811-0000-0001",
            "password": "langit jingga di atas sawah"},
        "channel": {"token": "token-perangkat-1", "device": "62811-0000-0009"},
        "worker": {"public_base_url": "https://lapor.kampus.example"},
        "data_dir": "data",
    })
}

fn json_of(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|why| panic!("{why}: {ran:?}"))
}

#[test]
fn answers_become_a_desk() {
    let start = Start::new();
    let ran = start.setup(&full());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let told = json_of(&ran);
    assert_eq!(
        (&told["config_made"], &told["database_made"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        told["admin"]["password"],
        Value::Null,
        "a chosen password is not shown"
    );
    let url = told["webhook"].as_str().unwrap();
    assert!(
        url.starts_with("https://lapor.kampus.example/webhook/utama?key="),
        "{url}"
    );
    assert!(url.rsplit('=').next().unwrap().len() >= 43, "{url}");
    assert!(told["next"].as_str().unwrap().ends_with("worker"), "{told}");
    let zone = start.run(&["config", "get", "org.timezone", "--json"]);
    let zone = json_of(&zone);
    assert_eq!(
        (&zone["value"], &zone["origin"]),
        (&json!("Asia/Makassar"), &json!("database"))
    );
    let staff = json_of(&start.run(&["staff", "show", "rina", "--json"]));
    assert_eq!(
        (&staff["level"], &staff["can_sign_in"]),
        (&json!("administrator"), &json!(true))
    );
}

#[cfg(unix)]
#[test]
fn what_setup_writes_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let start = Start::new();
    assert_eq!(start.setup(&full()).code, 0);
    for path in ["config.toml", "data/tanggap.db", "data/audit.key"] {
        let mode = fs::metadata(start.folder.join(path))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
}

#[test]
fn a_password_that_nobody_chose_is_shown_once() {
    let start = Start::new();
    let mut answers = full();
    answers["admin"].as_object_mut().unwrap().remove("password");
    let told = json_of(&start.setup(&answers));
    let password = told["admin"]["password"].as_str().unwrap().to_owned();
    assert_eq!(password.len(), 23, "{password}");
    for entry in ["config.toml", "data/tanggap.db"] {
        let bytes = fs::read(start.folder.join(entry)).unwrap();
        let found = bytes
            .windows(password.len())
            .any(|part| part == password.as_bytes());
        assert!(!found, "{entry} holds the password");
    }
}

#[test]
fn a_second_run_overwrites_nothing_and_says_what_is_there() {
    let start = Start::new();
    assert_eq!(start.setup(&full()).code, 0);
    let before = fs::read(start.config()).unwrap();
    let mut other = full();
    other["org"]["name"] = json!("Lain");
    let again = start.setup(&other);
    assert_eq!(again.code, 5, "{again:?}");
    assert!(again.err.contains("config.toml"), "{again:?}");
    let told = json_of(&again);
    assert_eq!(
        (&told["config_made"], &told["admin"]["made"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(fs::read(start.config()).unwrap(), before);
    let name = json_of(&start.run(&["config", "get", "org.name", "--json"]));
    assert_eq!(name["value"], "Biro \"RT\"");
}

#[test]
fn a_run_that_fails_can_simply_be_repeated() {
    let start = Start::new();
    for (key, value, named) in [
        ("timezone", json!("Asia/Jakartaa"), "org.timezone"),
        ("track_prefix", json!("brt-1"), "org.track_prefix"),
    ] {
        let mut wrong = full();
        wrong["org"][key] = value;
        let ran = start.setup(&wrong);
        assert_eq!(ran.code, 5, "{ran:?}");
        assert!(ran.err.contains(named), "{ran:?}");
        assert!(
            !start.config().exists(),
            "{named}: a broken settings file stays"
        );
    }
    let mut weak = full();
    weak["admin"]["password"] = json!("pendek");
    assert_eq!(start.setup(&weak).code, 2);
    assert!(
        !start.config().exists(),
        "weak: a settings file without an administrator stays"
    );
    assert_eq!(start.setup(&full()).code, 0);
}

#[test]
fn answers_that_make_no_sense_are_refused_by_name() {
    let start = Start::new();
    for (answers, code, named) in [
        (json!({"org": {"nama": "BRT"}}), 2, "org.name"),
        (json!({"channel": {"tokem": "x"}}), 2, "channel.token"),
        (json!([]), 2, "JSON"),
        (json!({"channel": {"gateway": "meta"}}), 5, "meta"),
        (
            json!({"messaging-whatsapp": {"enabled": true, "phone_number_id": "1"}}),
            5,
            "Meta",
        ),
    ] {
        let ran = start.setup(&answers);
        assert_eq!(ran.code, code, "{answers}: {ran:?}");
        assert!(ran.err.contains(named), "{answers}: {ran:?}");
        assert!(!start.config().exists(), "{answers}");
    }
}

#[test]
fn nobody_is_asked_where_nobody_sits() {
    let start = Start::new();
    let ran = start.run(&["setup"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--answers"), "{ran:?}");
}

#[test]
fn the_fewest_answers_are_none() {
    let start = Start::new();
    let ran = start.setup(&json!({"data_dir": "data"}));
    assert_eq!(ran.code, 0, "{ran:?}");
    let told = json_of(&ran);
    assert_eq!(told["admin"]["username"], "admin");
    assert_eq!(told["webhook"], Value::Null);
}
