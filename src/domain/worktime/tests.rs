use jiff::civil::Weekday;
use jiff::{ToSpan as _, Zoned};
use proptest::prelude::*;

use super::*;

const ZONES: [&str; 3] = ["Asia/Jakarta", "America/New_York", "Australia/Lord_Howe"];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("the zone database is built in")
}

fn local(text: &str, name: &str) -> Timestamp {
    let at: jiff::civil::DateTime = text.parse().expect(text);
    at.to_zoned(zone(name)).expect(text).timestamp()
}

fn slots(texts: &[&str]) -> Vec<Slot> {
    texts.iter().map(|text| text.parse().expect(text)).collect()
}

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

fn jakarta() -> Calendar {
    let hours = OfficeHours {
        holidays: vec![Holiday {
            date: jiff::civil::date(2024, 9, 16),
            name: "Maulid".into(),
        }],
        ..OfficeHours::default()
    };
    Calendar::new(&hours, &zone("Asia/Jakarta"))
}

#[test]
fn only_open_minutes_count() {
    // 2024-09-13 is a Friday, the Monday after it a holiday.
    for (from, to, minutes) in [
        ("2024-09-12T08:00", "2024-09-12T16:00", 480),
        ("2024-09-12T06:00", "2024-09-12T09:30", 90),
        ("2024-09-12T15:30", "2024-09-13T08:15", 45),
        ("2024-09-13T11:00", "2024-09-13T13:30", 60),
        ("2024-09-13T11:30", "2024-09-13T13:00", 0),
        ("2024-09-13T15:00", "2024-09-17T09:00", 120),
        ("2024-09-14T00:00", "2024-09-15T23:59", 0),
        ("2024-09-09T00:00", "2024-09-16T00:00", 4 * 480 + 390),
        ("2024-09-17T09:00", "2024-09-13T15:00", -120),
    ] {
        let between = jakarta().between(local(from, ZONES[0]), local(to, ZONES[0]));
        assert_eq!(between.as_mins(), minutes, "{from} to {to}");
    }
}

#[test]
fn a_deadline_falls_on_the_earliest_moment_that_has_used_the_time() {
    for (from, minutes, due) in [
        ("2024-09-12T09:00", 120, "2024-09-12T11:00"),
        ("2024-09-12T15:00", 60, "2024-09-12T16:00"),
        ("2024-09-12T15:00", 61, "2024-09-13T08:01"),
        ("2024-09-12T20:00", 120, "2024-09-13T10:00"),
        ("2024-09-13T11:00", 60, "2024-09-13T13:30"),
        ("2024-09-13T15:30", 60, "2024-09-17T08:30"),
        ("2024-09-14T10:00", 0, "2024-09-14T10:00"),
        ("2024-09-14T10:00", -5, "2024-09-14T10:00"),
        ("2024-09-17T08:00", 48 * 60, "2024-09-25T09:30"),
    ] {
        let at = jakarta().add(local(from, ZONES[0]), SignedDuration::from_mins(minutes));
        assert_eq!(at, local(due, ZONES[0]), "{from} and {minutes} minutes");
    }
}

#[test]
fn a_desk_without_hours_counts_round_the_clock() {
    let hours_of_nobody = OfficeHours {
        monday: vec![],
        tuesday: vec![],
        wednesday: vec![],
        thursday: vec![],
        friday: vec![],
        holidays: vec![Holiday {
            date: jiff::civil::date(2024, 9, 14),
            name: String::new(),
        }],
        ..OfficeHours::default()
    };
    let calendar = Calendar::new(&hours_of_nobody, &zone("Asia/Jakarta"));
    let from = local("2024-09-13T15:00", ZONES[0]);
    assert_eq!(calendar.add(from, hours(48)), from + 48.hours());
    assert_eq!(calendar.between(from, from + 48.hours()), hours(48));
}

#[test]
fn a_day_may_end_at_midnight_and_the_next_begin_there() {
    let night = OfficeHours {
        monday: slots(&["22:00-24:00"]),
        tuesday: slots(&["00:00-06:00", "05:00-07:00"]),
        ..OfficeHours::default()
    };
    let calendar = Calendar::new(&night, &zone("Asia/Jakarta"));
    let from = local("2024-09-02T23:00", ZONES[0]);
    assert_eq!(
        calendar.add(from, hours(2)),
        local("2024-09-03T01:00", ZONES[0])
    );
    assert_eq!(
        calendar.between(from, local("2024-09-03T08:00", ZONES[0])),
        hours(8)
    );
}

#[test]
fn the_wall_clock_decides_when_it_is_changed() {
    let all_day = slots(&["00:00-24:00"]);
    let hours_of_sunday = OfficeHours {
        sunday: all_day,
        ..OfficeHours::default()
    };
    let calendar = Calendar::new(&hours_of_sunday, &zone(ZONES[1]));
    for (from, to, expected) in [
        ("2024-03-10T00:00", "2024-03-11T00:00", 23),
        ("2024-11-03T00:00", "2024-11-04T00:00", 25),
        ("2024-09-08T00:00", "2024-09-09T00:00", 24),
    ] {
        let (from, to) = (local(from, ZONES[1]), local(to, ZONES[1]));
        assert_eq!(calendar.between(from, to), hours(expected), "{from}");
        assert_eq!(calendar.add(from, hours(expected)), to, "{from}");
    }
}

#[test]
fn a_slot_may_end_just_when_the_clock_is_changed() {
    let night = slots(&["00:00-02:00"]);
    let hours_of_sunday = OfficeHours {
        sunday: night,
        ..OfficeHours::default()
    };
    let calendar = Calendar::new(&hours_of_sunday, &zone(ZONES[1]));
    let from = local("2024-03-10T00:00", ZONES[1]);
    assert_eq!(calendar.add(from, hours(2)), from + 2.hours());
    assert_eq!(calendar.between(from, from + 9.hours()), hours(2));
}

#[test]
fn an_endless_duration_gives_the_last_moment() {
    let from = local("2024-09-12T09:00", ZONES[0]);
    assert_eq!(jakarta().add(from, SignedDuration::MAX), Timestamp::MAX);
    assert_eq!(jakarta().add(Timestamp::MAX, hours(48)), Timestamp::MAX);
}

#[test]
fn centuries_are_counted_as_exactly_as_hours() {
    let calendar = Calendar::new(&OfficeHours::default(), &zone(ZONES[0]));
    let (from, to) = (
        local("2000-01-03T00:00", ZONES[0]),
        local("2399-12-27T00:00", ZONES[0]),
    );
    let weeks = to.duration_since(from).as_hours() / 24 / 7;
    assert_eq!(
        calendar.between(from, to).as_mins(),
        weeks * (4 * 480 + 390)
    );
}

#[test]
fn hours_in_the_settings_keep_what_they_do_not_name() {
    let text = r#"
        saturday = ["08:00-12:00"]
        friday = []
        holidays = [{ date = "2026-12-25", name = "Natal" }]
    "#;
    let read: OfficeHours = toml::from_str(text).expect("the example is right");
    assert_eq!(read.saturday, slots(&["08:00-12:00"]));
    assert_eq!(read.monday, slots(&["08:00-16:00"]));
    assert!(read.friday.is_empty());
    assert_eq!(read.holidays[0].name, "Natal");
    let json = serde_json::to_string(&read).expect("hours are plain data");
    assert_eq!(
        serde_json::from_str::<OfficeHours>(&json).expect(&json),
        read
    );
    let wrong = toml::from_str::<OfficeHours>(r#"monday = ["16:00-08:00"]"#);
    assert!(
        wrong
            .expect_err("it ends before it begins")
            .to_string()
            .contains("16:00-08:00")
    );
    assert!(toml::from_str::<OfficeHours>("mondy = []").is_err());
}

#[test]
fn the_start_values_are_the_ones_people_were_promised() {
    let hours = OfficeHours::default();
    let written = hours
        .week()
        .map(|day| day.iter().map(Slot::to_string).collect::<Vec<_>>());
    assert_eq!(written[3], ["08:00-16:00"]);
    assert_eq!(written[4], ["08:00-11:30", "13:00-16:00"]);
    assert!(written[5].is_empty() && written[6].is_empty());
}

/// Says whether the office is open, looking only at the wall clock.
fn open(hours: &OfficeHours, at: &Zoned) -> bool {
    let day = match at.weekday() {
        Weekday::Monday => &hours.monday,
        Weekday::Tuesday => &hours.tuesday,
        Weekday::Wednesday => &hours.wednesday,
        Weekday::Thursday => &hours.thursday,
        Weekday::Friday => &hours.friday,
        Weekday::Saturday => &hours.saturday,
        Weekday::Sunday => &hours.sunday,
    };
    let minute = i32::from(at.hour()) * 60 + i32::from(at.minute());
    let inside = |slot: &Slot| {
        (i32::from(slot.from_minute())..i32::from(slot.to_minute())).contains(&minute)
    };
    day.iter().any(inside) && !hours.holidays.iter().any(|day| day.date == at.date())
}

prop_compose! {
    fn any_slots()(minutes in prop::collection::vec((0u16..1440, 1u16..1440), 0..3)) -> Vec<Slot> {
        let span = |(from, length): (u16, u16)| {
            let to = (from + length).min(1440);
            let text = format!("{}:{:02}-{}:{:02}", from / 60, from % 60, to / 60, to % 60);
            text.parse().expect("the end is after the beginning")
        };
        minutes.into_iter().map(span).collect()
    }
}

prop_compose! {
    fn any_hours()(
        days in prop::collection::vec(any_slots(), 7),
        holidays in prop::collection::btree_set((1i8..13, 1i8..29), 0..20),
    ) -> OfficeHours {
        let mut days = days.into_iter();
        let mut next = || days.next().expect("seven days were drawn");
        let off = |(month, day)| Holiday {
            date: jiff::civil::date(2024, month, day),
            name: String::new(),
        };
        OfficeHours {
            // One day is always open, since a calendar without hours follows another law.
            monday: slots(&["07:30-16:15"]),
            tuesday: next(), wednesday: next(), thursday: next(),
            friday: next(), saturday: next(), sunday: next(),
            holidays: holidays.into_iter().map(off).collect(),
        }
    }
}

/// A moment of 2024, near a change of the clock more often than not.
fn any_minute() -> impl Strategy<Value = i64> {
    let minute = 60i64;
    let year = 1_704_067_200 / minute..1_735_689_600 / minute;
    let spring = 1_710_054_000 / minute - 3000..1_710_054_000 / minute + 3000;
    let autumn = 1_730_613_600 / minute - 3000..1_730_613_600 / minute + 3000;
    prop_oneof![year, spring, autumn].prop_map(|minutes| minutes * 60_000)
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).expect("a moment of our days")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_recount_minute_by_minute_gives_the_same(
        (hours, from, minutes) in (any_hours(), any_minute(), 0i64..6000),
        name in prop::sample::select(&ZONES[..]),
    ) {
        let calendar = Calendar::new(&hours, &zone(name));
        let to = from + minutes * 60_000;
        let zone = zone(name);
        let counted = (0..minutes)
            .filter(|minute| open(&hours, &at(from + minute * 60_000).to_zoned(zone.clone())))
            .count();
        let between = calendar.between(at(from), at(to)).as_mins();
        prop_assert_eq!(between, i64::try_from(counted).expect("few minutes"));
    }
}

proptest! {
    #[test]
    fn what_is_added_has_passed(
        (hours, from, seconds) in (any_hours(), any_minute(), 0i64..40_000_000),
        name in prop::sample::select(&ZONES[..]),
    ) {
        let calendar = Calendar::new(&hours, &zone(name));
        let working = SignedDuration::from_secs(seconds);
        let due = calendar.add(at(from), working);
        prop_assert_eq!(calendar.between(at(from), due), working);
        // It is the earliest such moment.
        if seconds > 0 {
            let before = at(due.as_millisecond() - 1);
            prop_assert!(calendar.between(at(from), before) < working);
        }
    }

    #[test]
    fn spans_add_up_and_never_shrink(
        (hours, a, b, c) in (any_hours(), any_minute(), any_minute(), any_minute()),
        name in prop::sample::select(&ZONES[..]),
    ) {
        let calendar = Calendar::new(&hours, &zone(name));
        let between = |from, to| calendar.between(at(from), at(to));
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        if a <= b {
            prop_assert!(!between(a, b).is_negative());
            prop_assert!(between(a, b) <= at(b).duration_since(at(a)));
        }
    }
}
