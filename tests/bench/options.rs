//! What a run does and for how long.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};

/// Shown for `--help`, and when an option cannot be read.
const USAGE: &str = "options: --quick | --only p1,p2,p3,p4 | --rounds N | --seconds N (each \
     measurement) | --sustain N (P2) | --sizes 0,100000,1000000 (P4) | --keep DIR (seeded \
     databases) | --no-postgres | --binary FILE";

/// The options of a run.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) only: Vec<String>,
    pub(crate) rounds: usize,
    /// How long one measurement of P1, P3 and P4 takes.
    pub(crate) span: Duration,
    /// How long P2 goes on.
    pub(crate) sustain: Duration,
    pub(crate) sizes: Vec<u64>,
    pub(crate) keep: Option<PathBuf>,
    pub(crate) postgres: bool,
    pub(crate) binary: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            rounds: 3,
            span: Duration::from_secs(5),
            sustain: Duration::from_mins(1),
            sizes: vec![0, 100_000, 1_000_000],
            keep: None,
            postgres: true,
            binary: env!("CARGO_BIN_EXE_tanggap").into(),
        }
    }
}

impl Options {
    /// Reads the options of the command line.
    pub(crate) fn read(arguments: &[String]) -> anyhow::Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next()
                    .with_context(|| format!("{argument} needs a value"))
            };
            match argument.as_str() {
                // cargo adds it.
                "--bench" => {}
                "--quick" => options.quicken(),
                "--only" => options.only = list(value()?),
                "--rounds" => options.rounds = value()?.parse()?,
                "--seconds" => options.span = Duration::from_secs(value()?.parse()?),
                "--sustain" => options.sustain = Duration::from_secs(value()?.parse()?),
                "--sizes" => {
                    options.sizes = list(value()?).iter().flat_map(|it| it.parse()).collect();
                }
                "--keep" => options.keep = Some(value()?.into()),
                "--no-postgres" => options.postgres = false,
                "--binary" => options.binary = value()?.into(),
                _ => bail!("{USAGE}"),
            }
        }
        Ok(options)
    }

    fn quicken(&mut self) {
        self.span = Duration::from_secs(2);
        self.sustain = Duration::from_secs(10);
        self.sizes = vec![0, 100_000];
    }

    /// Says whether a part of the run is wanted.
    pub(crate) fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|it| it == part)
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}
