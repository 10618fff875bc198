//! The finding of a test in two sentences, as they stand at the top of its page.

use super::analysis::{Analysis, Comparison};
use super::{Outcome, Plan, Role, words};
use crate::sites::Metric;
use crate::stats::Interval;
use serde::{Deserialize, Serialize};

/// What happened, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// "B raised purchases per visitor by 6.8%."
    pub finding: String,
    /// "Likely between +2.4% and +11.5%."
    pub range: Option<String>,
}

/// The headline of an analysis; none where there is nothing to say yet.
pub fn headline(plan: &Plan, metrics: &[Metric], analysis: &Analysis) -> Option<Headline> {
    let suggestion = analysis.suggestion.as_ref()?;
    if suggestion.outcome == Outcome::Invalid {
        return Some(Headline { finding: "These results cannot be used.".into(), range: None });
    }
    let wanted = suggestion.variant.as_deref().or_else(|| plan.treatments().first().map(|one| one.key.as_str()))?;
    let of_primary = |one: &&Comparison| one.role == Role::Primary && one.segment.is_none() && one.variant == wanted;
    let comparison = analysis.comparisons.iter().find(of_primary)?;
    let metric = metrics.iter().find(|metric| metric.slug == comparison.metric)?;
    let (name, range) = (words::name(metric), range(comparison, metric));
    let wanted = words::variant(wanted);
    if analysis.progress.short_of_plan {
        let finding = format!("It is too early to say what {} does to {name}.", wanted.replacen("Variant ", "variant ", 1));
        return Some(Headline { finding, range });
    }
    let interval = comparison.relative.as_ref().or(comparison.absolute.as_ref());
    let shown = interval.filter(|found| found.low > 0.0 || found.high < 0.0).filter(|_| suggestion.kind.is_none_or(says_something));
    let finding = match shown {
        None => format!("{wanted} made no clear difference to {name}."),
        Some(change) => {
            let verb = if change.estimate > 0.0 { "raised" } else { "lowered" };
            let size = match &comparison.relative {
                Some(relative) => words::percent(relative.estimate.abs()),
                None => words::difference(change.estimate.abs(), metric.unit).trim_start_matches('+').to_owned(),
            };
            format!("{wanted} {verb} {name} by {size}.")
        }
    };
    Some(Headline { finding, range })
}

/// Kinds of an inconclusive test that do not say that nothing was found.
fn says_something(kind: super::OutcomeKind) -> bool {
    use super::OutcomeKind as Kind;
    !matches!(kind, Kind::StoppedEarly | Kind::Neutral | Kind::GainAboveMdeRuledOut | Kind::Underpowered | Kind::NoAimStated)
}

fn range(comparison: &Comparison, metric: &Metric) -> Option<String> {
    let limits = |low, high| Interval::new(low, high);
    let early = comparison.sequential.as_ref();
    let relative = comparison.relative.as_ref().or_else(|| early?.relative.as_ref());
    if let Some(interval) = relative.and_then(|found| limits(found.low, found.high)) {
        return Some(format!("Likely between {}.", words::percent_pair(interval)));
    }
    let absolute = comparison.absolute.as_ref().map(|found| (found.low, found.high)).or_else(|| early.map(|found| (found.low, found.high)));
    let interval = absolute.and_then(|(low, high)| limits(low, high))?;
    Some(format!("Likely between {}.", words::difference_pair(interval, metric.unit)))
}

#[cfg(test)]
mod tests {
    use super::super::cast::{facts, metrics, plan, snapshot, two};
    use super::super::{Schedule, analysis};
    use super::*;

    fn of(control: (u64, u64), treatment: (u64, u64)) -> Headline {
        let (schedule, metrics) = (Schedule { weeks: 2, ..Schedule::default() }, metrics());
        let results = snapshot(two(control, treatment));
        let found = analysis(&plan(2), &facts(&schedule, &metrics), Some(&results), results.as_of);
        headline(&plan(2), &metrics, &found).unwrap()
    }

    #[test]
    fn a_finding_is_said_with_its_range() {
        let win = of((2000, 100_000), (3000, 100_000));
        assert_eq!(win.finding, "B raised purchases per visitor by 50%.");
        assert_eq!(win.range.as_deref(), Some("Likely between +41.8% and +58.6%."));
        let loss = of((3120, 61_000), (2890, 60_400));
        assert_eq!(loss.finding, "B lowered purchases per visitor by 6.5%.");
        assert_eq!(of((20, 1000), (30, 1000)).finding, "B made no clear difference to purchases per visitor.");
        assert_eq!(of((0, 500), (4, 500)).range.as_deref(), Some("Likely between −0.11 points and +2 points."));
        assert_eq!(words::variant("3"), "Variant 3");
        assert_eq!(of((50_600, 506_000), (49_400, 494_000)).finding, "These results cannot be used.");
    }
}
