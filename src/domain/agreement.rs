//! How alike two auditors judge the same items without knowing of each other.

/// From so many items on, agreement is worth a sentence.
pub const ENOUGH: usize = 30;

/// What came of an item, as far as agreement asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    Confirmed,
    Changed,
    Rejected,
}

impl Outcome {
    const ALL: [Outcome; 3] = [Outcome::Confirmed, Outcome::Changed, Outcome::Rejected];

    /// The outcome of a kind of verdict.
    pub fn of(kind: &str) -> Outcome {
        match kind {
            "confirmed" => Outcome::Confirmed,
            "rejected" => Outcome::Rejected,
            _ => Outcome::Changed,
        }
    }
}

/// How alike: Cohen's kappa in hundredths of a percent with the bounds of 95 in 100; nothing where everybody said one
/// and the same of everything, for chance alone would then agree as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub items: usize,
    pub same: usize,
    pub kappa_bp: Option<(i64, i64, i64)>,
}

/// Agreement over pairs of a first and a second outcome.
pub fn agreement(pairs: &[(Outcome, Outcome)]) -> Agreement {
    let same = pairs
        .iter()
        .filter(|(first, second)| first == second)
        .count();
    let count = |of: &dyn Fn(&(Outcome, Outcome)) -> bool| pairs.iter().filter(|p| of(p)).count();
    let by_chance: usize = Outcome::ALL
        .iter()
        .map(|one| count(&|pair| pair.0 == *one) * count(&|pair| pair.1 == *one))
        .sum();
    let (n, agreed, chance) = (pairs.len() as i128, same as i128, by_chance as i128);
    let room = n * n - chance;
    let kappa_bp = (room > 0).then(|| {
        let kappa = 10_000 * (n * agreed - chance) / room;
        // 1.96 standard errors; the root is taken of a number made larger, so that nothing is lost.
        let spread = (n * agreed * (n - agreed)) as u128;
        let root = (spread * 100_000_000).isqrt() as i128;
        let margin = 196 * root / (100 * room);
        let within = |bp: i128| bp.clamp(-10_000, 10_000) as i64;
        (
            within(kappa),
            within(kappa - margin),
            within(kappa + margin),
        )
    });
    Agreement {
        items: pairs.len(),
        same,
        kappa_bp,
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{Changed, Confirmed, Rejected};
    use super::*;

    fn times(of: (Outcome, Outcome), count: usize) -> Vec<(Outcome, Outcome)> {
        std::iter::repeat_n(of, count).collect()
    }

    #[test]
    fn two_who_always_agree_on_mixed_items_agree_wholly() {
        let pairs = [
            times((Confirmed, Confirmed), 20),
            times((Rejected, Rejected), 20),
        ]
        .concat();
        let found = agreement(&pairs);
        assert_eq!((found.items, found.same), (40, 40));
        assert_eq!(found.kappa_bp, Some((10_000, 10_000, 10_000)));
    }

    #[test]
    fn who_confirms_everything_shows_no_agreement_beyond_chance() {
        assert_eq!(agreement(&times((Confirmed, Confirmed), 50)).kappa_bp, None);
        assert_eq!(agreement(&[]).kappa_bp, None);
    }

    #[test]
    fn the_textbook_case_comes_out_as_in_the_textbook() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa 0.40, standard error 0.1319.
        let pairs = [
            times((Confirmed, Confirmed), 20),
            times((Confirmed, Changed), 5),
            times((Changed, Confirmed), 10),
            times((Changed, Changed), 15),
        ];
        let (kappa, low, high) = agreement(&pairs.concat()).kappa_bp.expect("a kappa");
        assert_eq!(kappa, 4_000);
        assert!(
            (low - 1_460).abs() <= 5 && (high - 6_540).abs() <= 5,
            "{low} {high}"
        );
    }
}
