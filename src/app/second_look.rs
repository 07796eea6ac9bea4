//! Two pairs of eyes: one in ten items goes to a second auditor as well, who does not know what the first one found. The
//! second finding never counts; side by side they tell how alike auditors judge.

use std::collections::HashMap;

use super::verdict::{self, Judgement};
use super::{AppError, Case, Ctx, assignment};
use crate::domain::access::{Act, Actor, Reach, Scope};
use crate::domain::agreement::{Agreement, Outcome, agreement};
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::period::State;
use crate::domain::returns::{Value, Verdict};
use crate::domain::score::{points_c, value_of};
use crate::domain::verification::is_chosen;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::second_look::SecondLook;
use crate::store::{self, Conn, Tx, new_id};

/// One of so many first verdicts is looked at twice.
const SHARE: u64 = 10;

/// Asks another auditor for a second look at an item, if chance has chosen it and there is one.
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx, case: &Case, indicator: &str) -> Result<(), AppError> {
    let one = case.framework.indicator(indicator);
    let is_claim = one.is_some_and(|one| one.reported_by == ReportedBy::Agency);
    let name = format!("second look {} {indicator}", case.assessment.id);
    if !is_claim || !is_chosen(&name, SHARE) {
        return Ok(());
    }
    let mut open: HashMap<String, usize> = HashMap::new();
    let asked = store::second_look::list_of_period(tx, ctx.province(), &case.period.id)?;
    for row in asked.into_iter().filter(|row| row.given_at.is_none()) {
        *open.entry(row.user_id).or_default() += 1;
    }
    let agency = Some(case.assessment.agency_id.as_str());
    let others = assignment::auditors(ctx, tx)?.into_iter();
    let others = others.filter(|(user, roles)| {
        let is_theirs = roles.iter().any(|role| role.agency_id.as_deref() == agency);
        user.id != ctx.actor.user && !is_theirs
    });
    let load = |id: &str| open.get(id).copied().unwrap_or(0);
    let Some((user, _)) = others.min_by_key(|(user, _)| (load(&user.id), user.login.clone()))
    else {
        return Ok(());
    };
    let row = SecondLook {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        period_id: case.period.id.clone(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.to_owned(),
        user_id: user.id,
        first_by: ctx.actor.user.clone(),
        asked_at: ctx.now,
        kind: None,
        value: None,
        sample_n: None,
        sample_k: None,
        reason: String::new(),
        given_at: None,
    };
    store::second_look::add(tx, &row)?;
    ctx.event(tx, &happening("second_look.asked", &row))
}

fn happening<'a>(action: &'a str, row: &'a SecondLook) -> Happening<'a> {
    Happening {
        action,
        subject: "second_look",
        subject_id: &row.id,
        agency: Some(&row.agency_id),
        body: row.indicator_code.clone(),
    }
}

/// What the actor is asked to look at, with the case it belongs to. Nobody else's is there.
pub struct Asked {
    pub row: SecondLook,
    pub case: Case,
    pub agency: store::agency::Agency,
}

/// The actor with just this agency before them: they judge one item of it, not the agency.
pub fn beside(ctx: &Ctx, row: &SecondLook) -> Ctx {
    let scope = Scope {
        province: ctx.province().to_owned(),
        reach: Reach::Agency(row.agency_id.clone()),
    };
    Ctx {
        actor: Actor {
            scope,
            ..ctx.actor.clone()
        },
        ..ctx.clone()
    }
}

/// All that the actor was ever asked for.
pub fn list(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<SecondLook>, AppError> {
    ctx.require(Act::Judge)?;
    let user = &ctx.actor.user;
    Ok(store::second_look::list_of_user(
        conn,
        ctx.province(),
        user,
    )?)
}

/// One of them with its case.
pub fn find(ctx: &Ctx, conn: &mut Conn, id: &str) -> Result<Asked, AppError> {
    let row = list(ctx, conn)?.into_iter().find(|row| row.id == id);
    let row = row.ok_or(AppError::NotFound)?;
    let agency = store::agency::find(conn, ctx.province(), &row.agency_id)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let mut periods = store::period::list(conn, ctx.province())?.into_iter();
    let period = periods.find(|period| period.id == row.period_id);
    let period = period.ok_or(AppError::NotFound)?;
    let case = super::case(&beside(ctx, &row), conn, &period.code, &agency.code)?;
    Ok(Asked { row, case, agency })
}

/// Keeps what the second auditor found; once, and before the result is final.
pub fn give(ctx: &Ctx, id: &str, of: &Judgement) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    let reason = verdict::note("reason", of.reason)?;
    ctx.store.write(|tx| {
        let Asked { mut row, case, .. } = find(ctx, tx, id)?;
        let indicator = case.framework.indicator(&row.indicator_code);
        let indicator = indicator.ok_or(AppError::NotFound)?;
        verdict::refuse_final(&case)?;
        let claim = verdict::claim(tx, &case, &row.indicator_code)?;
        let problems = verdict::problems(indicator, claim, of, &reason);
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        if !ctx.is_first(tx, "second_look.given")? {
            return Ok(());
        }
        if row.given_at.is_some() {
            return Err(AppError::Refused("refused-second-look-given"));
        }
        let texts = ["", reason.as_str(), "", ""];
        let kept = verdict::row_of(&case, &row.indicator_code, "second", &of.verdict, texts);
        row.kind = Some(kept.kind);
        row.value = kept.value;
        (row.sample_n, row.sample_k) = (kept.sample_n, kept.sample_k);
        (row.reason, row.given_at) = (reason.clone(), Some(ctx.now));
        store::second_look::set_given(tx, &row)?;
        ctx.event(tx, &happening("second_look.given", &row))
    })
}

/// One item that was looked at twice.
pub struct Pair {
    pub look: SecondLook,
    pub first: Outcome,
    pub second: Outcome,
    /// What each found it worth, in hundredths of a percent of the indicator's points.
    pub first_bp: i64,
    pub second_bp: i64,
}

/// An auditor beside the others: above nothing is milder than they, below stricter.
pub struct Severity {
    pub user: String,
    pub items: i64,
    pub mean_bp: i64,
}

/// How alike the auditors judged in a quarter.
pub struct Comparison {
    pub asked: usize,
    pub pairs: Vec<Pair>,
    pub agreement: Agreement,
    pub severities: Vec<Severity>,
}

/// Lays first and second findings of a quarter side by side, for the head of the office.
pub fn compare(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Comparison, AppError> {
    ctx.require(Act::Administer)?;
    let framework = ctx.frameworks.of(conn, period)?;
    let looks = store::second_look::list_of_period(conn, ctx.province(), &period.id)?;
    let mut claims: HashMap<(String, String), Value> = HashMap::new();
    for row in store::answer::list_of_period(conn, ctx.province(), &period.id)? {
        let claim = row.claim.as_deref().and_then(crate::domain::answer::kept);
        if let Some(claim) = claim {
            claims.insert((row.assessment_id, row.indicator_code), claim);
        }
    }
    let mut firsts: HashMap<(String, String), Verdict> = HashMap::new();
    for row in store::verdict::list_first_of_period(conn, ctx.province(), &period.id)? {
        if let Some(found) = verdict::of_ruling(&row) {
            firsts.insert((row.assessment_id, row.indicator_code), found);
        }
    }
    let asked = looks.len();
    let pairs = looks.into_iter().filter_map(|look| {
        let key = (look.assessment_id.clone(), look.indicator_code.clone());
        let (claim, first) = (*claims.get(&key)?, firsts.get(&key)?);
        let indicator = framework.indicator(&look.indicator_code)?;
        let value = look.value.as_deref();
        let sample = look.sample_n.zip(look.sample_k);
        let kind = look.kind.as_deref()?;
        let second = verdict::of_kept(kind, value, sample, None, &look.reason)?;
        Some(Pair {
            first: outcome(first),
            second: Outcome::of(kind),
            first_bp: worth_bp(indicator, claim, first),
            second_bp: worth_bp(indicator, claim, &second),
            look,
        })
    });
    let pairs: Vec<Pair> = pairs.collect();
    let outcomes: Vec<_> = pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    Ok(Comparison {
        asked,
        agreement: agreement(&outcomes),
        severities: severities(&pairs),
        pairs,
    })
}

fn outcome(of: &Verdict) -> Outcome {
    match of {
        Verdict::Confirmed => Outcome::Confirmed,
        Verdict::Rejected => Outcome::Rejected,
        _ => Outcome::Changed,
    }
}

/// What a finding makes of a claim; a sample by its share.
fn worth_bp(indicator: &Indicator, claim: Value, of: &Verdict) -> i64 {
    let value = match of {
        Verdict::Confirmed => claim,
        Verdict::Adjusted(value) | Verdict::Measured { value, .. } => *value,
        Verdict::Sample { n, k } => Value::Ratio { num: *k, den: *n },
        Verdict::Rejected | Verdict::NotApplicable { .. } => return 0,
    };
    points_c(indicator, value_of(indicator, value)) * 100 / indicator.points.max(1)
}

fn severities(pairs: &[Pair]) -> Vec<Severity> {
    let mut by: HashMap<&str, (i64, i64)> = HashMap::new();
    for pair in pairs {
        let apart = pair.first_bp - pair.second_bp;
        for (user, own) in [(&pair.look.first_by, apart), (&pair.look.user_id, -apart)] {
            let sum = by.entry(user).or_default();
            *sum = (sum.0 + 1, sum.1 + own);
        }
    }
    let mut all: Vec<Severity> = by
        .into_iter()
        .map(|(user, (items, sum))| Severity {
            user: user.to_owned(),
            items,
            mean_bp: sum / items,
        })
        .collect();
    all.sort_by(|a, b| (a.mean_bp, &a.user).cmp(&(b.mean_bp, &b.user)));
    all
}

/// Whether a quarter's second looks may be given still.
pub fn is_open(period: &Period) -> bool {
    period.state() < State::Final
}
