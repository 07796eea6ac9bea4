//! The rows of a workbook that came back, read as the fields of an answer's page and by the same rule.

use std::collections::{BTreeSet, HashMap};

use super::book::head;
use crate::app::answer::Saved;
use crate::app::{AppError, Problem};
use crate::domain::answer::Choice;
use crate::domain::framework::{Indicator, Measure};
use crate::domain::number::to_latin;
use crate::domain::text::search_key;
use crate::web::form::Input;
use crate::web::pages::checklist::Sheet;
use crate::web::pages::claim;
use crate::web::words::{Language, text};
use crate::workbook::book::Cells;
use crate::workbook::filled::{Filled, Made, Row};

/// A row that says something else than when the workbook was made.
pub struct Entry {
    /// The number of the row in the sheet.
    pub row: u32,
    pub code: String,
    pub choice: Choice,
    pub note: String,
    /// The version of the answer the workbook was made with.
    pub seen: i64,
}

impl Entry {
    /// As the errand takes it.
    pub fn saved(&self) -> Saved<'_> {
        Saved {
            indicator: &self.code,
            choice: self.choice.clone(),
            note: &self.note,
            is_carried: false,
            seen: self.seen,
        }
    }
}

/// A cell that cannot be taken over.
pub struct BadCell {
    pub row: u32,
    /// The letter of the column, and the key of its head.
    pub letter: String,
    pub column: String,
    pub code: String,
    pub problem: Problem,
}

/// What the rows say.
#[derive(Default)]
pub struct Entries {
    pub rows: Vec<Entry>,
    pub bad: Vec<BadCell>,
    /// How many rows say what they said when the workbook was made, or nothing.
    pub same: i64,
}

impl Entries {
    /// Notes a problem of a row at the column of its field.
    pub fn note_bad(&mut self, filled: &Filled, row: u32, code: &str, problem: Problem) {
        self.bad.push(BadCell {
            row,
            letter: filled.letter(&problem.field).to_owned(),
            column: head(&problem.field),
            code: code.to_owned(),
            problem,
        });
    }
}

/// Reads every row.
pub fn entries(sheet: &Sheet, filled: &Filled) -> Entries {
    let mut entries = Entries::default();
    let made: HashMap<&str, &Made> = filled
        .made
        .iter()
        .map(|made| (made.code.as_str(), made))
        .collect();
    let asked = sheet.asked();
    let mut known = BTreeSet::new();
    for row in &filled.rows {
        let (number, code) = (row.number, row.code.as_str());
        let says_something = !row.cells.is_empty() || !row.formulas.is_empty();
        let Some(indicator) = asked.iter().find(|one| one.code == code) else {
            if says_something {
                let problem = Problem::at("code", "problem-workbook-code");
                entries.note_bad(filled, number, code, problem);
            }
            continue;
        };
        if !known.insert(code) {
            let problem = Problem::at("code", "problem-workbook-twice");
            entries.note_bad(filled, number, code, problem);
            continue;
        }
        let made = made.get(code);
        let is_same = made.is_some_and(|made| made.cells == row.cells) || !says_something;
        if is_same && row.formulas.is_empty() {
            entries.same += 1;
            continue;
        }
        match choice(indicator, row) {
            Ok(choice) => entries.rows.push(Entry {
                row: number,
                code: code.to_owned(),
                choice,
                note: row.cells.note.clone(),
                seen: made.map_or(0, |made| made.version),
            }),
            Err(problems) => {
                for problem in problems {
                    entries.note_bad(filled, number, code, problem);
                }
            }
        }
    }
    entries
}

/// Whether a cell holds one of our words, in whichever language and letters.
fn is_word(cell: &str, key: &str) -> bool {
    let cell = search_key(cell);
    let mut languages = Language::ALL.into_iter();
    languages.any(|language| search_key(&text(language, key)) == cell)
}

/// The choice of a row by the rule of the page.
fn choice(indicator: &Indicator, row: &Row) -> Result<Choice, Vec<Problem>> {
    if !row.formulas.is_empty() {
        let formulas = row.formulas.iter();
        return Err(formulas
            .map(|column| Problem::at(column, "problem-workbook-formula"))
            .collect());
    }
    let chosen = chosen(&row.cells)?;
    let cells = &row.cells;
    let value = match indicator.measure {
        Measure::YesNo if is_word(&cells.value, "shell-yes") || cells.value == "true" => "yes",
        Measure::YesNo if is_word(&cells.value, "shell-no") || cells.value == "false" => "no",
        Measure::Level => level(&cells.value),
        _ => &cells.value,
    };
    let fields = [
        ("choice", chosen),
        ("value", value),
        ("numerator", &cells.numerator),
        ("denominator", &cells.denominator),
        ("na_reason", &cells.na_reason),
    ];
    let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let none = HashMap::new;
    let input = Input::of(none(), none(), HashMap::from(fields), None);
    claim::read(indicator, &input).map_err(|error| match error {
        AppError::Invalid(problems) => problems,
        _ => vec![Problem::at("choice", "problem-choose")],
    })
}

/// What is chosen: by its word, or by what was filled in beside it.
fn chosen(cells: &Cells) -> Result<&'static str, Vec<Problem>> {
    let wrong = |key| Err(vec![Problem::at("choice", key)]);
    let parts = [&cells.value, &cells.numerator, &cells.denominator];
    let has_value = parts.iter().any(|part| !part.is_empty());
    let word = cells.choice.as_str();
    if word.is_empty() {
        return match (has_value, cells.na_reason.is_empty()) {
            (true, true) => Ok("value"),
            (false, false) => Ok("not_applicable"),
            _ => wrong("problem-choose"),
        };
    }
    if is_word(word, "manager-choice-value") {
        return Ok("value");
    }
    let chosen = match word {
        word if is_word(word, "manager-choice-blank") => "blank",
        word if is_word(word, "manager-choice-na") => "not_applicable",
        _ => return wrong("problem-choose"),
    };
    // Whoever says both has to say which one counts.
    if has_value {
        return wrong("problem-workbook-both");
    }
    Ok(chosen)
}

/// The number before the words of a level, as the list has them, or as it was typed.
fn level(cell: &str) -> &str {
    match cell.split_once(':') {
        Some((number, _)) if to_latin(number.trim()).parse::<u32>().is_ok() => number.trim(),
        _ => cell,
    }
}
