//! What a change of the site made old of a hypothesis: judgements and findings from before it ask for another look.

use crate::sites::NamedChange;
use serde::{Deserialize, Serialize};

/// The change, and what is older than it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outdated {
    pub by: NamedChange,
    /// A present score was given before it.
    pub scores: bool,
    /// Linked evidence was observed before it and counts half.
    pub evidence: bool,
}

impl Outdated {
    /// What came of the two, the change of the scores first; none where both are newer than every change.
    pub fn of(scores: Option<NamedChange>, evidence: Option<NamedChange>) -> Option<Outdated> {
        let (of_scores, of_evidence) = (scores.is_some(), evidence.is_some());
        scores.or(evidence).map(|by| Outdated { by, scores: of_scores, evidence: of_evidence })
    }

    /// "Needs a re-check: checkout relaunch, 3 Nov 2026. Its scores are older."
    pub fn words(&self) -> String {
        let what = match (self.scores, self.evidence) {
            (true, true) => "Scores and evidence are older.",
            (true, false) => "Scores are older.",
            (false, _) => "Evidence is older.",
        };
        format!("Needs a re-check: {}. {what}", self.by.words())
    }
}
