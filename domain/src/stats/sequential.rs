//! Intervals and p values that stay valid however often one looks.

use super::interval::Interval;
use super::means::{relative_difference, relative_standard_error, standard_error};
use super::refusal::{finite, open_unit, positive};
use super::sample::Sample;
use serde::{Deserialize, Serialize};

/// What a look at the data shows: valid at this look and at all others together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlwaysValid {
    pub estimate: f64,
    pub interval: Interval,
    /// Report the smallest of all looks so far.
    pub p_value: f64,
}

/// Asymptotic confidence sequence for an estimate with the given standard
/// error, after `total` observations, narrowest near `tuning` observations in
/// all, at level 1 - `alpha` (Waudby-Smith et al., arXiv 2103.06476v7,
/// equations 9, 155 and 161, as coded in gbstats `SequentialTwoSidedTTest`).
/// `None` where the standard error is 0 or an input is out of its range.
#[must_use]
pub fn confidence_sequence(estimate: f64, standard_error: f64, total: f64, tuning: f64, alpha: f64) -> Option<AlwaysValid> {
    let (estimate, standard_error) = (finite(estimate)?, positive(standard_error)?);
    let (total, tuning, alpha) = (positive(total)?, positive(tuning)?, open_unit(alpha)?);
    let logarithm = -2.0 * alpha.ln();
    let rho_squared = (logarithm + logarithm.ln_1p()) / tuning;
    let growth = total * rho_squared + 1.0;
    // sqrt(s2) * sqrt(2 g ln(sqrt(g)/a)) / (N rho), with s2 = V N.
    let boundary = 2.0 * growth * (0.5 * growth.ln() - alpha.ln()) / (total * rho_squared);
    let interval = Interval::around(estimate, standard_error * boundary.sqrt())?;
    let score = estimate / standard_error;
    let evidence = (total * rho_squared) * score * score / (2.0 * growth) - 0.5 * growth.ln();
    let p_value = (-evidence).exp().min(1.0);
    Some(AlwaysValid { estimate, interval, p_value: finite(p_value)? })
}

/// [`confidence_sequence`] for the difference of two means, second minus first.
/// `None` also where either sample does not vary: the normal approximation has
/// then not begun to hold.
#[must_use]
pub fn sequential_difference(first: Sample, second: Sample, tuning: f64, alpha: f64) -> Option<AlwaysValid> {
    let error = both_vary(first, second).then(|| standard_error(first, second))?;
    confidence_sequence(second.mean - first.mean, error, first.n + second.n, tuning, alpha)
}

/// [`confidence_sequence`] for the relative difference by the delta method;
/// `None` also where either sample does not vary or the first mean is 0.
#[must_use]
pub fn sequential_relative(first: Sample, second: Sample, tuning: f64, alpha: f64) -> Option<AlwaysValid> {
    let error = both_vary(first, second).then(|| relative_standard_error(first, second))??;
    let estimate = relative_difference(first, second)?;
    confidence_sequence(estimate, error, first.n + second.n, tuning, alpha)
}

fn both_vary(first: Sample, second: Sample) -> bool {
    first.variance > 0.0 && second.variance > 0.0
}

#[cfg(test)]
mod tests {
    use super::super::count::Count;
    use super::*;
    use proptest::prelude::*;

    fn share(successes: u64, trials: u64) -> Sample {
        Sample::from_count(Count::new(successes, trials).unwrap()).unwrap()
    }

    #[test]
    fn an_early_look_that_a_plain_test_would_call_is_not_called() {
        let look = sequential_difference(share(300, 10_000), share(352, 10_000), 40_000.0, 0.05).unwrap();
        assert!((look.p_value - 0.402).abs() < 5e-4);
        assert!((look.interval.lower + 0.0025).abs() < 5e-5 && (look.interval.upper - 0.0129).abs() < 5e-5);
    }

    #[test]
    fn without_successes_there_is_no_sequence() {
        assert_eq!(sequential_difference(share(0, 500), share(4, 500), 5000.0, 0.05), None);
        assert_eq!(sequential_relative(share(0, 500), share(4, 500), 5000.0, 0.05), None);
    }

    proptest! {
        #[test]
        fn interval_and_p_value_always_agree(score in -9.0..9.0_f64, total in 2.0..1e9_f64, tuning in 1.0..1e9_f64, alpha in 1e-6..0.5_f64) {
            let look = confidence_sequence(score, 1.0, total, tuning, alpha).unwrap();
            prop_assume!((look.p_value / alpha - 1.0).abs() > 1e-9);
            prop_assert_eq!(look.interval.contains(0.0), look.p_value > alpha);
        }

        #[test]
        fn nothing_panics_or_gives_nan(
            a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, c in proptest::num::f64::ANY,
            d in proptest::num::f64::ANY, e in proptest::num::f64::ANY, alpha in 0.0..1.0_f64
        ) {
            for level in [e, alpha] {
                let look = confidence_sequence(a, b, c, d, level);
                prop_assert!(look.is_none_or(|look| (0.0..=1.0).contains(&look.p_value)));
            }
        }
    }
}
