//! VALUES: a table of units and columns, read from CSV or JSON. An empty cell is missing; nothing else is.

use std::collections::{HashMap, HashSet};

use super::Fault;
use super::column::{MISSING, there};
use super::method::{Impute, Indicator, Method};
use super::sheet::Sheet;

/// Units by row, and the columns that a method names.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub units: Vec<String>,
    columns: HashMap<String, Vec<f64>>,
    rows: HashMap<String, usize>,
    /// The group of each unit, where the method names a column of groups.
    pub groups: Vec<String>,
    /// The names of columns that nobody asked for.
    pub ignored: Vec<String>,
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
}

/// Reads the columns a method needs. Every cell that is no number is named by row and column.
pub fn read(text: &str, method: &Method) -> Result<Table, Vec<Fault>> {
    let sheet = Sheet::read(text, &method.id)?;
    let wanted: HashSet<&str> = method
        .indicators
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    for name in method.indicators.iter().map(|one| &one.code) {
        sheet.place(name)?;
    }
    let mut table = take(&sheet, &method.id, |name| wanted.contains(name))?;
    if let Some(group) = &method.group {
        table.groups = groups(&sheet, group, method)?;
    }
    Ok(table)
}

/// Reads what a published table says of the columns named, and notes the names of the others.
pub fn read_published(text: &str, id: &str, columns: &[String]) -> Result<Table, Vec<Fault>> {
    let sheet = Sheet::read(text, id)?;
    take(&sheet, id, |name| columns.iter().any(|known| known == name))
}

/// The group of each unit. Where values are completed by groups, each unit needs one.
fn groups(sheet: &Sheet, group: &str, method: &Method) -> Result<Vec<String>, Vec<Fault>> {
    let at = sheet.place(group)?;
    let by_group = |one: &Indicator| {
        let impute = one.impute;
        impute == Some(Impute::GroupMean) || impute == Some(Impute::GroupMedian)
    };
    let is_needed = method.indicators.iter().any(by_group);
    let own = sheet.rows.iter().map(|(_, row)| row[at].trim().to_owned());
    let own: Vec<String> = own.collect();
    let lone = own.iter().zip(&sheet.rows);
    let lone = lone.filter(|(own, _)| is_needed && own.is_empty());
    let faults: Vec<Fault> = lone
        .map(|(_, (at, _))| {
            let says = "no group, but values are completed by groups";
            Fault::at(format!("{at}, column {group:?}"), says)
        })
        .collect();
    if faults.is_empty() {
        Ok(own)
    } else {
        Err(faults)
    }
}

fn take(sheet: &Sheet, id: &str, is_wanted: impl Fn(&str) -> bool) -> Result<Table, Vec<Fault>> {
    let own = sheet.place(id)?;
    let mut table = Table::default();
    let mut faults = Vec::new();
    for (row, (at, cells)) in sheet.rows.iter().enumerate() {
        let unit = cells[own].trim().to_owned();
        let known = table.rows.insert(unit.clone(), row);
        if unit.is_empty() || known.is_some() {
            faults.push(Fault::at(
                format!("{at}, column {id:?}"),
                format!("{unit:?} is there twice, or empty"),
            ));
        }
        table.units.push(unit);
    }
    for (at, name) in sheet.names.iter().enumerate() {
        if at == own {
            continue;
        }
        if !is_wanted(name) {
            table.ignored.push(name.clone());
            continue;
        }
        let column = sheet.rows.iter().zip(&table.units);
        let column: Vec<f64> = column
            .map(|((_, cells), unit)| number(&cells[at], unit, name, &mut faults))
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

/// A number in Latin, Persian or Arabic digits. A published rank may have a sign that it is shared.
fn number(cell: &str, unit: &str, column: &str, faults: &mut Vec<Fault>) -> f64 {
    let cell = cell.trim();
    if cell.is_empty() {
        return MISSING;
    }
    let latin;
    let own = if cell.is_ascii() {
        cell
    } else {
        latin = cell.chars().map(digit).collect::<String>();
        &latin
    };
    let own = if column == "rank" {
        own.trim_matches('=')
    } else {
        own
    };
    match own.parse::<f64>() {
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

/// The Latin sign for a Persian or Arabic digit or decimal mark.
fn digit(sign: char) -> char {
    let from = |zero: char| char::from_digit(sign as u32 - zero as u32, 10).unwrap_or(sign);
    match sign {
        '۰'..='۹' => from('۰'),
        '٠'..='٩' => from('٠'),
        '٫' => '.',
        sign => sign,
    }
}
