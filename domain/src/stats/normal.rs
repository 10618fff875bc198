//! The standard normal distribution, with tails that stay right to 1e-300.

use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2, TAU};

/// Density at `z`.
#[must_use]
pub fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / TAU.sqrt()
}

/// Probability above `z`. Not 1 - cdf, which is 0 from about z = 8.3 on.
#[must_use]
pub fn upper_tail(z: f64) -> f64 {
    0.5 * erfc(z * FRAC_1_SQRT_2)
}

/// Probability of a value at least as far from 0 as `z`.
#[must_use]
pub fn two_sided(z: f64) -> f64 {
    erfc(z.abs() * FRAC_1_SQRT_2)
}

/// The z with the given probability above it; `None` unless 0 < p < 1.
#[must_use]
pub fn upper_quantile(p: f64) -> Option<f64> {
    let p = super::refusal::open_unit(p)?;
    if p > 0.5 {
        // 1 - p is exact here.
        return upper_quantile(1.0 - p).map(|z| -z);
    }
    let start = SQRT_2 * erfc_inv(2.0 * p);
    // One Newton step on ln(tail) takes the rational approximation to full precision.
    let (tail, slope) = (upper_tail(start), density(start));
    let step = if slope > 0.0 { (tail / p).ln() * tail / slope } else { 0.0 };
    super::refusal::finite(start + step)
}

/// The z that leaves (1 - confidence)/2 on either side; `None` unless 0 < confidence < 1.
#[must_use]
pub fn two_sided_quantile(confidence: f64) -> Option<f64> {
    super::refusal::open_unit(confidence)?;
    upper_quantile((1.0 - confidence) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_stay_right_far_out() {
        // mpmath: 0.5 * erfc(37/sqrt(2))
        let exact = 5.725_571_222_524_577e-300;
        assert!((upper_tail(37.0) / exact - 1.0).abs() < 1e-10, "{}", upper_tail(37.0));
    }

    #[test]
    fn quantiles_undo_tails() {
        for p in [1e-300, 1e-20, 1e-4, 0.025, 0.4, 0.5, 0.7, 0.999] {
            let z = upper_quantile(p).unwrap_or(f64::NAN);
            assert!((upper_tail(z) / p - 1.0).abs() < 1e-11, "{p}");
        }
    }

    #[test]
    fn levels_outside_0_to_1_have_no_quantile() {
        for p in [0.0, 1.0, -0.1, 2.0, f64::NAN, f64::INFINITY] {
            assert_eq!(upper_quantile(p), None);
            assert_eq!(two_sided_quantile(p), None);
        }
    }
}
