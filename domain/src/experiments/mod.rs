//! Tests: one attempt to validate hypotheses. Knows plans, how results are read and which outcome the rules suggest;
//! storage, learnings' use and money are other features' words. (`tests` means something else in code.)

mod analysis;
#[cfg(test)]
mod cast;
mod compare;
mod conclusion;
mod draft;
mod effect;
mod form;
mod headline;
mod health;
mod kind;
#[cfg(test)]
mod laws;
mod origin;
mod outcome;
mod pair;
mod plan;
mod plan_draft;
mod planning;
mod query;
mod rules;
#[cfg(test)]
mod scenarios;
mod schedule;
mod snapshot;
mod snapshot_draft;
mod start;
mod verdict;
pub(crate) mod words;

pub use analysis::{
    Analysis, ArmFigures, Change, Comparison, Difference, Facts, GuardReading, GuardState, HealthCheck, Progress, Sequential, Status,
    analysis, computed,
};
pub use conclusion::{Conclusion, ConclusionDraft, Decision, DecisionDraft, DecisionKind};
pub use draft::{Content, GuardRailDraft, TestDraft, VariantDraft};
pub use effect::{MeasuredEffect, measured_effect};
pub use form::TestForm;
pub use headline::{Headline, headline};
pub use kind::{State, TestKind};
pub use origin::Origin;
pub use outcome::{Outcome, OutcomeKind};
pub use plan::{GuardRail, Horizon, Plan, Role, Scale, Variant};
pub use planning::{Collision, MdeByWeeks, PlanAnswer, PlanDraft, PlanGuardRail, PlanVariants, Slot};
pub use query::{SortKey, TestQuery};
pub use schedule::{Baseline, FEWEST_WEEKS, Schedule, schedule};
pub use snapshot::{Figures, Row, Segment, Snapshot};
pub use snapshot_draft::{Frame, RowDraft, SegmentDraft, SnapshotDraft};
pub use start::{DataNote, Lack, Overrule, ReasonDraft, StartDraft, StopDraft, lacks};
pub use verdict::Suggestion;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What was recorded at the end of a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recorded {
    pub outcome: Outcome,
    pub kind: Option<OutcomeKind>,
    /// What the rules suggested; none where a person chose.
    pub suggested: Option<Outcome>,
    /// Why the suggestion was not followed.
    pub overrule_reason: Option<String>,
    pub decisions: Vec<Decision>,
    /// `L-4`.
    pub learning: Option<String>,
}

/// Results as they were posted. None is overwritten; a wrong one is voided with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostedResults {
    pub id: i64,
    #[serde(flatten)]
    pub snapshot: Snapshot,
    pub posted_at: DateTime<Utc>,
    /// The name of who posted them; none for the command line.
    pub by: Option<String>,
    pub voided_reason: Option<String>,
}

/// How many tests wait for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTests {
    pub running: u64,
    /// Stopped and not concluded; imported ones wait in a queue of their own.
    pub to_decide: u64,
    /// Ended without a learning, imported ones left out.
    pub learnings_missing: u64,
    pub imported: u64,
}

/// A test as everybody reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Test {
    /// `T-3`.
    pub number: String,
    pub title: String,
    pub kind: TestKind,
    pub state: State,
    /// `H-12` each.
    pub hypotheses: Vec<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub audience: Option<String>,
    /// The owner's e-mail.
    pub owner: Option<String>,
    /// The owner's name, for people.
    pub owner_name: Option<String>,
    #[serde(flatten)]
    pub plan: Plan,
    /// As computed at the start; before it, at the last change.
    pub schedule: Schedule,
    pub started_on: Option<NaiveDate>,
    pub stopped_on: Option<NaiveDate>,
    pub stop_reason: Option<String>,
    pub cancel_reason: Option<String>,
    /// What the start went without, and why.
    pub overrule: Option<Overrule>,
    /// A person's note on the data.
    pub data_note: Option<DataNote>,
    /// How often the plan changed after the start; the history holds each change with its reason.
    pub amendments: u32,
    /// None until the test is concluded; an imported test carries its computed outcome from the beginning.
    pub recorded: Option<Recorded>,
    /// The test that it repeats.
    pub re_run_of: Option<String>,
    /// It came from elsewhere: it has no plan to be short of, and its outcome is computed.
    pub imported: bool,
    /// What its file said of it, where it was imported from one.
    pub origin: Option<Origin>,
    /// Whether it counts in the win rate and may be shipped for impact; an imported one does once somebody says so.
    pub counts: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Test {
    /// Whether its weeks alone count, because it was started under power by overrule.
    pub fn weeks_alone(&self) -> bool {
        self.overrule.as_ref().is_some_and(|overrule| overrule.lacks.iter().any(|lack| matches!(lack, Lack::Power | Lack::KnownTraffic)))
    }
}
