//! The open quarter of the demo, lived up to its sixth working day: some have handed in and are looked at, some are
//! halfway, some have not begun. Everything goes through the errands that people use.

use std::sync::Arc;

use chrono::{Days, Duration, NaiveDateTime};

use super::people::{acting, as_head, as_manager};
use crate::app::verdict::Judgement;
use crate::app::visit::{Observation, Seen};
use crate::app::{
    AppError, Ctx, answer, assessment, assignment, letter, measurement, probe, query, verdict,
    visit,
};
use crate::domain::answer::{Choice, is_asked};
use crate::domain::calendar::{Quarter, RoundDates, RoundSettings};
use crate::domain::framework::{Framework, Indicator};
use crate::domain::period::State;
use crate::domain::returns::{self, AgencyReturn, Returns, Value, Verdict};
use crate::store;
use crate::store::period::Period;

/// What a head pledges, as the page shows it.
const PLEDGE: &str =
    "اعلام می‌کنم این پاسخ‌ها با واقعیت دستگاه یکی است و می‌دانم بازدید سرزده انجام می‌شود.";

/// How far an agency is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    HandedIn,
    Ready,
    Halfway,
    Untouched,
}

/// The two agencies with people who can sign in have their own story; the others take turns.
fn stage(code: &str, place: usize) -> Stage {
    match (code, place % 6) {
        ("INF-01", _) => Stage::Halfway,
        ("GEN-02", _) | (_, 1 | 4) => Stage::HandedIn,
        (_, 0) => Stage::Ready,
        (_, 5) => Stage::Untouched,
        _ => Stage::Halfway,
    }
}

/// The quarter under way.
struct Scene<'c> {
    ctx: &'c Ctx,
    period: Period,
    framework: Arc<Framework>,
}

/// Opens the last ended quarter so that today is its working day 6, and lives it until today.
pub fn quarter(ctx: &Ctx, quarter: Quarter, like: &Returns) -> Result<(), AppError> {
    let office = acting(ctx, "office")?;
    let period = ctx.store.write(|tx| {
        let holidays = crate::app::period::holidays(ctx, tx)?;
        let settings = RoundSettings::default();
        let dates = RoundDates::lay_so_that_day(ctx.today(), 6, &holidays, &settings);
        let opened = Ctx {
            now: ctx.offset.start_of_day(dates.opens) + Duration::hours(9),
            ..office.clone()
        };
        crate::app::period::add(&opened, tx, quarter, &dates, State::Open)
    })?;
    let scene = Scene {
        framework: ctx.store.read(|conn| ctx.frameworks.of(conn, &period))?,
        ctx,
        period,
    };
    scene.share_out(&office)?;
    scene.announce(&office)?;
    let mut handed_in = Vec::new();
    for (place, agency) in like.agencies.iter().enumerate() {
        let stage = stage(&agency.code, place);
        scene.fill(agency, stage, place)?;
        if stage == Stage::HandedIn {
            scene.hand_in(agency, place)?;
            handed_in.push(agency);
        }
    }
    scene.measure(&office, &like.agencies)?;
    scene.visits(quarter, &like.agencies)?;
    scene.review(&handed_in)
}

impl Scene<'_> {
    fn code(&self) -> &str {
        &self.period.code
    }

    /// A working morning since the opening; agencies do not all come on one day.
    fn morning(&self, place: usize) -> NaiveDateTime {
        let days = (self.ctx.today() - self.period.opens_on).num_days().max(1);
        let day = self.period.opens_on + Days::new(1 + place as u64 % days.unsigned_abs());
        let minutes = 8 * 60 + (place as i64 * 37) % 300;
        let moment = self.ctx.offset.start_of_day(day) + Duration::minutes(minutes);
        moment.min(self.ctx.now)
    }

    /// The two auditors share the agencies.
    fn share_out(&self, office: &Ctx) -> Result<(), AppError> {
        let auditors = [acting(self.ctx, "auditor1")?, acting(self.ctx, "auditor2")?];
        let list = |conn: &mut store::Conn| store::agency::list(conn, self.ctx.province());
        for (place, agency) in self.ctx.store.read(list)?.iter().enumerate() {
            let auditor = &auditors[place % 2].actor.user;
            assignment::assign(office, self.code(), &agency.code, auditor, "review")?;
        }
        Ok(())
    }

    /// The letters with which the quarter was opened, to those who can sign in.
    fn announce(&self, office: &Ctx) -> Result<(), AppError> {
        let deadline = self.period.deadline_on.to_string();
        let details = [("period", self.code()), ("deadline", deadline.as_str())];
        self.ctx.store.write(|tx| {
            for code in ["INF-01", "GEN-02"] {
                let agency = store::agency::find_by_code(tx, self.ctx.province(), code)?;
                let agency = agency.ok_or(AppError::NotFound)?;
                letter::write_to_agency(office, tx, &agency.id, "period-opened", &details)?;
            }
            Ok(())
        })
    }

    fn asked<'f>(&'f self, of: &'f AgencyReturn) -> impl Iterator<Item = &'f Indicator> {
        let all = self.framework.indicators.iter();
        all.filter(|one| is_asked(one, &of.profile))
    }

    /// Fills in a checklist as last quarter, in part or wholly.
    fn fill(&self, agency: &AgencyReturn, stage: Stage, place: usize) -> Result<(), AppError> {
        if stage == Stage::Untouched {
            return Ok(());
        }
        let manager = Ctx {
            now: self.morning(place) - Duration::minutes(45),
            ..as_manager(self.ctx, place)
        };
        let is_whole = stage != Stage::Halfway;
        let mut asks = agency.code == "GEN-02";
        for (number, indicator) in self.asked(agency).enumerate() {
            let claim = claim(agency, indicator);
            let choice = match claim {
                _ if asks && indicator.is_na_allowed && number > 9 => {
                    asks = false;
                    Choice::NotApplicable(
                        "این خدمت از آغاز دوره به دستگاه دیگری واگذار شده است؛ نامهٔ ۲۱۸/۴۴."
                            .to_owned(),
                    )
                }
                Some(claim) if is_whole || number % 3 < place % 3 + 1 => Choice::Claim(claim),
                None if is_whole => Choice::Blank,
                _ => continue,
            };
            let saved = answer::Saved {
                indicator: &indicator.code,
                choice,
                note: "",
                is_carried: false,
                seen: 0,
            };
            answer::save(&manager, self.code(), &agency.code, &saved)?;
        }
        Ok(())
    }

    /// The head signs with a pledge, by name.
    fn hand_in(&self, agency: &AgencyReturn, place: usize) -> Result<(), AppError> {
        let head = if agency.code == "GEN-02" {
            acting(self.ctx, "head2")?
        } else {
            as_head(self.ctx, place)
        };
        let head = Ctx {
            now: self.morning(place),
            ..head
        };
        let number = format!("{}/{}", 100 + place, 7 * place + 11);
        let with = assessment::Signature {
            pledge: PLEDGE,
            is_pledged: true,
            letter_number: &number,
            letter_date: Some(head.today()),
        };
        assessment::hand_in(&head, self.code(), &agency.code, &with)?;
        Ok(())
    }

    /// The office has entered the central value of every second agency.
    fn measure(&self, office: &Ctx, agencies: &[AgencyReturn]) -> Result<(), AppError> {
        for agency in agencies.iter().step_by(2) {
            let found = agency.answers.iter().find(|one| one.indicator == "VOC-01");
            let Some(found @ Verdict::Measured { .. }) = found.and_then(|one| one.verdict.clone())
            else {
                continue;
            };
            let of = measurement::Measurement {
                indicator: "VOC-01",
                verdict: found,
                document: "گزارش فصلی دفتر بازرسی استانداری، شمارهٔ ۳۱۲/۸ (ساختگی)",
            };
            measurement::enter(office, self.code(), &agency.code, &of)?;
        }
        Ok(())
    }

    /// Visits of the quarter: desks that answer, one that was empty twice, and calls.
    fn visits(&self, quarter: Quarter, agencies: &[AgencyReturn]) -> Result<(), AppError> {
        let auditor = acting(self.ctx, "auditor1")?;
        let holidays = self
            .ctx
            .store
            .read(|conn| crate::app::period::holidays(self.ctx, conn))?;
        let days = holidays.calendar();
        for (place, agency) in agencies
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 4 == 1)
        {
            let day = quarter.last_day() - Days::new(3 + place as u64 % 50);
            let day = days.working_day_at_or_before(day);
            let look = |minutes: i64, is_answered: bool| {
                let at = self.ctx.offset.start_of_day(day) + Duration::minutes(minutes);
                Some(Observation { at, is_answered })
            };
            let is_empty = place % 24 == 13;
            let seen = Seen {
                is_unannounced: true,
                visited_on: day,
                county: None,
                first: look(9 * 60 + 10, !is_empty),
                second: look(9 * 60 + 25, !is_empty),
                is_obstructed: false,
                desk_exists: true,
                excuse: None,
                minutes: if is_empty {
                    "در هر دو مشاهده کسی پشت میز نبود؛ نگهبانی گفت متصدی در مرخصی است. (ساختگی)"
                } else {
                    "متصدی حاضر بود و پاسخ داد. (ساختگی)"
                },
                second_auditor: None,
            };
            visit::record(&auditor, self.code(), &agency.code, &seen)?;
            let note = "تماس در ساعت اداری (ساختگی)";
            let is_answered = Some(!is_empty);
            probe::record(
                &auditor,
                self.code(),
                &agency.code,
                "call",
                is_answered,
                note,
            )?;
            // Some still wait for the second person.
            if place % 12 != 9 {
                self.sign_off(&agency.code)?;
            }
        }
        Ok(())
    }

    /// The lead auditor signs off what was seen at an agency.
    fn sign_off(&self, agency: &str) -> Result<(), AppError> {
        let lead = acting(self.ctx, "lead")?;
        let visits = self.ctx.store.read(|conn| {
            let case = super::super::case(&lead, conn, self.code(), agency)?;
            let (period, agency) = (&case.period.id, &case.assessment.agency_id);
            store::visit::list(conn, &lead.actor.scope, period, agency).map_err(AppError::from)
        })?;
        for seen in visits {
            visit::sign_off(&lead, self.code(), agency, &seen.id)?;
        }
        Ok(())
    }

    /// Auditors have begun with those who came first: verdicts, and items sent back, of which one is answered.
    fn review(&self, handed_in: &[&AgencyReturn]) -> Result<(), AppError> {
        // What GEN-02 asks for is not decided, so its review waits.
        let first = handed_in.iter().filter(|agency| agency.code != "GEN-02");
        for (place, agency) in first.enumerate().filter(|(place, _)| place % 3 == 0) {
            let auditor = self.auditor_of(&agency.code)?;
            let claims = self
                .asked(agency)
                .filter(|one| claim(agency, one).is_some());
            let early: Vec<&Indicator> = claims.take(6 + place % 5 * 3).collect();
            for (number, indicator) in early.iter().enumerate() {
                self.judge(&auditor, agency, indicator, number)?;
            }
        }
        for (place, agency) in handed_in
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 4 == 1)
        {
            self.send_back(agency, place % 8 == 1)?;
        }
        let own = handed_in.iter().find(|agency| agency.code == "GEN-02");
        own.map_or(Ok(()), |agency| self.send_back(agency, false))
    }

    fn auditor_of(&self, agency: &str) -> Result<Ctx, AppError> {
        let user = self.ctx.store.read(|conn| {
            let found = store::agency::find_by_code(conn, self.ctx.province(), agency)?;
            let found = found.ok_or(AppError::NotFound)?;
            let duties =
                store::assignment::list_of_period(conn, self.ctx.province(), &self.period.id)?;
            let own = duties.into_iter().find(|duty| duty.agency_id == found.id);
            Ok::<_, AppError>(own.ok_or(AppError::NotFound)?.user_id)
        })?;
        let first = acting(self.ctx, "auditor1")?;
        if first.actor.user == user {
            return Ok(first);
        }
        acting(self.ctx, "auditor2")
    }

    /// The verdict of last quarter where it may stand beside the claim; else the claim is confirmed.
    fn judge(
        &self,
        auditor: &Ctx,
        agency: &AgencyReturn,
        indicator: &Indicator,
        number: usize,
    ) -> Result<(), AppError> {
        let own = claim(agency, indicator);
        let before = agency
            .answers
            .iter()
            .find(|one| one.indicator == indicator.code);
        let before = before.and_then(|one| one.verdict.clone());
        let before = before.filter(|one| {
            !matches!(one, Verdict::NotApplicable { .. })
                && returns::check(indicator, own, one).is_empty()
        });
        let given = before.unwrap_or(Verdict::Confirmed);
        if !returns::check(indicator, own, &given).is_empty() {
            return Ok(());
        }
        let (reason_code, reason) = match given {
            Verdict::Confirmed => ("", "مستند دیده شد و با پاسخ یکی است. (ساختگی)"),
            _ => (
                "counted_otherwise",
                "مستند با پاسخ یکی نیست؛ مقدار از روی پرونده‌ها شمرده شد. (ساختگی)",
            ),
        };
        let of = Judgement {
            indicator: &indicator.code,
            seen: None,
            verdict: given,
            reason_code,
            reason,
            recommendation: "",
            internal_note: if number == 0 {
                "برای بازدید بعدی یادداشت شد."
            } else {
                ""
            },
        };
        verdict::give(auditor, self.code(), &agency.code, &of)
    }

    /// An item is sent back; the manager may have answered it.
    fn send_back(&self, agency: &AgencyReturn, is_answered: bool) -> Result<(), AppError> {
        let auditor = self.auditor_of(&agency.code)?;
        let found = self
            .asked(agency)
            .filter(|one| claim(agency, one).is_some())
            .nth(8);
        let Some(indicator) = found else {
            return Ok(());
        };
        let question = "مستند پیوست مربوط به دورهٔ پیش است؛ مستند همین دوره را پیوست کنید. (ساختگی)";
        query::send_back(
            &auditor,
            self.code(),
            &agency.code,
            &indicator.code,
            question,
            Some(4),
        )?;
        if is_answered {
            let manager = as_manager(self.ctx, 0);
            let words = "مستند این دوره پیوست شد. (ساختگی)";
            query::answer(&manager, self.code(), &agency.code, &indicator.code, words)?;
        }
        Ok(())
    }
}

/// What an agency claimed last quarter.
fn claim(agency: &AgencyReturn, indicator: &Indicator) -> Option<Value> {
    let mut answers = agency.answers.iter();
    answers.find(|one| one.indicator == indicator.code)?.claim
}
