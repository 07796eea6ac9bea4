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
/// How many files are read at once; so many others wait, so long, and whoever comes then is asked to come again.
const MOST_AT_ONCE: usize = 2;
const MOST_WAITING: usize = 8;
const LONGEST_WAIT: Duration = Duration::from_secs(10);

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
    let Some(_seat) = SEATS.take() else {
        return Ok(Err(Refusal::Busy));
    };
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

static SEATS: Seats = Seats::new(MOST_AT_ONCE, MOST_WAITING, LONGEST_WAIT);

/// So many may be at work at once, so many wait, so long.
pub struct Seats {
    /// Free seats, and how many wait for one.
    left: Mutex<(usize, usize)>,
    freed: Condvar,
    most_waiting: usize,
    longest: Duration,
}

/// The right to have one process at work, until it is dropped.
pub struct Seat<'a>(&'a Seats);

impl Seats {
    /// A room with so many seats, all free.
    pub const fn new(seats: usize, most_waiting: usize, longest: Duration) -> Seats {
        Seats {
            left: Mutex::new((seats, 0)),
            freed: Condvar::new(),
            most_waiting,
            longest,
        }
    }

    /// A seat, or none where too many wait already or it takes too long: the threads that wait are needed elsewhere.
    pub fn take(&self) -> Option<Seat<'_>> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.0 == 0 && left.1 >= self.most_waiting {
            return None;
        }
        left.1 += 1;
        let waited = self
            .freed
            .wait_timeout_while(left, self.longest, |left| left.0 == 0);
        let (mut left, _) = waited.unwrap_or_else(PoisonError::into_inner);
        left.1 -= 1;
        if left.0 == 0 {
            return None;
        }
        left.0 -= 1;
        Some(Seat(self))
    }

    /// How many wait for a seat just now.
    pub fn waiting(&self) -> usize {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let seats = self.0;
        seats.left.lock().unwrap_or_else(PoisonError::into_inner).0 += 1;
        seats.freed.notify_one();
    }
}
