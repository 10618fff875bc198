//! Criteria that a team names itself.

use super::shipped::BANDS;
use super::{Band, Criterion, RESERVED, Scale};
use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// The most criteria of one's own.
pub const MOST_CRITERIA: usize = 8;
/// The longest name of a criterion, in characters.
const NAME_LIMIT: usize = 40;
const HEAVIEST: f64 = 100.0;

/// A criterion of the custom model, judged from 1 to 10.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomCriterion {
    /// What scores are kept under; made from the name where it is left out, and never changed by renaming.
    #[serde(default)]
    pub slug: String,
    pub name: String,
    #[serde(default = "one")]
    pub weight: f64,
    /// A cost counts as 11 minus its level.
    #[serde(default)]
    pub cost: bool,
}

fn one() -> f64 {
    1.0
}

impl CustomCriterion {
    pub(super) fn shape(&self) -> Criterion {
        let bands = BANDS.iter().map(|(from, name)| Band { from: *from, name: (*name).to_owned(), text: String::new() });
        Criterion {
            slug: self.slug.clone(),
            name: self.name.clone(),
            letter: self.name.chars().take(1).flat_map(char::to_uppercase).collect(),
            scale: Scale::Points,
            weight: self.weight,
            cost: self.cost,
            bands: bands.collect(),
        }
    }

    /// The same with its name on one line and a slug.
    fn tidied(&self) -> Self {
        let name = text::one_line(&self.name);
        let slug = if self.slug.is_empty() { text::slug_of(&name) } else { self.slug.clone() };
        Self { slug, name, ..self.clone() }
    }
}

/// The criteria with slugs, or what is wrong with them, under `settings.scoring.custom.0.name`.
pub(super) fn checked(criteria: &[CustomCriterion], errors: &mut FieldErrors) -> Vec<CustomCriterion> {
    let field = |index: usize, part: &str| format!("settings.scoring.custom.{index}.{part}");
    errors.require(
        criteria.len() <= MOST_CRITERIA,
        "settings.scoring.custom",
        format!("{MOST_CRITERIA} criteria are the most; {} are given.", criteria.len()),
    );
    let tidied: Vec<CustomCriterion> = criteria.iter().map(CustomCriterion::tidied).collect();
    for (index, one) in tidied.iter().enumerate() {
        let length = one.name.chars().count();
        errors.require((1..=NAME_LIMIT).contains(&length), &field(index, "name"), format!("A name has 1 to {NAME_LIMIT} characters."));
        let usable = text::is_slug(&one.slug) && !RESERVED.contains(&one.slug.as_str());
        errors.require(
            length == 0 || usable,
            &field(index, "name"),
            format!("“{}” cannot be the name of a criterion. Choose another.", one.name),
        );
        let twice = tidied.iter().take(index).any(|other| other.slug == one.slug || other.name.to_lowercase() == one.name.to_lowercase());
        errors.require(!twice, &field(index, "name"), format!("“{}” is there twice.", one.name));
        let sane = one.weight > 0.0 && one.weight <= HEAVIEST;
        errors.require(sane, &field(index, "weight"), "A weight is a number above 0, up to 100.");
    }
    tidied
}
