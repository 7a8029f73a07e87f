//! Tests of the shape of a report.

use std::collections::HashMap;

use serde_json::json;

use super::super::sample;
use super::*;

fn around() -> Around {
    let officer = Officer {
        id: "ADM04".into(),
        name: "Joko Santoso".into(),
    };
    let photo = Media {
        id: "18".into(),
        kind: "image".into(),
        filename: "foto.jpg".into(),
        sha256: Some("ab12".into()),
        bytes: Some(9),
    };
    Around {
        officers: HashMap::from([(17, vec![officer])]),
        media: HashMap::from([(17, vec![photo])]),
        parents: HashMap::from([(9, "BRT2411000".into())]),
        answers: HashMap::from([(12, "Terima kasih.".into())]),
    }
}

#[test]
fn a_report_has_the_fields_that_scripts_read() {
    let settings = sample::settings("Asia/Jakarta");
    let report = Report::new(
        &settings,
        sample::AT + 36_000_000,
        sample::report(),
        &around(),
    );
    let expected = json!({
        "track_id": "BRT2411001", "status": "done", "category": "Listrik",
        "text": "lampu lorong mati", "reply": "Terima kasih.",
        "reporter": {
            "name": "Ratna Wulandari", "phone": "6281100001001", "employee_id": "PGW2402001",
            "department": "Teknik", "unit": "Gedung B",
        },
        "channel": "utama", "created_at": "2024-11-18T08:00:00+07:00", "read": true,
        "step_count": 3, "assignees": [{"id": "ADM04", "name": "Joko Santoso"}],
        "priority": "high", "due_at": "2024-11-18T14:00:00+07:00", "sla": "near", "rating": 5,
        "confirmed_at": null, "note": null, "parent": null, "duration_seconds": 18000,
        "work_seconds": 14400, "finished_at": "2024-11-18T13:00:00+07:00",
        "media": [{
            "id": "18", "kind": "image", "filename": "foto.jpg", "sha256": "ab12", "bytes": 9,
        }],
    });
    assert_eq!(serde_json::to_value(&report).unwrap(), expected);
}

#[test]
fn the_standing_of_an_open_report_moves_with_the_clock_and_rests_with_it() {
    let hour = 3_600_000;
    let open = Row {
        finished_at: None,
        ..sample::report()
    };
    let held = Row {
        paused_at: Some(sample::AT + hour),
        ..open.clone()
    };
    for (hours, running) in [
        (3, Sla::Ok),
        (4, Sla::Near),
        (6, Sla::Near),
        (7, Sla::Breached),
    ] {
        let now = sample::AT + hours * hour;
        assert_eq!(sla(&open, now), running, "after {hours} hours");
        assert_eq!(sla(&held, now), Sla::Ok, "on hold, after {hours} hours");
    }
}

#[test]
fn a_duplicate_names_its_parent() {
    let settings = sample::settings("Asia/Jakarta");
    let row = Row {
        parent_id: Some(9),
        note: "lihat induk".into(),
        ..sample::report()
    };
    let report = Report::new(&settings, sample::AT, row, &Around::default());
    assert_eq!(report.parent, None);
    let row = report.row;
    let report = Report::new(&settings, sample::AT, row, &around());
    assert_eq!(report.parent.as_deref(), Some("BRT2411000"));
    assert_eq!(report.note.as_deref(), Some("lihat induk"));
}
