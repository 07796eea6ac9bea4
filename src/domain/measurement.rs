//! Central and survey values as the planning office brings them: which they are, and a list of them line by line.

use super::answer::{self, Field, Typed, ValueFault};
use super::framework::{Indicator, Measure, ReportedBy};
use super::number::{self, NumberFault};
use super::returns::{Value, Verdict};
use super::shape::MOST_COUNT;

/// How many working days late an agency handed in: the program counts it, nobody types it.
pub const LATENESS: &str = "GOV-01";

/// How many resolutions that fell due were carried out in time: counted from the register where it has any; before
/// there is a register the office enters it.
pub const TIMELY: &str = "GOV-02";

/// Whether the planning office enters this value with a document.
pub fn is_entered(indicator: &Indicator) -> bool {
    is_of_office(indicator) && !is_counted(indicator)
}

/// Whether neither the agency nor an auditor reports it.
pub fn is_of_office(indicator: &Indicator) -> bool {
    matches!(
        indicator.reported_by,
        ReportedBy::Central | ReportedBy::Survey | ReportedBy::System
    )
}

/// Whether the program counts it.
pub fn is_counted(indicator: &Indicator) -> bool {
    indicator.code == LATENESS || indicator.is_honesty_ratio
}

/// A value that was measured, in the terms of the rule.
pub fn verdict(indicator: &Indicator, value: Value, answers: Option<i64>) -> Verdict {
    let is_survey = indicator.reported_by == ReportedBy::Survey;
    let answers = answers.filter(|_| is_survey);
    Verdict::Measured { value, answers }
}

/// Which cell of a line a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Value(Field),
    Answers,
    /// There are more cells than the indicator asks for.
    Rest,
}

/// One line of a list: an agency and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number as an editor shows it.
    pub number: i64,
    pub agency: String,
    pub read: Result<Verdict, Vec<(Cell, ValueFault)>>,
}

/// How many people answered a survey.
pub fn read_answers(typed: &str) -> Result<i64, ValueFault> {
    match number::parse_whole(typed) {
        Ok(count) if count > MOST_COUNT => Err(ValueFault::TooHigh { most: MOST_COUNT }),
        Ok(count) => Ok(count),
        Err(NumberFault::Empty) => Err(ValueFault::Missing),
        Err(fault) => Err(ValueFault::Number(fault)),
    }
}

/// Reads a list: the agency's code, then the value (two numbers for a ratio), then the answers of a survey; parted
/// by commas, semicolons or tabs. Blank lines are passed over, and so is a heading.
pub fn read_list(indicator: &Indicator, text: &str) -> Vec<Line> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, cells(line)));
    let mut filled = lines.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let first = filled.next();
    let heading = first.as_ref().is_some_and(|(_, cells)| is_heading(cells));
    let first = first.filter(|_| !heading);
    let all = first.into_iter().chain(filled);
    all.map(|(number, cells)| line(indicator, number, &cells))
        .collect()
}

/// A first line in which nothing is a number names the columns.
fn is_heading(cells: &[String]) -> bool {
    let has_digit = |cell: &String| number::to_latin(cell).contains(|c: char| c.is_ascii_digit());
    !cells.iter().any(has_digit)
}

fn line(indicator: &Indicator, number: i64, cells: &[String]) -> Line {
    let cell = |place: usize| cells.get(place).map_or("", String::as_str);
    let is_ratio = indicator.measure == Measure::Ratio;
    let (typed, rest) = if is_ratio {
        (["", cell(1), cell(2)], 3)
    } else {
        ([cell(1), "", ""], 2)
    };
    let yes_no = |typed| match typed {
        "1" => "yes",
        "0" => "no",
        other => other,
    };
    let typed = Typed {
        value: if indicator.measure == Measure::YesNo {
            yes_no(typed[0])
        } else {
            typed[0]
        },
        numerator: typed[1],
        denominator: typed[2],
    };
    let mut faults = Vec::new();
    let value = answer::read(indicator, &typed);
    let value = value.map_err(|all| {
        let all = all
            .into_iter()
            .map(|(field, fault)| (Cell::Value(field), fault));
        faults.extend(all);
    });
    let is_survey = indicator.reported_by == ReportedBy::Survey;
    let answers = is_survey.then(|| read_answers(cell(rest)));
    let answers = answers
        .transpose()
        .map_err(|fault| faults.push((Cell::Answers, fault)));
    let most = rest + usize::from(is_survey);
    if cells.iter().skip(most).any(|cell| !cell.is_empty()) {
        faults.push((Cell::Rest, ValueFault::Missing));
    }
    let read = match (value, answers) {
        (Ok(value), Ok(answers)) if faults.is_empty() => Ok(verdict(indicator, value, answers)),
        _ => Err(faults),
    };
    Line {
        number,
        agency: number::to_latin(cell(0)).to_uppercase(),
        read,
    }
}

/// The cells of a line; a cell in quotes may hold what parts cells.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' | ';' | '\t' | '،' | '؛' if !is_quoted => cells.push(String::new()),
            letter => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(letter);
                }
            }
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_as_spreadsheets_write_it() {
        assert_eq!(cells("INF-01,12,\"1,200\""), ["INF-01", "12", "1,200"]);
        assert_eq!(cells("INF-01\t۱۲٫۵ ;۳۰"), ["INF-01", "۱۲٫۵", "۳۰"]);
    }

    #[test]
    fn only_a_line_without_any_number_is_a_heading() {
        assert!(is_heading(&cells("کد دستگاه,درصد,پاسخ")));
        assert!(!is_heading(&cells("INF-01,,")));
    }
}
