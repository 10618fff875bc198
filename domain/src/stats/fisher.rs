//! Fisher's exact test for counts of any size.

use super::count::Count;
use super::refusal::finite;
use super::saddle_point::ln_binomial_mass;

/// Tables whose masses differ by less than this (relatively) count as equally
/// likely: rounding must not split a tie (R `fisher.test` uses 1e-7).
const TIE: f64 = 1e-9;

/// Two-sided p value of Fisher's exact test: the sum of the masses of all
/// tables no more likely than this one (scipy `fisher_exact`). `None` beyond
/// 1e15 trials.
#[must_use]
pub fn fisher_exact(first: Count, second: Count) -> Option<f64> {
    if first.trials().max(second.trials()) > 1_000_000_000_000_000 {
        return None;
    }
    let table = Margins { ones: first.trials(), others: second.trials(), drawn: first.successes() + second.successes() };
    let (least, most) = table.range();
    let at = first.successes();
    let limit = table.ln_mass(at) + TIE;
    let (low, high) = table.around_peak(limit, least, most);
    let below = low.map_or(0.0, |low| table.sum_outwards(low, least));
    let above = high.map_or(0.0, |high| table.sum_outwards(high, most));
    finite((below + above).min(1.0))
}

/// A two by two table with fixed margins.
struct Margins {
    ones: u64,
    others: u64,
    drawn: u64,
}

impl Margins {
    fn range(&self) -> (u64, u64) {
        (self.drawn.saturating_sub(self.others), self.ones.min(self.drawn))
    }

    /// ln of the hypergeometric mass, as a ratio of three binomial masses with
    /// a common share: each stays small, whatever the counts.
    fn ln_mass(&self, k: u64) -> f64 {
        let (ones, others) = (self.ones as f64, self.others as f64);
        let total = ones + others;
        let share = self.drawn as f64 / total;
        let other = (total - self.drawn as f64) / total;
        mass(k, self.ones - k, share, other) + mass(self.drawn - k, self.others + k - self.drawn, share, other)
            - mass(self.drawn, self.ones + self.others - self.drawn, share, other)
    }

    /// The last count on the left and the first on the right of the peak whose
    /// mass does not exceed the limit.
    fn around_peak(&self, limit: f64, least: u64, most: u64) -> (Option<u64>, Option<u64>) {
        let peak = self.peak(least, most);
        if self.ln_mass(peak) <= limit {
            return (Some(peak), (peak < most).then(|| peak + 1));
        }
        let unlikely = |k: u64| self.ln_mass(k) <= limit;
        (unlikely(least).then(|| last_true(least, peak, unlikely)), unlikely(most).then(|| last_true(most, peak, unlikely)))
    }

    fn peak(&self, least: u64, most: u64) -> u64 {
        let rise = u128::from(self.ones + 1) * u128::from(self.drawn + 1);
        let mode = rise / u128::from(self.ones + self.others + 2);
        u64::try_from(mode).unwrap_or(most).clamp(least, most)
    }

    /// Sum of the masses from `from` away from the peak, to the end of the range.
    fn sum_outwards(&self, from: u64, end: u64) -> f64 {
        let (mut k, mut term, mut sum) = (from, 1.0, 1.0);
        while k != end && term > sum * 1e-18 {
            let (a, b) = (k as f64, (self.ones - k) as f64);
            let (c, d) = ((self.drawn - k) as f64, (self.others + k - self.drawn) as f64);
            if end > k {
                term *= b * c / ((a + 1.0) * (d + 1.0));
                k += 1;
            } else {
                term *= a * d / ((b + 1.0) * (c + 1.0));
                k -= 1;
            }
            sum += term;
        }
        (self.ln_mass(from) + sum.ln()).exp()
    }
}

/// ln of the binomial mass, also at its ends.
fn mass(k: u64, rest: u64, share: f64, other: f64) -> f64 {
    let (a, b) = (k as f64, rest as f64);
    match (k, rest) {
        (0, 0) => 0.0,
        (0, _) => b * ln_of(other, share),
        (_, 0) => a * ln_of(share, other),
        _ => ln_binomial_mass(a, b, share, other),
    }
}

/// ln of a share, through its complement where that is the smaller.
fn ln_of(share: f64, complement: f64) -> f64 {
    if complement < share { (-complement).ln_1p() } else { share.ln() }
}

/// The value nearest to `far` for which a property that holds at `near` and
/// not at `far` holds.
fn last_true(near: u64, far: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut yes, mut no) = (near, far);
    while yes.abs_diff(no) > 1 {
        let middle = yes.min(no) + yes.abs_diff(no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    yes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(x: u64, n: u64, y: u64, m: u64) -> f64 {
        fisher_exact(Count::new(x, n).unwrap(), Count::new(y, m).unwrap()).unwrap()
    }

    #[test]
    fn no_success_against_four_in_500_is_not_significant() {
        assert!((p(0, 500, 4, 500) - 0.124).abs() < 5e-4);
    }

    #[test]
    fn equal_shares_and_empty_tables_give_one() {
        for value in [p(0, 10, 0, 10), p(10, 10, 7, 7), p(5, 10, 5, 10), p(1, 1, 1, 1)] {
            assert!((value - 1.0).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn a_thousand_million_trials_finish_near_the_z_test() {
        let exact = p(20_000_000, 1_000_000_000, 20_010_000, 1_000_000_000);
        assert!((exact - 0.1103).abs() < 1e-3, "{exact}");
    }

    proptest! {
        #[test]
        fn swapping_the_two_keeps_p(n in 1..900_u64, m in 1..900_u64, x in 0..900_u64, y in 0..900_u64) {
            let (x, y) = (x % (n + 1), y % (m + 1));
            let (forth, back) = (p(x, n, y, m), p(y, m, x, n));
            prop_assert!((0.0..=1.0).contains(&forth));
            prop_assert!((forth - back).abs() <= 1e-9 * forth);
        }
    }
}
