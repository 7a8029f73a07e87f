//! One worker a `SQLite` file: a lock that dies with its process.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::desk::Desk;

/// The right to be the worker of a `SQLite` file.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why the right was not given.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("another worker is running on this database ({}); a SQLite file takes one. Stop it \
             first, or use PostgreSQL for several workers", .0.display())]
    Taken(PathBuf),
    #[error("{} cannot be locked: {}", .0.display(), .1)]
    Failed(PathBuf, std::io::Error),
}

impl Lock {
    /// Takes the lock beside a database file.
    pub fn take(database: &Path) -> Result<Self, LockError> {
        let mut path = database.as_os_str().to_owned();
        path.push(".worker");
        let path = PathBuf::from(path);
        let opened = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path);
        let file = opened.map_err(|error| LockError::Failed(path.clone(), error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Taken(path)),
            Err(TryLockError::Error(error)) => Err(LockError::Failed(path, error)),
        }
    }
}

/// Returns the name that a worker has on its leases: the same again after a restart, and its own
/// where several share a database.
pub(super) fn name(desk: &Desk, address: SocketAddr) -> String {
    if !desk.db.is_shared() {
        return "worker".into();
    }
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    format!("{}:{}", host.trim(), address.port())
}
