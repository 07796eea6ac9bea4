//! Every row there is, as text: to see that something changed nothing.

use std::collections::BTreeMap;

use diesel::RunQueryDsl;
use mizan::store::{Conn, StoreError};

use super::Town;

#[derive(diesel::QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

/// Kept by the program for itself: whoever reads or is refused leaves a trace there, by design.
const OWN: [&str; 3] = ["events", "sessions", "__diesel_schema_migrations"];

fn all(conn: &mut Conn, query: &str) -> Vec<String> {
    let rows: Vec<Text> = diesel::sql_query(query)
        .get_results(conn)
        .unwrap_or_else(|fault| panic!("{query}: {fault}"));
    rows.into_iter().map(|row| row.text).collect()
}

fn is_postgres(conn: &Conn) -> bool {
    matches!(conn, Conn::Postgres(_))
}

fn rows(conn: &mut Conn, table: &str) -> Vec<String> {
    if is_postgres(conn) {
        return all(
            conn,
            &format!("SELECT t::text AS text FROM {table} t ORDER BY 1"),
        );
    }
    let columns = all(
        conn,
        &format!("SELECT 'quote(' || name || ')' AS text FROM pragma_table_info('{table}')"),
    );
    let row = columns.join(" || ', ' || ");
    all(
        conn,
        &format!("SELECT {row} AS text FROM {table} ORDER BY 1"),
    )
}

impl Town {
    /// Every row of every table as text, apart from the log and the sessions.
    pub fn tables(&self) -> BTreeMap<String, Vec<String>> {
        let read = self.state.store.read(|conn| {
            let names = if is_postgres(conn) {
                "SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public'"
            } else {
                "SELECT name AS text FROM sqlite_master WHERE type = 'table'"
            };
            let mut tables = BTreeMap::new();
            for name in all(conn, names) {
                if !OWN.contains(&name.as_str()) {
                    let found = rows(conn, &name);
                    tables.insert(name, found);
                }
            }
            Ok::<_, StoreError>(tables)
        });
        read.expect("the town can be read")
    }
}
