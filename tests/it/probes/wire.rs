//! Bytes that no browser would send, and clients that are slow, gone or huge.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::town::{Page, Port, Town};

const ANSWER: &str = "/1405-Q2/agencies/INF-01/answers/RSP-01";

fn request(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\nconnection: close\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// A form to sign in whose body is `length` bytes long, as far as its head says.
fn form_head(length: usize, more: &str) -> String {
    format!(
        "POST /sign-in HTTP/1.1\r\nhost: mizan.test\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n{more}\r\n"
    )
}

#[test]
fn huge_forms_and_heads_are_turned_away_at_once() {
    let town = Town::new();
    let port = town.listen();
    let began = Instant::now();
    let huge = form_head(50 << 20, "") + &"a".repeat(50 << 20);
    assert_eq!(port.status(huge.as_bytes()), 413);
    let declared = form_head(2 << 30, "") + "a=1";
    assert_eq!(port.status(declared.as_bytes()), 413);
    let many: Vec<String> = (0..5_000).map(|field| format!("f{field}=1")).collect();
    let many = many.join("&");
    let fields = form_head(many.len(), "connection: close\r\n") + &many;
    assert_eq!(port.status(fields.as_bytes()), 400);
    let head = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(200 << 10)
    );
    assert_eq!(port.status(head.as_bytes()), 431);
    let lines = "x: 1\r\n".repeat(5_000);
    let heads = format!("GET / HTTP/1.1\r\nhost: a\r\n{lines}\r\n");
    assert!([400, 431].contains(&port.status(heads.as_bytes())));
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_body_without_an_end_is_cut_off() {
    let town = Town::new();
    let port = town.listen();
    let mut chunked = b"POST /sign-in HTTP/1.1\r\nhost: mizan.test\r\n\
        content-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n"
        .to_vec();
    for _ in 0..64 {
        chunked.extend_from_slice(b"10000\r\n");
        chunked.extend_from_slice(&[b'a'; 0x10000]);
        chunked.extend_from_slice(b"\r\n");
    }
    assert_eq!(port.status(&chunked), 413);
    let both = "POST /sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\
        transfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    assert_eq!(port.status(both.as_bytes()), 400, "no smuggling");
}

/// Opens a connection and sends the beginning of a form.
fn half_a_form(port: &Port) -> TcpStream {
    let mut stream = TcpStream::connect(port.address).expect("the server listens");
    let half = form_head(1_000, "") + "username=";
    stream.write_all(half.as_bytes()).expect("room to send");
    stream
}

#[test]
fn slow_and_lost_clients_keep_nobody_waiting() {
    let town = Town::new();
    let port = town.listen();
    let slow: Vec<TcpStream> = (0..64).map(|_| half_a_form(&port)).collect();
    for _ in 0..64 {
        drop(half_a_form(&port));
    }
    let began = Instant::now();
    let health = request(&["GET /health HTTP/1.1", "host: mizan.test"]);
    assert_eq!(port.status(&health), 200);
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    for mut stream in slow {
        let mut came = String::new();
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).expect("a patience");
        stream.read_to_string(&mut came).expect("it is closed");
        assert!(came.starts_with("HTTP/1.1 408"), "{came}");
    }
}

#[test]
fn a_client_that_hangs_up_while_saving_leaves_nothing_open() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let body = format!("choice=blank&csrf={}", manager.csrf());
    let port = town.listen();
    let save = format!(
        "POST {ANSWER} HTTP/1.1\r\nhost: mizan.test\r\ncookie: mizan={}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        manager.cookie("mizan"),
        body.len()
    );
    for _ in 0..64 {
        let mut stream = TcpStream::connect(port.address).expect("the server listens");
        stream.write_all(save.as_bytes()).expect("room to send");
    }
    let began = Instant::now();
    manager
        .post(ANSWER, &[("choice", "blank"), ("seen", "1")])
        .is(303);
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(town.rows("answers", "INF-01"), 1);
}

#[test]
fn only_the_head_is_sent_where_only_the_head_is_asked() {
    let town = Town::new();
    let port = town.listen();
    let came = port.raw(&request(&["HEAD /sign-in HTTP/1.1", "host: mizan.test"]));
    assert!(came.starts_with("HTTP/1.1 200"), "{came}");
    assert!(came.ends_with("\r\n\r\n"), "no body: {came}");
    let came = port.raw(&request(&["HEAD / HTTP/1.1", "host: mizan.test"]));
    assert!(came.starts_with("HTTP/1.1 303"), "{came}");
}

#[test]
fn no_request_leads_to_another_host() {
    let town = Town::new();
    let port = town.listen();
    let two = request(&[
        "GET /sign-in HTTP/1.1",
        "host: mizan.test",
        "host: evil.example",
    ]);
    assert_eq!(port.status(&two), 400);
    for lines in [
        [
            "GET http://evil.example/?lang=en HTTP/1.1",
            "host: mizan.test",
        ],
        ["GET //evil.example/?lang=en HTTP/1.1", "host: mizan.test"],
        [
            "GET /%5Cevil.example/?lang=en HTTP/1.1",
            "host: evil.example",
        ],
        [
            "GET /x/?lang=en&next=//evil.example HTTP/1.1",
            "x-forwarded-host: evil.example",
        ],
    ] {
        let came = port.raw(&request(&lines)).to_lowercase();
        let to = came
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        let to = to.unwrap_or("/");
        let is_here = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
        assert!(is_here, "{lines:?} leads to {to}");
        assert!(!came.contains("evil.example\r\nset-cookie"), "{came}");
    }
    for method in ["TRACE", "TRACK", "CONNECT", "PROPFIND", "get"] {
        let status = port.status(&request(&[&format!("{method} / HTTP/1.1"), "host: a"]));
        assert!([400, 404, 405].contains(&status), "{method} {status}");
    }
}

/// Says from which address the newest event came.
fn from(town: &Town) -> String {
    town.log().pop().expect("an event").address
}

fn failed(town: &Town, named: &str) -> Page {
    let visitor = town.visitor();
    visitor.get("/sign-in");
    let body = format!("username=office&password=x&csrf={}", visitor.csrf());
    visitor.post_raw(
        "/sign-in",
        &[("x-forwarded-for", named), ("forwarded", "for=1.1.1.1")],
        &body,
    )
}

#[test]
fn nobody_chooses_the_address_they_come_from() {
    let town = Town::new();
    failed(&town, "192.0.2.7").is(422);
    assert_eq!(from(&town), "127.0.0.9");
    let behind = Town::with(crate::town::Engine::of_run(), |config| {
        config.is_behind_proxy = true
    });
    failed(&behind, "198.51.100.1, 192.0.2.7").is(422);
    assert_eq!(
        from(&behind),
        "192.0.2.7",
        "what our own proxy wrote, not what came before"
    );
    failed(&behind, "<script>").is(422);
    assert_eq!(from(&behind), "127.0.0.9");
}

#[test]
fn a_form_said_to_come_from_elsewhere_is_not_believed_by_other_headers() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let body = format!("choice=blank&csrf={}", manager.csrf());
    let evil = ("origin", "https://evil.example");
    for more in [
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
    ] {
        manager.post_raw(ANSWER, &[evil, more], &body).is(403);
    }
    assert_eq!(town.rows("answers", "INF-01"), 0);
}
