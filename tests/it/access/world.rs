//! The stages of the table, each laid out in a town of its own, for two agencies alike.

use mizan::app::evidence::{self, Brought, Proof, Shelf};
use mizan::app::{
    Ctx, answer, assessment, correction, draw, edition, extension, finding, meeting, objection,
    poster, query, resolution, visit,
};
use mizan::domain::access::Role;
use mizan::domain::answer::Choice;
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};
use mizan::store;
use mizan::store::file::Files;

use super::found::{correction_of, poster_of};
use super::verifying::{look_twice, plan_of, plan_visit, sheet_id};
use crate::town::{Browser, LAST, OPEN, Town};
use crate::workbook::paper::Paper;

/// Whose agency it is, and another one's, which has another auditor.
pub const OWN: &str = "INF-01";
pub const OTHER: &str = "INF-02";

/// A town at a stage of the table.
pub struct World {
    pub town: Town,
    pub period: &'static str,
}

impl World {
    pub fn at(stage: &str) -> World {
        let town = Town::new();
        assert_ne!(town.auditor_of(OWN), town.auditor_of(OTHER));
        match stage {
            "draft" => {
                [OWN, OTHER].iter().for_each(|agency| draft(&town, agency));
                resolved(&town);
            }
            "review" => review(&town),
            "objections" => objections(&town),
            "committee" => committee(&town),
            "final" => published(&town),
            other => panic!("no stage {other}"),
        }
        let period = if stage == "final" { LAST } else { OPEN };
        World { town, period }
    }

    /// Somebody of a role; of an agency or its auditor where the role is one.
    pub fn somebody(&self, role: Role) -> Browser<'_> {
        let login = match role {
            Role::Manager | Role::Deputy | Role::Head => self.town.person_of(role, OWN),
            Role::Auditor => self.town.auditor_of(OWN).to_owned(),
            Role::LeadAuditor => "lead".to_owned(),
            Role::Office => "office".to_owned(),
            Role::Committee => "committee1".to_owned(),
            Role::Governor => "governor".to_owned(),
            Role::Administrator => "admin".to_owned(),
        };
        self.town.browser(&login)
    }

    fn upload(&self, conn: &mut store::Conn, agency: &str) -> store::StoreResult<Option<String>> {
        let login = self.town.person_of(Role::Manager, agency);
        let user = store::user::find_by_login(conn, &login)?.expect("a manager");
        let rows = store::upload::list(conn, &self.town.assessment(agency), &user.id)?;
        Ok(rows.first().map(|row| row.id.clone()))
    }

    /// The id of something an agency has: `evidence`, …
    pub fn id(&self, of: &str, agency: &str) -> String {
        let assessment = self.town.assessment(agency);
        let found = self.town.state.store.read(|conn| {
            Ok::<_, store::StoreError>(match of {
                "evidence" => {
                    let rows = store::evidence::list(conn, &assessment)?;
                    rows.first().map(|row| row.id.clone())
                }
                "uploads" => self.upload(conn, agency)?,
                "workbook" => {
                    let rows = store::workbook::list(conn, &assessment)?;
                    rows.first().map(|row| row.id.clone())
                }
                "resolutions" => {
                    let rows = store::resolution::list(conn, &self.town.system().actor.scope)?;
                    let mut rows = rows.into_iter();
                    rows.find(|row| row.agency_id == assessment.agency_id)
                        .map(|row| row.id)
                }
                "meetings" | "users" | "letters" => self.id_of_house(conn, of, &assessment)?,
                "posters" => poster_of(conn, &assessment)?,
                "corrections" => correction_of(conn, &assessment.province_id)?,
                "visits" => {
                    let scope = &self.town.system().actor.scope;
                    let (period, agency) = (&assessment.period_id, &assessment.agency_id);
                    let rows = store::visit::list(conn, scope, period, agency)?;
                    rows.first().map(|row| row.id.clone())
                }
                "plans" => plan_of(conn, &assessment)?,
                "photos" => {
                    let province = &assessment.province_id;
                    let rows = store::sheet::list_photos(conn, province, &sheet_id(agency))?;
                    rows.first().map(|row| row.id.clone())
                }
                "second-looks" => Some(format!("look-{agency}")),
                "extensions" => {
                    let rows = store::extension::list(conn, &assessment)?;
                    rows.first().map(|row| row.id.clone())
                }
                "query" => {
                    let rows = store::query::list(conn, &assessment)?;
                    rows.first().map(|row| row.id.clone())
                }
                other => panic!("say in access/world.rs where an id of {other} is found"),
            })
        });
        found.expect("read").expect("the stage has one")
    }

    /// An id of what belongs to the whole province.
    fn id_of_house(
        &self,
        conn: &mut store::Conn,
        of: &str,
        assessment: &store::assessment::Assessment,
    ) -> Result<Option<String>, store::StoreError> {
        let province = &assessment.province_id;
        Ok(match of {
            "meetings" => {
                let rows = store::meeting::list(conn, province)?;
                rows.first().map(|row| row.id.clone())
            }
            "users" => {
                let agency = store::agency::find(conn, province, &assessment.agency_id)?;
                let code = agency.expect("an agency").code;
                let login = self.town.person_of(Role::Manager, &code);
                store::user::find_by_login(conn, &login)?.map(|user| user.id)
            }
            _ => {
                let rows = store::letter::list(conn, province, None, 0, 1)?;
                rows.first().map(|row| row.id.clone())
            }
        })
    }
}

fn save(town: &Town, agency: &str, indicator: &str, choice: Choice, seen: i64) {
    let ctx = town.ctx(&town.person_of(Role::Manager, agency));
    let saved = answer::Saved {
        indicator,
        choice,
        note: "",
        is_carried: false,
        seen,
    };
    answer::save(&ctx, OPEN, agency, &saved).expect("an answer");
}

fn draft(town: &Town, agency: &str) {
    let half = Choice::Claim(Value::Ratio { num: 1, den: 2 });
    save(town, agency, "RSP-02", half, 0);
    let manager = town.ctx(&town.person_of(Role::Manager, agency));
    poster::make(&manager, agency, "").expect("a poster");
    extension::ask(&manager, OPEN, agency, None, "دو روز قطعی اینترنت").expect("asked");
    // One for each of those who may take it away.
    (0..2).for_each(|_| prove(town, agency));
    bring(town, agency);
}

/// A filled workbook waits to be taken over.
fn bring(town: &Town, agency: &str) {
    let manager = town.browser(&town.person_of(Role::Manager, agency));
    let file = manager.open(&format!("/{OPEN}/agencies/{agency}/workbook.xlsx"));
    let mut paper = Paper::open(&file.bytes);
    paper.fill("DSP-02", "value", "2");
    let path = format!("/{OPEN}/agencies/{agency}/workbook");
    let brought = manager.upload(&path, &[], ("file", "workbook.xlsx", &paper.save()));
    brought.is(303);
}

/// Where the town keeps files.
pub fn shelf(town: &Town) -> Shelf {
    let config = &town.state.config;
    Shelf {
        files: Files::at(&config.files),
        file_megabytes: i64::from(config.file_megabytes),
        agency_megabytes: i64::from(config.agency_megabytes),
        scanner: None,
    }
}

fn prove(town: &Town, agency: &str) {
    let ctx = town.ctx(&town.person_of(Role::Manager, agency));
    let kind = town.framework().source.get("evidence_kinds").cloned();
    let kind = kind.expect("kinds").items()[0].get("id").cloned();
    let kind = kind.expect("an id").as_text().expect("a word").to_owned();
    let shelf = shelf(town);
    let brought = Brought {
        indicator: "RSP-02",
        kind: &kind,
        proof: Proof::File {
            name: "گزارش.pdf",
            bytes: b"%PDF-1.7 a report\n%%EOF",
        },
        page: "",
        effective_from: None,
        effective_to: None,
    };
    evidence::add(&ctx, &shelf, OPEN, agency, &brought).expect("a file");
    let begun = evidence::Beginning {
        mark: "عکس.jpg 9",
        name: "عکس.jpg",
        size: 9,
    };
    evidence::begin(&ctx, &shelf, (OPEN, agency), "RSP-02", &begun).expect("begun");
}

fn hand_in(town: &Town, agency: &str) {
    town.fill_in(agency);
    prove(town, agency);
    let reason = "این شاخص موضوعیت ندارد".to_owned();
    save(town, agency, "DSP-02", Choice::NotApplicable(reason), 1);
    let head = town.ctx(&town.person_of(Role::Head, agency));
    let with = assessment::Signature {
        pledge: "متن تعهد",
        is_pledged: true,
        letter_number: "",
        letter_date: None,
    };
    assessment::hand_in(&head, OPEN, agency, &with).expect("a whole checklist");
}

fn handed_in(town: &Town) {
    for agency in [OWN, OTHER] {
        hand_in(town, agency);
    }
    town.go_to(State::UnderReview);
}

fn review(town: &Town) {
    handed_in(town);
    let committee = town.ctx("committee2");
    let lead = town.ctx("lead");
    draw::close(&lead, OPEN).expect("an urn");
    draw::hold(&lead, OPEN, "482913").expect("a draw");
    for agency in [OWN, OTHER] {
        let auditor = town.ctx(town.auditor_of(agency));
        query::send_back(&auditor, OPEN, agency, "RSP-02", "کدام سند؟", Some(3))
            .expect("a question");
        look(&auditor, agency);
        look_twice(town, agency);
        plan_visit(town, agency);
        finding::propose(&committee, OPEN, agency, "RSP-03", "سند ساختگی است").expect("a finding");
    }
}

/// A visit that found somebody at the desk.
fn look(auditor: &Ctx, agency: &str) {
    let quarter = mizan::domain::calendar::Quarter::parse(OPEN).expect("a quarter");
    let day = quarter.last_day() - chrono::Days::new(6);
    let first = visit::Observation {
        at: auditor.offset.start_of_day(day) + chrono::Duration::hours(9),
        is_answered: true,
    };
    let seen = visit::Seen {
        is_unannounced: true,
        visited_on: day,
        county: None,
        first: Some(first),
        second: None,
        is_obstructed: false,
        desk_exists: true,
        excuse: None,
        minutes: "",
        second_auditor: None,
    };
    visit::record(auditor, OPEN, agency, &seen).expect("a visit");
}

fn objections(town: &Town) {
    handed_in(town);
    for agency in [OWN, OTHER] {
        let auditor = town.ctx(town.auditor_of(agency));
        let less = Verdict::Adjusted(Value::Ratio { num: 0, den: 9 });
        town.give(&auditor, agency, "RSP-02", less);
    }
    town.go_to(State::ObjectionOpen);
}

fn committee(town: &Town) {
    objections(town);
    for agency in [OWN, OTHER] {
        let manager = town.ctx(&town.person_of(Role::Manager, agency));
        let filing = objection::Filing {
            kind: "slip",
            text: "شمارش نادرست است",
            is_sure: true,
        };
        objection::file(&manager, OPEN, agency, "RSP-02", &filing).expect("filed");
    }
    town.go_to(State::ReReview);
    let lead = town.ctx("lead");
    for agency in [OWN, OTHER] {
        objection::review(&lead, OPEN, agency, "RSP-02", None, "درست بود").expect("reviewed");
    }
    town.go_to(State::Committee);
}

fn published(town: &Town) {
    edition::propose(&town.ctx("office"), LAST, "").expect("proposed");
    edition::publish(&town.ctx("office2"), LAST, "1", true).expect("published");
    let should = correction::Should {
        agency: OWN,
        indicator: "DSP-02",
        verdict: Verdict::Rejected,
        reason: "شمارش نادرست بود",
    };
    correction::open(&town.ctx("office"), LAST, &should).expect("opened");
}

fn resolved(town: &Town) {
    let governor = town.ctx("governor");
    let meeting = meeting::call(&governor, Some(governor.today())).expect("a meeting");
    for agency in [OWN, OTHER] {
        let resolved = resolution::Resolved {
            agency,
            indicator: "",
            kind: "deed",
            text: "گماشتن دو نفر پشت میز خدمت",
            days: "15",
            letter_number: "",
            meeting: &meeting,
        };
        resolution::make(&governor, &resolved).expect("resolved");
    }
}
