//! The data folder: there, writable, with room in it.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use crate::cli::doctor::Findings;
use crate::cli::shell::Shell;
use crate::domain::show;
use crate::secret::is_exposed;

/// Below this much room nothing can be taken in for long; below that much it is time to tidy up.
const NONE: u64 = 64 << 20;
const LITTLE: u64 = 1 << 30;

/// Looks at the data folder, and returns whether a database may be looked for in it.
pub(super) fn look(shell: &Shell, findings: &mut Findings) -> bool {
    let Some(folder) = findings.try_get("folder", shell.layers.data_dir()) else {
        return false;
    };
    let shown = folder.display().to_string();
    let Ok(metadata) = fs::metadata(&folder) else {
        findings.fault("folder", "doctor-folder-missing", [("path", shown)]);
        return false;
    };
    // The superuser may write everywhere, the user of the service may not.
    if metadata.permissions().readonly() {
        findings.fault("folder", "doctor-folder-read-only", [("path", shown)]);
    } else if let Err(error) = try_write(&folder) {
        let values = [("path", shown), ("why", error.to_string())];
        findings.fault("folder", "error-file-write", values);
    } else {
        look_at_room(shell, &folder, findings);
    }
    look_at_modes(&folder, findings);
    true
}

fn try_write(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    File::create_new(&path)?;
    fs::remove_file(&path)
}

fn look_at_room(shell: &Shell, folder: &Path, findings: &mut Findings) {
    let Some(free) = free_bytes(folder) else {
        return;
    };
    let room = show::bytes(free, shell.lang());
    let values = [("path", folder.display().to_string()), ("free", room)];
    if free < NONE {
        findings.fault("folder", "doctor-room-none", values);
    } else if free < LITTLE {
        findings.warn("folder", "doctor-room-little", values);
    } else {
        findings.ok("folder", "doctor-folder", values);
    }
}

fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// The key of the audit trail is worth nothing once others can read it.
fn look_at_modes(folder: &Path, findings: &mut Findings) {
    let path = folder.join("audit.key");
    if fs::metadata(&path).is_ok_and(|metadata| is_exposed(&metadata)) {
        findings.fault(
            "folder",
            "doctor-exposed",
            [("path", path.display().to_string())],
        );
    }
}
