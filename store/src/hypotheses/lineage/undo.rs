//! Taking a merge or a split back. What has moved on since stays where it is, and is named.

use super::merge::{move_attachments, move_children, move_comments, move_links, move_scores, move_tests};
use super::{Moved, Parted, UNDO_DAYS, kept, late, name_of, undone_already};
use crate::access::{Contribute, Scope};
use crate::activity::{NewEvent, event};
use crate::attachments::rows::attachment;
use crate::comments::rows::comment;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::{hypothesis, to_hypothesis};
use crate::json;
use crate::scoring::score;
use crate::time::from_micros;
use chrono::TimeDelta;
use domain::activity::{LeftAlone, Subject, Undone};
use domain::hypotheses::HypothesisDraft;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

impl Scope<Contribute> {
    /// Takes back what an event of the last days tells of: a merge or a split.
    pub async fn undo_event(&self, id: i64) -> Result<Undone> {
        let tx = self.begin().await?;
        let found = event::Entity::find_by_id(id).filter(event::Column::WorkspaceId.eq(self.workspace_id)).one(&tx).await?;
        let found = found.ok_or(StoreError::NotFound)?;
        let undo = match (Subject::from_slug(&found.subject), found.action.as_str()) {
            (Some(Subject::Hypothesis), "merged" | "split") => found.action.as_str(),
            _ => return Err(StoreError::conflict("Only merges and splits can be taken back from the history.")),
        };
        if self.now() - from_micros(found.at) > TimeDelta::days(UNDO_DAYS) {
            return Err(late());
        }
        let report = match undo {
            "merged" => Box::pin(self.unmerge(&tx, &kept(found.after.as_ref())?)).await?,
            _ => Box::pin(self.unsplit(&tx, &kept(found.after.as_ref())?)).await?,
        };
        tx.commit().await?;
        Ok(report)
    }

    async fn unmerge(&self, tx: &DatabaseTransaction, moved: &Moved) -> Result<Undone> {
        let (part, whole) = (self.hypothesis_row(tx, &moved.part).await?, self.hypothesis_row(tx, &moved.whole).await?);
        if part.merged_into.as_deref() != Some(moved.whole.as_str()) {
            return Err(undone_already());
        }
        let back = (whole.id, part.id);
        let links = move_links(tx, back, &moved.evidence).await?;
        let tests = move_tests(tx, back, &moved.tests).await?;
        move_scores(tx, part.id, &self.still_scored(tx, whole.id, &moved.scores).await?).await?;
        move_comments(tx, &moved.part, &self.still_said(tx, &moved.whole, &moved.comments).await?).await?;
        move_attachments(tx, &moved.part, &still_hanging(tx, &moved.whole, &moved.attachments).await?).await?;
        let children = still_grown(tx, &moved.whole, &moved.children).await?;
        move_children(tx, &moved.part, &children).await?;
        let mut tags: Vec<String> = json::from_text(&whole.tags)?;
        tags.retain(|tag| !moved.tags.contains(tag));
        self.put_tagged(tx, &whole, &tags).await?;
        let shown = hypothesis::ActiveModel { id: Set(part.id), merged_into: Set(None), ..hypothesis::ActiveModel::default() };
        let part = hypothesis::Entity::update(shown).exec(tx).await?;
        if part.archived {
            self.put_archived(tx, part.clone(), false).await?;
        }
        let told = format!("{} {} stands alone again", moved.part, part.title);
        self.record(tx, NewEvent::new(Subject::Hypothesis, &moved.whole, "undid the merge of", told)).await?;
        self.renew_merged(tx, [part.id, whole.id]).await?;
        let lost = |count: u64, wanted: &[i64], what: &str| {
            let missing = (wanted.len() as u64).saturating_sub(count);
            (missing > 0).then(|| LeftAlone {
                number: moved.whole.clone(),
                title: whole.title.clone(),
                why: format!("{missing} {what} changed since"),
            })
        };
        let left_alone = [
            lost(links, &moved.evidence, "links to evidence"),
            lost(tests, &moved.tests, "tests"),
            lost(children.len() as u64, &moved.children, "that grew out of it"),
        ];
        Ok(Undone { undone: vec![moved.part.clone()], left_alone: left_alone.into_iter().flatten().collect() })
    }

    /// The moved scores that are still the whole's.
    async fn still_scored(&self, tx: &DatabaseTransaction, whole: i64, scores: &[i64]) -> Result<Vec<i64>> {
        let still = score::Entity::find().select_only().column(score::Column::Id).filter(score::Column::HypothesisId.eq(whole));
        Ok(still.filter(score::Column::Id.is_in(scores.iter().copied())).into_tuple().all(tx).await?)
    }

    async fn still_said(&self, tx: &DatabaseTransaction, whole: &str, comments: &[i64]) -> Result<Vec<i64>> {
        let still = comment::Entity::find().select_only().column(comment::Column::Id).filter(comment::Column::Number.eq(whole));
        Ok(still.filter(comment::Column::Id.is_in(comments.iter().copied())).into_tuple().all(tx).await?)
    }

    async fn unsplit(&self, tx: &DatabaseTransaction, parted: &Parted) -> Result<Undone> {
        let (part, whole) = (self.hypothesis_row(tx, &parted.part).await?, self.hypothesis_row(tx, &parted.whole).await?);
        if part.archived {
            return Err(undone_already());
        }
        let mut report = Undone::default();
        let leave = |row: &hypothesis::Model, why: &str| LeftAlone { number: name_of(row), title: row.title.clone(), why: why.to_owned() };
        if part.version == 1 {
            self.put_archived(tx, part, true).await?;
            report.undone.push(parted.part.clone());
        } else {
            report.left_alone.push(leave(&part, "edited"));
        }
        if let Some(change) = &parted.change {
            if whole.version == parted.version {
                let people = self.people().await?;
                let mut draft = HypothesisDraft::of(&to_hypothesis(whole.clone(), &people)?);
                draft.statement.change.clone_from(change);
                self.edit_within(tx, whole, &draft, &people).await?;
                report.undone.push(parted.whole.clone());
            } else {
                report.left_alone.push(leave(&whole, "edited"));
            }
        }
        let told = format!("{} is put away", parted.part);
        self.record(tx, NewEvent::new(Subject::Hypothesis, &parted.whole, "undid the split of", told)).await?;
        Ok(report)
    }
}

async fn still_hanging(tx: &DatabaseTransaction, whole: &str, attachments: &[i64]) -> Result<Vec<i64>> {
    let still = attachment::Entity::find().select_only().column(attachment::Column::Id).filter(attachment::Column::Number.eq(whole));
    Ok(still.filter(attachment::Column::Id.is_in(attachments.iter().copied())).into_tuple().all(tx).await?)
}

async fn still_grown(tx: &DatabaseTransaction, whole: &str, children: &[i64]) -> Result<Vec<i64>> {
    let still = hypothesis::Entity::find().select_only().column(hypothesis::Column::Id).filter(hypothesis::Column::Parent.eq(whole));
    Ok(still.filter(hypothesis::Column::Id.is_in(children.iter().copied())).into_tuple().all(tx).await?)
}
