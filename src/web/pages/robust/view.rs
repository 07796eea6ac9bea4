//! What is told of a quarter beside its official result, in the reader's words.

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use super::super::plot;
use crate::analysis::robust::{Factor, Robust, Telling, USUAL};
use crate::domain::framework::Framework;
use crate::domain::score::half_up;
use crate::web::url;

/// So many lines stand in a list of indicators or weights before the rest is folded away.
const FIRST: usize = 12;
/// A place is called far from the official one from so many places on.
const FAR: i64 = 5;

/// A list of which the first lines are shown and the others folded away.
#[derive(Clone, Debug, Serialize)]
pub struct Folded<T> {
    pub first: Vec<T>,
    pub rest: Vec<T>,
}

impl<T> Folded<T> {
    fn of(mut all: Vec<T>) -> Folded<T> {
        let rest = all.split_off(FIRST.min(all.len()));
        Folded { first: all, rest }
    }
}

/// An agency as a page names it.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    pub name: String,
    pub href: String,
}

/// Who moves furthest.
#[derive(Clone, Debug, Serialize)]
pub struct Furthest {
    pub name: String,
    pub from: i64,
    pub to: i64,
}

/// One other method.
#[derive(Clone, Debug, Serialize)]
pub struct MethodView {
    /// Its word, from which its name and its sentence are taken.
    pub word: &'static str,
    pub shift_c: i64,
    pub furthest: Option<Furthest>,
}

/// A place under another method.
#[derive(Clone, Debug, Serialize)]
pub struct Elsewhere {
    pub place: i64,
    pub is_far: bool,
}

/// One agency under every method.
#[derive(Clone, Debug, Serialize)]
pub struct MethodRow {
    pub agency: Named,
    pub rank: i64,
    pub places: Vec<Elsewhere>,
    /// The lowest and the highest of all places, the official one among them.
    pub span: [i64; 2],
}

/// One league under every method.
#[derive(Clone, Debug, Serialize)]
pub struct MethodLeague {
    pub title: String,
    pub rows: Vec<MethodRow>,
}

/// The places under every other method.
#[derive(Clone, Debug, Serialize)]
pub struct MethodsView {
    pub methods: Vec<MethodView>,
    pub leagues: Vec<MethodLeague>,
}

/// One indicator left out.
#[derive(Clone, Debug, Serialize)]
pub struct LeftView {
    pub code: String,
    pub title: String,
    pub moved: i64,
    pub shift_c: i64,
    pub furthest: Option<Furthest>,
    pub is_first_other: bool,
}

/// Two indicators side by side.
#[derive(Clone, Debug, Serialize)]
pub struct AlikeView {
    pub codes: [String; 2],
    pub titles: [String; 2],
    /// Correlation in hundredths, with its sign.
    pub rho_c: i64,
    pub agencies: i64,
    pub is_twice: bool,
}

/// How far an indicator tells agencies apart.
#[derive(Clone, Debug, Serialize)]
pub struct TellingView {
    pub code: String,
    pub title: String,
    pub counted: i64,
    pub full: i64,
    pub none: i64,
    pub same_bp: i64,
    pub is_mute: bool,
}

/// What hangs on each indicator.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorsView {
    pub left: Folded<LeftView>,
    pub telling: Folded<TellingView>,
    pub mute: i64,
    pub alike: Vec<AlikeView>,
    pub twice: i64,
}

/// How much one weight matters.
#[derive(Clone, Debug, Serialize)]
pub struct ShareView {
    pub title: String,
    /// Nothing for a dimension.
    pub code: String,
    pub alone_bp: i64,
    pub alone: [i64; 2],
    pub whole_bp: i64,
    pub whole: [i64; 2],
    /// The share drawn: beginning of the interval, the share, the end.
    pub plot: [String; 3],
}

/// Two agencies whose order holds whatever the weights.
#[derive(Clone, Debug, Serialize)]
pub struct FirmView {
    pub upper: Named,
    pub lower: Named,
}

/// Which weights matter, and what holds whatever they are.
#[derive(Clone, Debug, Serialize)]
pub struct WeightsView {
    pub shares: Folded<ShareView>,
    pub spread: i64,
    pub rows: i64,
    pub agencies: i64,
    pub of: i64,
    /// What comes from single weights, and what from their interplay.
    pub alone_bp: i64,
    pub together_bp: i64,
    pub most_bp: i64,
    pub firm: Vec<FirmView>,
    pub firm_count: i64,
    pub firm_of: i64,
}

/// Words what was found of a quarter.
pub struct Teller<'a> {
    pub framework: &'a Framework,
    pub texts: FrameworkText<'a>,
    pub robust: &'a Robust,
    pub period: &'a str,
    /// The name of an agency by its code.
    pub name: &'a dyn Fn(&str) -> String,
}

impl Teller<'_> {
    fn named(&self, at: usize) -> Named {
        let agency = &self.robust.placed[at].agency;
        Named {
            name: (self.name)(agency),
            href: url::score(self.period, agency),
        }
    }

    fn furthest(&self, furthest: Option<(usize, i64)>) -> Option<Furthest> {
        furthest.map(|(at, to)| Furthest {
            name: self.named(at).name,
            from: self.robust.placed[at].rank,
            to,
        })
    }

    fn indicator(&self, place: usize) -> (String, String) {
        let code = &self.framework.indicators[place].code;
        (code.clone(), self.texts.title(code))
    }

    /// The places under every other method.
    pub fn methods(&self) -> MethodsView {
        let methods = self.robust.methods.iter().map(|one| MethodView {
            word: one.method.as_str(),
            shift_c: one.shift_c,
            furthest: self.furthest(one.furthest),
        });
        let kinds = self.framework.kinds.iter().enumerate();
        let leagues = kinds.map(|(league, kind)| MethodLeague {
            title: self.texts.kind(kind),
            rows: self.league(league),
        });
        MethodsView {
            methods: methods.collect(),
            leagues: leagues.filter(|league| !league.rows.is_empty()).collect(),
        }
    }

    fn league(&self, league: usize) -> Vec<MethodRow> {
        let placed = self.robust.placed.iter().enumerate();
        let mut own: Vec<usize> = placed
            .filter(|(_, one)| one.league == league)
            .map(|(at, _)| at)
            .collect();
        own.sort_by_key(|at| self.robust.placed[*at].rank);
        let rows = own.into_iter().map(|at| {
            let rank = self.robust.placed[at].rank;
            let places = self.robust.methods.iter().map(|one| one.places[at]);
            let places: Vec<i64> = places.collect();
            let (low, high) = places.iter().fold((rank, rank), |(low, high), place| {
                (low.min(*place), high.max(*place))
            });
            let places = places.into_iter().map(|place| Elsewhere {
                place,
                is_far: (place - rank).abs() >= FAR,
            });
            MethodRow {
                agency: self.named(at),
                rank,
                places: places.collect(),
                span: [low, high],
            }
        });
        rows.collect()
    }

    /// What hangs on each indicator.
    pub fn indicators(&self) -> IndicatorsView {
        let left = self.robust.left_out.iter().map(|one| {
            let (code, title) = self.indicator(one.indicator);
            LeftView {
                code,
                title,
                moved: one.moved,
                shift_c: one.shift_c,
                furthest: self.furthest(one.furthest),
                is_first_other: one.is_first_other,
            }
        });
        let alike = self.robust.alike.iter().map(|one| {
            let [(a, one_title), (b, other_title)] =
                one.indicators.map(|place| self.indicator(place));
            AlikeView {
                codes: [a, b],
                titles: [one_title, other_title],
                rho_c: (one.rho + 50 * one.rho.signum()) / 100,
                agencies: one.agencies,
                is_twice: one.is_twice(),
            }
        });
        let alike: Vec<AlikeView> = alike.collect();
        let mut telling: Vec<TellingView> = self.telling().collect();
        telling.sort_by_key(|one| std::cmp::Reverse(one.same_bp));
        IndicatorsView {
            left: Folded::of(left.collect()),
            mute: telling.iter().filter(|one| one.is_mute).count() as i64,
            telling: Folded::of(telling),
            twice: alike.iter().filter(|one| one.is_twice).count() as i64,
            alike,
        }
    }

    fn telling(&self) -> impl Iterator<Item = TellingView> + '_ {
        let counted = self.robust.telling.iter().filter(|one| one.counted > 0);
        counted.map(|one: &Telling| {
            let (code, title) = self.indicator(one.indicator);
            TellingView {
                code,
                title,
                counted: one.counted,
                full: one.full,
                none: one.none,
                same_bp: half_up(i128::from(10_000 * one.same), i128::from(one.counted)),
                is_mute: one.is_mute(),
            }
        })
    }

    /// Which weights matter, and what holds whatever they are.
    pub fn weights(&self) -> WeightsView {
        let weights = &self.robust.weights;
        let most = weights.shares.iter().map(|one| one.whole[1]).max();
        let most = most.unwrap_or(0).max(1);
        let shares = weights.shares.iter().map(|one| {
            let (code, title) = match one.factor {
                Factor::Dimension(place) => {
                    let code = &self.framework.dimensions[place].code;
                    (String::new(), self.texts.dimension(code))
                }
                Factor::Indicator(place) => self.indicator(place),
            };
            ShareView {
                title,
                code,
                alone_bp: one.alone_bp.max(0),
                alone: one.alone.map(|end| end.max(0)),
                whole_bp: one.whole_bp,
                whole: one.whole,
                plot: [one.whole[0], one.whole_bp, one.whole[1]].map(|at| plot::share(at, most)),
            }
        });
        let alone: i64 = weights.shares.iter().map(|one| one.alone_bp.max(0)).sum();
        // A figure of a few hundred draws: hundredths of a percent would say more than it knows.
        let alone = (alone.min(10_000) + 50) / 100 * 100;
        let firm = self
            .robust
            .firm
            .pairs
            .iter()
            .map(|[upper, lower]| FirmView {
                upper: self.named(*upper),
                lower: self.named(*lower),
            });
        WeightsView {
            shares: Folded::of(shares.collect()),
            spread: USUAL.spread_pct as i64,
            rows: weights.rows,
            agencies: weights.agencies,
            of: weights.of,
            alone_bp: alone,
            together_bp: 10_000 - alone,
            most_bp: most,
            firm: firm.collect(),
            firm_count: self.robust.firm.count,
            firm_of: self.robust.firm.of,
        }
    }
}
