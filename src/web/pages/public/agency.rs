//! One agency's page: what was verified, what was seen at its desk, and what capped its score.

use serde::Serialize;

use super::{Frame, Stand};
use crate::app::AppError;
use crate::domain::edition::seen;
use crate::domain::framework::Indicator;
use crate::domain::score::{Item, Scorecard, State};
use crate::web::desk::Hall;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::pages::ranking::band;
use crate::web::render::Page;

/// One indicator.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub code: String,
    pub title: String,
    /// What was verified, in words; none where nothing was or it does not apply.
    pub value: Option<String>,
    pub status: String,
    /// Points earned in hundredths; none where it does not count.
    pub points_c: Option<i64>,
    pub points: i64,
    pub is_full: bool,
}

/// One dimension with its indicators.
#[derive(Clone, Debug, Serialize)]
pub struct Dimension {
    pub title: String,
    pub question: String,
    pub percent: i64,
    pub band: String,
    pub lines: Vec<Line>,
}

/// The page.
#[derive(Serialize)]
pub struct AgencyPage {
    pub frame: Frame,
    pub name: String,
    pub group: String,
    pub grade: Option<String>,
    pub score_c: Option<i64>,
    pub rank: Option<[i64; 2]>,
    pub group_rank: Option<[i64; 2]>,
    pub interval: Option<[i64; 2]>,
    pub state: Option<String>,
    pub reasons: Vec<String>,
    pub visits: i64,
    pub staffed: i64,
    /// What the agency gave itself, and what was verified of the same indicators.
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub gates: Vec<String>,
    pub dimensions: Vec<Dimension>,
    pub is_corrected: bool,
    pub is_reviewed: bool,
}

impl Page for AgencyPage {
    const TEMPLATE: &'static str = "public/agency.html";
}

/// Shows it.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    let card = stand.book().card(input.part("agency"));
    let card = card.ok_or(AppError::NotFound)?;
    stand.send(|| page(&stand, card))
}

fn page(stand: &Stand, card: &Scorecard) -> Result<AgencyPage, WebError> {
    let (book, texts) = (stand.book(), stand.texts());
    let framework = book.framework();
    let found = book.found(&card.agency).ok_or(AppError::NotFound)?;
    let seen = seen(found);
    let [claimed_c, verified_c] = card.self_assessed(framework);
    let binding = card.armed.codes(framework, &card.binding());
    Ok(AgencyPage {
        frame: stand.frame("ranking"),
        name: stand.name(&card.agency),
        group: texts.group(&card.group),
        grade: card.grade(framework).map(str::to_owned),
        score_c: card.outcome.final_c,
        rank: card.rank.map(|rank| [rank.overall, rank.overall_of]),
        group_rank: card.rank.map(|rank| [rank.group, rank.group_of]),
        interval: stand.opened.intervals.get(&card.agency).copied(),
        state: (card.state != State::Ranked)
            .then(|| format!("result-state-{}", card.state.as_str().replace('_', "-"))),
        reasons: card.reasons.iter().map(|one| texts.reason(one)).collect(),
        visits: seen.visits,
        staffed: seen.staffed,
        claimed_c,
        verified_c,
        gates: binding
            .iter()
            .map(|gate| texts.gate_sentence(gate))
            .collect(),
        dimensions: dimensions(stand, card),
        is_corrected: book.is_moved(&card.agency),
        is_reviewed: stand.reviewed.contains(&card.agency),
    })
}

fn dimensions(stand: &Stand, card: &Scorecard) -> Vec<Dimension> {
    let (framework, texts) = (stand.book().framework(), stand.texts());
    let rows = card.outcome.dimensions.iter();
    rows.map(|row| {
        let code = &framework.dimensions[row.dimension].code;
        let bp = row.percent_bp();
        let own = framework.indicators.iter().enumerate();
        let own = own.filter(|(_, one)| one.dimension == row.dimension);
        Dimension {
            title: texts.dimension(code),
            question: texts.question(code),
            percent: (bp + 50) / 100,
            band: band(framework, Some(bp)),
            lines: own
                .map(|(place, one)| line(stand, card, place, one))
                .collect(),
        }
    })
    .collect()
}

fn line(stand: &Stand, card: &Scorecard, place: usize, of: &Indicator) -> Line {
    let item = &card.settled.items[place];
    let is_counted = item.status.is_counted();
    let earned = card.outcome.indicators_c[place];
    Line {
        code: of.code.clone(),
        title: stand.texts().title(&of.code),
        value: value(stand, card, item, of),
        status: format!("result-status-{}", item.status.as_str().replace('_', "-")),
        points_c: is_counted.then_some(earned),
        points: of.points,
        is_full: is_full(item, earned, of),
    }
}

/// Whether somebody verified that all of it is there.
pub fn is_full(item: &Item, earned_c: i64, of: &Indicator) -> bool {
    use crate::domain::score::Status;
    let is_verified = matches!(
        item.status,
        Status::Verified | Status::Adjusted | Status::Measured
    );
    is_verified && earned_c == 100 * of.points
}

/// The verified value in words. A claim that nobody verified is not shown.
fn value(stand: &Stand, card: &Scorecard, item: &Item, of: &Indicator) -> Option<String> {
    use crate::domain::returns::Verdict;
    let found = stand.book().found(&card.agency)?;
    let answer = found.answers.iter().find(|one| one.indicator == of.code)?;
    let value = match answer.verdict.as_ref()? {
        Verdict::Confirmed => answer.claim?,
        Verdict::Adjusted(value) | Verdict::Measured { value, .. } => *value,
        Verdict::Sample { n, k } => crate::domain::returns::Value::Ratio { num: *k, den: *n },
        Verdict::Rejected | Verdict::NotApplicable { .. } => return None,
    };
    let is_counted = item.status.is_counted();
    is_counted.then(|| stand.texts().value(of, value))
}
