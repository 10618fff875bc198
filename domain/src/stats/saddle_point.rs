//! Binomial and Poisson masses for any size of argument.
//!
//! Differences of log-gamma lose nine digits at a thousand million trials;
//! Loader's form keeps them. C. Loader, "Fast and accurate computation of
//! binomial probabilities" (2000), as in R's `dbinom_raw` and `dpois_raw`.

use std::f64::consts::TAU;

/// Error of Stirling's formula for ln(x!), x > 0.
pub(super) fn stirling_error(x: f64) -> f64 {
    let mut shifted = x;
    let mut correction = 0.0;
    while shifted < 15.0 {
        correction += (shifted + 0.5) * (1.0 / shifted).ln_1p() - 1.0;
        shifted += 1.0;
    }
    let square = shifted * shifted;
    let series = (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square) / square) / square)
            / square)
        / shifted;
    correction + series
}

/// x ln(x/mean) + mean - x without cancellation near x = mean.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - difference;
    }
    let ratio = difference / (x + mean);
    let square = ratio * ratio;
    let mut sum = difference * ratio;
    let mut term = 2.0 * x * ratio;
    for odd in 1..60_u32 {
        term *= square;
        let next = sum + term / f64::from(2 * odd + 1);
        if (next - sum).abs() <= f64::EPSILON / 4.0 * sum.abs() {
            break;
        }
        sum = next;
    }
    sum
}

/// ln of Γ(n+1)/(Γ(a+1)Γ(b+1)) x^a y^b with n = a + b and y = 1 - x,
/// for a, b > 0 (not only whole) and 0 < x < 1.
pub(super) fn ln_binomial_mass(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y);
    exponent - 0.5 * (TAU * a * (b / n)).ln()
}

/// ln of x^a e^-x / Γ(a+1), for a, x > 0.
pub(super) fn ln_poisson_mass(a: f64, x: f64) -> f64 {
    -stirling_error(a) - deviance(a, x) - 0.5 * (TAU * a).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_binomial_masses_are_exact() {
        let mass = ln_binomial_mass(2.0, 3.0, 0.4, 0.6).exp();
        assert!((mass / 0.3456 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn small_poisson_masses_are_exact() {
        let mass = ln_poisson_mass(3.0, 2.0).exp();
        let exact = 8.0 / 6.0 * (-2.0_f64).exp();
        assert!((mass / exact - 1.0).abs() < 1e-14);
    }
}
