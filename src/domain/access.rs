//! Who may do what. States and rights are code, never data (DOMAIN.md §3a, §5).

/// The part a person plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Manager,
    Deputy,
    Head,
    Auditor,
    LeadAuditor,
    Office,
    Committee,
    Governor,
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 9] = [
        Role::Manager,
        Role::Deputy,
        Role::Head,
        Role::Auditor,
        Role::LeadAuditor,
        Role::Office,
        Role::Committee,
        Role::Governor,
        Role::Administrator,
    ];

    /// The word kept in the database and used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Manager => "manager",
            Role::Deputy => "deputy",
            Role::Head => "head",
            Role::Auditor => "auditor",
            Role::LeadAuditor => "lead_auditor",
            Role::Office => "office",
            Role::Committee => "committee",
            Role::Governor => "governor",
            Role::Administrator => "administrator",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether the role is one in an agency.
    pub fn is_of_agency(self) -> bool {
        matches!(self, Role::Manager | Role::Deputy | Role::Head)
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Fill in the agency's own checklist.
    Answer,
    /// Sign and hand in for the agency.
    Sign,
    /// Ask for more time for the agency.
    AskExtension,
    /// Say who of the agency looks after an indicator.
    NameOwner,
    /// File an objection for the agency.
    Object,
    /// See the checklist that was handed in, with its evidence.
    SeeHandedIn,
    /// Give a verdict on a claim, or measure.
    Judge,
    /// Record visits, calls and test requests.
    Visit,
    /// Close the urn and hold the draw in public.
    Draw,
    /// Propose the answer to an objection.
    ReReview,
    /// Decide objections and findings.
    Decide,
    /// Create and move periods, grant "not applicable", enter central and survey values, share out work.
    Administer,
    /// Carry out what another person proposed.
    Finalise,
    /// See how far every agency is.
    SeeProgress,
    /// See the final ranking of all.
    SeeRanking,
    /// See scores and ranks of all before they are final.
    SeePreliminary,
    /// See what waits for the committee.
    SeeCommittee,
    /// Hold follow-up meetings and make resolutions.
    Resolve,
    /// See resolutions: an agency its own, everybody else all.
    SeeResolutions,
    /// Report a resolution of the own agency as done.
    ReportDone,
    /// Hang a poster at a desk, by which people say what they met there.
    HangPoster,
    /// Open a published edition to the public.
    Release,
    /// Accounts and the log.
    Operate,
}

/// The one table of rights. Which records, says the scope.
pub fn may(role: Role, act: Act) -> bool {
    use Role::{
        Administrator, Auditor, Committee, Deputy, Governor, Head, LeadAuditor, Manager, Office,
    };
    match act {
        Act::Answer => matches!(role, Manager | Deputy),
        Act::Sign => role == Head,
        Act::Object | Act::NameOwner => matches!(role, Manager | Head),
        Act::SeeHandedIn => matches!(role, Auditor | LeadAuditor | Committee | Office),
        Act::Judge | Act::Visit | Act::ReReview => matches!(role, Auditor | LeadAuditor),
        Act::Draw => matches!(role, LeadAuditor | Office),
        Act::Decide => role == Committee,
        Act::Administer => role == Office,
        Act::Finalise => matches!(role, Office | Committee),
        Act::SeeProgress => matches!(role, Auditor | LeadAuditor | Committee | Office | Governor),
        Act::SeeRanking => role != Administrator,
        Act::SeePreliminary => matches!(role, Auditor | LeadAuditor | Committee | Office),
        Act::SeeCommittee => matches!(role, LeadAuditor | Committee | Office),
        Act::Resolve => matches!(role, Governor | Office),
        Act::SeeResolutions => role != Administrator,
        Act::ReportDone | Act::AskExtension => matches!(role, Manager | Deputy | Head),
        Act::HangPoster => matches!(role, Manager | Head | Office),
        Act::Release => role == Governor,
        Act::Operate => role == Administrator,
    }
}

/// The province in which somebody practises, and its mark in the schema: tables of real figures refuse it.
pub fn practice_of(user: &str) -> String {
    format!("practice-{user}")
}

/// Whether a province is one for practice.
pub fn is_practice(province: &str) -> bool {
    province.starts_with("practice-")
}

/// Which records a person may know of. Nothing outside it exists for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub province: String,
    pub reach: Reach,
}

/// Whose agencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of the province.
    All,
    /// One agency.
    Agency(String),
    /// Agencies assigned in a period: pairs of period and agency.
    Assigned(Vec<(String, String)>),
    /// None.
    Nothing,
}

impl Scope {
    /// Whether an agency lies inside in any quarter. Whoever verifies knows what was resolved for all.
    pub fn sees_agency(&self, agency: &str) -> bool {
        match &self.reach {
            Reach::All | Reach::Assigned(_) => true,
            Reach::Agency(own) => own == agency,
            Reach::Nothing => false,
        }
    }

    /// Whether an agency is assigned in any quarter, or all are.
    pub fn verifies(&self, agency: &str) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Assigned(pairs) => pairs.iter().any(|(_, assigned)| assigned == agency),
            Reach::Agency(_) | Reach::Nothing => false,
        }
    }

    /// Whether an agency's quarter lies inside.
    pub fn sees(&self, period: &str, agency: &str) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Agency(own) => own == agency,
            Reach::Assigned(pairs) => pairs.iter().any(|(p, a)| p == period && a == agency),
            Reach::Nothing => false,
        }
    }
}

/// The person at work, as the session knows them.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user: String,
    pub name: String,
    pub role: Role,
    pub agency: Option<String>,
    pub scope: Scope,
    /// Where the request came from, for the log.
    pub address: String,
}

impl Actor {
    /// The program itself, for errands of the command line and the clock.
    pub fn system(province: &str) -> Actor {
        Actor {
            user: "system".to_owned(),
            name: "system".to_owned(),
            role: Role::Administrator,
            agency: None,
            scope: Scope {
                province: province.to_owned(),
                reach: Reach::All,
            },
            address: "local".to_owned(),
        }
    }

    /// Whether this person may do that at all.
    pub fn may(&self, act: Act) -> bool {
        may(self.role, act)
    }
}
