//! HTTP in, HTML out. The web enters the sync world once, here: every request is read whole, then answered on a
//! blocking thread by a plain function of the route table.

pub mod assets;
pub mod desk;
pub mod error;
pub mod form;
pub mod kept;
pub mod limit;
pub mod open;
pub mod pages;
pub mod render;
pub mod reply;
pub mod route;
pub mod routes;
pub mod url;
pub mod words;

mod enter;
mod request;

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::web;
use actix_web::{App, HttpServer};

use crate::analysis::ranks::Study;
use crate::analysis::robust::Robust;
use crate::app::Frameworks;
use crate::app::public::Opened;
use crate::config::Config;
use crate::domain::effect::Ground;
use crate::store::Store;

/// What all requests share.
pub struct State {
    pub store: Arc<Store>,
    pub frameworks: Arc<Frameworks>,
    pub config: Config,
    pub limits: limit::Limits,
    /// What was printed from results.
    pub bodies: kept::Bodies,
    /// Scored quarters of results.
    pub grounds: kept::Quarters<Ground>,
    /// Studies of results under other weights.
    pub studies: kept::Quarters<Study>,
    /// What the places of results hang on.
    pub robust: kept::Quarters<Robust>,
    /// Editions that are open to the public, as they are read, and the pages printed from them.
    pub opened: kept::Quarters<Opened>,
    pub leaflets: kept::Bodies,
    /// Papers that are made beside the pages.
    pub papers: kept::Papers,
    /// How long the next bytes of a form may take.
    pub patience: std::time::Duration,
    /// The program that reads workbooks: this one, started anew for each.
    pub reader: std::path::PathBuf,
    /// The system's clock, or the one a test sets.
    pub now: Arc<dyn Fn() -> chrono::NaiveDateTime + Send + Sync>,
}

impl State {
    /// A state on an open store.
    pub fn of(store: Store, config: Config) -> State {
        State {
            store: Arc::new(store),
            frameworks: Arc::default(),
            config,
            limits: limit::Limits::default(),
            bodies: kept::Bodies::default(),
            grounds: kept::Quarters::default(),
            studies: kept::Quarters::default(),
            robust: kept::Quarters::default(),
            opened: kept::Quarters::default(),
            leaflets: kept::Bodies::default(),
            papers: kept::Papers::default(),
            patience: std::time::Duration::from_secs(20),
            reader: crate::workbook::reader::program(),
            now: Arc::new(crate::clock::now),
        }
    }
}

/// What a page may load: only ours, and nothing inline.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer.
pub fn headers(is_https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", CONTENT_POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
        .add((
            "Permissions-Policy",
            "geolocation=(), microphone=(), camera=(self)",
        ))
        .add(("X-Frame-Options", "DENY"));
    if is_https {
        headers.add(("Strict-Transport-Security", "max-age=31536000"))
    } else {
        headers
    }
}

/// Every route of the program; tests use the same.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/assets/{path:.*}", web::get().to(assets::show))
        .default_service(web::to(enter::enter));
}

/// The server at an open door; it runs when awaited.
pub fn server(state: web::Data<State>, door: TcpListener) -> std::io::Result<Server> {
    let is_https = state.config.is_https();
    let tls = state.config.tls()?;
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .wrap(Compress::default())
            .wrap(headers(is_https))
            .configure(configure)
    })
    .workers(2)
    .shutdown_timeout(5);
    let server = match tls {
        Some(tls) => server.listen_rustls_0_23(door, tls)?,
        None => server.listen(door)?,
    };
    Ok(server.run())
}
