//! What a result says on one page: who rose and who fell, where word and fact lie furthest apart, where nobody was
//! sent, and what the meeting is asked to decide (DOMAIN.md §3a). Every sentence has to be true of a quarter in which
//! nobody is ranked, of one agency, and of all with the same score.

use super::ranking;

/// How many names the first and the last of a league have.
pub const ENDS: usize = 5;

/// One agency of a result, as far as the page speaks of it.
#[derive(Clone, Debug, Default)]
pub struct Standing<'a> {
    pub league: &'a str,
    /// Whether it is ranked in this quarter.
    pub is_ranked: bool,
    /// Whether it was in the one before.
    pub was_ranked: bool,
    pub is_no_report: bool,
    pub rank: Option<i64>,
    pub score_c: Option<i64>,
    /// The like-for-like change of its score.
    pub change_c: Option<i64>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    /// Earned of the points of the two desk dimensions, in hundredths of a percent.
    pub desk_bp: Option<i64>,
    pub gap_bp: Option<i64>,
    pub visits: i64,
    /// Visits that found nobody, or were not let in.
    pub failed: i64,
    pub is_unstaffed: bool,
}

impl Standing<'_> {
    /// How much more the agency said than was verified; nothing where it did not say more.
    pub fn over_c(&self) -> Option<i64> {
        let over = self.claimed_c? - self.verified_c?;
        (over > 0 && !self.is_no_report).then_some(over)
    }

    /// The change of score, if it is ranked in both quarters.
    fn compared_c(&self) -> Option<i64> {
        self.change_c.filter(|_| self.is_ranked && self.was_ranked)
    }
}

/// What the title of the page says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nobody has a rank.
    Nobody,
    /// One agency alone has one.
    Alone { place: usize, score_c: i64 },
    /// Everybody has the same score.
    Tied { count: i64, score_c: i64 },
    /// Scores differ; the page says their mean.
    Mean { count: i64 },
}

/// Who moved one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Movers {
    /// Nobody is ranked in both quarters.
    NothingToCompare,
    /// All moved less than what counts as a change.
    Nobody { compared: i64 },
    /// So many moved; the furthest, all of them where several moved as far.
    Some {
        count: i64,
        by_c: i64,
        furthest: Vec<usize>,
    },
}

/// Something that the meeting is asked to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Who is to staff a desk that is equipped.
    Staff(Vec<usize>),
    /// What becomes of resolutions that are overdue.
    Overdue(i64),
    /// Who is to hand in a report.
    Report(Vec<usize>),
    /// Where to send somebody who looks.
    Visit(Vec<usize>),
}

/// The first and the last of a league, as places in the list that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Nobody has a place.
    Nobody,
    /// So few that all are named once.
    All(Vec<usize>),
    /// The first and the last; those with equal scores are named together.
    Parted { first: Vec<usize>, last: Vec<usize> },
    /// So many share a place that the ends cannot be told apart.
    Tied { count: i64 },
}

/// All that the page says of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub finding: Finding,
    pub rose: Movers,
    pub fell: Movers,
    /// The least that counts as a change did not happen to so many of those ranked in both quarters.
    pub unmoved: i64,
    /// Those who said most beyond what was verified, the furthest first; those with the same gap are named together.
    pub widest: Vec<usize>,
    pub unvisited: Vec<usize>,
    /// Equipped but unstaffed, the emptiest first.
    pub unstaffed: Vec<usize>,
    pub most_improved: Vec<usize>,
    pub best_desk: Vec<usize>,
    pub asked: Vec<Asked>,
}

impl Brief {
    /// Reads a result. A change counts from `least_c` on; `overdue` resolutions wait for the meeting.
    pub fn of(all: &[Standing], least_c: i64, overdue: i64) -> Brief {
        let least = least_c.max(1);
        let places = |is_meant: &dyn Fn(&Standing) -> bool| -> Vec<usize> {
            let meant = all.iter().enumerate().filter(|(_, one)| is_meant(one));
            meant.map(|(place, _)| place).collect()
        };
        let mut unstaffed = places(&|one| one.is_unstaffed);
        unstaffed.sort_by_key(|place| {
            let one = &all[*place];
            std::cmp::Reverse((one.failed, one.gap_bp))
        });
        let unvisited = places(&|one| one.visits == 0);
        let silent = places(&|one| one.is_no_report);
        let mut asked = Vec::new();
        if !unstaffed.is_empty() {
            asked.push(Asked::Staff(unstaffed.clone()));
        }
        if overdue > 0 {
            asked.push(Asked::Overdue(overdue));
        }
        if !silent.is_empty() {
            asked.push(Asked::Report(silent));
        }
        if !unvisited.is_empty() {
            asked.push(Asked::Visit(unvisited.clone()));
        }
        let moved = |least: i64| {
            let compared = all.iter().filter_map(Standing::compared_c);
            compared.filter(|change| change.abs() < least).count() as i64
        };
        Brief {
            finding: finding(all),
            rose: movers(all, least, 1),
            fell: movers(all, least, -1),
            unmoved: moved(least),
            widest: top(all, |one| one.over_c().filter(|_| one.is_ranked)),
            unvisited,
            unstaffed,
            most_improved: top(all, |one| {
                one.compared_c().filter(|change| *change >= least)
            }),
            best_desk: top(all, |one| one.desk_bp.filter(|_| one.is_ranked)),
            asked,
        }
    }
}

/// Those with the highest figure, as places.
fn top(all: &[Standing], figure: impl Fn(&Standing) -> Option<i64>) -> Vec<usize> {
    let places: Vec<usize> = (0..all.len()).collect();
    let best = ranking::best(&places, |place| figure(&all[*place]));
    best.into_iter().copied().collect()
}

fn finding(all: &[Standing]) -> Finding {
    let ranked = all.iter().enumerate().filter(|(_, one)| one.is_ranked);
    let scored: Vec<(usize, i64)> = ranked
        .filter_map(|(place, one)| Some((place, one.score_c?)))
        .collect();
    let count = scored.len() as i64;
    match scored[..] {
        [] => Finding::Nobody,
        [(place, score_c)] => Finding::Alone { place, score_c },
        [(_, score_c), ..] if scored.iter().all(|(_, one)| *one == score_c) => {
            Finding::Tied { count, score_c }
        }
        _ => Finding::Mean { count },
    }
}

/// Who moved up (`way` 1) or down (-1) by at least `least`.
fn movers(all: &[Standing], least: i64, way: i64) -> Movers {
    let compared = all.iter().filter_map(Standing::compared_c).count() as i64;
    let far = |one: &Standing| {
        let by = one.compared_c()? * way;
        (by >= least).then_some(by)
    };
    let count = all.iter().filter_map(far).count() as i64;
    match all.iter().filter_map(far).max() {
        None if compared == 0 => Movers::NothingToCompare,
        None => Movers::Nobody { compared },
        Some(by_c) => Movers::Some {
            count,
            by_c,
            furthest: top(all, far),
        },
    }
}

/// The first and the last of a league. `all` is in order of rank.
pub fn ends(all: &[Standing], league: &str) -> Ends {
    let own = all.iter().enumerate();
    let placed: Vec<(usize, i64)> = own
        .filter(|(_, one)| one.league == league)
        .filter_map(|(place, one)| Some((place, one.rank?)))
        .collect();
    let named = |of: Vec<&(usize, i64)>| of.into_iter().map(|(place, _)| *place).collect();
    if placed.is_empty() {
        return Ends::Nobody;
    }
    if placed.len() <= 2 * ENDS {
        return Ends::All(named(placed.iter().collect()));
    }
    let (best, worst) = (placed[ENDS - 1].1, placed[placed.len() - ENDS].1);
    let first: Vec<_> = placed.iter().filter(|(_, rank)| *rank <= best).collect();
    let last: Vec<_> = placed.iter().filter(|(_, rank)| *rank >= worst).collect();
    if best >= worst || first.len() > 2 * ENDS || last.len() > 2 * ENDS {
        let count = first.len().max(last.len()) as i64;
        return Ends::Tied { count };
    }
    Ends::Parted {
        first: named(first),
        last: named(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An agency ranked in both quarters, visited once, who said what was found.
    fn agency(rank: i64, score_c: i64) -> Standing<'static> {
        Standing {
            league: "agency",
            is_ranked: true,
            was_ranked: true,
            rank: Some(rank),
            score_c: Some(score_c),
            change_c: Some(0),
            claimed_c: Some(score_c),
            verified_c: Some(score_c),
            visits: 1,
            ..Standing::default()
        }
    }

    fn read(all: &[Standing]) -> Brief {
        Brief::of(all, 200, 0)
    }

    #[test]
    fn a_quarter_with_nobody_says_so_and_asks_nothing() {
        let brief = read(&[]);
        assert_eq!(brief.finding, Finding::Nobody);
        assert_eq!(brief.rose, Movers::NothingToCompare);
        assert_eq!(brief.fell, Movers::NothingToCompare);
        assert!(brief.widest.is_empty() && brief.best_desk.is_empty() && brief.asked.is_empty());
        assert_eq!(ends(&[], "agency"), Ends::Nobody);
    }

    #[test]
    fn one_agency_alone_has_no_mean_and_no_first_and_last() {
        let alone = [agency(1, 7_287)];
        let score_c = 7_287;
        assert_eq!(read(&alone).finding, Finding::Alone { place: 0, score_c });
        assert_eq!(ends(&alone, "agency"), Ends::All(vec![0]));
        assert_eq!(ends(&alone, "county_governor"), Ends::Nobody);
    }

    #[test]
    fn where_all_have_the_same_score_nobody_is_called_first_or_last() {
        let tied = vec![agency(1, 6_000); 30];
        let finding = Finding::Tied {
            count: 30,
            score_c: 6_000,
        };
        assert_eq!(read(&tied).finding, finding);
        assert_eq!(ends(&tied, "agency"), Ends::Tied { count: 30 });
    }

    #[test]
    fn those_tied_at_the_fifth_place_are_named_together() {
        let mut all: Vec<Standing> = (1..=20).map(|rank| agency(rank, 9_000 - rank)).collect();
        all[5].rank = Some(5);
        let parted = Ends::Parted {
            first: (0..6).collect(),
            last: (15..20).collect(),
        };
        assert_eq!(ends(&all, "agency"), parted);
    }

    #[test]
    fn a_change_below_the_error_is_no_rise_and_no_fall() {
        let mut all = [agency(1, 7_000), agency(2, 6_000), agency(3, 5_000)];
        all[0].change_c = Some(199);
        all[1].change_c = Some(-199);
        let brief = read(&all);
        assert_eq!(brief.rose, Movers::Nobody { compared: 3 });
        assert_eq!(brief.fell, Movers::Nobody { compared: 3 });
        assert!(brief.most_improved.is_empty() && brief.unmoved == 3);
        all[0].change_c = Some(200);
        all[2].change_c = Some(-900);
        let brief = read(&all);
        let (count, furthest) = (1, vec![0]);
        let rose = Movers::Some {
            count,
            by_c: 200,
            furthest,
        };
        assert_eq!(brief.rose, rose);
        let furthest = vec![2];
        let fell = Movers::Some {
            count,
            by_c: 900,
            furthest,
        };
        assert_eq!((brief.fell, brief.unmoved), (fell, 1));
        assert_eq!(brief.most_improved, [0]);
    }

    #[test]
    fn who_was_not_ranked_last_time_is_not_the_most_improved() {
        let mut all = [agency(1, 7_000), agency(2, 6_000)];
        all[0].change_c = Some(7_000);
        all[0].was_ranked = false;
        all[1].change_c = Some(300);
        assert_eq!(read(&all).most_improved, [1]);
    }

    #[test]
    fn who_said_no_more_than_was_found_has_no_gap() {
        let mut all = [agency(1, 7_000), agency(2, 6_000), agency(3, 5_000)];
        assert!(read(&all).widest.is_empty());
        all[1].claimed_c = Some(8_000);
        all[2].claimed_c = Some(7_000);
        assert_eq!(read(&all).widest, [1, 2], "the same gap is named together");
        all[1].claimed_c = Some(5_000);
        assert_eq!(read(&all).widest, [2]);
    }

    #[test]
    fn the_meeting_is_asked_about_what_is_there_and_nothing_else() {
        let mut all = [agency(1, 7_000), agency(2, 6_000), agency(3, 0)];
        assert!(read(&all).asked.is_empty());
        all[1].is_unstaffed = true;
        all[2].is_no_report = true;
        all[0].visits = 0;
        let asked = [
            Asked::Staff(vec![1]),
            Asked::Overdue(2),
            Asked::Report(vec![2]),
            Asked::Visit(vec![0]),
        ];
        assert_eq!(Brief::of(&all, 200, 2).asked, asked);
    }

    #[test]
    fn the_emptiest_desk_stands_first() {
        let mut all = [agency(1, 7_000), agency(2, 6_000), agency(3, 5_000)];
        for (one, (failed, gap)) in all.iter_mut().zip([(0, 2_500), (1, 100), (2, 0)]) {
            (one.is_unstaffed, one.failed, one.gap_bp) = (true, failed, Some(gap));
        }
        assert_eq!(read(&all).unstaffed, [2, 1, 0]);
    }
}
