//! Resolutions: the board, and one of them.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::resolution;
use crate::app::{AppError, Ctx};
use crate::domain::access::Act;
use crate::domain::resolution::{Lane, State, lane};
use crate::store;
use crate::store::agency::Agency;
use crate::store::resolution::Resolution;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One resolution on the board.
#[derive(Clone, Debug, Serialize)]
pub struct ResolutionCard {
    pub number: String,
    pub text: String,
    pub href: String,
    pub agency: String,
    pub kind: String,
    pub due: NaiveDate,
    /// Days since it was due.
    pub late: i64,
    pub is_late: bool,
    pub reported_at: Option<NaiveDateTime>,
}

/// One lane of the board.
#[derive(Clone, Debug, Serialize)]
pub struct LaneColumn {
    pub key: &'static str,
    pub tone: &'static str,
    pub cards: Vec<ResolutionCard>,
    /// How many are not shown.
    pub more: i64,
}

/// Which agency to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    pub label: String,
    pub href: String,
    pub is_current: bool,
}

/// The board.
#[derive(Serialize)]
pub struct BoardPage {
    pub overdue: i64,
    pub reported: i64,
    pub in_hand: i64,
    pub verified: i64,
    pub all: i64,
    pub lanes: Vec<LaneColumn>,
    /// The agency whose resolutions are shown; none for all.
    pub owner: Option<String>,
    pub may_resolve: bool,
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "resolution/index.html";
}

const LANES: [(Lane, &str, &str); 4] = [
    (Lane::Overdue, "resolution-lane-overdue", "hot"),
    (Lane::InHand, "resolution-lane-in-hand", ""),
    (Lane::Reported, "resolution-lane-reported", "ok"),
    (Lane::Verified, "resolution-lane-verified", ""),
];

/// So many closed ones are shown; the others are found by their agency.
const MOST_CLOSED: usize = 30;

/// The word key of a kind.
pub fn kind_key(kind: &str) -> String {
    format!("resolution-kind-{kind}")
}

/// A resolution as a card of the board.
pub fn card(desk: &Desk, of: &Resolution, agencies: &HashMap<String, Agency>) -> ResolutionCard {
    let today = desk.ctx.today();
    let agency = agencies.get(&of.agency_id);
    let late = (today - of.due_on).num_days();
    ResolutionCard {
        number: of.number.clone(),
        text: of.text.clone(),
        href: url::resolution(&of.id),
        agency: agency
            .map(|agency| desk.choose(&agency.name_fa, &agency.name_en).to_owned())
            .unwrap_or_default(),
        kind: kind_key(&of.kind),
        due: of.due_on,
        late,
        is_late: lane(of.state(), of.due_on, today) == Lane::Overdue,
        reported_at: of.reported_at,
    }
}

/// What a person may know of, with the names of the owners.
pub struct Book {
    pub resolutions: Vec<Resolution>,
    pub agencies: HashMap<String, Agency>,
}

/// Reads the resolutions in two reads, however many there are.
pub fn book(ctx: &Ctx) -> Result<Book, AppError> {
    ctx.require(Act::SeeResolutions)?;
    ctx.store.read(|conn| {
        let resolutions = store::resolution::list(conn, &ctx.actor.scope)?;
        let agencies = store::agency::list(conn, ctx.province())?.into_iter();
        Ok(Book {
            resolutions,
            agencies: agencies.map(|one| (one.id.clone(), one)).collect(),
        })
    })
}

/// The cards of a lane, the earliest due first.
pub fn lane_cards(desk: &Desk, book: &Book, wanted: Lane) -> Vec<ResolutionCard> {
    let today = desk.ctx.today();
    let all = book.resolutions.iter();
    let own = all.filter(|one| lane(one.state(), one.due_on, today) == wanted);
    own.map(|one| card(desk, one, &book.agencies)).collect()
}

/// The board of all, or of one agency.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let mut book = book(&desk.ctx)?;
    let owner = input.query.get("agency").cloned().unwrap_or_default();
    let found = book.agencies.values().find(|one| one.code == owner);
    let found = found
        .cloned()
        .filter(|one| desk.ctx.actor.scope.sees_agency(&one.id));
    if let Some(agency) = &found {
        book.resolutions.retain(|one| one.agency_id == agency.id);
    }
    let counted = LANES.map(|(lane, key, tone)| (lane_cards(desk, &book, lane), key, tone));
    let count = |place: usize| counted[place].0.len() as i64;
    desk.page(&BoardPage {
        overdue: count(0),
        in_hand: count(1),
        reported: count(2),
        verified: count(3),
        all: book.resolutions.len() as i64,
        owner: found.map(|one| desk.choose(&one.name_fa, &one.name_en).to_owned()),
        may_resolve: desk.ctx.actor.may(Act::Resolve),
        lanes: counted.into_iter().map(column).collect(),
    })
}

fn column((mut cards, key, tone): (Vec<ResolutionCard>, &'static str, &'static str)) -> LaneColumn {
    let more = cards.len().saturating_sub(MOST_CLOSED) as i64;
    if key == "resolution-lane-verified" {
        cards.reverse();
        cards.truncate(MOST_CLOSED);
    }
    LaneColumn {
        key,
        tone,
        more: if key == "resolution-lane-verified" {
            more
        } else {
            0
        },
        cards,
    }
}

/// One resolution.
#[derive(Serialize)]
pub struct ResolutionPage {
    pub key: String,
    pub card: ResolutionCard,
    pub state: String,
    pub indicator: Option<String>,
    pub letter_number: String,
    pub made_on: NaiveDate,
    pub meeting: Option<(String, NaiveDate)>,
    pub report: String,
    pub answer: String,
    pub answered_at: Option<NaiveDateTime>,
    pub action: String,
    pub may_report: bool,
    pub may_verify: bool,
    pub typed: String,
    pub problems: Vec<Problem>,
}

impl Page for ResolutionPage {
    const TEMPLATE: &'static str = "resolution/show.html";
}

fn page(desk: &Desk, input: &Input) -> Result<ResolutionPage, AppError> {
    let ctx = &desk.ctx;
    let (row, agencies, meeting, framework) = ctx.store.read(|conn| {
        let row = resolution::find(ctx, conn, input.part("id"))?;
        let agency = store::agency::find(conn, ctx.province(), &row.agency_id)?;
        let meeting = match &row.meeting_id {
            Some(id) => store::meeting::find(conn, ctx.province(), id)?,
            None => None,
        };
        let period = store::period::list(conn, ctx.province())?
            .into_iter()
            .next();
        let framework = match &period {
            Some(period) => Some(ctx.frameworks.of(conn, period)?),
            None => None,
        };
        let agencies: HashMap<String, Agency> = agency
            .into_iter()
            .map(|one| (one.id.clone(), one))
            .collect();
        Ok::<_, AppError>((row, agencies, meeting, framework))
    })?;
    let title = |code: &String| {
        let texts = framework.as_deref();
        let texts = texts.map(|of| FrameworkText::of(of, desk.hall.language));
        texts.map_or_else(|| code.clone(), |texts| texts.title(code))
    };
    let is_own = ctx.actor.agency.as_ref() == Some(&row.agency_id);
    let verifies = ctx.actor.may(Act::Judge) && ctx.actor.scope.verifies(&row.agency_id);
    Ok(ResolutionPage {
        key: form_key(),
        card: card(desk, &row, &agencies),
        state: format!("resolution-state-{}", row.state().as_str()),
        indicator: row.indicator_code.as_ref().map(title),
        letter_number: row.letter_number.clone(),
        made_on: row.made_on,
        meeting: meeting
            .filter(|_| ctx.actor.may(Act::Resolve))
            .map(|meeting| (url::meeting(&meeting.id), meeting.held_on)),
        report: row.report.clone(),
        answer: row.answer.clone(),
        answered_at: row.answered_at,
        action: url::resolution(&row.id),
        may_report: is_own && ctx.actor.may(Act::ReportDone) && row.state() == State::Open,
        may_verify: verifies && row.state() == State::Reported,
        typed: String::new(),
        problems: Vec::new(),
    })
}

/// Shows one resolution.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

fn ended(desk: &Desk, input: &Input, done: Result<(), AppError>, field: &str) -> WebResult {
    match done {
        Ok(()) => Ok(Reply::see_other(
            &url::resolution(input.part("id")),
            Some("resolution-noted"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.typed = input.field(field).to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The owner reports it done.
pub fn report(desk: &Desk, input: &Input) -> WebResult {
    let done = resolution::report(&desk.ctx, input.part("id"), input.field("report"));
    ended(desk, input, done, "report")
}

/// An auditor closes it or gives it back.
pub fn verify(desk: &Desk, input: &Input) -> WebResult {
    let is_done = input.field("finding") == "done";
    let done = resolution::verify(&desk.ctx, input.part("id"), is_done, input.field("answer"));
    ended(desk, input, done, "answer")
}
