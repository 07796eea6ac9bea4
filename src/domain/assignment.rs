//! Sharing out the agencies of a quarter to those who verify them: by the hours they have, in rotation, and nobody's
//! own agency, of today or of before, to them.

use std::collections::{BTreeMap, HashSet};

/// What the review of one indicator is reckoned with until something better is known, in minutes.
pub const USUAL_MINUTES: i64 = 6;

/// Pauses in seconds that say how long a review took: shorter ones are a list that was confirmed at once, longer ones
/// a cup of tea.
const TELLING: std::ops::RangeInclusive<i64> = 20..=3_600;
/// From so many reviews on, their middle is believed.
const ENOUGH: usize = 5;

/// An agency to be verified.
#[derive(Clone, Debug)]
pub struct Load<'a> {
    pub agency: &'a str,
    /// What its review is reckoned with.
    pub minutes: i64,
    /// Who verified it last quarter.
    pub before: Option<&'a str>,
}

/// An auditor with the time they have.
#[derive(Clone, Debug)]
pub struct Hand<'a> {
    pub auditor: &'a str,
    pub minutes: i64,
    /// What is theirs already.
    pub taken: i64,
    /// Agencies they belong or belonged to.
    pub own: HashSet<&'a str>,
}

/// Who is to verify an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share<'a> {
    pub agency: &'a str,
    /// None where everybody belongs to the agency, or nobody has any time.
    pub auditor: Option<&'a str>,
    /// The same as last quarter, for want of another.
    pub is_again: bool,
    /// Beyond the hours of the auditor.
    pub is_over: bool,
}

/// Shares out agencies, the largest first, each to whoever is least laden of those who have the time, and of these
/// first to those who did not verify it last quarter. The same input always gives the same shares.
pub fn share_out<'a>(loads: &[Load<'a>], hands: &[Hand<'a>]) -> Vec<Share<'a>> {
    let mut taken: Vec<i64> = hands.iter().map(|hand| hand.taken).collect();
    let mut order: Vec<&Load> = loads.iter().collect();
    order.sort_by_key(|load| (-load.minutes, load.agency));
    let mut shares = Vec::with_capacity(loads.len());
    for load in order {
        let able = |hand: &Hand| hand.minutes > 0 && !hand.own.contains(load.agency);
        let burden = |place: usize| {
            let (hand, after) = (&hands[place], taken[place] + load.minutes);
            let is_again = load.before == Some(hand.auditor);
            let part = after.saturating_mul(1_000_000) / hand.minutes;
            (after > hand.minutes, is_again, part, hand.auditor)
        };
        let all = (0..hands.len()).filter(|place| able(&hands[*place]));
        let chosen = all.min_by_key(|place| burden(*place));
        let (is_over, is_again) = chosen.map(burden).map_or((false, false), |b| (b.0, b.1));
        if let Some(place) = chosen {
            taken[place] += load.minutes;
        }
        shares.push(Share {
            agency: load.agency,
            auditor: chosen.map(|place| hands[place].auditor),
            is_again,
            is_over,
        });
    }
    shares.sort_by_key(|share| share.agency);
    shares
}

/// How many minutes the review of each indicator took, learnt from the pauses in seconds between one verdict and the
/// next of the same auditor on the same agency: the middle of enough of them, rounded up.
pub fn learnt<'a>(pauses: impl Iterator<Item = (&'a str, i64)>) -> BTreeMap<&'a str, i64> {
    let mut by: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for (indicator, seconds) in pauses.filter(|(_, seconds)| TELLING.contains(seconds)) {
        by.entry(indicator).or_default().push(seconds);
    }
    by.retain(|_, all| all.len() >= ENOUGH);
    let middle = |mut all: Vec<i64>| {
        all.sort_unstable();
        (all[all.len() / 2] + 59) / 60
    };
    by.into_iter()
        .map(|(indicator, all)| (indicator, middle(all)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load<'a>(agency: &'a str, minutes: i64, before: Option<&'a str>) -> Load<'a> {
        Load {
            agency,
            minutes,
            before,
        }
    }

    fn hand<'a>(auditor: &'a str, minutes: i64, own: &[&'a str]) -> Hand<'a> {
        Hand {
            auditor,
            minutes,
            taken: 0,
            own: own.iter().copied().collect(),
        }
    }

    fn of<'a>(shares: &[Share<'a>], agency: &str) -> Share<'a> {
        let found = shares.iter().find(|share| share.agency == agency);
        found.cloned().expect("shared out")
    }

    #[test]
    fn nobody_verifies_an_agency_they_belong_to_and_where_all_do_nobody_is_named() {
        let loads = [load("A", 60, None), load("B", 60, None)];
        let hands = [hand("mina", 600, &["A", "B"]), hand("reza", 600, &["B"])];
        let shares = share_out(&loads, &hands);
        assert_eq!(of(&shares, "A").auditor, Some("reza"));
        assert_eq!(of(&shares, "B").auditor, None);
    }

    #[test]
    fn last_quarters_auditor_comes_again_only_where_nobody_else_has_the_time() {
        let loads = [load("A", 60, Some("mina"))];
        let both = [hand("mina", 600, &[]), hand("reza", 60, &[])];
        assert_eq!(of(&share_out(&loads, &both), "A").auditor, Some("reza"));
        let short = [hand("mina", 600, &[]), hand("reza", 59, &[])];
        let share = of(&share_out(&loads, &short), "A");
        assert_eq!((share.auditor, share.is_again), (Some("mina"), true));
    }

    #[test]
    fn who_has_twice_the_hours_gets_twice_the_work() {
        let names: Vec<String> = (0..30).map(|number| format!("A{number:02}")).collect();
        let loads: Vec<Load> = names.iter().map(|name| load(name, 10, None)).collect();
        let shares = share_out(&loads, &[hand("mina", 200, &[]), hand("reza", 400, &[])]);
        let mina = shares.iter().filter(|one| one.auditor == Some("mina"));
        assert_eq!(mina.count(), 10);
        assert!(shares.iter().all(|share| !share.is_over));
    }

    #[test]
    fn what_does_not_fit_is_shared_out_all_the_same_and_said() {
        let loads = [load("A", 50, None), load("B", 50, None)];
        let shares = share_out(&loads, &[hand("mina", 60, &[]), hand("idle", 0, &[])]);
        assert!(shares.iter().all(|share| share.auditor == Some("mina")));
        assert_eq!(shares.iter().filter(|share| share.is_over).count(), 1);
    }

    #[test]
    fn the_middle_of_five_reviews_is_believed_and_a_list_confirmed_at_once_says_nothing() {
        let pauses = [("A", 61), ("A", 30), ("A", 200), ("A", 100), ("A", 3_600)];
        let quick = std::iter::repeat_n(("B", 2), 50);
        let found = learnt(pauses.into_iter().chain(quick).chain([("C", 90)]));
        assert_eq!(found, BTreeMap::from([("A", 2)]));
    }
}
