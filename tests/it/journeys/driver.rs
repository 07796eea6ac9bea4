//! Chromium, led through its own driver by the WebDriver protocol: JSON over HTTP on this machine.
//! Plain sockets are enough for that, and they wait as a reader of a story waits.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=fa",
];

/// A driver with one window of one browser; both end with it.
pub struct Driver {
    process: Child,
    port: u16,
    session: String,
}

/// Whether journeys are lived in this run: where `CI` is set, as `make test` does. A missing browser is a fault then.
pub fn is_wanted() -> bool {
    if std::env::var_os("CI").is_none() {
        println!("left out: CI=1 opens the browser, as `make test` does");
        return false;
    }
    for name in ["chromium", "chromedriver"] {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let is_here = std::env::split_paths(&paths).any(|folder| folder.join(name).is_file());
        assert!(is_here, "{name} is missing; `make test` installs it");
    }
    true
}

impl Driver {
    /// Opens a browser whose pages may run scripts, or may not.
    pub fn start(has_scripts: bool) -> Driver {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let said = process.stdout.take().expect("it speaks");
        let port = BufReader::new(said)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let number = line.split("successfully on port ").nth(1)?;
                number.trim_end_matches('.').parse().ok()
            });
        let mut driver = Driver {
            process,
            port: port.expect("chromedriver says its port"),
            session: String::new(),
        };
        let made = driver.send("POST", "/session", &capabilities(has_scripts));
        let id = made["sessionId"].as_str().expect("a session");
        driver.session = format!("/session/{id}");
        driver
    }

    /// One command to the window.
    #[track_caller]
    pub fn post(&self, command: &str, body: &Value) -> Value {
        self.send("POST", &format!("{}/{command}", self.session), body)
    }

    /// One question to the window.
    #[track_caller]
    pub fn get(&self, command: &str) -> Value {
        self.send("GET", &format!("{}/{command}", self.session), &Value::Null)
    }

    /// A command of the browser's own protocol.
    #[track_caller]
    pub fn inside(&self, command: &str, parameters: Value) -> Value {
        self.post(
            "goog/cdp/execute",
            &json!({ "cmd": command, "params": parameters }),
        )
    }

    #[track_caller]
    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.ask(method, path, body).expect("the driver answers");
        let value = answer["value"].clone();
        let fault = &value["error"];
        assert!(!fault.is_string(), "{path}: {fault} {}", value["message"]);
        value
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(90)))?;
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            match name.to_ascii_lowercase().trim() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "" => break,
                _ => {}
            }
        }
        let mut came = vec![0; length];
        reader.read_exact(&mut came)?;
        Ok(serde_json::from_slice(&came)?)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What is lost here is a browser that has already gone.
        let _ = self.ask("DELETE", &self.session, &Value::Null);
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn capabilities(has_scripts: bool) -> Value {
    let scripts = if has_scripts { 1 } else { 2 };
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": FLAGS,
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        },
    } } })
}
