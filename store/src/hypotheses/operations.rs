//! Writing hypotheses.

use super::rows::{hypothesis, hypothesis_tag, parse_number, said, to_hypothesis};
use crate::access::{Contribute, Right, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::json;
use crate::search::Document;
use crate::time::to_micros;
use domain::accounts::Member;
use domain::activity::Subject;
use domain::hypotheses::{
    Content, EvidenceSummary, HandMove, Hypothesis, HypothesisDraft, Stage, StageFacts, Statement, follow_facts, move_by_hand,
};
use domain::search::Kind;
use domain::sites::Catalogue;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// The counter of hypotheses in a stage that are not archived.
pub(super) fn stage_counter(stage: Stage) -> String {
    format!("hypotheses:{}", stage.slug())
}

impl Scope<Contribute> {
    /// Keeps a new hypothesis; the title alone is enough.
    pub async fn create_hypothesis(&self, draft: &HypothesisDraft) -> Result<Hypothesis> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let number = self.insert_hypothesis(&tx, draft, &people).await?;
        tx.commit().await?;
        self.hypothesis(&format!("H-{number}")).await
    }

    /// Checks and inserts within a transaction that may hold more; answers the number.
    pub(crate) async fn insert_hypothesis(
        &self,
        tx: &DatabaseTransaction,
        draft: &HypothesisDraft,
        people: &HashMap<i64, Member>,
    ) -> Result<i64> {
        let catalogue = self.catalogue_from(tx).await?;
        Ok(self.insert_known(tx, draft, &catalogue, people).await?.1)
    }

    /// The same for many, with the catalogue read once; answers id and number.
    pub(crate) async fn insert_known(
        &self,
        tx: &DatabaseTransaction,
        draft: &HypothesisDraft,
        catalogue: &Catalogue,
        people: &HashMap<i64, Member>,
    ) -> Result<(i64, i64)> {
        let content = self.check(tx, draft, catalogue, people).await?;
        let number = counters::add(tx, self.workspace_id, "hypothesis", 1).await?;
        let now = to_micros(self.now());
        let mut row = said(&content, owner_id(&content, people))?;
        row.workspace_id = Set(self.workspace_id);
        row.number = Set(number);
        row.seniority = Set(-number);
        row.archived = Set(false);
        row.version = Set(1);
        row.created_at = Set(now);
        row.updated_at = Set(now);
        row.stage = Set(Stage::Idea.place());
        row.stage_before_test = Set(None);
        row.evidence = Set(json::to_text(&EvidenceSummary { strength: "none".into(), ..EvidenceSummary::default() })?);
        row.evidence_tenths = Set(0);
        row.evidence_day = Set(0);
        row.supports = Set(0);
        row.score = Set(None);
        row.score_milli = Set(-1);
        row.expected_mid = Set(-1);
        row.split_off = Set(false);
        row.evidence_strength = Set("none".to_owned());
        let id = hypothesis::Entity::insert(row).exec(tx).await?.last_insert_id;
        self.add_tags(tx, id, &content.tags).await?;
        counters::add(tx, self.workspace_id, &stage_counter(Stage::Idea), 1).await?;
        self.index(tx, &document(number, &content)).await?;
        let name = format!("H-{number}");
        let event = NewEvent::new(Subject::Hypothesis, &name, "created", content.title.clone()).changes(None::<&()>, Some(draft))?;
        self.record(tx, event).await?;
        Ok((id, number))
    }

    /// Replaces what a hypothesis says; `version` is the one that was read.
    pub async fn edit_hypothesis(&self, number: &str, draft: &HypothesisDraft, version: Option<i64>) -> Result<Hypothesis> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let row = self.hypothesis_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        self.edit_within(&tx, row, draft, &people).await?;
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Replaces what a hypothesis says within a transaction that may hold more.
    pub(super) async fn edit_within(
        &self,
        tx: &DatabaseTransaction,
        row: hypothesis::Model,
        draft: &HypothesisDraft,
        people: &HashMap<i64, Member>,
    ) -> Result<()> {
        let number = format!("H-{}", row.number);
        let content = self.check(tx, draft, &self.catalogue_from(tx).await?, people).await?;
        self.check_lineage(tx, &number, content.parent.clone()).await?;
        let before = HypothesisDraft::of(&to_hypothesis(row.clone(), people)?);
        let site_before = row.site.clone();
        let mut changed = said(&content, owner_id(&content, people))?;
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        let row = hypothesis::Entity::update(changed).exec(tx).await?;
        if row.site != site_before {
            self.renew_team_score(tx, row.id, self.settings_now(tx).await?.shapes().in_force(row.site.as_deref())).await?;
        }
        self.put_tags(tx, row.id, &content.tags).await?;
        self.index(tx, &document(row.number, &content)).await?;
        let event = NewEvent::new(Subject::Hypothesis, &number, "edited", content.title.clone()).changes(Some(&before), Some(draft))?;
        self.record(tx, event).await?;
        // What is said may complete an idea, but takes no support away: a stage chosen by hand without any stays.
        if stage_of(&row)? == Stage::Idea { self.let_stage_follow(tx, row).await } else { Ok(()) }
    }

    /// Moves a hypothesis by hand.
    pub async fn move_hypothesis(&self, number: &str, wanted: &HandMove) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        self.move_within(&tx, number, wanted).await?;
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Moves within a transaction that may hold more.
    pub(crate) async fn move_within(&self, tx: &DatabaseTransaction, number: &str, wanted: &HandMove) -> Result<()> {
        let row = self.hypothesis_row(tx, number).await?;
        let from = stage_of(&row)?;
        let (to, reason) = move_by_hand(from, wanted, facts(&row))?;
        if from == to { Ok(()) } else { self.set_stage(tx, row, to, reason).await }
    }

    /// Takes a hypothesis out of the lists. Nothing that it says is lost.
    pub async fn archive_hypothesis(&self, number: &str) -> Result<Hypothesis> {
        self.set_archived(number, true).await
    }

    /// Brings an archived hypothesis back.
    pub async fn restore_hypothesis(&self, number: &str) -> Result<Hypothesis> {
        self.set_archived(number, false).await
    }

    async fn set_archived(&self, number: &str, archived: bool) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        let row = self.hypothesis_row(&tx, number).await?;
        if row.archived != archived {
            self.put_archived(&tx, row, archived).await?;
        }
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Archives or restores within a transaction that may hold more.
    pub(crate) async fn put_archived(&self, tx: &DatabaseTransaction, row: hypothesis::Model, archived: bool) -> Result<()> {
        let stage = stage_of(&row)?;
        let mut changed: hypothesis::ActiveModel = hypothesis::ActiveModel { id: Set(row.id), ..hypothesis::ActiveModel::default() };
        changed.archived = Set(archived);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        hypothesis::Entity::update(changed).exec(tx).await?;
        counters::add(tx, self.workspace_id, &stage_counter(stage), if archived { -1 } else { 1 }).await?;
        self.index_archived(tx, Kind::Hypothesis, row.number, archived).await?;
        let action = if archived { "archived" } else { "restored" };
        self.record(tx, NewEvent::new(Subject::Hypothesis, &format!("H-{}", row.number), action, row.title)).await?;
        Ok(())
    }

    async fn check(
        &self,
        tx: &DatabaseTransaction,
        draft: &HypothesisDraft,
        catalogue: &Catalogue,
        people: &HashMap<i64, Member>,
    ) -> Result<Content> {
        let content = draft.check(catalogue, |email| people.values().any(|member| member.email == email))?;
        if let Some(parent) = content.parent.as_deref().filter(|parent| parent.starts_with("H-")) {
            let found = self.hypothesis_row(tx, parent).await;
            found.map_err(|_| StoreError::field("parent", format!("There is no hypothesis {parent}.")))?;
        }
        Ok(content)
    }

    /// No line of parents leads back to where it began, so that a tree can be drawn.
    async fn check_lineage(&self, tx: &DatabaseTransaction, number: &str, parent: Option<String>) -> Result<()> {
        let mut ancestor = parent;
        while let Some(name) = ancestor.filter(|name| name.starts_with("H-")) {
            if name == number {
                return Err(StoreError::field("parent", "A hypothesis cannot grow out of itself."));
            }
            ancestor = self.hypothesis_row(tx, &name).await?.parent;
        }
        Ok(())
    }

    /// Renews what search knows of a hypothesis.
    pub(super) async fn index_row(&self, tx: &DatabaseTransaction, row: &hypothesis::Model, tags: &[String]) -> Result<()> {
        let statement: Statement = json::from_text(&row.statement)?;
        self.index(tx, &document_of(row.number, &row.title, &statement, row.details.as_deref(), (tags, row.area.as_deref()))).await
    }

    pub(super) async fn put_tags(&self, tx: &DatabaseTransaction, id: i64, tags: &[String]) -> Result<()> {
        hypothesis_tag::Entity::delete_many().filter(hypothesis_tag::Column::HypothesisId.eq(id)).exec(tx).await?;
        self.add_tags(tx, id, tags).await
    }

    async fn add_tags(&self, tx: &DatabaseTransaction, id: i64, tags: &[String]) -> Result<()> {
        let rows = tags.iter().map(|tag| hypothesis_tag::ActiveModel {
            hypothesis_id: Set(id),
            tag: Set(tag.clone()),
            workspace_id: Set(self.workspace_id),
        });
        if !tags.is_empty() {
            hypothesis_tag::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
        Ok(())
    }
}

impl<R: Right> Scope<R> {
    /// The row of a number in this workspace, archived ones included.
    pub(crate) async fn hypothesis_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<hypothesis::Model> {
        let number = parse_number("H", number)?;
        let here = hypothesis::Entity::find().filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(hypothesis::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }

    /// Moves the stage if the facts say so. Called in every transaction that changes them.
    pub(crate) async fn let_stage_follow(&self, tx: &DatabaseTransaction, row: hypothesis::Model) -> Result<()> {
        match follow_facts(stage_of(&row)?, facts(&row)) {
            Some((to, why)) => self.set_stage(tx, row, to, Some(why.to_owned())).await,
            None => Ok(()),
        }
    }

    /// Sets the stage, keeps the counters true and records the move.
    pub(crate) async fn set_stage(
        &self,
        tx: &DatabaseTransaction,
        row: hypothesis::Model,
        to: Stage,
        reason: Option<String>,
    ) -> Result<()> {
        let from = stage_of(&row)?;
        let changed = hypothesis::ActiveModel {
            id: Set(row.id),
            stage: Set(to.place()),
            version: Set(row.version + 1),
            updated_at: Set(to_micros(self.now())),
            ..hypothesis::ActiveModel::default()
        };
        hypothesis::Entity::update(changed).exec(tx).await?;
        if !row.archived {
            counters::add(tx, self.workspace_id, &stage_counter(from), -1).await?;
            counters::add(tx, self.workspace_id, &stage_counter(to), 1).await?;
        }
        let name = format!("H-{}", row.number);
        let event = NewEvent::new(Subject::Hypothesis, &name, "moved", format!("{} → {}", from.name(), to.name())).because(reason);
        self.record(tx, event.changes(Some(&from), Some(&to))?).await?;
        Ok(())
    }
}

pub(crate) fn stage_of(row: &hypothesis::Model) -> Result<Stage> {
    Stage::from_place(row.stage).ok_or_else(|| StoreError::Internal(format!("unknown stage {}", row.stage)))
}

fn facts(row: &hypothesis::Model) -> StageFacts {
    StageFacts { statement_complete: row.statement_complete != 0, supports: u32::try_from(row.supports).unwrap_or(0) }
}

fn owner_id(content: &Content, people: &HashMap<i64, Member>) -> Option<i64> {
    let email = content.owner.as_deref()?;
    people.iter().find(|(_, member)| member.email == email).map(|(id, _)| *id)
}

fn document(number: i64, content: &Content) -> Document {
    document_of(number, &content.title, &content.statement, content.details.as_deref(), (&content.tags, content.area.as_deref()))
}

/// What search knows of a hypothesis; the last are its tags and its area.
pub(super) fn document_of(
    number: i64,
    title: &str,
    statement: &Statement,
    details: Option<&str>,
    (tags, area): (&[String], Option<&str>),
) -> Document {
    let parts = [&statement.because, &statement.change, &statement.audience, &statement.reason, &statement.measure];
    let said = parts.into_iter().flatten().map(String::as_str).chain(details).chain(tags.iter().map(String::as_str));
    let body = said.collect::<Vec<_>>().join("\n");
    Document {
        change: statement.change.clone().unwrap_or_default(),
        areas: area.into_iter().map(str::to_owned).collect(),
        lever: statement.lever.clone(),
        metric: statement.effect.as_ref().map(|effect| effect.metric.clone()),
        ..Document::plain(Kind::Hypothesis, number, title.to_owned(), body)
    }
}
