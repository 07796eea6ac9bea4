//! The auditor's queue: what waits, how far each agency is, where to go on.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::home::current;
use crate::app::queue::{self, Line};
use crate::app::{self, AppError, Ctx};
use crate::domain::access::{Act, Role};
use crate::store;
use crate::store::period::Period;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// One agency that waits.
#[derive(Clone, Debug, Serialize)]
pub struct QueueRow {
    pub code: String,
    pub name: String,
    pub href: String,
    pub auditor: Option<String>,
    pub handed_in_at: Option<NaiveDateTime>,
    pub is_late: bool,
    pub judged: i64,
    pub all: i64,
    pub percent: i64,
    pub asked: i64,
    pub answered: i64,
    /// Where to go on, and the word key of how.
    pub next: Option<String>,
    pub deed: String,
}

/// Whose queue to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    pub label: String,
    pub href: String,
    pub count: i64,
    pub is_current: bool,
}

/// The queue.
#[derive(Serialize)]
pub struct QueuePage {
    /// The quarter and its state; none where no quarter runs.
    pub period: Option<String>,
    pub state: String,
    pub days: i64,
    pub is_over: bool,
    pub all: i64,
    pub handed_in: i64,
    pub open: i64,
    pub answered: i64,
    /// The agency to begin with, and where.
    pub first: Option<String>,
    pub first_href: String,
    pub rows: Vec<QueueRow>,
    pub filters: Vec<Filter>,
    pub shows_auditor: bool,
    /// Items to be looked at a second time.
    pub second_looks: i64,
    pub second_href: String,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "queue/show.html";
}

/// The quarter at work with its queue.
struct Found {
    period: Period,
    lines: Vec<Line>,
    days: i64,
    second_looks: i64,
}

fn find(ctx: &Ctx) -> Result<Option<Found>, AppError> {
    ctx.require(Act::Judge)?;
    ctx.store.read(|conn| {
        let periods = store::period::list(conn, ctx.province())?;
        let Some(period) = current(&periods).cloned() else {
            return Ok(None);
        };
        let lines = queue::list(ctx, conn, &period)?;
        let days = queue::days_left(ctx, conn, &period)?;
        let looks = app::second_look::list(ctx, conn)?;
        let open = looks.iter().filter(|row| row.given_at.is_none());
        Ok(Some(Found {
            period,
            lines,
            days,
            second_looks: open.count() as i64,
        }))
    })
}

/// The queue of whoever asks; the lead auditor may choose whose.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let Some(found) = find(&desk.ctx)? else {
        return desk.page(&nothing());
    };
    let is_lead = desk.ctx.actor.role == Role::LeadAuditor;
    let whose = input.query.get("auditor").filter(|_| is_lead);
    let filters = if is_lead {
        filters(desk, &found.lines, whose.map(String::as_str))
    } else {
        Vec::new()
    };
    let is_meant = |line: &&Line| whose.is_none_or(|login| *login == login_of(line));
    let lines: Vec<&Line> = found.lines.iter().filter(is_meant).collect();
    let code = &found.period.code;
    let rows: Vec<QueueRow> = lines.iter().map(|line| row(desk, code, line)).collect();
    let first = rows.iter().find(|row| row.next.is_some());
    let sum = |of: fn(&Line) -> i64| lines.iter().map(|line| of(line)).sum::<i64>();
    desk.page(&QueuePage {
        period: Some(super::period::title(desk, code)),
        state: super::period::state_key(found.period.state()),
        days: found.days,
        is_over: desk.ctx.is_over(found.period.preliminary_on),
        all: rows.len() as i64,
        handed_in: sum(|line| i64::from(line.assessment.is_handed_in())),
        open: sum(|line| line.all - line.judged),
        answered: sum(|line| line.answered),
        first: first.map(|row| row.name.clone()),
        first_href: first.and_then(|row| row.next.clone()).unwrap_or_default(),
        filters,
        shows_auditor: is_lead,
        second_looks: found.second_looks,
        second_href: url::SECOND_LOOKS.to_owned(),
        rows,
    })
}

/// The page when no quarter runs.
fn nothing() -> QueuePage {
    QueuePage {
        period: None,
        state: String::new(),
        days: 0,
        is_over: false,
        all: 0,
        handed_in: 0,
        open: 0,
        answered: 0,
        first: None,
        first_href: String::new(),
        rows: Vec::new(),
        filters: Vec::new(),
        shows_auditor: false,
        second_looks: 0,
        second_href: url::SECOND_LOOKS.to_owned(),
    }
}

/// The login of who answers for it; empty where nobody does.
fn login_of(line: &Line) -> &str {
    line.auditor.as_ref().map_or("", |one| one.login.as_str())
}

fn row(desk: &Desk, period: &str, line: &Line) -> QueueRow {
    let agency = &line.agency;
    let next = line.next.as_ref();
    QueueRow {
        code: agency.code.clone(),
        name: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        href: url::case(period, &agency.code),
        auditor: line.auditor.as_ref().map(|one| one.name.clone()),
        handed_in_at: line.assessment.handed_in_at,
        is_late: line.assessment.is_late,
        judged: line.judged,
        all: line.all,
        percent: (line.judged * 100).checked_div(line.all).unwrap_or(0),
        asked: line.asked,
        answered: line.answered,
        next: next.map(|code| url::verification(period, &agency.code, code)),
        deed: if line.judged == 0 {
            "auditor-begin"
        } else {
            "auditor-go-on"
        }
        .to_owned(),
    }
}

fn filters(desk: &Desk, lines: &[Line], whose: Option<&str>) -> Vec<Filter> {
    let word = |key: &str| crate::web::words::text(desk.hall.language, key).to_string();
    let mut filters = vec![Filter {
        label: word("auditor-filter-all"),
        href: url::QUEUE.to_owned(),
        count: lines.len() as i64,
        is_current: whose.is_none(),
    }];
    let mut known: Vec<(&str, String)> = lines
        .iter()
        .map(|line| {
            let name = line.auditor.as_ref().map(|one| one.name.clone());
            let name = name.unwrap_or_else(|| word("auditor-filter-nobody"));
            (login_of(line), name)
        })
        .collect();
    known.sort();
    known.dedup();
    let own = known.into_iter().map(|(login, label)| Filter {
        href: format!("{}?auditor={login}", url::QUEUE),
        count: lines.iter().filter(|line| login_of(line) == login).count() as i64,
        is_current: whose == Some(login),
        label,
    });
    filters.extend(own);
    filters
}
