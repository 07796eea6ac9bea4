//! The living, made-up province: eight quarters, one just made final, one open. Figures are invented.

mod last;
mod open;
mod people;

pub use people::{PEOPLE, SignIn, people};

use super::{AppError, Ctx, import};
use crate::domain::calendar::Quarter;
use crate::domain::returns::Returns;

/// Brings the quarters in, moved so that the newest is the quarter before the last ended one, and opens that.
/// The newest is lived: its preliminary result, an objection, its end.
pub fn quarters(
    ctx: &Ctx,
    files: &[(Returns, &[u8])],
    preliminary: &Returns,
) -> Result<(), AppError> {
    let open = Quarter::of_day(ctx.today()).previous();
    let newest = files.last().ok_or(AppError::NotFound)?;
    let shift = |returns: &Returns| -> Result<String, AppError> {
        let quarter =
            |code: &str| Quarter::parse(code).map_err(|_| AppError::Refused("refused-period"));
        let back = quarter(&newest.0.period)?.since(quarter(&returns.period)?);
        Ok(open.previous().plus(-back).to_string())
    };
    for (returns, bytes) in &files[..files.len() - 1] {
        let moved = Returns {
            period: shift(returns)?,
            ..returns.clone()
        };
        import::quarter(ctx, bytes, &moved, "واردشده")?;
    }
    let moved = Returns {
        period: shift(preliminary)?,
        ..preliminary.clone()
    };
    import::quarter(ctx, newest.1, &moved, "واردشده")?;
    last::dispute(ctx, &moved.period, &newest.0)?;
    last::publish(ctx, &moved.period)?;
    last::resolutions(ctx)?;
    open::quarter(ctx, open, &newest.0)
}
