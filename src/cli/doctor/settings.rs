//! The settings: the file, the clock, and whether file and database agree.

use crate::cli::doctor::{Findings, State, told};
use crate::cli::shell::Shell;
use crate::config::{ConfigError, Layers};
use crate::desk::{Settings, timestamp};
use crate::domain::show;
use crate::secret::is_exposed;

/// A clock that says less or more than these was never set: the beginnings of 2024 and 2100.
const SANE: std::ops::Range<i64> = 1_704_067_200_000..4_102_444_800_000;

/// Looks at the settings file, which could be read.
pub(super) fn look_at_file(shell: &Shell, findings: &mut Findings) {
    let Some(path) = shell.layers.path() else {
        findings.ok("settings", "doctor-settings-none", []);
        return;
    };
    let shown = path.display().to_string();
    // One that holds a secret and is exposed is not read at all; this one may get a secret yet.
    if std::fs::metadata(path).is_ok_and(|metadata| is_exposed(&metadata)) {
        findings.warn("settings", "doctor-exposed", [("path", shown)]);
    } else {
        findings.ok("settings", "doctor-settings", [("path", shown)]);
    }
}

/// Looks at the values, those of the database included.
pub(super) fn look_at_values(shell: &Shell, layers: &Layers, findings: &mut Findings) {
    let ignored = layers.ignored();
    for fault in ignored {
        // What only a newer version knows does no harm here.
        let state = match fault {
            ConfigError::Unknown { .. } | ConfigError::Later { .. } => State::Warn,
            _ => State::Fault,
        };
        findings.add("settings", state, fault.clone());
    }
    let path = layers
        .path()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    for other in layers.disagreements() {
        let values = [
            ("path", path.clone()),
            ("key", other.key),
            ("file", other.file.to_string()),
            ("database", other.database.to_string()),
        ];
        findings.add("settings", State::Warn, told("config-disagrees", values));
    }
    let Some(config) = findings.try_get("settings", layers.config()) else {
        return;
    };
    if let Some(settings) = findings.try_get("settings", Settings::prepare(config)) {
        look_at_clock(shell, &settings, findings);
    }
}

fn look_at_clock(shell: &Shell, settings: &Settings, findings: &mut Findings) {
    let now = shell.clock.now();
    let local = timestamp(now).to_zoned(settings.zone.clone());
    let values = [
        ("zone", settings.config.org.timezone.clone()),
        ("time", show::date_time(&local, shell.lang())),
    ];
    if SANE.contains(&now) {
        findings.ok("clock", "doctor-clock", values);
    } else {
        findings.fault("clock", "doctor-clock-wrong", values);
    }
}
