//! Times as they are stored: microseconds since 1970, so that what is read equals what was written on both databases;
//! days as whole days since then.

use chrono::{DateTime, Duration, NaiveDate, Utc};

pub fn to_micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

pub fn from_micros(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

pub fn to_day(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// Days beyond the calendar's end, which nothing writes, read as its first day.
pub fn from_day(days: i64) -> NaiveDate {
    Duration::try_days(days).and_then(|days| NaiveDate::default().checked_add_signed(days)).unwrap_or_default()
}
