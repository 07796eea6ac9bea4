//! The ranking of a quarter as everybody may read it.

use serde::Serialize;

use super::{Frame, Stand};
use crate::domain::edition::{Seen, seen};
use crate::domain::score::{Scorecard, State};
use crate::domain::text;
use crate::web::desk::Hall;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// How many agencies of a league stand on one page.
const LEAF: usize = 100;

/// One agency in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub href: String,
    pub group: String,
    pub grade: Option<String>,
    pub score_c: Option<i64>,
    pub rank: Option<i64>,
    pub interval: Option<[i64; 2]>,
    pub visits: i64,
    pub staffed: i64,
    /// Why it has no place: the key of its state.
    pub state: Option<String>,
    pub is_corrected: bool,
    pub is_reviewed: bool,
}

/// One league.
#[derive(Clone, Debug, Serialize)]
pub struct League {
    pub title: String,
    pub rows: Vec<Row>,
}

/// A choice of the list of groups.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub label: String,
    pub href: String,
    pub is_chosen: bool,
}

/// The ranking.
#[derive(Serialize)]
pub struct RankingPage {
    pub frame: Frame,
    pub agencies: i64,
    pub visits: i64,
    pub staffed: i64,
    pub search: String,
    pub groups: Vec<Choice>,
    pub leagues: Vec<League>,
    pub found: i64,
    pub is_filtered: bool,
    /// Addresses of the leaves before and after.
    pub earlier: Option<String>,
    pub later: Option<String>,
    /// Whom a correction moved.
    pub moved: Vec<Moved>,
}

impl Page for RankingPage {
    const TEMPLATE: &'static str = "public/ranking.html";
}

/// One agency that a correction moved.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    pub name: String,
    pub score_c: [Option<i64>; 2],
    pub rank: [Option<i64>; 2],
}

/// What was asked of the list.
struct Asked<'a> {
    search: String,
    group: &'a str,
    leaf: usize,
}

/// Shows it.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    stand.send(|| page(&stand, input))
}

fn page(stand: &Stand, input: &Input) -> Result<RankingPage, WebError> {
    let asked = |name: &str| input.query.get(name).map_or("", String::as_str);
    let typed: String = asked("q").chars().take(100).collect();
    let leaf = asked("leaf").parse().unwrap_or(1_usize).clamp(1, 1_000);
    let asked = Asked {
        search: text::search_key(&typed),
        group: asked("group"),
        leaf,
    };
    let book = stand.book();
    let leagues = book.cards.leagues.iter();
    let whole: Vec<League> = leagues
        .map(|league| {
            let order = league.order.iter().chain(&league.not_in_order);
            let cards = order.filter_map(|code| book.card(code));
            League {
                title: stand.texts().kind(&league.kind),
                rows: cards
                    .filter(|card| asked.shows(stand, card))
                    .map(|card| row(stand, card))
                    .collect(),
            }
        })
        .collect();
    let found = whole.iter().map(|league| league.rows.len()).sum::<usize>();
    let desks = book.returns.agencies.iter().map(seen);
    let all = desks.fold(Seen::default(), |all, one| Seen {
        visits: all.visits + one.visits,
        staffed: all.staffed + one.staffed,
    });
    let most = whole.iter().map(|league| league.rows.len()).max();
    let last = most.unwrap_or(0).div_ceil(LEAF);
    let base = stand.frame("ranking").root;
    let to = |leaf: usize| format!("{base}?group={}&leaf={leaf}", url::encode(asked.group));
    Ok(RankingPage {
        agencies: book.cards.cards.len() as i64,
        visits: all.visits,
        staffed: all.staffed,
        groups: groups(stand, asked.group),
        found: found as i64,
        is_filtered: !asked.search.is_empty() || !asked.group.is_empty(),
        earlier: (asked.leaf > 1).then(|| to(asked.leaf - 1)),
        later: (asked.leaf < last).then(|| to(asked.leaf + 1)),
        leagues: whole
            .into_iter()
            .filter_map(|one| one.leaf(asked.leaf))
            .collect(),
        search: typed,
        moved: moved(stand),
        frame: stand.frame("ranking"),
    })
}

impl League {
    fn leaf(self, leaf: usize) -> Option<League> {
        let rows: Vec<Row> = self
            .rows
            .into_iter()
            .skip((leaf - 1) * LEAF)
            .take(LEAF)
            .collect();
        (!rows.is_empty()).then_some(League {
            title: self.title,
            rows,
        })
    }
}

impl Asked<'_> {
    fn shows(&self, stand: &Stand, card: &Scorecard) -> bool {
        let names = stand.book().names(&card.agency);
        let is_found = names
            .iter()
            .any(|name| text::search_key(name).contains(&self.search));
        is_found && (self.group.is_empty() || card.group == self.group)
    }
}

fn row(stand: &Stand, card: &Scorecard) -> Row {
    let book = stand.book();
    let seen = book.found(&card.agency).map(seen).unwrap_or_default();
    let is_ranked = card.state == State::Ranked;
    Row {
        name: stand.name(&card.agency),
        href: stand.agency(&card.agency),
        group: stand.texts().group(&card.group),
        grade: card.grade(book.framework()).map(str::to_owned),
        score_c: card.outcome.final_c,
        rank: card.rank.map(|rank| rank.overall),
        interval: stand.opened.intervals.get(&card.agency).copied(),
        visits: seen.visits,
        staffed: seen.staffed,
        state: (!is_ranked)
            .then(|| format!("result-state-{}", card.state.as_str().replace('_', "-"))),
        is_corrected: book.is_moved(&card.agency),
        is_reviewed: stand.reviewed.contains(&card.agency),
    }
}

fn groups(stand: &Stand, chosen: &str) -> Vec<Choice> {
    let (texts, root) = (stand.texts(), stand.frame("ranking").root);
    let groups = stand.book().framework().groups.iter();
    let named = groups.map(|(code, _)| Choice {
        label: texts.group(code),
        href: format!("{root}?group={}", url::encode(code)),
        is_chosen: code == chosen,
    });
    named.collect()
}

fn moved(stand: &Stand) -> Vec<Moved> {
    let moved = stand.book().moved.iter();
    moved
        .map(|one| Moved {
            name: stand.name(&one.agency),
            score_c: one.score_c,
            rank: one.rank,
        })
        .collect()
}
