//! The lists that views belong to, and the one way to write a query of each.

use crate::errors::FieldErrors;
use crate::evidence::EvidenceQuery;
use crate::experiments::TestQuery;
use crate::hypotheses::BacklogQuery;
use crate::learnings::LearningQuery;
use crate::search::no_filter;
use crate::text;
use serde::{Deserialize, Serialize};

/// A list that understands typed queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum List {
    Hypotheses,
    Evidence,
    Tests,
    Learnings,
}

/// What belongs to a page and not to what the list shows.
const OF_THE_PAGE: [&str; 2] = ["cursor", "limit"];

impl List {
    pub const ALL: [List; 4] = [List::Hypotheses, List::Evidence, List::Tests, List::Learnings];

    /// Its name in addresses and in REST.
    pub fn slug(self) -> &'static str {
        match self {
            List::Hypotheses => "hypotheses",
            List::Evidence => "evidence",
            List::Tests => "tests",
            List::Learnings => "learnings",
        }
    }

    pub fn from_slug(slug: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.slug() == slug)
    }

    /// A query of this list as it is always written, so that two that ask for the same are the same text. Typed filters
    /// become pairs; the page, and names that the list does not know, are left out; wrong values are findings.
    pub fn normal(self, query: &str) -> Result<String, FieldErrors> {
        let said = text::address::pairs(query);
        let said = said.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let known: Vec<(&str, &str)> = said.filter(|(name, value)| self.means(name, value)).collect();
        self.pairs(&known).map(|pairs| text::address::joined(&pairs))
    }

    /// Whether this pair is for this list. All stages are said by naming none.
    fn means(self, name: &str, value: &str) -> bool {
        let all_stages = self == List::Hypotheses && (name, value) == ("stage", "all");
        if OF_THE_PAGE.contains(&name) || all_stages {
            return false;
        }
        let unknown = no_filter(name, &text::one_line(value));
        self.pairs(&[(name, value)]).err().is_none_or(|errors| errors.of(name) != Some(&unknown))
    }

    /// The pairs that the list itself would write for these, by name and value.
    fn pairs(self, said: &[(&str, &str)]) -> Result<Vec<(&'static str, String)>, FieldErrors> {
        let said = said.iter().copied();
        let mut pairs = match self {
            List::Hypotheses => BacklogQuery::from_pairs(said)?.pairs(),
            List::Evidence => EvidenceQuery::from_pairs(said)?.pairs(),
            List::Tests => TestQuery::from_pairs(said)?.pairs(),
            List::Learnings => LearningQuery::from_pairs(said)?.pairs(),
        };
        pairs.sort();
        pairs.dedup();
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typed_language_and_the_address_say_the_same() {
        let typed = "?q=stage:idea,evidence_gathered+area:checkout+owner:me+evidence:none+score:%3E7+stock";
        let address = "score=%3E7&owner=me&stage=evidence_gathered&stage=idea&stage=idea&area=checkout&q=stock&evidence=none";
        let normal = List::Hypotheses.normal(typed).unwrap();
        assert_eq!(normal, "area=checkout&evidence=none&owner=me&q=stock&score=%3E7&stage=evidence_gathered&stage=idea");
        assert_eq!(List::Hypotheses.normal(address).unwrap(), normal);
        assert_eq!(List::Hypotheses.normal(&normal).unwrap(), normal);
    }

    #[test]
    fn the_page_and_foreign_names_are_left_out_and_wrong_values_are_named() {
        for (list, query, normal) in [
            (List::Hypotheses, "stage=all&cursor=abc&limit=7&view=3&done=1&sort=-score&state=running", ""),
            (List::Hypotheses, "unscored=me&sort=stage", "sort=stage&unscored=me"),
            (List::Evidence, "unused=true&stage=idea&class=behaviour", "class=behaviour&unused=true"),
            (List::Tests, "hypothesis=h-1&imported=true&q=state:running", "hypothesis=H-1&imported=true&state=running"),
            (List::Learnings, "view=table&outcome=win&lever=trust&outcome=loss", "lever=trust&outcome=loss&outcome=win"),
            (List::Learnings, "", ""),
        ] {
            assert_eq!(list.normal(query).unwrap(), normal, "{query}");
        }
        for (list, query, field) in [
            (List::Hypotheses, "stage=ideas", "stage"),
            (List::Hypotheses, "area=x&score=high", "score"),
            (List::Tests, "sort=name", "sort"),
            (List::Evidence, "kind=rumour", "kind"),
        ] {
            assert!(list.normal(query).unwrap_err().of(field).is_some(), "{query}");
        }
    }

    #[test]
    fn names_in_addresses_lead_back() {
        for list in List::ALL {
            assert_eq!(List::from_slug(list.slug()), Some(list));
        }
        assert_eq!(List::from_slug("signals"), None);
    }
}
