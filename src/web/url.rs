//! Every address as a function, so that a link cannot be misspelt.

/// Where a person starts.
pub const HOME: &str = "/";
/// Practice.
pub const PRACTICE: &str = "/practice";
/// Where a person signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a person who forgot their password asks for a link.
pub const FORGOT: &str = "/forgot";

/// More time for an agency: what it asked for, and the form.
pub fn extensions(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/extensions")
}

/// The unlock register of a quarter.
pub fn register(period: &str) -> String {
    format!("/{period}/extensions")
}

/// One request for more time, to be decided.
pub fn extension(period: &str, id: &str) -> String {
    format!("/{period}/extensions/{id}")
}

/// Who of an agency looks after which indicator.
pub fn owners(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/owners")
}

/// The days on which people are reminded.
pub const REMINDERS: &str = "/reminders";

/// A password by link.
pub fn password(token: &str) -> String {
    format!("/password/{token}")
}

/// A value of a query, percent-encoded.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The checklist of an agency.
pub fn checklist(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/checklist")
}

/// One indicator of the checklist.
pub fn answer(period: &str, agency: &str, indicator: &str) -> String {
    format!("/{period}/agencies/{agency}/answers/{indicator}")
}

/// The workbook of an agency's checklist.
pub fn workbook(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/workbook")
}

/// Review and sign.
pub fn review(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/review")
}

/// The verification of one indicator.
pub fn verification(period: &str, agency: &str, indicator: &str) -> String {
    format!("/{period}/agencies/{agency}/verification/{indicator}")
}

/// Sends an indicator back to the agency.
pub fn query(period: &str, agency: &str, indicator: &str) -> String {
    format!("{}/query", verification(period, agency, indicator))
}

/// Asks for "not applicable".
pub fn na_request(period: &str, agency: &str, indicator: &str) -> String {
    format!("{}/na-request", verification(period, agency, indicator))
}

/// An agency's case for those who verify.
pub fn case(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/verification")
}

/// The auditor's queue.
pub const QUEUE: &str = "/queue";

/// Visits and tests of an agency.
pub fn visits(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/visits")
}

/// The visits an auditor goes to, on the phone.
pub const FIELD: &str = "/field/plans";

/// The sheet of a planned visit.
pub fn sheet(plan: &str) -> String {
    format!("{FIELD}/{plan}")
}

/// A photograph of a visit.
pub fn photo(id: &str) -> String {
    format!("/field/photos/{id}")
}

/// The draw of a quarter.
pub fn draw(period: &str) -> String {
    format!("/{period}/draw")
}

/// The draw as one agency reads it.
pub fn own_draw(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/draw")
}

/// The planned visits of a quarter.
pub fn plans(period: &str) -> String {
    format!("/{period}/plans")
}

/// Test calls and requests of an agency.
pub fn probes(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/probes")
}

/// How far the visits of a period reach.
pub fn coverage(period: &str) -> String {
    format!("/{period}/visits")
}

/// The objections that wait for another auditor.
pub const RE_REVIEWS: &str = "/re-review";

/// The re-review of an objection.
pub fn re_review(period: &str, agency: &str, indicator: &str) -> String {
    format!("{}/re-review", objection(period, agency, indicator))
}

/// The score sheet of an agency.
pub fn score(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/score")
}

/// What other values would lead to.
pub fn what_if(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/what-if")
}

/// How a ranking would stand under other weights.
pub fn analysis(period: &str) -> String {
    format!("/{period}/analysis")
}

/// An objection.
pub fn objection(period: &str, agency: &str, indicator: &str) -> String {
    format!("/{period}/agencies/{agency}/objections/{indicator}")
}

/// A period on one page.
pub fn brief(period: &str) -> String {
    format!("/{period}/brief")
}

/// The meeting pack of a period.
pub fn pack(period: &str) -> String {
    format!("/{period}/pack")
}

/// The ranking of a period.
pub fn ranking(period: &str) -> String {
    format!("/{period}/ranking")
}

/// The published editions of a period.
pub fn editions(period: &str) -> String {
    format!("/{period}/editions")
}

/// The committee's page of a period.
pub fn committee(period: &str) -> String {
    format!("/{period}/committee")
}

/// The minutes of the committee.
pub fn minutes(period: &str) -> String {
    format!("/{period}/committee/minutes")
}

/// How far every agency is.
pub fn progress(period: &str) -> String {
    format!("/{period}/progress")
}

/// The RETURNS of a period as a file.
pub fn returns(period: &str) -> String {
    format!("/{period}/returns.json")
}

/// The official holidays.
pub const HOLIDAYS: &str = "/holidays";

/// All periods.
pub const PERIODS: &str = "/periods";

/// Where a draft of a framework is tried.
pub const DRAFT: &str = "/draft";

/// One period for the planning office.
pub fn period(period: &str) -> String {
    format!("/periods/{period}")
}

/// A file that comes in pieces.
pub fn upload(period: &str, agency: &str, id: &str) -> String {
    format!("/{period}/agencies/{agency}/uploads/{id}")
}

/// What an auditor is asked to look at a second time.
pub const SECOND_LOOKS: &str = "/second-looks";

/// One of them.
pub fn second_look(id: &str) -> String {
    format!("{SECOND_LOOKS}/{id}")
}

/// An evidence file.
pub fn evidence(period: &str, agency: &str, id: &str) -> String {
    format!("/{period}/agencies/{agency}/evidence/{id}")
}

/// What the agencies do not report, of a period.
pub fn measurements(period: &str) -> String {
    format!("/{period}/measurements")
}

/// The list of one indicator's values.
pub fn measurement_list(period: &str, indicator: &str) -> String {
    format!("/{period}/measurements/{indicator}")
}

/// One value that the office enters.
pub fn measurement(period: &str, agency: &str, indicator: &str) -> String {
    format!("/{period}/agencies/{agency}/measurements/{indicator}")
}

/// The facts of an agency.
pub fn facts(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/facts")
}

/// All resolutions.
pub const RESOLUTIONS: &str = "/resolutions";

/// One resolution.
pub fn resolution(id: &str) -> String {
    format!("/resolutions/{id}")
}

/// All follow-up meetings.
pub const MEETINGS: &str = "/meetings";

/// One follow-up meeting.
pub fn meeting(id: &str) -> String {
    format!("/meetings/{id}")
}

/// The agencies and their profiles.
pub const AGENCIES: &str = "/agencies";

/// One agency's profile.
pub fn agency(code: &str) -> String {
    format!("/agencies/{code}")
}

/// The corrections of a published quarter.
pub fn corrections(period: &str) -> String {
    format!("/{period}/corrections")
}

/// The posters at desks.
pub const POSTERS: &str = "/posters";
/// What people say at desks.
pub const VOICES: &str = "/voices";

/// One poster.
pub fn poster(id: &str) -> String {
    format!("/posters/{id}")
}

/// The people of the province.
pub const USERS: &str = "/users";
/// The outbox.
pub const LETTERS: &str = "/letters";
/// The log.
pub const LOG: &str = "/log";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Where a person with several roles says which one they are at work in.
pub const ROLE: &str = "/role";

/// One person.
pub fn user(id: &str) -> String {
    format!("/users/{id}")
}

/// Sends a letter again.
pub fn letter_resend(id: &str) -> String {
    format!("/letters/{id}/resend")
}
