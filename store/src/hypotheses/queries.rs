//! Reading one hypothesis, and the counts of the stages.

use super::operations::stage_counter;
use super::rows::to_hypothesis;
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::Result;
use domain::hypotheses::{Hypothesis, Stage};
use std::collections::BTreeMap;

impl<R: Right> Scope<R> {
    /// One hypothesis; an archived one too, which says so.
    pub async fn hypothesis(&self, number: &str) -> Result<Hypothesis> {
        let row = self.hypothesis_row(&self.store.read, number).await?;
        to_hypothesis(row, &self.people().await?)
    }

    /// How many hypotheses stand in each stage, archived ones left out.
    pub async fn stage_counts(&self) -> Result<BTreeMap<Stage, u64>> {
        let counts = counters::read(&self.store.read, self.workspace_id).await?;
        let count = |stage| counts.get(&stage_counter(stage)).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
        Ok(Stage::ALL.into_iter().map(|stage| (stage, count(stage))).collect())
    }
}
