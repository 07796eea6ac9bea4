//! Before normalising: caps, missing values, outliers, and who has too little data.

use std::collections::HashMap;

use super::Fault;
use super::method::{Impute, Indicator, Method, Treat};
use super::table::Table;

/// Columns by indicator; none where the indicator was left out. Units without enough data are marked.
pub struct Columns {
    pub kept: Vec<Option<Vec<Option<f64>>>>,
    pub is_in: Vec<bool>,
}

/// The columns of a method, screened, capped, completed and treated.
pub fn columns(
    method: &Method,
    table: &Table,
    previous: Option<&Table>,
    notes: &mut Vec<String>,
) -> Result<Columns, Vec<Fault>> {
    let is_in = screen_units(method, table, notes);
    let mut faults = Vec::new();
    let mut kept = Vec::new();
    for one in &method.indicators {
        let mut column: Vec<Option<f64>> = table.column(&one.code).unwrap_or_default().to_vec();
        // Who is not in the index does not move its minima, means and ranks either.
        for (value, is_in) in column.iter_mut().zip(&is_in) {
            *value = value.filter(|_| *is_in);
        }
        let there = column.iter().flatten().count() as f64;
        let units = is_in.iter().filter(|is_in| **is_in).count().max(1) as f64;
        if there / units < method.screen.indicators {
            notes.push(format!("{} is left out: too few units have it", one.code));
            kept.push(None);
            continue;
        }
        match prepare(one, column, &is_in, table, previous, notes) {
            Ok(column) => kept.push(Some(column)),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(Columns { kept, is_in })
    } else {
        Err(faults)
    }
}

fn screen_units(method: &Method, table: &Table, notes: &mut Vec<String>) -> Vec<bool> {
    let all = method.indicators.len() as f64;
    let columns: Vec<&[Option<f64>]> = method
        .indicators
        .iter()
        .filter_map(|one| table.column(&one.code))
        .collect();
    let mut is_in = Vec::new();
    for (row, unit) in table.units.iter().enumerate() {
        let there = columns
            .iter()
            .filter(|column| column[row].is_some())
            .count() as f64;
        let is_enough = there / all >= method.screen.units;
        if !is_enough {
            notes.push(format!("{unit} has no score: it has too few values"));
        }
        is_in.push(is_enough);
    }
    is_in
}

fn prepare(
    one: &Indicator,
    mut column: Vec<Option<f64>>,
    is_in: &[bool],
    table: &Table,
    previous: Option<&Table>,
    notes: &mut Vec<String>,
) -> Result<Vec<Option<f64>>, Fault> {
    if let Some([low, high]) = one.cap {
        for value in column.iter_mut().flatten() {
            *value = value.clamp(low, high);
        }
    }
    if let Some(impute) = one.impute {
        complete(one, impute, &mut column, is_in, table, previous)?;
    }
    match one.treat {
        None => {}
        Some(Treat::Log) => log(&mut column),
        Some(Treat::Winsorise {
            skew,
            kurtosis,
            most,
        }) => {
            let count = winsorise(&mut column, skew, kurtosis, most);
            if count > 0 {
                notes.push(format!("{}: {count} value(s) winsorised", one.code));
            }
        }
    }
    Ok(column)
}

fn complete(
    one: &Indicator,
    impute: Impute,
    column: &mut [Option<f64>],
    is_in: &[bool],
    table: &Table,
    previous: Option<&Table>,
) -> Result<(), Fault> {
    let given: Vec<Option<f64>> = column.to_vec();
    let all: Vec<f64> = given.iter().flatten().copied().collect();
    let at = format!("column {:?}", one.code);
    if impute == Impute::Previous && previous.is_none() {
        let says = "the previous period's values are needed: --previous FILE";
        return Err(Fault::at(at, says));
    }
    if matches!(impute, Impute::GroupMean | Impute::GroupMedian) && table.groups.is_empty() {
        return Err(Fault::at(at, "METHOD names no column of groups"));
    }
    let mut groups: HashMap<&str, Vec<f64>> = HashMap::new();
    for (value, group) in given.iter().zip(&table.groups) {
        groups.entry(group).or_default().extend(value);
    }
    for (row, value) in column.iter_mut().enumerate() {
        if value.is_some() || !is_in[row] {
            continue;
        }
        let own = || {
            table
                .groups
                .get(row)
                .and_then(|group| groups.get(group.as_str()))
        };
        *value = match impute {
            Impute::Mean => mean(&all),
            Impute::Median => median(&all),
            Impute::GroupMean => own().and_then(|own| mean(own)),
            Impute::GroupMedian => own().and_then(|own| median(own)),
            Impute::Previous => previous.and_then(|before| {
                let row = before.row(&table.units[row])?;
                before.column(&one.code)?[row]
            }),
        };
    }
    Ok(())
}

/// The arithmetic mean; none of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[half]),
        _ => Some((sorted[half - 1] + sorted[half]) / 2.0),
    }
}

fn log(column: &mut [Option<f64>]) {
    let there = || column.iter().flatten().copied();
    let (low, high) = (
        there().fold(f64::INFINITY, f64::min),
        there().fold(f64::NEG_INFINITY, f64::max),
    );
    for value in column.iter_mut().flatten() {
        *value = (*value - low + 0.01 * (high - low)).ln();
    }
}

/// Skewness and excess kurtosis with the corrections for small samples.
fn shape(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let mean = mean(values)?;
    let moment = |power: i32| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / n;
    let (m2, m3, m4) = (moment(2), moment(3), moment(4));
    if n < 4.0 || m2 <= 0.0 {
        return None;
    }
    let skew = m3 / m2.powf(1.5) * (n * (n - 1.0)).sqrt() / (n - 2.0);
    let excess = m4 / (m2 * m2) - 3.0;
    let kurtosis = ((n + 1.0) * excess + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0));
    Some((skew, kurtosis))
}

/// Pulls the farthest value to its neighbour, on the side of the skew, until the shape is in bounds.
fn winsorise(column: &mut [Option<f64>], skew: f64, kurtosis: f64, most: usize) -> usize {
    let mut pulled = std::collections::HashSet::new();
    loop {
        let values: Vec<f64> = column.iter().flatten().copied().collect();
        let Some((s, k)) = shape(&values) else {
            return pulled.len();
        };
        if s.abs() < skew || k < kurtosis {
            return pulled.len();
        }
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        let Some(end) = sorted.len().checked_sub(2) else {
            return pulled.len();
        };
        let (far, near) = if s > 0.0 {
            (sorted[end + 1], sorted[end])
        } else {
            (sorted[0], sorted[1])
        };
        let rows = column.iter().enumerate();
        let rows: Vec<usize> = rows
            .filter(|(_, value)| **value == Some(far))
            .map(|(row, _)| row)
            .collect();
        let new = rows.iter().filter(|row| !pulled.contains(*row)).count();
        if pulled.len() + new > most {
            return pulled.len();
        }
        for row in rows {
            pulled.insert(row);
            column[row] = Some(near);
        }
    }
}
