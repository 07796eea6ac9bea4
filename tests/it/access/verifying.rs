//! What those who verify have before them: second looks, planned visits with sheet and photograph.

use mizan::app::{plan, sheet, sheet_photo};
use mizan::store;
use sha2::Digest;

use super::world::shelf;
use crate::town::{OPEN, Town};

/// The auditor of an agency is asked for a second look at an item with evidence.
pub fn look_twice(town: &Town, agency: &str) {
    let ctx = town.ctx(town.auditor_of(agency));
    let of = town.assessment(agency);
    let done = town.state.store.write(|tx| {
        let evidence = store::evidence::list(tx, &of)?;
        let row = store::second_look::SecondLook {
            province_id: of.province_id.clone(),
            id: format!("look-{agency}"),
            period_id: of.period_id.clone(),
            assessment_id: of.id.clone(),
            agency_id: of.agency_id.clone(),
            indicator_code: evidence.first().expect("evidence").indicator_code.clone(),
            user_id: ctx.actor.user.clone(),
            first_by: ctx.actor.user.clone(),
            asked_at: ctx.now,
            kind: None,
            value: None,
            sample_n: None,
            sample_k: None,
            reason: String::new(),
            given_at: None,
        };
        store::second_look::add(tx, &row)
    });
    done.expect("asked for");
}

/// The id of a visit planned to an agency.
pub fn plan_of(
    conn: &mut store::Conn,
    of: &store::assessment::Assessment,
) -> Result<Option<String>, store::StoreError> {
    let rows = store::plan::list_of_period(conn, &of.province_id, &of.period_id)?;
    let mut own = rows.into_iter();
    Ok(own
        .find(|row| row.agency_id == of.agency_id)
        .map(|row| row.id))
}

/// The id a phone gave the sheet of an agency's visit.
pub fn sheet_id(agency: &str) -> String {
    format!("{:0>32}", agency.trim_start_matches("INF-"))
}

/// A planned visit, with its sheet and a photograph.
pub fn plan_visit(town: &Town, agency: &str) {
    let lead = town.ctx("lead");
    let auditor = town.ctx(town.auditor_of(agency)).actor.user;
    let quarter = mizan::domain::calendar::Quarter::parse(OPEN).expect("a quarter");
    let planned = plan::Planned {
        agency,
        county: None,
        place: "",
        planned_on: quarter.last_day() - chrono::Days::new(6),
        is_unannounced: true,
        team: [&auditor, &lead.actor.user],
        indicators: "DSP-01",
    };
    plan::add(&lead, OPEN, &planned).expect("a plan");
    let goes = town.ctx(town.auditor_of(agency));
    let plans = town
        .state
        .store
        .read(|conn| store::plan::list_of_user(conn, &goes.actor.scope.province, &auditor));
    let plan = plans.expect("the plans").remove(0);
    let picture = crate::evidence::picture(image::ImageFormat::Png);
    let hash = hex::encode(sha2::Sha256::digest(&picture));
    let fields = [
        ("finished_at", "2026-09-16T06:30:00.000Z"),
        ("is_obstructed", "yes"),
        ("minutes", "نگهبان راه نداد"),
        ("is_confirmed", "yes"),
        ("photos", hash.as_str()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let id = sheet_id(agency);
    let sent = sheet::Sent {
        id: &id,
        version: 1,
        fields: &fields.into(),
        phone_clock: None,
        is_locked: true,
    };
    sheet::receive(&goes, &plan.id, &sent).expect("a sheet");
    let brought = sheet_photo::Brought {
        sheet: &id,
        sha256: "",
        bytes: &picture,
    };
    sheet_photo::bring(&goes, &shelf(town), &plan.id, &brought).expect("a photograph");
}
