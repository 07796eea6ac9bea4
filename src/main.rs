//! `mizan`: reads the arguments, calls the command, ends with its code.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mizan::analysis::ranks::Settings;
use mizan::cli::score;

/// Service-desk self-assessment, verification, scoring and ranking.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scores a quarter: prints its scorecards, or the refusal of the file.
    Score {
        returns: PathBuf,
        /// A framework the file may refer to, beside the built-in MIZAN-KB 1.1.
        #[arg(long)]
        framework: Vec<PathBuf>,
    },
    /// Compares two quarters.
    Change {
        old: PathBuf,
        new: PathBuf,
        #[arg(long)]
        framework: Vec<PathBuf>,
    },
    /// Rank intervals under moved weights: analysis, never the official number.
    Analyse {
        returns: PathBuf,
        #[arg(long)]
        framework: Vec<PathBuf>,
        #[arg(long, default_value_t = 2018)]
        seed: u64,
        #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
        replications: u32,
        #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u64).range(0..=99))]
        spread_pct: u64,
    },
}

fn main() -> ExitCode {
    let printed = match Arguments::parse().command {
        Command::Score { returns, framework } => score::score(&returns, &framework),
        Command::Change {
            old,
            new,
            framework,
        } => score::change(&old, &new, &framework),
        Command::Analyse {
            returns,
            framework,
            seed,
            replications,
            spread_pct,
        } => score::analyse(
            &returns,
            &framework,
            Settings {
                seed,
                replications,
                spread_pct,
            },
        ),
    };
    print!("{}", printed.stdout);
    if !printed.stderr.is_empty() {
        eprintln!("{}", printed.stderr);
    }
    ExitCode::from(printed.code)
}
