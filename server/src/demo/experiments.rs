//! The demo company's tests: planned, started, measured, stopped and concluded as their own days went. The outcome that
//! is written down must be the one that the rules compute, or loading stops.

use super::company::{Company, ConclusionEntry, DecisionEntry, RolloutEntry, TestEntry};
use super::load::Loading;
use domain::experiments::{ConclusionDraft, DecisionDraft, ReasonDraft, SnapshotDraft, StartDraft, StopDraft, TestDraft};
use domain::impact::{Basis, RolloutDraft};
use store::{Contribute, RunTests, StoreError};

type Result<T> = std::result::Result<T, StoreError>;

/// Who plans and decides.
const LEAD: &str = "lead@holm.example";
/// How long before its start a test is planned.
const PLANNING_DAYS: i64 = 3;

impl Loading<'_> {
    pub(super) async fn test(&mut self, entry: &TestEntry, company: &Company) -> Result<()> {
        let planned_days_ago = entry.start_days_ago.unwrap_or(0) + PLANNING_DAYS;
        let scope = self.scope::<RunTests>(LEAD, planned_days_ago).await?;
        let number = scope.create_test(&self.plan(entry)?).await?.number;
        self.numbers.insert(entry.key.clone(), number.clone());
        if entry.state == "cancelled" {
            scope.cancel_test(&number, &ReasonDraft { reason: entry.cancel_reason.clone() }).await?;
        }
        if !matches!(entry.state.as_str(), "running" | "stopped" | "concluded") {
            return Ok(());
        }
        self.run(entry, &number).await?;
        if let Some(conclusion) = &entry.conclusion {
            self.conclude(conclusion, &number).await?;
        }
        match company.rollouts.iter().find(|rollout| rollout.test == entry.key) {
            Some(rollout) => self.rollout(rollout, &number).await,
            None => Ok(()),
        }
    }

    fn plan(&self, entry: &TestEntry) -> Result<TestDraft> {
        let hypotheses = entry.hypotheses.iter().map(|key| self.number(key).map(str::to_owned)).collect::<Result<_>>()?;
        Ok(TestDraft {
            title: entry.title.clone(),
            kind: entry.kind.clone(),
            hypotheses,
            site: Some(entry.site.clone()),
            area: entry.area.clone(),
            devices: entry.devices.clone(),
            variants: entry.variants.clone(),
            primary_metric: Some(entry.primary_metric.clone()),
            guard_rails: entry.guard_rails.clone(),
            secondary_metrics: entry.secondary_metrics.clone(),
            baseline: entry.baseline,
            mde: entry.mde,
            weeks: entry.weeks,
            owner: Some(LEAD.to_owned()),
            ..TestDraft::default()
        })
    }

    async fn run(&self, entry: &TestEntry, number: &str) -> Result<()> {
        let started = entry.start_days_ago.unwrap_or(0);
        let day = |days_ago: i64| Some(self.day(days_ago).date_naive().to_string());
        let start = StartDraft { on: day(started), overrule_reason: entry.overrule_reason.clone() };
        self.scope::<RunTests>(LEAD, started).await?.start_test(number, &start).await?;
        for results in &entry.results {
            let scope = self.scope::<Contribute>(LEAD, results.as_of_days_ago).await?;
            let as_of = self.day(results.as_of_days_ago).to_rfc3339();
            scope.post_results(number, &SnapshotDraft { as_of, rows: results.rows.clone(), ..SnapshotDraft::default() }).await?;
        }
        if let Some(stopped) = entry.stop_days_ago {
            self.scope::<RunTests>(LEAD, stopped).await?.stop_test(number, &StopDraft { on: day(stopped), reason: None }).await?;
        }
        Ok(())
    }

    async fn conclude(&self, entry: &ConclusionEntry, number: &str) -> Result<()> {
        let scope = self.scope::<RunTests>(&entry.by, entry.days_ago).await?;
        let draft = ConclusionDraft {
            outcome: entry.expected_outcome.clone(),
            decisions: entry.decisions.iter().map(|decision| self.decision(decision)).collect(),
            learning: entry.learning.clone(),
            ..ConclusionDraft::default()
        };
        scope.conclude_test(number, &draft).await?;
        Ok(())
    }

    fn decision(&self, entry: &DecisionEntry) -> DecisionDraft {
        DecisionDraft {
            kind: entry.kind.clone(),
            variant: entry.variant.clone(),
            devices: entry.devices.clone(),
            on: entry.on_days_from_now.map(|days| self.day(-days).date_naive().to_string()),
            reason: entry.reason.clone(),
            title: entry.title.clone(),
        }
    }

    /// What the test could not know of the change that was shipped: traffic, returns, margin, cost.
    async fn rollout(&self, entry: &RolloutEntry, test: &str) -> Result<()> {
        let scope = self.scope::<RunTests>(LEAD, entry.shipped_days_ago).await?;
        let rollouts = scope.impact(None).await?.rollouts;
        let made = rollouts.iter().find(|rollout| rollout.test.as_deref() == Some(test));
        let made = made.ok_or_else(|| StoreError::Internal(format!("{test} was shipped without a rollout")))?;
        // Where the test measured money per visitor, its own baseline is the one to multiply.
        let per_conversion = made.inputs.basis == Some(Basis::Conversion);
        let present = RolloutDraft::of(made);
        let draft = RolloutDraft {
            shipped_on: Some(self.day(entry.shipped_days_ago).date_naive().to_string()),
            visitors: Some(entry.area_visitors_month),
            share: Some(entry.share),
            baseline: per_conversion.then_some(entry.baseline).or(present.baseline),
            value_per_conversion: per_conversion.then_some(entry.value_per_conversion_minor as f64 / 100.0),
            returns: Some(entry.returns),
            margin: Some(entry.margin),
            kept: Some(entry.k),
            cost: Some(entry.cost.clone()),
            ..present
        };
        scope.edit_rollout(&made.number, &draft, None).await?;
        Ok(())
    }
}
