//! How many units a comparison of two shares needs, and what it can show.
//! Sizes are of the first group, not rounded; the second has `ratio` times as
//! many. `baseline` and `target` are the shares of first and second, 0 to 1.

use super::goal::{Goal, Sides};
use super::normal;
use super::refusal::{finite, open_unit, positive};
use super::root::bisect;

/// Size of the first group with the pooled null variance (Fleiss; statsmodels
/// `samplesize_proportions_2indep_onetail`). `None` where the shares are equal
/// or not strictly between 0 and 1, or the goal out of range.
#[must_use]
pub fn share_sample_size(baseline: f64, target: f64, goal: Goal) -> Option<f64> {
    let (alpha, power) = goal.quantiles()?;
    let (null, alternative) = deviations(baseline, target, goal)?;
    let root = (alpha * null + power * alternative) / (target - baseline);
    positive(root * root).filter(|_| alpha * null + power * alternative > 0.0)
}

/// Size of the first group through Cohen's h (statsmodels `NormalIndPower`
/// with `proportion_effectsize`). `None` as for [`share_sample_size`].
#[must_use]
pub fn share_sample_size_arcsine(baseline: f64, target: f64, goal: Goal) -> Option<f64> {
    let root = goal.needed_shift()? / cohens_h(baseline, target)?;
    positive(root * root * goal.inflation()?)
}

/// Power with `first` units in the first group, pooled null variance, both
/// tails where two-sided (statsmodels `power_proportions_2indep`). `goal.power`
/// is not used. `None` as for [`share_sample_size`], or without units.
#[must_use]
pub fn share_power(baseline: f64, target: f64, first: f64, goal: Goal) -> Option<f64> {
    let critical = goal.critical()?;
    let (null, alternative) = deviations(baseline, target, goal)?;
    let shift = (target - baseline).abs() * positive(first)?.sqrt();
    let near = normal::upper_tail((critical * null - shift) / alternative);
    let far = match goal.sides {
        Sides::One => 0.0,
        Sides::Two => normal::upper_tail((critical * null + shift) / alternative),
    };
    finite((near + far).min(1.0))
}

/// Power through Cohen's h (statsmodels `NormalIndPower.power`). `None` as for
/// [`share_power`].
#[must_use]
pub fn share_power_arcsine(baseline: f64, target: f64, first: f64, goal: Goal) -> Option<f64> {
    let size = (positive(first)? / goal.inflation()?).sqrt();
    goal.power_at(cohens_h(baseline, target)? * size)
}

/// The smallest Cohen's h to be seen with `first` units in the first group.
#[must_use]
pub fn smallest_detectable_h(first: f64, goal: Goal) -> Option<f64> {
    finite(goal.needed_shift()? * (goal.inflation()? / positive(first)?).sqrt())
}

/// The share nearest to the baseline, above it or else below, for which
/// [`share_sample_size`] asks no more than `first` units. `None` where even
/// the farthest share would need more.
#[must_use]
pub fn smallest_detectable_share(baseline: f64, first: f64, upwards: bool, goal: Goal) -> Option<f64> {
    let (baseline, first) = (open_unit(baseline)?, positive(first)?);
    let end = if upwards { 1.0 - baseline } else { -baseline };
    let spare = |part: f64| {
        let needed = share_sample_size(baseline, baseline + end * part, goal);
        // Too near to the baseline to tell apart: no number of units is enough.
        Some(first.ln() - needed.map_or(f64::MAX, f64::ln))
    };
    goal.quantiles()?;
    goal.inflation()?;
    let part = bisect((-36.0_f64).exp2(), 1.0 - 1e-12, spare)?;
    open_unit(baseline + end * part)
}

/// Standard deviations, times the root of the first size, of the difference if
/// the shares are equal (pooled) and if they are as stated.
fn deviations(baseline: f64, target: f64, goal: Goal) -> Option<(f64, f64)> {
    let (p, q) = (open_unit(baseline)?, open_unit(target)?);
    let ratio = positive(goal.ratio)?;
    let pooled = p / (1.0 + ratio) + q * (ratio / (1.0 + ratio));
    let null = (pooled * (1.0 - pooled) * goal.inflation()?).sqrt();
    let alternative = (p * (1.0 - p) + q * (1.0 - q) / ratio).sqrt();
    (alternative > 0.0 && null > 0.0).then_some((null, alternative))
}

fn cohens_h(baseline: f64, target: f64) -> Option<f64> {
    let angle = |share: f64| 2.0 * share.sqrt().asin();
    finite(angle(open_unit(target)?) - angle(open_unit(baseline)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_sizes_and_powers_are_met() {
        let size = |p: f64, lift: f64| share_sample_size(p, p * (1.0 + lift), Goal::USUAL).unwrap().ceil();
        assert!((size(0.03, 0.10) - 53_211.0).abs() < 0.5);
        assert!((size(0.02, 0.05) - 315_206.0).abs() < 0.5);
        assert!((share_power(0.03, 0.033, 20_000.0, Goal::USUAL).unwrap() - 0.404).abs() < 5e-4);
        assert!((share_power(0.02, 0.021, 60_000.0, Goal::USUAL).unwrap() - 0.231).abs() < 5e-4);
        let share = smallest_detectable_share(0.02, 60_000.0, true, Goal::USUAL).unwrap();
        assert!((share / 0.02 - 1.0 - 0.116).abs() < 5e-4);
    }

    #[test]
    fn equal_shares_need_no_finite_number() {
        assert_eq!(share_sample_size(0.03, 0.03, Goal::USUAL), None);
        assert_eq!(share_sample_size_arcsine(0.03, 0.03, Goal::USUAL), None);
        assert_eq!(smallest_detectable_share(0.02, 1.0, true, Goal::USUAL), None);
    }

    proptest! {
        #[test]
        fn the_detectable_share_needs_the_units_given(baseline in 0.01..0.9_f64, first in 500.0..1e7_f64, ratio in 0.1..9.0_f64, upwards: bool) {
            let goal = Goal { ratio, ..Goal::USUAL };
            if let Some(share) = smallest_detectable_share(baseline, first, upwards, goal) {
                prop_assert_eq!(share > baseline, upwards);
                let needed = share_sample_size(baseline, share, goal).unwrap();
                prop_assert!((needed / first - 1.0).abs() < 1e-6);
            }
        }

        #[test]
        fn nothing_panics_or_gives_nan(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, c in proptest::num::f64::ANY, unit in 0.0..1.0_f64, alpha in proptest::num::f64::ANY, power in proptest::num::f64::ANY) {
            let odd = Goal { alpha, power, sides: Sides::One, ratio: c };
            for goal in [odd, Goal::USUAL, Goal { ratio: c, ..Goal::USUAL }] {
                for (p, q, n) in [(a, b, c), (unit, unit * unit, c), (unit, 1.0 - unit, 50.0)] {
                    for found in [share_sample_size(p, q, goal), share_sample_size_arcsine(p, q, goal), share_power(p, q, n, goal),
                        share_power_arcsine(p, q, n, goal), smallest_detectable_share(p, n, true, goal), smallest_detectable_h(n, goal)] {
                        prop_assert!(found.is_none_or(f64::is_finite));
                    }
                }
            }
        }
    }
}
