//! The commands and their arguments, and what each calls.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::serve::{self, Demo, Person};
use super::{draw, edition, index, score};
use crate::analysis::ranks::Settings;
use crate::config::Config;
use crate::workbook::reader;

/// Service-desk self-assessment, verification, scoring and ranking.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    /// The settings file; MIZAN_… of the environment comes over it.
    #[arg(long, global = true)]
    pub config: Option<PathBuf>,
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// Every command.
#[derive(Subcommand)]
pub enum Command {
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
    /// Computes any composite index from a method and a table of values (docs/INDEX.md).
    Index(index::Asked),
    /// Checks the folder of a published edition: hashes, signature, chain, and every score computed again.
    Verify(edition::Verify),
    /// Computes a published draw again and says what differs (docs/DRAW.md).
    Draw(draw::Asked),
    /// Makes the two keys of editions; the passphrase comes from MIZAN_PASSPHRASE or the keyboard.
    Key { folder: PathBuf },
    /// Signs the folder of an edition where the edition key is.
    Sign {
        folder: PathBuf,
        #[arg(long)]
        key: PathBuf,
    },
    /// A living, made-up province on 127.0.0.1.
    Demo {
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[arg(long, default_value = "data/demo")]
        data: PathBuf,
        #[arg(long, default_value = "میز خدمت 1405")]
        password: String,
    },
    /// The real thing.
    Serve,
    /// Sends the letters that wait, once; `serve` does so by itself.
    Deliver,
    /// Writes the reminders of the day, once; `serve` does so by itself.
    Remind,
    /// Brings in the lists of a province, without results.
    Seed {
        /// KB for Kohgiluyeh and Boyer-Ahmad, SM for a made-up one.
        #[arg(default_value = "KB")]
        province: String,
    },
    /// Accounts.
    User {
        #[command(subcommand)]
        command: User,
    },
    /// Brings a quarter in from a RETURNS file, marked as imported.
    Import {
        returns: PathBuf,
        #[arg(long)]
        province: Option<String>,
    },
    /// Reads the workbook on stdin; the server starts this for every workbook that comes back.
    #[command(hide = true)]
    ReadWorkbook {
        /// Its limits are set already.
        #[arg(long)]
        within: bool,
    },
    /// Prints the RETURNS of a period.
    Export {
        period: String,
        #[arg(long)]
        province: Option<String>,
    },
}

/// What can be done with accounts.
#[derive(Subcommand)]
pub enum User {
    /// Adds a person and prints the link with which they choose their password.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        email: String,
        #[arg(long)]
        role: String,
        /// The code of the agency, for manager, deputy and head.
        #[arg(long)]
        agency: Option<String>,
        #[arg(long)]
        province: Option<String>,
    },
}

/// Does what was asked and says with which code the program ends.
pub fn run(arguments: Arguments) -> ExitCode {
    let printed = match arguments.command {
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
        Command::Index(asked) => index::index(&asked),
        Command::Verify(asked) => edition::verify(&asked),
        Command::Draw(asked) => draw::draw(&asked),
        other => return office(other, arguments.config),
    };
    print!("{}", printed.stdout);
    if !printed.stderr.is_empty() {
        eprintln!("{}", printed.stderr);
    }
    ExitCode::from(printed.code)
}

/// Commands that need the database.
fn office(command: Command, file: Option<PathBuf>) -> ExitCode {
    let done = match command {
        Command::Demo {
            port,
            data,
            password,
        } => serve::demo(&Demo {
            port,
            data,
            password,
        }),
        Command::ReadWorkbook { within } => if within {
            reader::answer()
        } else {
            reader::begin()
        }
        .map_err(|error| error.to_string()),
        Command::Key { folder } => edition::passphrase()
            .and_then(|passphrase| edition::make_keys(&folder, &passphrase))
            .map(|key| println!("{key}")),
        Command::Sign { folder, key } => edition::passphrase()
            .and_then(|passphrase| edition::sign(&folder, &key, &passphrase))
            .map(|signature| print!("{signature}")),
        other => {
            let is_serve = matches!(other, Command::Serve);
            let config = match Config::read(file.as_deref()) {
                Ok(config) => config,
                Err(sentence) => return cannot_start(&sentence),
            };
            match with_config(other, config) {
                Err(sentence) if is_serve => return cannot_start(&sentence),
                done => done,
            }
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The settings are wrong: whoever starts the program again without mending them ends here again.
fn cannot_start(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}

fn with_config(command: Command, config: Config) -> Result<(), String> {
    match command {
        Command::Serve => serve::serve(config),
        Command::Deliver => serve::deliver(&config).map(|round| println!("{round}")),
        Command::Remind => serve::remind(&config).map(|written| println!("{written}")),
        Command::Seed { province } => {
            let store = std::sync::Arc::new(serve::open(&config)?);
            serve::seed(store, &config, &province)
                .map(|_| println!("The lists of {province} are there."))
        }
        Command::User {
            command:
                User::Add {
                    login,
                    name,
                    email,
                    role,
                    agency,
                    province,
                },
        } => {
            let (agency, province) = (agency.as_deref(), province.as_deref());
            let person = Person {
                login: &login,
                name: &name,
                email: &email,
                role: &role,
                agency,
                province,
            };
            serve::add_user(&config, &person).map(|link| println!("{link}"))
        }
        Command::Import { returns, province } => {
            let printed = serve::import(&config, &returns, province.as_deref())?;
            print!("{}", printed.stdout);
            match printed.code {
                0 => Ok(()),
                _ => Err(printed.stderr),
            }
        }
        Command::Export { period, province } => {
            serve::export(&config, &period, province.as_deref()).map(|text| print!("{text}"))
        }
        _ => Err("this command needs no settings".to_owned()),
    }
}
