//! The virus scanner, where there is one: a file is sent to clamd over TCP (INSTREAM) before it is kept.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanFault {
    /// The scanner found something.
    Found,
    /// It is larger than the scanner looks through.
    TooLarge,
    /// The scanner did not answer, or not as one does.
    Silent,
}

/// How long the scanner may take to be there, and to say something.
const PATIENCE: Duration = Duration::from_secs(30);
const NEAR: Duration = Duration::from_secs(5);
const CHUNK: usize = 64 << 10;
/// What a scanner says is one short line.
const LONGEST_ANSWER: u64 = 4_096;

/// Asks the scanner at `host:port` about a file.
pub fn scan(address: &str, bytes: &[u8]) -> Result<(), ScanFault> {
    let said = ask(address, bytes).map_err(|error| {
        tracing::warn!(%error, address, "the virus scanner cannot be asked");
        ScanFault::Silent
    })?;
    let said = said.trim_matches(['\0', '\n', ' ']);
    match said {
        "stream: OK" => Ok(()),
        said if said.ends_with("FOUND") => Err(ScanFault::Found),
        said if said.contains("size limit exceeded") => Err(ScanFault::TooLarge),
        said => {
            tracing::warn!(said, "the virus scanner answers oddly");
            Err(ScanFault::Silent)
        }
    }
}

fn ask(address: &str, bytes: &[u8]) -> io::Result<String> {
    let mut stream = connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // A scanner that has read enough answers and hangs up while there is more to send.
    let sent = send(&mut stream, bytes);
    let mut said = Vec::new();
    let read = BufReader::new((&stream).take(LONGEST_ANSWER)).read_until(0, &mut said);
    if said.is_empty() {
        sent?;
        read?;
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "no such host");
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, NEAR) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn send(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(b"zINSTREAM\0")?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes())?;
        stream.write_all(chunk)?;
    }
    stream.write_all(&[0; 4])
}
