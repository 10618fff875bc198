//! Intervals for one share, for the difference of two and for their ratio.
//! `confidence` is strictly between 0 and 1, else every function gives `None`.

use super::beta::Beta;
use super::count::Count;
use super::interval::Interval;
use super::normal::two_sided_quantile;
use super::proportions::{difference, unpooled_standard_error};
use super::refusal::open_unit;

/// Wilson's score interval for a share (1927; statsmodels `proportion_confint`,
/// method `wilson`). Right at 0 and at all successes.
#[must_use]
pub fn wilson(count: Count, confidence: f64) -> Option<Interval> {
    let z = two_sided_quantile(confidence)?;
    let (p, n, square) = (count.share(), count.n(), z * z);
    let centre = (p + square / (2.0 * n)) / (1.0 + square / n);
    let half = z / (1.0 + square / n) * (count.variance() / n + square / (4.0 * n * n)).sqrt();
    // At the ends the exact limit is 0 or 1; rounding would leave 1e-19.
    let lower = if count.successes() == 0 { 0.0 } else { centre - half };
    let upper = if count.failures() == 0 { 1.0 } else { centre + half };
    Interval::new(lower.max(0.0), upper.min(1.0))
}

/// Clopper and Pearson's exact interval for a share (1934; statsmodels
/// `proportion_confint`, method `beta`). Conservative.
#[must_use]
pub fn clopper_pearson(count: Count, confidence: f64) -> Option<Interval> {
    let tail = (1.0 - open_unit(confidence)?) / 2.0;
    let (x, failures) = (count.x(), count.failures() as f64);
    let lower = if count.successes() == 0 { 0.0 } else { Beta::new(x, failures + 1.0)?.quantile(tail)?.x };
    let upper = if count.failures() == 0 { 1.0 } else { Beta::new(failures, x + 1.0)?.quantile(tail)?.complement };
    Interval::new(lower, upper)
}

/// Wald's interval for the difference. Of no width where each share is 0 or 1:
/// prefer [`newcombe`].
#[must_use]
pub fn wald(first: Count, second: Count, confidence: f64) -> Option<Interval> {
    let z = two_sided_quantile(confidence)?;
    Interval::around(difference(first, second), z * unpooled_standard_error(first, second))
}

/// Newcombe's hybrid score interval for the difference (1998, method 10;
/// statsmodels `confint_proportions_2indep`, method `newcomb`).
#[must_use]
pub fn newcombe(first: Count, second: Count, confidence: f64) -> Option<Interval> {
    let (p, q) = (first.share(), second.share());
    let (a, b) = (wilson(first, confidence)?, wilson(second, confidence)?);
    let down = (q - b.lower).hypot(a.upper - p);
    let up = (b.upper - q).hypot(p - a.lower);
    Interval::new(q - p - down, q - p + up)
}

/// Agresti and Caffo's interval for the difference (2000): Wald after adding a
/// success and a failure to each side.
#[must_use]
pub fn agresti_caffo(first: Count, second: Count, confidence: f64) -> Option<Interval> {
    let z = two_sided_quantile(confidence)?;
    let adjusted = |count: Count| {
        let n = count.n() + 2.0;
        let share = (count.x() + 1.0) / n;
        (share, share * (1.0 - share) / n)
    };
    let ((p, v), (q, w)) = (adjusted(first), adjusted(second));
    Interval::around(q - p, z * (v + w).sqrt())
}

/// Katz's log interval for the ratio second / first (1978; scipy
/// `relative_risk`, statsmodels `compare='ratio', method='log'`); 1 means equal.
/// `None` where either has no success.
#[must_use]
pub fn katz_ratio(first: Count, second: Count, confidence: f64) -> Option<Interval> {
    let (logarithm, half) = katz_logarithm(first, second, confidence)?;
    Interval::new((logarithm - half).exp(), (logarithm + half).exp())
}

/// Katz's interval as a relative difference: the ratio minus 1, never below -1.
#[must_use]
pub fn katz_relative(first: Count, second: Count, confidence: f64) -> Option<Interval> {
    let (logarithm, half) = katz_logarithm(first, second, confidence)?;
    Interval::new((logarithm - half).exp_m1(), (logarithm + half).exp_m1())
}

/// ln of the ratio, and half of the interval's width on that scale.
fn katz_logarithm(first: Count, second: Count, confidence: f64) -> Option<(f64, f64)> {
    if first.successes() == 0 || second.successes() == 0 {
        return None;
    }
    let z = two_sided_quantile(confidence)?;
    // 1/x - 1/n as failures / (x n): no cancellation at high shares.
    let part = |count: Count| count.failures() as f64 / count.x() / count.n();
    Some(((second.share() / first.share()).ln(), z * (part(first) + part(second)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    fn near(interval: Option<Interval>, lower: f64, upper: f64, digits: f64) {
        let interval = interval.unwrap();
        assert!((interval.lower - lower).abs() < digits, "{interval:?}");
        assert!((interval.upper - upper).abs() < digits, "{interval:?}");
    }

    #[test]
    fn a_clear_difference_has_the_published_limits() {
        let (first, second) = (count(2000, 100_000), count(3000, 100_000));
        near(newcombe(first, second, 0.95), 0.00863, 0.01137, 6e-6);
        near(katz_relative(first, second, 0.95), 0.418, 0.586, 6e-4);
    }

    #[test]
    fn no_success_in_500_leaves_room_above() {
        near(wilson(count(0, 500), 0.95), 0.0, 0.0076, 5e-5);
        near(clopper_pearson(count(0, 500), 0.95), 0.0, 0.0074, 5e-5);
        near(newcombe(count(0, 500), count(4, 500), 0.95), -0.0011, 0.0204, 6e-5);
        assert_eq!(katz_ratio(count(0, 500), count(4, 500), 0.95), None);
    }

    proptest! {
        #[test]
        fn no_count_and_no_level_panics_or_gives_nan(
            n in 1..u64::MAX, m in 1..u64::MAX, x in 0..u64::MAX, y in 0..u64::MAX,
            confidence in proptest::num::f64::ANY
        ) {
            let (first, second) = (count(x % n, n), count(y % m, m));
            for level in [confidence, 0.95, 1e-300, 1.0 - f64::EPSILON / 2.0] {
                for interval in [wald, newcombe, agresti_caffo, katz_ratio, katz_relative] {
                    let found = interval(first, second, level);
                    prop_assert!(found.is_none_or(|found| found.lower <= found.upper));
                }
                prop_assert!(wilson(first, level).is_none_or(|found| found.contains(first.share())));
                prop_assert!(clopper_pearson(first, level).is_none_or(|found| found.lower <= found.upper));
            }
        }

        #[test]
        fn swapping_the_two_mirrors_the_interval(x in 0..50_u64, y in 0..70_u64) {
            let (first, second) = (count(x, 50), count(y, 70));
            for interval in [wald, newcombe, agresti_caffo] {
                let (forth, back) = (interval(first, second, 0.9), interval(second, first, 0.9));
                let (forth, back) = (forth.unwrap(), back.unwrap());
                prop_assert!((forth.lower + back.upper).abs() < 1e-12);
            }
        }
    }
}
