//! Starts the program: reads the arguments, runs the command, chooses the exit code.

use std::process::ExitCode;

use tanggap::cli;

fn main() -> ExitCode {
    let arguments = match cli::arguments() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(cli::run(arguments));
            runtime.shutdown_background();
            code
        }
        Err(_) => ExitCode::from(5),
    }
}
