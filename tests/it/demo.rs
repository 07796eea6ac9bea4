//! The demo is lived in: whoever signs in finds work that somebody has begun.

use std::collections::HashSet;
use std::sync::Arc;

use mizan::app::demo::PEOPLE;
use mizan::cli::serve::{Demo, demo_config, populate};
use mizan::domain::access::{Reach, Scope};
use mizan::domain::period::State;
use mizan::store::{self, Conn, Store, StoreError};

/// The open quarter of a new demo, with everything in it.
struct Lived {
    store: Arc<Store>,
    province: String,
    period: store::period::Period,
}

impl Lived {
    fn new(folder: &std::path::Path) -> Lived {
        let config = demo_config(&Demo {
            port: 0,
            data: folder.to_owned(),
            password: String::new(),
        });
        let path = folder.join("mizan.sqlite").display().to_string();
        let store = Arc::new(Store::open(&path).expect("a new database"));
        let now = chrono::NaiveDate::from_ymd_opt(2026, 11, 25)
            .and_then(|day| day.and_hms_opt(8, 0, 0))
            .expect("a morning");
        populate(store.clone(), &config, now, "pass-phrase-1").expect("the demo is made");
        let found = store.read(|conn| {
            let province = store::province::list(conn)?.remove(0).id;
            let all = store::period::list(conn, &province)?;
            Ok::<_, StoreError>((province, all))
        });
        let (province, all) = found.expect("read");
        let open = all.into_iter().find(|one| one.state() == State::Open);
        Lived {
            period: open.expect("an open quarter"),
            store,
            province,
        }
    }

    fn read<T>(&self, job: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        self.store.read(job).expect("read")
    }
}

#[test]
fn the_open_quarter_of_the_demo_has_been_worked_on() {
    let folder = std::env::temp_dir().join(format!("mizan-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let lived = Lived::new(&folder);
    let (province, period) = (lived.province.as_str(), lived.period.id.as_str());
    let scope = Scope {
        province: province.to_owned(),
        reach: Reach::All,
    };
    let all = lived.read(|conn| store::assessment::list(conn, &scope, period));
    let (signed, open): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.is_handed_in());
    assert!(
        signed.len() > 10 && open.len() > 10,
        "{} of {}",
        signed.len(),
        all.len()
    );
    for one in &signed {
        let name = one.signer_name.as_deref().unwrap_or_default();
        assert!(!["", "system"].contains(&name), "a head signs by name");
        assert!(one.pledge.as_ref().is_some_and(|pledge| pledge.len() > 60));
        assert!(one.letter_number.is_some() && !one.is_late);
    }
    let days: HashSet<_> = signed.iter().filter_map(|one| one.handed_in_at).collect();
    assert!(days.len() > 3, "they did not all come at one moment");
    let verdicts = lived.read(|conn| store::verdict::list_of_period(conn, province, period));
    let kinds: HashSet<_> = verdicts.iter().map(|row| row.kind.as_str()).collect();
    assert!(
        kinds.contains("confirmed") && kinds.contains("measured"),
        "{kinds:?}"
    );
    let queries = lived.read(|conn| store::query::list_of_period(conn, province, period));
    assert!(queries.iter().any(|one| one.is_open()) && queries.iter().any(|one| one.is_answered()));
    let visits = lived.read(|conn| store::visit::list_of_period(conn, province, period));
    assert!(visits.len() > 5 && visits.iter().any(|visit| visit.is_empty_desk()));
    let requests = lived.read(|conn| store::na_request::list_of_period(conn, province, period));
    assert_eq!(requests.len(), 1);
    let periods = lived.read(|conn| store::period::list(conn, province));
    let last = periods.iter().find(|one| one.state() == State::Final);
    let last = &last.expect("a final quarter").id;
    let editions = lived.read(|conn| store::edition::list(conn, province, last));
    let is_open = editions.iter().any(|one| one.released_at.is_some());
    assert!(is_open, "everybody may read the last result");
    assert!(PEOPLE.iter().all(|person| !person.first.is_empty()));
    let _ = std::fs::remove_dir_all(&folder);
}
