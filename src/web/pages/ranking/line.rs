//! One agency's line of the ranking, as it is printed and drawn.

use std::collections::HashMap;

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use super::super::plot;
use crate::app::ranking::Rows;
use crate::domain::answer;
use crate::domain::framework::Framework;
use crate::domain::number;
use crate::domain::ranking::{self, Move, Stand};
use crate::store::province::County;
use crate::store::score::ScoreLine;
use crate::web::desk::Desk;
use crate::web::url;
use crate::web::words::Language;

/// How something moved: `up`, `down`, `same` or `none`, and by how much.
#[derive(Clone, Debug, Serialize)]
pub struct MoveView {
    pub way: &'static str,
    pub by: i64,
}

impl From<Move> for MoveView {
    fn from(of: Move) -> MoveView {
        let (way, by) = match of {
            Move::Up(by) => ("up", by),
            Move::Down(by) => ("down", by),
            Move::WithinError => ("same", 0),
            Move::Unknown => ("none", 0),
        };
        MoveView { way, by }
    }
}

/// A cell of the heat map.
#[derive(Clone, Debug, Serialize)]
pub struct Heat {
    pub title: String,
    pub percent: Option<i64>,
    pub band: String,
}

/// What was seen at an agency's desk.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeskView {
    pub visits: i64,
    /// Visits that found nobody, or were not let in.
    pub failed: i64,
    pub counties: Vec<String>,
    /// What the agency itself says of who is there.
    pub said: Option<String>,
}

/// One agency in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub code: String,
    pub name: String,
    pub group: String,
    pub href: String,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub group_rank: Option<i64>,
    pub group_rank_of: Option<i64>,
    pub is_tied: bool,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub honesty_bp: Option<i64>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    /// How much more the agency says than was verified.
    pub over_c: Option<i64>,
    pub gap_bp: Option<i64>,
    pub is_gap_alert: bool,
    pub is_unstaffed: bool,
    pub interval: Option<[i64; 2]>,
    /// The interval drawn: start, point and end.
    pub plot: Option<[String; 3]>,
    /// Verified and claim drawn.
    pub claim_plot: Option<[String; 2]>,
    pub heat: Vec<Heat>,
    pub rank_move: MoveView,
    pub score_move: MoveView,
    pub before_c: Option<i64>,
    /// The line that moved the score most.
    pub cause: Option<String>,
    pub state: String,
    pub is_no_report: bool,
    pub reasons: Vec<String>,
    /// The gates of an empty or closed desk that bound.
    pub binding: Vec<String>,
    pub desk: DeskView,
}

/// What all lines of a page are printed with.
pub struct Printer<'a> {
    pub desk: &'a Desk<'a>,
    pub period: &'a str,
    pub framework: &'a Framework,
    pub rows: &'a Rows,
    /// How many agencies share each place of a league.
    shared: HashMap<(&'a str, i64), usize>,
}

impl<'a> Printer<'a> {
    /// A printer of a result.
    pub fn of(
        desk: &'a Desk<'a>,
        period: &'a str,
        framework: &'a Framework,
        rows: &'a Rows,
    ) -> Printer<'a> {
        let mut shared = HashMap::new();
        for line in &rows.lines {
            if let (Some(rank), "ranked") = (line.rank, line.state.as_str()) {
                *shared.entry((line.league.as_str(), rank)).or_insert(0) += 1;
            }
        }
        Printer {
            desk,
            period,
            framework,
            rows,
            shared,
        }
    }

    /// What the framework says, in the reader's language.
    pub fn texts(&self) -> FrameworkText<'a> {
        FrameworkText::of(self.framework, self.desk.hall.language)
    }

    /// Text with its digits as the reader writes them.
    pub fn digits(&self, text: &str) -> String {
        match self.desk.hall.language {
            Language::Fa => number::to_persian(text),
            Language::En => number::to_latin(text),
        }
    }

    /// The line of an agency.
    pub fn line(&self, row: &ScoreLine) -> Line {
        let (desk, texts) = (self.desk, self.texts());
        let stand = Stand::of(row.rank, row.rank_low, row.rank_high);
        let before = self.rows.before.get(&row.agency_id);
        let rank_move = match row.change_c {
            Some(_) => ranking::rank_move(self.rows.stood(row), stand),
            None => Move::Unknown,
        };
        let least = desk.hall.state.config.least_change_c;
        let both = row.claimed_c.zip(row.verified_c);
        let is_tied = row.rank.is_some_and(|rank| {
            self.shared
                .get(&(row.league.as_str(), rank))
                .is_some_and(|count| *count > 1)
        });
        Line {
            code: row.code.clone(),
            name: desk.choose(&row.name_fa, &row.name_en).to_owned(),
            group: texts.group(&row.group_code),
            href: url::score(self.period, &row.code),
            rank: row.rank,
            rank_of: row.rank_of,
            group_rank: row.group_rank,
            group_rank_of: row.group_rank_of,
            is_tied: is_tied && row.state == "ranked",
            score_c: row.score_c,
            grade: row.grade.clone(),
            honesty_bp: row.honesty_bp,
            claimed_c: row.claimed_c,
            verified_c: row.verified_c,
            over_c: both.map(|(claimed, verified)| claimed - verified),
            gap_bp: row.gap_bp,
            is_gap_alert: row.gap_alert,
            is_unstaffed: row.is_unstaffed,
            interval: row.rank_low.zip(row.rank_high).map(|(l, h)| [l, h]),
            plot: interval_plot(row),
            claim_plot: both.map(|(claimed, verified)| {
                [plot::share(verified, 10_000), plot::share(claimed, 10_000)]
            }),
            heat: self.heat(row),
            rank_move: rank_move.into(),
            score_move: ranking::score_move(row.change_c, least).into(),
            before_c: before.and_then(|stood| stood.score_c),
            cause: self.cause(row),
            state: format!("result-state-{}", row.state.replace('_', "-")),
            is_no_report: row.state == "no_report",
            reasons: words(&row.reasons)
                .map(|reason| texts.reason(reason))
                .collect(),
            binding: words(&row.binding)
                .filter(|gate| matches!(*gate, "G-01" | "G-02" | "G-11"))
                .map(|gate| texts.gate(gate))
                .collect(),
            desk: self.desk_view(row),
        }
    }

    fn heat(&self, row: &ScoreLine) -> Vec<Heat> {
        let (percent, texts) = (percents(&row.dimensions), self.texts());
        let cells = self.framework.dimensions.iter().map(|dimension| {
            let bp = percent.get(dimension.code.as_str()).copied();
            Heat {
                title: texts.dimension(&dimension.code),
                percent: bp.map(|bp| (bp + 50) / 100),
                band: band(self.framework, bp),
            }
        });
        cells.collect()
    }

    /// The line that moved the score most, in words.
    pub fn cause(&self, row: &ScoreLine) -> Option<String> {
        let (code, _) = row.cause.rsplit_once(':')?;
        let texts = self.texts();
        let said = match code {
            "method" => texts.say("result-line-method"),
            "scope" => texts.say("result-line-scope"),
            gate if gate.starts_with("G-") => texts.gate(gate),
            indicator => texts.title(indicator),
        };
        Some(said).filter(|said| !said.is_empty())
    }

    fn desk_view(&self, row: &ScoreLine) -> DeskView {
        let mut seen = DeskView::default();
        for (name, value) in words(&row.desk).filter_map(|pair| pair.split_once(':')) {
            let number = value.parse().unwrap_or(0);
            match name {
                "visits" => seen.visits = number,
                "empty" | "obstructed" => seen.failed += number,
                "counties" => {
                    let codes = value.split(',');
                    seen.counties = codes.map(|code| self.county(code)).collect();
                }
                code => {
                    if let Some(one) = self.framework.indicator(code)
                        && let Some(claim) = answer::kept(value)
                    {
                        seen.said = Some(self.texts().value(one, claim));
                    }
                }
            }
        }
        seen
    }

    fn county(&self, code: &str) -> String {
        let found = self.rows.counties.iter().find(|county| county.code == code);
        let name = |county: &County| match self.desk.hall.language {
            Language::Fa => county.name_fa.clone(),
            Language::En => county.name_en.clone(),
        };
        found.map_or_else(|| code.to_owned(), name)
    }
}

fn words(kept: &str) -> std::str::SplitWhitespace<'_> {
    kept.split_whitespace()
}

/// The kept percents of dimensions in hundredths.
pub fn percents(kept: &str) -> HashMap<&str, i64> {
    let pairs = words(kept).filter_map(|pair| pair.split_once(':'));
    pairs
        .filter_map(|(code, bp)| Some((code, bp.parse().ok()?)))
        .collect()
}

fn interval_plot(row: &ScoreLine) -> Option<[String; 3]> {
    let (rank, low, high) = (row.rank?, row.rank_low?, row.rank_high?);
    let whole = row.rank_of.unwrap_or(1).max(2) - 1;
    Some([low, rank, high].map(|place| plot::share(place - 1, whole)))
}

/// The class of a cell by the grades of the framework: k4 for the best, k1 for the last.
pub fn band(framework: &Framework, bp: Option<i64>) -> String {
    let Some(bp) = bp else { return String::new() };
    let place = framework
        .grades
        .iter()
        .position(|grade| grade.min_c <= bp)
        .unwrap_or(3);
    format!("k{}", 4_usize.saturating_sub(place).max(1))
}
