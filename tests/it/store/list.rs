//! The lists against a plain reading of the filter language: what a statement finds must be what
//! somebody finds who looks at every row, page by page and in the same order, on both engines.

use std::fmt::Write as _;

use tanggap::domain::filter::{Query, Schema, parse, parse_with};
use tanggap::domain::lang::Lang;
use tanggap::store;
use tanggap::store::page::{Cursor, Page};
use tanggap::store::report::list::{Count, Scope, count, page};
use tanggap::store::stats::{self, By};

use crate::support;

mod desk;
mod naive;

use desk::{Desk, Dice, NOW};

/// The conditions that queries are put together from.
const TERMS: [&str; 66] = [
    "status:open",
    "status:new",
    "status:done,cancelled",
    "status:pending",
    "priority:urgent",
    "priority:low,normal",
    "unit:tek",
    "unit:GIZI",
    "unit:none",
    "unit:zzz",
    "category:lis",
    "category:none",
    "category:air,ac",
    "reporter:bu",
    "reporter:\"Sari Dewi\"",
    "reporter:none",
    "phone:081100000003",
    "phone:6281100000004,081100000005",
    "phone:08110000",
    "phone:628119",
    "id:007",
    "id:BRT2411012",
    "id:5",
    "id:2411012",
    "assignee:ADM02",
    "assignee:@me",
    "assignee:none",
    "assignee:joko",
    "assignee:ADM01,none",
    "created:today",
    "created:yesterday",
    "created:last-week",
    "created:<2024-11-20",
    "created:>=2024-11-29",
    "created:2024-11-10..2024-11-12",
    "updated:today",
    "updated:<2024-11-15",
    "closed:yesterday",
    "closed:>2024-11-20",
    "age:>3d",
    "age:<=20h",
    "age:2d..9d",
    "response:>2h",
    "response:<=1h",
    "sla:ok",
    "sla:near",
    "sla:breached",
    "sla:near,breached",
    "has:photo",
    "has:note",
    "has:reply",
    "has:failed-send",
    "read:yes",
    "read:no",
    "sent:pending",
    "sent:sent",
    "sent:delivered,read",
    "sent:failed,cancelled",
    "window:open",
    "window:closed",
    "lampu",
    "lam* mati",
    "\"lampu mati\"",
    "langka",
    "r/203",
    "%_",
];

const ORDERS: [&str; 24] = [
    "",
    "",
    "",
    "sort:id",
    "sort:created",
    "sort:-created",
    "sort:age",
    "sort:-updated",
    "sort:closed",
    "sort:-closed,unit",
    "sort:response",
    "sort:-response",
    "sort:sla",
    "sort:-sla,age",
    "sort:priority",
    "sort:-priority,created",
    "sort:unit,-age",
    "sort:-category",
    "sort:category,priority,-id",
    "sort:status,sla",
    "sort:-status,-closed",
    "sort:assignee",
    "sort:-assignee,response",
    "sort:reporter,assignee,category",
];

fn query(text: &str) -> Query {
    parse(text, Lang::En).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// Puts a query together by chance.
fn any_query(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.below(4) {
        let one = dice.pick(&TERMS);
        let other = dice.pick(&TERMS);
        let _ = match dice.below(6) {
            0 => write!(text, "-({one}) "),
            1 => write!(text, "({one} OR {other}) "),
            2 => write!(text, "-({one} {other}) "),
            _ => write!(text, "{one} "),
        };
    }
    text + dice.pick(&ORDERS)
}

/// Returns the rows of all pages together.
async fn walk<T>(fetch: impl AsyncFn(Option<&Cursor>) -> store::Result<Page<T>>) -> Vec<T> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = fetch(after.as_ref()).await.expect("a page");
        assert_eq!(page.has_more, page.next.is_some());
        rows.extend(page.rows);
        let Some(next) = page.next else { return rows };
        after = Some(Cursor::read(&next.text()).expect("a cursor"));
    }
}

async fn agree(desk: &Desk, text: &str, scope: &Scope, size: i64) {
    let query = query(text);
    let expected = naive::numbers(desk, &query, scope);
    let found = walk(async |after| page(&desk.db, &query, scope, (Some(size), after)).await).await;
    let found: Vec<String> = found.into_iter().map(|report| report.track_id).collect();
    assert_eq!(found.len(), expected.len(), "{text}");
    assert_eq!(found, expected, "{text}");
}

#[tokio::test]
async fn every_condition_alone_keeps_what_a_plain_reading_keeps() {
    let desk = Desk::with(support::db().await, 180).await;
    let scope = desk::scope();
    for text in TERMS {
        agree(&desk, text, &scope, 50).await;
        agree(&desk, &format!("-({text})"), &scope, 70).await;
    }
}

#[tokio::test]
async fn every_order_runs_through_all_reports_once() {
    let desk = Desk::with(support::db().await, 180).await;
    let scope = desk::scope();
    for order in ORDERS {
        agree(&desk, order, &scope, 7).await;
        agree(&desk, &format!("status:open {order}"), &scope, 3).await;
    }
}

#[tokio::test]
async fn conditions_together_keep_what_a_plain_reading_keeps() {
    let desk = Desk::with(support::db().await, 180).await;
    let (scope, mut dice) = (desk::scope(), Dice(7));
    for _ in 0..150 {
        let text = any_query(&mut dice);
        let size = 1 + i64::try_from(dice.below(40)).unwrap();
        agree(&desk, &text, &scope, size).await;
    }
}

/// So many that most conditions hold for too many reports to look at one by one.
#[tokio::test]
async fn many_reports_are_found_the_same_way_as_few() {
    let desk = Desk::with(support::db().await, 13_000).await;
    let (scope, mut dice) = (desk::scope(), Dice(11));
    for text in TERMS {
        agree(&desk, text, &scope, 2_000).await;
    }
    for text in [
        "lampu category:lis",
        "status:done lampu",
        "status:done created:<2024-11-20 unit:tek",
    ] {
        agree(&desk, text, &scope, 900).await;
    }
    for _ in 0..25 {
        agree(&desk, &any_query(&mut dice), &scope, 1_500).await;
    }
}

#[tokio::test]
async fn a_field_officer_sees_the_own_tasks_only() {
    let desk = Desk::with(support::db().await, 60).await;
    let scope = Scope {
        own_only: Some("ADM02".into()),
        ..desk::scope()
    };
    agree(&desk, "", &scope, 10).await;
    agree(&desk, "assignee:ADM01 OR status:done", &scope, 10).await;
}

#[tokio::test]
async fn a_count_stops_where_it_is_told_to() {
    let desk = Desk::with(support::db().await, 180).await;
    let scope = desk::scope();
    for text in [
        "",
        "status:open",
        "lampu",
        "unit:tek -has:note",
        "assignee:none",
        "read:no",
    ] {
        let all = naive::numbers(&desk, &query(text), &scope).len();
        let whole = Count {
            n: i64::try_from(all).unwrap(),
            or_more: false,
        };
        assert_eq!(
            count(&desk.db, &query(text), &scope, 500).await.unwrap(),
            whole,
            "{text}"
        );
        let cut = Count {
            n: 2,
            or_more: true,
        };
        assert_eq!(
            count(&desk.db, &query(text), &scope, 2).await.unwrap(),
            cut,
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() {
    let desk = Desk::with(support::db().await, 20).await;
    let scope = desk::scope();
    let first = page(&desk.db, &query(""), &scope, (Some(5), None))
        .await
        .unwrap();
    let cursor = first.next.unwrap();
    for order in ["sort:created", "sort:-closed", "sort:id"] {
        let refused = page(&desk.db, &query(order), &scope, (Some(5), Some(&cursor))).await;
        assert!(matches!(refused, Err(store::Error::Cursor)), "{order}");
    }
}

#[tokio::test]
async fn the_whole_list_comes_without_a_limit() {
    let desk = Desk::with(support::db().await, 180).await;
    let whole = page(&desk.db, &query("sort:unit"), &desk::scope(), (None, None))
        .await
        .unwrap();
    assert_eq!(
        whole.rows.len(),
        naive::numbers(&desk, &query(""), &desk::scope()).len()
    );
    assert_eq!((whole.has_more, whole.next), (false, None));
}

#[tokio::test]
async fn messages_and_letters_are_one_list_by_the_order_in_which_they_were_stored() {
    let desk = Desk::with(support::db().await, 60).await;
    for text in [
        "",
        "sort:created",
        "kind:ordinary",
        "kind:report,reply",
        "phone:081100000003",
        "phone:08110000",
        "-phone:081100000003",
        "lampu OR nomor",
        "read:no",
        "-read:no",
        "reporter:sari",
        "window:open created:>2024-11-15",
    ] {
        let query = parse_with(&Schema::MESSAGES, text, Lang::En).unwrap();
        let expected = naive::lines(&desk, &query);
        let found = walk(async |after| {
            let (db, scope) = (&desk.db, desk::scope());
            store::dialogue::page(db, &query, &scope, (Some(9), after)).await
        })
        .await;
        let found: Vec<i64> = found.iter().map(store::dialogue::Line::id).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn names_order_messages_without_losing_one() {
    let desk = Desk::with(support::db().await, 60).await;
    let query = parse_with(&Schema::MESSAGES, "sort:-reporter", Lang::En).unwrap();
    let found = walk(async |after| {
        let (db, scope) = (&desk.db, desk::scope());
        store::dialogue::page(db, &query, &scope, (Some(7), after)).await
    })
    .await;
    let mut found: Vec<i64> = found.iter().map(store::dialogue::Line::id).collect();
    let mut expected = naive::lines(
        &desk,
        &Query {
            sort: Vec::new(),
            ..query
        },
    );
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn letters_are_listed_by_state_channel_and_number() {
    let desk = Desk::with(support::db().await, 60).await;
    for text in [
        "",
        "sent:failed",
        "sent:pending,held",
        "sent:delivered",
        "-sent:sent",
        "channel:ut",
        "phone:081100000003",
        "id:BRT2411012",
        "created:>2024-11-15 sort:created",
        "sort:sent",
        "sort:-channel",
    ] {
        let query = parse_with(&Schema::OUTBOX, text, Lang::En).unwrap();
        let expected = naive::letters(&desk, &query);
        let found = walk(async |after| {
            let (db, scope) = (&desk.db, desk::scope());
            store::outbox::list::page(db, &query, &scope, (Some(7), after)).await
        })
        .await;
        let found: Vec<i64> = found.iter().map(|letter| letter.id).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn acts_are_found_by_who_did_what_to_which() {
    let db = support::db().await;
    desk::acts(&db).await;
    for (text, expected) in [
        ("", &[5, 4, 3, 2, 1][..]),
        ("sort:created", &[1, 2, 3, 4, 5]),
        ("by:ADM01", &[4, 1]),
        ("by:joko", &[4, 1]),
        ("by:cli", &[3]),
        ("by:@me", &[2]),
        ("-by:ADM01", &[5, 3, 2]),
        ("action:finish", &[4]),
        ("action:report", &[4, 3, 2, 1]),
        ("id:BRT2411001", &[4, 1]),
        ("id:002", &[3, 2]),
        ("rahasia", &[2]),
        ("since:2024-11-30", &[5, 4]),
        ("created:<2024-11-30 -action:open", &[3, 2]),
    ] {
        let query = parse_with(&Schema::AUDIT, text, Lang::En).unwrap();
        let found = walk(async |after| {
            store::audit::list::page(&db, &query, &desk::scope(), (Some(2), after)).await
        })
        .await;
        let found: Vec<i64> = found.iter().map(|row| row.seq).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn figures_come_from_the_sums_alone() {
    let db = support::db().await;
    desk::sums(&db).await;
    let days = stats::days(&db).await.unwrap().unwrap();
    assert_eq!(
        (days.0.to_string(), days.1.to_string()),
        ("2024-11-29".into(), "2024-12-02".into())
    );
    let figures = async |by| {
        let rows = stats::stats(&db, days, by).await.unwrap();
        rows.into_iter()
            .map(|row| format!("{} {}", row.key, row.count))
            .collect::<Vec<_>>()
    };
    let expected = [
        "2024-11-29 3",
        "2024-11-30 0",
        "2024-12-01 0",
        "2024-12-02 2",
    ];
    assert_eq!(figures(By::Day).await, expected);
    assert_eq!(figures(By::Week).await, ["2024-W48 3", "2024-W49 2"]);
    assert_eq!(figures(By::Month).await, ["2024-11 3", "2024-12 2"]);
    assert_eq!(figures(By::Category).await, ["Air 4", " 1"]);
    assert_eq!(figures(By::Tbo).await, ["ADM01 2"]);
    assert_eq!(
        figures(By::Status).await[..4],
        ["new 1", "in_progress 0", "pending 0", "done 4"]
    );
}

#[tokio::test]
async fn the_dashboard_counts_what_the_lists_show() {
    let desk = Desk::with(support::db().await, 180).await;
    let board = stats::board(&desk.db, NOW, 1_000).await.unwrap();
    let listed = |text: &str| {
        i64::try_from(naive::numbers(&desk, &query(text), &desk::scope()).len()).unwrap()
    };
    let open = "(status:new OR status:in_progress)";
    assert_eq!(board.overdue, listed(&format!("{open} sla:breached")));
    assert_eq!(board.near, listed(&format!("{open} sla:near")));
    assert_eq!(board.unassigned, listed("status:open assignee:none"));
    let failed = desk
        .letters()
        .filter(|letter| letter.state == "failed")
        .count();
    assert_eq!(board.failed, i64::try_from(failed).unwrap());
    assert_eq!(stats::board(&desk.db, NOW, 1).await.unwrap().failed, 2);
}
