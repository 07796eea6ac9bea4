//! The desk a handler works at: who is there, what they may know of, and how a page is sent.

use std::cell::OnceCell;

use actix_web::http::StatusCode;

use super::State;
use super::error::{WebError, WebResult};
use super::render::{self, Guide, NavItem, Page, Shell, ShellUser};
use super::reply::Reply;
use super::words::Language;
use crate::app::Ctx;
use crate::domain::access::{Act, Role};
use crate::store::province::Province;

/// Somebody at the door, signed in or not.
pub struct Hall<'a> {
    pub state: &'a State,
    pub now: chrono::NaiveDateTime,
    pub language: Language,
    pub path: String,
    /// What was asked of the page, as it came.
    pub query: String,
    pub address: String,
    /// Whether the address is one of the public side; then the path is without its language.
    pub is_open: bool,
    /// The mark that a phone carries for a day after its owner spoke at a desk; read on the public side alone.
    pub phone: String,
    /// The token a form of this page sends back.
    pub csrf: String,
    /// A sentence about what has just been done.
    pub notice: Option<String>,
}

impl Hall<'_> {
    /// The frame of a page for somebody who has not signed in.
    pub fn shell(&self) -> Shell {
        let path = match self.is_open {
            true => self
                .path
                .strip_prefix(super::open::ROOT)
                .unwrap_or_default(),
            false => super::route::page_of(&self.path),
        };
        Shell {
            language: self.language,
            path: path.to_owned(),
            is_open: self.is_open,
            query: self.query.clone(),
            csrf: self.csrf.clone(),
            is_demo: self.state.config.is_demo,
            notice: self.notice.clone(),
            ..Shell::default()
        }
    }

    /// Sends a page.
    pub fn page<P: Page>(&self, page: &P) -> WebResult {
        html(page, &self.shell(), StatusCode::OK)
    }
}

/// What stands around a page for somebody signed in.
#[derive(Clone, Debug)]
pub struct Frame {
    pub province: Province,
    /// The agency they work for.
    pub unit: Option<String>,
    /// The sections open to them.
    pub nav: Vec<NavItem>,
    /// What comes next for somebody who practises.
    pub guide: Option<Guide>,
}

/// Somebody signed in.
pub struct Desk<'a> {
    pub hall: Hall<'a>,
    pub ctx: Ctx,
    pub token: String,
    frame: OnceCell<Option<Frame>>,
}

impl<'a> Desk<'a> {
    /// A desk for somebody signed in; its frame is read when a page is sent.
    pub fn new(hall: Hall<'a>, ctx: Ctx, token: String) -> Desk<'a> {
        Desk {
            hall,
            ctx,
            token,
            frame: OnceCell::new(),
        }
    }

    /// What stands around a page; an answer that is no page never reads it. `None` where it cannot be read now.
    pub fn frame(&self) -> Option<&Frame> {
        let read = || {
            let frame = super::pages::home::frame(&self.hall, &self.ctx);
            let note = |error| tracing::warn!(?error, "a page goes out without its frame");
            frame.map_err(note).ok()
        };
        self.frame.get_or_init(read).as_ref()
    }

    /// The agency they work for; empty for others.
    pub fn unit(&self) -> String {
        let frame = self.frame();
        frame
            .and_then(|frame| frame.unit.clone())
            .unwrap_or_default()
    }

    /// The frame of a page for this person.
    pub fn shell(&self) -> Shell {
        let hall = self.hall.shell();
        let frame = self.frame();
        let name = frame.map(|frame| match self.hall.language {
            Language::Fa => frame.province.name_fa.clone(),
            Language::En => frame.province.name_en.clone(),
        });
        Shell {
            user: Some(ShellUser {
                name: self.ctx.actor.name.clone(),
                role_key: role_key(self.ctx.actor.role).to_owned(),
                unit: frame.and_then(|frame| frame.unit.clone()),
            }),
            nav: frame.map(|frame| frame.nav.clone()).unwrap_or_default(),
            guide: frame.and_then(|frame| frame.guide.clone()),
            province: name.unwrap_or_default(),
            field_offset: Some(self.ctx.offset.as_minutes())
                .filter(|_| self.ctx.actor.may(Act::Visit)),
            is_demo: frame.map_or(hall.is_demo, |frame| frame.province.is_demo),
            ..hall
        }
    }

    /// Sends a page.
    pub fn page<P: Page>(&self, page: &P) -> WebResult {
        html(page, &self.shell(), StatusCode::OK)
    }

    /// Sends a form back with its problems; nothing was changed.
    pub fn again<P: Page>(&self, page: &P) -> WebResult {
        html(page, &self.shell(), StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The Persian or the English of two names.
    pub fn choose<'n>(&self, fa: &'n str, en: &'n str) -> &'n str {
        match self.hall.language {
            Language::Fa => fa,
            Language::En => en,
        }
    }
}

/// The word key of a role.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Manager => "role-manager",
        Role::Deputy => "role-deputy",
        Role::Head => "role-head",
        Role::Auditor => "role-auditor",
        Role::LeadAuditor => "role-lead-auditor",
        Role::Office => "role-planning-office",
        Role::Committee => "role-committee",
        Role::Governor => "role-governor-office",
        Role::Administrator => "role-administrator",
    }
}

/// A page as an answer.
pub fn html<P: Page>(page: &P, shell: &Shell, status: StatusCode) -> WebResult {
    Ok(Reply::html(
        status,
        render::render(page, shell).map_err(WebError::from)?,
    ))
}
