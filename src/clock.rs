//! The only caller of the system clock. Everything else is told the time.

/// Now, in UTC, to the second.
pub fn now() -> chrono::NaiveDateTime {
    use chrono::Timelike;
    let now = chrono::Utc::now().naive_utc();
    now.with_nanosecond(0).unwrap_or(now)
}
