//! Shares as beta distributions: who is larger, by how much, at what risk.

use super::beta::{Beta, Point};
use super::count::Count;
use super::interval::Interval;
use super::normal;
use super::quadrature::integrate_between;
use super::refusal::{finite, open_unit};
use super::root::{bisect, newton_rising};

/// The posterior of a share after a Beta(a, b) prior. `None` unless a and b are
/// positive and the posterior's parameters lie between 0.1 and 1e12.
#[must_use]
pub fn posterior(count: Count, a: f64, b: f64) -> Option<Beta> {
    if !(a > 0.0 && b > 0.0) {
        return None;
    }
    let (a, b) = (a + count.x(), b + count.failures() as f64);
    let usable = |value: f64| (0.1..=1e12).contains(&value);
    (usable(a) && usable(b)).then(|| Beta::new(a, b))?
}

/// Central interval of a share that holds the given probability.
#[must_use]
pub fn credible(share: Beta, confidence: f64) -> Option<Interval> {
    let tail = (1.0 - open_unit(confidence)?) / 2.0;
    let upper = share.mirrored().quantile(tail)?.complement;
    Interval::new(share.quantile(tail)?.x, upper)
}

/// Chance that the second share is larger than the first (Miller 2015 gives the
/// closed sum for whole numbers).
#[must_use]
pub fn chance_larger(first: Beta, second: Beta) -> Option<f64> {
    chance_largest(&[first, second])?.get(1).copied()
}

/// For each share the chance that it is the largest of all.
#[must_use]
pub fn chance_largest(shares: &[Beta]) -> Option<Vec<f64>> {
    let panels = merged(shares.iter().map(|share| breaks(*share)).collect::<Option<Vec<_>>>()?);
    let chance = |index: usize| {
        let total = integrate_between(&panels, |log_odds| {
            let point = Point::from_log_odds(log_odds);
            let below = |(other, share): (usize, &Beta)| {
                if other == index { share.density_per_log_odds(point) } else { share.tails(point).0 }
            };
            shares.iter().enumerate().map(below).product()
        });
        finite(total.clamp(0.0, 1.0))
    };
    (0..shares.len()).map(chance).collect()
}

/// Expected loss of choosing one share over the other, E max(other - chosen, 0),
/// in the unit of the share (Stucchi 2015). Integrates P(chosen < t) P(other > t):
/// the same, without a difference of nearly equal numbers.
#[must_use]
pub fn expected_loss(chosen: Beta, other: Beta) -> Option<f64> {
    let panels = merged(vec![breaks(chosen)?, breaks(other)?]);
    let total = integrate_between(&panels, |log_odds| {
        let point = Point::from_log_odds(log_odds);
        chosen.tails(point).0 * other.tails(point).1 * point.x * point.complement
    });
    finite(total.max(0.0))
}

/// Central interval of second / first - 1 that holds the given probability.
#[must_use]
pub fn relative_credible(first: Beta, second: Beta, confidence: f64) -> Option<Interval> {
    let tail = (1.0 - open_unit(confidence)?) / 2.0;
    // The upper end as the lower end of first / second: both tails keep their digits.
    let lower = ln_ratio_quantile(first, second, tail)?;
    let upper = -ln_ratio_quantile(second, first, tail)?;
    Interval::new(lower.exp_m1(), upper.exp_m1())
}

/// The logarithm of second / first with the given probability below it.
fn ln_ratio_quantile(first: Beta, second: Beta, p: f64) -> Option<f64> {
    let (own, others) = (breaks(first)?, breaks(second)?);
    let start = (second.mean() / first.mean()).ln()
        - normal::upper_quantile(p)? * (1.0 / first.parameters().0 + 1.0 / second.parameters().0).sqrt();
    newton_rising((-600.0, 600.0), start, |ln_ratio| {
        let panels = merged(vec![own.clone(), scaled(&others, ln_ratio)]);
        let below = |slope: bool| {
            integrate_between(&panels, |log_odds| {
                let point = Point::from_log_odds(log_odds);
                first.density_per_log_odds(point) * along(second, point, ln_ratio, slope)
            })
        };
        (below(false) - p, below(true))
    })
}

/// Probability of `share` below ratio times the point, or its derivative by ln ratio.
fn along(share: Beta, point: Point, ln_ratio: f64, slope: bool) -> f64 {
    let x = point.x * ln_ratio.exp();
    if x >= 1.0 {
        return if slope { 0.0 } else { 1.0 };
    }
    // 1 - r x = (1 - x) + x (1 - r), which keeps its digits near r = 1.
    let complement = point.complement - point.x * ln_ratio.exp_m1();
    let point = Point { x, complement };
    if slope { share.density_per_log_odds(point) / complement } else { share.tails(point).0 }
}

/// Points divided by the ratio, with the one where ratio times x reaches 1.
fn scaled(points: &[f64], ln_ratio: f64) -> Vec<f64> {
    let log_odds = |x: f64| (x / (1.0 - x)).ln();
    let mut moved: Vec<f64> =
        points.iter().map(|at| log_odds(Point::from_log_odds(*at).x * (-ln_ratio).exp())).chain([log_odds((-ln_ratio).exp())]).collect();
    moved.retain(|at| at.is_finite());
    moved
}

/// Log-odds that divide all but e^-45 of a distribution into panels.
fn breaks(share: Beta) -> Option<Vec<f64>> {
    const PANELS: u32 = 24;
    let (a, b) = share.parameters();
    let peak = (a / b).ln();
    let top = share.ln_density_per_log_odds(Point::from_log_odds(peak));
    let edge = |end: f64| {
        let drop = |at: f64| {
            let height = share.ln_density_per_log_odds(Point::from_log_odds(at));
            Some(top - 45.0 - height)
        };
        bisect(peak, end, drop).unwrap_or(end)
    };
    let (low, high) = (edge(-690.0), edge(690.0));
    let step = (high - low) / f64::from(PANELS);
    finite(step)?;
    Some((0..=PANELS).map(|index| low + step * f64::from(index)).collect())
}

fn merged(lists: Vec<Vec<f64>>) -> Vec<f64> {
    let mut all: Vec<f64> = lists.into_iter().flatten().collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
