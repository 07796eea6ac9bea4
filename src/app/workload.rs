//! The work of verifying a quarter: how long it takes, who has how many hours, and how what has nobody would be shared
//! out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{AppError, Ctx, assignment};
use crate::domain::access::Act;
use crate::domain::assignment::{self as rule, Hand, Load, USUAL_MINUTES};
use crate::domain::verification::verified;
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::user::User;
use crate::store::{self, Conn};

/// The hours an auditor has for a quarter until the office says otherwise.
pub const USUAL_HOURS: i64 = 60;
/// From how many quarters before it is learnt how long a review takes.
const QUARTERS: usize = 4;

/// How long the reviews of an indicator take in a quarter.
pub struct Cost {
    pub indicator: String,
    pub minutes: i64,
    /// As the office set it; else learnt, else the usual.
    pub is_set: bool,
    pub is_learnt: bool,
    /// How many agencies are asked.
    pub agencies: i64,
}

/// An auditor with hours and work, in minutes.
#[derive(Clone)]
pub struct Worker {
    pub user: User,
    pub hours: i64,
    /// Agencies and minutes that are theirs now, and would be theirs when the rest is shared out.
    pub now: (i64, i64),
    pub then: (i64, i64),
    /// Agencies they belong or belonged to.
    own: HashSet<String>,
}

/// Who would get an agency that has nobody.
pub struct Proposal {
    pub agency: Agency,
    pub assessment: Assessment,
    pub minutes: i64,
    pub auditor: Option<String>,
    pub is_again: bool,
    pub is_over: bool,
}

/// The desk reviews of a quarter: what they need, what there is, and how the rest would be shared out.
pub struct Plan {
    pub period: Period,
    pub workers: Vec<Worker>,
    pub proposals: Vec<Proposal>,
    pub costs: Vec<Cost>,
    /// Minutes of all reviews.
    pub needed: i64,
}

/// Plans the desk reviews of a quarter; a fixed number of reads however many agencies there are.
pub fn plan(ctx: &Ctx, conn: &mut Conn, code: &str) -> Result<Plan, AppError> {
    ctx.require(Act::Administer)?;
    let period = store::period::find_by_code(conn, ctx.province(), code)?;
    let period = period.ok_or(AppError::NotFound)?;
    let earlier = earlier(ctx, conn, &period)?;
    let all = store::assessment::list(conn, &ctx.actor.scope, &period.id)?;
    let costs = costs(ctx, conn, &period, &earlier, &all)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    let by: HashMap<&str, i64> = costs
        .iter()
        .map(|cost| (cost.indicator.as_str(), cost.minutes))
        .collect();
    let minutes: HashMap<&str, i64> = all
        .iter()
        .map(|one| {
            let flags = one.flags();
            let asked = verified(&framework.indicators, &flags);
            let needs = asked.filter_map(|indicator| by.get(indicator.code.as_str()));
            (one.agency_id.as_str(), needs.sum())
        })
        .collect();
    let now = duties(ctx, conn, &period)?;
    let before = match earlier.first() {
        Some(last) => duties(ctx, conn, last)?,
        None => HashMap::new(),
    };
    let mut workers = workers(ctx, conn, &period, &minutes, &now)?;
    let free = all.iter().filter(|one| !now.contains_key(&one.agency_id));
    let loads: Vec<Load> = free
        .map(|one| Load {
            agency: &one.agency_id,
            minutes: minutes.get(one.agency_id.as_str()).copied().unwrap_or(0),
            before: before.get(&one.agency_id).map(String::as_str),
        })
        .collect();
    let proposals = proposals(ctx, conn, &all, &loads, &mut workers)?;
    let needed = minutes.values().sum();
    Ok(Plan {
        period,
        workers,
        proposals,
        needed,
        costs,
    })
}

/// The quarters before, the latest first.
fn earlier(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Vec<Period>, AppError> {
    let mut all = store::period::list(conn, ctx.province())?;
    all.retain(|one| one.code < period.code);
    all.truncate(QUARTERS);
    Ok(all)
}

fn costs(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
    earlier: &[Period],
    all: &[Assessment],
) -> Result<Vec<Cost>, AppError> {
    let framework = ctx.frameworks.of(conn, period)?;
    let set = store::assignment::list_minutes(conn, ctx.province())?;
    let set: BTreeMap<String, i64> = set.into_iter().collect();
    let mut moments = Vec::new();
    for one in earlier.iter().filter(|one| !one.is_imported) {
        moments.extend(store::verdict::list_moments_of_period(
            conn,
            ctx.province(),
            &one.id,
        )?);
    }
    let pauses = moments.windows(2).filter_map(|pair| match pair {
        [before, after] if before.0 == after.0 && before.1 == after.1 => {
            Some((after.2.as_str(), (after.3 - before.3).num_seconds()))
        }
        _ => None,
    });
    let learnt = rule::learnt(pauses);
    let mut asked: HashMap<String, i64> = HashMap::new();
    for one in all {
        for indicator in verified(&framework.indicators, &one.flags()) {
            *asked.entry(indicator.code.clone()).or_default() += 1;
        }
    }
    let costs = framework.indicators.iter().filter_map(|one| {
        let code = one.code.as_str();
        let (own, taken) = (set.get(code).copied(), learnt.get(code).copied());
        Some(Cost {
            indicator: one.code.clone(),
            minutes: own.or(taken).unwrap_or(USUAL_MINUTES),
            is_set: own.is_some(),
            is_learnt: taken.is_some(),
            agencies: *asked.get(code)?,
        })
    });
    Ok(costs.collect())
}

/// The auditors with their hours and what is theirs now.
fn workers(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
    minutes: &HashMap<&str, i64>,
    now: &HashMap<String, String>,
) -> Result<Vec<Worker>, AppError> {
    let hours = store::assignment::list_capacities(conn, ctx.province(), &period.id)?;
    let hours: HashMap<String, i64> = hours.into_iter().collect();
    let mut taken: HashMap<&str, (i64, i64)> = HashMap::new();
    for (agency, user) in now {
        let own = taken.entry(user.as_str()).or_default();
        own.0 += 1;
        own.1 += minutes.get(agency.as_str()).copied().unwrap_or(0);
    }
    let people = assignment::auditors(ctx, conn)?.into_iter();
    let all = people.map(|(user, roles)| {
        let now = taken.get(user.id.as_str()).copied().unwrap_or_default();
        Worker {
            hours: hours.get(&user.id).copied().unwrap_or(USUAL_HOURS),
            own: roles.into_iter().filter_map(|row| row.agency_id).collect(),
            now,
            then: now,
            user,
        }
    });
    Ok(all.collect())
}

/// Who would get the agencies that have nobody; adds it to what those people would have.
fn proposals(
    ctx: &Ctx,
    conn: &mut Conn,
    all: &[Assessment],
    loads: &[Load],
    workers: &mut [Worker],
) -> Result<Vec<Proposal>, AppError> {
    let people = workers.to_vec();
    let hands: Vec<Hand> = people
        .iter()
        .map(|one| Hand {
            auditor: &one.user.id,
            minutes: one.hours * 60,
            taken: one.now.1,
            own: one.own.iter().map(String::as_str).collect(),
        })
        .collect();
    let mut agencies: HashMap<String, Agency> = HashMap::new();
    for agency in store::agency::list(conn, ctx.province())? {
        agencies.insert(agency.id.clone(), agency);
    }
    let by: HashMap<&str, &Assessment> = all.iter().map(|a| (a.agency_id.as_str(), a)).collect();
    let minutes: HashMap<&str, i64> = loads.iter().map(|l| (l.agency, l.minutes)).collect();
    let mut found = Vec::new();
    for share in rule::share_out(loads, &hands) {
        let Some((agency, of)) = agencies.remove(share.agency).zip(by.get(share.agency)) else {
            continue;
        };
        let minutes = minutes.get(share.agency).copied().unwrap_or(0);
        let worker = workers
            .iter_mut()
            .find(|one| Some(one.user.id.as_str()) == share.auditor);
        if let Some(worker) = worker {
            worker.then = (worker.then.0 + 1, worker.then.1 + minutes);
        }
        found.push(Proposal {
            agency,
            assessment: (*of).clone(),
            minutes,
            auditor: share.auditor.map(str::to_owned),
            is_again: share.is_again,
            is_over: share.is_over,
        });
    }
    found.sort_by(|a, b| a.agency.code.cmp(&b.agency.code));
    Ok(found)
}

/// Who reviews which agency in a quarter, by agency.
fn duties(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
) -> Result<HashMap<String, String>, AppError> {
    let all = store::assignment::list_of_period(conn, ctx.province(), &period.id)?;
    let reviews = all.into_iter().filter(|duty| duty.duty == "review");
    Ok(reviews.map(|duty| (duty.agency_id, duty.user_id)).collect())
}
