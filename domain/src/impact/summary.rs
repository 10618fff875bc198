//! The programme's figures: sums per currency, outcomes and the win rate.

use super::value::{range, year_distribution};
use super::{Lift, Rollout, Worth};
use crate::experiments::Outcome;
use crate::stats::{Count, proportion_intervals::wilson};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The sum of rollouts in one currency; in-session activations are summed apart from A/B tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImpactTotal))]
pub struct Total {
    pub currency: String,
    pub activations: bool,
    /// How many rollouts are in the sum.
    pub rollouts: u64,
    /// How many have no value because an input is missing.
    pub unknown: u64,
    pub measured: Option<Worth>,
    pub adjusted: Option<Worth>,
    /// Of those rollouts alone that were measured again.
    pub verified: Option<Worth>,
}

/// Tests by recorded outcome; imported ones only when ticked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutcomeCounts {
    pub win: u64,
    pub loss: u64,
    pub inconclusive: u64,
    /// Never counts in the win rate.
    pub invalid: u64,
}

impl OutcomeCounts {
    pub fn add(&mut self, outcome: Outcome, count: u64) {
        match outcome {
            Outcome::Win => self.win += count,
            Outcome::Loss => self.loss += count,
            Outcome::Inconclusive => self.inconclusive += count,
            Outcome::Invalid => self.invalid += count,
            Outcome::TooEarly => {}
        }
    }
}

/// Wins among wins, losses and inconclusive tests, with Wilson's 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WinRate {
    pub share: f64,
    pub low: f64,
    pub high: f64,
    pub n: u64,
}

/// The win rate; none without a test that counts.
pub fn win_rate(counts: OutcomeCounts) -> Option<WinRate> {
    let n = counts.win + counts.loss + counts.inconclusive;
    let count = Count::new(counts.win, n).ok()?;
    let interval = wilson(count, 0.95)?;
    Some(WinRate { share: count.share(), low: interval.lower, high: interval.upper, n })
}

/// What the programme is worth, how sure that is, and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Impact {
    pub totals: Vec<Total>,
    /// The newest first.
    pub rollouts: Vec<Rollout>,
    pub outcomes: OutcomeCounts,
    pub win_rate: Option<WinRate>,
    /// True for those who may not see money: then totals are empty and no rollout has a value.
    pub money_hidden: bool,
}

/// A rollout with its lift as shrunk for the winner's curse.
#[derive(Debug, Clone, PartialEq)]
pub struct Valued {
    pub rollout: Rollout,
    pub adjusted: Option<Lift>,
}

/// The sums of rollouts. Values are taken as independent: their variances add up.
pub fn totals(rollouts: &[Valued]) -> Vec<Total> {
    let mut groups: BTreeMap<(bool, &str), Vec<&Valued>> = BTreeMap::new();
    for one in rollouts {
        if let Some(currency) = &one.rollout.currency {
            groups.entry((one.rollout.activation, currency)).or_default().push(one);
        }
    }
    let total = |((activations, currency), members): (_, Vec<&Valued>)| {
        let known = members.iter().filter(|one| one.rollout.unknown.is_empty()).count() as u64;
        Total {
            currency: String::from(currency),
            activations,
            rollouts: known,
            unknown: members.len() as u64 - known,
            measured: sum(&members, currency, |one| one.rollout.inputs.lift),
            adjusted: sum(&members, currency, |one| one.adjusted),
            verified: sum(&members, currency, |one| one.rollout.inputs.verified),
        }
    };
    groups.into_iter().map(total).collect()
}

/// The sum over those that have this lift and all inputs; none where there is none.
fn sum(members: &[&Valued], currency: &str, lift: impl Fn(&Valued) -> Option<Lift>) -> Option<Worth> {
    let mut values = members.iter().filter_map(|one| year_distribution(&one.rollout.inputs, &lift(one)?)).peekable();
    values.peek()?;
    let (mean, variance) = values.fold((0.0, 0.0), |(mean, variance), (value, deviation)| (mean + value, variance + deviation * deviation));
    Some(Worth::new(range(mean, variance.sqrt(), currency), currency))
}

#[cfg(test)]
mod tests {
    use super::super::value::{Basis, Range};
    use super::super::{Inputs, year_value};
    use super::*;
    use chrono::{DateTime, NaiveDate};

    fn rollout(currency: &str, activation: bool, visitors: Option<i64>) -> Valued {
        let lift = Lift { estimate: 0.05, low: 0.01, high: 0.09, level: 0.95 };
        let inputs = Inputs {
            basis: Some(Basis::MarginPerVisitor),
            visitors,
            share: 1.0,
            baseline: Some(1.0),
            lift: Some(lift),
            kept: 1.0,
            ..Inputs::default()
        };
        let unknown = inputs.missing();
        let rollout = Rollout {
            number: "R-1".into(),
            title: "T".into(),
            hypothesis: None,
            test: None,
            site: None,
            area: None,
            variant: None,
            devices: Vec::new(),
            shipped_on: NaiveDate::default(),
            reason: None,
            activation,
            currency: Some(currency.into()),
            inputs,
            cost: None,
            cost_parts: None,
            measured: None,
            adjusted: None,
            verified: None,
            unknown,
            money_hidden: false,
            version: 1,
            created_at: DateTime::default(),
            updated_at: DateTime::default(),
        };
        Valued { rollout, adjusted: Some(Lift { estimate: 0.03, low: 0.0, high: 0.06, level: 0.95 }) }
    }

    #[test]
    fn sums_are_per_currency_and_activations_stand_apart() {
        let all = [
            rollout("GBP", false, Some(1000)),
            rollout("GBP", false, Some(1000)),
            rollout("GBP", false, None),
            rollout("GBP", true, Some(1000)),
            rollout("EUR", false, Some(1000)),
        ];
        let found = totals(&all);
        let keys: Vec<_> = found.iter().map(|one| (one.currency.as_str(), one.activations, one.rollouts, one.unknown)).collect();
        assert_eq!(keys, [("EUR", false, 1, 0), ("GBP", false, 2, 1), ("GBP", true, 1, 0)]);
        let one = year_value(&all[0].rollout.inputs, &all[0].rollout.inputs.lift.unwrap(), "GBP").unwrap();
        let two = found[1].measured.as_ref().unwrap();
        assert_eq!(two.mid.minor, 2 * one.mid);
        let width = |range: Range| (range.high - range.low) as f64;
        let sum = Range { low: two.low.minor, mid: two.mid.minor, high: two.high.minor };
        assert!((width(sum) / width(one) - 2.0_f64.sqrt()).abs() < 1e-3, "variances add up, not widths");
        assert_eq!(found[1].adjusted.as_ref().map(|worth| worth.mid.minor), Some(2 * 1000 * 3 * 12), "1,000 × 1.00 × 3 % × 12, twice");
        assert_eq!(found[1].verified, None);
    }

    #[test]
    fn six_wins_of_forty_have_their_published_interval() {
        let rate = win_rate(OutcomeCounts { win: 6, loss: 14, inconclusive: 20, invalid: 9 }).unwrap();
        assert_eq!((rate.n, rate.share), (40, 0.15));
        assert!((rate.low - 0.071).abs() < 5e-4 && (rate.high - 0.291).abs() < 5e-4);
        assert_eq!(win_rate(OutcomeCounts { invalid: 3, ..OutcomeCounts::default() }), None);
    }

    #[test]
    fn without_money_nothing_is_left_to_compute_it_from() {
        let hidden = rollout("GBP", false, Some(10)).rollout.without_money();
        assert!(hidden.money_hidden && hidden.inputs.margin.is_none() && hidden.inputs.baseline.is_none());
        assert!(totals(&[Valued { rollout: hidden, adjusted: None }])[0].measured.is_none());
    }
}
