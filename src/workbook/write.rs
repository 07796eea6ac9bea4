//! The bytes of a workbook: right to left, with lists to choose from, locked where nothing is typed. Every cell is a
//! text, never a formula, whatever it begins with.

use std::collections::HashMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::book::{Book, COLUMN_SIGN, COLUMNS, FIRST_FILLED, LISTS_SHEET, Line, MARK_SHEET, SIGN};

/// The rows before the first dimension: title, how to, names of the columns (hidden), heads.
const NAMES_ROW: u32 = 2;
const HEADS_ROW: u32 = 3;
const WIDTHS: [f64; COLUMNS.len()] = [
    9.0, 28.0, 44.0, 24.0, 18.0, 18.0, 24.0, 10.0, 10.0, 22.0, 28.0,
];
/// The height of a line of text, and of the highest row that a spreadsheet shows, in points.
const LINE_HEIGHT: f64 = 15.0;
const MOST_HEIGHT: f64 = 400.0;
/// A4.
const PAPER: u8 = 9;
/// The most signs a hint of a cell may have.
const LONGEST_HINT: usize = 250;

type Done = Result<(), XlsxError>;

/// Writes a workbook.
pub fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::of(book.is_right_to_left);
    let mut lists = Lists::default();
    let mut sheet = Worksheet::new();
    sheet.set_name(&book.sheet)?;
    frame(&mut sheet, book, &looks)?;
    let mut row = HEADS_ROW + 1;
    for part in &book.parts {
        for column in 0..COLUMNS.len() as u16 {
            sheet.write_blank(row, column, &looks.part)?;
        }
        sheet.write_string_with_format(row, 1, &part.title, &looks.part)?;
        row += 1;
        for one in &part.lines {
            line(&mut sheet, row, one, &looks, &mut lists)?;
            row += 1;
        }
    }
    if row > HEADS_ROW + 1 {
        let last = COLUMNS.len() as u16 - 1;
        sheet.ignore_error_range(
            HEADS_ROW + 1,
            0,
            row - 1,
            last,
            IgnoreError::NumberStoredAsText,
        )?;
    }
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    workbook.push_worksheet(lists.sheet()?);
    workbook.push_worksheet(mark(book)?);
    workbook.save_to_buffer()
}

/// The formats of the cells.
struct Looks {
    title: Format,
    how: Format,
    head: Format,
    part: Format,
    /// Read, not typed.
    said: Format,
    code: Format,
    /// To be filled in.
    open: Format,
    /// Not of this indicator.
    shut: Format,
}

impl Looks {
    fn of(is_right_to_left: bool) -> Looks {
        let (side, direction) = match is_right_to_left {
            true => (FormatAlign::Right, 2),
            false => (FormatAlign::Left, 1),
        };
        let plain = || {
            Format::new()
                .set_font_name("Tahoma")
                .set_font_size(10)
                .set_align(side)
                .set_align(FormatAlign::Top)
                .set_reading_direction(direction)
                .set_num_format("@")
        };
        let boxed = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color("#D9DDDB")
        };
        Looks {
            title: plain()
                .set_bold()
                .set_font_size(14)
                .set_font_color("#0B5A62"),
            how: plain().set_font_color("#42505A"),
            head: boxed()
                .set_bold()
                .set_text_wrap()
                .set_font_color("#FFFFFF")
                .set_background_color("#0B5A62"),
            part: plain().set_bold().set_background_color("#E2F0F0"),
            said: boxed().set_text_wrap().set_font_color("#42505A"),
            code: boxed().set_bold(),
            open: boxed()
                .set_text_wrap()
                .set_unlocked()
                .set_background_color("#FFF9E5")
                .set_border_color("#7D8890"),
            shut: boxed().set_background_color("#EEEFEC"),
        }
    }
}

/// Everything around the indicators.
fn frame(sheet: &mut Worksheet, book: &Book, looks: &Looks) -> Done {
    sheet.set_right_to_left(book.is_right_to_left);
    sheet.write_string_with_format(0, 0, &book.title, &looks.title)?;
    sheet.write_string_with_format(1, 0, &book.how, &looks.how)?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(NAMES_ROW, column, format!("{COLUMN_SIGN}{name}"))?;
    }
    sheet.set_row_hidden(NAMES_ROW)?;
    for ((column, head), width) in (0..).zip(&book.heads).zip(WIDTHS) {
        sheet.write_string_with_format(HEADS_ROW, column, head, &looks.head)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(HEADS_ROW + 1, 2)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    sheet.set_landscape().set_paper_size(PAPER);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADS_ROW, HEADS_ROW)?;
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, of: &Line, looks: &Looks, lists: &mut Lists) -> Done {
    sheet.write_string_with_format(row, 0, &of.code, &looks.code)?;
    let said = [&of.title, &of.guidance, &of.asked, &of.last].map(String::as_str);
    for (column, text) in (1..).zip(said) {
        sheet.write_string_with_format(row, column, text, &looks.said)?;
    }
    let is_open = [
        true,
        !of.is_ratio,
        of.is_ratio,
        of.is_ratio,
        of.may_ask_na,
        true,
    ];
    let first = FIRST_FILLED as u16;
    for ((column, text), is_open) in (first..).zip(of.cells.all()).zip(is_open) {
        let look = if is_open { &looks.open } else { &looks.shut };
        if text.is_empty() {
            sheet.write_blank(row, column, look)?;
        } else {
            sheet.write_string_with_format(row, column, text, look)?;
        }
    }
    sheet.set_row_height(row, height(&[&said[..], &of.cells.all()].concat()))?;
    choose(sheet, (row, first), &of.choices, "", lists)?;
    if !of.is_ratio {
        choose(sheet, (row, first + 1), &of.options, &of.asked, lists)?;
    }
    Ok(())
}

/// How high a row has to be so that its longest cell is read whole; not every program finds that out by itself.
fn height(texts: &[&str]) -> f64 {
    let lines = texts.iter().zip(&WIDTHS[1..]).map(|(text, width)| {
        let own = text
            .lines()
            .map(|line| (line.chars().count() as f64 / width).ceil());
        own.map(|lines| lines.max(1.0)).sum::<f64>()
    });
    let most = lines.fold(1.0, f64::max);
    (most * LINE_HEIGHT + 4.0).min(MOST_HEIGHT)
}

/// A cell with its list, if it has one, and with what to type there. Another word is asked about, not refused: digits of
/// any script are as good, and everything is looked through when the file comes back.
fn choose(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    options: &[String],
    hint: &str,
    lists: &mut Lists,
) -> Done {
    let hint: String = hint.chars().take(LONGEST_HINT).collect();
    let mut rule = DataValidation::new();
    rule = match options {
        [] if hint.is_empty() => return Ok(()),
        [] => rule.allow_any_value(),
        options => rule
            .allow_list_formula(lists.range(options))
            .set_error_style(DataValidationErrorStyle::Warning),
    };
    rule = rule.set_input_message(hint)?;
    sheet.add_data_validation(row, column, row, column, &rule)?;
    Ok(())
}

/// The lists that cells are chosen from, each once in a column of a hidden sheet: a list inside a cell's rule ends at 255
/// signs and at every comma.
#[derive(Default)]
struct Lists {
    known: HashMap<Vec<String>, u16>,
    all: Vec<Vec<String>>,
}

impl Lists {
    fn range(&mut self, options: &[String]) -> Formula {
        let column = *self.known.entry(options.to_vec()).or_insert_with(|| {
            self.all.push(options.to_vec());
            self.all.len() as u16 - 1
        });
        let name = rust_xlsxwriter::utility::column_number_to_name(column);
        let last = options.len();
        Formula::new(format!("={LISTS_SHEET}!${name}$1:${name}${last}"))
    }

    fn sheet(self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(LISTS_SHEET)?.set_hidden(true);
        for (column, options) in (0..).zip(&self.all) {
            for (row, option) in (0..).zip(options) {
                sheet.write_string(row, column, option)?;
            }
        }
        Ok(sheet)
    }
}

/// Whose workbook it is, and what its cells said when it was made: by that a cell that somebody changed is known from
/// one that a colleague changed meanwhile on the page.
fn mark(book: &Book) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(MARK_SHEET)?.set_very_hidden(true);
    let mark = &book.mark;
    let pairs = [
        SIGN,
        ("province", &mark.province),
        ("period", &mark.period),
        ("agency", &mark.agency),
        ("framework", &mark.framework),
    ];
    for (row, (name, value)) in (0..).zip(pairs) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, value)?;
    }
    let lines = book.parts.iter().flat_map(|part| &part.lines);
    for (row, line) in (pairs.len() as u32..).zip(lines) {
        sheet.write_string(row, 0, &line.code)?;
        sheet.write_string(row, 1, line.version.to_string())?;
        for (column, text) in (2..).zip(line.cells.all()) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(sheet)
}
