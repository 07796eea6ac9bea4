//! Sessions: signing in, who is at work, signing out.

use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

use super::password::is_right;
use super::practice;
use super::user::happening;
use super::{AppError, Ctx, Problem};
use crate::domain::access::{Actor, Reach, Role, Scope};
use crate::store::event::Happening;
use crate::store::session::Session;
use crate::store::user::{RoleRow, User};
use crate::store::{self, Conn, Store, StoreError};

/// A session ends after so many hours without use.
pub const IDLE_HOURS: i64 = 2;
/// A session ends after so many hours in any case.
pub const LONGEST_HOURS: i64 = 12;

/// A random token of 256 bits.
pub fn token() -> Result<String, AppError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Unavailable(format!("no randomness: {error}")))?;
    Ok(hex::encode(bytes))
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Somebody signed in: the token goes into the cookie, only its hash is kept.
pub struct SignedIn {
    pub token: String,
    pub csrf: String,
    pub user: User,
}

/// Signs a person in. `None` where name or password is wrong, without telling which; whoever has the right password
/// and no role today is told so.
pub fn sign_in(
    store: &Store,
    now: NaiveDateTime,
    today: chrono::NaiveDate,
    address: &str,
    login: &str,
    password: &str,
) -> Result<Option<SignedIn>, AppError> {
    let user = store.read(|conn| store::user::find_by_login(conn, login.trim()))?;
    let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    let is_right = is_right(password, hash)?;
    let Some(user) = user.filter(|user| is_right && user.is_active) else {
        return Ok(None);
    };
    let roles = store.read(|conn| valid_roles(conn, &user.province_id, &user.id, today))?;
    if roles.is_empty() {
        return Err(AppError::Refused("refused-no-role"));
    }
    let (token, csrf) = (token()?, token()?);
    let session = Session {
        token_hash: token_hash(&token),
        province_id: user.province_id.clone(),
        user_id: user.id.clone(),
        csrf: csrf.clone(),
        created_at: now,
        seen_at: now,
        address: address.to_owned(),
        role_id: None,
        practice: None,
    };
    store.write(|tx| {
        store::session::add(tx, &session)?;
        let mut actor = Actor::system(&user.province_id);
        (actor.user, actor.address) = (user.id.clone(), address.to_owned());
        let what = happening("session.begun", &user.id);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })?;
    Ok(Some(SignedIn { token, csrf, user }))
}

/// Notes an attempt that failed, without the typed password.
pub fn note_failure(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    login: &str,
) -> Result<(), AppError> {
    let (user, province) = store.read(|conn| {
        let user = store::user::find_by_login(conn, login.trim())?;
        // An unknown name belongs to no province; the first one's log keeps the attempt, at the same cost.
        let first = store::province::list(conn)?.into_iter().next();
        Ok::<_, AppError>((user, first.map(|province| province.id)))
    })?;
    let (user, province) = match user {
        Some(user) => (user.id, Some(user.province_id)),
        None => (String::new(), province),
    };
    let Some(province) = province else {
        return Ok(());
    };
    let mut actor = Actor::system(&province);
    actor.address = address.to_owned();
    store.write(|tx| {
        let what = happening("session.refused", &user);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })
}

/// Whether somebody with several roles still has to say which one they are at work in.
pub struct MustChoose(pub bool);

/// Who is at work with this token, with the session's CSRF token; `None` where the session is over.
pub fn who(
    conn: &mut Conn,
    now: NaiveDateTime,
    today: chrono::NaiveDate,
    token: &str,
    address: &str,
) -> Result<Option<(Actor, Session, MustChoose)>, AppError> {
    let Some((session, user, mut roles)) = store::session::find(conn, &token_hash(token))? else {
        return Ok(None);
    };
    let is_over = now > session.seen_at + Duration::hours(IDLE_HOURS)
        || now > session.created_at + Duration::hours(LONGEST_HOURS);
    if !user.is_active || is_over {
        return Ok(None);
    }
    roles.retain(|row| is_open(row, today));
    if let (Some(role), false) = (session.practice.as_deref(), roles.is_empty()) {
        let actor = practice::actor(&user, role, address);
        return Ok(Some((actor, session, MustChoose(false))));
    }
    let chosen = roles
        .iter()
        .position(|row| session.role_id.as_ref() == Some(&row.id));
    let must_choose = MustChoose(chosen.is_none() && roles.len() > 1);
    let row = match (chosen, roles.is_empty()) {
        (Some(place), _) => Some(roles.swap_remove(place)),
        (None, false) => Some(roles.swap_remove(0)),
        (None, true) => None,
    };
    let role = row.and_then(|row| Role::parse(&row.role).map(|role| (role, row.agency_id)));
    let Some((role, agency)) = role else {
        return Ok(None);
    };
    let reach = reach(conn, &user, role, agency.as_deref())?;
    let actor = Actor {
        user: user.id.clone(),
        name: user.name.clone(),
        role,
        agency,
        scope: Scope {
            province: user.province_id.clone(),
            reach,
        },
        address: address.to_owned(),
    };
    Ok(Some((actor, session, must_choose)))
}

fn reach(
    conn: &mut Conn,
    user: &User,
    role: Role,
    agency: Option<&str>,
) -> Result<Reach, AppError> {
    Ok(match role {
        Role::Manager | Role::Deputy | Role::Head => {
            agency.map_or(Reach::Nothing, |agency| Reach::Agency(agency.to_owned()))
        }
        Role::Auditor => {
            let duties = store::assignment::list_of_user(conn, &user.province_id, &user.id)?;
            Reach::Assigned(
                duties
                    .into_iter()
                    .map(|d| (d.period_id, d.agency_id))
                    .collect(),
            )
        }
        Role::LeadAuditor | Role::Office | Role::Committee | Role::Governor => Reach::All,
        Role::Administrator => Reach::Nothing,
    })
}

/// A session in use lives on; noted once in five minutes, not at every request.
pub fn note_seen(ctx: &Ctx, session: &Session) -> Result<(), AppError> {
    if ctx.now - session.seen_at < Duration::minutes(5) {
        return Ok(());
    }
    let hash = &session.token_hash;
    ctx.store
        .write(|tx| Ok(store::session::set_seen(tx, hash, ctx.now)?))
}

/// Notes that somebody asked for what is not theirs: where, and how it was asked.
pub fn note_denial(ctx: &Ctx, path: &str, asked: String) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let what = Happening {
            action: "access.denied",
            subject: "route",
            subject_id: path,
            agency: None,
            body: asked.clone(),
        };
        ctx.event(tx, &what)
    })
}

/// Ends a session.
pub fn sign_out(ctx: &Ctx, token: &str) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        store::session::remove(tx, &token_hash(token))?;
        ctx.event(tx, &happening("session.ended", &ctx.actor.user))
    })
}

/// The roles that whoever is at work has today.
pub fn roles_now(ctx: &Ctx) -> Result<Vec<RoleRow>, AppError> {
    let own = |conn: &mut Conn| valid_roles(conn, ctx.province(), &ctx.actor.user, ctx.today());
    ctx.store.read(own)
}

/// Whether somebody may be at work in a role on that day.
fn is_open(row: &RoleRow, day: chrono::NaiveDate) -> bool {
    row.is_valid_on(day) && Role::parse(&row.role).is_some()
}

fn valid_roles(
    conn: &mut Conn,
    province: &str,
    user: &str,
    today: chrono::NaiveDate,
) -> Result<Vec<RoleRow>, AppError> {
    let mut roles = store::user::list_roles(conn, province, user)?;
    roles.retain(|row| is_open(row, today));
    Ok(roles)
}

/// Goes to work in one of one's own roles; until then and after it nothing of another role is seen.
pub fn choose_role(ctx: &Ctx, token: &str, role: &str) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let roles = valid_roles(tx, ctx.province(), &ctx.actor.user, ctx.today())?;
        let row = roles.into_iter().find(|row| row.id == role);
        let unknown = || AppError::Invalid(vec![Problem::at("role", "problem-choose")]);
        let row = row.ok_or_else(unknown)?;
        store::session::set_role(tx, &token_hash(token), &row.id)?;
        let what = Happening {
            body: row.role,
            ..happening("session.role_chosen", &ctx.actor.user)
        };
        ctx.event(tx, &what)
    })
}

/// Where whoever is at work is signed in.
pub fn list_own(ctx: &Ctx) -> Result<Vec<Session>, AppError> {
    let idle = ctx.now - Duration::hours(IDLE_HOURS);
    let own = ctx
        .store
        .read(|conn| store::session::list_of_user(conn, ctx.province(), &ctx.actor.user, idle))?;
    Ok(own)
}

/// Signs out everywhere but here.
pub fn end_others(ctx: &Ctx, token: &str) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let (province, user) = (ctx.province(), &ctx.actor.user);
        let ended = store::session::remove_others(tx, province, user, &token_hash(token))?;
        let what = Happening {
            body: ended.to_string(),
            ..happening("session.others_ended", user)
        };
        ctx.event(tx, &what)
    })
}
