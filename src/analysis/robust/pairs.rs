//! Every two agencies of a league side by side: who is better on more points, and who never stands below the other.

use super::super::ranks::Entry;
use super::Field;

/// So many agencies of one league are compared two by two, for the work grows with the square; more are not.
const MOST_IN_LEAGUE: usize = 3_000;

/// So many pairs are told by name at most.
const MOST_TOLD: usize = 30;

/// Which of two never stands below the other, whatever the weights of the indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// Upper and lower of each such pair, as places among those with a place; the first of them only.
    pub pairs: Vec<[usize; 2]>,
    /// How many such pairs there are, and of how many in all.
    pub count: i64,
    pub of: i64,
}

/// What came of all meetings; nothing where a league is too large.
#[derive(Default)]
pub(super) struct Met {
    /// For each agency with a place two for each win, one for each draw.
    pub wins: Vec<i64>,
    pub firm: Firm,
}

/// What came of one.
struct Meeting {
    /// Points on which the first is better, less points on which it is worse.
    lead: i32,
    /// Whether there are weights under which the first stands above, or below.
    is_above_once: bool,
    is_below_once: bool,
}

/// Lets every two of a league meet.
pub(super) fn meet(field: &Field) -> Met {
    let leagues = field.leagues();
    if leagues.iter().any(|league| league.len() > MOST_IN_LEAGUE) {
        return Met::default();
    }
    let mut met = Met {
        wins: vec![0; field.entries.len()],
        firm: Firm::default(),
    };
    // The points of a whole framework are at most 10^9.
    let points = field.ceilings().weights;
    let points: Vec<i32> = points.iter().map(|points| *points as i32).collect();
    let rows: Vec<Vec<i32>> = field.entries.iter().map(row).collect();
    for league in leagues {
        let told = league.iter().filter(|at| !field.entries[**at].is_silent);
        let told: Vec<usize> = told.copied().collect();
        for (number, a) in told.iter().enumerate() {
            for b in &told[number + 1..] {
                let meeting = meeting(&rows[*a], &rows[*b], &points);
                met.note(field, [*a, *b], &meeting);
            }
        }
    }
    met
}

impl Met {
    fn note(&mut self, field: &Field, [a, b]: [usize; 2], meeting: &Meeting) {
        self.wins[a] += 1 + i64::from(meeting.lead.signum());
        self.wins[b] += 1 - i64::from(meeting.lead.signum());
        self.firm.of += 1;
        let (upper, lower) = match (meeting.is_above_once, meeting.is_below_once) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return,
        };
        if is_held_no_lower(&field.entries[upper], &field.entries[lower]) {
            self.firm.count += 1;
            if self.firm.pairs.len() < MOST_TOLD {
                self.firm.pairs.push([upper, lower]);
            }
        }
    }
}

/// The rates of an agency by column, -1 for what is not counted.
fn row(entry: &Entry) -> Vec<i32> {
    let rates = entry.rates.iter();
    let rates = rates.map(|(rate, counted)| if *counted == 1 { *rate as i32 } else { -1 });
    rates.collect()
}

/// What counts for one alone raises or lowers that one as the weights want, unless it is full marks or none: so what
/// is not counted stands for the least on the one side and for the most on the other.
fn meeting(one: &[i32], other: &[i32], points: &[i32]) -> Meeting {
    // Numbers instead of yes and no, so that many columns are compared at once.
    let (mut lead, mut above, mut below) = (0_i32, 0_i32, 0_i32);
    for ((a, b), points) in one.iter().zip(other).zip(points) {
        let (a, b) = (*a, *b);
        let most = |rate: i32| if rate < 0 { 10_000 } else { rate };
        let is_counted = (a >= 0) | (b >= 0);
        let is_common = (a >= 0) & (b >= 0);
        let sign = i32::from(a > b) - i32::from(a < b);
        lead += i32::from(is_common) * sign * points;
        above |= i32::from(is_counted & (most(a) > b.max(0)));
        below |= i32::from(is_counted & (a.max(0) < most(b)));
    }
    Meeting {
        lead,
        is_above_once: above != 0,
        is_below_once: below != 0,
    }
}

/// Whether the gates hold one that is nowhere worse no lower than the other, so that it stays so whatever the weights.
fn is_held_no_lower(upper: &Entry, lower: &Entry) -> bool {
    let is_free = |one: &Entry| one.couples.is_empty() && one.caps.iter().all(|cap| *cap == 10_000);
    let mut both = upper.rates.iter().zip(&lower.rates);
    let is_alike = both.all(|(one, other)| one.1 == other.1);
    let mut caps = upper.caps.iter().zip(&lower.caps);
    let mut couples = upper.couples.iter();
    upper.grade_cap >= lower.grade_cap
        && caps.all(|(own, other)| own >= other)
        && couples.all(|(held, to, lead)| {
            let mut others = lower.couples.iter();
            others.any(|other| (other.0, other.1) == (*held, *to) && other.2 <= *lead)
        })
        // Weights of what one alone is measured on shift what a held dimension weighs.
        && (is_alike || (is_free(upper) && is_free(lower)))
}
