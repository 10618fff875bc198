//! The weights as a browser posts them: all text, each part under its name.

use super::{Class, Weights};
use crate::errors::FieldErrors;
use crate::text::{parse_number, whole_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One number of a class's weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Base,
    SameArea,
    OtherArea,
    Published,
    BeforeAfter,
    Cap,
    HalfLife,
}

impl Part {
    /// The parts of a class, in their order on the page.
    pub fn of(class: Class) -> &'static [Part] {
        match class {
            Class::Test => &[Part::SameArea, Part::OtherArea, Part::Published, Part::BeforeAfter, Part::Cap, Part::HalfLife],
            _ => &[Part::Base, Part::Cap, Part::HalfLife],
        }
    }

    pub fn slug(self) -> &'static str {
        match self {
            Part::Base => "base",
            Part::SameArea => "same_area",
            Part::OtherArea => "other_area",
            Part::Published => "published",
            Part::BeforeAfter => "before_after",
            Part::Cap => "cap",
            Part::HalfLife => "half_life_days",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Part::Base => "Weight of one item",
            Part::SameArea => "Own test, same area",
            Part::OtherArea => "Own test, another area",
            Part::Published => "Published test",
            Part::BeforeAfter => "Before/after",
            Part::Cap => "At most together",
            Part::HalfLife => "Half-life, days",
        }
    }
}

/// Every number as typed, by class and part; `version` is the one of the workspace that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WeightsForm {
    pub weights: BTreeMap<String, BTreeMap<String, String>>,
    pub version: Option<i64>,
}

impl WeightsForm {
    pub fn of(weights: &Weights, version: i64) -> Self {
        let text = |class: Class, part: Part| match part {
            Part::HalfLife => weights.half_life_days(class).to_string(),
            part => number(weights, class, part).to_string(),
        };
        let parts = |class: Class| Part::of(class).iter().map(|part| (part.slug().to_owned(), text(class, *part))).collect();
        Self { weights: Class::ALL.map(|class| (class.slug().to_owned(), parts(class))).into(), version: Some(version) }
    }

    /// What was typed for a part; nothing where it was left out.
    pub fn typed(&self, class: Class, part: Part) -> &str {
        self.weights.get(class.slug()).and_then(|parts| parts.get(part.slug())).map_or("", String::as_str)
    }

    /// The weights, checked. Field names are those of the settings: `evidence.opinion.base`.
    pub fn check(&self) -> Result<Weights, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut weights = Weights::default();
        for class in Class::ALL {
            for part in Part::of(class) {
                let raw = self.typed(class, *part);
                let field = format!("evidence.{}.{}", class.slug(), part.slug());
                let read = match part {
                    Part::HalfLife => whole_count(raw).and_then(|days| u32::try_from(days).ok()).map(f64::from),
                    _ => parse_number(raw),
                };
                match read {
                    Some(value) => put(&mut weights, class, *part, value),
                    None if *part == Part::HalfLife => errors.add(field, "A half-life is 1 to 36,500 days."),
                    None => errors.add(field, "This is a number from 0 to 0.99, such as 0.25."),
                }
            }
        }
        if errors.is_empty() { weights.check().map(|()| weights) } else { Err(errors) }
    }
}

fn number(weights: &Weights, class: Class, part: Part) -> f64 {
    let mut copy = *weights;
    slot(&mut copy, class, part).map_or(0.0, |slot| *slot)
}

fn put(weights: &mut Weights, class: Class, part: Part, value: f64) {
    if let Some(slot) = slot(weights, class, part) {
        *slot = value;
        return;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was read as a u32")]
    let days = value as u32;
    match class {
        Class::Opinion => weights.opinion.half_life_days = days,
        Class::CustomerVoice => weights.customer_voice.half_life_days = days,
        Class::Behaviour => weights.behaviour.half_life_days = days,
        Class::UserResearch => weights.user_research.half_life_days = days,
        Class::Test => weights.test.half_life_days = days,
    }
}

/// Where a share of these weights lies; a half-life is no share.
fn slot(weights: &mut Weights, class: Class, part: Part) -> Option<&mut f64> {
    let test = &mut weights.test;
    let plain = match class {
        Class::Opinion => &mut weights.opinion,
        Class::CustomerVoice => &mut weights.customer_voice,
        Class::Behaviour => &mut weights.behaviour,
        Class::UserResearch => &mut weights.user_research,
        Class::Test => {
            return match part {
                Part::SameArea => Some(&mut test.same_area),
                Part::OtherArea => Some(&mut test.other_area),
                Part::Published => Some(&mut test.published),
                Part::BeforeAfter => Some(&mut test.before_after),
                Part::Cap => Some(&mut test.cap),
                Part::Base | Part::HalfLife => None,
            };
        }
    };
    match part {
        Part::Base => Some(&mut plain.base),
        Part::Cap => Some(&mut plain.cap),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(class: Class, part: Part, raw: &str) -> WeightsForm {
        let mut form = WeightsForm::of(&Weights::default(), 3);
        form.weights.get_mut(class.slug()).unwrap().insert(part.slug().into(), raw.into());
        form
    }

    #[test]
    fn a_form_reads_back_as_the_weights_it_was_made_of() {
        let mut weights = Weights::default();
        weights.test.before_after = 0.17;
        weights.user_research.half_life_days = 400;
        weights.opinion.cap = 0.1;
        assert_eq!(WeightsForm::of(&weights, 1).check(), Ok(weights));
        assert_eq!(WeightsForm::of(&weights, 1).typed(Class::Test, Part::BeforeAfter), "0.17");
    }

    #[test]
    fn every_wrong_number_is_named_beside_its_field() {
        for (class, part, raw, field) in [
            (Class::Opinion, Part::HalfLife, "0", "evidence.opinion.half_life_days"),
            (Class::Opinion, Part::HalfLife, "-3", "evidence.opinion.half_life_days"),
            (Class::Test, Part::HalfLife, "soon", "evidence.test.half_life_days"),
            (Class::Behaviour, Part::Base, "", "evidence.behaviour.base"),
            (Class::Behaviour, Part::Cap, "1.5", "evidence.behaviour.cap"),
            (Class::Test, Part::Published, "0.1", "evidence.test.published"),
        ] {
            let errors = with(class, part, raw).check().unwrap_err();
            let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, [field], "{raw}");
        }
        assert_eq!(with(Class::Opinion, Part::Base, "0,04").check().unwrap().opinion.base, 0.04);
        assert_eq!(WeightsForm::default().check().unwrap_err().0.len(), 18);
    }
}
