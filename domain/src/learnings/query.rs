//! How a list of learnings is asked for: filters, order, page. The same names in the address of a page and in REST.

use crate::errors::FieldErrors;
use crate::experiments::Outcome;
use crate::page::{MAX_LIMIT, Sort, SortBy};
use crate::search::{Rest, no_filter, take_filters};
use crate::text;
use serde::{Deserialize, Serialize};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortKey {
    CreatedAt,
}

impl SortBy for SortKey {
    const ALL: &'static [SortKey] = &[SortKey::CreatedAt];
    const USUAL: SortKey = SortKey::CreatedAt;

    fn slug(self) -> &'static str {
        match self {
            SortKey::CreatedAt => "created_at",
        }
    }
}

/// Filters, order and page. Values of one field are alternatives; fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LearningQuery {
    pub outcome: Vec<Outcome>,
    pub area: Vec<String>,
    pub audience: Vec<String>,
    pub lever: Vec<String>,
    pub site: Vec<String>,
    /// Words to be found in it.
    pub q: Option<String>,
    pub sort: Sort<SortKey>,
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl LearningQuery {
    /// Reads the pairs of a query string. Unknown names are findings, so that a misspelt filter is never ignored.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FieldErrors> {
        let mut query = Self::default();
        let mut errors = FieldErrors::default();
        for (name, value) in pairs {
            query.read(&mut errors, name, &text::one_line(value));
        }
        if let Some(typed) = query.q.take() {
            query.take_typed(&typed);
        }
        errors.into_result(query)
    }

    /// Takes the filters out of what somebody typed; the rest stays words.
    pub fn take_typed(&mut self, typed: &str) -> Rest {
        let rest = take_filters(self, typed, &["site", "area", "audience", "lever"], Self::read);
        self.q = rest.asked(typed);
        rest
    }

    fn read(&mut self, errors: &mut FieldErrors, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let mut wrong = |message: &str| errors.add(name, format!("“{value}” {message}"));
        match name {
            "outcome" => match Outcome::from_slug(value) {
                Some(outcome) => self.outcome.push(outcome),
                None => wrong("is not an outcome. Use win, loss, inconclusive or invalid."),
            },
            "sort" => match Sort::parse(value) {
                Some(sort) => self.sort = sort,
                None => wrong("is not an order. Use created_at, with - in front for the latest first."),
            },
            "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                Some(limit) => self.limit = Some(limit),
                None => wrong("is not a page length from 1 to 200."),
            },
            "area" => self.area.push(value.to_owned()),
            "audience" => self.audience.push(value.to_owned()),
            "lever" => self.lever.push(value.to_owned()),
            "site" => self.site.push(value.to_owned()),
            "q" => self.q = Some(value.to_owned()),
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => errors.add(name, no_filter(name, value)),
        }
    }

    /// The pairs that lead back to this query, without cursor and page length.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = self.outcome.iter().map(|outcome| ("outcome", outcome.slug().to_owned())).collect();
        for (name, values) in [("area", &self.area), ("audience", &self.audience), ("lever", &self.lever), ("site", &self.site)] {
            pairs.extend(values.iter().map(|value| (name, value.clone())));
        }
        pairs.extend(self.q.iter().map(|q| ("q", q.clone())));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug()));
        }
        pairs
    }

    /// Whether nothing but possibly outcomes narrows the list, so that counters know its length.
    pub fn narrows_by_outcome_alone(&self) -> bool {
        let lists = [&self.area, &self.audience, &self.lever, &self.site];
        lists.into_iter().all(Vec::is_empty) && self.q.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [
            ("outcome", "win"),
            ("area", "checkout"),
            ("audience", "trade"),
            ("lever", "trust"),
            ("site", "shop"),
            ("q", "a  b"),
            ("sort", "created_at"),
        ];
        let query = LearningQuery::from_pairs(pairs).unwrap();
        let again = query.pairs();
        assert_eq!(LearningQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
    }

    #[test]
    fn a_misspelt_filter_is_refused_by_name() {
        for (name, value) in [("levers", "trust"), ("outcome", "winning"), ("sort", "-score"), ("limit", "201")] {
            assert!(LearningQuery::from_pairs([(name, value)]).unwrap_err().of(name).is_some(), "{name}={value}");
        }
    }
}
