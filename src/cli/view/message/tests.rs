//! Tests of the shape of a message.

use serde_json::json;

use super::super::sample;
use super::*;

#[test]
fn a_message_has_the_fields_that_scripts_read() {
    let settings = sample::settings("Asia/Jakarta");
    let message = incoming(
        &settings,
        sample::message(),
        (Some("Baik.".into()), Vec::new()),
    );
    let expected = json!({
        "id": "12", "at": "2024-11-18T08:00:00+07:00", "direction": "in", "channel": "utama",
        "phone": "6281100001001", "contact": "Ratna", "kind": "ordinary", "text": "di sini",
        "reply": "Baik.", "track_id": null, "gateway_id": "48000001",
        "location": {"latitude": -6.2, "longitude": 106.8, "name": "Aula", "address": null},
        "reason": null, "media": [], "handled_at": null, "handled_by": null,
    });
    assert_eq!(serde_json::to_value(&message).unwrap(), expected);
}

#[test]
fn a_letter_is_a_message_that_went_out() {
    let settings = sample::settings("Asia/Jakarta");
    let around = (Some("BRT2411001".into()), "Ratna".into());
    let message = of_letter(&settings, sample::letter("sent"), around);
    assert_eq!(
        (message.direction, message.phone.as_deref()),
        ("out", Some("6281100001001"))
    );
    assert_eq!(
        (message.track_id.as_deref(), message.location),
        (Some("BRT2411001"), None)
    );
}
