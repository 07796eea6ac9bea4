//! How firm the ranks are when the weights move: analysis beside the official result, never inside it.

use serde::Serialize;

use super::plot;
use super::ranking::Choice;
use super::robust::{self, Tab};
use crate::analysis::ranks::{self, Interval, Study};
use crate::app::ranking::{self as result, Ranking, Rows};
use crate::app::score::MOVED;
use crate::app::{AppError, scorecard};
use crate::domain::number;
use crate::domain::ranking::{Stand, alike};
use crate::store::score::ScoreLine;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::pages::framework_text::FrameworkText;
use crate::web::render::Page;
use crate::web::url;

/// How many first and last places are asked for where nothing was typed.
const USUAL_PLACES: i64 = 3;

/// One agency.
#[derive(Clone, Debug, Serialize)]
pub struct FirmRow {
    pub name: String,
    pub href: String,
    pub rank: i64,
    pub low: i64,
    pub high: i64,
    pub median: i64,
    pub best: i64,
    pub worst: i64,
    pub plot: [String; 3],
    pub first_bp: i64,
    pub last_bp: i64,
}

/// One league.
#[derive(Clone, Debug, Serialize)]
pub struct FirmLeague {
    pub title: String,
    pub of: i64,
    pub rows: Vec<FirmRow>,
    /// First and last place of those that cannot be told apart.
    pub tiers: Vec<[i64; 2]>,
}

/// Two agencies, and how often the first stands above.
#[derive(Clone, Debug, Serialize)]
pub struct PairView {
    pub a: String,
    pub b: String,
    pub above_bp: Option<i64>,
}

/// The page.
#[derive(Serialize)]
pub struct AnalysisPage {
    pub period: String,
    pub is_final: bool,
    pub action: String,
    pub back: String,
    pub tabs: Vec<Tab>,
    pub times: i64,
    pub spread: i64,
    pub k: i64,
    pub a_choices: Vec<Choice>,
    pub b_choices: Vec<Choice>,
    pub pair: Option<PairView>,
    pub leagues: Vec<FirmLeague>,
}

impl Page for AnalysisPage {
    const TEMPLATE: &'static str = "score/analysis.html";
}

/// Shows the analysis to whoever may read the ranking.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (ranking, rows) = ctx.store.read(|conn| {
        let ranking = result::find(ctx, conn, input.part("period"))?;
        let rows = result::rows(ctx, conn, &ranking)?;
        Ok::<_, AppError>((ranking, rows))
    })?;
    let study = studied(desk, &ranking)?;
    let typed = |name: &str| input.query.get(name).map_or("", String::as_str);
    let k = number::parse_whole(typed("k")).ok();
    let view = View {
        desk,
        ranking: &ranking,
        rows: &rows,
        study: &study,
        k: k.filter(|k| (1..=50).contains(k)).unwrap_or(USUAL_PLACES),
    };
    desk.page(&view.page(typed("a"), typed("b")))
}

/// The study of a result, reckoned once.
fn studied(desk: &Desk, of: &Ranking) -> Result<std::sync::Arc<Study>, AppError> {
    let ctx = &desk.ctx;
    let (state, province, id) = (desk.hall.state, ctx.province(), &of.head.id);
    state.studies.of(province, id, || {
        let ground = state.grounds.of(province, id, || {
            ctx.store
                .read(|conn| scorecard::ground(ctx, conn, &of.framework, &of.head))
        })?;
        let cards = &ground.cards().cards;
        Ok(ranks::study(&of.framework, cards, MOVED))
    })
}

struct View<'a> {
    desk: &'a Desk<'a>,
    ranking: &'a Ranking,
    rows: &'a Rows,
    study: &'a Study,
    k: i64,
}

impl View<'_> {
    fn name(&self, line: &ScoreLine) -> String {
        self.desk.choose(&line.name_fa, &line.name_en).to_owned()
    }

    fn page(&self, a: &str, b: &str) -> AnalysisPage {
        let period = &self.ranking.period.code;
        let intervals = self.study.intervals();
        let kinds = self.ranking.framework.kinds.iter();
        AnalysisPage {
            period: period.clone(),
            is_final: self.ranking.head.stage == "final",
            action: url::analysis(period),
            back: url::ranking(period),
            tabs: robust::tabs(period, ""),
            times: i64::from(MOVED.replications),
            spread: MOVED.spread_pct as i64,
            k: self.k,
            a_choices: self.choices(a),
            b_choices: self.choices(b),
            pair: self.pair(a, b),
            leagues: kinds
                .filter_map(|kind| self.league(kind, &intervals))
                .collect(),
        }
    }

    fn choices(&self, chosen: &str) -> Vec<Choice> {
        let placed = self.rows.lines.iter().filter(|line| line.rank.is_some());
        let choices = placed.map(|line| Choice {
            value: line.code.clone(),
            label: self.name(line),
            is_chosen: line.code == chosen,
        });
        choices.collect()
    }

    fn pair(&self, a: &str, b: &str) -> Option<PairView> {
        let find = |code: &str| self.rows.lines.iter().find(|line| line.code == code);
        let (one, other) = (find(a)?, find(b)?);
        Some(PairView {
            a: self.name(one),
            b: self.name(other),
            above_bp: self.study.above_bp(a, b),
        })
    }

    fn league(&self, kind: &str, intervals: &[Interval]) -> Option<FirmLeague> {
        let own = self.rows.lines.iter().filter(|line| line.league == kind);
        let rows: Vec<FirmRow> = own
            .filter_map(|line| {
                let found = intervals.iter().find(|one| one.agency == line.code)?;
                Some(self.row(line, found))
            })
            .collect();
        let stands = rows.iter().map(|row| Stand {
            rank: row.rank,
            low: row.low,
            high: row.high,
        });
        let stands: Vec<Stand> = stands.collect();
        let runs = alike(&stands).into_iter();
        let title = FrameworkText::of(&self.ranking.framework, self.desk.hall.language).kind(kind);
        (!rows.is_empty()).then(|| FirmLeague {
            title,
            of: rows.len() as i64,
            tiers: runs
                .map(|(first, last)| [stands[first].rank, stands[last].rank])
                .collect(),
            rows,
        })
    }

    fn row(&self, line: &ScoreLine, of: &Interval) -> FirmRow {
        let whole = line.rank_of.unwrap_or(1).max(2) - 1;
        let k = usize::try_from(self.k).unwrap_or(0);
        FirmRow {
            name: self.name(line),
            href: url::score(&self.ranking.period.code, &line.code),
            rank: of.rank,
            low: of.p05,
            high: of.p95,
            median: of.p50,
            best: of.best,
            worst: of.worst,
            plot: [of.p05, of.rank, of.p95].map(|place| plot::share(place - 1, whole)),
            first_bp: self.study.first_bp(&line.code, k).unwrap_or(0),
            last_bp: self.study.last_bp(&line.code, k).unwrap_or(0),
        }
    }
}
