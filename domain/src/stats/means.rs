//! Two means compared. Differences and signs are always second minus first.

use super::interval::Interval;
use super::refusal::finite;
use super::sample::Sample;
use super::student;
use serde::{Deserialize, Serialize};

/// A standardised difference, its degrees of freedom and the two-sided p value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TTest {
    pub t: f64,
    pub degrees_of_freedom: f64,
    pub p_value: f64,
}

/// Welch's t test of equal means (1947; scipy `ttest_ind_from_stats`,
/// `equal_var=False`). `None` where neither sample varies.
#[must_use]
pub fn welch(first: Sample, second: Sample) -> Option<TTest> {
    let t = finite((second.mean - first.mean) / standard_error(first, second))?;
    let degrees_of_freedom = welch_freedom(first, second)?;
    let p_value = student::two_sided(t, degrees_of_freedom)?;
    Some(TTest { t, degrees_of_freedom, p_value })
}

/// Welch's interval for the difference of means, in their unit. `None` where
/// neither varies, or unless 0 < confidence < 1.
#[must_use]
pub fn welch_interval(first: Sample, second: Sample, confidence: f64) -> Option<Interval> {
    let t = student::two_sided_quantile(confidence, welch_freedom(first, second)?)?;
    Interval::around(second.mean - first.mean, t * standard_error(first, second))
}

/// Standard error of the difference of means.
#[must_use]
pub fn standard_error(first: Sample, second: Sample) -> f64 {
    (first.variance_of_mean() + second.variance_of_mean()).sqrt()
}

/// Second mean over first mean, minus 1; `None` where the first is 0.
#[must_use]
pub fn relative_difference(first: Sample, second: Sample) -> Option<f64> {
    finite((second.mean - first.mean) / first.mean)
}

/// Standard error of the relative difference by the delta method
/// (GrowthBook, statistics/details). `None` where the first mean is 0.
#[must_use]
pub fn relative_standard_error(first: Sample, second: Sample) -> Option<f64> {
    let ratio = second.mean / first.mean;
    let part = |sample: Sample| sample.variance_of_mean().sqrt() / first.mean;
    finite(part(second).hypot(part(first) * ratio))
}

/// Delta-method interval for the relative difference with Welch's degrees of
/// freedom (gbstats `TwoSidedTTest`, relative). Symmetric, so that it can pass
/// below -1. `None` where the first mean is 0 or neither varies.
#[must_use]
pub fn relative_interval(first: Sample, second: Sample, confidence: f64) -> Option<Interval> {
    let t = student::two_sided_quantile(confidence, welch_freedom(first, second)?)?;
    let half = t * relative_standard_error(first, second)?;
    Interval::around(relative_difference(first, second)?, half)
}

/// Log-ratio interval for the relative difference (tea-tasting `Mean`): never
/// below -1. `None` unless both means are positive.
#[must_use]
pub fn log_ratio_interval(first: Sample, second: Sample, confidence: f64) -> Option<Interval> {
    if first.mean <= 0.0 || second.mean <= 0.0 {
        return None;
    }
    let on_log_scale = |sample: Sample| {
        let variance = sample.variance / sample.mean / sample.mean;
        Sample { n: sample.n, mean: sample.mean.ln(), variance }
    };
    let (a, b) = (on_log_scale(first), on_log_scale(second));
    let t = student::two_sided_quantile(confidence, welch_freedom(a, b)?)?;
    let half = t * standard_error(a, b);
    let centre = b.mean - a.mean;
    Interval::new((centre - half).exp_m1(), (centre + half).exp_m1())
}

/// Degrees of freedom after Welch and Satterthwaite; `None` where neither varies.
#[must_use]
pub fn welch_freedom(first: Sample, second: Sample) -> Option<f64> {
    let (a, b) = (first.variance_of_mean(), second.variance_of_mean());
    // Through the shares of the variance: squares of tiny variances would vanish.
    let share = finite(a / (a + b))?;
    let sum = share * share / (first.n - 1.0) + (1.0 - share) * (1.0 - share) / (second.n - 1.0);
    finite(1.0 / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(n: u64, mean: f64, deviation: f64) -> Sample {
        Sample::from_deviation(n, mean, deviation).unwrap()
    }

    #[test]
    fn more_orders_of_less_value_are_no_gain_per_trial() {
        // 3,000 and 3,300 payments among 100,000, of 60.00 (sd 30) and 54.50 (sd 28).
        let per_trial = |count: f64, mean: f64, deviation: f64| {
            let squares = count * (deviation * deviation + mean * mean);
            Sample::from_sums(100_000, count * mean, squares).unwrap()
        };
        let (first, second) = (per_trial(3000.0, 60.0, 30.0), per_trial(3300.0, 54.5, 28.0));
        let relative = relative_interval(first, second, 0.95).unwrap();
        assert!((relative.lower + 0.056).abs() < 6e-4 && (relative.upper - 0.054).abs() < 6e-4);
        assert!((welch(first, second).unwrap().p_value - 0.976).abs() < 6e-4);
    }

    #[test]
    fn without_variation_there_is_no_test() {
        let flat = sample(10, 3.0, 0.0);
        assert_eq!(welch(flat, flat), None);
        assert_eq!(welch_interval(flat, flat, 0.95), None);
    }

    #[test]
    fn negative_means_have_no_log_ratio() {
        assert_eq!(log_ratio_interval(sample(10, -1.0, 1.0), sample(10, 1.0, 1.0), 0.95), None);
        assert_eq!(relative_difference(sample(10, 0.0, 1.0), sample(10, 1.0, 1.0)), None);
    }

    proptest! {
        #[test]
        fn no_sample_panics_or_gives_nan(
            n: u64, m: u64, a in proptest::num::f64::ANY, b in proptest::num::f64::ANY,
            v in proptest::num::f64::ANY, w in proptest::num::f64::ANY, level in 0.0..1.0_f64
        ) {
            if let (Ok(first), Ok(second)) = (Sample::from_variance(n, a, v.abs()), Sample::from_variance(m, b, w.abs())) {
                let forth = welch(first, second);
                prop_assert!(forth.is_none_or(|test| (0.0..=1.0).contains(&test.p_value)));
                prop_assert_eq!(forth.map(|test| -test.t), welch(second, first).map(|test| test.t));
                for interval in [welch_interval, relative_interval, log_ratio_interval] {
                    prop_assert!(interval(first, second, level).is_none_or(|found| found.lower <= found.upper));
                }
            }
        }
    }
}
