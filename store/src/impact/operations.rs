//! Writing rollouts: shipping a variant with the inputs at hand, shipping without a test, mending inputs.

use super::rows::{rollout, to_rollout};
use crate::access::{Right, RunTests, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::{hypothesis, parse_number};
use crate::json;
use crate::sites::today_at;
use crate::time::{to_day, to_micros};
use chrono::NaiveDate;
use domain::activity::Subject;
use domain::experiments::{Decision, Snapshot, Test, TestKind, measured_effect};
use domain::impact::{Content, Inputs, Lift, Rollout, RolloutDraft, USUAL_KEPT, basis};
use domain::sites::{Catalogue, Device, SiteCatalogue};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// Metrics whose measured lift is worth more than orders times their value, the best first.
const MONEY_METRICS: [&str; 2] = ["margin-per-visitor", "revenue-per-visitor"];

/// A variant that a conclusion ships.
pub(crate) struct Shipped<'a> {
    pub test: &'a Test,
    pub test_id: i64,
    pub hypothesis: Option<&'a hypothesis::Model>,
    pub snapshot: Option<&'a Snapshot>,
    pub catalogue: &'a Catalogue,
    pub decision: &'a Decision,
    pub on: NaiveDate,
}

impl Scope<RunTests> {
    /// Makes the rollout of a shipped variant; answers its number. What is not at hand stays unknown.
    pub(crate) async fn insert_shipped(&self, tx: &DatabaseTransaction, shipped: &Shipped<'_>) -> Result<String> {
        let test = shipped.test;
        let devices = if shipped.decision.devices.is_empty() { &test.plan.devices } else { &shipped.decision.devices };
        let site = test.site.as_deref().and_then(|slug| shipped.catalogue.site(slug));
        let row = rollout::ActiveModel {
            title: Set(test.title.clone()),
            hypothesis_id: Set(shipped.hypothesis.map(|row| row.id)),
            hypothesis: Set(shipped.hypothesis.map(|row| format!("H-{}", row.number))),
            test_id: Set(Some(shipped.test_id)),
            test: Set(Some(test.number.clone())),
            site: Set(test.site.clone()),
            area: Set(test.area.clone()),
            variant: Set(shipped.decision.variant.clone()),
            devices: Set(i64::from(Device::to_bits(devices))),
            shipped_day: Set(to_day(shipped.on)),
            reason: Set(shipped.decision.reason.clone()),
            activation: Set(test.kind == TestKind::InSessionActivation),
            currency: Set(site.map(|site| site.site.currency.clone())),
            inputs: Set(json::to_text(&inputs_at_hand(shipped, site, devices))?),
            cost: Set(None),
            ..rollout::ActiveModel::default()
        };
        self.insert_rollout(tx, row, &test.title).await
    }

    async fn insert_rollout(&self, tx: &DatabaseTransaction, mut row: rollout::ActiveModel, title: &str) -> Result<String> {
        let number = counters::add(tx, self.workspace_id, "rollout", 1).await?;
        let now = to_micros(self.now());
        row.workspace_id = Set(self.workspace_id);
        row.number = Set(number);
        row.seniority = Set(-number);
        row.version = Set(1);
        row.created_at = Set(now);
        row.updated_at = Set(now);
        rollout::Entity::insert(row).exec(tx).await?;
        let name = format!("R-{number}");
        self.record(tx, NewEvent::new(Subject::Rollout, &name, "created", title)).await?;
        Ok(name)
    }

    /// Records a change that was shipped without a test: with a reason, and its value reads "not measured".
    pub async fn create_rollout(&self, draft: &RolloutDraft) -> Result<Rollout> {
        let tx = self.begin().await?;
        let (content, currency, held) = self.check_rollout(&tx, draft, false).await?;
        let mut row = columns(&content, currency)?;
        row.hypothesis_id = Set(held.as_ref().map(|row| row.id));
        row.hypothesis = Set(content.hypothesis.clone());
        row.activation = Set(false);
        let number = self.insert_rollout(&tx, row, &content.title).await?;
        if let Some(held) = held {
            self.ship_hypothesis(&tx, held, &number).await?;
        }
        tx.commit().await?;
        self.rollout(&number).await
    }

    /// Replaces the inputs and the rest of what people say of a rollout; `version` is the one that was read.
    pub async fn edit_rollout(&self, number: &str, draft: &RolloutDraft, version: Option<i64>) -> Result<Rollout> {
        let tx = self.begin().await?;
        let row = self.rollout_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let (content, currency, _) = self.check_rollout(&tx, draft, row.test_id.is_some()).await?;
        if content.hypothesis != row.hypothesis {
            return Err(StoreError::field("hypothesis", "The hypothesis of a rollout stays."));
        }
        let before = RolloutDraft::of(&to_rollout(row.clone(), |_| None)?);
        let mut changed = columns(&content, currency)?;
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        rollout::Entity::update(changed).exec(&tx).await?;
        let event = NewEvent::new(Subject::Rollout, number, "edited", content.title.clone());
        self.record(&tx, event.changes(Some(&before), Some(draft))?).await?;
        tx.commit().await?;
        self.rollout(number).await
    }

    async fn check_rollout(
        &self,
        tx: &DatabaseTransaction,
        draft: &RolloutDraft,
        tested: bool,
    ) -> Result<(Content, Option<String>, Option<hypothesis::Model>)> {
        let catalogue = self.catalogue_from(tx).await?;
        let content = draft.check(&catalogue, tested, today_at(&catalogue, draft.site.as_deref(), self.now()))?;
        let held = match &content.hypothesis {
            Some(number) => {
                let found = self.hypothesis_row(tx, number).await;
                Some(found.map_err(|_| StoreError::field("hypothesis", format!("There is no hypothesis {number}.")))?)
            }
            None => None,
        };
        let currency = content.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|site| site.site.currency.clone());
        Ok((content, currency, held))
    }
}

impl<R: Right> Scope<R> {
    /// The row of a number in this workspace.
    pub(super) async fn rollout_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<rollout::Model> {
        let number = parse_number("R", number)?;
        let here = rollout::Entity::find().filter(rollout::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(rollout::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }
}

fn columns(content: &Content, currency: Option<String>) -> Result<rollout::ActiveModel> {
    Ok(rollout::ActiveModel {
        title: Set(content.title.clone()),
        site: Set(content.site.clone()),
        area: Set(content.area.clone()),
        devices: Set(i64::from(Device::to_bits(&content.devices))),
        shipped_day: Set(to_day(content.shipped_on)),
        reason: Set(content.reason.clone()),
        currency: Set(currency),
        inputs: Set(json::to_text(&content.inputs)?),
        cost: Set(content.cost.as_ref().map(json::to_text).transpose()?),
        ..rollout::ActiveModel::default()
    })
}

/// The inputs that test, site and area hold: the lift and baseline of money per visitor where that was measured, else
/// of the primary metric; order value and returns as the control showed them; the site's margin.
fn inputs_at_hand(shipped: &Shipped<'_>, site: Option<&SiteCatalogue>, devices: &[Device]) -> Inputs {
    let test = shipped.test;
    let metrics = site.map(|site| site.metrics.as_slice()).unwrap_or_default();
    let area = site.zip(test.area.as_deref()).and_then(|(site, area)| site.area(area));
    let measured = |metric: &str| {
        let variant = shipped.decision.variant.as_deref()?;
        measured_effect(&test.plan, metrics, shipped.snapshot?, metric, variant, devices)
    };
    let control = |metric: &str| {
        let figures = shipped.snapshot?.totals(&test.plan.control()?.key, metric, None)?;
        figures.sample().ok().map(|sample| sample.mean())
    };
    let primary = test.plan.primary_metric.as_deref();
    let found = MONEY_METRICS.into_iter().chain(primary).find_map(|metric| Some((metric, measured(metric)?)));
    let metric = found.map(|(metric, _)| metric).or(primary);
    let effect = found.map(|(_, effect)| effect);
    Inputs {
        basis: metrics.iter().find(|one| Some(one.slug.as_str()) == metric).and_then(basis),
        metric: metric.map(str::to_owned),
        visitors: area.and_then(|area| area.visitors.together(devices)),
        share: 1.0,
        baseline: effect.map(|effect| effect.control),
        lift: effect.map(|effect| Lift { estimate: effect.estimate, low: effect.low, high: effect.high, level: effect.level }),
        value_per_conversion: control("average-order-value"),
        returns: control("return-rate"),
        margin: site.and_then(|site| site.site.margin),
        kept: USUAL_KEPT,
        verified: None,
    }
}
