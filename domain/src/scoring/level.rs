//! Levels as JSON has them: 8 for a whole level, as it was before there were steps of a quarter, 0.25 for others.

use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The largest number that an `f64` counts to one by one.
const WHOLE: f64 = 9_007_199_254_740_992.0;

struct Level(f64);

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(&self.0, serializer)
    }
}

/// All levels of a judgement, by name.
pub(super) struct Levels<'a>(pub &'a BTreeMap<String, f64>);

impl Serialize for Levels<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_all(self.0, serializer)
    }
}

pub(super) fn write<S: Serializer>(level: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if level.fract() != 0.0 || level.abs() > WHOLE {
        return serializer.serialize_f64(*level);
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole and within what an i64 holds")]
    serializer.serialize_i64(*level as i64)
}

pub(super) fn write_all<S: Serializer>(levels: &BTreeMap<String, f64>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(levels.iter().map(|(slug, level)| (slug, Level(*level))))
}
