use std::time::Duration;

use super::super::http::tests::{Deed, Wire, client, response};
use super::*;
use crate::domain::phone::Address;
use crate::gateway::{Body, Content, ErrorKind, File, MediaKind, Retry};

const TAKEN: &str = r#"{"status":true,"id":[151000321],"target":["6281100000001"],
    "quota":{"6281100000009":{"quota":1000,"remaining":999,"used":1}}}"#;

fn fonnte(base_url: String) -> Fonnte {
    let settings = Settings {
        base_url,
        token: "token-rahasia".into(),
        webhook_secrets: Vec::new(),
        device: Some("081100000009".to_owned()),
        allow_unsigned: true,
        country_code: "62".to_owned(),
        media_hosts: vec!["media.contoh.test".to_owned()],
    };
    Fonnte::new(settings, client())
}

fn outgoing(body: Body) -> Outgoing {
    let to = Address::parse("0811-0000-0001", "62").unwrap();
    Outgoing {
        id: "o1".to_owned(),
        to,
        body,
        quote: Some("48120077".to_owned()),
    }
}

fn text() -> Outgoing {
    outgoing(Body::Text("ya & baik".to_owned()))
}

#[tokio::test]
async fn a_text_goes_out_as_a_form_with_the_bare_token() {
    let wire = Wire::says(200, "", TAKEN).await;
    let accepted = fonnte(wire.url() + "/").send(&text()).await.unwrap();
    let expected = Accepted {
        gateway_id: Some("id:151000321".to_owned()),
        quota_left: Some(999),
    };
    assert_eq!(accepted, expected);
    let asked = &wire.asked()[0];
    for part in [
        "POST /send HTTP/1.1\r\n",
        "\r\nauthorization: token-rahasia\r\n",
        "\r\ncontent-type: application/x-www-form-urlencoded\r\n",
        "\r\n\r\ntarget=6281100000001&countryCode=0&message=ya+%26+baik&inboxid=48120077",
    ] {
        assert!(asked.contains(part), "{part:?} in {asked}");
    }
}

#[tokio::test]
async fn bytes_go_out_as_an_upload() {
    let wire = Wire::says(200, "", TAKEN).await;
    let content = Content::Bytes(b"isi surat".to_vec());
    let (filename, caption) = ("surat.pdf".to_owned(), "untuk Anda".to_owned());
    let file = File {
        kind: MediaKind::Document,
        content,
        filename,
        caption,
    };
    fonnte(wire.url())
        .send(&outgoing(Body::File(file)))
        .await
        .unwrap();
    let asked = &wire.asked()[0];
    for part in [
        "content-type: multipart/form-data; boundary=",
        "name=\"file\"; filename=\"surat.pdf\"\r\nContent-Type: application/pdf\r\n\r\nisi surat",
        "name=\"message\"\r\n\r\nuntuk Anda",
        "name=\"filename\"\r\n\r\nsurat.pdf",
        "name=\"target\"\r\n\r\n6281100000001",
    ] {
        assert!(asked.contains(part), "{part:?} in {asked}");
    }
}

#[tokio::test]
async fn every_sort_of_answer_has_its_outcome() {
    let refusal = r#"{"status":false,"reason":"request invalid on disconnected device"}"#;
    let (hold, later) = (Retry::HoldChannel, Retry::Later);
    let pause = Retry::After(Duration::from_secs(7));
    for (deed, kind, retry, ambiguous) in [
        (
            response(200, "", refusal),
            ErrorKind::NotAllowed,
            hold,
            false,
        ),
        (response(401, "", ""), ErrorKind::NotAllowed, hold, false),
        (
            response(429, "retry-after: 7\r\n", TAKEN),
            ErrorKind::RateLimited,
            pause,
            false,
        ),
        (
            response(503, "retry-after: 7\r\n", ""),
            ErrorKind::Unreadable,
            pause,
            true,
        ),
        (response(500, "", TAKEN), ErrorKind::Unreadable, later, true),
        (
            response(200, "", "<html>"),
            ErrorKind::Unreadable,
            later,
            true,
        ),
        (response(200, "", ""), ErrorKind::Unreadable, later, true),
        (
            response(200, "", &TAKEN[..30]),
            ErrorKind::Unreadable,
            later,
            true,
        ),
        (
            response(302, "location: /\r\n", TAKEN),
            ErrorKind::Unreadable,
            later,
            false,
        ),
        (Vec::new(), ErrorKind::Unreachable, later, true),
    ] {
        let name = String::from_utf8_lossy(&deed).into_owned();
        let wire = Wire::new(Deed::Answer(deed)).await;
        let error = fonnte(wire.url()).send(&text()).await.unwrap_err();
        let found = (error.kind, error.retry, error.ambiguous);
        assert_eq!(found, (kind, retry, ambiguous), "{name}: {error}");
        assert_eq!(wire.asked().len(), 1, "{name} was asked once");
        assert!(!error.text.contains("rahasia"), "{error}");
    }
}

#[tokio::test]
async fn a_hidden_number_and_a_broken_token_ask_nobody() {
    let wire = Wire::says(200, "", TAKEN).await;
    let to = Address::parse("4400000000001@lid", "62").unwrap();
    let error = fonnte(wire.url())
        .send(&Outgoing { to, ..text() })
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind, error.retry),
        (ErrorKind::Refused, Retry::Never)
    );
    let mut broken = fonnte(wire.url());
    broken.settings.token = "token\nrahasia".into();
    let error = broken.send(&text()).await.unwrap_err();
    assert_eq!(
        (error.kind, error.retry),
        (ErrorKind::NotAllowed, Retry::HoldChannel)
    );
    assert!(wire.asked().is_empty());
}

#[tokio::test]
async fn the_number_is_linked_or_says_why_not() {
    for (answer, by, expected) in [
        (
            r#"{"status":true,"url":"iVBORw0KGgo="}"#,
            LoginBy::Qr,
            Ok(Pairing::QrPng(b"\x89PNG\r\n\x1a\n".to_vec())),
        ),
        (
            r#"{"status":true,"code":"ABCD-1234"}"#,
            LoginBy::Code,
            Ok(Pairing::Code("ABCD-1234".to_owned())),
        ),
        (
            r#"{"status":false,"reason":"device already connect"}"#,
            LoginBy::Qr,
            Ok(Pairing::Connected),
        ),
        (
            r#"{"status":false,"reason":"free device already connected"}"#,
            LoginBy::Qr,
            Err(Retry::HoldChannel),
        ),
        (
            r#"{"status":false,"reason":"token invalid"}"#,
            LoginBy::Qr,
            Err(Retry::HoldChannel),
        ),
        (
            r#"{"status":true,"url":"?"}"#,
            LoginBy::Qr,
            Err(Retry::Later),
        ),
    ] {
        let wire = Wire::says(200, "", answer).await;
        let found = fonnte(wire.url())
            .login(by)
            .await
            .map_err(|error| error.retry);
        assert_eq!(found, expected, "{answer}");
        assert!(
            wire.asked()[0].contains("whatsapp=6281100000009"),
            "{:?}",
            wire.asked()
        );
    }
}

#[tokio::test]
async fn a_question_that_fails_leaves_no_doubt() {
    let wire = Wire::new(Deed::Answer(Vec::new())).await;
    let fonnte = fonnte(wire.url());
    assert!(!fonnte.device().await.unwrap_err().ambiguous);
    assert!(!fonnte.logout().await.unwrap_err().ambiguous);
    assert!(!fonnte.login(LoginBy::Qr).await.unwrap_err().ambiguous);
}

#[tokio::test]
async fn the_state_of_the_number_is_asked_for() {
    let answer = r#"{"status":true,"device_status":"connect","quota":"950"}"#;
    let wire = Wire::says(200, "", answer).await;
    let device = fonnte(wire.url()).device().await.unwrap();
    assert_eq!((device.connected, device.quota_left), (true, Some(950)));
    assert!(wire.asked()[0].starts_with("POST /device HTTP/1.1\r\n"));
}

#[tokio::test]
async fn numbers_are_checked_by_the_five_hundred() {
    let answer = r#"{"status":true,"registered":["6281100000001"],"not_registered":[]}"#;
    let wire = Wire::says(200, "", answer).await;
    let phone = |n: usize| Phone::parse(&format!("62811{n:08}"), "62").unwrap();
    let phones: Vec<Phone> = (0..501).map(phone).collect();
    let fonnte = fonnte(wire.url());
    let found = fonnte.check(&phones).await.unwrap();
    let hits: Vec<usize> = (0..501).filter(|it| found[*it]).collect();
    assert_eq!((found.len(), hits, wire.asked().len()), (501, vec![1], 2));
    assert_eq!(fonnte.check(&[]).await, Ok(Vec::new()));
    assert_eq!(wire.asked().len(), 2);
}

#[test]
fn media_comes_from_the_gateway_and_from_named_hosts() {
    let fonnte = fonnte("https://gerbang.contoh.test".to_owned());
    for (host, expected) in [
        ("fonnte.com", true),
        ("api.fonnte.com", true),
        ("API.Fonnte.com", true),
        ("gerbang.contoh.test", true),
        ("media.contoh.test", true),
        ("evilfonnte.com", false),
        ("fonnte.com.contoh.test", false),
        ("contoh.test", false),
        ("", false),
    ] {
        assert_eq!(fonnte.media_host(host), expected, "{host}");
    }
}
