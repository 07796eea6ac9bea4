//! Facts that nobody can count: entered by the office with a document.

use std::collections::BTreeMap;

use super::verdict::refuse_final;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::framework::{FactType, Source};
use crate::domain::shape::MOST_COUNT;
use crate::store::fact::Fact;
use crate::store::{self, Conn, new_id};

/// Enters a fact that nobody can count, with its document.
pub fn enter(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    fact: &str,
    value: i64,
    document: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let document = super::measurement::document(document)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        check(&case, fact, value)?;
        if !ctx.is_first(tx, "fact.entered")? {
            return Ok(());
        }
        let row = Fact {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            fact: fact.to_owned(),
            value,
            document: document.clone(),
            source_hash: None,
            entered_by: Some(ctx.actor.user.clone()),
            entered_at: ctx.now,
        };
        store::fact::set(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("fact.entered", format!("{fact} {value}")),
        )
    })
}

/// The entered facts of an agency as they stand: counted, or typed with a document.
pub fn standing(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
) -> Result<BTreeMap<String, i64>, AppError> {
    let (period, agency) = (&case.period.id, &case.assessment.agency_id);
    let visits = store::visit::list(conn, &ctx.actor.scope, period, agency)?;
    let probes = store::visit::list_probes(conn, &ctx.actor.scope, period, agency)?;
    let mut facts = super::returns::counted(&visits, &probes);
    for row in store::fact::list(conn, &case.assessment)? {
        facts.insert(row.fact, row.value);
    }
    Ok(facts)
}

/// Facts that are counted from visits, calls and requests: nobody types them.
pub const COUNTED: [&str; 8] = [
    "unannounced_visits",
    "empty_desk_observations",
    "obstructed_visits",
    "test_requests_sent",
    "test_requests_answered",
    "desk_calls_made",
    "desk_calls_answered",
    "desk_exists",
];

/// Only facts that the framework lets be entered and nobody counts, within their limits.
fn check(case: &Case, fact: &str, value: i64) -> Result<(), AppError> {
    let place = case.framework.fact_places.get(fact);
    let known = place.map(|place| &case.framework.facts[*place]);
    let known = known.filter(|fact| matches!(fact.source, Source::Entered { .. }));
    let known = known.filter(|fact| !COUNTED.contains(&fact.id.as_str()));
    let known = known.ok_or(AppError::NotFound)?;
    let most = match known.kind {
        FactType::Bool => 1,
        FactType::Pct => 10_000,
        FactType::Int => MOST_COUNT,
    };
    if (0..=most).contains(&value) {
        return Ok(());
    }
    Err(AppError::Invalid(vec![Problem::at(
        "value",
        "problem-range",
    )]))
}
