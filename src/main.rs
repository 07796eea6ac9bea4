//! `mizan`: reads the arguments, calls the command, ends with its code.

use std::process::ExitCode;

use clap::Parser;
use mizan::cli::command::{self, Arguments};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    command::run(arguments)
}
