//! Reading one hypothesis, and the counts of the stages.

use super::operations::stage_counter;
use super::rows::to_hypothesis;
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::Result;
use domain::hypotheses::{Hypothesis, HypothesisDraft, Lint, Linted, Stage};
use std::collections::BTreeMap;

impl<R: Right> Scope<R> {
    /// One hypothesis; an archived one too, which says so.
    pub async fn hypothesis(&self, number: &str) -> Result<Hypothesis> {
        let row = self.hypothesis_row(&self.store.read, number).await?;
        to_hypothesis(row, &self.people().await?)
    }

    /// What the linter says of a hypothesis.
    pub async fn lint(&self, number: &str) -> Result<Lint> {
        let hypothesis = self.hypothesis(number).await?;
        let catalogue = self.catalogue().await?;
        let metric = hypothesis.statement.effect.as_ref().map(|effect| catalogue.metric_name(hypothesis.site.as_deref(), &effect.metric));
        Ok(hypothesis.lint(metric))
    }

    /// What the linter says of a draft, which need not have a title yet. Keeps nothing.
    pub async fn lint_draft(&self, draft: &HypothesisDraft) -> Result<Lint> {
        let untitled = draft.title.trim().is_empty();
        let draft = if untitled { HypothesisDraft { title: "Untitled".into(), ..draft.clone() } } else { draft.clone() };
        let (catalogue, people) = (self.catalogue().await?, self.people().await?);
        let content = draft.check(&catalogue, |email| people.values().any(|member| member.email == email))?;
        let metric = content.statement.effect.as_ref().map(|effect| catalogue.metric_name(content.site.as_deref(), &effect.metric));
        Ok(Linted::draft(&content).lint(metric))
    }

    /// How many hypotheses stand in each stage, archived ones left out.
    pub async fn stage_counts(&self) -> Result<BTreeMap<Stage, u64>> {
        let counts = counters::read(&self.store.read, self.workspace_id).await?;
        let count = |stage| counts.get(&stage_counter(stage)).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
        Ok(Stage::ALL.into_iter().map(|stage| (stage, count(stage))).collect())
    }
}
