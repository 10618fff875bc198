//! The filters that can be typed, the lists that know them, and where their values come from.

use super::Named;
use crate::evidence::{Class, FreshnessWord, Kind as EvidenceKind, Strength};
use crate::experiments::{Outcome, State, TestKind};
use crate::hypotheses::Stage;
use crate::search::Kind::{self, Evidence, Hypothesis, Learning, Test};
use crate::sites::Device;

/// What a workspace has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Sites,
    Areas,
    Audiences,
    Levers,
    Tags,
    People,
}

impl Listed {
    /// What can be said beside the list.
    pub fn also(self) -> Vec<Named> {
        let named = |(slug, name): (&str, &str)| Named { slug: slug.into(), name: name.into() };
        match self {
            Listed::People => [("me", "yours"), ("none", "nobody’s")].map(named).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Slug and name of each value.
type Fixed = fn(Option<Kind>) -> Vec<(&'static str, &'static str)>;

/// Where the values of a filter come from.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    Fixed(Fixed),
    Here(Listed),
}

/// A filter that can be typed.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    pub name: &'static str,
    pub meaning: &'static str,
    /// The lists that know it; none where the search of everything alone does.
    pub lists: &'static [Kind],
    pub values: Values,
}

impl Filter {
    /// Whether the field of this list, or of the search of everything, takes it.
    pub fn is_of(&self, list: Option<Kind>) -> bool {
        list.is_none_or(|list| self.lists.contains(&list))
    }
}

const fn filter(name: &'static str, meaning: &'static str, lists: &'static [Kind], values: Values) -> Filter {
    Filter { name, meaning, lists, values }
}

/// All filters, the most used first.
pub const FILTERS: [Filter; 20] = [
    filter("stage", "hypotheses in a stage", &[Hypothesis], Values::Fixed(|_| Stage::ALL.map(|one| (one.slug(), one.name())).to_vec())),
    filter("area", "an area of a site", &Kind::ALL, Values::Here(Listed::Areas)),
    filter("owner", "whose it is", &[Hypothesis], Values::Here(Listed::People)),
    filter("evidence", "how well it is supported", &[Hypothesis], Values::Fixed(evidence)),
    filter(
        "score",
        "the team’s score",
        &[Hypothesis],
        Values::Fixed(|_| vec![(">7", "above 7"), ("<=3", "3 at most"), ("5..8", "from 5 to 8")]),
    ),
    filter(
        "outcome",
        "what a test found",
        &[Hypothesis, Test, Learning],
        Values::Fixed(|_| Outcome::RECORDED.map(|one| (one.slug(), one.name())).to_vec()),
    ),
    filter(
        "type",
        "one kind of thing",
        &[],
        Values::Fixed(|_| vec![("hypothesis", "Hypotheses"), ("evidence", "Evidence"), ("test", "Tests"), ("learning", "Learnings")]),
    ),
    filter("tag", "a tag", &[Hypothesis, Evidence], Values::Here(Listed::Tags)),
    filter("lever", "the mechanism", &[Hypothesis, Learning], Values::Here(Listed::Levers)),
    filter("device", "a device", &[Hypothesis, Evidence], Values::Fixed(|_| Device::ALL.map(|one| (one.slug(), one.name())).to_vec())),
    filter("audience", "for whom", &[Hypothesis, Evidence, Learning], Values::Here(Listed::Audiences)),
    filter("site", "a site", &Kind::ALL, Values::Here(Listed::Sites)),
    filter("state", "where a test stands", &[Test], Values::Fixed(|_| State::ALL.map(|one| (one.slug(), one.name())).to_vec())),
    filter("kind", "the kind of evidence or test", &[Evidence, Test], Values::Fixed(kinds)),
    filter("class", "the class of evidence", &[Evidence], Values::Fixed(|_| Class::ALL.map(|one| (one.slug(), one.name())).to_vec())),
    filter(
        "freshness",
        "how fresh evidence is",
        &[Evidence],
        Values::Fixed(|_| FreshnessWord::ALL.map(|one| (one.slug(), one.name())).to_vec()),
    ),
    filter("unscored", "what waits for a score", &[Hypothesis], Values::Fixed(|_| vec![("me", "yours")])),
    filter("unused", "evidence linked to nothing", &[Evidence], Values::Fixed(|_| vec![("true", "not used yet")])),
    filter("used", "evidence that is linked", &[Evidence], Values::Fixed(|_| vec![("true", "used")])),
    filter("imported", "tests that came by import", &[Test], Values::Fixed(|_| vec![("true", "imported"), ("false", "our own")])),
];

fn evidence(_: Option<Kind>) -> Vec<(&'static str, &'static str)> {
    let mut values = Strength::ALL.map(|one| (one.slug(), one.name())).to_vec();
    values.push((">4", "a confidence above 4"));
    values
}

fn kinds(list: Option<Kind>) -> Vec<(&'static str, &'static str)> {
    let evidence = EvidenceKind::ALL.into_iter().filter(|_| list != Some(Test)).map(|one| (one.slug(), one.name()));
    let tests = TestKind::ALL.into_iter().filter(|_| list != Some(Evidence)).map(|one| (one.slug(), one.name()));
    let mut values: Vec<_> = evidence.collect();
    for one in tests {
        if values.iter().all(|(slug, _)| *slug != one.0) {
            values.push(one);
        }
    }
    values
}
