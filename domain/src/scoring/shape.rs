//! The shape of a model: its criteria in order, and how they become one number. One code path serves all models.

use super::scale::{plain, shortened};
use super::{CombineRule, Model, Scale};
use crate::text::count_word;
use serde::{Deserialize, Serialize};

/// How criteria become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The weighted mean. A cost counts as 11 minus its level.
    Mean,
    /// Benefits times their weights are multiplied, costs divide.
    Product,
    /// Each answer times its weight, added up.
    Sum,
}

impl From<CombineRule> for Way {
    fn from(rule: CombineRule) -> Self {
        match rule {
            CombineRule::Mean => Way::Mean,
            CombineRule::Product => Way::Product,
        }
    }
}

/// What the levels from `from` on mean, up to the next band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub from: f64,
    /// "1–2", "0.25", "yes".
    pub name: String,
    pub text: String,
}

impl Band {
    /// What a lead's own text for it is filed under.
    pub fn key(&self) -> String {
        self.from.to_string()
    }
}

/// One thing that a hypothesis is judged by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    pub slug: String,
    pub name: String,
    /// One letter for narrow heads.
    pub letter: String,
    pub scale: Scale,
    pub weight: f64,
    /// Less of it is better.
    pub cost: bool,
    /// The lowest first.
    pub bands: Vec<Band>,
}

impl Criterion {
    /// What a level means, so that two people who give a 7 mean the same; between two levels, what the lower means.
    pub fn rubric(&self, level: f64) -> &str {
        self.bands.iter().rev().find(|band| band.from <= level).map_or("", |band| &band.text)
    }
}

/// A model as it is here: with the workspace's rule, criteria and texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub model: Model,
    pub name: String,
    /// What it asks, in a line.
    pub about: String,
    pub way: Way,
    pub criteria: Vec<Criterion>,
}

impl Shape {
    pub fn criterion(&self, slug: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.slug == slug)
    }

    /// The one number that ranks, from the levels that there are; none without any. What is missing leaves the weights
    /// of the others in proportion.
    pub fn value(&self, level: impl Fn(&str) -> Option<f64>) -> Option<f64> {
        let known: Vec<(&Criterion, f64)> = self.criteria.iter().filter_map(|one| Some((one, level(&one.slug)?))).collect();
        if known.is_empty() {
            return None;
        }
        Some(match self.way {
            Way::Mean => {
                let worth = |(one, level): &(&Criterion, f64)| one.weight * if one.cost { 11.0 - level } else { *level };
                known.iter().map(worth).sum::<f64>() / known.iter().map(|(one, _)| one.weight).sum::<f64>()
            }
            Way::Product => {
                known.iter().fold(1.0, |product, (one, level)| if one.cost { product / level } else { product * level * one.weight })
            }
            Way::Sum => known.iter().map(|(one, level)| one.weight * level).sum(),
        })
    }

    /// The number as people read it: a mean with one decimal, points with as many as they have, a product with fewer the
    /// larger it is.
    pub fn said(&self, value: f64) -> String {
        match self.way {
            Way::Mean => format!("{value:.1}"),
            Way::Sum => plain(value),
            Way::Product if value > 10.0 => format!("{value:.0}"),
            Way::Product if value >= 1.0 => format!("{value:.1}"),
            Way::Product => plain(value),
        }
    }

    /// The same where there is little room: 45k.
    pub fn said_short(&self, value: f64) -> String {
        if value < 9_999.5 { self.said(value) } else { shortened(value) }
    }

    /// The most that the number can be; none where it has no end.
    pub fn most(&self) -> Option<f64> {
        let best = |one: &Criterion| one.scale.levels().into_iter().reduce(if one.cost { f64::min } else { f64::max });
        if self.criteria.iter().any(|one| best(one).is_none()) {
            return None;
        }
        self.value(|slug| self.criterion(slug).and_then(best))
    }

    /// How the number came about: "mean of the three middles".
    pub fn how(&self) -> String {
        let middles = format!("of the {} middles", count_word(self.criteria.len()));
        let plain = self.criteria.iter().all(|one| one.weight == 1.0 && !one.cost);
        match self.way {
            Way::Mean if plain => format!("mean {middles}"),
            Way::Mean => format!("weighted mean {middles}"),
            Way::Product if plain => format!("product {middles}"),
            Way::Product => {
                let joined = |cost: bool, by: &str| {
                    let names = self.criteria.iter().filter(|one| one.cost == cost).map(|one| one.name.to_lowercase());
                    names.collect::<Vec<_>>().join(by)
                };
                format!("{} ÷ {}", joined(false, " × "), joined(true, " ÷ "))
            }
            Way::Sum => self.most().map_or("points".to_owned(), |most| format!("points of {most}")),
        }
    }

    /// "Impact 8, confidence 7, ease 6"; of a checklist its points, "PXL 9 of 14".
    pub fn told(&self, level: impl Fn(&str) -> Option<f64>) -> String {
        if let (Way::Sum, Some(value), Some(most)) = (self.way, self.value(&level), self.most()) {
            return format!("{} {} of {}", self.name, self.said(value), self.said(most));
        }
        let said = |one: &Criterion| level(&one.slug).map(|level| format!("{} {}", one.name, one.scale.said(level)));
        let parts: Vec<String> = self.criteria.iter().filter_map(said).collect();
        let lower = |part: &String| part.chars().take(1).flat_map(char::to_lowercase).chain(part.chars().skip(1)).collect::<String>();
        let (first, rest) = (parts.iter().take(1).cloned(), parts.iter().skip(1).map(lower));
        first.chain(rest).collect::<Vec<_>>().join(", ")
    }

    /// Whether both make the same numbers of the same levels, whatever their texts say.
    pub fn ranks_like(&self, other: &Shape) -> bool {
        let parts = |shape: &Shape| {
            shape.criteria.iter().map(|one| (one.slug.clone(), one.scale.clone(), one.weight, one.cost)).collect::<Vec<_>>()
        };
        (self.model, self.way) == (other.model, other.way) && parts(self) == parts(other)
    }
}
