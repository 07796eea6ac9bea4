//! The gateway of text messages: one request over HTTPS for each, in the words that the province's provider wants.

use std::io::{Read, Write};
use std::net::{IpAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;

use super::carrier::Trouble;

/// Where text messages are handed in.
pub struct Gateway {
    is_tls: bool,
    host: String,
    port: u16,
    /// The host as it is spoken to, with a port of its own.
    place: String,
    path: String,
    secret: String,
    /// The body with `{to}` and `{text}`, each put in as a JSON string without its quotes.
    template: String,
    patience: Duration,
}

impl Gateway {
    /// The gateway of the settings. Off this machine nothing goes unencrypted.
    pub fn of(
        address: &str,
        secret: &str,
        template: &str,
        patience: Duration,
    ) -> Result<Gateway, String> {
        let wrong = || "text_url is no address like https://sms.example.ir/send".to_owned();
        let (scheme, rest) = address.split_once("://").ok_or_else(wrong)?;
        let (place, path) = match rest.split_once('/') {
            Some((place, path)) => (place, format!("/{path}")),
            None => (rest, "/".to_owned()),
        };
        let is_tls = scheme == "https";
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
            None => (place, if is_tls { 443 } else { 80 }),
        };
        let is_odd = |sign: char| sign.is_whitespace() || sign.is_control() || sign == '@';
        if host.is_empty() || address.contains(is_odd) {
            return Err(wrong());
        }
        let number: Option<IpAddr> = host.parse().ok();
        let is_here = host == "localhost" || number.is_some_and(|one| one.is_loopback());
        let may_be_open = scheme == "http" && is_here;
        if !is_tls && !may_be_open {
            return Err("text_url must begin with https://".to_owned());
        }
        if secret.contains(['\r', '\n']) || secret.is_empty() {
            return Err("text_secret is not set; it belongs into MIZAN_TEXT_SECRET".to_owned());
        }
        if !template.contains("{to}") || !template.contains("{text}") {
            return Err("text_body must name {to} and {text}".to_owned());
        }
        Ok(Gateway {
            is_tls,
            host: host.to_owned(),
            port,
            place: place.to_owned(),
            path,
            secret: secret.to_owned(),
            template: template.to_owned(),
            patience,
        })
    }

    /// Hands one message in. The id of the letter goes along, so that a provider can tell a second try.
    pub fn carry(&self, id: &str, to: &str, text: &str) -> Result<(), Trouble> {
        let status = self.ask(id, to, text).map_err(|error| Trouble {
            why: format!("the gateway: {error}"),
            is_final: false,
        })?;
        if (200..300).contains(&status) {
            return Ok(());
        }
        let may_pass = status >= 500 || matches!(status, 401 | 403 | 408 | 429);
        Err(Trouble {
            why: format!("the gateway answers {status}"),
            is_final: !may_pass,
        })
    }

    fn ask(&self, id: &str, to: &str, text: &str) -> std::io::Result<u16> {
        let request = self.request(id, to, text);
        let mut addresses = (self.host.as_str(), self.port).to_socket_addrs()?;
        let address = addresses
            .next()
            .ok_or_else(|| std::io::Error::other("no such host"))?;
        let mut line = TcpStream::connect_timeout(&address, self.patience)?;
        line.set_read_timeout(Some(self.patience))?;
        line.set_write_timeout(Some(self.patience))?;
        if !self.is_tls {
            return exchange(&mut line, &request, self.patience);
        }
        let roots = rustls::RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let settings = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(std::io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.host.clone()).map_err(std::io::Error::other)?;
        let session = rustls::ClientConnection::new(Arc::new(settings), name)
            .map_err(std::io::Error::other)?;
        exchange(
            &mut rustls::StreamOwned::new(session, line),
            &request,
            self.patience,
        )
    }

    fn request(&self, id: &str, to: &str, text: &str) -> String {
        let body = self
            .template
            .replace("{to}", &quoted(to))
            .replace("{text}", &quoted(text));
        format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {id}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.path,
            self.place,
            self.secret,
            body.len()
        )
    }
}

/// A text as the inside of a JSON string.
fn quoted(text: &str) -> String {
    let whole = serde_json::Value::from(text).to_string();
    let inside = whole
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or_default().to_owned()
}

/// The longest first line of an answer that is read.
const LONGEST_LINE: usize = 200;

/// Sends the request and reads the number in the first line of the answer. A provider that answers a letter at a time
/// is waited for no longer than one that does not answer.
fn exchange(
    line: &mut (impl Read + Write),
    request: &str,
    patience: Duration,
) -> std::io::Result<u16> {
    let began = Instant::now();
    line.write_all(request.as_bytes())?;
    line.flush()?;
    let (mut first, mut byte) = (Vec::new(), [0_u8; 1]);
    while first.len() < LONGEST_LINE && line.read(&mut byte)? == 1 && byte[0] != b'\n' {
        first.push(byte[0]);
        if began.elapsed() > patience {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
    }
    let first = String::from_utf8_lossy(&first).into_owned();
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let is_http = first.starts_with("HTTP/1.");
    status
        .filter(|_| is_http)
        .ok_or_else(|| std::io::Error::other("no answer that could be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_open_and_never_without_a_secret() {
        let of = |address, secret| {
            Gateway::of(address, secret, "{to} {text}", Duration::from_secs(1)).is_ok()
        };
        assert!(of("https://sms.example.ir/send", "s"));
        assert!(of("http://127.0.0.1:9/send", "s"));
        for address in [
            "http://sms.example.ir/send",
            "http://127.0.0.1@sms.example.ir/",
            "ftp://127.0.0.1/",
            "sms.example.ir",
        ] {
            assert!(!of(address, "s"), "{address}");
        }
        assert!(!of("https://sms.example.ir/send", ""));
    }

    #[test]
    fn words_cannot_leave_their_place_in_the_body() {
        assert_eq!(quoted("a\"b\\c\n\""), "a\\\"b\\\\c\\n\\\"");
    }
}
