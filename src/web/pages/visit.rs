//! The visits of an agency: what was seen, who signed it off, what counts; the form that records one.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::verification_parts::{Names, outcome};
use super::visit_form::{VisitForm, read};
use super::{form_key, problems};
use crate::app::{self, AppError, Case};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::store::agency::Agency;
use crate::store::visit::{Probe, Visit};
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::text;

/// One look at the desk.
#[derive(Clone, Debug, Serialize)]
pub struct LookLine {
    pub at: NaiveDateTime,
    pub is_answered: bool,
}

/// One visit.
#[derive(Clone, Debug, Serialize)]
pub struct VisitLine {
    pub on: NaiveDate,
    pub is_unannounced: bool,
    pub county: Option<String>,
    pub state: String,
    pub tone: String,
    pub icon: String,
    pub looks: Vec<LookLine>,
    pub is_desk_missing: bool,
    pub excuse: Option<String>,
    pub minutes: String,
    pub recorded_by: Option<String>,
    pub second_auditor: Option<String>,
    pub signed_by: Option<String>,
    pub signed_at: Option<NaiveDateTime>,
    /// Where it is signed off, by whom may.
    pub sign_off: Option<String>,
    /// It waits for somebody else.
    pub waits: bool,
}

/// One test call or request.
#[derive(Clone, Debug, Serialize)]
pub struct ProbeLine {
    pub kind: String,
    pub at: NaiveDateTime,
    pub is_answered: bool,
    pub note: String,
    pub by: Option<String>,
}

/// What the program counts so far.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counted {
    pub unannounced: i64,
    pub empty: i64,
    pub obstructed: i64,
    pub waiting: i64,
    pub calls: i64,
    pub calls_answered: i64,
    pub requests: i64,
    pub requests_answered: i64,
}

/// The visits of an agency.
#[derive(Serialize)]
pub struct VisitsPage {
    pub action: String,
    pub probe_action: String,
    pub key: String,
    pub probe_key: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub code: String,
    pub counted: Counted,
    pub visits: Vec<VisitLine>,
    pub probes: Vec<ProbeLine>,
    pub may_record: bool,
    /// The word key of why not.
    pub refusal: Option<String>,
    pub form: VisitForm,
    pub probe_kinds: Vec<Choose>,
    pub probe_kind: String,
    pub answered: Vec<Choose>,
    pub is_answered: String,
    pub note: String,
    pub problems: Vec<Problem>,
}

impl Page for VisitsPage {
    const TEMPLATE: &'static str = "visit/index.html";
}

/// What the page is made of.
struct Found {
    case: Case,
    agency: Agency,
    visits: Vec<Visit>,
    probes: Vec<Probe>,
    names: Names,
    counties: Vec<store::province::County>,
    companions: Vec<store::user::User>,
    may: Result<bool, &'static str>,
}

fn find(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<Found, AppError> {
    let ctx = &desk.ctx;
    ctx.require(Act::SeeHandedIn)?;
    let case = app::case(ctx, conn, input.part("period"), input.part("agency"))?;
    let agency = store::agency::find(conn, ctx.province(), &case.assessment.agency_id)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let (scope, period) = (&ctx.actor.scope, &case.period.id);
    let visits = store::visit::list(conn, scope, period, &agency.id)?;
    let probes = store::visit::list_probes(conn, scope, period, &agency.id)?;
    let users = store::user::list(conn, ctx.province())?;
    let may = match app::verdict::refuse_own_agency(ctx, conn, &case) {
        Ok(()) => Ok(ctx.actor.may(Act::Visit)),
        Err(AppError::Refused(key)) => Err(key),
        Err(error) => return Err(error),
    };
    let is_final = case.period.state() >= State::Final;
    Ok(Found {
        companions: app::visit::companions(ctx, conn)?,
        counties: store::province::list_counties(conn, ctx.province())?,
        names: users.into_iter().map(|user| (user.id, user.name)).collect(),
        may: if is_final { Err("refused-final") } else { may },
        case,
        agency,
        visits,
        probes,
    })
}

impl Found {
    fn name(&self, id: &str) -> Option<String> {
        self.names.get(id).cloned()
    }

    fn line(&self, desk: &Desk, visit: &Visit) -> VisitLine {
        let (state, tone, icon) = outcome(visit);
        let looks = [
            (visit.first_at, visit.first_answered),
            (visit.second_at, visit.second_answered),
        ];
        let looks = looks.iter().filter_map(|(at, is_answered)| {
            let (at, is_answered) = ((*at)?, (*is_answered)?);
            Some(LookLine { at, is_answered })
        });
        let is_own = visit.recorded_by == desk.ctx.actor.user;
        let may_sign = self.may == Ok(true) && !is_own && !visit.counts();
        let home = url::visits(&self.case.period.code, &self.agency.code);
        let county = self
            .counties
            .iter()
            .find(|one| Some(&one.code) == visit.county_code.as_ref());
        VisitLine {
            on: visit.visited_on,
            is_unannounced: visit.is_unannounced,
            county: county.map(|one| desk.choose(&one.name_fa, &one.name_en).to_owned()),
            state: state.to_owned(),
            tone: tone.to_owned(),
            icon: icon.to_owned(),
            looks: looks.collect(),
            is_desk_missing: !visit.desk_exists,
            excuse: visit.excuse.as_deref().map(excuse_key),
            minutes: visit.minutes.clone(),
            recorded_by: self.name(&visit.recorded_by),
            second_auditor: visit.second_auditor.as_ref().and_then(|id| self.name(id)),
            signed_by: visit.signed_off_by.as_ref().and_then(|id| self.name(id)),
            signed_at: visit.signed_off_at,
            sign_off: may_sign.then(|| format!("{home}/{}/sign-off", visit.id)),
            waits: !visit.counts() && !may_sign,
        }
    }

    /// What the program counts, as the score will.
    fn counted(&self) -> Counted {
        let facts = app::returns::counted(&self.visits, &self.probes);
        let fact = |name: &str| facts.get(name).copied().unwrap_or_default();
        let waiting = self.visits.iter().filter(|visit| !visit.counts());
        Counted {
            unannounced: fact("unannounced_visits"),
            empty: fact("empty_desk_observations"),
            obstructed: fact("obstructed_visits"),
            waiting: waiting.count() as i64,
            calls: fact("desk_calls_made"),
            calls_answered: fact("desk_calls_answered"),
            requests: fact("test_requests_sent"),
            requests_answered: fact("test_requests_answered"),
        }
    }
}

/// The word key of an excuse.
pub fn excuse_key(excuse: &str) -> String {
    format!("auditor-excuse-{}", excuse.replace('_', "-"))
}

fn page(desk: &Desk, found: &Found) -> VisitsPage {
    let (period, agency) = (&found.case.period.code, &found.agency);
    let home = url::visits(period, &agency.code);
    let probe = |probe: &Probe| ProbeLine {
        kind: format!("auditor-probe-{}", probe.kind),
        at: probe.made_at,
        is_answered: probe.is_answered,
        note: probe.note.clone(),
        by: found.name(&probe.recorded_by),
    };
    let visits = found.visits.iter().rev();
    VisitsPage {
        probe_action: url::probes(period, &agency.code),
        key: form_key(),
        probe_key: form_key(),
        back: url::case(period, &agency.code),
        period: super::period::title(desk, period),
        agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        code: agency.code.clone(),
        counted: found.counted(),
        visits: visits.map(|visit| found.line(desk, visit)).collect(),
        probes: found.probes.iter().rev().map(probe).collect(),
        may_record: found.may == Ok(true),
        refusal: found.may.err().map(str::to_owned),
        form: VisitForm::of(desk, &found.counties, &found.companions),
        probe_kinds: choose(desk, "auditor-probe", &app::probe::KINDS),
        probe_kind: String::new(),
        answered: answered(desk),
        is_answered: String::new(),
        note: String::new(),
        problems: Vec::new(),
        action: home,
    }
}

/// Options named by a word key each.
pub fn choose(desk: &Desk, prefix: &str, values: &[&str]) -> Vec<Choose> {
    let one = |value: &&str| Choose {
        value: (*value).to_owned(),
        label: text(
            desk.hall.language,
            &format!("{prefix}-{}", value.replace('_', "-")),
        )
        .to_string(),
        hint: None,
    };
    values.iter().map(one).collect()
}

/// Whether somebody answered.
pub fn answered(desk: &Desk) -> Vec<Choose> {
    choose(desk, "auditor-look", &["yes", "no"])
}

/// Shows the visits of an agency.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    desk.page(&page(desk, &found))
}

/// Records a visit.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Visit)?;
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let recorded =
        read(desk, input).and_then(|seen| app::visit::record(&desk.ctx, period, agency, &seen));
    let mut page = page(desk, &found);
    match recorded {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("auditor-visit-recorded"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.form.keep(input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Signs a visit off.
pub fn sign_off(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    app::visit::sign_off(&desk.ctx, period, agency, input.part("id"))?;
    let home = url::visits(period, agency);
    Ok(Reply::see_other(&home, Some("auditor-visit-signed")))
}

/// Records a test call or a test request.
pub fn create_probe(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Visit)?;
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let (kind, note) = (input.field("kind"), input.field("note"));
    let is_answered = super::visit_form::yes_no(input.field("is_answered"));
    let mut page = page(desk, &found);
    match app::probe::record(&desk.ctx, period, agency, kind, is_answered, note) {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("auditor-probe-recorded"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.probe_kind = kind.to_owned();
            page.is_answered = input.field("is_answered").to_owned();
            page.note = note.to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
