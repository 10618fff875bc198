//! What the account pages read.

use crate::error::AppError;
use domain::accounts::{Member, MemberDraft, SetUpDraft};
use domain::errors::FieldErrors;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A form with what was typed and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Filled<T> {
    pub form: T,
    pub errors: FieldErrors,
}

/// What somebody typed at the door; never the password.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DoorForm {
    pub email: String,
    pub password: String,
    pub next: String,
    pub key: String,
    pub present: String,
    pub new: String,
}

/// The refused door form behind `?draft`.
#[server]
pub async fn read_door(draft: Option<String>) -> Result<Filled<DoorForm>, AppError> {
    let kept = crate::request::draft::<DoorForm>(draft.as_deref()).await?;
    Ok(kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default())
}

/// The set-up form; not found once somebody has set up.
#[server]
pub async fn read_set_up(draft: Option<String>) -> Result<Filled<SetUpDraft>, AppError> {
    use crate::request::{draft as kept_draft, refused, store};
    if !store().is_empty().await.map_err(refused)? {
        return Err(refused(store::StoreError::NotFound));
    }
    let kept = kept_draft::<SetUpDraft>(draft.as_deref()).await?;
    Ok(kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default())
}

/// Whose password a link sets: name and e-mail.
#[server]
pub async fn read_password_link(key: String) -> Result<Option<(String, String)>, AppError> {
    use crate::request::{refused, store};
    store().password_link(&key).await.map_err(refused)
}

/// The signed-in person: name, e-mail, and workspaces by slug and name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    pub email: String,
    pub workspaces: Vec<(String, String)>,
}

/// The signed-in person; none for everybody else. A fresh site leads to its set-up.
#[server]
pub async fn read_account() -> Result<Option<Account>, AppError> {
    use crate::request::{identity, refused, store};
    let person = store().signed_in(&identity().actor).await.map_err(refused)?;
    Ok(person.map(|person| Account { name: person.name, email: person.email, workspaces: person.workspaces }))
}

/// The people page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct People {
    pub members: Vec<Member>,
    pub filled: Filled<MemberDraft>,
    /// A fresh set-password link to hand over, with the e-mail it is for.
    pub link: Option<(String, String)>,
}

/// Everybody in the workspace, and the add form as it was left.
#[server]
pub async fn read_people(workspace: String, draft: Option<String>, made: Option<String>) -> Result<People, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let members = scope.members().await.map_err(refused)?;
    let kept = kept_draft::<MemberDraft>(draft.as_deref()).await?;
    let filled = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    let link = kept_draft::<(String, String)>(made.as_deref()).await?.map(|kept| kept.form);
    Ok(People { members, filled, link })
}
