//! `mizan serve`, `mizan demo`, `mizan seed`, `mizan user add`, `mizan import`, `mizan export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::score::{self, BUILT_IN, Printed};
use crate::app::link::Purpose;
use crate::app::{self, AppError, Ctx, demo, import, seed, user};
use crate::config::Config;
use crate::domain::access::{Actor, Reach, Role};
use crate::domain::json::Json;
use crate::domain::returns::Returns;
use crate::domain::seed as seeds;
use crate::mail::delivery::Post;
use crate::mail::keeper::{House, Keeper};
use crate::store::file::Files;
use crate::store::{self, Store};
use crate::web::{self, State, render};

/// A sentence for the person at the keyboard.
pub type Said<T> = Result<T, String>;

const PROVINCES: [(&str, &str); 2] = [
    ("KB", include_str!("../../seeds/provinces/kohgiluyeh.json")),
    ("SM", include_str!("../../seeds/provinces/sample.json")),
];

const HOLIDAYS: [&str; 4] = [
    include_str!("../../seeds/holidays/1403.json"),
    include_str!("../../seeds/holidays/1404.json"),
    include_str!("../../seeds/holidays/1405.json"),
    include_str!("../../seeds/holidays/1406.json"),
];

const QUARTERS: [&str; 8] = [
    include_str!("../../seeds/demo/returns-1403-Q1.json"),
    include_str!("../../seeds/demo/returns-1403-Q2.json"),
    include_str!("../../seeds/demo/returns-1403-Q3.json"),
    include_str!("../../seeds/demo/returns-1403-Q4.json"),
    include_str!("../../seeds/demo/returns-1404-Q1.json"),
    include_str!("../../seeds/demo/returns-1404-Q2.json"),
    include_str!("../../seeds/demo/returns-1404-Q3.json"),
    include_str!("../../seeds/demo/returns-1404-Q4.json"),
];

const PRELIMINARY: &str = include_str!("../../seeds/demo/returns-1404-Q4-preliminary.json");

/// An errand's failure in plain words for the command line.
fn plain(error: AppError) -> String {
    match error {
        AppError::Invalid(problems) => {
            let all: Vec<String> = problems
                .iter()
                .map(|p| {
                    format!(
                        "{}: {}",
                        p.field,
                        web::pages::said(p).say(web::words::Language::En)
                    )
                })
                .collect();
            all.join("\n")
        }
        AppError::Refused(key) => web::words::text(web::words::Language::En, key).to_string(),
        AppError::NotFound => "that is not there".to_owned(),
        AppError::Forbidden => "that is not for this role".to_owned(),
        AppError::Conflict => "that is there already".to_owned(),
        AppError::Store(error) => format!("the database: {error}"),
    }
}

/// Opens the database of the settings.
pub fn open(config: &Config) -> Said<Store> {
    let is_file = !config.database.starts_with("postgres");
    if is_file && let Some(folder) = Path::new(&config.database).parent() {
        make_folder(folder)?;
    }
    make_folder(&config.files)?;
    Store::open(&config.database).map_err(|error| {
        let database = config.shown_database();
        format!("the database {database} cannot be opened: {error}")
    })
}

fn make_folder(folder: &Path) -> Said<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("the folder {} cannot be made: {error}", folder.display()))
}

/// The program itself at work in a province.
pub fn system(store: Arc<Store>, config: &Config, province: &str) -> Ctx {
    Ctx {
        store,
        frameworks: Arc::default(),
        now: crate::clock::now(),
        offset: config.offset(),
        actor: Actor::system(province),
        write_key: None,
    }
}

/// Brings in the lists of a province, its holidays and the framework; no results, no accounts.
pub fn seed(store: Arc<Store>, config: &Config, code: &str) -> Said<String> {
    let (_, text) = PROVINCES
        .iter()
        .find(|(known, _)| *known == code)
        .ok_or_else(|| {
            let known: Vec<&str> = PROVINCES.iter().map(|(code, _)| *code).collect();
            format!(
                "there are lists for {}, not for {code}",
                known.join(" and ")
            )
        })?;
    let lists =
        seeds::read_province(text).map_err(|error| format!("the lists of {code}: {error:?}"))?;
    let ctx = system(store, config, "");
    let id = seed::province(&ctx, &lists, config.is_demo).map_err(plain)?;
    for year in HOLIDAYS {
        let year = seeds::read_holidays(year).map_err(|error| format!("holidays: {error:?}"))?;
        seed::holidays(&ctx, &id, &year).map_err(plain)?;
    }
    seed::framework(&ctx, &id, BUILT_IN).map_err(plain)?;
    Ok(id)
}

/// The province at work: the one of that code, or the only one.
fn province(store: &Store, code: Option<&str>) -> Said<String> {
    let all = store
        .read(store::province::list)
        .map_err(|error| error.to_string())?;
    let mut found = all
        .into_iter()
        .filter(|province| code.is_none_or(|code| province.code == code));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.id),
        (None, _) => Err("there is no such province; `mizan seed` brings one in".to_owned()),
        _ => Err("there are several provinces; say which with --province".to_owned()),
    }
}

/// A person to be added from the command line.
pub struct Person<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub role: &'a str,
    pub agency: Option<&'a str>,
    pub province: Option<&'a str>,
}

/// Adds a person; gives the link with which they choose their password, to be handed over.
pub fn add_user(config: &Config, person: &Person) -> Said<String> {
    let store = Arc::new(open(config)?);
    let province = province(&store, person.province)?;
    let ctx = system(store.clone(), config, &province);
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    let role = Role::parse(person.role).ok_or_else(|| {
        format!(
            "{} is no role; the roles are {}",
            person.role,
            roles.join(", ")
        )
    })?;
    let new = user::NewUser {
        login: person.login,
        name: person.name,
        email: person.email,
        language: "fa",
        role,
        agency: person.agency,
        password: None,
    };
    let id = user::add(&ctx, &new).map_err(plain)?;
    let added = store
        .read(|conn| store::user::find(conn, &province, &id))
        .map_err(|e| e.to_string())?;
    let added = added.ok_or("the person was not added")?;
    app::link::make(&ctx, &added, Purpose::Invitation, &config.base).map_err(plain)
}

/// Brings a quarter in from a RETURNS file; says in canonical JSON what came in, or what the file was refused for.
pub fn import(config: &Config, file: &Path, in_province: Option<&str>) -> Said<Printed> {
    let store = Arc::new(open(config)?);
    let province = province(&store, in_province)?;
    let ctx = system(store, config, &province);
    let read = score::bytes(file).and_then(|bytes| {
        let returns = score::read(file, &bytes, &score::built_in())?;
        Ok((bytes, returns))
    });
    let (bytes, returns) = match read {
        Ok(read) => read,
        Err(stop) => return Ok(score::print(Err(stop))),
    };
    let hash = import::quarter(&ctx, &bytes, &returns, "واردشده").map_err(plain)?;
    Ok(score::print(Ok(Json::object([
        ("agencies", Json::int(returns.agencies.len() as i64)),
        ("imported", Json::text(&*returns.period)),
        ("returns_sha256", Json::text(hash)),
    ]))))
}

/// The RETURNS of a period as they stand.
pub fn export(config: &Config, code: &str, in_province: Option<&str>) -> Said<String> {
    let store = Arc::new(open(config)?);
    let province = province(&store, in_province)?;
    let ctx = system(store.clone(), config, &province);
    app::returns::export(&ctx, code).map_err(plain)
}

/// Listens until it is told to stop.
pub fn serve(config: Config) -> Said<()> {
    render::ready().map_err(|error| format!("the templates: {error}"))?;
    config
        .tls()
        .map_err(|error| format!("certificate or key cannot be used: {error}"))?;
    let store = open(&config)?;
    run(State::of(store, config))
}

/// Sends the letters that wait, once.
pub fn deliver(config: &Config) -> Said<String> {
    let store = Arc::new(open(config)?);
    let post = Post::of(store, config)?;
    let post = post.ok_or("no mail is configured: set `mail` to smtp://… or to a folder")?;
    let round = post.deliver(&crate::clock::now, &|| false).map_err(plain)?;
    Ok(format!("{} sent, {} not sent", round.sent, round.not_sent))
}

/// Writes the reminders of the day into the outbox; they are carried by `deliver` or by `serve`.
pub fn remind(config: &Config) -> Said<String> {
    let store = Arc::new(open(config)?);
    let now = crate::clock::now();
    let written = app::reminder::remind_all(
        &store,
        &Arc::default(),
        now,
        config.offset(),
        config.mail.is_some() && config.text_url.is_some(),
    );
    Ok(format!("{} written", written.map_err(plain)?))
}

fn run(state: State) -> Said<()> {
    let address = state.config.address;
    let base = state.config.base.clone();
    let post = Post::of(state.store.clone(), &state.config)?;
    let house = House {
        store: state.store.clone(),
        files: Files::at(&state.config.files),
    };
    let keeper = Keeper::begin(house, post, state.now.clone(), state.config.offset());
    let ran = listen(state, address, &base);
    keeper.end();
    ran
}

fn listen(state: State, address: std::net::SocketAddr, base: &str) -> Said<()> {
    actix_web::rt::System::new()
        .block_on(async move {
            let door = std::net::TcpListener::bind(address)?;
            let server = web::server(actix_web::web::Data::new(state), door)?;
            println!("Mizan listens on {address}; people reach it at {base}");
            server.await
        })
        .map_err(|error| format!("{address} cannot be listened on: {error}"))
}

/// What a demo is started with.
pub struct Demo {
    pub port: u16,
    pub data: PathBuf,
    pub password: String,
}

/// Makes a living, made-up province, and serves it on loopback.
pub fn demo(demo: &Demo) -> Said<()> {
    render::ready().map_err(|error| format!("the templates: {error}"))?;
    let config = demo_config(demo);
    let store = open(&config)?;
    let is_new = store
        .read(store::province::list)
        .map_err(|e| e.to_string())?
        .is_empty();
    let state = State::of(store, config);
    if is_new {
        println!("Making the made-up province: eight quarters and an open one …");
        populate(
            state.store.clone(),
            &state.config,
            (state.now)(),
            &demo.password,
        )?;
    }
    println!(
        "\nEvery figure is invented. Sign in with the password {:?}:",
        demo.password
    );
    for person in &demo::PEOPLE {
        let agency = person.agency.unwrap_or_default();
        let role = person.role.as_str();
        println!(
            "  {:<11} {role:<13} {agency:<7} {}",
            person.login, person.first
        );
    }
    println!(
        "Without signing in: /public, the result that the governor's office opened to everybody."
    );
    run(state)
}

/// The settings of a demo.
pub fn demo_config(demo: &Demo) -> Config {
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], demo.port));
    Config {
        database: demo.data.join("mizan.sqlite").display().to_string(),
        files: demo.data.join("files"),
        address,
        base: format!("http://{address}"),
        mail: Some(demo.data.join("letters").display().to_string()),
        is_demo: true,
        ..Config::default()
    }
}

/// Fills an empty database with the demo, laid around a moment.
pub fn populate(
    store: Arc<Store>,
    config: &Config,
    now: NaiveDateTime,
    password: &str,
) -> Said<()> {
    let id = seed(store.clone(), config, "SM")?;
    let mut ctx = Ctx {
        now,
        ..system(store, config, &id)
    };
    ctx.actor.scope.reach = Reach::All;
    demo::people(&ctx, password).map_err(plain)?;
    let known = super::score::built_in();
    let read = |text: &str| -> Said<Returns> {
        crate::domain::returns::read(text.as_bytes(), &known)
            .map_err(|_| "a demo quarter has faults".to_owned())
    };
    let mut files = Vec::new();
    for text in QUARTERS {
        files.push((read(text)?, text.as_bytes()));
    }
    demo::quarters(&ctx, &files, &read(PRELIMINARY)?).map_err(plain)
}
