//! The pages: structs of what they print, and the handlers that fill them.

pub mod answer;
pub mod assessment;
pub mod case;
pub mod checklist;
pub mod committee;
pub mod evidence;
pub mod framework_text;
pub mod home;
pub mod last_time;
pub mod objection;
pub mod period;
pub mod query;
pub mod queue;
pub mod ranking;
pub mod score;
pub mod sign_in;

use super::render::Problem;
use super::words::Phrase;
use crate::app;

/// A key for a form, so that the same form sent twice is done once.
pub fn form_key() -> String {
    crate::store::new_id()
}

/// The sentence of a problem.
pub fn said(problem: &app::Problem) -> Phrase {
    let mut phrase = Phrase::of(problem.key);
    for (name, value) in &problem.arguments {
        phrase = phrase.with(name, value.as_str());
    }
    phrase
}

/// The problems of an errand as the form shows them.
pub fn problems(of: &[app::Problem]) -> Vec<Problem> {
    of.iter()
        .map(|problem| Problem::of(problem.field.clone(), said(problem)))
        .collect()
}
