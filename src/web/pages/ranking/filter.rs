//! Which agencies of a ranking are shown and in what order: said in the address, so that a link shows the same.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use crate::domain::framework::Framework;
use crate::domain::text;
use crate::store::score::ScoreLine;
use crate::web::words::Language;

/// The orders a list may have.
pub const ORDERS: [&str; 6] = ["rank", "change", "honesty", "over", "gap", "name"];

/// What was asked for; what the framework does not know is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub league: Option<String>,
    pub group: Option<String>,
    pub grade: Option<String>,
    pub search: String,
    /// One of `ORDERS`.
    pub order: String,
    /// From 1.
    pub page: usize,
    /// Everything on one page.
    pub is_whole: bool,
}

/// One choice of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Filter {
    /// Reads the address.
    pub fn of(query: &HashMap<String, String>, framework: &Framework) -> Filter {
        let among = |name: &str, is_known: &dyn Fn(&str) -> bool| {
            query.get(name).filter(|value| is_known(value)).cloned()
        };
        let search = query.get("q").map(|q| q.trim()).unwrap_or_default();
        Filter {
            league: among("league", &|one| framework.kinds.iter().any(|k| k == one)),
            group: among("group", &|one| {
                framework.groups.iter().any(|(code, _)| code == one)
            }),
            grade: among("grade", &|one| {
                one == "none" || framework.grades.iter().any(|grade| grade.id == one)
            }),
            search: search.chars().take(100).collect(),
            order: among("sort", &|one| ORDERS.contains(&one))
                .unwrap_or_else(|| ORDERS[0].to_owned()),
            page: query
                .get("page")
                .and_then(|page| page.parse().ok())
                .map_or(1, |page: u16| usize::from(page.max(1))),
            is_whole: query.get("whole").is_some_and(|whole| whole == "1"),
        }
    }

    /// Whether everything is shown.
    pub fn is_all(&self) -> bool {
        self.league.is_none()
            && self.group.is_none()
            && self.grade.is_none()
            && self.search.is_empty()
    }

    /// Whether the list stands in order of rank.
    pub fn is_by_rank(&self) -> bool {
        self.order == ORDERS[0]
    }

    /// Whether a line is shown.
    pub fn shows(&self, line: &ScoreLine) -> bool {
        let is = |asked: &Option<String>, own: &str| asked.as_deref().is_none_or(|one| one == own);
        is(&self.league, &line.league)
            && is(&self.group, &line.group_code)
            && is(&self.grade, line.grade.as_deref().unwrap_or("none"))
            && self.finds(line)
    }

    fn finds(&self, line: &ScoreLine) -> bool {
        let wanted = text::search_key(&self.search);
        let names = [&line.name_fa, &line.name_en, &line.code];
        wanted.is_empty()
            || names
                .iter()
                .any(|name| text::search_key(name).contains(&wanted))
    }

    /// Puts lines in the order asked for; those of equal standing keep the order of the printed list.
    pub fn sort(&self, lines: &mut [&ScoreLine], language: Language) {
        match self.order.as_str() {
            "change" => lines.sort_by_key(|line| Reverse(line.change_c)),
            "honesty" => lines.sort_by_key(|line| (line.honesty_bp.is_none(), line.honesty_bp)),
            "over" => lines.sort_by_key(|line| {
                Reverse(line.claimed_c.zip(line.verified_c).map(|(c, v)| c - v))
            }),
            "gap" => lines.sort_by_key(|line| Reverse(line.gap_bp)),
            "name" => lines.sort_by(|a, b| match language {
                Language::Fa => text::persian_order(&a.name_fa, &b.name_fa),
                Language::En => a.name_en.cmp(&b.name_en),
            }),
            _ => {}
        }
    }

    /// The address of this list, with what it asks for; the same list has the same text.
    pub fn query(&self) -> String {
        let search = Some(&self.search).filter(|search| !search.is_empty());
        let order = Some(&self.order).filter(|_| !self.is_by_rank());
        let page = Some(self.page.to_string()).filter(|_| self.page > 1 && !self.is_whole);
        let whole = Some("1".to_owned()).filter(|_| self.is_whole);
        let asked = [
            ("league", self.league.as_ref()),
            ("group", self.group.as_ref()),
            ("grade", self.grade.as_ref()),
            ("q", search),
            ("sort", order),
            ("page", page.as_ref()),
            ("whole", whole.as_ref()),
        ];
        let pairs = asked.into_iter().filter_map(|(name, value)| {
            value.map(|value| format!("{name}={}", crate::web::url::encode(value)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}
