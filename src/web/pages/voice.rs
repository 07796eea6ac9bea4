//! What people say at the desks, beside what the agencies say: for those who verify.

use serde::Serialize;

use crate::app::{AppError, voice};
use crate::domain::calendar::Quarter;
use crate::domain::voice::{LEAST, Tally, share};
use crate::store::agency::Agency;
use crate::store::period::Period;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;

/// A share of answers with its interval, in whole percents.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ShareView {
    pub percent: i64,
    pub low: i64,
    pub high: i64,
}

/// What people said of one agency.
#[derive(Clone, Debug, Serialize)]
pub struct Voices {
    pub agency: String,
    pub all: i64,
    pub apart: i64,
    /// None where too few said so.
    pub nobody: Option<ShareView>,
    pub long: Option<ShareView>,
    pub sent: Option<ShareView>,
    pub calls_for_visit: bool,
}

impl Voices {
    /// A tally as it is printed.
    pub fn of(agency: String, tally: &Tally) -> Voices {
        let view = |k, n| {
            share(k, n).map(|share| ShareView {
                percent: (share.bp + 50) / 100,
                low: share.low_bp / 100,
                high: (share.high_bp + 99) / 100,
            })
        };
        Voices {
            agency,
            all: tally.all,
            apart: tally.apart,
            nobody: view(tally.nobody, tally.all),
            long: view(tally.long, tally.waits),
            sent: view(tally.sent, tally.told),
            calls_for_visit: tally.calls_for_visit(),
        }
    }
}

/// The list.
#[derive(Serialize)]
pub struct VoicesPage {
    pub from: chrono::NaiveDate,
    pub to: chrono::NaiveDate,
    pub least: i64,
    pub lines: Vec<Voices>,
}

impl Page for VoicesPage {
    const TEMPLATE: &'static str = "voice/index.html";
}

/// The agencies that people spoke of lately; those that call for a visit first.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (from, to) = voice::lately(ctx);
    let (tallies, agencies) = ctx.store.read(|conn| {
        let tallies = voice::tallies(ctx, conn, from, to)?;
        let agencies = store::agency::list(conn, ctx.province())?;
        Ok::<_, AppError>((tallies, agencies))
    })?;
    let spoken = agencies.iter().filter_map(|agency| {
        let name = desk.choose(&agency.name_fa, &agency.name_en);
        Some((tallies.get(&agency.id)?, name.to_owned()))
    });
    let mut spoken: Vec<_> = spoken.collect();
    spoken.sort_by_key(|(tally, _)| {
        let low = share(tally.nobody, tally.all).map_or(-1, |share| share.low_bp);
        std::cmp::Reverse((tally.calls_for_visit(), low, tally.all))
    });
    let lines = spoken.into_iter();
    desk.page(&VoicesPage {
        from,
        to,
        least: LEAST,
        lines: lines.map(|(tally, name)| Voices::of(name, tally)).collect(),
    })
}

/// What people said at an agency's desks since a quarter began; none where nobody spoke.
pub fn beside(
    desk: &Desk,
    conn: &mut Conn,
    period: &Period,
    agency: &Agency,
) -> Result<Option<Voices>, AppError> {
    let Ok(quarter) = Quarter::parse(&period.code) else {
        return Ok(None);
    };
    let (from, to) = (quarter.first_day(), desk.ctx.today());
    let tallies = voice::tallies(&desk.ctx, conn, from, to)?;
    let name = desk.choose(&agency.name_fa, &agency.name_en);
    let own = tallies.get(&agency.id);
    Ok(own.map(|tally| Voices::of(name.to_owned(), tally)))
}
