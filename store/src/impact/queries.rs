//! Reading rollouts and the page of impact. Money is taken out here for those who may not see it.

use super::rows::{rollout, to_rollout};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::experiments::rows::{outcome_of, test};
use crate::json;
use crate::learnings::rows::learning;
use domain::experiments::{Outcome, State};
use domain::impact::{Finished, Impact, Inputs, Lift, OutcomeCounts, Rollout, Valued, prior, shrunken, totals, win_rate};
use domain::learnings::Effect;
use domain::sites::{Catalogue, Direction};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

impl<R: Right> Scope<R> {
    /// One rollout with its value.
    pub async fn rollout(&self, number: &str) -> Result<Rollout> {
        let row = self.rollout_row(&self.store.read, number).await?;
        let finished = self.finished_effects().await?;
        let rollout = to_rollout(row, |inputs| adjusted(inputs, &finished))?;
        Ok(if self.sees_money() { rollout } else { rollout.without_money() })
    }

    /// What the programme, or one site's part of it, is worth, and what that rests on.
    pub async fn impact(&self, site: Option<&str>) -> Result<Impact> {
        let mut rows = rollout::Entity::find().filter(rollout::Column::WorkspaceId.eq(self.workspace_id));
        if let Some(site) = site {
            rows = rows.filter(rollout::Column::Site.eq(domain::text::one_line(site)));
        }
        let rows = rows.order_by_desc(rollout::Column::ShippedDay).order_by_desc(rollout::Column::Seniority).all(&self.store.read).await?;
        let finished = self.finished_effects().await?;
        let mut valued = Vec::with_capacity(rows.len());
        for row in rows {
            let rollout = to_rollout(row, |inputs| adjusted(inputs, &finished))?;
            let adjusted = adjusted(&rollout.inputs, &finished);
            valued.push(Valued { rollout, adjusted });
        }
        let outcomes = self.outcome_counts(site).await?;
        let sees = self.sees_money();
        let totals = if sees { totals(&valued) } else { Vec::new() };
        let shown = |one: Valued| if sees { one.rollout } else { one.rollout.without_money() };
        let rollouts = valued.into_iter().map(shown).collect();
        Ok(Impact { totals, rollouts, outcomes, win_rate: win_rate(outcomes), money_hidden: !sees })
    }

    /// Recorded outcomes of tests; imported ones only where ticked.
    async fn outcome_counts(&self, site: Option<&str>) -> Result<OutcomeCounts> {
        let mut select = test::Entity::find()
            .select_only()
            .column(test::Column::Outcome)
            .expr_as(Expr::col(test::Column::Id).count(), "count")
            .filter(test::Column::WorkspaceId.eq(self.workspace_id))
            .filter(test::Column::Outcome.is_not_null())
            .filter(Condition::any().add(test::Column::State.eq(State::Concluded.slug())).add(test::Column::Imported.eq(true)))
            .filter(test::Column::Counts.eq(true));
        if let Some(site) = site {
            select = select.filter(test::Column::Site.eq(domain::text::one_line(site)));
        }
        let rows: Vec<(String, i64)> = select.group_by(test::Column::Outcome).into_tuple().all(&self.store.read).await?;
        let mut counts = OutcomeCounts::default();
        for (slug, count) in rows {
            counts.add(outcome_of(&slug)?, u64::try_from(count).unwrap_or(0));
        }
        Ok(counts)
    }

    /// The measured changes of all finished tests that count, in their metric's good direction, invalid ones left out:
    /// what lifts are shrunk by.
    async fn finished_effects(&self) -> Result<Vec<Finished>> {
        let counted = test::Entity::find()
            .select_only()
            .column(test::Column::Id)
            .filter(test::Column::WorkspaceId.eq(self.workspace_id))
            .filter(test::Column::Counts.eq(true));
        let rows: Vec<(Option<String>, Option<String>)> = learning::Entity::find()
            .select_only()
            .column(learning::Column::Effect)
            .column(learning::Column::Site)
            .filter(learning::Column::WorkspaceId.eq(self.workspace_id))
            .filter(learning::Column::Effect.is_not_null())
            .filter(
                Condition::any().add(learning::Column::TestId.is_null()).add(learning::Column::TestId.in_subquery(counted.into_query())),
            )
            .filter(Condition::any().add(learning::Column::Outcome.is_null()).add(learning::Column::Outcome.ne(Outcome::Invalid.slug())))
            .into_tuple()
            .all(&self.store.read)
            .await?;
        let catalogue = self.catalogue().await?;
        let mut finished = Vec::with_capacity(rows.len());
        for (effect, site) in rows {
            let Some(effect) = effect else { continue };
            finished.push(towards_good(json::from_text(&effect)?, site.as_deref(), &catalogue));
        }
        Ok(finished)
    }
}

fn towards_good(effect: Effect, site: Option<&str>, catalogue: &Catalogue) -> Finished {
    let metric = site.and_then(|slug| catalogue.site(slug)).and_then(|site| site.metric(&effect.metric));
    let lift = match metric.map(|metric| metric.direction) {
        Some(Direction::Down) => Lift { estimate: -effect.estimate, low: -effect.high, high: -effect.low, level: effect.level },
        _ => Lift { estimate: effect.estimate, low: effect.low, high: effect.high, level: effect.level },
    };
    Finished { metric: effect.metric, lift }
}

/// The measured lift shrunk towards what tests of its metric usually bring.
fn adjusted(inputs: &Inputs, finished: &[Finished]) -> Option<Lift> {
    let metric = inputs.metric.as_deref()?;
    shrunken(inputs.lift.as_ref()?, prior(metric, finished)?)
}
