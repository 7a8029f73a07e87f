//! The audit trail: a chain that anybody with the key can check, and that the database guards.

use tanggap::action::{Actor, Origin, report};
use tanggap::db::{Run as _, sql};
use tanggap::store::audit::{self, Row, digest, seal};

use crate::support::office::{DEDI, Office, RATNA, SRI, assign};

/// An office in which a few things were done.
async fn busy() -> Office {
    let office = Office::with("").await;
    let number = office.report(RATNA, "#bantu lampu mati").await;
    assign(&office, &number, &[DEDI]).await;
    let mut work = office
        .work(office.staff(SRI.id, Origin::Console).await)
        .await;
    report::pending(&mut work, &number, "menunggu suku cadang")
        .await
        .expect("pending");
    report::start(&mut work, &number).await.expect("started");
    work.commit().await.expect("a commit");
    office.hears(RATNA, &format!("selesai {number} 4")).await;
    office
}

/// Returns the place at which the chain breaks.
fn broken(key: &[u8], rows: &[Row]) -> Option<i64> {
    let mut last = "";
    for (row, seq) in rows.iter().zip(1..) {
        let told = row
            .detail
            .as_ref()
            .is_none_or(|it| digest(key, it) == row.detail_hash);
        if row.seq != seq || !told || seal(key, last, row) != row.hash {
            return Some(row.seq);
        }
        last = &row.hash;
    }
    None
}

#[tokio::test]
async fn every_act_hangs_on_the_one_before_it() {
    let office = busy().await;
    let mut rows = audit::from(&office.desk.db, 1, 1000).await.expect("rows");
    assert!(rows.len() >= 9, "{}", rows.len());
    assert_eq!(broken(&office.desk.key, &rows), None);
    let head = audit::head(&office.desk.db).await.expect("a head");
    let last = rows.last().expect("a row");
    assert_eq!((head.seq, &head.hash), (last.seq, &last.hash));
    assert_eq!(broken(b"another key", &rows), Some(1));
    rows[4].actor = "ADM99".into();
    assert_eq!(broken(&office.desk.key, &rows), Some(5));
}

#[tokio::test]
async fn the_database_refuses_to_change_what_was_written() {
    let office = busy().await;
    for statement in [
        "UPDATE audit SET actor = 'ADM99' WHERE seq = 2",
        "UPDATE audit SET detail = '{}' WHERE seq = 2",
        "UPDATE audit SET seq = 99 WHERE seq = 2",
        "UPDATE audit SET undoable = NOT undoable, detail = NULL WHERE seq = 2",
        "UPDATE audit SET hash = '' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
    ] {
        let mut tx = office.desk.db.begin().await.expect("a transaction");
        let refused = tx.execute(sql(statement)).await;
        assert!(refused.is_err(), "{statement}");
    }
    // Only an erasure may empty what was done, and the chain still holds.
    let mut tx = office.desk.db.begin().await.expect("a transaction");
    let erased = tx
        .execute(sql("UPDATE audit SET detail = NULL WHERE seq = 2"))
        .await;
    assert_eq!(erased.expect("erased"), 1);
    tx.commit().await.expect("a commit");
    let rows = audit::from(&office.desk.db, 1, 1000).await.expect("rows");
    assert_eq!(rows[1].detail, None);
    assert_eq!(broken(&office.desk.key, &rows), None);
}

#[tokio::test]
async fn work_that_is_not_committed_leaves_no_trace() {
    let office = busy().await;
    let before = audit::head(&office.desk.db).await.expect("a head");
    let mut work = office.work(Actor::shell("uji")).await;
    report::reopen(&mut work, "BRT2411001", "salah")
        .await
        .expect("reopened");
    drop(work);
    assert_eq!(audit::head(&office.desk.db).await.expect("a head"), before);
    assert!(office.find("BRT2411001").await.status.is_closed());
}
