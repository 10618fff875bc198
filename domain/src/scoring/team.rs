//! Many judgements become the team's: the middle of each criterion, its spread, and the number that ranks.

use super::{CombineRule, Criterion, Judgement};
use serde::{Deserialize, Serialize};

/// A spread of this many points or more is a split.
pub const SPLIT: u8 = 3;

/// One criterion over all scorers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CriterionSummary {
    /// The median; between two middle levels their mean.
    pub value: f64,
    pub low: u8,
    pub high: u8,
}

impl CriterionSummary {
    pub fn is_split(&self) -> bool {
        self.high - self.low >= SPLIT
    }
}

/// What the team thinks of a hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamScore {
    pub impact: CriterionSummary,
    pub confidence: CriterionSummary,
    pub ease: CriterionSummary,
    /// How many members have scored.
    pub scorers: u32,
}

impl TeamScore {
    pub fn criterion(&self, criterion: Criterion) -> CriterionSummary {
        match criterion {
            Criterion::Impact => self.impact,
            Criterion::Confidence => self.confidence,
            Criterion::Ease => self.ease,
        }
    }

    /// The one number that ranks, by the workspace's rule.
    pub fn value(&self, rule: CombineRule) -> f64 {
        rule.combine(Criterion::ALL.map(|criterion| self.criterion(criterion).value))
    }

    /// The criteria on which scorers are three or more points apart.
    pub fn split(&self) -> Vec<Criterion> {
        Criterion::ALL.into_iter().filter(|criterion| self.criterion(*criterion).is_split()).collect()
    }
}

/// The team's score, or none without a scorer.
pub fn team_score(judgements: &[Judgement]) -> Option<TeamScore> {
    let summary = |index: usize| summarise(judgements.iter().map(|judgement| judgement.levels()[index]).collect());
    Some(TeamScore { impact: summary(0)?, confidence: summary(1)?, ease: summary(2)?, scorers: u32::try_from(judgements.len()).ok()? })
}

fn summarise(mut levels: Vec<u8>) -> Option<CriterionSummary> {
    levels.sort_unstable();
    let (low, high) = (*levels.first()?, *levels.last()?);
    let middle = levels.len() / 2;
    let value = if levels.len() % 2 == 1 { f64::from(levels[middle]) } else { f64::from(levels[middle - 1] + levels[middle]) / 2.0 };
    Some(CriterionSummary { value, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judgement(impact: u8, confidence: u8, ease: u8) -> Judgement {
        Judgement { impact, confidence, ease, reason: None, lift_low: None, lift_high: None }
    }

    #[test]
    fn nobody_has_no_score() {
        assert_eq!(team_score(&[]), None);
    }

    #[test]
    fn the_middle_of_two_lies_between_them() {
        let team = team_score(&[judgement(9, 8, 5), judgement(6, 9, 6)]).unwrap();
        assert_eq!(team.impact.value, 7.5);
        assert_eq!(team.split(), [Criterion::Impact]);
        assert_eq!(team.scorers, 2);
    }

    proptest! {
        #[test]
        fn middles_lie_within_the_spread_and_ignore_order(levels in prop::collection::vec((1u8..=10, 1u8..=10, 1u8..=10), 1..12)) {
            let given: Vec<_> = levels.iter().map(|(i, c, e)| judgement(*i, *c, *e)).collect();
            let mut reversed = given.clone();
            reversed.reverse();
            let team = team_score(&given).unwrap();
            prop_assert_eq!(&team, &team_score(&reversed).unwrap());
            for criterion in Criterion::ALL {
                let one = team.criterion(criterion);
                prop_assert!(f64::from(one.low) <= one.value && one.value <= f64::from(one.high));
            }
            let below = given.iter().filter(|one| f64::from(one.impact) < team.impact.value).count();
            let above = given.iter().filter(|one| f64::from(one.impact) > team.impact.value).count();
            prop_assert!(below * 2 <= given.len() && above * 2 <= given.len());
        }

        #[test]
        fn the_number_stays_on_its_scale(i in 1u8..=10, c in 1u8..=10, e in 1u8..=10) {
            let team = team_score(&[judgement(i, c, e)]).unwrap();
            prop_assert!((1.0..=10.0).contains(&team.value(CombineRule::Mean)));
            prop_assert!((1.0..=1000.0).contains(&team.value(CombineRule::Product)));
        }
    }
}
