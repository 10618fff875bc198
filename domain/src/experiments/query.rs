//! How a list of tests is asked for: filters, order, page. The same names in the address of a page and in REST.

use super::{Outcome, State, TestKind};
use crate::errors::FieldErrors;
use crate::page::{MAX_LIMIT, Sort, SortBy};
use crate::search::{Rest, no_filter, take_filters};
use crate::text;
use serde::{Deserialize, Serialize};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortKey {
    CreatedAt,
    /// Tests that have not started come last in the descending order.
    StartedOn,
}

impl SortBy for SortKey {
    const ALL: &'static [SortKey] = &[SortKey::CreatedAt, SortKey::StartedOn];
    const USUAL: SortKey = SortKey::CreatedAt;

    fn slug(self) -> &'static str {
        match self {
            SortKey::CreatedAt => "created_at",
            SortKey::StartedOn => "started_on",
        }
    }
}

/// Filters, order and page. Values of one field are alternatives; fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestQuery {
    pub state: Vec<State>,
    pub kind: Vec<TestKind>,
    pub site: Vec<String>,
    pub area: Vec<String>,
    pub outcome: Vec<Outcome>,
    /// Tests of these hypotheses.
    pub hypothesis: Vec<String>,
    /// Those that were imported alone, or all but those.
    pub imported: Option<bool>,
    /// Words to be found in title or plan.
    pub q: Option<String>,
    pub sort: Sort<SortKey>,
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl TestQuery {
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
        let rest = take_filters(self, typed, &["site", "area"], Self::read);
        self.q = rest.asked(typed);
        rest
    }

    fn read(&mut self, errors: &mut FieldErrors, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let mut wrong = |message: &str| errors.add(name, format!("“{value}” {message}"));
        match name {
            "state" => match State::from_slug(value) {
                Some(state) => self.state.push(state),
                None => wrong("is not a state. Use draft, planned, running, stopped, concluded or cancelled."),
            },
            "kind" => match TestKind::from_slug(value) {
                Some(kind) => self.kind.push(kind),
                None => wrong("is not a kind of test."),
            },
            "outcome" => match Outcome::from_slug(value) {
                Some(outcome) => self.outcome.push(outcome),
                None => wrong("is not an outcome. Use win, loss, inconclusive or invalid."),
            },
            "sort" => match Sort::parse(value) {
                Some(sort) => self.sort = sort,
                None => wrong("is not an order. Use created_at or started_on, with - in front for the latest first."),
            },
            "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                Some(limit) => self.limit = Some(limit),
                None => wrong("is not a page length from 1 to 200."),
            },
            "imported" => match value.parse() {
                Ok(imported) => self.imported = Some(imported),
                Err(_) => wrong("says neither that only imported tests are wanted nor that none is. Use true or false."),
            },
            "site" => self.site.push(value.to_owned()),
            "area" => self.area.push(value.to_owned()),
            "hypothesis" => self.hypothesis.push(value.to_uppercase()),
            "q" => self.q = Some(value.to_owned()),
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => errors.add(name, no_filter(name, value)),
        }
    }

    /// The pairs that lead back to this query, without cursor and page length.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.state.iter().map(|state| ("state", state.slug().to_owned())));
        pairs.extend(self.kind.iter().map(|kind| ("kind", kind.slug().to_owned())));
        pairs.extend(self.outcome.iter().map(|outcome| ("outcome", outcome.slug().to_owned())));
        for (name, values) in [("site", &self.site), ("area", &self.area), ("hypothesis", &self.hypothesis)] {
            pairs.extend(values.iter().map(|value| (name, value.clone())));
        }
        pairs.extend(self.imported.map(|imported| ("imported", imported.to_string())));
        pairs.extend(self.q.iter().map(|q| ("q", q.clone())));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug()));
        }
        pairs
    }

    /// Whether nothing but possibly states and an import narrows the list, so that counters know its length.
    pub fn narrows_by_state_alone(&self) -> bool {
        let lists = [&self.site, &self.area, &self.hypothesis];
        lists.into_iter().all(Vec::is_empty) && self.kind.is_empty() && self.outcome.is_empty() && self.q.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [
            ("state", "running"),
            ("kind", "ab_n"),
            ("outcome", "win"),
            ("area", "checkout"),
            ("hypothesis", "h-2"),
            ("imported", "false"),
            ("sort", "-started_on"),
        ];
        let query = TestQuery::from_pairs(pairs).unwrap();
        let again = query.pairs();
        assert_eq!(TestQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
    }

    #[test]
    fn a_misspelt_filter_is_refused_by_name() {
        for (name, value) in
            [("states", "running"), ("state", "ready"), ("kind", "a/b"), ("outcome", "too_early"), ("sort", "score"), ("limit", "0")]
        {
            let errors = TestQuery::from_pairs([(name, value)]).unwrap_err();
            assert!(errors.of(name).is_some(), "{name}={value}");
        }
    }
}
