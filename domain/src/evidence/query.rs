//! How a list of evidence is asked for: filters, order, page. The same names in the address of a page and in REST.

use super::{Class, FreshnessWord, Kind};
use crate::errors::FieldErrors;
use crate::page::{MAX_LIMIT, Sort, SortBy};
use crate::search::{Rest, no_filter, take_filters};
use crate::sites::Device;
use crate::text;
use serde::{Deserialize, Serialize};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortKey {
    /// The day its age counts from.
    Observed,
    CreatedAt,
    UpdatedAt,
}

impl SortBy for SortKey {
    const ALL: &'static [SortKey] = &[SortKey::Observed, SortKey::CreatedAt, SortKey::UpdatedAt];
    const USUAL: SortKey = SortKey::Observed;

    fn slug(self) -> &'static str {
        match self {
            SortKey::Observed => "observed",
            SortKey::CreatedAt => "created_at",
            SortKey::UpdatedAt => "updated_at",
        }
    }
}

/// Filters, order and page. Values of one field are alternatives; fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceQuery {
    pub kind: Vec<Kind>,
    pub class: Vec<Class>,
    pub site: Vec<String>,
    pub area: Vec<String>,
    pub device: Vec<Device>,
    pub audience: Vec<String>,
    pub tag: Vec<String>,
    pub freshness: Vec<FreshnessWord>,
    /// Only what no hypothesis is linked to.
    pub unused: bool,
    /// Only what some hypothesis is linked to.
    pub used: bool,
    /// Words to be found in title, finding or source.
    pub q: Option<String>,
    pub sort: Sort<SortKey>,
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl EvidenceQuery {
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
        let rest = take_filters(self, typed, &["site", "area", "audience"], Self::read);
        self.q = rest.asked(typed);
        rest
    }

    fn read(&mut self, errors: &mut FieldErrors, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let mut wrong = |message: &str| errors.add(name, format!("“{value}” {message}"));
        match name {
            "kind" => match Kind::from_slug(value) {
                Some(kind) => self.kind.push(kind),
                None => wrong("is not a kind of evidence."),
            },
            "class" => match Class::from_slug(value) {
                Some(class) => self.class.push(class),
                None => wrong("is not a class. Use opinion, customer_voice, behaviour, user_research or test."),
            },
            "device" => match Device::from_slug(value) {
                Some(device) => self.device.push(device),
                None => wrong("is not a device."),
            },
            "freshness" => match FreshnessWord::from_slug(value) {
                Some(word) => self.freshness.push(word),
                None => wrong("is not understood. Use fresh, ageing or stale."),
            },
            "sort" => match Sort::parse(value) {
                Some(sort) => self.sort = sort,
                None => wrong("is not an order. Use observed, created_at or updated_at, with - in front for the latest first."),
            },
            "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                Some(limit) => self.limit = Some(limit),
                None => wrong("is not a page length from 1 to 200."),
            },
            "unused" => match value {
                "true" => self.unused = true,
                _ => wrong("is not understood; the one value is “true”."),
            },
            "used" => match value {
                "true" => self.used = true,
                _ => wrong("is not understood; the one value is “true”."),
            },
            "site" => self.site.push(value.to_owned()),
            "area" => self.area.push(value.to_owned()),
            "audience" => self.audience.push(value.to_owned()),
            "tag" => self.tag.push(value.to_lowercase()),
            "q" => self.q = Some(value.to_owned()),
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => errors.add(name, no_filter(name, value)),
        }
    }

    /// The pairs that lead back to this query, without cursor and page length.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.kind.iter().map(|kind| ("kind", kind.slug().to_owned())));
        pairs.extend(self.class.iter().map(|class| ("class", class.slug().to_owned())));
        pairs.extend(self.device.iter().map(|device| ("device", device.slug().to_owned())));
        pairs.extend(self.freshness.iter().map(|word| ("freshness", word.slug().to_owned())));
        for (name, values) in [("site", &self.site), ("area", &self.area), ("audience", &self.audience), ("tag", &self.tag)] {
            pairs.extend(values.iter().map(|value| (name, value.clone())));
        }
        if self.unused {
            pairs.push(("unused", "true".to_owned()));
        }
        if self.used {
            pairs.push(("used", "true".to_owned()));
        }
        pairs.extend(self.q.iter().map(|q| ("q", q.clone())));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug()));
        }
        pairs
    }

    /// The kinds that kind and class leave.
    pub fn kinds_left(&self) -> impl Iterator<Item = Kind> {
        let wanted = |kind: &Kind| {
            (self.kind.is_empty() || self.kind.contains(kind)) && (self.class.is_empty() || self.class.contains(&kind.class()))
        };
        Kind::ALL.into_iter().filter(wanted)
    }

    /// Whether nothing but possibly kind and class narrows the list, so that counters know its length.
    pub fn narrows_by_kind_alone(&self) -> bool {
        let lists = [&self.site, &self.area, &self.audience, &self.tag];
        let narrowed = self.unused || self.used || self.q.is_some() || !self.device.is_empty() || !self.freshness.is_empty();
        lists.into_iter().all(Vec::is_empty) && !narrowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [
            ("kind", "survey"),
            ("class", "behaviour"),
            ("device", "mobile"),
            ("freshness", "stale"),
            ("area", "checkout"),
            ("tag", " B2B "),
            ("unused", "true"),
            ("used", "true"),
            ("q", "stock  filter"),
            ("sort", "-created_at"),
        ];
        let query = EvidenceQuery::from_pairs(pairs).unwrap();
        let again = query.pairs();
        assert_eq!(EvidenceQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
        assert_eq!(query.kinds_left().count(), 0);
        assert!(!query.narrows_by_kind_alone());
    }

    #[test]
    fn a_misspelt_filter_is_refused_by_name() {
        for (name, value) in [
            ("kinds", "survey"),
            ("kind", "rumour"),
            ("class", "voice"),
            ("unused", "yes"),
            ("used", "false"),
            ("freshness", "old"),
            ("sort", "score"),
        ] {
            let errors = EvidenceQuery::from_pairs([(name, value)]).unwrap_err();
            assert!(errors.of(name).is_some(), "{name}={value}");
        }
    }
}
