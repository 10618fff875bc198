//! How a list of hypotheses is asked for: filters, order, page. The same names in the address of a page and in REST.

use super::Stage;
use crate::errors::FieldErrors;
use crate::evidence::Strength;
use crate::experiments::Outcome;
use crate::page::{MAX_LIMIT, Sort, SortBy};
use crate::search::{Rest, Span, no_filter, take_filters};
use crate::sites::Device;
use crate::text;
use serde::{Deserialize, Serialize};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortKey {
    Score,
    ExpectedValue,
    Evidence,
    CreatedAt,
    UpdatedAt,
    Stage,
}

impl SortBy for SortKey {
    const ALL: &'static [SortKey] =
        &[SortKey::Score, SortKey::ExpectedValue, SortKey::Evidence, SortKey::CreatedAt, SortKey::UpdatedAt, SortKey::Stage];
    const USUAL: SortKey = SortKey::Score;

    fn slug(self) -> &'static str {
        match self {
            SortKey::Score => "score",
            SortKey::ExpectedValue => "expected_value",
            SortKey::Evidence => "evidence",
            SortKey::CreatedAt => "created_at",
            SortKey::UpdatedAt => "updated_at",
            SortKey::Stage => "stage",
        }
    }
}

/// Filters, order and page. Values of one field are alternatives; fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BacklogQuery {
    /// In their order, each once.
    pub stage: Vec<Stage>,
    pub site: Vec<String>,
    pub area: Vec<String>,
    pub device: Vec<Device>,
    pub audience: Vec<String>,
    pub lever: Vec<String>,
    /// E-mails or first names; `me` stands for whoever asks, `none` for nobody.
    pub owner: Vec<String>,
    pub tag: Vec<String>,
    /// How strong the evidence is, in a word.
    pub evidence: Vec<Strength>,
    /// The evidence confidence.
    pub confidence: Option<Span>,
    /// The team's score.
    pub score: Option<Span>,
    /// What a concluded test of it found.
    pub outcome: Vec<Outcome>,
    /// Only those that the asking member has not scored.
    pub unscored: bool,
    /// Words to be found in title or statement, and filters as they are typed: `area:checkout score:>7 stock`.
    pub q: Option<String>,
    pub sort: Sort<SortKey>,
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl BacklogQuery {
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
        query.stage.sort_unstable();
        query.stage.dedup();
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
            "stage" => match Stage::from_slug(value) {
                Some(stage) => self.stage.push(stage),
                None => wrong("is not a stage."),
            },
            "device" => match Device::from_slug(value) {
                Some(device) => self.device.push(device),
                None => wrong("is not a device."),
            },
            "sort" => match Sort::parse(value) {
                Some(sort) => self.sort = sort,
                None => wrong(
                    "is not an order. Use score, expected_value, evidence, created_at, updated_at or stage, with - in front for the largest first.",
                ),
            },
            "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                Some(limit) => self.limit = Some(limit),
                None => wrong("is not a page length from 1 to 200."),
            },
            "unscored" => match value {
                "me" => self.unscored = true,
                _ => wrong("is not understood; the one value is “me”."),
            },
            "evidence" => match (Strength::from_slug(value), Span::parse(value)) {
                (Some(strength), _) => self.evidence.push(strength),
                (None, Some(span)) => self.confidence = Some(span),
                (None, None) => {
                    wrong("is not a strength of evidence. Use none, weak, fair, good, strong or contradicted, or a span such as >4.")
                }
            },
            "score" => match Span::parse(value) {
                Some(span) => self.score = Some(span),
                None => wrong("is not a span of scores. Use >7, <=3 or 5..8."),
            },
            "outcome" => match Outcome::from_slug(value) {
                Some(outcome) => self.outcome.push(outcome),
                None => wrong("is not an outcome. Use win, loss, inconclusive or invalid."),
            },
            "site" => self.site.push(value.to_owned()),
            "area" => self.area.push(value.to_owned()),
            "audience" => self.audience.push(value.to_owned()),
            "lever" => self.lever.push(value.to_owned()),
            "owner" => self.owner.push(value.to_lowercase()),
            "tag" => self.tag.push(value.to_lowercase()),
            "q" => self.q = Some(value.to_owned()),
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => errors.add(name, no_filter(name, value)),
        }
    }

    /// The pairs that lead back to this query, without cursor and page length.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.stage.iter().map(|stage| ("stage", stage.slug().to_owned())));
        pairs.extend(self.device.iter().map(|device| ("device", device.slug().to_owned())));
        let lists = [
            ("site", &self.site),
            ("area", &self.area),
            ("audience", &self.audience),
            ("lever", &self.lever),
            ("owner", &self.owner),
            ("tag", &self.tag),
        ];
        for (name, values) in lists {
            pairs.extend(values.iter().map(|value| (name, value.clone())));
        }
        pairs.extend(self.evidence.iter().map(|strength| ("evidence", strength.slug().to_owned())));
        pairs.extend(self.confidence.map(|span| ("evidence", span.words())));
        pairs.extend(self.score.map(|span| ("score", span.words())));
        pairs.extend(self.outcome.iter().map(|outcome| ("outcome", outcome.slug().to_owned())));
        if self.unscored {
            pairs.push(("unscored", "me".to_owned()));
        }
        pairs.extend(self.q.iter().map(|q| ("q", q.clone())));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug()));
        }
        pairs
    }

    /// Whether nothing but possibly stages narrows the list, so that counters know its length.
    pub fn narrows_by_stage_alone(&self) -> bool {
        let lists = [&self.site, &self.area, &self.audience, &self.lever, &self.owner, &self.tag];
        let judged = !self.evidence.is_empty() || self.confidence.is_some() || self.score.is_some() || !self.outcome.is_empty();
        lists.into_iter().all(Vec::is_empty) && self.device.is_empty() && self.q.is_none() && !self.unscored && !judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [
            ("stage", "idea"),
            ("stage", "parked"),
            ("device", "mobile"),
            ("area", "checkout"),
            ("tag", " B2B "),
            ("q", "stock  filter"),
            ("sort", "-evidence"),
        ];
        let query = BacklogQuery::from_pairs(pairs).unwrap();
        let again = query.pairs();
        assert_eq!(BacklogQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
        assert_eq!(query.tag, ["b2b"]);
    }

    #[test]
    fn filters_are_typed_among_words() {
        let typed = "stage:idea area:\"Product page\" owner:me evidence:none score:>7 outcome:loss stock sage:x";
        let query = BacklogQuery::from_pairs([("q", typed)]).unwrap();
        assert_eq!(
            (query.stage.as_slice(), query.area.as_slice(), query.owner.as_slice()),
            (&[Stage::Idea][..], &["product-page".to_owned()][..], &["me".to_owned()][..])
        );
        assert_eq!(
            (query.evidence.as_slice(), query.score.unwrap().low, query.outcome.as_slice()),
            (&[Strength::None][..], Some(7001), &[Outcome::Loss][..])
        );
        assert_eq!(query.q.as_deref(), Some("stock sage x"));
        assert!(!query.narrows_by_stage_alone());
        let again = query.pairs();
        assert_eq!(BacklogQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
    }

    #[test]
    fn a_misspelt_filter_is_refused_by_name() {
        for (name, value) in
            [("stagee", "idea"), ("stage", "ideas"), ("limit", "201"), ("limit", "0"), ("sort", "+score"), ("device", "watch")]
        {
            let errors = BacklogQuery::from_pairs([(name, value)]).unwrap_err();
            assert!(errors.of(name).is_some(), "{name}={value}");
        }
    }
}
