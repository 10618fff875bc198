//! Where the inputs of "could be worth" lie: currency and margin with the site; money per visitor in the newest rollout
//! of the area that states it; else the baseline in the newest test of the area that states one, and the value per
//! conversion in the newest rollout of the site that states it for the same metric.

use super::rows::signal;
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::experiments::rows::test;
use crate::impact::rows::rollout;
use crate::json;
use domain::experiments::{Plan, State};
use domain::impact::{Basis, Inputs, basis};
use domain::signals::ValueInputs;
use domain::sites::Catalogue;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// So many of the newest tests and rollouts are looked through.
const LOOKED_THROUGH: u64 = 300;

/// A number with what it was stated for and by.
struct Stated {
    metric: String,
    value: f64,
    by: String,
}

/// What is known per site, and per site and area.
#[derive(Default)]
pub(super) struct Known {
    catalogue: Catalogue,
    /// The newest first.
    baselines: HashMap<(String, String), Vec<Stated>>,
    /// The newest first.
    values: HashMap<String, Vec<Stated>>,
    /// The newest.
    per_visitor: HashMap<(String, String), (Basis, Stated)>,
}

impl Known {
    /// The inputs for a row. Of the area's baselines the newest is taken whose metric has a value.
    pub fn of(&self, row: &signal::Model) -> ValueInputs {
        let site = self.catalogue.site(&row.site).map(|one| &one.site);
        let (currency, margin) = (site.map(|site| site.currency.clone()), site.and_then(|site| site.margin));
        let at_site = ValueInputs { currency, margin, ..ValueInputs::default() };
        let Some(place) = row.area.clone().map(|area| (row.site.clone(), area)) else { return at_site };
        if let Some((basis, stated)) = self.per_visitor.get(&place) {
            let (metric, baseline, by) = (stated.metric.clone(), stated.value, stated.by.clone());
            return ValueInputs { basis: Some(*basis), metric: Some(metric), baseline: Some(baseline), baseline_from: Some(by), ..at_site };
        }
        let baselines = self.baselines.get(&place);
        let baselines = baselines.map(Vec::as_slice).unwrap_or_default();
        let values = self.values.get(&row.site).map(Vec::as_slice).unwrap_or_default();
        let value_of = |baseline: &Stated| values.iter().find(|value| value.metric == baseline.metric);
        let baseline = baselines.iter().find(|one| value_of(one).is_some()).or(baselines.first());
        let value = baseline.and_then(value_of);
        ValueInputs {
            basis: baseline.map(|_| Basis::Conversion),
            metric: baseline.map(|one| one.metric.clone()),
            baseline: baseline.map(|one| one.value),
            baseline_from: baseline.map(|one| one.by.clone()),
            value_per_conversion: value.map(|one| one.value),
            value_from: value.map(|one| one.by.clone()),
            ..at_site
        }
    }
}

impl<R: Right> Scope<R> {
    /// The inputs at hand for these rows; none are read for those who may not see money.
    pub(super) async fn value_inputs(&self, rows: &[signal::Model]) -> Result<Known> {
        if !self.sees_money() || rows.is_empty() {
            return Ok(Known::default());
        }
        let mut known = Known { catalogue: self.catalogue().await?, ..Known::default() };
        let sites: BTreeSet<&str> = rows.iter().map(|row| row.site.as_str()).collect();
        let areas: BTreeSet<&str> = rows.iter().filter_map(|row| row.area.as_deref()).collect();
        self.find_baselines(&mut known, &sites, &areas).await?;
        self.find_values(&mut known, &sites).await?;
        Ok(known)
    }

    async fn find_baselines(&self, known: &mut Known, sites: &BTreeSet<&str>, areas: &BTreeSet<&str>) -> Result<()> {
        let tests = test::Entity::find()
            .filter(test::Column::WorkspaceId.eq(self.workspace_id))
            .filter(test::Column::Site.is_in(sites.iter().copied()))
            .filter(test::Column::Area.is_in(areas.iter().copied()))
            .filter(test::Column::State.ne(State::Cancelled.slug()))
            .order_by_desc(test::Column::Number)
            .limit(LOOKED_THROUGH);
        for row in tests.all(&self.store.read).await? {
            let (Some(site), Some(area)) = (row.site, row.area) else { continue };
            let plan: Plan = json::from_text(&row.plan)?;
            let (Some(metric), Some(value)) = (plan.primary_metric, plan.baseline) else { continue };
            let known_metric = known.catalogue.site(&site).and_then(|one| one.metric(&metric));
            if known_metric.and_then(basis) == Some(Basis::Conversion) {
                let stated = Stated { metric, value, by: format!("T-{}", row.number) };
                known.baselines.entry((site, area)).or_default().push(stated);
            }
        }
        Ok(())
    }

    async fn find_values(&self, known: &mut Known, sites: &BTreeSet<&str>) -> Result<()> {
        let rollouts = rollout::Entity::find()
            .filter(rollout::Column::WorkspaceId.eq(self.workspace_id))
            .filter(rollout::Column::Site.is_in(sites.iter().copied()))
            .order_by_desc(rollout::Column::Number)
            .limit(LOOKED_THROUGH);
        for row in rollouts.all(&self.store.read).await? {
            let Some(site) = row.site else { continue };
            let inputs: Inputs = json::from_text(&row.inputs)?;
            let by = format!("R-{}", row.number);
            match (inputs.basis, inputs.metric, inputs.value_per_conversion, inputs.baseline) {
                (Some(Basis::Conversion), Some(metric), Some(value), _) => {
                    known.values.entry(site).or_default().push(Stated { metric, value, by });
                }
                (Some(basis), Some(metric), _, Some(value)) if basis != Basis::Conversion => {
                    let Some(area) = row.area else { continue };
                    known.per_visitor.entry((site, area)).or_insert((basis, Stated { metric, value, by }));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
