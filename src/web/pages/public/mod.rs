//! The public side: what the governor's office has opened to everybody, from the files of editions alone.

pub mod agency;
pub mod data;
pub mod desk;
pub mod feed;
pub mod list;
pub mod method;
pub mod practice;
pub mod ranking;

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::AppError;
use crate::app::public::{self, Opened, Shelf};
use crate::domain::edition::Book;
use crate::store::edition::Edition;
use crate::store::province::Province;
use crate::web::desk::Hall;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::open;
use crate::web::render::{self, Page, Shell};
use crate::web::words::Language;

/// What stands around every page about an edition.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Where the public side begins in this language.
    pub base: String,
    /// Where the pages of this quarter begin.
    pub root: String,
    pub period: String,
    pub number: i64,
    pub published_at: Option<NaiveDateTime>,
    /// What was corrected and why; empty in a first edition.
    pub reason: String,
    /// The edition that this one corrects, and the newest one where this is none of it.
    pub before: Option<String>,
    pub newer: Option<String>,
    /// The section that the page belongs to.
    pub section: &'static str,
}

/// Somebody before an edition.
pub struct Stand<'h> {
    pub hall: &'h Hall<'h>,
    pub shelf: Shelf,
    pub period: String,
    pub edition: Edition,
    pub opened: Arc<Opened>,
    /// The agencies whose result is under review.
    pub reviewed: Vec<String>,
    /// The edition was named by its number, so that it never changes.
    pub is_fixed: bool,
}

/// The frame of the public side for a province.
pub fn shell(hall: &Hall, province: &Province) -> Shell {
    let name = match hall.language {
        Language::Fa => &province.name_fa,
        Language::En => &province.name_en,
    };
    Shell {
        province: name.clone(),
        is_demo: province.is_demo,
        ..hall.shell()
    }
}

impl<'h> Stand<'h> {
    /// Finds the edition that an address names: by its number, or the newest of the quarter.
    pub fn of(hall: &'h Hall, input: &Input) -> Result<Stand<'h>, WebError> {
        let (period, number) = (input.part("period"), input.part("number"));
        let shelf = hall.state.store.read(public::shelf)?;
        let is_meant = |one: &&Edition| number.is_empty() || one.number.to_string() == number;
        let mut all = shelf.of(period).into_iter();
        let edition = all.find(is_meant).ok_or(AppError::NotFound)?.clone();
        let make = || hall.state.store.read(|conn| public::open(conn, &edition));
        let opened = hall
            .state
            .opened
            .of(&edition.province_id, &edition.id, make)?;
        let look = |conn: &mut _| public::under_review(conn, &edition);
        let reviewed = hall.state.store.read(look)?;
        Ok(Stand {
            hall,
            reviewed,
            period: period.to_owned(),
            shelf,
            edition,
            opened,
            is_fixed: !number.is_empty(),
        })
    }

    /// What the edition says.
    pub fn book(&self) -> &Book {
        &self.opened.book
    }

    /// What the framework says, in the reader's language.
    pub fn texts(&self) -> FrameworkText<'_> {
        FrameworkText::of(self.book().framework(), self.hall.language)
    }

    /// The name of an agency as it was at publication.
    pub fn name(&self, agency: &str) -> String {
        let [fa, en] = self.book().names(agency);
        match self.hall.language {
            Language::Fa => fa.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    /// A public address in the reader's language.
    pub fn link(&self, rest: &str) -> String {
        open::link(self.hall.language, rest)
    }

    /// The address of an agency's page.
    pub fn agency(&self, code: &str) -> String {
        self.link(&format!("/{}/{code}", self.period))
    }

    /// What stands around a page of a section.
    pub fn frame(&self, section: &'static str) -> Frame {
        let (period, number) = (&self.period, self.edition.number);
        let all = self.shelf.of(period);
        let is_open = |number: i64| all.iter().any(|one| one.number == number);
        let newest = all.first().map_or(number, |one| one.number);
        let before = (number > 1 && is_open(number - 1)).then(|| number - 1);
        Frame {
            base: self.link(""),
            root: self.link(&format!("/{period}")),
            period: period.clone(),
            number,
            published_at: self.edition.published_at,
            reason: self.edition.reason.clone(),
            before: before.map(|before| self.link(&format!("/{period}/editions/{before}"))),
            newer: (newest > number).then(|| self.link(&format!("/{period}"))),
            section,
        }
    }

    /// Sends a page. What was printed for an address is sent again, but for what people typed.
    pub fn send<P: Page>(&self, page: impl FnOnce() -> Result<P, WebError>) -> WebResult {
        let hall = self.hall;
        let shell = shell(hall, &self.shelf.province);
        let make = || Ok::<_, WebError>(render::render(&page()?, &shell)?);
        if !hall.query.is_empty() {
            return Ok(open::page(&make()?));
        }
        let newest = self.shelf.of(&self.period).first().map(|one| one.number);
        let key = format!(
            "{} {} {} {newest:?} {:?}",
            self.edition.id,
            hall.language.code(),
            hall.path,
            self.reviewed
        );
        let body = hall.state.leaflets.of(&key, hall.now, make)?;
        Ok(open::page(&body))
    }
}
