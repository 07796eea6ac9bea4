//! `mizan index`: the general composite index, for analysts. A room of its own: nothing official comes from here.
//!
//! A METHOD (indicators, nodes, how each is normalised and aggregated) and a table of VALUES give every node's
//! score and the ranks. Floats are allowed here; ties are told from noise, and no result depends on the order of rows.

pub mod compare;
pub mod method;
pub mod moved;
pub mod pass;
pub mod table;

mod aggregate;
mod column;
mod counts;
mod decimal;
mod fit;
mod frontier;
mod mean;
mod normalise;
mod order;
mod outrank;
mod plan;
mod power;
mod rank;
mod sheet;
mod simplex;
mod size;
mod treat;

use column::there;
pub use decimal::printed;
use method::Method;
use pass::{Pass, Room, Watch};
use table::Table;

/// One thing wrong, and where: a place in METHOD, or a row and a column of VALUES.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: String,
    pub says: String,
}

impl Fault {
    /// A fault at a place of METHOD.
    pub fn at(place: impl Into<String>, says: impl Into<String>) -> Fault {
        Fault {
            at: place.into(),
            says: says.into(),
        }
    }

    /// A fault in a cell of VALUES.
    pub fn cell(unit: &str, column: &str, says: impl Into<String>) -> Fault {
        Fault::at(format!("row {unit:?}, column {column:?}"), says)
    }
}

/// What was computed; columns hold a value for every row of VALUES, in its order.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub units: Vec<String>,
    /// Normalised values of the indicators that were kept, unscaled.
    pub normalised: Vec<(String, Vec<Option<f64>>)>,
    /// Every node's score, times the scale, in the order of METHOD.
    pub nodes: Vec<(String, Vec<Option<f64>>)>,
    /// The root's score, rounded where METHOD says so.
    pub score: Vec<Option<f64>>,
    pub rank: Vec<Option<f64>>,
    /// Units without enough data, indicators left out, values that were treated: in sentences.
    pub notes: Vec<String>,
}

/// The places of every unit under moved weights.
pub fn moved(
    method: &Method,
    table: &Table,
    previous: Option<&Table>,
    how: moved::Settings,
    progress: impl Fn(u32) + Sync,
) -> Result<Vec<Option<moved::Places>>, Vec<Fault>> {
    let pass = Pass::of(method, table, previous)?;
    let mut room = pass.room();
    pass.run(&mut room)?;
    let plan = plan::Plan::of(method, &room).map_err(|fault| vec![fault])?;
    Ok(plan.places(how, progress))
}

/// Computes the index, or says everything that keeps it from being computed.
pub fn compute(
    method: &Method,
    table: &Table,
    previous: Option<&Table>,
) -> Result<Outcome, Vec<Fault>> {
    compute_watched(method, table, previous, &|_, _| {})
}

/// The same, while somebody watches how much of long work is done.
pub fn compute_watched(
    method: &Method,
    table: &Table,
    previous: Option<&Table>,
    watch: Watch,
) -> Result<Outcome, Vec<Fault>> {
    let pass = Pass {
        watch,
        ..Pass::of(method, table, previous)?
    };
    let mut room = pass.room();
    pass.run(&mut room)?;
    Ok(Outcome::of(method, table, room))
}

impl Outcome {
    fn of(method: &Method, table: &Table, room: Room) -> Outcome {
        let list = |column: &[f64]| -> Vec<Option<f64>> {
            column.iter().map(|value| there(*value)).collect()
        };
        let normalised = method.indicators.iter().enumerate();
        let normalised = normalised.filter_map(|(place, one)| {
            let column = room.values(place)?;
            Some((one.code.clone(), list(column)))
        });
        let nodes = method.nodes.iter().enumerate();
        let root = list(room.scores(method.root));
        Outcome {
            units: table.units.clone(),
            normalised: normalised.collect(),
            nodes: nodes
                .map(|(place, node)| (node.code.clone(), list(room.scores(place))))
                .collect(),
            score: match method.score_decimals {
                Some(decimals) => {
                    let half_up = decimal::half_up(decimals);
                    root.into_iter().map(|v| v.map(&half_up)).collect()
                }
                None => root,
            },
            rank: list(&room.ranks),
            notes: room.notes,
        }
    }
}
