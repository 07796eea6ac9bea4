//! The draw in public: which agencies and items are checked in depth. Whole numbers and SHA-256 alone, so that anybody
//! recomputes it from the published file (docs/DRAW.md).

use sha2::{Digest, Sha256};

use super::json::{self, Json};
use super::tree;

/// The version of the algorithm.
pub const VERSION: i128 = 1;
/// How many digits are announced at the meeting.
pub const DIGITS: std::ops::RangeInclusive<usize> = 4..=20;

/// What counts as a risk: how many points, and from which limit on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    pub id: String,
    pub points: i64,
    pub limit: i64,
}

/// A stratum: from how many points on, and which part of it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    pub id: String,
    pub from_points: i64,
    pub take_pct: i64,
}

/// The rules of a draw: data, printed in every file of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The part drawn of all the others, so that nobody is safe.
    pub floor_pct: i64,
    /// How many items of a drawn agency are checked in depth.
    pub items: i64,
    pub risks: Vec<Risk>,
    /// From the most points down; the last takes everybody else.
    pub strata: Vec<Stratum>,
}

/// An agency in the urn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: String,
    /// The hash of what it handed in (RFC 6962 leaf of one line).
    pub claims: String,
    /// The risks that are true of it.
    pub risks: Vec<String>,
    /// The indicators it claims.
    pub items: Vec<String>,
}

/// What is drawn from: closed before the digits are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urn {
    pub period: String,
    pub rules: Rules,
    pub entries: Vec<Entry>,
}

/// An agency that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub code: String,
    /// The stratum it was drawn from, or `floor`.
    pub by: String,
    pub items: Vec<String>,
}

/// The id of the random floor.
pub const FLOOR: &str = "floor";

impl Rules {
    /// Reads rules; nothing where they are none.
    pub fn read(json: &Json) -> Option<Rules> {
        let int = |of: &Json, name: &str| i64::try_from(of.get(name)?.as_int()?).ok();
        let id = |of: &Json| Some(of.get("id")?.as_text()?.to_owned());
        let pct = |of: &Json, name: &str| int(of, name).filter(|pct| (0..=100).contains(pct));
        let risks = json.get("risks")?.items().iter().map(|one| {
            Some(Risk {
                id: id(one)?,
                points: int(one, "points")?,
                limit: int(one, "limit")?,
            })
        });
        let strata = json.get("strata")?.items().iter().map(|one| {
            Some(Stratum {
                id: id(one)?,
                from_points: int(one, "from_points")?,
                take_pct: pct(one, "take_pct")?,
            })
        });
        Some(Rules {
            floor_pct: pct(json, "floor_pct")?,
            items: int(json, "items").filter(|items| (0..=100).contains(items))?,
            risks: risks.collect::<Option<_>>()?,
            strata: strata.collect::<Option<_>>()?,
        })
    }

    fn json(&self) -> Json {
        let risks = self.risks.iter().map(|one| {
            Json::object([
                ("id", Json::text(&one.id)),
                ("points", Json::int(one.points)),
                ("limit", Json::int(one.limit)),
            ])
        });
        let strata = self.strata.iter().map(|one| {
            Json::object([
                ("id", Json::text(&one.id)),
                ("from_points", Json::int(one.from_points)),
                ("take_pct", Json::int(one.take_pct)),
            ])
        });
        Json::object([
            ("floor_pct", Json::int(self.floor_pct)),
            ("items", Json::int(self.items)),
            ("risks", Json::List(risks.collect())),
            ("strata", Json::List(strata.collect())),
        ])
    }

    /// The points of risk of an entry.
    pub fn points(&self, entry: &Entry) -> i64 {
        let own = self
            .risks
            .iter()
            .filter(|one| entry.risks.contains(&one.id));
        own.map(|one| one.points).sum()
    }

    /// The stratum of an entry.
    pub fn stratum(&self, entry: &Entry) -> Option<&Stratum> {
        let points = self.points(entry);
        self.strata.iter().find(|one| points >= one.from_points)
    }
}

/// So many of a hundred, rounded up: of a stratum that is not empty at least one.
fn part(count: usize, pct: i64) -> usize {
    let pct = usize::try_from(pct).unwrap_or(0);
    (count * pct).div_ceil(100)
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The hash under which an agency's frozen claims stand in the urn: of its code and each claim as it was handed in.
pub fn claims_leaf(agency: &str, claims: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = claims.iter().collect();
    sorted.sort();
    let lines = sorted
        .iter()
        .map(|(code, claim)| Json::texts(&[code, claim]));
    let line = Json::object([
        ("agency", Json::text(agency)),
        ("claims", Json::List(lines.collect())),
    ]);
    hex::encode(tree::leaf_hash(line.line().as_bytes()))
}

impl Urn {
    /// The hash of all frozen claims: the root over the agencies in the order of their codes.
    pub fn claims_hash(&self) -> String {
        let mut sorted: Vec<_> = self.entries.iter().collect();
        sorted.sort_by(|a, b| a.code.cmp(&b.code));
        let leaf = |entry: &&Entry| -> tree::Hash {
            let mut hash = [0; 32];
            if hex::decode_to_slice(&entry.claims, &mut hash).is_err() {
                hash = tree::leaf_hash(entry.claims.as_bytes());
            }
            hash
        };
        let leaves: Vec<tree::Hash> = sorted.iter().map(leaf).collect();
        hex::encode(tree::root(&leaves))
    }

    /// The seed: the digits of the meeting and the hash of the frozen claims.
    pub fn seed(&self, digits: &str) -> String {
        let claims = self.claims_hash();
        hash(&format!(
            "mizan-draw 1\n{}\n{claims}\n{digits}",
            self.period
        ))
    }

    /// Draws: from every stratum those with the smallest lots, then the floor among all others.
    pub fn draw(&self, digits: &str) -> Vec<Drawn> {
        let seed = self.seed(digits);
        let mut drawn = Vec::new();
        let mut others: Vec<&Entry> = Vec::new();
        for stratum in &self.rules.strata {
            let own = self.entries.iter();
            let own = own.filter(|entry| self.rules.stratum(entry) == Some(stratum));
            let mut own: Vec<&Entry> = own.collect();
            own.sort_by_cached_key(|entry| lot(&seed, &stratum.id, &entry.code));
            let rest = own.split_off(part(own.len(), stratum.take_pct));
            drawn.extend(
                own.into_iter()
                    .map(|entry| self.drawn(&seed, entry, &stratum.id)),
            );
            others.extend(rest);
        }
        others.sort_by_cached_key(|entry| lot(&seed, FLOOR, &entry.code));
        others.truncate(part(others.len(), self.rules.floor_pct));
        drawn.extend(
            others
                .into_iter()
                .map(|entry| self.drawn(&seed, entry, FLOOR)),
        );
        drawn.sort_by(|a, b| a.code.cmp(&b.code));
        drawn
    }

    fn drawn(&self, seed: &str, entry: &Entry, by: &str) -> Drawn {
        let mut items = entry.items.clone();
        items.sort_by_cached_key(|item| lot(seed, &entry.code, item));
        items.truncate(usize::try_from(self.rules.items).unwrap_or(0));
        items.sort();
        Drawn {
            code: entry.code.clone(),
            by: by.to_owned(),
            items,
        }
    }

    /// The urn as it is kept and hashed before the digits are known.
    pub fn json(&self) -> Json {
        let entries = self.entries.iter().map(|entry| {
            Json::object([
                ("code", Json::text(&entry.code)),
                ("claims", Json::text(&entry.claims)),
                ("risks", Json::texts(&entry.risks)),
                ("items", Json::texts(&entry.items)),
            ])
        });
        Json::object([
            ("period", Json::text(&self.period)),
            ("rules", self.rules.json()),
            ("entries", Json::List(entries.collect())),
        ])
    }

    /// Reads an urn; nothing where it is none.
    pub fn read(json: &Json) -> Option<Urn> {
        let texts = |of: &Json, name: &str| {
            let all = of.get(name)?.items().iter();
            all.map(|one| one.as_text().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        };
        let text = |of: &Json, name: &str| Some(of.get(name)?.as_text()?.to_owned());
        let entries = json.get("entries")?.items().iter().map(|one| {
            Some(Entry {
                code: text(one, "code")?,
                claims: text(one, "claims")?,
                risks: texts(one, "risks")?,
                items: texts(one, "items")?,
            })
        });
        Some(Urn {
            period: text(json, "period")?,
            rules: Rules::read(json.get("rules")?)?,
            entries: entries.collect::<Option<_>>()?,
        })
    }

    /// The hash of the urn, told before the digits are.
    pub fn hash(&self) -> String {
        hash(&self.json().canonical())
    }
}

/// A draw as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub urn: Urn,
    pub urn_hash: String,
    pub claims_hash: String,
    pub digits: String,
    pub seed: String,
    pub drawn: Vec<Drawn>,
}

impl Published {
    /// Draws from an urn and writes everything down.
    pub fn of(urn: Urn, digits: &str) -> Published {
        Published {
            urn_hash: urn.hash(),
            claims_hash: urn.claims_hash(),
            digits: digits.to_owned(),
            seed: urn.seed(digits),
            drawn: urn.draw(digits),
            urn,
        }
    }

    /// The file.
    pub fn json(&self) -> Json {
        let drawn = self.drawn.iter().map(|one| {
            Json::object([
                ("code", Json::text(&one.code)),
                ("by", Json::text(&one.by)),
                ("items", Json::texts(&one.items)),
            ])
        });
        Json::object([
            ("kind", Json::text("mizan-draw")),
            ("version", Json::int(VERSION)),
            ("urn", self.urn.json()),
            ("urn_hash", Json::text(&self.urn_hash)),
            ("claims_hash", Json::text(&self.claims_hash)),
            ("digits", Json::text(&self.digits)),
            ("seed", Json::text(&self.seed)),
            ("drawn", Json::List(drawn.collect())),
        ])
    }

    /// Reads a file; nothing where it is no draw of this version.
    pub fn read(bytes: &[u8]) -> Option<Published> {
        let json = json::read(bytes)?;
        let text = |of: &Json, name: &str| Some(of.get(name)?.as_text()?.to_owned());
        let is_draw = text(&json, "kind")? == "mizan-draw";
        if !is_draw || json.get("version")?.as_int()? != VERSION {
            return None;
        }
        let drawn = json.get("drawn")?.items().iter().map(|one| {
            let items = one.get("items")?.items().iter();
            let items = items.map(|item| item.as_text().map(str::to_owned));
            Some(Drawn {
                code: text(one, "code")?,
                by: text(one, "by")?,
                items: items.collect::<Option<_>>()?,
            })
        });
        Some(Published {
            urn: Urn::read(json.get("urn")?)?,
            urn_hash: text(&json, "urn_hash")?,
            claims_hash: text(&json, "claims_hash")?,
            digits: text(&json, "digits")?,
            seed: text(&json, "seed")?,
            drawn: drawn.collect::<Option<_>>()?,
        })
    }
}

/// The lot of something: the smallest are drawn. No two are the same but by a collision of SHA-256.
fn lot(seed: &str, from: &str, what: &str) -> [u8; 32] {
    Sha256::digest(format!("{seed}\n{from}\n{what}").as_bytes()).into()
}

/// Something in a file that does not come out so when it is computed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The urn was another when its hash was told.
    Urn,
    /// The claims of the agencies do not give that hash.
    Claims,
    /// These digits and claims give another seed.
    Seed,
    /// An agency is drawn in the file and not here.
    Added(String),
    /// An agency is drawn here and not in the file.
    Left(String),
    /// An agency is drawn for another reason or with other items.
    Changed(String),
}

/// Computes a file again and says what differs.
pub fn differences(file: &Published) -> Vec<Difference> {
    let again = Published::of(file.urn.clone(), &file.digits);
    let mut found = Vec::new();
    let mut note = |is_other: bool, what| {
        if is_other {
            found.push(what);
        }
    };
    note(file.urn_hash != again.urn_hash, Difference::Urn);
    note(file.claims_hash != again.claims_hash, Difference::Claims);
    note(file.seed != again.seed, Difference::Seed);
    for one in &file.drawn {
        match again.drawn.iter().find(|other| other.code == one.code) {
            None => found.push(Difference::Added(one.code.clone())),
            Some(other) if other != one => found.push(Difference::Changed(one.code.clone())),
            Some(_) => {}
        }
    }
    for one in &again.drawn {
        if !file.drawn.iter().any(|other| other.code == one.code) {
            found.push(Difference::Left(one.code.clone()));
        }
    }
    found
}
