//! What the agencies do not report: central values, surveys and what the program counts, of all agencies at once.

use std::collections::HashMap;

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::measurement::Lateness;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::answer::applies;
use crate::domain::framework::{Framework, Indicator};
use crate::domain::measurement::{LATENESS, is_counted, is_entered, is_of_office};
use crate::domain::period::State;
use crate::domain::returns::{Value, Verdict};
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::verdict::RulingRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// One indicator and how many agencies have its value.
#[derive(Clone, Debug, Serialize)]
pub struct MeasurementColumn {
    pub code: String,
    pub title: String,
    /// Who it comes from.
    pub by: String,
    pub done: i64,
    pub all: i64,
    pub percent: i64,
    /// Where its list is entered; none where the program counts it.
    pub href: Option<String>,
}

/// One value of an agency.
#[derive(Clone, Debug, Serialize)]
pub struct MeasurementCell {
    pub code: String,
    pub title: String,
    pub value: Option<String>,
    pub answers: Option<i64>,
    /// Not in the agency's profile, or declared not applicable.
    pub is_outside: bool,
    pub is_counted: bool,
    pub href: Option<String>,
}

/// The values of one agency.
#[derive(Clone, Debug, Serialize)]
pub struct MeasurementRow {
    pub code: String,
    pub name: String,
    pub facts_href: String,
    pub cells: Vec<MeasurementCell>,
    pub is_missing: bool,
}

/// The page.
#[derive(Serialize)]
pub struct MeasurementsPage {
    pub period: String,
    pub title: String,
    pub back: String,
    pub done: i64,
    pub all: i64,
    pub columns: Vec<MeasurementColumn>,
    pub rows: Vec<MeasurementRow>,
    pub only_missing: bool,
    pub all_href: String,
    pub missing_href: String,
}

impl Page for MeasurementsPage {
    const TEMPLATE: &'static str = "measurement/index.html";
}

/// Shows what the office still has to bring.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let only_missing = input
        .query
        .get("show")
        .is_some_and(|show| show == "missing");
    let mut page = desk
        .ctx
        .store
        .read(|conn| page(desk, conn, input.part("period")))?;
    page.only_missing = only_missing;
    page.rows.retain(|row| !only_missing || row.is_missing);
    desk.page(&page)
}

/// Everything of a quarter that the page is made of, each kind read once.
struct Sheet<'d> {
    period: Period,
    texts: FrameworkText<'d>,
    verdicts: HashMap<(String, String), RulingRow>,
    lateness: Lateness,
    may_enter: bool,
}

fn page(desk: &Desk, conn: &mut Conn, code: &str) -> Result<MeasurementsPage, AppError> {
    let province = desk.ctx.province();
    let period = store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
    let framework = desk.ctx.frameworks.of(conn, &period)?;
    let mut verdicts = HashMap::new();
    for row in store::verdict::list_of_period(conn, province, &period.id)? {
        verdicts.insert((row.assessment_id.clone(), row.indicator_code.clone()), row);
    }
    let sheet = Sheet {
        texts: FrameworkText::of(&framework, desk.hall.language),
        verdicts,
        lateness: Lateness::of(&desk.ctx, conn, &period)?,
        may_enter: period.state() < State::Final,
        period,
    };
    let columns = columns(&framework);
    let mut agencies = HashMap::new();
    for agency in store::agency::list(conn, province)? {
        agencies.insert(agency.id.clone(), agency);
    }
    let mut rows = Vec::new();
    for assessment in store::assessment::list(conn, &desk.ctx.actor.scope, &sheet.period.id)? {
        if let Some(agency) = agencies.get(&assessment.agency_id) {
            rows.push(sheet.row(desk, &columns, agency, &assessment));
        }
    }
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let columns = sheet.columns(&columns, &rows);
    let entered = columns.iter().filter(|column| column.href.is_some());
    let (done, all) = entered.fold((0, 0), |sum, one| (sum.0 + one.done, sum.1 + one.all));
    let own = url::measurements(code);
    Ok(MeasurementsPage {
        period: code.to_owned(),
        title: super::period::title(desk, code),
        back: url::period(code),
        done,
        all,
        columns,
        rows,
        only_missing: false,
        missing_href: format!("{own}?show=missing"),
        all_href: own,
    })
}

fn columns(framework: &Framework) -> Vec<&Indicator> {
    let all = framework.indicators.iter();
    all.filter(|one| is_of_office(one) && !one.is_honesty_ratio)
        .collect()
}

impl Sheet<'_> {
    fn row(
        &self,
        desk: &Desk,
        columns: &[&Indicator],
        agency: &Agency,
        of: &Assessment,
    ) -> MeasurementRow {
        let cells: Vec<_> = columns
            .iter()
            .map(|indicator| self.cell(indicator, agency, of))
            .collect();
        let is_empty =
            |cell: &MeasurementCell| cell.value.is_none() && !cell.is_outside && !cell.is_counted;
        MeasurementRow {
            code: agency.code.clone(),
            name: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
            facts_href: url::facts(&self.period.code, &agency.code),
            is_missing: cells.iter().any(is_empty),
            cells,
        }
    }

    fn cell(&self, indicator: &Indicator, agency: &Agency, of: &Assessment) -> MeasurementCell {
        let key = (of.id.clone(), indicator.code.clone());
        let row = self.verdicts.get(&key);
        let verdict = row.and_then(app::verdict::of_ruling);
        let is_na = matches!(verdict, Some(Verdict::NotApplicable { .. }));
        let (value, answers) = match verdict {
            Some(Verdict::Measured { value, answers }) => (Some(value), answers),
            _ if indicator.code == LATENESS => (self.lateness(of), None),
            _ => (None, None),
        };
        let is_outside = is_na || !applies(indicator, &of.flags());
        MeasurementCell {
            code: indicator.code.clone(),
            title: self.texts.title(&indicator.code),
            value: value.map(|value| self.texts.value(indicator, value)),
            answers,
            is_outside,
            is_counted: is_counted(indicator),
            href: (self.may_enter && is_entered(indicator) && !is_outside)
                .then(|| url::measurement(&self.period.code, &agency.code, &indicator.code)),
        }
    }

    fn lateness(&self, of: &Assessment) -> Option<Value> {
        let days = self.lateness.days(of)?;
        Some(Value::Amount(days * 100))
    }

    /// How far each indicator is.
    fn columns(&self, of: &[&Indicator], rows: &[MeasurementRow]) -> Vec<MeasurementColumn> {
        let column = |(place, indicator): (usize, &&Indicator)| {
            let cells = rows.iter().filter_map(|row| row.cells.get(place));
            let asked = cells.filter(|cell| !cell.is_outside);
            let (mut done, mut all) = (0, 0);
            for cell in asked {
                all += 1;
                done += i64::from(cell.value.is_some());
            }
            MeasurementColumn {
                code: indicator.code.clone(),
                title: self.texts.title(&indicator.code),
                by: format!("office-by-{}", indicator.reported_by.as_str()),
                done,
                all,
                percent: if all == 0 { 100 } else { done * 100 / all },
                href: is_entered(indicator)
                    .then(|| url::measurement_list(&self.period.code, &indicator.code)),
            }
        };
        of.iter().enumerate().map(column).collect()
    }
}
