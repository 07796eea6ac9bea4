//! Good practice: who has full marks for something, and by what it was seen.

use serde::Serialize;

use super::agency::is_full;
use super::{Frame, Stand};
use crate::domain::framework::Indicator;
use crate::web::desk::Hall;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;

/// How many names stand at one indicator.
const MOST: usize = 12;

/// One indicator with those who have it whole.
#[derive(Clone, Debug, Serialize)]
pub struct Practice {
    pub title: String,
    /// What counts.
    pub guidance: String,
    /// The kinds of evidence that it asks for.
    pub evidence: Vec<String>,
    /// Name and address of the first of them.
    pub agencies: Vec<(String, String)>,
    pub more: i64,
    pub count: i64,
}

/// The indicators of a dimension.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub title: String,
    pub practices: Vec<Practice>,
}

/// The page.
#[derive(Serialize)]
pub struct PracticePage {
    pub frame: Frame,
    pub parts: Vec<Part>,
}

impl Page for PracticePage {
    const TEMPLATE: &'static str = "public/practice.html";
}

/// Shows it.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    stand.send(|| {
        let dimensions = stand.book().framework().dimensions.iter().enumerate();
        let parts = dimensions.map(|(place, dimension)| Part {
            title: stand.texts().dimension(&dimension.code),
            practices: practices(&stand, place),
        });
        Ok(PracticePage {
            frame: stand.frame("practice"),
            parts: parts.filter(|part| !part.practices.is_empty()).collect(),
        })
    })
}

fn practices(stand: &Stand, dimension: usize) -> Vec<Practice> {
    let all = stand.book().framework().indicators.iter().enumerate();
    let own = all.filter(|(_, one)| one.dimension == dimension);
    own.filter_map(|(place, one)| practice(stand, place, one))
        .collect()
}

fn practice(stand: &Stand, place: usize, of: &Indicator) -> Option<Practice> {
    let texts = stand.texts();
    let leagues = stand.book().cards.leagues.iter();
    let listed = leagues.flat_map(|league| league.order.iter().chain(&league.not_in_order));
    let cards = listed.filter_map(|code| stand.book().card(code));
    let whole: Vec<_> = cards
        .filter(|card| {
            let (item, earned) = (&card.settled.items[place], card.outcome.indicators_c[place]);
            is_full(item, earned, of)
        })
        .collect();
    let named = whole.iter().take(MOST);
    let agencies: Vec<_> = named
        .map(|card| (stand.name(&card.agency), stand.agency(&card.agency)))
        .collect();
    (!agencies.is_empty()).then(|| Practice {
        title: texts.title(&of.code),
        guidance: texts.guidance(&of.code),
        evidence: texts
            .evidence(&of.code)
            .into_iter()
            .map(|(_, name)| name)
            .collect(),
        more: (whole.len() - agencies.len()) as i64,
        count: whole.len() as i64,
        agencies,
    })
}
