//! Splitting: a part becomes a hypothesis of its own that rests on the same evidence.

use super::Parted;
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::evidence::rows::{evidence_link, to_link};
use crate::hypotheses::rows::{hypothesis, to_hypothesis};
use domain::activity::Subject;
use domain::evidence::LinkDraft;
use domain::hypotheses::{Hypothesis, HypothesisDraft, SplitDraft};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

impl Scope<Contribute> {
    /// Splits a part off a hypothesis and answers the part. It takes over what the draft does not change, and every link
    /// to evidence; scores and comments stay with the whole, since they judged that.
    pub async fn split_hypothesis(&self, number: &str, draft: &SplitDraft) -> Result<Hypothesis> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let whole = self.hypothesis_row(&tx, number).await?;
        if whole.archived {
            return Err(StoreError::conflict(format!("{number} is archived. Restore it before it is split.")));
        }
        let said = HypothesisDraft::of(&to_hypothesis(whole.clone(), &people)?);
        let (part, rest) = draft.of(&said, number)?;
        let mut change = None;
        if let Some(rest) = rest {
            change = Some(said.statement.change.clone());
            self.edit_within(&tx, whole.clone(), &rest, &people).await?;
        }
        let part = format!("H-{}", self.insert_hypothesis(&tx, &part, &people).await?);
        self.mark_split(&tx, &part).await?;
        self.copy_links(&tx, whole.id, &part).await?;
        let version = self.hypothesis_row(&tx, number).await?.version;
        let parted = Parted { whole: number.to_owned(), part: part.clone(), change, version };
        let event = NewEvent::new(Subject::Hypothesis, number, "split", format!("{part} {}", draft.title.trim()));
        self.record(&tx, event.changes(None::<&()>, Some(&parted))?).await?;
        tx.commit().await?;
        self.hypothesis(&part).await
    }

    async fn mark_split(&self, tx: &DatabaseTransaction, part: &str) -> Result<()> {
        let row = self.hypothesis_row(tx, part).await?;
        let changed = hypothesis::ActiveModel { id: Set(row.id), split_off: Set(true), ..hypothesis::ActiveModel::default() };
        hypothesis::Entity::update(changed).exec(tx).await?;
        Ok(())
    }

    /// Links the same evidence; archived items stay with the whole.
    async fn copy_links(&self, tx: &DatabaseTransaction, whole: i64, part: &str) -> Result<()> {
        let links = evidence_link::Entity::find().filter(evidence_link::Column::HypothesisId.eq(whole));
        for row in links.order_by_asc(evidence_link::Column::EvidenceId).all(tx).await? {
            let item = crate::evidence::rows::evidence::Entity::find_by_id(row.evidence_id).one(tx).await?.ok_or(StoreError::NotFound)?;
            if item.archived {
                continue;
            }
            let link = to_link(&row)?;
            let direction = link.direction.slug().to_owned();
            let draft = LinkDraft { direction, note: link.note, same_area: Some(link.same_area) };
            self.put_link(tx, part, &format!("E-{}", item.number), &draft).await?;
        }
        Ok(())
    }
}
