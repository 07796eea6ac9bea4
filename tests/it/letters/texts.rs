//! Text messages beside letters: the same outbox, the same care.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mizan::app::reminder;
use mizan::domain::access::Role;
use mizan::mail::delivery::Post;
use mizan::mail::gateway::Gateway;
use mizan::store;

use super::{letters, post, round};
use crate::pages::both;
use crate::town::Town;

const BODY: &str = "{\"receptor\":\"{to}\",\"message\":\"{text}\"}";

/// A provider on a port of this machine: what it was told, and what it answers.
struct Provider {
    address: String,
    told: Arc<Mutex<Vec<String>>>,
    status: Arc<Mutex<&'static str>>,
}

impl Provider {
    fn open(status: &'static str) -> Provider {
        let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = door.local_addr().expect("a port").port();
        let provider = Provider {
            address: format!("http://127.0.0.1:{port}/send"),
            told: Arc::default(),
            status: Arc::new(Mutex::new(status)),
        };
        let (told, status) = (provider.told.clone(), provider.status.clone());
        std::thread::spawn(move || {
            for mut line in door.incoming().flatten() {
                let mut reader = BufReader::new(line.try_clone().expect("a line"));
                let (mut head, mut length) = (String::new(), 0);
                while reader.read_line(&mut head).is_ok_and(|read| read > 2) {
                    let last = head.lines().last().unwrap_or_default().to_lowercase();
                    if let Some(value) = last.strip_prefix("content-length: ") {
                        length = value.parse().expect("a number");
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("the body");
                let status = *status.lock().expect("held");
                if status.starts_with("200") {
                    let body = String::from_utf8_lossy(&body).into_owned();
                    told.lock().expect("held").push(format!("{head}{body}"));
                }
                let _ = write!(line, "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            }
        });
        provider
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().expect("held").clone()
    }
}

fn with_texts(town: &Town, address: &str) -> Post {
    let gateway = Gateway::of(address, "geheim", BODY, Duration::from_millis(400));
    Post {
        texts: Some(gateway.expect("a gateway")),
        ..post(town, "memory")
    }
}

fn set_phone(town: &Town, login: &str, phone: &str) -> u16 {
    let read = |conn: &mut store::Conn| store::user::find_by_login(conn, login);
    let user = town.state.store.read(read).expect("read").expect("there");
    let path = format!("/users/{}", user.id);
    let office = town.browser("office");
    let page = office.open(&path);
    let action = format!("{path}/phone");
    office.submit(&page, &action, &[("phone", phone)]).status
}

#[test]
fn a_phone_is_an_iranian_mobile_in_any_digits_or_none() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    for wrong in [
        "0912345678",
        "02112345678",
        "091234567890",
        "+1 555",
        "تلفن",
    ] {
        assert_eq!(set_phone(&town, &manager, wrong), 422, "{wrong}");
    }
    assert_eq!(set_phone(&town, &manager, "۰۹۱۲ ۳۴۵ ۶۷۸۹"), 303);
    assert!(town.kept("users", "phone || ' '").contains("09123456789"));
    let read = |conn: &mut store::Conn| store::user::find_by_login(conn, &manager);
    let user = town.state.store.read(read).expect("read").expect("there");
    both(&town.browser("office"), &format!("/users/{}", user.id));
    assert_eq!(set_phone(&town, &manager, ""), 303);
}

#[test]
fn who_has_a_phone_is_reminded_by_text_too_and_once_though_the_provider_was_down() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    town.person_of(Role::Deputy, "INF-01");
    assert_eq!(set_phone(&town, &manager, "09123456789"), 303);
    town.set_day(town.period().deadline_on);
    let off = reminder::remind(&town.system(), false).expect("written");
    assert_eq!(off, 2, "letters alone while the gateway is off");
    let on = reminder::remind(&town.system(), true).expect("written");
    assert_eq!(on, 1, "the text is missing, the letters are there");
    let provider = Provider::open("503 Service Unavailable");
    let post = with_texts(&town, &provider.address);
    let down = round(&town, &post);
    assert_eq!((down.sent, down.not_sent), (2, 1));
    *provider.status.lock().expect("held") = "200 OK";
    town.wait(2);
    assert_eq!(round(&town, &post).sent, 1);
    assert_eq!(reminder::remind(&town.system(), true).expect("written"), 0);
    town.wait(2000);
    assert_eq!(round(&town, &post).sent, 0);
    let told = provider.told();
    assert_eq!(told.len(), 1);
    for part in [
        "POST /send",
        "Bearer geheim",
        "Idempotency-Key: ",
        "\"receptor\":\"09123456789\"",
    ] {
        assert!(told[0].contains(part), "no {part} in {}", told[0]);
    }
    assert!(
        !told[0].contains('⟦') && told[0].contains("میزان"),
        "{}",
        told[0]
    );
    let kept = letters(&town);
    assert!(kept.iter().all(|letter| letter.state == "sent"));
    assert_eq!(
        kept.iter()
            .filter(|letter| letter.channel == "text")
            .count(),
        1
    );
}

#[test]
fn a_number_that_the_provider_refuses_is_believed_after_three_tries() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    assert_eq!(set_phone(&town, &manager, "09123456789"), 303);
    town.set_day(town.period().deadline_on);
    reminder::remind(&town.system(), true).expect("written");
    let provider = Provider::open("400 Bad Request");
    let post = with_texts(&town, &provider.address);
    for _ in 0..3 {
        round(&town, &post);
        town.wait(20);
    }
    let failed = letters(&town).into_iter().find(|one| one.channel == "text");
    assert_eq!(failed.expect("a text").state, "failed");
}
