//! Results: dated totals since the start, per variant, metric and device. `totals` adds
//! devices up where nobody gave all visitors.

use super::Plan;
use crate::sites::Device;
use crate::stats::{Count, RatioSums, Refusal, Sample};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Which visitors a row or a comparison is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub device: Device,
}

/// What was counted. Each shape has names of its own, so that JSON needs no tag.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Figures {
    Share {
        visitors: u64,
        conversions: u64,
    },
    /// Sums over all visitors, zeros included, of numerator and denominator.
    Ratio {
        n: u64,
        sum: f64,
        sum_squares: f64,
        denominator_sum: f64,
        denominator_sum_squares: f64,
        sum_products: f64,
    },
    /// Sums over all visitors, zeros included.
    Sums {
        n: u64,
        sum: f64,
        sum_squares: f64,
    },
    Mean {
        n: u64,
        mean: f64,
        sd: f64,
    },
}

impl Figures {
    /// Units counted: visitors, or whatever a mean was taken over.
    pub fn units(&self) -> u64 {
        match self {
            Figures::Share { visitors, .. } => *visitors,
            Figures::Ratio { n, .. } | Figures::Sums { n, .. } | Figures::Mean { n, .. } => *n,
        }
    }

    pub fn conversions(&self) -> Option<u64> {
        match self {
            Figures::Share { conversions, .. } => Some(*conversions),
            _ => None,
        }
    }

    /// The figures as a share; none for means.
    pub fn count(&self) -> Option<Result<Count, Refusal>> {
        match self {
            Figures::Share { visitors, conversions } => Some(Count::new(*conversions, *visitors)),
            _ => None,
        }
    }

    /// # Errors
    /// Where the numbers have no mean or no variance.
    pub fn sample(&self) -> Result<Sample, Refusal> {
        match *self {
            Figures::Share { visitors, conversions } => Count::new(conversions, visitors).and_then(Sample::from_count),
            Figures::Mean { n, mean, sd } => Sample::from_deviation(n, mean, sd),
            Figures::Sums { n, sum, sum_squares } => Sample::from_sums(n, sum, sum_squares),
            Figures::Ratio { n, sum, sum_squares, denominator_sum, denominator_sum_squares, sum_products } => {
                Sample::from_ratio(RatioSums {
                    n,
                    m: sum,
                    mm: sum_squares,
                    d: denominator_sum,
                    dd: denominator_sum_squares,
                    md: sum_products,
                })
            }
        }
    }

    /// Both together, as if they had been counted at once; none where their shapes differ.
    pub fn plus(self, other: Figures) -> Option<Figures> {
        Some(match (self, other) {
            (Figures::Share { visitors: n, conversions: x }, Figures::Share { visitors: m, conversions: y }) => {
                Figures::Share { visitors: n.checked_add(m)?, conversions: x.checked_add(y)? }
            }
            (Figures::Sums { n, sum, sum_squares }, Figures::Sums { n: m, sum: s, sum_squares: q }) => {
                Figures::Sums { n: n.checked_add(m)?, sum: sum + s, sum_squares: sum_squares + q }
            }
            (Figures::Mean { n, mean, sd }, Figures::Mean { n: m, mean: other_mean, sd: other_sd }) => {
                pooled((n, mean, sd), (m, other_mean, other_sd))?
            }
            (
                Figures::Ratio { n, sum, sum_squares, denominator_sum, denominator_sum_squares, sum_products },
                Figures::Ratio { n: m, sum: s, sum_squares: q, denominator_sum: d, denominator_sum_squares: dq, sum_products: p },
            ) => Figures::Ratio {
                n: n.checked_add(m)?,
                sum: sum + s,
                sum_squares: sum_squares + q,
                denominator_sum: denominator_sum + d,
                denominator_sum_squares: denominator_sum_squares + dq,
                sum_products: sum_products + p,
            },
            _ => return None,
        })
    }
}

/// Size, mean and standard deviation of two groups as one: squares within the groups and between their means.
fn pooled((n, mean, sd): (u64, f64, f64), (m, other_mean, other_sd): (u64, f64, f64)) -> Option<Figures> {
    let total = n.checked_add(m)?;
    if n == 0 {
        return Some(Figures::Mean { n: m, mean: other_mean, sd: other_sd });
    }
    if m == 0 {
        return Some(Figures::Mean { n, mean, sd });
    }
    let (a, b, all) = (n as f64, m as f64, total as f64);
    let gap = other_mean - mean;
    let squares = (a - 1.0) * sd * sd + (b - 1.0) * other_sd * other_sd + gap * gap * (a * b / all);
    Some(Figures::Mean { n: total, mean: mean + gap * (b / all), sd: (squares / (all - 1.0)).sqrt() })
}

/// One variant's figures for one metric, of all visitors or of one device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ResultRow))]
pub struct Row {
    pub variant: String,
    pub metric: String,
    pub segment: Option<Segment>,
    #[serde(flatten)]
    pub figures: Figures,
}

/// Totals since the start, as they stood at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snapshot {
    pub as_of: DateTime<Utc>,
    pub rows: Vec<Row>,
    pub no_device_reason: Option<String>,
    pub device_gap_reason: Option<String>,
}

impl Snapshot {
    /// The figures of a variant for a metric: of one device, or of all visitors, for whom the device rows are added up
    /// where no row of their own was given.
    pub fn totals(&self, variant: &str, metric: &str, device: Option<Device>) -> Option<Figures> {
        let mut rows = self.rows.iter().filter(|row| row.variant == variant && row.metric == metric);
        if device.is_some() {
            return rows.find(|row| row.segment.map(|segment| segment.device) == device).map(|row| row.figures);
        }
        let own = rows.clone().find(|row| row.segment.is_none());
        own.map(|row| row.figures).or_else(|| rows.by_ref().map(|row| row.figures).map(Some).reduce(|sum, next| sum?.plus(next?)).flatten())
    }

    /// The devices of which there is a row, in their order.
    pub fn devices(&self, metric: &str) -> Vec<Device> {
        let there = |device: &Device| self.rows.iter().any(|row| row.metric == metric && row.segment == Some(Segment { device: *device }));
        Device::ALL.into_iter().filter(there).collect()
    }

    /// The metrics measured: the plan's in its order, then others.
    pub fn metrics(&self, plan: &Plan) -> Vec<String> {
        let guarded = plan.guard_rails.iter().map(|rail| &rail.metric);
        let planned = plan.primary_metric.iter().chain(guarded).chain(&plan.secondary_metrics);
        let mut found: Vec<String> = planned.filter(|slug| self.rows.iter().any(|row| row.metric == **slug)).cloned().collect();
        for row in &self.rows {
            if !found.contains(&row.metric) {
                found.push(row.metric.clone());
            }
        }
        found
    }
}
