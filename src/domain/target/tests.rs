use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::lang::Lang;
use crate::domain::worktime::OfficeHours;

fn calendar() -> Calendar {
    Calendar::new(
        &OfficeHours::default(),
        &TimeZone::get("Asia/Jakarta").unwrap(),
    )
}

/// A moment of September 2024 in Jakarta, whose 9th is a Monday.
fn on(day: i8, hour: i8, minute: i8) -> Timestamp {
    let civil = jiff::civil::date(2024, 9, day).at(hour, minute, 0, 0);
    civil.in_tz("Asia/Jakarta").unwrap().timestamp()
}

fn five_hours() -> Target {
    Target {
        response_minutes: 60,
        completion_minutes: 300,
    }
}

#[test]
fn a_report_starts_with_two_and_forty_eight_hours() {
    for priority in Priority::ALL {
        let deadlines = due(&calendar(), &Targets::default(), priority, on(9, 9, 0));
        assert_eq!(deadlines.respond_at, on(9, 11, 0), "{priority}");
        // Four days of eight hours and a Friday of six and a half leave 9 h 30 for the next week.
        assert_eq!(deadlines.due_at, on(17, 10, 30), "{priority}");
        // 38 h 24 of working time.
        assert_eq!(deadlines.near_at, on(16, 8, 54), "{priority}");
    }
}

#[test]
fn each_priority_has_its_own_target() {
    let text = "[urgent]\ncompletion_minutes = 60\n[low]\nresponse_minutes = 480";
    let targets: Targets = toml::from_str(text).unwrap();
    let at = |priority| due(&calendar(), &targets, priority, on(9, 8, 0));
    assert_eq!(at(Priority::Urgent).due_at, on(9, 9, 0));
    assert_eq!(at(Priority::Urgent).respond_at, on(9, 10, 0));
    assert_eq!(at(Priority::Low).respond_at, on(9, 16, 0));
    assert_eq!(at(Priority::Normal), at(Priority::High));
    assert!(toml::from_str::<Targets>("[urgent]\nhours = 1").is_err());
}

#[test]
fn a_deadline_moves_on_by_the_working_time_of_the_pause() {
    let mut clock = Clock::started(on(9, 8, 0));
    clock.pause(on(9, 11, 0));
    clock.pause(on(9, 12, 0));
    clock.resume(&calendar(), on(10, 9, 0));
    assert_eq!(clock.paused_work_ms, 6 * 3_600_000);
    let deadlines = due_after_pause(&calendar(), five_hours(), &clock);
    assert_eq!(deadlines.near_at, on(10, 10, 0));
    assert_eq!(deadlines.due_at, on(10, 11, 0));
    assert_eq!(
        clock.used(&calendar(), on(10, 9, 30)),
        SignedDuration::from_mins(210)
    );
}

#[test]
fn a_rest_without_working_time_moves_nothing() {
    let mut clock = Clock::started(on(9, 8, 0));
    let before = due_after_pause(&calendar(), five_hours(), &clock);
    clock.pause(on(9, 16, 0));
    clock.resume(&calendar(), on(10, 8, 0));
    clock.pause(on(10, 10, 0));
    clock.resume(&calendar(), on(10, 9, 0));
    assert_eq!(due_after_pause(&calendar(), five_hours(), &clock), before);
}

#[test]
fn what_is_finished_while_pending_was_finished_when_it_was_put_aside() {
    let mut clock = Clock::started(on(9, 8, 0));
    clock.pause(on(9, 9, 0));
    clock.finish(&calendar(), on(11, 15, 0));
    assert_eq!(
        clock.used(&calendar(), on(12, 9, 0)),
        SignedDuration::from_hours(1)
    );
    let Deadlines {
        near_at, due_at, ..
    } = due_after_pause(&calendar(), five_hours(), &clock);
    assert_eq!(
        sla_at(on(30, 9, 0), near_at, due_at, clock.stopped_at()),
        Sla::Ok
    );
    clock.pause(on(12, 9, 0));
    assert_eq!(clock.paused_at, None);
}

#[test]
fn what_was_used_before_the_end_can_still_be_asked_for() {
    let mut clock = Clock::started(on(9, 8, 0));
    clock.finish(&calendar(), on(9, 12, 0));
    for (now, hours) in [(on(9, 10, 0), 2), (on(9, 12, 0), 4), (on(9, 15, 0), 4)] {
        let used = clock.used(&calendar(), now);
        assert_eq!(used, SignedDuration::from_hours(hours), "{now}");
    }
}

#[test]
fn a_reopened_report_has_the_time_it_had_left() {
    let mut clock = Clock::started(on(9, 8, 0));
    clock.finish(&calendar(), on(9, 12, 0));
    clock.finish(&calendar(), on(9, 13, 0));
    assert_eq!(clock.finished_at, Some(on(9, 12, 0)));
    clock.reopen(&calendar(), on(12, 8, 0));
    assert_eq!(clock.stopped_at(), None);
    assert_eq!(
        due_after_pause(&calendar(), five_hours(), &clock).due_at,
        on(12, 9, 0)
    );
}

#[rstest]
#[case(on(9, 11, 59), None, Sla::Ok)]
#[case(on(9, 12, 0), None, Sla::Near)]
#[case(on(9, 13, 0), None, Sla::Near)]
#[case(on(9, 13, 1), None, Sla::Breached)]
#[case(on(20, 9, 0), Some(on(9, 11, 0)), Sla::Ok)]
#[case(on(20, 9, 0), Some(on(9, 13, 0)), Sla::Near)]
#[case(on(20, 9, 0), Some(on(10, 9, 0)), Sla::Breached)]
#[case(on(9, 9, 0), Some(on(10, 9, 0)), Sla::Ok)]
fn the_standing_follows_the_clock_until_it_stops(
    #[case] now: Timestamp,
    #[case] stopped_at: Option<Timestamp>,
    #[case] expected: Sla,
) {
    assert_eq!(
        sla_at(now, on(9, 12, 0), on(9, 13, 0), stopped_at),
        expected
    );
}

#[test]
fn a_standing_is_read_in_either_language() {
    for sla in Sla::ALL {
        for word in [sla.as_str(), sla.label(Lang::Id), sla.label(Lang::En)] {
            assert_eq!(word.parse(), Ok(sla), "{word}");
            assert_eq!(word.to_uppercase().parse(), Ok(sla), "{word}");
        }
        assert_eq!(serde_json::to_value(sla).unwrap(), sla.as_str());
        assert_eq!(sla.to_string(), sla.as_str());
    }
    assert_eq!(Sla::read("lewat"), Some(Sla::Breached));
    assert_eq!(
        "lew".parse::<Sla>().unwrap_err().to_string(),
        "\"lew\" is no SLA"
    );
}

#[test]
fn only_whole_days_count_for_ts() {
    for (until, days) in [
        (on(9, 9, 5), 0),
        (on(10, 7, 59), 0),
        (on(10, 8, 0), 1),
        (on(10, 10, 0), 1),
        (on(12, 12, 0), 3),
        (on(8, 8, 0), 0),
        (on(5, 8, 0), 0),
    ] {
        assert_eq!(ts_days(on(9, 8, 0), until), days, "{until}");
    }
}

prop_compose! {
    fn any_moment()(minutes in 0i64..60 * 24 * 60) -> Timestamp {
        on(1, 0, 0) + minutes.minutes()
    }
}

proptest! {
    #[test]
    fn a_standing_never_gets_better_by_itself(
        accepted_at in any_moment(),
        a in any_moment(),
        b in any_moment(),
        paused_work_ms in 0i64..100_000_000,
        completion_minutes in 0u32..5000,
    ) {
        let clock = Clock { paused_work_ms, ..Clock::started(accepted_at) };
        let target = Target { completion_minutes, ..Target::default() };
        let Deadlines { near_at, due_at, .. } = due_after_pause(&calendar(), target, &clock);
        let sla = |at| sla_at(at, near_at, due_at, None);
        prop_assert!(accepted_at <= near_at && near_at <= due_at);
        prop_assert!(sla(a.min(b)) <= sla(a.max(b)));
        prop_assert_eq!(sla(near_at), Sla::Near);
        prop_assert_eq!(sla(due_at + 1.millisecond()), Sla::Breached);
    }

    #[test]
    fn a_pause_never_brings_a_deadline_forward(
        accepted_at in any_moment(),
        steps in prop::collection::vec(any_moment(), 2..8),
        completion_minutes in 1u32..5000,
    ) {
        let calendar = calendar();
        let target = Target { completion_minutes, ..Target::default() };
        let mut clock = Clock::started(accepted_at);
        for step in steps.chunks(2) {
            let before = due_after_pause(&calendar, target, &clock);
            clock.pause(step[0]);
            clock.resume(&calendar, *step.last().expect("a chunk is never empty"));
            let after = due_after_pause(&calendar, target, &clock);
            prop_assert!(after.respond_at >= before.respond_at);
            prop_assert!(after.near_at >= before.near_at && after.due_at >= before.due_at);
        }
    }

    #[test]
    fn a_report_resumes_with_the_standing_it_was_put_aside_with(
        accepted_at in any_moment(),
        worked in 0i64..20_000,
        rested in 0i64..20_000,
        completion_minutes in 1u32..5000,
    ) {
        let calendar = calendar();
        let target = Target { completion_minutes, ..Target::default() };
        let paused = accepted_at + worked.minutes();
        let resumed = paused + rested.minutes();
        let mut clock = Clock::started(accepted_at);
        let before = due_after_pause(&calendar, target, &clock);
        // On the very minute of the deadline, or past it, nothing is left to be kept.
        prop_assume!(paused < before.due_at);
        clock.pause(paused);
        let resting = sla_at(resumed, before.near_at, before.due_at, clock.stopped_at());
        clock.resume(&calendar, resumed);
        let after = due_after_pause(&calendar, target, &clock);
        prop_assert_eq!(sla_at(resumed, after.near_at, after.due_at, None), resting);
        prop_assert_eq!(clock.used(&calendar, resumed), calendar.between(accepted_at, paused));
    }
}
