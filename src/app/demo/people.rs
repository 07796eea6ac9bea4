//! Everybody who can sign in to the demo, and invented names for those who cannot.

use crate::app::user::{self, NewUser};
use crate::app::{AppError, Ctx};
use crate::domain::access::{Actor, Reach, Role, Scope};
use crate::store;

/// A sign-in of the demo.
pub struct SignIn {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub agency: Option<&'static str>,
    /// What to look at first.
    pub first: &'static str,
}

const fn person(
    login: &'static str,
    name: &'static str,
    role: Role,
    agency: Option<&'static str>,
    first: &'static str,
) -> SignIn {
    SignIn {
        login,
        name,
        role,
        agency,
        first,
    }
}

/// Everybody who can sign in to the demo.
pub const PEOPLE: [SignIn; 13] = [
    person(
        "manager",
        "مریم حسینی‌نژاد",
        Role::Manager,
        Some("INF-01"),
        "a checklist half filled in; answer what is left",
    ),
    person(
        "head",
        "حسین مرادی",
        Role::Head,
        Some("INF-01"),
        "review, pledge and sign when the manager is done",
    ),
    person(
        "manager2",
        "سارا کاظمی",
        Role::Manager,
        Some("GEN-02"),
        "an item sent back by the auditor; last quarter's objection on RSP-02, upheld",
    ),
    person(
        "head2",
        "یوسف رحیمی",
        Role::Head,
        Some("GEN-02"),
        "what was handed in, and the score sheet of last quarter",
    ),
    person(
        "auditor1",
        "رضا محمودی",
        Role::Auditor,
        None,
        "the queue: agencies that handed in, some half verified, visits recorded",
    ),
    person(
        "auditor2",
        "زهرا شریفی",
        Role::Auditor,
        None,
        "the queue: returned items, one of them answered",
    ),
    person(
        "lead",
        "ناهید کریمی",
        Role::LeadAuditor,
        None,
        "everybody's queue and what lies before the committee",
    ),
    person(
        "office",
        "علی رستمی",
        Role::Office,
        None,
        "the open period, central measurements half entered, one request for \"not applicable\"",
    ),
    person(
        "office2",
        "لیلا صادقی",
        Role::Office,
        None,
        "the second person: carries out what office proposes",
    ),
    person(
        "committee1",
        "محمد جعفری",
        Role::Committee,
        None,
        "the committee's page; propose a finding",
    ),
    person(
        "committee2",
        "فاطمه نوری",
        Role::Committee,
        None,
        "decide what committee1 proposed; print the minutes",
    ),
    person(
        "governor",
        "دفتر استاندار",
        Role::Governor,
        None,
        "the ranking of the quarter that is just final, and the hand-in of the open one",
    ),
    person(
        "admin",
        "مدیر سامانه",
        Role::Administrator,
        None,
        "people, letters and the log; no answers",
    ),
];

/// Invented names of heads and managers who have no account.
const NAMES: [&str; 12] = [
    "کاوه صالحی",
    "پروین دادگر",
    "بهرام نیک‌نژاد",
    "شیرین ملکی",
    "آرش فرهادی",
    "مهناز رستگار",
    "داریوش کیانی",
    "لاله بهرامی",
    "سیامک وفایی",
    "نسرین آذری",
    "هومن پارسا",
    "زهره اکبری",
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
pub(super) fn acting(ctx: &Ctx, login: &str) -> Result<Ctx, AppError> {
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

/// Somebody of an agency without an account, by an invented name.
fn named(ctx: &Ctx, role: Role, place: usize) -> Ctx {
    let actor = Actor {
        role,
        name: NAMES[place % NAMES.len()].to_owned(),
        ..Actor::system(ctx.province())
    };
    Ctx {
        actor,
        ..ctx.clone()
    }
}

/// A head who signs.
pub(super) fn as_head(ctx: &Ctx, place: usize) -> Ctx {
    named(ctx, Role::Head, place)
}

/// A manager who fills in.
pub(super) fn as_manager(ctx: &Ctx, place: usize) -> Ctx {
    named(ctx, Role::Manager, place + 5)
}
