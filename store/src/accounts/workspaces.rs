//! Making workspaces, the first of them with its owner.

use super::rows::{member, person, workspace};
use super::sessions::{Session, insert_session};
use crate::access::{Configure, Scope};
use crate::activity::{NewEvent, insert_event};
use crate::connection::Store;
use crate::errors::{Result, StoreError};
use crate::json;
use crate::time::to_micros;
use chrono::Utc;
use domain::access::Role;
use domain::accounts::{SetUpDraft, Workspace, WorkspaceSettings, check_workspace_slug};
use domain::activity::Subject;
use domain::errors::FieldErrors;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter};

impl Store {
    /// Whether nobody has set anything up yet.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(person::Entity::find().count(&self.read).await? == 0)
    }

    /// The first owner and workspace; refused once there is anybody. Answers the workspace's slug and a session.
    pub async fn set_up(&self, draft: &SetUpDraft) -> Result<(String, Session)> {
        let set_up = draft.check()?;
        let hash = self.hash_password(set_up.password.clone()).await?;
        let now = to_micros(Utc::now());
        let tx = self.begin(0).await?;
        if person::Entity::find().count(&tx).await? > 0 {
            return Err(StoreError::conflict("This site is set up already."));
        }
        let taken = workspace::Entity::find().filter(workspace::Column::Slug.eq(set_up.slug.as_str())).one(&tx).await?;
        if taken.is_some() {
            return Err(StoreError::field("workspace", format!("There is a workspace “{}” already.", set_up.slug)));
        }
        let person = person::ActiveModel {
            email: Set(set_up.email),
            name: Set(set_up.name),
            password_hash: Set(Some(hash)),
            created_at: Set(now),
            ..person::ActiveModel::default()
        };
        let person_id = person::Entity::insert(person).exec(&tx).await?.last_insert_id;
        let workspace_id = insert_workspace(&tx, &set_up.slug, &set_up.workspace, Some(person_id), now).await?;
        insert_member(&tx, workspace_id, person_id, Role::Owner, now).await?;
        let session = insert_session(&tx, person_id).await?;
        tx.commit().await?;
        Ok((set_up.slug, session))
    }

    /// A workspace without members, by command line.
    pub async fn add_workspace(&self, name: &str, slug: &str) -> Result<()> {
        let mut errors = FieldErrors::default();
        let name = domain::text::required_line(&mut errors, "name", "The name", name);
        let slug = check_workspace_slug(&mut errors, "slug", slug);
        errors.into_result(())?;
        let tx = self.begin(0).await?;
        if workspace::Entity::find().filter(workspace::Column::Slug.eq(slug.as_str())).one(&tx).await?.is_some() {
            return Err(StoreError::field("slug", format!("There is a workspace “{slug}” already.")));
        }
        insert_workspace(&tx, &slug, &name, None, to_micros(Utc::now())).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn insert_workspace(tx: &impl ConnectionTrait, slug: &str, name: &str, by: Option<i64>, now: i64) -> Result<i64> {
    let row = workspace::ActiveModel {
        slug: Set(slug.to_owned()),
        name: Set(name.to_owned()),
        settings: Set(json::to_text(&WorkspaceSettings::default())?),
        version: Set(1),
        created_at: Set(now),
        ..workspace::ActiveModel::default()
    };
    let id = workspace::Entity::insert(row).exec(tx).await?.last_insert_id;
    insert_event(tx, id, by, now, NewEvent::new(Subject::Workspace, slug, "created", format!("Workspace “{name}”"))).await?;
    Ok(id)
}

pub(super) async fn insert_member(tx: &impl ConnectionTrait, workspace_id: i64, person_id: i64, role: Role, now: i64) -> Result<()> {
    let row = member::ActiveModel {
        workspace_id: Set(workspace_id),
        person_id: Set(person_id),
        role: Set(role.slug().to_owned()),
        created_at: Set(now),
    };
    member::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

impl Scope<Configure> {
    /// Renames the workspace and changes its settings; another model, rule or criteria recompute every team score, new
    /// weights every evidence confidence.
    pub async fn change_settings(&self, name: &str, settings: &WorkspaceSettings) -> Result<()> {
        self.put_settings(name, settings, None).await
    }

    /// The same for somebody who has read this version; answers the workspace as it is then.
    pub async fn edit_settings(&self, name: &str, settings: &WorkspaceSettings, version: i64) -> Result<Workspace> {
        self.put_settings(name, settings, Some(version)).await?;
        let here = workspace::Entity::find_by_id(self.workspace_id).one(&self.store.read).await?.ok_or(StoreError::NotFound)?;
        let settings = json::from_text(&here.settings)?;
        Ok(Workspace { slug: here.slug, name: here.name, settings, version: here.version })
    }

    async fn put_settings(&self, name: &str, settings: &WorkspaceSettings, version: Option<i64>) -> Result<()> {
        let mut errors = FieldErrors::default();
        let name = domain::text::required_line(&mut errors, "name", "The workspace’s name", name);
        if let Err(found) = settings.evidence.check() {
            errors.0.extend(found.0);
        }
        if let Err(found) = settings.thesaurus.check() {
            errors.0.extend(found.0);
        }
        let sites: Vec<String> = self.sites().await?.into_iter().map(|site| site.slug).collect();
        let scoring = settings.scoring.checked(&sites).unwrap_or_else(|found| {
            errors.0.extend(found.0);
            settings.scoring.clone()
        });
        errors.into_result(())?;
        let settings = &WorkspaceSettings { scoring, ..settings.clone() };
        let tx = self.begin().await?;
        let present = workspace::Entity::find_by_id(self.workspace_id).one(&tx).await?.map_or(0, |row| row.version);
        if version.is_some_and(|version| version != present) {
            return Err(StoreError::Stale { current: present });
        }
        let before = self.settings_now(&tx).await?;
        let change = workspace::Entity::update_many()
            .col_expr(workspace::Column::Name, Expr::val(name))
            .col_expr(workspace::Column::Settings, Expr::val(json::to_text(settings)?))
            .col_expr(workspace::Column::Version, Expr::col(workspace::Column::Version).add(1));
        change.filter(workspace::Column::Id.eq(self.workspace_id)).exec(&tx).await?;
        let shapes = settings.shapes();
        if !shapes.rank_like(&before.shapes()) {
            self.rescore_all(&tx, &shapes).await?;
        }
        if settings.evidence != before.evidence {
            self.reweigh_all(&tx, settings.evidence).await?;
        }
        let event = NewEvent::new(Subject::Workspace, &self.workspace().slug, "edited", "Changed the settings");
        self.record(&tx, event.changes(Some(&before), Some(settings))?).await?;
        tx.commit().await?;
        Ok(())
    }
}
