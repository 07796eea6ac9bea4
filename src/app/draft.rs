//! A draft of a framework, tried on the last final quarter before it is published. Nothing is kept.

use std::collections::HashMap;
use std::sync::Arc;

use super::{AppError, Ctx, scorecard};
use crate::domain::access::Act;
use crate::domain::effect::Ground;
use crate::domain::fault::Refusal;
use crate::domain::framework::{self, Framework};
use crate::domain::period::State;
use crate::store::period::Period;
use crate::store::{self, Conn};

/// A framework's file is about 140 kB; beyond this it is something else.
const MOST_BYTES: usize = 2_000_000;
/// So many indicators and dimensions are tried at most, for each weight is tried alone.
const MOST_INDICATORS: usize = 300;
const MOST_DIMENSIONS: usize = 60;

/// The last quarter that is final, as it was scored.
pub struct Last {
    pub period: Period,
    pub framework: Arc<Framework>,
    pub ground: Ground,
    /// Names of the agencies by code, Persian and English.
    pub names: HashMap<String, [String; 2]>,
}

/// Why a draft is not tried.
pub enum Unfit {
    /// Larger than a framework can be.
    TooLarge,
    Refused(Refusal),
}

/// The quarter on which a draft is tried; none where no quarter is final yet.
pub fn last(ctx: &Ctx, conn: &mut Conn) -> Result<Option<Last>, AppError> {
    ctx.require(Act::Administer)?;
    let province = ctx.province();
    for period in store::period::list(conn, province)? {
        if !matches!(period.state(), State::Final | State::Archived) {
            continue;
        }
        let Some(head) = store::score::find_head(conn, province, &period.id, "final")? else {
            continue;
        };
        let framework = ctx.frameworks.of(conn, &period)?;
        let ground = scorecard::ground(ctx, conn, &framework, &head)?;
        let agencies = store::agency::list(conn, province)?.into_iter();
        return Ok(Some(Last {
            period,
            framework,
            ground,
            names: agencies
                .map(|one| (one.code, [one.name_fa, one.name_en]))
                .collect(),
        }));
    }
    Ok(None)
}

/// Reads a draft with the checks of a published framework: sums, goalposts, grades, references, circles of gates.
pub fn read(bytes: &[u8]) -> Result<Framework, Unfit> {
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::TooLarge);
    }
    let draft = framework::read_file(bytes).map_err(Unfit::Refused)?;
    let is_large =
        draft.indicators.len() > MOST_INDICATORS || draft.dimensions.len() > MOST_DIMENSIONS;
    if is_large {
        return Err(Unfit::TooLarge);
    }
    Ok(draft)
}
