//! Plausible hypotheses in any number, for measuring a large library. The same seed makes the same ones.

use crate::evidence::EvidenceDraft;
use crate::hypotheses::{EffectDraft, HypothesisDraft, StatementDraft};
use crate::scoring::ScoreDraft;

const VERBS: [&str; 12] =
    ["Show", "Shorten", "Move", "Explain", "Group", "Hide", "Name", "Offer", "Compare", "Repeat", "Simplify", "Remember"];
const THINGS: [&str; 16] = [
    "the delivery date",
    "the stock count",
    "the sign-up form",
    "trade prices",
    "the returns policy",
    "payment methods",
    "customer reviews",
    "the filter panel",
    "the size guide",
    "branch opening hours",
    "the order summary",
    "part numbers",
    "the quote button",
    "data sheets",
    "the VAT switch",
    "recent orders",
];
const PLACES: [(&str, &str); 8] = [
    ("search", "in search results"),
    ("product-page", "on the product page"),
    ("basket", "in the basket"),
    ("checkout", "at the checkout"),
    ("sign-up", "during sign-up"),
    ("pricing-page", "on the pricing page"),
    ("account", "in the account"),
    ("navigation", "in the menu"),
];
const AUDIENCES: [&str; 5] = ["new", "returning", "logged-in", "consumer", "trade"];
const LEVERS: [&str; 6] = ["clarity", "trust", "friction", "findability", "speed", "reassurance"];
const METRICS: [&str; 4] = ["conversion-rate", "quote-request", "add-to-basket", "account-registration"];

/// A generator of numbers (splitmix64, Steele, Lea and Flood 2014): small, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn mixed(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.mixed() % end.max(1)
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let index = usize::try_from(self.below(list.len() as u64)).ok()?;
        list.get(index).copied()
    }
}

/// The next hypothesis of this site, and its score if somebody gave one.
pub fn sample(numbers: &mut Numbers, site: &str, index: u64) -> (HypothesisDraft, Option<ScoreDraft>) {
    let (verb, thing) = (numbers.pick(&VERBS).unwrap_or_default(), numbers.pick(&THINGS).unwrap_or_default());
    let (area, place) = numbers.pick(&PLACES).unwrap_or_default();
    let share = numbers.below(60) + 5;
    let audience = numbers.pick(&AUDIENCES).map(str::to_owned);
    let low = (numbers.below(5) + 1) as f64 / 100.0;
    let statement = StatementDraft {
        because: Some(format!("{share}% of visits {place} end after looking for {thing}")),
        change: Some(format!("we {} {thing} {place}", verb.to_lowercase())),
        audience: audience.clone(),
        effect: Some(EffectDraft {
            metric: numbers.pick(&METRICS).map(str::to_owned),
            direction: Some("up".to_owned()),
            low: Some(low),
            high: Some(low + 0.03),
        }),
        lever: numbers.pick(&LEVERS).map(str::to_owned),
        reason: Some("people look for it before they decide".to_owned()),
        measure: Some("the metric differs after 3 full weeks".to_owned()),
    };
    let devices = match numbers.below(3) {
        0 => vec!["desktop".to_owned()],
        1 => vec!["mobile".to_owned()],
        _ => vec!["desktop".to_owned(), "mobile".to_owned()],
    };
    let draft = HypothesisDraft {
        title: format!("{verb} {thing} {place}, idea {index}"),
        site: Some(site.to_owned()),
        area: Some(area.to_owned()),
        devices,
        audience,
        statement,
        tags: vec![format!("batch-{}", numbers.below(20))],
        ..HypothesisDraft::default()
    };
    let mut level = || i64::try_from(numbers.below(10) + 1).unwrap_or(1);
    let (impact, confidence, ease) = (level(), level(), level());
    let score = ScoreDraft::ice(impact, confidence, ease);
    (draft, (numbers.below(10) < 7).then_some(score))
}

const KINDS: [&str; 6] = ["analytics", "survey", "interview", "user_test", "support_log", "heatmap"];

/// The next piece of evidence of this site, in the words of the hypotheses.
pub fn sample_finding(numbers: &mut Numbers, site: &str, index: u64) -> EvidenceDraft {
    let thing = numbers.pick(&THINGS).unwrap_or_default();
    let (area, place) = numbers.pick(&PLACES).unwrap_or_default();
    let share = numbers.below(60) + 5;
    EvidenceDraft {
        title: format!("{share}% of people ask for {thing} {place}, finding {index}"),
        kind: numbers.pick(&KINDS).unwrap_or_default().to_owned(),
        finding: Some(format!("They look for {thing} first and leave when it is not {place}.")),
        site: Some(site.to_owned()),
        areas: vec![area.to_owned()],
        sample_size: i64::try_from(numbers.below(5_000) + 20).ok(),
        ..EvidenceDraft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_library() {
        let library = |seed| {
            let mut numbers = Numbers::new(seed);
            (0..20).map(|index| sample(&mut numbers, "shop", index)).collect::<Vec<_>>()
        };
        assert_eq!(library(7), library(7));
        assert_ne!(library(7), library(8));
    }
}
