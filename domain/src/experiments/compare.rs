//! The table of comparisons: every metric, treatment and device against the control.

use super::analysis::{ArmFigures, Change, Comparison, Difference, Facts, GuardReading, GuardState, Progress, Sequential};
use super::pair::{FEW, Pair, towards_good};
use super::snapshot::{Figures, Segment, Snapshot};
use super::{GuardRail, Horizon, Plan, Role, Variant};
use crate::sites::{Device, Direction, MetricKind};
use crate::stats::{Interval, margins, multiplicity};

/// The level of a guard-rail's interval, and of the two-sided interval whose ends are one-sided 95 % bounds.
const GUARD_LEVEL: f64 = 0.95;
const BOUND_LEVEL: f64 = 0.90;

/// What of the figures may be shown, and which interval decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lens {
    /// Figures for one reading: not before the plan is reached while the test runs.
    pub fixed: bool,
    /// Figures for any number of readings: after a look, and always in a sequential plan.
    pub sequential: bool,
    pub always_valid: bool,
    pub level: f64,
    pub tuning: f64,
}

impl Lens {
    pub fn new(plan: &Plan, facts: &Facts, progress: &Progress) -> Self {
        let fixed = !progress.short_of_plan;
        Self {
            fixed,
            sequential: fixed || facts.looked || plan.horizon == Horizon::Sequential,
            always_valid: facts.decides_always_valid(plan, progress),
            level: plan.level(),
            tuning: facts.tuning(),
        }
    }

    /// The interval that decides, at this level.
    pub fn interval(&self, pair: &Pair, level: f64) -> Option<Interval> {
        if self.always_valid { pair.always_valid(self.tuning, 1.0 - level).map(|found| found.interval) } else { pair.fixed(level) }
    }

    /// Whether the change is shown, read in the good direction. With few conversions the exact test must agree.
    pub fn change(&self, pair: &Pair, good: Direction) -> Option<Change> {
        let interval = towards_good(self.interval(pair, self.level)?, good);
        let agreed = !pair.is_small() || pair.p_value().is_some_and(|p| p < 1.0 - self.level);
        Some(match interval {
            Interval { lower, .. } if lower > 0.0 && agreed => Change::Better,
            Interval { upper, .. } if upper < 0.0 && agreed => Change::Worse,
            _ => Change::Unclear,
        })
    }

    /// Where a guard-rail stands by this pair.
    pub fn guard(&self, rail: &GuardRail, pair: &Pair, good: Direction) -> GuardReading {
        let margin = rail.absolute_margin(pair.values().0);
        let bound = self.interval(pair, BOUND_LEVEL).map(|interval| towards_good(interval, good).lower);
        let upper = self.interval(pair, GUARD_LEVEL).map(|interval| towards_good(interval, good).upper);
        let status = if bound.is_some_and(|bound| bound > -margin) {
            GuardState::Safe
        } else if upper.is_some_and(|upper| upper < 0.0) {
            GuardState::Broken
        } else {
            GuardState::Unproven
        };
        let gain = if good == Direction::Up { pair.estimate() } else { -pair.estimate() };
        let p_value = pair.standard_error().filter(|_| self.fixed).and_then(|error| margins::non_inferiority(gain, error, margin));
        GuardReading { status, margin, bound, p_value }
    }
}

/// The pair of a treatment and the control on one metric; none where one has no row, an error where no comparison is
/// possible.
pub(super) fn pair_of(
    plan: &Plan,
    facts: &Facts,
    snapshot: &Snapshot,
    metric: &str,
    treatment: &str,
    device: Option<Device>,
) -> Option<Result<Pair, String>> {
    let control = snapshot.totals(&plan.control()?.key, metric, device)?;
    let treatment = snapshot.totals(treatment, metric, device)?;
    let is_ratio = facts.metric(metric).is_some_and(|metric| metric.kind == MetricKind::Ratio);
    Some(Pair::new(control, treatment, is_ratio))
}

/// All comparisons: metrics in the plan's order, each for all visitors, then per device.
pub(super) fn comparisons(plan: &Plan, facts: &Facts, snapshot: &Snapshot, lens: &Lens) -> Vec<Comparison> {
    let Some(control) = plan.control() else { return Vec::new() };
    let mut found = Vec::new();
    for metric in snapshot.metrics(plan) {
        let devices = snapshot.devices(&metric).into_iter().map(Some);
        for device in std::iter::once(None).chain(devices) {
            for treatment in plan.treatments() {
                found.extend(compare(plan, facts, snapshot, lens, &Place { control, treatment, metric: &metric, device }));
            }
        }
    }
    adjust(&mut found);
    found
}

struct Place<'a> {
    control: &'a Variant,
    treatment: &'a Variant,
    metric: &'a str,
    device: Option<Device>,
}

fn compare(plan: &Plan, facts: &Facts, snapshot: &Snapshot, lens: &Lens, place: &Place) -> Option<Comparison> {
    let Place { control, treatment, metric, device } = place;
    let figures = (snapshot.totals(&control.key, metric, *device)?, snapshot.totals(&treatment.key, metric, *device)?);
    let good = facts.metric(metric).map_or(Direction::Up, |metric| metric.direction);
    let mut comparison = Comparison {
        variant: treatment.key.clone(),
        metric: (*metric).to_owned(),
        role: plan.role(metric),
        segment: device.map(|device| Segment { device }),
        control: arm(control, figures.0, lens.sequential),
        treatment: arm(treatment, figures.1, lens.sequential),
        absolute: None,
        relative: None,
        p_value: None,
        p_adjusted: None,
        chance_to_win: None,
        expected_loss: None,
        sequential: None,
        change: None,
        guard_rail: None,
        detail: None,
    };
    match pair_of(plan, facts, snapshot, metric, &treatment.key, *device)? {
        Err(why) => comparison.detail = Some(why),
        Ok(_) if !lens.sequential => {
            comparison.detail = Some("The plan is not reached. Look now shows the interval that allows for early looks.".to_owned());
        }
        Ok(pair) => fill(&mut comparison, &pair, good, lens, plan.guard_rail(metric)),
    }
    Some(comparison)
}

fn arm(variant: &Variant, figures: Figures, shown: bool) -> ArmFigures {
    let sample = figures.sample().ok().filter(|_| shown);
    let is_mean = figures.conversions().is_none();
    ArmFigures {
        variant: variant.key.clone(),
        visitors: figures.units(),
        conversions: figures.conversions().filter(|_| shown),
        value: sample.map(|sample| sample.mean()),
        sd: sample.filter(|_| is_mean).map(|sample| sample.variance().sqrt()),
    }
}

fn fill(comparison: &mut Comparison, pair: &Pair, good: Direction, lens: &Lens, rail: Option<&GuardRail>) {
    let mut why = Vec::new();
    if lens.fixed {
        fill_fixed(comparison, pair, good, lens, &mut why);
    } else {
        why.push("The plan is not reached: only the interval that allows for early looks is shown.".to_owned());
    }
    comparison.sequential = sequential(pair, lens);
    if comparison.sequential.is_none() {
        why.push("The interval that allows for early looks needs results that vary in both variants.".to_owned());
    }
    if matches!(pair, Pair::Means { per_visitor: false, .. }) {
        why.push("Given without its sums per visitor: read it as a hint.".to_owned());
    }
    comparison.change = lens.change(pair, good);
    comparison.guard_rail = rail.map(|rail| lens.guard(rail, pair, good));
    comparison.detail = (!why.is_empty()).then(|| why.join(" "));
}

fn fill_fixed(comparison: &mut Comparison, pair: &Pair, good: Direction, lens: &Lens, why: &mut Vec<String>) {
    let difference = |estimate, interval: Interval, method: &str| Difference {
        estimate,
        low: interval.lower,
        high: interval.upper,
        level: lens.level,
        method: method.to_owned(),
    };
    comparison.absolute = pair.fixed(lens.level).map(|interval| difference(pair.estimate(), interval, pair.method()));
    if comparison.absolute.is_none() {
        why.push("The difference has no interval: the results do not vary.".to_owned());
    }
    match pair.relative(lens.level, (&comparison.control.variant, &comparison.treatment.variant)) {
        Ok((estimate, interval)) => comparison.relative = Some(difference(estimate, interval, pair.relative_method())),
        Err(reason) => why.push(reason),
    }
    comparison.p_value = pair.p_value();
    match comparison.p_value {
        None => why.push("The p value cannot be computed: the results do not vary.".to_owned()),
        Some(_) if pair.is_small() => why.push(format!("Fewer than {FEW} conversions in a variant: the p value is Fisher’s.")),
        Some(_) => {}
    }
    comparison.chance_to_win = pair.chance_to_win(good);
    comparison.expected_loss = pair.expected_loss(good);
}

fn sequential(pair: &Pair, lens: &Lens) -> Option<Sequential> {
    let alpha = 1.0 - lens.level;
    let found = pair.always_valid(lens.tuning, alpha)?;
    let relative = pair.always_valid_relative(lens.tuning, alpha).map(|found| Difference {
        estimate: found.estimate,
        low: found.interval.lower,
        high: found.interval.upper,
        level: lens.level,
        method: "confidence_sequence".to_owned(),
    });
    let (low, high) = (found.interval.lower, found.interval.upper);
    Some(Sequential { estimate: found.estimate, low, high, level: lens.level, p_value: found.p_value, relative })
}

/// Families of p values: the treatments on the primary metric and, apart from them, its devices, both by Holm;
/// secondary metrics by Benjamini and Hochberg. Guard-rails stand outside (Bonferroni intervals decide in any case).
fn adjust(comparisons: &mut [Comparison]) {
    type Adjusted = fn(&[f64]) -> Option<Vec<f64>>;
    let families: [(Role, bool, Adjusted); 4] = [
        (Role::Primary, false, multiplicity::holm),
        (Role::Primary, true, multiplicity::holm),
        (Role::Secondary, false, multiplicity::benjamini_hochberg),
        (Role::Secondary, true, multiplicity::benjamini_hochberg),
    ];
    for (role, segmented, method) in families {
        let mut family: Vec<&mut Comparison> =
            comparisons.iter_mut().filter(|one| one.role == role && one.segment.is_some() == segmented && one.p_value.is_some()).collect();
        let values: Vec<f64> = family.iter().filter_map(|one| one.p_value).collect();
        for (comparison, adjusted) in family.iter_mut().zip(method(&values).unwrap_or_default()) {
            comparison.p_adjusted = Some(adjusted);
        }
    }
}
