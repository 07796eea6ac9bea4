//! The ranking as a table: the same columns for every kind of file.

use super::line::percents;
use crate::app::ranking::{Ranking, Rows};
use crate::store::score::ScoreLine;
use crate::web::desk::Desk;
use crate::web::pages::framework_text::FrameworkText;
use crate::web::words::{Language, text};
use crate::workbook::table::{Cell, Table};

const COLUMNS: [&str; 16] = [
    "result-csv-code",
    "result-agency",
    "result-csv-league",
    "result-csv-group",
    "result-state",
    "result-rank",
    "result-csv-of",
    "result-csv-group-rank",
    "result-csv-low",
    "result-csv-high",
    "result-score",
    "result-grade",
    "result-honesty",
    "result-gap",
    "result-csv-unstaffed",
    "result-csv-change",
];

/// The table of a ranking in the reader's language.
pub fn table(desk: &Desk, ranking: &Ranking, rows: &Rows) -> Table {
    let language = desk.hall.language;
    let texts = FrameworkText::of(&ranking.framework, language);
    let dimensions = &ranking.framework.dimensions;
    let mut head: Vec<String> = COLUMNS.map(|key| text(language, key).into_owned()).to_vec();
    head.extend(dimensions.iter().map(|one| texts.dimension(&one.code)));
    let lines = rows.lines.iter().map(|row| {
        let mut cells = own(desk, texts, row);
        let percent = percents(&row.dimensions);
        let shares = dimensions.iter().map(|one| percent.get(one.code.as_str()));
        cells.extend(shares.map(|bp| hundredths(bp.copied())));
        cells
    });
    Table {
        name: ranking.period.code.clone(),
        head,
        rows: lines.collect(),
        is_right_to_left: language == Language::Fa,
    }
}

fn hundredths(number: Option<i64>) -> Cell {
    number.map_or(Cell::Nothing, Cell::Hundredths)
}

fn whole(number: Option<i64>) -> Cell {
    number.map_or(Cell::Nothing, Cell::Whole)
}

fn own(desk: &Desk, texts: FrameworkText, row: &ScoreLine) -> Vec<Cell> {
    let language = desk.hall.language;
    let said = |key: &str| text(language, key).into_owned();
    let grade = row.grade.as_ref();
    let grade = grade.map_or_else(String::new, |id| said(&format!("grade-{id}")));
    let state = format!("result-state-{}", row.state.replace('_', "-"));
    let unstaffed = if row.is_unstaffed {
        "shell-yes"
    } else {
        "shell-no"
    };
    vec![
        Cell::Text(row.code.clone()),
        Cell::Text(desk.choose(&row.name_fa, &row.name_en).to_owned()),
        Cell::Text(texts.kind(&row.league)),
        Cell::Text(texts.group(&row.group_code)),
        Cell::Text(said(&state)),
        whole(row.rank),
        whole(row.rank_of),
        whole(row.group_rank),
        whole(row.rank_low),
        whole(row.rank_high),
        hundredths(row.score_c),
        Cell::Text(grade),
        hundredths(row.honesty_bp),
        hundredths(row.gap_bp),
        Cell::Text(said(unstaffed)),
        hundredths(row.change_c),
    ]
}
