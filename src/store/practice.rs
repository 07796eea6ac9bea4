//! Taking a province of practice away with everything in it.

use diesel::prelude::*;

use super::schema::{
    agencies, answers, assessments, assignments, counties, evidence, extensions, frameworks,
    holidays, na_requests, one_time_links, owners, periods, provinces, queries, reminder_days,
    roles, uploads, users, verdicts, workbooks, write_keys,
};
use super::{StoreError, StoreResult, Tx};
use crate::domain::access::is_practice;

/// Deletes what a province has in these tables.
macro_rules! remove_from {
    ($tx:expr, $province:expr, $($table:ident),+) => {
        $(diesel::delete($table::table.filter($table::province_id.eq($province))).execute(&mut **$tx)?;)+
    };
}

/// The hashes of the files that are named in a province, whoever else names them.
pub fn list_files(tx: &mut Tx, province: &str) -> StoreResult<Vec<String>> {
    let own = evidence::table.filter(evidence::province_id.eq(province));
    let own: Vec<Option<String>> = own.select(evidence::sha256).load(&mut **tx)?;
    let brought = workbooks::table.filter(workbooks::province_id.eq(province));
    let brought: Vec<String> = brought.select(workbooks::sha256).load(&mut **tx)?;
    Ok(own.into_iter().flatten().chain(brought).collect())
}

/// The files that are still coming into a province.
pub fn list_uploads(tx: &mut Tx, province: &str) -> StoreResult<Vec<String>> {
    let own = uploads::table.filter(uploads::province_id.eq(province));
    Ok(own.select(uploads::id).load(&mut **tx)?)
}

/// Takes a province of practice away; a real one never.
pub fn remove(tx: &mut Tx, province: &str) -> StoreResult<()> {
    if !is_practice(province) {
        let words = "a real province is not taken away".to_owned();
        return Err(StoreError::Broken(words));
    }
    remove_from!(
        tx,
        province,
        write_keys,
        uploads,
        evidence,
        workbooks,
        queries,
        na_requests,
        verdicts,
        extensions,
        owners,
        assignments,
        answers,
        one_time_links,
        roles,
        assessments,
        periods,
        reminder_days,
        users,
        holidays,
        agencies,
        counties,
        frameworks
    );
    diesel::delete(provinces::table.filter(provinces::id.eq(province))).execute(&mut **tx)?;
    Ok(())
}
