//! Bringing a whole quarter in from a RETURNS file, marked as imported: no visit, person or document is invented.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::{AppError, Case, Ctx, score, verdict};
use crate::domain::answer;
use crate::domain::calendar::{Quarter, RoundDates, RoundSettings};
use crate::domain::period::State;
use crate::domain::returns::{AgencyReturn, Returns};
use crate::store::answer::AnswerRow;
use crate::store::assessment::Assessment;
use crate::store::event::Happening;
use crate::store::fact::Fact;
use crate::store::finding::Finding;
use crate::store::period::Period;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Tx, new_id};

/// Brings a quarter in and computes its final result; returns the SHA-256 of the file.
pub fn quarter(
    ctx: &Ctx,
    bytes: &[u8],
    returns: &Returns,
    reason: &str,
) -> Result<String, AppError> {
    let quarter =
        Quarter::parse(&returns.period).map_err(|_| AppError::Refused("refused-period"))?;
    let hash = hex::encode(Sha256::digest(bytes));
    if returns.agencies.is_empty() {
        return Err(AppError::Refused("refused-no-agency"));
    }
    ctx.store.write(|tx| {
        if store::period::find_by_code(tx, ctx.province(), &returns.period)?.is_some() {
            return Err(AppError::Refused("refused-period-there"));
        }
        let period = period(ctx, tx, quarter, returns)?;
        let mut agencies = HashMap::new();
        for agency in store::agency::list(tx, ctx.province())? {
            agencies.insert(agency.code, agency.id);
        }
        for agency in &returns.agencies {
            let id = agencies
                .get(&agency.code)
                .ok_or(AppError::Refused("refused-unknown-agency"))?;
            one(ctx, tx, &period, returns, agency, id, &hash, reason)?;
        }
        ctx.event(
            tx,
            &Happening {
                action: "period.imported",
                subject: "period",
                subject_id: &period.id,
                agency: None,
                body: hash.clone(),
            },
        )?;
        score::compute(ctx, tx, &period, "final")?;
        Ok(hash.clone())
    })
}

fn period(ctx: &Ctx, tx: &mut Tx, quarter: Quarter, of: &Returns) -> Result<Period, AppError> {
    let holidays = super::period::holidays(ctx, tx)?;
    let dates = RoundDates::lay(quarter, &holidays, &RoundSettings::default());
    let (code, version) = (&of.framework.code, &of.framework.version);
    if store::framework::find(tx, ctx.province(), code, version)?.is_none() {
        return Err(AppError::Refused("refused-no-framework"));
    }
    // A file may carry its framework inside: under a published name it has to be the published one.
    let published = ctx.frameworks.find(tx, ctx.province(), code, version)?;
    if published.source.canonical() != of.framework.source.canonical() {
        return Err(AppError::Refused("refused-other-framework"));
    }
    let row = Period {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        code: of.period.clone(),
        framework_code: code.clone(),
        framework_version: version.clone(),
        state: State::Final.as_str().to_owned(),
        profiles_frozen_on: dates.profiles_frozen,
        opens_on: dates.opens,
        deadline_on: dates.shown_deadline,
        last_new_on: dates.last_new_answer,
        last_edit_on: dates.last_edit,
        preliminary_on: dates.preliminary,
        objections_end_on: dates.objections_to,
        re_review_end_on: dates.re_review_to,
        committee_end_on: dates.committee_to,
        final_on: dates.final_result,
        is_imported: true,
        version: 1,
        created_at: ctx.now,
    };
    store::period::add(tx, &row)?;
    Ok(row)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one place, and every argument is a thing of its own"
)]
fn one(
    ctx: &Ctx,
    tx: &mut Tx,
    period: &Period,
    returns: &Returns,
    agency: &AgencyReturn,
    agency_id: &str,
    hash: &str,
    reason: &str,
) -> Result<(), AppError> {
    let assessment = assessment(period, agency, agency_id, hash);
    store::assessment::add(tx, &assessment)?;
    let framework = returns.framework.clone();
    let case = Case {
        period: period.clone(),
        assessment,
        framework,
        extensions: Vec::new(),
    };
    for answer in &agency.answers {
        if let Some(claim) = answer.claim {
            store::answer::add(
                tx,
                &claim_row(ctx, &case, &answer.indicator, answer::keep(claim)),
            )?;
        }
        if let Some(given) = &answer.verdict {
            let row = verdict::row_of(
                &case,
                &answer.indicator,
                "imported",
                given,
                ["", reason, "", ""],
            );
            store::verdict::add(
                tx,
                &VerdictRow {
                    given_at: ctx.now,
                    ..row
                },
            )?;
        }
    }
    for (fact, value) in &agency.facts {
        store::fact::set(tx, &fact_row(ctx, &case, fact, *value, hash, reason))?;
    }
    findings(ctx, tx, &case, agency, reason)
}

/// What the committee found false, each indicator once.
fn findings(
    ctx: &Ctx,
    tx: &mut Tx,
    case: &Case,
    agency: &AgencyReturn,
    reason: &str,
) -> Result<(), AppError> {
    let different: BTreeSet<&String> = agency.findings.iter().collect();
    for indicator in different {
        store::finding::add(
            tx,
            &Finding {
                province_id: ctx.province().to_owned(),
                id: new_id(),
                assessment_id: case.assessment.id.clone(),
                indicator_code: indicator.clone(),
                reason: reason.to_owned(),
                proposed_by: None,
                proposed_at: ctx.now,
                decision: Some("upheld".to_owned()),
                decided_by: None,
                decided_at: Some(ctx.now),
            },
        )?;
    }
    Ok(())
}

fn assessment(period: &Period, agency: &AgencyReturn, agency_id: &str, hash: &str) -> Assessment {
    Assessment {
        province_id: period.province_id.clone(),
        id: new_id(),
        period_id: period.id.clone(),
        agency_id: agency_id.to_owned(),
        kind: agency.kind.clone(),
        group_code: agency.group.clone(),
        profile: agency.profile.join(" "),
        is_ranked: agency.is_ranked,
        state: if agency.is_submitted {
            "handed_in"
        } else {
            "draft"
        }
        .to_owned(),
        signed_by: None,
        signer_name: None,
        pledge: None,
        letter_number: None,
        letter_date: None,
        tracking_code: None,
        handed_in_at: None,
        is_late: false,
        source_hash: Some(hash.to_owned()),
        version: 1,
    }
}

fn claim_row(ctx: &Ctx, case: &Case, indicator: &str, claim: String) -> AnswerRow {
    AnswerRow {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.to_owned(),
        choice: "value".to_owned(),
        claim: Some(claim),
        na_reason: None,
        note: String::new(),
        saved_by: None,
        saved_at: ctx.now,
        version: 1,
        carried: 0,
    }
}

fn fact_row(ctx: &Ctx, case: &Case, fact: &str, value: i64, hash: &str, reason: &str) -> Fact {
    Fact {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        fact: fact.to_owned(),
        value,
        document: reason.to_owned(),
        source_hash: Some(hash.to_owned()),
        entered_by: None,
        entered_at: ctx.now,
    }
}
