//! Evidence confidence: what all linked evidence together says of a hypothesis, with every step shown.
//!
//! For each class k, `S_k = min(cap_k, 1 - prod(1 - b f))` over its supporting items and `C_k` the same over its
//! contradicting ones; the confidence is `10 (1 - prod(1 - S_k)) prod(1 - C_k)`, to one decimal.

use super::strength::{Strength, strength};
use super::{Class, Direction, Freshness, Kind, Weights, Worth};
use crate::hypotheses::EvidenceSummary;
use crate::sites::NamedChange;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A linked piece of evidence, as far as it is weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceItem))]
pub struct Item {
    /// `E-12`.
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub worth: Option<Worth>,
    /// The day its age counts from.
    pub observed: NaiveDate,
    /// The site change since, if there was one.
    pub halved_by: Option<NamedChange>,
    pub direction: Direction,
    pub same_area: bool,
}

/// One item in the sum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceItemTerm))]
pub struct ItemTerm {
    pub number: String,
    pub title: String,
    pub kind: Kind,
    /// b: 0 for an invalid test.
    pub base: f64,
    /// f.
    pub freshness: Freshness,
    /// The site change that halved f.
    pub halved_by: Option<NamedChange>,
    /// b f.
    pub weight: f64,
}

/// The items of a class that speak one way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceSide))]
pub struct Side {
    /// The heaviest first.
    pub items: Vec<ItemTerm>,
    /// 1 - prod(1 - b f).
    pub together: f64,
    /// S_k or C_k: the same, but at most the cap.
    pub counted: f64,
}

impl Side {
    /// Whether the cap holds it back.
    pub fn is_capped(&self) -> bool {
        self.counted < self.together
    }

    /// How many items count. An invalid test is shown and counts nothing.
    fn count(&self) -> u32 {
        u32::try_from(self.items.iter().filter(|item| item.base > 0.0).count()).unwrap_or(u32::MAX)
    }
}

/// What one class gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceClassTerm))]
pub struct ClassTerm {
    pub class: Class,
    pub cap: f64,
    pub supporting: Side,
    pub contradicting: Side,
    /// The confidence if this class were not linked.
    pub without: f64,
}

/// The confidence on a day, term by term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceConfidence))]
pub struct Confidence {
    /// 0.0 to 10.0, one decimal.
    pub value: f64,
    pub strength: Strength,
    /// The UTC day that it is of.
    pub day: NaiveDate,
    /// 1 - prod(1 - S_k).
    pub support: f64,
    /// prod(1 - C_k): the share that contradictions leave.
    pub left: f64,
    pub supports: u32,
    pub contradicts: u32,
    /// The classes of the linked items, the weakest first.
    pub terms: Vec<ClassTerm>,
}

impl Confidence {
    /// The value in tenths, as lists are sorted by it.
    pub fn tenths(&self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
        let tenths = (self.value * 10.0).round() as i64;
        tenths
    }

    /// What one more fresh supporting item of this kind would make of it.
    pub fn with_one_more(&self, kind: Kind, same_area: bool, weights: &Weights) -> f64 {
        let class = kind.class();
        let weight = weights.base(kind, same_area);
        let mut terms = self.terms.clone();
        if !terms.iter().any(|term| term.class == class) {
            let side = Side::default;
            terms.push(ClassTerm { class, cap: weights.cap(class), supporting: side(), contradicting: side(), without: self.value });
        }
        for term in terms.iter_mut().filter(|term| term.class == class) {
            term.supporting.together = 1.0 - (1.0 - term.supporting.together) * (1.0 - weight);
            term.supporting.counted = term.supporting.together.min(term.cap);
        }
        points(terms.iter())
    }

    /// What it would be if this supporting item were found to be still true today.
    pub fn with_renewed(&self, number: &str) -> f64 {
        let mut terms = self.terms.clone();
        for (cap, side) in terms.iter_mut().map(|term| (term.cap, &mut term.supporting)) {
            for item in side.items.iter_mut().filter(|item| item.number == number) {
                item.weight = item.base;
            }
            side.together = 1.0 - side.items.iter().map(|item| 1.0 - item.weight).product::<f64>();
            side.counted = side.together.min(cap);
        }
        points(terms.iter())
    }

    /// The short form that is stored beside the hypothesis.
    pub fn summary(&self) -> EvidenceSummary {
        let mut kinds = BTreeMap::new();
        for item in self.terms.iter().flat_map(|term| term.supporting.items.iter().chain(&term.contradicting.items)) {
            *kinds.entry(item.kind.slug().to_owned()).or_insert(0) += 1;
        }
        EvidenceSummary {
            confidence: self.value,
            strength: self.strength.slug().to_owned(),
            supports: self.supports,
            contradicts: self.contradicts,
            kinds,
        }
    }
}

/// What the linked items together say on this day. Their order does not matter.
pub fn confidence(items: &[Item], weights: &Weights, today: NaiveDate) -> Confidence {
    let mut terms: Vec<ClassTerm> = Class::ALL
        .into_iter()
        .filter(|class| items.iter().any(|item| item.kind.class() == *class))
        .map(|class| ClassTerm {
            class,
            cap: weights.cap(class),
            supporting: side(items, class, Direction::Supports, weights, today),
            contradicting: side(items, class, Direction::Contradicts, weights, today),
            without: 0.0,
        })
        .collect();
    let without: Vec<f64> = terms.iter().map(|left_out| points(terms.iter().filter(|term| term.class != left_out.class))).collect();
    for (term, without) in terms.iter_mut().zip(without) {
        term.without = without;
    }
    let value = points(terms.iter());
    let (support, left) = (support(terms.iter()), left(terms.iter()));
    let supports = terms.iter().map(|term| term.supporting.count()).sum();
    let contradicts = terms.iter().map(|term| term.contradicting.count()).sum();
    let strength = strength(value, contradicts, terms.iter().filter(|term| term.supporting.count() > 0).map(|term| term.class));
    Confidence { value, strength, day: today, support, left, supports, contradicts, terms }
}

fn side(items: &[Item], class: Class, direction: Direction, weights: &Weights, today: NaiveDate) -> Side {
    let here = items.iter().filter(|item| item.kind.class() == class && item.direction == direction);
    let mut items: Vec<ItemTerm> = here.map(|item| item_term(item, weights, today)).collect();
    items.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| number_order(a).cmp(&number_order(b))));
    let together = 1.0 - items.iter().map(|item| 1.0 - item.weight).product::<f64>();
    Side { items, together, counted: together.min(weights.cap(class)) }
}

fn item_term(item: &Item, weights: &Weights, today: NaiveDate) -> ItemTerm {
    let base = if item.worth == Some(Worth::Invalid) { 0.0 } else { weights.base(item.kind, item.same_area) };
    let freshness = Freshness::of(item.kind.class(), item.observed, item.halved_by.is_some(), today, weights);
    let weight = base * freshness.value;
    let (number, title, halved_by) = (item.number.clone(), item.title.clone(), item.halved_by.clone());
    ItemTerm { number, title, kind: item.kind, base, freshness, halved_by, weight }
}

/// `E-9` before `E-12`.
fn number_order(item: &ItemTerm) -> (usize, &str) {
    (item.number.len(), item.number.as_str())
}

fn support<'a>(terms: impl Iterator<Item = &'a ClassTerm>) -> f64 {
    1.0 - terms.map(|term| 1.0 - term.supporting.counted).product::<f64>()
}

fn left<'a>(terms: impl Iterator<Item = &'a ClassTerm>) -> f64 {
    terms.map(|term| 1.0 - term.contradicting.counted).product()
}

/// The confidence of these classes, to one decimal.
fn points<'a>(terms: impl Iterator<Item = &'a ClassTerm> + Clone) -> f64 {
    let share = support(terms.clone()) * left(terms);
    // What a product of decimals misses its true value by must not decide which way a half is rounded.
    let exact = (share * 1e12).round() / 1e10;
    exact.round().clamp(0.0, 100.0) / 10.0
}
