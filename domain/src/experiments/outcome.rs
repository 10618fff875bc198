//! What the data say: the outcome of a test, and which kind of it.

use serde::{Deserialize, Serialize};

/// What the data say. Too early is only ever suggested, never recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Win,
    Loss,
    Inconclusive,
    Invalid,
    TooEarly,
}

impl Outcome {
    /// Those that a person can record.
    pub const RECORDED: [Outcome; 4] = [Outcome::Win, Outcome::Loss, Outcome::Inconclusive, Outcome::Invalid];

    pub fn slug(self) -> &'static str {
        match self {
            Outcome::Win => "win",
            Outcome::Loss => "loss",
            Outcome::Inconclusive => "inconclusive",
            Outcome::Invalid => "invalid",
            Outcome::TooEarly => "too_early",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Outcome::Win => "Win",
            Outcome::Loss => "Loss",
            Outcome::Inconclusive => "Inconclusive",
            Outcome::Invalid => "Invalid",
            Outcome::TooEarly => "Too early",
        }
    }

    /// A recorded outcome.
    pub fn from_slug(slug: &str) -> Option<Outcome> {
        Outcome::RECORDED.into_iter().find(|outcome| outcome.slug() == slug)
    }
}

/// A finer word for an outcome: the marks of a win, the kinds of an inconclusive test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// A win that lies wholly below the smallest effect worth having.
    Small,
    /// A win without a money metric that is better.
    CommercialEffectNotShown,
    /// A win without anything guarded.
    NoGuardRail,
    /// Better, and a guard-rail broken.
    TradeOff,
    /// Better, and a guard-rail not shown safe.
    GuardRailUnproven,
    StoppedEarly,
    /// No difference that would matter.
    Neutral,
    GainAboveMdeRuledOut,
    Underpowered,
    /// The plan has no smallest effect worth having.
    NoAimStated,
    /// Too early, but a guard-rail is harmed already.
    StopNow,
}

impl OutcomeKind {
    pub const ALL: [OutcomeKind; 11] = [
        OutcomeKind::Small,
        OutcomeKind::CommercialEffectNotShown,
        OutcomeKind::NoGuardRail,
        OutcomeKind::TradeOff,
        OutcomeKind::GuardRailUnproven,
        OutcomeKind::StoppedEarly,
        OutcomeKind::Neutral,
        OutcomeKind::GainAboveMdeRuledOut,
        OutcomeKind::Underpowered,
        OutcomeKind::NoAimStated,
        OutcomeKind::StopNow,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            OutcomeKind::Small => "small",
            OutcomeKind::CommercialEffectNotShown => "commercial_effect_not_shown",
            OutcomeKind::NoGuardRail => "no_guard_rail",
            OutcomeKind::TradeOff => "trade_off",
            OutcomeKind::GuardRailUnproven => "guard_rail_unproven",
            OutcomeKind::StoppedEarly => "stopped_early",
            OutcomeKind::Neutral => "neutral",
            OutcomeKind::GainAboveMdeRuledOut => "gain_above_mde_ruled_out",
            OutcomeKind::Underpowered => "underpowered",
            OutcomeKind::NoAimStated => "no_aim_stated",
            OutcomeKind::StopNow => "stop_now",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            OutcomeKind::Small => "small",
            OutcomeKind::CommercialEffectNotShown => "commercial effect not shown",
            OutcomeKind::NoGuardRail => "no guard-rail",
            OutcomeKind::TradeOff => "trade-off",
            OutcomeKind::GuardRailUnproven => "guard-rail unproven",
            OutcomeKind::StoppedEarly => "stopped early",
            OutcomeKind::Neutral => "neutral",
            OutcomeKind::GainAboveMdeRuledOut => "gain worth having ruled out",
            OutcomeKind::Underpowered => "too small to tell",
            OutcomeKind::NoAimStated => "no aim stated",
            OutcomeKind::StopNow => "stop now",
        }
    }

    pub fn from_slug(slug: &str) -> Option<OutcomeKind> {
        OutcomeKind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The outcome that it is a kind of.
    pub fn of(self) -> Outcome {
        match self {
            OutcomeKind::Small | OutcomeKind::CommercialEffectNotShown | OutcomeKind::NoGuardRail => Outcome::Win,
            OutcomeKind::StopNow => Outcome::TooEarly,
            _ => Outcome::Inconclusive,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_serialised_names_and_lead_back() {
        for kind in OutcomeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.slug());
            assert_eq!(OutcomeKind::from_slug(kind.slug()), Some(kind));
        }
        for outcome in Outcome::RECORDED {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.slug());
            assert_eq!(Outcome::from_slug(outcome.slug()), Some(outcome));
        }
        assert_eq!(Outcome::from_slug("too_early"), None);
    }
}
