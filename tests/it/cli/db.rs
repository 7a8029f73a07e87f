//! Backups, restores and checks of a database in a file, from a shell.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::program::Program;
use crate::support::database;

/// Sets up a desk in a file, whatever database the other tests run on.
fn program() -> (Program, PathBuf) {
    let program = Program::new();
    let folder = program.folder.clone();
    (program, folder)
}

fn is_elsewhere() -> bool {
    database::server().is_some()
}

fn path(folder: &std::path::Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn a_backup_is_the_desk_as_it_was() {
    if is_elsewhere() {
        return;
    }
    let (program, folder) = program();
    let number = program.report("lampu mati");
    let file = path(&folder, "cadangan.db");
    let made = program.json(&["db", "backup", &file]);
    assert!(made["bytes"].as_u64().unwrap() > 4096, "{made}");
    let later = program.report("keran bocor");
    program.fails(4, &["db", "restore", &file]);
    let restored = program.json(&["db", "restore", &file, "--force"]);
    assert_eq!(program.show(&number)["text"], "lampu mati");
    program.fails(3, &["report", "show", &later]);
    assert_eq!(program.json(&["audit", "verify"])["ok"], true);
    let old = restored["old"].as_str().unwrap();
    let there = [
        "--database",
        &format!("sqlite:{old}"),
        "report",
        "show",
        &later,
    ];
    assert_eq!(program.json(&there)["text"], "keran bocor");
}

#[test]
fn a_backup_overwrites_nothing_and_is_its_owners_alone() {
    if is_elsewhere() {
        return;
    }
    let (program, folder) = program();
    let file = path(&folder, "cadangan.db");
    program.json(&["db", "backup", &file]);
    program.fails(4, &["db", "backup", &file]);
    program.fails(1, &["db", "backup", &path(&folder, "tidak/ada/x.db")]);
    assert!(!folder.join("cadangan.db.part").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn what_is_no_whole_backup_takes_nobodys_place() {
    if is_elsewhere() {
        return;
    }
    let (program, folder) = program();
    let file = path(&folder, "cadangan.db");
    program.json(&["db", "backup", &file]);
    let mut torn = fs::read(&file).unwrap();
    // Past the first pages, so that it still opens.
    let half = torn.len() / 2;
    torn[half..half + 8192].fill(0xff);
    for (name, bytes, code) in [
        ("kosong.db", Vec::new(), 1),
        ("teks.db", b"bukan basis data".to_vec(), 1),
        ("robek.db", torn, 1),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let ran = program.run(&["db", "restore", &path(&folder, name), "--force", "--json"]);
        assert_ne!(ran.code, 0, "{name}: {ran:?}");
        assert!(ran.code == code || name == "robek.db", "{name}: {ran:?}");
    }
    program.fails(1, &["db", "restore", &path(&folder, "nihil.db")]);
    assert_eq!(program.json(&["db", "check"])["ok"], true);
    let left: Vec<_> = fs::read_dir(database_folder(&program))
        .unwrap()
        .flatten()
        .collect();
    let left = left
        .iter()
        .filter(|it| it.file_name().to_string_lossy().contains(".restore"));
    assert_eq!(left.count(), 0, "a half restore stays behind");
}

fn database_folder(program: &Program) -> PathBuf {
    let status = program.json(&["db", "status"]);
    let place = status["database"].as_str().expect("an address");
    let file = PathBuf::from(place.trim_start_matches("sqlite:"));
    file.parent().expect("a folder").to_owned()
}

#[test]
fn nothing_is_restored_under_a_running_worker() {
    if is_elsewhere() {
        return;
    }
    let (program, folder) = program();
    let file = path(&folder, "cadangan.db");
    program.json(&["db", "backup", &file]);
    let status = program.json(&["db", "status"]);
    let place = status["database"]
        .as_str()
        .unwrap()
        .trim_start_matches("sqlite:");
    let lock = tanggap::worker::Lock::take(std::path::Path::new(place)).expect("the lock");
    let told = program.fails(1, &["db", "restore", &file, "--force"]);
    assert!(told.contains("worker"), "{told}");
    drop(lock);
    program.json(&["db", "restore", &file, "--force"]);
}

#[test]
fn damage_is_found_and_named() {
    if is_elsewhere() {
        return;
    }
    let (program, _) = program();
    let status = program.json(&["db", "status"]);
    let place = status["database"]
        .as_str()
        .unwrap()
        .trim_start_matches("sqlite:")
        .to_owned();
    let mut bytes = fs::read(&place).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 8192].fill(0xff);
    fs::write(&place, bytes).unwrap();
    let ran = program.run(&["db", "check", "--json"]);
    assert_ne!(ran.code, 0, "{ran:?}");
    let doctor = program.run(&["doctor", "--json"]);
    assert_eq!(doctor.code, 1, "{doctor:?}");
}

#[test]
fn a_check_of_a_whole_database_finds_nothing() {
    let program = Program::new();
    let checked = program.json(&["db", "check"]);
    assert_eq!(
        (&checked["ok"], &checked["faults"]),
        (&json!(true), &json!([]))
    );
}

#[test]
fn a_row_that_was_changed_in_the_trail_is_found_and_named() {
    if is_elsewhere() {
        return;
    }
    let (program, _) = program();
    let status = program.json(&["db", "status"]);
    let url = status["database"].as_str().unwrap().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let alter = async |statement: &'static str| {
        use sqlx::{Connection as _, Executor as _};
        let mut link = sqlx::SqliteConnection::connect(&url).await.unwrap();
        link.execute("DROP TRIGGER IF EXISTS audit_keep_text")
            .await
            .unwrap();
        link.execute("DROP TRIGGER IF EXISTS audit_keep_row")
            .await
            .unwrap();
        link.execute(statement).await.unwrap();
        link.close().await.unwrap();
    };
    let verified = || {
        let ran = program.run(&["audit", "verify", "--json", "--lang", "en"]);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        (ran.code, told, ran.err)
    };
    runtime.block_on(alter("UPDATE audit SET actor = 'ADM09' WHERE seq = 3"));
    let (code, told, err) = verified();
    assert_eq!((code, &told["first_broken"]), (1, &json!(3)), "{told}");
    assert!(err.contains("Audit row 3"), "{err}");
    runtime.block_on(alter("UPDATE audit SET actor = 'cli:uji' WHERE seq = 3"));
    assert_eq!(verified().0, 0);
    runtime.block_on(alter(
        "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)",
    ));
    let (code, told, _) = verified();
    assert_eq!((code, &told["head"]), (1, &json!(false)), "{told}");
}
