//! Reading a settings file with care, and writing a new one that only its owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::fault::ConfigError;
use crate::i18n::first_hidden;
use crate::secret::is_exposed;

/// The largest settings file that is read, in bytes.
const MAX_BYTES: usize = 256 << 10;

/// What a settings file holds.
pub(super) struct Content {
    pub(super) text: String,
    /// Others than its owner can read or change it.
    pub(super) exposed: bool,
}

/// Reads a settings file.
pub(super) fn read(path: &Path) -> Result<Content, ConfigError> {
    let unreadable = |why: io::Error| ConfigError::Unreadable {
        path: path.to_owned(),
        why: why.to_string(),
    };
    let file = File::open(path).map_err(unreadable)?;
    let exposed = is_exposed(&file.metadata().map_err(unreadable)?);
    let mut bytes = Vec::new();
    // The cap holds for what is read, for a size can be false: devices have none.
    file.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(ConfigError::TooBig {
            path: path.to_owned(),
            limit: MAX_BYTES >> 10,
        });
    }
    Ok(Content {
        text: plain_text(path, bytes)?,
        exposed,
    })
}

fn plain_text(path: &Path, bytes: Vec<u8>) -> Result<String, ConfigError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|&byte| byte == b'\n').count();
        ConfigError::NotText {
            path: path.to_owned(),
            line,
        }
    })?;
    // Some editors begin a file with this mark.
    let text = text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text);
    match first_hidden(&text) {
        None => Ok(text),
        Some((line, c)) => Err(ConfigError::Hidden {
            at: format!("{}:{line}", path.display()),
            character: format!("U+{:04X}", u32::from(c)),
        }),
    }
}

/// Writes a new settings file that only its owner can read; an existing one stays.
pub fn write_new(path: &Path, text: &str) -> Result<(), ConfigError> {
    let unwritable = |why: &io::Error| ConfigError::Unwritable {
        path: path.to_owned(),
        why: why.to_string(),
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(|why| unwritable(&why))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|why| match why.kind() {
        io::ErrorKind::AlreadyExists => ConfigError::Exists {
            path: path.to_owned(),
        },
        _ => unwritable(&why),
    })
}
