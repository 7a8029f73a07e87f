//! Staff, employees and rules, from a shell.

use serde_json::{Value, json};

use super::program::Program;

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id"))
        .collect()
}

#[test]
fn staff_come_change_and_go() {
    let program = Program::new();
    let added = program.json(&[
        "staff",
        "add",
        "--name",
        "Budi Santoso",
        "--level",
        "tbo",
        "--phone",
        "0811-0000-3001",
        "--skill",
        "Listrik",
        "--skill",
        "AC",
    ]);
    let id = added["id"].as_str().unwrap();
    assert_eq!(added["phone"], "6281100003001");
    assert_eq!(
        (&added["skills"], &added["can_sign_in"]),
        (&json!(["Listrik", "AC"]), &json!(false))
    );
    let edited = program.json(&[
        "staff",
        "edit",
        id,
        "--away",
        "--skill",
        "",
        "--max-open",
        "3",
    ]);
    assert_eq!(
        (&edited["present"], &edited["skills"]),
        (&json!(false), &json!([]))
    );
    assert_eq!(
        (&edited["max_open"], &edited["phone"]),
        (&json!(3), &json!("6281100003001"))
    );
    assert_eq!(program.json(&["staff", "disable", id])["active"], false);
    assert_eq!(program.json(&["staff", "enable", id])["active"], true);
    program.fails(4, &["staff", "disable", "ani"]);
    program.fails(3, &["staff", "show", "ADM99"]);
    program.fails(2, &["staff", "edit", id]);
    program.fails(2, &["staff", "edit", id, "--phone", "bukan"]);
    program.fails(2, &["staff", "add", "--name", "X", "--level", "raja"]);
    program.fails(4, &["staff", "edit", id, "--phone", "62811-0000-2001"]);
    program.fails(
        4,
        &[
            "staff", "add", "--name", "X", "--level", "tbo", "--as", "sri",
        ],
    );
}

#[test]
fn a_password_comes_from_a_pipe_or_a_terminal_and_nowhere_else() {
    let program = Program::new();
    let told = program.fails(2, &["staff", "passwd", "sri"]);
    assert!(told.contains("--password-stdin"), "{told}");
    let set = |password: &str| {
        program.run_with(
            &["staff", "passwd", "sri", "--password-stdin", "--json"],
            password,
        )
    };
    for weak in [
        "pendek\n",
        "katasandi katasandi\n",
        "\n",
        "sri lestari sri lestari\n",
    ] {
        assert_eq!(set(weak).code, 2, "{weak:?}");
    }
    let ran = set("langit jingga di atas sawah\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["can_sign_in"], true);
    assert!(
        !ran.out.contains("langit") && !ran.out.contains("argon2"),
        "{ran:?}"
    );
    let own = program.run_with(
        &[
            "staff",
            "passwd",
            "dedi",
            "--password-stdin",
            "--as",
            "dedi",
        ],
        "ombak tenang pagi berkabut\n",
    );
    assert_eq!(own.code, 0, "everybody may change the own one: {own:?}");
}

#[test]
fn lists_of_staff_are_filtered_sorted_and_cut() {
    let program = Program::new();
    for (filter, wanted) in [
        (&[][..], &["ADM04", "ADM03", "ADM02", "ADM01"][..]),
        (&["level:tbo"], &["ADM04", "ADM03"]),
        (&["joko"], &["ADM04"]),
        (&["sort:name"], &["ADM01", "ADM03", "ADM04", "ADM02"]),
        (
            &["level:tbo,staf", "active:yes"],
            &["ADM04", "ADM03", "ADM02"],
        ),
        (&["skill:pipa"], &[]),
    ] {
        let rows = program.list(&[&["staff", "list"], filter].concat());
        assert_eq!(ids(&rows), wanted, "{filter:?}");
    }
    let (first, cursor) = program.lines(&["staff", "list", "--limit", "3"]);
    let cursor = cursor.expect("a cursor");
    let (rest, end) = program.lines(&["staff", "list", "--limit", "3", "--after", &cursor]);
    assert_eq!(
        (ids(&first).len(), ids(&rest), end),
        (3, vec!["ADM01"], None)
    );
    program.fails(2, &["staff", "list", "warna:merah"]);
    program.fails(2, &["staff", "list", "--after", "ADM77"]);
    program.fails(4, &["staff", "list", "--as", "dedi"]);
}

#[test]
fn employees_come_change_and_go() {
    let program = Program::new();
    let added = program.json(&[
        "employee",
        "add",
        "--name",
        "Sari Wijaya",
        "--phone",
        "62811-0000-3101",
        "--unit",
        "Tata Usaha",
        "--department",
        "Sipil",
        "--email",
        "sari@kampus.example",
    ]);
    let id = added["id"].as_str().unwrap();
    assert!(id.starts_with("PGW"), "{added}");
    let moved = program.json(&["employee", "edit", id, "--unit", "Perpustakaan"]);
    assert_eq!(
        (&moved["unit"], &moved["department"]),
        (&json!("Perpustakaan"), &json!("Sipil"))
    );
    assert_eq!(
        ids(&program.list(&["employee", "list", "unit:perpus"])),
        [id]
    );
    assert_eq!(program.json(&["employee", "disable", id])["active"], false);
    assert_eq!(ids(&program.list(&["employee", "list", "active:no"])), [id]);
    assert_eq!(
        program.json(&["employee", "show", id])["email"],
        "sari@kampus.example"
    );
    assert_eq!(program.json(&["employee", "enable", id])["active"], true);
    program.fails(
        4,
        &[
            "employee",
            "add",
            "--name",
            "X",
            "--phone",
            "62811-0000-3101",
        ],
    );
    program.fails(4, &["employee", "add", "--name", "X", "--id", id]);
    program.fails(2, &["employee", "add", "--name", " "]);
    program.fails(3, &["employee", "disable", "PGW0000000"]);
}

#[test]
fn a_rule_says_who_gets_a_report_and_why() {
    let program = Program::new();
    let none = program.json(&["rule", "test", "lampu mati"]);
    assert_eq!(none["officer"], Value::Null);
    let rule = program.json(&[
        "rule", "add", "--name", "Lampu", "--word", "lampu", "--skill", "Listrik",
    ]);
    let id = rule["id"].as_str().unwrap();
    let test = program.json(&["rule", "test", "lampu mati"]);
    assert_eq!(
        (&test["officer"], &test["rule"]),
        (&json!("ADM01"), &json!(id))
    );
    assert!(test["reason"].as_str().unwrap().contains("Lampu"), "{test}");
    let edited = program.json(&["rule", "edit", id, "--word", "ac", "--order", "5"]);
    assert_eq!(
        (&edited["words"], &edited["skills"]),
        (&json!(["ac"]), &json!(["Listrik"]))
    );
    assert_eq!(
        program.json(&["rule", "test", "lampu mati"])["officer"],
        Value::Null
    );
    assert_eq!(ids(&program.list(&["rule", "list"])), [id]);
    program.json(&["rule", "remove", id]);
    assert!(program.list(&["rule", "list"]).is_empty());
    program.fails(3, &["rule", "edit", id, "--order", "1"]);
    program.fails(
        2,
        &["rule", "add", "--name", "X", "--category", "Antariksa"],
    );
}

#[test]
fn every_act_is_written_down_and_the_trail_is_whole() {
    let program = Program::new();
    program.json(&["staff", "edit", "dedi", "--note", "cuti", "--as", "ani"]);
    let acts = program.list(&["audit", "list"]);
    assert_eq!(
        (&acts[0]["action"], &acts[0]["actor"]),
        (&json!("staff-edit"), &json!("ADM01"))
    );
    assert_eq!(acts[0]["detail"]["after"]["note"], "cuti");
    let (first, cursor) = program.lines(&["audit", "list", "--limit", "2"]);
    assert_eq!((first.len(), cursor.is_some()), (2, true));
    let verified = program.json(&["audit", "verify"]);
    assert_eq!(
        (&verified["ok"], &verified["rows"]),
        (&json!(true), &json!(acts.len()))
    );
    program.fails(4, &["audit", "list", "--as", "sri"]);
}
