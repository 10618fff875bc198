//! Checks of the data. Each says its number; what has no input reads "not measured", never a tick.

use super::analysis::{Comparison, Facts, GuardState, HealthCheck, Progress, Status};
use super::compare::{Lens, pair_of};
use super::pair::{FEW, Pair, towards_good};
use super::snapshot::Snapshot;
use super::{Plan, Role, State, words};
use crate::sites::{Device, Direction};
use crate::stats::random_effects::{Effect, homogeneity};
use crate::stats::split::sample_ratio;
use crate::stats::strata::{Stratum, breslow_day};
use chrono::{DateTime, Utc};

/// Below this a split is not the one that was planned: no result can be read.
const SPLIT_ALPHA: f64 = 0.001;
/// Below this devices answer differently.
pub(super) const INTERACTION_ALPHA: f64 = 0.05;

fn check(name: &str, status: Status, detail: impl Into<String>, figure: Option<f64>) -> HealthCheck {
    HealthCheck { check: name.to_owned(), status, detail: detail.into(), figure }
}

/// All checks whose input exists or should exist.
pub(super) fn check_health(
    plan: &Plan,
    facts: &Facts,
    snapshot: Option<&Snapshot>,
    progress: &Progress,
    comparisons: &[Comparison],
    now: DateTime<Utc>,
) -> Vec<HealthCheck> {
    if !facts.kind.has_numbers() || facts.state.is_before_start() {
        return Vec::new();
    }
    let mut checks = Vec::new();
    checks.extend(split(plan, facts, snapshot));
    checks.extend(snapshot.and_then(|snapshot| split_on_devices(plan, facts, snapshot)));
    if facts.planned {
        checks.push(planned_sample(facts, progress));
        checks.push(whole_weeks(facts, progress));
        checks.push(looks(progress));
    }
    checks.extend(snapshot.and_then(|snapshot| small_counts(plan, snapshot)));
    checks.extend(snapshot.and_then(|snapshot| missing_days(facts, snapshot, now)));
    checks.extend(snapshot.and_then(|snapshot| interaction_check(plan, facts, snapshot, progress)));
    checks.extend(guard_rails(plan, facts, snapshot, progress, comparisons));
    checks.extend(
        facts.data_note.map(|note| check("data_note", if note.invalid { Status::Fail } else { Status::Warn }, note.note.clone(), None)),
    );
    checks
}

/// Whether a check of the split says that nothing can be read.
pub(super) fn split_fails(health: &[HealthCheck]) -> bool {
    health.iter().any(|one| one.status == Status::Fail && matches!(one.check.as_str(), "sample_ratio" | "sample_ratio_devices"))
}

/// The visitors of each variant and the chance of a split at least so far from the plan.
fn split_of(plan: &Plan, snapshot: &Snapshot, device: Option<Device>) -> Option<(Vec<u64>, f64)> {
    let primary = plan.primary_metric.as_deref()?;
    let counts: Option<Vec<u64>> =
        plan.variants.iter().map(|variant| snapshot.totals(&variant.key, primary, device).map(|figures| figures.units())).collect();
    let counts = counts?;
    let shares: Vec<f64> = plan.variants.iter().map(|variant| variant.share).collect();
    let p = sample_ratio(&counts, &shares)?.p_value;
    Some((counts, p))
}

pub(super) fn split(plan: &Plan, facts: &Facts, snapshot: Option<&Snapshot>) -> Option<HealthCheck> {
    if !facts.kind.splits_visitors() {
        return None;
    }
    let Some((counts, p)) = snapshot.and_then(|snapshot| split_of(plan, snapshot, None)) else {
        return Some(check("sample_ratio", Status::Warn, "Not measured: not every variant has visitors yet.", None));
    };
    let shown = counts.into_iter().map(words::grouped).collect::<Vec<_>>().join(" / ");
    let split = if facts.planned { "the planned split" } else { "an equal split" };
    let (status, verdict) = if p < SPLIT_ALPHA { (Status::Fail, "is not") } else { (Status::Pass, "fits") };
    Some(check("sample_ratio", status, format!("{shown} visitors {verdict} {split} ({}).", words::p_value(p)), Some(p)))
}

fn split_on_devices(plan: &Plan, facts: &Facts, snapshot: &Snapshot) -> Option<HealthCheck> {
    if !facts.kind.splits_visitors() {
        return None;
    }
    let devices = snapshot.devices(plan.primary_metric.as_deref()?);
    let splits: Vec<(Device, f64)> =
        devices.into_iter().filter_map(|device| Some((device, split_of(plan, snapshot, Some(device))?.1))).collect();
    let Some((_, smallest)) = splits.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a }) else {
        let why = snapshot.no_device_reason.as_deref().unwrap_or("no results per device");
        return Some(check("sample_ratio_devices", Status::Warn, format!("Not measured: {why}"), None));
    };
    let broken: Vec<String> =
        splits.iter().filter(|(_, p)| *p < SPLIT_ALPHA).map(|(device, p)| format!("{} ({})", device.slug(), words::p_value(*p))).collect();
    let (status, detail) = if broken.is_empty() {
        (Status::Pass, "The split fits the plan on every device.".to_owned())
    } else {
        (Status::Fail, format!("The split is not the planned one on {}.", words::list(&broken)))
    };
    Some(check("sample_ratio_devices", status, detail, Some(smallest)))
}

fn planned_sample(facts: &Facts, progress: &Progress) -> HealthCheck {
    let Some(sample) = progress.planned_sample else {
        let why = progress.unknown.first().map_or("the plan has no sample.", String::as_str);
        return check("planned_sample", Status::Warn, format!("Not measured: {why}"), None);
    };
    let Some(visitors) = progress.visitors else {
        return check(
            "planned_sample",
            Status::Warn,
            format!("Not measured: no results yet; {} visitors are planned.", words::grouped(sample)),
            None,
        );
    };
    let share = visitors as f64 / sample.max(1) as f64;
    let detail = format!("{} of {} visitors.", words::grouped(visitors), words::grouped(sample));
    let (status, detail) = match (visitors >= sample, facts.weeks_alone) {
        (true, _) => (Status::Pass, detail),
        (false, true) => (Status::Warn, format!("{detail} The test was started under power, so its weeks alone count.")),
        (false, false) => (Status::Warn, detail),
    };
    check("planned_sample", status, detail, Some(share))
}

fn whole_weeks(facts: &Facts, progress: &Progress) -> HealthCheck {
    let Some(days) = progress.days else {
        return check("whole_weeks", Status::Warn, "Not measured: the day of the start is unknown.", None);
    };
    let planned = i64::from(progress.planned_weeks);
    let (weeks, rest) = (days / 7, days % 7);
    let figure = Some(days as f64 / 7.0);
    let count = format!("{weeks} of {}", words::counted(u64::from(progress.planned_weeks), "whole week"));
    if weeks < planned {
        return check("whole_weeks", Status::Warn, format!("{count} are over."), figure);
    }
    let over = facts.state != State::Running && rest != 0;
    let status = if over { Status::Warn } else { Status::Pass };
    let partial =
        if over { format!(", and {} of a week that did not end", words::counted(rest.unsigned_abs(), "day")) } else { String::new() };
    check("whole_weeks", status, format!("{count}{partial}."), figure)
}

fn looks(progress: &Progress) -> HealthCheck {
    let detail = match progress.looks {
        0 => "Nobody looked before the planned end.".to_owned(),
        count => format!("{} before the planned end; the interval shown then allows for it.", words::counted(u64::from(count), "look")),
    };
    check("looks", Status::Pass, detail, Some(f64::from(progress.looks)))
}

fn small_counts(plan: &Plan, snapshot: &Snapshot) -> Option<HealthCheck> {
    let primary = plan.primary_metric.as_deref()?;
    let conversions = plan.variants.iter().filter_map(|variant| snapshot.totals(&variant.key, primary, None)?.conversions());
    let least = conversions.min()?;
    let detail = format!("At least {} in every variant.", words::counted(least, "conversion"));
    Some(if least < FEW {
        check(
            "small_counts",
            Status::Warn,
            format!("A variant has {}: an exact test must agree.", words::counted(least, "conversion")),
            Some(least as f64),
        )
    } else {
        check("small_counts", Status::Pass, detail, Some(least as f64))
    })
}

/// Days between the last results and the end of the run, or the present.
fn missing_days(facts: &Facts, snapshot: &Snapshot, now: DateTime<Utc>) -> Option<HealthCheck> {
    facts.started_on?;
    let end = facts.stopped_on.unwrap_or(now.date_naive());
    let missing = (end - snapshot.as_of.date_naive()).num_days().max(0);
    let status = if missing > 1 { Status::Warn } else { Status::Pass };
    let until = if facts.stopped_on.is_some() { "the stop" } else { "today" };
    let detail = match missing {
        0 | 1 => format!("The results reach {until}."),
        days => format!("The results end {} before {until}.", words::counted(days.unsigned_abs(), "day")),
    };
    Some(check("missing_days", status, detail, Some(missing as f64)))
}

/// How far devices differ on the primary metric for one treatment: the p value of Breslow's and Day's test for shares,
/// of Cochran's Q for means. None with fewer than two devices to compare.
pub(super) fn interaction(plan: &Plan, facts: &Facts, snapshot: &Snapshot, treatment: &str) -> Option<f64> {
    let primary = plan.primary_metric.as_deref()?;
    let pairs: Vec<Pair> = snapshot
        .devices(primary)
        .into_iter()
        .filter_map(|device| pair_of(plan, facts, snapshot, primary, treatment, Some(device))?.ok())
        .collect();
    let strata: Option<Vec<Stratum>> = pairs
        .iter()
        .map(|pair| match pair {
            Pair::Shares(first, second) => Some(Stratum { first: *first, second: *second }),
            Pair::Means { .. } => None,
        })
        .collect();
    if let Some(strata) = strata {
        // A device without any conversion, or with nothing else, says nothing of the odds.
        let telling = |s: &Stratum| s.first.successes() + s.second.successes() > 0 && s.first.failures() + s.second.failures() > 0;
        let strata: Vec<Stratum> = strata.into_iter().filter(telling).collect();
        return if strata.len() < 2 { None } else { breslow_day(&strata).map(|found| found.p_value) };
    }
    let effects: Vec<Effect> = pairs
        .iter()
        .filter_map(|pair| Some(Effect { estimate: pair.estimate(), standard_error: pair.standard_error().filter(|error| *error > 0.0)? }))
        .collect();
    homogeneity(&effects).map(|found| found.p_value)
}

fn interaction_check(plan: &Plan, facts: &Facts, snapshot: &Snapshot, progress: &Progress) -> Option<HealthCheck> {
    if snapshot.devices(plan.primary_metric.as_deref()?).len() < 2 {
        return None;
    }
    if progress.short_of_plan {
        return Some(check("device_interaction", Status::Warn, "Not measured before the plan is reached.", None));
    }
    let smallest = plan.treatments().iter().filter_map(|one| interaction(plan, facts, snapshot, &one.key)).reduce(f64::min);
    Some(match smallest {
        None => check("device_interaction", Status::Warn, "Not measured: too few results per device.", None),
        Some(p) if p < INTERACTION_ALPHA => check(
            "device_interaction",
            Status::Warn,
            format!("Devices answer differently ({}): decide for each device.", words::p_value(p)),
            Some(p),
        ),
        Some(p) => check(
            "device_interaction",
            Status::Pass,
            format!("Devices do not differ more than chance would ({}).", words::p_value(p)),
            Some(p),
        ),
    })
}

fn guard_rails(
    plan: &Plan,
    facts: &Facts,
    snapshot: Option<&Snapshot>,
    progress: &Progress,
    comparisons: &[Comparison],
) -> Option<HealthCheck> {
    if plan.guard_rails.is_empty() {
        return facts.planned.then(|| check("guard_rails", Status::Warn, "Not measured: the plan has no guard-rail.", None));
    }
    let lens = Lens::new(plan, facts, progress);
    if !lens.sequential {
        let broken = snapshot.map(|snapshot| wholly_bad(plan, facts, snapshot)).unwrap_or_default();
        return Some(match broken.as_slice() {
            [] => check("guard_rails", Status::Warn, "Not measured before a look; nothing is so bad that it would say stop now.", None),
            names => check("guard_rails", Status::Fail, format!("{} is harmed, whenever one looks: stop now.", words::list(names)), None),
        });
    }
    let standing = |state: GuardState| {
        let rails = comparisons.iter().filter(|one| one.segment.is_none() && one.role == Role::GuardRail);
        let mut names: Vec<String> = rails
            .filter(|one| one.guard_rail.as_ref().map(|found| found.status) == Some(state))
            .map(|one| facts.name(&one.metric))
            .collect();
        names.dedup();
        names
    };
    let (broken, unproven) = (standing(GuardState::Broken), standing(GuardState::Unproven));
    let measured = |slug: &str| comparisons.iter().any(|one| one.metric == slug && one.segment.is_none() && one.guard_rail.is_some());
    let missing: Vec<String> =
        plan.guard_rails.iter().filter(|rail| !measured(&rail.metric)).map(|rail| facts.name(&rail.metric)).collect();
    let mut sentences = Vec::new();
    for (names, verb) in [(&broken, "is broken"), (&unproven, "is not shown safe"), (&missing, "is not measured")] {
        if !names.is_empty() {
            sentences.push(format!("{}: {verb}.", words::list(names)));
        }
    }
    let status = match (broken.is_empty(), sentences.is_empty()) {
        (false, _) => Status::Fail,
        (true, false) => Status::Warn,
        (true, true) => Status::Pass,
    };
    let detail = if sentences.is_empty() { "Every guard-rail is safe.".to_owned() } else { sentences.join(" ") };
    Some(check("guard_rails", status, detail, Some(broken.len() as f64)))
}

/// The guard-rails whose always-valid interval lies wholly on the bad side for some treatment.
pub(super) fn wholly_bad(plan: &Plan, facts: &Facts, snapshot: &Snapshot) -> Vec<String> {
    let mut names = Vec::new();
    for rail in &plan.guard_rails {
        let good = facts.metric(&rail.metric).map_or(Direction::Up, |metric| metric.direction);
        let bad = plan.treatments().iter().any(|treatment| {
            let pair = pair_of(plan, facts, snapshot, &rail.metric, &treatment.key, None);
            let found = pair.and_then(Result::ok).and_then(|pair| pair.always_valid(facts.tuning(), plan.shared_alpha()));
            found.is_some_and(|found| towards_good(found.interval, good).upper < 0.0)
        });
        if bad {
            names.push(facts.name(&rail.metric));
        }
    }
    names
}
