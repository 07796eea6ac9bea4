//! What a decision would do to an agency, before it is made: measured by the engine on the quarter as it was told
//! to the agencies, or as it stands.

use super::{AppError, Ctx, returns};
use crate::domain::effect::Ground;
use crate::store::period::Period;
use crate::store::{self, Conn};

/// The quarter as the preliminary result told it; as it stands where there is none.
pub fn told(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Ground, AppError> {
    let framework = ctx.frameworks.of(conn, period)?;
    let row = store::score::find_latest(conn, ctx.province(), &period.id, "preliminary")?;
    let told = row.and_then(|row| returns::stored(&framework, &row));
    match told {
        Some(returns) => Ok(Ground::of(returns)),
        None => standing(ctx, conn, period),
    }
}

/// The quarter as it stands now.
pub fn standing(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Ground, AppError> {
    Ok(Ground::of(returns::of_period(ctx, conn, period)?))
}
