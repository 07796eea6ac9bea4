//! The people of the province, searched.

use serde::Serialize;

use super::answer::Choose;
use super::leaf::{self, LINES, Leaf, encoded};
use super::user::{RoleLine, agencies, role_choices, role_lines};
use crate::app::user::{self, Person};
use crate::domain::text::search_key;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// One person in the list.
#[derive(Clone, Debug, Serialize)]
pub struct UserLine {
    pub name: String,
    pub login: String,
    pub href: String,
    pub roles: Vec<RoleLine>,
    pub is_active: bool,
    pub is_invited: bool,
}

/// Everybody whom one looks after.
#[derive(Serialize)]
pub struct UsersPage {
    pub query: String,
    pub role: String,
    pub roles: Vec<Choose>,
    pub all: i64,
    pub found: i64,
    pub users: Vec<UserLine>,
    pub leaf: Leaf,
}

impl Page for UsersPage {
    const TEMPLATE: &'static str = "user/index.html";
}

/// The list, searched by name, user name or mailbox, and by role.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let people = user::list(&desk.ctx)?;
    let asked = |name: &str| input.query.get(name).map_or("", String::as_str);
    let (query, role) = (asked("q"), asked("role"));
    let key = search_key(query);
    let all = people.len() as i64;
    let is_found = |person: &Person| {
        let user = &person.user;
        let texts = [&user.name, &user.login, &user.email];
        let has_text = texts.iter().any(|text| search_key(text).contains(&key));
        let has_role = role.is_empty() || person.roles.iter().any(|row| row.role == role);
        has_text && has_role
    };
    let found: Vec<Person> = people.into_iter().filter(is_found).collect();
    let (names, _) = agencies(desk)?;
    let number = leaf::number(input);
    let end = leaf::before(number) + LINES;
    let shown = found.iter().skip(leaf::before(number) as usize);
    let users = shown.take(LINES as usize).map(|person| UserLine {
        name: person.user.name.clone(),
        login: person.user.login.clone(),
        href: url::user(&person.user.id),
        roles: role_lines(desk, &person.roles, &names)
            .into_iter()
            .filter(|line| line.is_now)
            .collect(),
        is_active: person.user.is_active,
        is_invited: person.user.password_hash.is_none(),
    });
    let searched = format!("q={}&role={}", encoded(query), encoded(role));
    desk.page(&UsersPage {
        query: query.to_owned(),
        role: role.to_owned(),
        roles: role_choices(desk),
        all,
        found: found.len() as i64,
        users: users.collect(),
        leaf: Leaf::of(number, found.len() as i64 > end, url::USERS, &searched),
    })
}
