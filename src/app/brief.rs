//! The one page of a quarter: the result as kept, the resolutions that wait, the quarters before.

use std::collections::HashMap;

use super::ranking::{self, Ranking, Rows};
use super::{AppError, Ctx};
use crate::domain::access::{Act, Reach};
use crate::domain::brief::Standing;
use crate::domain::resolution::{Lane, lane};
use crate::store::resolution::Resolution;
use crate::store::score::{PastPlace, ScoreLine};
use crate::store::{self, Conn};

/// How many quarters the history shows at most.
const QUARTERS: usize = 8;

/// The resolutions that wait for a meeting.
pub struct Waiting {
    /// Overdue, the earliest due first.
    pub overdue: Vec<Resolution>,
    /// All that are not closed.
    pub open: i64,
}

/// A result, and what waits for the meeting. Who knows of their own resolutions only is told nothing of all.
pub fn find(
    ctx: &Ctx,
    conn: &mut Conn,
    code: &str,
) -> Result<(Ranking, Option<Waiting>), AppError> {
    let ranking = ranking::find(ctx, conn, code)?;
    let is_of_all = matches!(ctx.actor.scope.reach, Reach::All | Reach::Assigned(_));
    if !is_of_all || !ctx.actor.may(Act::SeeResolutions) {
        return Ok((ranking, None));
    }
    let mut all = store::resolution::list(conn, &ctx.actor.scope)?;
    let today = ctx.today();
    all.retain(|one| lane(one.state(), one.due_on, today) != Lane::Verified);
    let open = all.len() as i64;
    all.retain(|one| lane(one.state(), one.due_on, today) == Lane::Overdue);
    let waiting = Waiting { overdue: all, open };
    Ok((ranking, Some(waiting)))
}

/// Places in the quarters up to this result, oldest first.
pub struct History {
    /// The codes of the quarters.
    pub quarters: Vec<String>,
    /// For each agency its place in each quarter, by its id.
    pub places: HashMap<String, Vec<Option<i64>>>,
    /// The last place anybody had.
    pub last: i64,
}

/// Where some agencies stood in the last quarters up to a result.
pub fn history(
    ctx: &Ctx,
    conn: &mut Conn,
    of: &Ranking,
    agencies: &[String],
) -> Result<History, AppError> {
    let mut results = store::score::list_heads_until(conn, ctx.province(), &of.period.code)?;
    results.retain(|(period, _)| *period != of.period.code);
    results.insert(0, (of.period.code.clone(), of.head.id.clone()));
    results.truncate(QUARTERS);
    results.reverse();
    let ids: Vec<String> = results.iter().map(|(_, id)| id.clone()).collect();
    let found = store::score::list_places(conn, ctx.province(), &ids, agencies)?;
    let mut places: HashMap<String, Vec<Option<i64>>> = HashMap::new();
    let mut last = 0;
    for PastPlace {
        result,
        agency,
        rank,
    } in found
    {
        let quarter = ids.iter().position(|id| *id == result);
        if let (Some(quarter), Some(rank)) = (quarter, rank) {
            let own = places
                .entry(agency)
                .or_insert_with(|| vec![None; ids.len()]);
            own[quarter] = Some(rank);
            last = last.max(rank);
        }
    }
    Ok(History {
        quarters: results.into_iter().map(|(period, _)| period).collect(),
        places,
        last,
    })
}

/// A number kept of a desk: `visits:3 empty:2 obstructed:0 share:7100`.
fn kept(desk: &str, wanted: &str) -> Option<i64> {
    let mut pairs = desk
        .split_whitespace()
        .filter_map(|pair| pair.split_once(':'));
    let (_, value) = pairs.find(|(name, _)| *name == wanted)?;
    value.parse().ok()
}

/// How often a desk was visited unannounced, and how often nobody was there or nobody was let in.
pub fn looked(desk: &str) -> (i64, i64) {
    let count = |name| kept(desk, name).unwrap_or(0);
    (count("visits"), count("empty") + count("obstructed"))
}

impl Rows {
    /// The lines as a brief reads them, in the same order.
    pub fn standings(&self) -> Vec<Standing<'_>> {
        self.lines.iter().map(|line| self.standing(line)).collect()
    }

    fn standing<'r>(&self, line: &'r ScoreLine) -> Standing<'r> {
        let before = self.before.get(&line.agency_id);
        let (visits, failed) = looked(&line.desk);
        Standing {
            league: &line.league,
            is_ranked: line.state == "ranked",
            was_ranked: before.is_some_and(|stood| stood.state == "ranked"),
            is_no_report: line.state == "no_report",
            rank: line.rank,
            score_c: line.score_c,
            change_c: line.change_c,
            claimed_c: line.claimed_c,
            verified_c: line.verified_c,
            desk_bp: kept(&line.desk, "share"),
            gap_bp: line.gap_bp,
            visits,
            failed,
            is_unstaffed: line.is_unstaffed,
        }
    }
}
