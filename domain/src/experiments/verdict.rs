//! The suggested outcome, by the numbered rules of the product and in their order, with its reason in a sentence.

use super::analysis::{Facts, Progress};
use super::compare::Lens;
use super::rules::{Rules, keep_running};
use super::snapshot::Snapshot;
use super::{Outcome, OutcomeKind, Plan, State, TestKind};
use crate::sites::{Device, Direction, Unit};
use serde::{Deserialize, Serialize};

/// What the rules make of the results. A person decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    pub outcome: Outcome,
    /// The first of its marks, or the kind of an inconclusive test.
    pub kind: Option<OutcomeKind>,
    /// One sentence, or a few short ones.
    pub reason: String,
    /// The treatment that it is about.
    pub variant: Option<String>,
    /// All marks of a win.
    pub marks: Vec<OutcomeKind>,
    /// What else to know before deciding.
    pub warnings: Vec<String>,
    /// Whether each device asks for a decision of its own.
    pub per_device: bool,
    /// The devices to ship to by default; empty where nothing speaks against all.
    pub devices: Vec<Device>,
}

impl Suggestion {
    pub(super) fn new(outcome: Outcome, kind: Option<OutcomeKind>, reason: String) -> Self {
        Self { outcome, kind, reason, variant: None, marks: Vec::new(), warnings: Vec::new(), per_device: false, devices: Vec::new() }
    }
}

/// The suggestion on these results; none without results of a test that has ended.
pub(super) fn suggest(
    plan: &Plan,
    facts: &Facts,
    snapshot: Option<&Snapshot>,
    progress: &Progress,
    split_fails: bool,
) -> Option<Suggestion> {
    if let Some(note) = facts.data_note.filter(|note| note.invalid) {
        return Some(Suggestion::new(Outcome::Invalid, None, format!("A note says that the data cannot be used: {}", note.note)));
    }
    if split_fails {
        let split = if facts.planned { "as planned" } else { "equally" };
        let reason = format!("The visitors were not split {split}, so no difference can be read. Find the cause first.");
        return Some(Suggestion::new(Outcome::Invalid, None, reason));
    }
    let running = facts.state == State::Running;
    let Some((snapshot, primary)) = snapshot.zip(plan.primary_metric.as_deref()) else {
        let waiting = || Suggestion::new(Outcome::TooEarly, None, format!("There are no results yet. {}", keep_running(progress)));
        return running.then(waiting);
    };
    let found = facts.metric(primary);
    let rules = Rules {
        plan,
        facts,
        snapshot,
        progress,
        lens: Lens::new(plan, facts, progress),
        good: found.map_or(Direction::Up, |metric| metric.direction),
        metric: facts.name(primary),
        unit: found.map_or(Unit::Count, |metric| metric.unit),
    };
    let mut suggestion = rules.before_a_look().unwrap_or_else(|| rules.combined(primary));
    if facts.kind == TestKind::BeforeAfter {
        suggestion.warnings.push("Before and after were not split at random: this is weak evidence whatever the numbers say.".to_owned());
    }
    Some(suggestion)
}
