//! Whether the parts of a METHOD fit one another.

use std::collections::{HashMap, HashSet};

use super::Fault;
use super::method::{Aggregation, Indicator, Method, Norm, On, Transform};

/// Printed scores have at most so many decimals: more is noise.
const MOST_DECIMALS: i32 = 15;
/// Weights outside of these lose their digits beside one another.
const LEAST_WEIGHT: f64 = 1e-9;
const MOST_WEIGHT: f64 = 1e9;

/// Columns of what is printed: nothing else can have their names.
const PRINTED: [&str; 5] = ["score", "rank", "p05", "p50", "p95"];

/// Every part that does not fit the others, by its name; parents are found on the way.
pub fn check(method: &mut Method) -> Vec<Fault> {
    let mut faults = misfits(method);
    for fault in &mut faults {
        let mut parts = fault.at.split('/').skip(1);
        let (list, place) = (parts.next(), parts.next());
        let place = place.and_then(|place| place.parse::<usize>().ok());
        let code = match (list, place) {
            (Some("indicators"), Some(at)) => method.indicators.get(at).map(|one| &one.code),
            (Some("nodes"), Some(at)) => method.nodes.get(at).map(|node| &node.code),
            _ => None,
        };
        if let Some(code) = code {
            fault.says = format!("{code:?}: {}", fault.says);
        }
    }
    faults
}

fn misfits(method: &mut Method) -> Vec<Fault> {
    let mut faults = codes(method);
    let places: HashMap<String, usize> = method
        .nodes
        .iter()
        .enumerate()
        .map(|(place, node)| (node.code.clone(), place))
        .collect();
    let mut roots = Vec::new();
    for (place, node) in method.nodes.iter_mut().enumerate() {
        let at = format!("/nodes/{place}");
        // What is an arithmetic mean by another name has a place for every number.
        if node.agg == Aggregation::Power && node.p == Some(1.0) {
            node.agg = Aggregation::Amean;
        }
        node.place = node
            .parent
            .as_ref()
            .and_then(|name| places.get(name))
            .copied();
        match (&node.parent, node.place) {
            (None, _) => roots.push(place),
            (Some(_), None) => faults.push(Fault::at(at + "/parent", "there is no such node")),
            (Some(_), Some(parent)) if parent <= place => {
                faults.push(Fault::at(
                    at + "/parent",
                    "children come before their parent",
                ));
            }
            _ => {}
        }
    }
    if let [root] = roots[..] {
        method.root = root;
    } else {
        faults.push(Fault::at("/nodes", "exactly one node has no parent"));
    }
    numbers(method, &mut faults);
    for (place, one) in method.indicators.iter_mut().enumerate() {
        match places.get(&one.parent) {
            Some(parent) => one.place = *parent,
            None => faults.push(Fault::at(
                format!("/indicators/{place}/parent"),
                "there is no such node",
            )),
        }
        indicator(one, place, &mut faults);
    }
    if faults.is_empty() {
        weights(method, &mut faults);
    }
    faults
}

/// Numbers of the method itself are in their bounds.
fn numbers(method: &mut Method, faults: &mut Vec<Fault>) {
    let rank = &mut method.rank;
    rank.decimals = rank.decimals.or(method.score_decimals);
    for (at, decimals) in [
        ("/score_decimals", method.score_decimals),
        ("/rank/decimals", rank.decimals),
    ] {
        if decimals.is_some_and(|decimals| !(0..=MOST_DECIMALS).contains(&decimals)) {
            faults.push(Fault::at(at, "0 to 15 decimals"));
        }
    }
    if rank.on == On::Rounded && rank.decimals.is_none() {
        let says = "ranks on rounded scores need decimals here, or score_decimals";
        faults.push(Fault::at("/rank/decimals", says));
    }
    let is_share = |share: f64| (0.0..=1.0).contains(&share);
    for (at, share) in [
        ("/screen/units", method.screen.units),
        ("/screen/indicators", method.screen.indicators),
    ] {
        if !is_share(share) {
            faults.push(Fault::at(at, "a share is 0 to 1"));
        }
    }
    for (place, node) in method.nodes.iter().enumerate() {
        if !is_share(node.min_share) {
            let at = format!("/nodes/{place}/min_share");
            faults.push(Fault::at(at, "a share is 0 to 1"));
        }
    }
    if method.scale <= 0.0 {
        faults.push(Fault::at("/scale", "a scale is above zero"));
    }
    if method.tolerance < 0.0 {
        faults.push(Fault::at("/tolerance", "a tolerance is not below zero"));
    }
}

fn codes(method: &Method) -> Vec<Fault> {
    let mut faults = Vec::new();
    if PRINTED.contains(&method.id.as_str()) {
        faults.push(Fault::at("/id", "a printed column has this name already"));
    }
    let mut known: HashSet<&str> = HashSet::from(PRINTED);
    known.insert(&method.id);
    let indicators = method.indicators.iter().map(|one| &one.code).enumerate();
    let indicators = indicators.map(|(place, code)| (format!("/indicators/{place}/code"), code));
    let nodes = method.nodes.iter().map(|node| &node.code).enumerate();
    let nodes = nodes.map(|(place, code)| (format!("/nodes/{place}/code"), code));
    let twice = indicators
        .chain(nodes)
        .filter(|(_, code)| code.is_empty() || !known.insert(code.as_str()))
        .map(|(at, _)| {
            let says =
                "a code of its own is needed, other than the id, score, rank, p05, p50 and p95";
            Fault::at(at, says)
        });
    faults.extend(twice);
    faults
}

fn indicator(one: &Indicator, place: usize, faults: &mut Vec<Fault>) {
    let mut fault = |member: &str, says: &str| {
        faults.push(Fault::at(format!("/indicators/{place}/{member}"), says));
    };
    if one.direction.abs() != 1.0 {
        fault("direction", "a direction is 1 or -1");
    }
    if one.cap.is_some_and(|[low, high]| low > high) {
        fault("cap", "a lower bound, then an upper one");
    }
    let own = match &one.norm {
        Norm::Goalposts { transform, .. } | Norm::MinMax { transform, .. } => *transform,
        _ => Transform::None,
    };
    if own != Transform::None && one.transform != Transform::None {
        fault("transform", "there is one in norm too: which of them?");
    }
    match &one.norm {
        Norm::Goalposts { lo, hi, .. } if lo == hi => {
            fault("norm/hi", "the goalposts are one and the same");
        }
        Norm::Goalposts { lo, hi, .. } if !(hi - lo).is_finite() => {
            fault("norm/hi", "the goalposts are too far apart to compute");
        }
        Norm::MinMax { l_u: [l, u], .. } if l >= u || !(u - l).is_finite() => {
            fault("norm/l_u", "a lower number, then a higher one");
        }
        Norm::ZScore { sd, .. } if *sd <= 0.0 => {
            fault("norm/sd", "a standard deviation is above zero");
        }
        Norm::AboveBelowMean { theta } if *theta < 0.0 => {
            fault("norm/theta", "a band is not below zero");
        }
        Norm::Categorical { bounds, scores }
            if scores.len() != bounds.len() + 1 || !bounds.is_sorted() =>
        {
            fault(
                "norm/bounds",
                "rising bounds, and one score more than bounds",
            );
        }
        _ => {}
    }
}

/// Weights are not negative, and the children of a node do not all weigh nothing.
fn weights(method: &Method, faults: &mut Vec<Fault>) {
    let own = method.indicators.iter().enumerate();
    let own = own.map(|(at, one)| (format!("/indicators/{at}/weight"), one.place, one.weight));
    let below = method.nodes.iter().enumerate();
    let below = below
        .filter_map(|(at, node)| Some((format!("/nodes/{at}/weight"), node.place?, node.weight)));
    let mut sums = vec![None; method.nodes.len()];
    for (at, parent, weight) in own.chain(below) {
        let sum: &mut Option<f64> = &mut sums[parent];
        *sum = Some(sum.unwrap_or(0.0) + weight);
        if weight < 0.0 {
            faults.push(Fault::at(at, "a weight is not negative"));
        } else if weight > 0.0 && !(LEAST_WEIGHT..=MOST_WEIGHT).contains(&weight) {
            let says = "a weight is 0, or from a billionth to a billion";
            faults.push(Fault::at(at, says));
        }
    }
    for (place, node) in method.nodes.iter().enumerate() {
        let at = format!("/nodes/{place}");
        match sums[place] {
            None => faults.push(Fault::at(&at, "a node without children")),
            Some(sum) if sum <= 0.0 => {
                faults.push(Fault::at(&at, "its children all have zero weights"));
            }
            Some(_) => {}
        }
        if node.agg == Aggregation::Power && node.p.is_none() {
            faults.push(Fault::at(format!("{at}/p"), "a power mean needs its power"));
        }
        let (least, most) = node.shares();
        if !(0.0..=1.0).contains(&least) || !(least..=1.0).contains(&most) {
            let says = "shares are 0 to 1, the least not above the most";
            faults.push(Fault::at(format!("{at}/weight_share_min"), says));
        }
    }
}
