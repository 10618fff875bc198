//! Merging: one hypothesis takes another in with everything that hangs on it. What cannot move, because the other has
//! the same already, stays with the one that is put away.

use super::{Moved, name_of};
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::attachments::rows::attachment;
use crate::comments::rows::comment;
use crate::errors::{Result, StoreError};
use crate::evidence::rows::evidence_link;
use crate::experiments::rows::{test, test_hypothesis};
use crate::hypotheses::rows::hypothesis;
use crate::hypotheses::stage_of;
use crate::json;
use crate::scoring::score;
use crate::time::to_micros;
use domain::activity::Subject;
use domain::errors::FieldErrors;
use domain::experiments::State;
use domain::hypotheses::{Hypothesis, MergeDraft, MergeSide, check_merge};
use domain::text;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::HashSet;

/// The most tags that a hypothesis has.
const MOST_TAGS: usize = 20;

impl Scope<Contribute> {
    /// Merges a hypothesis into another and answers that one.
    pub async fn merge_hypothesis(&self, number: &str, draft: &MergeDraft) -> Result<Hypothesis> {
        let mut errors = FieldErrors::default();
        let reason = text::optional_line(&mut errors, "reason", "The reason", draft.reason.as_deref());
        errors.into_result(())?;
        let into = draft.into.trim().to_uppercase();
        let tx = self.begin().await?;
        let part = self.hypothesis_row(&tx, number).await?;
        let whole = self.hypothesis_row(&tx, &into).await;
        let whole = whole.map_err(|_| StoreError::field("into", format!("There is no hypothesis {}.", text::one_line(&draft.into))))?;
        self.check_merge(&tx, &part, &whole).await?;
        let moved = self.move_over(&tx, &part, &whole).await?;
        let tags = self.put_away(&tx, &part, &whole).await?;
        let moved = Moved { tags, ..moved };
        let told = format!("{number} {}", part.title);
        let event = NewEvent::new(Subject::Hypothesis, &into, "merged", told).because(reason.clone());
        self.record(&tx, event.changes(None::<&()>, Some(&moved))?).await?;
        let told = format!("{into} {}", whole.title);
        self.record(&tx, NewEvent::new(Subject::Hypothesis, number, "merged into", told).because(reason)).await?;
        self.renew_merged(&tx, [part.id, whole.id]).await?;
        tx.commit().await?;
        self.hypothesis(&into).await
    }

    async fn check_merge(&self, tx: &DatabaseTransaction, part: &hypothesis::Model, whole: &hypothesis::Model) -> Result<()> {
        let numbers = [name_of(part), name_of(whole)];
        let ancestors = [self.ancestors(tx, part).await?, self.ancestors(tx, whole).await?];
        let side = async |row: &hypothesis::Model, at: usize| -> Result<MergeSide<'_>> {
            let (number, ancestors) = (numbers[at].as_str(), ancestors[at].as_slice());
            Ok(MergeSide { number, stage: stage_of(row)?, archived: row.archived, tested: was_tested(tx, row.id).await?, ancestors })
        };
        Ok(check_merge(side(part, 0).await?, side(whole, 1).await?)?)
    }

    /// The hypotheses that this one grew out of, up to the root.
    async fn ancestors(&self, tx: &DatabaseTransaction, row: &hypothesis::Model) -> Result<Vec<String>> {
        let (mut found, mut next) = (Vec::new(), row.parent.clone());
        while let Some(name) = next.filter(|name| name.starts_with("H-") && !found.contains(name)) {
            next = self.hypothesis_row(tx, &name).await?.parent;
            found.push(name);
        }
        Ok(found)
    }

    /// Moves what hangs on the part, each unless the whole has its own.
    async fn move_over(&self, tx: &DatabaseTransaction, part: &hypothesis::Model, whole: &hypothesis::Model) -> Result<Moved> {
        let (from, into) = (name_of(part), name_of(whole));
        let evidence = free_links(tx, part.id, whole.id).await?;
        move_links(tx, (part.id, whole.id), &evidence).await?;
        let scores = free_scores(tx, part.id, whole.id).await?;
        move_scores(tx, whole.id, &scores).await?;
        let tests = free_tests(tx, part.id, whole.id).await?;
        move_tests(tx, (part.id, whole.id), &tests).await?;
        let here = comment::Entity::find().select_only().column(comment::Column::Id);
        let here = here.filter(comment::Column::WorkspaceId.eq(self.workspace_id));
        let here = here.filter(comment::Column::Subject.eq(Subject::Hypothesis.slug())).filter(comment::Column::Number.eq(&from));
        let comments: Vec<i64> = here.into_tuple().all(tx).await?;
        move_comments(tx, &into, &comments).await?;
        let here = attachment::Entity::find().select_only().column(attachment::Column::Id);
        let here = here.filter(attachment::Column::WorkspaceId.eq(self.workspace_id));
        let here = here.filter(attachment::Column::Subject.eq(Subject::Hypothesis.slug())).filter(attachment::Column::Number.eq(&from));
        let attachments: Vec<i64> = here.into_tuple().all(tx).await?;
        move_attachments(tx, &into, &attachments).await?;
        let grown = hypothesis::Entity::find().select_only().column(hypothesis::Column::Id);
        let grown = grown.filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id)).filter(hypothesis::Column::Parent.eq(&from));
        let children: Vec<i64> = grown.into_tuple().all(tx).await?;
        move_children(tx, &into, &children).await?;
        Ok(Moved { part: from, whole: into, evidence, scores, comments, attachments, tests, children, tags: Vec::new() })
    }

    /// Archives the part, which says from now on where it went, and gives its tags to the whole; answers the new ones.
    async fn put_away(&self, tx: &DatabaseTransaction, part: &hypothesis::Model, whole: &hypothesis::Model) -> Result<Vec<String>> {
        self.put_archived(tx, part.clone(), true).await?;
        let gone =
            hypothesis::ActiveModel { id: Set(part.id), merged_into: Set(Some(name_of(whole))), ..hypothesis::ActiveModel::default() };
        hypothesis::Entity::update(gone).exec(tx).await?;
        let mut tags: Vec<String> = json::from_text(&whole.tags)?;
        let theirs: Vec<String> = json::from_text(&part.tags)?;
        let new: Vec<String> = theirs.into_iter().filter(|tag| !tags.contains(tag)).take(MOST_TAGS.saturating_sub(tags.len())).collect();
        tags.extend(new.iter().cloned());
        self.put_tagged(tx, whole, &tags).await?;
        Ok(new)
    }

    /// Gives a hypothesis other tags, as a change that people see.
    pub(super) async fn put_tagged(&self, tx: &DatabaseTransaction, row: &hypothesis::Model, tags: &[String]) -> Result<()> {
        let changed = hypothesis::ActiveModel {
            id: Set(row.id),
            tags: Set(json::to_text(&tags)?),
            version: Set(row.version + 1),
            updated_at: Set(to_micros(self.now())),
            ..hypothesis::ActiveModel::default()
        };
        let row = hypothesis::Entity::update(changed).exec(tx).await?;
        self.put_tags(tx, row.id, tags).await?;
        self.index_row(tx, &row, tags).await
    }

    /// Makes true again what follows from evidence and scores.
    pub(super) async fn renew_merged(&self, tx: &DatabaseTransaction, ids: [i64; 2]) -> Result<()> {
        let shapes = self.settings_now(tx).await?.shapes();
        for id in ids {
            let row = hypothesis::Entity::find_by_id(id).one(tx).await?.ok_or(StoreError::NotFound)?;
            self.renew_team_score(tx, id, shapes.in_force(row.site.as_deref())).await?;
            self.renew_support(tx, row).await?;
        }
        Ok(())
    }
}

/// Whether a test of it has started.
async fn was_tested(tx: &DatabaseTransaction, id: i64) -> Result<bool> {
    let tests = test_hypothesis::Entity::find().select_only().column(test_hypothesis::Column::TestId);
    let tests = tests.filter(test_hypothesis::Column::HypothesisId.eq(id)).into_query();
    let begun = [State::Running, State::Stopped, State::Concluded].map(State::slug);
    let found = test::Entity::find().filter(test::Column::Id.in_subquery(tests)).filter(test::Column::State.is_in(begun));
    Ok(found.count(tx).await? > 0)
}

async fn free_links(tx: &DatabaseTransaction, part: i64, whole: i64) -> Result<Vec<i64>> {
    use evidence_link::Column;
    let of = |id: i64| evidence_link::Entity::find().select_only().column(Column::EvidenceId).filter(Column::HypothesisId.eq(id));
    Ok(of(part).filter(Column::EvidenceId.not_in_subquery(of(whole).into_query())).into_tuple().all(tx).await?)
}

async fn free_tests(tx: &DatabaseTransaction, part: i64, whole: i64) -> Result<Vec<i64>> {
    use test_hypothesis::Column;
    let of = |id: i64| test_hypothesis::Entity::find().select_only().column(Column::TestId).filter(Column::HypothesisId.eq(id));
    Ok(of(part).filter(Column::TestId.not_in_subquery(of(whole).into_query())).into_tuple().all(tx).await?)
}

/// The scores, present and past, of people who have not scored the whole by the same model.
async fn free_scores(tx: &DatabaseTransaction, part: i64, whole: i64) -> Result<Vec<i64>> {
    use score::Column;
    let of = |id: i64| score::Entity::find().select_only().columns([Column::PersonId, Column::Model]).filter(Column::HypothesisId.eq(id));
    let theirs: HashSet<(i64, String)> = of(whole).distinct().into_tuple().all(tx).await?.into_iter().collect();
    let given: Vec<(i64, String, i64)> = of(part).column(Column::Id).into_tuple().all(tx).await?;
    Ok(given.into_iter().filter(|(person, model, _)| !theirs.contains(&(*person, model.clone()))).map(|(_, _, id)| id).collect())
}

pub(super) async fn move_links(tx: &DatabaseTransaction, (from, to): (i64, i64), evidence: &[i64]) -> Result<u64> {
    use evidence_link::Column;
    let set = evidence_link::Entity::update_many().col_expr(Column::HypothesisId, Expr::val(to)).filter(Column::HypothesisId.eq(from));
    Ok(set.filter(Column::EvidenceId.is_in(evidence.iter().copied())).exec(tx).await?.rows_affected)
}

pub(super) async fn move_tests(tx: &DatabaseTransaction, (from, to): (i64, i64), tests: &[i64]) -> Result<u64> {
    use test_hypothesis::Column;
    let set = test_hypothesis::Entity::update_many().col_expr(Column::HypothesisId, Expr::val(to)).filter(Column::HypothesisId.eq(from));
    Ok(set.filter(Column::TestId.is_in(tests.iter().copied())).exec(tx).await?.rows_affected)
}

pub(super) async fn move_scores(tx: &DatabaseTransaction, to: i64, scores: &[i64]) -> Result<()> {
    let set = score::Entity::update_many().col_expr(score::Column::HypothesisId, Expr::val(to));
    set.filter(score::Column::Id.is_in(scores.iter().copied())).exec(tx).await?;
    Ok(())
}

pub(super) async fn move_comments(tx: &DatabaseTransaction, to: &str, comments: &[i64]) -> Result<()> {
    let set = comment::Entity::update_many().col_expr(comment::Column::Number, Expr::val(to));
    set.filter(comment::Column::Id.is_in(comments.iter().copied())).exec(tx).await?;
    Ok(())
}

pub(super) async fn move_attachments(tx: &DatabaseTransaction, to: &str, attachments: &[i64]) -> Result<()> {
    let set = attachment::Entity::update_many().col_expr(attachment::Column::Number, Expr::val(to));
    set.filter(attachment::Column::Id.is_in(attachments.iter().copied())).exec(tx).await?;
    Ok(())
}

pub(super) async fn move_children(tx: &DatabaseTransaction, to: &str, children: &[i64]) -> Result<()> {
    let set = hypothesis::Entity::update_many().col_expr(hypothesis::Column::Parent, Expr::val(to));
    set.filter(hypothesis::Column::Id.is_in(children.iter().copied())).exec(tx).await?;
    Ok(())
}
