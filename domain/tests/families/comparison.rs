//! Families that compare two arms.

use super::{Answer, both, confidence, count, number, sample, whole};
use domain::stats::adjustment::{CovariateSums, adjust_for_covariate};
use domain::stats::fisher::fisher_exact;
use domain::stats::margins::{equivalence, non_inferiority, one_sided_bounds};
use domain::stats::means::{log_ratio_interval, relative_difference, relative_interval, relative_standard_error, welch, welch_interval};
use domain::stats::proportion_intervals::{agresti_caffo, clopper_pearson, katz_ratio, newcombe, wald, wilson};
use domain::stats::proportions::{difference, pooled_z, unpooled_standard_error, unpooled_z};
use domain::stats::sequential::{sequential_difference, sequential_relative};
use domain::stats::{RatioSums, Sample};
use serde_json::Value;

pub fn two_proportion(name: &str, inputs: &Value) -> Answer {
    let pair = both(inputs, count);
    let (first, second) = (pair.map(|pair| pair.0), pair.map(|pair| pair.1));
    let level = confidence(inputs);
    match name {
        "z_pooled" => pair.and_then(|(a, b)| pooled_z(a, b)).map(|test| test.z).into(),
        "p_value_pooled_two_sided" => pair.and_then(|(a, b)| pooled_z(a, b)).map(|test| test.p_value).into(),
        "z_unpooled" => pair.and_then(|(a, b)| unpooled_z(a, b)).map(|test| test.z).into(),
        "p_value_unpooled_two_sided" => pair.and_then(|(a, b)| unpooled_z(a, b)).map(|test| test.p_value).into(),
        "diff_ci_wald" => pair.and_then(|(a, b)| wald(a, b, level)).into(),
        "diff_ci_newcombe" => pair.and_then(|(a, b)| newcombe(a, b, level)).into(),
        "diff_ci_agresti_caffo" => pair.and_then(|(a, b)| agresti_caffo(a, b, level)).into(),
        "risk_ratio_ci_katz_log" => pair.and_then(|(a, b)| katz_ratio(a, b, level)).into(),
        "control_ci_wilson" => first.and_then(|a| wilson(a, level)).into(),
        "variant_ci_wilson" => second.and_then(|b| wilson(b, level)).into(),
        "control_ci_clopper_pearson" => first.and_then(|a| clopper_pearson(a, level)).into(),
        "variant_ci_clopper_pearson" => second.and_then(|b| clopper_pearson(b, level)).into(),
        _ => Answer::Unknown,
    }
}

pub fn relative_lift(name: &str, inputs: &Value) -> Answer {
    let pair = both(inputs, sample);
    let level = confidence(inputs);
    match name {
        "relative_lift" => pair.and_then(|(a, b)| relative_difference(a, b)).into(),
        "relative_lift_ci_delta" => pair.and_then(|(a, b)| relative_interval(a, b, level)).into(),
        "relative_lift_se_delta" => pair.and_then(|(a, b)| relative_standard_error(a, b)).into(),
        "absolute_lift_ci_welch" => pair.and_then(|(a, b)| welch_interval(a, b, level)).into(),
        _ => Answer::Unknown,
    }
}

pub fn exact(name: &str, inputs: &Value) -> Answer {
    match name {
        "fisher_p_two_sided" => both(inputs, count).and_then(|(first, second)| fisher_exact(first, second)).into(),
        _ => Answer::Unknown,
    }
}

pub fn welch_from_sums(name: &str, inputs: &Value) -> Answer {
    let pair = both(inputs, sample);
    let level = confidence(inputs);
    let test = pair.and_then(|(first, second)| welch(first, second));
    match name {
        "t" => test.map(|test| test.t).into(),
        "df" => test.map(|test| test.degrees_of_freedom).into(),
        "p_value_two_sided" => test.map(|test| test.p_value).into(),
        "diff_ci_welch" | "diff_ci_welch_tea_tasting" => pair.and_then(|(a, b)| welch_interval(a, b, level)).into(),
        "relative_lift_ci_log_ratio" => pair.and_then(|(a, b)| log_ratio_interval(a, b, level)).into(),
        _ => relative_lift(name, inputs),
    }
}

pub fn ratio_metric(name: &str, inputs: &Value) -> Answer {
    let pair = both(inputs, |arm| {
        Sample::from_ratio(RatioSums {
            n: whole(&arm["n"])?,
            m: number(&arm["m_sum"])?,
            mm: number(&arm["m_sq"])?,
            d: number(&arm["d_sum"])?,
            dd: number(&arm["d_sq"])?,
            md: number(&arm["md"])?,
        })
        .ok()
    });
    let level = confidence(inputs);
    match name {
        "control_ratio" => pair.map(|(first, _)| first.mean()).into(),
        "variant_ratio" => pair.map(|(_, second)| second.mean()).into(),
        "absolute_ci" | "absolute_ci_tea_tasting" => pair.and_then(|(a, b)| welch_interval(a, b, level)).into(),
        "relative_lift_ci_delta" => pair.and_then(|(a, b)| relative_interval(a, b, level)).into(),
        "relative_ci_log_ratio_tea_tasting" => pair.and_then(|(a, b)| log_ratio_interval(a, b, level)).into(),
        "p_value_absolute" | "p_value_tea_tasting" => pair.and_then(|(a, b)| welch(a, b)).map(|test| test.p_value).into(),
        _ => Answer::Unknown,
    }
}

pub fn cuped(name: &str, inputs: &Value) -> Answer {
    let sums = both(inputs, |arm| {
        Some(CovariateSums {
            n: whole(&arm["n"])?,
            y: number(&arm["y"])?,
            yy: number(&arm["yy"])?,
            x: number(&arm["x"])?,
            xx: number(&arm["xx"])?,
            xy: number(&arm["xy"])?,
        })
    });
    let adjusted = sums.and_then(|(a, b)| adjust_for_covariate(a, b).ok());
    let plain = both(inputs, |arm| Sample::from_sums(whole(&arm["n"])?, number(&arm["y"])?, number(&arm["yy"])?).ok());
    let level = confidence(inputs);
    match name {
        "absolute_ci" => adjusted.and_then(|(a, b)| welch_interval(a, b, level)).into(),
        "absolute_effect" => adjusted.map(|(a, b)| b.mean() - a.mean()).into(),
        "unadjusted_absolute_ci" => plain.and_then(|(a, b)| welch_interval(a, b, level)).into(),
        _ => Answer::Unknown,
    }
}

pub fn sequential(name: &str, inputs: &Value) -> Answer {
    let known = both(inputs, sample).zip(number(&inputs["tuning_sample_size"]).zip(number(&inputs["alpha"])));
    let absolute = || known.and_then(|((a, b), (tuning, alpha))| sequential_difference(a, b, tuning, alpha));
    let relative = || known.and_then(|((a, b), (tuning, alpha))| sequential_relative(a, b, tuning, alpha));
    match name {
        "absolute_ci_always_valid" => absolute().map(|look| look.interval).into(),
        "absolute_p_always_valid" => absolute().map(|look| look.p_value).into(),
        "relative_ci_always_valid" => relative().map(|look| look.interval).into(),
        "relative_p_always_valid" => relative().map(|look| look.p_value).into(),
        _ => Answer::Unknown,
    }
}

pub fn guardrail(name: &str, inputs: &Value) -> Answer {
    let found = both(inputs, count).map(|(a, b)| (difference(a, b), unpooled_standard_error(a, b))).zip(number(&inputs["absolute_margin"]));
    match name {
        "p_non_inferior_wald" => found.and_then(|((d, error), margin)| non_inferiority(d, error, margin)).into(),
        "p_equivalence_tost_wald" => found.and_then(|((d, error), margin)| equivalence(d, error, margin)).into(),
        _ => {
            let percent = name.strip_prefix("one_sided_").and_then(|rest| rest.split_once('_'));
            let Some((percent, side)) = percent else {
                return Answer::Unknown;
            };
            let Ok(percent) = percent.parse::<f64>() else {
                return Answer::Unknown;
            };
            let bounds = found.and_then(|((d, error), _)| one_sided_bounds(d, error, percent / 100.0));
            match side {
                "lower_bound" => bounds.map(|bounds| bounds.lower).into(),
                "upper_bound" => bounds.map(|bounds| bounds.upper).into(),
                _ => Answer::Unknown,
            }
        }
    }
}
