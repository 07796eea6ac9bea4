//! The meeting pack: everything the meeting has before it, as one paper. Who had it made is in the log.

use super::brief::{self, Waiting};
use super::ranking::{self, Ranking, Rows};
use super::{AppError, Ctx, edition};
use crate::domain::access::Act;
use crate::domain::resolution::{Lane, lane};
use crate::store::edition::Edition;
use crate::store::event::Happening;
use crate::store::extension::Extension;
use crate::store::na_request::NaRequest;
use crate::store::resolution::Resolution;
use crate::store::score::ScoreRow;
use crate::store::{self, Conn};

/// So many agencies have a sheet each in one pack; beyond that the sheets stay in the program.
const MOST_SHEETS: usize = 200;

/// All that a pack says.
pub struct Gathered {
    pub ranking: Ranking,
    pub waiting: Option<Waiting>,
    pub rows: Rows,
    /// The cards of all agencies, in the order of the printed list; none where they are too many.
    pub cards: Vec<ScoreRow>,
    /// Overdue, reported done, in hand.
    pub resolutions: [Vec<Resolution>; 3],
    pub extensions: Vec<Extension>,
    pub na_requests: Vec<NaRequest>,
    /// The newest published edition that holds this result.
    pub edition: Option<Edition>,
}

/// The result that a pack of this person would be made from.
pub fn find(
    ctx: &Ctx,
    conn: &mut Conn,
    code: &str,
) -> Result<(Ranking, Option<Waiting>), AppError> {
    ctx.require(Act::Resolve)?;
    brief::find(ctx, conn, code)
}

/// Reads everything in one go.
pub fn gather(ctx: &Ctx, conn: &mut Conn, code: &str) -> Result<Gathered, AppError> {
    let (ranking, waiting) = find(ctx, conn, code)?;
    let (province, period) = (ctx.province(), &ranking.period.id);
    let rows = ranking::rows(ctx, conn, &ranking)?;
    let cards = if rows.lines.len() > MOST_SHEETS {
        Vec::new()
    } else {
        store::score::list_scores(conn, province, &ranking.head.id)?
    };
    let all = store::resolution::list(conn, &ctx.actor.scope)?;
    let in_lane = |wanted: Lane| {
        let own = all
            .iter()
            .filter(|one| lane(one.state(), one.due_on, ctx.today()) == wanted);
        own.cloned().collect()
    };
    let resolutions = [Lane::Overdue, Lane::Reported, Lane::InHand].map(in_lane);
    let extensions = store::extension::list_of_period(conn, province, period)?;
    let na_requests = store::na_request::list_of_period(conn, province, period)?;
    let edition = match ranking.head.stage == "final" {
        true => edition::shelf(ctx, conn, code)?.editions,
        false => Vec::new(),
    };
    let mut published = edition.into_iter().filter(|one| one.published_at.is_some());
    let edition = published.find(|one| one.result_id == ranking.head.id);
    Ok(Gathered {
        ranking,
        waiting,
        rows,
        cards,
        resolutions,
        extensions,
        na_requests,
        edition,
    })
}

/// Notes that somebody has a pack made; gives whether this form did so for the first time.
pub fn note(ctx: &Ctx, of: &Ranking) -> Result<bool, AppError> {
    ctx.require(Act::Resolve)?;
    ctx.store.write(|tx| {
        if !ctx.is_first(tx, "pack.made")? {
            return Ok(false);
        }
        let what = Happening {
            action: "pack.made",
            subject: "period",
            subject_id: &of.period.id,
            agency: None,
            body: format!("{} {}", of.head.stage, of.head.number),
        };
        ctx.event(tx, &what)?;
        Ok(true)
    })
}
