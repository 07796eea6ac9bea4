//! Where the stages of the table find ids of what belongs to a desk or to a published quarter.

use mizan::store::assessment::Assessment;
use mizan::store::{self, Conn};

use crate::town::LAST;

pub type Found = Result<Option<String>, store::StoreError>;

pub fn correction_of(conn: &mut Conn, province: &str) -> Found {
    let last = store::period::find_by_code(conn, province, LAST)?;
    let id = last.expect("the last quarter").id;
    let rows = store::correction::list_open(conn, province, &id)?;
    Ok(rows.first().map(|row| row.id.clone()))
}

pub fn poster_of(conn: &mut Conn, of: &Assessment) -> Found {
    let mut rows = store::poster::list(conn, &of.province_id)?.into_iter();
    let own = rows.find(|row| row.agency_id == of.agency_id);
    Ok(own.map(|row| row.id))
}
