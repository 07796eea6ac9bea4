//! Results: computed outside the path that saves an answer, by the same engine as the command, and kept.

mod row;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{AppError, Ctx, returns};
use crate::analysis::ranks::{self, Interval, Settings};
use crate::domain::change::{self, Changes};
use crate::domain::json::{self, Json};
use crate::domain::returns::Returns;
use crate::domain::score::{self, League, Scorecards};
use crate::store::agency::Agency;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::score::{ResultRow, ScoreRow};
use crate::store::{self, Conn, Tx, new_id};

/// How the weights are moved for the rank interval on pages: the rule's own default (SCORING.md §12).
pub const MOVED: Settings = Settings {
    seed: 2018,
    replications: 10_000,
    spread_pct: 25,
};

/// Computes and keeps a result of the period. The old ones stay.
pub fn compute(ctx: &Ctx, tx: &mut Tx, period: &Period, stage: &str) -> Result<(), AppError> {
    let returns = returns::of_period(ctx, tx, period)?;
    keep(ctx, tx, period, stage, returns)
}

/// Scores these returns and keeps them as the next result of the period.
pub(super) fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    period: &Period,
    stage: &str,
    returns: Returns,
) -> Result<(), AppError> {
    let cards = score::score(&returns);
    let before = previous(ctx, tx, period)?;
    let changes = before.map(|before| change::change(&before, &returns));
    let intervals = ranks::intervals(&returns.framework, &cards.cards, MOVED);
    let newest = store::score::find_latest(tx, &period.province_id, &period.id, stage)?;
    let computed = Computed {
        result: ResultRow {
            number: newest.map_or(1, |newest| newest.number + 1),
            computed_by: Some(ctx.actor.user.clone()),
            computed_at: ctx.now,
            ..result(period, stage, &returns, &cards.leagues)
        },
        returns,
        cards,
        changes,
        intervals,
    };
    store::score::add(tx, &computed.result)?;
    let agencies = store::agency::list(tx, ctx.province())?;
    let counties = returns::counties_of_empty_desks(tx, period)?;
    for row in computed.rows(&agencies, &counties) {
        store::score::add_score(tx, &row)?;
    }
    let what = Happening {
        action: "result.computed",
        subject: "period",
        subject_id: &period.id,
        agency: None,
        body: format!(
            "{stage} {} {}",
            computed.result.number, computed.result.returns_hash
        ),
    };
    ctx.event(tx, &what)
}

/// The final returns of the quarter before, if there are any.
fn previous(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Option<Returns>, AppError> {
    let all = store::period::list(conn, &period.province_id)?;
    let Some(before) = all.into_iter().find(|other| other.code < period.code) else {
        return Ok(None);
    };
    let framework = ctx.frameworks.of(conn, &before)?;
    let row = store::score::find_latest(conn, &period.province_id, &before.id, "final")?;
    Ok(row.and_then(|row| returns::stored(&framework, &row)))
}

/// What a result was computed from, and its fingerprint.
fn result(period: &Period, stage: &str, returns: &Returns, leagues: &[League]) -> ResultRow {
    let text = returns.to_json().canonical();
    let leagues = leagues.iter().map(League::to_json).collect();
    ResultRow {
        province_id: period.province_id.clone(),
        id: new_id(),
        period_id: period.id.clone(),
        stage: stage.to_owned(),
        rule_version: 1,
        framework_code: period.framework_code.clone(),
        framework_version: period.framework_version.clone(),
        returns_hash: hex::encode(Sha256::digest(text.as_bytes())),
        returns: text,
        leagues: Json::List(leagues).canonical(),
        computed_by: None,
        computed_at: period.created_at,
        number: 1,
    }
}

/// A result with all that it found, before it is kept.
struct Computed {
    result: ResultRow,
    returns: Returns,
    cards: Scorecards,
    changes: Option<Changes>,
    intervals: Vec<Interval>,
}

fn by_code<'a, T>(all: &'a [T], code: impl Fn(&'a T) -> &'a str) -> HashMap<&'a str, &'a T> {
    all.iter().map(|one| (code(one), one)).collect()
}

impl Computed {
    /// A row for every agency, in the order of the printed list.
    fn rows(&self, agencies: &[Agency], counties: &HashMap<String, Vec<String>>) -> Vec<ScoreRow> {
        let agencies = by_code(agencies, |agency| &agency.code);
        let reported = by_code(&self.returns.agencies, |one| &one.code);
        let cards = by_code(&self.cards.cards, |card| &card.agency);
        let changes = self.changes.as_ref().map_or(&[][..], |all| &all.changes);
        let changes = by_code(changes, |change| &change.agency);
        let intervals = by_code(&self.intervals, |interval| &interval.agency);
        let leagues = self.cards.leagues.iter();
        let listed = leagues.flat_map(|league| league.order.iter().chain(&league.not_in_order));
        let rows = listed.enumerate().filter_map(|(place, code)| {
            let code = code.as_str();
            let agency = agencies.get(code)?;
            let known = row::Known {
                framework: &self.returns.framework,
                reported: reported.get(code)?,
                card: cards.get(code)?,
                change: changes.get(code).copied(),
                interval: intervals.get(code).copied(),
                counties: counties.get(&agency.id).map_or(&[], Vec::as_slice),
            };
            Some(ScoreRow {
                agency_id: agency.id.clone(),
                position: place as i64 + 1,
                ..known.row(&self.result)
            })
        });
        rows.collect()
    }
}

/// A stored card, read again.
pub fn stored_card(row: &ScoreRow) -> Json {
    json::read(row.card.as_bytes()).unwrap_or(Json::Null)
}
