//! The key of this installation, which seals the audit trail: a file outside the database.

use std::io::{Error, ErrorKind, Read as _, Write as _};
use std::path::Path;

/// How many bytes it has.
const BYTES: usize = 32;

/// Returns the key in a data folder, and makes one when there is none.
pub fn read_or_make(folder: &Path) -> Result<Vec<u8>, Error> {
    let path = folder.join("audit.key");
    match std::fs::File::open(&path) {
        Ok(file) => read(file),
        Err(error) if error.kind() == ErrorKind::NotFound => make(folder, &path),
        Err(error) => Err(error),
    }
}

fn read(mut file: std::fs::File) -> Result<Vec<u8>, Error> {
    let mut key = Vec::with_capacity(BYTES);
    file.read_to_end(&mut key)?;
    if key.len() == BYTES {
        Ok(key)
    } else {
        Err(Error::other("audit.key is damaged"))
    }
}

/// Two programs may start at once; the one that comes second takes the key of the first.
fn make(folder: &Path, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::create_dir_all(folder)?;
    let key: [u8; BYTES] = rand::random();
    let draft = folder.join(format!("audit.key.{}", std::process::id()));
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&key)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(key.to_vec()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(std::fs::File::open(path)?),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::read_or_make;

    #[test]
    fn the_key_stays_the_same_and_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let first = read_or_make(folder.path()).unwrap();
        assert_eq!(first, read_or_make(folder.path()).unwrap());
        let other = tempfile::tempdir().unwrap();
        assert_ne!(first, read_or_make(other.path()).unwrap());
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("audit.key"), "short").unwrap();
        assert!(read_or_make(folder.path()).is_err());
    }
}
