//! The database: reachable, of this version, whole, writable and durable.

use std::cmp::Ordering;

use crate::cli::doctor::Findings;
use crate::cli::shell::{Opened, Shell};
use crate::db::{self, Db, health};
use crate::secret::is_exposed;

/// How far the clocks of two machines may be apart, in milliseconds.
const APART: i64 = 2_000;
/// From here on times of reports are plainly wrong.
const FAR_APART: i64 = 60_000;

/// Looks at the database and returns it when the desk in it can be looked at too.
pub(super) async fn look(shell: &Shell, findings: &mut Findings) -> Option<Db> {
    let opened = shell.database(Opened::AsIs, "tanggap").await;
    let db = findings.try_get("database", opened)?;
    if !fits(shell, &db, findings).await {
        db.close().await;
        return None;
    }
    look_at_file(shell, findings);
    look_for_damage(shell, &db, findings).await;
    look_at_durability(&db, findings).await;
    look_at_clock(shell, &db, findings).await;
    Some(db)
}

async fn fits(shell: &Shell, db: &Db, findings: &mut Findings) -> bool {
    let Some(schema) = findings.try_get("database", db::schema(db).await) else {
        return false;
    };
    let Some(engine) = findings.try_get("database", health::version(db).await) else {
        return false;
    };
    let place = || ("place", shell.place());
    match schema.applied.cmp(&schema.known) {
        Ordering::Equal => {
            let version = ("version", schema.applied.to_string());
            findings.ok(
                "database",
                "doctor-database",
                [place(), ("engine", engine), version],
            );
        }
        Ordering::Greater => findings.fault("database", "error-database-newer", [place()]),
        Ordering::Less if schema.applied == 0 => {
            findings.fault("database", "error-database-missing", [place()]);
        }
        Ordering::Less => findings.fault("database", "error-database-older", [place()]),
    }
    schema.fits()
}

/// What stands in a `SQLite` file is as private as the settings.
fn look_at_file(shell: &Shell, findings: &mut Findings) {
    let place = shell.place();
    let Some(file) = place.strip_prefix("sqlite:") else {
        return;
    };
    let Ok(folder) = shell.layers.data_dir() else {
        return;
    };
    let path = folder.join(file.trim_start_matches("//"));
    if std::fs::metadata(&path).is_ok_and(|metadata| is_exposed(&metadata)) {
        findings.warn(
            "database",
            "doctor-exposed",
            [("path", path.display().to_string())],
        );
    }
}

async fn look_for_damage(shell: &Shell, db: &Db, findings: &mut Findings) {
    let Some(faults) = findings.try_get("database", health::quick_check(db).await) else {
        return;
    };
    if !faults.is_empty() {
        let values = [
            ("place", shell.place()),
            ("count", faults.len().to_string()),
        ];
        findings.fault("database", "error-damaged", values);
    }
}

async fn look_at_durability(db: &Db, findings: &mut Findings) {
    if let Err(error) = health::try_write(db).await {
        findings.fault(
            "database",
            "doctor-database-read-only",
            [("why", error.to_string())],
        );
    }
    let found = health::durability(db).await;
    if let Some(found) = findings.try_get("database", found) {
        let values = [("settings", found.settings)];
        if found.safe {
            findings.ok("database", "doctor-durable", values);
        } else {
            findings.fault("database", "doctor-not-durable", values);
        }
    }
}

async fn look_at_clock(shell: &Shell, db: &Db, findings: &mut Findings) {
    let Some(Some(theirs)) = findings.try_get("clock", health::clock(db).await) else {
        return;
    };
    let apart = (theirs - shell.clock.now()).abs();
    let values = [("seconds", (apart / 1000).to_string())];
    if apart > FAR_APART {
        findings.fault("clock", "doctor-clocks-apart", values);
    } else if apart > APART {
        findings.warn("clock", "doctor-clocks-apart", values);
    }
}
