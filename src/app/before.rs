//! The agency's last finished quarter, beside the one at work.

use super::{AppError, Case, Ctx};
use crate::domain::access::{Reach, Scope};
use crate::domain::period::State;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::{self, Conn};

/// The last finished quarter before a case with the agency's part of it, if it had one. A final result is known to
/// whoever has this agency now, whoever had it then.
pub fn before(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
) -> Result<Option<(Period, Assessment)>, AppError> {
    let mut all = store::period::list(conn, ctx.province())?.into_iter();
    let last = all.find(|one| one.code < case.period.code && one.state() >= State::Final);
    let Some(last) = last else {
        return Ok(None);
    };
    let agency = &case.assessment.agency_id;
    let scope = Scope {
        province: ctx.province().to_owned(),
        reach: Reach::Agency(agency.clone()),
    };
    let found = store::assessment::find(conn, &scope, &last.id, agency)?;
    Ok(found.map(|of| (last, of)))
}
