//! Effects of many studies and how much they truly differ.

use super::chi_square;
use super::refusal::{finite, positive};
use super::split::ChiSquare;
use serde::{Deserialize, Serialize};

/// One study's effect and its standard error, in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    pub estimate: f64,
    pub standard_error: f64,
}

/// A common mean with its standard error, and the variance of the true effects.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    pub mean: f64,
    pub standard_error: f64,
    /// Variance between studies; 0 if all share one effect.
    pub tau_squared: f64,
}

/// How far the studies scatter beyond their errors.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heterogeneity {
    /// Cochran's Q.
    pub q: f64,
    /// Share of the scatter that is real, 0 to 1 (Higgins).
    pub i_squared: f64,
}

/// Mean weighted by precision, as if all studies shared one effect. `None`
/// without studies, or where an error is not positive or a number not finite.
#[must_use]
pub fn fixed_effect(effects: &[Effect]) -> Option<Pooled> {
    pooled(effects, 0.0)
}

/// Cochran's Q and I squared, the latter not below 0. `None` with fewer than
/// two studies, else as for [`fixed_effect`].
#[must_use]
pub fn heterogeneity(effects: &[Effect]) -> Option<Heterogeneity> {
    let freedom = freedom(effects)?;
    let q = scatter(effects, 0.0)?;
    let i_squared = if q > freedom { (q - freedom) / q } else { 0.0 };
    Some(Heterogeneity { q, i_squared })
}

/// Cochran's Q as a test that all studies share one effect (1954): chi-square with one degree of freedom fewer than
/// studies. `None` as for [`heterogeneity`].
#[must_use]
pub fn homogeneity(effects: &[Effect]) -> Option<ChiSquare> {
    let degrees_of_freedom = effects.len().checked_sub(1).filter(|count| *count > 0)?;
    let statistic = scatter(effects, 0.0)?;
    let p_value = chi_square::upper_tail(statistic, degrees_of_freedom)?;
    Some(ChiSquare { statistic, degrees_of_freedom, p_value })
}

/// Random effects after DerSimonian and Laird (1986), the variance cut off at
/// 0, which statsmodels 0.15 `combine_effects` does not do. `None` as for
/// [`heterogeneity`].
#[must_use]
pub fn der_simonian_laird(effects: &[Effect]) -> Option<Pooled> {
    let freedom = freedom(effects)?;
    let q = scatter(effects, 0.0)?;
    let weights = || effects.iter().map(|effect| weight(effect, 0.0));
    let sum: f64 = weights().sum();
    let squares: f64 = weights().map(|weight| weight * (weight / sum)).sum();
    pooled(effects, finite((q - freedom) / (sum - squares))?.max(0.0))
}

/// Random effects after Paule and Mandel (1982): the variance at which Q equals
/// its expectation. Newton's steps from 0, stopped like statsmodels
/// (`method_re='iterated'`) as soon as Q is within 1e-5: going on would differ
/// from it in the sixth digit. `None` as for [`heterogeneity`].
#[must_use]
pub fn paule_mandel(effects: &[Effect]) -> Option<Pooled> {
    const STEPS: u32 = 50;
    let freedom = freedom(effects)?;
    let mut tau_squared = 0.0;
    for _ in 0..STEPS {
        let excess = scatter(effects, tau_squared)? - freedom;
        if excess < 1e-5 {
            break;
        }
        let mean = pooled(effects, tau_squared)?.mean;
        let slope: f64 = effects.iter().map(|effect| (weight(effect, tau_squared) * (effect.estimate - mean)).powi(2)).sum();
        // Q is convex in the variance: the steps never pass the root.
        tau_squared = finite(tau_squared + excess / slope)?;
    }
    pooled(effects, tau_squared)
}

fn freedom(effects: &[Effect]) -> Option<f64> {
    (effects.len() >= 2).then_some(effects.len() as f64 - 1.0)
}

fn weight(effect: &Effect, tau_squared: f64) -> f64 {
    1.0 / (effect.standard_error * effect.standard_error + tau_squared)
}

fn pooled(effects: &[Effect], tau_squared: f64) -> Option<Pooled> {
    let (mut sum, mut total) = (0.0, 0.0);
    for effect in effects {
        positive(effect.standard_error)?;
        let weight = positive(weight(effect, tau_squared))?;
        sum += weight;
        total += weight * finite(effect.estimate)?;
    }
    let (mean, standard_error) = (finite(total / sum)?, positive((1.0 / sum).sqrt())?);
    Some(Pooled { mean, standard_error, tau_squared })
}

/// Weighted squares about the weighted mean.
fn scatter(effects: &[Effect], tau_squared: f64) -> Option<f64> {
    let mean = pooled(effects, tau_squared)?.mean;
    finite(effects.iter().map(|effect| weight(effect, tau_squared) * (effect.estimate - mean).powi(2)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn effects(pairs: &[(f64, f64)]) -> Vec<Effect> {
        pairs.iter().map(|(estimate, standard_error)| Effect { estimate: *estimate, standard_error: *standard_error }).collect()
    }

    #[test]
    fn ten_studies_have_the_published_mean_and_spread() {
        let ten = effects(&[
            (5.0, 2.0),
            (1.0, 1.5),
            (-2.0, 2.0),
            (8.0, 4.0),
            (0.3, 1.0),
            (-1.0, 1.2),
            (3.0, 1.8),
            (12.0, 6.0),
            (-4.0, 3.0),
            (1.5, 1.1),
        ]);
        let pooled = der_simonian_laird(&ten).unwrap();
        assert!((pooled.mean - 1.145).abs() < 5e-4 && (pooled.tau_squared.sqrt() - 1.825).abs() < 5e-4);
    }

    #[test]
    fn studies_that_agree_have_no_variance_between_them() {
        let same = effects(&[(1.0, 2.0), (1.0, 1.0), (1.1, 3.0)]);
        for pooled in [der_simonian_laird(&same), paule_mandel(&same)] {
            assert!(pooled.is_some_and(|pooled| pooled.tau_squared == 0.0));
        }
        assert!(heterogeneity(&same).is_some_and(|found| found.i_squared == 0.0));
    }

    #[test]
    fn two_studies_two_errors_apart_have_the_p_value_of_that_z() {
        let found = homogeneity(&effects(&[(0.0, 1.0), (2.0, 1.0)])).unwrap();
        // Q = 2^2 / (1 + 1) = 2; scipy chi2.sf(2, 1).
        assert!((found.statistic - 2.0).abs() < 1e-12 && (found.p_value - 0.157_299_207).abs() < 1e-8);
        assert_eq!(homogeneity(&effects(&[(1.0, 1.0)])), None);
    }

    #[test]
    fn too_few_studies_are_refused() {
        assert_eq!(fixed_effect(&[]), None);
        assert_eq!(der_simonian_laird(&effects(&[(1.0, 1.0)])), None);
        assert_eq!(paule_mandel(&effects(&[(1.0, 0.0), (1.0, 1.0)])), None);
    }

    proptest! {
        #[test]
        fn nothing_panics_or_gives_nan(pairs in proptest::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..5)) {
            let any = effects(&pairs);
            for pooled in [fixed_effect(&any), der_simonian_laird(&any), paule_mandel(&any)] {
                prop_assert!(pooled.is_none_or(|pooled| pooled.mean.is_finite() && pooled.tau_squared >= 0.0));
            }
        }
    }
}
