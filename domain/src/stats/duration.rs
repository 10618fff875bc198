//! How long it takes to gather a number of units.

use super::refusal::positive;
use serde::{Deserialize, Serialize};

/// Beyond a thousand years the number of days says nothing any more.
const MOST_DAYS: f64 = 366_000.0;

/// Days to gather the units, as such and in whole weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duration {
    pub days: u32,
    /// Rounded up to whole weeks, and not fewer than asked for.
    pub weeks: u32,
}

/// Days until `units` have come at `per_day` a day. `None` unless both are
/// positive, or beyond a thousand years.
#[must_use]
pub fn duration(units: f64, per_day: f64, fewest_weeks: u32) -> Option<Duration> {
    let days = (positive(units)? / positive(per_day)?).ceil();
    if days > MOST_DAYS {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 1 and 366,000")]
    let days = days as u32;
    let weeks = u32::div_ceil(days, 7).max(fewest_weeks);
    Some(Duration { days, weeks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_rounded_up_to_whole_weeks() {
        assert_eq!(duration(106_422.0, 4000.0, 2), Some(Duration { days: 27, weeks: 4 }));
        assert_eq!(duration(100.0, 4000.0, 2), Some(Duration { days: 1, weeks: 2 }));
    }

    #[test]
    fn without_units_or_an_end_there_is_no_duration() {
        for (units, per_day) in [(0.0, 1.0), (1.0, 0.0), (f64::NAN, 1.0), (1e300, 1e-9), (1.0, -1.0)] {
            assert_eq!(duration(units, per_day, 2), None);
        }
    }
}
