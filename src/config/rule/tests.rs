//! Tests of what may stand at each key.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::config::schema::Schema;

#[test]
fn every_default_is_allowed() {
    let schema = Schema::built_in();
    for (key, value) in schema.defaults() {
        assert_eq!(schema.check(key, value), Ok(()), "{key}");
    }
    for gateway in ["fonnte", "simulator"] {
        for (field, value) in schema.channel_defaults(gateway).unwrap() {
            let value = if field == "name" {
                &json!("utama")
            } else {
                value
            };
            let key = format!("channel.utama.{field}");
            assert_eq!(schema.check(&key, value), Ok(()), "{key}");
        }
    }
}

#[test]
fn every_rule_is_that_of_a_setting() {
    let schema = Schema::built_in();
    for (key, _, _) in RULES {
        let key = key.replacen("channel.", "channel.utama.", 1);
        assert!(schema.is_value(&key) || schema.is_section(&key), "{key}");
    }
}

#[test]
fn a_value_of_another_type_is_refused_at_every_key() {
    let schema = Schema::built_in();
    for key in schema.defaults().keys() {
        for wrong in [
            json!(null),
            json!({"a": 1}),
            json!(1.5),
            json!([[1]]),
            json!(-7),
        ] {
            assert!(schema.check(key, &wrong).is_err(), "{key} = {wrong}");
        }
    }
}

#[rstest]
#[case("org.track_prefix", json!("BR"), true)]
#[case("org.track_prefix", json!("FASILKOM"), true)]
#[case("org.track_prefix", json!("B"), false)]
#[case("org.track_prefix", json!("FASILITAS"), false)]
#[case("org.track_prefix", json!("BRT2"), false)]
#[case("org.timezone", json!("Asia/Jayapura"), true)]
#[case("org.timezone", json!("Asia/Bandung"), false)]
#[case("org.timezone", json!(""), false)]
#[case("org.country_code", json!("673"), true)]
#[case("org.country_code", json!("6281"), false)]
#[case("org.country_code", json!("+62"), false)]
#[case("org.country_code", json!("062"), false)]
#[case("org.country_code", json!(62), false)]
#[case("org.language", json!("en"), true)]
#[case("org.language", json!("fr"), false)]
#[case("org.name", json!(""), false)]
#[case("org.name", json!("BRT\u{1b}[31m"), false)]
#[case("org.name", json!("BRT\nUniversitas"), false)]
#[case("org.name", json!("x".repeat(501)), false)]
#[case("desk.assign", json!("suggest"), true)]
#[case("desk.assign", json!("Auto"), false)]
#[case("desk.quiet_hours", json!(""), true)]
#[case("desk.quiet_hours", json!("21:00-05:00"), true)]
#[case("desk.quiet_hours", json!("21-5"), false)]
#[case("desk.guests", json!("true"), false)]
#[case("calendar.monday", json!(["07:30-12:00", "13:00-16:00"]), true)]
#[case("calendar.monday", json!(["16:00-07:30"]), false)]
#[case("calendar.holidays", json!([{"date": "2025-08-17", "name": "Kemerdekaan"}]), true)]
#[case("calendar.holidays", json!([{"date": "2025-02-30"}]), false)]
#[case("category", json!([{"name": "Air", "words": ["keran"]}]), true)]
#[case("category", json!([{"name": " "}]), false)]
#[case("category", json!([{"name": "Air", "word": ["keran"]}]), false)]
#[case("worker.listen", json!("[::1]:0"), true)]
#[case("worker.listen", json!("8080"), false)]
#[case("worker.listen", json!("localhost:8080"), false)]
#[case("database.url", json!("sqlite:/srv/tanggap.db"), true)]
#[case("database.url", json!("postgres://rina@db.example/brt"), true)]
#[case("database.url", json!({"env": "DB"}), true)]
#[case("database.url", json!("mysql://db.example/brt"), false)]
#[case("database.url", json!("sqlite:"), false)]
#[case("channel.utama.name", json!("wa-2"), true)]
#[case("channel.utama.name", json!("whatsapp"), false)]
#[case("channel.utama.name", json!("Utama"), false)]
#[case("channel.utama.name", json!(""), false)]
#[case("channel.utama.token", json!({"file": "/run/token"}), true)]
#[case("channel.utama.token", json!(7), false)]
#[case("channel.utama.webhook_secret", json!(["a", {"env": "B"}]), true)]
#[case("channel.utama.webhook_secret", json!(["a", "b", "c"]), false)]
#[case("channel.utama.notice_gap_seconds", json!([0, 0]), true)]
#[case("channel.utama.notice_gap_seconds", json!([15, 5]), false)]
#[case("channel.utama.notice_gap_seconds", json!([5]), false)]
#[case("channel.utama.rate_per_minute", json!(0), false)]
fn each_rule_takes_what_it_should_and_nothing_else(
    #[case] key: &str,
    #[case] value: Value,
    #[case] taken: bool,
) {
    let checked = Schema::built_in().check(key, &value);
    assert_eq!(checked.is_ok(), taken, "{key} = {value}: {checked:?}");
}

#[rstest]
#[case("https://api.fonnte.com", true)]
#[case("https://api.fonnte.com:8443/v1/", true)]
#[case("http://127.0.0.1:3000", true)]
#[case("http://localhost:3000/x", true)]
#[case("http://[::1]:3000", true)]
#[case("http://10.1.2.3", true)]
#[case("http://172.16.0.9", true)]
#[case("http://192.168.1.5:80", true)]
#[case("http://[fd00::5]", true)]
#[case("http://api.fonnte.com", false)]
#[case("http://8.8.8.8", false)]
#[case("http://169.254.169.254", false)]
#[case("http://172.32.0.1", false)]
#[case("http://127.0.0.1.example.com", false)]
#[case("http://localhost@example.com", false)]
#[case("http://localhost.example.com", false)]
#[case("ftp://127.0.0.1", false)]
#[case("https://", false)]
#[case("https:///x", false)]
#[case("https://a.example?x=1", false)]
#[case("api.fonnte.com", false)]
#[case("https://a b", false)]
fn plain_http_goes_only_to_this_machine_and_to_private_networks(
    #[case] url: &str,
    #[case] taken: bool,
) {
    let schema = Schema::built_in();
    for key in ["channel.utama.base_url", "worker.public_base_url"] {
        assert_eq!(
            schema.check(key, &json!(url)).is_ok(),
            taken,
            "{key} = {url}"
        );
    }
}

#[test]
fn a_refusal_names_the_wrong_item_and_what_is_allowed() {
    let schema = Schema::built_in();
    let refusal = schema
        .check("calendar.monday", &json!(["08:00-12:00", "13-16"]))
        .unwrap_err();
    assert_eq!(refusal.found, r#""13-16""#);
    assert_eq!(refusal.allowed, r#"["08:00-12:00", "13:00-16:00"]"#);
    let refusal = schema.check("sqlite.readers", &json!(0)).unwrap_err();
    assert_eq!(
        (refusal.found.as_str(), refusal.allowed.as_str()),
        ("0", "1–32")
    );
}

#[test]
fn a_refusal_never_repeats_a_secret_or_an_escape() {
    let schema = Schema::built_in();
    for key in [
        "channel.utama.token",
        "channel.utama.webhook_secret",
        "database.url",
    ] {
        let refusal = schema
            .check(key, &json!([1, "rahasia-panjang-9f3c"]))
            .unwrap_err();
        assert_eq!(refusal.found, "…", "{key}");
    }
    let refusal = schema
        .check("org.timezone", &json!("a\u{202e}\u{1b}b"))
        .unwrap_err();
    assert!(
        !refusal.found.contains(['\u{202e}', '\u{1b}']),
        "{refusal:?}"
    );
}
