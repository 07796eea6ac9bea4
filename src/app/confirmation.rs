//! Confirming at once what gives no cause for doubt: as it was found last quarter, with a paper that is nowhere else,
//! nothing returned. One in five of it is kept for a full look all the same, so that nobody can count on the shortcut.

use std::collections::{HashMap, HashSet};

use super::before::before;
use super::{AppError, Case, Ctx, case, plan, verdict};
use crate::domain::access::Act;
use crate::domain::advice::Advice;
use crate::domain::answer::{self, is_unlike};
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::period::State;
use crate::domain::returns::{self, Value, Verdict};
use crate::domain::verification::is_chosen;
use crate::store::{self, Conn};

/// One of so many is kept for a full look.
const KEPT: u64 = 5;

/// What may be confirmed at once, and how much of the like is kept for a full look.
#[derive(Default)]
pub struct Offer {
    pub indicators: Vec<String>,
    pub kept: i64,
}

/// Looks for what gives no cause for doubt in an agency's case, for whoever may judge it now.
pub fn offered(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<Offer, AppError> {
    let is_time = case.assessment.is_handed_in() && case.period.state() < State::Preliminary;
    if !ctx.actor.may(Act::Judge) || !is_time {
        return Ok(Offer::default());
    }
    match verdict::refuse_own_agency(ctx, conn, case) {
        Err(AppError::Refused(_)) => return Ok(Offer::default()),
        other => other?,
    }
    let look = Look::read(ctx, conn, case)?;
    // Whoever counts at the desk does not know the claim yet, so cannot confirm it.
    let covered = plan::covered(ctx, conn, case)?;
    let mut offer = Offer::default();
    for one in case
        .framework
        .indicators
        .iter()
        .filter(|one| look.is_quiet(case, one) && !covered.contains(&one.code))
    {
        match is_kept(case, &one.code) {
            true => offer.kept += 1,
            false => offer.indicators.push(one.code.clone()),
        }
    }
    Ok(offer)
}

/// Whether an indicator is kept for a full look; nobody chooses which, and it stays so.
fn is_kept(case: &Case, code: &str) -> bool {
    is_chosen(&format!("full look {} {code}", case.assessment.id), KEPT)
}

/// What is asked about each indicator of a case.
struct Look {
    claims: HashMap<String, Value>,
    /// What was found last quarter.
    found: HashMap<String, Value>,
    /// Indicators with a paper, and those with one that is somewhere else too.
    proven: HashSet<String>,
    shared: HashSet<String>,
    /// Indicators with a verdict, a returned item or a request.
    touched: HashSet<String>,
}

impl Look {
    fn read(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<Look, AppError> {
        let of = &case.assessment;
        let evidence = store::evidence::list(conn, of)?;
        let hashes: Vec<&str> = evidence
            .iter()
            .filter_map(|row| row.sha256.as_deref())
            .collect();
        let twins = match hashes.is_empty() {
            true => Vec::new(),
            false => store::evidence::list_twins(conn, ctx.province(), &hashes)?,
        };
        let is_shared = |row: &store::evidence::Evidence| {
            let own = twins.iter().filter(|twin| twin.sha256 == row.sha256);
            row.sha256.is_some() && own.into_iter().any(|twin| twin.evidence_id != row.id)
        };
        let verdicts = store::verdict::list_current(conn, of)?;
        let queries = store::query::list(conn, of)?;
        let requests = store::na_request::list(conn, of)?;
        let touched = (verdicts.into_iter().map(|row| row.indicator_code))
            .chain(queries.into_iter().map(|row| row.indicator_code))
            .chain(requests.into_iter().map(|row| row.indicator_code));
        Ok(Look {
            touched: touched.collect(),
            claims: claims(conn, of)?,
            found: found(ctx, conn, case)?,
            shared: evidence
                .iter()
                .filter(|row| is_shared(row))
                .map(|row| row.indicator_code.clone())
                .collect(),
            proven: evidence.into_iter().map(|row| row.indicator_code).collect(),
        })
    }

    fn is_quiet(&self, case: &Case, one: &Indicator) -> bool {
        let code = one.code.as_str();
        let Some((claim, before)) = self.claims.get(code).zip(self.found.get(code)) else {
            return false;
        };
        let most_bp = Advice::of(&case.framework).unlike_bp(code);
        one.reported_by == ReportedBy::Agency
            && answer::applies(one, &case.assessment.flags())
            && returns::check(one, Some(*claim), &Verdict::Confirmed).is_empty()
            && !is_unlike(one, *before, *claim, most_bp)
            && self.proven.contains(code)
            && !self.shared.contains(code)
            && !self.touched.contains(code)
    }
}

fn claims(
    conn: &mut Conn,
    of: &store::assessment::Assessment,
) -> Result<HashMap<String, Value>, AppError> {
    let rows = store::answer::list(conn, of)?.into_iter();
    let kept = rows.filter_map(|row| {
        let claim = answer::kept(row.claim.as_deref()?)?;
        Some((row.indicator_code, claim))
    });
    Ok(kept.collect())
}

/// What was found in the agency's last finished quarter: the claim where it was confirmed, the value where it was not.
fn found(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<HashMap<String, Value>, AppError> {
    let Some((_, of)) = before(ctx, conn, case)? else {
        return Ok(HashMap::new());
    };
    let mut claims = claims(conn, &of)?;
    let verdicts = store::verdict::list_current(conn, &of)?.into_iter();
    let found = verdicts.filter_map(|row| {
        let value = match verdict::of_row(&row)? {
            Verdict::Confirmed => claims.remove(&row.indicator_code),
            Verdict::Adjusted(value) | Verdict::Measured { value, .. } => Some(value),
            _ => None,
        };
        Some((row.indicator_code, value?))
    });
    Ok(found.collect())
}

/// Confirms these indicators of an agency, all or none: one of them may have been judged or returned meanwhile.
pub fn confirm(ctx: &Ctx, period: &str, agency: &str, chosen: &[&str]) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        if !ctx.is_first(tx, "verdict.given")? {
            return Ok(());
        }
        let offer = offered(ctx, tx, &case)?;
        let is_offered = |code: &&str| offer.indicators.iter().any(|one| one == *code);
        if chosen.is_empty() || !chosen.iter().all(is_offered) {
            return Err(AppError::Refused("refused-not-quiet"));
        }
        for code in chosen {
            let texts = ["", "", "", ""];
            verdict::add(ctx, tx, &case, code, "first", &Verdict::Confirmed, texts)?;
        }
        Ok(())
    })
}
