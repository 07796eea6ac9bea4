//! How the numbers come about: what is measured, what it weighs, what caps a score, and how anybody checks it.

use serde::Serialize;

use super::{Frame, Stand};
use crate::web::desk::Hall;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;

/// One indicator.
#[derive(Clone, Debug, Serialize)]
pub struct Weight {
    pub title: String,
    pub points: i64,
    pub verification: String,
}

/// One dimension.
#[derive(Clone, Debug, Serialize)]
pub struct Dimension {
    pub title: String,
    pub question: String,
    pub points: i64,
    pub weights: Vec<Weight>,
}

/// A grade and the least score for it.
#[derive(Clone, Debug, Serialize)]
pub struct Grade {
    pub id: String,
    pub min_c: i64,
}

/// The page.
#[derive(Serialize)]
pub struct MethodPage {
    pub frame: Frame,
    pub framework: String,
    pub points: i64,
    pub indicators: i64,
    pub grades: Vec<Grade>,
    pub dimensions: Vec<Dimension>,
    pub gates: Vec<String>,
    pub survey_least: i64,
    pub root_hash: String,
    pub is_signed: bool,
    /// The public key of editions, where there is one.
    pub key: Option<String>,
}

impl Page for MethodPage {
    const TEMPLATE: &'static str = "public/method.html";
}

/// Shows it.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    stand.send(|| Ok(page(&stand)))
}

fn page(stand: &Stand) -> MethodPage {
    let (book, texts) = (stand.book(), stand.texts());
    let framework = book.framework();
    let dimensions = framework.dimensions.iter().enumerate();
    let dimensions = dimensions.map(|(place, dimension)| {
        let own = framework.indicators.iter();
        let own = own.filter(|one| one.dimension == place);
        Dimension {
            title: texts.dimension(&dimension.code),
            question: texts.question(&dimension.code),
            points: dimension.points,
            weights: own
                .map(|one| Weight {
                    title: texts.title(&one.code),
                    points: one.points,
                    verification: texts.verification(&one.code),
                })
                .collect(),
        }
    });
    let gates = framework.gates.iter();
    let grades = framework.grades.iter();
    MethodPage {
        frame: stand.frame("method"),
        framework: format!("{} {}", framework.code, framework.version),
        points: framework.total_points,
        indicators: framework.indicators.len() as i64,
        grades: grades
            .map(|grade| Grade {
                id: grade.id.clone(),
                min_c: grade.min_c,
            })
            .collect(),
        dimensions: dimensions.collect(),
        gates: gates.map(|gate| texts.gate_sentence(&gate.code)).collect(),
        survey_least: framework.policy.survey_min_answers,
        root_hash: book.manifest.root.clone(),
        is_signed: stand.edition.signature.is_some(),
        key: stand.hall.state.config.edition_key.clone(),
    }
}
