//! What other weights would do to the ranking. Reads each linked hypothesis with its evidence once and writes nothing.

use super::renewal::items_of;
use crate::access::{Configure, Scope};
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use chrono::NaiveDate;
use domain::evidence::{Confidence, Item, Ranked, Weights, WeightsPreview, confidence, preview};
use domain::hypotheses::Stage;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};

impl Scope<Configure> {
    /// The effect of these weights on the evidence confidence of every hypothesis and on the order of the open ones.
    /// Costs a read of all evidence that is linked, and keeps three numbers of each hypothesis.
    pub async fn preview_weights(&self, weights: &Weights) -> Result<WeightsPreview> {
        weights.check()?;
        let today = self.now().date_naive();
        let (mut after, mut weighed, mut changed) = (0, 0, 0);
        let mut by_id: HashMap<i64, (i64, i64)> = HashMap::new();
        loop {
            let ids = self.linked_after(&self.store.read, after).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            for (id, items) in items_of(&self.store.read, ids.iter().copied()).await? {
                by_id.insert(id, both(&items, [&self.workspace().settings.evidence, weights], today));
            }
        }
        let mut open = Vec::new();
        for (id, number, stage) in self.numbered().await? {
            let found = by_id.get(&id).copied();
            weighed += u64::from(found.is_some());
            let (now, then) = found.unwrap_or_default();
            changed += u64::from(now != then);
            if Stage::from_place(stage).is_some_and(Stage::is_open) {
                open.push(Ranked { number, now, then });
            }
        }
        let mut found = WeightsPreview { weighed, changed, ..preview(&open) };
        self.put_titles(&mut found).await?;
        Ok(found)
    }

    /// Id, number and stage of every hypothesis that is not archived.
    async fn numbered(&self) -> Result<Vec<(i64, i64, i64)>> {
        let columns = [hypothesis::Column::Id, hypothesis::Column::Number, hypothesis::Column::Stage];
        let here = hypothesis::Entity::find().select_only().columns(columns);
        let here = here.filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id)).filter(hypothesis::Column::Archived.eq(false));
        Ok(here.into_tuple().all(&self.store.read).await?)
    }

    /// Of the few that are shown.
    async fn put_titles(&self, found: &mut WeightsPreview) -> Result<()> {
        let number = |number: &str| number.trim_start_matches("H-").parse::<i64>().ok();
        let shown: BTreeSet<i64> = found.top.iter().chain(&found.moves).filter_map(|one| number(&one.number)).collect();
        let here = hypothesis::Entity::find().select_only().columns([hypothesis::Column::Number, hypothesis::Column::Title]);
        let here = here.filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id)).filter(hypothesis::Column::Number.is_in(shown));
        let titles: Vec<(i64, String)> = here.into_tuple().all(&self.store.read).await?;
        let titles: HashMap<i64, String> = titles.into_iter().collect();
        for one in found.top.iter_mut().chain(&mut found.moves) {
            one.title = number(&one.number).and_then(|number| titles.get(&number)).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

/// The confidence in tenths by each of two weights, on the same day.
fn both(items: &[Item], weights: [&Weights; 2], today: NaiveDate) -> (i64, i64) {
    let [now, then] = weights.map(|weights| confidence(items, weights, today));
    (Confidence::tenths(&now), Confidence::tenths(&then))
}
