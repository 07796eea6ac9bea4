//! Before normalising: caps, missing values, outliers, and who has too little data.

use std::collections::{HashMap, HashSet};

use super::Fault;
use super::column::{MISSING, Span, is_near, mean, present, sum};
use super::method::{Impute, Indicator, Method, Treat};
use super::pass::Pass;

/// Marks the units that have enough values, and notes those that have not.
pub fn screen(pass: &Pass, is_in: &mut [bool], notes: &mut Vec<String>) {
    is_in.fill(true);
    let least = pass.method.screen.units;
    if least <= 0.0 {
        return;
    }
    let all = pass.columns.len() as f64;
    for (row, is_in) in is_in.iter_mut().enumerate() {
        let own = pass.columns.iter().filter(|column| !column[row].is_nan());
        *is_in = own.count() as f64 / all >= least;
        if !*is_in {
            let unit = &pass.table.units[row];
            notes.push(format!("{unit} has no score: it has too few values"));
        }
    }
}

/// Whether too few of the units in the index have a value for an indicator.
pub fn is_sparse(method: &Method, span: &Span, is_in: &[bool]) -> bool {
    let there = (is_in.len() - span.missing) as f64;
    let units = is_in.iter().filter(|is_in| **is_in).count().max(1) as f64;
    there / units < method.screen.indicators
}

/// Whether values go into normalising as they are in the table.
pub fn is_plain(one: &Indicator) -> bool {
    one.cap.is_none() && one.impute.is_none() && one.treat.is_none()
}

/// Caps, completes and treats a column.
pub fn prepare(
    pass: &Pass,
    place: usize,
    column: &mut [f64],
    is_in: &[bool],
    notes: &mut Vec<String>,
) -> Result<(), Fault> {
    let one = &pass.method.indicators[place];
    if let Some([low, high]) = one.cap {
        for value in column.iter_mut() {
            *value = value.clamp(low, high);
        }
    }
    if let Some(impute) = one.impute {
        complete(pass, one, impute, column, is_in)?;
    }
    match one.treat {
        None => {}
        Some(Treat::Log) => log(one, column)?,
        Some(Treat::Winsorise {
            skew,
            kurtosis,
            most,
        }) => {
            let count = winsorise(column, skew, kurtosis, most);
            if count > 0 {
                notes.push(format!("{}: {count} value(s) winsorised", one.code));
            }
        }
    }
    Ok(())
}

fn complete(
    pass: &Pass,
    one: &Indicator,
    impute: Impute,
    column: &mut [f64],
    is_in: &[bool],
) -> Result<(), Fault> {
    let (table, previous) = (pass.table, pass.previous);
    let all: Vec<f64> = present(column).collect();
    let at = format!("column {:?}", one.code);
    if impute == Impute::Previous && previous.is_none() {
        let says = "the previous period's values are needed: --previous FILE";
        return Err(Fault::at(at, says));
    }
    if matches!(impute, Impute::GroupMean | Impute::GroupMedian) && table.groups.is_empty() {
        return Err(Fault::at(at, "METHOD names no column of groups"));
    }
    let mut groups: HashMap<&str, Vec<f64>> = HashMap::new();
    for (value, group) in column.iter().zip(&table.groups) {
        if !value.is_nan() {
            groups.entry(group).or_default().push(*value);
        }
    }
    let of_all = match impute {
        Impute::Mean => mean(all.iter().copied()),
        Impute::Median => median(&all),
        _ => None,
    };
    let mut known = Known::of(all);
    for (row, value) in column.iter_mut().enumerate() {
        if !value.is_nan() || !is_in[row] {
            continue;
        }
        let own = || {
            let group = table.groups.get(row)?;
            groups.get(group.as_str())
        };
        let found = match impute {
            Impute::Mean | Impute::Median => of_all,
            Impute::GroupMean => own().and_then(|own| mean(own.iter().copied())),
            Impute::GroupMedian => own().and_then(|own| median(own)),
            Impute::Previous => previous.and_then(|before| {
                let row = before.row(&table.units[row])?;
                Some(before.column(&one.code)?[row])
            }),
        };
        *value = found.map_or(MISSING, |found| known.like(found));
    }
    Ok(())
}

/// The values of a column, so that one computed from them that differs from one of them by noise is that one.
struct Known(Vec<f64>);

impl Known {
    fn of(mut values: Vec<f64>) -> Known {
        values.sort_by(f64::total_cmp);
        Known(values)
    }

    fn like(&mut self, value: f64) -> f64 {
        let at = self.0.partition_point(|known| *known < value);
        let beside = [at.checked_sub(1), Some(at)];
        let mut beside = beside.iter().flatten().filter_map(|at| self.0.get(*at));
        let same = beside.find(|known| is_near(**known, value)).copied();
        if same.is_none() {
            self.0.insert(at, value);
        }
        same.unwrap_or(value)
    }
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

fn log(one: &Indicator, column: &mut [f64]) -> Result<(), Fault> {
    let Span { low, high, .. } = Span::of(column);
    if low == high {
        let says = "every unit has the same value: nothing to compare";
        return Err(Fault::at(format!("column {:?}", one.code), says));
    }
    for value in column.iter_mut() {
        *value = (*value - low + 0.01 * (high - low)).ln();
    }
    Ok(())
}

/// Skewness and excess kurtosis with the corrections for small samples.
fn shape(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let mean = mean(values.iter().copied())?;
    let moment = |power: i32| sum(values.iter().map(|v| (v - mean).powi(power))) / n;
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
fn winsorise(column: &mut [f64], skew: f64, kurtosis: f64, most: usize) -> usize {
    let mut pulled = HashSet::new();
    loop {
        let values: Vec<f64> = present(column).collect();
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
            .filter(|(_, value)| **value == far)
            .map(|(row, _)| row)
            .collect();
        let new = rows.iter().filter(|row| !pulled.contains(*row)).count();
        if pulled.len() + new > most {
            return pulled.len();
        }
        for row in rows {
            pulled.insert(row);
            column[row] = near;
        }
    }
}
