//! What is reported when only significant results are looked at.

use super::normal;
use super::refusal::{finite, positive};
use serde::{Deserialize, Serialize};

/// Results of repeating a study of a true effect, of which only those with
/// p < alpha (two-sided) count.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    /// Chance of significance, in either direction.
    pub power: f64,
    /// Share of the significant results below zero.
    pub below_zero: f64,
    /// Mean of the results that are significant and above zero.
    pub mean_if_positive: f64,
    /// That mean over the true effect; `None` where the effect is 0.
    pub exaggeration: Option<f64>,
}

/// The winner's curse of one study (Gelman, Carlin 2014; scipy `truncnorm`).
/// Effect and error in the same unit. `None` where the error is not positive,
/// alpha not strictly between 0 and 1, or significance so rare as to be 0.
#[must_use]
pub fn significance_filter(effect: f64, standard_error: f64, alpha: f64) -> Option<Selection> {
    let (effect, error) = (finite(effect)?, positive(standard_error)?);
    super::refusal::open_unit(alpha)?;
    let critical = normal::upper_quantile(alpha / 2.0)?;
    let shift = finite(effect / error)?;
    let (above, below) = (normal::upper_tail(critical - shift), normal::upper_tail(critical + shift));
    let mean_if_positive = finite(effect + error * mean_excess(critical - shift))?;
    Some(Selection {
        power: (above + below).min(1.0),
        below_zero: finite(below / (above + below))?,
        mean_if_positive,
        exaggeration: finite(mean_if_positive / effect),
    })
}

/// Mean of a standard normal above `limit`.
fn mean_excess(limit: f64) -> f64 {
    if limit < 25.0 {
        return normal::density(limit) / normal::upper_tail(limit);
    }
    // Density and tail vanish together: asymptotic series of their ratio.
    let inverse = 1.0 / (limit * limit);
    limit / (1.0 - inverse * (1.0 - inverse * (3.0 - 15.0 * inverse)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_weak_study_exaggerates() {
        let found = significance_filter(2.0, 2.0, 0.05).unwrap();
        assert!((found.power - 0.170).abs() < 5e-4);
        assert!((found.mean_if_positive - 4.99).abs() < 5e-3);
    }

    #[test]
    fn without_an_effect_half_of_the_alarms_point_down() {
        let found = significance_filter(0.0, 1.0, 0.05).unwrap();
        assert!((found.power - 0.05).abs() < 1e-12 && (found.below_zero - 0.5).abs() < 1e-12);
        assert_eq!(found.exaggeration, None);
    }

    proptest! {
        #[test]
        fn nothing_panics_or_gives_nan(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, c in proptest::num::f64::ANY, near in -60.0..60.0_f64, alpha in 0.0..1.0_f64) {
            for found in [significance_filter(a, b, c), significance_filter(near, 1.0, alpha)] {
                prop_assert!(found.is_none_or(|found| found.mean_if_positive.is_finite() && (0.0..=1.0).contains(&found.power)));
            }
        }
    }
}
