//! Bringing in what a province starts from: agencies, counties, holidays, the framework. No results.

use sha2::{Digest, Sha256};

use super::{AppError, Ctx};
use crate::domain::access::Actor;
use crate::domain::framework;
use crate::domain::seed::{HolidayYear, ProvinceSeed};
use crate::domain::text;
use crate::store::agency::Agency;
use crate::store::event::Happening;
use crate::store::framework::FrameworkRow;
use crate::store::province::{County, Holiday, Province};
use crate::store::{self, StoreError, new_id};

/// Creates a province with its lists, and returns its id. Doing it again changes nothing.
pub fn province(ctx: &Ctx, seed: &ProvinceSeed, is_demo: bool) -> Result<String, AppError> {
    ctx.store.write(|tx| {
        if let Some(there) = store::province::find_by_code(tx, &seed.code)? {
            return Ok(there.id);
        }
        let id = new_id();
        store::province::add(
            tx,
            &Province {
                id: id.clone(),
                code: seed.code.clone(),
                name_fa: seed.name.fa.clone(),
                name_en: seed.name.en.clone(),
                is_demo,
                created_at: ctx.now,
            },
        )?;
        for county in &seed.counties {
            store::province::add_county(
                tx,
                &County {
                    province_id: id.clone(),
                    code: county.code.clone(),
                    name_fa: county.name.fa.clone(),
                    name_en: county.name.en.clone(),
                },
            )?;
        }
        for agency in &seed.agencies {
            store::agency::add(
                tx,
                &Agency {
                    province_id: id.clone(),
                    id: new_id(),
                    code: agency.code.clone(),
                    kind: agency.kind.as_str().to_owned(),
                    group_code: agency.group.clone(),
                    name_fa: agency.name.fa.clone(),
                    name_en: agency.name.en.clone(),
                    sort_key: text::sort_key(&agency.name.fa),
                    profile: agency.profile.join(" "),
                    is_ranked: agency.ranked,
                    version: 1,
                },
            )?;
        }
        let system = Actor::system(&id);
        let what = Happening {
            action: "province.seeded",
            subject: "province",
            subject_id: &id,
            agency: None,
            body: seed.code.clone(),
        };
        store::event::add(tx, &system, ctx.now, &what)?;
        Ok(id)
    })
}

/// Adds the holidays of a year that are not there yet.
pub fn holidays(ctx: &Ctx, province: &str, year: &HolidayYear) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let there = store::province::list_holidays(tx, province)?;
        let mut known: Vec<_> = there.into_iter().map(|row| row.day).collect();
        for holiday in &year.days {
            let day = holiday.date.gregorian();
            if known.contains(&day) {
                continue;
            }
            known.push(day);
            store::province::add_holiday(
                tx,
                &Holiday {
                    province_id: province.to_owned(),
                    day,
                    title_fa: holiday.name.fa.clone(),
                    title_en: holiday.name.en.clone(),
                    is_verified: holiday.verified,
                },
            )?;
        }
        Ok(())
    })
}

/// Publishes a framework that has no fault.
pub fn framework(ctx: &Ctx, province: &str, text: &str) -> Result<(), AppError> {
    let broken = || StoreError::Broken("the framework has faults".to_owned());
    let framework = framework::read_file(text.as_bytes()).map_err(|_| broken())?;
    ctx.store.write(|tx| {
        if store::framework::find(tx, province, &framework.code, &framework.version)?.is_some() {
            return Ok(());
        }
        Ok(store::framework::add(
            tx,
            &FrameworkRow {
                province_id: province.to_owned(),
                code: framework.code.clone(),
                version: framework.version.clone(),
                body: text.to_owned(),
                hash: hex::encode(Sha256::digest(text.as_bytes())),
                published_at: ctx.now,
            },
        )?)
    })
}
