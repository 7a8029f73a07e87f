//! Files by their content: each is kept once, under its hash, in the data folder.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// A file that is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub sha256: String,
    pub bytes: i64,
    /// What the bytes are, whatever anybody called them.
    pub mime: &'static str,
}

/// Returns where a file is kept.
pub fn path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

/// Keeps bytes: written beside their place, made durable, then moved there in one step.
pub fn keep(folder: &Path, bytes: &[u8]) -> std::io::Result<Kept> {
    let sha256 = hash(bytes);
    let place = path(folder, &sha256);
    if !place.exists() {
        let parent = place.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)?;
        let draft = place.with_extension(format!("{}.part", std::process::id()));
        let written = write(&draft, bytes).and_then(|()| std::fs::rename(&draft, &place));
        if let Err(error) = written {
            std::fs::remove_file(&draft).ok();
            return Err(error);
        }
        std::fs::File::open(parent)?.sync_all()?;
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(Kept {
        sha256,
        bytes: size,
        mime: kind(bytes),
    })
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string does not fail");
            text
        })
}

/// Tells from the first bytes what a file is; what is not known is just bytes.
pub fn kind(bytes: &[u8]) -> &'static str {
    let at = |offset: usize, magic: &[u8]| {
        bytes
            .get(offset..offset + magic.len())
            .is_some_and(|found| found == magic)
    };
    match () {
        () if at(0, b"\xFF\xD8\xFF") => "image/jpeg",
        () if at(0, b"\x89PNG\r\n\x1A\n") => "image/png",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if at(0, b"GIF8") => "image/gif",
        () if at(0, b"%PDF-") => "application/pdf",
        () if at(4, b"ftyp") => "video/mp4",
        () if at(0, b"OggS") => "audio/ogg",
        () if at(0, b"ID3") || at(0, b"\xFF\xFB") => "audio/mpeg",
        () if at(0, b"PK\x03\x04") => "application/zip",
        () => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{keep, kind, path};

    #[test]
    fn the_same_bytes_are_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let first = keep(folder.path(), b"\xFF\xD8\xFF photo").unwrap();
        let second = keep(folder.path(), b"\xFF\xD8\xFF photo").unwrap();
        assert_eq!(first, second);
        assert_eq!((first.mime, first.bytes), ("image/jpeg", 9));
        let kept = std::fs::read(path(folder.path(), &first.sha256)).unwrap();
        assert_eq!(kept, b"\xFF\xD8\xFF photo");
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(kind(b"%PDF-1.7"), "application/pdf");
        assert_eq!(kind(b"<svg onload=x>"), "application/octet-stream");
        assert_eq!(kind(b""), "application/octet-stream");
    }
}
