//! Whether a framework makes sense: sums, goalposts, grades, references in a circle (SCORING.md §17).

use super::super::fault::{At, Code, Faults};
use super::{Effect, Framework, Measure};

/// Notes what does not add up.
pub(super) fn check(framework: &Framework, at: &At, faults: &mut Faults) {
    weights(framework, at, faults);
    goalposts(framework, at, faults);
    let grades = &framework.grades;
    let is_falling = grades.windows(2).all(|pair| pair[0].min_c > pair[1].min_c);
    if !is_falling || grades.last().is_some_and(|last| last.min_c != 0) {
        faults.add(Code::Grades, &at.to("grades"));
    }
    for gate in 0..framework.gates.len() {
        if reaches(framework, gate, gate) {
            faults.add(Code::GateCycle, &at.to("gates").to(gate));
        }
    }
}

fn weights(framework: &Framework, at: &At, faults: &mut Faults) {
    let sum = |points: &mut dyn Iterator<Item = i64>| points.map(i128::from).sum::<i128>();
    for (place, dimension) in framework.dimensions.iter().enumerate() {
        let own = framework
            .indicators
            .iter()
            .filter(|indicator| indicator.dimension == place);
        if sum(&mut own.map(|indicator| indicator.points)) != i128::from(dimension.points) {
            faults.add(Code::Weights, &at.to("dimensions").to(place).to("points"));
        }
    }
    let all = sum(&mut framework
        .dimensions
        .iter()
        .map(|dimension| dimension.points));
    if all != i128::from(framework.total_points) {
        faults.add(Code::Weights, &at.to("total_points"));
    }
}

fn goalposts(framework: &Framework, at: &At, faults: &mut Faults) {
    for (place, indicator) in framework.indicators.iter().enumerate() {
        if matches!(indicator.measure, Measure::YesNo | Measure::Level) {
            continue;
        }
        let is_right = if indicator.is_lower_better {
            indicator.target_c < indicator.floor_c
        } else {
            indicator.floor_c < indicator.target_c
        };
        if !is_right {
            faults.add(Code::Goalposts, &at.to("indicators").to(place));
        }
    }
}

/// Whether following `as_gate` from one gate leads to the goal.
fn reaches(framework: &Framework, start: usize, goal: usize) -> bool {
    let mut waiting = vec![start];
    let mut seen = vec![false; framework.gates.len()];
    while let Some(gate) = waiting.pop() {
        for effect in framework
            .gates
            .get(gate)
            .map_or(&[][..], |gate| &gate.effects)
        {
            let Effect::AsGate(next) = effect else {
                continue;
            };
            if *next == goal {
                return true;
            }
            if !std::mem::replace(&mut seen[*next], true) {
                waiting.push(*next);
            }
        }
    }
    false
}
