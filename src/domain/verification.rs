//! Where an indicator of an agency stands for those who verify it.

use sha2::{Digest, Sha256};

use super::answer::applies;
use super::framework::{Indicator, ReportedBy};

/// Where one indicator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A verdict stands beside it.
    Judged,
    /// It waits for the auditor.
    Open,
    /// The agency has not handed in yet.
    NotHandedIn,
    /// The agency claimed nothing, so there is nothing to judge.
    Unclaimed,
    /// The planning office or the program brings its value.
    Elsewhere,
}

impl Standing {
    /// Whether the auditor has, or had, work on it.
    pub fn is_work(self) -> bool {
        matches!(self, Standing::Judged | Standing::Open)
    }
}

/// Where an indicator stands; the part nobody sees is never read to answer this.
pub fn standing(
    indicator: &Indicator,
    is_handed_in: bool,
    has_claim: bool,
    is_judged: bool,
) -> Standing {
    match indicator.reported_by {
        _ if indicator.is_honesty_ratio => Standing::Elsewhere,
        ReportedBy::Survey | ReportedBy::Central | ReportedBy::System => Standing::Elsewhere,
        _ if is_judged => Standing::Judged,
        ReportedBy::Auditor => Standing::Open,
        ReportedBy::Agency if !is_handed_in => Standing::NotHandedIn,
        ReportedBy::Agency if !has_claim => Standing::Unclaimed,
        ReportedBy::Agency => Standing::Open,
    }
}

/// The indicators of a profile that an auditor verifies, in the order of the framework.
pub fn verified<'a>(
    indicators: &'a [Indicator],
    profile: &'a [String],
) -> impl Iterator<Item = &'a Indicator> {
    let own = |one: &&Indicator| {
        matches!(one.reported_by, ReportedBy::Agency | ReportedBy::Auditor)
            && !one.is_honesty_ratio
            && applies(one, profile)
    };
    indicators.iter().filter(own)
}

/// Whether chance chooses an item, one in so many: by a hash of its name, so nobody can choose, and it stays so.
pub fn is_chosen(name: &str, one_in: u64) -> bool {
    let hash = Sha256::digest(name);
    let number = hash
        .iter()
        .take(6)
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    number % one_in.max(1) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_chooses_one_in_so_many_and_the_same_every_time() {
        let chosen = |one_in| {
            let names = (0..10_000).map(|number| format!("item {number}"));
            names.filter(|name| is_chosen(name, one_in)).count()
        };
        assert!((900..1_100).contains(&chosen(10)), "{}", chosen(10));
        assert!((1_850..2_150).contains(&chosen(5)), "{}", chosen(5));
        assert_eq!(chosen(10), chosen(10));
        assert_eq!(chosen(1), 10_000);
    }
}
