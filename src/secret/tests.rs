//! Tests of where secrets may come from and how little of them is ever shown.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use rstest::rstest;
use serde::Deserialize;

use super::*;
use crate::domain::lang::Lang;
use crate::i18n::Texts;

#[derive(Debug, Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "optional")]
    token: Option<Secret>,
    #[serde(default)]
    webhook: Secrets,
}

const LONG: &str = "rahasia-panjang-9f3c";

fn form(text: &str) -> Result<Form, toml::de::Error> {
    toml::from_str(text)
}

fn token(text: &str) -> Secret {
    form(text).unwrap().token.unwrap()
}

fn env(name: &str) -> Option<String> {
    (name == "TOKEN").then(|| "dari-lingkungan".to_owned())
}

fn open(text: &str) -> Result<String, SecretError> {
    let secret = token(text).open("channel.utama.token", &env)?;
    Ok(secret.expose_secret().to_owned())
}

/// Writes a secret file with the given mode and returns the setting that names it.
fn filed(folder: &Path, content: &str, mode: u32) -> String {
    let path = folder.join("token");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    format!("token = {{ file = {:?} }}", path.display().to_string())
}

#[test]
fn a_secret_comes_from_the_setting_the_environment_or_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = filed(folder.path(), "dari-berkas\r\n", 0o600);
    for (text, expected) in [
        ("token = 'langsung'", "langsung"),
        ("token = { env = 'TOKEN' }", "dari-lingkungan"),
        (file.as_str(), "dari-berkas"),
    ] {
        assert_eq!(open(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn a_file_of_the_systems_credential_store_may_be_read_only() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(&filed(folder.path(), "isi", 0o400)).unwrap(), "isi");
}

#[rstest]
#[case(0o640)]
#[case(0o604)]
#[case(0o620)]
#[case(0o601)]
#[case(0o666)]
fn a_file_that_others_may_touch_is_refused_with_the_cure(#[case] mode: u32) {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&filed(folder.path(), "isi", mode)).unwrap_err();
    assert!(matches!(error, SecretError::Exposed { .. }), "{error}");
    assert!(
        error.to_string().starts_with("channel.utama.token: "),
        "{error}"
    );
    assert!(error.to_string().contains("chmod 600 "), "{error}");
}

#[test]
fn a_link_in_place_of_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    filed(folder.path(), "isi", 0o600);
    let link = folder.path().join("link");
    symlink(folder.path().join("token"), &link).unwrap();
    let error = open(&format!(
        "token = {{ file = {:?} }}",
        link.display().to_string()
    ));
    assert!(matches!(error, Err(SecretError::Link { .. })), "{error:?}");
}

#[test]
fn a_folder_and_a_missing_file_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let shown = folder.path().display();
    let error = open(&format!("token = {{ file = '{shown}' }}")).unwrap_err();
    assert!(matches!(error, SecretError::NotFile { .. }), "{error}");
    let error = open(&format!("token = {{ file = '{shown}/tiada' }}")).unwrap_err();
    assert!(matches!(error, SecretError::Unreadable { .. }), "{error}");
}

#[rstest]
#[case::empty("")]
#[case::only_a_newline("\n")]
#[case::two_lines("satu\ndua\n")]
#[case::escape("a\u{1b}[31m")]
#[case::huge(&"x".repeat(16 * 1024 + 1))]
fn a_file_must_hold_one_line_of_text(#[case] content: &str) {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&filed(folder.path(), content, 0o600)).unwrap_err();
    assert!(matches!(error, SecretError::BadContent { .. }), "{error}");
}

#[test]
fn a_variable_that_is_not_set_is_named_with_the_setting() {
    let error = open("token = { env = 'TIADA' }").unwrap_err().to_string();
    assert!(error.starts_with("channel.utama.token asks for"), "{error}");
    assert!(error.contains("TIADA"), "{error}");
}

#[rstest]
#[case("token = 7")]
#[case("token = { env = 'A', file = 'B' }")]
#[case("token = { path = 'A' }")]
#[case("token = {}")]
#[case("token = ['a', 'b']")]
#[case("webhook = ['a', 'b', 'c']")]
fn any_other_shape_is_refused_with_the_shapes_there_are(#[case] text: &str) {
    let error = form(text).unwrap_err().to_string();
    assert!(
        error.contains("{ env = \"NAME\" }") || error.contains("one secret"),
        "{error}"
    );
}

#[test]
fn an_empty_setting_means_no_secret() {
    let form = form("token = ''\nwebhook = ''").unwrap();
    assert!(form.token.is_none() && form.webhook.is_empty());
}

#[rstest]
#[case("webhook = 'lama'", &["lama"])]
#[case("webhook = { env = 'TOKEN' }", &["dari-lingkungan"])]
#[case("webhook = ['lama', { env = 'TOKEN' }]", &["lama", "dari-lingkungan"])]
#[case("webhook = []", &[])]
fn a_secret_may_have_a_second_one_beside_it(#[case] text: &str, #[case] expected: &[&str]) {
    let opened = form(text)
        .unwrap()
        .webhook
        .open("channel.utama.webhook_secret", &env)
        .unwrap();
    let opened: Vec<_> = opened.iter().map(SecretString::expose_secret).collect();
    assert_eq!(opened, expected);
}

#[test]
fn printing_shows_at_most_the_last_four_characters() {
    let text = format!("token = '{LONG}'\nwebhook = ['{LONG}', 'pendek']");
    let form = form(&text).unwrap();
    let json = serde_json::to_string(&(&form.token, &form.webhook)).unwrap();
    for shown in [format!("{form:?}"), json] {
        assert!(shown.contains("…9f3c"), "{shown}");
        assert!(
            !shown.contains("-9f3c") && !shown.contains("rahasia"),
            "{shown}"
        );
        assert!(!shown.contains("dek"), "{shown}");
    }
}

#[rstest]
#[case("", "…")]
#[case("abcdefghijk", "…")]
#[case("abcdefghijkl", "…ijkl")]
#[case("kata-sandi-ééé", "…-ééé")]
fn a_short_secret_shows_nothing_of_itself(#[case] secret: &str, #[case] shown: &str) {
    assert_eq!(mask(secret), shown);
}

#[test]
fn an_error_reads_the_same_as_its_english_text() {
    let texts = Texts::load(Lang::En, None).unwrap();
    let (key, path) = ("api.token".to_owned(), "/run/token".to_owned());
    for error in [
        SecretError::EnvMissing {
            key: key.clone(),
            name: "TOKEN".into(),
        },
        SecretError::Unreadable {
            key: key.clone(),
            path: path.clone(),
            why: missing(),
        },
        SecretError::Exposed {
            key: key.clone(),
            path: path.clone(),
        },
        SecretError::Link {
            key: key.clone(),
            path: path.clone(),
        },
        SecretError::NotFile {
            key: key.clone(),
            path,
        },
        SecretError::BadContent { key },
    ] {
        assert_eq!(texts.phrase(&error.phrase()), error.to_string());
    }
}

fn missing() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::NotFound)
}
