//! The only reader of the environment and of the settings file. Refuses to start with a plain sentence.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::LocalOffset;

/// How the program runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A path (SQLite) or a `postgres://` address.
    pub database: String,
    /// Where evidence is kept.
    pub files: PathBuf,
    /// The largest file of evidence, and all files of an agency in one quarter, in megabytes.
    pub file_megabytes: u32,
    pub agency_megabytes: u32,
    /// The virus scanner (clamd) that looks through every file first, as `host:port`; none asks nobody.
    pub clamd: Option<String>,
    /// An answer carried over for so many quarters in a row is asked about.
    pub stale_after: u32,
    /// Where the program listens.
    pub address: SocketAddr,
    /// How people reach it, such as `https://mizan.example.ir`; letters name it.
    pub base: String,
    /// Certificate and key for TLS.
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    /// Whether a proxy before the program ends TLS and names the client's address.
    pub is_behind_proxy: bool,
    /// Where letters go: `smtp://user:password@host:587`, a folder, or none.
    pub mail: Option<String>,
    /// Where text messages are handed in over HTTPS, and the secret that is shown there; none sends none.
    pub text_url: Option<String>,
    pub text_secret: Option<String>,
    /// The JSON that is sent, with `{to}` and `{text}`.
    pub text_body: String,
    /// Who letters come from.
    pub sender: String,
    /// The public half of the edition key, as `mizan key` prints it; signatures of editions are checked with it.
    pub edition_key: Option<String>,
    /// Minutes that the province's clock is ahead of UTC.
    pub offset_minutes: i32,
    /// Invented data; loopback only.
    pub is_demo: bool,
    /// The least like-for-like change of score, in hundredths, that pages call a change; below it is within error.
    pub least_change_c: i64,
}

/// The passphrase of the edition key for a command that signs; it is in no settings file.
pub fn passphrase() -> Option<String> {
    std::env::var("MIZAN_PASSPHRASE").ok()
}

impl Default for Config {
    fn default() -> Config {
        Config {
            database: "data/mizan.sqlite".to_owned(),
            files: PathBuf::from("data/files"),
            file_megabytes: 10,
            agency_megabytes: 500,
            clamd: None,
            stale_after: 3,
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            base: "http://127.0.0.1:8080".to_owned(),
            certificate: None,
            key: None,
            is_behind_proxy: false,
            mail: None,
            text_url: None,
            text_secret: None,
            text_body: r#"{"to":"{to}","text":"{text}"}"#.to_owned(),
            sender: "mizan@localhost".to_owned(),
            edition_key: None,
            offset_minutes: 210,
            is_demo: false,
            least_change_c: 200,
        }
    }
}

impl Config {
    /// Reads the file, if there is one, and `MIZAN_…` of the environment over it.
    pub fn read(file: Option<&Path>) -> Result<Config, String> {
        let mut settings = Figment::from(Serialized::defaults(Config::default()));
        if let Some(file) = file {
            if !file.exists() {
                return Err(format!("the settings file {} is not there", file.display()));
            }
            settings = settings.merge(Toml::file(file));
        }
        let mut config: Config = settings
            .merge(Env::prefixed("MIZAN_").ignore(&["passphrase", "text_secret"]))
            .extract()
            .map_err(|error| format!("the settings cannot be read: {error}"))?;
        // A secret is taken as it stands: one of digits is no number, and no sentence about it repeats it.
        if let Ok(secret) = std::env::var("MIZAN_TEXT_SECRET") {
            config.text_secret = Some(secret);
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let has_tls = self.certificate.is_some() && self.key.is_some();
        if self.certificate.is_some() != self.key.is_some() {
            return Err("a certificate needs its key, and a key its certificate".to_owned());
        }
        if !self.address.ip().is_loopback() && !has_tls && !self.is_behind_proxy {
            return Err(format!(
                "http on {} would send passwords in the open: give certificate and key, or set \
                 is_behind_proxy when a proxy ends TLS",
                self.address
            ));
        }
        self.check_base(has_tls)?;
        if !(1..=100).contains(&self.file_megabytes) {
            return Err("file_megabytes must be between 1 and 100".to_owned());
        }
        LocalOffset::minutes(self.offset_minutes)
            .map_err(|fault| format!("offset_minutes: {fault}"))?;
        Ok(())
    }

    /// A cookie is kept to https by the base alone, so it has to say how people really come.
    fn check_base(&self, has_tls: bool) -> Result<(), String> {
        let host = self
            .base
            .strip_prefix("https://")
            .or_else(|| self.base.strip_prefix("http://"));
        let Some(host) = host else {
            return Err("base must begin with https:// or http://".to_owned());
        };
        let is_odd =
            |sign: char| sign.is_whitespace() || sign.is_control() || "/?#@".contains(sign);
        if host.is_empty() || host.contains(is_odd) {
            return Err(format!(
                "base must be https:// or http:// and a host, without a path: {} is not",
                self.base
            ));
        }
        if !self.is_https() && (has_tls || !self.address.ip().is_loopback()) {
            return Err(format!(
                "base must begin with https:// when people come by TLS: {} would let the session's \
                 cookie go in the open",
                self.base
            ));
        }
        Ok(())
    }

    /// The database's address without its password, for sentences and logs.
    pub fn shown_database(&self) -> String {
        let parts = self.database.split_once("://");
        match parts.and_then(|(kind, rest)| Some((kind, rest.rsplit_once('@')?.1))) {
            Some((kind, host)) => format!("{kind}://…@{host}"),
            None => self.database.clone(),
        }
    }

    /// Whether people reach the program by https, so that its cookie is kept to it.
    pub fn is_https(&self) -> bool {
        self.base.starts_with("https://")
    }

    /// The TLS of the certificate files, if there are any.
    pub fn tls(&self) -> std::io::Result<Option<rustls::ServerConfig>> {
        use rustls::pki_types::pem::PemObject;
        use rustls::pki_types::{CertificateDer, PrivateKeyDer};
        let (Some(certificate), Some(key)) = (&self.certificate, &self.key) else {
            return Ok(None);
        };
        let other = |error: rustls::pki_types::pem::Error| std::io::Error::other(error.to_string());
        let chain = CertificateDer::pem_file_iter(certificate).map_err(other)?;
        let chain = chain.collect::<Result<Vec<_>, _>>().map_err(other)?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(other)?;
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
        tls.map(Some)
            .map_err(|error| std::io::Error::other(error.to_string()))
    }

    /// The province's clock.
    pub fn offset(&self) -> LocalOffset {
        // One that is none was refused at the start.
        LocalOffset::minutes(self.offset_minutes).unwrap_or_default()
    }
}
