//! The ranking of a quarter: one page for the governor's office. Nothing is computed here; rows are read as kept.

use std::collections::HashMap;

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::AppError;
use crate::domain::access::Act;
use crate::domain::framework::Framework;
use crate::domain::period::State;
use crate::store::agency::Agency;
use crate::store::period::Period;
use crate::store::score::{ResultRow, ScoreRow};
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// A like-for-like change below this many hundredths is within error (DOMAIN.md §3a).
const LEAST_CHANGE_C: i64 = 200;

/// One agency in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub rank: Option<i64>,
    pub name: String,
    pub code: String,
    pub group: String,
    pub href: String,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub honesty_bp: Option<i64>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub gap_bp: Option<i64>,
    pub is_unstaffed: bool,
    pub is_gap_alert: bool,
    /// The rank interval drawn: start, point and end in hundredths of a percent of the width.
    pub plot: Option<[String; 3]>,
    pub interval: Option<[i64; 2]>,
    /// Claim and verified drawn.
    pub claim_plot: Option<[String; 2]>,
    /// Percent of each dimension with its class; null where nothing counts.
    pub heat: Vec<Heat>,
    /// `up`, `down` or `same`, and by how much.
    pub change: String,
    pub change_c: i64,
    pub state: String,
    pub reasons: Vec<String>,
    /// The gates of an empty or closed desk that bound.
    pub binding: Vec<String>,
}

/// A cell of the heat map.
#[derive(Clone, Debug, Serialize)]
pub struct Heat {
    pub title: String,
    pub percent: Option<i64>,
    pub band: String,
}

/// One league with its lists.
#[derive(Clone, Debug, Serialize)]
pub struct LeagueView {
    pub title: String,
    pub ranked: i64,
    pub of: i64,
    pub lines: Vec<Line>,
    pub apart: Vec<Line>,
    /// Code and title of each dimension.
    pub dimensions: Vec<(String, String)>,
}

/// The page.
#[derive(Serialize)]
pub struct RankingPage {
    pub period: String,
    pub is_final: bool,
    pub hash: String,
    pub computed_at: chrono::NaiveDateTime,
    pub mean_c: Option<i64>,
    pub mean_gap_c: Option<i64>,
    pub unstaffed: Vec<Line>,
    pub movers: Vec<Line>,
    pub most_improved: Vec<String>,
    pub best_desk: Vec<String>,
    pub ranked: i64,
    pub leagues: Vec<LeagueView>,
    pub groups: Vec<(String, String, bool)>,
    pub group: Option<String>,
    pub all_href: String,
    pub csv: String,
}

impl Page for RankingPage {
    const TEMPLATE: &'static str = "score/ranking.html";
}

/// A result with what is needed to print it.
pub struct Found {
    pub period: Period,
    pub result: ResultRow,
    pub rows: Vec<ScoreRow>,
    pub framework: std::sync::Arc<Framework>,
    pub agencies: HashMap<String, Agency>,
}

/// The result of a period that this person may see: the final one, or for some the preliminary.
pub fn find(desk: &Desk, conn: &mut Conn, code: &str) -> Result<Found, AppError> {
    desk.ctx.require(Act::SeeRanking)?;
    let province = desk.ctx.province();
    let period = store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
    let stage = match period.state() {
        State::Final | State::Archived => "final",
        _ if desk.ctx.actor.may(Act::SeePreliminary) => "preliminary",
        // Before it is final there is nothing to see for others, not even that there is something.
        _ => return Err(AppError::NotFound),
    };
    let result =
        store::score::find_latest(conn, province, &period.id, stage)?.ok_or(AppError::NotFound)?;
    let rows = store::score::list_scores(conn, province, &result.id)?;
    let framework = desk.ctx.frameworks.of(conn, &period)?;
    let agencies = store::agency::list(conn, province)?
        .into_iter()
        .map(|a| (a.id.clone(), a))
        .collect();
    Ok(Found {
        period,
        result,
        rows,
        framework,
        agencies,
    })
}

/// Shows the ranking.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let found = desk
        .ctx
        .store
        .read(|conn| find(desk, conn, input.part("period")))?;
    let texts = FrameworkText::of(&found.framework, desk.hall.language);
    let code = &found.period.code;
    let group = input
        .query
        .get("group")
        .filter(|g| found.framework.groups.iter().any(|(c, _)| c == *g));
    let mut lines: Vec<(&ScoreRow, Line)> = Vec::new();
    for row in &found.rows {
        lines.push((row, line(desk, &found, texts, row)));
    }
    let first = found.framework.kinds.first();
    let in_first: Vec<&ScoreRow> = found
        .rows
        .iter()
        .filter(|row| Some(&row.league) == first && row.state == "ranked")
        .collect();
    let mean = |of: &dyn Fn(&ScoreRow) -> Option<i64>| {
        let all: Vec<i64> = in_first.iter().filter_map(|row| of(row)).collect();
        let count = all.len() as i64;
        (count > 0).then(|| (2 * all.iter().sum::<i64>() + count).div_euclid(2 * count))
    };
    let pick = |is_meant: &dyn Fn(&ScoreRow) -> bool| {
        lines
            .iter()
            .filter(|(row, _)| is_meant(row))
            .map(|(_, line)| line.clone())
            .collect::<Vec<_>>()
    };
    let groups = found.framework.groups.iter().map(|(group_code, _)| {
        let is_current = group.is_some_and(|group| group == group_code);
        (
            texts.group(group_code),
            format!("{}?group={group_code}", url::ranking(code)),
            is_current,
        )
    });
    let leagues = found
        .framework
        .kinds
        .iter()
        .filter_map(|kind| league(&found, texts, &lines, kind, group));
    desk.page(&RankingPage {
        period: code.clone(),
        is_final: found.result.stage == "final",
        hash: found.result.returns_hash.clone(),
        computed_at: found.result.computed_at,
        mean_c: mean(&|row| row.score_c),
        mean_gap_c: mean(&|row| Some(row.claimed_c? - row.verified_c?)),
        unstaffed: pick(&|row| row.is_unstaffed),
        movers: pick(&|row| {
            row.state == "ranked" && row.change_c.is_some_and(|c| c.abs() >= LEAST_CHANGE_C)
        }),
        most_improved: best(&lines, |row| {
            row.change_c.filter(|change| *change >= LEAST_CHANGE_C)
        }),
        best_desk: best(&lines, |row| desk_share(&found.framework, row)),
        ranked: in_first.len() as i64,
        leagues: leagues.collect(),
        groups: groups.collect(),
        group: group.map(|group| texts.group(group)),
        all_href: url::ranking(code),
        csv: format!("{}.csv", url::ranking(code)),
    })
}

/// The names of those with the highest figure; ties are named together.
fn best(lines: &[(&ScoreRow, Line)], of: impl Fn(&ScoreRow) -> Option<i64>) -> Vec<String> {
    let ranked = || lines.iter().filter(|(row, _)| row.state == "ranked");
    let top = ranked().filter_map(|(row, _)| of(row)).max();
    let named = ranked().filter(|(row, _)| top.is_some() && of(row) == top);
    named.map(|(_, line)| line.name.clone()).collect()
}

/// Points of the two desk dimensions in hundredths of a percent of their ceilings.
fn desk_share(framework: &Framework, row: &ScoreRow) -> Option<i64> {
    let percent = percents(&row.dimensions);
    let own = framework
        .dimensions
        .iter()
        .filter(|d| matches!(d.code.as_str(), "DSP" | "DSS"));
    let (mut sum, mut points) = (0, 0);
    for dimension in own {
        if let Some(bp) = percent.get(dimension.code.as_str()) {
            sum += bp * dimension.points;
            points += dimension.points;
        }
    }
    (points > 0).then(|| sum / points)
}

fn percents(kept: &str) -> HashMap<&str, i64> {
    let pairs = kept
        .split_whitespace()
        .filter_map(|pair| pair.split_once(':'));
    pairs
        .filter_map(|(code, bp)| Some((code, bp.parse().ok()?)))
        .collect()
}

fn league(
    found: &Found,
    texts: FrameworkText,
    lines: &[(&ScoreRow, Line)],
    kind: &str,
    group: Option<&String>,
) -> Option<LeagueView> {
    let own = lines.iter().filter(|(row, _)| row.league == kind);
    let own: Vec<_> = own
        .filter(|(row, _)| group.is_none_or(|group| row.group_code == *group))
        .collect();
    let with = |is_placed: bool| {
        let rows = own
            .iter()
            .filter(|(row, _)| row.rank.is_some() == is_placed);
        rows.map(|(_, line)| line.clone()).collect::<Vec<_>>()
    };
    let of = own
        .iter()
        .filter_map(|(row, _)| row.rank_of)
        .max()
        .unwrap_or(0);
    (!own.is_empty()).then(|| LeagueView {
        title: texts.kind(kind),
        ranked: own.iter().filter(|(row, _)| row.state == "ranked").count() as i64,
        of,
        lines: with(true),
        apart: with(false),
        dimensions: found
            .framework
            .dimensions
            .iter()
            .map(|d| (d.code.clone(), texts.dimension(&d.code)))
            .collect(),
    })
}

/// A share of a width in percent with two decimals, drawn from the reader's side.
fn share(desk: &Desk, part: i64, whole: i64) -> String {
    let c = if whole == 0 {
        0
    } else {
        (part * 10_000).div_euclid(whole).clamp(0, 10_000)
    };
    let c = if desk.hall.language == crate::web::words::Language::Fa {
        10_000 - c
    } else {
        c
    };
    format!("{}.{:02}%", c / 100, c % 100)
}

fn line(desk: &Desk, found: &Found, texts: FrameworkText, row: &ScoreRow) -> Line {
    let agency = found.agencies.get(&row.agency_id);
    let name = agency.map(|agency| desk.choose(&agency.name_fa, &agency.name_en).to_owned());
    let code = agency.map(|agency| agency.code.clone()).unwrap_or_default();
    let of = row.rank_of.unwrap_or(1).max(2) - 1;
    let drawn = |rank: i64| share(desk, rank - 1, of);
    let interval = row
        .rank_low
        .zip(row.rank_high)
        .map(|(low, high)| [low, high]);
    let plot = interval
        .zip(row.rank)
        .map(|([low, high], rank)| [drawn(low), drawn(rank), drawn(high)]);
    let claim_plot = row.verified_c.zip(row.claimed_c);
    let percent = percents(&row.dimensions);
    let heat = found.framework.dimensions.iter().map(|dimension| {
        let bp = percent.get(dimension.code.as_str()).copied();
        Heat {
            title: texts.dimension(&dimension.code),
            percent: bp.map(|bp| (bp + 50) / 100),
            band: band(&found.framework, bp),
        }
    });
    let change_c = row.change_c.unwrap_or(0);
    Line {
        rank: row.rank,
        name: name.unwrap_or_else(|| code.clone()),
        group: texts.group(&row.group_code),
        href: url::score(&found.period.code, &code),
        code,
        score_c: row.score_c,
        grade: row.grade.clone(),
        honesty_bp: row.honesty_bp,
        claimed_c: row.claimed_c,
        verified_c: row.verified_c,
        gap_bp: row.gap_bp,
        is_unstaffed: row.is_unstaffed,
        is_gap_alert: row.gap_alert,
        plot,
        interval,
        claim_plot: claim_plot.map(|(v, c)| [share(desk, v, 10_000), share(desk, c, 10_000)]),
        heat: heat.collect(),
        change: match row.change_c {
            None => "none",
            Some(change) if change >= LEAST_CHANGE_C => "up",
            Some(change) if change <= -LEAST_CHANGE_C => "down",
            Some(_) => "same",
        }
        .to_owned(),
        change_c: change_c.abs(),
        state: format!("result-state-{}", row.state.replace('_', "-")),
        reasons: row
            .reasons
            .split_whitespace()
            .map(|reason| reason_text(desk, texts, reason))
            .collect(),
        binding: row
            .binding
            .split_whitespace()
            .filter(|gate| matches!(*gate, "G-01" | "G-02" | "G-11"))
            .map(|gate| texts.gate(gate))
            .collect(),
    }
}

/// A reason in words: a gate by its title, the rule's own words by ours.
fn reason_text(desk: &Desk, texts: FrameworkText, reason: &str) -> String {
    let key = match reason {
        "exempt" => "result-reason-exempt",
        "no_score" => "result-reason-no-score",
        "too_few_points" => "result-reason-too-few-points",
        gate => return texts.gate(gate),
    };
    crate::web::words::text(desk.hall.language, key).to_string()
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

/// A cell that a spreadsheet takes as text: no formula, quoted.
pub fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!(
        "\"{}{}\"",
        if is_formula { "'" } else { "" },
        text.replace('"', "\"\"")
    )
}

/// The ranking as a table for a spreadsheet.
pub fn csv(desk: &Desk, input: &Input) -> WebResult {
    let found = desk
        .ctx
        .store
        .read(|conn| find(desk, conn, input.part("period")))?;
    let mut out = String::from(
        "agency,name,league,group,state,rank,of,score_c,grade,honesty_bp,gap_bp,change_c\r\n",
    );
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    for row in &found.rows {
        let Some(agency) = found.agencies.get(&row.agency_id) else {
            continue;
        };
        let cells = [
            csv_cell(&agency.code),
            csv_cell(desk.choose(&agency.name_fa, &agency.name_en)),
            csv_cell(&row.league),
            csv_cell(&row.group_code),
            csv_cell(&row.state),
            number(row.rank),
            number(row.rank_of),
            number(row.score_c),
            csv_cell(row.grade.as_deref().unwrap_or_default()),
            number(row.honesty_bp),
            number(row.gap_bp),
            number(row.change_c),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    let name = format!("attachment; filename=\"mizan-{}.csv\"", found.period.code);
    let reply = Reply::of(
        actix_web::http::StatusCode::OK,
        "text/csv; charset=utf-8",
        out,
    );
    Ok(reply.with("content-disposition", &name))
}
