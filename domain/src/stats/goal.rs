//! What a comparison has to achieve: the error rates and how units are shared.

use super::normal;
use super::refusal::{open_unit, positive};
use super::root::bisect;
use serde::{Deserialize, Serialize};

/// Whether a difference counts in one direction or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sides {
    One,
    Two,
}

/// Error rates and allocation of a planned comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// Chance of a false alarm, 0 to 1.
    pub alpha: f64,
    /// Chance to see a difference of the stated size, 0 to 1.
    pub power: f64,
    pub sides: Sides,
    /// Units in the second group per unit in the first.
    pub ratio: f64,
}

impl Goal {
    /// alpha 0.05 on two sides, power 0.8, equal groups.
    pub const USUAL: Self = Self { alpha: 0.05, power: 0.8, sides: Sides::Two, ratio: 1.0 };

    /// The z that a result has to pass.
    pub(super) fn critical(&self) -> Option<f64> {
        open_unit(self.alpha)?;
        normal::upper_quantile(match self.sides {
            Sides::One => self.alpha,
            Sides::Two => self.alpha / 2.0,
        })
    }

    /// 1 / (n of the first) times this is the variance of a difference of unit variances.
    pub(super) fn inflation(&self) -> Option<f64> {
        positive(1.0 + 1.0 / positive(self.ratio)?)
    }

    /// Power of a z test whose statistic has this mean.
    pub(super) fn power_at(&self, shift: f64) -> Option<f64> {
        let critical = self.critical()?;
        let near = normal::upper_tail(critical - shift.abs());
        let far = match self.sides {
            Sides::One => 0.0,
            Sides::Two => normal::upper_tail(critical + shift.abs()),
        };
        super::refusal::finite((near + far).min(1.0))
    }

    /// The mean that a z statistic must have for the wanted power; `None` where
    /// the power does not exceed alpha.
    pub(super) fn needed_shift(&self) -> Option<f64> {
        let power = open_unit(self.power)?;
        bisect(0.0, 100.0, |shift| self.power_at(shift).map(|reached| reached - power))
    }

    /// z of alpha and z of the power, for the closed formulae; `None` where the
    /// power does not exceed that of chance.
    pub(super) fn quantiles(&self) -> Option<(f64, f64)> {
        let (alpha, power) = (self.critical()?, -normal::upper_quantile(self.power)?);
        (alpha + power > 0.0).then_some((alpha, power))
    }
}
