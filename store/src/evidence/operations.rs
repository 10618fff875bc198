//! Writing evidence. Whatever changes what it weighs renews the hypotheses that it is linked to.

use super::renewal::Cause;
use super::rows::{evidence, evidence_area, evidence_audience, evidence_tag, said, to_kind};
use crate::access::{Contribute, Right, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::parse_number;
use crate::search::Document;
use crate::sites::today_at;
use crate::time::{from_micros, to_micros};
use domain::activity::Subject;
use domain::evidence::{Content, Evidence, EvidenceDraft, Kind, LinkDraft, Source};
use domain::search::Kind as Found;
use domain::sites::Catalogue;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// The counter of pieces of evidence of a kind that are not archived.
pub(super) fn kind_counter(kind: Kind) -> String {
    format!("evidence:{}", kind.slug())
}

impl Scope<Contribute> {
    /// Keeps a new piece of evidence.
    pub async fn create_evidence(&self, draft: &EvidenceDraft) -> Result<Evidence> {
        let tx = self.begin().await?;
        let number = self.insert_evidence(&tx, draft).await?;
        tx.commit().await?;
        self.evidence(&format!("E-{number}")).await
    }

    /// Keeps a new piece of evidence and links it to a hypothesis, both or neither.
    pub async fn create_evidence_for(&self, hypothesis: &str, draft: &EvidenceDraft, link: &LinkDraft) -> Result<Evidence> {
        let tx = self.begin().await?;
        let number = format!("E-{}", self.insert_evidence(&tx, draft).await?);
        self.put_link(&tx, hypothesis, &number, link).await?;
        tx.commit().await?;
        self.evidence(&number).await
    }

    /// Checks and inserts within a transaction that may hold more; answers the number.
    pub(crate) async fn insert_evidence(&self, tx: &DatabaseTransaction, draft: &EvidenceDraft) -> Result<i64> {
        let catalogue = self.catalogue_from(tx).await?;
        self.insert_known_evidence(tx, draft, &catalogue).await.map(|(_, number)| number)
    }

    /// The same with a catalogue that was read already; answers id and number.
    pub(crate) async fn insert_known_evidence(
        &self,
        tx: &DatabaseTransaction,
        draft: &EvidenceDraft,
        catalogue: &Catalogue,
    ) -> Result<(i64, i64)> {
        let content = draft.check(catalogue, today_at(catalogue, draft.site.as_deref(), self.now()))?;
        let number = counters::add(tx, self.workspace_id, "evidence", 1).await?;
        let now = self.now();
        let mut row = said(&content, now.date_naive())?;
        row.workspace_id = Set(self.workspace_id);
        row.number = Set(number);
        row.seniority = Set(-number);
        row.author_id = Set(self.person_id);
        row.archived = Set(false);
        row.version = Set(1);
        row.created_at = Set(to_micros(now));
        row.updated_at = Set(to_micros(now));
        row.uses = Set(0);
        self.set_halving(tx, &mut row, &content).await?;
        let id = evidence::Entity::insert(row).exec(tx).await?.last_insert_id;
        self.put_evidence_lists(tx, id, &content).await?;
        counters::add(tx, self.workspace_id, &kind_counter(content.kind), 1).await?;
        self.index(tx, &document(number, &content)).await?;
        let name = format!("E-{number}");
        let event = NewEvent::new(Subject::Evidence, &name, "created", content.title.clone()).changes(None::<&()>, Some(draft))?;
        self.record(tx, event).await?;
        Ok((id, number))
    }

    /// Replaces what a piece of evidence says; `version` is the one that was read.
    pub async fn edit_evidence(&self, number: &str, draft: &EvidenceDraft, version: Option<i64>) -> Result<Evidence> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let row = self.evidence_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let content = self.check_evidence(&tx, draft).await?;
        let before = EvidenceDraft::of(&self.to_evidence(&tx, row.clone(), &people).await?);
        let mut changed = said(&content, from_micros(row.created_at).date_naive())?;
        self.set_halving(&tx, &mut changed, &content).await?;
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        evidence::Entity::update(changed).exec(&tx).await?;
        self.put_evidence_lists(&tx, row.id, &content).await?;
        self.index(&tx, &document(row.number, &content)).await?;
        if !row.archived {
            self.count_evidence(&tx, to_kind(&row.kind)?, -1).await?;
            self.count_evidence(&tx, content.kind, 1).await?;
        }
        let event = NewEvent::new(Subject::Evidence, number, "edited", content.title.clone()).changes(Some(&before), Some(draft))?;
        self.record(&tx, event).await?;
        Box::pin(self.renew_users(&tx, row.id, &Cause::Evidence { number, action: "edited" })).await?;
        tx.commit().await?;
        self.evidence(number).await
    }

    /// Takes a piece of evidence out of the lists; it keeps its links and no longer counts.
    pub async fn archive_evidence(&self, number: &str) -> Result<Evidence> {
        self.set_evidence_archived(number, true).await
    }

    /// Brings an archived piece of evidence back; it counts again where it is linked.
    pub async fn restore_evidence(&self, number: &str) -> Result<Evidence> {
        self.set_evidence_archived(number, false).await
    }

    async fn set_evidence_archived(&self, number: &str, archived: bool) -> Result<Evidence> {
        let tx = self.begin().await?;
        let row = self.evidence_row(&tx, number).await?;
        self.put_evidence_archived(&tx, row, archived).await?;
        tx.commit().await?;
        self.evidence(number).await
    }

    /// Archives or restores within a transaction that may hold more.
    pub(crate) async fn put_evidence_archived(&self, tx: &DatabaseTransaction, row: evidence::Model, archived: bool) -> Result<()> {
        if row.archived != archived {
            let number = format!("E-{}", row.number);
            let changed = evidence::ActiveModel {
                id: Set(row.id),
                archived: Set(archived),
                version: Set(row.version + 1),
                updated_at: Set(to_micros(self.now())),
                ..evidence::ActiveModel::default()
            };
            evidence::Entity::update(changed).exec(tx).await?;
            self.count_evidence(tx, to_kind(&row.kind)?, if archived { -1 } else { 1 }).await?;
            self.index_archived(tx, Found::Evidence, row.number, archived).await?;
            let action = if archived { "archived" } else { "restored" };
            let event = NewEvent::new(Subject::Evidence, &number, action, row.title).changes(Some(&row.archived), Some(&archived))?;
            self.record(tx, event).await?;
            Box::pin(self.renew_users(tx, row.id, &Cause::Evidence { number: &number, action })).await?;
        }
        Ok(())
    }

    async fn count_evidence(&self, tx: &DatabaseTransaction, kind: Kind, by: i64) -> Result<()> {
        counters::add(tx, self.workspace_id, &kind_counter(kind), by).await.map(|_| ())
    }

    async fn check_evidence(&self, tx: &DatabaseTransaction, draft: &EvidenceDraft) -> Result<Content> {
        let catalogue = self.catalogue_from(tx).await?;
        Ok(draft.check(&catalogue, today_at(&catalogue, draft.site.as_deref(), self.now()))?)
    }

    async fn put_evidence_lists(&self, tx: &DatabaseTransaction, id: i64, content: &Content) -> Result<()> {
        macro_rules! replace {
            ($table:ident, $column:ident, $values:expr) => {
                $table::Entity::delete_many().filter($table::Column::EvidenceId.eq(id)).exec(tx).await?;
                let rows = $values.iter().map(|value| $table::ActiveModel {
                    evidence_id: Set(id),
                    $column: Set(value.clone()),
                    workspace_id: Set(self.workspace_id),
                });
                if !$values.is_empty() {
                    $table::Entity::insert_many(rows).exec_without_returning(tx).await?;
                }
            };
        }
        replace!(evidence_area, area, content.areas);
        replace!(evidence_audience, audience, content.audiences);
        replace!(evidence_tag, tag, content.tags);
        Ok(())
    }
}

impl<R: Right> Scope<R> {
    /// The row of a number in this workspace, archived ones included.
    pub(crate) async fn evidence_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<evidence::Model> {
        let number = parse_number("E", number)?;
        let here = evidence::Entity::find().filter(evidence::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(evidence::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }
}

fn document(number: i64, content: &Content) -> Document {
    document_of(number, &content.title, content.finding.as_deref(), content.source.as_ref(), &content.tags)
}

/// What search knows of a piece of evidence.
pub(super) fn document_of(number: i64, title: &str, finding: Option<&str>, source: Option<&Source>, tags: &[String]) -> Document {
    let source = source.and_then(|source| source.name.as_deref());
    let said = finding.into_iter().chain(source).chain(tags.iter().map(String::as_str));
    Document::plain(Found::Evidence, number, title.to_owned(), said.collect::<Vec<_>>().join("\n"))
}
