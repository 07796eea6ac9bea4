//! The sheet of a planned visit on a phone: filled in with or without a line, with or without scripts; and what became
//! of the sheets that came.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::form_key;
use super::framework_text::FrameworkText;
use super::visit::choose;
use crate::app::plan::{self, Errand};
use crate::app::visit::EXCUSES;
use crate::app::{AppError, sheet, sheet_photo, verdict};
use crate::domain::calendar::JalaliDate;
use crate::domain::sheet::{EQUIPMENT, Fields, HOST, VERSION, behind};
use crate::store::sheet::SheetRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::url;
use crate::web::words::{Phrase, text};

/// One indicator that the visit looks at.
#[derive(Clone, Debug, Serialize)]
pub struct CountLine {
    pub field: String,
    pub code: String,
    pub title: String,
    pub typed: String,
    /// What the agency claims; told only once the count has come.
    pub claim: Option<String>,
}

/// A sheet that has come.
#[derive(Clone, Debug, Serialize)]
pub struct SheetLine {
    pub by: String,
    pub at: NaiveDateTime,
    pub is_recorded: bool,
    /// Why it was not recorded, as a word key; empty where it was.
    pub reason: String,
    /// By how much the phone's clock differed, in words.
    pub clock: Option<Phrase>,
    pub phone_clock: Option<NaiveDateTime>,
    /// What it says, line by line: a word key and a text.
    pub said: Vec<(String, String)>,
    pub photos: Vec<String>,
    /// How many it names that have not arrived.
    pub missing: i64,
    /// Where its sender adds a photograph by the page.
    pub adds_to: Option<String>,
}

/// The sheet of one planned visit.
#[derive(Serialize)]
pub struct SheetPage {
    pub action: String,
    pub back: String,
    /// The id of a sheet begun on this page.
    pub id: String,
    pub owner: String,
    pub version: i32,
    pub offset: i32,
    pub plan: String,
    pub agency: String,
    pub place: String,
    pub planned_on: NaiveDate,
    pub is_unannounced: bool,
    pub partner: String,
    pub is_recorded: bool,
    /// One of the two who go.
    pub goes: bool,
    /// Nothing was recorded yet.
    pub may_fill: bool,
    pub sheets: Vec<SheetLine>,
    pub counts: Vec<CountLine>,
    pub is_handed_in: bool,
    pub equipment: Vec<Tile>,
    pub hosts: Vec<Choose>,
    pub excuses: Vec<Choose>,
    pub form: SheetForm,
    pub problems: Vec<Problem>,
}

/// Something a desk may have.
#[derive(Clone, Debug, Serialize)]
pub struct Tile {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// What was typed.
#[derive(Clone, Debug, Serialize)]
pub struct SheetForm {
    pub first_answered: String,
    pub first_time: String,
    pub second_answered: String,
    pub second_time: String,
    pub waiting: String,
    pub wait_minutes: String,
    pub minutes: String,
    /// Something out of the ordinary was ticked.
    pub is_special: bool,
    pub is_desk_missing: bool,
    pub is_obstructed: bool,
    pub excuse: String,
    pub visited_on: String,
    pub host: String,
    pub host_name: String,
    pub host_remarks: String,
    pub is_confirmed: bool,
}

impl SheetForm {
    fn of(typed: &Fields, today: NaiveDate) -> SheetForm {
        let own = |name: &str| typed.get(name).cloned().unwrap_or_default();
        let is_ticked = |name: &str| own(name) == "yes";
        let day = Some(own("visited_on")).filter(|day| !day.is_empty());
        SheetForm {
            first_answered: own("first_answered"),
            first_time: own("first_time"),
            second_answered: own("second_answered"),
            second_time: own("second_time"),
            waiting: own("waiting"),
            wait_minutes: own("wait_minutes"),
            minutes: own("minutes"),
            is_desk_missing: is_ticked("is_desk_missing"),
            is_obstructed: is_ticked("is_obstructed"),
            is_special: is_ticked("is_desk_missing")
                || is_ticked("is_obstructed")
                || !own("excuse").is_empty(),
            excuse: own("excuse"),
            visited_on: day.unwrap_or_else(|| JalaliDate::of(today).slash_fa()),
            host: own("host"),
            host_name: own("host_name"),
            host_remarks: own("host_remarks"),
            is_confirmed: is_ticked("is_confirmed"),
        }
    }
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "visit/sheet.html";
}

/// The page of a planned visit with what was typed.
pub fn page(
    desk: &Desk,
    conn: &mut Conn,
    errand: &Errand,
    typed: &Fields,
) -> Result<SheetPage, AppError> {
    let (ctx, plan) = (&desk.ctx, &errand.plan);
    let agency = store::agency::find(conn, ctx.province(), &plan.agency_id)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let users = store::user::list(conn, ctx.province())?;
    let name = |id: &str| {
        let mut all = users.iter();
        all.find(|user| user.id == id)
            .map_or(String::new(), |user| user.name.clone())
    };
    let sheets = errand.sheets.iter();
    let tiles = choose(desk, "visit-has", &EQUIPMENT).into_iter();
    Ok(SheetPage {
        action: url::sheet(&plan.id),
        back: url::FIELD.to_owned(),
        id: form_key(),
        owner: ctx.actor.user.clone(),
        version: VERSION,
        offset: ctx.offset.as_minutes(),
        agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        place: place(desk, conn, errand)?,
        planned_on: plan.planned_on,
        is_unannounced: plan.is_unannounced,
        partner: name(plan.partner_of(&ctx.actor.user)),
        is_recorded: errand.recorded().is_some(),
        goes: plan.goes(&ctx.actor.user),
        may_fill: errand.recorded().is_none(),
        sheets: sheets
            .map(|row| line(desk, conn, row, name(&row.sent_by)))
            .collect::<Result<_, _>>()?,
        counts: counts(desk, conn, errand, typed)?,
        is_handed_in: errand.case.assessment.is_handed_in(),
        equipment: tiles
            .map(|one| Tile {
                is_chosen: typed.contains_key(&format!("has_{}", one.value)),
                value: one.value,
                label: one.label,
            })
            .collect(),
        hosts: choose(desk, "visit-host", &HOST),
        excuses: choose(desk, "auditor-excuse", &EXCUSES),
        problems: Vec::new(),
        form: SheetForm::of(typed, ctx.today()),
        plan: plan.id.clone(),
    })
}

/// The county and the desk, as far as they are named.
fn place(desk: &Desk, conn: &mut Conn, errand: &Errand) -> Result<String, AppError> {
    let counties = store::province::list_counties(conn, desk.ctx.province())?;
    let own = errand.plan.county_code.as_ref();
    let county = counties.iter().find(|one| Some(&one.code) == own);
    let county = county.map(|one| desk.choose(&one.name_fa, &one.name_en).to_owned());
    let parts = county.into_iter().chain([errand.plan.place.clone()]);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    Ok(parts.join(&text(desk.hall.language, "shell-comma")))
}

/// The indicators to count; what is claimed is uncovered once a sheet was recorded.
fn counts(
    desk: &Desk,
    conn: &mut Conn,
    errand: &Errand,
    typed: &Fields,
) -> Result<Vec<CountLine>, AppError> {
    let framework = &errand.case.framework;
    let texts = FrameworkText::of(framework, desk.hall.language);
    let sent = errand.recorded().map(sheet::fields);
    let typed = sent.as_ref().unwrap_or(typed);
    let mut lines = Vec::new();
    for code in errand.plan.codes() {
        let mut all = framework.indicators.iter();
        let Some(indicator) = all.find(|one| one.code == code) else {
            continue;
        };
        let field = format!("count_{code}");
        let claim = match sent {
            Some(_) => verdict::claim(conn, &errand.case, code)?,
            None => None,
        };
        lines.push(CountLine {
            typed: typed.get(&field).cloned().unwrap_or_default(),
            title: texts.title(code),
            code: code.to_owned(),
            claim: claim.map(|claim| texts.value(indicator, claim)),
            field,
        });
    }
    Ok(lines)
}

fn line(desk: &Desk, conn: &mut Conn, row: &SheetRow, by: String) -> Result<SheetLine, AppError> {
    let photos = store::sheet::list_photos(conn, desk.ctx.province(), &row.id)?;
    let listed = sheet_photo::listed(row);
    let is_own = row.sent_by == desk.ctx.actor.user && listed.is_none();
    let came = |hash: &String| photos.iter().any(|photo| photo.sent_sha256 == *hash);
    let missing = listed.iter().flatten().filter(|hash| !came(hash)).count();
    Ok(SheetLine {
        by,
        at: row.received_at,
        is_recorded: row.visit_id.is_some(),
        reason: row.reason.clone(),
        clock: clock(row),
        phone_clock: row.phone_clock,
        said: said(desk, row),
        photos: photos.iter().map(|photo| url::photo(&photo.id)).collect(),
        missing: missing as i64,
        adds_to: is_own.then(|| row.id.clone()),
    })
}

/// What a sheet says, line by line.
fn said(desk: &Desk, row: &SheetRow) -> Vec<(String, String)> {
    let fields = sheet::fields(row);
    let said = |name: &str, key: &str| {
        let value = fields.get(name).map(|value| value.trim().to_owned());
        let value = value.filter(|value| !value.is_empty())?;
        Some((key.to_owned(), value))
    };
    let yes_no = |name: &str, key: &str| {
        let answer = if fields.get(name)? == "yes" {
            "yes"
        } else {
            "no"
        };
        let said = text(desk.hall.language, &format!("auditor-look-{answer}"));
        Some((key.to_owned(), said.into_owned()))
    };
    let has = EQUIPMENT
        .iter()
        .filter(|one| fields.contains_key(&format!("has_{one}")));
    let has: Vec<_> = has
        .map(|one| text(desk.hall.language, &format!("visit-has-{one}")))
        .collect();
    let equipment = (!has.is_empty()).then(|| {
        let comma = text(desk.hall.language, "shell-comma");
        ("visit-equipment".to_owned(), has.join(&format!("{comma} ")))
    });
    let lines = [
        yes_no("first_answered", "visit-first"),
        yes_no("second_answered", "visit-second"),
        equipment,
        said("waiting", "visit-waiting"),
        said("wait_minutes", "visit-wait-minutes"),
        said("minutes", "visit-minutes"),
        said("host_name", "visit-host-name"),
        said("host_remarks", "visit-host-remarks"),
    ];
    lines.into_iter().flatten().collect()
}

/// By how much the phone's clock was off, in words.
pub fn clock(row: &SheetRow) -> Option<Phrase> {
    let off = behind(row.phone_clock, row.received_at)?.num_minutes();
    let key = if off > 0 {
        "visit-clock-behind"
    } else {
        "visit-clock-ahead"
    };
    let (hours, minutes) = (off.abs() / 60, off.abs() % 60);
    Some(
        Phrase::of(key)
            .with("hours", hours)
            .with("minutes", minutes),
    )
}

/// Shows the sheet of a planned visit.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let page = desk.ctx.store.read(|conn| {
        let errand = plan::find(&desk.ctx, conn, input.part("id"))?;
        page(desk, conn, &errand, &Fields::new())
    })?;
    desk.page(&page)
}
