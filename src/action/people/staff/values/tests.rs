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
fn nothing_that_can_be_changed_is_lost_on_the_way() {
    let json = serde_json::to_value(Values::of(&citra())).unwrap();
    let values: Values = serde_json::from_value(json).unwrap();
    assert_eq!(
        values.into_staff("ADM02".into(), Kept::of(citra(), 7)),
        citra()
    );
}

#[test]
fn a_username_is_lower_case_and_plain() {
    for (raw, username) in [
        ("", Some(None)),
        (" Citra.L ", Some(Some("citra.l"))),
        ("citra@kampus.example", Some(Some("citra@kampus.example"))),
        ("c", None),
        ("citra lestari", None),
        ("ćitra", None),
        ("citra\0", None),
    ] {
        let read = username_of(raw).ok();
        let wanted = username.map(|name| name.map(ToOwned::to_owned));
        assert_eq!(read, wanted, "{raw:?}");
    }
    assert!(username_of(&"c".repeat(41)).is_err());
}

#[test]
fn a_skill_is_kept_once() {
    let skills = [" AC ", "", "Listrik", "ac", "LISTRIK"].map(ToOwned::to_owned);
    assert_eq!(skills_of(&skills).unwrap(), ["AC", "Listrik"]);
    let many: Vec<String> = (0..51).map(|n| format!("keahlian {n}")).collect();
    assert!(skills_of(&many).is_err());
    assert!(skills_of(&many[..50]).is_ok());
}

#[test]
fn open_tasks_are_limited_at_both_ends() {
    for (n, ok) in [(-1, false), (0, true), (1000, true), (1001, false)] {
        assert_eq!(max_open_of(n).is_ok(), ok, "{n}");
    }
}
