//! The draw in public: the urn is closed over the frozen claims, the digits are announced at the meeting, and what was
//! drawn is kept with everything that anybody needs to compute it again.

use std::collections::{BTreeSet, HashMap};

use chrono::Days;

use super::{AppError, Ctx, Problem, case, voice};
use crate::domain::access::Act;
use crate::domain::draw::{DIGITS, Drawn, Entry, Published, Rules, Urn, claims_leaf};
use crate::domain::json;
use crate::domain::number::to_latin;
use crate::domain::period::State;
use crate::store::draw::DrawRow;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::score::ScoreRow;
use crate::store::{self, Conn, StoreError, new_id};

/// The rules of a draw: data.
const RULES: &str = include_str!("../../seeds/draw/rules.json");
/// Over how many final quarters honesty is looked at.
const QUARTERS: usize = 4;

/// The rules of the next draw.
pub fn rules() -> Result<Rules, AppError> {
    let broken = || StoreError::Broken("the rules of the draw cannot be read".to_owned());
    let json = json::read(RULES.as_bytes()).ok_or_else(broken)?;
    Ok(Rules::read(&json).ok_or_else(broken)?)
}

/// A quarter and its draw, as far as it has come.
pub struct Found {
    pub period: Period,
    pub row: Option<DrawRow>,
    /// What is drawn from, once the urn is closed.
    pub urn: Option<Urn>,
    /// What was drawn, once it was held.
    pub published: Option<Published>,
}

fn read(ctx: &Ctx, conn: &mut Conn, period: &str) -> Result<Found, AppError> {
    let found = store::period::find_by_code(conn, ctx.province(), period)?;
    let period = found.ok_or(AppError::NotFound)?;
    let row = store::draw::find(conn, ctx.province(), &period.id)?;
    let urn = row
        .as_ref()
        .and_then(|row| Urn::read(&json::read(row.urn.as_bytes())?));
    let published = row.as_ref().and_then(|row| row.published.as_ref());
    let published = published.and_then(|file| Published::read(file.as_bytes()));
    Ok(Found {
        period,
        row,
        urn,
        published,
    })
}

/// The draw of a quarter, for those who hold it and those who verify.
pub fn find(ctx: &Ctx, conn: &mut Conn, period: &str) -> Result<Found, AppError> {
    ctx.require(Act::SeePreliminary)?;
    read(ctx, conn, period)
}

/// What the draw means for one agency.
pub struct Own {
    pub period: Period,
    pub agency_id: String,
    pub entry: Option<Entry>,
    pub drawn: Option<Drawn>,
    pub points: i64,
    pub stratum: Option<String>,
    pub published: Option<Published>,
}

/// The draw as one agency may know of it: nothing of the others.
pub fn find_own(ctx: &Ctx, conn: &mut Conn, period: &str, agency: &str) -> Result<Own, AppError> {
    if !ctx.actor.role.is_of_agency() {
        ctx.require(Act::SeePreliminary)?;
    }
    let case = case(ctx, conn, period, agency)?;
    let found = read(ctx, conn, period)?;
    let of_agency = |code: &str| code == agency;
    let published = found.published;
    let entries = published.as_ref().map(|draw| draw.urn.entries.iter());
    let entry = entries.and_then(|mut all| all.find(|one| of_agency(&one.code)).cloned());
    let drawn = published.as_ref().map(|draw| draw.drawn.iter());
    let rules = published.as_ref().map(|draw| &draw.urn.rules);
    let points = rules
        .zip(entry.as_ref())
        .map(|(rules, one)| rules.points(one));
    let stratum = rules
        .zip(entry.as_ref())
        .and_then(|(rules, one)| rules.stratum(one));
    Ok(Own {
        stratum: stratum.map(|one| one.id.clone()),
        points: points.unwrap_or_default(),
        drawn: drawn.and_then(|mut all| all.find(|one| of_agency(&one.code)).cloned()),
        entry,
        agency_id: case.assessment.agency_id,
        period: found.period,
        published,
    })
}

fn happening<'a>(period: &'a Period, action: &'a str, body: String) -> Happening<'a> {
    Happening {
        action,
        subject: "period",
        subject_id: &period.id,
        agency: None,
        body,
    }
}

/// Closes the urn over the claims that were handed in. From here on its hash is known, the digits are not.
pub fn close(ctx: &Ctx, period: &str) -> Result<(), AppError> {
    ctx.require(Act::Draw)?;
    let rules = rules()?;
    ctx.store.write(|tx| {
        let found = read(ctx, tx, period)?;
        if !ctx.is_first(tx, "draw.closed")? {
            return Ok(());
        }
        // Claims are frozen once the time of handing in is over.
        if !(State::Closed..State::Preliminary).contains(&found.period.state()) {
            return Err(AppError::Refused("refused-draw-time"));
        }
        if found.row.is_some() {
            return Err(AppError::Refused("refused-draw-closed"));
        }
        let urn = Urn {
            entries: entries(ctx, tx, &found.period, &rules)?,
            period: period.to_owned(),
            rules: rules.clone(),
        };
        if urn.entries.is_empty() {
            return Err(AppError::Refused("refused-draw-empty"));
        }
        let row = DrawRow {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: found.period.id.clone(),
            urn: urn.json().canonical(),
            urn_hash: urn.hash(),
            closed_by: ctx.actor.user.clone(),
            closed_at: ctx.now,
            digits: None,
            published: None,
            held_by: None,
            held_at: None,
        };
        store::draw::add(tx, &row)?;
        let body = format!("{} {}", row.urn_hash, urn.claims_hash());
        ctx.event(tx, &happening(&found.period, "draw.closed", body))
    })
}

/// Holds the draw with the digits that were announced at the meeting; once.
pub fn hold(ctx: &Ctx, period: &str, digits: &str) -> Result<(), AppError> {
    ctx.require(Act::Draw)?;
    let digits: String = to_latin(digits)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !DIGITS.contains(&digits.len()) {
        let problem = Problem::at("digits", "problem-draw-digits");
        return Err(AppError::Invalid(vec![problem]));
    }
    ctx.store.write(|tx| {
        let found = read(ctx, tx, period)?;
        if !ctx.is_first(tx, "draw.held")? {
            return Ok(());
        }
        let (Some(row), Some(urn)) = (found.row, found.urn) else {
            return Err(AppError::Refused("refused-draw-open"));
        };
        if row.held_at.is_some() {
            return Err(AppError::Refused("refused-draw-held"));
        }
        let published = Published::of(urn, &digits);
        let row = DrawRow {
            digits: Some(digits.clone()),
            published: Some(published.json().canonical()),
            held_by: Some(ctx.actor.user.clone()),
            held_at: Some(ctx.now),
            ..row
        };
        store::draw::set_held(tx, &row)?;
        let body = format!("{digits} {} {}", published.seed, published.drawn.len());
        ctx.event(tx, &happening(&found.period, "draw.held", body))
    })
}

/// What past quarters say of agencies, by agency.
struct Past {
    /// The scores of final quarters, newest first.
    scores: Vec<HashMap<String, ScoreRow>>,
    new_managers: BTreeSet<String>,
    visited: BTreeSet<String>,
    /// Agencies of which enough people said that nobody answered, or that they were sent to somebody who knows somebody.
    complained_of: BTreeSet<String>,
}

fn limit(rules: &Rules, risk: &str) -> i64 {
    let found = rules.risks.iter().find(|one| one.id == risk);
    found.map_or(0, |one| one.limit)
}

fn past(ctx: &Ctx, conn: &mut Conn, period: &Period, rules: &Rules) -> Result<Past, AppError> {
    let days = |risk: &str| {
        let days = u64::try_from(limit(rules, risk)).unwrap_or(0);
        ctx.today() - Days::new(days)
    };
    let mut scores = Vec::new();
    let mut visited = BTreeSet::new();
    let since = days("not_visited");
    let mut periods = store::period::list(conn, ctx.province())?;
    periods.sort_by(|a, b| b.code.cmp(&a.code));
    for one in periods
        .iter()
        .filter(|one| one.code <= period.code)
        .take(QUARTERS + 1)
    {
        for visit in store::visit::list_of_period(conn, ctx.province(), &one.id)? {
            if visit.counts() && visit.visited_on >= since {
                visited.insert(visit.agency_id);
            }
        }
        let is_past = one.code < period.code;
        let latest = store::score::find_latest(conn, ctx.province(), &one.id, "final")?;
        if let Some(result) = latest.filter(|_| is_past) {
            let rows = store::score::list_scores(conn, ctx.province(), &result.id)?;
            let rows = rows.into_iter().map(|row| (row.agency_id.clone(), row));
            scores.push(rows.collect());
        }
    }
    let since = days("new_manager");
    let roles = store::user::list_all_roles(conn, ctx.province())?.into_iter();
    let managers = roles.filter(|role| role.role == "manager" && role.is_valid_on(ctx.today()));
    let new = managers.filter(|role| role.starts_on >= since);
    let said = voice::of_province(ctx, conn, days("voice"), ctx.today())?.into_iter();
    let called = said.filter(|(_, tally)| tally.calls_for_visit());
    Ok(Past {
        complained_of: called.map(|(agency, _)| agency).collect(),
        new_managers: new.filter_map(|role| role.agency_id).collect(),
        visited,
        scores,
    })
}

impl Past {
    /// The risks that are true of an agency, in the order of the rules.
    fn risks(&self, rules: &Rules, agency: &str) -> Vec<String> {
        let own = || self.scores.iter().filter_map(|rows| rows.get(agency));
        let honesty: Vec<i64> = own().filter_map(|row| row.honesty_bp).collect();
        let count = i64::try_from(honesty.len()).unwrap_or(0);
        let mean = honesty.iter().sum::<i64>().checked_div(count);
        let scores: Vec<i64> = own().filter_map(|row| row.score_c).take(2).collect();
        let jump = match scores[..] {
            [new, old] => (new - old).abs(),
            _ => 0,
        };
        let is_true = |risk: &str, limit: i64| match risk {
            "low_honesty" => mean.is_some_and(|mean| mean < limit),
            "new_manager" => self.new_managers.contains(agency),
            "big_jump" => jump >= limit,
            "not_visited" => !self.visited.contains(agency),
            "voice" => self.complained_of.contains(agency),
            _ => false,
        };
        let all = rules.risks.iter();
        let own = all.filter(|one| is_true(&one.id, one.limit));
        own.map(|one| one.id.clone()).collect()
    }
}

/// Every agency that handed in, with its risks and the hash of its claims, in the order of the codes.
fn entries(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
    rules: &Rules,
) -> Result<Vec<Entry>, AppError> {
    let past = past(ctx, conn, period, rules)?;
    let mut claims: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for row in store::answer::list_of_period(conn, ctx.province(), &period.id)? {
        if let Some(claim) = row.claim {
            let own = claims.entry(row.assessment_id).or_default();
            own.push((row.indicator_code, claim));
        }
    }
    let agencies = store::agency::list(conn, ctx.province())?.into_iter();
    let codes: HashMap<String, String> = agencies.map(|one| (one.id, one.code)).collect();
    let mut entries = Vec::new();
    let whole = crate::domain::access::Scope {
        province: ctx.province().to_owned(),
        reach: crate::domain::access::Reach::All,
    };
    for one in store::assessment::list(conn, &whole, &period.id)? {
        let Some(code) = codes.get(&one.agency_id).filter(|_| one.is_handed_in()) else {
            continue;
        };
        let own = claims.remove(&one.id).unwrap_or_default();
        entries.push(Entry {
            code: code.clone(),
            claims: claims_leaf(code, &own),
            risks: past.risks(rules, &one.agency_id),
            items: own.into_iter().map(|(code, _)| code).collect(),
        });
    }
    entries.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(entries)
}
