//! Counters of the worker, as Prometheus reads them.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bounds of the acknowledgement times, in milliseconds.
const BOUNDS: [u64; 8] = [1, 2, 5, 10, 20, 50, 250, 1000];

/// What has happened since the worker started.
#[derive(Debug, Default)]
pub struct Metrics {
    accepted: AtomicU64,
    rejected: AtomicU64,
    repeated: AtomicU64,
    unavailable: AtomicU64,
    worked: AtomicU64,
    messages: AtomicU64,
    sent: AtomicU64,
    unknown: AtomicU64,
    retried: AtomicU64,
    failed: AtomicU64,
    fenced: AtomicU64,
    times: [AtomicU64; BOUNDS.len() + 1],
    time_sum_ms: AtomicU64,
}

impl Metrics {
    /// Counts a delivery that was stored, and how long that took.
    pub fn acknowledged(&self, repeated: bool, milliseconds: u64) {
        add(if repeated {
            &self.repeated
        } else {
            &self.accepted
        });
        let slot = BOUNDS
            .iter()
            .position(|bound| milliseconds <= *bound)
            .unwrap_or(BOUNDS.len());
        add(&self.times[slot]);
        self.time_sum_ms.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// Counts a request that proved nothing.
    pub fn rejected(&self) {
        add(&self.rejected);
    }

    /// Counts a request that could not be stored.
    pub fn unavailable(&self) {
        add(&self.unavailable);
    }

    /// Counts deliveries that were worked and the new messages in them.
    pub fn worked(&self, deliveries: usize, messages: usize) {
        self.worked.fetch_add(deliveries as u64, Ordering::Relaxed);
        self.messages.fetch_add(messages as u64, Ordering::Relaxed);
    }

    /// Counts what became of a letter.
    pub fn settled(&self, state: &str) {
        add(match state {
            "sent" => &self.sent,
            "unknown" => &self.unknown,
            "failed" => &self.failed,
            _ => &self.retried,
        });
    }

    /// Counts an outcome that came after the lease was lost.
    pub fn fenced(&self) {
        add(&self.fenced);
    }

    /// Writes all counters in the Prometheus text format.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(2048);
        let counters = [
            ("tanggap_webhooks_accepted_total", &self.accepted),
            ("tanggap_webhooks_rejected_total", &self.rejected),
            ("tanggap_webhooks_duplicate_total", &self.repeated),
            ("tanggap_webhooks_unavailable_total", &self.unavailable),
            ("tanggap_deliveries_worked_total", &self.worked),
            ("tanggap_messages_total", &self.messages),
            ("tanggap_leases_lost_total", &self.fenced),
        ];
        for (name, counter) in counters {
            line(&mut text, name, "counter", counter.load(Ordering::Relaxed));
        }
        text.push_str("# TYPE tanggap_replies_total counter\n");
        let replies = [
            ("sent", &self.sent),
            ("unknown", &self.unknown),
            ("retry", &self.retried),
            ("failed", &self.failed),
        ];
        for (state, counter) in replies {
            let n = counter.load(Ordering::Relaxed);
            writeln!(text, "tanggap_replies_total{{state=\"{state}\"}} {n}").expect(WRITES);
        }
        self.times(&mut text);
        text
    }

    fn times(&self, text: &mut String) {
        let name = "tanggap_webhook_milliseconds";
        writeln!(text, "# TYPE {name} histogram").expect(WRITES);
        let mut sum = 0;
        for (index, slot) in self.times.iter().enumerate() {
            sum += slot.load(Ordering::Relaxed);
            let bound = BOUNDS
                .get(index)
                .map_or_else(|| "+Inf".to_owned(), u64::to_string);
            writeln!(text, "{name}_bucket{{le=\"{bound}\"}} {sum}").expect(WRITES);
        }
        let total = self.time_sum_ms.load(Ordering::Relaxed);
        writeln!(text, "{name}_sum {total}\n{name}_count {sum}").expect(WRITES);
    }
}

const WRITES: &str = "writing to a string does not fail";

/// Adds one measured value to a text in the Prometheus format.
pub fn line(text: &mut String, name: &str, kind: &str, value: impl std::fmt::Display) {
    writeln!(text, "# TYPE {name} {kind}\n{name} {value}").expect(WRITES);
}

/// Adds one measured value of several that share a name.
pub fn gauge(
    text: &mut String,
    name: &str,
    (label, value): (&str, &str),
    measured: impl std::fmt::Display,
) {
    writeln!(text, "{name}{{{label}=\"{value}\"}} {measured}").expect(WRITES);
}

fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn buckets_add_up() {
        let metrics = Metrics::default();
        for time in [0, 3, 3, 5000] {
            metrics.acknowledged(false, time);
        }
        let text = metrics.text();
        for line in [
            "tanggap_webhook_milliseconds_bucket{le=\"1\"} 1\n",
            "tanggap_webhook_milliseconds_bucket{le=\"5\"} 3\n",
            "tanggap_webhook_milliseconds_bucket{le=\"+Inf\"} 4\n",
            "tanggap_webhook_milliseconds_sum 5006\n",
            "tanggap_webhooks_accepted_total 4\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
