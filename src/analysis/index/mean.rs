//! The means that weights can be moved under: values are turned, weighed and turned back.

use super::Fault;
use super::method::{Aggregation, Method, Missing, Node};
use super::pass::Room;

/// Powers and values within these keep their digits whatever the weights.
const LEAST_POWER: f64 = 0.01;
const MOST_POWER: f64 = 20.0;
const LEAST: f64 = 1e-12;
const MOST: f64 = 1e12;

/// How a node takes the mean of what is below it.
#[derive(Clone, Copy, PartialEq)]
pub enum Mean {
    Arithmetic,
    Geometric,
    Power(f64),
}

impl Mean {
    /// The mean of a node, if weights can be moved under it: what compares instead of adding, and what drops units by
    /// their weights, has no places that could be counted this way.
    pub fn of(node: &Node) -> Result<Mean, Fault> {
        let fault = |says: &str| Fault::at(format!("node {:?}", node.code), says);
        if node.missing != Missing::Reweight || node.min_share > 0.0 {
            let says = "weights are moved with reweight and without min_share only";
            return Err(fault(says));
        }
        match (node.agg, node.p.unwrap_or(1.0)) {
            (Aggregation::Amean, _) => Ok(Mean::Arithmetic),
            (Aggregation::Gmean, _) | (Aggregation::Power, 0.0) => Ok(Mean::Geometric),
            (Aggregation::Hmean, _) => Ok(Mean::Power(-1.0)),
            (Aggregation::Power, p) if (LEAST_POWER..=MOST_POWER).contains(&p.abs()) => {
                Ok(Mean::Power(p))
            }
            (Aggregation::Power, _) => Err(fault(
                "weights are moved under powers of 0, or from 0.01 to 20 on either side of it",
            )),
            _ => Err(fault(
                "weights are moved under amean, gmean, hmean and power only",
            )),
        }
    }

    /// A value as it is weighed.
    pub fn turned(self, value: f64) -> f64 {
        match self {
            Mean::Arithmetic => value,
            Mean::Geometric => value.ln(),
            Mean::Power(p) => value.powf(p),
        }
    }

    /// A weighed mean as the value that it is.
    pub fn back(self, mean: f64) -> f64 {
        match self {
            Mean::Arithmetic => mean,
            Mean::Geometric => mean.exp(),
            Mean::Power(p) => mean.powf(1.0 / p),
        }
    }
}

/// Whether values are of a size that can be turned and turned back.
pub fn in_bounds(method: &Method, room: &Room) -> Result<(), Fault> {
    for (place, one) in method.indicators.iter().enumerate() {
        let values = room.values(place).unwrap_or_default();
        let is_far = |value: &f64| *value != 0.0 && !(LEAST..=MOST).contains(&value.abs());
        if values.iter().any(|value| !value.is_nan() && is_far(value)) {
            let at = format!("column {:?}", one.code);
            let says = "weights are moved under such means with values from 1e-12 to 1e12 only";
            return Err(Fault::at(at, says));
        }
    }
    Ok(())
}
