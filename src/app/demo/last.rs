//! The quarter before the open one, just made final: one objection, decided in the open.

use super::people::acting;
use crate::app::{AppError, Ctx, edition, meeting, objection, poster, resolution, score};
use crate::domain::period::State;
use crate::domain::returns::Returns;
use crate::store;

/// GEN-02 objects to the verdict on RSP-02; another auditor proposes, the committee agrees.
pub(super) fn dispute(ctx: &Ctx, period: &str, end: &Returns) -> Result<(), AppError> {
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

/// Two of the office publish the result, the governor's office opens it to everybody, and the desk of INF-01 asks its
/// visitors whether anybody answered.
pub(super) fn publish(ctx: &Ctx, period: &str) -> Result<(), AppError> {
    edition::propose(&acting(ctx, "office")?, period, "")?;
    edition::publish(&acting(ctx, "office2")?, period, "1", true)?;
    edition::release(&acting(ctx, "governor")?, period, "1", true)?;
    poster::make(&acting(ctx, "manager")?, "INF-01", "")
}

/// What the meeting before resolved: one thing overdue, one reported done, one in hand.
pub(super) fn resolutions(ctx: &Ctx) -> Result<(), AppError> {
    let before = Ctx {
        now: ctx.now - chrono::Duration::days(40),
        ..acting(ctx, "governor")?
    };
    let meeting = meeting::call(&before, Some(before.today()))?;
    let made = [
        (
            "INF-01",
            "DSP-02",
            "10",
            "جانشین ثابت برای ساعت نماز و ناهار پشت میز خدمت معرفی شود. (ساختگی)",
        ),
        (
            "GEN-02",
            "RSP-02",
            "20",
            "پرونده‌های بیرون از مهلت هر هفته به معاون توسعه گزارش شود. (ساختگی)",
        ),
        (
            "CUL-01",
            "DSS-03",
            "60",
            "شیب‌راهه و جای پارک معلولان در ورودی ساخته شود. (ساختگی)",
        ),
    ];
    for (agency, indicator, days, text) in made {
        let resolved = resolution::Resolved {
            agency,
            indicator,
            kind: "deed",
            text,
            days,
            letter_number: "",
            meeting: &meeting,
        };
        let id = resolution::make(&before, &resolved)?.ok_or(AppError::Conflict)?;
        if agency == "GEN-02" {
            let manager = Ctx {
                now: ctx.now - chrono::Duration::days(12),
                ..acting(ctx, "manager2")?
            };
            let words = "گزارش هفتگی از آغاز ماه فرستاده می‌شود؛ نامه‌ها پیوست پرونده است. (ساختگی)";
            resolution::report(&manager, &id, words)?;
        }
    }
    Ok(())
}
