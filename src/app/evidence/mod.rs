//! Evidence of an answer: added, taken from an earlier quarter, and taken away, before hand-in and for a returned item.

mod reuse;
mod shelf;
mod upload;

use chrono::NaiveDate;

use super::answer::require_open;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::advice::Advice;
use crate::domain::advice::age::{Age, age};
use crate::domain::answer;
use crate::domain::calendar::Quarter;
use crate::domain::period::State;
use crate::domain::text::{self, WebLink};
use crate::store::evidence::Evidence;
use crate::store::file::{Files, Staged};
use crate::store::{self, Conn, new_id};

pub use reuse::{Earlier, earlier, reuse};
pub use shelf::{Shelf, forget, require_quota, rule_size};
pub use upload::{Beginning, Whole, add_part, begin, clear, end, progress, whole};

/// Evidence may be added or taken away before hand-in, and for a returned item.
pub(super) fn require_changeable(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<(), AppError> {
    if !case.assessment.is_handed_in() {
        return require_open(ctx, case, case.last_edit_on(indicator));
    }
    let queries = store::query::list(conn, &case.assessment)?;
    let mut open = queries.iter().filter(|query| query.closed_at.is_none());
    // From the preliminary result on, an item is disputed by an objection, not by a question left open.
    if case.period.state() < State::Preliminary
        && open.any(|query| query.indicator_code == indicator)
    {
        return Ok(());
    }
    Err(AppError::Refused("refused-handed-in"))
}

/// How many pieces of evidence one answer may have.
const MOST_EVIDENCE: usize = 50;
/// The longest place in a paper, in characters: «صفحهٔ ۱۲، بند ۳».
const LONGEST_PAGE: usize = 60;

/// What a piece of evidence is.
pub enum Proof<'a> {
    /// A web address, http or https only.
    Link(&'a str),
    /// A file with the name it had.
    File { name: &'a str, bytes: &'a [u8] },
}

/// A piece of evidence as it is brought.
pub struct Brought<'a> {
    pub indicator: &'a str,
    pub kind: &'a str,
    pub proof: Proof<'a>,
    /// Where in the paper to look.
    pub page: &'a str,
    /// The days for which it proves something.
    pub effective_from: Option<NaiveDate>,
    pub effective_to: Option<NaiveDate>,
}

/// Adds evidence of a kind to an answer. What is refused leaves no file behind.
pub fn add(
    ctx: &Ctx,
    shelf: &Shelf,
    period: &str,
    agency: &str,
    brought: &Brought,
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    // Nothing is looked through for somebody who cannot keep it anyway.
    ctx.store.read(|conn| {
        let case = case(ctx, conn, period, agency)?;
        require_changeable(ctx, conn, &case, brought.indicator)
    })?;
    let (mut row, staged) = checked(ctx, shelf, brought)?;
    let added = ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        require_room(ctx, tx, &case, &row)?;
        if let Some(size) = row.size {
            require_quota(shelf, tx, &case, size)?;
        }
        if !ctx.is_first(tx, "evidence.added")? {
            return Ok(());
        }
        if let Some(staged) = &staged {
            staged.keep()?;
        }
        (row.assessment_id, row.agency_id) = (
            case.assessment.id.clone(),
            case.assessment.agency_id.clone(),
        );
        store::evidence::add(tx, &row)?;
        let what = row.sha256.as_deref().unwrap_or("link");
        let body = format!("{} {} {what}", row.indicator_code, row.kind);
        ctx.event(tx, &case.happening("evidence.added", body))
    });
    if let (Err(_), Some(staged)) = (&added, &staged) {
        forget(ctx, shelf, &staged.sha256);
    }
    added
}

/// Everything that can be wrong with evidence before anybody asks whose it is; the row it will be, and its file, which
/// waits.
fn checked(
    ctx: &Ctx,
    shelf: &Shelf,
    brought: &Brought,
) -> Result<(Evidence, Option<Staged>), AppError> {
    let mut problems = Vec::new();
    let mut row = blank(ctx, brought);
    let mut fit = None;
    match text::line(brought.page, LONGEST_PAGE) {
        Ok(page) => row.page = page,
        Err(_) => problems.push(Problem::at("page", "problem-evidence-page")),
    }
    match &brought.proof {
        Proof::Link(link) => match WebLink::parse(link) {
            Ok(link) => {
                row.title = text::line(link.as_str(), 300).unwrap_or_else(|_| shortened(&link));
                row.link = Some(link.as_str().to_owned());
            }
            Err(_) => problems.push(Problem::at("link", "problem-link")),
        },
        Proof::File { name, bytes } => match shelf.look_through(name, bytes) {
            Ok(found) => fit = Some(found),
            Err(problem) => problems.push(problem),
        },
    }
    if let (Some(from), Some(to)) = (brought.effective_from, brought.effective_to)
        && to < from
    {
        problems.push(Problem::at("effective_to", "problem-days-order"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let Some(fit) = fit else {
        return Ok((row, None));
    };
    let staged = shelf.files.stage(&fit.bytes)?;
    row.size = Some(rule_size(&fit.bytes));
    row.title = fit.title;
    row.media_type = Some(fit.media_type.to_owned());
    row.sha256 = Some(staged.sha256.clone());
    Ok((row, Some(staged)))
}

fn shortened(link: &WebLink) -> String {
    link.as_str().chars().take(300).collect()
}

/// Whether this answer may have one piece more now, and whether this piece still proves anything.
fn require_room(ctx: &Ctx, conn: &mut Conn, case: &Case, row: &Evidence) -> Result<(), AppError> {
    let indicator = row.indicator_code.as_str();
    let found = case
        .framework
        .indicator(indicator)
        .ok_or(AppError::NotFound)?;
    if !answer::is_asked(found, &case.assessment.flags()) {
        return Err(AppError::NotFound);
    }
    require_changeable(ctx, conn, case, indicator)?;
    let invalid = |problem| Err(AppError::Invalid(vec![problem]));
    if !is_kind(case, &row.kind) {
        return invalid(Problem::at("kind", "problem-choose"));
    }
    let there = store::evidence::list(conn, &case.assessment)?;
    let own = there.iter().filter(|one| one.indicator_code == indicator);
    if own.count() >= MOST_EVIDENCE {
        return invalid(Problem::at("file", "problem-too-many-files"));
    }
    require_age(case, row)
}

/// Evidence of a kind that ages is turned away where it was over before the quarter began.
fn require_age(case: &Case, row: &Evidence) -> Result<(), AppError> {
    let Ok(quarter) = Quarter::parse(&case.period.code) else {
        return Ok(());
    };
    let advice = Advice::of(&case.framework);
    let ageing = advice.ages.iter().find(|one| one.kind == row.kind);
    let days = (row.effective_from, row.effective_to);
    let Some(ageing) = ageing.filter(|one| one.is_refused) else {
        return Ok(());
    };
    if !matches!(age(Some(ageing), days, quarter), Age::Past(_)) {
        return Ok(());
    }
    let problem = if row.effective_to.is_some() {
        Problem::at("effective_to", "problem-evidence-over")
    } else {
        Problem {
            field: "effective_from".to_owned(),
            key: "problem-evidence-old",
            arguments: vec![("months", ageing.months.to_string())],
        }
    };
    Err(AppError::Invalid(vec![problem]))
}

fn is_kind(case: &Case, kind: &str) -> bool {
    let kinds = case.framework.source.get("evidence_kinds");
    let mut kinds = kinds.map(|kinds| kinds.items()).unwrap_or_default().iter();
    kinds.any(|known| known.get("id").and_then(|id| id.as_text()) == Some(kind))
}

fn blank(ctx: &Ctx, brought: &Brought) -> Evidence {
    Evidence {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: String::new(),
        agency_id: String::new(),
        indicator_code: brought.indicator.to_owned(),
        kind: brought.kind.to_owned(),
        title: String::new(),
        link: None,
        sha256: None,
        media_type: None,
        size: None,
        effective_from: brought.effective_from,
        effective_to: brought.effective_to,
        objection_id: None,
        added_by: ctx.actor.user.clone(),
        added_at: ctx.now,
        removed_at: None,
        page: String::new(),
        reused_from: None,
    }
}

/// A file of evidence for somebody who may see it: their own agency's, or one that was handed in to them.
pub struct Kept {
    pub title: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Fetches a file of evidence. What is not for this person is not there.
pub fn file(
    ctx: &Ctx,
    files: &Files,
    period: &str,
    agency: &str,
    id: &str,
) -> Result<Kept, AppError> {
    let row = ctx.store.read(|conn| {
        let case = case(ctx, conn, period, agency)?;
        let is_own = ctx.actor.role.is_of_agency();
        let is_shown = ctx.actor.may(Act::SeeHandedIn) && case.assessment.is_handed_in();
        if !is_own && !is_shown {
            return Err(AppError::NotFound);
        }
        let row = store::evidence::find(conn, &case.assessment, id)?;
        row.ok_or(AppError::NotFound)
    })?;
    let sha256 = row.sha256.ok_or(AppError::NotFound)?;
    Ok(Kept {
        title: row.title,
        media_type: row.media_type.unwrap_or_default(),
        bytes: files.read(&sha256)?.ok_or(AppError::NotFound)?,
    })
}

/// Takes a piece of evidence away again; says of which indicator.
pub fn remove(ctx: &Ctx, period: &str, agency: &str, id: &str) -> Result<String, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let all = store::evidence::list(tx, &case.assessment)?;
        let row = all
            .into_iter()
            .find(|row| row.id == id)
            .ok_or(AppError::NotFound)?;
        require_changeable(ctx, tx, &case, &row.indicator_code)?;
        store::evidence::set_removed(tx, &case.assessment, id, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("evidence.removed", row.indicator_code.clone()),
        )?;
        Ok(row.indicator_code)
    })
}
