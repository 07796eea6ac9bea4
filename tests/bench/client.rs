//! A browser without a screen: keeps its connection and its cookies, counts what it waits.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Somebody at the server.
pub struct Client {
    stream: BufReader<TcpStream>,
    cookies: String,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub took: Duration,
    cookies: Vec<String>,
}

impl Client {
    /// Opens a connection that stays open.
    pub fn open(port: u16) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        stream.set_nodelay(true).expect("a socket of ours");
        Client {
            stream: BufReader::new(stream),
            cookies: String::new(),
        }
    }

    /// Signs in.
    pub fn sign_in(port: u16, login: &str, password: &str) -> Client {
        let mut client = Client::open(port);
        let page = client.get("/sign-in");
        client.keep(&page);
        let fields = [
            ("csrf", hidden(&page.body, "csrf")),
            ("username", login.to_owned()),
            ("password", password.to_owned()),
        ];
        let answer = client.post("/sign-in", &fields);
        assert_eq!(answer.status, 303, "{login} signs in");
        client.keep(&answer);
        client
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            let pair = cookie.split(';').next().unwrap_or_default();
            self.cookies = format!("{}; {pair}", self.cookies)
                .trim_start_matches("; ")
                .to_owned();
        }
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Answer {
        let cookies = &self.cookies;
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookies}\r\n\r\n");
        self.send(&request)
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, String)]) -> Answer {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let (cookies, length) = (&self.cookies, body.len());
        let kind = "application/x-www-form-urlencoded";
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookies}\r\n\
             content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    fn send(&mut self, request: &str) -> Answer {
        let began = Instant::now();
        let stream = self.stream.get_mut();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = self.read();
        answer.took = began.elapsed();
        answer
    }

    fn read(&mut self) -> Answer {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("an answer");
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let (mut length, mut cookies) = (0, Vec::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().expect("a length"),
                "set-cookie" => cookies.push(value.to_owned()),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a body");
        Answer {
            status: status.unwrap_or(0),
            body: String::from_utf8_lossy(&body).into_owned(),
            took: Duration::ZERO,
            cookies,
        }
    }
}

/// The value of a hidden field of a page.
pub fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let after = html.split_once(&mark).map_or("", |(_, after)| after);
    after.split('"').next().unwrap_or_default().to_owned()
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
