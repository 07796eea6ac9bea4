//! Agencies and their profiles: what an agency is asked follows from what it does. A profile changes until it is frozen
//! for a quarter (DOMAIN.md §4); from then on a change counts for the next.

use std::sync::Arc;

use super::{AppError, Ctx, Problem, period};
use crate::domain::access::Act;
use crate::domain::framework::Framework;
use crate::domain::number;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::agency::Agency;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::{self, Conn, Tx, new_id};

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;
/// The longest code, in characters.
const LONGEST_CODE: usize = 12;

/// What an officer typed about an agency.
pub struct Profile<'a> {
    pub group: &'a str,
    pub name_fa: &'a str,
    pub name_en: &'a str,
    pub flags: Vec<&'a str>,
    pub is_ranked: bool,
    /// The version the form was opened with.
    pub seen: i64,
}

/// The newest framework: whose groups and flags a profile is made of.
pub fn framework(ctx: &Ctx, conn: &mut Conn) -> Result<Arc<Framework>, AppError> {
    let newest = store::framework::list(conn, ctx.province())?
        .into_iter()
        .next();
    let newest = newest.ok_or(AppError::Refused("refused-no-framework"))?;
    ctx.frameworks
        .find(conn, ctx.province(), &newest.code, &newest.version)
}

/// All agencies by code.
pub fn list(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<Agency>, AppError> {
    ctx.require(Act::Administer)?;
    Ok(store::agency::list(conn, ctx.province())?)
}

/// One agency.
pub fn find(ctx: &Ctx, conn: &mut Conn, code: &str) -> Result<Agency, AppError> {
    ctx.require(Act::Administer)?;
    let found = store::agency::find_by_code(conn, ctx.province(), code)?;
    found.ok_or(AppError::NotFound)
}

/// The quarters whose profiles still follow a change: planned, and not frozen yet.
pub fn list_unfrozen(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<Period>, AppError> {
    let all = store::period::list(conn, ctx.province())?.into_iter();
    let open = all.filter(|period| {
        period.state() == State::Planned && !ctx.is_over(period.profiles_frozen_on)
    });
    Ok(open.collect())
}

/// Adds an agency; quarters whose profiles are not frozen yet take it up.
pub fn add(ctx: &Ctx, code: &str, of: &Profile) -> Result<String, AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let framework = framework(ctx, tx)?;
        let code = number::to_latin(code).trim().to_uppercase();
        if !ctx.is_first(tx, "agency.added")? {
            return Ok(code);
        }
        let mut problems = Vec::new();
        if !is_code(&code, of.group) {
            problems.push(Problem::at("code", "problem-agency-code"));
        } else if store::agency::find_by_code(tx, ctx.province(), &code)?.is_some() {
            problems.push(Problem::at("code", "problem-agency-code-taken"));
        }
        let row = Agency {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            code: code.clone(),
            ..written(&framework, of, problems)?
        };
        store::agency::add(tx, &row)?;
        for period in list_unfrozen(ctx, tx)? {
            store::assessment::add(tx, &period::draft(&period, &row))?;
        }
        log(ctx, tx, "agency.added", &row)?;
        Ok(code)
    })
}

/// Changes an agency; quarters whose profiles are not frozen yet follow.
pub fn change(ctx: &Ctx, code: &str, of: &Profile) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let before = find(ctx, tx, code)?;
        let framework = framework(ctx, tx)?;
        let row = Agency {
            province_id: before.province_id.clone(),
            id: before.id.clone(),
            code: before.code.clone(),
            version: of.seen + 1,
            ..written(&framework, of, Vec::new())?
        };
        if row.kind != before.kind {
            let problem = Problem::at("group", "problem-agency-kind");
            return Err(AppError::Invalid(vec![problem]));
        }
        if !ctx.is_first(tx, "agency.changed")? {
            return Ok(());
        }
        store::agency::set(tx, &row, of.seen)?;
        for period in list_unfrozen(ctx, tx)? {
            store::assessment::set_profile(tx, &period.id, &row)?;
        }
        log(ctx, tx, "agency.changed", &row)
    })
}

/// The row a form makes, without its code; every problem at once.
fn written(
    framework: &Framework,
    of: &Profile,
    mut problems: Vec<Problem>,
) -> Result<Agency, AppError> {
    let group = framework.groups.iter().find(|(code, _)| code == of.group);
    if group.is_none() {
        problems.push(Problem::at("group", "problem-choose"));
    }
    let names = [("name_fa", of.name_fa), ("name_en", of.name_en)];
    let [name_fa, name_en] = names.map(|(field, typed)| {
        let name = text::filled_line(typed, LONGEST_NAME).ok();
        let is_english = field != "name_en" || !typed.chars().any(is_persian_letter);
        match &name {
            None => problems.push(Problem::at(field, "problem-agency-name")),
            Some(_) if !is_english => {
                problems.push(Problem::at(field, "problem-agency-name-en"));
            }
            Some(_) => {}
        }
        name
    });
    let (Some((group, kind)), Some(name_fa), Some(name_en), true) =
        (group, name_fa, name_en, problems.is_empty())
    else {
        return Err(AppError::Invalid(problems));
    };
    let flags = framework.flags.iter();
    let flags: Vec<&str> = flags
        .map(String::as_str)
        .filter(|flag| of.flags.contains(flag))
        .collect();
    Ok(Agency {
        province_id: String::new(),
        id: String::new(),
        code: String::new(),
        kind: kind.clone(),
        group_code: group.clone(),
        sort_key: text::sort_key(&name_fa),
        name_fa,
        name_en,
        profile: flags.join(" "),
        is_ranked: of.is_ranked,
        version: 1,
    })
}

fn is_persian_letter(sign: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&sign)
}

/// A code is its group's and a number: INF-07.
fn is_code(code: &str, group: &str) -> bool {
    let number = code
        .strip_prefix(group)
        .and_then(|rest| rest.strip_prefix('-'));
    let is_number = |number: &str| {
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    code.len() <= LONGEST_CODE && number.is_some_and(is_number)
}

fn log(ctx: &Ctx, tx: &mut Tx, action: &str, row: &Agency) -> Result<(), AppError> {
    let ranked = if row.is_ranked { "ranked" } else { "unranked" };
    let what = Happening {
        action,
        subject: "agency",
        subject_id: &row.id,
        agency: Some(&row.id),
        body: format!(
            "{} {} {ranked} [{}] {}",
            row.code, row.group_code, row.profile, row.name_fa
        ),
    };
    ctx.event(tx, &what)
}
