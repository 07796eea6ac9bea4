//! What came back: a workbook as it was filled in, as plain texts with the places where they stand; or why it is not
//! read at all.

use serde::{Deserialize, Serialize};

use super::book::{Cells, Mark};

/// The largest file that is read, in bytes; real ones have some dozen kilobytes.
pub const MOST_BYTES: usize = 5 << 20;

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No workbook, cut off, or made to harm.
    Unreadable,
    /// More than anybody fills in.
    TooMuch,
    /// Others are being read; it was not looked at.
    Busy,
    /// A workbook, but none of ours.
    Foreign,
    /// Of a form that is no longer in use.
    OldForm,
    /// Columns that are filled in are missing.
    NoColumns(Vec<String>),
}

/// A row of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the spreadsheet shows it.
    pub number: u32,
    pub code: String,
    pub cells: Cells,
    /// The columns where a formula or an error stands instead of a value.
    pub formulas: Vec<String>,
}

/// What the cells of an indicator said when the workbook was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub code: String,
    pub version: i64,
    pub cells: Cells,
}

/// A workbook that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    pub mark: Mark,
    /// The name of the sheet that was filled in.
    pub sheet: String,
    /// The letters of the columns by their names.
    pub letters: Vec<(String, String)>,
    pub rows: Vec<Row>,
    pub made: Vec<Made>,
}

impl Filled {
    /// The letter of a column.
    pub fn letter(&self, column: &str) -> &str {
        let found = self.letters.iter().find(|(name, _)| name == column);
        found.map_or("", |(_, letter)| letter)
    }
}
