//! Student's t distribution, central and non-central.

use super::beta::{Beta, Point};
use super::normal;
use super::quadrature::integrate;
use super::refusal::{finite, open_unit, positive};
use super::saddle_point::ln_poisson_mass;

/// From here on t and normal agree to the last digit.
const AS_GOOD_AS_NORMAL: f64 = 1e14;

/// Probability of a value at least as far from 0 as `t`; `None` where `t` is
/// not finite or the degrees of freedom are not positive.
#[must_use]
pub fn two_sided(t: f64, degrees_of_freedom: f64) -> Option<f64> {
    let (t, freedom) = (finite(t)?, positive(degrees_of_freedom)?);
    if freedom > AS_GOOD_AS_NORMAL {
        return Some(normal::two_sided(t));
    }
    let square = (t / freedom.sqrt()).powi(2);
    let point = Point { x: 1.0 / (1.0 + square), complement: 1.0 / (1.0 + 1.0 / square) };
    Some(Beta::new(freedom / 2.0, 0.5)?.tails(point).0)
}

/// The t that leaves (1 - confidence)/2 on either side; `None` unless
/// 0 < confidence < 1 and the degrees of freedom are positive.
#[must_use]
pub fn two_sided_quantile(confidence: f64, degrees_of_freedom: f64) -> Option<f64> {
    let outside = 1.0 - open_unit(confidence)?;
    let freedom = positive(degrees_of_freedom)?;
    if freedom > AS_GOOD_AS_NORMAL {
        return normal::two_sided_quantile(confidence);
    }
    let point = Beta::new(freedom / 2.0, 0.5)?.quantile(outside)?;
    finite((freedom * (point.complement / point.x)).sqrt())
}

/// Chance that a non-central t with this shift lies above `limit` or, where
/// `both_tails`, also below `-limit`: the power of a t test.
/// Integrates the normal tail over the distribution of the standard deviation.
#[must_use]
pub fn power(limit: f64, degrees_of_freedom: f64, shift: f64, both_tails: bool) -> Option<f64> {
    let (limit, shift) = (finite(limit)?, finite(shift)?);
    let half = positive(degrees_of_freedom)? / 2.0;
    let beyond = |scale: f64| {
        let lower = if both_tails { normal::upper_tail(limit * scale + shift) } else { 0.0 };
        normal::upper_tail(limit * scale - shift) + lower
    };
    let (low, high) = log_scale_range(half);
    let panels = if half < 50.0 { 80 } else { 16 };
    let total = integrate(low, high, panels, |log_ratio| {
        let density = half * ln_poisson_mass(half, half * log_ratio.exp()).exp();
        density * beyond((log_ratio / 2.0).exp())
    });
    finite(total.clamp(0.0, 1.0))
}

/// Where ln(sample variance / variance) lies but for e^-40.
fn log_scale_range(half: f64) -> (f64, f64) {
    let depth = 40.0 / half;
    let reach = (2.0 * depth).sqrt();
    (-(reach + depth), reach.min((1.0 + depth).ln() + 1.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_of_freedom_is_cauchy() {
        assert!((two_sided(1.0, 1.0).unwrap() - 0.5).abs() < 1e-14);
        assert!((two_sided_quantile(0.5, 1.0).unwrap() - 1.0).abs() < 1e-13);
    }

    #[test]
    fn quantiles_undo_tails() {
        for freedom in [1.0, 2.5, 30.0, 1e5, 1e9, 1e13] {
            for confidence in [0.1, 0.8, 0.95, 0.9999] {
                let t = two_sided_quantile(confidence, freedom).unwrap();
                let outside = two_sided(t, freedom).unwrap();
                assert!((outside / (1.0 - confidence) - 1.0).abs() < 1e-10, "{freedom} {confidence}");
            }
        }
    }

    #[test]
    fn without_a_shift_the_power_is_the_level() {
        for freedom in [1.0, 4.0, 60.0, 1e6] {
            let limit = two_sided_quantile(0.95, freedom).unwrap();
            let level = power(limit, freedom, 0.0, true).unwrap();
            assert!((level - 0.05).abs() < 1e-10, "{freedom}: {level}");
        }
    }

    #[test]
    fn what_is_no_number_has_no_tail() {
        assert_eq!(two_sided(f64::NAN, 3.0), None);
        assert_eq!(two_sided(1.0, 0.0), None);
        assert!(two_sided(1e300, 3.0).is_some_and(|p| p >= 0.0));
    }
}
