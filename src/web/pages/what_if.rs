//! What if: other values, the score and the place they would lead to. Nothing is saved.

use serde::Serialize;

use super::framework_text::FrameworkText;
use super::ranking::Choice;
use crate::app::AppError;
use crate::app::scorecard::{self, Sheet};
use crate::domain::access::Act;
use crate::domain::effect::Ground;
use crate::domain::framework::{FactType, Framework, Indicator, Measure, Source};
use crate::domain::improve::{self, Improvement, Otherwise};
use crate::domain::number::{self, Decimals};
use crate::domain::score::Scorecard;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::url;
use crate::web::words::Phrase;

/// How many improvements are listed, and how many rungs the way to the next grade may have.
const MOST_LISTED: usize = 5;
const MOST_RUNGS: usize = 12;

/// One field: an indicator or a fact.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    pub name: String,
    pub code: String,
    pub title: String,
    pub unit: String,
    /// What stands there now.
    pub now: Option<String>,
    pub typed: String,
    /// Choices; none for a number.
    pub choices: Vec<Choice>,
    pub is_changed: bool,
}

/// The fields of a dimension.
#[derive(Clone, Debug, Serialize)]
pub struct FieldGroup {
    pub title: String,
    pub fields: Vec<FieldView>,
    pub is_changed: bool,
}

/// Before and after.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    pub score_c: [Option<i64>; 2],
    pub grade: [Option<String>; 2],
    pub rank: [Option<i64>; 2],
    pub rank_of: Option<i64>,
    pub gates: Vec<String>,
    pub state: String,
}

/// One thing that would help.
#[derive(Clone, Debug, Serialize)]
pub struct Help {
    pub title: String,
    pub code: String,
    pub from: Option<String>,
    pub to: String,
    pub gain_c: i64,
    pub rank: Option<i64>,
    pub href: String,
}

/// The page.
#[derive(Serialize)]
pub struct WhatIfPage {
    pub period: String,
    pub name: String,
    pub action: String,
    pub back: String,
    pub problems: Vec<Problem>,
    pub is_asked: bool,
    pub outcome: Outcome,
    pub next_grade: Option<String>,
    pub missing_c: i64,
    pub held_by: Option<String>,
    /// How many rungs lead to the next grade, and the address that tries them.
    pub way: Option<(i64, String)>,
    pub help: Vec<Help>,
    pub groups: Vec<FieldGroup>,
}

impl Page for WhatIfPage {
    const TEMPLATE: &'static str = "score/what_if.html";
}

struct Asked<'a> {
    desk: &'a Desk<'a>,
    input: &'a Input,
    sheet: &'a Sheet,
    ground: &'a Ground,
    texts: FrameworkText<'a>,
}

/// Shows what other values would lead to. For the agency itself and for the planning office.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let sheet = ctx
        .store
        .read(|conn| scorecard::find(ctx, conn, period, agency))?;
    if !sheet.is_own && !ctx.actor.may(Act::Administer) {
        return Err(AppError::NotFound.into());
    }
    let make = || {
        ctx.store
            .read(|conn| scorecard::ground(ctx, conn, &sheet.framework, &sheet.head))
    };
    let grounds = &desk.hall.state.grounds;
    let ground = grounds.of(ctx.province(), &sheet.head.id, make)?;
    let asked = Asked {
        desk,
        input,
        sheet: &sheet,
        ground: &ground,
        texts: FrameworkText::of(&sheet.framework, desk.hall.language),
    };
    let page = asked.page()?;
    if page.problems.is_empty() {
        desk.page(&page)
    } else {
        desk.again(&page)
    }
}

impl Asked<'_> {
    fn framework(&self) -> &Framework {
        &self.sheet.framework
    }

    fn typed(&self, name: &str) -> &str {
        self.input.query.get(name).map_or("", |typed| typed.trim())
    }

    fn page(&self) -> Result<WhatIfPage, AppError> {
        let (period, agency) = (&self.sheet.period.code, &self.sheet.agency.code);
        let before = self.ground.card(agency).ok_or(AppError::NotFound)?;
        let (other, problems) = self.other(before);
        let after = improve::what_if(self.ground, agency, &other).ok_or(AppError::NotFound)?;
        let next = improve::next_grade(self.ground, agency);
        let way = next.as_ref().and_then(|_| {
            let way = improve::way_to_next_grade(self.ground, agency, MOST_RUNGS)?;
            Some((way.len() as i64, self.address(&way)))
        });
        let best = improve::improvements(self.ground, agency);
        let names = self.desk;
        let agency_row = &self.sheet.agency;
        Ok(WhatIfPage {
            period: period.clone(),
            name: names
                .choose(&agency_row.name_fa, &agency_row.name_en)
                .to_owned(),
            action: url::what_if(period, agency),
            back: url::score(period, agency),
            problems,
            is_asked: !other.values.is_empty() || !other.facts.is_empty(),
            outcome: self.outcome(before, &after),
            next_grade: next
                .as_ref()
                .map(|next| format!("grade-{}", self.framework().grades[next.grade].id)),
            missing_c: next.as_ref().map_or(0, |next| next.missing_c),
            held_by: next
                .and_then(|next| next.gate)
                .map(|gate| self.texts.gate(&self.framework().gates[gate].code)),
            way,
            help: best
                .iter()
                .take(MOST_LISTED)
                .map(|one| self.help(one))
                .collect(),
            groups: self.groups(before),
        })
    }

    fn outcome(&self, before: &Scorecard, after: &Scorecard) -> Outcome {
        let framework = self.framework();
        let both = [before, after];
        let gates = after.binding();
        Outcome {
            score_c: both.map(|card| card.outcome.final_c),
            grade: both.map(|card| card.grade(framework).map(str::to_owned)),
            rank: both.map(|card| card.rank.map(|rank| rank.overall)),
            rank_of: after.rank.map(|rank| rank.overall_of),
            gates: gates
                .iter()
                .map(|gate| self.texts.gate(&framework.gates[*gate].code))
                .collect(),
            state: format!("result-state-{}", after.state.as_str().replace('_', "-")),
        }
    }

    fn help(&self, one: &Improvement) -> Help {
        let indicator = &self.framework().indicators[one.indicator];
        let said = |x: i64| {
            let value = self.texts.scaled(indicator, x);
            match indicator.measure {
                Measure::YesNo => value,
                _ => format!("{value} {}", self.texts.unit(indicator)),
            }
        };
        Help {
            title: self.texts.title(&indicator.code),
            code: indicator.code.clone(),
            from: one.from.map(said),
            to: said(one.to),
            gain_c: one.gain_c,
            rank: one.rank,
            href: self.address(std::slice::from_ref(one)),
        }
    }

    /// The address that tries these; a later rung of an indicator stands for the earlier ones.
    fn address(&self, way: &[Improvement]) -> String {
        let mut tried: Vec<(usize, i64)> = Vec::new();
        for one in way {
            tried.retain(|(place, _)| *place != one.indicator);
            tried.push((one.indicator, one.to));
        }
        let pairs = tried.iter().map(|(place, to)| {
            let indicator = &self.framework().indicators[*place];
            format!("{}={}", indicator.code, plain(indicator, *to))
        });
        let pairs: Vec<String> = pairs.collect();
        let path = url::what_if(&self.sheet.period.code, &self.sheet.agency.code);
        format!("{path}?{}", pairs.join("&"))
    }

    /// What was asked for, and what of it could not be read.
    fn other(&self, card: &Scorecard) -> (Otherwise, Vec<Problem>) {
        let (mut other, mut problems) = (Otherwise::default(), Vec::new());
        for (place, indicator) in self.framework().indicators.iter().enumerate() {
            let typed = self.typed(&indicator.code);
            if typed.is_empty() || !is_open(indicator, card, place) {
                continue;
            }
            match read(indicator, typed) {
                Ok(x) if Some(x) == card.settled.items[place].value => {}
                Ok(x) => other.values.push((place, x)),
                Err(text) => problems.push(Problem::of(&indicator.code, text)),
            }
        }
        for fact in entered(self.framework()) {
            let typed = self.typed(&fact.id);
            let own = self.ground.agency(&self.sheet.agency.code);
            let now = own.and_then(|own| own.facts.get(&fact.id).copied());
            match number::parse_whole(typed) {
                _ if typed.is_empty() => {}
                Ok(value) if (0..=1_000).contains(&value) => {
                    if Some(value) != now.or(default(fact)) {
                        other.facts.push((fact.id.clone(), value));
                    }
                }
                _ => problems.push(Problem::of(&fact.id, range(0, 1_000))),
            }
        }
        (other, problems)
    }

    fn groups(&self, card: &Scorecard) -> Vec<FieldGroup> {
        let framework = self.framework();
        let mut groups = Vec::new();
        for (at, dimension) in framework.dimensions.iter().enumerate() {
            let own = framework.indicators.iter().enumerate();
            let own = own.filter(|(place, one)| one.dimension == at && is_open(one, card, *place));
            let fields: Vec<FieldView> = own
                .map(|(place, one)| self.field(one, card.settled.items[place].value))
                .collect();
            if !fields.is_empty() {
                groups.push(FieldGroup {
                    title: self.texts.dimension(&dimension.code),
                    is_changed: fields.iter().any(|field| field.is_changed),
                    fields,
                });
            }
        }
        let facts: Vec<FieldView> = entered(framework).map(|fact| self.fact(&fact.id)).collect();
        groups.push(FieldGroup {
            title: self.texts.say("result-facts"),
            is_changed: facts.iter().any(|field| field.is_changed),
            fields: facts,
        });
        groups
    }

    fn field(&self, indicator: &Indicator, now: Option<i64>) -> FieldView {
        let typed = self.typed(&indicator.code).to_owned();
        let choice = |value: i64, label: String| Choice {
            is_chosen: typed == value.to_string(),
            value: value.to_string(),
            label,
        };
        let choices = match indicator.measure {
            Measure::YesNo => [0, 1]
                .map(|x| choice(x, self.texts.scaled(indicator, x)))
                .to_vec(),
            Measure::Level => {
                let levels = self.texts.levels(&indicator.code).into_iter();
                levels
                    .zip(0..)
                    .map(|(said, x)| choice(x, format!("{}: {said}", self.texts.whole(x))))
                    .collect()
            }
            _ => Vec::new(),
        };
        FieldView {
            name: indicator.code.clone(),
            code: indicator.code.clone(),
            title: self.texts.title(&indicator.code),
            unit: self.texts.unit(indicator),
            now: now.map(|x| self.texts.scaled(indicator, x)),
            is_changed: !typed.is_empty(),
            typed,
            choices,
        }
    }

    fn fact(&self, id: &str) -> FieldView {
        let typed = self.typed(id).to_owned();
        let own = self.ground.agency(&self.sheet.agency.code);
        let kept = own.and_then(|own| own.facts.get(id).copied());
        let fact = entered(self.framework()).find(|fact| fact.id == id);
        let now = kept.or(fact.and_then(default));
        FieldView {
            name: id.to_owned(),
            code: String::new(),
            title: self.texts.fact(id),
            unit: String::new(),
            now: now.map(|value| self.texts.whole(value)),
            is_changed: !typed.is_empty(),
            typed,
            choices: Vec::new(),
        }
    }
}

/// Facts that somebody enters and that count; a yes or no is not asked for.
fn entered(framework: &Framework) -> impl Iterator<Item = &crate::domain::framework::Fact> {
    framework
        .facts
        .iter()
        .filter(|fact| matches!(fact.source, Source::Entered { .. }) && fact.kind == FactType::Int)
}

fn default(fact: &crate::domain::framework::Fact) -> Option<i64> {
    match fact.source {
        Source::Entered { default, .. } => default,
        _ => None,
    }
}

/// Whether another value may be tried: what counts or might, but not what the program reckons from the rest.
fn is_open(indicator: &Indicator, card: &Scorecard, place: usize) -> bool {
    let status = card.settled.items[place].status;
    !indicator.is_honesty_ratio
        && (status.is_counted() || status == crate::domain::score::Status::NotMeasured)
}

fn range(low: i64, high: i64) -> Phrase {
    Phrase::of("errors-range")
        .with("low", low)
        .with("high", high)
}

fn plain(indicator: &Indicator, x: i64) -> String {
    match indicator.measure {
        Measure::YesNo | Measure::Level => x.to_string(),
        _ => number::plain_hundredths(x, Decimals::Trim),
    }
}

/// Reads what was typed on the rule's scale.
fn read(indicator: &Indicator, typed: &str) -> Result<i64, Phrase> {
    let most = match indicator.measure {
        Measure::YesNo => 1,
        Measure::Level => indicator.top_level,
        _ if indicator.is_percent() => 10_000,
        _ => 100_000_000,
    };
    let read = match indicator.measure {
        Measure::YesNo | Measure::Level => number::parse_whole(typed),
        _ => number::parse_hundredths(typed),
    };
    let unit = if matches!(indicator.measure, Measure::YesNo | Measure::Level) {
        1
    } else {
        100
    };
    read.ok()
        .filter(|x| (0..=most).contains(x))
        .ok_or_else(|| range(0, most / unit))
}
