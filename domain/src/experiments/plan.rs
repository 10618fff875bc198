//! The plan of a test: what is compared, by which metric, and how sure one wants to be. Frozen at the start.

use crate::sites::Device;
use crate::stats::{Goal, Sides};
use serde::{Deserialize, Serialize};

/// Chance of a false alarm where a plan states none.
pub const USUAL_ALPHA: f64 = 0.05;
/// Chance to see the smallest effect worth having where a plan states none.
pub const USUAL_POWER: f64 = 0.8;

/// What a part of the visitors sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// `A`, `B`: what results name it by.
    pub key: String,
    pub name: String,
    /// Share of the test's visitors, 0 to 1.
    pub share: f64,
    pub url: Option<String>,
}

/// What a guard-rail's margin is measured in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MarginScale))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Times the control's value.
    #[default]
    Relative,
    /// In the metric's own unit; for a share 0.005 is half a percentage point.
    Absolute,
}

/// A metric that must not be harmed, and the largest harm accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardRail {
    pub metric: String,
    /// Above 0, whatever the metric's good direction.
    pub margin: f64,
    pub scale: Scale,
}

impl GuardRail {
    /// The margin in the metric's unit.
    pub fn absolute_margin(&self, control: f64) -> f64 {
        match self.scale {
            Scale::Absolute => self.margin,
            Scale::Relative => self.margin * control.abs(),
        }
    }
}

/// When the result may be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Once, at the planned end.
    #[default]
    Fixed,
    /// Every day, by intervals that allow for it.
    Sequential,
}

/// What a metric is there for in a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MetricRole))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Primary,
    GuardRail,
    Secondary,
    /// Measured, but not part of the plan.
    Other,
}

/// A test's plan. The first variant is the control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    pub variants: Vec<Variant>,
    /// None only for kinds without numbers.
    pub primary_metric: Option<String>,
    pub guard_rails: Vec<GuardRail>,
    pub secondary_metrics: Vec<String>,
    pub devices: Vec<Device>,
    /// The control's expected value: a share, or a mean in the metric's unit.
    pub baseline: Option<f64>,
    /// Standard deviation of a mean, in its unit.
    pub baseline_sd: Option<f64>,
    /// Smallest effect worth having, as a relative change: 0.02 is 2 %.
    pub mde: Option<f64>,
    pub alpha: f64,
    pub power: f64,
    /// 1 or 2.
    pub sides: u8,
    pub horizon: Horizon,
    /// Whole weeks that it runs, where stated.
    pub weeks: Option<u32>,
    /// Share of the eligible visitors that take part, 0 to 1.
    pub traffic_share: Option<f64>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            variants: Vec::new(),
            primary_metric: None,
            guard_rails: Vec::new(),
            secondary_metrics: Vec::new(),
            devices: Vec::new(),
            baseline: None,
            baseline_sd: None,
            mde: None,
            alpha: USUAL_ALPHA,
            power: USUAL_POWER,
            sides: 2,
            horizon: Horizon::Fixed,
            weeks: None,
            traffic_share: None,
        }
    }
}

impl Plan {
    pub fn control(&self) -> Option<&Variant> {
        self.variants.first()
    }

    /// All variants but the control.
    pub fn treatments(&self) -> &[Variant] {
        self.variants.get(1..).unwrap_or_default()
    }

    pub fn role(&self, metric: &str) -> Role {
        if self.primary_metric.as_deref() == Some(metric) {
            Role::Primary
        } else if self.guard_rail(metric).is_some() {
            Role::GuardRail
        } else if self.secondary_metrics.iter().any(|one| one == metric) {
            Role::Secondary
        } else {
            Role::Other
        }
    }

    pub fn guard_rail(&self, metric: &str) -> Option<&GuardRail> {
        self.guard_rails.iter().find(|one| one.metric == metric)
    }

    /// The chance of a false alarm that is left for each treatment's two-sided interval (Bonferroni): alpha /
    /// treatments; twice that for a one-sided plan, whose interval has one end that nobody reads.
    pub fn shared_alpha(&self) -> f64 {
        let ends = if self.sides == 1 { 2.0 } else { 1.0 };
        ends * self.alpha / self.treatments().len().max(1) as f64
    }

    /// The level of the interval that decides.
    pub fn level(&self) -> f64 {
        1.0 - self.shared_alpha()
    }

    /// What a treatment's comparison with the control has to achieve.
    pub(super) fn goal(&self, treatment: &Variant) -> Option<Goal> {
        let control = self.control()?;
        let alpha = self.alpha / self.treatments().len().max(1) as f64;
        let sides = if self.sides == 1 { Sides::One } else { Sides::Two };
        Some(Goal { alpha, power: self.power, sides, ratio: treatment.share / control.share })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treatments_share_the_chance_of_a_false_alarm() {
        let variant = |key: &str| Variant { key: key.into(), name: key.into(), share: 0.25, url: None };
        let plan = |count: usize, sides| Plan {
            variants: ["A", "B", "C"][..count].iter().map(|key| variant(key)).collect(),
            sides,
            ..Plan::default()
        };
        for (count, sides, level) in [(2, 2, 0.95), (3, 2, 0.975), (2, 1, 0.9), (3, 1, 0.95)] {
            assert!((plan(count, sides).level() - level).abs() < 1e-12, "{count} {sides}");
        }
    }
}
