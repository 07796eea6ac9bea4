//! How far every agency of a quarter is: counts, never scores or answers (DOMAIN.md §5).

use std::collections::{HashMap, HashSet};

use super::{AppError, Ctx};
use crate::domain::access::{Act, Reach, Scope};
use crate::domain::answer::is_asked;
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::{self, Conn};

/// How far one agency is.
pub struct Progress {
    pub agency: Agency,
    pub assessment: Assessment,
    /// Indicators with any choice, of those that are asked.
    pub answered: i64,
    pub asked: i64,
    /// Claims with a verdict, of those that were handed in.
    pub judged: i64,
    pub claims: i64,
    /// Returned items that wait for the agency.
    pub open_queries: i64,
    /// The auditor, by id.
    pub auditor: Option<String>,
}

impl Progress {
    /// How much of the checklist is filled in; what was handed in is whole.
    pub fn percent(&self) -> i64 {
        if self.assessment.is_handed_in() || self.asked == 0 {
            return 100;
        }
        (self.answered * 100 / self.asked).min(100)
    }

    /// How much of what was handed in is verified.
    pub fn verified_percent(&self) -> i64 {
        if self.claims == 0 {
            return 0;
        }
        self.judged * 100 / self.claims
    }
}

/// All agencies of a quarter, by code; a fixed number of reads however many they are. Whoever may see progress
/// sees everybody's: an auditor too, beyond the own agencies.
pub fn of_period(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Vec<Progress>, AppError> {
    ctx.require(Act::SeeProgress)?;
    let province = ctx.province();
    let everybody = Scope {
        province: province.to_owned(),
        reach: Reach::All,
    };
    let framework = ctx.frameworks.of(conn, period)?;
    let mut agencies = HashMap::new();
    for agency in store::agency::list(conn, province)? {
        agencies.insert(agency.id.clone(), agency);
    }
    let answered = store::answer::count_of_period(conn, province, &period.id)?;
    let answered: HashMap<String, i64> = answered.into_iter().collect();
    let mut judged: HashSet<(String, String)> = HashSet::new();
    judged.extend(store::verdict::list_marks_of_period(
        conn, province, &period.id,
    )?);
    let mut claims: HashMap<String, (i64, i64)> = HashMap::new();
    for row in store::answer::list_of_period(conn, province, &period.id)? {
        let own = claims.entry(row.assessment_id.clone()).or_default();
        own.0 += 1;
        own.1 += i64::from(judged.contains(&(row.assessment_id, row.indicator_code)));
    }
    let mut open: HashMap<String, i64> = HashMap::new();
    let queries = store::query::list_of_period(conn, province, &period.id)?;
    for row in queries.into_iter().filter(store::query::Query::is_open) {
        *open.entry(row.assessment_id).or_default() += 1;
    }
    let duties = store::assignment::list_of_period(conn, province, &period.id)?;
    let duties = duties.into_iter().filter(|duty| duty.duty == "review");
    let mut auditors: HashMap<String, String> =
        duties.map(|duty| (duty.agency_id, duty.user_id)).collect();
    let mut all = Vec::new();
    for assessment in store::assessment::list(conn, &everybody, &period.id)? {
        let Some(agency) = agencies.remove(&assessment.agency_id) else {
            continue;
        };
        let flags = assessment.flags();
        let asked = framework
            .indicators
            .iter()
            .filter(|one| is_asked(one, &flags));
        let (claims, judged) = claims.get(&assessment.id).copied().unwrap_or_default();
        all.push(Progress {
            answered: answered.get(&assessment.id).copied().unwrap_or(0),
            asked: asked.count() as i64,
            judged,
            claims,
            open_queries: open.get(&assessment.id).copied().unwrap_or(0),
            auditor: auditors.remove(&agency.id),
            agency,
            assessment,
        });
    }
    all.sort_by(|a, b| a.agency.code.cmp(&b.agency.code));
    Ok(all)
}
