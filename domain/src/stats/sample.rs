//! A sample summed up as size, mean and variance.

use super::count::Count;
use super::refusal::Refusal;

/// At least two observations with a finite mean and a variance of at least 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub(super) n: f64,
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Sample {
    /// From size, mean and sample variance (divisor n - 1).
    ///
    /// # Errors
    /// Fewer than two observations, a number that is not finite, a variance below 0.
    pub fn from_variance(n: u64, mean: f64, variance: f64) -> Result<Self, Refusal> {
        if n < 2 {
            return Err(Refusal::TooFew);
        }
        if !mean.is_finite() || !variance.is_finite() {
            return Err(Refusal::NotFinite);
        }
        if variance < 0.0 {
            return Err(Refusal::NegativeVariance);
        }
        Ok(Self { n: n as f64, mean, variance })
    }

    /// From size, mean and standard deviation.
    ///
    /// # Errors
    /// As for [`Sample::from_variance`].
    pub fn from_deviation(n: u64, mean: f64, deviation: f64) -> Result<Self, Refusal> {
        if deviation < 0.0 {
            return Err(Refusal::NegativeVariance);
        }
        Self::from_variance(n, mean, deviation * deviation)
    }

    /// From size, sum and sum of squares over all observations, zeros included.
    ///
    /// # Errors
    /// As for [`Sample::from_variance`], and where the sums are so close that
    /// only rounding is left of the variance.
    pub fn from_sums(n: u64, sum: f64, sum_of_squares: f64) -> Result<Self, Refusal> {
        if n < 2 {
            return Err(Refusal::TooFew);
        }
        let size = n as f64;
        let variance = centred(size, (sum, sum), sum_of_squares)? / (size - 1.0);
        Self::from_variance(n, sum / size, variance)
    }

    /// A share as a mean of zeros and ones, with variance p (1 - p) (divisor n,
    /// as gbstats `ProportionStatistic`).
    ///
    /// # Errors
    /// Fewer than two trials.
    pub fn from_count(count: Count) -> Result<Self, Refusal> {
        Self::from_variance(count.trials(), count.share(), count.variance())
    }

    #[must_use]
    pub fn size(&self) -> f64 {
        self.n
    }

    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Sample variance, in squared units of the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Variance of the mean.
    pub(super) fn variance_of_mean(&self) -> f64 {
        self.variance / self.n
    }
}

/// Sum of squares about the mean, Q - S^2/n.
fn centred(n: f64, sums: (f64, f64), squares: f64) -> Result<f64, Refusal> {
    let centred = centred_products(n, sums, squares);
    if !centred.is_finite() {
        return Err(Refusal::NotFinite);
    }
    // The sums arrive rounded to 1e-16: a smaller difference is noise, unless exact.
    let noise = 8.0 * f64::EPSILON * squares.abs();
    if centred < -noise {
        return Err(Refusal::NegativeVariance);
    }
    if centred != 0.0 && centred.abs() <= noise {
        return Err(Refusal::VarianceLost);
    }
    Ok(centred)
}

/// Sum of products about the means, P - S T / n, through Kahan's difference of
/// products: no digits are lost beyond those of the sums themselves.
pub(super) fn centred_products(n: f64, sums: (f64, f64), products: f64) -> f64 {
    let (left, right) = (products * n, sums.0 * sums.1);
    let lost = products.mul_add(n, -left) - sums.0.mul_add(sums.1, -right);
    ((left - right) + lost) / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn impossible_samples_are_refused_with_a_reason() {
        assert_eq!(Sample::from_sums(1, 1.0, 1.0), Err(Refusal::TooFew));
        assert_eq!(Sample::from_sums(10, 100.0, 10.0), Err(Refusal::NegativeVariance));
        assert_eq!(Sample::from_sums(10, f64::NAN, 10.0), Err(Refusal::NotFinite));
        assert_eq!(Sample::from_sums(10, 1e200, 1e300), Err(Refusal::NotFinite));
        assert_eq!(Sample::from_deviation(10, 1.0, -1.0), Err(Refusal::NegativeVariance));
        assert_eq!(Sample::from_deviation(10, 1.0, f64::INFINITY), Err(Refusal::NotFinite));
    }

    #[test]
    fn sums_that_lost_the_variance_are_refused() {
        let (n, mean) = (1000_u64, 1e9);
        let squares = n as f64 * mean * mean * (1.0 + 4.0 * f64::EPSILON);
        assert_eq!(Sample::from_sums(n, n as f64 * mean, squares), Err(Refusal::VarianceLost));
    }

    #[test]
    fn equal_values_have_no_variance() {
        assert_eq!(Sample::from_sums(4, 12.0, 36.0).map(|sample| sample.variance()), Ok(0.0));
    }

    proptest! {
        #[test]
        fn no_sums_give_a_sample_that_is_not_finite(n: u64, sum in proptest::num::f64::ANY, squares in proptest::num::f64::ANY) {
            if let Ok(sample) = Sample::from_sums(n, sum, squares) {
                prop_assert!(sample.mean.is_finite() && sample.variance.is_finite() && sample.variance >= 0.0);
            }
        }
    }
}
