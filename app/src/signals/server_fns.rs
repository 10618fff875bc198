//! What the pages of the inventory read, and the forms that they send.

use crate::activity::Newer;
use crate::error::AppError;
use crate::evidence::EvidenceList;
use chrono::NaiveDate;
use domain::activity::Event;
use domain::errors::FieldErrors;
use domain::page::Page;
use domain::signals::{Signal, SignalForm, SignalQuery};
use domain::sites::Catalogue;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A new or edited row as a browser posts it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalSent {
    pub form: SignalForm,
    pub version: Option<i64>,
    /// `another` asks for an empty form afterwards.
    pub then: String,
}

/// The page of the inventory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalList {
    pub query: SignalQuery,
    pub page: Page<Signal>,
    /// The last days of the newest periods.
    pub periods: Vec<NaiveDate>,
    /// The first few hypotheses that rest on each row's evidence.
    pub users: BTreeMap<String, Vec<String>>,
    /// The newest evidence that is no signal, and what the views count.
    pub evidence: EvidenceList,
    /// How many rows were just added.
    pub added: Option<u64>,
}

/// So many pieces of evidence stand below the inventory.
#[cfg(feature = "ssr")]
const LATEST: u64 = 6;

#[server]
pub async fn read_signals(workspace: String, pairs: Vec<(String, String)>) -> Result<SignalList, AppError> {
    use crate::request::{refused, scope};
    use domain::evidence::{EvidenceQuery, Kind, SortKey};
    use domain::page::Sort;
    let scope = scope::<store::Read>(&workspace).await?;
    let added = pairs.iter().find(|(name, _)| name == "added").and_then(|(_, count)| count.parse().ok());
    let asked = pairs.iter().filter(|(name, _)| name != "added").map(|(name, value)| (name.as_str(), value.as_str()));
    let query = SignalQuery::from_pairs(asked).map_err(|errors| refused(errors.into()))?;
    let page = scope.signal_list(&query).await.map_err(refused)?;
    let made: Vec<String> = page.items.iter().filter_map(|row| row.evidence.clone()).collect();
    let users = scope.users_of(&made, u64::from(crate::evidence::USERS_SHOWN)).await.map_err(refused)?;
    let periods = scope.signal_periods().await.map_err(refused)?;
    let sort = Sort { key: SortKey::CreatedAt, descending: true };
    let kind = Kind::ALL.into_iter().filter(|kind| *kind != Kind::BehaviouralSignal).collect();
    let latest = EvidenceQuery { kind, sort, limit: Some(LATEST), ..EvidenceQuery::default() };
    let mut evidence = crate::evidence::evidence_list(&scope, latest, &[]).await?;
    evidence.page.next = None;
    Ok(SignalList { query, page, periods, users, evidence, added })
}

/// The form of a row, new or for an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalEditor {
    pub sent: SignalSent,
    pub errors: FieldErrors,
    /// The row that is edited; none for a new one.
    pub editing: Option<Signal>,
    /// What somebody else saved while this form was open.
    pub newer: Option<Newer<SignalForm>>,
    pub events: Vec<Event>,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_signal_editor(workspace: String, number: Option<String>, draft: Option<String>) -> Result<SignalEditor, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    use domain::activity::Subject;
    use domain::signals::SignalDraft;
    let scope = scope::<store::Contribute>(&workspace).await?;
    let kept = kept_draft::<SignalSent>(draft.as_deref()).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let Some(number) = number.filter(|number| !number.is_empty()) else {
        let (mut sent, errors) = kept.map(|kept| (kept.form, kept.errors)).unwrap_or_default();
        if sent == SignalSent::default() {
            sent.form.site = catalogue.sites.first().map(|one| one.site.slug.clone()).unwrap_or_default();
        }
        return Ok(SignalEditor { sent, errors, editing: None, newer: None, events: Vec::new(), catalogue });
    };
    let signal = scope.signal(number.parse().unwrap_or_default()).await.map_err(refused)?;
    let present = SignalForm::of(&SignalDraft::of(&signal));
    let began = kept.as_ref().and_then(|kept| kept.form.version);
    let newer = crate::activity::newer(&scope, (Subject::Signal, number.as_str()), began, (signal.version, present.clone())).await?;
    let fresh = SignalSent { form: present, ..SignalSent::default() };
    let (mut sent, errors) = kept.map_or_else(|| (fresh.clone(), FieldErrors::default()), |kept| (kept.form, kept.errors));
    if sent.form == SignalForm::default() {
        sent.form = fresh.form;
    }
    sent.version = Some(signal.version);
    let events = scope.history(Subject::Signal, &number, 20).await.map_err(refused)?;
    Ok(SignalEditor { sent, errors, editing: Some(signal), newer, events, catalogue })
}
