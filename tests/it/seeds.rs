//! The seeds that come with the program are whole, and a broken one is told in full.

use std::collections::BTreeSet;
use std::fs;

use mizan::domain::calendar::{Holidays, JalaliDate, Quarter, WorkingDays, WorkingWeek};
use mizan::domain::seed::{
    HolidayYear, ProvinceSeed, SeedKind, check_holidays, check_province, read_holidays,
    read_province,
};
use serde_json::Value;

const FLAGS: [&str; 7] = [
    "walk_in",
    "eservices",
    "portal",
    "casework",
    "inquiries",
    "counties",
    "systems",
];

fn file(path: &str) -> String {
    fs::read_to_string(format!("{}/seeds/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn province(name: &str) -> ProvinceSeed {
    read_province(&file(&format!("provinces/{name}.json"))).unwrap()
}

fn years() -> Vec<HolidayYear> {
    let folder = format!("{}/seeds/holidays", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    let read = |name: &std::ffi::OsString| {
        let name = name.to_str().unwrap();
        let year = read_holidays(&file(&format!("holidays/{name}"))).unwrap();
        assert_eq!(name, format!("{}.json", year.year));
        year
    };
    names.iter().map(read).collect()
}

#[test]
fn both_provinces_pass_every_check() {
    for name in ["kohgiluyeh", "sample"] {
        let seed = province(name);
        assert_eq!(check_province(&seed, &FLAGS), []);
        let of = |kind| seed.agencies.iter().filter(|a| a.kind == kind).count();
        assert_eq!(
            (of(SeedKind::Agency), of(SeedKind::CountyOffice)),
            (59, 9),
            "{name}"
        );
        assert_eq!(seed.counties.len(), 9);
    }
}

#[test]
fn the_sample_province_is_invented_and_names_no_real_place() {
    let (real, sample) = (province("kohgiluyeh"), province("sample"));
    assert!(sample.invented && !real.invented);
    let text = file("provinces/sample.json");
    let places = real
        .counties
        .iter()
        .flat_map(|c| [&c.name.fa, &c.centre.fa, &c.name.en]);
    for place in places.filter(|p| p.chars().count() > 3) {
        assert!(!text.contains(place.as_str()), "{place}");
    }
    let shape = |p: &ProvinceSeed| -> Vec<_> {
        p.agencies
            .iter()
            .map(|a| (a.code.clone(), a.profile.clone(), a.ranked))
            .collect()
    };
    assert_eq!(shape(&real), shape(&sample));
}

#[test]
fn a_broken_province_is_told_every_fault_at_once() {
    let mut seed = province("sample");
    seed.format = "other/9".into();
    seed.agencies[0].profile = vec!["walk_in".into(), "walk_in".into(), "wings".into()];
    seed.agencies[1].code = seed.agencies[2].code.clone();
    seed.agencies[3].group = "XYZ".into();
    seed.agencies[4].name.fa = "اداره كل\u{202e}".into();
    seed.agencies[5].county = Some("SM-ABN".into());
    seed.counties[8].code = "sm nam".into();
    let checks: BTreeSet<_> = check_province(&seed, &FLAGS)
        .iter()
        .map(|c| c.check)
        .collect();
    let all = BTreeSet::from([
        "format is known",
        "codes are used once",
        "codes are well formed",
        "names are clean and in both languages",
        "every agency stands in a group of its kind",
        "profiles do not repeat themselves",
        "every county has exactly one governor's office",
        "only county offices name a county",
        "profiles are known to the framework",
    ]);
    assert_eq!(checks, all);
    assert!(read_province("{").is_err());
    assert!(
        read_province(&file("provinces/sample.json").replacen("\"ranked\"", "\"rankd\"", 1))
            .is_err()
    );
}

#[test]
fn the_holidays_of_every_year_pass_every_check() {
    let years = years();
    assert!(years.windows(2).all(|two| two[0].year + 1 == two[1].year));
    for year in &years {
        assert_eq!(check_holidays(year), []);
        assert!(
            year.unverified().count() >= 15,
            "lunar days are for an officer to check"
        );
    }
}

#[test]
fn fixed_solar_holidays_stand_in_every_year_as_verified() {
    for year in years() {
        for (month, day) in [
            (1, 1),
            (1, 2),
            (1, 3),
            (1, 4),
            (1, 12),
            (1, 13),
            (3, 14),
            (3, 15),
            (11, 22),
            (12, 29),
        ] {
            let date = JalaliDate::new(year.year, month, day).unwrap();
            assert!(
                year.days.iter().any(|d| d.date == date && d.verified),
                "{date}"
            );
        }
        assert_eq!(year.days.iter().filter(|d| d.verified).count(), 10);
    }
}

#[test]
fn lunar_holidays_keep_their_distances() {
    // A lunar day before or after: months have 29 or 30 days.
    let find = |year: &HolidayYear, name: &str| {
        let day = year.days.iter().find(|d| d.name.en == name).unwrap();
        day.date.gregorian()
    };
    for year in years() {
        let adha = find(&year, "Eid al-Adha");
        for (name, from, to) in [
            ("Eid al-Ghadir", 8, 8),
            ("Tasua", 28, 29),
            ("Ashura", 29, 30),
            ("Arbaeen", 68, 70),
            ("Passing of the Prophet and martyrdom of Imam Hasan", 76, 78),
            ("Martyrdom of Imam Askari", 85, 88),
            ("Birth of the Prophet and of Imam Sadeq", 94, 97),
            ("Martyrdom of Fatima", 168, 172),
            ("Birth of Imam Ali", 207, 212),
            ("Mission of the Prophet", 221, 226),
            ("Birth of the Twelfth Imam", 238, 243),
        ] {
            let days = (find(&year, name) - adha).num_days();
            assert!((from..=to).contains(&days), "{} {name}: {days}", year.year);
        }
    }
}

#[test]
fn a_broken_year_is_told_every_fault_at_once() {
    let mut year = years().remove(0);
    year.format = String::new();
    year.days[3].date = JalaliDate::new(year.year + 1, 1, 1).unwrap();
    year.days[0].name.en = " ".into();
    let twice = year.days[8].clone();
    year.days.insert(8, twice);
    let checks: BTreeSet<_> = check_holidays(&year).iter().map(|c| c.check).collect();
    assert_eq!(checks.len(), 5, "{checks:?}");
}

#[test]
fn offices_are_closed_on_the_holidays_of_the_seeds() {
    let holidays: Holidays = years()
        .iter()
        .flat_map(|y| y.named_days().collect::<Vec<_>>())
        .collect();
    let days = WorkingDays {
        week: WorkingWeek::default(),
        holidays: &holidays,
    };
    let on = |text: &str| JalaliDate::parse(text).unwrap().gregorian();
    assert!(!days.is_working(on("1405/01/03")));
    assert!(days.is_working(on("1405/01/05")));
    assert!(
        holidays
            .name(on("1405/01/01"))
            .unwrap()
            .contains("نوروز، عید سعید فطر")
    );
}

#[test]
fn the_demonstration_returns_are_of_the_sample_provinces_agencies() {
    let seed = province("sample");
    let codes: Vec<&str> = seed.agencies.iter().map(|a| a.code.as_str()).collect();
    let folder = format!("{}/seeds/demo", env!("CARGO_MANIFEST_DIR"));
    let mut quarters = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(stem) = name
            .strip_suffix(".json")
            .and_then(|n| n.strip_prefix("returns-"))
        else {
            continue;
        };
        let returns: Value = serde_json::from_str(&file(&format!("demo/{name}"))).unwrap();
        let quarter = Quarter::parse(returns["period"].as_str().unwrap()).unwrap();
        assert_eq!(stem.trim_end_matches("-preliminary"), quarter.to_string());
        assert!(returns["note"].as_str().unwrap().starts_with("Invented"));
        let agencies = returns["agencies"].as_array().unwrap();
        let theirs: Vec<&str> = agencies
            .iter()
            .map(|a| a["code"].as_str().unwrap())
            .collect();
        assert_eq!(theirs, codes, "{name}");
        quarters.push(quarter);
    }
    quarters.sort();
    quarters.dedup();
    assert_eq!(quarters.len(), 8);
    assert!(quarters.windows(2).all(|two| two[0].next() == two[1]));
}
