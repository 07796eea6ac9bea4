//! Extensions: an agency asks for more time with a reason, the planning office grants it with an end or refuses with a
//! reason. Nothing has to be locked again: after its last day a granted extension simply counts no more.

use chrono::NaiveDate;

use super::{AppError, Case, Ctx, Problem, case, letter, period};
use crate::domain::access::{Act, Role};
use crate::domain::answer;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::extension::Extension;
use crate::store::period::Period;
use crate::store::{self, Conn, new_id};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

impl Case {
    /// The last day of something: the period's, or a later one that was granted.
    fn last_day(&self, common: NaiveDate, counts: impl Fn(Option<&str>) -> bool) -> NaiveDate {
        let granted = self.extensions.iter();
        let granted = granted.filter(|one| counts(one.indicator_code.as_deref()));
        let granted = granted.filter_map(Extension::granted_until);
        granted.fold(common, NaiveDate::max)
    }

    /// The deadline that the agency is shown; a hand-in after it is late.
    pub fn deadline_on(&self) -> NaiveDate {
        self.last_day(self.period.deadline_on, |item| item.is_none())
    }

    /// The last day on which an item without an answer may get one.
    pub fn last_new_on(&self, indicator: &str) -> NaiveDate {
        self.last_day(self.period.last_new_on, |item| {
            item.is_none_or(|item| item == indicator)
        })
    }

    /// The last day on which an item may be changed.
    pub fn last_edit_on(&self, indicator: &str) -> NaiveDate {
        self.last_day(self.period.last_edit_on, |item| {
            item.is_none_or(|item| item == indicator)
        })
    }

    /// The last day on which the checklist may be signed: as long as any of it is still open.
    pub fn last_hand_in_on(&self) -> NaiveDate {
        self.last_day(self.period.last_edit_on, |_| true)
    }
}

/// The last day on which any agency that has not handed in may still do so.
pub fn last_hand_in_of_period(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
) -> Result<NaiveDate, AppError> {
    let granted = store::extension::list_of_period(conn, ctx.province(), &period.id)?;
    if granted.iter().all(|one| one.granted_until().is_none()) {
        return Ok(period.last_edit_on);
    }
    let all = store::assessment::list(conn, &ctx.actor.scope, &period.id)?;
    let drafts = all.iter().filter(|one| !one.is_handed_in());
    let waits: Vec<&str> = drafts.map(|one| one.id.as_str()).collect();
    let open = granted.iter();
    let open = open.filter(|one| waits.contains(&one.assessment_id.as_str()));
    let open = open.filter_map(Extension::granted_until);
    Ok(open.fold(period.last_edit_on, NaiveDate::max))
}

/// Whether more time may be asked for now.
pub fn may_ask(ctx: &Ctx, case: &Case) -> bool {
    require_askable(ctx, case).is_ok()
}

fn require_askable(ctx: &Ctx, case: &Case) -> Result<(), AppError> {
    ctx.require(Act::AskExtension)?;
    if case.assessment.is_handed_in() {
        return Err(AppError::Refused("refused-handed-in"));
    }
    if case.period.state() != State::Open {
        return Err(AppError::Refused("refused-not-open"));
    }
    Ok(())
}

/// A reason as it is kept; it is missing or too long.
fn written(reason: &str) -> Result<String, Problem> {
    let key = match reason.trim().is_empty() {
        true => "problem-reason",
        false => "problem-text",
    };
    text::filled_note(reason, LONGEST_REASON).map_err(|_| Problem::at("reason", key))
}

/// Somebody of the agency asks for more time, for all or for one item.
pub fn ask(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: Option<&str>,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::AskExtension)?;
    let reason = written(reason).map_err(|problem| AppError::Invalid(vec![problem]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        require_askable(ctx, &case)?;
        let flags = case.assessment.flags();
        let is_known = |code: &str| {
            let found = case.framework.indicator(code);
            found.is_some_and(|found| answer::is_asked(found, &flags))
        };
        if indicator.is_some_and(|code| !is_known(code)) {
            let unknown = Problem::at("indicator", "problem-choose");
            return Err(AppError::Invalid(vec![unknown]));
        }
        if !ctx.is_first(tx, "extension.asked")? {
            return Ok(());
        }
        let mut own = case.extensions.iter();
        let is_same = |one: &Extension| one.indicator_code.as_deref() == indicator;
        if own.any(|one| one.decision.is_none() && is_same(one)) {
            return Err(AppError::Refused("refused-extension-waits"));
        }
        let row = request(ctx, &case, indicator, &reason);
        store::extension::add(tx, &row)?;
        let what = indicator.unwrap_or_default().to_owned();
        ctx.event(tx, &case.happening("extension.asked", what))?;
        let details = [("period", period), ("agency", agency), ("id", &row.id)];
        letter::write_to_role(ctx, tx, Role::Office, "extension-asked", &details)
    })
}

fn request(ctx: &Ctx, case: &Case, indicator: Option<&str>, reason: &str) -> Extension {
    Extension {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.map(str::to_owned),
        reason: reason.to_owned(),
        asked_by: ctx.actor.user.clone(),
        asked_at: ctx.now,
        decision: None,
        until_on: None,
        decision_reason: None,
        decided_by: None,
        decided_at: None,
    }
}

/// What the office decided.
pub struct Decision<'a> {
    pub is_granted: bool,
    pub until: Option<NaiveDate>,
    pub reason: &'a str,
}

/// A request of a period with the agency's quarter it is about.
pub fn find(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &str,
    id: &str,
) -> Result<(Case, String, Extension), AppError> {
    let found = store::period::find_by_code(conn, ctx.province(), period)?;
    let found = found.ok_or(AppError::NotFound)?;
    let all = store::extension::list_of_period(conn, ctx.province(), &found.id)?;
    let row = all.into_iter().find(|one| one.id == id);
    let row = row.ok_or(AppError::NotFound)?;
    let agency = store::agency::find(conn, ctx.province(), &row.agency_id)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    Ok((case(ctx, conn, period, &agency.code)?, agency.code, row))
}

/// The office grants a request until the end of a working day, or refuses it. Either way with a reason.
pub fn decide(ctx: &Ctx, period: &str, id: &str, decision: &Decision) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let reason = written(decision.reason);
    ctx.store.write(|tx| {
        let (case, agency, mut row) = find(ctx, tx, period, id)?;
        let mut problems = Vec::new();
        problems.extend(reason.clone().err());
        let until = decision.until.filter(|_| decision.is_granted);
        if decision.is_granted && !may_end_on(ctx, tx, &case.period, until)? {
            problems.push(Problem::at("until", "problem-extension-until"));
        }
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        if !ctx.is_first(tx, "extension.decided")? {
            return Ok(());
        }
        if case.period.state() != State::Open {
            return Err(AppError::Refused("refused-not-open"));
        }
        // After the hand-in nothing is left to extend, and lateness stays what it was.
        if decision.is_granted && case.assessment.is_handed_in() {
            return Err(AppError::Refused("refused-handed-in"));
        }
        let word = if decision.is_granted {
            "granted"
        } else {
            "refused"
        };
        row.decision = Some(word.to_owned());
        row.until_on = until;
        row.decision_reason = reason.clone().ok();
        (row.decided_by, row.decided_at) = (Some(ctx.actor.user.clone()), Some(ctx.now));
        store::extension::set_decision(tx, &row)?;
        let end = until.map(|day| day.to_string()).unwrap_or_default();
        let item = row.indicator_code.as_deref().unwrap_or_default();
        let body = [item, word, &end].join(" ").trim().to_owned();
        ctx.event(tx, &case.happening("extension.decided", body))?;
        let details = [
            ("period", period),
            ("agency", agency.as_str()),
            ("due", end.as_str()),
            ("id", id),
        ];
        let template = format!("extension-{word}");
        letter::write_to_agency(ctx, tx, &row.agency_id, &template, &details)
    })
}

/// An extension ends on a working day to come, after the deadline that was shown, and before the preliminary result is
/// due.
fn may_end_on(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
    until: Option<NaiveDate>,
) -> Result<bool, AppError> {
    let holidays = period::holidays(ctx, conn)?;
    let calendar = holidays.calendar();
    Ok(until.is_some_and(|day| {
        let is_later = day >= ctx.today() && day > period.deadline_on;
        calendar.is_working(day) && is_later && day < period.preliminary_on
    }))
}
