//! What a variant did, as one relative change with a 95 % interval: what a learning keeps and a rollout is valued by.

use super::Plan;
use super::pair::Pair;
use super::snapshot::{Figures, Snapshot};
use crate::sites::{Device, Metric, MetricKind};
use serde::{Deserialize, Serialize};

/// The level of every interval that leaves its test.
const LEVEL: f64 = 0.95;

/// A relative change, and the control's value that it is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeasuredEffect {
    /// The control's share or mean.
    pub control: f64,
    /// 0.05 is +5 %.
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
}

/// The relative change that a variant showed on these devices, on all visitors where none is named; none where it was
/// not measured or has no percentage.
pub fn measured_effect(
    plan: &Plan,
    metrics: &[Metric],
    snapshot: &Snapshot,
    metric: &str,
    variant: &str,
    devices: &[Device],
) -> Option<MeasuredEffect> {
    let control = plan.control()?;
    let is_ratio = metrics.iter().any(|one| one.slug == metric && one.kind == MetricKind::Ratio);
    let pair = Pair::new(on(snapshot, &control.key, metric, devices)?, on(snapshot, variant, metric, devices)?, is_ratio).ok()?;
    let (estimate, interval) = pair.relative(LEVEL, (&control.key, variant)).ok()?;
    Some(MeasuredEffect { control: pair.values().0, estimate, low: interval.lower, high: interval.upper, level: LEVEL })
}

/// The figures of some devices together; of all visitors where they are all that there are.
fn on(snapshot: &Snapshot, variant: &str, metric: &str, devices: &[Device]) -> Option<Figures> {
    let measured = snapshot.devices(metric);
    if devices.is_empty() || measured.is_empty() || measured.iter().all(|device| devices.contains(device)) {
        return snapshot.totals(variant, metric, None);
    }
    let parts = devices.iter().filter_map(|device| snapshot.totals(variant, metric, Some(*device)));
    parts.map(Some).reduce(|sum, next| sum?.plus(next?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::cast::{ORDERS, metrics, on, plan, snapshot, two};
    use super::*;

    #[test]
    fn an_effect_is_that_of_the_devices_named() {
        let of = |device, rows: Vec<super::super::Row>| rows.into_iter().map(move |row| on(device, row));
        let rows: Vec<_> = of(Device::Mobile, two((1200, 60_000), (1080, 60_000)))
            .chain(of(Device::Desktop, two((1600, 40_000), (1880, 40_000))))
            .collect();
        let results = snapshot(rows);
        let effect = |devices: &[Device]| measured_effect(&plan(2), &metrics(), &results, ORDERS, "B", devices).unwrap();
        for (devices, control, estimate) in [
            (&[][..], 0.028, 0.0571),
            (&[Device::Desktop][..], 0.04, 0.175),
            (&[Device::Mobile][..], 0.02, -0.1),
            (&[Device::Mobile, Device::Desktop][..], 0.028, 0.0571),
        ] {
            let found = effect(devices);
            assert!((found.control - control).abs() < 1e-9 && (found.estimate - estimate).abs() < 5e-5, "{devices:?} {found:?}");
        }
        assert_eq!(measured_effect(&plan(2), &metrics(), &results, ORDERS, "B", &[Device::Tablet]), None, "not measured there");
        assert_eq!(measured_effect(&plan(2), &metrics(), &results, "return-rate", "B", &[]), None);
    }
}
