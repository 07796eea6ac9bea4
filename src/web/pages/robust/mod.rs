//! What the places hang on: other methods, indicators left out, weights. Analysis beside the official result, never
//! inside it.

mod view;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::analysis::robust::{self, Robust};
use crate::app::ranking::{self as result, Ranking};
use crate::app::{AppError, scorecard};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

pub use view::{IndicatorsView, MethodsView, Teller, WeightsView};

/// A page of the analysis that one may turn to.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    pub key: &'static str,
    pub href: String,
    pub is_current: bool,
}

/// The pages of the analysis of a quarter.
pub fn tabs(period: &str, current: &str) -> Vec<Tab> {
    let tabs = ["", "methods", "indicators", "weights"].map(|part| {
        let (key, path) = match part {
            "methods" => ("robust-tab-methods", "/methods"),
            "indicators" => ("robust-tab-indicators", "/indicators"),
            "weights" => ("robust-tab-weights", "/weights"),
            _ => ("robust-tab-intervals", ""),
        };
        Tab {
            key,
            href: format!("{}{path}", url::analysis(period)),
            is_current: part == current,
        }
    });
    tabs.to_vec()
}

/// The head that all pages of the analysis have.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub period: String,
    pub is_final: bool,
    pub back: String,
    pub tabs: Vec<Tab>,
}

/// The places under other methods.
#[derive(Serialize)]
pub struct MethodsPage {
    pub head: Head,
    pub view: MethodsView,
}

impl Page for MethodsPage {
    const TEMPLATE: &'static str = "robust/methods.html";
}

/// What hangs on each indicator.
#[derive(Serialize)]
pub struct IndicatorsPage {
    pub head: Head,
    pub view: IndicatorsView,
}

impl Page for IndicatorsPage {
    const TEMPLATE: &'static str = "robust/indicators.html";
}

/// Which weights matter.
#[derive(Serialize)]
pub struct WeightsPage {
    pub head: Head,
    pub view: WeightsView,
}

impl Page for WeightsPage {
    const TEMPLATE: &'static str = "robust/weights.html";
}

/// A quarter with what is told of it, for whoever may read its ranking.
struct Found {
    ranking: Ranking,
    robust: Arc<Robust>,
    names: HashMap<String, [String; 2]>,
}

impl Found {
    fn of(desk: &Desk, input: &Input) -> Result<Found, AppError> {
        let ctx = &desk.ctx;
        let (ranking, rows) = ctx.store.read(|conn| {
            let ranking = result::find(ctx, conn, input.part("period"))?;
            let rows = result::rows(ctx, conn, &ranking)?;
            Ok::<_, AppError>((ranking, rows))
        })?;
        let names = rows.lines.into_iter();
        Ok(Found {
            robust: reckoned(desk, &ranking)?,
            names: names
                .map(|line| (line.code, [line.name_fa, line.name_en]))
                .collect(),
            ranking,
        })
    }

    fn head(&self, current: &str) -> Head {
        let period = &self.ranking.period.code;
        Head {
            period: period.clone(),
            is_final: self.ranking.head.stage == "final",
            back: url::ranking(period),
            tabs: tabs(period, current),
        }
    }

    fn told<T>(&self, desk: &Desk, tell: impl Fn(&Teller) -> T) -> T {
        let name = |code: &str| match self.names.get(code) {
            Some([fa, en]) => desk.choose(fa, en).to_owned(),
            None => code.to_owned(),
        };
        let framework = &self.ranking.framework;
        tell(&Teller {
            framework,
            texts: FrameworkText::of(framework, desk.hall.language),
            robust: &self.robust,
            period: &self.ranking.period.code,
            name: &name,
        })
    }
}

/// What is told of a result, reckoned once.
fn reckoned(desk: &Desk, of: &Ranking) -> Result<Arc<Robust>, AppError> {
    let ctx = &desk.ctx;
    let (state, province, id) = (desk.hall.state, ctx.province(), &of.head.id);
    state.robust.of(province, id, || {
        let ground = state.grounds.of(province, id, || {
            ctx.store
                .read(|conn| scorecard::ground(ctx, conn, &of.framework, &of.head))
        })?;
        let cards = &ground.cards().cards;
        Ok(robust::robust(&of.framework, cards, robust::USUAL))
    })
}

/// Shows the places under other methods.
pub fn methods(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::of(desk, input)?;
    desk.page(&MethodsPage {
        head: found.head("methods"),
        view: found.told(desk, |teller| teller.methods()),
    })
}

/// Shows what hangs on each indicator.
pub fn indicators(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::of(desk, input)?;
    desk.page(&IndicatorsPage {
        head: found.head("indicators"),
        view: found.told(desk, |teller| teller.indicators()),
    })
}

/// Shows which weights matter.
pub fn weights(desk: &Desk, input: &Input) -> WebResult {
    let found = Found::of(desk, input)?;
    desk.page(&WeightsPage {
        head: found.head("weights"),
        view: found.told(desk, |teller| teller.weights()),
    })
}
