//! The variants that a plan is worked out for: how many, or which shares.

use super::super::VariantDraft;
use crate::errors::FieldErrors;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// How many variants, or a list of them as a test has them; key and name may be left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum PlanVariants {
    Count(i64),
    List(Vec<VariantDraft>),
}

struct CountOrList;

impl<'de> Visitor<'de> for CountOrList {
    type Value = PlanVariants;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number of variants or a list of them")
    }

    fn visit_i64<E>(self, count: i64) -> Result<PlanVariants, E> {
        Ok(PlanVariants::Count(count))
    }

    fn visit_u64<E>(self, count: u64) -> Result<PlanVariants, E> {
        Ok(PlanVariants::Count(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PlanVariants, A::Error> {
        let mut variants = Vec::new();
        while let Some(variant) = list.next_element()? {
            variants.push(variant);
        }
        Ok(PlanVariants::List(variants))
    }
}

impl<'de> Deserialize<'de> for PlanVariants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountOrList)
    }
}

/// The variants with keys; two where nothing is said. Whether they can be compared, the rules of every plan say.
pub(super) fn drafts(errors: &mut FieldErrors, variants: Option<&PlanVariants>, shares: &[f64]) -> Vec<VariantDraft> {
    let blank = |count: i64| vec![VariantDraft::default(); usize::try_from(count.clamp(0, 11)).unwrap_or(0)];
    let mut drafts = match variants {
        Some(PlanVariants::List(list)) => list.clone(),
        Some(PlanVariants::Count(count)) => blank(*count),
        None if shares.is_empty() => blank(2),
        None => vec![VariantDraft::default(); shares.len()],
    };
    if !shares.is_empty() {
        let said_twice = drafts.iter().any(|draft| draft.share.is_some());
        errors.require(!said_twice, "shares", "The variants say their shares already.");
        let (count, given) = (drafts.len(), shares.len());
        errors.require(count == given, "shares", format!("There are {count} variants and {given} shares."));
        if count == given && !said_twice {
            drafts.iter_mut().zip(shares).for_each(|(draft, share)| draft.share = Some(*share));
        }
    }
    for (draft, letter) in drafts.iter_mut().zip('A'..) {
        if draft.key.trim().is_empty() {
            draft.key = letter.to_string();
        }
        if draft.name.trim().is_empty() {
            draft.name = draft.key.clone();
        }
    }
    drafts
}
