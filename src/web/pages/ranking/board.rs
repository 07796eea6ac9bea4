//! What the ranking page prints between its head and its foot: the same for everybody who may read the result.

use std::collections::HashMap;

use serde::Serialize;

use super::filter::{Choice, Filter, ORDERS};
use super::line::{Line, MoveView, Printer, percents};
use crate::domain::ranking::{self, Stand};
use crate::store::score::ScoreLine;
use crate::web::render::Page;
use crate::web::url;
use crate::web::words::text;

/// How many names stand in the list of the widest claims.
const WIDEST: usize = 3;

/// Where a list parts.
#[derive(Clone, Copy)]
struct Tier {
    number: usize,
    places: [i64; 2],
    is_apart: bool,
}

/// Lines that stand together: a tier, or the whole list.
#[derive(Clone, Debug, Serialize)]
pub struct TierView {
    /// First and last place, where the list parts.
    pub places: Option<[i64; 2]>,
    /// Whether each of these places stands apart from its neighbours.
    pub is_apart: bool,
    pub lines: Vec<Line>,
}

/// One league with its lists.
#[derive(Clone, Debug, Serialize)]
pub struct LeagueView {
    pub title: String,
    pub ranked: i64,
    pub of: i64,
    pub shown: i64,
    pub tiers: Vec<TierView>,
    pub apart: Vec<Line>,
}

/// The figures above the lists: scores of the first league, visits to every desk.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    pub mean_c: Option<i64>,
    pub mean_move: MoveView,
    pub mean_over_c: Option<i64>,
    pub ranked: i64,
    pub visits: i64,
    pub visited: i64,
    pub staffed: i64,
    pub staffed_percent: Option<i64>,
}

/// The lists of the page.
#[derive(Serialize)]
pub struct Board {
    pub figures: Figures,
    pub unstaffed: Vec<Line>,
    /// Whether it is known of any of them where nobody was.
    pub has_places: bool,
    pub movers: Vec<Line>,
    pub within_error: i64,
    /// The least change, in hundredths, that is one.
    pub least_c: i64,
    pub widest: Vec<Line>,
    pub most_improved: Vec<String>,
    pub best_desk: Vec<String>,
    /// Code and title of each dimension.
    pub dimensions: Vec<(String, String)>,
    pub leagues: Vec<LeagueView>,
    pub shown: i64,
    pub is_filtered: bool,
    pub is_by_group: bool,
    pub all_href: String,
    pub search: String,
    pub league_choices: Vec<Choice>,
    pub group_choices: Vec<Choice>,
    pub grade_choices: Vec<Choice>,
    pub order_choices: Vec<Choice>,
}

impl Page for Board {
    const TEMPLATE: &'static str = "score/board.html";
}

/// Rounds a mean half away from zero.
fn mean(of: &[i64]) -> Option<i64> {
    let count = of.len() as i64;
    let sum: i64 = of.iter().sum();
    (count > 0).then(|| sum.signum() * ((2 * sum.abs() + count) / (2 * count)))
}

fn is_ranked(line: &ScoreLine) -> bool {
    line.state == "ranked"
}

impl Board {
    /// The lists of a result as they were asked for.
    pub fn of(printer: &Printer, filter: &Filter) -> Board {
        let all = &printer.rows.lines;
        let least = printer.desk.hall.state.config.least_change_c;
        let print = |is_meant: &dyn Fn(&ScoreLine) -> bool| -> Vec<Line> {
            let meant = all.iter().filter(|line| is_meant(line));
            meant.map(|line| printer.line(line)).collect()
        };
        let names = |lines: Vec<&&ScoreLine>| -> Vec<String> {
            let named = lines.into_iter();
            named.map(|line| printer.line(line).name).collect()
        };
        let ranked: Vec<&ScoreLine> = all.iter().filter(|line| is_ranked(line)).collect();
        let moved = |line: &ScoreLine| line.change_c.filter(|change| change.abs() >= least.max(1));
        let mut movers = print(&|line| is_ranked(line) && moved(line).is_some());
        movers.sort_by_key(|line| std::cmp::Reverse(line.score_move.by));
        let mut widest = print(&|line| is_ranked(line) && line.claimed_c > line.verified_c);
        widest.sort_by_key(|line| std::cmp::Reverse(line.over_c));
        widest.truncate(WIDEST);
        let mut unstaffed = print(&|line| line.is_unstaffed);
        unstaffed.sort_by_key(|line| std::cmp::Reverse((line.desk.failed, line.gap_bp)));
        let tiers = tiers(all);
        let mut leagues = Vec::new();
        for kind in &printer.framework.kinds {
            leagues.extend(league(printer, filter, &tiers, kind));
        }
        let texts = printer.texts();
        let dimensions = printer.framework.dimensions.iter();
        Board {
            figures: figures(printer),
            has_places: unstaffed.iter().any(|line| !line.desk.counties.is_empty()),
            unstaffed,
            least_c: least,
            within_error: ranked
                .iter()
                .filter(|line| line.change_c.is_some() && moved(line).is_none())
                .count() as i64,
            movers,
            widest,
            most_improved: names(ranking::best(&ranked, |line| {
                line.change_c.filter(|change| *change >= least.max(1))
            })),
            best_desk: names(ranking::best(&ranked, |line| desk_share(line))),
            dimensions: dimensions
                .map(|d| (d.code.clone(), texts.dimension(&d.code)))
                .collect(),
            shown: leagues.iter().map(|league| league.shown).sum(),
            leagues,
            is_filtered: !filter.is_all(),
            is_by_group: filter.group.is_some(),
            all_href: url::ranking(printer.period),
            search: filter.search.clone(),
            league_choices: choices(printer, "league", filter),
            group_choices: choices(printer, "group", filter),
            grade_choices: choices(printer, "grade", filter),
            order_choices: choices(printer, "sort", filter),
        }
    }
}

/// The choices of one list of the filter, with the chosen one marked.
fn choices(printer: &Printer, of: &str, filter: &Filter) -> Vec<Choice> {
    let (texts, language) = (printer.texts(), printer.desk.hall.language);
    let framework = printer.framework;
    let said = |key: &str| text(language, key).into_owned();
    let (pairs, chosen): (Vec<(String, String)>, Option<&str>) = match of {
        "league" => (
            framework
                .kinds
                .iter()
                .map(|kind| (kind.clone(), texts.kind(kind)))
                .collect(),
            filter.league.as_deref(),
        ),
        "group" => (
            framework
                .groups
                .iter()
                .map(|(code, _)| (code.clone(), texts.group(code)))
                .collect(),
            filter.group.as_deref(),
        ),
        "grade" => {
            let grades = framework.grades.iter();
            let named = grades.map(|g| (g.id.clone(), said(&format!("grade-{}", g.id))));
            let none = ("none".to_owned(), said("shell-no-score"));
            (named.chain([none]).collect(), filter.grade.as_deref())
        }
        _ => (
            ORDERS
                .iter()
                .map(|order| ((*order).to_owned(), said(&format!("result-order-{order}"))))
                .collect(),
            Some(filter.order.as_str()),
        ),
    };
    let pairs = pairs.into_iter().map(|(value, label)| Choice {
        is_chosen: chosen == Some(value.as_str()),
        value,
        label,
    });
    pairs.collect()
}

/// The share of the two desk dimensions' points that was earned, in hundredths of a percent: as it was kept.
fn desk_share(line: &ScoreLine) -> Option<i64> {
    percents(&line.desk).get("share").copied()
}

fn figures(printer: &Printer) -> Figures {
    let first = printer.framework.kinds.first();
    let all = printer.rows.lines.iter();
    let own: Vec<&ScoreLine> = all.filter(|line| Some(&line.league) == first).collect();
    let ranked: Vec<&&ScoreLine> = own.iter().filter(|line| is_ranked(line)).collect();
    let scores: Vec<i64> = ranked.iter().filter_map(|line| line.score_c).collect();
    let over = ranked
        .iter()
        .filter_map(|line| Some(line.claimed_c? - line.verified_c?));
    let before = own.iter().filter_map(|line| {
        let stood = printer.rows.before.get(&line.agency_id)?;
        stood.score_c.filter(|_| stood.rank.is_some())
    });
    let (mean_c, before_c) = (mean(&scores), mean(&before.collect::<Vec<_>>()));
    // Every desk of the province, as in the list of those without anybody.
    let desks = printer.rows.lines.iter();
    let desks: Vec<_> = desks.map(|line| printer.line(line).desk).collect();
    let visits: i64 = desks.iter().map(|desk| desk.visits).sum();
    let failed: i64 = desks.iter().map(|desk| desk.failed).sum();
    let staffed = (visits - failed).max(0);
    Figures {
        mean_c,
        mean_move: ranking::score_move(mean_c.zip(before_c).map(|(now, then)| now - then), 1)
            .into(),
        mean_over_c: mean(&over.collect::<Vec<_>>()),
        ranked: ranked.len() as i64,
        visits,
        visited: desks.iter().filter(|desk| desk.visits > 0).count() as i64,
        staffed,
        staffed_percent: (visits > 0).then(|| (200 * staffed + visits) / (2 * visits)),
    }
}

/// The tier of each placed agency within its league, by its id: its number, its first and last place, and whether
/// each of its places stands apart. Neighbours that each stand apart share one tier.
fn tiers(lines: &[ScoreLine]) -> HashMap<&str, Tier> {
    let mut found = HashMap::new();
    let mut leagues: Vec<&str> = lines.iter().map(|line| line.league.as_str()).collect();
    leagues.dedup();
    for league in leagues {
        let placed = lines.iter().filter(|line| line.league == league);
        let placed = placed.filter_map(|line| {
            let stand = Stand::of(line.rank, line.rank_low, line.rank_high)?;
            Some((line.agency_id.as_str(), stand))
        });
        let (ids, stands): (Vec<&str>, Vec<Stand>) = placed.unzip();
        let starts = ranking::tiers(&stands);
        let end_of = |number: usize| starts.get(number + 1).copied().unwrap_or(ids.len());
        let is_alone = |number: usize| end_of(number) - starts[number] == 1;
        let mut number = 0;
        while number < starts.len() && starts.len() > 1 {
            let (first, is_apart) = (starts[number], is_alone(number));
            while is_apart && number + 1 < starts.len() && is_alone(number + 1) {
                number += 1;
            }
            let end = end_of(number);
            let tier = Tier {
                number,
                places: [stands[first].rank, stands[end - 1].rank],
                is_apart,
            };
            found.extend(ids[first..end].iter().map(|id| (*id, tier)));
            number += 1;
        }
    }
    found
}

fn league(
    printer: &Printer,
    filter: &Filter,
    tiers: &HashMap<&str, Tier>,
    kind: &str,
) -> Option<LeagueView> {
    let all = printer.rows.lines.iter().filter(|line| line.league == kind);
    let mut own: Vec<&ScoreLine> = all.filter(|line| filter.shows(line)).collect();
    if own.is_empty() {
        return None;
    }
    filter.sort(&mut own, printer.desk.hall.language);
    let (placed, apart): (Vec<&ScoreLine>, Vec<&ScoreLine>) =
        own.iter().partition(|line| line.rank.is_some());
    let mut listed: Vec<TierView> = Vec::new();
    let mut last = None;
    for row in &placed {
        let tier = tiers.get(row.agency_id.as_str());
        let tier = tier.filter(|_| filter.is_by_rank());
        if listed.is_empty() || tier.map(|tier| tier.number) != last {
            listed.push(TierView {
                places: tier.map(|tier| tier.places),
                is_apart: tier.is_some_and(|tier| tier.is_apart),
                lines: Vec::new(),
            });
            last = tier.map(|tier| tier.number);
        }
        if let Some(open) = listed.last_mut() {
            open.lines.push(printer.line(row));
        }
    }
    let of = |own: &[&ScoreLine]| own.iter().filter_map(|line| line.rank_of).max();
    Some(LeagueView {
        title: printer.texts().kind(kind),
        ranked: own.iter().filter(|line| is_ranked(line)).count() as i64,
        of: of(&own).unwrap_or(0),
        shown: own.len() as i64,
        tiers: listed,
        apart: apart.iter().map(|line| printer.line(line)).collect(),
    })
}
