//! The winner's curse: what was shipped because it looked good is worth less than it looked. Lifts are drawn towards
//! what tests usually bring, by empirical Bayes over all finished tests: wins, losses and the rest.

use super::Lift;
use super::value::standard_error;
use crate::stats::random_effects::{Effect, der_simonian_laird};
use crate::stats::shrinkage::Normal;

/// From so many finished tests on, their own scatter is the prior.
pub const FEWEST_TESTS: usize = 10;
/// Before that: lifts are taken to scatter by 3 % around 0 (statistics notes, 1.10: a stated choice).
pub const USUAL_SPREAD: f64 = 0.03;

/// A finished test's measured change in the good direction, whatever its outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    pub metric: String,
    pub lift: Lift,
}

/// What is known of a metric's lifts before looking at one: the mean and spread (DerSimonian and Laird) of its own
/// finished tests, of all metrics' where it has fewer than ten, else a stated default.
pub fn prior(metric: &str, finished: &[Finished]) -> Option<Normal> {
    let own: Vec<Effect> = finished.iter().filter(|one| one.metric == metric).filter_map(effect).collect();
    let all: Vec<Effect> = finished.iter().filter_map(effect).collect();
    let effects = [own, all].into_iter().find(|effects| effects.len() >= FEWEST_TESTS);
    let pooled = effects.and_then(|effects| der_simonian_laird(&effects));
    match pooled {
        // Where tests do not differ more than their errors, what is left is how well their mean is known.
        Some(pooled) if pooled.tau_squared > 0.0 => Normal::new(pooled.mean, pooled.tau_squared.sqrt()),
        Some(pooled) => Normal::new(pooled.mean, pooled.standard_error),
        None => Normal::new(0.0, USUAL_SPREAD),
    }
}

fn effect(finished: &Finished) -> Option<Effect> {
    let standard_error = standard_error(&finished.lift).filter(|error| *error > 0.0)?;
    Some(Effect { estimate: finished.lift.estimate, standard_error })
}

/// The lift drawn towards the prior, with an interval of the same level.
pub fn shrunken(lift: &Lift, prior: Normal) -> Option<Lift> {
    let measured = Normal::new(lift.estimate, standard_error(lift)?)?;
    let found = measured.shrunken_towards(prior)?;
    let interval = found.credible(lift.level)?;
    Some(Lift { estimate: found.mean, low: interval.lower, high: interval.upper, level: lift.level })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(estimate: f64, error: f64) -> Lift {
        let half = 1.959_963_984_540_054 * error;
        Lift { estimate, low: estimate - half, high: estimate + half, level: 0.95 }
    }

    const TEN: [(f64, f64); 10] =
        [(5.0, 2.0), (1.0, 1.5), (-2.0, 2.0), (8.0, 4.0), (0.3, 1.0), (-1.0, 1.2), (3.0, 1.8), (12.0, 6.0), (-4.0, 3.0), (1.5, 1.1)];

    fn finished() -> Vec<Finished> {
        TEN.iter().map(|(lift, error)| Finished { metric: "m".into(), lift: measured(*lift, *error) }).collect()
    }

    #[test]
    fn ten_tests_shrink_their_winners_to_the_published_values() {
        let prior = prior("m", &finished()).unwrap();
        for (lift, error, wanted) in [(12.0, 6.0, 2.06), (8.0, 4.0, 2.33), (5.0, 2.0, 2.90)] {
            let found = shrunken(&measured(lift, error), prior).unwrap();
            assert!((found.estimate - wanted).abs() < 0.005, "{}", found.estimate);
        }
        // The sum of the three winners: 7.29, 80 % range 3.7 .. 10.8.
        let winners = [(5.0, 2.0), (8.0, 4.0), (12.0, 6.0)].map(|(lift, error)| shrunken(&measured(lift, error), prior).unwrap());
        let sum: f64 = winners.iter().map(|one| one.estimate).sum();
        let deviation = winners.iter().map(|one| standard_error(one).unwrap().powi(2)).sum::<f64>().sqrt();
        let range = Normal::new(sum, deviation).unwrap().credible(0.8).unwrap();
        assert!((sum - 7.29).abs() < 0.005 && (range.lower - 3.7).abs() < 0.06 && (range.upper - 10.8).abs() < 0.06, "{sum} {range:?}");
    }

    #[test]
    fn few_tests_use_the_stated_default_and_other_metrics_help() {
        assert_eq!(prior("m", &finished()[..9]), Normal::new(0.0, USUAL_SPREAD));
        assert_eq!(prior("another", &finished()), prior("m", &finished()));
        let same: Vec<Finished> = (0..10).map(|_| Finished { metric: "m".into(), lift: measured(0.02, 0.01) }).collect();
        assert!(prior("m", &same).is_some_and(|prior| (prior.mean - 0.02).abs() < 1e-12 && prior.deviation > 0.0));
    }
}
