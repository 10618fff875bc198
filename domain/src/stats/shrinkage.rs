//! A normal estimate combined with what was known before.

use super::interval::Interval;
use super::normal;
use super::refusal::{finite, positive};
use serde::{Deserialize, Serialize};

/// A normal distribution with a positive standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Normal {
    pub mean: f64,
    pub deviation: f64,
}

impl Normal {
    /// `None` unless the mean is finite and the deviation positive and finite.
    #[must_use]
    pub fn new(mean: f64, deviation: f64) -> Option<Self> {
        Some(Self { mean: finite(mean)?, deviation: positive(deviation)? })
    }

    /// The posterior when this is the estimate and `prior` what was known: means
    /// weighted by precision (gbstats `EffectBayesianABTest` with a proper
    /// prior). This is the shrunken effect of empirical Bayes.
    #[must_use]
    pub fn shrunken_towards(self, prior: Self) -> Option<Self> {
        // Through the ratio of variances: squares of small deviations would vanish.
        let ratio = (self.deviation / prior.deviation).powi(2);
        let kept = 1.0 / (1.0 + ratio);
        Self::new(prior.mean + kept * (self.mean - prior.mean), self.deviation * kept.sqrt())
    }

    #[must_use]
    pub fn chance_positive(self) -> f64 {
        normal::upper_tail(-self.mean / self.deviation)
    }

    /// Central interval that holds the given probability; `None` unless it is
    /// strictly between 0 and 1.
    #[must_use]
    pub fn credible(self, confidence: f64) -> Option<Interval> {
        let z = normal::two_sided_quantile(confidence)?;
        Interval::around(self.mean, z * self.deviation)
    }

    /// E max(x, 0): what is missed by acting as if the effect were 0.
    #[must_use]
    pub fn expected_positive_part(self) -> f64 {
        self.deviation * unit_positive_part(self.mean / self.deviation)
    }

    /// E max(-x, 0): what is lost by relying on the effect.
    #[must_use]
    pub fn expected_negative_part(self) -> f64 {
        self.deviation * unit_positive_part(-self.mean / self.deviation)
    }
}

/// E max(Z + z, 0) for a standard normal Z.
fn unit_positive_part(z: f64) -> f64 {
    if z > -8.0 {
        return normal::density(z) + z * normal::upper_tail(-z);
    }
    // Beyond 8 the two terms cancel: asymptotic series of their difference.
    let inverse = 1.0 / (z * z);
    normal::density(z) * inverse * (1.0 - inverse * (3.0 - inverse * (15.0 - 105.0 * inverse)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn large_effects_of_small_studies_shrink_most() {
        let prior = Normal::new(1.145, 1.825).unwrap();
        for (effect, error, worth) in [(12.0, 6.0, 2.06), (8.0, 4.0, 2.33), (5.0, 2.0, 2.90)] {
            let shrunken = Normal::new(effect, error).unwrap().shrunken_towards(prior).unwrap();
            assert!((shrunken.mean - worth).abs() < 0.006, "{shrunken:?}");
        }
    }

    proptest! {
        #[test]
        fn shrinking_stays_between_prior_and_estimate(y in -9.0..9.0_f64, s in 0.01..9.0_f64, m in -9.0..9.0_f64, t in 0.01..9.0_f64) {
            let (estimate, prior) = (Normal::new(y, s).unwrap(), Normal::new(m, t).unwrap());
            let shrunken = estimate.shrunken_towards(prior).unwrap();
            prop_assert!(shrunken.mean >= y.min(m) - 1e-9 && shrunken.mean <= y.max(m) + 1e-9);
            prop_assert!(shrunken.deviation <= s.min(t) * (1.0 + 1e-12));
            prop_assert!(shrunken.expected_negative_part() >= 0.0);
        }

        #[test]
        fn nothing_panics_or_gives_nan(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, c in proptest::num::f64::ANY, d in proptest::num::f64::ANY) {
            if let (Some(estimate), Some(prior)) = (Normal::new(a, b), Normal::new(c, d)) {
                let shrunken = estimate.shrunken_towards(prior);
                prop_assert!(shrunken.is_none_or(|x| (0.0..=1.0).contains(&x.chance_positive()) && !x.expected_positive_part().is_nan() && !x.expected_negative_part().is_nan()));
            }
        }
    }
}
