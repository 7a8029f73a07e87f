//! What the desk itself tells: the audit trail, things set aside, and who may come in.

use crate::cli::audit::chain::Chain;
use crate::cli::doctor::{Findings, State};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::db::Db;
use crate::domain::permission::Level;
use crate::key;
use crate::store::staff::{Filter, Staff};
use crate::store::{self, audit};

/// How many rows of the audit trail are checked; `audit verify` checks all of them.
const AUDITED: i64 = 10_000;

/// Looks at an open desk.
pub(super) async fn look(shell: &Shell, db: &Db, findings: &mut Findings) {
    look_at_audit(shell, db, findings).await;
    look_at_queues(db, findings).await;
    look_at_people(db, findings).await;
}

async fn look_at_audit(shell: &Shell, db: &Db, findings: &mut Findings) {
    let Some(head) = findings.try_get("audit", audit::head(db).await) else {
        return;
    };
    let Some(folder) = findings.try_get("audit", shell.layers.data_dir()) else {
        return;
    };
    let path = folder.join("audit.key");
    // Reading would make a new key, with which nothing old fits.
    if !path.exists() {
        let values = [("path", path.display().to_string())];
        match head.seq {
            0 => findings.ok("audit", "doctor-audit-empty", []),
            _ => findings.fault("audit", "doctor-no-key", values),
        }
        return;
    }
    let key =
        key::read_or_make(&folder).map_err(|error| Failure::file("error-file-read", &path, &error));
    let Some(key) = findings.try_get("audit", key) else {
        return;
    };
    let start = (head.seq - AUDITED + 1).max(1);
    let Some(chain) = findings.try_get("audit", Chain::walk(db, &key, start).await) else {
        return;
    };
    match chain.fault() {
        Some(phrase) => findings.add("audit", State::Fault, Failure::found(phrase)),
        None => findings.ok("audit", "doctor-audit", [("count", chain.rows.to_string())]),
    }
}

async fn look_at_queues(db: &Db, findings: &mut Findings) {
    let aside = findings.try_get("inbox", store::inbox::quarantined(db).await);
    if let Some(count) = aside.filter(|count| *count > 0) {
        findings.warn(
            "inbox",
            "doctor-quarantined",
            [("count", count.to_string())],
        );
    }
    let failed = findings.try_get("outbox", store::outbox::failed(db).await);
    if let Some(count) = failed.filter(|count| *count > 0) {
        findings.warn(
            "outbox",
            "doctor-failed-letters",
            [("count", count.to_string())],
        );
    }
}

async fn look_at_people(db: &Db, findings: &mut Findings) {
    let wanted = Filter {
        level: Some(Level::Administrator),
        active: Some(true),
        ..Filter::default()
    };
    let found = store::staff::page(db, &wanted, None, None).await;
    let Some(found) = findings.try_get("staff", found) else {
        return;
    };
    let comes_in = |staff: &&Staff| staff.username.is_some() && staff.password.is_some();
    let able = found.rows.iter().filter(comes_in).count();
    if found.rows.is_empty() {
        findings.fault("staff", "doctor-no-administrator", []);
    } else if able == 0 {
        let values = [("name", found.rows[0].name.clone())];
        findings.warn("staff", "doctor-no-sign-in", values);
    } else {
        findings.ok("staff", "doctor-staff", [("count", able.to_string())]);
    }
}
