//! The beta distribution for parameters from below 1 to thousands of millions.
//!
//! statrs stops its continued fraction after 140 steps, works from differences
//! of log-gamma, and its inverse can loop for ever; hence this module.

use super::quadrature::integrate;
use super::refusal::open_unit;
use super::root::newton_rising;
use super::saddle_point::ln_binomial_mass;

/// From here on a tail is integrated: the continued fraction would need too
/// many steps, and near 1 it loses digits.
const LARGE: f64 = 3000.0;
/// Beyond this log-odds, a probability or its complement is no longer a normal f64.
const FARTHEST_LOG_ODDS: f64 = 700.0;

/// A beta distribution with both parameters positive and finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

/// A point of (0, 1) and its complement, each to full relative precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub complement: f64,
}

impl Point {
    /// The point with these log-odds.
    #[must_use]
    pub fn from_log_odds(log_odds: f64) -> Self {
        Self { x: 1.0 / (1.0 + (-log_odds).exp()), complement: 1.0 / (1.0 + log_odds.exp()) }
    }

    /// The same point seen from the other end.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self { x: self.complement, complement: self.x }
    }
}

impl Beta {
    /// `None` unless both parameters are positive, finite and at most 1e15.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Option<Self> {
        let usable = |value: f64| (1e-8..=1e15).contains(&value);
        (usable(a) && usable(b)).then_some(Self { a, b })
    }

    #[must_use]
    pub fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// First and second parameter.
    #[must_use]
    pub fn parameters(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// The distribution of 1 - x.
    #[must_use]
    pub(super) fn mirrored(&self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// Density per unit of log-odds, x^a (1-x)^b / B(a, b): smooth and with one
    /// peak for all parameters, also where the density itself is infinite.
    #[must_use]
    pub(super) fn density_per_log_odds(&self, point: Point) -> f64 {
        self.ln_density_per_log_odds(point).exp()
    }

    pub(super) fn ln_density_per_log_odds(&self, point: Point) -> f64 {
        if point.x <= 0.0 || point.complement <= 0.0 {
            return f64::NEG_INFINITY;
        }
        let scale = self.a * (self.b / (self.a + self.b));
        scale.ln() + ln_binomial_mass(self.a, self.b, point.x, point.complement)
    }

    /// Probabilities below and above a point; the smaller one to full relative precision.
    #[must_use]
    pub(super) fn tails(&self, point: Point) -> (f64, f64) {
        if point.x <= 0.0 {
            return (0.0, 1.0);
        }
        if point.complement <= 0.0 {
            return (1.0, 0.0);
        }
        if point.x * (self.a + self.b + 2.0) <= self.a + 1.0 {
            let below = self.near_tail(point).clamp(0.0, 1.0);
            (below, 1.0 - below)
        } else {
            let above = self.mirrored().near_tail(point.mirrored()).clamp(0.0, 1.0);
            (1.0 - above, above)
        }
    }

    /// Probability below a point that is not far above the mean.
    fn near_tail(&self, point: Point) -> f64 {
        if self.a > LARGE {
            return self.integrated_tail(point);
        }
        self.density_per_log_odds(point) / self.a * continued_fraction(self.a, self.b, point.x)
    }

    fn integrated_tail(&self, point: Point) -> f64 {
        let slope = (self.a * point.complement - self.b * point.x).max(0.0);
        let curvature = self.a * (self.b / (self.a + self.b));
        let reach = 90.0 / (slope + (slope * slope + 90.0 * curvature).sqrt());
        integrate(0.0, reach, 8, |back| {
            let shrunk = point.x * (-back).exp();
            let total = shrunk + point.complement;
            self.density_per_log_odds(Point { x: shrunk / total, complement: point.complement / total })
        })
    }

    /// The point with the given probability below it; `None` unless 0 < p < 1.
    #[must_use]
    pub(super) fn quantile(&self, p: f64) -> Option<Point> {
        let p = open_unit(p)?;
        if p > 0.5 {
            return self.mirrored().quantile(1.0 - p).map(Point::mirrored);
        }
        let z = -super::normal::upper_quantile(p)?;
        let start = (self.a / self.b).ln() + z * (1.0 / self.a + 1.0 / self.b).sqrt();
        let log_odds = newton_rising((-FARTHEST_LOG_ODDS, FARTHEST_LOG_ODDS), start, |at| {
            let point = Point::from_log_odds(at);
            let below = self.tails(point).0;
            // ln(probability) is concave in the log-odds: Newton converges from far away.
            if below <= 0.0 {
                return (f64::NEG_INFINITY, 1.0);
            }
            ((below / p).ln(), self.density_per_log_odds(point) / below)
        })?;
        Some(Point::from_log_odds(log_odds))
    }
}

/// Lentz's evaluation of the fraction for the incomplete beta function
/// (Press et al., Numerical Recipes, section 6.4).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const SMALLEST: f64 = 1e-300;
    let away_from_zero = |value: f64| {
        if value.abs() < SMALLEST { SMALLEST } else { value }
    };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..5000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a - 1.0 + 2.0 * m) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 1.0 + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 * 3.0 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests;
