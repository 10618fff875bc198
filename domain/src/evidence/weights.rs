//! What a piece of evidence weighs: settings of a workspace, with the product's own as the default.

use super::{Class, Kind};
use crate::errors::FieldErrors;
use serde::{Deserialize, Serialize};

/// The weights of a class whose kinds all weigh the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassWeights {
    /// b: what one fresh item weighs.
    pub base: f64,
    /// The most that the class can weigh, however many items it has.
    pub cap: f64,
    pub half_life_days: u32,
}

/// The weights of tests, which differ by where a test ran.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestWeights {
    /// An own test on the same area.
    pub same_area: f64,
    /// An own test on another area.
    pub other_area: f64,
    pub published: f64,
    pub before_after: f64,
    pub cap: f64,
    pub half_life_days: u32,
}

/// All weights of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceWeights))]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub opinion: ClassWeights,
    pub customer_voice: ClassWeights,
    pub behaviour: ClassWeights,
    pub user_research: ClassWeights,
    pub test: TestWeights,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            opinion: ClassWeights { base: 0.05, cap: 0.15, half_life_days: 90 },
            customer_voice: ClassWeights { base: 0.15, cap: 0.35, half_life_days: 365 },
            behaviour: ClassWeights { base: 0.20, cap: 0.45, half_life_days: 270 },
            user_research: ClassWeights { base: 0.25, cap: 0.50, half_life_days: 540 },
            test: TestWeights { same_area: 0.50, other_area: 0.35, published: 0.25, before_after: 0.15, cap: 0.80, half_life_days: 730 },
        }
    }
}

impl Weights {
    /// b of an item of this kind. Where a test ran matters to own tests alone.
    pub fn base(&self, kind: Kind, same_area: bool) -> f64 {
        match kind {
            Kind::OwnTest if same_area => self.test.same_area,
            Kind::OwnTest => self.test.other_area,
            Kind::PublishedTest => self.test.published,
            Kind::BeforeAfter => self.test.before_after,
            _ => self.plain(kind.class()).map_or(0.0, |class| class.base),
        }
    }

    pub fn cap(&self, class: Class) -> f64 {
        self.plain(class).map_or(self.test.cap, |class| class.cap)
    }

    /// The age in days at which an item of the class weighs half.
    pub fn half_life_days(&self, class: Class) -> u32 {
        self.plain(class).map_or(self.test.half_life_days, |class| class.half_life_days)
    }

    fn plain(&self, class: Class) -> Option<&ClassWeights> {
        match class {
            Class::Opinion => Some(&self.opinion),
            Class::CustomerVoice => Some(&self.customer_voice),
            Class::Behaviour => Some(&self.behaviour),
            Class::UserResearch => Some(&self.user_research),
            Class::Test => None,
        }
    }

    /// Weights stay below 1, and opinions can never add up to a test, whatever a lead sets.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for class in Class::ALL {
            let field = |name: &str| format!("evidence.{}.{name}", class.slug());
            let days = self.half_life_days(class);
            errors.require((1..=36_500).contains(&days), &field("half_life_days"), "A half-life is 1 to 36,500 days.");
            errors.require(is_weight(self.cap(class)), &field("cap"), "A cap is a number from 0 to 0.99.");
            if let Some(plain) = self.plain(class) {
                errors.require(is_weight(plain.base), &field("base"), "A weight is a number from 0 to 0.99.");
            }
        }
        let TestWeights { same_area, other_area, published, before_after, .. } = self.test;
        for (name, weight) in
            [("same_area", same_area), ("other_area", other_area), ("published", published), ("before_after", before_after)]
        {
            let field = format!("evidence.test.{name}");
            errors.require(is_weight(weight), &field, "A weight is a number from 0 to 0.99.");
            let message = "Opinions must never add up to a test: keep this at or above the cap of opinions.";
            errors.require(weight >= self.opinion.cap, &field, message);
        }
        errors.into_result(())
    }
}

fn is_weight(number: f64) -> bool {
    (0.0..=0.99).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_weights_pass_their_own_check() {
        assert_eq!(Weights::default().check(), Ok(()));
    }

    #[test]
    fn opinions_that_could_outweigh_a_test_are_refused() {
        let mut weights = Weights::default();
        weights.opinion.cap = 0.3;
        let errors = weights.check().unwrap_err();
        assert!(errors.of("evidence.test.published").is_some());
        assert!(errors.of("evidence.test.other_area").is_none());
        weights.behaviour.base = f64::NAN;
        weights.test.half_life_days = 0;
        let errors = weights.check().unwrap_err();
        assert!(errors.of("evidence.behaviour.base").is_some() && errors.of("evidence.test.half_life_days").is_some());
    }
}
