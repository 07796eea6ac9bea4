//! The published quarters.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::shell;
use crate::app::public;
use crate::web::desk::Hall;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::open;
use crate::web::render::{self, Page};

/// One published quarter.
#[derive(Clone, Debug, Serialize)]
pub struct Quarter {
    pub period: String,
    pub href: String,
    pub published_at: Option<NaiveDateTime>,
    pub is_corrected: bool,
}

/// All published quarters, newest first.
#[derive(Serialize)]
pub struct ListPage {
    pub base: String,
    pub quarters: Vec<Quarter>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "public/list.html";
}

/// Shows them.
pub fn show(hall: &Hall, _: &Input) -> WebResult {
    let shelf = hall.state.store.read(public::shelf)?;
    let newest = shelf.newest().into_iter();
    let quarters = newest.map(|(period, edition)| Quarter {
        period: period.to_owned(),
        href: open::link(hall.language, &format!("/{period}")),
        published_at: edition.published_at,
        is_corrected: edition.number > 1,
    });
    let page = ListPage {
        base: open::link(hall.language, ""),
        quarters: quarters.collect(),
    };
    Ok(open::page(&render::render(
        &page,
        &shell(hall, &shelf.province),
    )?))
}
