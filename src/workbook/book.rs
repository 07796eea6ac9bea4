//! What a workbook holds, apart from its looks and from its bytes.

use serde::{Deserialize, Serialize};

/// The columns of the sheet that is filled in, in their order. Their names stand in a hidden row, so that a sheet whose
/// columns were moved is still read, and one that lacks a column is told so.
pub const COLUMNS: [&str; 11] = [
    "code",
    "title",
    "guidance",
    "asked",
    "last",
    "choice",
    "value",
    "numerator",
    "denominator",
    "na_reason",
    "note",
];
/// The place of the first column that people fill in.
pub const FIRST_FILLED: usize = 5;

/// The name of the hidden sheet that says whose workbook it is.
pub const MARK_SHEET: &str = "mizan";
/// The name of the hidden sheet with the lists that cells are chosen from.
pub const LISTS_SHEET: &str = "lists";
/// What the first cell of the hidden sheet says, and the form of the workbook beside it.
pub const SIGN: (&str, &str) = ("mizan-workbook", "1");
/// What stands before the name of a column in the hidden row.
pub const COLUMN_SIGN: &str = "mizan:";

/// Whose workbook it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub province: String,
    pub period: String,
    pub agency: String,
    /// The code and version of the framework.
    pub framework: String,
}

/// The cells that people fill in, as text, for one indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    pub choice: String,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub na_reason: String,
    pub note: String,
}

impl Cells {
    /// The cells in the order of their columns.
    pub fn all(&self) -> [&str; 6] {
        [
            &self.choice,
            &self.value,
            &self.numerator,
            &self.denominator,
            &self.na_reason,
            &self.note,
        ]
    }

    /// The cells from texts in the order of their columns.
    pub fn of(texts: [String; 6]) -> Cells {
        let [choice, value, numerator, denominator, na_reason, note] = texts;
        Cells {
            choice,
            value,
            numerator,
            denominator,
            na_reason,
            note,
        }
    }

    /// Whether nothing stands in any of them.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|text| text.is_empty())
    }
}

/// One indicator.
#[derive(Clone, Debug)]
pub struct Line {
    pub code: String,
    pub title: String,
    pub guidance: String,
    /// What is typed, in words: the unit, the two parts of a ratio.
    pub asked: String,
    /// What was said last quarter.
    pub last: String,
    pub cells: Cells,
    /// The version of the answer that the cells show; 0 where there is none.
    pub version: i64,
    /// The words of the answer's choice.
    pub choices: Vec<String>,
    /// The words its value is chosen from; empty where it is typed.
    pub options: Vec<String>,
    pub is_ratio: bool,
    pub may_ask_na: bool,
}

/// A dimension with its indicators.
#[derive(Clone, Debug)]
pub struct Part {
    pub title: String,
    pub lines: Vec<Line>,
}

/// A whole workbook.
#[derive(Clone, Debug)]
pub struct Book {
    pub mark: Mark,
    pub is_right_to_left: bool,
    /// The name of the sheet.
    pub sheet: String,
    pub title: String,
    /// How it is filled in.
    pub how: String,
    /// The heads of the columns.
    pub heads: [String; COLUMNS.len()],
    pub parts: Vec<Part>,
}
