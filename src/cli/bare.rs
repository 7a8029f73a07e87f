//! A shell without a settings file, for commands that make one or say what is wrong with it.

use crate::cli::Global;
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::clock::Clock;
use crate::config::{Folders, Given, Layers, output_language};
use crate::desk::Fault;
use crate::i18n::Texts;
use crate::secret;

/// Returns a shell that knows defaults and flags only.
pub(super) fn shell(global: Global) -> Result<Shell, Failure> {
    let lang = output_language(global.lang, &secret::environment)?;
    let layers = Layers::load(Given {
        file: None,
        flags: Vec::new(),
        env: &|_| None,
        folders: Folders {
            config: None,
            ..Folders::platform()
        },
    })?;
    let texts = Texts::load(lang.unwrap_or_default(), None).map_err(Fault::from)?;
    Ok(Shell {
        global,
        layers,
        texts,
        clock: Clock::System,
    })
}
