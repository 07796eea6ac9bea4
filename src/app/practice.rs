//! Practice: a quarter of a small invented agency, lived through by one person alone. It lies in a province of its own,
//! which tables of real figures refuse, and leaves no event, letter or result.

use chrono::Days;

use super::evidence::{Shelf, forget};
use super::session::token_hash;
use super::{AppError, Case, Ctx, case, period, query};
use crate::domain::access::{Actor, Reach, Role, Scope, is_practice, practice_of};
use crate::domain::answer;
use crate::domain::calendar::{Holidays, Quarter, RoundDates, RoundSettings};
use crate::domain::period::State;
use crate::domain::text;
use crate::store::agency::Agency;
use crate::store::framework::FrameworkRow;
use crate::store::province::Province;
use crate::store::user::{RoleRow, User};
use crate::store::{self, Conn, Tx};

/// The code of the agency that is practised with.
pub const AGENCY: &str = "TAM-01";
const AGENCY_ID: &str = "agency";
const AUDITOR_ID: &str = "auditor";

/// What invented things are called, in Persian and in English.
pub struct Names {
    pub agency: [String; 2],
    pub auditor: String,
}

/// The role somebody practises in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Manager,
    Head,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Part::Manager => "manager",
            Part::Head => "head",
        }
    }
}

/// Who somebody is while they practise: themselves, in a province of their own.
pub(super) fn actor(user: &User, role: &str, address: &str) -> Actor {
    Actor {
        user: user.id.clone(),
        name: user.name.clone(),
        role: if role == Part::Head.as_str() {
            Role::Head
        } else {
            Role::Manager
        },
        agency: Some(AGENCY_ID.to_owned()),
        scope: Scope {
            province: practice_of(&user.id),
            reach: Reach::Agency(AGENCY_ID.to_owned()),
        },
        address: address.to_owned(),
    }
}

fn inside(ctx: &Ctx) -> Ctx {
    let province = practice_of(&ctx.actor.user);
    Ctx {
        actor: Actor::system(&province),
        write_key: None,
        ..ctx.clone()
    }
}

/// Begins, or goes on where somebody was.
pub fn begin(ctx: &Ctx, token: &str, names: &Names) -> Result<(), AppError> {
    if is_practice(ctx.province()) {
        return Ok(());
    }
    ctx.store.write(|tx| {
        if store::province::find(tx, &practice_of(&ctx.actor.user))?.is_none() {
            lay(ctx, tx, names)?;
        }
        let role = Some(Part::Manager.as_str());
        Ok(store::session::set_practice(tx, &token_hash(token), role)?)
    })
}

/// Goes on as the manager or as the head.
pub fn play(ctx: &Ctx, token: &str, part: Part) -> Result<(), AppError> {
    require_inside(ctx)?;
    ctx.store.write(|tx| {
        Ok(store::session::set_practice(
            tx,
            &token_hash(token),
            Some(part.as_str()),
        )?)
    })
}

/// Goes back to one's own work; what was practised stays until it is begun anew.
pub fn end(ctx: &Ctx, token: &str) -> Result<(), AppError> {
    ctx.store
        .write(|tx| Ok(store::session::set_practice(tx, &token_hash(token), None)?))
}

/// Takes everything away that was practised. The next beginning is a new one.
pub fn clear(ctx: &Ctx, shelf: &Shelf, token: &str) -> Result<(), AppError> {
    require_inside(ctx)?;
    let (files, uploads) = ctx.store.write(|tx| {
        let files = store::practice::list_files(tx, ctx.province())?;
        let uploads = store::practice::list_uploads(tx, ctx.province())?;
        store::practice::remove(tx, ctx.province())?;
        store::session::set_practice(tx, &token_hash(token), None)?;
        Ok::<_, AppError>((files, uploads))
    })?;
    for sha256 in files {
        forget(ctx, shelf, &sha256);
    }
    for id in uploads {
        shelf.files.remove_parts(&id)?;
    }
    Ok(())
}

fn require_inside(ctx: &Ctx) -> Result<(), AppError> {
    if is_practice(ctx.province()) {
        Ok(())
    } else {
        Err(AppError::Refused("refused-no-practice"))
    }
}

/// Lays out the province: one agency, its people, the framework of the day, an open quarter.
fn lay(ctx: &Ctx, tx: &mut Tx, names: &Names) -> Result<(), AppError> {
    let home = ctx.province();
    let inner = inside(ctx);
    let province = inner.province().to_owned();
    let real = store::province::find(tx, home)?.ok_or(AppError::NotFound)?;
    store::province::add(
        tx,
        &Province {
            id: province.clone(),
            code: province.clone(),
            is_demo: true,
            created_at: ctx.now,
            ..real
        },
    )?;
    let framework = store::framework::list(tx, home)?.into_iter().next();
    let framework = framework.ok_or(AppError::Refused("refused-no-framework"))?;
    store::framework::add(
        tx,
        &FrameworkRow {
            province_id: province.clone(),
            ..framework
        },
    )?;
    add_agency(tx, home, &province, names)?;
    add_people(ctx, tx, &province, names)?;
    let dates = RoundDates::lay_so_that_day(
        ctx.today(),
        3,
        &Holidays::default(),
        &RoundSettings::default(),
    );
    let quarter = Quarter::of_day(ctx.today()).previous();
    period::add(&inner, tx, quarter, &dates, State::Open)?;
    Ok(())
}

/// A small agency of a kind and group that are there, without any flag: few indicators apply to it.
fn add_agency(tx: &mut Tx, home: &str, province: &str, names: &Names) -> Result<(), AppError> {
    let like = store::agency::list(tx, home)?.into_iter().next();
    let like = like.ok_or(AppError::Refused("refused-no-framework"))?;
    let [name_fa, name_en] = names.agency.clone();
    let agency = Agency {
        province_id: province.to_owned(),
        id: AGENCY_ID.to_owned(),
        code: AGENCY.to_owned(),
        sort_key: text::sort_key(&name_fa),
        name_fa,
        name_en,
        profile: String::new(),
        is_ranked: false,
        version: 1,
        ..like
    };
    Ok(store::agency::add(tx, &agency)?)
}

/// The person as manager and head, with their own password for the signature, and an auditor. Nobody signs in as them.
fn add_people(ctx: &Ctx, tx: &mut Tx, province: &str, names: &Names) -> Result<(), AppError> {
    let own = store::user::find(tx, ctx.province(), &ctx.actor.user)?;
    let own = own.ok_or(AppError::NotFound)?;
    // Short, because people read it; an id ends with what was drawn at random.
    let start = own.id.len().saturating_sub(12);
    let mark = own.id.get(start..).unwrap_or_default();
    let invented = |id: &str, name: &str, login: String, password_hash: Option<String>| User {
        province_id: province.to_owned(),
        id: id.to_owned(),
        login,
        name: name.to_owned(),
        email: String::new(),
        phone: String::new(),
        password_hash,
        is_active: false,
        ..own.clone()
    };
    let login = format!("practice-{mark}");
    let me = invented(&own.id, &own.name, login, own.password_hash.clone());
    store::user::add(tx, &me)?;
    let login = format!("practice-auditor-{mark}");
    store::user::add(tx, &invented(AUDITOR_ID, &names.auditor, login, None))?;
    for role in [Role::Manager, Role::Head] {
        store::user::add_role(
            tx,
            &RoleRow {
                province_id: province.to_owned(),
                id: role.as_str().to_owned(),
                user_id: own.id.clone(),
                role: role.as_str().to_owned(),
                agency_id: Some(AGENCY_ID.to_owned()),
                starts_on: ctx.today() - Days::new(1),
                ends_on: None,
                granted_by: None,
            },
        )?;
    }
    Ok(())
}

/// How far somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    pub done: usize,
    pub all: usize,
    pub evidence: usize,
    pub is_handed_in: bool,
    pub is_sent_back: bool,
    pub is_answered: bool,
    pub is_closed: bool,
}

/// The quarter that is practised with.
pub fn quarter(ctx: &Ctx, conn: &mut Conn) -> Result<Case, AppError> {
    require_inside(ctx)?;
    let period = store::period::list(conn, ctx.province())?
        .into_iter()
        .next();
    let period = period.ok_or(AppError::NotFound)?;
    case(ctx, conn, &period.code, AGENCY)
}

/// How far somebody is in the quarter.
pub fn stage(ctx: &Ctx, conn: &mut Conn) -> Result<Stage, AppError> {
    let case = quarter(ctx, conn)?;
    let flags = case.assessment.flags();
    let all = case.framework.indicators.iter();
    let answers = store::answer::list(conn, &case.assessment)?;
    let queries = store::query::list(conn, &case.assessment)?;
    Ok(Stage {
        done: answers.len(),
        all: all.filter(|one| answer::is_asked(one, &flags)).count(),
        evidence: store::evidence::list(conn, &case.assessment)?.len(),
        is_handed_in: case.assessment.is_handed_in(),
        is_sent_back: !queries.is_empty(),
        is_answered: queries.iter().any(|row| row.answered_at.is_some()),
        is_closed: queries.iter().any(|row| row.closed_at.is_some()),
    })
}

fn auditor(ctx: &Ctx) -> Ctx {
    Ctx {
        actor: Actor {
            user: AUDITOR_ID.to_owned(),
            role: Role::LeadAuditor,
            ..Actor::system(ctx.province())
        },
        write_key: None,
        ..ctx.clone()
    }
}

/// The auditor sends the first answer back with a question.
pub fn send_back(ctx: &Ctx, question: &str) -> Result<(), AppError> {
    let (period, code) = ctx.store.read(|conn| {
        let case = quarter(ctx, conn)?;
        let answers = store::answer::list(conn, &case.assessment)?;
        let first = answers.into_iter().next().map(|row| row.indicator_code);
        Ok::<_, AppError>((case.period.code, first))
    })?;
    let code = code.ok_or(AppError::Refused("refused-not-under-review"))?;
    query::send_back(&auditor(ctx), &period, AGENCY, &code, question, Some(3))
}

/// The auditor accepts what was answered.
pub fn accept(ctx: &Ctx) -> Result<(), AppError> {
    let (period, open) = ctx.store.read(|conn| {
        let case = quarter(ctx, conn)?;
        let queries = store::query::list(conn, &case.assessment)?.into_iter();
        let mut answered = queries.filter(|row| row.answered_at.is_some());
        Ok::<_, AppError>((case.period.code, answered.next()))
    })?;
    let row = open.ok_or(AppError::Refused("refused-not-under-review"))?;
    query::close(&auditor(ctx), &period, AGENCY, &row.indicator_code, &row.id)
}
