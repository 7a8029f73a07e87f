//! `tanggap stats`, from a shell.

use serde_json::{Value, json};

use super::program::Program;

fn count(stats: &Value, key: &str) -> i64 {
    let rows = stats["rows"].as_array().expect("rows");
    let found = rows.iter().find(|row| row["key"] == key);
    found.map_or(0, |row| row["count"].as_i64().expect("a count"))
}

#[test]
fn reports_are_counted_in_every_way() {
    let program = Program::new();
    let number = program.report("lampu mati");
    program.report("lampu padam");
    program.json(&["report", "assign", &number, "dedi"]);
    let stats = program.json(&["stats"]);
    assert_eq!(
        (&stats["by"], &stats["total"]),
        (&json!("status"), &json!(2))
    );
    assert_eq!((count(&stats, "new"), count(&stats, "in_progress")), (1, 1));
    let today = stats["to"].as_str().unwrap().to_owned();
    for (by, key) in [
        ("day", today.as_str()),
        ("month", &today[..7]),
        ("unit", "Gedung B"),
    ] {
        assert_eq!(count(&program.json(&["stats", "--by", by]), key), 2, "{by}");
    }
    let officers = program.json(&["stats", "--by", "tbo"]);
    assert_eq!(
        officers["rows"],
        json!([{"key": "ADM03", "name": "Dedi Kurniawan", "count": 1}])
    );
    assert_eq!(
        program.json(&["stats", "--by", "week"])["rows"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn days_without_reports_count_nothing() {
    let program = Program::new();
    program.report("lampu mati");
    let past = [
        "stats",
        "--from",
        "2020-01-01",
        "--to",
        "2020-01-31",
        "--by",
        "day",
    ];
    let stats = program.json(&past);
    assert_eq!(
        (&stats["total"], stats["rows"].as_array().unwrap().len()),
        (&json!(0), 31)
    );
    program.fails(2, &["stats", "--from", "2020-02-01", "--to", "2020-01-01"]);
    program.fails(2, &["stats", "--from", "kemarin"]);
    program.fails(2, &["stats", "--by", "warna"]);
    program.fails(4, &["stats", "--as", "dedi"]);
}
