//! Whether a difference stays within a margin of harm that one can bear.

use super::interval::Interval;
use super::normal;
use super::refusal::{finite, open_unit, positive};

/// One-sided p value of H0: difference <= -margin, so that a small value shows
/// that nothing is lost beyond the margin (Wald; statsmodels
/// `test_proportions_2indep` with `value=-margin`, `alternative='larger'`).
/// Where less is better, pass the negative difference. `None` where the
/// standard error is not positive or an input not finite.
#[must_use]
pub fn non_inferiority(difference: f64, standard_error: f64, margin: f64) -> Option<f64> {
    let shifted = (difference + finite(margin)?) / positive(standard_error)?;
    finite(shifted).map(normal::upper_tail)
}

/// The larger p value of two one-sided tests that the difference lies inside
/// +-margin (TOST; statsmodels `tost_proportions_2indep`). `None` as for
/// [`non_inferiority`].
#[must_use]
pub fn equivalence(difference: f64, standard_error: f64, margin: f64) -> Option<f64> {
    let not_below = non_inferiority(difference, standard_error, margin)?;
    let not_above = non_inferiority(-difference, standard_error, margin)?;
    Some(not_below.max(not_above))
}

/// One-sided bounds of the difference: each holds with the given confidence by
/// itself, so that together they are an interval of 2 confidence - 1. `None`
/// unless 0 < confidence < 1 and the standard error is finite and not negative.
#[must_use]
pub fn one_sided_bounds(difference: f64, standard_error: f64, confidence: f64) -> Option<Interval> {
    let z = normal::upper_quantile(1.0 - open_unit(confidence)?)?;
    if confidence < 0.5 || standard_error < 0.0 {
        return None;
    }
    Interval::around(difference, z * standard_error)
}

#[cfg(test)]
mod tests {
    use super::super::count::Count;
    use super::super::proportions::{difference, unpooled_standard_error};
    use super::*;

    fn of(x: u64, n: u64, y: u64, m: u64) -> (f64, f64) {
        let (first, second) = (Count::new(x, n).unwrap(), Count::new(y, m).unwrap());
        (difference(first, second), unpooled_standard_error(first, second))
    }

    #[test]
    fn a_small_loss_within_a_wide_margin_is_shown_safe() {
        let (loss, error) = of(4000, 50_000, 3960, 50_000);
        assert!((non_inferiority(loss, error, 0.005).unwrap() - 0.0071).abs() < 5e-5);
        assert!((one_sided_bounds(loss, error, 0.95).unwrap().lower + 0.0036).abs() < 5e-5);
    }

    #[test]
    fn not_significant_is_not_safe() {
        let (loss, error) = of(3000, 30_000, 2970, 30_000);
        assert!((non_inferiority(loss, error, 0.002).unwrap() - 0.341).abs() < 5e-4);
        assert!((one_sided_bounds(loss, error, 0.95).unwrap().lower + 0.0050).abs() < 5e-5);
    }

    #[test]
    fn a_flat_result_can_be_shown_equivalent() {
        let (gain, error) = of(2500, 50_000, 2510, 50_000);
        assert!((equivalence(gain, error, 0.0025).unwrap() - 0.048).abs() < 5e-4);
    }

    #[test]
    fn without_an_error_or_a_number_there_is_no_test() {
        assert_eq!(non_inferiority(0.1, 0.0, 0.1), None);
        assert_eq!(equivalence(f64::NAN, 1.0, 0.1), None);
        assert_eq!(one_sided_bounds(0.1, 1.0, 1.0), None);
    }
}
