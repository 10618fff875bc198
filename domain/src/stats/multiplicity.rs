//! Several p values, or several shares, at once.

use super::chi_square;
use super::count::Count;
use super::refusal::finite;
use super::split::ChiSquare;

/// Holm's adjusted p values, in the order given (1979): control of any false
/// rejection. `None` where a value is not between 0 and 1.
#[must_use]
pub fn holm(p_values: &[f64]) -> Option<Vec<f64>> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, index) in order.iter().enumerate() {
        let remaining = (p_values.len() - rank) as f64;
        largest = largest.max((remaining * p_values[*index]).min(1.0));
        adjusted[*index] = largest;
    }
    Some(adjusted)
}

/// Benjamini's and Hochberg's adjusted p values, in the order given (1995):
/// control of the share of false rejections. `None` as for [`holm`].
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Option<Vec<f64>> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut smallest = 1.0_f64;
    for (rank, index) in order.iter().enumerate().rev() {
        let factor = p_values.len() as f64 / (rank + 1) as f64;
        smallest = smallest.min(factor * p_values[*index]);
        adjusted[*index] = smallest;
    }
    Some(adjusted)
}

/// Bonferroni's adjusted p values. `None` as for [`holm`].
#[must_use]
pub fn bonferroni(p_values: &[f64]) -> Option<Vec<f64>> {
    ascending(p_values)?;
    let factor = p_values.len() as f64;
    Some(p_values.iter().map(|p| (factor * p).min(1.0)).collect())
}

/// The level for each of `comparisons` so that together they keep `alpha`
/// (Bonferroni); `None` unless 0 < alpha < 1 and there is a comparison.
#[must_use]
pub fn shared_alpha(alpha: f64, comparisons: usize) -> Option<f64> {
    let alpha = super::refusal::open_unit(alpha)?;
    (comparisons > 0).then(|| alpha / comparisons as f64)
}

/// Chi-square test that all shares are equal (statsmodels
/// `proportions_chisquare`). `None` with fewer than two, or where none or all
/// of the trials succeeded.
#[must_use]
pub fn equal_shares(counts: &[Count]) -> Option<ChiSquare> {
    let trials: f64 = counts.iter().map(Count::n).sum();
    let share = counts.iter().map(Count::x).sum::<f64>() / trials;
    let other = counts.iter().map(|count| count.failures() as f64).sum::<f64>() / trials;
    let statistic = counts.iter().map(|count| count.n() * (count.share() - share).powi(2)).sum::<f64>() / (share * other);
    let degrees_of_freedom = counts.len().checked_sub(1)?;
    let p_value = chi_square::upper_tail(finite(statistic)?, degrees_of_freedom)?;
    Some(ChiSquare { statistic, degrees_of_freedom, p_value })
}

/// Positions from the smallest to the largest value.
fn ascending(p_values: &[f64]) -> Option<Vec<usize>> {
    if !p_values.iter().all(|p| (0.0..=1.0).contains(p)) {
        return None;
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|left, right| p_values[*left].total_cmp(&p_values[*right]));
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::super::proportions::pooled_z;
    use super::*;
    use proptest::prelude::*;

    fn near(actual: &[f64], exact: &[f64]) {
        assert!(actual.iter().zip(exact).all(|(a, b)| (a - b).abs() < 1e-4), "{actual:?}");
    }

    #[test]
    fn six_values_are_adjusted_as_published() {
        let values = [0.001, 0.012, 0.021, 0.04, 0.18, 0.6];
        near(&holm(&values).unwrap(), &[0.006, 0.06, 0.084, 0.12, 0.36, 0.6]);
        near(&benjamini_hochberg(&values).unwrap(), &[0.006, 0.036, 0.042, 0.06, 0.216, 0.6]);
    }

    #[test]
    fn three_shares_have_no_winner_after_correction() {
        let counts = [1000, 1090, 1010].map(|successes| Count::new(successes, 20_000).unwrap());
        let raw = [1, 2].map(|index| pooled_z(counts[0], counts[index]).unwrap().p_value);
        near(&holm(&raw).unwrap(), &[0.0863, 0.819]);
        near(&[equal_shares(&counts).unwrap().p_value], &[0.0835]);
    }

    proptest! {
        #[test]
        fn adjusting_never_makes_a_value_smaller(values in proptest::collection::vec(0.0..=1.0_f64, 0..9)) {
            for adjust in [holm, benjamini_hochberg, bonferroni] {
                let adjusted = adjust(&values).unwrap();
                prop_assert!(adjusted.iter().zip(&values).all(|(new, old)| new >= old && *new <= 1.0));
            }
        }

        #[test]
        fn values_that_are_no_probabilities_are_refused(values in proptest::collection::vec(proptest::num::f64::ANY, 1..5)) {
            let fine = values.iter().all(|p| (0.0..=1.0).contains(p));
            prop_assert_eq!(holm(&values).is_some(), fine);
        }
    }
}
