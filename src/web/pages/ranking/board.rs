//! What the ranking page prints between its head and its foot: the same for everybody who may read the result.

use serde::Serialize;

use super::figures::{Figures, figures};
use super::line::Printer;
use crate::web::render::Page;

/// The headline, the figures and the lists.
#[derive(Serialize)]
pub struct Board {
    pub figures: Figures,
    /// How many desks are equipped but unstaffed.
    pub unstaffed: i64,
    /// The lists, printed already.
    pub lists: String,
}

impl Page for Board {
    const TEMPLATE: &'static str = "score/board.html";
}

impl Board {
    /// What stands above the lists of a result.
    pub fn of(printer: &Printer, lists: String) -> Board {
        let all = printer.rows.lines.iter();
        Board {
            figures: figures(printer),
            unstaffed: all.filter(|line| line.is_unstaffed).count() as i64,
            lists,
        }
    }
}
