//! Writing learnings. Recording one also makes the piece of evidence that it is for later hypotheses.

use super::rows::{learning, learning_area, learning_audience, to_learning};
use crate::access::{Right, RunTests, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::experiments::rows::{decision, to_decision};
use crate::hypotheses::rows::parse_number;
use crate::json;
use crate::search::Document;
use crate::sites::today_at;
use crate::time::{to_day, to_micros};
use chrono::NaiveDate;
use domain::activity::Subject;
use domain::evidence::{EvidenceDraft, Kind as EvidenceKind, SourceDraft, Worth};
use domain::experiments::{Outcome, OutcomeKind, TestKind};
use domain::learnings::{Content, Effect, Learning, LearningDraft, Lesson};
use domain::search::Kind;
use domain::sites::{Catalogue, Device};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// A learning about to be kept, with the facts of its test where it has one.
pub(crate) struct NewLearning {
    pub lesson: Lesson,
    pub site: Option<String>,
    /// Id and number.
    pub test: Option<(i64, String)>,
    pub test_kind: Option<TestKind>,
    pub hypotheses: Vec<String>,
    pub outcome: Option<Outcome>,
    pub kind: Option<OutcomeKind>,
    pub effect: Option<Effect>,
    pub started_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub devices: Vec<Device>,
    pub visitors: Option<i64>,
}

/// The counter of learnings with an outcome.
pub(super) fn outcome_counter(outcome: Option<Outcome>) -> String {
    format!("learnings:{}", outcome.map_or("none", Outcome::slug))
}

impl Scope<RunTests> {
    /// Keeps a learning by hand: of a test that ran elsewhere, or long ago.
    pub async fn create_learning(&self, draft: &LearningDraft) -> Result<Learning> {
        let tx = self.begin().await?;
        let content = self.check_learning(&tx, draft).await?;
        let Content { lesson, site, hypotheses, outcome, effect, ended_on } = content;
        let new = NewLearning {
            lesson,
            site,
            test: None,
            test_kind: None,
            hypotheses,
            outcome,
            kind: None,
            effect,
            started_on: None,
            ended_on,
            devices: Vec::new(),
            visitors: None,
        };
        let (_, number) = Box::pin(self.insert_learning(&tx, &new)).await?;
        tx.commit().await?;
        self.learning(&number).await
    }

    /// Keeps a learning within a transaction that may hold more; answers its id and number.
    pub(crate) async fn insert_learning(&self, tx: &DatabaseTransaction, new: &NewLearning) -> Result<(i64, String)> {
        let number = counters::add(tx, self.workspace_id, "learning", 1).await?;
        let name = format!("L-{number}");
        let evidence = Box::pin(self.evidence_of_learning(tx, &name, new)).await?;
        let now = to_micros(self.now());
        let mut row = lesson_columns(&new.lesson)?;
        row.workspace_id = Set(self.workspace_id);
        row.number = Set(number);
        row.seniority = Set(-number);
        row.site = Set(new.site.clone());
        row.test_id = Set(new.test.as_ref().map(|(id, _)| *id));
        row.test = Set(new.test.as_ref().map(|(_, number)| number.clone()));
        row.hypotheses = Set(json::to_text(&new.hypotheses)?);
        row.outcome = Set(new.outcome.map(|outcome| outcome.slug().to_owned()));
        row.outcome_kind = Set(new.kind.map(|kind| kind.slug().to_owned()));
        row.effect = Set(new.effect.as_ref().map(json::to_text).transpose()?);
        row.ended_day = Set(new.ended_on.map(to_day));
        row.evidence = Set(Some(evidence));
        row.author_id = Set(self.person_id);
        row.version = Set(1);
        row.created_at = Set(now);
        row.updated_at = Set(now);
        let id = learning::Entity::insert(row).exec(tx).await?.last_insert_id;
        self.put_learning_lists(tx, id, &new.lesson).await?;
        counters::add(tx, self.workspace_id, &outcome_counter(new.outcome), 1).await?;
        self.index(tx, &document(number, &new.lesson)).await?;
        self.record(tx, NewEvent::new(Subject::Learning, &name, "created", new.lesson.sentence.clone())).await?;
        Ok((id, name))
    }

    /// The piece of evidence that a learning is: an own test whose source is the learning, an invalid one without
    /// weight. A before/after comparison is weaker evidence and says so by its kind.
    async fn evidence_of_learning(&self, tx: &DatabaseTransaction, number: &str, new: &NewLearning) -> Result<String> {
        let kind = if new.test_kind == Some(TestKind::BeforeAfter) { EvidenceKind::BeforeAfter } else { EvidenceKind::OwnTest };
        let worth = if new.outcome == Some(Outcome::Invalid) { Worth::Invalid } else { Worth::Valid };
        let catalogue = self.catalogue_from(tx).await?;
        let site = new.site.as_deref().and_then(|slug| catalogue.site(slug));
        let there = |area: &&String| site.is_none_or(|site| site.area(area).is_some());
        let source = new.test.as_ref().map_or_else(|| number.to_owned(), |(_, test)| format!("{number}, {test}"));
        let draft = EvidenceDraft {
            title: new.lesson.sentence.clone(),
            finding: new.lesson.what_happened.clone(),
            source: Some(SourceDraft { name: Some(source), url: None }),
            observed_from: new.started_on.map(|day| day.to_string()),
            observed_to: new.ended_on.map(|day| day.to_string()),
            sample_size: new.visitors,
            site: new.site.clone(),
            areas: new.lesson.areas.iter().filter(there).cloned().collect(),
            devices: new.devices.iter().map(|device| device.slug().to_owned()).collect(),
            audiences: new.lesson.audiences.clone(),
            worth: (kind == EvidenceKind::OwnTest).then(|| worth.slug().to_owned()),
            ..EvidenceDraft::titled("", kind)
        };
        let evidence = self.as_contributor().insert_evidence(tx, &draft).await?;
        Ok(format!("E-{evidence}"))
    }

    async fn check_learning(&self, tx: &DatabaseTransaction, draft: &LearningDraft) -> Result<Content> {
        let catalogue: Catalogue = self.catalogue_from(tx).await?;
        let content = draft.check(&catalogue, today_at(&catalogue, draft.site.as_deref(), self.now()))?;
        for hypothesis in &content.hypotheses {
            let found = self.hypothesis_row(tx, hypothesis).await;
            found.map_err(|_| StoreError::field("hypotheses", format!("There is no hypothesis {hypothesis}.")))?;
        }
        Ok(content)
    }

    /// Replaces what a learning says; `version` is the one that was read. What its test found stays the test's.
    pub async fn edit_learning(&self, number: &str, draft: &LearningDraft, version: Option<i64>) -> Result<Learning> {
        let before = LearningDraft::of(&self.learning(number).await?);
        let tx = self.begin().await?;
        let row = self.learning_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let content = self.check_learning(&tx, draft).await?;
        let outcome = row.outcome.as_deref().and_then(Outcome::from_slug);
        let facts_stay = row.test_id.is_none()
            || (before.site == draft.site
                && before.outcome == draft.outcome
                && before.effect == draft.effect
                && before.ended_on == draft.ended_on);
        if !facts_stay {
            return Err(StoreError::field("outcome", "Site, outcome, effect and day follow from the test and stay."));
        }
        let mut changed = lesson_columns(&content.lesson)?;
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        if row.test_id.is_none() {
            changed.site = Set(content.site.clone());
            changed.hypotheses = Set(json::to_text(&content.hypotheses)?);
            changed.outcome = Set(content.outcome.map(|outcome| outcome.slug().to_owned()));
            changed.effect = Set(content.effect.as_ref().map(json::to_text).transpose()?);
            changed.ended_day = Set(content.ended_on.map(to_day));
            counters::add(&tx, self.workspace_id, &outcome_counter(outcome), -1).await?;
            counters::add(&tx, self.workspace_id, &outcome_counter(content.outcome), 1).await?;
        }
        learning::Entity::update(changed).exec(&tx).await?;
        self.put_learning_lists(&tx, row.id, &content.lesson).await?;
        self.index(&tx, &document(row.number, &content.lesson)).await?;
        let event = NewEvent::new(Subject::Learning, number, "edited", content.lesson.sentence.clone());
        self.record(&tx, event.changes(Some(&before), Some(draft))?).await?;
        tx.commit().await?;
        self.learning(number).await
    }

    async fn put_learning_lists(&self, tx: &DatabaseTransaction, id: i64, lesson: &Lesson) -> Result<()> {
        macro_rules! replace {
            ($table:ident, $column:ident, $values:expr) => {
                $table::Entity::delete_many().filter($table::Column::LearningId.eq(id)).exec(tx).await?;
                let rows = $values.iter().map(|value| $table::ActiveModel {
                    learning_id: Set(id),
                    $column: Set(value.clone()),
                    workspace_id: Set(self.workspace_id),
                });
                if !$values.is_empty() {
                    $table::Entity::insert_many(rows).exec_without_returning(tx).await?;
                }
            };
        }
        replace!(learning_area, area, lesson.areas);
        replace!(learning_audience, audience, lesson.audiences);
        Ok(())
    }
}

impl<R: Right> Scope<R> {
    /// One learning with its next steps.
    pub async fn learning(&self, number: &str) -> Result<Learning> {
        let row = self.learning_row(&self.store.read, number).await?;
        let rows = decision::Entity::find().filter(decision::Column::LearningId.eq(row.id));
        let rows = rows.order_by_asc(decision::Column::Id).all(&self.store.read).await?;
        let changes = self.live_changes(&self.store.read).await?;
        to_learning(row, &self.people().await?, rows.into_iter().map(to_decision).collect::<Result<_>>()?, &changes)
    }

    /// The row of a number in this workspace.
    pub(crate) async fn learning_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<learning::Model> {
        let number = parse_number("L", number)?;
        let here = learning::Entity::find().filter(learning::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(learning::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }
}

/// The columns that somebody writes.
fn lesson_columns(lesson: &Lesson) -> Result<learning::ActiveModel> {
    Ok(learning::ActiveModel {
        sentence: Set(lesson.sentence.clone()),
        what_happened: Set(lesson.what_happened.clone()),
        why: Set(lesson.why.clone()),
        surprise: Set(lesson.surprise.map(|surprise| surprise.slug().to_owned())),
        areas: Set(json::to_text(&lesson.areas)?),
        audiences: Set(json::to_text(&lesson.audiences)?),
        lever: Set(lesson.lever.clone()),
        recheck_day: Set(lesson.recheck_on.map(to_day)),
        ..learning::ActiveModel::default()
    })
}

fn document(number: i64, lesson: &Lesson) -> Document {
    document_of(number, &lesson.sentence, [&lesson.what_happened, &lesson.why, &lesson.lever], &lesson.areas)
}

/// What search knows of a learning: beside its sentence what happened, why, and the lever.
pub(super) fn document_of(number: i64, sentence: &str, said: [&Option<String>; 3], areas: &[String]) -> Document {
    let body: Vec<&str> = said.iter().copied().flatten().chain(areas).map(String::as_str).collect();
    let lever = said[2].clone();
    Document { areas: areas.to_vec(), lever, ..Document::plain(Kind::Learning, number, sentence.to_owned(), body.join("\n")) }
}
