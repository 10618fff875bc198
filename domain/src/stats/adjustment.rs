//! Means with less noise, through a covariate measured beforehand (CUPED;
//! Deng, Xu, Kohavi, Walker 2013).

use super::refusal::Refusal;
use super::sample::{Sample, centred_products};

/// Sums over all units of the outcome y, the covariate x, squares and product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CovariateSums {
    pub n: u64,
    pub y: f64,
    pub yy: f64,
    pub x: f64,
    pub xx: f64,
    pub xy: f64,
}

/// Both samples with the covariate's part removed: mean y - theta mean x and
/// variance v_y + theta^2 v_x - 2 theta cov. theta is pooled over the two as
/// one sample (gbstats `RegressionAdjustedStatistic`). A covariate that does
/// not vary adjusts nothing. The level of the means is shifted, so that only
/// their difference has a meaning.
///
/// # Errors
/// As for [`Sample::from_sums`].
pub fn adjust_for_covariate(first: CovariateSums, second: CovariateSums) -> Result<(Sample, Sample), Refusal> {
    let theta = pooled_slope(first, second)?;
    Ok((adjusted(first, theta)?, adjusted(second, theta)?))
}

fn pooled_slope(first: CovariateSums, second: CovariateSums) -> Result<f64, Refusal> {
    let n = first.n as f64 + second.n as f64;
    let (y, x) = (first.y + second.y, first.x + second.x);
    let spread = centred_products(n, (x, x), first.xx + second.xx);
    let joint = centred_products(n, (x, y), first.xy + second.xy);
    if spread == 0.0 {
        return Ok(0.0);
    }
    let theta = joint / spread;
    if theta.is_finite() { Ok(theta) } else { Err(Refusal::NotFinite) }
}

fn adjusted(sums: CovariateSums, theta: f64) -> Result<Sample, Refusal> {
    let outcome = Sample::from_sums(sums.n, sums.y, sums.yy)?;
    let covariate = Sample::from_sums(sums.n, sums.x, sums.xx)?;
    let n = outcome.n;
    let covariance = centred_products(n, (sums.x, sums.y), sums.xy) / (n - 1.0);
    let variance = outcome.variance + theta * theta * covariate.variance - 2.0 * theta * covariance;
    let noise = 1e-12 * outcome.variance;
    let variance = if variance < 0.0 && variance > -noise { 0.0 } else { variance };
    Sample::from_variance(sums.n, outcome.mean - theta * covariate.mean, variance)
}

#[cfg(test)]
mod tests {
    use super::super::means::welch_interval;
    use super::*;

    #[test]
    fn a_covariate_narrows_the_interval() {
        let first = CovariateSums { n: 5000, y: 12_500.0, yy: 181_250.0, x: 12_000.0, xx: 170_000.0, xy: 140_000.0 };
        let second = CovariateSums { n: 5000, y: 13_000.0, yy: 190_000.0, x: 12_100.0, xx: 172_000.0, xy: 144_000.0 };
        let width = |pair: (Sample, Sample)| {
            let interval = welch_interval(pair.0, pair.1, 0.95).unwrap();
            interval.upper - interval.lower
        };
        let plain = |sums: CovariateSums| Sample::from_sums(sums.n, sums.y, sums.yy).unwrap();
        let adjusted = adjust_for_covariate(first, second).unwrap();
        assert!(width(adjusted) < 0.7 * width((plain(first), plain(second))));
    }
}
