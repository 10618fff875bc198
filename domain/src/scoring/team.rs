//! Many judgements become the team's: the middle of each criterion, its spread, and the number that ranks.

use super::{Judgement, Model, Shape, level};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One criterion over all scorers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CriterionSummary {
    /// The median; between two middle levels their mean.
    pub value: f64,
    #[serde(serialize_with = "level::write")]
    pub low: f64,
    #[serde(serialize_with = "level::write")]
    pub high: f64,
}

/// The team's score as lists and REST show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreSummary {
    pub model: Model,
    pub value: f64,
    /// By name; a criterion that nobody has judged yet is not there.
    pub criteria: BTreeMap<String, CriterionSummary>,
    /// How many members have scored.
    pub scorers: u32,
    /// Criteria on which scorers are far apart: three points of ten, two steps, more than double the lowest amount, or a
    /// third of three or more.
    pub split: Vec<String>,
}

/// What the team thinks of a hypothesis by this model, from the judgements by it; none without a scorer.
pub fn team_score(shape: &Shape, judgements: &[Judgement]) -> Option<ScoreSummary> {
    let known =
        |one: &&Judgement| one.model == shape.model && shape.criteria.iter().any(|criterion| one.criteria.contains_key(&criterion.slug));
    let judgements: Vec<&Judgement> = judgements.iter().filter(known).collect();
    let (mut criteria, mut split) = (BTreeMap::new(), Vec::new());
    for criterion in &shape.criteria {
        let mut levels: Vec<f64> = judgements.iter().filter_map(|one| one.level(&criterion.slug)).collect();
        levels.sort_unstable_by(f64::total_cmp);
        let Some(summary) = summarise(&levels) else { continue };
        criteria.insert(criterion.slug.clone(), summary);
        if criterion.scale.is_split(&levels) {
            split.push(criterion.slug.clone());
        }
    }
    let value = shape.value(|slug| criteria.get(slug).map(|one: &CriterionSummary| one.value))?;
    Some(ScoreSummary { model: shape.model, value, criteria, scorers: u32::try_from(judgements.len()).ok()?, split })
}

fn summarise(sorted: &[f64]) -> Option<CriterionSummary> {
    let (low, high) = (*sorted.first()?, *sorted.last()?);
    let middle = sorted.len() / 2;
    let value = if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
    Some(CriterionSummary { value, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{CombineRule, CustomCriterion, ScoringSettings, Shapes};
    use proptest::prelude::*;

    fn custom(slug: &str, weight: f64, cost: bool) -> CustomCriterion {
        CustomCriterion { slug: slug.into(), name: slug.into(), weight, cost }
    }

    fn shapes(combine: CombineRule) -> Shapes {
        let custom = vec![custom("gain", 2.0, false), custom("risk", 1.0, true)];
        Shapes::new(&ScoringSettings { custom, ..ScoringSettings::default() }, combine)
    }

    fn judgement(shape: &Shape, levels: &[f64]) -> Judgement {
        let criteria = shape.criteria.iter().zip(levels).map(|(one, level)| (one.slug.clone(), *level)).collect();
        Judgement { model: shape.model, criteria, reason: None, lift_low: None, lift_high: None }
    }

    #[test]
    fn nobody_has_no_score_and_scores_of_another_model_are_none() {
        let shapes = shapes(CombineRule::Mean);
        let ice = judgement(shapes.of(Model::Ice), &[5.0, 5.0, 5.0]);
        assert_eq!(team_score(shapes.of(Model::Ice), &[]), None);
        assert_eq!(team_score(shapes.of(Model::Rice), &[ice]), None);
    }

    #[test]
    fn the_middle_of_two_lies_between_them() {
        let shapes = shapes(CombineRule::Mean);
        let ice = shapes.of(Model::Ice);
        let team = team_score(ice, &[judgement(ice, &[9.0, 8.0, 5.0]), judgement(ice, &[6.0, 9.0, 6.0])]).unwrap();
        assert_eq!((team.criteria["impact"].value, team.scorers), (7.5, 2));
        assert_eq!(team.split, ["impact"]);
    }

    #[test]
    fn a_summary_is_written_as_it_always_was() {
        let shapes = shapes(CombineRule::Mean);
        let ice = shapes.of(Model::Ice);
        let team = team_score(ice, &[judgement(ice, &[9.0, 5.0, 4.0]), judgement(ice, &[6.0, 5.0, 4.0])]).unwrap();
        let text = "{\"model\":\"ice\",\"value\":5.5,\"criteria\":{\"confidence\":{\"value\":5.0,\"low\":5,\"high\":5},\
                    \"ease\":{\"value\":4.0,\"low\":4,\"high\":4},\"impact\":{\"value\":7.5,\"low\":6,\"high\":9}},\"scorers\":2,\"split\":[\"impact\"]}";
        assert_eq!(serde_json::to_string(&team).unwrap(), text);
    }

    #[test]
    fn what_a_score_lacks_leaves_the_weights_of_the_rest_in_proportion() {
        let shapes = shapes(CombineRule::Mean);
        let own = shapes.of(Model::Custom);
        let value = |levels: &[f64]| team_score(own, &[judgement(own, levels)]).unwrap().value;
        assert_eq!(value(&[8.0, 2.0]), (2.0 * 8.0 + 9.0) / 3.0, "a cost of 2 counts 9");
        assert_eq!(value(&[8.0]), 8.0);
        let mut other = judgement(own, &[]);
        other.criteria.insert("gone".into(), 4.0);
        assert_eq!(team_score(own, &[other]), None, "the levels of a criterion that was taken away rank nothing");
    }

    proptest! {
        #[test]
        fn middles_lie_within_the_spread_and_ignore_order_on_every_scale(
            picks in prop::collection::vec(prop::collection::vec(0usize..60, 10), 1..12),
            product: bool,
        ) {
            let shapes = shapes(if product { CombineRule::Product } else { CombineRule::Mean });
            for shape in shapes.all() {
                let pick = |one: &crate::scoring::Criterion, at: usize| match one.scale.levels().as_slice() {
                    [] => (at as f64) * 7.5 + 0.5,
                    levels => levels[at % levels.len()],
                };
                let given: Vec<_> = picks.iter().map(|of| {
                    let levels: Vec<f64> = shape.criteria.iter().zip(of).map(|(one, at)| pick(one, *at)).collect();
                    judgement(shape, &levels)
                }).collect();
                let mut reversed = given.clone();
                reversed.reverse();
                let team = team_score(shape, &given).unwrap();
                prop_assert_eq!(&team, &team_score(shape, &reversed).unwrap());
                prop_assert!(team.value.is_finite() && team.value >= 0.0);
                prop_assert!(shape.most().is_none_or(|most| team.value <= most + 1e-9));
                for one in &shape.criteria {
                    let summary = team.criteria[&one.slug];
                    prop_assert!(summary.low <= summary.value && summary.value <= summary.high);
                    let below = given.iter().filter(|of| of.criteria[&one.slug] < summary.value).count();
                    let above = given.iter().filter(|of| of.criteria[&one.slug] > summary.value).count();
                    prop_assert!(below * 2 <= given.len() && above * 2 <= given.len());
                    prop_assert!(summary.low < summary.high || !team.split.contains(&one.slug), "who agree are not split");
                }
            }
        }

        #[test]
        fn a_better_answer_never_lowers_the_number(picks in prop::collection::vec(0usize..60, 10), which in 0usize..10) {
            let shapes = shapes(CombineRule::Product);
            for shape in shapes.all() {
                let levels = |raised: bool| shape.criteria.iter().enumerate().map(|(index, one)| {
                    let all = one.scale.levels();
                    let mut level = if all.is_empty() { picks[index] as f64 + 1.0 } else { all[picks[index] % all.len()] };
                    if raised && index == which % shape.criteria.len() {
                        let best = if all.is_empty() { if one.cost { 0.5 } else { 500.0 } } else if one.cost { all[0] } else { all.iter().copied().fold(level, f64::max) };
                        level = best;
                    }
                    level
                }).collect::<Vec<f64>>();
                let value = |levels: Vec<f64>| team_score(shape, &[judgement(shape, &levels)]).unwrap().value;
                prop_assert!(value(levels(true)) >= value(levels(false)) - 1e-9);
            }
        }
    }
}
