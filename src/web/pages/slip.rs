//! A link on paper: shown once, printed, folded, sealed and handed over.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::app::link::Purpose;
use crate::app::user::print_link;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// The slip.
#[derive(Serialize)]
pub struct SlipPage {
    pub back: String,
    pub name: String,
    pub login: String,
    pub is_invitation: bool,
    pub address: String,
    pub expires_at: NaiveDateTime,
    pub base: String,
}

impl Page for SlipPage {
    const TEMPLATE: &'static str = "user/slip.html";
}

/// Makes the link and shows it, this once.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    let base = &desk.hall.state.config.base;
    let printed = print_link(&desk.ctx, id, base)?;
    desk.page(&SlipPage {
        back: url::user(id),
        name: printed.user.name,
        login: printed.user.login,
        is_invitation: printed.purpose == Purpose::Invitation,
        address: printed.address,
        expires_at: printed.expires_at,
        base: base.clone(),
    })
}
