//! Why numbers cannot be used. Knows nothing of who gave them.

use std::fmt;

/// The reason why a set of numbers was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fewer observations than the method needs.
    TooFew,
    /// More successes than trials.
    MoreSuccessesThanTrials,
    /// A number is NaN or infinite, or became so on the way.
    NotFinite,
    /// A variance, a standard deviation or a sum of squares is below zero.
    NegativeVariance,
    /// Sum and sum of squares agree to the last digits, so that their
    /// difference says nothing about the variance.
    VarianceLost,
    /// A denominator is zero.
    ZeroDenominator,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooFew => "there are too few observations",
            Self::MoreSuccessesThanTrials => "there are more successes than trials",
            Self::NotFinite => "a number is missing, infinite or too large",
            Self::NegativeVariance => "the variance is negative: check the sum of squares",
            Self::VarianceLost => "the sums are too large to show the variance: give mean and standard deviation",
            Self::ZeroDenominator => "the denominator is zero",
        })
    }
}

impl std::error::Error for Refusal {}

/// The number itself, or `None` where it is NaN or infinite.
pub(super) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The value, or `None` unless it lies strictly between 0 and 1.
pub(super) fn open_unit(value: f64) -> Option<f64> {
    (value > 0.0 && value < 1.0).then_some(value)
}

/// The value, or `None` unless it is positive and finite.
pub(super) fn positive(value: f64) -> Option<f64> {
    (value > 0.0 && value.is_finite()).then_some(value)
}
