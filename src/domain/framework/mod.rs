//! The framework: indicators, dimensions, gates, facts and grades as the rule knows them (SCORING.md §2, §7, §8).

mod check;
mod fact;
mod gate;
mod indicator;
mod read;

use std::collections::HashMap;

use super::fault::{At, Faults, Refusal};
use super::json::{self, Json};

pub use read::read;

/// Reads the file of a framework, or says everything that is wrong with it.
pub fn read_file(bytes: &[u8]) -> Result<Framework, Refusal> {
    let json = json::read(bytes).ok_or_else(Refusal::not_json)?;
    let mut faults = Faults::default();
    read(&json, &At::top(), &mut faults).ok_or_else(|| faults.refusal())
}

/// A framework without any fault. Places in lists are used instead of names: every name was found.
#[derive(Clone, Debug)]
pub struct Framework {
    pub code: String,
    pub version: String,
    /// Points of all indicators together.
    pub total_points: i64,
    pub policy: Policy,
    /// Best grade first, falling to 0.
    pub grades: Vec<Grade>,
    pub kinds: Vec<String>,
    /// Group code and the kind of agency it belongs to.
    pub groups: Vec<(String, String)>,
    pub flags: Vec<String>,
    pub facts: Vec<Fact>,
    pub dimensions: Vec<Dimension>,
    pub indicators: Vec<Indicator>,
    pub gates: Vec<Gate>,
    /// Where each indicator stands.
    pub indicator_places: HashMap<String, usize>,
    /// Where each fact stands.
    pub fact_places: HashMap<String, usize>,
    /// The whole file, with the texts people read.
    pub source: Json,
}

/// How claims without a verdict count (SCORING.md §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverified {
    Trust,
    Discount,
    Zero,
    Accept,
}

/// Settings of the rule.
#[derive(Clone, Debug)]
pub struct Policy {
    pub unverified: Unverified,
    pub discount_bp: i64,
    pub trust_prior_points: i64,
    pub trust_prior_bp: i64,
    pub trust_over_weight: i64,
    pub sample_z_c: i64,
    pub min_rank_points: i64,
    pub survey_min_answers: i64,
    pub gap_alert_bp: i64,
}

/// A grade and the least score for it, in hundredths.
#[derive(Clone, Debug)]
pub struct Grade {
    pub id: String,
    pub min_c: i64,
}

/// What a fact is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactType {
    Int,
    Bool,
    Pct,
}

/// Where a fact comes from. Truth is 1, percents are hundredths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Entered {
        default: Option<i64>,
        max_of: Option<usize>,
    },
    Sum(Vec<usize>),
    Indicator(usize),
    Submitted,
    Findings,
    SettledShare,
}

/// Something counted about an agency, on which gates depend.
#[derive(Clone, Debug)]
pub struct Fact {
    pub id: String,
    pub kind: FactType,
    pub source: Source,
    /// The source as written, to see whether it changed between versions.
    pub written: Json,
}

/// A dimension (محور) and its points.
#[derive(Clone, Debug)]
pub struct Dimension {
    pub code: String,
    pub points: i64,
}

/// What an indicator's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    YesNo,
    Level,
    Percent,
    Ratio,
    Count,
    Duration,
}

/// Who reports an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedBy {
    Agency,
    Auditor,
    Survey,
    Central,
    System,
}

impl ReportedBy {
    /// The word of the framework's file.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportedBy::Agency => "agency",
            ReportedBy::Auditor => "auditor",
            ReportedBy::Survey => "survey",
            ReportedBy::Central => "central",
            ReportedBy::System => "system",
        }
    }
}

/// An indicator (شاخص) with its ceiling of points and goalposts.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub code: String,
    pub dimension: usize,
    pub points: i64,
    pub nature: String,
    pub measure: Measure,
    pub unit: String,
    pub is_lower_better: bool,
    pub floor_c: i64,
    pub target_c: i64,
    /// The highest level, for indicators in levels.
    pub top_level: i64,
    pub reported_by: ReportedBy,
    pub applies_to: Vec<String>,
    pub is_na_allowed: bool,
    /// Whether the program itself computes it as the honesty ratio.
    pub is_honesty_ratio: bool,
}

/// How a fact is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

/// One condition of a gate; the value is on the scale of the fact.
#[derive(Clone, Debug)]
pub struct Condition {
    pub fact: usize,
    pub operator: Operator,
    pub value: i64,
}

/// Which indicators a `score_zero` takes.
#[derive(Clone, Debug)]
pub enum Scope {
    All,
    ReportedBy(ReportedBy),
    Dimension(usize),
}

/// What an armed gate does.
#[derive(Clone, Debug)]
pub enum Effect {
    CapIndicator {
        indicator: usize,
        max_pct: i64,
    },
    ZeroFindings,
    ScoreZero(Scope),
    CapDimension {
        dimension: usize,
        max_pct: i64,
    },
    CapFindingDimensions {
        max_pct: i64,
    },
    CoupleDimension {
        dimension: usize,
        to: usize,
        max_lead_pct: i64,
    },
    CapGrade(usize),
    AsGate(usize),
    RankLast,
    Unranked,
    Label(String),
    Agenda(String),
}

/// A gate (شرط سقف): when its conditions hold, its effects bind.
#[derive(Clone, Debug)]
pub struct Gate {
    pub code: String,
    pub applies_to: Vec<String>,
    pub conditions: Vec<Condition>,
    pub effects: Vec<Effect>,
}

impl Indicator {
    /// Whether the value is a share of a hundred: a numerator above its denominator is a mistake.
    pub fn is_percent(&self) -> bool {
        self.unit == "percent"
    }
}

impl Framework {
    /// The indicator of that code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicator_places
            .get(code)
            .map(|place| &self.indicators[*place])
    }

    /// The effects of a gate with those of the gates it stands for, each gate's once.
    pub fn effects(&self, gate: usize) -> Vec<&Effect> {
        let mut found = Vec::new();
        self.gather(gate, &mut vec![false; self.gates.len()], &mut found);
        found
    }

    fn gather<'a>(&'a self, gate: usize, seen: &mut [bool], found: &mut Vec<&'a Effect>) {
        if std::mem::replace(&mut seen[gate], true) {
            return;
        }
        for effect in &self.gates[gate].effects {
            match effect {
                Effect::AsGate(other) => self.gather(*other, seen, found),
                effect => found.push(effect),
            }
        }
    }
}
