//! What sort of test it is, and where it stands.

use serde::{Deserialize, Serialize};

/// How a test finds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TestKind {
    Ab,
    AbN,
    Multivariate,
    SplitUrl,
    /// With a holdout that keeps seeing what everybody saw.
    Personalisation,
    /// A response to a behavioural signal, with a holdout.
    InSessionActivation,
    /// Nobody is split, so its result is weak evidence whatever its numbers say.
    BeforeAfter,
    FakeDoor,
    UsabilityTest,
    Interviews,
    Survey,
}

impl TestKind {
    pub const ALL: [TestKind; 11] = [
        TestKind::Ab,
        TestKind::AbN,
        TestKind::Multivariate,
        TestKind::SplitUrl,
        TestKind::Personalisation,
        TestKind::InSessionActivation,
        TestKind::BeforeAfter,
        TestKind::FakeDoor,
        TestKind::UsabilityTest,
        TestKind::Interviews,
        TestKind::Survey,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            TestKind::Ab => "ab",
            TestKind::AbN => "ab_n",
            TestKind::Multivariate => "multivariate",
            TestKind::SplitUrl => "split_url",
            TestKind::Personalisation => "personalisation",
            TestKind::InSessionActivation => "in_session_activation",
            TestKind::BeforeAfter => "before_after",
            TestKind::FakeDoor => "fake_door",
            TestKind::UsabilityTest => "usability_test",
            TestKind::Interviews => "interviews",
            TestKind::Survey => "survey",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            TestKind::Ab => "A/B",
            TestKind::AbN => "A/B/n",
            TestKind::Multivariate => "Multivariate",
            TestKind::SplitUrl => "Split URL",
            TestKind::Personalisation => "Personalisation with holdout",
            TestKind::InSessionActivation => "In-session activation with holdout",
            TestKind::BeforeAfter => "Before/after",
            TestKind::FakeDoor => "Fake door",
            TestKind::UsabilityTest => "Usability test",
            TestKind::Interviews => "Interviews",
            TestKind::Survey => "Survey",
        }
    }

    pub fn from_slug(slug: &str) -> Option<TestKind> {
        TestKind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// Whether its outcome is read from numbers; of the others a person chooses it against the success criterion.
    pub fn has_numbers(self) -> bool {
        !matches!(self, TestKind::UsabilityTest | TestKind::Interviews | TestKind::Survey)
    }

    /// Whether visitors are split at random, so that the split can be checked.
    pub fn splits_visitors(self) -> bool {
        self.has_numbers() && self != TestKind::BeforeAfter
    }
}

/// Where a test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TestState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No hypothesis is linked yet, so there is nothing that it could validate.
    Draft,
    /// May be started.
    Planned,
    Running,
    /// Ready to decide.
    Stopped,
    Concluded,
    Cancelled,
}

impl State {
    pub const ALL: [State; 6] = [State::Draft, State::Planned, State::Running, State::Stopped, State::Concluded, State::Cancelled];

    pub fn slug(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Planned => "planned",
            State::Running => "running",
            State::Stopped => "stopped",
            State::Concluded => "concluded",
            State::Cancelled => "cancelled",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "Draft",
            State::Planned => "Planned",
            State::Running => "Running",
            State::Stopped => "Ready to decide",
            State::Concluded => "Concluded",
            State::Cancelled => "Cancelled",
        }
    }

    pub fn from_slug(slug: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.slug() == slug)
    }

    /// Started and not decided: what keeps its hypotheses in test.
    pub fn is_open(self) -> bool {
        matches!(self, State::Running | State::Stopped)
    }

    /// Before its start a plan changes freely; afterwards a change is an amendment with a reason.
    pub fn is_before_start(self) -> bool {
        matches!(self, State::Draft | State::Planned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_serialised_names_and_lead_back() {
        for kind in TestKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.slug());
            assert_eq!(TestKind::from_slug(kind.slug()), Some(kind));
        }
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.slug());
            assert_eq!(State::from_slug(state.slug()), Some(state));
        }
    }

    #[test]
    fn three_kinds_have_no_numbers() {
        assert_eq!(TestKind::ALL.into_iter().filter(|kind| !kind.has_numbers()).count(), 3);
    }
}
