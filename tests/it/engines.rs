//! What may differ between the two engines, and does not.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use mizan::domain::access::Role;
use mizan::domain::text::{persian_order, sort_key};
use mizan::store::{self, Conn, StoreError};

use crate::town::{Engine, OPEN, Town, at_server};

const AGENCY: &str = "INF-01";

fn execute(town: &Town, order: &str) -> Result<(), StoreError> {
    town.state.store.read(|conn| {
        let done: Result<(), StoreError> = conn.batch_execute(order).map_err(StoreError::from);
        done
    })
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name_fa: String,
}

#[test]
fn names_stand_in_the_persian_order_on_every_engine() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let query = "SELECT name_fa FROM agencies ORDER BY sort_key, code";
        let found = town.state.store.read(|conn| {
            let rows: Vec<Name> = diesel::sql_query(query).get_results(conn)?;
            Ok::<_, StoreError>(rows)
        });
        let names: Vec<String> = found
            .expect("read")
            .into_iter()
            .map(|row| row.name_fa)
            .collect();
        let mut right = names.clone();
        right.sort_by(|one, other| persian_order(one, other));
        assert_eq!(names, right, "{engine:?}");
        assert!(names.len() > 50);
    }
    let mut letters = ["ی", "گ", "ک", "پ", "ب", "چ", "ژ", "آ", "ا", "و", "ه"];
    letters.sort_by_key(|one| sort_key(one));
    assert_eq!(letters.concat(), "آابپچژکگوهی");
    assert_eq!(
        sort_key("می‌شود"),
        sort_key("میشود"),
        "a joiner has no place"
    );
}

#[test]
fn a_row_cannot_belong_to_two_provinces() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let orders = [
            "INSERT INTO provinces SELECT 'other', 'OT', 'دیگر', 'Other', is_demo, created_at \
             FROM provinces WHERE code = 'SM'",
            "UPDATE assessments SET province_id = 'other'",
            "INSERT INTO roles SELECT 'other', 'x', user_id, role, agency_id, starts_on, ends_on, \
             granted_by FROM roles LIMIT 1",
            "UPDATE periods SET province_id = 'other'",
            "UPDATE assignments SET province_id = 'other'",
        ];
        for (place, order) in orders.iter().enumerate() {
            let done = execute(&town, order);
            assert_eq!(done.is_ok(), place == 0, "{engine:?} {order}: {done:?}");
        }
    }
}

#[test]
fn keys_are_unique_on_every_engine() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        for order in [
            "INSERT INTO agencies SELECT province_id, 'x', code, kind, group_code, name_fa, name_en, \
             sort_key, profile, is_ranked, version FROM agencies LIMIT 1",
            "INSERT INTO periods SELECT * FROM periods LIMIT 1",
            "INSERT INTO provinces SELECT 'x', code, name_fa, name_en, is_demo, created_at FROM provinces",
            "UPDATE users SET login = 'office'",
        ] {
            let done = execute(&town, order);
            assert!(
                matches!(done, Err(StoreError::Conflict(_))),
                "{engine:?} {order}: {done:?}"
            );
        }
    }
}

#[test]
fn a_database_that_only_reads_shows_pages_and_refuses_saves_in_words() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let manager = town.manager_of(AGENCY);
        let path = format!("/{OPEN}/agencies/{AGENCY}/answers/DSS-03");
        let page = manager.open(&path);
        read_only(&town, engine, true);
        manager.open(&path);
        let fields = [("choice", "value"), ("value", "5")];
        let refused = manager.submit(&page, &path, &fields);
        assert_eq!(refused.status, 503, "{engine:?} {}", refused.text());
        assert!(refused.html().contains("lang=\"fa\""));
        assert_eq!(town.rows("answers", AGENCY), 0);
        if engine == Engine::Postgres {
            read_only(&town, engine, false);
            manager.submit(&page, &path, &fields).is(303);
        }
    }
}

/// Makes a database refuse every write, as a disk that was remounted would, or takes that back.
fn read_only(town: &Town, engine: Engine, is_so: bool) {
    match engine {
        Engine::Sqlite => {
            assert!(is_so, "no writer takes an order any more");
            let done = town.state.store.write(|tx| {
                tx.batch_execute("PRAGMA query_only = ON")?;
                Ok::<_, StoreError>(())
            });
            done.expect("the last write");
        }
        Engine::Postgres => {
            let name = town.database().rsplit('/').next().expect("a name");
            let word = if is_so { "on" } else { "off" };
            at_server(&format!(
                "ALTER DATABASE {name} SET default_transaction_read_only = {word}; \
                 SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            ));
        }
    }
}

#[test]
fn connections_that_postgresql_drops_are_opened_again() {
    for engine in Engine::all() {
        if engine == Engine::Sqlite {
            continue;
        }
        let town = Town::on(engine);
        let manager = town.manager_of(AGENCY);
        let path = format!("/{OPEN}/agencies/{AGENCY}/answers/DSS-03");
        for seen in ["0", "1", "2"] {
            read_only(&town, engine, false);
            let fields = [("choice", "blank"), ("note", seen), ("seen", seen)];
            manager.post(&path, &fields).is(303);
            read_only(&town, engine, false);
            manager.open(&path);
        }
    }
}

#[test]
fn twenty_at_once_leave_one_row_on_every_engine() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let login = town.person_of(Role::Manager, AGENCY);
        let manager = town.browser(&login);
        let path = format!("/{OPEN}/agencies/{AGENCY}/answers/DSS-03");
        manager.open(&path);
        let count = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for number in 0..20 {
                let (manager, path, count) = (&manager, &path, &count);
                scope.spawn(move || {
                    let value = number.to_string();
                    let fields = [
                        ("choice", "value"),
                        ("value", value.as_str()),
                        ("seen", "0"),
                    ];
                    let status = manager.post(path, &fields).status;
                    assert!([303, 409].contains(&status), "{status}");
                    let won = u32::from(status == 303);
                    count.fetch_add(won, std::sync::atomic::Ordering::SeqCst);
                });
            }
        });
        assert_eq!(
            count.into_inner(),
            1,
            "{engine:?}: one wins, nobody is lied to"
        );
        assert_eq!(town.rows("answers", AGENCY), 1);
    }
}

fn agencies(conn: &mut Conn, province: &str) -> Result<usize, StoreError> {
    Ok(store::agency::list(conn, province)?.len())
}

#[test]
fn an_agency_of_another_province_is_not_there() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let found = town.state.store.read(|conn| agencies(conn, "other"));
        assert_eq!(found.expect("read"), 0);
    }
}
