//! `tanggap doctor`: every fault is named with its cure, and a desk that is well says so.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::program::{Ran, run};
use crate::support::database;
use crate::support::fake_fonnte::{FakeFonnte, Reply};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A desk with one channel behind a gateway.
struct Patient {
    folder: PathBuf,
}

impl Patient {
    fn new(gateway: &str) -> Self {
        let patient = Self {
            folder: database::folder(),
        };
        patient.settings(
            "",
            &format!("base_url = '{gateway}'\nwebhook_secret = '{SECRET}'"),
        );
        assert_eq!(patient.run(&["db", "migrate"]).code, 0);
        let added = patient.run(&[
            "staff",
            "add",
            "--name",
            "Rina",
            "--level",
            "administrator",
            "--username",
            "rina",
        ]);
        assert_eq!(added.code, 0, "{added:?}");
        patient
    }

    /// Writes the settings anew.
    fn settings(&self, above: &str, channel: &str) {
        let path = self.folder.join("config.toml");
        fs::remove_file(&path).ok();
        let text = format!(
            "data_dir = '{}'\n{above}\n[worker]\npublic_base_url = 'https://a.example'\n\
             [[channel]]\nname = 'utama'\ngateway = 'fonnte'\ntoken = 'kunci-perangkat'\n{channel}\n",
            self.folder.join("data").display()
        );
        tanggap::config::write_new(&path, &text).expect("a settings file");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanggap"));
        command
            .arg("--config")
            .arg(self.folder.join("config.toml"))
            .args(arguments);
        run(command, &self.folder, "")
    }

    /// Returns the exit code and every finding that is not well.
    fn complaints(&self) -> (i32, Vec<(String, String)>) {
        let ran = self.run(&["doctor", "--json", "--lang", "en"]);
        let told: Value = serde_json::from_str(&ran.out).expect("JSON");
        let checks = told["checks"].as_array().expect("findings");
        assert!(!checks.is_empty(), "{told}");
        let text = |check: &Value, key: &str| check[key].as_str().expect("a text").to_owned();
        let ill = checks.iter().filter(|check| check["state"] != "ok");
        let ill = ill
            .map(|check| (text(check, "state"), text(check, "text")))
            .collect();
        assert_eq!(told["ok"].as_bool(), Some(ran.code == 0), "{ran:?}");
        (ran.code, ill)
    }

    /// Fails unless the only fault holds these words.
    fn has(&self, words: &[&str]) {
        let (code, ill) = self.complaints();
        let faults: Vec<_> = ill.iter().filter(|(state, _)| state == "fault").collect();
        assert_eq!((code, faults.len()), (1, 1), "{words:?}: {ill:?}");
        for word in words {
            assert!(faults[0].1.contains(word), "{word}: {faults:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_well_has_no_fault() {
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let password = patient.run(&["staff", "passwd", "rina"]);
    assert_eq!(password.code, 2, "nobody sits there: {password:?}");
    let (code, ill) = patient.complaints();
    assert_eq!(code, 0, "{ill:?}");
    assert_eq!(ill.len(), 1, "only that nobody can sign in yet: {ill:?}");
    assert!(ill[0].1.contains("staff passwd"), "{ill:?}");
    assert_eq!(gateway.calls("device"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_channel_is_named_with_its_cure() {
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let base = format!("base_url = '{}'", gateway.url());
    patient.settings("", &base);
    patient.has(&["utama", "webhook_secret", "?key="]);
    patient.settings(
        "",
        &format!("{base}\nwebhook_secret = {{ env = 'TIDAK_ADA' }}"),
    );
    let (code, ill) = patient.complaints();
    assert!(
        code == 1 && ill.iter().any(|it| it.1.contains("TIDAK_ADA")),
        "{ill:?}"
    );
    patient.settings("", &format!("{base}\nwebhook_secret = 'pendek-sekali'"));
    let (code, ill) = patient.complaints();
    assert!(
        code == 0 && ill.iter().any(|it| it.1.contains("fewer than 32")),
        "{ill:?}"
    );
    patient.settings("", &format!("{base}\nwebhook_secret = '{SECRET}'"));
    gateway.set_connected(false);
    patient.has(&["not linked", "tanggap channel login utama"]);
    gateway.script([Reply::Refuse("token invalid")]);
}

#[test]
fn a_gateway_that_is_away_is_named() {
    let patient = Patient::new("http://127.0.0.1:9");
    patient.has(&["utama", "http://127.0.0.1:9", "base_url"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_gateway_refuses_is_named() {
    let app =
        axum::Router::new().fallback(|| async { r#"{"status":false,"reason":"token invalid"}"# });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, app).await });
    let patient = Patient::new(&url);
    patient.has(&["token", "utama", "settings file"]);
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_used_are_a_fault_and_no_dead_end() {
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let channel = format!(
        "base_url = '{}'\nwebhook_secret = '{SECRET}'",
        gateway.url()
    );
    for (above, words) in [
        (
            "[org]\ntimezone = 'Asia/Jakartaa'",
            ["org.timezone", "Asia/Jakarta,"],
        ),
        (
            "[org]\ntimezon = 'Asia/Jakarta'",
            ["org.timezon", "org.timezone"],
        ),
        ("[org]\nname = 3", ["org.name", "config.toml:3"]),
        ("[org", ["config.toml", "line 2"]),
        (
            "[database]\nurl = 'sqlite:/nirwana/desk.db'",
            ["/nirwana/desk.db", "tanggap setup"],
        ),
        (
            "[database]\nurl = 'postgres://a@127.0.0.1:9/b'",
            ["postgres://a@127.0.0.1:9/b", "network"],
        ),
    ] {
        patient.settings(above, &channel);
        patient.has(&words);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn files_and_folders_with_wrong_rights_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let set = |path: &str, mode: u32| {
        let path = patient.folder.join(path);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set("data", 0o555);
    patient.has(&["read-only", "chmod u+w"]);
    set("data", 0o700);
    set("data/audit.key", 0o644);
    patient.has(&["audit.key", "chmod 600"]);
    set("data/audit.key", 0o600);
    set("config.toml", 0o644);
    patient.has(&["config.toml", "chmod 600"]);
    set("config.toml", 0o600);
    set("data/tanggap.db", 0o644);
    let (code, ill) = patient.complaints();
    assert!(
        code == 0 && ill.iter().any(|it| it.1.contains("tanggap.db")),
        "{ill:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_disagrees_with_the_database_is_named() {
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let channel = format!(
        "base_url = '{}'\nwebhook_secret = '{SECRET}'",
        gateway.url()
    );
    patient.settings("[org]\nname = 'Satu'", &channel);
    assert_eq!(patient.run(&["db", "migrate"]).code, 0);
    patient.settings("[org]\nname = 'Dua'", &channel);
    let (code, ill) = patient.complaints();
    assert!(
        code == 0 && ill.iter().any(|it| it.1.contains("org.name")),
        "{ill:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_and_a_changed_row_are_named() {
    let gateway = FakeFonnte::start().await;
    let patient = Patient::new(gateway.url());
    let key = patient.folder.join("data/audit.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    patient.has(&["audit.key", "backup"]);
    assert!(!key.exists(), "doctor made a new key");
    let mut other = kept.clone();
    other[0] ^= 1;
    tanggap::config::write_new(&key, "").unwrap();
    fs::write(&key, &other).unwrap();
    patient.has(&["Audit row 1 "]);
    fs::write(&key, &kept).unwrap();
    assert_eq!(patient.complaints().0, 0);
}
