//! The chi-square distribution's upper tail.

use super::normal;
use super::saddle_point::ln_poisson_mass;

/// Probability of a larger value with the given degrees of freedom, right to
/// 1e-300; `None` where the statistic is negative, NaN or infinite, or without
/// degrees of freedom.
#[must_use]
pub fn upper_tail(statistic: f64, degrees_of_freedom: usize) -> Option<f64> {
    if !statistic.is_finite() || statistic < 0.0 || degrees_of_freedom == 0 {
        return None;
    }
    if degrees_of_freedom == 1 {
        return Some(normal::two_sided(statistic.sqrt()));
    }
    let (a, x) = (degrees_of_freedom as f64 / 2.0, statistic / 2.0);
    if x == 0.0 {
        return Some(1.0);
    }
    let tail = if x < a + 1.0 { 1.0 - lower_series(a, x) } else { upper_fraction(a, x) };
    Some(tail.clamp(0.0, 1.0))
}

/// Regularised lower incomplete gamma by its series (Numerical Recipes 6.2).
fn lower_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for step in 1..100_000_u32 {
        term *= x / (a + f64::from(step));
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum * ln_poisson_mass(a, x).exp()
}

/// Regularised upper incomplete gamma by its continued fraction.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for step in 1..100_000_u32 {
        let i = f64::from(step);
        let factor = -i * (i - a);
        b += 2.0;
        d = 1.0 / (factor * d + b);
        c = b + factor / c;
        fraction *= d * c;
        if (d * c - 1.0).abs() < 3e-16 {
            break;
        }
    }
    fraction * a * ln_poisson_mass(a, x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_degrees_of_freedom_are_an_exponential() {
        for statistic in [1e-3, 0.5, 3.0, 40.0, 1300.0] {
            let tail = upper_tail(statistic, 2).unwrap();
            assert!((tail / (-statistic / 2.0_f64).exp() - 1.0).abs() < 1e-12, "{statistic}");
        }
    }

    #[test]
    fn four_degrees_of_freedom_follow_the_closed_form() {
        for statistic in [0.5_f64, 3.0, 40.0] {
            let exact = (1.0 + statistic / 2.0) * (-statistic / 2.0).exp();
            assert!((upper_tail(statistic, 4).unwrap() / exact - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_statistic_that_is_no_number_has_no_tail() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(upper_tail(bad, 3), None);
        }
        assert_eq!(upper_tail(1.0, 0), None);
    }
}
