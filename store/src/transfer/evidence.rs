//! Importing evidence with its links to hypotheses: all rows or none, behind one event.

use super::import::{BATCH, Made};
use super::queries::elsewhere;
use super::rows::import_evidence;
use super::uploads::shown_name;
use crate::access::{Contribute, Import, Scope};
use crate::errors::{Result, StoreError};
use crate::evidence::rows::{evidence, to_kind};
use crate::hypotheses::rows::{hypothesis, parse_number};
use crate::sites::today_at;
use crate::time::from_day;
use domain::errors::FieldErrors;
use domain::evidence::{Direction, LinkDraft};
use domain::sites::Catalogue;
use domain::transfer::{EvidenceRow, ImportedEvidence, Mapping, Present, Preview, preview_evidence};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A stored piece of evidence as it is told apart: number, title, kind, first and last day.
type Told = (i64, String, String, Option<i64>, Option<i64>);

impl Scope<Import> {
    /// What an import of this evidence would do here. What is here already is left out; hypotheses that are not here are
    /// errors.
    pub async fn preview_evidence(&self, bytes: Vec<u8>, mapping: Option<Mapping>) -> Result<Preview<EvidenceRow>> {
        let catalogue = self.import_catalogue().await?;
        let now = self.now();
        let read = move || preview_evidence(&bytes, mapping.as_ref(), &catalogue, &|site| today_at(&catalogue, site, now));
        let mut found = elsewhere(read).await?;
        found.leave_out_present(&self.evidence_present().await?);
        let named: BTreeSet<String> = found.rows.iter().flat_map(|row| row.supports.iter().chain(&row.contradicts)).cloned().collect();
        let known = self.hypotheses_among(&named).await?;
        found.check_links(|number| known.contains(number));
        Ok(found)
    }

    /// Writes all evidence of a preview with its links in one transaction, or nothing. Refused while the preview has
    /// errors.
    pub async fn import_evidence(&self, file_name: &str, preview: &Preview<EvidenceRow>) -> Result<ImportedEvidence> {
        preview.accept()?;
        let tx = self.begin().await?;
        let new_site = self.add_first_site(&tx).await?;
        let (contribute, catalogue) = (self.with_right::<Contribute>()?, self.catalogue_from(&tx).await?);
        let (mut made, mut refused) = (Vec::with_capacity(preview.rows.len()), FieldErrors::default());
        for row in &preview.rows {
            match contribute.put_row(&tx, row, &catalogue).await {
                Ok((id, number)) => made.push((row.line, id, number)),
                Err(StoreError::Invalid(errors)) => {
                    errors.0.iter().for_each(|error| refused.add("file", format!("Line {}: {}", row.line, error.message)));
                }
                Err(other) => return Err(other),
            }
        }
        refused.into_result(())?;
        let count = i64::try_from(made.len()).unwrap_or(i64::MAX);
        let file_name = shown_name(file_name);
        let summary = format!("{count} {} of evidence from {file_name}", if count == 1 { "piece" } else { "pieces" });
        let entry = Made { format: "evidence", file_name: &file_name, summary, evidence: count, ..Made::default() };
        let (number, import_id) = self.keep_import(&tx, entry, &preview.mapping, Some(&preview.mapping)).await?;
        keep_evidence_rows(&tx, import_id, &made).await?;
        tx.commit().await?;
        Ok(ImportedEvidence {
            number,
            evidence: made.iter().map(|(_, _, number)| format!("E-{number}")).collect(),
            links: preview.rows.iter().map(|row| (row.supports.len() + row.contradicts.len()) as u64).sum(),
            new_site,
        })
    }

    /// All evidence that is not archived, by its title in lower case.
    async fn evidence_present(&self) -> Result<HashMap<String, Vec<Present>>> {
        use evidence::Column::{Archived, Kind, Number, ObservedFrom, ObservedTo, Title, WorkspaceId};
        let here = evidence::Entity::find().select_only().columns([Number, Title, Kind, ObservedFrom, ObservedTo]);
        let here = here.filter(WorkspaceId.eq(self.workspace_id)).filter(Archived.eq(false));
        let rows: Vec<Told> = here.into_tuple().all(&self.store.read).await?;
        let mut present: HashMap<String, Vec<Present>> = HashMap::new();
        for (number, title, kind, from, to) in rows {
            let (observed_from, observed_to) = (from.map(from_day), to.map(from_day));
            let one = Present { number: format!("E-{number}"), kind: to_kind(&kind)?, observed_from, observed_to };
            present.entry(title.to_lowercase()).or_default().push(one);
        }
        Ok(present)
    }

    /// Which of these numbers belong to a hypothesis here that is not archived.
    async fn hypotheses_among(&self, named: &BTreeSet<String>) -> Result<HashSet<String>> {
        let numbers: Vec<i64> = named.iter().filter_map(|number| parse_number("H", number).ok()).collect();
        let mut known = HashSet::new();
        for batch in numbers.chunks(BATCH) {
            let here = hypothesis::Entity::find().select_only().column(hypothesis::Column::Number);
            let here = here.filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id)).filter(hypothesis::Column::Archived.eq(false));
            let found: Vec<i64> =
                here.filter(hypothesis::Column::Number.is_in(batch.iter().copied())).into_tuple().all(&self.store.read).await?;
            known.extend(found.into_iter().map(|number| format!("H-{number}")));
        }
        Ok(known)
    }
}

impl Scope<Contribute> {
    /// One row with its links; answers id and number.
    async fn put_row(&self, tx: &DatabaseTransaction, row: &EvidenceRow, catalogue: &Catalogue) -> Result<(i64, i64)> {
        let (id, number) = self.insert_known_evidence(tx, &row.draft, catalogue).await?;
        let name = format!("E-{number}");
        for (direction, hypotheses) in [(Direction::Supports, &row.supports), (Direction::Contradicts, &row.contradicts)] {
            for hypothesis in hypotheses {
                let linked = self.put_link(tx, hypothesis, &name, &LinkDraft::new(direction)).await;
                linked.map_err(|error| match error {
                    StoreError::NotFound => StoreError::field("file", format!("There is no hypothesis {hypothesis} here any more.")),
                    other => other,
                })?;
            }
        }
        Ok((id, number))
    }
}

/// Keeps which pieces of evidence came of which line. Each is as new as can be: links change no version.
async fn keep_evidence_rows(tx: &DatabaseTransaction, import_id: i64, made: &[(usize, i64, i64)]) -> Result<()> {
    for batch in made.chunks(BATCH) {
        let rows = batch.iter().map(|(line, id, _)| import_evidence::ActiveModel {
            import_id: Set(import_id),
            evidence_id: Set(*id),
            line: Set(i64::try_from(*line).unwrap_or(i64::MAX)),
            version: Set(1),
        });
        import_evidence::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
