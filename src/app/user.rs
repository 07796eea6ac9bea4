//! People: accounts, passwords, sessions, links that work once.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

use super::{AppError, Ctx, Problem};
use crate::domain::access::{Act, Actor, Reach, Role, Scope};
use crate::domain::text;
use crate::store::event::Happening;
use crate::store::session::Session;
use crate::store::user::{OneTimeLink, RoleRow, User};
use crate::store::{self, Conn, Store, StoreError, new_id};

/// A session ends after so many hours without use.
pub const IDLE_HOURS: i64 = 2;
/// A session ends after so many hours in any case.
pub const LONGEST_HOURS: i64 = 12;
/// The shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 10;

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

/// The hash of a password, argon2id.
pub fn hash_password(password: &str) -> Result<String, AppError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    let hash = hash.map_err(|error| StoreError::Broken(format!("argon2: {error}")))?;
    Ok(hash.to_string())
}

/// Whether a password is the one of the hash. Unknown people cost as much time as known ones.
fn is_right(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let nobody = NOBODY.get_or_init(|| hash_password("nobody has this one").unwrap_or_default());
    let kept = PasswordHash::new(hash.unwrap_or(nobody));
    let is_same = |kept| {
        Argon2::default()
            .verify_password(password.as_bytes(), &kept)
            .is_ok()
    };
    kept.is_ok_and(is_same) && hash.is_some()
}

/// Passwords too common to be allowed, in whatever script they are typed.
const COMMON: [&str; 14] = [
    "password",
    "12345678",
    "123456789",
    "1234567890",
    "qwertyuiop",
    "password123",
    "password1234",
    "iloveyou",
    "administrator",
    "mizanmizan",
    "رمزعبور",
    "پسورد",
    "گذرواژه",
    "ایرانایران",
];

/// Whether a new password is long enough and not too common; the key of the sentence if not.
pub fn check_password(password: &str) -> Result<(), &'static str> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err("problem-password-short");
    }
    if password.chars().count() > 256 {
        return Err("problem-password-long");
    }
    let plain = password.to_lowercase().replace([' ', '\u{200c}'], "");
    let first = plain.chars().next();
    if COMMON.contains(&plain.as_str()) || plain.chars().all(|sign| Some(sign) == first) {
        return Err("problem-password-common");
    }
    Ok(())
}

/// Somebody signed in: the token goes into the cookie, only its hash is kept.
pub struct SignedIn {
    pub token: String,
    pub csrf: String,
    pub user: User,
}

/// Signs a person in. `None` where name or password is wrong, without telling which.
pub fn sign_in(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    login: &str,
    password: &str,
) -> Result<Option<SignedIn>, AppError> {
    let user = store.read(|conn| store::user::find_by_login(conn, login.trim()))?;
    let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    let is_right = is_right(password, hash);
    let Some(user) = user.filter(|user| is_right && user.is_active) else {
        return Ok(None);
    };
    let (token, csrf) = (token()?, token()?);
    let session = Session {
        token_hash: token_hash(&token),
        province_id: user.province_id.clone(),
        user_id: user.id.clone(),
        csrf: csrf.clone(),
        created_at: now,
        seen_at: now,
        address: address.to_owned(),
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

fn happening<'a>(action: &'a str, user: &'a str) -> Happening<'a> {
    Happening {
        action,
        subject: "user",
        subject_id: user,
        agency: None,
        body: String::new(),
    }
}

/// Notes an attempt that failed, without the typed password.
pub fn note_failure(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    login: &str,
) -> Result<(), AppError> {
    let user = store.read(|conn| store::user::find_by_login(conn, login.trim()))?;
    let Some(user) = user else { return Ok(()) };
    let mut actor = Actor::system(&user.province_id);
    actor.address = address.to_owned();
    store.write(|tx| {
        let what = happening("session.refused", &user.id);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })
}

/// Who is at work with this token, with the session's CSRF token; `None` where the session is over.
pub fn who(
    conn: &mut Conn,
    now: NaiveDateTime,
    today: chrono::NaiveDate,
    token: &str,
    address: &str,
) -> Result<Option<(Actor, Session, User)>, AppError> {
    let Some(session) = store::session::find(conn, &token_hash(token))? else {
        return Ok(None);
    };
    let is_over = now > session.seen_at + Duration::hours(IDLE_HOURS)
        || now > session.created_at + Duration::hours(LONGEST_HOURS);
    let user = store::user::find(conn, &session.province_id, &session.user_id)?;
    let Some(user) = user.filter(|user| user.is_active && !is_over) else {
        return Ok(None);
    };
    let roles = store::user::list_roles(conn, &user.province_id, &user.id)?;
    let now_valid =
        |role: &RoleRow| role.starts_on <= today && role.ends_on.is_none_or(|end| today <= end);
    let role = roles
        .into_iter()
        .filter(now_valid)
        .find_map(|row| Role::parse(&row.role).map(|role| (role, row.agency_id)));
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
    Ok(Some((actor, session, user)))
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

/// A person to be added.
pub struct NewUser<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub language: &'a str,
    pub role: Role,
    /// The code of the agency, for roles in one.
    pub agency: Option<&'a str>,
    pub password: Option<&'a str>,
}

/// Adds a person with a role that begins today. Without a password they are invited by a link.
pub fn add(ctx: &Ctx, new: &NewUser) -> Result<String, AppError> {
    ctx.require(Act::Operate).or_else(|refusal| {
        let is_office = ctx.actor.may(Act::Administer) && new.role.is_of_agency();
        if is_office { Ok(()) } else { Err(refusal) }
    })?;
    let problems = problems(new);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = new.password.map(hash_password).transpose()?;
    ctx.store.write(|tx| {
        if store::user::find_by_login(tx, new.login)?.is_some() {
            return Err(AppError::Invalid(vec![Problem::at(
                "login",
                "problem-login-taken",
            )]));
        }
        let agency = match new.agency {
            Some(code) => {
                let found = store::agency::find_by_code(tx, ctx.province(), code)?;
                Some(
                    found
                        .ok_or(AppError::Invalid(vec![Problem::at(
                            "agency",
                            "problem-choose",
                        )]))?
                        .id,
                )
            }
            None => None,
        };
        let user = User {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            login: new.login.to_owned(),
            name: new.name.to_owned(),
            email: new.email.to_owned(),
            language: new.language.to_owned(),
            password_hash: hash.clone(),
            is_active: true,
            version: 1,
            created_at: ctx.now,
        };
        store::user::add(tx, &user)?;
        store::user::add_role(
            tx,
            &RoleRow {
                province_id: ctx.province().to_owned(),
                id: new_id(),
                user_id: user.id.clone(),
                role: new.role.as_str().to_owned(),
                agency_id: agency,
                starts_on: ctx.today(),
                ends_on: None,
                granted_by: Some(ctx.actor.user.clone()),
            },
        )?;
        ctx.event(
            tx,
            &Happening {
                body: new.role.as_str().to_owned(),
                ..happening("user.added", &user.id)
            },
        )?;
        Ok(user.id)
    })
}

fn problems(new: &NewUser) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_login = |sign: char| sign.is_ascii_alphanumeric() || ".-_@".contains(sign);
    if new.login.is_empty() || new.login.len() > 100 || !new.login.chars().all(is_login) {
        problems.push(Problem::at("login", "problem-login"));
    }
    if text::filled_line(new.name, 120).is_err() {
        problems.push(Problem::at("name", "problem-text"));
    }
    let is_mail = new.email.is_empty()
        || (new.email.split('@').count() == 2
            && !new.email.contains(char::is_whitespace)
            && new.email.len() < 200);
    if !is_mail {
        problems.push(Problem::at("email", "problem-email"));
    }
    if new.role.is_of_agency() != new.agency.is_some() {
        problems.push(Problem::at("agency", "problem-agency"));
    }
    if let Some(Err(key)) = new.password.map(check_password) {
        problems.push(Problem::at("password", key));
    }
    problems
}

/// Writes a link that works once, for an invitation (seven days) or a reset (one hour). Older links end.
pub fn send_link(ctx: &Ctx, user: &User, purpose: &str, base: &str) -> Result<String, AppError> {
    let token = token()?;
    let life = if purpose == "invitation" {
        Duration::days(7)
    } else {
        Duration::hours(1)
    };
    let link = OneTimeLink {
        token_hash: token_hash(&token),
        province_id: user.province_id.clone(),
        user_id: user.id.clone(),
        purpose: purpose.to_owned(),
        created_at: ctx.now,
        expires_at: ctx.now + life,
        used_at: None,
    };
    ctx.store.write(|tx| {
        store::user::add_link(tx, &link)?;
        let address = format!("{}/password/{token}", base.trim_end_matches('/'));
        let letter = super::assessment::letter(ctx, user, purpose, &[("link", address.as_str())]);
        store::letter::add(tx, &letter)?;
        ctx.event(
            tx,
            &Happening {
                body: purpose.to_owned(),
                ..happening("link.sent", &user.id)
            },
        )?;
        Ok(address)
    })
}

/// Sets a password by a link that works once; every session of the person ends.
pub fn set_password(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    token: &str,
    password: &str,
) -> Result<(), AppError> {
    check_password(password)
        .map_err(|key| AppError::Invalid(vec![Problem::at("password", key)]))?;
    let hash = hash_password(password)?;
    store.write(|tx| {
        let link = store::user::find_link(tx, &token_hash(token))?;
        let link = link.filter(|link| link.used_at.is_none() && now < link.expires_at);
        let link = link.ok_or(AppError::Refused("refused-link"))?;
        store::user::end_links(tx, &link.province_id, &link.user_id, now)?;
        store::user::set_password(tx, &link.province_id, &link.user_id, &hash)?;
        store::session::remove_all(tx, &link.province_id, &link.user_id)?;
        let mut actor = Actor::system(&link.province_id);
        (actor.user, actor.address) = (link.user_id.clone(), address.to_owned());
        let what = happening("password.set", &link.user_id);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })
}

/// Ends a session.
pub fn sign_out(ctx: &Ctx, token: &str) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        store::session::remove(tx, &token_hash(token))?;
        ctx.event(tx, &happening("session.ended", &ctx.actor.user))
    })
}

/// Shares out an agency of a period to an auditor, in place of whoever had that duty.
pub fn assign(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    auditor: &str,
    duty: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let case = super::case(ctx, tx, period, agency)?;
        let user = store::user::find(tx, ctx.province(), auditor)?.ok_or(AppError::NotFound)?;
        let roles = store::user::list_roles(tx, ctx.province(), &user.id)?;
        let is_auditor = roles
            .iter()
            .any(|r| matches!(r.role.as_str(), "auditor" | "lead_auditor"));
        if !is_auditor {
            return Err(AppError::Invalid(vec![Problem::at(
                "auditor",
                "problem-choose",
            )]));
        }
        let own = Some(case.assessment.agency_id.as_str());
        if roles.iter().any(|role| role.agency_id.as_deref() == own) {
            return Err(AppError::Refused("refused-own-agency"));
        }
        for other in store::assignment::list_of_period(tx, ctx.province(), &case.period.id)? {
            if Some(other.agency_id.as_str()) == own && other.duty == duty {
                store::assignment::set_ended(tx, &other, ctx.now)?;
            }
        }
        store::assignment::add(
            tx,
            &store::assignment::Assignment {
                province_id: ctx.province().to_owned(),
                id: new_id(),
                period_id: case.period.id.clone(),
                agency_id: case.assessment.agency_id.clone(),
                user_id: user.id.clone(),
                duty: duty.to_owned(),
                assigned_by: ctx.actor.user.clone(),
                assigned_at: ctx.now,
                ended_at: None,
            },
        )?;
        ctx.event(
            tx,
            &case.happening("agency.assigned", format!("{} {duty}", user.id)),
        )
    })
}
