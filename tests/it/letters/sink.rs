//! A mail server of our own on a port of this machine: it takes letters, refuses them, or says nothing at all.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// How the server treats what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// No such mailbox, for ever.
    Refuses,
    /// Not now.
    IsBusy,
    /// Opens and says nothing.
    Hangs,
}

/// The server and what it took.
pub struct Sink {
    pub address: String,
    taken: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

fn unlock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink {
    pub fn open(manner: Manner) -> Sink {
        let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = door.local_addr().expect("a port").port();
        let sink = Sink {
            address: format!("smtp://127.0.0.1:{port}"),
            taken: Arc::default(),
            manner: Arc::new(Mutex::new(manner)),
        };
        let (taken, manner) = (sink.taken.clone(), sink.manner.clone());
        std::thread::spawn(move || {
            for line in door.incoming().flatten() {
                let (taken, manner) = (taken.clone(), *unlock(&manner));
                std::thread::spawn(move || serve(line, manner, &taken));
            }
        });
        sink
    }

    pub fn set(&self, manner: Manner) {
        *unlock(&self.manner) = manner;
    }

    /// The letters that were taken, as they came.
    pub fn taken(&self) -> Vec<String> {
        unlock(&self.taken).clone()
    }
}

fn serve(line: TcpStream, manner: Manner, taken: &Mutex<Vec<String>>) -> Option<()> {
    let mut out = line.try_clone().ok()?;
    if manner == Manner::Hangs {
        std::thread::sleep(std::time::Duration::from_secs(5));
        return None;
    }
    let mut lines = BufReader::new(line).lines();
    out.write_all(b"220 sink\r\n").ok()?;
    while let Some(Ok(said)) = lines.next() {
        let word = said.split(' ').next().unwrap_or_default().to_uppercase();
        let answer = match (word.as_str(), manner) {
            ("RCPT", Manner::Refuses) => "550 no such mailbox",
            ("RCPT", Manner::IsBusy) => "451 come back later",
            ("DATA", _) => {
                out.write_all(b"354 go on\r\n").ok()?;
                let letter: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                unlock(taken).push(letter.join("\n"));
                "250 taken"
            }
            ("QUIT", _) => "221 goodbye",
            _ => "250 well",
        };
        out.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
    Some(())
}

/// The readable parts of a letter, whatever they were packed in.
pub fn readable(letter: &str) -> String {
    let mut out = String::new();
    let boundary = letter
        .split("boundary=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("parts");
    for part in letter.split(&format!("--{boundary}")).skip(1) {
        let part = part.trim_start();
        let Some((head, body)) = part.split_once("\n\n") else {
            continue;
        };
        let head = head.to_lowercase();
        let bytes = if head.contains("base64") {
            base64(body)
        } else if head.contains("quoted-printable") {
            quoted(body)
        } else {
            body.as_bytes().to_vec()
        };
        out.push_str(&head);
        out.push('\n');
        out.push_str(&String::from_utf8_lossy(&bytes));
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for value in text.chars().filter_map(|sign| SIGNS.find(sign)) {
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

fn quoted(text: &str) -> Vec<u8> {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let pair = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
        let text = String::from_utf8_lossy(&pair).into_owned();
        bytes.push(u8::from_str_radix(&text, 16).expect("two digits"));
    }
    bytes
}
