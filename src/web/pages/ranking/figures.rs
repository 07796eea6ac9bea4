//! The figures above the lists of a result.

use serde::Serialize;

use super::line::{MoveView, Printer};
use crate::app::brief;
use crate::domain::ranking;
use crate::store::score::ScoreLine;

/// The figures above the lists: scores of the first league, visits to every desk.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    pub mean_c: Option<i64>,
    pub mean_move: MoveView,
    pub mean_over_c: Option<i64>,
    pub ranked: i64,
    pub visits: i64,
    pub visited: i64,
    pub staffed: i64,
    pub staffed_percent: Option<i64>,
}

/// Rounds a mean half away from zero.
fn mean(of: &[i64]) -> Option<i64> {
    let count = of.len() as i64;
    let sum: i64 = of.iter().sum();
    (count > 0).then(|| sum.signum() * ((2 * sum.abs() + count) / (2 * count)))
}

/// The figures of a result.
pub fn figures(printer: &Printer) -> Figures {
    let first = printer.framework.kinds.first();
    let all = printer.rows.lines.iter();
    let own: Vec<&ScoreLine> = all.filter(|line| Some(&line.league) == first).collect();
    let ranked: Vec<&&ScoreLine> = own.iter().filter(|line| line.state == "ranked").collect();
    let scores: Vec<i64> = ranked.iter().filter_map(|line| line.score_c).collect();
    let over = ranked
        .iter()
        .filter_map(|line| Some(line.claimed_c? - line.verified_c?));
    let before = own.iter().filter_map(|line| {
        let stood = printer.rows.before.get(&line.agency_id)?;
        stood.score_c.filter(|_| stood.rank.is_some())
    });
    let (mean_c, before_c) = (mean(&scores), mean(&before.collect::<Vec<_>>()));
    // Every desk of the province, as in the list of those without anybody.
    let desks = printer.rows.lines.iter();
    let desks: Vec<(i64, i64)> = desks.map(|line| brief::looked(&line.desk)).collect();
    let visits: i64 = desks.iter().map(|(visits, _)| visits).sum();
    let failed: i64 = desks.iter().map(|(_, failed)| failed).sum();
    let staffed = (visits - failed).max(0);
    Figures {
        mean_c,
        mean_move: ranking::score_move(mean_c.zip(before_c).map(|(now, then)| now - then), 1)
            .into(),
        mean_over_c: mean(&over.collect::<Vec<_>>()),
        ranked: ranked.len() as i64,
        visits,
        visited: desks.iter().filter(|(visits, _)| *visits > 0).count() as i64,
        staffed,
        staffed_percent: (visits > 0).then(|| (200 * staffed + visits) / (2 * visits)),
    }
}
