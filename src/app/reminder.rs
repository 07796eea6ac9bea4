//! Reminders: read off what is still to be done, never off what was sent before. Whoever is called today gets one
//! letter with everything that waits for them; called twice on one day they still get one.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDateTime;

use super::waiting::{Item, Look, Waiting};
use super::{AppError, Ctx, Frameworks, Problem, letter, period};
use crate::domain::access::{Act, Actor, Role};
use crate::domain::calendar::LocalOffset;
use crate::domain::reminder::{Called, Days, NoDays, Wish, keep_days, parse_days};
use crate::store::event::Happening;
use crate::store::reminder::ReminderDays;
use crate::store::{self, Conn, Store, Tx};

/// The hour of the province's clock from which reminders are written.
const FROM_HOUR: u32 = 7;

/// The days of a province as it set them.
pub fn days(ctx: &Ctx, conn: &mut Conn) -> Result<Days, AppError> {
    let Some(kept) = store::reminder::find_days(conn, ctx.province())? else {
        return Ok(Days::default());
    };
    let broken = |_: NoDays| store::StoreError::Broken("days of reminders".to_owned());
    Ok(Days {
        before: parse_days(&kept.before).map_err(broken)?,
        head_after: parse_days(&kept.head_after).map_err(broken)?,
        office_after: parse_days(&kept.office_after).map_err(broken)?,
    })
}

/// The days of a province as somebody types them.
pub struct Typed<'a> {
    pub before: &'a str,
    pub head_after: &'a str,
    pub office_after: &'a str,
}

/// The planning office sets the days. The last day stays among them, whatever is typed.
pub fn set_days(ctx: &Ctx, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let mut problems = Vec::new();
    let mut read = |field: &str, typed: &str| {
        parse_days(typed).unwrap_or_else(|NoDays| {
            problems.push(Problem::at(field, "problem-reminder-days"));
            Vec::new()
        })
    };
    let mut before = read("before", typed.before);
    let head_after = read("head_after", typed.head_after);
    let office_after = read("office_after", typed.office_after);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    if !before.contains(&0) {
        before.push(0);
    }
    let days = ReminderDays {
        province_id: ctx.province().to_owned(),
        before: keep_days(&before),
        head_after: keep_days(&head_after),
        office_after: keep_days(&office_after),
    };
    ctx.store.write(|tx| {
        if !ctx.is_first(tx, "reminder.days_set")? {
            return Ok(());
        }
        store::reminder::set_days(tx, &days)?;
        let body = format!(
            "{} / {} / {}",
            days.before, days.head_after, days.office_after
        );
        ctx.event(tx, &happening(ctx, "reminder.days_set", body))
    })
}

fn happening<'a>(ctx: &'a Ctx, action: &'a str, body: String) -> Happening<'a> {
    Happening {
        action,
        subject: "province",
        subject_id: ctx.province(),
        agency: None,
        body,
    }
}

/// Whoever is at work chooses how many reminders they get; never none.
pub fn set_wish(ctx: &Ctx, typed: &str) -> Result<(), AppError> {
    let wish = Wish::parse(typed)
        .ok_or_else(|| AppError::Invalid(vec![Problem::at("reminders", "problem-choose")]))?;
    ctx.store.write(|tx| {
        if !ctx.is_first(tx, "user.reminders_chosen")? {
            return Ok(());
        }
        let user = &ctx.actor.user;
        store::user::set_reminders(tx, ctx.province(), user, wish.as_str())?;
        let what = super::user::happening("user.reminders_chosen", user);
        ctx.event(
            tx,
            &Happening {
                body: wish.as_str().to_owned(),
                ..what
            },
        )
    })
}

/// Writes the reminders of the day in every province, if its offices work today and the morning has come.
pub fn remind_all(
    store: &std::sync::Arc<Store>,
    frameworks: &std::sync::Arc<Frameworks>,
    now: NaiveDateTime,
    offset: LocalOffset,
    has_texts: bool,
) -> Result<usize, AppError> {
    let mut written = 0;
    for province in store.read(store::province::list)? {
        let ctx = Ctx {
            store: store.clone(),
            frameworks: frameworks.clone(),
            now,
            offset,
            actor: Actor::system(&province.id),
            write_key: None,
        };
        written += remind(&ctx, has_texts)?;
    }
    Ok(written)
}

/// Writes the reminders of the day: one letter for everybody who is called today. Gives how many are new.
pub fn remind(ctx: &Ctx, has_texts: bool) -> Result<usize, AppError> {
    ctx.require(Act::Operate)?;
    let hour = u32::from(ctx.offset.local(ctx.now).hour);
    if hour < FROM_HOUR {
        return Ok(0);
    }
    let called = ctx.store.read(|conn| {
        let holidays = period::holidays(ctx, conn)?;
        let look = Look {
            ctx,
            holidays: &holidays,
        };
        if !look.holidays.calendar().is_working(ctx.today()) {
            return Ok(BTreeMap::new());
        }
        let waiting = look.waiting(conn)?;
        called(ctx, conn, &waiting)
    })?;
    if called.is_empty() {
        return Ok(0);
    }
    ctx.store.write(|tx| {
        let mut written = 0;
        for (user, items) in &called {
            written += write(ctx, tx, user, items, has_texts)?;
        }
        if written > 0 {
            let what = happening(ctx, "reminder.written", written.to_string());
            ctx.event(tx, &what)?;
        }
        Ok(written)
    })
}

/// One letter for one person and one day, and one text message where they have a phone and there is a gateway: the
/// key of the outbox lets no second one in.
fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    user: &str,
    items: &[Item],
    has_texts: bool,
) -> Result<usize, AppError> {
    let user = store::user::find(tx, ctx.province(), user)?;
    let Some(user) = user.filter(|user| user.is_active) else {
        return Ok(0);
    };
    let list = serde_json::to_string(items)
        .map_err(|_| store::StoreError::Broken("a reminder".to_owned()))?;
    let day = ctx.today().to_string();
    let details = [("day", day.as_str()), ("items", list.as_str())];
    let mut letter = letter::to(&user, ctx.now, "reminder", &details);
    letter.unique_key = format!("reminder {} {day}", user.id);
    let mut text = letter.clone();
    (text.id, text.channel) = (store::new_id(), "text".to_owned());
    text.unique_key = format!("text {}", letter.unique_key);
    text.address = user.phone.clone();
    let mut written = 0;
    if !user.email.is_empty() {
        written += usize::from(store::letter::add(tx, &letter)?);
    }
    if has_texts && !user.phone.is_empty() {
        written += usize::from(store::letter::add(tx, &text)?);
    }
    Ok(written)
}

/// Who is called today, with all that waits for them in any of their roles.
fn called(
    ctx: &Ctx,
    conn: &mut Conn,
    waiting: &Waiting,
) -> Result<BTreeMap<String, Vec<Item>>, AppError> {
    let (days, today) = (days(ctx, conn)?, ctx.today());
    let users = store::user::list(conn, ctx.province())?.into_iter();
    let wishes: HashMap<String, Wish> = users
        .map(|user| (user.id, Wish::parse(&user.reminders).unwrap_or_default()))
        .collect();
    let mut found: BTreeMap<String, (bool, Vec<Item>)> = BTreeMap::new();
    let none = Vec::new();
    for row in store::user::list_all_roles(conn, ctx.province())? {
        let own = row
            .agency_id
            .as_ref()
            .and_then(|id| waiting.of_agency.get(id));
        let (whom, matters) = match Role::parse(&row.role) {
            Some(Role::Manager | Role::Deputy) => (Called::Agency, own.unwrap_or(&none)),
            Some(Role::Head) => (Called::Head, own.unwrap_or(&none)),
            Some(Role::Office) => (Called::Office, &waiting.of_office),
            _ => continue,
        };
        if !row.is_valid_on(today) {
            continue;
        }
        let wish = wishes.get(&row.user_id).copied().unwrap_or_default();
        let (is_called, items) = found.entry(row.user_id).or_default();
        for matter in matters {
            *is_called |= days.call(whom, wish, matter.left);
            if !items.contains(&matter.item) {
                items.push(matter.item.clone());
            }
        }
    }
    let found = found.into_iter().filter(|(_, (is_called, _))| *is_called);
    Ok(found.map(|(user, (_, items))| (user, items)).collect())
}
