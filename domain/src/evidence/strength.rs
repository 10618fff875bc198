//! The strength of evidence in a word.

use super::Class;
use serde::{Deserialize, Serialize};

/// How strong the evidence for a hypothesis is, as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceStrength))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    None,
    Weak,
    Fair,
    Good,
    Strong,
    Contradicted,
}

impl Strength {
    pub const ALL: [Strength; 6] =
        [Strength::None, Strength::Weak, Strength::Fair, Strength::Good, Strength::Strong, Strength::Contradicted];

    pub fn slug(self) -> &'static str {
        match self {
            Strength::None => "none",
            Strength::Weak => "weak",
            Strength::Fair => "fair",
            Strength::Good => "good",
            Strength::Strong => "strong",
            Strength::Contradicted => "contradicted",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Strength::None => "None",
            Strength::Weak => "Weak",
            Strength::Fair => "Fair",
            Strength::Good => "Good",
            Strength::Strong => "Strong",
            Strength::Contradicted => "Contradicted",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Strength> {
        Strength::ALL.into_iter().find(|strength| strength.slug() == slug)
    }

    /// How many of the meter's four blocks are filled.
    pub fn blocks(self) -> u8 {
        match self {
            Strength::None | Strength::Contradicted => 0,
            Strength::Weak => 1,
            Strength::Fair => 2,
            Strength::Good => 3,
            Strength::Strong => 4,
        }
    }
}

/// The strength of a confidence (to one decimal) with so many contradictions and these classes, each once, among its
/// support. Strong needs a test or two classes beside opinions: numbers alone do not make it.
pub fn strength(confidence: f64, contradicts: u32, supporting: impl Iterator<Item = Class>) -> Strength {
    let supporting: Vec<Class> = supporting.collect();
    let varied = supporting.contains(&Class::Test) || supporting.iter().filter(|class| **class != Class::Opinion).count() >= 2;
    match confidence {
        _ if supporting.is_empty() && contradicts > 0 => Strength::Contradicted,
        _ if supporting.is_empty() => Strength::None,
        value if value <= 2.0 => Strength::Weak,
        value if value <= 4.0 => Strength::Fair,
        value if value >= 6.0 && varied => Strength::Strong,
        _ => Strength::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_where_the_rules_say() {
        let (one, two, test) = (&[Class::UserResearch][..], &[Class::Behaviour, Class::UserResearch][..], &[Class::Test][..]);
        let opinion_and_one = &[Class::Opinion, Class::Behaviour][..];
        for (value, contradicts, classes, word) in [
            (0.0, 0, &[][..], Strength::None),
            (0.0, 2, &[][..], Strength::Contradicted),
            (0.1, 9, one, Strength::Weak),
            (2.0, 0, one, Strength::Weak),
            (2.1, 0, one, Strength::Fair),
            (4.0, 0, two, Strength::Fair),
            (4.1, 0, two, Strength::Good),
            (5.9, 0, test, Strength::Good),
            (6.0, 0, test, Strength::Strong),
            (6.0, 1, two, Strength::Strong),
            (6.0, 0, one, Strength::Good),
            (9.0, 0, opinion_and_one, Strength::Good),
        ] {
            assert_eq!(strength(value, contradicts, classes.iter().copied()), word, "{value} {classes:?}");
        }
    }

    #[test]
    fn slugs_are_the_serialised_names() {
        for strength in Strength::ALL {
            assert_eq!(serde_json::to_value(strength).unwrap(), strength.slug());
            assert_eq!(Strength::from_slug(strength.slug()), Some(strength));
        }
    }
}
