//! Two shares compared within several strata.

use super::chi_square;
use super::count::Count;
use super::refusal::finite;
use super::split::ChiSquare;

/// The same two groups within one stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    pub first: Count,
    pub second: Count,
}

impl Stratum {
    fn total(&self) -> f64 {
        self.first.n() + self.second.n()
    }

    fn successes(&self) -> f64 {
        self.first.x() + self.second.x()
    }

    fn failures(&self) -> f64 {
        self.first.failures() as f64 + self.second.failures() as f64
    }
}

/// Mantel's and Haenszel's common odds ratio, second over first (1959;
/// statsmodels `StratifiedTable.oddsratio_pooled`). `None` where it would be
/// infinite.
#[must_use]
pub fn common_odds_ratio(strata: &[Stratum]) -> Option<f64> {
    let above: f64 = strata.iter().map(|s| s.second.x() * s.first.failures() as f64 / s.total()).sum();
    let below: f64 = strata.iter().map(|s| s.second.failures() as f64 * s.first.x() / s.total()).sum();
    finite(above / below)
}

/// Mantel's and Haenszel's common ratio of shares, second over first
/// (statsmodels `riskratio_pooled`). `None` where no first group succeeded.
#[must_use]
pub fn common_ratio(strata: &[Stratum]) -> Option<f64> {
    let above: f64 = strata.iter().map(|s| s.second.x() * s.first.n() / s.total()).sum();
    let below: f64 = strata.iter().map(|s| s.first.x() * s.second.n() / s.total()).sum();
    finite(above / below)
}

/// Cochran, Mantel and Haenszel's test that the groups do not differ, without
/// continuity correction (statsmodels `test_null_odds`). `None` where no
/// stratum varies.
#[must_use]
pub fn cochran_mantel_haenszel(strata: &[Stratum]) -> Option<ChiSquare> {
    let (mut excess, mut variance) = (0.0, 0.0);
    for s in strata {
        let total = s.total();
        excess += s.second.x() - s.second.n() * (s.successes() / total);
        variance += (s.second.n() / total) * (s.first.n() / total) * s.successes() * (s.failures() / (total - 1.0));
    }
    let statistic = finite(excess * excess / variance)?;
    let p_value = chi_square::upper_tail(statistic, 1)?;
    Some(ChiSquare { statistic, degrees_of_freedom: 1, p_value })
}

/// Breslow's and Day's test that the odds ratio is the same in all strata,
/// without Tarone's adjustment (1980; statsmodels `test_equal_odds`). `None`
/// with fewer than two strata or where one has none or only successes: leave
/// those out first, they hold no evidence on the odds ratio.
#[must_use]
pub fn breslow_day(strata: &[Stratum]) -> Option<ChiSquare> {
    let degrees_of_freedom = strata.len().checked_sub(1)?;
    let ratio = common_odds_ratio(strata)?;
    let mut statistic = 0.0;
    for s in strata {
        let expected = expected_under(ratio, s)?;
        let cells = [expected, s.second.n() - expected, s.successes() - expected, s.first.n() - s.successes() + expected];
        if cells.iter().any(|cell| *cell <= 0.0) {
            return None;
        }
        let difference = s.second.x() - expected;
        statistic += difference * difference * cells.iter().map(|cell| 1.0 / cell).sum::<f64>();
    }
    let p_value = chi_square::upper_tail(finite(statistic)?, degrees_of_freedom)?;
    Some(ChiSquare { statistic, degrees_of_freedom, p_value })
}

/// Successes of the second group that fit the odds ratio and the margins: the
/// root of (1-r) e^2 + b e - c = 0, in the form that holds at r = 1.
fn expected_under(ratio: f64, s: &Stratum) -> Option<f64> {
    let square = 1.0 - ratio;
    let linear = ratio * (s.second.n() + s.successes()) + s.first.n() - s.successes();
    let constant = ratio * s.second.n() * s.successes();
    let root = (linear * linear + 4.0 * square * constant).max(0.0).sqrt();
    finite(2.0 * constant / (linear + root))
}

#[cfg(test)]
mod tests {
    use super::super::multiplicity::holm;
    use super::super::proportions::pooled_z;
    use super::*;
    use proptest::prelude::*;

    fn stratum(x: u64, n: u64, y: u64, m: u64) -> Stratum {
        Stratum { first: Count::new(x, n).unwrap(), second: Count::new(y, m).unwrap() }
    }

    #[test]
    fn a_stratum_that_goes_the_other_way_is_found() {
        let strata = [stratum(1200, 60_000, 1080, 60_000), stratum(1600, 40_000, 1880, 40_000)];
        let interaction = breslow_day(&strata).unwrap().p_value;
        assert!((interaction / 4.6e-7 - 1.0).abs() < 0.02);
        let raw: Vec<f64> = strata.iter().map(|s| pooled_z(s.first, s.second).unwrap().p_value).collect();
        let adjusted = holm(&raw).unwrap();
        assert!((adjusted[0] - 0.0112).abs() < 5e-5 && (adjusted[1] - 2.4e-6).abs() < 5e-8);
    }

    #[test]
    fn a_shift_in_the_mix_is_no_loss_within_strata() {
        let strata = [stratum(200, 10_000, 1890, 90_000), stratum(4500, 90_000, 520, 10_000)];
        assert!((common_ratio(&strata).unwrap() - 1.043).abs() < 5e-4);
        assert!((cochran_mantel_haenszel(&strata).unwrap().p_value - 0.276).abs() < 5e-4);
    }

    #[test]
    fn strata_without_success_have_no_interaction() {
        let strata = [stratum(0, 10, 0, 10), stratum(3, 10, 4, 10)];
        assert_eq!(breslow_day(&strata), None);
        assert!(cochran_mantel_haenszel(&strata).is_some());
        assert_eq!(breslow_day(&[]), None);
        assert_eq!(cochran_mantel_haenszel(&[stratum(0, 1, 0, 1)]), None);
    }

    proptest! {
        #[test]
        fn no_strata_panic_or_give_nan(rows in proptest::collection::vec((1..u64::MAX, 1..u64::MAX, 0..u64::MAX, 0..u64::MAX), 0..4)) {
            let strata: Vec<Stratum> = rows.iter().map(|(n, m, x, y)| stratum(x % n, *n, y % m, *m)).collect();
            for found in [breslow_day(&strata), cochran_mantel_haenszel(&strata)] {
                prop_assert!(found.is_none_or(|found| (0.0..=1.0).contains(&found.p_value)));
            }
            prop_assert!(common_ratio(&strata).is_none_or(f64::is_finite));
        }
    }
}
