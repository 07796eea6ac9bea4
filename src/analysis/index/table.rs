//! VALUES: a table of units and columns, read from CSV or JSON. An empty cell is missing; nothing else is.

use std::collections::HashMap;

use super::Fault;
use super::column::{MISSING, there};
use super::method::Method;

/// Units by row, and the columns that a method names.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub units: Vec<String>,
    columns: HashMap<String, Vec<f64>>,
    rows: HashMap<String, usize>,
    /// The group of each unit, where the method names a column of groups.
    pub groups: Vec<String>,
}

impl Table {
    /// A column by its name; a missing value is NaN.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        self.columns.get(name).map(Vec::as_slice)
    }

    /// The value of a column in a row, where there is one.
    pub fn value(&self, name: &str, row: usize) -> Option<f64> {
        there(*self.column(name)?.get(row)?)
    }

    /// The row of a unit.
    pub fn row(&self, unit: &str) -> Option<usize> {
        self.rows.get(unit).copied()
    }

    /// The names of the columns that were read.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

/// Cells as they were written: the first row has the names.
type Cells = Vec<Vec<String>>;

/// Reads the columns a method needs. Every cell that is no number is named by row and column.
pub fn read(text: &str, method: &Method) -> Result<Table, Vec<Fault>> {
    let wanted: Vec<String> = method
        .indicators
        .iter()
        .map(|one| one.code.clone())
        .collect();
    let cells = cells(text, &method.id)?;
    for name in &wanted {
        if !cells[0].contains(name) {
            return Err(vec![Fault::at(
                format!("column {name:?}"),
                "the values have no such column",
            )]);
        }
    }
    take(&cells, &method.id, method.group.as_deref(), |name| {
        wanted.iter().any(|known| known == name)
    })
}

/// Reads every column but the id: a published table.
pub fn read_all(text: &str, id: &str) -> Result<Table, Vec<Fault>> {
    take(&cells(text, id)?, id, None, |_| true)
}

fn cells(text: &str, id: &str) -> Result<Cells, Vec<Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let cells = if text.trim_start().starts_with(['[', '{']) {
        json(text, id)?
    } else {
        csv(text)?
    };
    if cells.len() < 2 {
        return Err(vec![Fault::at(
            "",
            "the values need a row of names and a unit",
        )]);
    }
    Ok(cells)
}

fn take(
    cells: &Cells,
    id: &str,
    group: Option<&str>,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Table, Vec<Fault>> {
    let names = &cells[0];
    let place = |name: &str| names.iter().position(|known| known == name);
    let missing = |name: &str| vec![Fault::at(format!("column {name:?}"), "no such column")];
    let own = place(id).ok_or_else(|| missing(id))?;
    let mut table = Table::default();
    let mut faults = Vec::new();
    for (row, line) in cells.iter().enumerate().skip(1) {
        let unit = line[own].trim().to_owned();
        let known = table.rows.insert(unit.clone(), row - 1);
        if unit.is_empty() || known.is_some() {
            faults.push(Fault::at(
                format!("row {row}, column {id:?}"),
                format!("{unit:?} is there twice, or empty"),
            ));
        }
        table.units.push(unit);
    }
    if let Some(group) = group {
        let at = place(group).ok_or_else(|| missing(group))?;
        table.groups = cells[1..].iter().map(|line| line[at].clone()).collect();
    }
    for (at, name) in names.iter().enumerate() {
        if at == own || !is_wanted(name) {
            continue;
        }
        let column = cells[1..].iter().zip(&table.units);
        let column: Vec<f64> = column
            .map(|(line, unit)| number(&line[at], unit, name, &mut faults))
            .collect();
        if table.columns.insert(name.clone(), column).is_some() {
            faults.push(Fault::at(
                format!("column {name:?}"),
                "there are two of this name",
            ));
        }
    }
    if faults.is_empty() {
        Ok(table)
    } else {
        Err(faults)
    }
}

fn number(cell: &str, unit: &str, column: &str, faults: &mut Vec<Fault>) -> f64 {
    let cell = cell.trim();
    if cell.is_empty() {
        return MISSING;
    }
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() => number,
        _ => {
            faults.push(Fault::cell(
                unit,
                column,
                format!("{cell:?} is not a number"),
            ));
            MISSING
        }
    }
}

/// Comma-separated values with quotes as in RFC 4180; a semicolon or a tab in the first line is taken as the comma.
fn csv(text: &str) -> Result<Cells, Vec<Fault>> {
    let first = text.lines().next().unwrap_or_default();
    let comma = [',', ';', '\t']
        .into_iter()
        .max_by_key(|sign| (first.matches(*sign).count(), *sign == ','))
        .unwrap_or(',');
    let (mut rows, mut row, mut cell) = (Cells::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            '\r' if !is_quoted && signs.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            sign if sign == comma && !is_quoted => row.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    if is_quoted {
        return Err(vec![Fault::at("", "a quotation mark is not closed")]);
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    even(rows)
}

/// Every row has as many cells as the first.
fn even(rows: Cells) -> Result<Cells, Vec<Fault>> {
    let wide = rows.first().map_or(0, Vec::len);
    let odd = rows.iter().enumerate().filter(|(_, row)| row.len() != wide);
    let faults: Vec<Fault> = odd
        .map(|(place, row)| {
            let says = format!("{} cells where the first row has {wide}", row.len());
            Fault::at(format!("row {place}"), says)
        })
        .collect();
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(faults)
    }
}

/// A list of objects, one a unit; null and a missing member are missing values.
fn json(text: &str, id: &str) -> Result<Cells, Vec<Fault>> {
    use serde_json::{Map, Value};
    let rows: Vec<Map<String, Value>> =
        serde_json::from_str(text).map_err(|why| vec![Fault::at("", why.to_string())])?;
    let mut names = vec![id.to_owned()];
    for row in &rows {
        let new = row.keys().filter(|name| !names.contains(name));
        names.extend(new.cloned().collect::<Vec<_>>());
    }
    let cell = |row: &Map<String, Value>, name: &String| match row.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let cells = rows
        .iter()
        .map(|row| names.iter().map(|name| cell(row, name)).collect());
    let cells: Vec<Vec<String>> = cells.collect();
    Ok([vec![names.clone()], cells].concat())
}
