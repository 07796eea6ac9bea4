//! The state of a town by sentences, through the errands of the program, never past them.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use mizan::app::{self, Ctx, answer, assessment, session, verdict};
use mizan::domain::access::Role;
use mizan::domain::answer::{Choice, is_asked};
use mizan::domain::calendar::LocalOffset;
use mizan::domain::framework::{Framework, Indicator, Measure, ReportedBy};
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};
use mizan::store::assessment::Assessment;
use mizan::store::event::EventRow;
use mizan::store::period::Period;
use mizan::store::{self, Conn, StoreError};

use super::{Browser, OPEN, PASSWORD, Town, template};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

#[derive(diesel::QueryableByName)]
struct Kept {
    #[diesel(sql_type = diesel::sql_types::Text)]
    kept: String,
}

impl Town {
    pub fn read<T>(&self, job: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        self.state.store.read(job).expect("the town can be read")
    }

    fn province(&self) -> String {
        let found = self.read(|conn| store::province::find_by_code(conn, "SM"));
        found.expect("the province").id
    }

    /// The program itself at work.
    pub fn system(&self) -> Ctx {
        template::system(&self.state.store, &self.province(), self.now())
    }

    /// Somebody at work by that name, with the rights and the reach of their session.
    pub fn ctx(&self, login: &str) -> Ctx {
        let (store, now) = (&self.state.store, self.now());
        let today = self.offset().day(now);
        let signed = session::sign_in(store, now, today, "127.0.0.9", login, PASSWORD);
        let signed = signed.expect("the store answers");
        let token = signed
            .unwrap_or_else(|| panic!("{login} may sign in"))
            .token;
        let who = store.read(|conn| session::who(conn, now, today, &token, "127.0.0.9"));
        let (actor, ..) = who.expect("the store answers").expect("signed in");
        Ctx {
            actor,
            frameworks: self.state.frameworks.clone(),
            ..self.system()
        }
    }

    fn offset(&self) -> LocalOffset {
        self.state.config.offset()
    }

    /// The name by which somebody of an agency signs in; they come when they are first asked for.
    pub fn person_of(&self, role: Role, agency: &str) -> String {
        let login = format!("{}-{}", role.as_str(), agency.to_lowercase());
        if self
            .read(|conn| store::user::find_by_login(conn, &login))
            .is_none()
        {
            template::add_person(&self.system(), &login, role, Some(agency));
        }
        login
    }

    /// Somebody now belongs to an agency too, as a deputy.
    pub fn make_one_of(&self, login: &str, agency: &str) {
        let ctx = self.system();
        let agency_id = self.assessment(agency).agency_id;
        let found = self.read(|conn| store::user::find_by_login(conn, login));
        let role = store::user::RoleRow {
            province_id: ctx.province().to_owned(),
            id: store::new_id(),
            user_id: found.expect("a person of the town").id,
            role: Role::Deputy.as_str().to_owned(),
            agency_id: Some(agency_id),
            starts_on: ctx.today(),
            ends_on: None,
            granted_by: None,
        };
        let added = ctx.store.write(|tx| store::user::add_role(tx, &role));
        added.expect("a role");
    }

    /// The manager of an agency, signed in.
    pub fn manager_of(&self, agency: &str) -> Browser<'_> {
        self.browser(&self.person_of(Role::Manager, agency))
    }

    /// The deputy of an agency, signed in.
    pub fn deputy_of(&self, agency: &str) -> Browser<'_> {
        self.browser(&self.person_of(Role::Deputy, agency))
    }

    /// The head of an agency, signed in.
    pub fn head_of(&self, agency: &str) -> Browser<'_> {
        self.browser(&self.person_of(Role::Head, agency))
    }

    /// The auditor who verifies an agency in the open quarter.
    pub fn auditor_of(&self, agency: &str) -> &'static str {
        let agencies = self.read(|conn| store::agency::list(conn, &self.province()));
        let place = agencies.iter().position(|one| one.code == agency);
        ["auditor1", "auditor2"][place.expect("an agency of the province") % 2]
    }

    /// The open quarter as it stands.
    pub fn period(&self) -> Period {
        let found = self.read(|conn| store::period::find_by_code(conn, &self.province(), OPEN));
        found.expect("the open quarter")
    }

    /// An agency's part of the open quarter as it stands.
    pub fn assessment(&self, agency: &str) -> Assessment {
        self.read(|conn| {
            let ctx = self.system();
            let found = store::agency::find_by_code(conn, ctx.province(), agency)?;
            let id = found.expect("an agency of the province").id;
            let found = store::assessment::find(conn, &ctx.actor.scope, &self.period().id, &id)?;
            Ok(found.expect("part of the quarter"))
        })
    }

    /// `draft` or `handed_in`.
    pub fn state_of(&self, agency: &str) -> String {
        self.assessment(agency).state
    }

    /// The framework of the open quarter.
    pub fn framework(&self) -> Arc<Framework> {
        let period = self.period();
        let found = self
            .state
            .store
            .read(|conn| self.state.frameworks.of(conn, &period));
        found.expect("the framework is kept")
    }

    /// The log, oldest first.
    pub fn log(&self) -> Vec<EventRow> {
        self.read(|conn| store::event::list_all(conn, &self.province()))
    }

    /// How many rows of a table belong to an agency in the open quarter.
    pub fn rows(&self, table: &str, agency: &str) -> i64 {
        let id = self.assessment(agency).id;
        let query = format!("SELECT COUNT(*) AS n FROM {table} WHERE assessment_id = '{id}'");
        self.read(|conn| Ok(diesel::sql_query(query).get_result::<Count>(conn)?.n))
    }

    /// What a table keeps, as one text; `columns` are joined by `||`.
    pub fn kept(&self, table: &str, columns: &str) -> String {
        let query = format!("SELECT {columns} AS kept FROM {table}");
        let rows: Vec<Kept> = self.read(|conn| Ok(diesel::sql_query(query).load(conn)?));
        rows.into_iter().map(|row| row.kept).collect()
    }

    /// Gives an agency another name, as if it had been typed so.
    pub fn rename(&self, agency: &str, name: &str) {
        let name = name.replace('\'', "''");
        let order = format!("UPDATE agencies SET name_fa = '{name}' WHERE code = '{agency}'");
        self.read(|conn| Ok(conn.batch_execute(&order)?));
    }

    /// Adds so many agencies, each with the score of one that is there.
    pub fn add_agencies_like(&self, period: &str, many: usize) {
        let province = self.province();
        let like = format!("province_id = '{province}'");
        let copies = many.div_ceil(68);
        for copy in 0..copies {
            let agencies = format!(
                "INSERT INTO agencies (province_id, id, code, kind, group_code, name_fa, name_en, sort_key, profile, \
                 is_ranked) SELECT province_id, id || '-{copy}', code || '-{copy}', kind, group_code, name_fa, \
                 name_en, sort_key, profile, is_ranked FROM agencies WHERE {like} AND id NOT LIKE '%-%'"
            );
            let scores = format!(
                "INSERT INTO scores (province_id, result_id, agency_id, position, league, group_code, state, \
                 reasons, labels, score_c, grade, rank, rank_of, gap_bp, gap_alert, is_unstaffed, binding, dimensions, desk, \
                 cause, card) SELECT s.province_id, s.result_id, s.agency_id || '-{copy}', s.position, s.league, \
                 s.group_code, s.state, s.reasons, s.labels, s.score_c, s.grade, s.rank, s.rank_of, s.gap_bp, s.gap_alert, \
                 s.is_unstaffed, s.binding, s.dimensions, s.desk, s.cause, s.card FROM scores s JOIN results r \
                 ON r.province_id = s.province_id AND r.id = s.result_id JOIN periods p ON p.province_id = \
                 r.province_id AND p.id = r.period_id WHERE s.{like} AND p.code = '{period}' AND s.agency_id \
                 NOT LIKE '%-%'"
            );
            self.read(|conn| Ok(conn.batch_execute(&agencies)?));
            self.read(|conn| Ok(conn.batch_execute(&scores)?));
        }
    }

    /// Takes a table away, so that the program itself fails.
    pub fn break_table(&self, table: &str) {
        let order = format!("ALTER TABLE {table} RENAME TO lost_{table}");
        self.read(|conn| Ok(conn.batch_execute(&order)?));
    }

    /// The one-time link of a person, as a letter would carry it.
    pub fn link_for(&self, login: &str, purpose: app::link::Purpose) -> String {
        let found = self.read(|conn| store::user::find_by_login(conn, login));
        let user = found.expect("a person of the town");
        let base = &self.state.config.base;
        app::link::make(&self.system(), &user, purpose, base).expect("a link")
    }

    /// Every indicator that this agency answers in the open quarter.
    pub fn asked_of(&self, agency: &str) -> Vec<Indicator> {
        let (framework, flags) = (self.framework(), self.assessment(agency).flags());
        let asked = framework
            .indicators
            .iter()
            .filter(|one| is_asked(one, &flags));
        asked.cloned().collect()
    }

    /// The manager answers everything that is asked and has no answer yet, as the made-up quarter has it.
    pub fn fill_in(&self, agency: &str) {
        self.fill_in_but(agency, &[]);
    }

    /// The manager answers all but these indicators.
    pub fn fill_in_but(&self, agency: &str, left_out: &[&str]) {
        let ctx = self.ctx(&self.person_of(Role::Manager, agency));
        let (last, _) = template::quarter(OPEN);
        let found = last.agencies.iter().find(|one| one.code == agency);
        let assessment = self.assessment(agency);
        let there = self.read(|conn| store::answer::list(conn, &assessment));
        let is_there = |code: &str| there.iter().any(|row| row.indicator_code == code);
        let asked = self.asked_of(agency).into_iter();
        let asked = asked.filter(|one| !left_out.contains(&one.code.as_str()));
        for indicator in asked.filter(|one| !is_there(&one.code)) {
            let answers = found.map(|one| one.answers.as_slice()).unwrap_or_default();
            let own = answers
                .iter()
                .find(|answer| answer.indicator == indicator.code);
            let claim = own.and_then(|answer| answer.claim);
            let claim = claim.unwrap_or_else(|| some_value(&indicator));
            let saved = answer::Saved {
                indicator: &indicator.code,
                choice: Choice::Claim(claim),
                note: "",
                is_carried: false,
                seen: 0,
            };
            answer::save(&ctx, OPEN, agency, &saved).expect("an answer of the made-up quarter");
        }
    }

    /// What an agency claims in the open quarter: indicator, choice, kept value.
    pub fn claims_of(&self, agency: &str) -> Vec<(String, String, Option<String>)> {
        let of = self.assessment(agency);
        let rows = self.read(|conn| store::answer::list(conn, &of));
        let claims = rows
            .into_iter()
            .map(|row| (row.indicator_code, row.choice, row.claim));
        claims.collect()
    }

    /// The checklist is filled in and the head signs it.
    pub fn hand_in(&self, agency: &str) {
        self.fill_in(agency);
        self.hand_in_filled(agency);
    }

    /// The head signs the checklist as it is.
    pub fn hand_in_filled(&self, agency: &str) {
        let head = self.ctx(&self.person_of(Role::Head, agency));
        let with = assessment::Signature {
            pledge: "متن تعهد",
            is_pledged: true,
            letter_number: "",
            letter_date: None,
        };
        assessment::hand_in(&head, OPEN, agency, &with).expect("a whole checklist is taken");
    }

    /// The auditor confirms every claim of an agency.
    pub fn judge(&self, agency: &str) {
        let ctx = self.ctx(self.auditor_of(agency));
        for indicator in self.asked_of(agency) {
            self.give(&ctx, agency, &indicator.code, Verdict::Confirmed);
        }
    }

    /// Somebody gives a verdict.
    pub fn give(&self, ctx: &Ctx, agency: &str, indicator: &str, given: Verdict) {
        let of = verdict::Judgement {
            indicator,
            seen: None,
            verdict: given,
            reason_code: "seen_otherwise",
            reason: "سند دیده شد",
            recommendation: "",
            internal_note: "",
        };
        verdict::give(ctx, OPEN, agency, &of).unwrap_or_else(|no| panic!("{indicator}: {no:?}"));
    }

    /// The planning office moves the open quarter on, each step on its day.
    pub fn go_to(&self, state: State) {
        while self.period().state() < state {
            let period = self.period();
            self.reach_next_state();
            let (one, other) = (self.ctx("office"), self.ctx("office2"));
            let moved = app::period::advance(&one, OPEN, &period.state, true);
            if moved.expect("the quarter moves on its day") == app::period::Moved::Proposed {
                app::period::advance(&other, OPEN, &period.state, true).expect("by two people");
            }
        }
    }

    /// Sets the clock to the morning on which the open quarter may leave its state.
    pub fn reach_next_state(&self) {
        self.set_day(self.period_day(&self.period()));
    }

    /// The first day on which the quarter may leave its state, and not before today.
    fn period_day(&self, period: &Period) -> NaiveDate {
        let after = |day: NaiveDate| day + Days::new(1);
        let day = match period.state() {
            State::Planned => period.opens_on,
            State::Open => after(period.last_edit_on),
            State::Closed | State::UnderReview => period.preliminary_on,
            State::Preliminary => after(period.preliminary_on),
            State::ObjectionOpen => after(period.objections_end_on),
            State::ReReview => after(period.re_review_end_on),
            State::Committee | State::Final | State::Archived => period.final_on,
        };
        day.max(self.offset().day(self.now()))
    }
}

/// A value an indicator allows.
pub fn some_value(indicator: &Indicator) -> Value {
    assert_eq!(indicator.reported_by, ReportedBy::Agency);
    match indicator.measure {
        Measure::YesNo => Value::Yes(true),
        Measure::Level => Value::Level(1),
        Measure::Ratio => Value::Ratio { num: 1, den: 2 },
        Measure::Percent | Measure::Count | Measure::Duration => Value::Amount(1_000),
    }
}
