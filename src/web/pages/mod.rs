//! The pages: structs of what they print, and the handlers that fill them.

pub mod account;
pub mod agency;
pub mod analysis;
pub mod answer;
pub mod assessment;
pub mod assignment;
pub mod brief;
pub mod case;
pub mod checklist;
pub mod claim;
pub mod committee;
pub mod correction;
pub mod coverage;
pub mod decision;
pub mod doubt;
pub mod draft;
pub mod draw;
pub mod edition;
pub mod evidence;
pub mod extension;
pub mod fact;
pub mod field;
pub mod finding;
pub mod framework_text;
pub mod hand_in;
pub mod hand_over;
pub mod holiday;
pub mod home;
pub mod last_time;
pub mod leaf;
pub mod letter;
pub mod log;
pub mod measurement;
pub mod measurement_list;
pub mod measurements;
pub mod meeting;
pub mod na_request;
pub mod objection;
pub mod owner;
pub mod pack;
pub mod password;
pub mod period;
pub mod period_move;
pub mod periods;
pub mod phone;
pub mod plan;
pub mod plot;
pub mod poster;
pub mod practice;
pub mod progress;
pub mod public;
pub mod query;
pub mod queue;
pub mod ranking;
pub mod re_review;
pub mod register;
pub mod reminder;
pub mod resolution;
pub mod resolution_form;
pub mod returns;
pub mod robust;
pub mod score;
pub mod second_look;
pub mod sheet;
pub mod sheet_in;
pub mod sign_in;
pub mod slip;
pub mod user;
pub mod users;
pub mod verdict_form;
pub mod verification;
pub mod verification_parts;
pub mod visit;
pub mod visit_form;
pub mod voice;
pub mod what_if;
pub mod workbook;

use chrono::NaiveDate;

use super::render::Problem;
use super::words::Phrase;
use crate::app;
use crate::domain::calendar::JalaliDate;

/// A key for a form, so that the same form sent twice is done once.
pub fn form_key() -> String {
    crate::store::new_id()
}

/// The sentence of a problem.
pub fn said(problem: &app::Problem) -> Phrase {
    let mut phrase = Phrase::of(problem.key);
    for (name, value) in &problem.arguments {
        // A number is written in the digits of the reader.
        phrase = match value.parse::<i64>() {
            Ok(number) => phrase.with(name, number),
            Err(_) => phrase.with(name, value.as_str()),
        };
    }
    phrase
}

/// The problems of an errand as the form shows them.
pub fn problems(of: &[app::Problem]) -> Vec<Problem> {
    of.iter()
        .map(|problem| Problem::of(problem.field.clone(), said(problem)))
        .collect()
}

/// A Jalali day as it was typed; none where the field was left empty.
pub fn day(field: &str, typed: &str) -> Result<Option<NaiveDate>, app::Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = JalaliDate::parse(typed);
    day.map(|day| Some(day.gregorian()))
        .map_err(|_| app::Problem::at(field, "problem-date"))
}
