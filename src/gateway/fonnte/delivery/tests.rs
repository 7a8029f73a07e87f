use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::*;
use crate::gateway::{Incoming, Location, MediaKind};

const NOW: i64 = 1_767_925_801_000;

fn settings() -> Settings {
    Settings {
        base_url: "https://api.fonnte.com".to_owned(),
        token: "token-rahasia".into(),
        webhook_secrets: vec!["kunci-lama".into(), "kunci-baru".into()],
        device: Some("0811-0000-0009".to_owned()),
        allow_unsigned: false,
        country_code: "62".to_owned(),
        media_hosts: Vec::new(),
    }
}

/// A personal text with every key, as real bodies have them; `changes` replace some.
fn body(changes: &Value) -> Value {
    let mut body = json!({
        "quick": false, "device": "6281100000009", "pesan": "", "pengirim": "6281100000001",
        "member": "", "message": "#req AC ruang B204 bocor", "text": "non-button message",
        "sender": "6281100000001", "name": "Rina TU", "location": "", "url": "", "type": "text",
        "extension": "", "filename": "", "pollname": "", "choices": [], "inboxid": 48_120_077,
        "isgroup": false, "isforwarded": false, "timestamp": 1_767_925_800,
    });
    let map = body.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(map.remove(key)),
            value => drop(map.insert(key.clone(), value.clone())),
        }
    }
    body
}

fn delivery(body: &Value, received_at: i64) -> Delivery {
    let content_type = "application/json".to_owned();
    Delivery {
        content_type,
        body: body.to_string().into_bytes(),
        received_at,
    }
}

fn read(body: &Value) -> Event {
    event(&settings(), &delivery(body, NOW))
}

fn message(changes: Value) -> Incoming {
    match read(&body(&changes)) {
        Event::Message(message) => *message,
        other => panic!("{changes}: {other:?}"),
    }
}

fn extra(changes: Value) -> Value {
    let extra = message(changes).extra;
    extra.map_or(Value::Null, |it| serde_json::from_str(&it).unwrap())
}

fn status_of(body: Value) -> StatusEvent {
    match read(&body) {
        Event::Status(status) => status,
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn a_personal_text_is_read_whole() {
    let message = message(json!({}));
    assert_eq!(message.keys, ["inbox:6281100000009:48120077"]);
    assert_eq!(message.gateway_id.as_deref(), Some("48120077"));
    let sender = message.sender.unwrap();
    assert_eq!(
        (sender.group, sender.person.canonical().as_str()),
        (None, "phone:6281100000001")
    );
    assert_eq!(message.name, "Rina TU");
    assert_eq!(message.sent_at, Some(1_767_925_800_000));
    assert_eq!(message.text, "#req AC ruang B204 bocor");
    assert_eq!(
        (message.attachments.len(), message.location, message.extra),
        (0, None, None)
    );
}

#[test]
fn the_three_formats_tell_the_same() {
    let json = body(&json!({"choices": null, "isgroup": "false", "location": "-6.2,106.8"}));
    let pairs: Vec<(String, String)> = json
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, it)| {
            (
                key.clone(),
                it.as_str().map_or_else(|| it.to_string(), str::to_owned),
            )
        })
        .collect();
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&pairs)
        .finish();
    let part = |(key, it): &(String, String)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{it}\r\n")
    };
    let parts = pairs.iter().map(part).collect::<String>() + "--b--\r\n";
    let expected = read(&json);
    assert!(matches!(expected, Event::Message(_)));
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", form.as_str()),
        ("", &form),
        ("multipart/form-data; boundary=b", &parts),
        ("", &parts),
        ("application/json", &parts),
    ] {
        let (content_type, body) = (content_type.to_owned(), body.as_bytes().to_vec());
        let delivery = Delivery {
            content_type,
            body,
            received_at: NOW,
        };
        let found = event(&settings(), &delivery);
        assert_eq!(found, expected, "{} {delivery:?}", delivery.content_type);
    }
}

#[test]
fn a_message_needs_a_sender_and_nothing_else() {
    let Event::Message(message) = read(&json!({"SENDER": "081100000001"})) else {
        panic!()
    };
    assert_eq!(message.text, "");
    assert_eq!(
        (message.keys.len(), message.sent_at, message.gateway_id),
        (2, None, None)
    );
    let Event::Message(old) = read(&json!({"pengirim": "0811-0000-0001", "pesan": "bocor"})) else {
        panic!()
    };
    assert_eq!(old.text, "bocor");
    assert_eq!(old.sender, message.sender);
}

#[test]
fn a_placeholder_is_never_taken_for_words() {
    for (words, label, expected) in [
        ("bocor", "non-button message", "bocor"),
        ("bocor", "", "bocor"),
        ("bocor", "Selesai", "bocor"),
        ("", "Selesai", "Selesai"),
        ("non-text message", "Selesai", "Selesai"),
        ("non-text message", "non-button message", ""),
        ("Non-Text Message", "NON-BUTTON MESSAGE", ""),
        (" non-text message\n", "", ""),
        ("non-button message", "", ""),
        ("ini non-text message", "", "ini non-text message"),
        ("  ", "", ""),
        ("baris\n dua ", "", "baris\n dua "),
        ("bocor\n\n> _Sent via fonnte.com_", "", "bocor"),
        ("bocor\n> _sent via Fonnte.com_\n", "", "bocor"),
        ("> _Sent via fonnte.com_", "", ""),
        (
            "> _Sent via fonnte.com_\nbocor",
            "",
            "> _Sent via fonnte.com_\nbocor",
        ),
    ] {
        let found = message(json!({"message": words, "text": label})).text;
        assert_eq!(found, expected, "{words:?} {label:?}");
    }
}

#[test]
fn in_a_group_the_member_is_the_person() {
    for (sender, flagged) in [
        ("120363000000000001@g.us", json!(true)),
        ("120363000000000001@g.us", json!(null)),
        ("120363000000000001@g.us", json!("false")),
        ("120363000000000001", json!(false)),
        ("120363000000000001", json!("true")),
    ] {
        let changes = json!({"sender": sender, "member": "0811-0000-0003", "isgroup": flagged});
        let found = message(changes.clone()).sender.unwrap();
        assert_eq!(
            found.group.unwrap().canonical(),
            "group:120363000000000001",
            "{changes}"
        );
        assert_eq!(found.person.canonical(), "phone:6281100000003", "{changes}");
    }
    let lone = message(json!({"member": "6281100000003"})).sender.unwrap();
    assert_eq!(lone.group, None, "a member alone makes no group");
    let hidden = json!({"sender": "120363000000000001@g.us", "memberlid": "4400000000001@lid"});
    assert_eq!(
        message(hidden).sender.unwrap().person.canonical(),
        "lid:4400000000001"
    );
}

#[test]
fn a_hidden_number_is_no_telephone() {
    for (changes, expected) in [
        (json!({"sender": "4400000000001@lid"}), "lid:4400000000001"),
        (
            json!({"sender": "4400000000001", "mode": "lid"}),
            "lid:4400000000001",
        ),
        (json!({"sender": "440000000000123"}), "lid:440000000000123"),
        (
            json!({"sender": "4400000000001@lid", "sender_pn": "0811-0000-0004"}),
            "phone:6281100000004",
        ),
        (
            json!({"sender": "", "pengirim": "", "senderlid": "44001@lid"}),
            "lid:44001",
        ),
        (
            json!({"sender": 6_281_100_000_001_u64}),
            "phone:6281100000001",
        ),
        (
            json!({"sender": "6281100000001@s.whatsapp.net"}),
            "phone:6281100000001",
        ),
    ] {
        let found = message(changes.clone()).sender.unwrap().person.canonical();
        assert_eq!(found, expected, "{changes}");
    }
}

#[test]
fn our_own_words_are_no_message() {
    for changes in [
        json!({"sender": "6281100000009"}),
        json!({"sender": "081100000009", "device": "6281100000009"}),
        json!({"sender": "6281100000009", "device": null}),
        json!({"sender": "120363000000000001@g.us", "member": "6281100000009"}),
    ] {
        assert_eq!(
            read(&body(&changes)),
            Event::Ignored("our own message"),
            "{changes}"
        );
    }
}

#[test]
fn what_cannot_be_understood_is_kept_with_the_reason() {
    for (body, reason) in [
        (json!({}), "neither a sender"),
        (json!([]), "no JSON"),
        (json!({"device": "6281100000009"}), "neither a sender"),
        (
            json!({"sender": "status@broadcast"}),
            "unknown sort of sender",
        ),
        (
            json!({"sender": "120363000000000001@g.us"}),
            "without its writer",
        ),
        (
            json!({"sender": "120363000000000001@g.us", "member": "x"}),
            "unknown sort of sender",
        ),
        (json!({"id": 5, "status": "terbang"}), "unknown state"),
        (json!({"id": 5}), "unknown state"),
        (json!({"status": "sent"}), "neither a sender"),
    ] {
        match read(&body) {
            Event::Unparsed(found) => assert!(found.contains(reason), "{body}: {found}"),
            other => panic!("{body}: {other:?}"),
        }
    }
    let form = json!({"submission": "Survei", "sender": "6281100000001", "data": [{"a": "b"}]});
    assert_eq!(read(&form), Event::Ignored("an answer to a form"));
}

#[test]
fn a_file_is_known_by_its_type_or_its_ending() {
    const URL: &str = "https://contoh.test/f/1";
    for (changes, kind) in [
        (
            json!({"type": "image", "extension": "pdf"}),
            MediaKind::Image,
        ),
        (json!({"type": "Video"}), MediaKind::Video),
        (json!({"type": "audio"}), MediaKind::Audio),
        (json!({"type": "sticker"}), MediaKind::Sticker),
        (json!({"type": "document"}), MediaKind::Document),
        (json!({"type": "", "extension": "JPG"}), MediaKind::Image),
        (json!({"type": null, "extension": ".mp4"}), MediaKind::Video),
        (
            json!({"type": "text", "filename": "suara.mp3"}),
            MediaKind::Audio,
        ),
        (
            json!({"type": "x", "url": "https://contoh.test/a.webp?t=1.pdf"}),
            MediaKind::Image,
        ),
        (json!({"type": ""}), MediaKind::Document),
    ] {
        let mut changes = changes;
        let map = changes.as_object_mut().unwrap();
        map.entry("url").or_insert_with(|| json!(URL));
        let files = message(changes.clone()).attachments;
        assert_eq!(
            files.iter().map(|it| it.kind).collect::<Vec<_>>(),
            [kind],
            "{changes}"
        );
    }
    let named = message(json!({"url": URL, "filename": "foto.jpg", "message": "lantai 2"}));
    assert_eq!(
        (named.attachments[0].url.as_str(), named.text.as_str()),
        (URL, "lantai 2")
    );
    assert_eq!(named.attachments[0].filename, "foto.jpg");
}

#[test]
fn a_place_is_read_as_text_and_as_an_object() {
    let place = |latitude, longitude| {
        Some(Location {
            latitude,
            longitude,
            name: None,
            address: None,
        })
    };
    for (location, expected) in [
        (json!("-6.2,106.8"), place(-6.2, 106.8)),
        (json!(" -6.2 , 106.8 "), place(-6.2, 106.8)),
        (
            json!({"latitude": -6.2, "longitude": 106.8}),
            place(-6.2, 106.8),
        ),
        (json!({"lat": "-6.2", "lng": "106.8"}), place(-6.2, 106.8)),
        (
            json!("{\"latitude\":-6.2,\"longitude\":106.8}"),
            place(-6.2, 106.8),
        ),
        (json!("-96.2,106.8"), None),
        (json!("6.2,186.8"), None),
        (json!("NaN,106.8"), None),
        (json!("inf,1"), None),
        (json!("di sini"), None),
        (json!("-6.2"), None),
        (json!(""), None),
        (json!([1, 2]), None),
        (json!({"latitude": -6.2}), None),
    ] {
        let found = message(json!({"location": location})).location;
        assert_eq!(found, expected, "{location}");
    }
}

#[test]
fn what_has_no_field_of_its_own_is_kept() {
    let poll = json!({"pollname": "Kapan?", "choices": ["pagi", "sore"], "message": ""});
    let kept = json!({"poll": {"name": "Kapan?", "choices": ["pagi", "sore"]}});
    assert_eq!(extra(poll), kept);
    let text = json!({"pollname": "Kapan?", "choices": "pagi, sore", "message": ""});
    assert_eq!(extra(text.clone()), kept);
    assert_eq!(message(text).text, "");
    assert_eq!(
        extra(json!({"message": "", "text": "Ya"})),
        json!({"button": "Ya"})
    );
    assert_eq!(
        extra(json!({"isforwarded": "true"})),
        json!({"forwarded": true})
    );
    let empty = json!({"message": "non-text message", "type": "sticker"});
    assert_eq!(extra(empty), json!({"type": "sticker"}));
    assert_eq!(
        extra(json!({"message": "", "type": ""})),
        json!({"type": "unknown"})
    );
    assert_eq!(extra(json!({})), Value::Null);
}

#[test]
fn only_an_inbox_id_above_zero_names_a_message() {
    for (inbox, named) in [
        (json!(48_120_077), true),
        (json!("48120077"), true),
        (json!(48_120_077.0), true),
        (json!(0), false),
        (json!("0"), false),
        (json!(""), false),
        (json!(-1), false),
        (json!(null), false),
        (json!("abc"), false),
    ] {
        let message = message(json!({"inboxid": inbox}));
        let expected = if named {
            "inbox:6281100000009:48120077"
        } else {
            "digest:"
        };
        assert!(
            message.keys[0].starts_with(expected),
            "{inbox}: {:?}",
            message.keys
        );
        assert_eq!(message.gateway_id.is_some(), named, "{inbox}");
        assert_eq!(message.keys.len(), 1, "{inbox}");
    }
}

#[test]
fn without_an_inbox_id_the_content_names_the_message() {
    let base = message(json!({"inboxid": 0})).keys;
    assert_eq!(
        base,
        message(json!({"inboxid": 0, "device": "081100000009"})).keys
    );
    for (key, other) in [
        ("sender", json!("6281100000002")),
        ("message", json!("lain")),
        ("url", json!("https://contoh.test/1")),
        ("timestamp", json!(1_767_925_801)),
        ("location", json!("1,2")),
        ("device", json!("6281100000008")),
        ("member", json!("6281100000003")),
    ] {
        let changed = message(json!({"inboxid": 0, key: other})).keys;
        assert_ne!(changed, base, "{key}");
    }
}

#[test]
fn without_a_time_equal_words_are_one_only_close_together() {
    let keys = |received_at| {
        let body = body(&json!({"inboxid": 0, "timestamp": ""}));
        match event(&settings(), &delivery(&body, received_at)) {
            Event::Message(message) => message.keys,
            other => panic!("{other:?}"),
        }
    };
    let turn = NOW.div_euclid(BUCKET_MS) * BUCKET_MS;
    let (before, after) = (keys(turn - 1), keys(turn));
    assert_eq!(before.len(), 2);
    assert_eq!(
        after[1], before[0],
        "a repeat across the clock's turn is seen"
    );
    assert_eq!(keys(turn + BUCKET_MS - 1), after);
    let later = keys(turn + 2 * BUCKET_MS);
    assert!(
        !later.contains(&after[0]),
        "the same words later are a new message"
    );
}

#[test]
fn a_delivery_has_the_name_of_its_message() {
    for (body, same_later) in [
        (body(&json!({})), true),
        (body(&json!({"inboxid": 0})), true),
        (body(&json!({"inboxid": 0, "timestamp": null})), false),
        (json!({"id": 5, "status": "sent"}), true),
        (json!({"status": "connect"}), false),
        (json!({"apa": "ini"}), true),
    ] {
        let name = |at| key(&settings(), &delivery(&body, at));
        assert!(!name(NOW).is_empty(), "{body}");
        assert_eq!(name(NOW), name(NOW), "{body}");
        assert_eq!(name(NOW) == name(NOW + 2 * BUCKET_MS), same_later, "{body}");
    }
}

#[test]
fn every_time_is_read_as_milliseconds() {
    for (time, expected) in [
        (json!(1_767_925_800), Some(1_767_925_800_000)),
        (json!("1767925800"), Some(1_767_925_800_000)),
        (json!(1_767_925_800_123_i64), Some(1_767_925_800_123)),
        (json!(0), None),
        (json!(-5), None),
        (json!("kemarin"), None),
        (json!(i64::MAX), Some(i64::MAX)),
        (json!(u64::MAX), None),
    ] {
        assert_eq!(
            message(json!({"timestamp": time})).sent_at,
            expected,
            "{time}"
        );
    }
}

#[test]
fn the_three_shapes_of_a_status_name_one_message() {
    for (body, gateway_id, alias, reached) in [
        (
            json!({"id": "7", "stateid": "A1", "status": "sent", "state": "delivered"}),
            "id:7",
            Some("stateid:A1"),
            Reached::Delivered,
        ),
        (
            json!({"id": 7, "status": "sent"}),
            "id:7",
            None,
            Reached::Sent,
        ),
        (
            json!({"id": [7], "status": "pending"}),
            "id:7",
            None,
            Reached::Queued,
        ),
        (
            json!({"stateid": "A1", "state": "read"}),
            "stateid:A1",
            None,
            Reached::Read,
        ),
        (
            json!({"id": 7, "stateid": "A1", "status": "processing", "state": ""}),
            "id:7",
            Some("stateid:A1"),
            Reached::Queued,
        ),
    ] {
        let status = status_of(body.clone());
        assert_eq!(status.gateway_id.as_deref(), Some(gateway_id), "{body}");
        assert_eq!(status.alias.as_deref(), alias, "{body}");
        assert_eq!(status.reached, reached, "{body}");
    }
}

#[test]
fn every_word_of_a_status_is_known() {
    let failed = |word: &str| Reached::Failed(word.to_owned());
    for (word, reached) in [
        ("pending", Reached::Queued),
        ("waiting", Reached::Queued),
        ("processing", Reached::Queued),
        ("Sent", Reached::Sent),
        ("delivered", Reached::Delivered),
        (" read ", Reached::Read),
        ("invalid", failed("invalid")),
        ("expired", failed("expired")),
        ("URL unreachable", failed("url unreachable")),
        ("failed", failed("failed")),
    ] {
        for key in ["status", "state"] {
            let status = status_of(json!({"id": 7, key: word, "timestamp": 1_767_925_800}));
            assert_eq!(status.reached, reached, "{key} {word}");
            assert_eq!(status.at, Some(1_767_925_800_000), "{key} {word}");
        }
    }
}

#[test]
fn of_two_words_the_one_further_on_counts() {
    for (status, state, reached) in [
        ("sent", "read", Reached::Read),
        ("delivered", "sent", Reached::Delivered),
        ("failed", "delivered", Reached::Delivered),
        ("sent", "failed", Reached::Failed("failed".to_owned())),
        ("sent", "entah", Reached::Sent),
    ] {
        let found = status_of(json!({"id": 7, "status": status, "state": state})).reached;
        assert_eq!(found, reached, "{status} {state}");
    }
}

#[test]
fn the_number_comes_and_goes() {
    for (body, connected, reason) in [
        (
            json!({"device": "081100000009", "status": "connect"}),
            true,
            "",
        ),
        (
            json!({"status": "Disconnect", "reason": "logged out"}),
            false,
            "logged out",
        ),
    ] {
        let reason = reason.to_owned();
        assert_eq!(read(&body), Event::Device { connected, reason }, "{body}");
    }
}

fn is_genuine(settings: &Settings, key: Option<&str>, body: &Value) -> bool {
    let (headers, delivery) = (HeaderMap::new(), delivery(body, NOW));
    genuine(
        settings,
        &Proof {
            key,
            headers: &headers,
            delivery: &delivery,
        },
    )
}

#[test]
fn a_delivery_needs_one_of_the_secrets() {
    for (key, changes, expected) in [
        (Some("kunci-lama"), json!({}), true),
        (Some("kunci-baru"), json!({}), true),
        (Some("kunci-bar"), json!({}), false),
        (Some("kunci-baru "), json!({}), false),
        (Some(""), json!({}), false),
        (None, json!({}), false),
        (None, json!({"secret": "kunci-lama"}), true),
        (None, json!({"webhook_secret": "kunci-lama"}), true),
        (None, json!({"secret_key": "kunci-lama"}), true),
        (None, json!({"TOKEN": "kunci-lama"}), true),
        (None, json!({"token": "token-rahasia"}), false),
        (None, json!({"secret": ""}), false),
        (Some("salah"), json!({"secret": "kunci-baru"}), true),
    ] {
        assert_eq!(
            is_genuine(&settings(), key, &body(&changes)),
            expected,
            "{key:?} {changes}"
        );
    }
}

#[test]
fn another_device_is_not_ours_whatever_it_knows() {
    for (device, expected) in [
        (json!("6281100000009"), true),
        (json!("0811-0000-0009"), true),
        (json!("+62 811 0000 0009"), true),
        (json!(6_281_100_000_009_u64), true),
        (json!(""), true),
        (json!(null), true),
        (json!("6281100000008"), false),
        (json!("perangkat"), false),
    ] {
        let body = body(&json!({"device": device}));
        assert_eq!(
            is_genuine(&settings(), Some("kunci-baru"), &body),
            expected,
            "{device}"
        );
    }
    let unknown = Settings {
        device: None,
        ..settings()
    };
    assert!(is_genuine(
        &unknown,
        Some("kunci-baru"),
        &body(&json!({"device": "62811"}))
    ));
}

#[test]
fn without_a_secret_only_a_channel_that_says_so_is_open() {
    for (secrets, allow_unsigned, expected) in [
        (vec![], true, true),
        (vec![], false, false),
        (vec!["kunci".into()], true, false),
        (vec!["".into()], false, false),
    ] {
        let settings = Settings {
            webhook_secrets: secrets,
            allow_unsigned,
            ..settings()
        };
        assert_eq!(
            is_genuine(&settings, None, &body(&json!({}))),
            expected,
            "{settings:?}"
        );
        assert!(!is_genuine(
            &settings,
            Some(""),
            &body(&json!({"device": "62811"}))
        ));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes: Vec<u8>, content_type: String) {
        let delivery = Delivery { content_type, body: bytes, received_at: NOW };
        event(&settings(), &delivery);
        proptest::prop_assert!(!key(&settings(), &delivery).is_empty());
    }

    #[test]
    fn any_values_are_read_without_harm(text in "\\PC{0,40}", number: i64, at: i64) {
        let keys = ["sender", "message", "location", "timestamp", "inboxid", "choices", "url"];
        for key in keys {
            for value in [json!(text), json!(number), json!([text]), json!({ &text: number })] {
                event(&settings(), &delivery(&body(&json!({ key: value })), at));
            }
        }
    }
}
