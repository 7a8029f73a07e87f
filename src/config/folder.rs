//! The folders that the platform gives a program for its settings and its data.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Where settings and data are when nobody says otherwise; unknown without a home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    pub config: Option<PathBuf>,
    pub data: Option<PathBuf>,
}

impl Folders {
    /// Returns the folders of this platform for this user.
    pub fn platform() -> Self {
        let Some(folders) = ProjectDirs::from("", "", "tanggap") else {
            return Self::default();
        };
        Self {
            config: Some(folders.config_dir().to_owned()),
            data: Some(folders.data_dir().to_owned()),
        }
    }
}
