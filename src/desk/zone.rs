//! When a zone's clock changes, as far as anybody will ask.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::zone::Span;

/// Before and after all times that are stored.
const ENDS: (i64, i64) = (-9_000_000_000_000_000, 9_000_000_000_000_000);
/// From the year 2000 to 2100.
const KNOWN: (i64, i64) = (946_684_800_000, 4_102_444_800_000);

/// Returns the spans of a zone in which its clock does not change.
pub(super) fn spans(zone: &TimeZone) -> Vec<Span> {
    let at = |moment: i64| super::timestamp(moment);
    let offset = |moment: Timestamp| i64::from(zone.to_offset(moment).seconds()) * 1000;
    let mut spans = vec![Span {
        from_at: ENDS.0,
        until_at: ENDS.1,
        offset_ms: offset(at(KNOWN.0)),
    }];
    let changes = zone
        .following(at(KNOWN.0))
        .take_while(|change| change.timestamp() < at(KNOWN.1));
    for change in changes {
        let from_at = change.timestamp().as_millisecond();
        if let Some(last) = spans.last_mut() {
            last.until_at = from_at;
        }
        spans.push(Span {
            from_at,
            until_at: ENDS.1,
            offset_ms: offset(change.timestamp()),
        });
    }
    spans
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::spans;

    #[test]
    fn jakarta_never_changes_its_clock() {
        let spans = spans(&TimeZone::get("Asia/Jakarta").unwrap());
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].offset_ms, 7 * 3_600_000);
    }

    #[test]
    fn spans_follow_each_other_without_a_gap_and_know_the_summer() {
        let spans = spans(&TimeZone::get("America/New_York").unwrap());
        assert!(spans.len() > 190, "{}", spans.len());
        assert!(
            spans
                .windows(2)
                .all(|pair| pair[0].until_at == pair[1].from_at)
        );
        // 2024-07-01 in summer time.
        let july = 1_719_792_000_000;
        let found = spans
            .iter()
            .find(|it| it.from_at <= july && july < it.until_at)
            .unwrap();
        assert_eq!(found.offset_ms, -4 * 3_600_000);
    }
}
