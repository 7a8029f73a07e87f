//! Tests of the settings as a whole: where they come from, which one holds, what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::domain::category::Categories;
use crate::i18n::Texts;
use crate::secret::environment;

mod faults;

/// A machine with folders of its own and an environment that a test fills.
struct Machine {
    root: TempDir,
    env: Vec<(&'static str, String)>,
    flags: Vec<(&'static str, String)>,
    file: Option<PathBuf>,
}

impl Machine {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        Self {
            root,
            env: Vec::new(),
            flags: Vec::new(),
            file: None,
        }
    }

    /// A machine with this settings file in the usual place.
    fn with(text: &str) -> Self {
        let machine = Self::new();
        write_new(&machine.usual(), text).unwrap();
        machine
    }

    fn usual(&self) -> PathBuf {
        self.root.path().join("config/config.toml")
    }

    fn folders(&self) -> Folders {
        let folder = |name| Some(self.root.path().join(name));
        Folders {
            config: folder("config"),
            data: folder("data"),
        }
    }

    fn load(&self) -> Result<Layers, ConfigError> {
        let env = |name: &str| {
            self.env
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        Layers::load(Given {
            file: self.file.clone(),
            flags: self.flags.clone(),
            env: &env,
            folders: self.folders(),
        })
    }

    fn layers(&self) -> Layers {
        self.load().unwrap()
    }
}

fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter()
        .map(|(key, json)| ((*key).to_owned(), (*json).to_owned()))
        .collect()
}

fn shown(layers: &Layers, key: &str) -> (Value, Origin) {
    let entry = layers.entry(key).unwrap();
    (entry.value, entry.origin)
}

#[test]
fn without_any_file_the_defaults_hold() {
    let layers = Machine::new().layers();
    let config = layers.config().unwrap();
    assert_eq!(config.org.track_prefix, "BRT");
    assert_eq!(config.org.language, Lang::Id);
    assert_eq!(config.desk.assign, Assign::Manual);
    assert_eq!(config.limits.guest_reports_per_day, 15);
    assert_eq!(config.outbox.give_up_minutes, 23 * 60 + 30);
    assert!(config.channel.is_empty());
    assert!(layers.path().is_none());
    assert!(
        layers
            .entries()
            .iter()
            .all(|entry| entry.origin == Origin::Default)
    );
}

#[test]
fn the_defaults_of_the_file_are_those_of_the_rules() {
    let config = Machine::new().layers().config().unwrap();
    assert_eq!(config.targets, Targets::default());
    assert_eq!(config.calendar, OfficeHours::default());
    assert_eq!(config.category, Categories::start().list());
}

#[test]
fn flag_beats_environment_beats_file_beats_database_beats_default() {
    let mut machine = Machine::with("[log]\nlevel = 'info'\n[outbox]\ntries = 3\n");
    let database = rows(&[
        ("outbox.tries", "4"),
        ("outbox.parallel", "2"),
        ("log.level", "'x'"),
    ]);
    let file = Origin::File(machine.usual());
    let layers = machine.layers().with_database(&database);
    assert_eq!(shown(&layers, "outbox.tries"), (json!(3), file.clone()));
    assert_eq!(
        shown(&layers, "outbox.parallel"),
        (json!(2), Origin::Database)
    );
    assert_eq!(
        shown(&layers, "outbox.lease_seconds"),
        (json!(60), Origin::Default)
    );
    assert_eq!(shown(&layers, "log.level"), (json!("info"), file));
    machine.env = vec![("TANGGAP_LOG", "debug".into())];
    assert_eq!(
        shown(&machine.layers(), "log.level"),
        (json!("debug"), Origin::Env("TANGGAP_LOG"))
    );
    machine.flags = vec![("log.level", "trace".into())];
    assert_eq!(
        shown(&machine.layers(), "log.level"),
        (json!("trace"), Origin::Flag)
    );
}

#[test]
fn shared_settings_live_in_the_database_whatever_a_laptops_file_says() {
    let machine = Machine::with("[org]\ntrack_prefix = 'LAB'\nname = 'Lab'\n");
    let layers = machine
        .layers()
        .with_database(&rows(&[("org.track_prefix", "\"BRT\"")]));
    assert_eq!(
        shown(&layers, "org.track_prefix"),
        (json!("BRT"), Origin::Database)
    );
    assert_eq!(shown(&layers, "org.name").1, Origin::File(machine.usual()));
    assert_eq!(layers.config().unwrap().org.track_prefix, "BRT");
}

#[test]
fn the_shared_part_of_a_file_is_what_the_database_gets() {
    let text = "[org]\nname = 'Lab'\n[desk]\nguests = false\n[targets.high]\n\
                completion_minutes = 60\n[[category]]\nname = 'Air'\n[outbox]\ntries = 3\n";
    let layers = Machine::with(text).layers();
    let expected = rows(&[
        ("category", r#"[{"name":"Air"}]"#),
        ("desk.guests", "false"),
        ("org.name", "\"Lab\""),
        ("targets.high.completion_minutes", "60"),
    ]);
    assert_eq!(layers.shared_of_file(), expected);
    let layers = layers.with_database(&expected);
    assert_eq!(
        (layers.disagreements(), layers.ignored()),
        (vec![], &[][..])
    );
    assert_eq!(layers.config().unwrap().category[0].name, "Air");
}

#[test]
fn a_file_that_tells_something_else_than_the_database_is_named() {
    let layers = Machine::with("[org]\nname = 'Lab'\n[desk]\nguests = false\n").layers();
    let layers = layers.with_database(&rows(&[("org.name", "\"BRT\""), ("desk.guests", "false")]));
    let expected = Disagreement {
        key: "org.name".into(),
        file: json!("Lab"),
        database: json!("BRT"),
    };
    assert_eq!(layers.disagreements(), [expected]);
}

#[test]
fn a_flag_for_the_database_leaves_the_usual_file_alone() {
    let mut machine = Machine::with("[org]\nname = 'Lab'\n");
    machine.flags = vec![("database.url", "sqlite:/srv/lain.db".into())];
    let layers = machine.layers();
    assert_eq!(shown(&layers, "org.name"), (json!("BRT"), Origin::Default));
    assert_eq!(
        shown(&layers, "database.url"),
        (json!("sqlite:/srv/lain.db"), Origin::Flag)
    );
    machine.file = Some(machine.usual());
    assert_eq!(shown(&machine.layers(), "org.name").0, json!("Lab"));
}

#[test]
fn the_file_comes_from_flag_then_variable_then_the_usual_place() {
    let mut machine = Machine::with("[org]\nname = 'biasa'\n");
    assert_eq!(shown(&machine.layers(), "org.name").0, json!("biasa"));
    for (name, variable) in [("lingkungan", true), ("bendera", false)] {
        let path = machine.root.path().join(name);
        write_new(&path, &format!("[org]\nname = '{name}'\n")).unwrap();
        if variable {
            machine.env = vec![("TANGGAP_CONFIG", path.display().to_string())];
        } else {
            machine.file = Some(path.clone());
        }
        let layers = machine.layers();
        assert_eq!(shown(&layers, "org.name").0, json!(name));
        assert_eq!(layers.path(), Some(path.as_path()));
    }
}

#[test]
fn data_live_in_the_platforms_folder_unless_the_file_says_otherwise() {
    let machine = Machine::new();
    assert_eq!(
        machine.layers().data_dir().unwrap(),
        machine.root.path().join("data")
    );
    let machine = Machine::with("data_dir = '/srv/tanggap'\n");
    assert_eq!(
        machine.layers().data_dir().unwrap(),
        PathBuf::from("/srv/tanggap")
    );
    let machine = Machine::with("data_dir = 'isi'\n");
    assert_eq!(
        machine.layers().data_dir().unwrap(),
        machine.root.path().join("config/isi")
    );
}

#[test]
fn a_database_given_by_its_whole_path_has_its_data_beside_it() {
    let given = |file: &str, flag: &'static str| {
        let mut machine = Machine::with(file);
        machine.file = Some(machine.usual());
        machine.flags = vec![("database.url", flag.to_owned())];
        machine.layers().data_dir().unwrap()
    };
    let own = "data_dir = '/srv/tanggap'\n[database]\nurl = 'sqlite:/fast/desk.db'\n";
    for (file, flag, expected) in [
        ("", "sqlite:/tmp/coba/desk.db", "/tmp/coba"),
        ("", "sqlite:///tmp/coba/desk.db", "/tmp/coba"),
        (own, "sqlite:/fast/desk.db", "/srv/tanggap"),
        (own, "sqlite:/tmp/coba/desk.db", "/tmp/coba"),
        (own, "sqlite:other.db", "/srv/tanggap"),
        (own, "postgres://localhost/desk", "/srv/tanggap"),
    ] {
        assert_eq!(
            given(file, flag),
            PathBuf::from(expected),
            "{flag} with {file:?}"
        );
    }
}

#[test]
fn without_a_home_the_error_says_what_to_set() {
    let given = Given {
        file: None,
        flags: vec![],
        env: &|_| None,
        folders: Folders::default(),
    };
    let layers = Layers::load(given).unwrap();
    assert_eq!(layers.data_dir(), Err(ConfigError::NoFolder));
    assert_eq!(layers.default_path(), Err(ConfigError::NoFolder));
}

const CHANNELS: &str = r#"
[[channel]]
name = "utama"
token = "token-panjang-sekali-9f3c"
webhook_secret = ["lama-lama-lama-aaaa", { env = "HOOK" }]

[[channel]]
name = "cadangan"
gateway = "simulator"
rate_per_minute = 5
"#;

#[test]
fn channels_keep_their_order_and_take_the_defaults_of_their_gateway() {
    let config = Machine::with(CHANNELS).layers().config().unwrap();
    let [first, second] = &config.channel[..] else {
        panic!("{:?}", config.channel)
    };
    assert_eq!(
        (first.name.as_str(), first.gateway),
        ("utama", GatewayName::Fonnte)
    );
    assert_eq!(
        (first.rate_per_minute, first.notice_gap_seconds),
        (30, [5, 15])
    );
    assert_eq!(first.base_url, "https://api.fonnte.com");
    assert_eq!(
        (second.name.as_str(), second.gateway),
        ("cadangan", GatewayName::Simulator)
    );
    assert_eq!(
        (second.rate_per_minute, second.notice_gap_seconds),
        (5, [0, 0])
    );
}

#[test]
fn a_channel_hands_out_its_secrets_and_names_the_setting_that_lacks_one() {
    use secrecy::ExposeSecret as _;
    let config = Machine::with(CHANNELS).layers().config().unwrap();
    let env = |name: &str| (name == "HOOK").then(|| "baru".to_owned());
    assert_eq!(
        config.channel[0].token(&env).unwrap().expose_secret(),
        "token-panjang-sekali-9f3c"
    );
    assert_eq!(
        config.channel[0].webhook_secrets(&env).unwrap()[1].expose_secret(),
        "baru"
    );
    let error = config.channel[1].token(&env).unwrap_err().to_string();
    assert!(
        error.starts_with("channel.cadangan.token is empty"),
        "{error}"
    );
    let error = config.channel[0]
        .webhook_secrets(&|_| None)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("channel.utama.webhook_secret asks for"),
        "{error}"
    );
}

#[test]
fn shown_settings_hold_every_key_and_no_secret() {
    let text = format!("[database]\nurl = 'postgres://rina:sandi@db.example/brt'\n{CHANNELS}");
    let layers = Machine::with(&text).layers();
    let entries = layers.entries();
    for all in [
        format!("{entries:?}"),
        format!("{:?}", layers.config()),
        format!("{layers:?}"),
    ] {
        assert!(!all.contains("sandi") && !all.contains("panjang"), "{all}");
    }
    assert_eq!(shown(&layers, "channel.utama.token").0, json!("…9f3c"));
    let hooks = shown(&layers, "channel.utama.webhook_secret").0;
    assert_eq!(hooks, json!(["…aaaa", { "env": "HOOK" }]));
    assert_eq!(
        shown(&layers, "database.url").0,
        json!("postgres://rina:…@db.example/brt")
    );
    assert_eq!(
        shown(&layers, "channel.cadangan.rate_per_minute").0,
        json!(5)
    );
    let (shared, own) = ("desk.guests", "outbox.tries");
    assert!(layers.entry(shared).unwrap().shared && !layers.entry(own).unwrap().shared);
}

#[test]
fn files_named_in_a_settings_file_are_looked_for_beside_it() {
    let machine = Machine::with(
        "[chat]\nfile = 'sapaan.ftl'\n[[channel]]\nname = 'utama'\ntoken = { file = 'token' }\n",
    );
    let beside = machine.root.path().join("config");
    let layers = machine.layers();
    let sapaan = beside.join("sapaan.ftl").display().to_string();
    assert_eq!(layers.config().unwrap().chat.file, sapaan);
    let token = beside.join("token").display().to_string();
    assert_eq!(
        shown(&layers, "channel.utama.token").0,
        json!({ "file": token })
    );
}

#[rstest]
#[case("desk.guests", "false", "false")]
#[case("desk.quiet_hours", "21:00-05:00", "\"21:00-05:00\"")]
#[case("org.country_code", "60", "\"60\"")]
#[case("org.name", " Biro Rumah Tangga ", "\"Biro Rumah Tangga\"")]
#[case("org.name", "\"true\"", "\"true\"")]
#[case("limits.reports_per_hour", "0", "0")]
#[case("calendar.saturday", "['08:00-12:00']", r#"["08:00-12:00"]"#)]
#[case(
    "calendar.holidays",
    "[{date = 2025-08-17}]",
    r#"[{"date":"2025-08-17"}]"#
)]
#[case("category", r#"[{"name": "Air"}]"#, r#"[{"name":"Air"}]"#)]
#[case("channel.utama.rate_per_minute", "12", "12")]
fn a_typed_setting_becomes_what_the_database_keeps(
    #[case] key: &str,
    #[case] text: &str,
    #[case] json: &str,
) {
    let layers = Machine::with(CHANNELS).layers();
    assert_eq!(layers.check_set(key, text).as_deref(), Ok(json));
    let layers = layers.with_database(&rows(&[(key, json)]));
    assert_eq!(
        (layers.ignored(), layers.origin(key)),
        (&[][..], Origin::Database)
    );
}

#[test]
fn a_senseless_row_in_the_database_is_left_out_and_told() {
    let layers = Machine::new().layers().with_database(&rows(&[
        ("desk.guests", "false"),
        ("desk.gusts", "false"),
        ("limits.reports_per_hour", "\"banyak\""),
        ("outbox.lease_seconds", "15"),
        ("database.url", "\"sqlite:lain.db\""),
        ("channel.utama.rate_per_minute", "5"),
        ("org.name", "not json"),
    ]));
    let told: Vec<_> = layers
        .ignored()
        .iter()
        .map(ConfigError::to_string)
        .collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    let config = layers.config().unwrap();
    assert!(!config.desk.guests);
    assert_eq!(
        (config.limits.reports_per_hour, config.outbox.lease_seconds),
        (30, 60)
    );
    assert_eq!(config.org.name, "not json");
}

#[rstest]
#[case(None, None, Ok(None))]
#[case(None, Some("en"), Ok(Some(Lang::En)))]
#[case(Some(Lang::Id), Some("en"), Ok(Some(Lang::Id)))]
#[case(Some(Lang::Id), Some("fr"), Ok(Some(Lang::Id)))]
fn the_screens_language_is_asked_of_flag_then_variable(
    #[case] flag: Option<Lang>,
    #[case] variable: Option<&str>,
    #[case] expected: Result<Option<Lang>, ConfigError>,
) {
    let env = |name: &str| {
        variable
            .filter(|_| name == "TANGGAP_LANG")
            .map(str::to_owned)
    };
    assert_eq!(output_language(flag, &env), expected);
}

#[test]
fn a_language_that_does_not_exist_is_refused_with_the_variables_name() {
    let error = output_language(None, &|_| Some("fr".into()))
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "TANGGAP_LANG: TANGGAP_LANG cannot be fr. Allowed: id, en"
    );
}

#[test]
fn a_new_file_belongs_to_its_owner_alone_and_never_replaces_another() {
    let machine = Machine::with("");
    let path = machine.usual();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        write_new(&path, "x"),
        Err(ConfigError::Exists { path: path.clone() })
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    let below = path.join("lain.toml");
    assert!(matches!(
        write_new(&below, ""),
        Err(ConfigError::Unwritable { .. })
    ));
}

#[test]
fn this_process_has_its_environment() {
    assert!(environment("PATH").is_some());
    assert_eq!(environment("TANGGAP_TIDAK_ADA"), None);
}
