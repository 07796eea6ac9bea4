//! What each indicator is worth before gates: status, value, points; honesty and trust (SCORING.md §2–§6).

use std::collections::HashMap;

use super::super::framework::{Framework, Indicator, ReportedBy, Unverified};
use super::super::returns::{AgencyReturn, Answer, Value, Verdict};
use super::{half_up, points_c, value_of};

/// What became of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Verified,
    Adjusted,
    Rejected,
    Measured,
    Unverified,
    Unanswered,
    NaProfile,
    NaGranted,
    NotEnoughData,
    NotMeasured,
}

impl Status {
    /// The word of the card.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Verified => "verified",
            Status::Adjusted => "adjusted",
            Status::Rejected => "rejected",
            Status::Measured => "measured",
            Status::Unverified => "unverified",
            Status::Unanswered => "unanswered",
            Status::NaProfile => "na_profile",
            Status::NaGranted => "na_granted",
            Status::NotEnoughData => "not_enough_data",
            Status::NotMeasured => "not_measured",
        }
    }

    /// Whether the indicator is in numerator and denominator.
    pub fn is_counted(self) -> bool {
        !matches!(
            self,
            Status::NaProfile | Status::NaGranted | Status::NotEnoughData | Status::NotMeasured
        )
    }
}

/// One indicator of one agency, points in hundredths.
#[derive(Clone, Debug)]
pub struct Item {
    pub status: Status,
    pub value: Option<i64>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub base_c: i64,
    /// Claimed points less points at the sample's share, where cases were drawn.
    pub drift_c: i64,
}

impl Item {
    fn of(status: Status) -> Item {
        Item {
            status,
            value: None,
            claimed_c: None,
            verified_c: None,
            base_c: 0,
            drift_c: 0,
        }
    }

    /// Whether the agency claimed it and somebody gave a verdict on the claim.
    pub fn is_audited(&self) -> bool {
        self.claimed_c.is_some() && self.verified_c.is_some()
    }
}

/// How a claim without a verdict is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    ByPolicy,
    Rejected,
    Confirmed,
}

/// Honesty and trust over the claims with a verdict (SCORING.md §5).
#[derive(Clone, Debug, Default)]
pub struct Honesty {
    pub audited_points: i64,
    pub claimed_c: i64,
    pub verified_c: i64,
    pub over_c: i64,
    pub under_c: i64,
    pub ratio_bp: Option<i64>,
    pub trust_bp: i64,
    pub sample_drift_c: i64,
}

/// All indicators of one agency in framework order.
#[derive(Clone, Debug)]
pub struct Settled {
    pub items: Vec<Item>,
    pub honesty: Honesty,
}

impl Settled {
    /// Ceilings of the indicators of some status.
    pub fn points_with(&self, framework: &Framework, is_meant: impl Fn(Status) -> bool) -> i64 {
        let both = self.items.iter().zip(&framework.indicators);
        both.filter(|(item, _)| is_meant(item.status))
            .map(|(_, indicator)| indicator.points)
            .sum()
    }

    /// Share of what counts, and of what the office still owes, that is settled.
    pub fn settled_bp(&self, framework: &Framework) -> i64 {
        let counted = self.points_with(framework, Status::is_counted);
        let pending = self.points_with(framework, |status| status == Status::Unverified);
        let owed = self.points_with(framework, |status| status == Status::NotMeasured);
        if counted + owed == 0 {
            return 0;
        }
        half_up(
            10_000 * i128::from(counted - pending),
            i128::from(counted + owed),
        )
    }
}

/// Settles one agency. `is_known` tells which indicators the return can speak of at all.
pub fn settle(
    framework: &Framework,
    agency: &AgencyReturn,
    pending: Pending,
    is_known: &dyn Fn(usize) -> bool,
) -> Settled {
    let answers: HashMap<&str, &Answer> = agency
        .answers
        .iter()
        .map(|answer| (answer.indicator.as_str(), answer))
        .collect();
    let places = framework.indicators.iter().enumerate();
    let mut items: Vec<Item> = places
        .map(|(place, indicator)| {
            let answer = answers.get(indicator.code.as_str()).copied();
            item(
                framework,
                indicator,
                agency,
                answer,
                pending,
                is_known(place),
            )
        })
        .collect();
    let honesty = honesty(framework, &items);
    for (place, item) in items.iter_mut().enumerate() {
        let indicator = &framework.indicators[place];
        if item.status == Status::Unverified {
            item.base_c = unverified(framework, item.claimed_c.unwrap_or(0), honesty.trust_bp);
        }
        if let (true, true, Status::NotMeasured, Some(ratio)) = (
            indicator.is_honesty_ratio,
            is_known(place),
            item.status,
            honesty.ratio_bp,
        ) {
            let points = points_c(indicator, Some(ratio));
            item.status = Status::Measured;
            item.value = Some(ratio);
            item.verified_c = Some(points);
            item.base_c = points;
        }
    }
    Settled { items, honesty }
}

/// The share at which claims without a verdict count, in hundredths of a percent.
pub fn pending_bp(framework: &Framework, trust_bp: i64) -> i64 {
    match framework.policy.unverified {
        Unverified::Trust => trust_bp,
        Unverified::Discount => framework.policy.discount_bp,
        Unverified::Zero => 0,
        Unverified::Accept => 10_000,
    }
}

fn unverified(framework: &Framework, claimed_c: i64, trust_bp: i64) -> i64 {
    let rate_bp = pending_bp(framework, trust_bp);
    half_up(i128::from(claimed_c) * i128::from(rate_bp), 10_000)
}

fn item(
    framework: &Framework,
    indicator: &Indicator,
    agency: &AgencyReturn,
    answer: Option<&Answer>,
    pending: Pending,
    is_known: bool,
) -> Item {
    if indicator
        .applies_to
        .iter()
        .any(|flag| !agency.profile.contains(flag))
    {
        return Item::of(Status::NaProfile);
    }
    let verdict = answer.and_then(|answer| answer.verdict.as_ref());
    if matches!(verdict, Some(Verdict::NotApplicable { .. })) {
        return Item::of(Status::NaGranted);
    }
    if !is_known {
        return Item::of(Status::NotMeasured);
    }
    if indicator.reported_by != ReportedBy::Agency {
        return measured(framework, indicator, verdict);
    }
    match answer
        .and_then(|answer| answer.claim)
        .filter(|_| agency.is_submitted)
    {
        None => Item::of(Status::Unanswered),
        Some(claim) => claimed(framework, indicator, claim, verdict, pending),
    }
}

fn measured(framework: &Framework, indicator: &Indicator, verdict: Option<&Verdict>) -> Item {
    let Some(Verdict::Measured { value, answers }) = verdict else {
        return Item::of(Status::NotMeasured);
    };
    if indicator.is_honesty_ratio {
        return Item::of(Status::NotMeasured);
    }
    if answers.is_some_and(|answers| answers < framework.policy.survey_min_answers) {
        return Item::of(Status::NotEnoughData);
    }
    let value = value_of(indicator, *value);
    let points = points_c(indicator, value);
    Item {
        value,
        verified_c: Some(points),
        base_c: points,
        ..Item::of(Status::Measured)
    }
}

fn claimed(
    framework: &Framework,
    indicator: &Indicator,
    claim: Value,
    verdict: Option<&Verdict>,
    pending: Pending,
) -> Item {
    let value = value_of(indicator, claim);
    let claimed_c = points_c(indicator, value);
    let (status, verified) = match verdict {
        Some(Verdict::Confirmed) => (Status::Verified, value),
        Some(Verdict::Adjusted(found)) => (Status::Adjusted, value_of(indicator, *found)),
        Some(Verdict::Rejected) => (Status::Rejected, None),
        Some(Verdict::Sample { n, k }) => {
            let share = half_up(10_000 * i128::from(*k), i128::from(*n));
            let mut item = if stands(framework, claim, value, share, *n, *k) {
                verified_item(indicator, Status::Verified, claimed_c, value)
            } else {
                verified_item(indicator, Status::Adjusted, claimed_c, Some(share))
            };
            item.drift_c = claimed_c - points_c(indicator, Some(share));
            return item;
        }
        _ => match pending {
            Pending::Confirmed => (Status::Verified, value),
            Pending::Rejected => (Status::Rejected, None),
            Pending::ByPolicy => {
                return Item {
                    value,
                    claimed_c: Some(claimed_c),
                    ..Item::of(Status::Unverified)
                };
            }
        },
    };
    verified_item(indicator, status, claimed_c, verified)
}

fn verified_item(
    indicator: &Indicator,
    status: Status,
    claimed_c: i64,
    value: Option<i64>,
) -> Item {
    let points = points_c(indicator, value);
    Item {
        value,
        claimed_c: Some(claimed_c),
        verified_c: Some(points),
        base_c: points,
        ..Item::of(status)
    }
}

/// Whether a claimed share stands against k of n cases (SCORING.md §4): exact, no roots.
fn stands(
    framework: &Framework,
    claim: Value,
    value: Option<i64>,
    share: i64,
    n: i64,
    k: i64,
) -> bool {
    let Value::Ratio { num, den } = claim else {
        return false;
    };
    if n >= den {
        return value == Some(share);
    }
    let (num, den, n, k) = (
        i128::from(num),
        i128::from(den),
        i128::from(n),
        i128::from(k),
    );
    let z = i128::from(framework.policy.sample_z_c);
    let distance = k * den - num * n;
    10_000 * distance * distance <= z * z * n * num * (den - num)
}

fn honesty(framework: &Framework, items: &[Item]) -> Honesty {
    let mut sum = Honesty::default();
    for (item, indicator) in items.iter().zip(&framework.indicators) {
        let (Some(claimed), Some(verified)) = (item.claimed_c, item.verified_c) else {
            continue;
        };
        sum.audited_points += indicator.points;
        sum.claimed_c += claimed;
        sum.verified_c += verified;
        sum.over_c += (claimed - verified).max(0);
        sum.under_c += (verified - claimed).max(0);
        sum.sample_drift_c += item.drift_c;
    }
    let (claimed, over) = (i128::from(sum.claimed_c), i128::from(sum.over_c));
    sum.ratio_bp = (claimed > 0).then(|| half_up(10_000 * (claimed - over), claimed));
    let policy = &framework.policy;
    let prior = 100 * i128::from(policy.trust_prior_points);
    let held = 10_000 * (claimed - i128::from(policy.trust_over_weight) * over);
    sum.trust_bp = half_up(
        (held + prior * i128::from(policy.trust_prior_bp)).max(0),
        claimed + prior,
    );
    sum
}
