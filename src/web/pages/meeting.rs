//! Follow-up meetings: the list, the agenda of one, its minutes.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::resolution::{Book, ResolutionCard, book, card, lane_cards};
use super::{day, form_key, problems};
use crate::app::AppError;
use crate::app::meeting::{self, Minutes};
use crate::domain::access::Act;
use crate::domain::calendar::JalaliDate;
use crate::domain::resolution::Lane;
use crate::store;
use crate::store::meeting::Meeting;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// A day in the reader's language.
pub fn day_text(desk: &Desk, day: NaiveDate) -> String {
    let day = JalaliDate::of(day);
    match desk.hall.language {
        Language::Fa => day.weekday_long_fa(),
        Language::En => day.weekday_long_en(),
    }
}

/// One meeting in the list.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingRow {
    pub title: String,
    pub href: String,
    pub resolutions: i64,
    pub is_closed: bool,
}

/// All meetings.
#[derive(Serialize)]
pub struct MeetingsPage {
    pub key: String,
    pub meetings: Vec<MeetingRow>,
    pub held_on: String,
    pub problems: Vec<Problem>,
}

impl Page for MeetingsPage {
    const TEMPLATE: &'static str = "meeting/index.html";
}

fn all(desk: &Desk) -> Result<(Vec<Meeting>, Book), AppError> {
    desk.ctx.require(Act::Resolve)?;
    let meetings = desk
        .ctx
        .store
        .read(|conn| store::meeting::list(conn, desk.ctx.province()))?;
    Ok((meetings, book(&desk.ctx)?))
}

fn list_page(desk: &Desk, input: &Input) -> Result<MeetingsPage, AppError> {
    let (meetings, book) = all(desk)?;
    let made = |id: &str| {
        let of = |one: &&store::resolution::Resolution| one.meeting_id.as_deref() == Some(id);
        book.resolutions.iter().filter(of).count() as i64
    };
    Ok(MeetingsPage {
        key: form_key(),
        meetings: meetings
            .iter()
            .map(|one| MeetingRow {
                title: day_text(desk, one.held_on),
                href: url::meeting(&one.id),
                resolutions: made(&one.id),
                is_closed: one.closed_at.is_some(),
            })
            .collect(),
        held_on: input.field("held_on").to_owned(),
        problems: Vec::new(),
    })
}

/// The list of meetings.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&list_page(desk, input)?)
}

/// Calls a meeting.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let held_on = day("held_on", input.field("held_on"));
    let called = held_on
        .map_err(|fault| AppError::Invalid(vec![fault]))
        .and_then(|held_on| meeting::call(&desk.ctx, held_on));
    match called {
        Ok(id) => Ok(Reply::see_other(&url::meeting(&id), Some("meeting-called"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = list_page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The agenda of a meeting, which is its minutes afterwards.
#[derive(Serialize)]
pub struct MeetingPage {
    pub key: String,
    pub id: String,
    pub title: String,
    pub action: String,
    pub seen: i64,
    pub closed_at: Option<NaiveDateTime>,
    /// What earlier meetings left: overdue first, then what waits for verification, then what is in hand.
    pub overdue: Vec<ResolutionCard>,
    pub reported: Vec<ResolutionCard>,
    pub in_hand: Vec<ResolutionCard>,
    /// What this meeting resolved.
    pub made: Vec<ResolutionCard>,
    pub attendance: String,
    pub minutes: String,
    pub ranking: Option<String>,
    /// The newest final quarter on one page, and as a pack.
    pub brief: Option<String>,
    pub pack: Option<String>,
    pub problems: Vec<Problem>,
}

impl Page for MeetingPage {
    const TEMPLATE: &'static str = "meeting/show.html";
}

fn page(desk: &Desk, input: &Input) -> Result<MeetingPage, AppError> {
    let (meetings, mut book) = all(desk)?;
    let found = meetings.into_iter().find(|one| one.id == input.part("id"));
    let meeting = found.ok_or(AppError::NotFound)?;
    let periods = desk
        .ctx
        .store
        .read(|conn| store::period::list(conn, desk.ctx.province()))?;
    let is_of = |one: &store::resolution::Resolution| one.meeting_id.as_ref() == Some(&meeting.id);
    let own = book.resolutions.iter().filter(|one| is_of(one));
    let made = own.map(|one| card(desk, one, &book.agencies)).collect();
    book.resolutions
        .retain(|one| !is_of(one) && one.made_on <= meeting.held_on);
    let finished = super::home::finished(&periods);
    Ok(MeetingPage {
        key: form_key(),
        title: day_text(desk, meeting.held_on),
        action: url::meeting(&meeting.id),
        seen: meeting.version,
        closed_at: meeting.closed_at,
        overdue: lane_cards(desk, &book, Lane::Overdue),
        reported: lane_cards(desk, &book, Lane::Reported),
        in_hand: lane_cards(desk, &book, Lane::InHand),
        made,
        attendance: meeting.attendance,
        minutes: meeting.minutes,
        ranking: finished.map(|period| url::ranking(&period.code)),
        brief: finished.map(|period| url::brief(&period.code)),
        pack: finished.map(|period| url::pack(&period.code)),
        problems: Vec::new(),
        id: meeting.id,
    })
}

/// Shows the agenda.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Writes the minutes, or closes them.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let minutes = Minutes {
        attendance: input.field("attendance"),
        minutes: input.field("minutes"),
        seen: input.field("seen").parse().unwrap_or_default(),
        is_closing: input.is_ticked("is_closing"),
    };
    match meeting::write(&desk.ctx, input.part("id"), &minutes) {
        Ok(()) => Ok(Reply::see_other(
            &url::meeting(input.part("id")),
            Some("meeting-written"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.attendance = input.field("attendance").to_owned();
            page.minutes = input.field("minutes").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
