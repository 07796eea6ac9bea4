//! The living, made-up province: eight quarters, one just made final, one open. Figures are invented.

use std::sync::Arc;

use super::objection;
use super::user::NewUser;
use super::{AppError, Ctx, assessment, import, score, user};
use crate::domain::access::{Actor, Reach, Role, Scope};
use crate::domain::answer;
use crate::domain::calendar::{Quarter, RoundDates, RoundSettings};
use crate::domain::framework::Framework;
use crate::domain::period::State;
use crate::domain::returns::{AgencyReturn, Returns};
use crate::store;
use crate::store::period::Period;

/// A sign-in of the demo.
pub struct SignIn {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub agency: Option<&'static str>,
}

const fn person(
    login: &'static str,
    name: &'static str,
    role: Role,
    agency: Option<&'static str>,
) -> SignIn {
    SignIn {
        login,
        name,
        role,
        agency,
    }
}

/// Everybody who can sign in to the demo.
pub const PEOPLE: [SignIn; 13] = [
    person("manager", "مریم حسینی‌نژاد", Role::Manager, Some("INF-01")),
    person("head", "حسین مرادی", Role::Head, Some("INF-01")),
    person("manager2", "سارا کاظمی", Role::Manager, Some("GEN-02")),
    person("head2", "یوسف رحیمی", Role::Head, Some("GEN-02")),
    person("auditor1", "رضا محمودی", Role::Auditor, None),
    person("auditor2", "زهرا شریفی", Role::Auditor, None),
    person("lead", "ناهید کریمی", Role::LeadAuditor, None),
    person("office", "علی رستمی", Role::Office, None),
    person("office2", "لیلا صادقی", Role::Office, None),
    person("committee1", "محمد جعفری", Role::Committee, None),
    person("committee2", "فاطمه نوری", Role::Committee, None),
    person("governor", "دفتر استاندار", Role::Governor, None),
    person("admin", "مدیر سامانه", Role::Administrator, None),
];

/// Adds the people of the demo with one password.
pub fn people(ctx: &Ctx, password: &str) -> Result<(), AppError> {
    for one in &PEOPLE {
        let email = format!("{}@example.test", one.login);
        user::add(
            ctx,
            &NewUser {
                login: one.login,
                name: one.name,
                email: &email,
                language: "fa",
                role: one.role,
                agency: one.agency,
                password: Some(password),
            },
        )?;
    }
    Ok(())
}

/// A demo errand on behalf of one of its people, with the reach their role gives.
fn acting(ctx: &Ctx, login: &str) -> Result<Ctx, AppError> {
    let (user, roles) = ctx.store.read(|conn| {
        let user = store::user::find_by_login(conn, login)?;
        let user = user.ok_or(AppError::NotFound)?;
        let roles = store::user::list_roles(conn, ctx.province(), &user.id)?;
        Ok::<_, AppError>((user, roles))
    })?;
    let row = roles.into_iter().next().ok_or(AppError::NotFound)?;
    let role = Role::parse(&row.role).ok_or(AppError::NotFound)?;
    let actor = Actor {
        user: user.id,
        name: user.name,
        role,
        agency: row.agency_id,
        scope: Scope {
            province: ctx.province().to_owned(),
            reach: Reach::All,
        },
        address: "local".to_owned(),
    };
    Ok(Ctx {
        actor,
        ..ctx.clone()
    })
}

/// Brings the quarters in, moved so that the newest is the quarter before the last ended one, and opens that.
/// The newest is lived: its preliminary result, an objection, its end.
pub fn quarters(
    ctx: &Ctx,
    files: &[(Returns, &[u8])],
    preliminary: &Returns,
) -> Result<(), AppError> {
    let open = Quarter::of_day(ctx.today()).previous();
    let newest = files.last().ok_or(AppError::NotFound)?;
    let shift = |returns: &Returns| -> Result<String, AppError> {
        let quarter =
            |code: &str| Quarter::parse(code).map_err(|_| AppError::Refused("refused-period"));
        let back = quarter(&newest.0.period)?.since(quarter(&returns.period)?);
        Ok(open.previous().plus(-back).to_string())
    };
    for (returns, bytes) in &files[..files.len() - 1] {
        let moved = Returns {
            period: shift(returns)?,
            ..returns.clone()
        };
        import::quarter(ctx, bytes, &moved, "واردشده")?;
    }
    let moved = Returns {
        period: shift(preliminary)?,
        ..preliminary.clone()
    };
    import::quarter(ctx, newest.1, &moved, "واردشده")?;
    dispute(ctx, &moved.period, &newest.0)?;
    open_quarter(ctx, open, &newest.0)
}

/// GEN-02 objects to the verdict on RSP-02; another auditor proposes, the committee agrees.
fn dispute(ctx: &Ctx, period: &str, end: &Returns) -> Result<(), AppError> {
    set_state(ctx, period, State::ObjectionOpen)?;
    let manager = acting(ctx, "manager2")?;
    let early = Ctx {
        now: first_objection_moment(ctx, period)?,
        ..manager
    };
    let words = "صورت‌وضعیت پرونده‌ها در دوره موجود بود و همراه پاسخ فرستاده شد؛ ۱۶۶ پرونده از ۱۹۰ به‌موقع است.";
    let filing = objection::Filing {
        kind: "evidence_existed",
        text: words,
        is_sure: true,
    };
    objection::file(&early, period, "GEN-02", "RSP-02", &filing)?;
    let agency = end.agencies.iter().find(|agency| agency.code == "GEN-02");
    let answer = agency.and_then(|agency| agency.answers.iter().find(|a| a.indicator == "RSP-02"));
    let proposal = answer
        .and_then(|answer| answer.verdict.clone())
        .ok_or(AppError::NotFound)?;
    set_state(ctx, period, State::ReReview)?;
    let auditor = acting(ctx, "auditor2")?;
    let reason = "پرونده‌های نمونه بازشماری شد: ۱۶۶ از ۱۹۰ در مهلت پاسخ گرفته‌اند.";
    objection::review(
        &auditor,
        period,
        "GEN-02",
        "RSP-02",
        Some(&proposal),
        reason,
    )?;
    set_state(ctx, period, State::Committee)?;
    let committee = acting(ctx, "committee1")?;
    let answer = "اعتراض وارد است؛ مقدار ۱۶۶ از ۱۹۰ جایگزین شد.";
    objection::decide(&committee, period, "GEN-02", "RSP-02", true, answer)?;
    set_state(ctx, period, State::Final)?;
    ctx.store.write(|tx| {
        let found =
            store::period::find_by_code(tx, ctx.province(), period)?.ok_or(AppError::NotFound)?;
        score::compute(ctx, tx, &found, "final")
    })
}

fn first_objection_moment(ctx: &Ctx, period: &str) -> Result<chrono::NaiveDateTime, AppError> {
    let found = ctx
        .store
        .read(|conn| store::period::find_by_code(conn, ctx.province(), period))?;
    let found = found.ok_or(AppError::NotFound)?;
    Ok(ctx.offset.start_of_day(found.objections_end_on) + chrono::Duration::hours(8))
}

/// The demo lays its own calendar, so it sets states without waiting for their days.
fn set_state(ctx: &Ctx, period: &str, state: State) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let found =
            store::period::find_by_code(tx, ctx.province(), period)?.ok_or(AppError::NotFound)?;
        Ok(store::period::set_state(tx, &found, state)?)
    })
}

/// Opens the last ended quarter so that today is its working day 6; a third of the agencies has handed in.
fn open_quarter(ctx: &Ctx, quarter: Quarter, like: &Returns) -> Result<(), AppError> {
    let period = ctx.store.write(|tx| {
        let holidays = super::period::holidays(ctx, tx)?;
        let dates =
            RoundDates::lay_so_that_day(ctx.today(), 6, &holidays, &RoundSettings::default());
        super::period::add(ctx, tx, quarter, &dates, State::Open)
    })?;
    let framework = ctx.store.read(|conn| ctx.frameworks.of(conn, &period))?;
    for (place, agency) in like.agencies.iter().enumerate() {
        let is_handed_in = place % 3 == 2;
        fill(ctx, &period, &framework, agency, is_handed_in, place)?;
    }
    share_out(ctx, &period)
}

/// Fills in an agency's checklist as last quarter, in part or wholly.
fn fill(
    ctx: &Ctx,
    period: &Period,
    framework: &Arc<Framework>,
    agency: &AgencyReturn,
    is_handed_in: bool,
    place: usize,
) -> Result<(), AppError> {
    let system = Ctx {
        actor: Actor {
            role: Role::Manager,
            ..Actor::system(ctx.province())
        },
        ..ctx.clone()
    };
    let asked = framework
        .indicators
        .iter()
        .filter(|one| answer::is_asked(one, &agency.profile));
    for (number, indicator) in asked.enumerate() {
        let claim = agency
            .answers
            .iter()
            .find(|a| a.indicator == indicator.code)
            .and_then(|a| a.claim);
        let is_filled = is_handed_in || number % 3 < place % 3 + 1;
        let choice = match claim {
            Some(claim) if is_filled => answer::Choice::Claim(claim),
            None if is_handed_in => answer::Choice::Blank,
            _ => continue,
        };
        let saved = super::answer::Saved {
            indicator: &indicator.code,
            choice,
            note: "",
            seen: 0,
        };
        super::answer::save(&system, &period.code, &agency.code, &saved)?;
    }
    if is_handed_in {
        let head = Ctx {
            actor: Actor {
                role: Role::Head,
                ..Actor::system(ctx.province())
            },
            ..ctx.clone()
        };
        let with = assessment::Signature {
            pledge: "demo",
            is_pledged: true,
            letter_number: "",
            letter_date: None,
        };
        assessment::hand_in(&head, &period.code, &agency.code, &with)?;
    }
    Ok(())
}

/// The two auditors share the agencies of the open quarter.
fn share_out(ctx: &Ctx, period: &Period) -> Result<(), AppError> {
    let office = acting(ctx, "office")?;
    let mut auditors = Vec::new();
    for login in ["auditor1", "auditor2"] {
        let found = ctx
            .store
            .read(|conn| store::user::find_by_login(conn, login))?;
        auditors.push(found.ok_or(AppError::NotFound)?.id);
    }
    let agencies = ctx
        .store
        .read(|conn| store::agency::list(conn, ctx.province()))?;
    for (place, agency) in agencies.iter().enumerate() {
        super::assignment::assign(
            &office,
            &period.code,
            &agency.code,
            &auditors[place % 2],
            "review",
        )?;
    }
    Ok(())
}
