//! One migrated and seeded database for each engine and test process; every town is a copy of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use argon2::{Argon2, Params, PasswordHasher};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use mizan::app::{self, Ctx, user};
use mizan::config::Config;
use mizan::domain::access::{Actor, Reach, Role};
use mizan::domain::period::State;
use mizan::domain::returns::{self, Returns};
use mizan::store::{self, Conn, Store};

use super::{LAST, OPEN};

/// The password of everybody in the town.
pub const PASSWORD: &str = "میز خدمت آزمون";

/// The people beside those of agencies.
const PEOPLE: [(&str, Role); 10] = [
    ("office", Role::Office),
    ("office2", Role::Office),
    ("auditor1", Role::Auditor),
    ("auditor2", Role::Auditor),
    ("lead", Role::LeadAuditor),
    ("committee1", Role::Committee),
    ("committee2", Role::Committee),
    ("governor", Role::Governor),
    ("admin", Role::Administrator),
    ("admin2", Role::Administrator),
];

/// Which database a town lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// What this run of the tests is about.
    pub fn of_run() -> Engine {
        match std::env::var("TEST_ENGINE").as_deref() {
            Ok("postgres") => Engine::Postgres,
            _ => Engine::Sqlite,
        }
    }

    /// Every engine there is here: PostgreSQL where `TEST_POSTGRES_URL` leads to a server.
    pub fn all() -> Vec<Engine> {
        match std::env::var("TEST_POSTGRES_URL") {
            Ok(_) => vec![Engine::Sqlite, Engine::Postgres],
            Err(_) => vec![Engine::Sqlite],
        }
    }
}

/// The server of the tests, without a database's name.
fn server() -> String {
    let url = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL says where PostgreSQL is: run tests/with_postgres.sh");
    url.trim_end_matches('/').to_owned()
}

/// Does something at the server itself: makes and drops databases.
pub fn at_server(order: &str) {
    let mut conn = PgConnection::establish(&format!("{}/postgres", server()))
        .expect("the PostgreSQL of the tests answers");
    conn.batch_execute(order)
        .unwrap_or_else(|fault| panic!("{order}: {fault}"));
}

/// An empty database of its own: its folder and address.
pub fn empty(engine: Engine) -> (PathBuf, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = home().join(format!("{number}"));
    std::fs::create_dir_all(&folder).expect("a folder of its own");
    let database = match engine {
        Engine::Sqlite => folder.join("mizan.sqlite").display().to_string(),
        Engine::Postgres => {
            let name = format!("town_{}_{number}", std::process::id());
            format!("{}/{name}", server())
        }
    };
    (folder, database)
}

fn name(database: &str) -> &str {
    database.rsplit('/').next().unwrap_or(database)
}

/// The folder of this process, in memory where there is such a place. What dead processes left is swept.
fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        for entry in std::fs::read_dir(&root).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let process = file.to_str().and_then(|f| f.strip_prefix("mizan-town-"));
            if process.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        root.join(format!("mizan-town-{}", std::process::id()))
    })
}

struct Template {
    database: String,
    began: NaiveDateTime,
}

fn template(engine: Engine) -> &'static Template {
    static SQLITE: OnceLock<Template> = OnceLock::new();
    static POSTGRES: OnceLock<Template> = OnceLock::new();
    match engine {
        Engine::Sqlite => SQLITE.get_or_init(|| make(engine)),
        Engine::Postgres => POSTGRES.get_or_init(|| make(engine)),
    }
}

/// A copy of the template: its folder, its address and the time it begins at.
pub fn copy(engine: Engine) -> (PathBuf, String, NaiveDateTime) {
    let template = template(engine);
    let (folder, database) = empty(engine);
    match engine {
        Engine::Sqlite => {
            std::fs::copy(&template.database, &database).expect("room for a copy");
        }
        Engine::Postgres => at_server(&format!(
            "CREATE DATABASE {} TEMPLATE {}",
            name(&database),
            name(&template.database)
        )),
    }
    (folder, database, template.began)
}

/// Sweeps a town away.
pub fn remove(engine: Engine, folder: &Path, database: &str) {
    let _ = std::fs::remove_dir_all(folder);
    if engine == Engine::Postgres && !std::thread::panicking() {
        at_server(&format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            name(database)
        ));
    }
}

fn make(engine: Engine) -> Template {
    let (folder, database) = empty(engine);
    if engine == Engine::Postgres {
        at_server(&format!("CREATE DATABASE {}", name(&database)));
    }
    let store = Arc::new(Store::open(&database).expect("a new database opens"));
    let began = people_and_quarters(&store);
    let database = match engine {
        Engine::Sqlite => {
            let whole = folder.join("template.sqlite").display().to_string();
            let order = format!("VACUUM INTO '{whole}'");
            store
                .read(|conn| Ok::<_, store::StoreError>(conn.batch_execute(&order)?))
                .expect("a copy without its log");
            whole
        }
        Engine::Postgres => {
            drop(store);
            at_server(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
                name(&database)
            ));
            database
        }
    };
    Template { database, began }
}

/// Everybody's hash, made once and cheap: a test waits for no strong one.
fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let params = Params::new(8, 1, 1, None).expect("the least argon2 allows");
        let cheap = Argon2::new(Default::default(), Default::default(), params);
        let hash = cheap.hash_password(PASSWORD.as_bytes());
        hash.expect("a hash").to_string()
    })
}

/// Adds a person with the town's password.
pub fn add_person(ctx: &Ctx, login: &str, role: Role, agency: Option<&str>) {
    let name = format!("کارمند {login}");
    let email = format!("{login}@example.test");
    let new = user::NewUser {
        login,
        name: &name,
        email: &email,
        language: "fa",
        role,
        agency,
        password: None,
    };
    let id = user::add(ctx, &new).expect("a new person");
    let set = ctx.store.write(|tx| {
        store::user::set_password(tx, ctx.province(), &id, hash())?;
        Ok::<_, store::StoreError>(())
    });
    set.expect("a password");
}

/// The program itself at work.
pub fn system(store: &Arc<Store>, province: &str, now: NaiveDateTime) -> Ctx {
    let mut actor = Actor::system(province);
    actor.scope.reach = Reach::All;
    Ctx {
        store: store.clone(),
        frameworks: Arc::default(),
        now,
        offset: Config::default().offset(),
        actor,
        write_key: None,
    }
}

/// The demo's newest quarter, called by another name.
pub fn quarter(code: &str) -> (Returns, &'static [u8]) {
    let bytes = include_bytes!("../../../seeds/demo/returns-1404-Q4.json");
    let known = mizan::cli::score::built_in();
    let read = returns::read(bytes, &known);
    let returns = read.unwrap_or_else(|_| panic!("the demo's quarter is sound"));
    let period = code.to_owned();
    (Returns { period, ..returns }, bytes)
}

/// Lays the town out and gives the moment its tests begin at: the open quarter's first morning.
fn people_and_quarters(store: &Arc<Store>) -> NaiveDateTime {
    let config = Config::default();
    let province = mizan::cli::serve::seed(store.clone(), &config, "SM").expect("a province");
    let summer = NaiveDate::from_ymd_opt(2026, 9, 15).expect("a day of summer");
    let before = config.offset().start_of_day(summer) + Duration::hours(9);
    let mut ctx = system(store, &province, before);
    for (login, role) in PEOPLE {
        add_person(&ctx, login, role, None);
    }
    let (last, bytes) = quarter(LAST);
    app::import::quarter(&ctx, bytes, &last, "واردشده").expect("the last quarter");
    ctx.actor.role = Role::Office;
    let code = app::period::create(&ctx).expect("the next quarter");
    assert_eq!(code, OPEN);
    let find = |conn: &mut Conn| store::period::find_by_code(conn, &province, OPEN);
    let period = store.read(find).expect("read").expect("created");
    let began = config.offset().start_of_day(period.opens_on) + Duration::hours(9);
    ctx.now = began;
    app::period::advance(&ctx, OPEN, State::Planned.as_str(), true).expect("it opens");
    share_out(&ctx);
    began
}

/// Even agencies go to the first auditor, odd ones to the second.
fn share_out(ctx: &Ctx) {
    let id = |login: &str| {
        let find = |conn: &mut Conn| store::user::find_by_login(conn, login);
        ctx.store.read(find).expect("read").expect("added").id
    };
    let auditors = [id("auditor1"), id("auditor2")];
    let list = |conn: &mut Conn| store::agency::list(conn, ctx.province());
    let agencies = ctx.store.read(list).expect("the agencies");
    for (place, agency) in agencies.iter().enumerate() {
        let auditor = &auditors[place % 2];
        app::assignment::assign(ctx, OPEN, &agency.code, auditor, "review").expect("shared out");
    }
}
