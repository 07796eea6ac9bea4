//! One pass from values to ranks. Columns lie side by side as plain numbers, and the room for them is made once, so
//! that a pass over the same table costs little more than reading it.

use super::aggregate::{self, Child, Source};
use super::column::{MISSING, Span};
use super::method::Method;
use super::normalise::{self, Work};
use super::order::Sorting;
use super::rank::ranks;
use super::size::Sizes;
use super::table::Table;
use super::{Fault, treat};

/// Columns begin at a multiple of so many numbers.
const ALIGNED: usize = 8;

/// A method laid out over a table, ready to be computed.
pub struct Pass<'a> {
    pub method: &'a Method,
    pub table: &'a Table,
    pub previous: Option<&'a Table>,
    /// The values of each indicator.
    pub columns: Vec<&'a [f64]>,
    /// The children of each node, indicators first.
    pub children: Vec<Vec<Child<'a>>>,
    /// Is told how much of long work is done.
    pub watch: Watch<'a>,
}

/// Whoever watches long work: so much is done, of so much.
pub type Watch<'a> = &'a dyn Fn(usize, usize);

/// Where a pass works and leaves its results.
pub struct Room {
    units: usize,
    stride: usize,
    /// Normalised values, indicator after indicator.
    values: Vec<f64>,
    /// Scores of nodes, node after node, times the scale.
    scores: Vec<f64>,
    /// The place of each unit; NaN where it has none.
    pub ranks: Vec<f64>,
    /// Indicators that were not left out, and units that have enough values.
    pub kept: Vec<bool>,
    pub is_in: Vec<bool>,
    /// What was left out or treated, in sentences.
    pub notes: Vec<String>,
    scratch: Vec<f64>,
    sorting: Sorting,
}

impl<'a> Pass<'a> {
    /// Lays a method out over a table that has its columns.
    pub fn of(
        method: &'a Method,
        table: &'a Table,
        previous: Option<&'a Table>,
    ) -> Result<Pass<'a>, Vec<Fault>> {
        let mut columns = Vec::new();
        let mut faults = Vec::new();
        for one in &method.indicators {
            match table.column(&one.code) {
                Some(column) => columns.push(column),
                None => faults.push(Fault::at(
                    format!("column {:?}", one.code),
                    "no such column",
                )),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut children: Vec<Vec<Child>> = method.nodes.iter().map(|_| Vec::new()).collect();
        for (place, one) in method.indicators.iter().enumerate() {
            children[one.place].push(Child {
                code: &one.code,
                weight: one.weight,
                source: Source::Indicator(place),
            });
        }
        for (place, node) in method.nodes.iter().enumerate() {
            if let Some(parent) = node.place {
                children[parent].push(Child {
                    code: &node.code,
                    weight: node.weight,
                    source: Source::Node(place),
                });
            }
        }
        Ok(Pass {
            method,
            table,
            previous,
            columns,
            children,
            watch: &|_, _| {},
        })
    }

    /// Room for passes.
    pub fn room(&self) -> Room {
        let units = self.table.units.len();
        let stride = units.next_multiple_of(ALIGNED);
        Room {
            units,
            stride,
            values: vec![0.0; stride * self.columns.len()],
            scores: vec![0.0; stride * self.method.nodes.len()],
            ranks: vec![MISSING; units],
            kept: vec![true; self.columns.len()],
            is_in: vec![true; units],
            notes: Vec::new(),
            scratch: vec![MISSING; units],
            sorting: Sorting::default(),
        }
    }

    /// Normalises, aggregates and ranks.
    pub fn run(&self, room: &mut Room) -> Result<(), Vec<Fault>> {
        self.normalise(room)?;
        self.aggregate(room)?;
        let place = self.method.root;
        let root = &room.scores[place * room.stride..][..room.units];
        let sizes = Sizes {
            method: self.method,
            children: &self.children,
            kept: &room.kept,
            values: &room.values,
            scores: &room.scores,
            stride: room.stride,
            scale: self.method.scale,
        };
        let how = &self.method.rank;
        sizes.noise(place, |noise| {
            ranks(root, how, noise, &mut room.sorting, &mut room.ranks);
        });
        Ok(())
    }

    /// Screens units, then takes indicator after indicator to comparable values.
    pub fn normalise(&self, room: &mut Room) -> Result<(), Vec<Fault>> {
        room.notes.clear();
        treat::screen(self, &mut room.is_in, &mut room.notes);
        let is_whole = room.is_in.iter().all(|is_in| *is_in);
        let (mut unprepared, mut faults) = (Vec::new(), Vec::new());
        for place in 0..self.columns.len() {
            match self.prepared(place, is_whole, room) {
                Err(fault) => unprepared.push(fault),
                Ok(is_plain) => {
                    if let Err(fault) = self.normalised(place, is_plain, room) {
                        faults.push(fault);
                    }
                }
            }
        }
        match (unprepared.is_empty(), faults.is_empty()) {
            (true, true) => Ok(()),
            (false, _) => Err(unprepared),
            (true, false) => Err(faults),
        }
    }

    /// Decides whether an indicator is kept, and treats it. Whether it can be taken as it is in the table.
    fn prepared(&self, place: usize, is_whole: bool, room: &mut Room) -> Result<bool, Fault> {
        let one = &self.method.indicators[place];
        room.kept[place] = true;
        let is_screened = self.method.screen.indicators > 0.0;
        if is_whole && !is_screened && treat::is_plain(one) {
            return Ok(true);
        }
        // Who is not in the index does not move its minima, means and ranks either.
        let both = self.columns[place].iter().zip(&room.is_in);
        for (to, (value, is_in)) in room.scratch.iter_mut().zip(both) {
            *to = if *is_in { *value } else { MISSING };
        }
        if treat::is_sparse(self.method, &Span::of(&room.scratch), &room.is_in) {
            room.kept[place] = false;
            let says = format!("{} is left out: too few units have it", one.code);
            room.notes.push(says);
            return Ok(false);
        }
        treat::prepare(self, place, &mut room.scratch, &room.is_in, &mut room.notes)?;
        Ok(false)
    }

    fn normalised(&self, place: usize, is_plain: bool, room: &mut Room) -> Result<(), Fault> {
        if !room.kept[place] {
            return Ok(());
        }
        let one = &self.method.indicators[place];
        let is_transformed = normalise::is_transformed(one);
        if is_transformed {
            if is_plain {
                room.scratch.copy_from_slice(self.columns[place]);
            }
            normalise::transform(one, self.table, &mut room.scratch)?;
        }
        let from = if is_plain && !is_transformed {
            self.columns[place]
        } else {
            &room.scratch
        };
        let start = place * room.stride;
        let work = Work {
            one,
            table: self.table,
            from,
            span: Span::of(from),
            to: &mut room.values[start..start + room.units],
        };
        work.normalise(&mut room.sorting)
    }

    /// From children to nodes, up to the root.
    fn aggregate(&self, room: &mut Room) -> Result<(), Vec<Fault>> {
        for (place, node) in self.method.nodes.iter().enumerate() {
            let (below, own) = room.scores.split_at_mut(place * room.stride);
            let children = aggregate::Children {
                all: &self.children[place],
                sizes: Sizes {
                    method: self.method,
                    children: &self.children,
                    kept: &room.kept,
                    values: &room.values,
                    scores: below,
                    stride: room.stride,
                    scale: 1.0,
                },
                units: room.units,
            };
            let score = &mut own[..room.units];
            let den = &mut room.scratch;
            aggregate::score(node, &children, self.table, score, den, self.watch)?;
            for (score, is_in) in score.iter_mut().zip(&room.is_in) {
                *score = if *is_in { *score } else { MISSING };
            }
        }
        let scale = self.method.scale;
        if scale != 1.0 {
            room.scores.iter_mut().for_each(|score| *score *= scale);
            if room.scores.iter().any(|score| score.is_infinite()) {
                let says = "scores times the scale are beyond what can be computed";
                return Err(vec![Fault::at("/scale", says)]);
            }
        }
        Ok(())
    }
}

impl Room {
    /// The normalised values of an indicator that was kept.
    pub fn values(&self, place: usize) -> Option<&[f64]> {
        let start = place * self.stride;
        self.kept[place].then(|| &self.values[start..start + self.units])
    }

    /// How much memory it takes: a number for each value, each score and each place.
    pub fn bytes(&self) -> usize {
        let columns = [&self.values, &self.scores, &self.ranks, &self.scratch];
        let numbers: usize = columns.iter().map(|column| column.len()).sum();
        numbers * size_of::<f64>() + self.is_in.len() + self.kept.len() + self.sorting.bytes()
    }

    /// The scores of a node.
    pub fn scores(&self, place: usize) -> &[f64] {
        let start = place * self.stride;
        &self.scores[start..start + self.units]
    }
}
