//! Families on sample size and power.

use super::{Answer, level_in, number};
use domain::stats::mean_planning::{mean_sample_size, mean_sample_size_t};
use domain::stats::share_planning::{
    share_power, share_power_arcsine, share_sample_size, share_sample_size_arcsine, smallest_detectable_h,
};
use domain::stats::{Goal, Sides};
use serde_json::Value;

fn goal(inputs: &Value) -> Goal {
    let or = |name: &str, usual: f64| match &inputs[name] {
        Value::Null => usual,
        value => number(value).unwrap_or(f64::NAN),
    };
    let one_sided = inputs["two_sided"] == Value::Bool(false);
    Goal {
        alpha: or("alpha", 0.05),
        power: or("power", 0.8),
        sides: if one_sided { Sides::One } else { Sides::Two },
        ratio: or("variant_to_control_ratio", or("ratio", 1.0)),
    }
}

/// Baseline and the share that the stated relative change leads to.
fn shares(inputs: &Value, change: &str) -> Option<(f64, f64)> {
    let baseline = number(&inputs["baseline"])?;
    Some((baseline, baseline * (1.0 + number(&inputs[change])?)))
}

pub fn sample_size_proportion(name: &str, inputs: &Value) -> Answer {
    let (goal, shares) = (goal(inputs), shares(inputs, "relative_mde"));
    match name {
        "n_control_arcsine" => shares.and_then(|(p, q)| share_sample_size_arcsine(p, q, goal)).into(),
        "n_control_normal_pooled_null" => shares.and_then(|(p, q)| share_sample_size(p, q, goal)).into(),
        _ => Answer::Unknown,
    }
}

pub fn achieved_power(name: &str, inputs: &Value) -> Answer {
    let (goal, shares) = (goal(inputs), shares(inputs, "relative_lift"));
    let units = number(&inputs["visitors_per_arm"]);
    let known = shares.zip(units);
    match name {
        "power_pooled_null" => known.and_then(|((p, q), units)| share_power(p, q, units, goal)).into(),
        "power_arcsine" => known.and_then(|((p, q), units)| share_power_arcsine(p, q, units, goal)).into(),
        _ => {
            let percent = name.strip_suffix("pct").and_then(|rest| level_in(rest, "mde_cohens_h_at_"));
            let Some(power) = percent else {
                return Answer::Unknown;
            };
            units.and_then(|units| smallest_detectable_h(units, Goal { power, ..goal })).into()
        }
    }
}

pub fn sample_size_mean(name: &str, inputs: &Value) -> Answer {
    let goal = goal(inputs);
    let known = number(&inputs["mean"]).zip(number(&inputs["relative_mde"])).map(|(mean, change)| mean * change).zip(number(&inputs["sd"]));
    match name {
        "n_per_arm_t" => known.and_then(|(d, sd)| mean_sample_size_t(d, sd, goal)).into(),
        "n_per_arm_normal" => known.and_then(|(d, sd)| mean_sample_size(d, sd, goal)).into(),
        _ => Answer::Unknown,
    }
}
