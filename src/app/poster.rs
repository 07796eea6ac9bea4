//! Posters: one page at a desk with a signed code, behind which people say what they met there.

use super::{AppError, Ctx, Problem, session};
use crate::domain::access::{Act, Reach, is_practice};
use crate::domain::voice::mac;
use crate::store::agency::Agency;
use crate::store::event::Happening;
use crate::store::poster::Poster;
use crate::store::province::County;
use crate::store::{self, Conn, Tx};

/// The posters that somebody may hang: an agency its own, the planning office all.
pub struct Posters {
    pub posters: Vec<Poster>,
    pub agencies: Vec<Agency>,
    pub counties: Vec<County>,
}

/// Lists them.
pub fn list(ctx: &Ctx, conn: &mut Conn) -> Result<Posters, AppError> {
    ctx.require(Act::HangPoster)?;
    if is_practice(ctx.province()) {
        return Err(AppError::NotFound);
    }
    let mut agencies = store::agency::list(conn, ctx.province())?;
    agencies.retain(|agency| is_own(ctx, &agency.id));
    let mut posters = store::poster::list(conn, ctx.province())?;
    posters.retain(|poster| is_own(ctx, &poster.agency_id));
    Ok(Posters {
        posters,
        agencies,
        counties: store::province::list_counties(conn, ctx.province())?,
    })
}

fn is_own(ctx: &Ctx, agency: &str) -> bool {
    match &ctx.actor.scope.reach {
        Reach::All => true,
        Reach::Agency(own) => own == agency,
        Reach::Assigned(_) | Reach::Nothing => false,
    }
}

impl Posters {
    /// The poster of an id; another's is not there.
    pub fn find(&self, id: &str) -> Result<&Poster, AppError> {
        let found = self.posters.iter().find(|poster| poster.id == id);
        found.ok_or(AppError::NotFound)
    }

    /// The agency that a poster belongs to.
    pub fn agency(&self, of: &Poster) -> Option<&Agency> {
        self.agencies.iter().find(|one| one.id == of.agency_id)
    }

    /// The county that a poster hangs in.
    pub fn county(&self, of: &Poster) -> Option<&County> {
        let code = of.county_code.as_deref()?;
        self.counties.iter().find(|one| one.code == code)
    }
}

/// Makes the poster of a desk: of an agency, at its seat or in a county.
pub fn make(ctx: &Ctx, agency: &str, county: &str) -> Result<(), AppError> {
    ctx.require(Act::HangPoster)?;
    let (id, secret) = (session::token()?[..12].to_owned(), session::token()?);
    ctx.store.write(|tx| {
        let all = list(ctx, tx)?;
        let mut problems = Vec::new();
        let agency = all.agencies.iter().find(|one| one.code == agency);
        if agency.is_none() {
            problems.push(Problem::at("agency", "problem-choose"));
        }
        if !county.is_empty() && all.counties.iter().all(|one| one.code != county) {
            problems.push(Problem::at("county", "problem-choose"));
        }
        let (Some(agency), true) = (agency, problems.is_empty()) else {
            return Err(AppError::Invalid(problems));
        };
        let county = Some(county).filter(|county| !county.is_empty());
        let mut own = all.posters.iter();
        let is_there =
            own.any(|one| one.agency_id == agency.id && one.county_code.as_deref() == county);
        if is_there {
            return Err(AppError::Invalid(vec![Problem::at(
                "county",
                "problem-poster-there",
            )]));
        }
        if !ctx.is_first(tx, "poster.made")? {
            return Ok(());
        }
        let poster = Poster {
            province_id: ctx.province().to_owned(),
            id: id.clone(),
            agency_id: agency.id.clone(),
            county_code: county.map(str::to_owned),
            secret: secret.clone(),
            created_by: ctx.actor.user.clone(),
            created_at: ctx.now,
            renewed_at: None,
        };
        store::poster::add(tx, &poster)?;
        log(ctx, tx, &poster, "poster.made")
    })
}

/// Gives a poster a new code; the old ones lead nowhere from now on.
pub fn renew(ctx: &Ctx, id: &str) -> Result<(), AppError> {
    ctx.require(Act::HangPoster)?;
    let secret = session::token()?;
    ctx.store.write(|tx| {
        let all = list(ctx, tx)?;
        let poster = all.find(id)?;
        if !ctx.is_first(tx, "poster.renewed")? {
            return Ok(());
        }
        store::poster::renew(tx, poster, &secret, ctx.now)?;
        log(ctx, tx, poster, "poster.renewed")
    })
}

fn log(ctx: &Ctx, tx: &mut Tx, of: &Poster, action: &str) -> Result<(), AppError> {
    let what = Happening {
        action,
        subject: "poster",
        subject_id: &of.id,
        agency: Some(&of.agency_id),
        body: of.county_code.clone().unwrap_or_default(),
    };
    ctx.event(tx, &what)
}

/// What the code on a poster says: its id, signed.
pub fn token(of: &Poster) -> String {
    format!("{}-{}", of.id, &mac(&of.secret, &of.id)[..16])
}
