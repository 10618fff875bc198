//! A pair of limits.

use super::refusal::finite;
use serde::{Deserialize, Serialize};

/// Lower and upper limit, in the unit of what they enclose; both finite.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
}

impl Interval {
    /// `None` where a limit is NaN or infinite, or where they are in the wrong order.
    #[must_use]
    pub fn new(lower: f64, upper: f64) -> Option<Self> {
        let (lower, upper) = (finite(lower)?, finite(upper)?);
        (lower <= upper).then_some(Self { lower, upper })
    }

    /// The interval that reaches `half_width` to both sides of `centre`.
    #[must_use]
    pub fn around(centre: f64, half_width: f64) -> Option<Self> {
        Self::new(centre - half_width, centre + half_width)
    }

    /// Whether the value lies between the limits or on one of them.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Whether this interval lies strictly between the limits of the other.
    #[must_use]
    pub fn is_inside(&self, outer: &Self) -> bool {
        outer.lower < self.lower && self.upper < outer.upper
    }
}
