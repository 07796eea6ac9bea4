//! A province of invented figures on either engine, and the release program serving it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mizan::app::user::{self, NewUser};
use mizan::cli::serve::{self, Demo};
use mizan::config::Config;
use mizan::domain::access::{Actor, Role};
use mizan::store::period::Period;
use mizan::store::{self, Store};

/// The password of everybody in the bench.
pub const PASSWORD: &str = "میز خدمت سنجش";

/// Where the province lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Every engine there is here.
    pub fn all() -> Vec<Engine> {
        match std::env::var("TEST_POSTGRES_URL") {
            Ok(_) => vec![Engine::Sqlite, Engine::Postgres],
            Err(_) => vec![Engine::Sqlite],
        }
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// The province on disk.
pub struct Town {
    config: Config,
    folder: PathBuf,
    /// Agencies whose checklist is still open: their manager signs in as `bench-<code>`.
    pub open: Vec<String>,
    pub period: String,
    pub last: String,
}

impl Town {
    /// Makes it anew.
    pub fn make(engine: Engine) -> Town {
        let name = format!("mizan-bench-{}", std::process::id());
        let folder = std::env::temp_dir().join(&name).join(engine.name());
        let _ = std::fs::remove_dir_all(&folder);
        let demo = Demo {
            port: free_port(),
            data: folder.clone(),
            password: PASSWORD.to_owned(),
        };
        let mut config = serve::demo_config(&demo);
        if engine == Engine::Postgres {
            config.database = database(&name);
        }
        let store = Arc::new(serve::open(&config).expect("a database"));
        serve::populate(store.clone(), &config, mizan::clock::now(), PASSWORD).expect("a province");
        let mut town = Town {
            config,
            folder,
            open: Vec::new(),
            period: String::new(),
            last: String::new(),
        };
        town.people(&store);
        town
    }

    /// A manager for every agency that has not handed in.
    fn people(&mut self, store: &Arc<Store>) {
        let found = store.read(|conn| {
            let province = store::province::list(conn)?.remove(0).id;
            let periods = store::period::list(conn, &province)?;
            let system = Actor::system(&province);
            let all = store::assessment::list(conn, &system.scope, &periods[0].id)?;
            let agencies = store::agency::list(conn, &province)?;
            Ok::<_, store::StoreError>((province, periods, all, agencies))
        });
        let (province, periods, all, agencies) = found.expect("a province");
        (self.period, self.last) = (periods[0].code.clone(), periods[1].code.clone());
        let ctx = serve::system(store.clone(), &self.config, &province);
        for agency in agencies {
            let own = all.iter().find(|one| one.agency_id == agency.id);
            if own.is_none_or(|one| one.is_handed_in()) || self.open.len() == 16 {
                continue;
            }
            let login = format!("bench-{}", agency.code.to_lowercase());
            let new = NewUser {
                login: &login,
                name: "سنجش",
                email: "",
                language: "fa",
                role: Role::Manager,
                agency: Some(&agency.code),
                password: Some(PASSWORD),
            };
            user::add(&ctx, &new).expect("a manager");
            self.open.push(agency.code);
        }
    }

    /// The database of the province, and its settings.
    pub fn database(&self) -> &str {
        &self.config.database
    }

    /// How the province is set up.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The database opened again: its province and the last final quarter.
    pub fn opened(&self) -> (Arc<Store>, String, Period) {
        let store = Arc::new(serve::open(&self.config).expect("a database"));
        let found = store.read(|conn| {
            let province = store::province::list(conn)?.remove(0).id;
            let period = store::period::find_by_code(conn, &province, &self.last)?;
            Ok::<_, store::StoreError>((province, period.expect("the last quarter")))
        });
        let (province, period) = found.expect("a province");
        (store, province, period)
    }

    /// Starts the program.
    pub fn serve(&self) -> Server {
        let port = free_port();
        let began = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_mizan"))
            .arg("serve")
            .env("MIZAN_DATABASE", &self.config.database)
            .env("MIZAN_FILES", &self.config.files)
            .env("MIZAN_ADDRESS", format!("127.0.0.1:{port}"))
            .env("MIZAN_BASE", format!("http://127.0.0.1:{port}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.expect("the program starts");
        let out = child.stdout.take().expect("it speaks");
        let mut said = String::new();
        let mut lines = BufReader::new(out);
        lines
            .read_line(&mut said)
            .expect("it says where it listens");
        // What it says later is read and forgotten, so that it is never kept waiting.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let mut client = super::client::Client::open(port);
        assert_eq!(client.get("/health").status, 200, "{said}");
        Server {
            child,
            port,
            started_in: began.elapsed(),
        }
    }

    /// From the command to the first answer.
    pub fn cold_starts(&self, times: usize) -> Vec<Duration> {
        (0..times).map(|_| self.serve().started_in).collect()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A running program; it ends with this value.
pub struct Server {
    child: Child,
    pub port: u16,
    started_in: Duration,
}

impl Server {
    fn status(&self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        number.unwrap_or(0)
    }

    /// Memory in use.
    pub fn memory_kib(&self) -> u64 {
        self.status("VmRSS")
    }

    /// The most memory that was ever in use.
    pub fn peak_kib(&self) -> u64 {
        self.status("VmHWM")
    }

    /// Processor time spent so far, in milliseconds, user and system.
    pub fn cpu_ms(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let text = text.unwrap_or_default();
        let after = text.rsplit_once(") ").map_or("", |(_, after)| after);
        let ticks = after.split(' ').skip(11).take(2);
        let ticks: u64 = ticks.filter_map(|word| word.parse::<u64>().ok()).sum();
        // The kernel counts in hundredths of a second on every Linux that Debian ships.
        ticks as f64 * 10.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let door = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    door.local_addr().expect("its number").port()
}

fn database(name: &str) -> String {
    use diesel::connection::{Connection, SimpleConnection};
    let server = std::env::var("TEST_POSTGRES_URL").expect("a server");
    let server = server.trim_end_matches('/');
    let name = name.replace('-', "_");
    let mut conn = diesel::PgConnection::establish(&format!("{server}/postgres")).expect("answers");
    conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}"))
        .expect("dropped");
    conn.batch_execute(&format!("CREATE DATABASE {name}"))
        .expect("made");
    format!("{server}/{name}")
}
