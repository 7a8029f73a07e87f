//! Invented rows for the tests of what is printed.

use crate::config::{Folders, Given, Layers};
use crate::desk::Settings;
use crate::domain::priority::Priority;
use crate::domain::status::Status;
use crate::store::message::Message;
use crate::store::outbox::Letter;
use crate::store::report::Report;

/// One o'clock on a Monday morning in November, UTC.
pub(crate) const AT: i64 = 1_731_891_600_000;
const HOUR: i64 = 3_600_000;

/// Returns the settings of an office in a zone.
pub(crate) fn settings(zone: &str) -> Settings {
    let layers = Layers::load(Given {
        file: None,
        flags: vec![("org.timezone", zone.to_owned())],
        env: &|_| None,
        folders: Folders {
            config: None,
            data: None,
        },
    });
    Settings::prepare(layers.unwrap().config().unwrap()).unwrap()
}

/// Returns a report that was finished after five hours.
pub(crate) fn report() -> Report {
    Report {
        id: 17,
        track_id: "BRT2411001".into(),
        status: Status::Done,
        category: Some("Listrik".into()),
        priority: Priority::High,
        text: " lampu lorong mati ".into(),
        note: String::new(),
        search: "lampu lorong mati".into(),
        channel: "utama".into(),
        contact_id: Some(3),
        address: Some("phone:6281100001001".into()),
        message_id: Some(12),
        reporter_name: "Ratna Wulandari".into(),
        reporter_phone: Some("6281100001001".into()),
        employee_id: Some("PGW2402001".into()),
        department: "Teknik".into(),
        unit: "Gedung B".into(),
        created_at: AT,
        updated_at: AT + 5 * HOUR,
        touched_at: AT,
        read: true,
        step_count: 3,
        response_due_at: AT + 2 * HOUR,
        responded_at: Some(AT + HOUR),
        near_at: AT + 4 * HOUR,
        due_at: AT + 6 * HOUR,
        paused_at: None,
        paused_work_ms: 0,
        finished_at: Some(AT + 5 * HOUR),
        work_ms: Some(4 * HOUR),
        confirmed_at: None,
        rating: Some(5),
        comment: None,
        awaiting_validation: false,
        reopened: 0,
        parent_id: None,
        deleted_at: None,
    }
}

/// Returns a message with a place.
pub(crate) fn message() -> Message {
    Message {
        id: 12,
        delivery_id: "d1".into(),
        channel: "utama".into(),
        contact_id: Some(3),
        address: "phone:6281100001001".into(),
        name: "Ratna".into(),
        phone: Some("6281100001001".into()),
        at: AT,
        sent_at: None,
        kind: "ordinary".into(),
        text: "di sini".into(),
        gateway_id: Some("48000001".into()),
        location: Some(r#"{"latitude":-6.2,"longitude":106.8,"name":"Aula"}"#.into()),
        extra: None,
        reason: None,
        report_id: None,
        track_id: None,
        handled_at: None,
        handled_by: None,
    }
}

/// Returns a letter in a state.
pub(crate) fn letter(state: &str) -> Letter {
    Letter {
        id: 41,
        channel: "utama".into(),
        address: "phone:6281100001001".into(),
        contact_id: Some(3),
        staff_id: None,
        report_id: Some(17),
        message_id: Some(12),
        kind: "text".into(),
        text: "Baik.".into(),
        payload: None,
        quote: None,
        source: "manual".into(),
        lane: 0,
        state: state.into(),
        created_at: AT,
        due_at: AT,
        worker: String::new(),
        epoch: 1,
        attempts: 1,
        ambiguous: 0,
        last_error: None,
        gateway_id: Some("sim:1".into()),
        sent_at: Some(AT + 1000),
        delivered_at: Some(AT + 3000),
        read_at: None,
        by: "cli:uji".into(),
    }
}
