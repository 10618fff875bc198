//! How many units a comparison of two means, or one with a margin, needs.
//! Sizes are of the first group, not rounded; the second has `ratio` times as many.

use super::goal::{Goal, Sides};
use super::refusal::{finite, positive};
use super::root::bisect;
use super::student;

/// Size of the first group to see `difference` between means of the given
/// standard deviation, both in the same unit, by the normal approximation
/// (statsmodels `NormalIndPower`). `None` where the difference is 0, the
/// deviation not positive, or the goal out of range.
#[must_use]
pub fn mean_sample_size(difference: f64, deviation: f64, goal: Goal) -> Option<f64> {
    let root = goal.needed_shift()? / effect(difference, deviation)?;
    positive(root * root * goal.inflation()?)
}

/// The same for the t test with pooled variance (statsmodels `TTestIndPower`).
/// `None` as for [`mean_sample_size`].
#[must_use]
pub fn mean_sample_size_t(difference: f64, deviation: f64, goal: Goal) -> Option<f64> {
    let approximate = mean_sample_size(difference, deviation, goal)?;
    let fewest = 2.001 / (1.0 + goal.ratio);
    bisect(fewest, 4.0 * approximate + 1000.0 * (1.0 + 1.0 / goal.ratio), |first| {
        Some(mean_power_t(difference, deviation, first, goal)? - goal.power)
    })
}

/// Power of the z test for two means with `first` units in the first group.
/// `goal.power` is not used. `None` as for [`mean_sample_size`].
#[must_use]
pub fn mean_power(difference: f64, deviation: f64, first: f64, goal: Goal) -> Option<f64> {
    let size = (positive(first)? / goal.inflation()?).sqrt();
    goal.power_at(effect(difference, deviation)? * size)
}

/// Power of the t test with pooled variance; `None` also where both groups
/// together hold no more than two units.
#[must_use]
pub fn mean_power_t(difference: f64, deviation: f64, first: f64, goal: Goal) -> Option<f64> {
    let shift = effect(difference, deviation)? * (positive(first)? / goal.inflation()?).sqrt();
    let freedom = positive(first * (1.0 + goal.ratio) - 2.0)?;
    let (outside, both) = match goal.sides {
        Sides::One => (2.0 * goal.alpha, false),
        Sides::Two => (goal.alpha, true),
    };
    let limit = student::two_sided_quantile(1.0 - outside, freedom)?;
    student::power(limit, freedom, shift, both)
}

/// The smallest difference to be seen with `first` units in the first group,
/// in the unit of the deviation. `None` as for [`mean_sample_size`].
#[must_use]
pub fn smallest_detectable_difference(deviation: f64, first: f64, goal: Goal) -> Option<f64> {
    let error = positive(deviation)? * (goal.inflation()? / positive(first)?).sqrt();
    finite(goal.needed_shift()? * error)
}

/// Size of the first group to show that a loss stays within `margin` when there
/// is none: (z_alpha + z_power)^2 times variance (1 + 1/ratio) / margin^2, with
/// alpha on one side whatever `goal.sides` says. `variance` is p (1 - p) or the
/// squared deviation, `margin` in the unit of its root. `None` unless all are
/// positive.
#[must_use]
pub fn margin_sample_size(variance: f64, margin: f64, goal: Goal) -> Option<f64> {
    let (alpha, power) = Goal { sides: Sides::One, ..goal }.quantiles()?;
    let root = (alpha + power) / positive(margin)?;
    positive(root * root * positive(variance)? * goal.inflation()?)
}

fn effect(difference: f64, deviation: f64) -> Option<f64> {
    positive((difference / positive(deviation)?).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_margin_asks_for_the_published_size() {
        let size = margin_sample_size(0.08 * 0.92, 0.005, Goal::USUAL).unwrap();
        assert!((size.ceil() - 36_403.0).abs() < 0.5, "{size}");
    }

    #[test]
    fn small_t_tests_need_more_than_z_tests() {
        // G*Power and statsmodels: d = 1, alpha 0.05, power 0.8 needs 16.71 per group.
        let size = mean_sample_size_t(1.0, 1.0, Goal::USUAL).unwrap();
        assert!((size - 16.714_72).abs() < 1e-4, "{size}");
        assert!(size > mean_sample_size(1.0, 1.0, Goal::USUAL).unwrap());
    }

    #[test]
    fn the_detectable_difference_needs_the_units_given() {
        let goal = Goal { ratio: 3.0, ..Goal::USUAL };
        let difference = smallest_detectable_difference(12.5, 4000.0, goal).unwrap();
        assert!((mean_sample_size(difference, 12.5, goal).unwrap() - 4000.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn nothing_panics_or_gives_nan(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, c in proptest::num::f64::ANY, alpha in 0.0..1.0_f64, power in 0.0..1.0_f64) {
            for goal in [Goal { alpha, power, sides: Sides::One, ratio: c }, Goal { alpha, power, ..Goal::USUAL }, Goal::USUAL] {
                for found in [mean_sample_size(a, b, goal), mean_sample_size_t(a, b, goal), mean_power(a, b, c, goal), mean_power_t(a, b, c, goal),
                    smallest_detectable_difference(a, b, goal), margin_sample_size(a, b, goal)] {
                    prop_assert!(found.is_none_or(f64::is_finite));
                }
            }
        }
    }
}
