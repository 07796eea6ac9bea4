//! The lists of a result as they were asked for: leagues, tiers, filters, one page of them at a time.

use std::collections::HashMap;

use serde::Serialize;

use super::filter::{Choice, Filter, ORDERS};
use super::line::{Line, Printer};
use crate::domain::ranking::{self, Stand};
use crate::store::score::ScoreLine;
use crate::web::render::Page;
use crate::web::words::text;

/// How many agencies one page shows.
const PAGE: usize = 100;

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

/// The lists of a page.
#[derive(Serialize)]
pub struct Lists {
    /// Code and title of each dimension.
    pub dimensions: Vec<(String, String)>,
    pub leagues: Vec<LeagueView>,
    pub shown: i64,
    pub is_filtered: bool,
    pub is_by_group: bool,
    /// The page they stand on, without what was asked.
    pub all_href: String,
    pub search: String,
    pub league_choices: Vec<Choice>,
    pub group_choices: Vec<Choice>,
    pub grade_choices: Vec<Choice>,
    pub order_choices: Vec<Choice>,
    pub page: i64,
    pub pages: i64,
    pub previous_href: Option<String>,
    pub next_href: Option<String>,
    /// Everything on one page, for print.
    pub whole_href: String,
}

impl Page for Lists {
    const TEMPLATE: &'static str = "score/lists.html";
}

/// What of a long list stands on the page that was asked for.
struct Window {
    before: usize,
    left: usize,
}

impl Window {
    fn of(filter: &Filter) -> Window {
        if filter.is_whole {
            let (before, left) = (0, usize::MAX);
            return Window { before, left };
        }
        Window {
            before: filter.page.saturating_sub(1) * PAGE,
            left: PAGE,
        }
    }

    /// What of this part stands on the page.
    fn cut<'r>(&mut self, of: Vec<&'r ScoreLine>) -> Vec<&'r ScoreLine> {
        let start = self.before.min(of.len());
        let end = of.len().min(start.saturating_add(self.left));
        self.before -= start;
        self.left -= end - start;
        of[start..end].to_vec()
    }
}

impl Lists {
    /// The lists that stand on the page of this address.
    pub fn of(printer: &Printer, filter: &Filter, address: &str) -> Lists {
        let tiers = tiers(&printer.rows.lines);
        let shown = printer.rows.lines.iter().filter(|line| filter.shows(line));
        let shown = shown.count();
        let pages = shown.div_ceil(PAGE).max(1);
        let filter = &Filter {
            page: filter.page.min(pages),
            ..filter.clone()
        };
        let mut window = Window::of(filter);
        let mut leagues = Vec::new();
        for kind in &printer.framework.kinds {
            leagues.extend(league(printer, filter, &tiers, &mut window, kind));
        }
        let texts = printer.texts();
        let dimensions = printer.framework.dimensions.iter();
        let href = |filter: Filter| match filter.query() {
            query if query.is_empty() => format!("{address}#list"),
            query => format!("{address}?{query}#list"),
        };
        let turned = |page: usize| {
            let is_there = !filter.is_whole && (1..=pages).contains(&page);
            is_there.then(|| {
                href(Filter {
                    page,
                    ..filter.clone()
                })
            })
        };
        Lists {
            dimensions: dimensions
                .map(|d| (d.code.clone(), texts.dimension(&d.code)))
                .collect(),
            shown: shown as i64,
            leagues,
            is_filtered: !filter.is_all(),
            is_by_group: filter.group.is_some(),
            all_href: address.to_owned(),
            search: filter.search.clone(),
            league_choices: choices(printer, "league", filter),
            group_choices: choices(printer, "group", filter),
            grade_choices: choices(printer, "grade", filter),
            order_choices: choices(printer, "sort", filter),
            page: filter.page as i64,
            pages: if filter.is_whole { 1 } else { pages as i64 },
            previous_href: turned(filter.page.wrapping_sub(1)),
            next_href: turned(filter.page + 1),
            whole_href: href(Filter {
                is_whole: true,
                page: 1,
                ..filter.clone()
            }),
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
    window: &mut Window,
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
    let (placed, apart) = (window.cut(placed), window.cut(apart));
    if placed.is_empty() && apart.is_empty() {
        return None;
    }
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
        ranked: own.iter().filter(|line| line.state == "ranked").count() as i64,
        of: of(&own).unwrap_or(0),
        shown: own.len() as i64,
        tiers: listed,
        apart: apart.iter().map(|line| printer.line(line)).collect(),
    })
}
