//! Tests of settings files that are wrong in some way: each is told with its line and its cure.

use super::*;

fn fault(text: &str) -> String {
    let machine = Machine::with(text);
    let error = machine.load().unwrap_err().to_string();
    error.replace(&machine.usual().display().to_string(), "config.toml")
}

#[rstest]
#[case(
    "[desk]\nguest = true",
    "config.toml:2",
    "\"desk.guest\". Was \"desk.guests\" meant?"
)]
#[case(
    "\n[dsk]\nguests = true",
    "config.toml:3",
    "\"dsk.guests\". Was \"desk.guests\" meant?"
)]
#[case(
    "guests = true",
    "config.toml:1",
    "\"guests\". Was \"desk.guests\" meant?"
)]
#[case(
    "warna_latar = 'x'",
    "config.toml:1",
    "Remove it, or see \"tanggap config show\"."
)]
#[case("[foo]", "config.toml:1", "unknown key \"foo\"")]
#[case(
    "[[channel]]\nname = 'a'\ntokn = ''",
    "config.toml:3",
    "Was \"channel.a.token\" meant?"
)]
#[case(
    "[targets.low]\nresponse = 5",
    "config.toml:2",
    "\"targets.low.response\""
)]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_known_one(
    #[case] text: &str,
    #[case] at: &str,
    #[case] hint: &str,
) {
    let error = fault(text);
    assert!(error.starts_with(at) && error.contains(hint), "{error}");
}

#[rstest]
#[case(
    "[desk]\nguests = 'ya'",
    "config.toml:2: desk.guests cannot be \"ya\". Allowed: true, false"
)]
#[case(
    "[limits]\n\nreports_per_hour = -1",
    "config.toml:3: limits.reports_per_hour cannot be -1. Allowed: 0–10000"
)]
#[case(
    "[sqlite]\nreaders = 4.5",
    "config.toml:2: sqlite.readers cannot be 4.5. Allowed: 1–32"
)]
#[case(
    "[sqlite]\nreaders = 99999999999999999999",
    "config.toml:2: sqlite.readers cannot be"
)]
#[case(
    "[org]\nname = 5",
    "config.toml:2: org.name cannot be 5. Allowed: \"…\""
)]
#[case(
    "[org]\nname.x = 5",
    "config.toml:2: org.name cannot be {\"x\":5}. Allowed: \"…\""
)]
#[case("org = 5", "config.toml:1: org cannot be 5. Allowed: [org]")]
#[case("desk = []", "config.toml:1: desk cannot be []. Allowed: [desk]")]
#[case(
    "category = 'Air'",
    "config.toml:1: category cannot be \"Air\". Allowed: [{ name"
)]
#[case(
    "[[category]]\nname = 'Air'\n[[category]]\nword = []",
    "config.toml:1: category cannot be {\"word\":[]}"
)]
#[case(
    "[channel]\nname = 'a'",
    "config.toml:1: channel cannot be …. Allowed: [[channel]]"
)]
#[case(
    "channel = 'a'",
    "config.toml:1: channel cannot be …. Allowed: [[channel]]"
)]
#[case("channel = ['a']", "config.toml:1: channel.name cannot be null")]
#[case(
    "\n[[channel]]\ngateway = 'fonnte'",
    "config.toml:2: channel.name cannot be null. Allowed: a–z"
)]
#[case(
    "[[channel]]\nname = 'whatsapp'",
    "config.toml:1: channel.name cannot be \"whatsapp\""
)]
#[case(
    "[[channel]]\nname = 'a'\ngateway = 'sms'",
    "config.toml:3: channel.a.gateway cannot be \"sms\". Allowed: fonnte"
)]
#[case(
    "[worker]\npublic_base_url = 'http://brt.example.id'",
    "config.toml:2: worker.public_base_url cannot be"
)]
fn a_wrong_value_is_told_with_its_line_and_what_is_allowed(
    #[case] text: &str,
    #[case] expected: &str,
) {
    let error = fault(text);
    assert!(error.starts_with(expected), "{error}");
}

#[rstest]
#[case(
    "[[channel]]\nname = 'a'\ngateway = 'meta'",
    "config.toml:3: this version does not have \"meta\" yet."
)]
#[case(
    "[api]\ntoken = 'x'",
    "config.toml:2: this version does not have \"api.token\" yet."
)]
#[case(
    "[bridge.jibas]\nurl = 'x'",
    "config.toml:2: this version does not have \"bridge.jibas.url\" yet."
)]
fn what_a_later_version_will_have_is_told_apart_from_a_slip(
    #[case] text: &str,
    #[case] expected: &str,
) {
    assert!(fault(text).starts_with(expected), "{}", fault(text));
}

#[rstest]
#[case(
    "[outbox]\nsend_seconds = 40",
    "config.toml:2: outbox.send_seconds does not go"
)]
#[case(
    "[worker]\ntls_cert = 'a.pem'",
    "config.toml:2: worker.tls_cert does not go"
)]
#[case(
    "[[channel]]\nname = 'a'\nfallback = 'a'",
    "config.toml:3: channel.a.fallback does not go"
)]
#[case(
    "[[channel]]\nname = 'a'\nfallback = 'b'",
    "config.toml:3: channel.a.fallback does not go"
)]
#[case(
    "[[channel]]\nname = 'a'\n[[channel]]\nname = 'a'",
    "config.toml:4: channel.a.name does not go"
)]
fn settings_that_do_not_go_together_are_refused(#[case] text: &str, #[case] expected: &str) {
    assert!(fault(text).starts_with(expected), "{}", fault(text));
}

#[rstest]
#[case("[org]\nname = \"BRT", "config.toml line 2 cannot be read")]
#[case("[org]\nname = \"BRT\"\n[org]\n", "config.toml line 3 cannot be read")]
#[case(
    "[org]\nname = \"A\"\nname = \"B\"",
    "config.toml line 3 cannot be read"
)]
#[case("[org", "config.toml line 1 cannot be read")]
#[case(
    "[org]\nname = \"\u{1b}[31m\"",
    "config.toml:2 holds the hidden character U+001B"
)]
#[case(
    "[org]\n# \u{202e}\n",
    "config.toml:2 holds the hidden character U+202E"
)]
fn a_broken_file_is_told_with_the_line_to_mend(#[case] text: &str, #[case] expected: &str) {
    assert!(fault(text).starts_with(expected), "{}", fault(text));
    assert!(
        !fault(text).contains(['\n', '\u{1b}', '\u{202e}']),
        "{}",
        fault(text)
    );
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    let machine = Machine::with("");
    fs::write(machine.usual(), b"[org]\nname = 'caf\xe9'\n").unwrap();
    let path = machine.usual();
    assert_eq!(
        machine.load().unwrap_err(),
        ConfigError::NotText { path, line: 2 }
    );
}

#[test]
fn the_mark_that_some_editors_put_first_is_no_fault() {
    let layers = Machine::with("\u{feff}[org]\r\nname = 'Lab'\r\n").layers();
    assert_eq!(shown(&layers, "org.name").0, json!("Lab"));
}

#[test]
fn a_file_of_256_kib_is_read_and_a_larger_one_is_not() {
    let comment = |length: usize| format!("#{}", " ".repeat(length - 1));
    assert!(Machine::with(&comment(256 << 10)).load().is_ok());
    for length in [(256 << 10) + 1, 10 << 20] {
        let machine = Machine::with(&comment(length));
        let path = machine.usual();
        assert_eq!(
            machine.load().unwrap_err(),
            ConfigError::TooBig { path, limit: 256 }
        );
    }
}

#[test]
fn a_named_file_that_is_missing_is_an_error() {
    let mut machine = Machine::new();
    machine.file = Some(machine.usual());
    assert!(matches!(
        machine.load(),
        Err(ConfigError::Unreadable { .. })
    ));
    machine.file = None;
    machine.env = vec![("TANGGAP_CONFIG", machine.root.path().display().to_string())];
    assert!(matches!(
        machine.load(),
        Err(ConfigError::Unreadable { .. })
    ));
}

#[rstest]
#[case("[[channel]]\nname = 'a'\ntoken = 'rahasia'", true)]
#[case(
    "[[channel]]\nname = 'a'\nwebhook_secret = [{ env = 'A' }, 'rahasia']",
    true
)]
#[case("[database]\nurl = 'postgres://rina:sandi@localhost/brt'", true)]
#[case("[[channel]]\nname = 'a'\ntoken = { env = 'A' }", false)]
#[case("[database]\nurl = 'postgres://rina@localhost/brt'", false)]
#[case("[org]\nname = 'Lab'", false)]
fn a_file_with_secrets_must_be_closed_to_others(#[case] text: &str, #[case] refused: bool) {
    let machine = Machine::with(text);
    assert!(machine.load().is_ok());
    fs::set_permissions(machine.usual(), fs::Permissions::from_mode(0o644)).unwrap();
    let path = machine.usual();
    assert_eq!(
        machine.load().err(),
        refused.then_some(ConfigError::Exposed { path })
    );
}

#[rstest]
#[case("channel.utama.token", "config-elsewhere-secret")]
#[case("channel.utama.webhook_secret", "config-elsewhere-secret")]
#[case("database.url", "config-elsewhere-secret")]
#[case("sqlite.readers", "config-elsewhere-early")]
#[case("postgres.pool", "config-elsewhere-early")]
#[case("log.level", "config-elsewhere-early")]
#[case("worker.listen", "config-elsewhere-machine")]
#[case("channel.utama.base_url", "config-elsewhere-machine")]
#[case("channel.utama.allow_unsigned", "config-elsewhere-machine")]
#[case("data_dir", "config-elsewhere-machine")]
#[case("channel.lain.rate_per_minute", "config-unknown-far")]
#[case("desk.gusts", "config-unknown")]
#[case("desk", "config-unknown-far")]
#[case("desk.guests", "config-value")]
#[case("outbox.parallel", "config-value")]
#[case("channel.cadangan.fallback", "config-conflict")]
fn what_the_database_does_not_keep_is_refused_with_the_reason(#[case] key: &str, #[case] id: &str) {
    let layers = Machine::with(CHANNELS).layers();
    let error = layers.check_set(key, "entah").unwrap_err();
    assert_eq!(error.phrase().id, id, "{error}");
}

#[rstest]
#[case("[channel]\nname = 'a'\ntoken = 'rahasia'")]
#[case("channel = ['rahasia']")]
#[case("[[channel]]\nname = 'a'\ntoken = ['rahasia', 'rahasia']")]
#[case("database = 'postgres://rina:rahasia@db.example/brt'")]
#[case("[database]\nurl = 'oracle://rina:rahasia@db.example/brt'")]
#[case("[api]\ntoken = 'rahasia'")]
#[case("[[channel]]\nname = 'a'\ntokn = 'rahasia'")]
#[case("[[channel]]\nname = 'a'\ntoken = 'rahasia")]
fn no_error_repeats_a_secret(#[case] text: &str) {
    assert!(!fault(text).contains("rahasia"), "{}", fault(text));
}

#[test]
fn a_bad_variable_is_told_by_its_name() {
    let mut machine = Machine::new();
    machine.env = vec![("TANGGAP_DATABASE_URL", "mysql://rahasia@db".into())];
    let error = machine.load().unwrap_err().to_string();
    assert!(
        error.starts_with("TANGGAP_DATABASE_URL: database.url cannot be …."),
        "{error}"
    );
    assert!(!error.contains("rahasia"), "{error}");
}

#[test]
fn every_key_of_the_defaults_is_refused_with_its_line_when_its_type_is_wrong() {
    for entry in Machine::new().layers().entries() {
        let text = format!("\n{} = {{ salah = 1 }}\n", entry.key);
        let error = fault(&text);
        assert!(
            error.starts_with("config.toml:2: ") && error.contains(&entry.key),
            "{error}"
        );
    }
}

fn about_keys() -> Vec<ConfigError> {
    let (at, key) = ("c.toml:3".to_owned(), "a.b".to_owned());
    let (found, allowed) = ("x".to_owned(), "y".to_owned());
    let unknown = |near| ConfigError::Unknown {
        at: at.clone(),
        key: key.clone(),
        near,
    };
    vec![
        unknown(Some("a.c".to_owned())),
        unknown(None),
        ConfigError::Later {
            at: at.clone(),
            key: key.clone(),
        },
        ConfigError::Conflict {
            at: at.clone(),
            key: key.clone(),
            allowed: allowed.clone(),
        },
        ConfigError::Value {
            at: at.clone(),
            key: key.clone(),
            found,
            allowed,
        },
        ConfigError::ElsewhereSecret { key: key.clone() },
        ConfigError::ElsewhereEarly { key: key.clone() },
        ConfigError::ElsewhereMachine { key },
        ConfigError::Hidden {
            at,
            character: "U+001B".into(),
        },
        ConfigError::NoFolder,
    ]
}

fn about_files() -> Vec<ConfigError> {
    let path = PathBuf::from("/etc/c.toml");
    let why = "x".to_owned();
    vec![
        ConfigError::Unreadable {
            path: path.clone(),
            why: why.clone(),
        },
        ConfigError::Unwritable {
            path: path.clone(),
            why: why.clone(),
        },
        ConfigError::Syntax {
            path: path.clone(),
            line: 3,
            why,
        },
        ConfigError::TooBig {
            path: path.clone(),
            limit: 256,
        },
        ConfigError::NotText {
            path: path.clone(),
            line: 3,
        },
        ConfigError::Exposed { path: path.clone() },
        ConfigError::Exists { path },
    ]
}

#[test]
fn an_error_reads_the_same_as_its_english_text() {
    let texts = Texts::load(Lang::En, None).unwrap();
    for error in about_keys().into_iter().chain(about_files()) {
        assert_eq!(texts.phrase(&error.phrase()), error.to_string());
    }
}
