//! From base points to the score: caps in the order of SCORING.md §8, and the lines of what was lost (§11).

use super::super::framework::Framework;
use super::gates::Armed;
use super::half_up;
use super::settle::Item;

/// What took the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Indicator,
    GateIndicator,
    GateDimension,
    GateCouple,
    GateGrade,
}

impl LineKind {
    /// The word of the card.
    pub fn as_str(self) -> &'static str {
        match self {
            LineKind::Indicator => "indicator",
            LineKind::GateIndicator => "gate_indicator",
            LineKind::GateDimension => "gate_dimension",
            LineKind::GateCouple => "gate_couple",
            LineKind::GateGrade => "gate_grade",
        }
    }
}

/// One line of points lost: hundredths of points, and of the score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub kind: LineKind,
    pub gate: Option<usize>,
    pub dimension: Option<usize>,
    pub indicator: Option<usize>,
    pub points_c: i64,
    pub score_c: i64,
}

/// A dimension with something counted.
#[derive(Clone, Debug)]
pub struct DimensionOutcome {
    pub dimension: usize,
    pub points: i64,
    pub base_c: i64,
    pub final_c: i64,
}

/// The score with its trail. Scores are null where nothing counts.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub final_c: Option<i64>,
    pub ungated_c: Option<i64>,
    pub before_grade_cap_c: Option<i64>,
    pub points_c: i64,
    pub points_of: i64,
    pub dimensions: Vec<DimensionOutcome>,
    /// Points of each indicator after indicator gates.
    pub indicators_c: Vec<i64>,
    pub lost: Vec<Line>,
}

/// Applies armed gates to settled items.
pub fn apply(framework: &Framework, items: &[Item], armed: &Armed) -> Outcome {
    let mut lost = Vec::new();
    let indicators_c = cap_indicators(framework, items, armed, &mut lost);
    let mut dimensions = sum_dimensions(framework, items, &indicators_c);
    cap_dimensions(&mut dimensions, armed, &mut lost);
    couple_dimensions(&mut dimensions, armed, &mut lost);
    lost.sort_by_key(|line| {
        let gate = line.gate.unwrap_or(0);
        let within = if line.kind == LineKind::Indicator {
            line.indicator
        } else {
            None
        };
        (
            line.dimension,
            line.kind as u8,
            within.or(line.indicator),
            gate,
        )
    });
    let points_of = dimensions.iter().map(|dimension| dimension.points).sum();
    let points_c = dimensions.iter().map(|dimension| dimension.final_c).sum();
    let base: i64 = dimensions.iter().map(|dimension| dimension.base_c).sum();
    let share = |points: i64| {
        (points_of > 0).then(|| half_up(100 * i128::from(points), i128::from(points_of)))
    };
    let before_grade_cap_c = share(points_c);
    let mut outcome = Outcome {
        final_c: before_grade_cap_c,
        ungated_c: share(base),
        before_grade_cap_c,
        points_c,
        points_of,
        dimensions,
        indicators_c,
        lost,
    };
    spread(&mut outcome);
    cap_grade(framework, armed, &mut outcome);
    outcome
}

fn line(
    kind: LineKind,
    gate: Option<usize>,
    dimension: usize,
    indicator: Option<usize>,
    points_c: i64,
) -> Line {
    Line {
        kind,
        gate,
        dimension: Some(dimension),
        indicator,
        points_c,
        score_c: 0,
    }
}

fn cap_indicators(
    framework: &Framework,
    items: &[Item],
    armed: &Armed,
    lost: &mut Vec<Line>,
) -> Vec<i64> {
    let mut points = Vec::with_capacity(items.len());
    for (place, (item, indicator)) in items.iter().zip(&framework.indicators).enumerate() {
        let mut final_c = item.base_c;
        if item.status.is_counted() {
            let missed = 100 * indicator.points - item.base_c;
            if missed > 0 {
                lost.push(line(
                    LineKind::Indicator,
                    None,
                    indicator.dimension,
                    Some(place),
                    missed,
                ));
            }
            if let Some((max_pct, gate)) = armed.indicator_caps.get(&place) {
                final_c = item.base_c.min(indicator.points * max_pct);
                if final_c < item.base_c {
                    let taken = item.base_c - final_c;
                    let kind = LineKind::GateIndicator;
                    lost.push(line(
                        kind,
                        Some(*gate),
                        indicator.dimension,
                        Some(place),
                        taken,
                    ));
                }
            }
        }
        points.push(final_c);
    }
    points
}

fn sum_dimensions(
    framework: &Framework,
    items: &[Item],
    indicators_c: &[i64],
) -> Vec<DimensionOutcome> {
    let mut all: Vec<DimensionOutcome> = (0..framework.dimensions.len())
        .map(|dimension| DimensionOutcome {
            dimension,
            points: 0,
            base_c: 0,
            final_c: 0,
        })
        .collect();
    for (place, (item, indicator)) in items.iter().zip(&framework.indicators).enumerate() {
        if item.status.is_counted() {
            let dimension = &mut all[indicator.dimension];
            dimension.points += indicator.points;
            dimension.base_c += item.base_c;
            dimension.final_c += indicators_c[place];
        }
    }
    all.retain(|dimension| dimension.points > 0);
    all
}

fn cap_dimensions(dimensions: &mut [DimensionOutcome], armed: &Armed, lost: &mut Vec<Line>) {
    for dimension in dimensions {
        let Some((max_pct, gate)) = armed.dimension_caps.get(&dimension.dimension) else {
            continue;
        };
        let limit = dimension.points * max_pct;
        if limit < dimension.final_c {
            let taken = dimension.final_c - limit;
            lost.push(line(
                LineKind::GateDimension,
                Some(*gate),
                dimension.dimension,
                None,
                taken,
            ));
            dimension.final_c = limit;
        }
    }
}

/// All couples read the values after the caps, so their order does not matter.
fn couple_dimensions(dimensions: &mut [DimensionOutcome], armed: &Armed, lost: &mut Vec<Line>) {
    let before = dimensions.to_vec();
    for dimension in dimensions {
        let limits = armed
            .couples
            .iter()
            .filter(|couple| couple.0 == dimension.dimension);
        let limits = limits.filter_map(|(_, to, lead, gate)| {
            let to = before.iter().find(|other| other.dimension == *to)?;
            let percent_bp = to.percent_bp();
            let held = i128::from(dimension.points) * i128::from(percent_bp + 100 * lead);
            Some((half_up(held, 100), *gate))
        });
        let Some((limit, gate)) = limits.min() else {
            continue;
        };
        if limit < dimension.final_c {
            let taken = dimension.final_c - limit;
            lost.push(line(
                LineKind::GateCouple,
                Some(gate),
                dimension.dimension,
                None,
                taken,
            ));
            dimension.final_c = limit;
        }
    }
}

impl DimensionOutcome {
    /// Percent of the dimension after gates, in hundredths.
    pub fn percent_bp(&self) -> i64 {
        half_up(100 * i128::from(self.final_c), i128::from(self.points))
    }

    /// Percent of the dimension before gates, in hundredths.
    pub fn base_bp(&self) -> i64 {
        half_up(100 * i128::from(self.base_c), i128::from(self.points))
    }
}

/// Shares the lost score among the lines, so that they sum to the last hundredth.
fn spread(outcome: &mut Outcome) {
    let Some(score) = outcome.before_grade_cap_c else {
        return;
    };
    let whole = i128::from(outcome.points_of);
    let mut missing = 10_000 - score;
    let mut remainders = Vec::with_capacity(outcome.lost.len());
    for (place, line) in outcome.lost.iter_mut().enumerate() {
        let scaled = 100 * i128::from(line.points_c);
        line.score_c = (scaled / whole) as i64;
        missing -= line.score_c;
        remainders.push((std::cmp::Reverse(scaled % whole), place));
    }
    remainders.sort_unstable();
    for (_, place) in remainders
        .into_iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        outcome.lost[place].score_c += 1;
    }
}

/// The lowest grade cap wins; of equal ones the first gate has the line.
fn cap_grade(framework: &Framework, armed: &Armed, outcome: &mut Outcome) {
    let Some(score) = outcome.before_grade_cap_c else {
        return;
    };
    let limits = armed.grade_caps.iter().filter(|(grade, _)| *grade > 0);
    let limits = limits.map(|(grade, gate)| (framework.grades[grade - 1].min_c - 1, *gate));
    let Some((limit, gate)) = limits.min() else {
        return;
    };
    if limit < score {
        outcome.final_c = Some(limit);
        outcome.lost.push(Line {
            kind: LineKind::GateGrade,
            gate: Some(gate),
            dimension: None,
            indicator: None,
            points_c: 0,
            score_c: score - limit,
        });
    }
}
