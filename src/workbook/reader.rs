//! The process that reads workbooks: the same program started anew with nothing but the file, little memory and little
//! time. Whatever the file does to it, nothing else is harmed.

use std::io::{self, Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::filled::{Filled, MOST_BYTES, Refusal};
use super::read::read;

/// The name of the hidden command, and the word for a process within its limits.
const COMMAND: &str = "read-workbook";
const WITHIN: &str = "--within";

/// The memory of the process, and the seconds it may be at work.
const MOST_MEMORY: u64 = 256 << 20;
const MOST_SECONDS: u64 = 3;
/// How long the whole may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest answer of the process.
const MOST_ANSWER: u64 = 8 << 20;
/// How many files are read at once; others wait.
const MOST_AT_ONCE: u32 = 2;

/// The program that is started: this very one.
pub fn program() -> PathBuf {
    let own = Path::new("/proc/self/exe");
    if own.exists() {
        return own.to_owned();
    }
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("mizan"))
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    Ok(setrlimit(resource, limit)?)
}

/// What the started process does first: takes less, and begins anew within that. What a program has reserved before,
/// no limit takes away. Comes back only where that is not possible.
pub fn begin() -> io::Result<()> {
    limit(Resource::As, MOST_MEMORY)?;
    limit(Resource::Cpu, MOST_SECONDS)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Core, 0)?;
    Err(Command::new(program()).args([COMMAND, WITHIN]).exec())
}

/// What it does then: reads the file, and prints what it found.
pub fn answer() -> io::Result<()> {
    limit(Resource::Nofile, 3)?;
    let mut bytes = Vec::new();
    let mut stdin = io::stdin().lock().take(MOST_BYTES as u64 + 1);
    stdin.read_to_end(&mut bytes)?;
    let found = if bytes.len() > MOST_BYTES {
        Err(Refusal::TooMuch)
    } else {
        read(&bytes)
    };
    let text = serde_json::to_string(&found)?;
    io::stdout().write_all(text.as_bytes())
}

/// Has a file read by a process of its own. The error says why no process could be started.
pub fn filled(program: &Path, bytes: &[u8]) -> io::Result<Result<Filled, Refusal>> {
    let _seat = Seat::take();
    let child = Command::new(program)
        .arg(COMMAND)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let text = asked(child, bytes)?;
    // A process that was stopped has said nothing, or half a sentence.
    Ok(serde_json::from_slice(&text).unwrap_or(Err(Refusal::Unreadable)))
}

/// What the process says, or nothing after too long a time.
fn asked(mut child: Child, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                // A process that has seen enough closes its ears; its answer counts.
                let _ = stdin.write_all(bytes);
            }
        });
        let (tell, told) = mpsc::channel();
        scope.spawn(move || {
            let mut text = Vec::new();
            if let Some(stdout) = stdout {
                let read = stdout.take(MOST_ANSWER).read_to_end(&mut text);
                if read.is_err() {
                    text.clear();
                }
            }
            let _ = tell.send(text);
        });
        let text = told.recv_timeout(PATIENCE).unwrap_or_default();
        // After a whole answer it is gone already.
        let _ = child.kill();
        child.wait()?;
        Ok(text)
    })
}

static SEATS: (Mutex<u32>, Condvar) = (Mutex::new(MOST_AT_ONCE), Condvar::new());

/// The right to have one process at work.
struct Seat;

impl Seat {
    fn take() -> Seat {
        let free = SEATS.0.lock().unwrap_or_else(PoisonError::into_inner);
        let free = SEATS.1.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Seat
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *SEATS.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        SEATS.1.notify_one();
    }
}
