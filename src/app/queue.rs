//! The auditor's queue: which agencies are theirs, how far each is, what comes next. As many reads for one agency as for all.

use std::collections::{HashMap, HashSet};

use super::{AppError, Ctx};
use crate::domain::access::Act;
use crate::domain::framework::Framework;
use crate::domain::verification::{Standing, standing, verified};
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::assignment::Assignment;
use crate::store::period::Period;
use crate::store::query::Query;
use crate::store::{self, Conn};

/// Who answers for an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auditor {
    pub login: String,
    pub name: String,
}

/// One agency in the queue.
#[derive(Clone, Debug)]
pub struct Line {
    pub assessment: Assessment,
    pub agency: Agency,
    pub auditor: Option<Auditor>,
    /// How many indicators there are to judge, and how many have a verdict.
    pub all: i64,
    pub judged: i64,
    /// Returned items that wait for the agency, and those that wait for the auditor.
    pub asked: i64,
    pub answered: i64,
    /// The indicator to go on with.
    pub next: Option<String>,
}

impl Line {
    /// What waits longest comes first: an answer of the agency, then work begun, then new work.
    fn order(&self) -> (u8, String) {
        let place = match () {
            () if self.answered > 0 => 0,
            () if !self.assessment.is_handed_in() => 4,
            () if self.next.is_none() => 3,
            () if self.judged > 0 => 1,
            () => 2,
        };
        (place, self.agency.code.clone())
    }
}

/// The queue of a period for whoever asks: an auditor's own agencies, all for the lead auditor.
pub fn list(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Vec<Line>, AppError> {
    ctx.require(Act::Judge)?;
    let province = ctx.province();
    let framework = ctx.frameworks.of(conn, period)?;
    let mut agencies: HashMap<String, Agency> = HashMap::new();
    for agency in store::agency::list(conn, province)? {
        agencies.insert(agency.id.clone(), agency);
    }
    let duties = store::assignment::list_of_period(conn, province, &period.id)?;
    let auditors = auditors(ctx, conn, &duties)?;
    let marks = Marks::read(conn, period)?;
    let mut lines = Vec::new();
    for assessment in store::assessment::list(conn, &ctx.actor.scope, &period.id)? {
        let Some(agency) = agencies.remove(&assessment.agency_id) else {
            continue;
        };
        let auditor = auditors.get(&agency.id).cloned();
        lines.push(marks.line(&framework, assessment, agency, auditor));
    }
    lines.sort_by_cached_key(Line::order);
    Ok(lines)
}

/// Who reviews each agency.
fn auditors(
    ctx: &Ctx,
    conn: &mut Conn,
    duties: &[Assignment],
) -> Result<HashMap<String, Auditor>, AppError> {
    let users = store::user::list(conn, ctx.province())?;
    let known: HashMap<&str, Auditor> = users
        .iter()
        .map(|user| {
            let (login, name) = (user.login.clone(), user.name.clone());
            (user.id.as_str(), Auditor { login, name })
        })
        .collect();
    let reviews = duties.iter().filter(|duty| duty.duty == "review");
    Ok(reviews
        .filter_map(|duty| {
            let auditor = known.get(duty.user_id.as_str())?.clone();
            Some((duty.agency_id.clone(), auditor))
        })
        .collect())
}

/// What was said and asked in a period, each kind read once.
struct Marks {
    claims: HashSet<(String, String)>,
    verdicts: HashSet<(String, String)>,
    queries: Vec<Query>,
}

impl Marks {
    fn read(conn: &mut Conn, of: &Period) -> Result<Marks, AppError> {
        let (province, period) = (of.province_id.as_str(), of.id.as_str());
        let claims = store::answer::list_of_period(conn, province, period)?;
        let verdicts = store::verdict::list_marks_of_period(conn, province, period)?;
        Ok(Marks {
            claims: claims
                .into_iter()
                .map(|row| (row.assessment_id, row.indicator_code))
                .collect(),
            verdicts: verdicts.into_iter().collect(),
            queries: store::query::list_of_period(conn, province, period)?,
        })
    }

    fn line(
        &self,
        framework: &Framework,
        assessment: Assessment,
        agency: Agency,
        auditor: Option<Auditor>,
    ) -> Line {
        let profile = assessment.flags();
        let is_handed_in = assessment.is_handed_in();
        let (mut all, mut judged, mut next) = (0, 0, None);
        for indicator in verified(&framework.indicators, &profile) {
            let key = (assessment.id.clone(), indicator.code.clone());
            let (has_claim, is_judged) = (self.claims.contains(&key), self.verdicts.contains(&key));
            let standing = standing(indicator, is_handed_in, has_claim, is_judged);
            all += i64::from(standing.is_work());
            judged += i64::from(standing == Standing::Judged);
            if standing == Standing::Open && next.is_none() {
                next = Some(key.1);
            }
        }
        let own = self
            .queries
            .iter()
            .filter(|query| query.assessment_id == assessment.id);
        let answered: Vec<&Query> = own.clone().filter(|query| query.is_answered()).collect();
        Line {
            asked: own.filter(|query| query.is_open()).count() as i64,
            answered: answered.len() as i64,
            next: answered
                .first()
                .map(|query| query.indicator_code.clone())
                .or(next),
            all,
            judged,
            assessment,
            agency,
            auditor,
        }
    }
}

/// Working days left until the preliminary result; none when it is past.
pub fn days_left(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<i64, AppError> {
    let holidays = super::period::holidays(ctx, conn)?;
    let days = holidays.calendar();
    let left = days.working_days_between(ctx.today(), period.preliminary_on);
    Ok(i64::from(left.max(0)))
}
