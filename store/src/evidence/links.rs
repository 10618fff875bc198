//! Links between evidence and hypotheses. A link belongs to neither's text, so it changes neither's version.

use super::renewal::Renewed;
use super::rows::{evidence, evidence_link, to_link};
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::hypothesis;
use crate::json;
use crate::time::to_micros;
use domain::activity::Subject;
use domain::errors::FieldErrors;
use domain::evidence::{Link, LinkDraft};
use domain::hypotheses::{EvidenceSummary, Hypothesis, HypothesisDraft};
use domain::search::Level;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;

/// What an event of a link keeps: the link and what all evidence came to.
#[derive(Serialize)]
struct Recorded<'a> {
    hypothesis: &'a str,
    evidence: &'a str,
    link: Option<&'a Link>,
    confidence: f64,
}

impl Scope<Contribute> {
    /// Links a piece of evidence to a hypothesis, or changes the link that there is; the same again changes nothing.
    pub async fn link_evidence(&self, hypothesis: &str, evidence: &str, draft: &LinkDraft) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        self.put_link(&tx, hypothesis, evidence, draft).await?;
        tx.commit().await?;
        self.hypothesis(hypothesis).await
    }

    /// Keeps a new hypothesis and links what it rests on, all or nothing.
    pub async fn create_hypothesis_on(&self, draft: &HypothesisDraft, links: &[(String, LinkDraft)]) -> Result<Hypothesis> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let number = format!("H-{}", self.insert_hypothesis(&tx, draft, &people).await?);
        for (evidence, link) in links {
            self.put_link(&tx, &number, evidence, link).await.map_err(|error| match error {
                StoreError::NotFound => FieldErrors::one("evidence", format!("There is no evidence {evidence}.")).into(),
                other => other,
            })?;
        }
        tx.commit().await?;
        self.hypothesis(&number).await
    }

    /// The same unless something very close is there and the draft does not say what differs: then it asks. What grew
    /// out of the close one says so.
    pub async fn create_unlike(&self, draft: &HypothesisDraft, links: &[(String, LinkDraft)]) -> Result<Hypothesis> {
        let said = draft.differs_because.as_deref().is_some_and(|text| !text.trim().is_empty());
        if !said {
            let close = self.similar(draft, draft.parent.as_deref().map(str::trim)).await?;
            if let Some(close) = close.into_iter().find(|one| one.level == Level::VeryClose) {
                let (number, title) = (&close.number, close.plain_title());
                let asked = format!(
                    "{number} is very close: “{title}”. What is different this time? Say it here, join {number}, or save it all the same."
                );
                return Err(StoreError::field("differs_because", asked));
            }
        }
        self.create_hypothesis_on(draft, links).await
    }

    /// Links evidence to a hypothesis that is there, all or none; what is linked already stays as it is.
    pub async fn join_hypothesis(&self, number: &str, links: &[(String, LinkDraft)]) -> Result<Hypothesis> {
        let held = self.evidence_of(number).await?;
        let tx = self.begin().await?;
        for (evidence, link) in links.iter().filter(|(evidence, _)| !held.iter().any(|one| one.evidence.number == *evidence)) {
            self.put_link(&tx, number, evidence, link).await?;
        }
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Takes a link away; where there is none, nothing changes.
    pub async fn unlink_evidence(&self, hypothesis: &str, evidence: &str) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        self.remove_link(&tx, hypothesis, evidence).await?;
        tx.commit().await?;
        self.hypothesis(hypothesis).await
    }

    /// Links within a transaction that may hold more.
    pub(crate) async fn put_link(&self, tx: &DatabaseTransaction, hypothesis: &str, evidence: &str, draft: &LinkDraft) -> Result<()> {
        let held = self.hypothesis_row(tx, hypothesis).await?;
        let item = self.evidence_row(tx, evidence).await?;
        let link = draft.check()?;
        if item.archived {
            return Err(StoreError::conflict(format!("{evidence} is archived. Restore it before it is linked.")));
        }
        let present = evidence_link::Entity::find_by_id((held.id, item.id)).one(tx).await?;
        let before = present.as_ref().map(to_link).transpose()?;
        if before.as_ref() == Some(&link) {
            return Ok(());
        }
        let row = evidence_link::ActiveModel {
            hypothesis_id: Set(held.id),
            evidence_id: Set(item.id),
            workspace_id: Set(self.workspace_id),
            direction: Set(link.direction.slug().to_owned()),
            note: Set(link.note.clone()),
            same_area: Set(link.same_area),
            at: Set(present.as_ref().map_or_else(|| to_micros(self.now()), |row| row.at)),
        };
        if present.is_some() {
            evidence_link::Entity::update(row).exec(tx).await?;
        } else {
            evidence_link::Entity::insert(row).exec_without_returning(tx).await?;
        }
        Box::pin(self.after_link(tx, held, item, [before.as_ref(), Some(&link)])).await
    }

    /// Unlinks within a transaction that may hold more.
    pub(crate) async fn remove_link(&self, tx: &DatabaseTransaction, hypothesis: &str, evidence: &str) -> Result<()> {
        let held = self.hypothesis_row(tx, hypothesis).await?;
        let item = self.evidence_row(tx, evidence).await?;
        let Some(present) = evidence_link::Entity::find_by_id((held.id, item.id)).one(tx).await? else {
            return Ok(());
        };
        let before = to_link(&present)?;
        evidence_link::Entity::delete_by_id((held.id, item.id)).exec(tx).await?;
        Box::pin(self.after_link(tx, held, item, [Some(&before), None])).await
    }

    /// Counts the uses, renews the hypothesis, and records the change of the link with both.
    async fn after_link(
        &self,
        tx: &DatabaseTransaction,
        held: hypothesis::Model,
        item: evidence::Model,
        [before, after]: [Option<&Link>; 2],
    ) -> Result<()> {
        if before.is_some() != after.is_some() {
            let uses = evidence_link::Entity::find().filter(evidence_link::Column::EvidenceId.eq(item.id)).count(tx).await?;
            let uses = i64::try_from(uses).unwrap_or(i64::MAX);
            let changed = evidence::ActiveModel { id: Set(item.id), uses: Set(uses), ..evidence::ActiveModel::default() };
            evidence::Entity::update(changed).exec(tx).await?;
        }
        let earlier: EvidenceSummary = json::from_text(&held.evidence)?;
        let renewed = self.renew_one(tx, held).await?;
        self.record_link(tx, &renewed, &item, &earlier, [before, after]).await?;
        self.follow_support(tx, renewed).await
    }

    async fn record_link(
        &self,
        tx: &DatabaseTransaction,
        renewed: &Renewed,
        item: &evidence::Model,
        earlier: &EvidenceSummary,
        [before, after]: [Option<&Link>; 2],
    ) -> Result<()> {
        let (hypothesis, evidence) = (format!("H-{}", renewed.row.number), format!("E-{}", item.number));
        let recorded = |link, confidence| Recorded { hypothesis: &hypothesis, evidence: &evidence, link, confidence };
        let (was, is) = (recorded(before, earlier.confidence), recorded(after, renewed.summary.confidence));
        let (action, verb) = match (before, after) {
            (_, None) => ("unlinked", "is no longer linked to"),
            (None, Some(link)) => ("linked", link.direction.slug()),
            (Some(_), Some(link)) => ("relinked", link.direction.slug()),
        };
        let note = after.and_then(|link| link.note.clone());
        let told = format!("{evidence} {verb} it: {}", item.title);
        let event = NewEvent::new(Subject::Hypothesis, &hypothesis, action, told).because(note.clone());
        self.record(tx, event.changes(Some(&was), Some(&is))?).await?;
        let told = format!("It {verb} {hypothesis}: {}", renewed.row.title);
        let event = NewEvent::new(Subject::Evidence, &evidence, action, told).because(note);
        self.record(tx, event.changes(Some(&was), Some(&is))?).await?;
        Ok(())
    }
}
