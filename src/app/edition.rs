//! Editions: a final ranking, frozen by two people, signed where the key is, opened to the public by the governor's
//! office (TRUST.md §3). What is published is never rewritten; a correction is the next edition.

use super::{AppError, Ctx, Problem, correction, returns};
use crate::domain::access::Act;
use crate::domain::edition::{self, Files, Head, MANIFEST, Manifest, RESULTS, SIGNATURE};
use crate::domain::period::State;
use crate::domain::returns::Returns;
use crate::domain::text;
use crate::seal;
use crate::store::correction::Correction;
use crate::store::edition::Edition;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::score::ResultRow;
use crate::store::{self, Conn, StoreError, Tx, new_id};

/// A quarter with its editions, newest first, as far as the actor may know of them.
pub struct Shelf {
    pub period: Period,
    pub editions: Vec<Edition>,
    /// The final result that the next edition would hold, if it is not in one already.
    pub next: Option<ResultRow>,
    /// What the next edition would correct.
    pub corrections: Vec<Correction>,
}

/// The editions of a quarter. Proposals are for those who publish; the rest is for everybody who reads rankings.
pub fn shelf(ctx: &Ctx, conn: &mut Conn, period: &str) -> Result<Shelf, AppError> {
    let found = store::period::find_by_code(conn, ctx.province(), period)?;
    let period = found.ok_or(AppError::NotFound)?;
    if !ctx.actor.may(Act::SeeRanking) || period.state() < State::Final {
        return Err(AppError::NotFound);
    }
    let mut editions = store::edition::list(conn, ctx.province(), &period.id)?;
    let newest = store::score::find_latest(conn, ctx.province(), &period.id, "final")?;
    let held = editions.first().map(|edition| edition.result_id.clone());
    let corrections = store::correction::list_open(conn, ctx.province(), &period.id)?;
    let next = newest.filter(|result| held.as_ref() != Some(&result.id) || !corrections.is_empty());
    if !ctx.actor.may(Act::Finalise) {
        editions.retain(|edition| edition.published_at.is_some());
    }
    Ok(Shelf {
        period,
        editions,
        next,
        corrections,
    })
}

impl Shelf {
    /// The edition of that number; what the actor may not know of is not there.
    pub fn find(&self, number: &str) -> Result<&Edition, AppError> {
        let mut all = self.editions.iter();
        all.find(|edition| edition.number.to_string() == number)
            .ok_or(AppError::NotFound)
    }

    fn log(&self, ctx: &Ctx, tx: &mut Tx, action: &str, body: String) -> Result<(), AppError> {
        let what = Happening {
            action,
            subject: "period",
            subject_id: &self.period.id,
            agency: None,
            body,
        };
        ctx.event(tx, &what)
    }
}

/// Proposes the next edition. From the second on it says what was corrected and why.
pub fn propose(ctx: &Ctx, period: &str, reason: &str) -> Result<(), AppError> {
    ctx.require(Act::Finalise)?;
    let reason = text::note(reason, 2_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at("reason", "problem-text")]))?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        if !ctx.is_first(tx, "edition.proposed")? {
            return Ok(());
        }
        if shelf.editions.iter().any(|one| one.published_at.is_none()) {
            return Err(AppError::Refused("refused-edition-waits"));
        }
        let number = shelf.editions.first().map_or(1, |newest| newest.number + 1);
        let next = shelf.next.as_ref();
        let next = next.ok_or(AppError::Refused("refused-edition-same"))?;
        if number > 1 && reason.is_empty() {
            return Err(AppError::Invalid(vec![Problem::at(
                "reason",
                "problem-reason",
            )]));
        }
        let row = Edition {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: shelf.period.id.clone(),
            number,
            result_id: next.id.clone(),
            reason: reason.clone(),
            proposed_by: ctx.actor.user.clone(),
            proposed_at: ctx.now,
            published_by: None,
            published_at: None,
            root: None,
            signature: None,
            signed_at: None,
            released_by: None,
            released_at: None,
        };
        store::edition::add(tx, &row)?;
        shelf.log(ctx, tx, "edition.proposed", number.to_string())
    })
}

/// Takes a proposal back.
pub fn withdraw(ctx: &Ctx, period: &str, number: &str) -> Result<(), AppError> {
    ctx.require(Act::Finalise)?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        let edition = shelf.find(number)?;
        if edition.published_at.is_some() {
            return Err(AppError::Refused("refused-edition-published"));
        }
        store::edition::remove_proposal(tx, edition)?;
        shelf.log(ctx, tx, "edition.withdrawn", number.to_owned())
    })
}

/// A second person publishes what the first proposed: from here on it is frozen.
pub fn publish(ctx: &Ctx, period: &str, number: &str, is_sure: bool) -> Result<(), AppError> {
    ctx.require(Act::Finalise)?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        let edition = shelf.find(number)?;
        require_sure(is_sure)?;
        if edition.published_at.is_some() {
            return Err(AppError::Refused("refused-edition-published"));
        }
        if edition.proposed_by == ctx.actor.user {
            return Err(AppError::Refused("refused-two-people"));
        }
        let objections = store::objection::list_of_period(tx, ctx.province(), &shelf.period.id)?;
        if objections.iter().any(|one| one.state != "decided") {
            return Err(AppError::Refused("refused-objections-undecided"));
        }
        let mut frozen = edition.clone();
        if let Some(result) = correction::publish(ctx, tx, &shelf, edition)? {
            frozen.result_id = result;
        }
        let files = freeze(ctx, tx, &shelf, &frozen)?;
        let root = root(&files).ok_or_else(broken)?;
        store::edition::set_published(tx, edition, &ctx.actor.user, ctx.now, &root)?;
        for (name, bytes) in &files {
            let body = std::str::from_utf8(bytes).map_err(|_| broken())?;
            store::edition::add_file(tx, edition, name, body)?;
        }
        shelf.log(ctx, tx, "edition.published", format!("{number} {root}"))
    })
}

/// What cannot be taken back is asked twice.
fn require_sure(is_sure: bool) -> Result<(), AppError> {
    if is_sure {
        return Ok(());
    }
    Err(AppError::Invalid(vec![Problem::at(
        "is_sure",
        "problem-sure",
    )]))
}

fn broken() -> AppError {
    AppError::Store(StoreError::Broken("an edition cannot be made".to_owned()))
}

fn root(files: &Files) -> Option<String> {
    Some(Manifest::read(files.get(MANIFEST)?)?.root)
}

/// The files as they will be published, from the result as it was kept.
fn freeze(ctx: &Ctx, tx: &mut Tx, shelf: &Shelf, of: &Edition) -> Result<Files, AppError> {
    let period = &shelf.period;
    let province = store::province::find(tx, ctx.province())?.ok_or(AppError::NotFound)?;
    let result = store::score::find_latest(tx, ctx.province(), &period.id, "final")?;
    let result = result.filter(|result| result.id == of.result_id);
    let result = result.ok_or(AppError::Conflict)?;
    let framework = ctx.frameworks.of(tx, period)?;
    let (code, version) = (&period.framework_code, &period.framework_version);
    let text = store::framework::find(tx, ctx.province(), code, version)?;
    let text = text.ok_or(AppError::NotFound)?.body;
    let kept = returns::stored(&framework, &result).ok_or_else(broken)?;
    let before = store::edition::find_newest(tx, ctx.province())?;
    let previous = match &before {
        Some(before) => store::edition::find_file(tx, before, MANIFEST)?,
        None => None,
    };
    let corrected = match shelf.editions.iter().find(|one| one.published_at.is_some()) {
        Some(before) => store::edition::find_file(tx, before, RESULTS)?,
        None => None,
    };
    let log = store::event::add_checkpoint(tx, ctx.province(), ctx.now)?;
    let head = Head {
        province: [province.code, province.name_fa, province.name_en],
        is_demo: province.is_demo,
        number: of.number,
        published_at: ctx.now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        log,
        previous: previous
            .and_then(|text| Manifest::read(text.as_bytes()))
            .map(|manifest| manifest.as_previous()),
        reason: (of.number > 1).then(|| of.reason.clone()),
        corrected: corrected.map(String::into_bytes),
        agencies: named(tx, ctx.province(), &kept)?,
    };
    Ok(edition::make(&head, &text, &kept))
}

/// Code and names of every agency in the returns.
fn named(conn: &mut Conn, province: &str, of: &Returns) -> Result<Vec<[String; 3]>, AppError> {
    let all = store::agency::list(conn, province)?.into_iter();
    let own = all.filter(|one| of.agencies.iter().any(|in_it| in_it.code == one.code));
    Ok(own
        .map(|one| [one.code, one.name_fa, one.name_en])
        .collect())
}

/// The files of a published edition, with the signature once there is one.
pub fn files(conn: &mut Conn, edition: &Edition) -> Result<Files, AppError> {
    if edition.published_at.is_none() {
        return Err(AppError::NotFound);
    }
    let kept = store::edition::list_files(conn, edition)?.into_iter();
    let mut files: Files = kept.map(|(name, body)| (name, body.into_bytes())).collect();
    if let Some(signature) = &edition.signature {
        files.insert(SIGNATURE.to_owned(), signature.clone().into_bytes());
    }
    Ok(files)
}

/// Adds the signature made where the edition key is. `key` is the public key of the settings; no other counts.
pub fn sign(
    ctx: &Ctx,
    period: &str,
    number: &str,
    signature: &str,
    key: Option<&str>,
) -> Result<(), AppError> {
    ctx.require(Act::Finalise)?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        let edition = shelf.find(number)?;
        let key = key.ok_or(AppError::Refused("refused-no-edition-key"))?;
        if edition.signed_at.is_some() {
            return Err(AppError::Refused("refused-edition-signed"));
        }
        let manifest = store::edition::find_file(tx, edition, MANIFEST)?;
        let manifest = manifest.ok_or(AppError::NotFound)?;
        let signature = format!("{}\n", signature.replace('\r', "").trim_end());
        if !seal::is_signed(manifest.as_bytes(), signature.as_bytes(), key) {
            return Err(AppError::Invalid(vec![Problem::at(
                "signature",
                "problem-signature",
            )]));
        }
        store::edition::set_signed(tx, edition, &signature, ctx.now)?;
        shelf.log(ctx, tx, "edition.signed", number.to_owned())
    })
}

/// The governor's office opens an edition to the public.
pub fn release(ctx: &Ctx, period: &str, number: &str, is_sure: bool) -> Result<(), AppError> {
    ctx.require(Act::Release)?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        let edition = shelf.find(number)?;
        require_sure(is_sure)?;
        if edition.released_at.is_some() {
            return Err(AppError::Refused("refused-edition-released"));
        }
        store::edition::set_released(tx, edition, &ctx.actor.user, ctx.now)?;
        shelf.log(ctx, tx, "edition.released", number.to_owned())
    })
}
