//! The agency's home: what is due now, how far everything is, what came back.

use chrono::NaiveDate;
use serde::Serialize;

use super::checklist::{Section, Sheet, sheet};
use super::framework_text::FrameworkText;
use crate::app::AppError;
use crate::domain::access::Act;
use crate::domain::answer::kept;
use crate::domain::calendar::Holidays;
use crate::domain::estimate::estimate;
use crate::domain::period::State;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;
use crate::web::words::Phrase;

/// An item that was sent back.
#[derive(Clone, Debug, Serialize)]
pub struct Returned {
    pub code: String,
    pub title: String,
    pub href: String,
    pub question: String,
    pub due_on: NaiveDate,
    pub is_overdue: bool,
}

/// The last final result of the agency.
#[derive(Clone, Debug, Serialize)]
pub struct LastResult {
    pub period: String,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    /// Where the rank may lie.
    pub interval: Option<(i64, i64)>,
    /// What the agency claimed of what was verified.
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub href: String,
}

/// Where the agency stands by its own word.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    pub score_c: i64,
    pub grade: String,
    pub next_key: Option<String>,
    pub gap_c: i64,
    /// Code, title, address and points of what would bring most.
    pub most: Vec<(String, String, String, String)>,
}

/// A step of the calendar: its day, its word key, and whether it is over (`done`) or next (`now`).
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub day: NaiveDate,
    pub label: String,
    pub class: String,
}

/// Home of manager, deputy and head.
#[derive(Serialize)]
pub struct AgencyHomePage {
    pub period: String,
    pub headline: Phrase,
    pub lead: Phrase,
    /// What to do next: its words and its address.
    pub next: (Phrase, String),
    pub is_handed_in: bool,
    pub may_still_sign: bool,
    pub is_complete: bool,
    pub last_edit: NaiveDate,
    pub checklist: String,
    pub review: String,
    pub extensions: String,
    pub returned: Vec<Returned>,
    pub sections: Vec<Section>,
    pub steps: Vec<Step>,
    pub standing: Option<Standing>,
    pub last: Option<LastResult>,
}

impl Page for AgencyHomePage {
    const TEMPLATE: &'static str = "assessment/home.html";
}

/// What the home is made from.
struct Scene<'a> {
    desk: &'a Desk<'a>,
    codes: (&'a str, &'a str),
    sheet: Sheet,
    holidays: Holidays,
}

/// The home of an agency in a period.
pub fn home(desk: &Desk, period: &str, agency: &str) -> WebResult {
    let path = [("period", period), ("agency", agency)];
    let path = path.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let none = std::collections::HashMap::new;
    let input = Input::of(path.into(), none(), none(), None);
    let (sheet, last, holidays) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, &input)?;
        let last = last_result(desk, conn, &sheet, agency)?;
        let holidays = store::province::list_holidays(conn, desk.ctx.province())?;
        Ok::<_, AppError>((sheet, last, holidays))
    })?;
    let holidays = holidays.into_iter().map(|one| (one.day, one.title_fa));
    let scene = Scene {
        desk,
        codes: (period, agency),
        sheet,
        holidays: holidays.collect(),
    };
    let sections = scene.sheet.sections(desk, scene.codes, None);
    let done: i64 = sections.iter().map(|section| section.done).sum();
    let all: i64 = sections.iter().map(|section| section.all).sum();
    let assessment = &scene.sheet.case.assessment;
    desk.page(&AgencyHomePage {
        period: period.to_owned(),
        headline: scene.headline(all - done),
        lead: scene.lead(done, all),
        next: scene.next(),
        is_handed_in: assessment.is_handed_in(),
        may_still_sign: scene.may_still_sign(),
        is_complete: done == all,
        last_edit: scene.sheet.case.last_hand_in_on(),
        checklist: url::checklist(period, agency),
        review: url::review(period, agency),
        extensions: url::extensions(period, agency),
        returned: scene.returned(),
        steps: scene.steps(),
        standing: scene.standing().filter(|_| !scene.is_told()),
        sections,
        last,
    })
}

impl Scene<'_> {
    /// Whether there is a result, so that no estimate is needed.
    fn is_told(&self) -> bool {
        self.sheet.case.period.state() >= State::Preliminary
    }

    fn may_still_sign(&self) -> bool {
        let case = &self.sheet.case;
        case.period.state() == State::Open
            && !case.assessment.is_handed_in()
            && !self.desk.ctx.is_over(case.last_hand_in_on())
    }

    /// Working days from today up to and with a day.
    fn days_to(&self, day: NaiveDate) -> i64 {
        let days = self.holidays.calendar();
        i64::from(days.working_days_between(self.desk.ctx.today(), day)).max(0)
    }

    fn waiting(&self) -> i64 {
        let open = self.sheet.queries.iter();
        open.filter(|query| query.is_open()).count() as i64
    }

    /// The one thing to know now.
    fn headline(&self, left: i64) -> Phrase {
        let case = &self.sheet.case;
        let (period, today) = (&case.period, self.desk.ctx.today());
        match period.state() {
            _ if self.waiting() > 0 => {
                Phrase::of("manager-home-returned").with("count", self.waiting())
            }
            State::ObjectionOpen if today <= period.objections_end_on => {
                Phrase::of("manager-home-objections")
                    .with("days", self.days_to(period.objections_end_on))
            }
            State::Preliminary | State::ObjectionOpen => Phrase::of("manager-home-preliminary"),
            State::ReReview | State::Committee => Phrase::of("manager-home-re-review"),
            State::Final | State::Archived => Phrase::of("manager-home-final"),
            _ if case.assessment.is_handed_in() => Phrase::of("manager-home-handed-in"),
            State::Open if today <= case.deadline_on() => Phrase::of("manager-home-title")
                .with("days", self.days_to(case.deadline_on()))
                .with("left", left),
            _ if self.may_still_sign() => Phrase::of("manager-home-late")
                .with("days", self.days_to(case.last_hand_in_on()))
                .with("left", left),
            _ => Phrase::of("manager-home-no-report"),
        }
    }

    fn lead(&self, done: i64, all: i64) -> Phrase {
        if self.may_still_sign() && done == all {
            return Phrase::of("manager-review-ready");
        }
        Phrase::of("manager-checklist-title")
            .with("done", done)
            .with("all", all)
    }

    /// The one thing to do next.
    fn next(&self) -> (Phrase, String) {
        let (period, agency) = self.codes;
        let review = url::review(period, agency);
        let waiting = self.returned().into_iter().next();
        if let Some(item) = waiting {
            let words = Phrase::of("manager-answer-returned").with("code", item.code);
            return (words, item.href);
        }
        if self.is_told() {
            return (Phrase::of("manager-see-result"), url::score(period, agency));
        }
        if self.sheet.case.assessment.is_handed_in() {
            return (Phrase::of("manager-receipt"), review);
        }
        let missing = self.sheet.next_missing();
        match missing.filter(|_| self.may_still_sign() && self.desk.ctx.actor.may(Act::Answer)) {
            Some(one) => (
                Phrase::of("manager-continue").with("code", one.code.as_str()),
                url::answer(period, agency, &one.code),
            ),
            None => (Phrase::of("shell-nav-review"), review),
        }
    }

    fn returned(&self) -> Vec<Returned> {
        let texts = FrameworkText::of(&self.sheet.case.framework, self.desk.hall.language);
        let queries = self.sheet.queries.iter();
        let mut open: Vec<_> = queries.filter(|query| query.is_open()).collect();
        open.sort_by_key(|query| query.due_on);
        let returned = open.into_iter().map(|query| Returned {
            code: query.indicator_code.clone(),
            title: texts.title(&query.indicator_code),
            href: url::answer(self.codes.0, self.codes.1, &query.indicator_code),
            question: query.question.clone(),
            due_on: query.due_on,
            is_overdue: self.desk.ctx.is_over(query.due_on),
        });
        returned.collect()
    }

    fn steps(&self) -> Vec<Step> {
        let case = &self.sheet.case;
        let (period, today) = (&case.period, self.desk.ctx.today());
        let days = [
            ("manager-step-open", period.opens_on),
            ("manager-step-deadline", case.deadline_on()),
            ("manager-step-last-edit", case.last_hand_in_on()),
            ("manager-step-preliminary", period.preliminary_on),
            ("manager-step-objections", period.objections_end_on),
            ("manager-step-final", period.final_on),
        ];
        let next = days.iter().position(|(_, day)| *day >= today);
        let class = |place: usize| match next {
            Some(next) if place == next => "now",
            Some(next) if place > next => "",
            _ => "done",
        };
        let steps = days.into_iter().enumerate();
        let steps = steps.map(|(place, (label, day))| Step {
            day,
            label: label.to_owned(),
            class: class(place).to_owned(),
        });
        steps.collect()
    }

    /// The estimate from the agency's own claims.
    fn standing(&self) -> Option<Standing> {
        let framework = &self.sheet.case.framework;
        let texts = FrameworkText::of(framework, self.desk.hall.language);
        let claim = |code: &str| {
            let row = self.sheet.answer(code)?;
            (row.choice != "not_applicable").then(|| kept(row.claim.as_deref()?))
        };
        let found = estimate(framework, &self.sheet.case.assessment.flags(), claim)?;
        let most = found.most.into_iter().map(|(code, points_c)| {
            let href = url::answer(self.codes.0, self.codes.1, &code);
            (
                code.clone(),
                texts.title(&code),
                href,
                texts.points(points_c),
            )
        });
        Some(Standing {
            score_c: found.score_c,
            grade: found.grade,
            most: most.collect(),
            gap_c: found.next.as_ref().map_or(0, |(_, gap)| *gap),
            next_key: found.next.map(|(grade, _)| format!("grade-{grade}")),
        })
    }
}

fn last_result(
    desk: &Desk,
    conn: &mut Conn,
    sheet: &Sheet,
    agency: &str,
) -> Result<Option<LastResult>, AppError> {
    let province = desk.ctx.province();
    let all = store::period::list(conn, province)?;
    let before = all
        .into_iter()
        .find(|p| p.code < sheet.case.period.code && p.state() >= State::Final);
    let Some(before) = before else {
        return Ok(None);
    };
    let Some(result) = store::score::find_latest(conn, province, &before.id, "final")? else {
        return Ok(None);
    };
    let id = &sheet.case.assessment.agency_id;
    let row = store::score::find_score(conn, province, &result.id, id)?;
    Ok(row.map(|row| LastResult {
        href: url::score(&before.code, agency),
        period: before.code,
        score_c: row.score_c,
        grade: row.grade,
        rank: row.rank,
        rank_of: row.rank_of,
        interval: row.rank_low.zip(row.rank_high),
        claimed_c: row.claimed_c,
        verified_c: row.verified_c,
    }))
}
