//! Families with several arms, values or segments.

use super::{Answer, count, number, numbers, whole};
use domain::stats::Count;
use domain::stats::multiplicity::{benjamini_hochberg, bonferroni, equal_shares, holm};
use domain::stats::proportions::pooled_z;
use domain::stats::split::{sample_ratio as test_split, sequential_sample_ratio};
use domain::stats::strata::{Stratum, breslow_day, cochran_mantel_haenszel, common_odds_ratio, common_ratio};
use serde_json::Value;

pub fn sample_ratio(name: &str, inputs: &Value) -> Answer {
    let observed = inputs["observed"].as_array().and_then(|list| list.iter().map(whole).collect::<Option<Vec<u64>>>());
    let known = observed.zip(numbers(&inputs["weights"]));
    let test = known.as_ref().and_then(|(observed, weights)| test_split(observed, weights));
    match name {
        "chi2" => test.map(|test| test.statistic).into(),
        "p_value" | "p_gbstats" => test.map(|test| test.p_value).into(),
        "anytime_valid_p_savvi_k100" => known.and_then(|(observed, weights)| sequential_sample_ratio(&observed, &weights, 100.0)).into(),
        _ => Answer::Unknown,
    }
}

pub fn multiple_comparisons(name: &str, inputs: &Value) -> Answer {
    let adjusted = |adjust: fn(&[f64]) -> Option<Vec<f64>>| numbers(&inputs["p_values"]).and_then(|values| adjust(&values));
    let alpha = number(&inputs["alpha"]).unwrap_or(0.05);
    let rejected = |adjust| match adjusted(adjust) {
        Some(values) => Answer::Flags(values.iter().map(|p| *p <= alpha).collect()),
        None => Answer::Numbers(None),
    };
    match name {
        "holm_adjusted" => adjusted(holm).into(),
        "holm_reject" => rejected(holm),
        "benjamini_hochberg_adjusted" => adjusted(benjamini_hochberg).into(),
        "benjamini_hochberg_reject" => rejected(benjamini_hochberg),
        "bonferroni_adjusted" => adjusted(bonferroni).into(),
        "bonferroni_reject" => rejected(bonferroni),
        _ => Answer::Unknown,
    }
}

pub fn many_variants(name: &str, inputs: &Value) -> Answer {
    let arms = inputs["arms"].as_array().and_then(|list| list.iter().map(count).collect::<Option<Vec<Count>>>());
    let omnibus = arms.as_ref().and_then(|arms| equal_shares(arms));
    let raw = arms.as_ref().and_then(|arms| {
        let (control, others) = arms.split_first()?;
        others.iter().map(|arm| Some(pooled_z(*control, *arm)?.p_value)).collect::<Option<Vec<_>>>()
    });
    match name {
        "omnibus_chi2" => omnibus.map(|test| test.statistic).into(),
        "omnibus_chi2_p" => omnibus.map(|test| test.p_value).into(),
        "p_vs_control_pooled" => raw.into(),
        "p_holm_vs_control" => raw.and_then(|raw| holm(&raw)).into(),
        "p_bh_vs_control" => raw.and_then(|raw| benjamini_hochberg(&raw)).into(),
        _ => Answer::Unknown,
    }
}

pub fn segments(name: &str, inputs: &Value) -> Answer {
    let strata = inputs["segments"].as_array().and_then(|list| {
        let stratum = |segment: &Value| Some(Stratum { first: count(&segment["control"])?, second: count(&segment["variant"])? });
        list.iter().map(stratum).collect::<Option<Vec<_>>>()
    });
    let Some(strata) = strata else {
        return Answer::Numbers(None);
    };
    let each = || strata.iter().map(|stratum| Some(pooled_z(stratum.first, stratum.second)?.p_value)).collect::<Option<Vec<f64>>>();
    match name {
        "cmh_statistic" => cochran_mantel_haenszel(&strata).map(|test| test.statistic).into(),
        "cmh_p" => cochran_mantel_haenszel(&strata).map(|test| test.p_value).into(),
        "mantel_haenszel_odds_ratio" => common_odds_ratio(&strata).into(),
        "mantel_haenszel_risk_ratio" => common_ratio(&strata).into(),
        "breslow_day_statistic" => breslow_day(&strata).map(|test| test.statistic).into(),
        "breslow_day_p" => breslow_day(&strata).map(|test| test.p_value).into(),
        "aggregate_p_pooled_z" => together(&strata).into(),
        "per_segment_p" => each().into(),
        "per_segment_p_holm" => each().and_then(|raw| holm(&raw)).into(),
        _ => Answer::Unknown,
    }
}

fn together(strata: &[Stratum]) -> Option<f64> {
    let sum = |arm: fn(&Stratum) -> Count| {
        let successes = strata.iter().map(|stratum| arm(stratum).successes()).sum();
        let trials = strata.iter().map(|stratum| arm(stratum).trials()).sum();
        Count::new(successes, trials).ok()
    };
    Some(pooled_z(sum(|stratum| stratum.first)?, sum(|stratum| stratum.second)?)?.p_value)
}
