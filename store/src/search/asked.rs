//! One box over four lists: what is typed narrows each kind by what its list understands, and kinds that do not know a
//! filter that others know are left out.

use super::{BEST, Match, Ranked};
use crate::access::{Right, Scope};
use crate::errors::Result;
use domain::evidence::EvidenceQuery;
use domain::experiments::TestQuery;
use domain::hypotheses::BacklogQuery;
use domain::learnings::LearningQuery;
use domain::search::{Fits, Kind, Rest, Terms, query_terms, take_filters};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What the four lists make of a typed query.
pub(super) struct Asked {
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
    pub(super) fn read(text: &str) -> Option<Asked> {
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

    fn rest(&self, kind: Kind) -> &Rest {
        match kind {
            Kind::Hypothesis => &self.hypotheses.1,
            Kind::Evidence => &self.evidence.1,
            Kind::Test => &self.tests.1,
            Kind::Learning => &self.learnings.1,
        }
    }

    /// Whether things of this kind can be the answer: the list knows every filter that any list knows.
    fn wants(&self, kind: Kind) -> bool {
        let knows = |raw: &String| self.rest(kind).understood.contains(raw);
        (self.kinds.is_empty() || self.kinds.contains(&kind)) && self.understood.iter().all(knows)
    }

    /// The words of the kinds that are wanted.
    fn words(&self) -> &str {
        Kind::ALL.into_iter().find(|kind| self.wants(*kind)).map_or("", |kind| self.rest(kind).words.as_str())
    }
}

impl<R: Right> Scope<R> {
    /// What a typed query finds. With words the best match comes first, else each kind in the order of its own list; at
    /// most a thousand of each kind.
    pub(super) async fn asked(&self, asked: &Asked) -> Result<Ranked> {
        let terms = query_terms(asked.words());
        if terms.is_empty() {
            let list = |kind| self.asked_numbers(asked, kind, None);
            let lists = tokio::try_join!(list(Kind::Hypothesis), list(Kind::Learning), list(Kind::Test), list(Kind::Evidence))?;
            return Ok(Ranked { places: [lists.0, lists.1, lists.2, lists.3].concat(), terms });
        }
        let list = |kind| self.asked_matches(asked, kind, &terms);
        let lists = tokio::try_join!(list(Kind::Hypothesis), list(Kind::Learning), list(Kind::Test), list(Kind::Evidence))?;
        let mut matches: Vec<Match> = [lists.0, lists.1, lists.2, lists.3].into_iter().flatten().collect();
        let mut fits = Fits::new(&terms);
        matches.sort_by_cached_key(|one| Reverse(fits.fit(&one.title)));
        Ok(Ranked { places: matches.iter().map(Match::place).collect(), terms })
    }

    /// The matches of one kind that its list lets through.
    async fn asked_matches(&self, asked: &Asked, kind: Kind, terms: &Terms) -> Result<Vec<Match>> {
        if !asked.wants(kind) {
            return Ok(Vec::new());
        }
        let mut matches = self.matches(Some(kind), terms).await?;
        let found = matches.iter().map(|one| one.number).collect();
        let kept: BTreeSet<(Kind, i64)> = self.asked_numbers(asked, kind, Some(found)).await?.into_iter().collect();
        matches.retain(|one| kept.contains(&one.place()));
        Ok(matches)
    }

    /// What the list of one kind lets through, in its order.
    async fn asked_numbers(&self, asked: &Asked, kind: Kind, found: Option<Vec<i64>>) -> Result<Vec<(Kind, i64)>> {
        if !asked.wants(kind) || found.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let most = BEST as u64;
        let numbers = match kind {
            Kind::Hypothesis => self.listed_hypotheses(&asked.hypotheses.0, found, most).await?,
            Kind::Evidence => self.listed_evidence(&asked.evidence.0, found, most).await?,
            Kind::Test => self.listed_tests(&asked.tests.0, found, most).await?,
            Kind::Learning => self.listed_learnings(&asked.learnings.0, found, most).await?,
        };
        Ok(numbers.into_iter().map(|number| (kind, number)).collect())
    }
}
