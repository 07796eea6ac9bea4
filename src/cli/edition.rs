//! `mizan verify`, `mizan key`, `mizan sign`: for anybody who holds the folder of an edition, and whoever holds the key.

use std::path::{Path, PathBuf};

use clap::Args;

use super::score::Printed;
use crate::config;
use crate::domain::edition::{self, Check, Files, MANIFEST, Manifest, SIGNATURE};
use crate::seal;
use crate::web::words::{self, Language, Named, Phrase};

/// No file of an edition is larger; a country's is a tenth of it.
const LARGEST: u64 = 512 * 1024 * 1024;

/// What `mizan verify` is asked.
#[derive(Args)]
pub struct Verify {
    /// The folder of an edition.
    folder: PathBuf,
    /// The public key: a file, or the key itself. Take it from elsewhere than the folder.
    #[arg(long)]
    key: Option<String>,
    /// The folder of the edition before.
    #[arg(long)]
    previous: Option<PathBuf>,
    /// Shows that the line of an agency is under the fingerprint.
    #[arg(long)]
    agency: Option<String>,
    /// The language of the answer: fa or en.
    #[arg(long, default_value = "en")]
    lang: String,
}

/// Checks an edition by its files alone. Exit 0 if it holds, 1 if not, 2 if the folder cannot be read.
pub fn verify(asked: &Verify) -> Printed {
    match checks(asked) {
        Ok(checks) => told(
            &checks,
            Language::from_code(&asked.lang).unwrap_or(Language::En),
        ),
        Err(stderr) => Printed {
            stdout: String::new(),
            stderr,
            code: 2,
        },
    }
}

fn checks(asked: &Verify) -> Result<Vec<Check>, String> {
    let files = read(&asked.folder)?;
    let previous = asked.previous.as_deref().map(read).transpose()?;
    let key = asked.key.as_deref().map(key_text).transpose()?;
    let key = key.as_deref();
    let is_signed = |bytes: &[u8], signature: &[u8]| {
        key.is_some_and(|key| seal::is_signed(bytes, signature, key))
    };
    let is_signed: edition::Signed = &is_signed;
    let asked = edition::Asked {
        is_signed: key.map(|_| is_signed),
        previous: previous.as_ref(),
        agency: asked.agency.as_deref(),
    };
    Ok(edition::verify(&files, &asked))
}

fn told(checks: &[Check], language: Language) -> Printed {
    let holds = checks.iter().all(|check| check.is_good);
    let mut stdout = String::new();
    for check in checks {
        let named: Vec<(&str, Named)> = check
            .names
            .iter()
            .map(|(name, value)| (*name, named(name, value)))
            .collect();
        let sentence = words::format(language, check.key, &named);
        let mark = if check.is_good { "✓" } else { "✗" };
        stdout.push_str(&format!("{mark} {sentence}\n"));
    }
    let end = if holds {
        "edition-holds"
    } else {
        "edition-fails"
    };
    stdout.push_str(&Phrase::of(end).say(language));
    stdout.push('\n');
    Printed {
        stdout,
        stderr: String::new(),
        code: u8::from(!holds),
    }
}

/// Counts are written in the digits of the language; hashes and names as they are.
fn named(name: &str, value: &str) -> Named {
    match value.parse::<i64>() {
        Ok(number) if matches!(name, "count" | "place") => Named::Number(number),
        _ => Named::from(value),
    }
}

/// The files of a folder; only plain files, none too large to be one of ours.
fn read(folder: &Path) -> Result<Files, String> {
    let cannot =
        |why: std::io::Error| format!("The folder {} cannot be read: {why}.", folder.display());
    let mut files = Files::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let about = entry.metadata().map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !about.is_file() || about.len() > LARGEST {
            return Err(format!(
                "{name} in {} is no file of an edition.",
                folder.display()
            ));
        }
        files.insert(name, std::fs::read(entry.path()).map_err(cannot)?);
    }
    Ok(files)
}

fn key_text(key: &str) -> Result<String, String> {
    if Path::new(key).exists() {
        return std::fs::read_to_string(key).map_err(|why| format!("{key} cannot be read: {why}."));
    }
    if seal::is_key(key) {
        return Ok(key.to_owned());
    }
    Err(format!(
        "{key} is neither a file nor a public key of minisign."
    ))
}

/// Makes the edition key, protected by a passphrase, and the checkpoint key of the server, whose public half the
/// edition key signs. Gives the public edition key for the settings.
pub fn make_keys(folder: &Path, passphrase: &str) -> Result<String, String> {
    if passphrase.chars().count() < 12 {
        return Err("The passphrase of the edition key needs at least 12 characters.".to_owned());
    }
    std::fs::create_dir_all(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let edition = seal::make("mizan edition key", Some(passphrase))?;
    let server = seal::make("mizan checkpoint key", None)?;
    let unlocked = seal::unlock(&edition.secret, passphrase)?;
    let signature = seal::sign(&unlocked, server.public.as_bytes(), "mizan checkpoint key")?;
    write(folder, "edition.key", &edition.secret, true)?;
    write(folder, "edition.pub", &edition.public, false)?;
    write(folder, "checkpoint.key", &server.secret, true)?;
    write(folder, "checkpoint.pub", &server.public, false)?;
    write(folder, "checkpoint.pub.minisig", &signature, false)?;
    Ok(edition.line)
}

/// Writes a new file; one that is there is never overwritten, and a secret is for its owner alone.
fn write(folder: &Path, name: &str, text: &str, is_secret: bool) -> Result<(), String> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = folder.join(name);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    options.mode(if is_secret { 0o600 } else { 0o644 });
    let written = options
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|why| format!("{} was not written: {why}", path.display()))
}

/// Signs the manifest of a folder; whoever signs has checked the edition first, so one that does not hold is refused.
pub fn sign(folder: &Path, key: &Path, passphrase: &str) -> Result<String, String> {
    let files = read(folder)?;
    let checks = edition::verify(&files, &edition::Asked::default());
    if checks.iter().any(|check| !check.is_good) {
        return Err(told(&checks, Language::En).stdout);
    }
    let bytes = files.get(MANIFEST).cloned().unwrap_or_default();
    let manifest = Manifest::read(&bytes).ok_or("The manifest cannot be read.")?;
    let secret = std::fs::read_to_string(key).map_err(|why| format!("{}: {why}", key.display()))?;
    let comment = format!(
        "mizan edition {} {} {}",
        manifest.province[0], manifest.period, manifest.edition
    );
    let signature = seal::sign(&seal::unlock(&secret, passphrase)?, &bytes, &comment)?;
    write(folder, SIGNATURE, &signature, false)?;
    Ok(signature)
}

/// The passphrase: from the environment, else asked at the keyboard.
pub fn passphrase() -> Result<String, String> {
    if let Some(given) = config::passphrase() {
        return Ok(given);
    }
    rpassword::prompt_password("Passphrase of the edition key: ")
        .map_err(|why| format!("no passphrase: {why}"))
}
