//! The registers of the pack: resolutions, more time, "not applicable".

use serde_json::{Value, json};

use super::data::Pen;
use crate::web::words::Phrase;

/// The lanes of resolutions, each with its rows.
pub fn resolutions(pen: &Pen) -> Vec<Value> {
    let lanes = ["overdue", "reported", "in-hand"];
    let made = lanes
        .iter()
        .zip(&pen.gathered.resolutions)
        .map(|(lane, own)| {
            let rows = own.iter().map(|one| {
                json!([
                    pen.printer.digits(&one.number),
                    pen.agency(&one.agency_id),
                    one.text,
                    pen.day(one.due_on),
                ])
            });
            json!({
                "title": pen.say(&format!("resolution-lane-{lane}")),
                "rows": rows.collect::<Vec<_>>(),
            })
        });
    made.collect()
}

/// What was decided, in a few words.
fn decided(pen: &Pen, decision: Option<&str>, until: Option<chrono::NaiveDate>) -> String {
    match (decision, until) {
        (None, _) => pen.say("pack-undecided"),
        (Some("granted"), Some(day)) => {
            pen.tell(&Phrase::of("pack-granted-until").with("day", pen.day(day)))
        }
        (Some("granted"), None) => pen.say("pack-granted"),
        (Some(_), _) => pen.say("pack-refused"),
    }
}

/// The unlock register.
pub fn extensions(pen: &Pen) -> Vec<Value> {
    let texts = pen.printer.texts();
    let rows = pen.gathered.extensions.iter().map(|one| {
        let what = one.indicator_code.as_ref();
        let what = what.map_or_else(|| pen.say("pack-all-items"), |code| texts.title(code));
        json!([
            pen.agency(&one.agency_id),
            what,
            one.reason,
            decided(pen, one.decision.as_deref(), one.until_on),
        ])
    });
    rows.collect()
}

/// What was asked to be left out, and what became of it.
pub fn not_applicable(pen: &Pen) -> Vec<Value> {
    let texts = pen.printer.texts();
    let rows = pen.gathered.na_requests.iter().map(|one| {
        json!([
            pen.agency(&one.agency_id),
            texts.title(&one.indicator_code),
            one.reason,
            decided(pen, one.decision.as_deref(), None),
        ])
    });
    rows.collect()
}
