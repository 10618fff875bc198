//! Concluding tests: the outcome, the learning, and what each decision makes, all in one transaction.

use super::lifecycle::moved;
use super::queries::hypotheses_of;
use super::results::{Reading, may_conclude, metrics_of};
use super::rows::{decision, state_of, test};
use crate::access::{RunTests, Scope};
use crate::activity::NewEvent;
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use crate::learnings::NewLearning;
use crate::sites::today_at;
use crate::time::to_day;
use chrono::NaiveDate;
use domain::accounts::Member;
use domain::activity::Subject;
use domain::experiments::{Conclusion, ConclusionDraft, Decision, DecisionKind, State, Test, TestDraft, measured_effect};
use domain::hypotheses::HypothesisDraft;
use domain::learnings::Effect;
use domain::sites::{Catalogue, Device};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use std::collections::HashMap;

/// What a conclusion works on.
struct Ending<'a> {
    row: test::Model,
    reading: Reading,
    hypotheses: Vec<hypothesis::Model>,
    catalogue: Catalogue,
    people: &'a HashMap<i64, Member>,
    today: NaiveDate,
}

impl Scope<RunTests> {
    /// Records outcome, learning and decisions of a stopped test. Shipping makes a rollout, iterating a child
    /// hypothesis, a re-run a planned copy; the hypotheses are decided, or shipped.
    pub async fn conclude_test(&self, number: &str, draft: &ConclusionDraft) -> Result<Test> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        may_conclude(number, state_of(&row)?)?;
        let catalogue = self.catalogue_from(&tx).await?;
        let reading = self.read_test(&tx, row.clone()).await?;
        let today = today_at(&catalogue, row.site.as_deref(), self.now());
        let conclusion = draft.check(&reading.test.plan, reading.analysis.suggestion.as_ref(), &catalogue, today)?;
        conclusion.check_counted(&reading.test)?;
        let hypotheses = hypotheses_of(&tx, row.id).await?;
        let ending = Ending { row, reading, hypotheses, catalogue, people: &people, today };
        Box::pin(self.put_conclusion(&tx, number, &ending, conclusion)).await?;
        tx.commit().await?;
        self.test(number).await
    }

    async fn put_conclusion(&self, tx: &DatabaseTransaction, number: &str, ending: &Ending<'_>, conclusion: Conclusion) -> Result<()> {
        let (learning_id, learning) = Box::pin(self.insert_learning(tx, &new_learning(ending, &conclusion))).await?;
        let changed = test::ActiveModel {
            outcome: Set(Some(conclusion.outcome.slug().to_owned())),
            outcome_kind: Set(conclusion.kind.map(|kind| kind.slug().to_owned())),
            suggested: Set(conclusion.suggested.map(|outcome| outcome.slug().to_owned())),
            outcome_reason: Set(conclusion.overrule_reason.clone()),
            learning: Set(Some(learning.clone())),
            ..moved(&ending.row, State::Concluded, self.now())
        };
        test::Entity::update(changed).exec(tx).await?;
        self.count_state(tx, &ending.row, State::Concluded).await?;
        for decision in &conclusion.decisions {
            let made = Box::pin(self.carry_out(tx, number, ending, decision)).await?;
            decision::Entity::insert(self.decision_row(ending.row.id, learning_id, decision, made)).exec(tx).await?;
        }
        let kind = conclusion.kind.map(|kind| format!(", {}", kind.name())).unwrap_or_default();
        let steps: Vec<&str> = conclusion.decisions.iter().map(|decision| decision.kind.name()).collect();
        let summary = format!("{}{kind}: {}", conclusion.outcome.name(), steps.join(", "));
        let event = NewEvent::new(Subject::Test, number, "concluded", summary).because(conclusion.overrule_reason.clone());
        self.record(tx, event.changes(ending.reading.analysis.suggestion.as_ref(), Some(&conclusion.decisions))?).await?;
        self.decide_hypotheses(tx, ending.row.id, &learning).await
    }

    /// Makes what a decision stands for and answers its number.
    async fn carry_out(&self, tx: &DatabaseTransaction, number: &str, ending: &Ending<'_>, decision: &Decision) -> Result<Option<String>> {
        let test = &ending.reading.test;
        Ok(match decision.kind {
            DecisionKind::Ship => {
                let on = decision.on.unwrap_or(ending.today);
                let shipped = crate::impact::Shipped {
                    test,
                    test_id: ending.row.id,
                    hypothesis: ending.hypotheses.first(),
                    snapshot: ending.reading.snapshot.as_ref(),
                    catalogue: &ending.catalogue,
                    decision,
                    on,
                };
                Some(self.insert_shipped(tx, &shipped).await?)
            }
            DecisionKind::Iterate => {
                let parent = ending.hypotheses.first();
                let titled = || format!("Follow up on “{}”", parent.map_or(test.title.as_str(), |row| row.title.as_str()));
                let child = HypothesisDraft {
                    title: shortened(decision.title.clone().unwrap_or_else(titled)),
                    site: test.site.clone(),
                    area: test.area.clone(),
                    devices: test.plan.devices.iter().map(|device| device.slug().to_owned()).collect(),
                    parent: parent.map(|row| format!("H-{}", row.number)),
                    details: decision.reason.clone(),
                    ..HypothesisDraft::default()
                };
                let child = self.as_contributor().insert_hypothesis(tx, &child, ending.people).await?;
                Some(format!("H-{child}"))
            }
            DecisionKind::ReRun => {
                let mut copy = TestDraft::of(test);
                copy.owner = ending.row.owner_id.and_then(|id| ending.people.get(&id)).map(|member| member.email.clone());
                copy.title = decision.title.clone().unwrap_or(copy.title);
                let copy = self.insert_test(tx, &copy, ending.people, Some(number.to_owned())).await?;
                Some(format!("T-{copy}"))
            }
            DecisionKind::RollBack | DecisionKind::ReTest | DecisionKind::Stop => None,
        })
    }

    fn decision_row(&self, test_id: i64, learning_id: i64, decision: &Decision, made: Option<String>) -> decision::ActiveModel {
        decision::ActiveModel {
            workspace_id: Set(self.workspace_id),
            test_id: Set(test_id),
            learning_id: Set(learning_id),
            kind: Set(decision.kind.slug().to_owned()),
            variant: Set(decision.variant.clone()),
            devices: Set(i64::from(Device::to_bits(&decision.devices))),
            on_day: Set(decision.on.map(to_day)),
            reason: Set(decision.reason.clone()),
            title: Set(decision.title.clone()),
            made: Set(made),
            ..decision::ActiveModel::default()
        }
    }
}

/// A line no longer than titles may be.
fn shortened(title: String) -> String {
    title.chars().take(domain::text::LINE_LIMIT).collect()
}

/// The learning with all facts of its test; what nobody said follows from the test and its first hypothesis.
fn new_learning(ending: &Ending<'_>, conclusion: &Conclusion) -> NewLearning {
    let test = &ending.reading.test;
    let mut lesson = conclusion.lesson.clone();
    if lesson.areas.is_empty() {
        lesson.areas.extend(test.area.clone());
    }
    if lesson.audiences.is_empty() {
        lesson.audiences.extend(test.audience.clone());
    }
    lesson.lever = lesson.lever.or_else(|| ending.hypotheses.iter().find_map(|row| row.lever.clone()));
    let visitors = ending.reading.analysis.progress.visitors;
    NewLearning {
        lesson,
        site: test.site.clone(),
        test: Some((ending.row.id, test.number.clone())),
        test_kind: Some(test.kind),
        hypotheses: test.hypotheses.clone(),
        outcome: Some(conclusion.outcome),
        kind: conclusion.kind,
        effect: effect(ending, conclusion),
        started_on: test.started_on,
        ended_on: test.stopped_on,
        devices: test.plan.devices.clone(),
        visitors: visitors.and_then(|count| i64::try_from(count).ok()).filter(|count| *count > 0),
    }
}

/// The change of the primary metric by the variant that is shipped, else by the one that the rules speak of.
fn effect(ending: &Ending<'_>, conclusion: &Conclusion) -> Option<Effect> {
    let (test, snapshot) = (&ending.reading.test, ending.reading.snapshot.as_ref()?);
    let shipped = conclusion.decisions.iter().find(|one| one.kind == DecisionKind::Ship).and_then(|one| one.variant.clone());
    let spoken_of = || ending.reading.analysis.suggestion.as_ref().and_then(|suggestion| suggestion.variant.clone());
    let variant = shipped.or_else(spoken_of).or_else(|| test.plan.treatments().first().map(|one| one.key.clone()))?;
    let metric = test.plan.primary_metric.clone()?;
    let found = measured_effect(&test.plan, metrics_of(&ending.catalogue, test), snapshot, &metric, &variant, &[])?;
    let (estimate, low, high, level) = (found.estimate, found.low, found.high, found.level);
    Some(Effect { metric, variant: Some(variant), estimate, low, high, level })
}
