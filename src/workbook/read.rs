//! Reading the cells of a workbook, one after the other and never more than a few thousand. Only the process of its own
//! calls this.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use super::archive;
use super::book::{COLUMN_SIGN, COLUMNS, Cells, FIRST_FILLED, MARK_SHEET, Mark, SIGN};
use super::filled::{Filled, Made, Refusal, Row};
use crate::domain::calendar::JalaliDate;

/// What real workbooks stay far below.
const MOST_SHEETS: usize = 20;
const MOST_CELLS: usize = 100_000;
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 200;
/// The most signs of a cell that are looked at; the longest note is far shorter.
const LONGEST_CELL: usize = 10_000;
/// The names of the columns stand among the first rows.
const LAST_NAMES_ROW: u32 = 20;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// What a cell says.
struct Said {
    text: String,
    is_formula: bool,
}

/// The cells of a sheet that say something, by row and column counted from zero.
struct Grid(BTreeMap<(u32, u32), Said>);

impl Grid {
    fn text(&self, row: u32, column: u32) -> String {
        let said = self.0.get(&(row, column));
        said.map(|said| said.text.clone()).unwrap_or_default()
    }
}

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Filled, Refusal> {
    archive::check(bytes)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if sheets.len() > MOST_SHEETS {
        return Err(Refusal::TooMuch);
    }
    let mut sorted = sheets.clone();
    sorted.sort();
    if sorted.windows(2).any(|two| two[0] == two[1]) {
        return Err(Refusal::Unreadable);
    }
    let mut filled = Filled::default();
    if !sheets.iter().any(|name| name == MARK_SHEET) {
        return Err(Refusal::Foreign);
    }
    mark(&cells(&mut book, MARK_SHEET)?, &mut filled)?;
    for name in sheets.iter().filter(|name| *name != MARK_SHEET) {
        let cells = cells(&mut book, name)?;
        if let Some(row) = names_row(&cells) {
            filled.sheet.clone_from(name);
            rows(&cells, row, &mut filled)?;
            return Ok(filled);
        }
    }
    Err(Refusal::NoColumns(filled_in().map(str::to_owned).collect()))
}

/// The columns without which a workbook says nothing.
fn filled_in() -> impl Iterator<Item = &'static str> {
    let filled = COLUMNS.into_iter().skip(FIRST_FILLED);
    std::iter::once(COLUMNS[0]).chain(filled)
}

/// Every cell of a sheet that says something; the same place twice is a trick.
fn cells(book: &mut Book, sheet: &str) -> Result<Grid, Refusal> {
    let unreadable = |_| Refusal::Unreadable;
    let mut reader = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let mut grid = Grid(BTreeMap::new());
    for count in 0.. {
        let next = reader
            .next_cell_with_formula_metadata()
            .map_err(unreadable)?;
        let Some(cell) = next else { break };
        if count > MOST_CELLS {
            return Err(Refusal::TooMuch);
        }
        let is_error = matches!(cell.value, DataRef::Error(_));
        let said = Said {
            is_formula: cell.formula.is_some() || is_error,
            text: text(&cell.value),
        };
        if said.text.is_empty() && !said.is_formula {
            continue;
        }
        if cell.pos.0 > MOST_ROWS || cell.pos.1 > MOST_COLUMNS {
            return Err(Refusal::TooMuch);
        }
        if grid.0.insert(cell.pos, said).is_some() {
            return Err(Refusal::Unreadable);
        }
    }
    Ok(grid)
}

/// A cell as a person would have typed it.
fn text(value: &DataRef) -> String {
    let text = match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(day) if day.is_datetime() => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            jalali(year, month, day)
        }
        DataRef::DateTime(other) => other.as_f64().to_string(),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    };
    let short: String = text.chars().take(LONGEST_CELL).collect();
    short.replace("\r\n", "\n").trim().to_owned()
}

/// A day as people here write it, whatever calendar the spreadsheet counts in.
fn jalali(year: u16, month: u8, day: u8) -> String {
    let date = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let date = date.map(JalaliDate::of);
    date.map_or_else(String::new, JalaliDate::slash_latin)
}

/// A day that was written as `2026-09-22T00:00:00`; other words stay.
fn iso(text: &str) -> String {
    let date = text.get(..10).and_then(|day| day.parse().ok());
    date.map_or_else(
        || text.to_owned(),
        |date| JalaliDate::of(date).slash_latin(),
    )
}

fn mark(grid: &Grid, filled: &mut Filled) -> Result<(), Refusal> {
    if grid.text(0, 0) != SIGN.0 {
        return Err(Refusal::Foreign);
    }
    if grid.text(0, 1) != SIGN.1 {
        return Err(Refusal::OldForm);
    }
    filled.mark = Mark {
        province: grid.text(1, 1),
        period: grid.text(2, 1),
        agency: grid.text(3, 1),
        framework: grid.text(4, 1),
    };
    let codes = grid
        .0
        .iter()
        .filter(|((row, column), _)| *row > 4 && *column == 0);
    filled.made = codes
        .map(|((row, _), said)| Made {
            code: said.text.clone(),
            version: grid.text(*row, 1).parse().unwrap_or(0),
            cells: Cells::of([2, 3, 4, 5, 6, 7].map(|column| grid.text(*row, column))),
        })
        .collect();
    Ok(())
}

/// The hidden row where the columns have their names.
fn names_row(grid: &Grid) -> Option<u32> {
    let sign = format!("{COLUMN_SIGN}{}", COLUMNS[0]);
    let mut first = grid.0.range(..(LAST_NAMES_ROW, 0));
    first
        .find(|(_, said)| said.text == sign)
        .map(|((row, _), _)| *row)
}

fn rows(grid: &Grid, names: u32, filled: &mut Filled) -> Result<(), Refusal> {
    let named = grid.0.range((names, 0)..(names + 1, 0));
    let columns: BTreeMap<&str, u32> = named
        .filter_map(|((_, column), said)| Some((said.text.strip_prefix(COLUMN_SIGN)?, *column)))
        .collect();
    let missing: Vec<String> = filled_in()
        .filter(|name| !columns.contains_key(name))
        .map(str::to_owned)
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::NoColumns(missing));
    }
    let letter = |column: u32| rust_xlsxwriter::utility::column_number_to_name(column as u16);
    let letters = columns.iter();
    filled.letters = letters
        .map(|(name, column)| ((*name).to_owned(), letter(*column)))
        .collect();
    // The row below the names is that of the heads.
    let own = grid.0.range((names + 2, 0)..);
    let mut numbers: Vec<u32> = own.map(|((row, _), _)| *row).collect();
    numbers.dedup();
    for number in numbers {
        let at = |name: &str| grid.0.get(&(number, *columns.get(name)?));
        let said = |name: &str| at(name).map(|said| said.text.clone()).unwrap_or_default();
        let formulas = filled_in().filter(|name| at(name).is_some_and(|said| said.is_formula));
        let mut texts = COLUMNS.into_iter().skip(FIRST_FILLED).map(said);
        filled.rows.push(Row {
            number: number + 1,
            code: said(COLUMNS[0]),
            cells: Cells::of(std::array::from_fn(|_| texts.next().unwrap_or_default())),
            formulas: formulas.map(str::to_owned).collect(),
        });
    }
    Ok(())
}
