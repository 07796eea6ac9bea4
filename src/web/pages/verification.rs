//! One indicator before the auditor: claim, evidence and observations, and the verdict.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use serde::Serialize;

use super::case::{File, file};
use super::evidence::ProofLine;
use super::framework_text::FrameworkText;
use super::last_time::{LastTime, before};
use super::verdict_form::{self, VerdictForm};
use super::verification_parts::{
    ClaimView, IndicatorView, NaView, Names, QueryView, SeenLine, VerdictView, claim_view,
    evidence, history, na_request, queries, seen,
};
use super::{form_key, problems};
use crate::app::verdict::Judgement;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::framework::Indicator;
use crate::domain::number;
use crate::domain::period::State;
use crate::domain::verification::Standing;
use crate::store;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One indicator.
#[derive(Serialize)]
pub struct VerificationPage {
    pub action: String,
    pub key: String,
    /// The number of the verdict that is shown.
    pub seen: i64,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub indicator: IndicatorView,
    pub claim: ClaimView,
    pub evidence: Vec<ProofLine>,
    pub last: Option<LastTime>,
    pub visits: Vec<SeenLine>,
    pub visits_href: String,
    pub verdicts: Vec<VerdictView>,
    pub may_judge: bool,
    /// The word key of why not now.
    pub refusal: Option<String>,
    /// After the preliminary result: until when the agency could object to a verdict given today.
    pub late_until: Option<NaiveDate>,
    pub form: VerdictForm,
    pub queries: Vec<QueryView>,
    pub may_ask: bool,
    pub query_action: String,
    pub question: String,
    pub days: String,
    pub request: Option<NaView>,
    pub may_ask_na: bool,
    pub na_action: String,
    pub na_reason: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// What somebody else gave meanwhile.
    pub theirs: Option<String>,
    pub problems: Vec<Problem>,
}

impl Page for VerificationPage {
    const TEMPLATE: &'static str = "verification/edit.html";
}

/// What the page is made of.
struct Found {
    file: File,
    last: Option<LastTime>,
    visits: Vec<store::visit::Visit>,
    names: Names,
    /// Whether a verdict may be given now, or the key of why not.
    may: Result<bool, &'static str>,
    late_until: Option<NaiveDate>,
}

impl Found {
    fn read(desk: &Desk, input: &Input) -> Result<Found, AppError> {
        let (ctx, code) = (&desk.ctx, input.part("indicator"));
        ctx.store.read(|conn| {
            let file = file(desk, conn, input)?;
            let one = file.applying().into_iter().find(|one| one.code == code);
            let one = one.ok_or(AppError::NotFound)?.clone();
            let before = before(desk, conn, &file.case)?;
            let last = before.and_then(|before| before.of(desk, code));
            let (period, agency) = (&file.case.period.id, &file.agency.id);
            let visits = store::visit::list(conn, &ctx.actor.scope, period, agency)?;
            let users = store::user::list(conn, ctx.province())?;
            let may = match app::verdict::require_may(ctx, conn, &file.case, &one) {
                // Central and survey values have a page of their own.
                _ if !ctx.actor.may(Act::Judge) => Ok(false),
                Ok(()) => Ok(file.standing(&one) != Standing::Unclaimed && !one.is_honesty_ratio),
                Err(AppError::Forbidden) => Ok(false),
                Err(AppError::Refused(key)) => Err(key),
                Err(error) => return Err(error),
            };
            let of = &file.case.period;
            let late_until = match of.state() >= State::Preliminary && may == Ok(true) {
                true => Some(app::period::late_window(ctx, conn, of)?),
                false => None,
            };
            Ok(Found {
                late_until,
                names: users.into_iter().map(|user| (user.id, user.name)).collect(),
                file,
                last,
                visits,
                may,
            })
        })
    }

    fn indicator(&self, code: &str) -> Result<&Indicator, AppError> {
        let found = self.file.case.framework.indicator(code);
        found.ok_or(AppError::NotFound)
    }

    /// Whether items may be sent back or declared not applicable now.
    fn may_ask(&self, desk: &Desk) -> bool {
        let is_time = self.file.case.period.state() < State::Preliminary;
        desk.ctx.actor.may(Act::Judge) && is_time && self.may.is_ok()
    }
}

fn page(desk: &Desk, found: &Found, code: &str) -> Result<VerificationPage, AppError> {
    let (file, one) = (&found.file, found.indicator(code)?);
    let texts = FrameworkText::of(&file.case.framework, desk.hall.language);
    let (period, agency) = (&file.case.period.code, &file.agency.code);
    let claim = file.shown_claim(code);
    let all = file.applying();
    let place = all.iter().position(|other| other.code == code);
    let place = place.ok_or(AppError::NotFound)?;
    let at = |place: usize| all.get(place).map(|one| file.address(&one.code));
    let form = VerdictForm::of(texts, desk.hall.language, one, claim);
    let current = file.verdict(code);
    let actor = &desk.ctx.actor;
    let (may_judge, may_ask) = (found.may == Ok(true), found.may_ask(desk));
    let is_asked = claim.is_some() || file.answer(code).is_some();
    let request = na_request(file, code);
    Ok(VerificationPage {
        action: file.address(code),
        key: form_key(),
        seen: current.map_or(0, |row| row.number),
        back: url::case(period, agency),
        period: super::period::title(desk, period),
        agency: desk
            .choose(&file.agency.name_fa, &file.agency.name_en)
            .to_owned(),
        indicator: IndicatorView::of(texts, one, place, all.len()),
        claim: claim_view(texts, file, one),
        evidence: evidence(texts, file, code),
        last: found.last.clone(),
        visits: seen(&found.visits),
        visits_href: url::visits(period, agency),
        verdicts: history(
            texts,
            file,
            one,
            &found.names,
            actor.may(Act::Judge) || actor.may(Act::Decide),
        ),
        may_judge,
        late_until: found.late_until,
        refusal: found.may.err().map(str::to_owned),
        form: match current {
            Some(row) => form.with(texts, row),
            None => form,
        },
        queries: queries(file, code, &found.names, actor.may(Act::Judge)),
        may_ask: may_ask && is_asked && file.case.assessment.is_handed_in(),
        query_action: url::query(period, agency, code),
        question: String::new(),
        days: texts.whole(3),
        may_ask_na: may_ask && one.is_na_allowed && request.is_none(),
        request,
        na_action: url::na_request(period, agency, code),
        na_reason: String::new(),
        previous: place.checked_sub(1).and_then(at),
        next: at(place + 1),
        theirs: None,
        problems: Vec::new(),
    })
}

/// Shows one indicator.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::read(desk, input)?;
    desk.page(&page(desk, &found, input.part("indicator"))?)
}

/// Gives a verdict and goes on to the next indicator that waits for one.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Judge)?;
    let found = Found::read(desk, input)?;
    let code = input.part("indicator");
    let one = found.indicator(code)?;
    let given = verdict_form::read(one, input).and_then(|verdict| {
        let of = Judgement {
            indicator: code,
            seen: input.field("seen").parse().ok(),
            verdict,
            reason_code: input.field("reason_code"),
            reason: input.field("reason"),
            recommendation: input.field("recommendation"),
            internal_note: input.field("internal_note"),
        };
        app::verdict::give(&desk.ctx, input.part("period"), input.part("agency"), &of)
    });
    match given {
        Ok(()) => Ok(match found.file.next_open(code) {
            Some(next) => Reply::see_other(&found.file.address(&next.code), Some("auditor-saved")),
            None => Reply::see_other(
                &url::case(&found.file.case.period.code, &found.file.agency.code),
                Some("auditor-saved-last"),
            ),
        }),
        Err(AppError::Conflict) => {
            // Read anew: this is what the other one gave.
            let found = Found::read(desk, input)?;
            let mut page = page(desk, &found, code)?;
            page.theirs = page.verdicts.first().map(|one| one.words.clone());
            page.form.keep(input);
            html(&page, &desk.shell(), StatusCode::CONFLICT)
        }
        Err(error) => again(desk, &found, code, error, |page| page.form.keep(input)),
    }
}

/// The page again with what was typed and what is wrong with it.
fn again(
    desk: &Desk,
    found: &Found,
    code: &str,
    error: AppError,
    keep: impl FnOnce(&mut VerificationPage),
) -> WebResult {
    let AppError::Invalid(faults) = error else {
        return Err(error.into());
    };
    let mut page = page(desk, found, code)?;
    keep(&mut page);
    page.problems = problems(&faults);
    desk.again(&page)
}

/// Sends the item back to the agency.
pub fn ask(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::read(desk, input)?;
    let code = input.part("indicator");
    let (question, days) = (input.field("question"), input.field("days"));
    let sent = app::query::send_back(
        &desk.ctx,
        input.part("period"),
        input.part("agency"),
        code,
        question,
        number::parse_whole(days).ok(),
    );
    match sent {
        Ok(()) => Ok(Reply::see_other(
            &found.file.address(code),
            Some("auditor-sent-back"),
        )),
        Err(error) => again(desk, &found, code, error, |page| {
            page.question = question.to_owned();
            page.days = days.to_owned();
        }),
    }
}

/// Closes a returned item.
pub fn close(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let code = input.part("indicator");
    app::query::close(&desk.ctx, period, agency, code, input.part("id"))?;
    Ok(Reply::see_other(
        &url::verification(period, agency, code),
        Some("auditor-query-is-closed"),
    ))
}

/// Asks the planning office to declare it not applicable.
pub fn ask_na(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::read(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let (code, reason) = (input.part("indicator"), input.field("na_reason"));
    match app::na_request::ask(&desk.ctx, period, agency, code, reason) {
        Ok(()) => Ok(Reply::see_other(
            &found.file.address(code),
            Some("auditor-na-sent"),
        )),
        Err(error) => again(desk, &found, code, error, |page| {
            page.na_reason = reason.to_owned();
        }),
    }
}
