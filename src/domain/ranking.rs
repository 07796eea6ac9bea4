//! What a list of results may say beyond its places: who truly moved, who cannot be told apart, who is named
//! (DOMAIN.md §3a).

/// How something moved since the quarter before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Better by so much.
    Up(i64),
    /// Worse by so much.
    Down(i64),
    /// Too little to say so.
    WithinError,
    /// There is nothing to compare with.
    Unknown,
}

/// A place with the interval that moved weights give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub rank: i64,
    pub low: i64,
    pub high: i64,
}

impl Stand {
    /// A place with its interval; without an interval the place alone.
    pub fn of(rank: Option<i64>, low: Option<i64>, high: Option<i64>) -> Option<Stand> {
        let rank = rank?;
        Some(Stand {
            rank,
            low: low.unwrap_or(rank),
            high: high.unwrap_or(rank),
        })
    }
}

/// A like-for-like change of score counts from `least_c` on.
pub fn score_move(change_c: Option<i64>, least_c: i64) -> Move {
    match change_c {
        None => Move::Unknown,
        Some(change) if change >= least_c.max(1) => Move::Up(change),
        Some(change) if change <= -least_c.max(1) => Move::Down(-change),
        Some(_) => Move::WithinError,
    }
}

/// A change of rank counts only if the two intervals do not overlap.
pub fn rank_move(before: Option<Stand>, after: Option<Stand>) -> Move {
    let (Some(before), Some(after)) = (before, after) else {
        return Move::Unknown;
    };
    let is_apart = before.high < after.low || after.high < before.low;
    match before.rank - after.rank {
        gained if is_apart && gained > 0 => Move::Up(gained),
        gained if is_apart && gained < 0 => Move::Down(-gained),
        _ => Move::WithinError,
    }
}

/// Runs of a list in order of rank that cannot be told apart: the intervals of any two in a run overlap. From and to,
/// both within; runs may share members, none lies within another, and nobody alone makes one.
pub fn alike(stands: &[Stand]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for first in 0..stands.len() {
        let (mut low, mut high, mut last) = (i64::MIN, i64::MAX, first);
        for (place, stand) in stands.iter().enumerate().skip(first) {
            (low, high) = (low.max(stand.low), high.min(stand.high));
            if low > high {
                break;
            }
            last = place;
        }
        if last > first && runs.last().is_none_or(|run| last > run.1) {
            runs.push((first, last));
        }
    }
    runs
}

/// Where a list in order of rank parts: the first of each run of places within which the order may change.
/// A run ends where everybody above stays above everybody below however the weights move.
pub fn tiers(stands: &[Stand]) -> Vec<usize> {
    let mut best_below = vec![i64::MAX; stands.len() + 1];
    for (place, stand) in stands.iter().enumerate().rev() {
        best_below[place] = best_below[place + 1].min(stand.low);
    }
    let mut worst_above = 0;
    let mut starts = Vec::new();
    for (place, stand) in stands.iter().enumerate() {
        if place == 0 || worst_above < best_below[place] {
            starts.push(place);
        }
        worst_above = worst_above.max(stand.high);
    }
    starts
}

/// Those with the highest figure: all of them where several share it, nobody where nobody has one.
pub fn best<T>(of: &[T], figure: impl Fn(&T) -> Option<i64>) -> Vec<&T> {
    let top = of.iter().filter_map(&figure).max();
    of.iter()
        .filter(|one| top.is_some() && figure(one) == top)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(rank: i64, low: i64, high: i64) -> Stand {
        Stand { rank, low, high }
    }

    #[test]
    fn a_rank_moves_only_where_the_intervals_part() {
        let old = Some(stand(9, 7, 10));
        assert_eq!(rank_move(old, Some(stand(4, 3, 6))), Move::Up(5));
        assert_eq!(rank_move(old, Some(stand(4, 3, 7))), Move::WithinError);
        assert_eq!(rank_move(old, Some(stand(12, 11, 13))), Move::Down(3));
        assert_eq!(rank_move(None, old), Move::Unknown);
        assert_eq!(Stand::of(Some(4), None, None), Some(stand(4, 4, 4)));
    }

    #[test]
    fn a_score_moves_from_the_setting_on() {
        assert_eq!(score_move(Some(200), 200), Move::Up(200));
        assert_eq!(score_move(Some(-200), 200), Move::Down(200));
        assert_eq!(score_move(Some(199), 200), Move::WithinError);
        assert_eq!(score_move(Some(0), 0), Move::WithinError);
        assert_eq!(score_move(None, 200), Move::Unknown);
    }

    #[test]
    fn a_tier_ends_where_nobody_crosses() {
        let list = [
            stand(1, 1, 2),
            stand(2, 1, 3),
            stand(3, 2, 3),
            stand(4, 4, 5),
            stand(5, 4, 5),
        ];
        assert_eq!(tiers(&list), [0, 3]);
        assert!(tiers(&[]).is_empty());
    }

    #[test]
    fn only_those_whose_intervals_all_overlap_cannot_be_told_apart() {
        let list = [
            stand(1, 1, 2),
            stand(2, 1, 3),
            stand(3, 3, 4),
            stand(4, 3, 4),
            stand(5, 5, 5),
        ];
        // The second overlaps with the first and with the third, but the first not with the third.
        assert_eq!(alike(&list), [(0, 1), (1, 3)]);
        assert!(alike(&[]).is_empty());
        assert!(alike(&[stand(1, 1, 1), stand(2, 2, 2)]).is_empty());
    }

    #[test]
    fn ties_are_named_together() {
        assert_eq!(best(&[3, 7, 7], |one| Some(*one)), [&7, &7]);
        assert!(best(&[3, 7], |_| None).is_empty());
    }
}
