//! METHOD: the indicators, the nodes and their rules, read from JSON.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Fault;
use super::fit::check;

/// How an index is made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// What it is, for readers.
    #[serde(default)]
    pub name: Option<Value>,
    #[serde(default)]
    pub note: Option<Value>,
    /// The name of the id column.
    pub id: String,
    /// Every node's score is printed times this.
    #[serde(default = "one")]
    pub scale: f64,
    pub indicators: Vec<Indicator>,
    /// Children before their parents.
    pub nodes: Vec<Node>,
    /// Decimals of the root's printed score.
    #[serde(default)]
    pub score_decimals: Option<i32>,
    #[serde(default)]
    pub rank: Ranking,
    /// What a published table's own printing allows.
    #[serde(default = "tolerance")]
    pub tolerance: f64,
    #[serde(default)]
    pub screen: Screen,
    /// The column that names a unit's group, for imputation.
    #[serde(default)]
    pub group: Option<String>,
    /// The place of the root among the nodes, and of each child's parent: found when the method is checked.
    #[serde(skip)]
    pub root: usize,
}

/// The least share of values a unit and an indicator must have.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    pub units: f64,
    pub indicators: f64,
}

/// A column of VALUES and what is done with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub code: String,
    #[serde(default)]
    pub name: Option<Value>,
    #[serde(default)]
    pub note: Option<Value>,
    /// 1 where more is better, -1 where less is.
    #[serde(default = "one")]
    pub direction: f64,
    pub parent: String,
    #[serde(default = "one")]
    pub weight: f64,
    pub norm: Norm,
    /// Values are held between these before anything else.
    #[serde(default)]
    pub cap: Option<[f64; 2]>,
    #[serde(default)]
    pub transform: Transform,
    #[serde(default)]
    pub treat: Option<Treat>,
    #[serde(default)]
    pub impute: Option<Impute>,
    #[serde(skip)]
    pub place: usize,
}

/// Before normalising; goalposts are transformed with the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transform {
    #[default]
    None,
    Ln,
    Log10,
    /// The logarithm of one more than the value.
    Ln1p,
}

/// Against outliers.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(tag = "method", rename_all = "lowercase", deny_unknown_fields)]
pub enum Treat {
    /// The farthest values are pulled to their neighbours, at most so many, until skew or kurtosis is in bounds.
    Winsorise {
        #[serde(default = "two")]
        skew: f64,
        #[serde(default = "three_and_a_half")]
        kurtosis: f64,
        #[serde(default = "five")]
        most: usize,
    },
    /// `ln(x - min + 0.01 (max - min))`.
    Log,
}

/// For missing values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impute {
    Mean,
    Median,
    GroupMean,
    GroupMedian,
    /// The value of the previous period.
    Previous,
}

/// How values become comparable.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Norm {
    None {},
    Goalposts {
        lo: f64,
        hi: f64,
        #[serde(default)]
        clip: bool,
        #[serde(default)]
        transform: Transform,
    },
    #[serde(rename = "minmax")]
    MinMax {
        #[serde(default = "zero_to_one")]
        l_u: [f64; 2],
        #[serde(default)]
        transform: Transform,
    },
    #[serde(rename = "zscore")]
    ZScore {
        #[serde(default)]
        mean: f64,
        #[serde(default = "one")]
        sd: f64,
    },
    Rank {},
    PercentileRank {},
    Borda {},
    DistanceToMax {},
    DistanceToReference {
        unit: String,
        #[serde(default)]
        cap: bool,
    },
    DistanceToTarget {
        target: f64,
        #[serde(default)]
        cap: bool,
    },
    FractionOfMax {},
    /// A value below the first bound has the first score, from a bound on the next one.
    Categorical {
        bounds: Vec<f64>,
        scores: Vec<f64>,
    },
    /// 1, 0 or -1 above, around and below the mean; the band is `theta` of the mean wide on both sides.
    AboveBelowMean {
        #[serde(default)]
        theta: f64,
    },
}

/// A node of the hierarchy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    pub code: String,
    #[serde(default)]
    pub name: Option<Value>,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default = "one")]
    pub weight: f64,
    #[serde(default)]
    pub agg: Aggregation,
    /// The power of `power`.
    #[serde(default)]
    pub p: Option<f64>,
    #[serde(default)]
    pub weight_share_min: Option<f64>,
    #[serde(default)]
    pub weight_share_max: Option<f64>,
    #[serde(default)]
    pub missing: Missing,
    /// The least share of the weight that must be there to count what is there.
    #[serde(default)]
    pub min_share: f64,
    #[serde(skip)]
    pub place: Option<usize>,
}

/// How a node is made of its children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    #[default]
    Amean,
    Gmean,
    Hmean,
    Power,
    Wmedian,
    Copeland,
    Borda,
    Kemeny,
    Bod,
}

/// What a missing child means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// The weights of what is there count.
    #[default]
    Reweight,
    /// The node has no score.
    Refuse,
}

/// How places are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ranking {
    pub ties: Ties,
    pub on: On,
    /// Decimals to which scores are rounded before they are compared; without a number, those of the printed score.
    pub decimals: Option<i32>,
}

/// What equal scores get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ties {
    #[default]
    #[serde(alias = "standard")]
    Min,
    Dense,
    Average,
    Ordinal,
}

/// Which scores are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    #[default]
    Exact,
    Rounded,
}

fn one() -> f64 {
    1.0
}

fn two() -> f64 {
    2.0
}

fn three_and_a_half() -> f64 {
    3.5
}

fn five() -> usize {
    5
}

fn tolerance() -> f64 {
    1e-9
}

fn zero_to_one() -> [f64; 2] {
    [0.0, 1.0]
}

/// The indicator or node that cannot be read, where that is why a METHOD cannot.
fn unread(text: &str) -> Option<Fault> {
    fn first<T: DeserializeOwned>(whole: &Value, list: &str) -> Option<Fault> {
        let mut parts = whole.get(list)?.as_array()?.iter().enumerate();
        parts.find_map(|(place, part)| {
            let why = serde_json::from_value::<T>(part.clone()).err()?;
            let code = part.get("code").unwrap_or(&Value::Null);
            Some(Fault::at(
                format!("/{list}/{place}"),
                format!("{code}: {why}"),
            ))
        })
    }
    let whole: Value = serde_json::from_str(text).ok()?;
    first::<Indicator>(&whole, "indicators").or_else(|| first::<Node>(&whole, "nodes"))
}

/// Reads a METHOD and checks that its parts fit; every misfit at once.
pub fn read(text: &str) -> Result<Method, Vec<Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut method: Method = serde_json::from_str(text).map_err(|why| {
        let at = format!("line {}, column {}", why.line(), why.column());
        vec![unread(text).unwrap_or_else(|| Fault::at(at, why.to_string()))]
    })?;
    let faults = check(&mut method);
    if faults.is_empty() {
        Ok(method)
    } else {
        Err(faults)
    }
}

impl Node {
    /// The least and the most of its score that may come from one child, under benefit of the doubt.
    pub fn shares(&self) -> (f64, f64) {
        (
            self.weight_share_min.unwrap_or(0.0),
            self.weight_share_max.unwrap_or(1.0),
        )
    }
}
