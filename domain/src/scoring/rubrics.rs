//! What a team says levels mean, where that differs from what is shipped.

use super::{Band, CombineRule, Criterion, CustomCriterion, Model, shipped};
use crate::errors::FieldErrors;
use crate::text;
use std::collections::BTreeMap;

/// The longest text, in characters.
const TEXT_LIMIT: usize = 200;
/// The most criteria that texts are kept of for when they come back.
const MOST_KEPT: usize = 100;

/// Texts by the level with which a band begins.
type Texts = BTreeMap<String, String>;
/// By model and criterion.
pub(super) type RubricEdits = BTreeMap<Model, BTreeMap<String, Texts>>;

/// Those texts that differ, or what is wrong with them, under `settings.scoring.rubrics.ice.impact.1`.
pub(super) fn checked(edits: &RubricEdits, custom: &[CustomCriterion], errors: &mut FieldErrors) -> RubricEdits {
    let mut kept = RubricEdits::new();
    for (model, criteria) in edits {
        let shape = shipped::shape(*model, CombineRule::Mean, custom);
        let place = format!("settings.scoring.rubrics.{}", model.slug());
        errors.require(criteria.len() <= MOST_KEPT, &place, format!("Texts of {MOST_KEPT} criteria are the most."));
        for (slug, texts) in criteria {
            let place = format!("{place}.{slug}");
            let texts = match shape.criterion(slug) {
                Some(criterion) => differing(criterion, texts, &place, errors),
                // A criterion that was taken away keeps its texts, as it keeps its scores, for when it comes back.
                None if *model == Model::Custom => differing(&CustomCriterion::default().shape(), texts, &place, errors),
                None => {
                    errors.add(place, format!("{} has no criterion “{}”.", shape.name, text::one_line(slug)));
                    continue;
                }
            };
            if !texts.is_empty() {
                kept.entry(*model).or_default().insert(slug.clone(), texts);
            }
        }
    }
    kept
}

/// The texts that are there and not as shipped.
fn differing(criterion: &Criterion, texts: &Texts, place: &str, errors: &mut FieldErrors) -> Texts {
    let mut kept = Texts::new();
    for (key, text) in texts {
        let field = format!("{place}.{key}");
        let Some(band) = criterion.bands.iter().find(|band| band.key() == *key) else {
            let keys: Vec<String> = criterion.bands.iter().map(Band::key).collect();
            errors.add(field, format!("No text begins at “{}” here; use {}.", text::one_line(key), keys.join(", ")));
            continue;
        };
        let text = text::one_line(text);
        let length = text.chars().count();
        errors.require(length <= TEXT_LIMIT, &field, format!("This has {length} characters; {TEXT_LIMIT} is the most."));
        if !text.is_empty() && text != band.text {
            kept.insert(key.clone(), text);
        }
    }
    kept
}
