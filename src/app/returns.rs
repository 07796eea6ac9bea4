//! From what is in the database to RETURNS: what the command would score, read once for a whole quarter.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::measurement::Lateness;
use super::{AppError, Ctx, verdict};

use crate::domain::access::{Act, Reach, Role, Scope};
use crate::domain::answer;
use crate::domain::calendar::{LocalOffset, Quarter};
use crate::domain::framework::{Framework, Source};
use crate::domain::json::Json;
use crate::domain::measurement::{self, LATENESS, TIMELY};
use crate::domain::resolution;
use crate::domain::returns::{self, AgencyReturn, Answer, Returns, Value};
use crate::domain::score;
use crate::store::answer::ClaimRow;
use crate::store::assessment::Assessment;
use crate::store::event::Happening;
use crate::store::fact::Fact;
use crate::store::period::Period;
use crate::store::resolution::Resolution;
use crate::store::score::ResultRow;
use crate::store::verdict::RulingRow;
use crate::store::visit::{Probe, Visit};
use crate::store::{self, Conn};

/// The returns of a period as they stand: claims of those who handed in, verdicts that count, counted facts.
pub fn of_period(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Returns, AppError> {
    let framework = ctx.frameworks.of(conn, period)?;
    let mut codes: HashMap<String, String> = HashMap::new();
    for agency in store::agency::list(conn, &period.province_id)? {
        codes.insert(agency.id, agency.code);
    }
    let mut sheets = Sheets::read(ctx, conn, period)?;
    let mut agencies = Vec::new();
    for assessment in store::assessment::list(conn, &all_of(period), &period.id)? {
        let code = codes.remove(&assessment.agency_id).unwrap_or_default();
        agencies.push(sheets.take(&framework, &assessment, code));
    }
    agencies.sort_by(|a, b| a.code.cmp(&b.code));
    let reference = Json::object([("ref", score::framework_json(&framework))]);
    Ok(Returns {
        note: None,
        framework_member: reference,
        framework,
        period: period.code.clone(),
        agencies,
    })
}

/// The returns of a period as a file, canonical; that they were taken is an event.
pub fn export(ctx: &Ctx, code: &str) -> Result<String, AppError> {
    if ctx.actor.role != Role::Administrator || ctx.actor.user != "system" {
        ctx.require(Act::Administer)?;
    }
    ctx.store.write(|tx| {
        let period = store::period::find_by_code(tx, ctx.province(), code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let text = of_period(ctx, tx, &period)?.to_json().canonical();
        let what = Happening {
            action: "returns.exported",
            subject: "period",
            subject_id: &period.id,
            agency: None,
            body: hex::encode(Sha256::digest(text.as_bytes())),
        };
        ctx.event(tx, &what)?;
        Ok(text)
    })
}

/// The returns of a stored result, as they were scored then.
pub fn stored(framework: &Arc<Framework>, row: &ResultRow) -> Option<Returns> {
    returns::read(row.returns.as_bytes(), std::slice::from_ref(framework)).ok()
}

/// In which counties each agency's desk was found empty, in the order of the visits.
pub fn counties_of_empty_desks(
    conn: &mut Conn,
    period: &Period,
) -> Result<HashMap<String, Vec<String>>, AppError> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for visit in store::visit::list_of_period(conn, &period.province_id, &period.id)? {
        let is_empty = visit.counts()
            && visit.is_unannounced
            && (visit.is_empty_desk() || visit.is_obstructed);
        let Some(county) = visit.county_code.filter(|_| is_empty) else {
            continue;
        };
        let own = found.entry(visit.agency_id).or_default();
        if !own.contains(&county) {
            own.push(county);
        }
    }
    Ok(found)
}

/// A quarter is scored whole, whoever asks for it.
fn all_of(period: &Period) -> Scope {
    Scope {
        province: period.province_id.clone(),
        reach: Reach::All,
    }
}

/// Rows of one kind by the assessment or the agency they belong to.
type By<T> = HashMap<String, Vec<T>>;

fn by<T>(rows: Vec<T>, key: impl Fn(&T) -> &str) -> By<T> {
    let mut found: By<T> = HashMap::new();
    for row in rows {
        match found.get_mut(key(&row)) {
            Some(own) => own.push(row),
            None => {
                found.insert(key(&row).to_owned(), vec![row]);
            }
        }
    }
    found
}

/// Everything of a quarter, each kind read once.
struct Sheets {
    lateness: Lateness,
    claims: By<ClaimRow>,
    verdicts: By<RulingRow>,
    findings: By<store::finding::Finding>,
    facts: By<Fact>,
    visits: By<Visit>,
    probes: By<Probe>,
    resolutions: By<Resolution>,
    quarter: Option<Quarter>,
    is_imported: bool,
    offset: LocalOffset,
}

impl Sheets {
    fn read(ctx: &Ctx, conn: &mut Conn, of: &Period) -> Result<Sheets, AppError> {
        let (province, period) = (of.province_id.as_str(), of.id.as_str());
        let claims = store::answer::list_of_period(conn, province, period)?;
        let verdicts = store::verdict::list_of_period(conn, province, period)?;
        let mut findings = store::finding::list_of_period(conn, province, period)?;
        findings.retain(|finding| finding.decision.as_deref() == Some("upheld"));
        let facts = store::fact::list_of_period(conn, province, period)?;
        let visits = store::visit::list_of_period(conn, province, period)?;
        let probes = store::visit::list_probes_of_period(conn, province, period)?;
        let resolutions = store::resolution::list(conn, &all_of(of))?;
        Ok(Sheets {
            lateness: Lateness::of(ctx, conn, of)?,
            claims: by(claims, |row| &row.assessment_id),
            verdicts: by(verdicts, |row| &row.assessment_id),
            findings: by(findings, |row| &row.assessment_id),
            facts: by(facts, |row| &row.assessment_id),
            visits: by(visits, |row| &row.agency_id),
            probes: by(probes, |row| &row.agency_id),
            resolutions: by(resolutions, |row| &row.agency_id),
            quarter: Quarter::parse(&of.code).ok(),
            is_imported: of.is_imported,
            offset: ctx.offset,
        })
    }

    fn take(&mut self, framework: &Framework, of: &Assessment, code: String) -> AgencyReturn {
        let claims = self.claims.remove(&of.id).unwrap_or_default();
        let verdicts = self.verdicts.remove(&of.id).unwrap_or_default();
        let findings = self.findings.remove(&of.id).unwrap_or_default();
        AgencyReturn {
            code,
            kind: of.kind.clone(),
            group: of.group_code.clone(),
            profile: of.flags(),
            is_ranked: of.is_ranked,
            is_submitted: of.is_handed_in(),
            facts: self.facts(framework, of),
            findings: findings.into_iter().map(|row| row.indicator_code).collect(),
            answers: self.with_counted(framework, of, answers(framework, claims, &verdicts)),
        }
    }

    /// Adds what the program counts: how late the agency handed in, and how many
    /// resolutions it carried out in time.
    fn with_counted(
        &self,
        framework: &Framework,
        of: &Assessment,
        mut answers: Vec<Answer>,
    ) -> Vec<Answer> {
        let late = self.lateness.days(of).map(|days| Value::Amount(days * 100));
        for (code, value) in [(LATENESS, late), (TIMELY, self.timely(of))] {
            let Some((indicator, value)) = framework.indicator(code).zip(value) else {
                continue;
            };
            // What a brought-in file says of its own quarter stands; else nobody types what can be counted.
            if self.is_imported && answers.iter().any(|one| one.indicator == code) {
                continue;
            }
            answers.retain(|one| one.indicator != code);
            let place = framework.indicator_places.get(code);
            let is_before = |one: &Answer| framework.indicator_places.get(&one.indicator) < place;
            let at = answers.iter().filter(|one| is_before(one)).count();
            let own = Answer {
                indicator: indicator.code.clone(),
                claim: None,
                verdict: Some(measurement::verdict(indicator, value, None)),
            };
            answers.insert(at, own);
        }
        answers
    }

    /// Resolutions that fell due in the quarter, and those done in time; nothing where none fell due.
    fn timely(&self, of: &Assessment) -> Option<Value> {
        let quarter = self.quarter?;
        let own = self.resolutions.get(&of.agency_id)?.iter();
        let own: Vec<_> = own
            .map(|one| {
                let reported = one.reported_at.map(|at| self.offset.day(at));
                (one.state(), one.due_on, reported)
            })
            .collect();
        let (num, den) = resolution::timely(&own, quarter.first_day(), quarter.last_day());
        (den > 0).then_some(Value::Ratio { num, den })
    }

    /// The entered facts of the rule: counted from visits, calls and requests; or totals with a document.
    fn facts(&mut self, framework: &Framework, of: &Assessment) -> BTreeMap<String, i64> {
        let visits = self.visits.remove(&of.agency_id).unwrap_or_default();
        let probes = self.probes.remove(&of.agency_id).unwrap_or_default();
        let mut facts = counted(&visits, &probes);
        for row in self.facts.remove(&of.id).unwrap_or_default() {
            facts.insert(row.fact, row.value);
        }
        facts.retain(|id, _| {
            let place = framework.fact_places.get(id);
            let source = place.map(|place| &framework.facts[*place].source);
            matches!(source, Some(Source::Entered { .. }))
        });
        facts
    }
}

/// What was seen and signed off, as totals. What was never seen is left to the default of the fact.
pub fn counted(visits: &[Visit], probes: &[Probe]) -> BTreeMap<String, i64> {
    let signed = || visits.iter().filter(|visit| visit.counts());
    let seen = |is_meant: &dyn Fn(&Visit) -> bool| {
        let unannounced = signed().filter(|visit| visit.is_unannounced);
        unannounced.filter(|visit| is_meant(visit)).count() as i64
    };
    let tried = |kind: &str, is_answered: bool| {
        let own = probes.iter().filter(|probe| probe.kind == kind);
        own.filter(|probe| !is_answered || probe.is_answered)
            .count() as i64
    };
    let totals = [
        ("unannounced_visits", seen(&|_| true)),
        ("empty_desk_observations", seen(&Visit::is_empty_desk)),
        ("obstructed_visits", seen(&|visit| visit.is_obstructed)),
        ("test_requests_sent", tried("request", false)),
        ("test_requests_answered", tried("request", true)),
        ("desk_calls_made", tried("call", false)),
        ("desk_calls_answered", tried("call", true)),
    ];
    let found = totals.into_iter().filter(|(_, total)| *total != 0);
    let mut facts: BTreeMap<String, i64> = found
        .map(|(fact, total)| (fact.to_owned(), total))
        .collect();
    if signed().any(|visit| !visit.desk_exists) {
        facts.insert("desk_exists".to_owned(), 0);
    }
    facts
}

/// Claims and the verdicts that may stand beside them, in framework order.
fn answers(framework: &Framework, claims: Vec<ClaimRow>, verdicts: &[RulingRow]) -> Vec<Answer> {
    let mut found: BTreeMap<usize, Answer> = BTreeMap::new();
    let blank = |place: usize| Answer {
        indicator: framework.indicators[place].code.clone(),
        claim: None,
        verdict: None,
    };
    for row in claims {
        let place = framework.indicator_places.get(&row.indicator_code);
        let claim = row.claim.as_deref().and_then(answer::kept);
        if let Some((place, claim)) = place.zip(claim) {
            let own = found.entry(*place).or_insert_with(|| blank(*place));
            own.claim = Some(claim);
        }
    }
    for row in verdicts {
        let Some(place) = framework.indicator_places.get(&row.indicator_code) else {
            continue;
        };
        let verdict = verdict::of_ruling(row);
        let claim = found.get(place).and_then(|answer| answer.claim);
        // A verdict on a claim that is void does not count; nor is it shown.
        let indicator = &framework.indicators[*place];
        let counts = verdict
            .as_ref()
            .is_some_and(|verdict| returns::check(indicator, claim, verdict).is_empty());
        if counts {
            let own = found.entry(*place).or_insert_with(|| blank(*place));
            own.verdict = verdict;
        }
    }
    found.into_values().collect()
}
