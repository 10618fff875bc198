//! What the evidence pages read, and the forms that they send.

use crate::accounts::Filled;
use crate::activity::{History, Newer};
use crate::attachments::Attachments;
use crate::error::AppError;
use crate::views::Strip;
use domain::errors::FieldErrors;
use domain::evidence::{
    Confidence, Evidence, EvidenceForm, EvidenceQuery, Inventory, Kind, LinkDraft, LinkedEvidence, LinkedHypothesis, StillTrue, Weights,
};
use domain::page::Page;
use domain::sites::Catalogue;
use domain::transfer::PastImport;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A link as a browser posts it, with the number of either side.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    pub hypothesis: String,
    pub evidence: String,
    pub direction: String,
    pub note: String,
    /// Anything but nothing means yes.
    pub same_area: String,
}

impl LinkForm {
    pub fn draft(&self) -> LinkDraft {
        let note = (!self.note.trim().is_empty()).then(|| self.note.clone());
        LinkDraft { direction: self.direction.clone(), note, same_area: Some(!self.same_area.is_empty()) }
    }
}

/// New or edited evidence as a browser posts it; a link to a hypothesis may come with a new one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceSent {
    pub form: EvidenceForm,
    pub link: LinkForm,
    pub version: Option<i64>,
    /// `another` asks for an empty form afterwards.
    pub then: String,
}

/// Evidence picked while a hypothesis is written, with the way in which each speaks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picks {
    pub evidence: Vec<String>,
    pub directions: BTreeMap<String, String>,
}

impl Picks {
    /// The links to make; what has no direction supports.
    pub fn links(&self) -> Vec<(String, LinkDraft)> {
        let direction = |number: &String| self.directions.get(number).cloned().unwrap_or_else(|| "supports".to_owned());
        let link = |number: &String| (number.clone(), LinkDraft { direction: direction(number), ..LinkDraft::default() });
        self.evidence.iter().filter(|number| !number.is_empty()).map(link).collect()
    }
}

/// A number as people type it: "e 12", "E-12", or "12".
pub fn typed_number(prefix: char, raw: &str) -> String {
    let digits = raw.trim().trim_start_matches(|sign: char| sign.eq_ignore_ascii_case(&prefix)).trim_start_matches([' ', '-']);
    format!("{prefix}-{digits}")
}

/// The list page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceList {
    pub query: EvidenceQuery,
    pub page: Page<Evidence>,
    pub counts: BTreeMap<Kind, u64>,
    /// The first few hypotheses that each item bears on.
    pub users: BTreeMap<String, Vec<String>>,
    /// How many pages the signal inventory has.
    pub signals: u64,
    pub catalogue: Catalogue,
    /// The import that the reader comes from.
    pub imported: Option<PastImport>,
    pub strip: Strip,
}

/// So many hypotheses are named beside an item of the list.
pub const USERS_SHOWN: u32 = 3;

#[server]
pub async fn read_evidence_list(workspace: String, pairs: Vec<(String, String)>) -> Result<EvidenceList, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let known = pairs.iter().filter(|(name, _)| !crate::views::is_of_the_page(name));
    let query =
        EvidenceQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|errors| refused(errors.into()))?;
    let imported = crate::transfer::import_behind(&workspace, &pairs).await?;
    Ok(EvidenceList { imported, ..evidence_list(&scope, query, &pairs).await? })
}

/// Reads a list with what stands around it; `pairs` are those of the address.
#[cfg(feature = "ssr")]
pub async fn evidence_list<R: store::Right>(
    scope: &store::Scope<R>,
    query: EvidenceQuery,
    pairs: &[(String, String)],
) -> Result<EvidenceList, AppError> {
    use crate::request::refused;
    use domain::views::List;
    let page = scope.evidence_list(&query).await.map_err(refused)?;
    let strip = crate::views::read_strip(scope, List::Evidence, &query.pairs(), pairs).await?;
    let numbers: Vec<String> = page.items.iter().filter(|item| item.uses > 0).map(|item| item.number.clone()).collect();
    let users = scope.users_of(&numbers, u64::from(USERS_SHOWN)).await.map_err(refused)?;
    let counts = scope.evidence_counts().await.map_err(refused)?;
    let signals = scope.signal_pages().await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    Ok(EvidenceList { query, page, counts, users, signals, catalogue, imported: None, strip })
}

/// The inventory page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceInventory {
    pub inventory: Inventory,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_evidence_inventory(workspace: String) -> Result<EvidenceInventory, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let inventory = scope.evidence_inventory().await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    Ok(EvidenceInventory { inventory, catalogue })
}

/// The page of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub evidence: Evidence,
    pub hypotheses: Vec<LinkedHypothesis>,
    pub attachments: Attachments,
    pub history: History,
    pub catalogue: Catalogue,
    pub weights: Weights,
    /// A refused link.
    pub refused_link: Filled<LinkForm>,
    /// A refused note that it is still true.
    pub refused_note: Filled<StillTrue>,
}

#[server]
pub async fn read_evidence_item(
    workspace: String,
    number: String,
    form: Option<String>,
    draft: Option<String>,
    still: Option<String>,
) -> Result<Item, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let evidence = scope.evidence(&number).await.map_err(refused)?;
    let hypotheses = scope.hypotheses_of(&number).await.map_err(refused)?;
    let about = (domain::activity::Subject::Evidence, number.as_str());
    let history = crate::activity::read_history(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    let attachments = crate::attachments::read_attachments(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let weights = scope.workspace().settings.evidence;
    let kept = if form.is_none() { kept_draft(draft.as_deref()).await? } else { None };
    let refused_link = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    let note = kept_draft(still.as_deref()).await?;
    let refused_note = note.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    Ok(Item { evidence, hypotheses, attachments, history, catalogue, weights, refused_link, refused_note })
}

/// The form, new or for an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceEditor {
    pub sent: EvidenceSent,
    pub errors: FieldErrors,
    /// The number that is edited; none for a new one.
    pub editing: Option<String>,
    /// What somebody else saved while this form was open.
    pub newer: Option<Newer<EvidenceForm>>,
    /// The title of the hypothesis that a new one will be linked to.
    pub hypothesis: Option<String>,
    /// Of what is edited.
    pub attachments: Attachments,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_new_evidence(workspace: String, hypothesis: Option<String>, draft: Option<String>) -> Result<EvidenceEditor, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let kept = kept_draft::<EvidenceSent>(draft.as_deref()).await?;
    let (mut sent, errors) = kept.map(|kept| (kept.form, kept.errors)).unwrap_or_default();
    let fresh = sent == EvidenceSent::default();
    let mut title = None;
    if let Some(number) = hypothesis {
        let held = scope.hypothesis(&number).await.map_err(refused)?;
        if fresh {
            sent.form.site = held.site.unwrap_or_default();
            sent.form.areas = held.area.into_iter().collect();
        }
        sent.link.hypothesis = held.number;
        title = Some(held.title);
    }
    let catalogue = scope.catalogue().await.map_err(refused)?;
    Ok(EvidenceEditor { sent, errors, editing: None, newer: None, hypothesis: title, attachments: Attachments::default(), catalogue })
}

#[server]
pub async fn read_evidence_edit(workspace: String, number: String, draft: Option<String>) -> Result<EvidenceEditor, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let evidence = scope.evidence(&number).await.map_err(refused)?;
    let kept = kept_draft::<EvidenceSent>(draft.as_deref()).await?;
    let present = EvidenceForm::of(&domain::evidence::EvidenceDraft::of(&evidence));
    let began = kept.as_ref().and_then(|kept| kept.form.version);
    let record = (domain::activity::Subject::Evidence, number.as_str());
    let newer = crate::activity::newer(&scope, record, began, (evidence.version, present.clone())).await?;
    let fresh = EvidenceSent { form: present, ..EvidenceSent::default() };
    let (mut sent, errors) = kept.map_or_else(|| (fresh, FieldErrors::default()), |kept| (kept.form, kept.errors));
    sent.version = Some(evidence.version);
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let attachments = crate::attachments::read_attachments(&scope, record, (None, None)).await?;
    Ok(EvidenceEditor { sent, errors, editing: Some(evidence.number), newer, hypothesis: None, attachments, catalogue })
}

/// What the page of a hypothesis shows of its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Support {
    pub linked: Vec<LinkedEvidence>,
    pub confidence: Confidence,
    pub weights: Weights,
    /// The newest evidence, to choose from.
    pub recent: Vec<Evidence>,
    /// A refused link.
    pub refused: Filled<LinkForm>,
}

/// Reads what a hypothesis rests on, within the read of its page.
#[cfg(feature = "ssr")]
pub async fn read_support<R: store::Right>(scope: &store::Scope<R>, number: &str, refused: Filled<LinkForm>) -> Result<Support, AppError> {
    let failed = crate::request::refused;
    let linked = scope.evidence_of(number).await.map_err(failed)?;
    let confidence = scope.confidence_explained(number).await.map_err(failed)?;
    let recent = newest(scope, None, 50).await?;
    Ok(Support { linked, confidence, weights: scope.workspace().settings.evidence, recent, refused })
}

/// The evidence logged last, at one site or at all.
#[cfg(feature = "ssr")]
pub async fn newest<R: store::Right>(scope: &store::Scope<R>, site: Option<&str>, count: u64) -> Result<Vec<Evidence>, AppError> {
    use domain::evidence::SortKey;
    use domain::page::Sort;
    let sort = Sort { key: SortKey::CreatedAt, descending: true };
    let site = site.filter(|site| !site.is_empty()).map(str::to_owned).into_iter().collect();
    let query = EvidenceQuery { sort, site, limit: Some(count), ..EvidenceQuery::default() };
    Ok(scope.evidence_list(&query).await.map_err(crate::request::refused)?.items)
}
