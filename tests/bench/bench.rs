//! Load on the real worker: an open-loop generator, bare contenders beside it, one table.
//!
//!     cargo bench --bench load -- --quick
//!     cargo bench --bench load -- --only p1,p2 --rounds 3 --keep /srv/bench
//!
//! Every figure is a ratio of contenders run in turn in one run, and the median of its rounds.
//! Only this machine's loopback is used, and everything that was started is stopped.

#![expect(
    clippy::print_stdout,
    reason = "a benchmark's result is what it prints"
)]

mod contender;
mod fixture;
mod load;
mod options;
mod postgres;
mod probe;
mod scenario;
mod table;
mod wire;
mod worker;

use options::Options;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if let Some(role) = contender::Role::of(&arguments) {
        return runtime.block_on(contender::serve(role));
    }
    // `cargo test --benches` asks for a list; there is nothing to list.
    if arguments.iter().any(|it| it == "--list") {
        return Ok(());
    }
    let options = Options::read(&arguments)?;
    runtime.block_on(scenario::run(options))
}
