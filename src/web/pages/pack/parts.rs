//! The parts of the pack that every meeting reads: the quarter on one page, the ranking, the method, the edition.

use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

use super::super::brief::Body;
use super::super::ranking::line::{Line, band, percents};
use super::data::Pen;
use crate::store::score::ScoreLine;
use crate::web::words::Phrase;

/// The first page.
pub fn brief(pen: &Pen, of: &Body) -> Value {
    let mut headline = pen.tell(&of.finding);
    if of.unstaffed_count > 0 {
        headline = format!("{headline} {}", pen.tell(&of.unstaffed_said));
    }
    let sentences = of
        .sentences
        .iter()
        .map(|one| json!({ "about": pen.say(one.about), "text": pen.tell(&one.text) }));
    let more = of.unstaffed_count - of.unstaffed.len() as i64;
    let more = match more > 0 {
        true => pen.tell(&Phrase::of("brief-others").with("count", more)),
        false => String::new(),
    };
    let asked = of.asked.iter().map(|ask| {
        let key = format!("brief-decide-{}", ask.kind);
        pen.tell(&Phrase::of(key).with("count", ask.count))
    });
    let ends = of.ends.iter().map(|league| {
        let tied = league
            .tied
            .map(|count| Phrase::of("brief-tied").with("count", count));
        json!({
            "title": league.title,
            "note": tied.map(|said| pen.tell(&said)).unwrap_or_default(),
            "first-title": pen.say(league.titles[0]),
            "last-title": pen.say(league.titles[1]),
            "first": league.first.iter().map(|line| end(pen, line)).collect::<Vec<_>>(),
            "last": league.last.iter().map(|line| end(pen, line)).collect::<Vec<_>>(),
        })
    });
    json!({
        "headline": headline,
        "sentences": sentences.collect::<Vec<_>>(),
        "unstaffed": of.unstaffed.iter().map(|line| unstaffed(pen, line)).collect::<Vec<_>>(),
        "unstaffed-more": more,
        "no-unstaffed": pen.say("result-no-unstaffed"),
        "asked": asked.collect::<Vec<_>>(),
        "ends": ends.collect::<Vec<_>>(),
    })
}

fn tag(pen: &Pen, line: &Line) -> String {
    if line.is_no_report {
        pen.say(&line.state)
    } else if line.is_tied {
        pen.say("result-tied")
    } else {
        String::new()
    }
}

fn end(pen: &Pen, line: &Line) -> Value {
    json!({
        "rank": pen.whole(line.rank),
        "name": line.name,
        "tag": tag(pen, line),
        "score": pen.score(line.score_c),
        "grade": pen.grade(line.grade.as_ref()),
        "band": pen.band(line.grade.as_ref()),
    })
}

fn unstaffed(pen: &Pen, line: &Line) -> Value {
    let found = match (line.desk.failed, line.gap_bp) {
        (0, None) => String::new(),
        (0, Some(gap)) => {
            let gap = Phrase::of("brief-gap-alert").with("gap", pen.score(Some(gap)));
            pen.tell(&gap)
        }
        (failed, _) => {
            let said = Phrase::of("result-of-visits").with("failed", failed);
            pen.tell(&said.with("visits", line.desk.visits))
        }
    };
    let comma = pen.say("shell-comma");
    json!({
        "name": line.name,
        "found": found,
        "place": line.desk.counties.join(&format!("{comma} ")),
        "said": line.desk.said.clone().unwrap_or_default(),
    })
}

/// The whole ranking, league by league.
pub fn ranking(pen: &Pen) -> Value {
    let (printer, framework) = (pen.printer, pen.printer.framework);
    let texts = printer.texts();
    let leagues = framework.kinds.iter().filter_map(|kind| {
        let own = printer
            .rows
            .lines
            .iter()
            .filter(|line| line.league == *kind);
        let (placed, apart): (Vec<_>, Vec<_>) = own.partition(|line| line.rank.is_some());
        if placed.is_empty() && apart.is_empty() {
            return None;
        }
        Some(json!({
            "title": texts.kind(kind),
            "rows": placed.into_iter().map(|row| row_of(pen, row)).collect::<Vec<_>>(),
            "apart": apart.into_iter().map(|row| apart_of(pen, row)).collect::<Vec<_>>(),
        }))
    });
    let dimensions = framework
        .dimensions
        .iter()
        .map(|one| json!({ "code": one.code, "title": texts.dimension(&one.code) }));
    json!({
        "title": pen.say("pack-ranking"),
        "hint": pen.say("result-interval-hint"),
        "leagues": leagues.collect::<Vec<_>>(),
        "dimensions": dimensions.collect::<Vec<_>>(),
    })
}

fn row_of(pen: &Pen, row: &ScoreLine) -> Value {
    let line = pen.printer.line(row);
    let percent = percents(&row.dimensions);
    let framework = pen.printer.framework;
    let heat = framework.dimensions.iter().map(|one| {
        let bp = percent.get(one.code.as_str()).copied();
        json!({ "value": pen.whole(bp.map(|bp| (bp + 50) / 100)), "band": band(framework, bp) })
    });
    let whole = row.rank_of.unwrap_or(1).max(2) - 1;
    let interval = row.rank_low.zip(row.rank).zip(row.rank_high);
    let interval = interval.map(|((low, rank), high)| {
        [low, rank, high]
            .map(|place| (place - 1) * 10_000 / whole)
            .to_vec()
    });
    let both = row
        .verified_c
        .zip(row.claimed_c)
        .filter(|_| !line.is_no_report);
    json!({
        "rank": pen.whole(row.rank),
        "name": line.name,
        "tag": if row.is_unstaffed { pen.say("result-unstaffed") } else { tag(pen, &line) },
        "score": pen.score(row.score_c),
        "grade": pen.grade(row.grade.as_ref()),
        "band": pen.band(row.grade.as_ref()),
        "interval": interval.unwrap_or_default(),
        "claim": both.map(|(verified, claimed)| vec![verified, claimed]).unwrap_or_default(),
        "over": pen.score(line.over_c.filter(|_| !line.is_no_report)),
        "honesty": pen.score(row.honesty_bp),
        "heat": heat.collect::<Vec<_>>(),
        "change": change(pen, &line),
    })
}

fn change(pen: &Pen, line: &Line) -> String {
    let key = match line.score_move.way {
        "up" => "result-up",
        "down" => "result-down",
        "same" => return pen.say("result-within-error"),
        _ => return pen.say("result-no-before"),
    };
    let by = pen.score(Some(line.score_move.by));
    pen.tell(&Phrase::of(key).with("score", by))
}

fn apart_of(pen: &Pen, row: &ScoreLine) -> Value {
    let line = pen.printer.line(row);
    let comma = pen.say("shell-comma");
    json!({
        "name": line.name,
        "state": pen.say(&line.state),
        "why": line.reasons.join(&format!("{comma} ")),
        "score": pen.score(row.score_c),
    })
}

/// How the ranking was made, on one page.
pub fn method(pen: &Pen) -> Vec<Value> {
    let part = |title: &str, text: &str| json!({ "title": pen.say(title), "text": pen.say(text) });
    vec![
        part("pack-method-score", "result-how-score"),
        part("pack-method-interval", "result-how-interval"),
        part("pack-method-change", "result-how-change"),
        part("pack-method-unstaffed", "result-unstaffed-means"),
        part("pack-method-honesty", "pack-method-honesty-says"),
    ]
}

/// What the published edition is known by: its root in groups and as a square code.
pub fn edition(pen: &Pen) -> Value {
    let Some((number, root)) = pen
        .gathered
        .edition
        .as_ref()
        .and_then(|one| Some((one.number, one.root.clone()?)))
    else {
        return Value::Null;
    };
    let Ok(code) = QrCode::with_error_correction_level(root.as_bytes(), EcLevel::Q) else {
        return Value::Null;
    };
    let cells: Vec<String> = code
        .to_colors()
        .chunks(code.width().max(1))
        .map(|row| {
            row.iter()
                .map(|cell| if *cell == Color::Dark { '1' } else { '0' })
                .collect()
        })
        .collect();
    let groups: Vec<&str> = (0..root.len())
        .step_by(8)
        .filter_map(|at| root.get(at..at + 8))
        .collect();
    json!({
        "said": pen.tell(&Phrase::of("pack-edition").with("number", number)),
        "words": groups.join(" "),
        "qr": cells,
    })
}
