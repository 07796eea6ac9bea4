//! The most that weights can gain within their bounds: the simplex method on a small table, with a proof.

/// A gain or a step below this is noise, beside coefficients up to 1.
const NOISE: f64 = 1e-13;
/// Turns after which the next variable is taken by its number, so that nothing turns in a circle.
const HASTY: usize = 40;

/// The weights, and what nobody can gain more than.
pub struct Found {
    pub weights: Vec<f64>,
    pub bound: f64,
}

/// Rows of slack variables over columns of weights, each written by the others; the last column is what is left, the
/// last row what can be gained.
struct Tableau {
    wide: usize,
    cells: Vec<f64>,
    /// Which variable each row and each column stands for: weights first, then slacks.
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Tableau {
    fn of(gains: &[f64], most_one: &[&[f64]], most_nothing: &[Vec<f64>]) -> Tableau {
        let count = gains.len();
        let mut cells = Vec::with_capacity((most_one.len() + most_nothing.len() + 1) * (count + 1));
        for row in most_one {
            cells.extend(row.iter().chain(&[1.0]));
        }
        for row in most_nothing {
            cells.extend(row.iter().chain(&[0.0]));
        }
        cells.extend(gains.iter().map(|gain| -gain).chain([0.0]));
        let slacks = most_one.len() + most_nothing.len();
        Tableau {
            wide: count + 1,
            cells,
            rows: (count..count + slacks).collect(),
            columns: (0..count).collect(),
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.wide..(row + 1) * self.wide]
    }

    /// The column that gains most, or the first that gains.
    fn entering(&self, is_careful: bool) -> Option<usize> {
        let gains = self.row(self.rows.len()).iter().enumerate();
        let gains = gains
            .take(self.wide - 1)
            .filter(|(_, gain)| **gain < -NOISE);
        if is_careful {
            gains
                .min_by_key(|(at, _)| self.columns[*at])
                .map(|(at, _)| at)
        } else {
            gains.min_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at)
        }
    }

    /// The row that is the first to have nothing left.
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut first: Option<(f64, usize)> = None;
        for row in 0..self.rows.len() {
            let cells = self.row(row);
            if cells[column] <= NOISE {
                continue;
            }
            let left = cells[self.wide - 1].max(0.0) / cells[column];
            let is_first = first.is_none_or(|(least, other)| {
                left < least || (left == least && self.rows[row] < self.rows[other])
            });
            if is_first {
                first = Some((left, row));
            }
        }
        first.map(|(_, row)| row)
    }

    fn turn(&mut self, row: usize, column: usize) {
        let wide = self.wide;
        let pivot = self.row(row)[column];
        let mut own: Vec<f64> = self.row(row).iter().map(|cell| cell / pivot).collect();
        own[column] = 1.0 / pivot;
        for (at, cells) in self.cells.chunks_exact_mut(wide).enumerate() {
            if at == row {
                cells.copy_from_slice(&own);
                continue;
            }
            let factor = cells[column];
            if factor == 0.0 {
                continue;
            }
            for (cell, own) in cells.iter_mut().zip(&own) {
                *cell -= factor * own;
            }
            cells[column] = -factor / pivot;
        }
        std::mem::swap(&mut self.rows[row], &mut self.columns[column]);
    }
}

/// The weights from 0 on that gain most, where these rows are at most 1 and those at most 0. Each weight is at most 1
/// by one of the rows.
pub fn most(gains: &[f64], most_one: &[&[f64]], most_nothing: &[Vec<f64>]) -> Option<Found> {
    let count = gains.len();
    let mut tableau = Tableau::of(gains, most_one, most_nothing);
    let mut turns = 0;
    while let Some(column) = tableau.entering(turns > HASTY * (count + 1)) {
        let row = tableau.leaving(column)?;
        tableau.turn(row, column);
        turns += 1;
        if turns > 50 * HASTY * (count + 1) {
            return None;
        }
    }
    let mut weights = vec![0.0; count];
    for (row, variable) in tableau.rows.iter().enumerate() {
        if *variable < count {
            weights[*variable] = tableau.row(row)[count].max(0.0);
        }
    }
    // What each row would be worth: together they bound what can be gained.
    let mut worth = vec![0.0; most_one.len() + most_nothing.len()];
    let prices = tableau.row(tableau.rows.len());
    for (variable, price) in tableau.columns.iter().zip(prices) {
        if *variable >= count {
            worth[*variable - count] = price.max(0.0);
        }
    }
    let all = most_one
        .iter()
        .copied()
        .chain(most_nothing.iter().map(Vec::as_slice));
    let mut short = gains.to_vec();
    for (row, worth) in all.zip(&worth).filter(|(_, worth)| **worth > 0.0) {
        for (short, cell) in short.iter_mut().zip(row) {
            *short -= worth * cell;
        }
    }
    let bound = worth[..most_one.len()].iter().sum::<f64>();
    let missed: f64 = short.iter().map(|short| short.max(0.0)).sum();
    Some(Found {
        weights,
        bound: bound + missed,
    })
}
