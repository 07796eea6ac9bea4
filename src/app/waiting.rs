//! What still waits for people: read off the state of checklists, returned items and resolutions.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AppError, Case, Ctx};
use crate::domain::answer::is_asked;
use crate::domain::calendar::Holidays;
use crate::domain::period::State;
use crate::domain::resolution;
use crate::store::agency::Agency;
use crate::store::extension::Extension;
use crate::store::period::Period;
use crate::store::{self, Conn};

/// One thing that waits for somebody, as their letter names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// `answers`, `unsigned`, `late`, `returned`, `resolution` or `missing`.
    pub kind: String,
    pub due: NaiveDate,
    pub period: String,
    /// The indicator or the number of the resolution.
    pub what: String,
    /// Whose it is, in both languages.
    pub agency_fa: String,
    pub agency_en: String,
    pub count: i64,
}

/// An item, and how many working days are left until somebody is called for it.
#[derive(Clone)]
pub(super) struct Matter {
    pub item: Item,
    pub left: i32,
}

/// Everything that waits in a province.
#[derive(Default)]
pub(super) struct Waiting {
    pub of_agency: HashMap<String, Vec<Matter>>,
    pub of_office: Vec<Matter>,
}

/// Reads what waits in a province.
pub(super) struct Look<'a> {
    pub ctx: &'a Ctx,
    pub holidays: &'a Holidays,
}

impl Look<'_> {
    fn left(&self, due: NaiveDate) -> i32 {
        self.holidays
            .calendar()
            .working_days_between(self.ctx.today(), due)
    }

    /// All that waits today.
    pub fn waiting(&self, conn: &mut Conn) -> Result<Waiting, AppError> {
        let province = self.ctx.province();
        let agencies = store::agency::list(conn, province)?.into_iter();
        let agencies: HashMap<String, Agency> =
            agencies.map(|agency| (agency.id.clone(), agency)).collect();
        let mut waiting = Waiting::default();
        for period in store::period::list(conn, province)? {
            if period.is_imported {
                continue;
            }
            if period.state() == State::Open {
                self.drafts(conn, &period, &agencies, &mut waiting)?;
            }
            if (State::Open..State::Preliminary).contains(&period.state()) {
                self.returned(conn, &period, &agencies, &mut waiting)?;
            }
        }
        self.resolutions(conn, &agencies, &mut waiting)?;
        Ok(waiting)
    }

    fn add(&self, waiting: &mut Waiting, agency: &Agency, mut item: Item, due: NaiveDate) {
        (item.agency_fa, item.agency_en) = (agency.name_fa.clone(), agency.name_en.clone());
        let left = self.left(due);
        let own = waiting.of_agency.entry(agency.id.clone()).or_default();
        own.push(Matter { item, left });
    }

    /// Checklists that are not handed in, and for the office how many there are after the deadline.
    fn drafts(
        &self,
        conn: &mut Conn,
        period: &Period,
        agencies: &HashMap<String, Agency>,
        waiting: &mut Waiting,
    ) -> Result<(), AppError> {
        let ctx = self.ctx;
        let framework = ctx.frameworks.of(conn, period)?;
        let answered = store::answer::count_of_period(conn, ctx.province(), &period.id)?;
        let answered: HashMap<String, i64> = answered.into_iter().collect();
        let mut extensions: HashMap<String, Vec<Extension>> = HashMap::new();
        for one in store::extension::list_of_period(conn, ctx.province(), &period.id)? {
            let own = extensions.entry(one.assessment_id.clone()).or_default();
            own.push(one);
        }
        let mut missing = Vec::new();
        for row in store::assessment::list(conn, &ctx.actor.scope, &period.id)? {
            let Some(agency) = agencies.get(&row.agency_id) else {
                continue;
            };
            if row.is_handed_in() {
                continue;
            }
            let case = Case {
                period: period.clone(),
                framework: framework.clone(),
                extensions: extensions.remove(&row.id).unwrap_or_default(),
                assessment: row,
            };
            if ctx.is_over(case.deadline_on()) {
                missing.push(agency.code.as_str());
            }
            if ctx.is_over(case.last_hand_in_on()) {
                continue;
            }
            let answered = answered.get(&case.assessment.id).copied().unwrap_or(0);
            let item = draft(ctx, &case, answered);
            self.add(waiting, agency, item, case.deadline_on());
        }
        if !missing.is_empty() {
            let (codes, count) = (missing.join("، "), missing.len() as i64);
            let item = item("missing", period.deadline_on, &period.code, &codes, count);
            let left = self.left(period.deadline_on);
            waiting.of_office.push(Matter { item, left });
        }
        Ok(())
    }

    /// Returned items that the agency has not answered.
    fn returned(
        &self,
        conn: &mut Conn,
        period: &Period,
        agencies: &HashMap<String, Agency>,
        waiting: &mut Waiting,
    ) -> Result<(), AppError> {
        let queries = store::query::list_of_period(conn, self.ctx.province(), &period.id)?;
        for query in queries.into_iter().filter(store::query::Query::is_open) {
            let item = item(
                "returned",
                query.due_on,
                &period.code,
                &query.indicator_code,
                0,
            );
            if let Some(agency) = agencies.get(&query.agency_id) {
                self.add(waiting, agency, item, query.due_on);
            }
        }
        Ok(())
    }

    /// Resolutions that the agency has not reported as done.
    fn resolutions(
        &self,
        conn: &mut Conn,
        agencies: &HashMap<String, Agency>,
        waiting: &mut Waiting,
    ) -> Result<(), AppError> {
        for row in store::resolution::list(conn, &self.ctx.actor.scope)? {
            let is_open = row.state() == resolution::State::Open;
            if let (true, Some(agency)) = (is_open, agencies.get(&row.agency_id)) {
                let item = item("resolution", row.due_on, "", &row.number, 0);
                self.add(waiting, agency, item, row.due_on);
            }
        }
        Ok(())
    }
}

/// What is still to be done on a checklist, and until when.
fn draft(ctx: &Ctx, case: &Case, answered: i64) -> Item {
    let flags = case.assessment.flags();
    let asked = case.framework.indicators.iter();
    let asked = asked.filter(|one| is_asked(one, &flags)).count() as i64;
    let left = (asked - answered).max(0);
    let (kind, due) = match left {
        _ if ctx.is_over(case.deadline_on()) => ("late", case.last_hand_in_on()),
        0 => ("unsigned", case.deadline_on()),
        _ => ("answers", case.deadline_on()),
    };
    item(kind, due, &case.period.code, "", left)
}

fn item(kind: &str, due: NaiveDate, period: &str, what: &str, count: i64) -> Item {
    Item {
        kind: kind.to_owned(),
        due,
        period: period.to_owned(),
        what: what.to_owned(),
        agency_fa: String::new(),
        agency_en: String::new(),
        count,
    }
}
