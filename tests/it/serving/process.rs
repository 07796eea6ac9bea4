//! The real program as a process of its own, and somebody who speaks to it over the wire.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::town::{PASSWORD, Town, encode};

/// The program with no settings but these.
pub fn program(settings: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIZAN_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .envs(settings.iter().map(|(name, value)| (*name, *value)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What it says when it cannot begin: its code and its sentence.
pub fn refused(settings: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let Output { status, stderr, .. } = program(settings, arguments).output().expect("it runs");
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    (status.code().unwrap_or(-1), said)
}

/// A port nobody listens on.
pub fn free_port() -> u16 {
    let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
    door.local_addr().expect("its number").port()
}

/// A running program. It is killed without a word when it is dropped.
pub struct Served {
    pub port: u16,
    child: Child,
}

impl Served {
    /// Serves a town's database, whose quarter is open for years.
    pub fn of(town: &Town, more: &[(&str, &str)]) -> Served {
        let port = free_port();
        let address = format!("127.0.0.1:{port}");
        let base = format!("http://{address}");
        let files = town.folder().join("files").display().to_string();
        let mut settings = vec![
            ("MIZAN_DATABASE", town.database()),
            ("MIZAN_FILES", files.as_str()),
            ("MIZAN_ADDRESS", address.as_str()),
            ("MIZAN_BASE", base.as_str()),
        ];
        settings.extend(more);
        let mut command = program(&settings, &["serve"]);
        let child = command.stderr(Stdio::null()).spawn().expect("it starts");
        let served = Served { port, child };
        served.is_up();
        served
    }

    fn is_up(&self) {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "it never listens"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as a power failure would, while others still speak to it.
    pub fn end(&self) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").args(["-9", &id]).status();
        assert!(killed.expect("kill is installed").success());
    }

    /// One request; nothing where the program went away before it answered.
    pub fn ask(&self, head: &str, cookie: &str, fields: Option<&[(&str, &str)]>) -> Option<Told> {
        let body = fields.map(encode).unwrap_or_default();
        let kind = "content-type: application/x-www-form-urlencoded";
        let request = format!(
            "{head} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\ncookie: {cookie}\r\n\
             {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let patience = Some(Duration::from_secs(30));
        stream.set_read_timeout(patience).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut came = Vec::new();
        stream.read_to_end(&mut came).ok()?;
        let whole = String::from_utf8_lossy(&came).into_owned();
        let status = whole.split(' ').nth(1)?.parse().ok()?;
        Some(Told { status, whole })
    }

    /// Signs somebody in: the cookies to send, and the token of their forms.
    pub fn sign_in(&self, login: &str) -> (String, String) {
        let door = self.ask("GET /sign-in", "", None).expect("an answer");
        let (form, csrf) = (door.cookie("form"), door.csrf());
        let fields = [
            ("username", login),
            ("password", PASSWORD),
            ("csrf", csrf.as_str()),
        ];
        let signed = self.ask("POST /sign-in", &form, Some(&fields));
        let signed = signed.expect("an answer");
        assert_eq!(signed.status, 303, "{}", signed.whole);
        let cookie = signed.cookie("mizan");
        let page = self.ask("GET /periods", &cookie, None).expect("an answer");
        (cookie, page.csrf())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer as it came over the wire.
pub struct Told {
    pub status: u16,
    pub whole: String,
}

impl Told {
    /// A cookie it sets, as it is sent back.
    pub fn cookie(&self, name: &str) -> String {
        let start = format!("{name}=");
        let lines = self.whole.lines().filter_map(|line| {
            let (head, value) = line.split_once(": ")?;
            head.eq_ignore_ascii_case("set-cookie").then_some(value)
        });
        let mut found = lines.filter(|value| value.starts_with(&start));
        let value = found.next().unwrap_or_default();
        value.split(';').next().unwrap_or_default().to_owned()
    }

    /// The token of the first form.
    pub fn csrf(&self) -> String {
        let at = self.whole.split("name=\"csrf\" value=\"").nth(1);
        let token = at.and_then(|rest| rest.split('"').next());
        token.unwrap_or_default().to_owned()
    }
}

/// A certificate of our own making and its key.
pub fn certificate(folder: &Path) -> (String, String) {
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let (certificate, key) = (certificate.display().to_string(), key.display().to_string());
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-keyout", &key, "-out", &certificate])
        .output()
        .expect("openssl is installed");
    assert!(made.status.success(), "{made:?}");
    (certificate, key)
}
