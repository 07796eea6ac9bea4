//! Periods: the planning office creates the next quarter and moves it through its ten states.

use chrono::NaiveDate;

use super::{AppError, Ctx, extension, score};
use crate::domain::access::Act;
use crate::domain::calendar::{Holidays, Quarter, RoundDates, RoundSettings};
use crate::domain::period::{self, Facts, Refusal, State};
use crate::store::assessment::Assessment;
use crate::store::event::Happening;
use crate::store::period::{Move, Period};
use crate::store::{self, Conn, Tx, new_id};

/// The quarter that would be created next: after the newest there is, or the one that runs today.
pub fn next_quarter(ctx: &Ctx, conn: &mut Conn) -> Result<Quarter, AppError> {
    let newest = store::period::list(conn, ctx.province())?
        .into_iter()
        .next();
    let newest = newest.and_then(|period| Quarter::parse(&period.code).ok());
    Ok(newest.map_or_else(|| Quarter::of_day(ctx.today()), Quarter::next))
}

/// The holidays of the province.
pub fn holidays(ctx: &Ctx, conn: &mut Conn) -> Result<Holidays, AppError> {
    let rows = store::province::list_holidays(conn, ctx.province())?;
    Ok(rows
        .into_iter()
        .map(|row| (row.day, row.title_fa))
        .collect())
}

/// The day so many working days from today.
pub fn due(ctx: &Ctx, conn: &mut Conn, days: i32) -> Result<NaiveDate, AppError> {
    let holidays = holidays(ctx, conn)?;
    Ok(holidays.calendar().add_working_days(ctx.today(), days))
}

/// The last day to object to a verdict given today for the first time: a window as long as that of the period.
pub fn late_window(ctx: &Ctx, conn: &mut Conn, of: &Period) -> Result<NaiveDate, AppError> {
    let holidays = holidays(ctx, conn)?;
    let days = holidays.calendar();
    let length = days.working_days_between(of.preliminary_on, of.objections_end_on);
    Ok(days.add_working_days(ctx.today(), length))
}

/// Creates the next quarter: generated, not typed; framework and profiles are frozen with it.
pub fn create(ctx: &Ctx) -> Result<String, AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let quarter = next_quarter(ctx, tx)?;
        let dates = RoundDates::lay(quarter, &holidays(ctx, tx)?, &RoundSettings::default());
        let period = add(ctx, tx, quarter, &dates, State::Planned)?;
        Ok(period.code)
    })
}

/// Adds a quarter in a state, with an assessment of every agency.
pub(super) fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    quarter: Quarter,
    dates: &RoundDates,
    state: State,
) -> Result<Period, AppError> {
    let framework = store::framework::list(tx, ctx.province())?
        .into_iter()
        .next();
    let framework = framework.ok_or(AppError::Refused("refused-no-framework"))?;
    let period = Period {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        code: quarter.to_string(),
        framework_code: framework.code,
        framework_version: framework.version,
        state: state.as_str().to_owned(),
        profiles_frozen_on: dates.profiles_frozen,
        opens_on: dates.opens,
        deadline_on: dates.shown_deadline,
        last_new_on: dates.last_new_answer,
        last_edit_on: dates.last_edit,
        preliminary_on: dates.preliminary,
        objections_end_on: dates.objections_to,
        re_review_end_on: dates.re_review_to,
        committee_end_on: dates.committee_to,
        final_on: dates.final_result,
        is_imported: false,
        version: 1,
        created_at: ctx.now,
    };
    store::period::add(tx, &period)?;
    for agency in store::agency::list(tx, ctx.province())? {
        store::assessment::add(tx, &draft(&period, &agency))?;
    }
    log(ctx, tx, &period, "period.created", period.state.clone())?;
    Ok(period)
}

/// What an agency begins a quarter with: its profile of now.
pub(super) fn draft(period: &Period, agency: &store::agency::Agency) -> Assessment {
    Assessment {
        province_id: period.province_id.clone(),
        id: new_id(),
        period_id: period.id.clone(),
        agency_id: agency.id.clone(),
        kind: agency.kind.clone(),
        group_code: agency.group_code.clone(),
        profile: agency.profile.clone(),
        is_ranked: agency.is_ranked,
        state: "draft".to_owned(),
        signed_by: None,
        signer_name: None,
        pledge: None,
        letter_number: None,
        letter_date: None,
        tracking_code: None,
        handed_in_at: None,
        is_late: false,
        source_hash: None,
        version: 1,
    }
}

fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    period: &Period,
    action: &str,
    body: String,
) -> Result<(), AppError> {
    let what = Happening {
        action,
        subject: "period",
        subject_id: &period.id,
        agency: None,
        body,
    };
    ctx.event(tx, &what)
}

/// Why the quarter cannot move now, as the key of a sentence.
pub fn refusal_key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::AlreadyArchived => "refused-archived",
        Refusal::TooEarlyToOpen => "refused-too-early",
        Refusal::AgenciesStillHaveTime => "refused-agencies-have-time",
        Refusal::ObjectionsStillOpen => "refused-objections-open",
        Refusal::ObjectionsUndecided => "refused-objections-undecided",
        Refusal::FindingsUndecided => "refused-findings-undecided",
    }
}

/// What a move of this period depends on.
pub fn facts(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Facts, AppError> {
    let (mut undecided_objections, mut undecided_findings, mut late_until) = (0, 0, None);
    let last_edit_on = match period.state() {
        State::Open => extension::last_hand_in_of_period(ctx, conn, period)?,
        _ => period.last_edit_on,
    };
    if period.state() == State::Committee {
        let (province, id) = (ctx.province(), period.id.as_str());
        late_until = store::verdict::last_objection_day(conn, province, id)?;
        let objections = store::objection::list_of_period(conn, province, id)?;
        undecided_objections = objections.iter().filter(|o| o.state != "decided").count() as i64;
        let findings = store::finding::list_of_period(conn, province, id)?;
        undecided_findings = findings.iter().filter(|f| f.decision.is_none()).count() as i64;
    }
    Ok(Facts {
        today: ctx.today(),
        opens_on: period.opens_on,
        last_edit_on,
        objections_end_on: period.objections_end_on,
        late_objections_end_on: late_until,
        undecided_objections,
        undecided_findings,
    })
}

/// How a move ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The quarter is in its next state.
    Done(State),
    /// A second person has to carry it out.
    Proposed,
}

/// Moves a quarter to its next state. `expected` is the state the person saw; `is_sure` is asked where there is
/// no way back; what needs two people is proposed by one and carried out by the other.
pub fn advance(ctx: &Ctx, period: &str, expected: &str, is_sure: bool) -> Result<Moved, AppError> {
    if !ctx.actor.may(Act::Administer) && !ctx.actor.may(Act::Finalise) {
        return Err(AppError::Forbidden);
    }
    let code = period;
    ctx.store.write(|tx| {
        let found = store::period::find_by_code(tx, ctx.province(), code)?;
        let period = found.ok_or(AppError::NotFound)?;
        if period.state != expected {
            return Err(AppError::Conflict);
        }
        let facts = facts(ctx, tx, &period)?;
        let next =
            period::next(period.state(), &facts).map_err(|r| AppError::Refused(refusal_key(r)))?;
        if !next.needs_two() {
            ctx.require(Act::Administer)?;
        }
        if next.is_irreversible() && !is_sure {
            return Err(AppError::Invalid(vec![super::Problem::at(
                "is_sure",
                "problem-sure",
            )]));
        }
        if next.needs_two() {
            let waiting = store::period::find_waiting_move(tx, ctx.province(), &period.id)?;
            let Some(waiting) = waiting else {
                propose(ctx, tx, &period, next)?;
                return Ok(Moved::Proposed);
            };
            if waiting.proposed_by == ctx.actor.user {
                return Err(AppError::Refused("refused-two-people"));
            }
            store::period::set_carried_out(tx, &waiting, &ctx.actor.user, ctx.now)?;
        }
        store::period::set_state(tx, &period, next)?;
        log(
            ctx,
            tx,
            &period,
            "period.moved",
            format!("{} {}", period.state, next.as_str()),
        )?;
        entered(ctx, tx, &period, next)?;
        Ok(Moved::Done(next))
    })
}

fn propose(ctx: &Ctx, tx: &mut Tx, period: &Period, next: State) -> Result<(), AppError> {
    let proposal = Move {
        province_id: period.province_id.clone(),
        id: new_id(),
        period_id: period.id.clone(),
        state_from: period.state.clone(),
        state_to: next.as_str().to_owned(),
        proposed_by: ctx.actor.user.clone(),
        proposed_at: ctx.now,
        carried_out_by: None,
        carried_out_at: None,
        withdrawn_at: None,
    };
    store::period::add_move(tx, &proposal)?;
    log(
        ctx,
        tx,
        period,
        "period.move_proposed",
        next.as_str().to_owned(),
    )
}

/// What comes with a state: results are computed, letters are written.
fn entered(ctx: &Ctx, tx: &mut Tx, period: &Period, state: State) -> Result<(), AppError> {
    let template = match state {
        State::Open => "period-opened",
        State::Preliminary => {
            score::compute(ctx, tx, period, "preliminary")?;
            "preliminary-result"
        }
        State::Final => {
            score::compute(ctx, tx, period, "final")?;
            store::event::add_checkpoint(tx, ctx.province(), ctx.now)?;
            "final-result"
        }
        _ => return Ok(()),
    };
    let deadline = period.deadline_on.to_string();
    for assessment in store::assessment::list(tx, &ctx.actor.scope, &period.id)? {
        let details = [
            ("period", period.code.as_str()),
            ("deadline", deadline.as_str()),
        ];
        super::letter::write_to_agency(ctx, tx, &assessment.agency_id, template, &details)?;
    }
    Ok(())
}
