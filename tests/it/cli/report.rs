//! `tanggap report`, from a shell: shapes, exit codes, permissions.

use serde_json::{Value, json};

use super::program::{Program, RATNA, TAMU};

#[test]
fn a_report_by_chat_is_listed_with_every_field() {
    let program = Program::new();
    let number = program.report("lampu lorong gedung B mati");
    let (rows, cursor) = program.lines(&["report", "list"]);
    let [row] = rows.as_slice() else {
        panic!("not one report: {rows:?}")
    };
    assert_eq!(cursor, None);
    let reporter = json!({
        "name": "Ratna Wulandari", "phone": RATNA, "employee_id": "PGW2402001",
        "department": "Teknik", "unit": "Gedung B",
    });
    let expected = [
        ("track_id", json!(number)),
        ("status", json!("new")),
        ("text", json!("lampu lorong gedung B mati")),
        ("reporter", reporter),
        ("channel", json!("simulator")),
        ("read", json!(false)),
        ("step_count", json!(1)),
        ("assignees", json!([])),
        ("priority", json!("normal")),
        ("sla", json!("ok")),
        ("rating", json!(null)),
        ("confirmed_at", json!(null)),
        ("note", json!(null)),
        ("parent", json!(null)),
        ("duration_seconds", json!(null)),
        ("work_seconds", json!(null)),
        ("finished_at", json!(null)),
        ("media", json!([])),
    ];
    for (field, value) in expected {
        assert_eq!(row[field], value, "{field}");
    }
    assert!(row["reply"].as_str().unwrap().contains(&number), "{row}");
    assert!(row["category"].is_string(), "a lamp is recognised: {row}");
    for field in ["created_at", "due_at"] {
        let time = row[field].as_str().unwrap();
        assert!(time.ends_with("+07:00"), "{field}: {time}");
        assert!(time.parse::<jiff::Timestamp>().is_ok(), "{field}: {time}");
    }
}

#[test]
fn a_report_shows_all_that_happened_to_it() {
    let program = Program::new();
    let number = program.report("keran lantai 2 bocor");
    program.json(&[
        "report",
        "assign",
        &number,
        "joko",
        "ADM03",
        "--note",
        "bawa kunci",
    ]);
    program.json(&["report", "note", &number, "sudah dicek", "--as", "joko"]);
    let shown = program.show(&number);
    let kinds: Vec<&str> = texts(&shown["steps"], "kind");
    assert_eq!(kinds, ["received", "assigned", "internal"]);
    assert_eq!(
        texts(&shown["steps"], "by"),
        ["reporter", "cli:uji", "ADM04"]
    );
    assert_eq!(shown["steps"][0]["status"], "new");
    assert_eq!(shown["steps"][1]["status"], "in_progress");
    assert_eq!(shown["steps"][2]["status"], json!(null));
    assert_eq!(shown["steps"][1]["public"], true);
    assert_eq!(shown["steps"][2]["public"], false);
    let progress = &shown["progress"][0];
    assert_eq!(
        (&progress["by"], &progress["text"]),
        (&json!("ADM04"), &json!("sudah dicek"))
    );
    assert_eq!(
        (&progress["validated_by"], &progress["validation"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(texts(&shown["assignments"], "to"), ["ADM04", "ADM03"]);
    assert_eq!(
        texts(&shown["assignments"], "note"),
        ["bawa kunci", "bawa kunci"]
    );
    assert_eq!(
        texts(&shown["assignments"], "status"),
        ["assigned", "assigned"]
    );
    assert_eq!(texts(&shown["messages"], "direction")[..2], ["in", "out"]);
    assert_eq!(shown["messages"][0]["text"], "#req keran lantai 2 bocor");
    assert_eq!(shown["messages"][1]["state"], "sent");
    let officers = json!([
        {"id": "ADM04", "name": "Joko Santoso"}, {"id": "ADM03", "name": "Dedi Kurniawan"},
    ]);
    assert_eq!(shown["assignees"], officers);
    let page = program.run(&["report", "show", &number, "--lang", "en"]);
    for part in [
        number.as_str(),
        "Ratna Wulandari",
        "Joko Santoso",
        "bawa kunci",
        "Progress",
    ] {
        assert!(page.out.contains(part), "{part} is not in {}", page.out);
    }
}

fn texts<'v>(rows: &'v Value, field: &str) -> Vec<&'v str> {
    let rows = rows
        .as_array()
        .unwrap_or_else(|| panic!("{field}: {rows} is no list"))
        .iter();
    rows.map(|row| row[field].as_str().expect("a text"))
        .collect()
}

#[test]
fn a_number_is_taken_in_any_spelling() {
    let program = Program::new();
    let number = program.report("AC aula tidak dingin");
    let (prefix, digits) = number.split_at(3);
    let odd = format!("#{} {digits}", prefix.to_lowercase());
    assert_eq!(program.show(&odd)["track_id"], number);
    assert_eq!(
        program.json(&["report", "start", &odd])["status"],
        "in_progress"
    );
}

#[test]
fn a_reporter_hears_of_a_report_by_hand_only_when_told() {
    let program = Program::new();
    let quiet = program.json(&["report", "new", "--from", "0811-0000-1002", "pintu macet"]);
    assert_eq!(quiet["reporter"]["phone"], TAMU);
    assert_eq!(program.told(TAMU), Vec::<String>::new());
    let loud = program.json(&[
        "report",
        "new",
        "--from",
        RATNA,
        "-2 derajat di ruang arsip",
        "--tell",
    ]);
    assert_eq!(loud["text"], "-2 derajat di ruang arsip");
    assert_eq!(loud["reporter"]["employee_id"], "PGW2402001");
    let told = program.told(RATNA);
    assert!(
        told.len() == 1 && told[0].contains(loud["track_id"].as_str().unwrap()),
        "{told:?}"
    );
}

#[test]
fn category_priority_and_unit_are_edited_in_either_language() {
    let program = Program::new();
    let number = program.report("lampu taman mati");
    let before = program.show(&number);
    let edited = program.json(&[
        "report",
        "edit",
        &number,
        "--priority",
        "darurat",
        "--unit",
        "Taman",
    ]);
    assert_eq!(
        (&edited["priority"], &edited["reporter"]["unit"]),
        (&json!("urgent"), &json!("Taman"))
    );
    let edited = program.json(&[
        "report",
        "edit",
        &number,
        "--priority",
        "high",
        "--category",
        "",
    ]);
    assert_eq!(
        (&edited["priority"], &edited["category"]),
        (&json!("high"), &json!(null))
    );
    let category = before["category"].as_str().unwrap();
    let start = category.chars().take(3).collect::<String>().to_lowercase();
    let edited = program.json(&["report", "edit", &number, "--category", &start]);
    assert_eq!(edited["category"], category);
    for wrong in [&["--priority", "penting"][..], &["--category", "zzz"], &[]] {
        program.fails(2, &[&["report", "edit", &number], wrong].concat());
    }
}

#[test]
fn a_report_goes_through_its_life() {
    let program = Program::new();
    let number = program.report("pompa air mati");
    let acts: [(&[&str], &str, Option<&str>); 8] = [
        (&["start"], "in_progress", None),
        (
            &["pending", "--why", "menunggu suku cadang"],
            "pending",
            Some("menunggu suku cadang"),
        ),
        (&["start"], "in_progress", None),
        (&["finish", "--note", "pompa diganti"], "done", None),
        (&["confirm", "--rating", "4"], "done", None),
        (
            &["reopen", "--why", "mati lagi"],
            "in_progress",
            Some("mati lagi"),
        ),
        (&["finish"], "done", None),
        (&["reopen", "--why", "bocor"], "in_progress", Some("bocor")),
    ];
    for (act, status, said) in acts {
        let (verb, rest) = act.split_first().unwrap();
        let report = program.json(&[&["report", verb, &number], rest].concat());
        assert_eq!(report["status"], status, "{act:?}");
        let told = program.told(RATNA);
        assert!(
            said.is_none_or(|said| told[0].contains(said)),
            "{act:?}: {told:?}"
        );
    }
    let shown = program.show(&number);
    assert_eq!(
        (&shown["rating"], &shown["confirmed_at"]),
        (&json!(4), &json!(null))
    );
}

#[test]
fn a_finished_report_knows_how_long_it_took() {
    let program = Program::new();
    let number = program.report("kursi patah");
    let done = program.json(&["report", "finish", &number]);
    assert!(
        done["finished_at"].is_string() && done["duration_seconds"].is_i64(),
        "{done}"
    );
    assert!(done["work_seconds"].is_i64(), "{done}");
}

#[test]
fn a_report_may_end_in_other_ways() {
    let program = Program::new();
    let [parent, twin, wrong, gone] = [
        "lampu A mati",
        "lampu A padam",
        "bukan urusan kami",
        "salah kirim",
    ]
    .map(|text| program.report(text));
    let merged = program.json(&["report", "merge", &twin, &parent]);
    assert_eq!(
        (&merged["status"], &merged["parent"]),
        (&json!("duplicate"), &json!(parent))
    );
    let rejected = program.json(&["report", "reject", &wrong, "--why", "bukan aset kampus"]);
    assert_eq!(rejected["status"], "rejected");
    assert_eq!(
        program.json(&["report", "cancel", &gone, "--why", "salah"])["status"],
        "cancelled"
    );
    program.fails(4, &["report", "merge", &parent, &parent]);
    program.fails(4, &["report", "merge", &parent, &twin]);
    let open = program.list(&["report", "list", "status:terbuka"]);
    assert_eq!(numbers(&open), [parent]);
}

fn numbers(rows: &[Value]) -> Vec<String> {
    rows.iter()
        .map(|row| row["track_id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_cannot_be_has_its_own_exit_code() {
    let program = Program::new();
    let number = program.report("lampu mati");
    program.json(&["report", "finish", &number]);
    let cases: [(i32, &[&str]); 13] = [
        (4, &["report", "pending", &number, "--why", "x"]),
        (4, &["report", "cancel", &number, "--why", "x"]),
        (4, &["report", "assign", &number, "ADM04"]),
        (4, &["report", "reopen", &number, "--why", " "]),
        (2, &["report", "reopen", &number]),
        (2, &["report", "confirm", &number, "--rating", "6"]),
        (2, &["report", "list", "nosuchfield:x"]),
        (2, &["report", "list", "--after", "bukan-penanda"]),
        (2, &["report", "new", "--from", "bukan-nomor", "lampu"]),
        (2, &["report", "new", "--from", RATNA, " "]),
        (3, &["report", "show", "BRT9901001"]),
        (3, &["report", "start", "lampu"]),
        (3, &["report", "list", "--as", "siapa"]),
    ];
    for (code, arguments) in cases {
        assert!(!program.fails(code, arguments).is_empty(), "{arguments:?}");
    }
    let empty = Program::empty("");
    empty.fails(5, &["report", "list"]);
}

#[test]
fn an_error_for_people_is_one_line_in_their_language() {
    let program = Program::new();
    let number = program.report("lampu mati");
    program.json(&["report", "finish", &number]);
    let pending = ["report", "pending", &number, "--why", "x"];
    for (lang, words) in [("id", ["Selesai", "Pending"]), ("en", ["Done", "On hold"])] {
        let ran = program.run(&[&pending[..], &["--lang", lang]].concat());
        assert_eq!((ran.code, ran.err.lines().count()), (4, 1), "{ran:?}");
        assert!(words.iter().all(|word| ran.err.contains(word)), "{ran:?}");
    }
    let ran = program.run(&["report", "start", &number, "--as", "dedi", "--lang", "en"]);
    assert!(ran.err.contains("ADM03 is not assigned to"), "{ran:?}");
    let ran = program.run(&["report", "show", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{ran:?}");
    assert!(ran.err.contains("tanggap report show --help"), "{ran:?}");
}

#[test]
fn every_level_may_do_what_its_row_says() {
    let program = Program::new();
    let number = program.report("lampu mati");
    let other = program.report("keran bocor");
    program.json(&["report", "assign", &number, "dedi"]);
    let cases: [(&[&str], [i32; 4]); 9] = [
        (&["show", &number], [0, 4, 0, 0]),
        (&["note", &number, "dicek"], [0, 4, 0, 0]),
        (&["read", &number], [0, 4, 0, 0]),
        (&["edit", &number, "--unit", "Taman"], [4, 4, 0, 0]),
        (&["validate", &number, "--entry", "1"], [4, 4, 0, 0]),
        (
            &["validate", &number, "--entry", "1", "--correct", "lain"],
            [4, 4, 4, 0],
        ),
        (&["start", &number], [0, 4, 0, 0]),
        (&["delete", &other, "--why", "uji"], [4, 4, 4, 0]),
        (&["new", "--from", RATNA, "lain"], [4, 4, 0, 0]),
    ];
    for (arguments, codes) in cases {
        for (user, code) in ["dedi", "ADM04", "sri", "ani"].into_iter().zip(codes) {
            let ran = program.run(&[&["report"], arguments, &["--as", user]].concat());
            assert_eq!(ran.code, code, "{user} {arguments:?}: {ran:?}");
        }
    }
}

#[test]
fn an_officer_lists_the_own_tasks() {
    let program = Program::new();
    let own = program.report("lampu mati");
    program.report("keran bocor");
    program.json(&["report", "assign", &own, "dedi"]);
    assert_eq!(
        numbers(&program.list(&["report", "list", "--as", "dedi"])),
        [own.clone()]
    );
    assert_eq!(program.list(&["report", "list", "--as", "joko"]).len(), 0);
    assert_eq!(program.list(&["report", "list", "--as", "sri"]).len(), 2);
    let mine = program.list(&["report", "list", "tbo:@saya", "--as", "dedi"]);
    assert_eq!(numbers(&mine), [own]);
}

#[test]
fn a_disabled_member_does_nothing() {
    let program = Program::new();
    program.json(&["staff", "disable", "ADM03"]);
    program.fails(4, &["report", "list", "--as", "dedi"]);
    let number = program.report("lampu mati");
    program.fails(4, &["report", "assign", &number, "dedi"]);
}

#[test]
fn pages_add_up_to_the_list() {
    let program = Program::new();
    let mut made: Vec<String> = (1..=7)
        .map(|n| program.report(&format!("lampu nomor {n} mati")))
        .collect();
    made.reverse();
    for order in [&[][..], &["sort:id"], &["sort:unit,-created"]] {
        let all = numbers(&program.list(&[&["report", "list"], order].concat()));
        assert_eq!(all.len(), 7, "{order:?}");
        let (mut pages, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut arguments = [&["report", "list"], order, &["--limit", "3"]].concat();
            let cursor = after.clone().unwrap_or_default();
            if after.is_some() {
                arguments.extend(["--after", cursor.as_str()]);
            }
            let (rows, next) = program.lines(&arguments);
            pages.extend(numbers(&rows));
            after = next;
            if after.is_none() {
                break;
            }
            assert_eq!(rows.len(), 3, "{order:?}");
        }
        assert_eq!(pages, all, "{order:?}");
    }
    assert_eq!(numbers(&program.list(&["report", "list"])), made);
    let cut = program.run(&["report", "list", "--limit", "2"]);
    assert!(
        cut.err.starts_with("cursor: ") && cut.err.lines().count() == 1,
        "{cut:?}"
    );
    assert_eq!(cut.out.lines().count(), 3, "a title and two rows: {cut:?}");
}

#[test]
fn filters_are_read_in_either_language() {
    let program = Program::new();
    let lamp = program.report("lampu aula mati");
    let tap = program.report("keran aula bocor");
    program.json(&["report", "start", &tap]);
    program.json(&["report", "note", &tap, "dicek"]);
    let cases: [(&[&str], &[&str]); 7] = [
        (&["status:baru"], &[&lamp]),
        (&["status:in_progress"], &[&tap]),
        (&["aula", "-ada:catatan"], &[&lamp]),
        (&["-has:note", "--limit", "9"], &[&lamp]),
        (&["!has:note"], &[&lamp]),
        (&["aula", "sort:id"], &[&lamp, &tap]),
        (&["telp:0811-0000-1001", "bocor"], &[&tap]),
    ];
    for (filter, expected) in cases {
        let (rows, _) = program.lines(&[&["report", "list"], filter].concat());
        assert_eq!(numbers(&rows), expected, "{filter:?}");
    }
}

#[test]
fn a_note_may_carry_a_photo_and_be_told() {
    let program = Program::new();
    let number = program.report("lampu mati");
    let photo = program.folder.join("bukti.jpg");
    std::fs::write(&photo, b"\xFF\xD8\xFF bukti").unwrap();
    let before = program.told(RATNA).len();
    let photo = photo.to_str().unwrap();
    program.json(&["report", "note", &number, "sudah difoto", "--photo", photo]);
    assert_eq!(program.told(RATNA).len(), before);
    program.json(&["report", "note", &number, "besok diganti", "--tell"]);
    assert!(program.told(RATNA)[0].contains("besok diganti"));
    let shown = program.show(&number);
    let file = &shown["progress"][0]["media"][0];
    assert_eq!(
        (&file["kind"], &file["filename"]),
        (&json!("image"), &json!("bukti.jpg"))
    );
    assert_eq!(file["bytes"], 9);
    let hash = file["sha256"].as_str().unwrap();
    let kept = program
        .folder
        .join("data/media")
        .join(&hash[..2])
        .join(hash);
    assert_eq!(std::fs::read(kept).unwrap(), b"\xFF\xD8\xFF bukti");
    assert_eq!(shown["media"][0]["sha256"], hash);
    program.fails(
        1,
        &["report", "note", &number, "x", "--photo", "/tidak/ada.jpg"],
    );
}

#[test]
fn progress_is_validated_and_corrected() {
    let program = Program::new();
    let number = program.report("lampu mati");
    program.json(&["report", "assign", &number, "joko"]);
    program.json(&["report", "note", &number, "ganti bohlam", "--as", "joko"]);
    program.json(&["report", "note", &number, "cek kabel", "--as", "joko"]);
    program.json(&["report", "validate", &number, "--as", "sri"]);
    program.json(&[
        "report",
        "validate",
        &number,
        "--entry",
        "1",
        "--correct",
        "ganti LED",
    ]);
    let progress = &program.show(&number)["progress"];
    assert_eq!(progress[0]["validation"], "ganti LED");
    assert_eq!(progress[0]["validated_by"], "cli:uji");
    assert_eq!(
        (&progress[1]["validation"], &progress[1]["validated_by"]),
        (&json!("ok"), &json!("ADM02"))
    );
    program.fails(3, &["report", "validate", &number, "--entry", "9"]);
}

#[test]
fn an_act_is_taken_back_by_whoever_did_it() {
    let program = Program::new();
    let [one, two] = ["lampu mati", "keran bocor"].map(|text| program.report(text));
    program.fails(4, &["undo", "--as", "joko"]);
    program.json(&["report", "read", &one, &two]);
    assert!(program.list(&["report", "list", "baca:belum"]).is_empty());
    assert_eq!(
        program.json(&["undo"]),
        json!({"act": "report-read", "object": two})
    );
    assert_eq!(
        numbers(&program.list(&["report", "list", "baca:belum"])),
        [two.clone()]
    );
    program.json(&["report", "unread", &one]);
    program.json(&["report", "delete", &one, "--why", "uji"]);
    program.fails(3, &["report", "show", &one]);
    assert_eq!(program.json(&["undo"])["act"], "report-delete");
    assert_eq!(program.show(&one)["read"], false);
    program.fails(4, &["undo", "--as", "sri"]);
}

#[test]
fn an_act_that_somebody_built_on_is_not_taken_back() {
    let program = Program::new();
    let number = program.report("lampu mati");
    program.json(&["report", "edit", &number, "--unit", "Taman", "--as", "sri"]);
    program.json(&[
        "report",
        "edit",
        &number,
        "--priority",
        "high",
        "--as",
        "ani",
    ]);
    let said = program.fails(4, &["undo", "--as", "sri"]);
    assert!(said.contains(&number), "{said}");
    assert_eq!(program.json(&["undo", "--as", "ani"])["act"], "report-edit");
    let shown = program.show(&number);
    assert_eq!(
        (&shown["priority"], &shown["reporter"]["unit"]),
        (&json!("normal"), &json!("Taman"))
    );
}

#[test]
fn the_rules_propose_an_officer_where_the_desk_asks_them() {
    let program = Program::with("[desk]\nassign = 'suggest'\n");
    let number = program.report("lampu mati");
    let proposal = program.show(&number)["proposal"].clone();
    assert!(
        proposal["id"].is_null() && proposal["reason"].is_string(),
        "{proposal}"
    );
    program.json(&[
        "rule", "add", "--name", "Listrik", "--word", "lampu", "--skill", "Listrik",
    ]);
    let proposal = program.show(&number)["proposal"].clone();
    assert!(
        proposal["id"].is_string() && proposal["name"].is_string(),
        "{proposal}"
    );
    program.json(&[
        "report",
        "assign",
        &number,
        proposal["id"].as_str().unwrap(),
    ]);
    assert!(program.show(&number).get("proposal").is_none());
    let plain = Program::new();
    let number = plain.report("lampu mati");
    assert!(plain.show(&number).get("proposal").is_none());
}

#[test]
fn an_officer_is_assigned_once_and_taken_off_once() {
    let program = Program::new();
    let number = program.report("lampu mati");
    assert_eq!(
        program.json(&["report", "assign", &number, "dedi"])["status"],
        "in_progress"
    );
    program.fails(4, &["report", "assign", &number, "ADM03"]);
    program.fails(3, &["report", "assign", &number, "ADM99"]);
    let off = program.json(&["report", "unassign", &number, "dedi"]);
    assert_eq!(off["assignees"], json!([]));
    program.fails(4, &["report", "unassign", &number, "dedi"]);
}

#[test]
fn commands_at_the_same_time_all_succeed() {
    let program = Program::new();
    let number = program.report("lampu mati");
    std::thread::scope(|scope| {
        for n in 1..=8 {
            let (program, number) = (&program, &number);
            scope.spawn(move || {
                program.json(&["report", "note", number, &format!("catatan {n}")]);
            });
        }
    });
    let shown = program.show(&number);
    assert_eq!(shown["progress"].as_array().unwrap().len(), 8);
    assert_eq!(shown["step_count"], 9);
}

#[test]
fn help_shows_an_example_and_is_no_failure() {
    let program = Program::empty("");
    for command in [
        &["report", "assign"][..],
        &["message", "replay"],
        &["outbox"],
        &["undo"],
    ] {
        let ran = program.run(&[command, &["--help"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        assert!(ran.out.contains("Example: tanggap"), "{ran:?}");
    }
    let bare = program.run(&["report"]);
    assert_eq!((bare.code, bare.out.as_str()), (2, ""), "{bare:?}");
    program.fails(2, &["report"]);
}
