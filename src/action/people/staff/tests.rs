use super::*;

fn citra() -> Staff {
    let values = Values {
        name: "Citra Lestari".into(),
        duty: "Kepala biro".into(),
        email: "citra@kampus.example".into(),
        phone: Some("62811000002".into()),
        username: Some("citra".into()),
        present: false,
        max_open: 3,
        skills: vec!["Listrik".into(), "AC".into()],
        note: "lantai 2".into(),
        ..Values::new(Level::Administrator)
    };
    values.into_staff(
        "ADM02".into(),
        Kept::new(Some(Hash::new("$argon2id$1".into())), 7),
    )
}

#[test]
fn the_password_is_never_written_down() {
    let entry = people::written("staff-add", "ADM02", (None, Some(&Values::of(&citra()))));
    assert!(!entry.detail.contains("argon2id") && !entry.detail.contains("password"));
    assert!(entry.detail.contains("citra@kampus.example"));
}

#[test]
fn the_last_administrator_cannot_go() {
    let alone = ["ADM02".to_owned()];
    let two = ["ADM01".to_owned(), "ADM02".to_owned()];
    assert!(matches!(
        keep_one(Some(&citra()), &alone),
        Err(Error::LastAdministrator { name }) if name == "Citra Lestari"
    ));
    assert!(keep_one(Some(&citra()), &two).is_ok());
    assert!(keep_one(None, &alone).is_ok());
    let disabled = Staff {
        active: false,
        ..citra()
    };
    assert!(keep_one(Some(&disabled), &["ADM01".to_owned()]).is_ok());
    let tbo = Staff {
        level: Level::Tbo,
        ..citra()
    };
    assert!(keep_one(Some(&tbo), &["ADM01".to_owned()]).is_ok());
}

#[test]
fn somebody_is_told_who_has_the_name_already() {
    let error = check_other("username", "citra", ("ADM03", Some(&citra()))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "username 'citra (ADM02 Citra Lestari)' is taken already"
    );
    assert!(check_other("username", "citra", ("ADM02", Some(&citra()))).is_ok());
    assert!(check_other("username", "citra", ("ADM02", None)).is_ok());
}
