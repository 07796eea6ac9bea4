//! A table that is only read: numbers are numbers, everything else is text and never a formula, whatever it begins with.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Whole(i64),
    /// Hundredths, written with two decimals.
    Hundredths(i64),
    Nothing,
}

/// A table with its head.
pub struct Table {
    pub name: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    pub is_right_to_left: bool,
}

/// The bytes of a table as a workbook of one sheet.
pub fn write(of: &Table) -> Result<Vec<u8>, XlsxError> {
    let side = match of.is_right_to_left {
        true => FormatAlign::Right,
        false => FormatAlign::Left,
    };
    let plain = || Format::new().set_font_name("Tahoma").set_font_size(10);
    let head = plain()
        .set_bold()
        .set_text_wrap()
        .set_align(side)
        .set_font_color("#FFFFFF")
        .set_background_color("#0B5A62");
    let text = plain().set_align(side).set_num_format("@");
    let (whole, hundredths) = (plain(), plain().set_num_format("0.00"));
    let mut sheet = Worksheet::new();
    sheet.set_name(&of.name)?;
    sheet.set_right_to_left(of.is_right_to_left);
    sheet.set_freeze_panes(1, 2)?;
    for (column, title) in (0..).zip(&of.head) {
        sheet.write_string_with_format(0, column, title, &head)?;
        sheet.set_column_width(column, if column == 1 { 34 } else { 13 })?;
    }
    for (row, cells) in (1..).zip(&of.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(said) => {
                    sheet.write_string_with_format(row, column, said, &text)?;
                }
                Cell::Whole(number) => {
                    sheet.write_number_with_format(row, column, *number as f64, &whole)?;
                }
                Cell::Hundredths(c) => {
                    let number = *c as f64 / 100.0;
                    sheet.write_number_with_format(row, column, number, &hundredths)?;
                }
                Cell::Nothing => {}
            }
        }
    }
    if let (Ok(last), false) = (u16::try_from(of.head.len()), of.rows.is_empty()) {
        sheet.autofilter(0, 0, of.rows.len() as u32, last.saturating_sub(1))?;
    }
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer()
}
