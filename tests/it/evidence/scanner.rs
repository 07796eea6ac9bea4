//! The virus scanner: a small one of our own that speaks as clamd does.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use super::{AGENCY, PDF, answer, bring};
use crate::town::{Engine, Town};

/// Listens on a port, reads whole streams, and says what it was made to say about a file with a virus, a large one, or a
/// clean one.
fn clamd() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut order = [0; 10];
            stream.read_exact(&mut order).expect("an order");
            assert_eq!(&order, b"zINSTREAM\0");
            let mut file = Vec::new();
            loop {
                let mut length = [0; 4];
                stream.read_exact(&mut length).expect("a length");
                let length = u32::from_be_bytes(length) as usize;
                if length == 0 {
                    break;
                }
                let start = file.len();
                file.resize(start + length, 0);
                stream.read_exact(&mut file[start..]).expect("a chunk");
            }
            let answer: &[u8] = match file.windows(5).any(|five| five == b"EICAR") {
                true => b"stream: Eicar-Test-Signature FOUND\0",
                false if file.len() > 1_000 => b"INSTREAM size limit exceeded. ERROR\0",
                false => b"stream: OK\0",
            };
            let _ = stream.write_all(answer);
        }
    });
    address
}

fn pdf(inside: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {inside}\n%%EOF").into_bytes()
}

#[test]
fn what_the_scanner_finds_or_does_not_look_through_is_not_kept() {
    let address = clamd();
    let town = Town::with(Engine::of_run(), |config| config.clamd = Some(address));
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSP-03");
    let try_to = |bytes: &[u8]| bring(&manager, &page, &[("kind", "letter")], ("a.pdf", bytes));
    try_to(&pdf("EICAR"))
        .is(422)
        .says_word("problem-file-virus");
    try_to(&pdf(&"x".repeat(2_000)))
        .is(422)
        .says_word("problem-file-scan-large");
    assert_eq!(town.rows("evidence", AGENCY), 0);
    try_to(PDF).is(303);
}

#[test]
fn while_the_scanner_is_silent_no_file_is_kept_and_a_link_still_is() {
    let gone = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = gone.local_addr().expect("an address").to_string();
    drop(gone);
    let town = Town::with(Engine::of_run(), |config| config.clamd = Some(address));
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSP-03");
    bring(&manager, &page, &[("kind", "letter")], ("a.pdf", PDF))
        .is(422)
        .says_word("problem-file-scan-silent");
    let link = [("kind", "letter"), ("link", "https://sample.ir")];
    manager.post(&format!("{page}/evidence"), &link).is(303);
}
