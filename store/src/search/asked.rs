//! One box over four lists: what is typed narrows each kind by what its list understands, and kinds that do not know a
//! filter that others know are left out.

use crate::access::{Right, Scope};
use crate::errors::Result;
use domain::evidence::EvidenceQuery;
use domain::experiments::TestQuery;
use domain::hypotheses::{BacklogQuery, Hypothesis};
use domain::learnings::{Learning, LearningQuery};
use domain::page::MAX_LIMIT;
use domain::search::{Fits, Found, Kind, Rest, Terms, query_terms, take_filters};
use std::cmp::Reverse;

/// What the four lists make of a typed query.
struct Asked {
    hypotheses: (BacklogQuery, Rest),
    evidence: (EvidenceQuery, Rest),
    tests: (TestQuery, Rest),
    learnings: (LearningQuery, Rest),
    /// The kinds that were asked for by `type:`; all without it.
    kinds: Vec<Kind>,
    /// All filters that some list understands.
    understood: Vec<String>,
}

impl Asked {
    /// None where there is nothing but words.
    fn read(text: &str) -> Option<Asked> {
        let mut kinds = Vec::new();
        let typed = take_filters(&mut kinds, text, &[], |kinds: &mut Vec<Kind>, errors, name, value| match Kind::from_slug(value) {
            Some(kind) if name == "type" => kinds.push(kind),
            _ => errors.add(name, "not a kind"),
        });
        // What is left may hold other filters, whose colons must not be lost.
        let without = |text: &str| typed.understood.iter().fold(text.to_owned(), |text, raw| text.replace(raw.as_str(), ""));
        let text = without(text);
        let (mut hypotheses, mut evidence) = (BacklogQuery::default(), EvidenceQuery::default());
        let (mut tests, mut learnings) = (TestQuery::default(), LearningQuery::default());
        let rests = [hypotheses.take_typed(&text), evidence.take_typed(&text), tests.take_typed(&text), learnings.take_typed(&text)];
        let mut understood: Vec<String> = rests.iter().flat_map(|rest| rest.understood.iter().cloned()).collect();
        understood.sort();
        understood.dedup();
        if understood.is_empty() && kinds.is_empty() {
            return None;
        }
        let [one, two, three, four] = rests;
        Some(Asked {
            hypotheses: (hypotheses, one),
            evidence: (evidence, two),
            tests: (tests, three),
            learnings: (learnings, four),
            kinds,
            understood,
        })
    }

    /// Whether things of this kind can be the answer: the list knows every filter that any list knows.
    fn wants(&self, kind: Kind, rest: &Rest) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind)) && self.understood.iter().all(|raw| rest.understood.contains(raw))
    }

    /// The words of the kinds that are wanted.
    fn words(&self) -> &str {
        let rests = [
            (Kind::Hypothesis, &self.hypotheses.1),
            (Kind::Evidence, &self.evidence.1),
            (Kind::Test, &self.tests.1),
            (Kind::Learning, &self.learnings.1),
        ];
        rests.into_iter().find(|(kind, rest)| self.wants(*kind, rest)).map_or("", |(_, rest)| rest.words.as_str())
    }
}

impl<R: Right> Scope<R> {
    /// What a typed query finds; none where it has no filter and words alone decide. The first 200 of each kind are
    /// looked at. With words the best match comes first, else each kind in the order of its own list.
    pub(super) async fn asked(&self, text: &str) -> Result<Option<Vec<Found>>> {
        let Some(asked) = Asked::read(text) else { return Ok(None) };
        let terms = query_terms(asked.words());
        let mut found = self.listed(&asked, &terms).await?;
        let mut fits = Fits::new(&terms);
        found.sort_by_cached_key(|one| Reverse(fits.fit(&one.title_text())));
        Ok(Some(found))
    }

    async fn listed(&self, asked: &Asked, terms: &Terms) -> Result<Vec<Found>> {
        let (hypotheses, learnings, tests, evidence) = tokio::try_join!(
            self.asked_hypotheses(asked, terms),
            self.asked_learnings(asked, terms),
            self.asked_tests(asked, terms),
            self.asked_evidence(asked, terms),
        )?;
        Ok([hypotheses, learnings, tests, evidence].concat())
    }

    async fn asked_hypotheses(&self, asked: &Asked, terms: &Terms) -> Result<Vec<Found>> {
        if !asked.wants(Kind::Hypothesis, &asked.hypotheses.1) {
            return Ok(Vec::new());
        }
        let query = BacklogQuery { limit: Some(MAX_LIMIT), ..asked.hypotheses.0.clone() };
        let items = self.backlog(&query).await?.items;
        let found = |one: &Hypothesis| told(Kind::Hypothesis, &one.number, &one.title, one.statement.because.as_deref(), terms);
        Ok(items.iter().map(found).collect())
    }

    async fn asked_learnings(&self, asked: &Asked, terms: &Terms) -> Result<Vec<Found>> {
        if !asked.wants(Kind::Learning, &asked.learnings.1) {
            return Ok(Vec::new());
        }
        let query = LearningQuery { limit: Some(MAX_LIMIT), ..asked.learnings.0.clone() };
        let items = self.learnings(&query).await?.items;
        let found = |one: &Learning| told(Kind::Learning, &one.number, &one.sentence, one.what_happened.as_deref(), terms);
        Ok(items.iter().map(found).collect())
    }

    async fn asked_tests(&self, asked: &Asked, terms: &Terms) -> Result<Vec<Found>> {
        if !asked.wants(Kind::Test, &asked.tests.1) {
            return Ok(Vec::new());
        }
        let query = TestQuery { limit: Some(MAX_LIMIT), ..asked.tests.0.clone() };
        let items = self.tests(&query).await?.items;
        Ok(items.iter().map(|one| told(Kind::Test, &one.number, &one.title, None, terms)).collect())
    }

    async fn asked_evidence(&self, asked: &Asked, terms: &Terms) -> Result<Vec<Found>> {
        if !asked.wants(Kind::Evidence, &asked.evidence.1) {
            return Ok(Vec::new());
        }
        let query = EvidenceQuery { limit: Some(MAX_LIMIT), ..asked.evidence.0.clone() };
        let items = self.evidence_list(&query).await?.items;
        Ok(items.iter().map(|one| told(Kind::Evidence, &one.number, &one.title, one.finding.as_deref(), terms)).collect())
    }
}

fn told(kind: Kind, name: &str, title: &str, body: Option<&str>, terms: &Terms) -> Found {
    let number = name.split_once('-').and_then(|(_, digits)| digits.parse().ok()).unwrap_or_default();
    Found::new(kind, number, title, body.unwrap_or_default(), terms)
}
