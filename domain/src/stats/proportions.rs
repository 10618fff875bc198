//! Two shares compared: tests and the differences they are about.
//! Differences and signs are always second minus first.

use super::count::Count;
use super::normal;
use super::refusal::finite;
use serde::{Deserialize, Serialize};

/// A standardised difference and the two-sided p value that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZTest {
    pub z: f64,
    pub p_value: f64,
}

/// Share of the second minus share of the first, -1 to 1.
#[must_use]
pub fn difference(first: Count, second: Count) -> f64 {
    second.share() - first.share()
}

/// Share of the second over share of the first, minus 1; `None` where the
/// first has no success.
#[must_use]
pub fn relative_difference(first: Count, second: Count) -> Option<f64> {
    finite(second.share() / first.share() - 1.0)
}

/// Pooled z test of equal shares; the same as chi-square without continuity
/// correction (statsmodels `proportions_ztest`). `None` where neither or all
/// of both succeeded.
#[must_use]
pub fn pooled_z(first: Count, second: Count) -> Option<ZTest> {
    let trials = first.n() + second.n();
    let share = (first.x() + second.x()) / trials;
    let other = (first.failures() as f64 + second.failures() as f64) / trials;
    z_test(difference(first, second), share * other * (1.0 / first.n() + 1.0 / second.n()))
}

/// Unpooled (Wald) z test (statsmodels `test_proportions_2indep`, method
/// `wald`). `None` where each share is 0 or 1.
#[must_use]
pub fn unpooled_z(first: Count, second: Count) -> Option<ZTest> {
    z_test(difference(first, second), unpooled_variance(first, second))
}

/// Standard error of the difference, each share with its own variance. 0 where
/// each share is 0 or 1.
#[must_use]
pub fn unpooled_standard_error(first: Count, second: Count) -> f64 {
    unpooled_variance(first, second).sqrt()
}

fn unpooled_variance(first: Count, second: Count) -> f64 {
    first.variance() / first.n() + second.variance() / second.n()
}

fn z_test(difference: f64, variance: f64) -> Option<ZTest> {
    let z = finite(difference / variance.sqrt())?;
    Some(ZTest { z, p_value: normal::two_sided(z) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count::new(successes, trials).unwrap()
    }

    #[test]
    fn a_clear_difference_keeps_its_tiny_p_value() {
        let test = pooled_z(count(2000, 100_000), count(3000, 100_000)).unwrap();
        assert!((test.z - 14.32).abs() < 0.005);
        assert!((test.p_value / 1.6e-46 - 1.0).abs() < 0.05);
    }

    #[test]
    fn a_p_value_of_1e_minus_168_is_not_zero() {
        let test = pooled_z(count(4700, 100_000), count(2410, 100_000)).unwrap();
        assert!(test.p_value > 1e-169 && test.p_value < 1e-166);
    }

    #[test]
    fn without_any_success_there_is_no_test() {
        assert_eq!(pooled_z(count(0, 1000), count(0, 1000)), None);
        assert_eq!(unpooled_z(count(0, 10), count(10, 10)), None);
        assert_eq!(relative_difference(count(0, 500), count(4, 500)), None);
    }

    proptest! {
        #[test]
        fn swapping_the_two_flips_the_sign_and_keeps_p(
            n in 1..u64::MAX, m in 1..u64::MAX, x in 0..u64::MAX, y in 0..u64::MAX
        ) {
            let (first, second) = (count(x % n, n), count(y % m, m));
            for test in [pooled_z, unpooled_z] {
                let (forth, back) = (test(first, second), test(second, first));
                prop_assert_eq!(forth.map(|test| -test.z + 0.0), back.map(|test| test.z + 0.0));
                prop_assert_eq!(forth.map(|test| test.p_value), back.map(|test| test.p_value));
                prop_assert!(forth.is_none_or(|test| (0.0..=1.0).contains(&test.p_value)));
            }
        }
    }
}
