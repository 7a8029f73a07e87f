//! F01, F03: kills at random moments.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use crate::crowd::{Crowd, Plan};
use crate::desk::{Desk, free_port};
use crate::gateway::{Gateway, Script};
use crate::law::{self, Evidence};
use crate::{is_long, seeds, tell};

/// How many letters a worker hands over at once, at most.
pub(crate) const PARALLEL: i64 = 8;
/// How long a desk may take until nothing is open: another worker waits out a lease and an
/// unknown outcome.
pub(crate) const HEAL: Duration = Duration::from_secs(150);

/// When a worker is killed.
struct Kills {
    count: u32,
    /// The shortest and the longest time between two, in milliseconds.
    after: (u64, u64),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_a_worker_is_killed_at_random_moments() {
    let (messages, kills) = if is_long() { (2000, 32) } else { (400, 8) };
    for seed in seeds(3) {
        let kills = Kills {
            count: kills,
            after: (100, 3000),
        };
        run("F01", seed, messages, kills).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_killed_again_and_again_gets_on() {
    let (messages, kills) = if is_long() { (1000, 400) } else { (100, 20) };
    for seed in seeds(1) {
        let kills = Kills {
            count: kills,
            after: (300, 301),
        };
        run("F03", seed, messages, kills).await;
    }
}

async fn run(name: &str, seed: u64, messages: usize, kills: Kills) {
    let gateway = Gateway::start(Script::Rough, seed).await;
    let desk = Desk::new(gateway.url()).await;
    let port = free_port();
    let mut worker = desk.worker(port);
    worker.ready().await;
    let (least, most) = kills.after;
    let plan = Plan {
        seed,
        messages,
        people: 40,
        over: Duration::from_millis(u64::midpoint(least, most) * u64::from(kills.count)),
        ports: vec![port],
        at_once: 1,
    };
    let crowd = Crowd::start(&plan);
    let mut dice = StdRng::seed_from_u64(seed);
    for _ in 0..kills.count {
        sleep(Duration::from_millis(dice.random_range(least..most))).await;
        worker.kill().await;
        worker = desk.worker(port);
    }
    let notes = crowd.end().await;
    let db = desk.open().await;
    let healed = law::healed(&db, HEAL).await;
    worker.stop().await;
    let in_flight = PARALLEL * i64::from(kills.count);
    let evidence = Evidence {
        in_flight,
        ..Evidence::new(notes, &gateway)
    };
    let found = law::check(&desk, &db, &evidence).await;
    let run = format!(
        "{name} {} seed={seed} webhooks={messages} kills={} sends={} healed={:.1}s",
        desk.engine(),
        kills.count,
        evidence.sends.len(),
        healed.as_secs_f32(),
    );
    tell(&format!("{run} {}", found.counts()));
    found.none(&run);
}
