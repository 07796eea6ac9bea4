//! How a letter leaves the house: by SMTP, into a folder, or kept in memory.

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::{Message, SmtpTransport, Transport};

/// Who carries letters.
pub enum Carrier {
    Smtp(Box<SmtpTransport>),
    /// One `.eml` file a letter.
    Folder(PathBuf),
    /// For tests.
    Memory(Mutex<Vec<String>>),
}

/// Why a letter was not carried.
#[derive(Debug)]
pub struct Trouble {
    pub why: String,
    /// The other side will not take this letter, however often it is tried.
    pub is_final: bool,
}

impl Carrier {
    /// The carrier of a setting: `smtp://…`, `smtps://…`, `memory` or a folder. `patience` is how long the other
    /// side may take for each answer.
    pub fn of(setting: &str, patience: Duration) -> Result<Carrier, String> {
        if setting == "memory" {
            return Ok(Carrier::Memory(Mutex::default()));
        }
        let is_smtp = setting.starts_with("smtp://") || setting.starts_with("smtps://");
        if !is_smtp {
            return Ok(Carrier::Folder(PathBuf::from(setting)));
        }
        let secured = secured(setting);
        let smtp = SmtpTransport::from_url(&secured)
            .map_err(|_| "mail is no address like smtp://user:password@host:587".to_owned())?;
        let smtp = smtp.timeout(Some(patience)).build();
        Ok(Carrier::Smtp(Box::new(smtp)))
    }

    /// Carries one letter. The name of a file is the letter's id, so that trying again makes no second one.
    pub fn carry(&self, id: &str, message: &Message) -> Result<(), Trouble> {
        match self {
            Carrier::Smtp(smtp) => smtp.send(message).map(|_| ()).map_err(|error| Trouble {
                is_final: error.is_permanent(),
                why: error.to_string(),
            }),
            Carrier::Folder(folder) => {
                file(folder, id, &message.formatted()).map_err(|error| Trouble {
                    why: error.to_string(),
                    is_final: false,
                })
            }
            Carrier::Memory(kept) => {
                let text = String::from_utf8_lossy(&message.formatted()).into_owned();
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(text);
                Ok(())
            }
        }
    }

    /// The letters kept in memory.
    pub fn kept(&self) -> Vec<String> {
        match self {
            Carrier::Memory(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            _ => Vec::new(),
        }
    }
}

/// Off this machine nothing goes out unencrypted: without `smtps` the other side must offer STARTTLS.
fn secured(setting: &str) -> String {
    let rest = setting.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address: Option<IpAddr> = name.parse().ok();
    let is_here = name == "localhost" || address.is_some_and(|address| address.is_loopback());
    let is_said = setting.contains("tls=required") || setting.starts_with("smtps://");
    if is_here || is_said {
        return setting.to_owned();
    }
    // Any weaker wish is left out.
    let bare = setting.split('?').next().unwrap_or_default();
    format!("{bare}?tls=required")
}

/// Written whole or not at all, and readable by the owner alone: some letters carry links.
fn file(folder: &PathBuf, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let (half, whole) = (
        folder.join(format!("{id}.part")),
        folder.join(format!("{id}.eml")),
    );
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(half, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_this_machine_unencrypted() {
        for (setting, secured_as) in [
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://[::1]:25", "smtp://[::1]:25"),
            ("smtps://a:b@mail.test", "smtps://a:b@mail.test"),
            (
                "smtp://a:b@mail.test:587",
                "smtp://a:b@mail.test:587?tls=required",
            ),
            (
                "smtp://mail.test?tls=opportunistic",
                "smtp://mail.test?tls=required",
            ),
            (
                "smtp://127.0.0.1@mail.test",
                "smtp://127.0.0.1@mail.test?tls=required",
            ),
        ] {
            assert_eq!(secured(setting), secured_as);
        }
    }
}
