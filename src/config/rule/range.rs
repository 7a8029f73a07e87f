//! The least and the most of every setting that is a number.

const MINUTE_DAY: i64 = 24 * 60;
const YEAR_MINUTES: i64 = 366 * MINUTE_DAY;

/// Numbers that have bounds of their own.
const RANGES: [(&str, i64, i64); 69] = [
    ("desk.hold_seconds", 0, 60),
    ("desk.guide_every_hours", 0, 720),
    ("desk.join_minutes", 0, MINUTE_DAY),
    ("limits.reports_per_hour", 0, 10_000),
    ("limits.guest_reports_per_hour", 0, 10_000),
    ("limits.guest_reports_per_day", 0, 10_000),
    ("limits.messages_per_10_minutes", 0, 10_000),
    ("limits.misses_per_10_minutes", 0, 10_000),
    ("limits.miss_pause_minutes", 1, MINUTE_DAY),
    ("targets.low.response_minutes", 1, YEAR_MINUTES),
    ("targets.low.completion_minutes", 1, YEAR_MINUTES),
    ("targets.normal.response_minutes", 1, YEAR_MINUTES),
    ("targets.normal.completion_minutes", 1, YEAR_MINUTES),
    ("targets.high.response_minutes", 1, YEAR_MINUTES),
    ("targets.high.completion_minutes", 1, YEAR_MINUTES),
    ("targets.urgent.response_minutes", 1, YEAR_MINUTES),
    ("targets.urgent.completion_minutes", 1, YEAR_MINUTES),
    ("worker.stop_seconds", 1, 10),
    ("listener.head_seconds", 1, 120),
    ("listener.request_seconds", 1, 120),
    ("listener.headers", 16, 256),
    ("listener.head_kib", 8, 256),
    ("listener.body_kib", 64, 16_384),
    ("listener.connections", 16, 65_536),
    ("listener.connections_per_peer", 1, 65_536),
    ("inbox.rows_per_commit", 1, 1000),
    ("inbox.waiting_rows", 64, 100_000),
    ("inbox.waiting_seconds", 1, 60),
    ("inbox.tries", 1, 100),
    ("inbox.first_wait_seconds", 1, 3600),
    ("inbox.longest_wait_seconds", 1, 86_400),
    ("inbox.crashes", 1, 100),
    ("outbox.connect_seconds", 1, 60),
    ("outbox.send_seconds", 2, 120),
    ("outbox.tries", 1, 100),
    ("outbox.give_up_minutes", 1, 10_080),
    ("outbox.first_wait_seconds", 1, 3600),
    ("outbox.longest_wait_seconds", 1, 86_400),
    ("outbox.retry_after_least_seconds", 0, 3600),
    ("outbox.retry_after_most_seconds", 1, 86_400),
    ("outbox.lease_seconds", 10, 600),
    ("outbox.sweep_seconds", 1, 600),
    ("outbox.parallel", 1, 64),
    ("circuit.failures", 1, 100),
    ("circuit.first_pause_seconds", 1, 3600),
    ("circuit.longest_pause_seconds", 1, 86_400),
    ("media.max_mb", 1, 100),
    ("media.seconds", 1, 600),
    ("media.parallel", 1, 32),
    ("sqlite.busy_seconds", 1, 60),
    ("sqlite.readers", 1, 32),
    ("sqlite.journal_limit_mb", 1, 4096),
    ("sqlite.min_free_mb", 1, 1_048_576),
    ("sqlite.alarm_free_mb", 1, 1_048_576),
    ("postgres.pool", 2, 100),
    ("postgres.console_pool", 1, 100),
    ("postgres.wait_seconds", 1, 60),
    ("postgres.console_wait_seconds", 1, 120),
    ("postgres.statement_seconds", 1, 600),
    ("postgres.lock_seconds", 1, 60),
    ("postgres.idle_in_transaction_seconds", 1, 600),
    ("postgres.life_minutes", 1, MINUTE_DAY),
    // The floor is what is still held to be safe: 19 MiB with two passes.
    ("password.memory_kib", 19_456, 4_194_304),
    ("password.passes", 2, 64),
    ("password.lanes", 1, 16),
    ("password.parallel", 1, 16),
    ("password.min_length", 8, 64),
    ("password.max_bytes", 64, 4096),
    ("channel.rate_per_minute", 1, 100_000),
];

/// Returns the bounds of a number; those without their own are counts from none to very many.
pub(super) fn of(key: &str) -> (i64, i64) {
    let found = RANGES.iter().find(|(known, _, _)| *known == key);
    found.map_or((0, 100_000), |&(_, least, most)| (least, most))
}

#[cfg(test)]
mod tests {
    use super::RANGES;
    use crate::config::schema::Schema;

    #[test]
    fn bounds_belong_to_settings_and_hold_their_defaults() {
        let schema = Schema::built_in();
        for (key, least, most) in RANGES {
            let Some(default) = schema.defaults().get(key) else {
                assert!(key.starts_with("channel."), "{key} is no setting");
                continue;
            };
            let default = default.as_i64().expect(key);
            assert!((least..=most).contains(&default), "{key}: {default}");
            assert!(
                u32::try_from(least).is_ok() && u32::try_from(most).is_ok(),
                "{key}"
            );
        }
    }

    #[test]
    fn both_edges_are_taken_and_what_lies_beyond_is_refused() {
        let schema = Schema::built_in();
        for (key, least, most) in RANGES
            .into_iter()
            .filter(|row| !row.0.starts_with("channel."))
        {
            for (value, taken) in [
                (least, true),
                (most, true),
                (least - 1, false),
                (most + 1, false),
            ] {
                let refused = schema.check(key, &value.into());
                assert_eq!(refused.is_ok(), taken, "{key} = {value}: {refused:?}");
            }
        }
    }
}
