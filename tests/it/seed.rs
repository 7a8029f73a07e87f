//! An invented desk keeps every law of a real one.

use std::sync::Arc;

use tanggap::action::Actor;
use tanggap::clock::Clock;
use tanggap::db::{Run as _, sql};
use tanggap::desk::Desk;
use tanggap::seed::{self, Plan, Sown};
use tanggap::store::audit::{self, seal};
use tanggap::store::tally::ALWAYS;
use tokio_util::sync::CancellationToken;

use crate::support::database;
use crate::support::office::{self, Plan as Office};

const PLAN: Plan = Plan {
    reports: 620,
    employees: 30,
    staff: 7,
    seed: 5,
};

async fn desk() -> Arc<Desk> {
    let plan = Office {
        at: "2025-06-18T10:20:00",
        ..Office::default()
    };
    office::desk(&database::address().await, &plan, "http://127.0.0.1:9").await
}

async fn sow(desk: &Desk, plan: Plan) -> Sown {
    let stop = CancellationToken::new();
    let sown = seed::sow((desk, Actor::shell("uji")), plan, &stop, |_| {}).await;
    sown.expect("a seeded desk")
}

/// Returns the first column of whatever a statement finds, as numbers.
async fn numbers(desk: &Desk, statement: &'static str) -> Vec<i64> {
    let rows: Vec<(i64,)> = desk.db.all(sql(statement)).await.expect(statement);
    rows.into_iter().map(|(n,)| n).collect()
}

#[tokio::test]
async fn nothing_contradicts_itself() {
    let desk = desk().await;
    let sown = sow(&desk, PLAN).await;
    assert_eq!((sown.reports, sown.employees, sown.staff), (620, 30, 7));
    assert_eq!(numbers(&desk, "SELECT COUNT(*) FROM report").await, [620]);
    for wrong in [
        "SELECT r.id FROM report r WHERE r.step_count <> \
         (SELECT COUNT(*) FROM step s WHERE s.report_id = r.id)",
        "SELECT r.id FROM report r WHERE r.status <> (SELECT s.status FROM step s \
         WHERE s.report_id = r.id AND s.status IS NOT NULL ORDER BY s.id DESC LIMIT 1)",
        "SELECT r.id FROM report r WHERE (r.status IN ('done', 'cancelled', 'rejected', \
         'duplicate')) <> (r.finished_at IS NOT NULL)",
        "SELECT id FROM report WHERE status = 'duplicate' AND parent_id IS NULL",
        "SELECT id FROM report WHERE category IS NULL",
        "SELECT a.id FROM assignment a JOIN report r ON r.id = a.report_id \
         WHERE r.status = 'done' AND a.status <> 'done'",
        "SELECT s.id FROM step s JOIN step e ON e.report_id = s.report_id AND e.id < s.id \
         WHERE e.at > s.at",
        "SELECT m.id FROM message m JOIN message e ON e.id = m.id - 1 WHERE e.at > m.at",
        "SELECT id FROM outbox WHERE state <> 'sent'",
        "SELECT id FROM step WHERE at > 1750216800000",
        "SELECT id FROM outbox WHERE text = '' OR text LIKE '%{%'",
    ] {
        assert_eq!(numbers(&desk, wrong).await, [] as [i64; 0], "{wrong}");
    }
}

#[tokio::test]
async fn numbers_follow_each_other_in_every_month() {
    let desk = desk().await;
    sow(&desk, PLAN).await;
    let select = sql("SELECT track_id, created_at FROM report ORDER BY id");
    let rows: Vec<(String, i64)> = desk.db.all(select).await.expect("reports");
    assert!(rows.is_sorted_by_key(|(_, at)| *at));
    let mut last = (String::new(), 0);
    for (number, at) in rows {
        let month = desk.settings().local(at).strftime("BRT%y%m").to_string();
        let n: u64 = number
            .strip_prefix(&month)
            .expect(&number)
            .parse()
            .expect(&number);
        let expected = if last.0 == month { last.1 + 1 } else { 1 };
        assert_eq!(n, expected, "{number}");
        last = (month, n);
    }
}

#[tokio::test]
async fn the_sums_are_what_a_count_gives() {
    let desk = desk().await;
    sow(&desk, PLAN).await;
    let select = sql(
        "SELECT r.status, COUNT(*), COALESCE((SELECT t.n FROM tally t \
         WHERE t.metric = 'status' AND t.day = $1 AND t.key = r.status), 0) \
         FROM report r GROUP BY r.status",
    );
    let rows: Vec<(String, i64, i64)> = desk.db.all(select.bind(ALWAYS)).await.expect("sums");
    assert_eq!(rows.len(), 7, "{rows:?}");
    for (status, counted, kept) in rows {
        assert_eq!(counted, kept, "{status}");
    }
    let tasks = numbers(&desk, "SELECT COUNT(*) FROM assignment").await;
    let kept = "SELECT CAST(SUM(n) AS BIGINT) FROM tally WHERE metric = 'tbo'";
    assert_eq!(tasks, numbers(&desk, kept).await);
}

#[tokio::test]
async fn the_audit_chain_stays_whole() {
    let desk = desk().await;
    sow(&desk, PLAN).await;
    let rows = audit::from(&desk.db, 1, 1000).await.expect("rows");
    assert!(!rows.is_empty());
    let mut last = String::new();
    for row in rows {
        assert_eq!(row.hash, seal(&desk.key, &last, &row), "{}", row.seq);
        last = row.hash;
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_desk_and_another_seed_another() {
    let mut told = Vec::new();
    for seed in [5, 5, 6] {
        let desk = desk().await;
        sow(
            &desk,
            Plan {
                reports: 40,
                seed,
                ..PLAN
            },
        )
        .await;
        let select = sql("SELECT id, text, status, reporter_name, created_at, due_at FROM report");
        let reports: Vec<(i64, String, String, String, i64, i64)> = desk
            .db
            .all(select.push(" ORDER BY id"))
            .await
            .expect("reports");
        let select = sql("SELECT id, address, text FROM outbox ORDER BY id");
        let letters: Vec<(i64, String, String)> = desk.db.all(select).await.expect("letters");
        told.push((reports, letters));
    }
    assert!(told[0] == told[1]);
    assert!(told[0] != told[2]);
}

#[tokio::test]
async fn a_second_sowing_goes_on_behind_the_first() {
    let desk = desk().await;
    sow(
        &desk,
        Plan {
            reports: 40,
            ..PLAN
        },
    )
    .await;
    sow(
        &desk,
        Plan {
            reports: 60,
            seed: 9,
            ..PLAN
        },
    )
    .await;
    let counts = "SELECT COUNT(*) FROM report UNION ALL SELECT COUNT(DISTINCT track_id) FROM report \
         UNION ALL SELECT COUNT(*) FROM employee UNION ALL SELECT COUNT(*) FROM staff";
    assert_eq!(numbers(&desk, counts).await, [100, 100, 30, 7]);
}

#[tokio::test]
async fn what_was_made_before_a_stop_is_whole() {
    let desk = desk().await;
    let stop = CancellationToken::new();
    let actor = Actor::shell("uji");
    let sown = seed::sow((&desk, actor), PLAN, &stop, |_| stop.cancel())
        .await
        .expect("a stop");
    assert!((1..620).contains(&sown.reports), "{}", sown.reports);
    let short = "SELECT r.id FROM report r WHERE r.step_count <> \
         (SELECT COUNT(*) FROM step s WHERE s.report_id = r.id)";
    assert_eq!(numbers(&desk, short).await, [] as [i64; 0]);
    let made = i64::try_from(sown.reports).expect("few");
    assert_eq!(numbers(&desk, "SELECT COUNT(*) FROM report").await, [made]);
}

#[tokio::test]
async fn only_the_clock_decides_how_new_the_newest_is() {
    let desk = desk().await;
    sow(&desk, PLAN).await;
    let newest = numbers(&desk, "SELECT MAX(created_at) FROM report").await[0];
    let Clock::Fixed(_) = &desk.clock else {
        panic!("the clock of a test stands")
    };
    assert!(newest < desk.clock.now());
    assert!(desk.clock.now() - newest < 3 * 86_400_000, "{newest}");
}
