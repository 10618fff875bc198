//! From a family and the name of a value to the function that computes it.

mod comparison;
mod planning;
mod programme;
mod several;

use domain::stats::{Count, Interval, Sample};
use serde_json::Value;

/// What the library says about one expected value.
#[derive(Debug)]
pub enum Answer {
    Numbers(Option<Vec<f64>>),
    Flags(Vec<bool>),
    Unknown,
}

impl From<Option<f64>> for Answer {
    fn from(number: Option<f64>) -> Self {
        Self::Numbers(number.map(|number| vec![number]))
    }
}

impl From<Option<Interval>> for Answer {
    fn from(interval: Option<Interval>) -> Self {
        Self::Numbers(interval.map(|interval| vec![interval.lower, interval.upper]))
    }
}

impl From<Option<Vec<f64>>> for Answer {
    fn from(numbers: Option<Vec<f64>>) -> Self {
        Self::Numbers(numbers)
    }
}

/// What is computed for one expected value of a case.
pub fn answer(family: &str, name: &str, case: &Value) -> Answer {
    let inputs = &case["inputs"];
    match family {
        "two_proportion" => comparison::two_proportion(name, inputs),
        "relative_lift_delta" => comparison::relative_lift(name, inputs),
        "exact_small_sample" => comparison::exact(name, inputs),
        "welch_from_sums" => comparison::welch_from_sums(name, inputs),
        "ratio_metric_delta" => comparison::ratio_metric(name, inputs),
        "cuped" => comparison::cuped(name, inputs),
        "sequential_gavi" => comparison::sequential(name, inputs),
        "guardrail_non_inferiority" => comparison::guardrail(name, inputs),
        "sample_ratio_mismatch" => several::sample_ratio(name, inputs),
        "multiple_comparisons" => several::multiple_comparisons(name, inputs),
        "abn_many_variants" => several::many_variants(name, inputs),
        "device_segments" => several::segments(name, inputs),
        "bayes_beta_binomial" => programme::beta_binomial(name, inputs),
        "bayes_multi_variant" => programme::multi_variant(name, inputs),
        "bayes_gaussian_prior" => programme::gaussian_prior(name, inputs),
        "programme_random_effects" => programme::random_effects(name, case),
        "winners_curse" => programme::winners_curse(name, inputs),
        "sample_size_proportion" => planning::sample_size_proportion(name, inputs),
        "achieved_power" => planning::achieved_power(name, inputs),
        "sample_size_mean" => planning::sample_size_mean(name, inputs),
        _ => Answer::Unknown,
    }
}

/// A number, also where it is written as a string ("nan", "inf").
pub fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

pub fn whole(value: &Value) -> Option<u64> {
    // Through text: a fraction or a negative number is refused, not cut off.
    let float = || format!("{}", number(value)?).parse().ok();
    value.as_u64().or_else(float)
}

pub fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(number).collect()
}

pub fn count(value: &Value) -> Option<Count> {
    Count::new(whole(&value["conversions"])?, whole(&value["visitors"])?).ok()
}

/// A sample from visitors and conversions, from sums, or from mean and deviation.
pub fn sample(value: &Value) -> Option<Sample> {
    if value["visitors"].is_number() {
        return Sample::from_count(count(value)?).ok();
    }
    let n = whole(&value["n"])?;
    if value["sd"].is_number() {
        return Sample::from_deviation(n, number(&value["mean"])?, number(&value["sd"])?).ok();
    }
    if value["variance"].is_number() {
        return Sample::from_variance(n, number(&value["mean"])?, number(&value["variance"])?).ok();
    }
    Sample::from_sums(n, number(&value["sum"])?, number(&value["sum_squares"])?).ok()
}

/// Both arms of a case, read by the same function.
pub fn both<T>(inputs: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<(T, T)> {
    Some((read(&inputs["control"])?, read(&inputs["variant"])?))
}

pub fn confidence(inputs: &Value) -> f64 {
    let alpha = || number(&inputs["alpha"]).map(|alpha| 1.0 - alpha);
    number(&inputs["confidence"]).or_else(alpha).unwrap_or(0.95)
}

/// The level in a name such as `control_credible_95`.
pub fn level_in(name: &str, prefix: &str) -> Option<f64> {
    Some(name.strip_prefix(prefix)?.parse::<f64>().ok()? / 100.0)
}
