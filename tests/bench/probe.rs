//! What the kernel knows of a process: the time it has had and the memory that is its own.

use std::time::Duration;

use anyhow::Context as _;

/// Clock ticks of `/proc` in a second; the same on every Linux that people run.
const TICKS: u64 = 100;

/// Returns the processor time that a process has had so far, in and out of the kernel.
pub(crate) fn cpu(pid: u32) -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let behind = stat.rsplit_once(')').context("a name in brackets")?.1;
    let fields: Vec<&str> = behind.split_whitespace().collect();
    let ticks = |index: usize| -> anyhow::Result<u64> {
        Ok(fields.get(index).context("a field of stat")?.parse()?)
    };
    Ok(Duration::from_millis(
        (ticks(11)? + ticks(12)?) * 1000 / TICKS,
    ))
}

/// Returns the memory of a process in MiB, shared pages counted in part.
pub(crate) fn memory(pid: u32) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let line = text
        .lines()
        .find(|line| line.starts_with("Pss:"))
        .context("a line of Pss")?;
    let kib: f64 = line
        .split_whitespace()
        .nth(1)
        .context("a figure of Pss")?
        .parse()?;
    Ok(kib / 1024.0)
}

/// Says what the run was made on.
pub(crate) fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{} × {}, Linux {}",
        cores,
        model.trim_start_matches([' ', '\t', ':']),
        read("/proc/sys/kernel/osrelease").trim()
    )
}
