//! What a province starts with: its counties and agencies, and the holidays of a year.
//!
//! Pure readers of seed files, and the checks that name every fault of a file at once.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::calendar::JalaliDate;
use crate::domain::text;

/// A name in the two languages of the program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedName {
    /// As officers read it.
    pub fa: String,
    /// As guests read it.
    pub en: String,
}

/// Whether an office is ranked among the agencies or among the county governors' offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeedKind {
    /// An executive agency of the province.
    Agency,
    /// The governor's office of a county.
    CountyOffice,
}

impl SeedKind {
    /// The word of the framework.
    pub fn as_str(self) -> &'static str {
        match self {
            SeedKind::Agency => "agency",
            SeedKind::CountyOffice => "county_office",
        }
    }
}

/// A county and its centre.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountySeed {
    /// `KB-BOY`
    pub code: String,
    /// The county's name.
    pub name: SeedName,
    /// The town where its governor sits.
    pub centre: SeedName,
}

/// A peer group of agencies.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSeed {
    /// `INF`
    pub code: String,
    /// Which kind of office stands in it.
    pub kind: SeedKind,
    /// The group's name.
    pub name: SeedName,
}

/// An agency or county governor's office as the province lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencySeed {
    /// `INF-01`
    pub code: String,
    /// The code of its peer group.
    pub group: String,
    /// Agency or county governor's office.
    pub kind: SeedKind,
    /// Its name.
    pub name: SeedName,
    /// What the office has (walk-in clients, e-services …): decides which indicators apply.
    pub profile: Vec<String>,
    /// Whether it takes part in the ranking.
    pub ranked: bool,
    /// The county a county governor's office answers for.
    #[serde(default)]
    pub county: Option<String>,
}

/// A province with everything it starts with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceSeed {
    /// Which shape of file this is.
    pub format: String,
    /// `KB`
    pub code: String,
    /// The province's name.
    pub name: SeedName,
    /// Made up for demonstrations: its figures are nobody's.
    pub invented: bool,
    /// Its counties.
    pub counties: Vec<CountySeed>,
    /// The peer groups of its agencies.
    pub groups: Vec<GroupSeed>,
    /// Its agencies and county governors' offices.
    pub agencies: Vec<AgencySeed>,
}

/// One occasion for which offices are closed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidaySeed {
    /// The day.
    pub date: JalaliDate,
    /// What is celebrated or mourned.
    pub name: SeedName,
    /// False where an officer must still compare it with the official calendar.
    pub verified: bool,
}

/// The official holidays of one Jalali year.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayYear {
    /// Which shape of file this is.
    pub format: String,
    /// The Jalali year.
    pub year: i32,
    /// What the officer must check before relying on it.
    pub note: SeedName,
    /// The occasions in order; two may fall on one day.
    pub days: Vec<HolidaySeed>,
}

impl HolidayYear {
    /// The closed days with their Persian names, for the working-day calendar.
    pub fn named_days(&self) -> impl Iterator<Item = (NaiveDate, String)> {
        self.days
            .iter()
            .map(|day| (day.date.gregorian(), day.name.fa.clone()))
    }

    /// The occasions an officer must still compare with the official calendar.
    pub fn unverified(&self) -> impl Iterator<Item = &HolidaySeed> {
        self.days.iter().filter(|day| !day.verified)
    }
}

/// A seed file that cannot be read at all.
#[derive(Debug)]
pub struct SeedFault(serde_json::Error);

impl fmt::Display for SeedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the seed file cannot be read: {}", self.0)
    }
}

impl std::error::Error for SeedFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Reads the lists of a province.
pub fn read_province(json: &str) -> Result<ProvinceSeed, SeedFault> {
    serde_json::from_str(json).map_err(SeedFault)
}

/// Reads the holidays of a year.
pub fn read_holidays(json: &str) -> Result<HolidayYear, SeedFault> {
    serde_json::from_str(json).map_err(SeedFault)
}

/// One fault found in a seed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The name of the check.
    pub check: &'static str,
    /// What is wrong, and where.
    pub what: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.check, self.what)
    }
}

type Check<T> = (&'static str, fn(&T) -> Vec<String>);

const PROVINCE_CHECKS: &[Check<ProvinceSeed>] = &[
    ("format is known", |p| {
        wrong_format(&p.format, "mizan-province/1")
    }),
    ("codes are used once", codes_are_used_once),
    ("codes are well formed", codes_are_well_formed),
    ("names are clean and in both languages", province_names),
    ("every agency stands in a group of its kind", groups_fit),
    ("profiles do not repeat themselves", profiles_are_sets),
    (
        "every county has exactly one governor's office",
        counties_have_offices,
    ),
    ("only county offices name a county", |p| {
        let stray = |a: &&AgencySeed| (a.kind == SeedKind::CountyOffice) != a.county.is_some();
        p.agencies
            .iter()
            .filter(stray)
            .map(|a| a.code.clone())
            .collect()
    }),
];

const HOLIDAY_CHECKS: &[Check<HolidayYear>] = &[
    ("format is known", |y| {
        wrong_format(&y.format, "mizan-holidays/1")
    }),
    ("days lie in the year", |y| {
        let stray = y.days.iter().filter(|d| d.date.year() != y.year);
        stray.map(|d| d.date.to_string()).collect()
    }),
    ("days stand in order", |y| {
        let wrong = y.days.windows(2).filter(|two| two[0].date > two[1].date);
        wrong.map(|two| two[1].date.to_string()).collect()
    }),
    ("an occasion is named once a day", |y| {
        repeated(y.days.iter().map(|d| format!("{} {}", d.date, d.name.fa)))
    }),
    ("names are clean and in both languages", |y| {
        let days = y
            .days
            .iter()
            .flat_map(|d| bad_name(&d.date.to_string(), &d.name));
        days.chain(bad_name("note", &y.note)).collect()
    }),
];

/// Every fault of a province's lists, all at once; empty if it may be used.
/// `flags` are the marks of a profile that the framework knows.
pub fn check_province(province: &ProvinceSeed, flags: &[&str]) -> Vec<Complaint> {
    let mut complaints = run(PROVINCE_CHECKS, province);
    for agency in &province.agencies {
        for flag in agency
            .profile
            .iter()
            .filter(|f| !flags.contains(&f.as_str()))
        {
            let what = format!("{} {flag}", agency.code);
            complaints.push(Complaint {
                check: "profiles are known to the framework",
                what,
            });
        }
    }
    complaints
}

/// Every fault of a year's holidays, all at once; empty if it may be used.
pub fn check_holidays(year: &HolidayYear) -> Vec<Complaint> {
    run(HOLIDAY_CHECKS, year)
}

fn run<T>(checks: &[Check<T>], seed: &T) -> Vec<Complaint> {
    let complain = |(check, find): &Check<T>| {
        let check = *check;
        find(seed)
            .into_iter()
            .map(move |what| Complaint { check, what })
    };
    checks.iter().flat_map(complain).collect()
}

fn wrong_format(found: &str, known: &str) -> Vec<String> {
    if found == known {
        Vec::new()
    } else {
        vec![found.to_owned()]
    }
}

fn repeated(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.filter(|one| !seen.insert(one.clone())).collect()
}

fn codes(province: &ProvinceSeed) -> impl Iterator<Item = &String> {
    let counties = province.counties.iter().map(|c| &c.code);
    let groups = province.groups.iter().map(|g| &g.code);
    counties
        .chain(groups)
        .chain(province.agencies.iter().map(|a| &a.code))
}

fn codes_are_used_once(province: &ProvinceSeed) -> Vec<String> {
    repeated(codes(province).cloned())
}

fn codes_are_well_formed(province: &ProvinceSeed) -> Vec<String> {
    let part = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let formed = |code: &str| code.len() <= 12 && code.split('-').all(part);
    let mut wrong: Vec<String> = std::iter::once(&province.code)
        .chain(codes(province))
        .filter(|code| !formed(code))
        .cloned()
        .collect();
    let county_head = format!("{}-", province.code);
    let strays = province
        .counties
        .iter()
        .filter(|c| !c.code.starts_with(&county_head));
    wrong.extend(strays.map(|c| c.code.clone()));
    let out = |a: &&AgencySeed| !a.code.starts_with(&format!("{}-", a.group));
    wrong.extend(province.agencies.iter().filter(out).map(|a| a.code.clone()));
    wrong
}

fn province_names(province: &ProvinceSeed) -> Vec<String> {
    let mut wrong = bad_name(&province.code, &province.name);
    for county in &province.counties {
        wrong.extend(bad_name(&county.code, &county.name));
        wrong.extend(bad_name(&county.code, &county.centre));
    }
    wrong.extend(
        province
            .groups
            .iter()
            .flat_map(|g| bad_name(&g.code, &g.name)),
    );
    wrong.extend(
        province
            .agencies
            .iter()
            .flat_map(|a| bad_name(&a.code, &a.name)),
    );
    wrong
}

fn bad_name(whose: &str, name: &SeedName) -> Vec<String> {
    let clean = |text: &str| text::filled_line(text, 500).is_ok_and(|kept| kept == text);
    let wrong = [("fa", &name.fa), ("en", &name.en)]
        .into_iter()
        .filter(|(_, n)| !clean(n));
    wrong
        .map(|(language, _)| format!("{whose} ({language})"))
        .collect()
}

fn groups_fit(province: &ProvinceSeed) -> Vec<String> {
    let misfits = |agency: &&AgencySeed| {
        let group = province.groups.iter().find(|g| g.code == agency.group);
        group.is_none_or(|g| g.kind != agency.kind)
    };
    province
        .agencies
        .iter()
        .filter(misfits)
        .map(|a| a.code.clone())
        .collect()
}

fn profiles_are_sets(province: &ProvinceSeed) -> Vec<String> {
    let of = |a: &AgencySeed| repeated(a.profile.iter().map(|flag| format!("{} {flag}", a.code)));
    province.agencies.iter().flat_map(of).collect()
}

fn counties_have_offices(province: &ProvinceSeed) -> Vec<String> {
    let named: Vec<&str> = province
        .agencies
        .iter()
        .filter_map(|a| a.county.as_deref())
        .collect();
    let offices = |code: &str| named.iter().filter(|n| **n == code).count();
    let mut wrong: Vec<String> = province
        .counties
        .iter()
        .filter(|county| offices(&county.code) != 1)
        .map(|county| county.code.clone())
        .collect();
    let known = |code: &&&str| province.counties.iter().any(|c| c.code == **code);
    wrong.extend(named.iter().filter(|n| !known(n)).map(|n| (*n).to_owned()));
    wrong
}
