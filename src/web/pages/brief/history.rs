//! How places changed over the quarters, as a drawing: a line an agency, its name where the line ends.

use serde::Serialize;

use super::super::period::quarter_title;
use crate::app::brief::History;
use crate::web::words::Language;

/// The drawing in its own units: the page scales it.
const WIDTH: i64 = 1060;
const TOP: i64 = 34;
const TALL: i64 = 420;
/// Room for names beside the newest quarter, and for places beside the oldest.
const NAMES: i64 = 370;
const PLACES: i64 = 40;
/// The least distance between two names.
const LINE: i64 = 22;

/// One agency's line.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    pub name: String,
    pub way: &'static str,
    /// The path of the line; a quarter without a place is a gap.
    pub path: String,
    /// Where it has a place: across, down.
    pub points: Vec<(i64, i64)>,
    pub rank: i64,
    /// Where the name stands, and where the line to it begins.
    pub label_y: i64,
    pub end_y: i64,
}

/// The whole drawing.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    pub width: i64,
    pub height: i64,
    /// Each quarter with its place across.
    pub quarters: Vec<(i64, String)>,
    pub traces: Vec<Trace>,
    pub foot: i64,
    /// Where names and the lines to them stand.
    pub name_x: i64,
    pub rank_x: i64,
    pub leader: (i64, i64),
    pub anchor: &'static str,
}

/// One agency to be drawn: its id, its name, and `up`, `down` or `same`.
pub struct Drawn {
    pub agency: String,
    pub name: String,
    pub way: &'static str,
}

/// Draws the places of some agencies; nothing where there is only one quarter.
pub fn draw(of: &History, who: Vec<Drawn>, language: Language) -> Option<Drawing> {
    let count = of.quarters.len();
    if count < 2 {
        return None;
    }
    let is_rtl = language == Language::Fa;
    // The newest quarter stands where reading ends, beside the names.
    let across = |quarter: usize| {
        let step = (WIDTH - NAMES - PLACES) / (count as i64 - 1);
        let from_start = PLACES + step * quarter as i64;
        if is_rtl {
            WIDTH - from_start
        } else {
            from_start
        }
    };
    let down = |rank: i64| TOP + TALL * (rank - 1) / (of.last - 1).max(1);
    let traces = who.into_iter().filter_map(|drawn| {
        let places = of.places.get(&drawn.agency)?;
        trace(drawn, places, &across, &down)
    });
    let mut traces: Vec<Trace> = traces.collect();
    traces.sort_by_key(|trace| trace.rank);
    let wanted: Vec<i64> = traces.iter().map(|trace| trace.end_y).collect();
    for (trace, y) in traces.iter_mut().zip(spread(&wanted, TOP, TOP + TALL)) {
        trace.label_y = y;
    }
    let newest = across(count - 1);
    let way = if is_rtl { -1 } else { 1 };
    Some(Drawing {
        width: WIDTH,
        height: TOP + TALL + LINE,
        quarters: (0..count)
            .map(|at| (across(at), short(language, &of.quarters[at])))
            .collect(),
        traces,
        foot: TOP + TALL + LINE / 2,
        name_x: newest + way * 74,
        rank_x: newest + way * 48,
        leader: (newest + way * 8, newest + way * 32),
        anchor: if is_rtl { "end" } else { "start" },
    })
}

/// A quarter in few letters: the title without its first word, or the code.
fn short(language: Language, code: &str) -> String {
    let title = quarter_title(language, code);
    match (language, title.split_once(' ')) {
        (Language::Fa, Some((_, rest))) => rest.to_owned(),
        _ => code.to_owned(),
    }
}

/// One agency's line; nothing where it has no place in the newest quarter.
fn trace(
    of: Drawn,
    places: &[Option<i64>],
    across: &dyn Fn(usize) -> i64,
    down: &dyn Fn(i64) -> i64,
) -> Option<Trace> {
    let rank = places.last().copied().flatten()?;
    let (mut path, mut points, mut is_open) = (String::new(), Vec::new(), false);
    for (quarter, place) in places.iter().enumerate() {
        let Some(place) = place else {
            is_open = false;
            continue;
        };
        let (x, y) = (across(quarter), down(*place));
        path.push_str(&format!("{}{x} {y}", if is_open { "L" } else { "M" }));
        points.push((x, y));
        is_open = true;
    }
    Some(Trace {
        name: of.name,
        way: of.way,
        path,
        points,
        rank,
        label_y: down(rank),
        end_y: down(rank),
    })
}

/// Moves heights in order as little as needed so that they stand a line apart between two borders.
fn spread(wanted: &[i64], top: i64, foot: i64) -> Vec<i64> {
    let mut placed: Vec<i64> = Vec::new();
    for y in wanted {
        let least = placed.last().map_or(top, |last| last + LINE);
        placed.push((*y).max(least));
    }
    let mut most = foot;
    for y in placed.iter_mut().rev() {
        *y = (*y).min(most);
        most = *y - LINE;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_a_line_apart_and_inside_the_drawing() {
        let placed = spread(&[0, 5, 10, 95, 100], 0, 100);
        assert_eq!(placed, [0, 22, 44, 78, 100]);
        assert_eq!(
            spread(&[10, 60], 0, 100),
            [10, 60],
            "nothing moves without need"
        );
        assert!(spread(&[], 0, 100).is_empty());
    }
}
