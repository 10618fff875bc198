//! Whether units were split as intended.

use super::chi_square;
use super::refusal::finite;
use serde::{Deserialize, Serialize};
use statrs::function::gamma::ln_gamma;

/// A chi-square statistic and the probability of a larger one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChiSquare {
    pub statistic: f64,
    pub degrees_of_freedom: usize,
    pub p_value: f64,
}

/// Pearson's chi-square test of counts against weights of any scale (scipy
/// `chisquare`). `None` with fewer than two counts, lists of unequal length,
/// no count at all, or a weight that is not positive.
#[must_use]
pub fn sample_ratio(observed: &[u64], weights: &[f64]) -> Option<ChiSquare> {
    let shares = normalised(observed.len(), weights)?;
    let total: f64 = observed.iter().map(|count| *count as f64).sum();
    let statistic = observed
        .iter()
        .zip(&shares)
        .map(|(count, share)| {
            let expected = share * total;
            let difference = *count as f64 - expected;
            difference * difference / expected
        })
        .sum::<f64>();
    let degrees_of_freedom = observed.len() - 1;
    let p_value = chi_square::upper_tail(finite(statistic)?, degrees_of_freedom)?;
    Some(ChiSquare { statistic, degrees_of_freedom, p_value })
}

/// The same test, valid at every look: 1 over the Bayes factor of a
/// Dirichlet prior with the given concentration around the weights (Lindon,
/// Malek, arXiv 2011.01808; savvi takes 100). Take the smallest of all looks.
/// `None` as for [`sample_ratio`], or unless the concentration is positive.
#[must_use]
pub fn sequential_sample_ratio(observed: &[u64], weights: &[f64], concentration: f64) -> Option<f64> {
    let shares = normalised(observed.len(), weights)?;
    let concentration = super::refusal::positive(concentration)?;
    let total: f64 = observed.iter().map(|count| *count as f64).sum();
    let mut ln_factor = ln_gamma(concentration) - ln_gamma(concentration + total);
    for (count, share) in observed.iter().zip(&shares) {
        let (count, prior) = (*count as f64, concentration * share);
        ln_factor += ln_gamma(prior + count) - ln_gamma(prior) - count * share.ln();
    }
    finite((-ln_factor).exp().min(1.0)).filter(|_| ln_factor.is_finite())
}

fn normalised(length: usize, weights: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    let usable =
        length >= 2 && weights.len() == length && sum.is_finite() && weights.iter().all(|weight| *weight > 0.0 && weight.is_finite());
    usable.then(|| weights.iter().map(|weight| weight / sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(observed: &[u64]) -> f64 {
        sample_ratio(observed, &vec![1.0; observed.len()]).unwrap().p_value
    }

    #[test]
    fn published_splits_have_their_p_values() {
        assert!((p(&[50_600, 49_400]) - 0.000_148).abs() < 5e-7);
        assert!((p(&[50_120, 49_880]) - 0.448).abs() < 5e-4);
        assert!((p(&[821_588, 815_482]) - 1.82e-6).abs() < 5e-9);
    }

    #[test]
    fn splits_without_a_meaning_are_refused() {
        assert_eq!(sample_ratio(&[1], &[1.0]), None);
        assert_eq!(sample_ratio(&[0, 0], &[1.0, 1.0]), None);
        assert_eq!(sample_ratio(&[5, 5], &[1.0, 0.0]), None);
        assert_eq!(sample_ratio(&[5, 5], &[1.0, f64::NAN]), None);
        assert_eq!(sample_ratio(&[5, 5], &[1.0]), None);
    }

    proptest! {
        #[test]
        fn no_split_panics_or_gives_nan(observed: Vec<u64>, weights in proptest::collection::vec(proptest::num::f64::ANY, 0..5), concentration in proptest::num::f64::ANY) {
            let even = vec![1.0; observed.len()];
            for weights in [&weights, &even] {
                let found = sample_ratio(&observed, weights);
                prop_assert!(found.is_none_or(|found| (0.0..=1.0).contains(&found.p_value)));
                let sequential = sequential_sample_ratio(&observed, weights, concentration);
                prop_assert!(sequential.is_none_or(|p| (0.0..=1.0).contains(&p)));
            }
        }
    }
}
