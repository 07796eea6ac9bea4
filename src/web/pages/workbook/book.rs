//! The checklist as a workbook, in the reader's language: what the page asks, what was said, what was said last quarter.

use crate::app::AppError;
use crate::domain::framework::{Framework, Indicator, Measure};
use crate::domain::returns::Value;
use crate::store;
use crate::web::desk::Desk;
use crate::web::form::Input;
use crate::web::pages::checklist::{Sheet, sheet};
use crate::web::pages::claim::{self, ClaimFields};
use crate::web::pages::framework_text::FrameworkText;
use crate::web::pages::last_time::{Before, before};
use crate::web::pages::period;
use crate::web::words::{Language, Phrase, text};
use crate::workbook::book::{Book, COLUMNS, Cells, Line, Mark, Part};

/// What a workbook is made from.
struct Scene<'a> {
    desk: &'a Desk<'a>,
    sheet: Sheet,
    before: Option<Before>,
}

/// Whose workbook that of an agency's quarter is.
pub fn mark(desk: &Desk, codes: (&str, &str), framework: &Framework) -> Mark {
    Mark {
        province: desk.ctx.province().to_owned(),
        period: codes.0.to_owned(),
        agency: codes.1.to_owned(),
        framework: format!("{} {}", framework.code, framework.version),
    }
}

/// The key of the head of a column.
pub fn head(column: &str) -> String {
    format!("workbook-column-{}", column.replace('_', "-"))
}

/// The workbook of an agency's quarter as it stands.
pub fn book(desk: &Desk, input: &Input) -> Result<Book, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let (sheet, before, agency) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let before = before(desk, conn, &sheet.case)?;
        let agency =
            store::agency::find(conn, desk.ctx.province(), &sheet.case.assessment.agency_id)?;
        Ok::<_, AppError>((sheet, before, agency.ok_or(AppError::NotFound)?))
    })?;
    let scene = Scene {
        desk,
        sheet,
        before,
    };
    let language = desk.hall.language;
    let said = |key: &str| text(language, key).into_owned();
    let title = Phrase::of("workbook-sheet-title")
        .with("quarter", period::title(desk, codes.0))
        .with("agency", desk.choose(&agency.name_fa, &agency.name_en));
    Ok(Book {
        mark: mark(desk, codes, &scene.sheet.case.framework),
        is_right_to_left: language == Language::Fa,
        sheet: said("workbook-sheet"),
        title: title.say(language),
        how: said("workbook-how"),
        heads: COLUMNS.map(|column| said(&head(column))),
        parts: scene.parts(),
    })
}

impl Scene<'_> {
    fn parts(&self) -> Vec<Part> {
        let framework = &self.sheet.case.framework;
        let texts = FrameworkText::of(framework, self.desk.hall.language);
        let asked = self.sheet.asked();
        let dimensions = framework.dimensions.iter().enumerate();
        let parts = dimensions.map(|(place, dimension)| Part {
            title: texts.dimension(&dimension.code),
            lines: asked
                .iter()
                .filter(|one| one.dimension == place)
                .map(|one| self.line(texts, one))
                .collect(),
        });
        parts.filter(|part| !part.lines.is_empty()).collect()
    }

    fn line(&self, texts: FrameworkText, of: &Indicator) -> Line {
        let answer = self.sheet.answer(&of.code);
        let last = self.before.as_ref();
        let last = last.and_then(|last| last.of(self.desk, &of.code));
        let choices = claim::choices(self.desk, of).into_iter();
        Line {
            code: of.code.clone(),
            title: texts.title(&of.code),
            guidance: texts.guidance(&of.code),
            asked: asked(self.desk.hall.language, texts, of),
            last: last.and_then(|last| last.claim).unwrap_or_default(),
            cells: self.cells(texts, of),
            version: answer.map_or(0, |answer| answer.version),
            choices: choices.map(|choice| choice.label).collect(),
            options: options(texts, of),
            is_ratio: of.measure == Measure::Ratio,
            may_ask_na: of.is_na_allowed,
        }
    }

    fn cells(&self, texts: FrameworkText, of: &Indicator) -> Cells {
        let Some(answer) = self.sheet.answer(&of.code) else {
            return Cells::default();
        };
        let mut fields = ClaimFields::default();
        let value = answer
            .claim
            .as_deref()
            .and_then(crate::domain::answer::kept);
        if let Some(value) = value {
            fields.fill(texts, value);
            if matches!(value, Value::Yes(_) | Value::Level(_)) {
                fields.value = texts.value(of, value);
            }
        }
        let mut choices = claim::choices(self.desk, of).into_iter();
        let choice = choices.find(|choice| choice.value == answer.choice);
        Cells {
            choice: choice.map(|choice| choice.label).unwrap_or_default(),
            value: fields.value,
            numerator: fields.numerator,
            denominator: fields.denominator,
            na_reason: answer.na_reason.clone().unwrap_or_default(),
            note: answer.note.clone(),
        }
    }
}

/// The words a value is chosen from.
fn options(texts: FrameworkText, of: &Indicator) -> Vec<String> {
    match of.measure {
        Measure::YesNo => [true, false]
            .map(|yes| texts.value(of, Value::Yes(yes)))
            .to_vec(),
        Measure::Level => (0..=of.top_level)
            .map(|level| texts.value(of, Value::Level(level)))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is typed, in words.
fn asked(language: Language, texts: FrameworkText, of: &Indicator) -> String {
    match of.measure {
        Measure::YesNo => text(language, "workbook-asked-yes-no").into_owned(),
        Measure::Level => text(language, "workbook-asked-level").into_owned(),
        Measure::Ratio => {
            let (numerator, denominator) = texts.parts(&of.code);
            Phrase::of("workbook-asked-ratio")
                .with("numerator", numerator)
                .with("denominator", denominator)
                .say(language)
        }
        _ => Phrase::of("workbook-asked-number")
            .with("unit", texts.unit(of))
            .say(language),
    }
}
