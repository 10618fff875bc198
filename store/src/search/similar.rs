//! What was tried before: the hypotheses, tests and learnings that are most like a draft, with what became of them. A
//! hypothesis stands for its tests and for what they taught, so that one idea fills one line.

use super::candidates::Found;
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::experiments::rows::{outcome_of, test, test_hypothesis};
use crate::hypotheses::rows::hypothesis;
use crate::hypotheses::stage_of;
use crate::json;
use crate::learnings::rows::learning;
use crate::time::from_day;
use domain::hypotheses::HypothesisDraft;
use domain::search::{Draft, Kind, Level, Likeness, RELATED, Similar, Thesaurus, mark_words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};

/// So many are answered at most.
const MOST: usize = 10;
/// So many are looked at for what became of them: several may be of one family.
const LOOKED_AT: usize = 30;

/// A record with how like the draft it is.
struct Scored {
    found: Found,
    likeness: Likeness,
}

/// What hangs together: which tests a hypothesis has, and what they taught.
struct Families {
    hypotheses: BTreeMap<i64, hypothesis::Model>,
    tests: BTreeMap<i64, test::Model>,
    learnings: Vec<learning::Model>,
    /// Hypothesis and test, by their ids.
    links: Vec<(i64, i64)>,
}

impl<R: Right> Scope<R> {
    /// What is most like this draft, the closest first, at most ten. `except` is a hypothesis that is not compared with
    /// itself. Never an error, whatever is typed.
    pub async fn similar(&self, draft: &HypothesisDraft, except: Option<&str>) -> Result<Vec<Similar>> {
        self.closest(draft, except, &[Kind::Hypothesis, Kind::Test, Kind::Learning]).await
    }

    async fn closest(&self, draft: &HypothesisDraft, except: Option<&str>, kinds: &[Kind]) -> Result<Vec<Similar>> {
        let thesaurus = Thesaurus::with(&self.workspace().settings.thesaurus);
        let mut draft = Draft::new(draft, &thesaurus);
        if draft.is_empty() {
            return Ok(Vec::new());
        }
        let (found, frequencies) = self.short_list(&mut draft, kinds).await?;
        let score = |found: Found| Scored { likeness: draft.compare(&found.candidate, &frequencies), found };
        let mut scored: Vec<Scored> = found.into_iter().map(score).filter(|one| one.likeness.closeness >= RELATED).collect();
        scored.sort_by(|one, other| {
            let by_place = || (one.found.kind, other.found.number).cmp(&(other.found.kind, one.found.number));
            other.likeness.closeness.total_cmp(&one.likeness.closeness).then_with(by_place)
        });
        scored.truncate(LOOKED_AT);
        let families = self.families(&scored).await?;
        let mut items: Vec<Similar> = Vec::new();
        let mut taken: BTreeSet<(Kind, i64)> = BTreeSet::new();
        for one in &scored {
            let head = families.head(one.found.kind, one.found.number);
            if except == Some(name(head).as_str()) || !taken.insert(head) || items.len() == MOST {
                continue;
            }
            // The family is as close as its closest member; it is shown by the hypothesis where that was met, too.
            let shown = scored.iter().find(|other| (other.found.kind, other.found.number) == head).unwrap_or(one);
            items.push(families.item(shown, one.likeness.closeness, &draft)?);
        }
        Ok(items)
    }

    /// What is most like a hypothesis of the library.
    pub async fn similar_to(&self, number: &str) -> Result<Vec<Similar>> {
        let hypothesis = self.hypothesis(number).await?;
        self.similar(&HypothesisDraft::of(&hypothesis), Some(number)).await
    }

    /// What was tested and is most like a hypothesis of the library: only tests and learnings are looked at, of which there
    /// are far fewer than ideas.
    pub async fn tested_like(&self, number: &str) -> Result<Vec<Similar>> {
        let hypothesis = self.hypothesis(number).await?;
        self.closest(&HypothesisDraft::of(&hypothesis), Some(number), &[Kind::Test, Kind::Learning]).await
    }

    async fn families(&self, scored: &[Scored]) -> Result<Families> {
        let db = &self.store.read;
        let numbers = |kind: Kind| scored.iter().filter(move |one| one.found.kind == kind).map(|one| one.found.number).collect::<Vec<_>>();
        let here = learning::Entity::find().filter(learning::Column::WorkspaceId.eq(self.workspace_id));
        let mut learnings = here.filter(learning::Column::Number.is_in(numbers(Kind::Learning))).all(db).await?;
        let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id));
        let taught: Vec<i64> = learnings.iter().filter_map(|one| one.test_id).collect();
        let of_tests = Condition::any().add(test::Column::Number.is_in(numbers(Kind::Test))).add(test::Column::Id.is_in(taught));
        let mut tests: BTreeMap<i64, test::Model> =
            here.clone().filter(of_tests).all(db).await?.into_iter().map(|row| (row.id, row)).collect();
        let found = hypothesis::Entity::find().filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id));
        let hypotheses = found.filter(hypothesis::Column::Number.is_in(numbers(Kind::Hypothesis))).all(db).await?;
        let hypotheses: BTreeMap<i64, hypothesis::Model> = hypotheses.into_iter().map(|row| (row.id, row)).collect();
        let of_hypotheses = test_hypothesis::Column::HypothesisId.is_in(hypotheses.keys().copied());
        let hangs = Condition::any().add(of_hypotheses).add(test_hypothesis::Column::TestId.is_in(tests.keys().copied()));
        let links = test_hypothesis::Entity::find().filter(hangs).all(db).await?;
        let links: Vec<(i64, i64)> = links.into_iter().map(|row| (row.hypothesis_id, row.test_id)).collect();
        let more = links.iter().map(|(_, test)| *test).filter(|id| !tests.contains_key(id));
        tests.extend(here.filter(test::Column::Id.is_in(more.collect::<Vec<_>>())).all(db).await?.into_iter().map(|row| (row.id, row)));
        let taught = learning::Entity::find().filter(learning::Column::TestId.is_in(tests.keys().copied())).all(db).await?;
        learnings.extend(taught.into_iter().filter(|row| !learnings.iter().any(|known| known.id == row.id)).collect::<Vec<_>>());
        Ok(Families { hypotheses, tests, learnings, links })
    }
}

fn name((kind, number): (Kind, i64)) -> String {
    format!("{}-{number}", kind.letter())
}

impl Families {
    /// What stands for a record: a hypothesis that was found for its test and learning, else the test for its learning.
    fn head(&self, kind: Kind, number: i64) -> (Kind, i64) {
        let test = match kind {
            Kind::Test => self.tests.values().find(|row| row.number == number),
            Kind::Learning => {
                let learning = self.learnings.iter().find(|row| row.number == number);
                learning.and_then(|row| row.test_id).and_then(|id| self.tests.get(&id))
            }
            Kind::Hypothesis | Kind::Evidence => None,
        };
        let Some(test) = test else { return (kind, number) };
        let tested = self.links.iter().filter(|(_, id)| *id == test.id);
        let hypothesis = tested.filter_map(|(hypothesis, _)| self.hypotheses.get(hypothesis)).map(|row| row.number).min();
        hypothesis.map_or((Kind::Test, test.number), |number| (Kind::Hypothesis, number))
    }

    fn item(&self, one: &Scored, closeness: f64, draft: &Draft<'_>) -> Result<Similar> {
        let Found { kind, number, title, body, .. } = &one.found;
        let words = draft.meetings(title, body);
        let theirs: Vec<&str> = words.iter().flat_map(|word| word.theirs.split(' ')).collect();
        let mut reasons = one.likeness.reasons.clone();
        if !words.is_empty() {
            reasons.push("words".to_owned());
        }
        let hypothesis = self.hypotheses.values().find(|row| *kind == Kind::Hypothesis && row.number == *number);
        let stage = hypothesis.map(stage_of).transpose()?;
        let (test, learning) = self.became(*kind, *number);
        let outcome = learning.and_then(|row| row.outcome.as_deref()).or(test.and_then(|row| row.outcome.as_deref()));
        Ok(Similar {
            kind: *kind,
            number: name((*kind, *number)),
            title: mark_words(title, &theirs),
            closeness: (closeness * 1000.0).round() / 1000.0,
            level: Level::of(closeness),
            reasons,
            words,
            stage,
            test: test.map(|row| format!("T-{}", row.number)),
            learning: learning.map(|row| format!("L-{}", row.number)),
            learned: learning.map(|row| row.sentence.clone()),
            outcome: outcome.map(outcome_of).transpose()?,
            effect: learning.and_then(|row| row.effect.as_deref()).map(json::from_text).transpose()?,
            ended_on: learning.and_then(|row| row.ended_day).or(test.and_then(|row| row.stopped_day)).map(from_day),
        })
    }

    /// The test that says most about a record, and what it taught: the last one with an outcome.
    fn became(&self, kind: Kind, number: i64) -> (Option<&test::Model>, Option<&learning::Model>) {
        let tests: Vec<&test::Model> = match kind {
            Kind::Learning => {
                let learning = self.learnings.iter().find(|row| row.number == number);
                let test = learning.and_then(|row| row.test_id).and_then(|id| self.tests.get(&id));
                return (test, learning);
            }
            Kind::Test => self.tests.values().filter(|row| row.number == number).collect(),
            Kind::Hypothesis => {
                let own = self.hypotheses.values().filter(|row| row.number == number).map(|row| row.id);
                let ids: BTreeSet<i64> = own.collect();
                self.links.iter().filter(|(id, _)| ids.contains(id)).filter_map(|(_, test)| self.tests.get(test)).collect()
            }
            Kind::Evidence => Vec::new(),
        };
        let test = tests.into_iter().max_by_key(|row| (row.outcome.is_some(), row.stopped_day, row.number));
        let taught = test.and_then(|test| self.learnings.iter().filter(|row| row.test_id == Some(test.id)).max_by_key(|row| row.number));
        (test, taught)
    }
}
