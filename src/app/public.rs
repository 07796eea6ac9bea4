//! What the public reads: editions that the governor's office has opened, and nothing else. Nobody is at work here; the
//! files of an edition are read as they were published.

use std::collections::HashMap;

use super::{AppError, edition};
use crate::domain::edition::Book;
use crate::store::edition::Edition;
use crate::store::province::Province;
use crate::store::{self, Conn, StoreError};

/// The editions that are open to everybody, newest quarter and newest edition first.
pub struct Shelf {
    pub province: Province,
    /// Each with the code of its quarter.
    pub editions: Vec<(String, Edition)>,
}

/// The shelf of the province that this installation serves. Where several share it, none is shown.
pub fn shelf(conn: &mut Conn) -> Result<Shelf, AppError> {
    let mut provinces = store::province::list(conn)?;
    let province = provinces.pop().filter(|_| provinces.is_empty());
    let province = province.ok_or(AppError::NotFound)?;
    let editions = store::edition::list_released(conn, &province.id)?;
    if editions.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(Shelf { province, editions })
}

impl Shelf {
    /// The editions of a quarter, newest first.
    pub fn of(&self, period: &str) -> Vec<&Edition> {
        let own = self.editions.iter().filter(|(code, _)| code == period);
        own.map(|(_, edition)| edition).collect()
    }

    /// The newest edition of each quarter, newest quarter first.
    pub fn newest(&self) -> Vec<(&str, &Edition)> {
        let mut last = "";
        let all = self.editions.iter();
        let newest = all.filter(|(code, _)| std::mem::replace(&mut last, code) != code);
        newest
            .map(|(code, edition)| (code.as_str(), edition))
            .collect()
    }
}

/// The agencies whose published result is under review: a correction of it waits for its edition.
pub fn under_review(conn: &mut Conn, of: &Edition) -> Result<Vec<String>, AppError> {
    let open = store::correction::list_open(conn, &of.province_id, &of.period_id)?;
    Ok(open.into_iter().map(|one| one.agency_code).collect())
}

/// An edition as it is read, with the interval of each place.
pub struct Opened {
    pub book: Book,
    /// Best and worst place of an agency when the weights move a little, as they were kept with the result.
    pub intervals: HashMap<String, [i64; 2]>,
}

/// Opens an edition. One whose files do not hold is shown to nobody.
pub fn open(conn: &mut Conn, of: &Edition) -> Result<Opened, AppError> {
    let files = edition::files(conn, of)?;
    let book = Book::open(&files).ok_or_else(|| {
        AppError::Store(StoreError::Broken(
            "an open edition does not hold".to_owned(),
        ))
    })?;
    let intervals = store::score::list_intervals(conn, &of.province_id, &of.result_id)?;
    Ok(Opened {
        book,
        intervals: intervals.into_iter().collect(),
    })
}
