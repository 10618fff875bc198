//! Ratios of two sums over the same units, where the denominator is random too.

use super::refusal::Refusal;
use super::sample::{Sample, centred_products};

/// Sums over all units: of numerator m, denominator d, their squares and their product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioSums {
    pub n: u64,
    pub m: f64,
    pub mm: f64,
    pub d: f64,
    pub dd: f64,
    pub md: f64,
}

impl Sample {
    /// sum(m) / sum(d) as a mean whose variance is that of the delta method:
    /// (v_m - 2 R cov + R^2 v_d) / mean(d)^2 per unit. All functions for means
    /// then apply (Deng, Knoblich, Lu 2018; gbstats `RatioStatistic`).
    ///
    /// # Errors
    /// Fewer than two units, a zero denominator, sums that are not finite or
    /// whose variance is negative.
    pub fn from_ratio(sums: RatioSums) -> Result<Self, Refusal> {
        let numerator = Sample::from_sums(sums.n, sums.m, sums.mm)?;
        let denominator = Sample::from_sums(sums.n, sums.d, sums.dd)?;
        if denominator.mean == 0.0 {
            return Err(Refusal::ZeroDenominator);
        }
        let n = numerator.n;
        let covariance = centred_products(n, (sums.m, sums.d), sums.md) / (n - 1.0);
        let ratio = sums.m / sums.d;
        let linear = numerator.variance - 2.0 * ratio * covariance + ratio * ratio * denominator.variance;
        let variance = linear / denominator.mean / denominator.mean;
        // Where m is proportional to d the variance is 0 but for rounding.
        let noise = 1e-12 * numerator.variance / denominator.mean / denominator.mean;
        let variance = if variance < 0.0 && variance > -noise { 0.0 } else { variance };
        Self::from_variance(sums.n, ratio, variance)
    }
}

#[cfg(test)]
mod tests {
    use super::super::means::{relative_difference, welch, welch_interval};
    use super::*;

    fn first() -> RatioSums {
        RatioSums { n: 20_000, m: 41_250.5, mm: 3_218_456.75, d: 812.0, dd: 880.0, md: 46_130.25 }
    }

    fn second() -> RatioSums {
        RatioSums { n: 20_100, m: 44_310.25, mm: 3_561_220.5, d: 861.0, dd: 941.0, md: 49_820.75 }
    }

    #[test]
    fn a_ratio_of_sums_has_the_published_interval() {
        let (a, b) = (Sample::from_ratio(first()).unwrap(), Sample::from_ratio(second()).unwrap());
        assert!((a.mean - 50.80).abs() < 0.005 && (b.mean - 51.46).abs() < 0.005);
        let interval = welch_interval(a, b, 0.95).unwrap();
        assert!((interval.lower + 2.42).abs() < 0.006 && (interval.upper - 3.74).abs() < 0.006);
        assert!((relative_difference(a, b).unwrap() - 0.013).abs() < 5e-4);
        assert!((welch(a, b).unwrap().p_value - 0.673).abs() < 5e-4);
    }

    #[test]
    fn a_zero_denominator_is_refused() {
        let none = RatioSums { d: 0.0, dd: 0.0, md: 0.0, ..first() };
        assert_eq!(Sample::from_ratio(none), Err(Refusal::ZeroDenominator));
    }

    #[test]
    fn impossible_products_are_refused() {
        let impossible = RatioSums { md: 1e9, ..first() };
        assert_eq!(Sample::from_ratio(impossible), Err(Refusal::NegativeVariance));
    }
}
